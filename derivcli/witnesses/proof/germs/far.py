"""Special functions of what grows without bound: the first terms of their asymptotic expansions.

All stand in DLMF, where no more is claimed than is kept here: that the quotient by the first term tends to 1; or, of
what turns, that it is a wave of a size that tends to a number, over the scale. An order stands still: J_x(x) falls like
x^(-1/3), not like x^(-1/2).
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs import exact
from derivcli.witnesses.proof.germs.constants import PI, number
from derivcli.witnesses.proof.germs.exponentials import exp, log
from derivcli.witnesses.proof.germs.poles import rational_of
from derivcli.witnesses.proof.germs.powers import Expanding, power
from derivcli.witnesses.proof.germs.rests import Rest
from derivcli.witnesses.proof.germs.series import UNITY, Germ, add, alike, constant, negative, scaled
from derivcli.witnesses.proof.germs.switches import absolute
from derivcli.witnesses.proof.numbers import HALF, ONE, ball, need

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.constants import Coefficient
    from derivcli.witnesses.proof.germs.poles import Rule

_HALF = Fraction(1, 2)


def _above(x: Germ) -> None:
    """Make sure that it grows to plus infinity."""
    need(x.sign() > 0)


def _stands_still(order: Germ) -> None:
    """Make sure that an order does not move with the argument."""
    need(order.constant is not None)


# Gamma and zeta functions: DLMF 5.11.1, 5.11.3, 5.11.2, 5.15.8 and 25.2.1, of which 2^-s is the second term.


def _gamma(work: Expanding, x: Germ) -> Germ:
    _above(x)
    steep = exp(work, work.minus(work.multiply(x, log(work, x)), x))
    return alike(work.multiply(steep, scaled(power(work, x, -_HALF), exact.power(PI * fmpq(2), _HALF))))


def _loggamma(work: Expanding, x: Germ) -> Germ:
    _above(x)
    return alike(work.multiply(x, log(work, x)))


def _digamma(work: Expanding, x: Germ) -> Germ:
    _above(x)
    return alike(log(work, x))


def _polygamma(work: Expanding, n: Germ, x: Germ) -> Germ:
    order = rational_of(n)
    if order == 0:
        return _digamma(work, x)
    _above(x)
    need(order.q == 1 and order > 0)
    m = int(order.p)
    return alike(scaled(power(work, x, -m), fmpq((-1) ** (m - 1) * factorial(m - 1))))


def _zeta(work: Expanding, s: Germ, a: Germ) -> Germ:
    _above(s)
    need(a.constant == ONE)
    return work.add(UNITY, alike(exp(work, scaled(s, -exact.log(fmpq(2))))))


# Integrals: DLMF 6.12.3 and 6.12.4 with 6.2.17 to 6.2.20, 7.5.5 and 7.12.2, 7.12.1, 6.12.1 with 6.2.15, 8.20.2.


def _wave(work: Expanding, scale: Germ, size: Coefficient) -> Germ:
    """Return what is at most a number of the scale, in the end, and may turn."""
    work.is_wild = True
    assert scale.scale is not None  # noqa: S101 - it is a power of what grows
    return Germ((), Rest(scale.scale, ball(number(size)) * abs(scale.size) * arb(0, 1)))


def _to_number(limit: Coefficient, size: Coefficient, *, is_odd: bool) -> Rule:
    """Return a function that turns around a number, ever less: by size/x."""

    def rule(work: Expanding, x: Germ) -> Germ:
        way = x.sign()
        need(is_odd or way > 0)
        return add(constant(limit * fmpq(way)), _wave(work, power(work, x, -1), size), work.most)

    return rule


def _over(work: Expanding, x: Germ, front: Coefficient) -> Germ:
    return alike(scaled(power(work, x, -1), front))


def _sinh_integral(way: int) -> Rule:
    """Return Shi or Chi: half of exp(|x|)/x; Shi is odd."""

    def rule(work: Expanding, x: Germ) -> Germ:
        need(way > 0 or x.sign() > 0)
        return alike(work.divide(scaled(exp(work, absolute(work, x)), HALF), x))

    return rule


def _expint(work: Expanding, n: Germ, x: Germ) -> Germ:
    """Return E_n far out; left of 0 it is real for the orders 0, -1, ..., where the expansion ends (DLMF 8.4.8)."""
    order = rational_of(n)
    if order.q != 1 or order > 0:
        _above(x)
    return alike(work.divide(exp(work, negative(x)), x))


# Bessel functions: DLMF 10.17.3, 10.17.4, 10.40.1, 10.40.2; elliptic integrals: 19.12.1 with 19.7.2.


def _turning_bessel(work: Expanding, n: Germ, x: Germ) -> Germ:
    """Return J or Y; of a whole order J is even or odd."""
    _stands_still(n)
    need(x.sign() > 0 or rational_of(n).q == 1)
    return _wave(work, power(work, absolute(work, x), -_HALF), exact.power(PI * HALF, -_HALF))


def _growing_bessel(work: Expanding, n: Germ, x: Germ) -> Germ:
    _above(x)
    _stands_still(n)
    return alike(work.multiply(exp(work, x), power(work, scaled(x, PI * fmpq(2)), -_HALF)))


def _falling_bessel(work: Expanding, n: Germ, x: Germ) -> Germ:
    _above(x)
    _stands_still(n)
    return alike(work.multiply(exp(work, negative(x)), power(work, scaled(x, exact.inverse(PI) * fmpq(2)), -_HALF)))


def _elliptic_k(work: Expanding, m: Germ) -> Germ:
    size = negative(m)
    _above(size)
    return alike(work.multiply(scaled(log(work, size), HALF), power(work, size, -_HALF)))


FAR: dict[str, Rule] = {
    "gamma": _gamma,
    "loggamma": _loggamma,
    "digamma": _digamma,
    "polygamma": _polygamma,
    "zeta": _zeta,
    "Si": _to_number(PI * HALF, ONE, is_odd=True),
    "Ci": _to_number(fmpq(0), ONE, is_odd=False),
    "fresnels": _to_number(HALF, exact.inverse(PI), is_odd=True),
    "fresnelc": _to_number(HALF, exact.inverse(PI), is_odd=True),
    "dawson": lambda work, x: _over(work, x, HALF),
    "Shi": _sinh_integral(1),
    "Chi": _sinh_integral(-1),
    "expint": _expint,
    "besselj": _turning_bessel,
    "bessely": _turning_bessel,
    "besseli": _growing_bessel,
    "besselk": _falling_bessel,
    "elliptic_k": _elliptic_k,
}
