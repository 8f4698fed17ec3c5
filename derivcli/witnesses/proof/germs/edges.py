"""Special functions at their edges and poles, from their expansions there; elsewhere they are `analytic`.

Where only the first term of an asymptotic expansion is known, nothing is kept but the limit of the function over it.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs import at_zero, exact
from derivcli.witnesses.proof.germs.analytic import analytic
from derivcli.witnesses.proof.germs.constants import PI, E, NamedNumber, of
from derivcli.witnesses.proof.germs.exponentials import exp, log
from derivcli.witnesses.proof.germs.poles import MOST_POLES, POLES, log_of_size, rational_of
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError, power
from derivcli.witnesses.proof.germs.series import UNITY, Germ, alike, constant, negative, scaled
from derivcli.witnesses.proof.germs.switches import absolute
from derivcli.witnesses.proof.numbers import HALF, ONE, ZERO, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.germs.constants import Coefficient
    from derivcli.witnesses.proof.germs.poles import Rule

_HALF = Fraction(1, 2)
_EULER = of(NamedNumber(arb.const_euler, "euler"))


# Error functions: DLMF 7.12.1, 7.17.6.


def _erfc(work: Expanding, x: Germ) -> Germ:
    if not x.grows:
        return analytic("erfc", work, x)
    size = absolute(work, x)
    root = exact.power(PI, Fraction(-1, 2))
    tail = alike(work.divide(scaled(exp(work, negative(work.multiply(x, x))), root), size))
    return tail if x.sign() > 0 else work.minus(constant(fmpq(2)), tail)


def _erf(work: Expanding, x: Germ) -> Germ:
    return work.minus(UNITY, _erfc(work, x)) if x.grows else analytic("erf", work, x)


def _inverse_near(work: Expanding, room: Germ) -> Germ:
    return alike(power(work, negative(log(work, room)), _HALF))


def _erfcinv(work: Expanding, x: Germ) -> Germ:
    if x.vanishes:
        return _inverse_near(work, x)
    room = work.minus(constant(fmpq(2)), x)
    return negative(_inverse_near(work, room)) if room.vanishes else analytic("erfcinv", work, x)


def _erfinv(work: Expanding, x: Germ) -> Germ:
    for way in (1, -1):
        room = work.minus(UNITY, scaled(x, fmpq(way)))
        if room.vanishes:
            return scaled(_inverse_near(work, room), fmpq(way))
    return analytic("erfinv", work, x)


# Integrals with a logarithm at 0: DLMF 6.6.1 and 6.6.2, 6.6.6, 6.6.4; Ei far to the left: DLMF 6.12.1.


def _over_factorials(sign: int, step: int) -> Callable[[int], Coefficient]:
    return lambda k: fmpq(sign ** (k // step), k * factorial(k)) if k and k % step == 0 else ZERO


def _logarithmic(op: str, coefficient: Callable[[int], Coefficient]) -> Rule:
    def rule(work: Expanding, x: Germ) -> Germ:
        if not x.vanishes:
            return analytic(op, work, x)
        return work.add(constant(_EULER), log_of_size(work, x), work.plug(coefficient, x))

    return rule


_near_ei = _logarithmic("Ei", _over_factorials(1, 1))


def _ei(work: Expanding, x: Germ) -> Germ:
    if x.grows:
        return alike(work.divide(exp(work, x), x))
    return _near_ei(work, x)


def _li(work: Expanding, x: Germ) -> Germ:
    """Return Ei(log(x)); 0 at 0."""
    return x if x.scale is None else _ei(work, log(work, x))


def _expint(work: Expanding, n: Germ, x: Germ) -> Germ:
    """Return an exponential integral near 0: DLMF 8.19.8, of another order 8.19.10, at 0 itself 8.19.6.

    Of the orders 0, -1, ... 8.19.10 holds left of 0 too: there x^(n - 1) is real, and the rest is entire (8.4.8).
    """
    if not x.vanishes and x.scale is not None:
        return analytic("expint", work, n, x)
    order = rational_of(n)
    if x.scale is None:
        if order <= 1:
            raise NoSideError
        return constant(1 / (order - 1))
    near = work.plug(lambda k: ZERO if k + 1 == order else fmpq((-1) ** (k + 1), factorial(k)) / (k + 1 - order), x)
    if order.q != 1 or order <= 0:
        return work.add(near, scaled(power(work, x, exact.fraction(order - 1)), exact.value("gamma", 1 - order)))
    m = int(order.p) - 1
    need(m < MOST_POLES)
    harmonic = sum((fmpq(1, k) for k in range(1, m + 1)), ZERO)
    size = work.minus(constant(harmonic - _EULER), log(work, x))
    front = scaled(power(work, x, m), fmpq((-1) ** m, factorial(m)))
    return work.add(near, work.multiply(front, size))


# Bessel functions near 0: DLMF 10.30.2, 10.30.3, 10.7.3, 10.7.4, 10.52.2.


def _second_kind(op: str, at_order_zero: Coefficient, front: Coefficient) -> Rule:
    def rule(work: Expanding, n: Germ, x: Germ) -> Germ:
        if not x.vanishes:
            return analytic(op, work, n, x)
        order = abs(rational_of(n)) if op == "besselk" else rational_of(n)
        need(order >= 0)
        if order == 0:
            return alike(scaled(log(work, x), at_order_zero))
        near = power(work, scaled(x, HALF), -exact.fraction(order))
        return alike(scaled(near, front * exact.value("gamma", order)))

    return rule


def _first_kind(op: str, way: int) -> Rule:
    """Return a function near 0 whose order is no integer; with one it is analytic there (DLMF 10.2.2, 10.25.2)."""

    def rule(work: Expanding, n: Germ, x: Germ) -> Germ:
        order = n.constant
        if not isinstance(order, fmpq) or order.q == 1 or not (x.scale is None or x.vanishes):
            return analytic(op, work, n, x)
        near = work.plug(at_zero.series(ONE, 0, 2, fmpq(way, 4), (), (order + 1,)), x)
        front = exact.inverse(exact.value("gamma", order + 1))
        return scaled(work.multiply(power(work, scaled(x, HALF), exact.fraction(order)), near), front)

    return rule


def _yn(work: Expanding, n: Germ, x: Germ) -> Germ:
    if not x.vanishes:
        return analytic("yn", work, n, x)
    order = rational_of(n)
    need(order.q == 1 and 0 <= order < MOST_POLES)
    odd = ONE
    for k in range(1, int(order.p) + 1):
        odd = odd * (2 * k - 1)
    return alike(scaled(power(work, x, -int(order.p) - 1), -odd))


# Others: DLMF 19.12.1 (elliptic), 25.12.12 and D. Wood, The computation of polylogarithms, 1992, 9.4 and 9.5
# (polylogarithm), 4.13.6 and 4.13.11 (Lambert W).


def _elliptic_k(work: Expanding, m: Germ) -> Germ:
    room = work.minus(UNITY, m)
    return alike(scaled(log(work, room), -HALF)) if room.vanishes else analytic("elliptic_k", work, m)


def _polylog(work: Expanding, s: Germ, x: Germ) -> Germ:
    room = work.minus(UNITY, x)
    if room.scale is None:
        return constant(exact.value("zeta", rational_of(s), ONE))
    if not room.vanishes:
        return analytic("polylog", work, s, x)
    order, small = rational_of(s), log(work, x)

    def coefficient(k: int) -> Coefficient:
        return ZERO if order - k == 1 else exact.value("zeta", order - k, ONE) * fmpq(1, factorial(k))

    return work.add(_singular(work, order, small), work.plug(coefficient, small))


def _singular(work: Expanding, order: fmpq, small: Germ) -> Germ:
    """Return the part of a polylogarithm of exp(small) that is no power series; of a whole order it has a logarithm."""
    if order.q != 1:
        return scaled(power(work, negative(small), exact.fraction(order - 1)), exact.value("gamma", 1 - order))
    n = int(order.p) - 1
    need(0 <= n < MOST_POLES)
    harmonic = constant(sum((fmpq(1, k) for k in range(1, n + 1)), ZERO))
    size = work.minus(harmonic, log(work, negative(small)))
    return scaled(work.multiply(power(work, small, n), size), fmpq(1, factorial(n)))


def _branch(k: int) -> fmpq:
    """Return the k-th coefficient of W in the root of 2*(e*x + 1) (DLMF 4.13.9)."""
    mu, alpha = [-ONE, ONE], [fmpq(2), -ONE]
    for n in range(2, k + 1):
        alpha.append(sum((mu[j] * mu[n + 1 - j] for j in range(2, n)), ZERO))
        mu.append(fmpq(n - 1, n + 1) * (mu[n - 2] / 2 + alpha[n - 2] / 4) - alpha[n] / 2 - mu[n - 1] / (n + 1))
    return mu[k]


def _lambert(work: Expanding, x: Germ, k: Germ) -> Germ:
    lower = rational_of(k) == -1
    if lower and x.vanishes:
        return alike(log(work, negative(x)))
    room = work.add(scaled(x, E), UNITY)
    if room.scale is not None and not room.vanishes:
        return analytic("LambertW", work, x, k)
    small = power(work, scaled(room, fmpq(2)), _HALF)
    return work.plug(_branch, negative(small) if lower else small)


EDGES: dict[str, Rule] = {
    "erf": _erf,
    "erfc": _erfc,
    "erfinv": _erfinv,
    "erfcinv": _erfcinv,
    **POLES,
    "Ei": _ei,
    "E1": lambda work, x: negative(_ei(work, negative(x))),
    "expint": _expint,
    "Ci": _logarithmic("Ci", _over_factorials(-1, 2)),
    "Chi": _logarithmic("Chi", _over_factorials(1, 2)),
    "li": _li,
    "besselj": _first_kind("besselj", -1),
    "besseli": _first_kind("besseli", 1),
    "besselk": _second_kind("besselk", -ONE, HALF),
    "bessely": _second_kind("bessely", fmpq(2) * exact.inverse(PI), -exact.inverse(PI)),
    "yn": _yn,
    "elliptic_k": _elliptic_k,
    "polylog": _polylog,
    "LambertW": _lambert,
}
