"""Bessel, Airy and Struve functions. Cuts: DLMF 10.2, 10.25."""

from __future__ import annotations

from flint import acb, arb, fmpq

from derivcli.witnesses.proof.functions.arithmetic import power
from derivcli.witnesses.proof.functions.guards import far, far_of_order, guarded, natural, reachable, special
from derivcli.witnesses.proof.numbers import ONE, ZERO, Number, Rule, ball, is_complex, need, sign

# Of series without a rule for large arguments, whose terms grow like exp of the argument before they fall.
_SERIES_REACH = arb(2) ** 8
_HIGHEST_ORDER = 100  # of a spherical Bessel function, a polygamma function


# Bessel functions and their kin.


def _entire_for_whole_orders(rule: Rule, least: int) -> Rule:
    """Guard a function of (n, x) that has a cut left of 0 unless n is whole; at 0 it is real for n > least."""

    def function(n: Number, x: Number) -> Number:
        if not isinstance(n, fmpq) or n.q != 1:
            if sign(x) == 0:
                need(sign(n - least) > 0)
                return ZERO
            need(sign(x) > 0)
        return rule(n, x)

    return function


def _jn(n: Number, x: Number) -> Number:
    """Return x^n/(2n + 1)!!*0F1(; n + 3/2; -x^2/4) (DLMF 10.53.1)."""
    order = natural(n, _HIGHEST_ORDER)
    scale = ONE
    for k in range(order + 1):
        scale = scale / (2 * k + 1)
    return power(x, fmpq(order)) * special("hypgeom_0f1")(-x * x / 4, fmpq(2 * order + 3, 2)) * scale


def _yn(n: Number, x: Number) -> Number:
    """Return -(2n - 1)!!/x^(n + 1)*0F1(; 1/2 - n; -x^2/4) (DLMF 10.53.2)."""
    order = natural(n, _HIGHEST_ORDER)
    scale = -ONE
    for k in range(1, order + 1):
        scale = scale * (2 * k - 1)
    return power(x, fmpq(-order - 1)) * special("hypgeom_0f1")(-x * x / 4, fmpq(1 - 2 * order, 2)) * scale


def _struve(way: int) -> Rule:
    """Return the Struve function H (way -1) or L (way 1) (DLMF 11.2.1 and 11.2.2, as 1F2)."""

    def function(n: Number, x: Number) -> Number:
        reachable(n, x, reach=_SERIES_REACH)
        series = acb(ball(way * x * x / 4)).hypgeom([acb(1)], [acb(fmpq(3, 2)), acb(ball(n + fmpq(3, 2)))], True)
        return (series if is_complex(n, x) else series.real) * power(x / 2, n + 1)

    return _entire_for_whole_orders(function, -1)


def _order_first(name: str) -> Rule:
    """Return FLINT's function of (x, n) as one of (n, x)."""
    rule = far_of_order(name)
    return lambda n, x: rule(x, n)


def _last_above_zero(_n: Number, x: Number) -> None:
    need(sign(x) > 0)


BESSEL: dict[str, Rule] = {
    "besselj": _entire_for_whole_orders(_order_first("bessel_j"), 0),
    "besseli": _entire_for_whole_orders(_order_first("bessel_i"), 0),
    "bessely": guarded(_last_above_zero, _order_first("bessel_y")),
    "besselk": guarded(_last_above_zero, _order_first("bessel_k")),
    "jn": _jn,
    "yn": _yn,
    "airyai": far("airy_ai"),
    "airybi": far("airy_bi"),
    "airyaiprime": far("airy_ai", 1),
    "airybiprime": far("airy_bi", 1),
    "struveh": _struve(-1),
    "struvel": _struve(1),
}
