"""A function over a range -> its samples, and the places where something happens, each with what it is.

A place is the simplest number in its interval, as a person would write it: 0, 1/2, pi/2, sqrt(2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import derivcli.plot.locating as locating
from derivcli.plot.locating import Bracket
from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from derivcli.plot.locating import Limits
    from derivcli.plot.shapes import Interval, Numbers

_LARGEST_DENOMINATOR = 1_000
_LARGEST = 10**6  # of the numerators and whole numbers that count as simple
_FEW = 12
_CELLS = 2_400  # more than a picture has columns of dots
_OFF = 0.0137  # of a cell: samples keep off simple numbers, where what is special would hide
_MOST_PLACES = 600
_MOST_SIMPLE = 400
_TINY = 1e-9
_SETTLED = 0.2  # of the spread of f: what still moves by more has no limit


class Simple(NamedTuple):
    """A number and its text in the language of expressions."""

    value: float
    text: str
    is_exact: bool  # float64 has exactly this number


def simplest(low: float, high: float) -> Simple | None:
    """Return the simplest number between two floats, or None if none is simple."""
    wide = 2 * max(math.ulp(low), math.ulp(high))
    low, high = low - wide, high + wide
    plain = _fraction(low, high)
    if plain is not None and plain.denominator <= _LARGEST_DENOMINATOR and abs(plain.numerator) <= _LARGEST:
        value = float(plain)
        return Simple(value, str(plain), Fraction(value) == plain)
    return _of_pi(low, high) or _root(low, high)


def _fraction(low: float, high: float) -> Fraction | None:
    """Return the fraction with the smallest denominator in an interval."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -_between(Fraction(-high), Fraction(-low))
    return _between(Fraction(low), Fraction(high))


def _between(low: Fraction, high: Fraction) -> Fraction:
    """Return the simplest fraction between two positive ones, by their continued fractions."""
    whole: list[int] = []
    while low.numerator // low.denominator == high.numerator // high.denominator and low.denominator > 1:
        part = low.numerator // low.denominator
        whole.append(part)
        low, high = 1 / (high - part) if high != part else low - part, 1 / (low - part)
    found = Fraction(-(-low.numerator // low.denominator))
    for part in reversed(whole):
        found = part + 1 / found
    return found


def _of_pi(low: float, high: float) -> Simple | None:
    share = _fraction(low / math.pi, high / math.pi)
    if not share or share.denominator > _FEW or abs(share.numerator) > _LARGEST:
        return None
    factor = {1: "", -1: "-"}.get(share.numerator, f"{share.numerator}*")
    below = "" if share.denominator == 1 else f"/{share.denominator}"
    return Simple(float(share) * math.pi, f"{factor}pi{below}", is_exact=False)


def _root(low: float, high: float) -> Simple | None:
    near, far = sorted((abs(low), abs(high)))
    square = _fraction(near * near, far * far)
    if not square or square.denominator > _FEW or square.numerator > _LARGEST:
        return None
    sign = "-" if high < 0 else ""
    return Simple(math.copysign(math.sqrt(square), high), f"{sign}sqrt({square})", is_exact=False)


@dataclass(frozen=True, slots=True)
class Feature:
    """A place where something happens: where, what f and its slope tend to from both sides, f there.

    A limit is nan where there is none. `gap` is how far from it nothing else happens.
    """

    spot: Spot
    x: float
    simple: Simple | None
    values: tuple[float, float]
    slopes: tuple[float, float]
    here: float
    gap: float


@dataclass(frozen=True, slots=True)
class Explored:
    """Samples of f and its slope, with all places; `is_whole` is False if there were too many of them."""

    x: Numbers
    values: Numbers
    slopes: Numbers
    places: tuple[Feature, ...]
    is_whole: bool


def grid(span: Interval) -> Numbers:
    """Return the places of the samples, none of them a simple number."""
    inner = (np.arange(_CELLS) + 0.5 + _OFF) / _CELLS
    return span.at(np.concatenate([[_TINY], inner, [1 - _TINY]]))


def explore(
    function: locating.Sampled, xs: Numbers, suspects: Iterable[float] = (), ends: Interval | None = None
) -> Explored:
    """Sample a function and find its places.

    `suspects` are numbers at which it may have no value; at the ends of a range it may grow without bound.
    """
    with np.errstate(all="ignore"):
        found = _explore(function, xs, suspects)
        if ends is None or locating.halvings(xs) < locating.FEWEST:
            return found
        first, last = _steep_ends(function, found, ends)
        return replace(found, places=(*first, *found.places, *last))


def _steep_ends(function: locating.Sampled, found: Explored, ends: Interval) -> tuple[list[Feature], list[Feature]]:
    """Return a place for each end of the range towards which f or its slope grows without bound."""
    at = np.array([ends.low, ends.high])
    gaps = np.full(2, np.diff(found.x).max() / 2)
    steps = locating.halvings(found.x)
    values, slopes = (locating.limits(function, which, at, gaps, steps) for which in (0, 1))
    here = function(at)[0]
    sides = (float(values.right[0]), float(slopes.right[0])), (float(values.left[1]), float(slopes.left[1]))
    places: list[list[Feature]] = [[], []]
    for k, (value, slope) in enumerate(sides):
        if (math.isinf(value) or math.isinf(slope)) and not math.isnan(value):
            spot = Spot.POLE if math.isinf(value) else Spot.EDGE
            pairs = ((math.nan, value), (math.nan, slope)) if k == 0 else ((value, math.nan), (slope, math.nan))
            x = float(at[k])
            places[k].append(Feature(spot, x, simplest(x, x), *pairs, float(here[k]), float(gaps[k])))
    return places[0], places[1]


def _explore(function: locating.Sampled, xs: Numbers, suspects: Iterable[float]) -> Explored:
    values, slopes = function(xs)
    steps = locating.halvings(xs)
    brackets = locating.candidates(function, xs, values, slopes)
    brackets = locating.merged([*brackets, *_holes(function, xs, suspects)], xs)
    found = (
        _places(function, xs, _nearest(brackets, float(xs[len(xs) // 2])), values, slopes, steps) if brackets else []
    )
    return Explored(xs, values, slopes, tuple(found), len(brackets) <= _MOST_PLACES)


def _nearest(brackets: list[Bracket], middle: float) -> list[Bracket]:
    """Return as many brackets as are looked at, those nearest to the middle, in order."""
    return sorted(sorted(brackets, key=lambda b: abs(b.low - middle))[:_MOST_PLACES])


def _holes(function: locating.Sampled, xs: Numbers, suspects: Iterable[float]) -> list[Bracket]:
    """Return simple numbers at which f has no value: samples keep off them."""
    tried = np.array(sorted({*_simple_numbers(float(xs[0]), float(xs[-1])), *suspects}))
    tried = tried[(tried > xs[0]) & (tried < xs[-1])]
    lost = tried[~np.isfinite(function(tried)[0])] if len(tried) else tried
    return [Bracket(math.nextafter(x, -math.inf), math.nextafter(x, math.inf)) for x in map(float, lost)]


def _simple_numbers(low: float, high: float) -> Iterable[float]:
    """Yield multiples of 1/4 and of pi/2 between two numbers; of larger steps where these are too many."""
    for step in (0.25, math.pi / 2):
        while high / step - low / step > _MOST_SIMPLE:
            step *= 2
        yield from (k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1))


def _places(
    function: locating.Sampled, xs: Numbers, brackets: list[Bracket], values: Numbers, slopes: Numbers, steps: int
) -> list[Feature]:
    """Say what happens in each bracket, and leave out those where nothing does."""
    simple = [simplest(b.low, b.high) for b in brackets]
    at = np.array([(b.low + b.high) / 2 if s is None else s.value for b, s in zip(brackets, simple, strict=True)])
    gaps = _gaps(xs, at)
    of_values = locating.limits(function, 0, at, gaps, steps)
    of_slopes = locating.limits(function, 1, at, gaps, steps)
    here = function(at)[0]
    scales = _scale(values), _scale(slopes)
    found = []
    for k, x in enumerate(at):
        spot = _spot(k, of_values, of_slopes, bool(np.isfinite(here[k])), scales)
        if spot is not None:
            sides = _pair(of_values, k), _pair(of_slopes, k)
            if spot is Spot.BREAK:
                sides = (math.nan, math.nan), (math.nan, math.nan)
            elif spot is Spot.HOLE:
                sides = _near(function, float(x), float(gaps[k]))
            found.append(Feature(spot, float(x), simple[k], *sides, float(here[k]), float(gaps[k])))
    return found


def _gaps(xs: Numbers, at: Numbers) -> Numbers:
    """Return for each place how far one may go from it and meet no other."""
    own = np.interp(at, xs[:-1], np.diff(xs)) / 2
    apart = np.diff(at) / 3
    left, right = np.concatenate([[np.inf], apart]), np.concatenate([apart, [np.inf]])
    free: Numbers = np.minimum(own, np.minimum(left, right))
    return free


def _pair(limits: Limits, k: int) -> tuple[float, float]:
    return float(limits.left[k]), float(limits.right[k])


def _near(function: locating.Sampled, x: float, gap: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the limits at a hole from some way off: close to it rounding errors win."""
    values, slopes = function(np.array([x - gap / 64, x + gap / 64]))
    value, slope = (float(column.mean()) for column in (values, slopes))
    return (value, value), (slope, slope)


def _scale(numbers: Numbers) -> float:
    finite = numbers[np.isfinite(numbers)]
    return float(np.subtract(*np.quantile(finite, [0.95, 0.05]))) if len(finite) else 0.0


def _spot(k: int, values: Limits, slopes: Limits, has_value: bool, scales: tuple[float, float]) -> Spot | None:
    """Return what happens at a place, or None."""
    left, right = _pair(values, k)
    if math.isinf(left) or math.isinf(right):
        return Spot.POLE
    if math.isnan(left) and math.isnan(right):
        return None
    height = np.nanmax([scales[0], abs(left), abs(right)])
    if values.doubt[k] > _SETTLED * height:
        return None if has_value else Spot.BREAK
    if math.isnan(left) or math.isnan(right):
        return Spot.EDGE
    if not _same(left, right, float(values.doubt[k]), 1e-6 * scales[0]):
        return Spot.JUMP
    if not has_value:
        return Spot.HOLE
    before, after = _pair(slopes, k)
    if math.isinf(before) or math.isinf(after):
        return Spot.VERTICAL
    if math.isnan(before) or math.isnan(after) or _same(before, after, float(slopes.doubt[k]), 1e-3 * scales[1]):
        return None
    return Spot.KINK


def _same(left: float, right: float, doubt: float, least: float) -> bool:
    return abs(left - right) <= max(8 * doubt, least, 1e-9 * max(abs(left), abs(right)))
