"""What torch finds of f and of derivatives of any kind at a point, each in the mode that suits it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.language.tree import ALONG, PIECEWISE, UNIT
from derivcli.witnesses import autograd, implicit, nested
from derivcli.witnesses.evidence import TorchEvidence, Wrt
from derivcli.witnesses.numerics import FLOAT64, Numerics, numerics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.model import Request

Slopes = dict[Wrt, float | None]
Found = tuple[tuple[tuple[float, Slopes], ...], dict[Wrt, str]]  # f and its slopes at each point; why some are missing

# Of a coordinate: half a unit of its 15th digit, up to which float64 holds every decimal (DBL_DIG), and spreadsheets
# write them. The curve may pass through any point that near.
_ROUNDED = 5e-15
_ROUNDING = 1e-12  # of a number: the same branch differs by rounding at most


def torch_evidence(
    program: Program,
    coordinates: tuple[Mapping[str, float], ...],
    wrt: Sequence[Wrt],
    request: Request,
    *,
    at_point: bool,
) -> TorchEvidence:
    """Return what torch finds at each point; at one that was asked about, also what torch.where makes of it."""
    kind = numerics(request.dtype, request.device)
    seconds = nested.patience(request.timeout)
    found, missing = numbers(program, coordinates, wrt, request.implicit, kind=kind, seconds=seconds)
    alone = at_point and request.implicit is None and len(coordinates) == 1
    by_where = otherwise_by_where(program, coordinates[0], found[0][1]) if alone else {}
    return TorchEvidence(program, coordinates, found, missing, by_where)


def numbers(
    program: Program,
    points: Sequence[Mapping[str, float]],
    wrt: Sequence[Wrt],
    variable: str | None = None,
    *,
    kind: Numerics = FLOAT64,
    seconds: float = nested.PATIENCE,
) -> Found:
    """Return f and its derivatives at each point, None for one that there is not, and why.

    With `variable` the derivatives are those of that variable, which `f = constant` makes a function of the others.
    Numerics other than the usual ones are for first derivatives; those of higher order take at most `seconds`.
    """
    if variable is not None:
        return _of_curve(program, points, wrt, variable, seconds)
    first = [of_first_order(program, at, [t for t in wrt if len(t) == 1], kind) for at in points]
    higher = nested.derivatives(program, points, [t for t in wrt if len(t) > 1], seconds)
    missing = {
        t: autograd.why_missing(program, at, t[0]) or ""
        for at, (_, slopes) in zip(points, first, strict=True)
        for t, slope in slopes.items()
        if slope is None
    }
    found = [(value, {**slopes, **more}) for (value, slopes), more in zip(first, higher.numbers, strict=True)]
    return tuple((value, {t: slopes.get(t) for t in wrt}) for value, slopes in found), missing | higher.missing


def _of_curve(
    program: Program, points: Sequence[Mapping[str, float]], wrt: Sequence[Wrt], variable: str, seconds: float
) -> Found:
    """Return the derivatives of the variable that the equation makes a function, from those of its two sides."""
    every = dict.fromkeys(t for each in wrt for t in implicit.needed(each, variable))
    found, missing = numbers(program, points, list(every), seconds=seconds)
    of_curve = tuple((value, {t: _slope_of_curve(t, variable, slopes) for t in wrt}) for value, slopes in found)
    return of_curve, {each: missing[t] for each in wrt for t in implicit.needed(each, variable) if t in missing}


def of_first_order(
    program: Program, at: Mapping[str, float], wrt: Sequence[Wrt], kind: Numerics = FLOAT64
) -> tuple[float, Slopes]:
    """Return f and its first derivatives, by reverse mode, those in a direction by forward mode.

    None for one that has no closed form.
    """
    names = [name for (name,) in wrt if name not in (ALONG, UNIT)]
    value, slopes = autograd.partials(program, at, names, kind)
    found: Slopes = {(name,): slope for name, slope in slopes.items()}
    for t in (t for t in wrt if t not in found):
        try:
            found[t] = autograd.forward(program, at, t[0])
        except autograd.NoClosedFormError:
            found[t] = None
    return value, found


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
