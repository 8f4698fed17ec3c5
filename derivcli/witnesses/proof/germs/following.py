"""The expansion of a curve F = 0 from a point of it, term by term.

A path y = y0 + q*h + r*h^2 + ... is looked for, h = x - x0, along which F is o(h^n). Where F is steady in y (see
`steady`), for each small h it has exactly one zero near y0 (intermediate values), and this is no further from the path
than |F|/m: it is the path plus o(h^n). So q is the slope of the curve on that side. Where F is analytic, and its slope
by y is not 0, the curve is analytic too (the implicit function theorem), and its derivatives are those of the path.

The terms may come from anywhere: that F is o(h^n) proves them.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.constants import sign
from derivcli.witnesses.proof.germs.exact import quotient
from derivcli.witnesses.proof.germs.limits import Limit, limit
from derivcli.witnesses.proof.germs.series import Germ, scaled
from derivcli.witnesses.proof.germs.walk import germ_of
from derivcli.witnesses.proof.numbers import ONE, ZERO, need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.witnesses.proof.germs.constants import Coefficient
    from derivcli.witnesses.proof.germs.neighbourhood import Neighbourhood

_MOST_STEPS = 6  # of the secant method: for what is linear on both sides of a kink three do


def slope_followed(part: Neighbourhood, x: str, y: str, way: int) -> Limit:
    """Return the slope of the curve on a side, where F is steady in y; raises `UnprovedError` where none is found."""

    def miss(q: Coefficient) -> Coefficient:
        return _coefficient(part, x, y, [q], way)

    before, after = ZERO, ONE
    low, high = miss(before), miss(after)
    for _ in range(_MOST_STEPS):
        for q, c in ((before, low), (after, high)):
            if c == 0:
                return Limit(Outcome.NUMBER, q)
        need(high - low != 0)
        before, after, low = after, after - quotient(high * (after - before), high - low), high
        high = miss(after)
    need(high == 0)
    return Limit(Outcome.NUMBER, after)


def derivative_followed(part: Neighbourhood, x: str, y: str, order: int) -> Limit:
    """Return a derivative of the curve, where F is analytic and its slope by y is not 0."""
    steepness = _coefficient(part, x, y, [ONE], 1) - _coefficient(part, x, y, [ZERO], 1)
    need(sign(steepness) != 0)
    terms: list[Coefficient] = []
    for _ in range(order):
        terms.append(-quotient(_coefficient(part, x, y, [*terms, ZERO], 1), steepness))
    return Limit(Outcome.NUMBER, terms[-1] * fmpq(factorial(order)))


def _coefficient(part: Neighbourhood, x: str, y: str, terms: Sequence[Coefficient], way: int) -> Coefficient:
    """Return the limit of F/h^n, in steps away from the point, along a path of n terms; it must be exact."""
    step = Germ((((1, 0, 0), fmpq(way)),))
    powers = enumerate(terms, start=1)
    path = Germ(tuple(((k, 0, 0), c * fmpq(way**k)) for k, c in powers if not (isinstance(c, fmpq) and c == 0)))
    found = part.read_along(
        {x: step, y: path}, lambda results, work: limit(scaled(germ_of(results[-1]), ONE, (-len(terms), 0, 0)), work)
    )
    need(found.outcome is Outcome.NUMBER, found.is_exact)
    return found.number
