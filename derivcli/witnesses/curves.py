"""Slopes of a curve `F = constant`, from the difference quotients of F.

Where F is not smooth its partial derivatives do not settle a slope: does F stay constant along the curve? So
`y + sqrt(x*y) = x` has F_x = -1 and F_y = 1 at 0, but F is not linear there: along `y = x` it grows, and the curve has
the slope 0.38.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE
from derivcli.witnesses import evidence
from derivcli.witnesses.evidence import Outcome, Reading, Sided, SlopeEvidence, Wrt
from derivcli.witnesses.implicit import derivative, needed
from derivcli.witnesses.proof.readings import combined
from derivcli.witnesses.quotient import Quotient
from derivcli.witnesses.samples import one_slope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.witnesses.third import Third

_VERTICAL = Sided(Reading(Outcome.INFINITE), Reading(Outcome.INFINITE))
_SINGULAR = Sided(evidence.UNDEFINED, evidence.UNDEFINED)
_UNDECIDED = Sided(evidence.UNDECIDED, evidence.UNDECIDED)
_TOLD = frozenset({Outcome.NUMBER, Outcome.INFINITE, Outcome.JUMPS, Outcome.UNDEFINED})
_SAME = Decimal("1e-12")  # of what the last coefficient adds


def implicit_slope(quotient: Quotient | Third, wrt: Wrt, variable: str) -> SlopeEvidence:
    """Return the one-sided derivatives of a variable that `F = constant` makes a function of the others.

    Infinite where the curve is vertical; undefined on both sides where F has no slope at all, so that the curve may
    cross itself. Undecided where the quotients of F do not tell: no formula may stand in for them there.
    """
    for below in sorted({wrt[:1], wrt[:-1], wrt[1:]} - {(), wrt}, key=len):
        seen = implicit_slope(quotient, below, variable)
        if not one_slope(seen.sides):
            return seen if seen.lower is not None else SlopeEvidence(sides=seen.sides, lower=below)
    slopes = {t: quotient.slopes(t) for t in needed(wrt, variable)}
    across = slopes[(variable,)].sides
    if len(wrt) == 1 and not _numbers({wrt: slopes[wrt]}):
        return SlopeEvidence(sides=_followed(slopes[wrt].sides, across))
    if not all(s.is_settled for s in slopes.values()) or not _numbers(slopes):
        return SlopeEvidence(sides=_UNDECIDED)
    if any(variable in t and not one_slope(s.sides) for t, s in slopes.items()):
        return SlopeEvidence(sides=_UNDECIDED)
    if across.left.number == 0:
        flat = all(s.sides.left.number == s.sides.right.number == 0 for t, s in slopes.items() if len(t) == 1)
        return SlopeEvidence(sides=_SINGULAR if flat else _VERTICAL)
    left = {t: s.sides.left for t, s in slopes.items()}
    right = {t: s.sides.right for t, s in slopes.items()}
    return SlopeEvidence(sides=Sided(_derivative(wrt, variable, left), _derivative(wrt, variable, right)))


def _followed(along: Sided, across: Sided) -> Sided:
    """Return the slopes of a curve where F has none along it, on one side at least: the curve follows F."""
    outcomes = {along.left.outcome, along.right.outcome}
    if not one_slope(across) or not across.left.number or not outcomes <= _TOLD or outcomes == {Outcome.UNDEFINED}:
        return _UNDECIDED
    return Sided(_mirrored(along.left, across.left), _mirrored(along.right, across.left))


def _mirrored(along: Reading, across: Reading) -> Reading:
    """Return the slope of a curve on a side where F rises by `along`, and by the number `across` across the curve."""
    if along.outcome is Outcome.NUMBER:
        return _derivative(("x",), "y", {("x",): along, ("y",): across})
    return Reading(along.outcome, sign=along.sign if (across.number or 0) < 0 else -along.sign)


def _numbers(slopes: dict[Wrt, SlopeEvidence]) -> bool:
    return all(r.outcome is Outcome.NUMBER for s in slopes.values() for r in (s.sides.left, s.sides.right))


def _derivative(wrt: Wrt, variable: str, partials: dict[Wrt, Reading]) -> Reading:
    return combined(partial(derivative, wrt, variable), partials, None, bits=-math.inf) or evidence.UNDECIDED


def follows(
    program: Program, point: Mapping[str, Program], names: tuple[str, str], slopes: Sequence[Reading], side: str
) -> bool:
    """Tell whether F stays constant on one side, up to the last order, along the curve with these derivatives.

    `names` are the variable that moves, and the one that follows it.
    """
    moving, variable = names
    along = _along(program, point, names, slopes)
    others = {name: coordinate for name, coordinate in point.items() if name != variable}
    sides = Quotient(along, others, len(slopes)).slopes((moving,) * len(slopes))
    seen: Reading = getattr(sides.sides, side)
    if sides.lower is not None or seen.outcome is not Outcome.NUMBER:
        return False
    across: Reading = getattr(Quotient(program, point).slopes((variable,)).sides, side)
    last, error, steep = Decimal(slopes[-1].text), Decimal(slopes[-1].error), abs(Decimal(across.text))
    left_out = _SAME * (abs(last) or 1) + error
    return abs(Decimal(seen.text)) <= Decimal(seen.error) + left_out * steep


def _along(
    program: Program, point: Mapping[str, Program], names: tuple[str, str], slopes: Sequence[Reading]
) -> Program:
    """Return F with its second variable as a polynomial in the first."""
    builder = Builder()
    moving, variable = names
    step = builder.add(
        "add", builder.add(VARIABLE, text=moving), builder.add("neg", _inlined(builder, point[moving], {}))
    )
    terms = [_inlined(builder, point[variable], {})]
    for order, slope in enumerate(slopes, 1):
        factor = builder.add("div", builder.default(slope.text), builder.number(str(math.factorial(order))))
        terms.append(builder.add("mul", factor, builder.add("pow", step, builder.number(str(order)))))
    return builder.build(_inlined(builder, program, {variable: builder.add("add", *terms)}))


def _inlined(builder: Builder, program: Program, bound: Mapping[str, int]) -> int:
    """Add a program as it is, some variables bound to instructions; return the index of its result."""
    return inline(builder, program, lambda _op: True, bound)
