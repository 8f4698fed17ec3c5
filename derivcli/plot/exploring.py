"""A function over a range -> its samples, and what happens at each place where it may switch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import derivcli.plot.locating as locating
from derivcli.language.simplest import simplest
from derivcli.plot.shapes import Spot
from derivcli.plot.telling import Feature, is_told, told
from derivcli.witnesses.evidence import Outcome, Switch

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from derivcli.plot.locating import Limits
    from derivcli.plot.shapes import Interval, Numbers

_CELLS = 2_400  # more than a picture has columns of dots
_OFF = 0.0137  # of a cell: samples keep off simple numbers, where what is special would hide
_TINY = 1e-9  # of the range: how far from its ends the first and the last sample lie, less than a picture can show
BESIDE = 0.5  # of the gap of a hole: how far from it no slope is lost in rounding errors yet
_SETTLED = 0.2  # of the spread of f: what still moves by more, 40 halvings from the place, has no limit
# Of the spread of f, or of its slope: sides that are as near count as equal: less than a line is wide. Rounding spoils
# slopes more, which are differences in many formulas.
_EQUAL, _EQUAL_SLOPES = 1e-6, 1e-3
_EQUAL_SIZE = 1e-9  # of its size: a million times what rounding does to one operation
_DOUBTS = 8  # so much more than what still moved may lie between two sides that are equal


@dataclass(frozen=True, slots=True)
class Explored:
    """Samples of f and its slope, with all places."""

    x: Numbers
    values: Numbers
    slopes: Numbers
    places: tuple[Feature, ...]


def grid(span: Interval) -> Numbers:
    """Return the places of the samples, none of them a simple number."""
    inner = (np.arange(_CELLS) + 0.5 + _OFF) / _CELLS
    return span.at(np.concatenate([[_TINY], inner, [1 - _TINY]]))


def explore(
    function: locating.Sampled, xs: Numbers, switches: Sequence[Switch], ends: Interval | None = None, order: int = 0
) -> Explored:
    """Sample f, or its derivative of an order, and say what happens where it may switch, within the ends of a range.

    What the worker tells of a place counts; else float64 does, where it is fine enough for the range. At the ends f may
    grow without bound.
    """
    with np.errstate(all="ignore"):
        values, slopes = function(xs)
        steps = locating.halvings(xs)
        is_fine = steps >= locating.FEWEST
        clear = frozenset(switch.x for switch in switches if is_told(switch, order))
        known = [s for s in switches if (is_fine and xs[0] < s.x < xs[-1]) or (s.x in clear and _is_within(s.x, ends))]
        lost = locating.ends(function, xs, values, [switch.x for switch in known], steps) if is_fine else ()
        sites = sorted([*known, *(Switch(float(x)) for x in lost)], key=lambda site: site.x)
        gapped = list(zip(sites, _gaps(xs, np.array([site.x for site in sites])).tolist(), strict=True))
        by_worker = [told(site, order, gap) for site, gap in gapped if site.x in clear]
        by_float64 = _places(function, [(s, gap) for s, gap in gapped if s.x not in clear], values, slopes, steps)
        places = sorted(filter(None, (*by_worker, *by_float64)), key=lambda place: place.x)
        found = Explored(xs, values, slopes, tuple(places))
        return found if ends is None else _ended(function, found, ends, clear if is_fine else None)


def _is_within(x: float, ends: Interval | None) -> bool:
    return ends is not None and ends.low <= x <= ends.high


def _ended(function: locating.Sampled, found: Explored, ends: Interval, clear: Collection[float] | None) -> Explored:
    """Return what was explored, with what happens at the ends of a range, where no more than one side is seen.

    Where the worker has told all, or float64 can tell nothing (`clear` is None), float64 is not asked.
    """
    steep = _steep_ends(function, found, ends) if clear is not None else ([], [])
    first, last = ([] if clear and x in clear else seen for x, seen in zip((ends.low, ends.high), steep, strict=True))
    kept = (p for p in found.places if p.spot is not Spot.KINK or ends.low < p.x < ends.high)
    return replace(found, places=(*first, *(place.inside(ends) for place in kept), *last))


def _steep_ends(function: locating.Sampled, found: Explored, ends: Interval) -> tuple[list[Feature], list[Feature]]:
    """Return a place for each end of the range towards which f or its slope grows without bound."""
    at = np.array([ends.low, ends.high])
    gaps = np.full(2, np.diff(found.x).max() / 2)
    values, slopes = locating.limits(function, at, gaps, locating.halvings(found.x))
    here = function(at)[0]
    sides = (float(values.right[0]), float(slopes.right[0])), (float(values.left[1]), float(slopes.left[1]))
    places: list[list[Feature]] = [[], []]
    for k, (value, slope) in enumerate(sides):
        if (math.isinf(value) or math.isinf(slope)) and not math.isnan(value):
            spot = Spot.POLE if math.isinf(value) else Spot.EDGE
            pairs = ((math.nan, value), (math.nan, slope)) if k == 0 else ((value, math.nan), (slope, math.nan))
            places[k].append(Feature(spot, _end(float(at[k])), *pairs, float(here[k]), float(gaps[k])))
    return places[0], places[1]


def _end(x: float) -> Switch:
    simple = simplest(x, x)
    return Switch(x) if simple is None else Switch(x, simple.text, simple.is_exact)


def _places(
    function: locating.Sampled, sites: Sequence[tuple[Switch, float]], values: Numbers, slopes: Numbers, steps: int
) -> list[Feature]:
    """Say what happens at each site, as far as float64 tells, and leave out those where nothing does.

    A site comes with how far one may go from it and meet no other.
    """
    if not sites:
        return []
    at, gaps = np.array([site.x for site, _ in sites]), np.array([gap for _, gap in sites])
    of_values, of_slopes = locating.limits(function, at, gaps, steps)
    here = function(at)[0]
    scales = _scale(values), _scale(slopes)
    found = []
    for k, (site, gap) in enumerate(sites):
        spot = _spot(k, of_values, of_slopes, _value(site, float(here[k])), scales)
        if spot is not None:
            sides = _pair(of_values, k), _pair(of_slopes, k)
            if spot is Spot.BREAK:
                sides = (math.nan, math.nan), (math.nan, math.nan)
            elif spot is Spot.HOLE:
                sides = _near(function, site.x, gap * BESIDE)
            feature = Feature(spot, site, *sides, float(here[k]), gap)
            found.append(feature.steep() if spot is Spot.POLE else feature)
    return found


def _value(site: Switch, here: float) -> float:
    """Return f at a site: nothing where it is proved to have none, whatever float64 makes of it."""
    return math.nan if site.here.outcome is Outcome.UNDEFINED else here


def _gaps(xs: Numbers, at: Numbers) -> Numbers:
    """Return for each place how far one may go from it and meet no other."""
    own = np.interp(at, xs[:-1], np.diff(xs)) / 2
    apart = np.diff(at) / 3
    left, right = np.concatenate([[np.inf], apart]), np.concatenate([apart, [np.inf]])
    free: Numbers = np.minimum(own, np.minimum(left, right))
    return free


def _pair(limits: Limits, k: int) -> tuple[float, float]:
    return float(limits.left[k]), float(limits.right[k])


def _near(function: locating.Sampled, x: float, off: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the limits at a hole from some way off: close to it rounding errors win."""
    values, slopes = function(np.array([x - off, x + off]))
    value, slope = (float(column.mean()) for column in (values, slopes))
    return (value, value), (slope, slope)


def _scale(numbers: Numbers) -> float:
    finite = numbers[np.isfinite(numbers)]
    return float(np.subtract(*np.quantile(finite, [0.95, 0.05]))) if len(finite) else 0.0


def _spot(k: int, values: Limits, slopes: Limits, here: float, scales: tuple[float, float]) -> Spot | None:
    """Return what happens at a place, or None."""
    left, right = _pair(values, k)
    if math.isinf(left) or math.isinf(right):
        return Spot.POLE
    if math.isnan(left) and math.isnan(right):
        return None
    height = np.nanmax([scales[0], abs(left), abs(right)])
    if values.doubt[k] > _SETTLED * height:
        return Spot.BREAK
    if math.isnan(left) or math.isnan(right):
        return Spot.EDGE
    if not _same(left, right, float(values.doubt[k]), _EQUAL * scales[0]):
        return Spot.JUMP
    if not math.isfinite(here):
        return Spot.HOLE
    if not _same(left, here, float(values.doubt[k]), _EQUAL * scales[0]):
        return Spot.POINT
    before, after = _pair(slopes, k)
    if math.isinf(before) or math.isinf(after):
        return Spot.VERTICAL
    if math.isnan(before) or math.isnan(after):
        return None
    return None if _same(before, after, float(slopes.doubt[k]), _EQUAL_SLOPES * scales[1]) else Spot.KINK


def _same(left: float, right: float, doubt: float, least: float) -> bool:
    return abs(left - right) <= max(_DOUBTS * doubt, least, _EQUAL_SIZE * max(abs(left), abs(right)))
