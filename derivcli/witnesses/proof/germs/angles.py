"""Inverse functions of angles and of hyperbolic functions: by the expansion of their slope, which is algebraic."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs import exact
from derivcli.witnesses.proof.germs.analytic import is_wave, of_wave
from derivcli.witnesses.proof.germs.constants import PI
from derivcli.witnesses.proof.germs.exponentials import log
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError, inverse, power
from derivcli.witnesses.proof.germs.series import UNITY, Germ, constant, scaled, split
from derivcli.witnesses.proof.numbers import HALF, ONE, ZERO, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.germs.constants import Power


def by_slope(op: str, slope: Callable[[Expanding, Germ], Germ]) -> Callable[[Expanding, Germ], Germ]:
    """Return the rule of a function where its slope, an algebraic function, is analytic: term by term."""

    def rule(work: Expanding, x: Germ) -> Germ:
        if is_wave(x):
            return of_wave(x, op)
        large, c, small = split(x)
        need(not large.terms)
        value = exact.arc(op, c) if op in ("asin", "atan") else exact.of_constants(op, c)
        near = Germ((((0, 0, 0), c), ((1, 0, 0), ONE))) if c != 0 else Germ((((1, 0, 0), ONE),))
        rises = dict(slope(work, near).terms) if small.scale is not None else {}
        return work.plug(lambda k: rises.get((k - 1, 0, 0), ZERO) * fmpq(1, k) if k else value, small)

    return rule


def _one_and_square(way: int) -> Callable[[Expanding, Germ], Germ]:
    return lambda work, x: work.add(UNITY, scaled(work.multiply(x, x), fmpq(way)))


def _slope_of(way: int, q: Power) -> Callable[[Expanding, Germ], Germ]:
    return lambda work, x: power(work, _one_and_square(way)(work, x), q)


_near_atan = by_slope("atan", _slope_of(1, -1))
_near_asin = by_slope("asin", _slope_of(-1, Fraction(-1, 2)))
_near_asinh = by_slope("asinh", _slope_of(1, Fraction(-1, 2)))


def atan(work: Expanding, x: Germ) -> Germ:
    """Return the inverse tangent: of what grows without bound a right angle less that of 1/x."""
    if not x.grows:
        return _near_atan(work, x)
    return work.minus(constant(PI * (HALF * x.sign())), _near_atan(work, inverse(work, x)))


def asin(work: Expanding, x: Germ) -> Germ:
    """Return the inverse sine; at its edges pi/2 - 2*asin(sqrt((1 - x)/2)) is it."""
    for way in (1, -1):
        room = work.minus(UNITY, scaled(x, fmpq(way)))
        if room.sign() < 0:
            raise NoSideError
        if room.scale is None or room.vanishes:
            angle = _near_asin(work, power(work, scaled(room, HALF), Fraction(1, 2)))
            return scaled(work.minus(constant(PI * HALF), scaled(angle, fmpq(2))), fmpq(way))
    return _near_asin(work, x)


def asinh(work: Expanding, x: Germ) -> Germ:
    """Return the inverse hyperbolic sine; of what grows without bound by its logarithm."""
    if not x.grows:
        return _near_asinh(work, x)
    way = fmpq(x.sign())
    size = scaled(x, way)
    return scaled(log(work, work.add(size, power(work, _one_and_square(1)(work, size), Fraction(1, 2)))), way)


def acosh(work: Expanding, x: Germ) -> Germ:
    """Return log(x + sqrt(x^2 - 1)) for x from 1 on."""
    if work.minus(x, UNITY).sign() < 0:
        raise NoSideError
    square = work.minus(work.multiply(x, x), UNITY)
    return log(work, work.add(x, power(work, square, Fraction(1, 2))))


def atanh(work: Expanding, x: Germ) -> Germ:
    """Return log((1 + x)/(1 - x))/2."""
    quotient = work.divide(work.add(UNITY, x), work.minus(UNITY, x))
    return scaled(log(work, quotient), HALF)
