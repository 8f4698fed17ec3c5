"""Gamma functions, error functions and integrals. Cuts: DLMF 6.4 (integrals), 8.2 (incomplete gamma)."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.functions.arithmetic import divide, exp, power
from derivcli.witnesses.proof.functions.guards import (
    above,
    far,
    far_of_order,
    guarded,
    inner,
    natural,
    pole_free,
    reachable,
    special,
)
from derivcli.witnesses.proof.numbers import ONE, ZERO, BlurredError, Number, Rule, ball, need, real, sign

if TYPE_CHECKING:
    from collections.abc import Callable

_ERROR_BITS = 30_000  # to tell erf(100) from 1; a value takes a sixth of a second at most
_LARGEST_CHOICE = 1_000  # of whole numbers whose binomial is written out
_HIGHEST_ORDER = 100  # of a spherical Bessel function, a polygamma function


def _at_or_above_zero(regular: Rule, at_zero: Callable[..., Number]) -> Rule:
    """Return a function of (a, x) that has its own value at x = 0 and none below."""

    def function(a: Number, x: Number) -> Number:
        if sign(x) == 0:
            return at_zero(a)
        need(sign(x) > 0)
        return regular(x, a)

    return function


# Gamma functions.


def gamma(x: Number) -> Number:
    """Return the gamma function."""
    pole_free(x)
    return far("gamma")(x)


def loggamma(x: Number) -> Number:
    """Return log(|gamma(x)|), left of 0 by reflection (DLMF 5.5.3)."""
    pole_free(x)
    if sign(x) > 0:
        return far("lgamma")(x)
    sine = far("sin_pi")(x)
    return arb.pi().log() - ball(sine * sign(sine)).log() - far("lgamma")(1 - x)


def polygamma(n: Number, x: Number) -> Number:
    """Return the polygamma function of a whole order."""
    order = natural(n, _HIGHEST_ORDER)
    pole_free(x)
    if not order:
        return far("digamma")(x)
    found: Number = special("polygamma")(acb(ball(x)), fmpq(order))
    return found if isinstance(x, acb) else real(found)


def binomial(n: Number, k: Number) -> Number:
    """Return n over k where n is no negative integer (DLMF 1.2.6)."""
    pole_free(n + 1)
    if all(isinstance(z, fmpq) and z.q == 1 and 0 <= z <= _LARGEST_CHOICE for z in (n, k)):
        return fmpq(math.comb(int(n), int(k)))
    return far("gamma")(n + 1) * far("rgamma")(k + 1) * far("rgamma")(n - k + 1)


def beta(x: Number, y: Number) -> Number:
    """Return the beta function (DLMF 5.12.1)."""
    pole_free(x)
    pole_free(y)
    return far("gamma")(x) * far("gamma")(y) * far("rgamma")(x + y)


def betainc(a: Number, b: Number, x: Number) -> Number:
    """Return the regularized incomplete beta function; the edges 0 and 1 are values of a number."""
    need(sign(a) > 0, sign(b) > 0)
    if sign(x) == 0 or sign(1 - x) == 0:
        return ZERO if sign(x) == 0 else ONE
    need(sign(x) > 0, sign(1 - x) > 0)
    return special("beta_lower", 1)(x, a, b)


def _regularized(name: str, at_zero: Number) -> Rule:
    rule = _at_or_above_zero(special(name, 1), lambda _a: at_zero)
    return guarded(lambda a, _x: need(sign(a) > 0), rule)


def lowergamma(a: Number, x: Number) -> Number:
    """Return the lower incomplete gamma function, which is entire where a is 1, 2, ... (DLMF 8.4.7)."""
    need(sign(a) > 0)
    if _is_whole(a):
        return far_of_order("gamma_lower", 0)(x, a)
    return _at_or_above_zero(far_of_order("gamma_lower", 0), lambda _a: ZERO)(a, x)


def uppergamma(a: Number, x: Number) -> Number:
    """Return the upper incomplete gamma function: entire where a is 1, 2, ... (DLMF 8.4.8), else for x > 0."""
    if _is_whole(a) and a > 0:
        return far_of_order("gamma_upper", 0)(x, a)
    if sign(x) == 0:
        need(sign(a) > 0)
        return gamma(a)
    need(sign(x) > 0)
    return far_of_order("gamma_upper", 0)(x, a)


def _is_whole(a: Number) -> bool:
    return isinstance(a, fmpq) and a.q == 1


# Error functions.


def erfcx(x: Number) -> Number:
    """Return exp(x^2)*erfc(x)."""
    return exp(x * x) * special("erfc")(x)


def dawson(x: Number) -> Number:
    """Return x*1F1(1; 3/2; -x^2) (DLMF 7.5.1 and 13.6.7)."""
    return x * special("hypgeom_1f1")(-x * x, ONE, fmpq(3, 2))


def inverse_error(name: str, forward: str, way: int) -> Rule:
    """Return erfinv or erfcinv; of a box by Krawczyk's operator (Neumaier, Interval Methods, 5.1).

    The operator maps the box `around` into its inside: so every point of x has one inverse in `around`, where the
    slope is nowhere 0, and the inverse is holomorphic. x and `around` are symmetric about the real axis, so that the
    inverse of a real point is real: the one of the real function.
    """

    def function(x: Number) -> Number:
        reachable(x)
        if not isinstance(x, acb):
            return getattr(ball(x), name)()
        tall = x.imag.abs_upper()
        box = acb(x.real, arb(0, tall))
        start = acb(getattr(x.real.mid(), name)().mid())

        def slope(w: acb) -> acb:
            return way * 2 / arb.pi().sqrt() * (-w * w).exp()

        steep = 1 / slope(start)
        away = (box - getattr(start, forward)()) * steep
        reach = arb(0, 2 * away.abs_upper() + arb(2) ** -ctx.prec)
        around = start + acb(reach, reach)
        found = start + away + (1 - steep * slope(around)) * (around - start)
        if not around.contains_interior(found):
            raise BlurredError
        return found

    return function


def _erfcinv(x: Number) -> Number:
    need(sign(x) > 0, sign(2 - x) > 0)
    return _inverse_erfc(x)


_inverse_erf = inverse_error("erfinv", "erf", 1)
_inverse_erfc = inverse_error("erfcinv", "erfc", -1)


# Integrals.


def _ei(x: Number) -> Number:
    """Return Ei, left of 0 as -E1(-x) (DLMF 6.2.6)."""
    above_zero = sign(x)
    need(above_zero != 0)
    return far("ei")(x) if above_zero > 0 else -_expint(ONE, -x)


def _expint(n: Number, x: Number) -> Number:
    """Return the generalized exponential integral; at 0 it is 1/(n - 1) where n > 1.

    Where n is 0, -1, ... it is Gamma(1 - n, x)/x^(1 - n), which is real left of 0 too (DLMF 8.19.1 and 8.4.8).
    """
    if _is_whole(n) and n <= 0:
        return divide(uppergamma(ONE - n, x), power(x, ONE - n))
    if sign(x) == 0:
        need(sign(n - 1) > 0)
        return divide(ONE, n - 1)
    need(sign(x) > 0)
    return far_of_order("expint")(x, n)


def _li(x: Number) -> Number:
    """Return the logarithmic integral, Ei(log(x))."""
    if sign(x) == 0:
        return ZERO
    need(sign(x) > 0, sign(x - 1) != 0)
    return _ei(ball(x).log())


GAMMAS: dict[str, Rule] = {
    **{name: far(name, bits=_ERROR_BITS) for name in ("erf", "erfc")},
    "erfi": far("erfi"),
    "erfcx": erfcx,
    "dawson": dawson,
    "erfinv": guarded(inner, _inverse_erf),
    "erfcinv": _erfcinv,
    "gamma": gamma,
    "loggamma": loggamma,
    "digamma": guarded(pole_free, far("digamma")),
    "polygamma": polygamma,
    "factorial": lambda x: gamma(x + 1),
    "binomial": binomial,
    "beta": beta,
    "betainc": betainc,
    "gammainc": _regularized("gamma_lower", ZERO),
    "gammaincc": _regularized("gamma_upper", ONE),
    "lowergamma": lowergamma,
    "uppergamma": uppergamma,
    "Si": far("si"),
    "Shi": far("shi"),
    "Ci": guarded(above(0), far("ci")),
    "Chi": guarded(above(0), far("chi")),
    "Ei": _ei,
    "E1": partial(_expint, ONE),
    "expint": _expint,
    "li": _li,
    "fresnels": far("fresnel_s"),
    "fresnelc": far("fresnel_c"),
}
