"""Elliptic integrals, zeta and hypergeometric functions.

Cuts: DLMF 4.13 (Lambert W), 15.2 (Gauss), 19.2 (elliptic), 25.11 and 25.12 (zeta, polylogarithm). Where FLINT's choice
of branch on wide boxes is not documented, a guard is narrower than the truth.
"""

from __future__ import annotations

from flint import acb, arb, fmpq

from derivcli.witnesses.proof.functions.guards import (
    far,
    guarded,
    pole_free,
    reachable,
    special,
    special_of_complex,
)
from derivcli.witnesses.proof.functions.polynomials import finite_sum
from derivcli.witnesses.proof.numbers import ONE, ZERO, Number, Rule, ball, need, real, sign

_HIGHEST_DEGREE = 500  # of a polynomial: its cost grows with the degree


# Elliptic integrals.


def _under_root(m: Number, phi: Number) -> None:
    """Make sure that 1 - m*sin(t)^2 > 0 for all t from 0 to phi: of a box, that the real part is positive.

    Where phi meets an odd multiple of pi/2, FLINT puts two pieces together: no box may do so.
    """
    size = ball(phi)
    tall = arb(0, size.imag.abs_upper()) if isinstance(size, acb) else arb(0)
    way = acb(real(phi).union(arb(0)), tall)
    need(sign(1 - ball(m) * (1 - (2 * way).cos()) / 2) > 0)
    if isinstance(size, acb):
        sign(size.real.cos())


def _elliptic_e(m: Number) -> Number:
    """Return the complete integral of the second kind; at 1, the edge, it is 1 (DLMF 19.6.1)."""
    edge = sign(1 - m)
    if edge == 0:
        return ONE
    need(edge > 0)
    return special_of_complex("elliptic_e")(m)


def elliptic_f(phi: Number, m: Number) -> Number:
    """Return the incomplete integral of the first kind; no box of m may be beside one of phi."""
    _under_root(m, phi)
    return special_of_complex("elliptic_f")(phi, m)


def _elliptic_einc(phi: Number, m: Number) -> Number:
    _under_root(m, phi)
    return special_of_complex("elliptic_e_inc")(phi, m)


def _elliptic_piinc(n: Number, phi: Number, m: Number) -> Number:
    _under_root(m, phi)
    _under_root(n, phi)
    return special_of_complex("elliptic_pi_inc")(n, phi, m)


def _agm(x: Number, y: Number) -> Number:
    """Return the arithmetic-geometric mean; 0 beside what is not negative."""
    signs = sign(x), sign(y)
    need(min(signs) >= 0)
    return special("agm")(x, y) if all(signs) else ZERO


# Zeta functions, polylogarithms, Lambert W, hypergeometric functions.


def _zeta(s: Number, a: Number) -> Number:
    need(sign(a) > 0, sign(s - 1) != 0)
    return special("zeta")(s) if isinstance(a, fmpq) and a == 1 else special("zeta")(s, a)


def _polylog(s: Number, x: Number) -> Number:
    """Return the polylogarithm; at 1 it is zeta(s) where s > 1."""
    edge = sign(1 - x)
    if edge == 0:
        need(sign(s - 1) > 0)
        return special("zeta")(s)
    need(edge > 0)
    return special("polylog")(x, s)


def _lambertw(x: Number, k: Number) -> Number:
    """Return the upper branch right of -1/e, or the lower one between there and 0."""
    need(isinstance(k, fmpq) and k in (0, -1), sign(x + (-arb(1)).exp()) > 0)
    if k == 0:
        return far("lambertw")(x)
    need(sign(x) < 0)
    reachable(x)
    size = ball(x)
    return size.lambertw(-1, middle=True) if isinstance(size, acb) else size.lambertw(-1)


def _exactly(uppers: int, rule: Rule) -> Rule:
    """Return a rule that sums up a polynomial of rationals; `uppers` is how many parameters stand above."""

    def function(*args: Number) -> Number:
        known = None
        if all(isinstance(arg, fmpq) for arg in args):
            known = finite_sum(args[:uppers], args[uppers:-1], args[-1])
        return rule(*args) if known is None else known

    return function


def _hyp1f1(a: Number, b: Number, x: Number) -> Number:
    pole_free(b)
    return special("hypgeom_1f1")(x, a, b)


def _hyp2f1(a: Number, b: Number, c: Number, x: Number) -> Number:
    """Return Gauss's function left of 1, and anywhere where it is a polynomial."""
    pole_free(c)
    if not any(isinstance(p, fmpq) and p.q == 1 and -_HIGHEST_DEGREE <= p <= 0 for p in (a, b)):
        edge = sign(1 - x)
        if edge == 0:
            return _gauss_sum(a, b, c)
        need(edge > 0)
    return special("hypgeom_2f1")(x, a, b, c)


def _gauss_sum(a: Number, b: Number, c: Number) -> Number:
    """Return Gauss's function at 1, where c > a + b (DLMF 15.4.20)."""
    need(sign(c - a - b) > 0)
    gamma, inverse = special("gamma"), special("rgamma")
    return gamma(c) * gamma(c - a - b) * inverse(c - a) * inverse(c - b)


HYPERGEOMETRIC: dict[str, Rule] = {
    "elliptic_k": guarded(lambda m: need(sign(1 - m) > 0), special_of_complex("elliptic_k")),
    "elliptic_e": _elliptic_e,
    "elliptic_f": elliptic_f,
    "elliptic_einc": _elliptic_einc,
    "elliptic_pi": guarded(lambda n, m: need(sign(1 - n) > 0, sign(1 - m) > 0), special_of_complex("elliptic_pi")),
    "elliptic_piinc": _elliptic_piinc,
    "agm": _agm,
    "zeta": _zeta,
    "polylog": _polylog,
    "LambertW": _lambertw,
    "hyp1f1": _exactly(1, _hyp1f1),
    "hyp2f1": _exactly(2, _hyp2f1),
}
