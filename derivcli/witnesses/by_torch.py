"""What torch finds of f and of derivatives of any kind at a point, each in the mode that suits it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.language.tree import ALONG, PIECEWISE, UNIT
from derivcli.witnesses import autograd, implicit, taylor
from derivcli.witnesses.evidence import TorchEvidence, Wrt
from derivcli.witnesses.numerics import FLOAT64, Numerics, numerics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.model import Request

Slopes = dict[Wrt, float | None]

_NESTED_ORDER = 3  # up to where nested reverse mode is heard too: its cost is exponential in the order
_MOST_NESTED = 40  # derivatives
# Of a coordinate: half a unit of its 15th digit, up to which float64 holds every decimal (DBL_DIG), and spreadsheets
# write them. The curve may pass through any point that near.
_ROUNDED = 5e-15
_ROUNDING = 1e-12  # of a number: the same branch differs by rounding at most


def evidence(
    program: Program,
    coordinates: tuple[Mapping[str, float], ...],
    wrt: Sequence[Wrt],
    request: Request,
    *,
    at_point: bool,
) -> TorchEvidence:
    """Return what torch finds at each point; at one that was asked about, also by other ways of its own."""
    kind = numerics(request.dtype, request.device)
    found = [numbers(program, at, wrt, request.implicit, kind) for at in coordinates]
    missing = {
        t: why_missing(program, at, t)
        for at, (_, slopes) in zip(coordinates, found, strict=True)
        for t, slope in slopes.items()
        if slope is None
    }
    known = TorchEvidence(program, coordinates, tuple(found), missing)
    if not (at_point and request.implicit is None and coordinates):
        return known
    here, slopes = coordinates[0], found[0][1]
    others = otherwise_by_where(program, here, slopes) if len(coordinates) == 1 else {}
    return replace(known, nested=nested(program, here, slopes), by_where=others)


def numbers(
    program: Program,
    at: Mapping[str, float],
    wrt: Sequence[Wrt],
    variable: str | None = None,
    kind: Numerics = FLOAT64,
) -> tuple[float, Slopes]:
    """Return f and its derivatives; None for one that has no closed form.

    With `variable` the derivatives are those of that variable, which `f = constant` makes a function of the others.
    Numerics other than the usual ones are for first derivatives.
    """
    if variable is not None:
        return _of_curve(program, at, wrt, variable)
    if kind == FLOAT64:
        return _of_any_order(program, at, wrt)
    value, slopes = autograd.partials(program, at, [name for (name,) in wrt], kind)
    return value, {(name,): slope for name, slope in slopes.items()}


def _of_any_order(program: Program, at: Mapping[str, float], wrt: Sequence[Wrt]) -> tuple[float, Slopes]:
    """Return the derivatives by reverse mode, those in a direction by forward mode, higher ones by Taylor series."""
    names = [t[0] for t in wrt if len(t) == 1 and t[0] not in (ALONG, UNIT)]
    value, slopes = autograd.partials(program, at, names)
    found: Slopes = {(name,): slope for name, slope in slopes.items()}
    for t in (t for t in wrt if len(t) == 1 and t not in found):
        try:
            found[t] = autograd.forward(program, at, t[0])
        except autograd.NoClosedFormError:
            found[t] = None
    higher = [t for t in wrt if len(t) > 1]
    return value, {**found, **(taylor.derivatives(program, at, higher) if higher else {})}


def _of_curve(program: Program, at: Mapping[str, float], wrt: Sequence[Wrt], variable: str) -> tuple[float, Slopes]:
    """Return the derivatives of the variable that the equation makes a function, from those of its two sides."""
    every = dict.fromkeys(t for each in wrt for t in implicit.needed(each, variable))
    value, partials = _of_any_order(program, at, list(every))
    return value, {each: _slope_of_curve(each, variable, partials) for each in wrt}


def _slope_of_curve(wrt: Wrt, variable: str, partials: Mapping[Wrt, float | None]) -> float | None:
    needed = {tuple(sorted(t)): partials[t] for t in implicit.needed(wrt, variable)}
    if None in needed.values():
        return None
    try:
        return float(implicit.derivative(wrt, variable, needed)) + 0.0  # no -0
    except ZeroDivisionError:
        flat = needed[wrt[:1]]
        return math.nan if not flat or len(wrt) > 1 else -math.copysign(math.inf, flat)
    except OverflowError:
        return math.nan


def otherwise_by_where(
    program: Program, at: Mapping[str, float], slopes: Mapping[Wrt, float | None]
) -> dict[str, float]:
    """Return the first derivatives that torch.where, which evaluates all branches, gives another number for."""
    chooses = any(instruction.op == PIECEWISE for instruction in program.instructions)
    known = {
        t[0]: slope for t, slope in slopes.items() if len(t) == 1 and t[0] not in (ALONG, UNIT) and slope is not None
    }
    if not chooses or not known:
        return {}
    try:
        found = autograd.by_where(program, at, list(known))
    except autograd.NoClosedFormError:
        return {}
    return {name: slope for name, slope in found.items() if slope is not None and not _same(slope, known[name])}


def _same(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=_ROUNDING)


def room(program: Program, at: Mapping[str, float]) -> float:
    """Return how far F may be from 0 at a point of the curve F = 0, its coordinates being rounded."""
    slopes = autograd.partials(program, at, list(at))[1]
    sizes = [abs(slope * at[name]) * _ROUNDED for name, slope in slopes.items() if slope is not None]
    return sum(size for size in sizes if not math.isnan(size))


def why_missing(program: Program, at: Mapping[str, float], wrt: Wrt) -> str:
    """Return why a derivative has no closed form, by the first of its variables that says so."""
    return next((why for name in wrt if (why := autograd.why_missing(program, at, name))), "")


def nested(program: Program, at: Mapping[str, float], slopes: Mapping[Wrt, float | None]) -> dict[Wrt, float]:
    """Return what nested reverse mode gives for derivatives of low order, where there are not too many."""
    few = [t for t, slope in slopes.items() if 2 <= len(t) <= _NESTED_ORDER and slope is not None]
    return {t: autograd.nested(program, at, t) for t in few} if len(few) <= _MOST_NESTED else {}
