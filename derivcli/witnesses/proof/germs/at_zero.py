"""Taylor coefficients at 0 that are known exactly: those that are 0 decide what comes first.

Sources: DLMF 7.6 and 7.5.1 with 13.6.7 (error functions), 6.6 (integrals), 7.6.5 and 7.6.7 (Fresnel), 19.5 (elliptic),
10.2.2, 10.25.2 and 10.53.1 (Bessel); all are hypergeometric series (DLMF 16.2.1).
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import factorial
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs.constants import PI
from derivcli.witnesses.proof.germs.exact import power
from derivcli.witnesses.proof.numbers import HALF, ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.germs.constants import Coefficient

    Coefficients = Callable[[int], Coefficient]

_HIGHEST_ORDER = 100  # of a Bessel function: as in `functions`


def series(
    front: Coefficient,
    first: int,
    step: int,
    scale: Coefficient,
    uppers: tuple[fmpq, ...],
    lowers: tuple[fmpq, ...],
) -> Coefficients:
    """Return the coefficients of front*x^first*pFq(uppers; lowers; scale*x^step)."""

    def coefficient(k: int) -> Coefficient:
        n, left = divmod(k - first, step)
        if left or n < 0:
            return ZERO
        ratio = ONE
        for j in range(n):
            for upper in uppers:
                ratio = ratio * (upper + j)
            for lower in lowers:
                ratio = ratio / (lower + j)
            ratio = ratio / (j + 1)
        return front * (power(scale, n) * ratio)

    return coefficient


_THREE_HALVES, _QUARTER = fmpq(3, 2), fmpq(1, 4)
_ERROR = power(PI, Fraction(-1, 2)) * fmpq(2)
_TURNS = PI * PI * fmpq(-1, 16)
_OF_ONE: dict[str, Coefficients] = {
    "erf": series(_ERROR, 1, 2, -ONE, (HALF,), (_THREE_HALVES,)),
    "erfi": series(_ERROR, 1, 2, ONE, (HALF,), (_THREE_HALVES,)),
    "dawson": series(ONE, 1, 2, -ONE, (ONE,), (_THREE_HALVES,)),
    "Si": series(ONE, 1, 2, -_QUARTER, (HALF,), (_THREE_HALVES, _THREE_HALVES)),
    "Shi": series(ONE, 1, 2, _QUARTER, (HALF,), (_THREE_HALVES, _THREE_HALVES)),
    "fresnels": series(PI * fmpq(1, 6), 3, 4, _TURNS, (fmpq(3, 4),), (_THREE_HALVES, fmpq(7, 4))),
    "fresnelc": series(ONE, 1, 4, _TURNS, (_QUARTER,), (HALF, fmpq(5, 4))),
    "elliptic_k": series(PI * HALF, 0, 1, ONE, (HALF, HALF), (ONE,)),
    "elliptic_e": series(PI * HALF, 0, 1, ONE, (-HALF, HALF), (ONE,)),
}


def _bessel(way: int, n: int) -> Coefficients:
    return series(fmpq(1, factorial(n) * 2**n), n, 2, fmpq(way, 4), (), (fmpq(n + 1),))


def _spherical(n: int) -> Coefficients:
    odd = fmpq(1)
    for k in range(n + 1):
        odd = odd * (2 * k + 1)
    return series(1 / odd, n, 2, -_QUARTER, (), (fmpq(2 * n + 3, 2),))


_OF_ORDER: dict[str, Callable[[int], Coefficients]] = {
    "besselj": partial(_bessel, -1),
    "besseli": partial(_bessel, 1),
    "jn": _spherical,
}


def coefficients(op: str, place: int, centre: tuple[Coefficient, ...]) -> Coefficients | None:
    """Return the coefficients of a function at a point where its last argument is 0, if they are known."""
    if place != len(centre) - 1 or centre[place] != 0:
        return None
    order = centre[0]
    if op in _OF_ORDER and isinstance(order, fmpq) and order.q == 1 and 0 <= order < _HIGHEST_ORDER:
        return _OF_ORDER[op](int(order.p))
    return _OF_ONE.get(op)
