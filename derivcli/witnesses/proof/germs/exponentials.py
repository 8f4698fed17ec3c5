"""Exponentials, logarithms, general powers and waves of germs: identities lead to functions analytic at a constant."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs import constants, exact
from derivcli.witnesses.proof.germs.analytic import is_wave, of_wave
from derivcli.witnesses.proof.germs.constants import sign, whole
from derivcli.witnesses.proof.germs.exact import fraction
from derivcli.witnesses.proof.germs.exponents import exponent, terms_of
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError, power
from derivcli.witnesses.proof.germs.rests import Rest, Wave, turned
from derivcli.witnesses.proof.germs.scales import FLAT, HUGE, UNIT, Scale, is_beyond, raised, times
from derivcli.witnesses.proof.germs.series import NOTHING, Germ, constant, relative, scaled, split
from derivcli.witnesses.proof.germs.turning import wave_of
from derivcli.witnesses.proof.numbers import ONE, ZERO, UnprovedError, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.germs.constants import Coefficient

_LOGARITHMS: tuple[Scale, ...] = ((0, -1, 0), (0, 0, -1))  # l and log(l)


def log(work: Expanding, x: Germ) -> Germ:
    """Return the logarithm: of scale*c*(1 + e) the sum of three."""
    if x.sign() <= 0:
        raise NoSideError
    if not x.terms and x.rest is not None:
        need(not is_beyond(x.rest.scale))
        return work.add(of_wave(x, "log"), *_log_of_scale(x.rest.scale))
    scale, c, small = relative(x)
    near_one = work.plug(lambda k: fmpq((-1) ** (k + 1), k) if k else ZERO, small)
    return work.add(near_one, constant(exact.log(c)), *_log_of_scale(scale))


def _log_of_scale(scale: Scale) -> list[Germ]:
    need(scale[2] == 0)  # log(log(l)) has no scale
    pairs = zip(scale, _LOGARITHMS, strict=False)
    return [scaled(Germ(terms_of(p)), -ONE, unit) for p, unit in pairs if p]


def exp(work: Expanding, x: Germ) -> Germ:
    """Return e^x: of what grows without bound a power of s and l, or what is below or above all of them."""
    if x.scale is not None and _is_steep(x.scale) and x.rest is not None and x.rest.scale <= UNIT:
        way = x.sign()
        return Germ((), Rest(HUGE if way > 0 else FLAT, arb(1)))
    if is_wave(x):
        return of_wave(x, "exp")
    large, c, small = split(x)
    factor = _exp_of_large(large)
    grown = work.plug(lambda k: ONE / _factorial(k), small)
    return work.multiply(factor, scaled(grown, exact.exp(c)))


def _is_steep(scale: Scale) -> bool:
    """Tell whether exp of a scale is above all powers of s."""
    return scale < (0, -1, 0)


def _exp_of_large(large: Germ) -> Germ:
    """Return exp of a sum of scales: what is at least l is an exponent of 1/s, the rest one of l."""
    exponents: tuple[dict[Scale, Coefficient], ...] = ({}, {})
    for scale, c in large.terms:
        place = 0 if scale <= _LOGARITHMS[0] else 1
        exponents[place][times(scale, raised(_LOGARITHMS[place], -1))] = -c
    need(all(scale <= UNIT for scale in exponents[1]))  # below log(l): its exponent is no scale
    found: Scale = (exponent(exponents[0]), exponent(exponents[1]), 0)
    need(not is_beyond(found))
    return Germ(((found, ONE),))


@cache
def _factorial(k: int) -> fmpq:
    return ONE if k < 2 else _factorial(k - 1) * k


# Waves.


def wave(op: str) -> Callable[[Expanding, Germ], Germ]:
    """Return the rule of sin or cos."""

    def rule(work: Expanding, x: Germ) -> Germ:
        if x.grows:
            return _endless(work, x, op)
        if is_wave(x):
            return of_wave(x, op)
        _large, c, small = split(x)
        quarters = (exact.sin(c), exact.cos(c)) if op == "sin" else (exact.cos(c), -exact.sin(c))
        return work.plug(lambda k: quarters[k % 2] * (fmpq(-1 if k % 4 > 1 else 1) / _factorial(k)), small)

    return rule


def _endless(work: Expanding, x: Germ, op: str) -> Germ:
    """Return a wave of what may grow without bound; where it does, and is continuous, the wave has no limit."""
    grows = False
    with suppress(UnprovedError):
        grows = x.sign() != 0
    work.is_wild = True
    if grows and not work.is_rough and x.rest is None and len(found := constants.terms_of(x.terms[0][1])) == 1:
        (frequency,) = found.values()
        phase = tuple((scale, c * (1 / frequency)) for scale, c in x.terms)
        return Germ((), turned(UNIT, wave_of(phase, Fraction(fraction(frequency)), is_sine=op == "sin"), is_exact=True))
    wave = Wave(arb(-1), arb(1)) if grows and not work.is_rough else None
    return Germ((), Rest(UNIT, arb(0, 1), wave))


# General powers.


def general_power(work: Expanding, x: Germ, y: Germ) -> Germ:
    """Return x^y; 0^0 is 1."""
    q = y.constant
    if isinstance(q, fmpq):
        return power(work, x, fraction(q))
    if x.scale is None:
        if y.sign() < 0:
            raise NoSideError
        return NOTHING
    if x.sign() < 0:
        need(_moves(y) and not work.is_rough if q is None else whole(q) is None)
        raise NoSideError
    return exp(work, work.multiply(y, log(work, x)))


def _moves(y: Germ) -> bool:
    """Tell whether a germ is not constant for sure: where it is continuous, it is no integer at most points."""
    return any(scale != UNIT and sign(c) != 0 for scale, c in y.terms)
