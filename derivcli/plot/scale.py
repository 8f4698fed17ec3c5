"""What stands on a picture and around it: its height, the numbers of its axes, and what has to be said in words."""

from __future__ import annotations

import math
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

import numpy as np

from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.plot.shapes import Chart, Curve, Interval, Landmark, Numbers, Surface

_MARGIN = 0.06  # of the height, above and below a curve: room for half a circle
_TAILS = (0.02, 0.98)  # shares of the values of a surface, beyond which they are told by the last colour
_CLIPPED = 0.25  # of the height, beyond where most of an unbounded curve is
_MOST = (0.07, 0.93)  # shares of the x of a curve that grows without bound: what is higher there is cut off
_FLAT = 1e-9  # of its size; a curve that moves by less is constant but for rounding, which cancellation makes larger
_MOST_DIGITS = 17  # that float64 has
_BLURRED = 1e-3  # of the distance of two numbers of an axis, by which their labels may be off
_HIGHEST = 1.7e308  # an axis cannot end beyond float64
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_REACH = 1.0  # of the height of a curve, beyond which a single point is only told: it would press the curve flat
_MOST_NAMED = 6  # places in a line, which is as wide as a terminal then
_NAMED_DIGITS = 6  # of a place without a text; more where two places would look alike
_WORDS = {
    Spot.KINK: "kink",
    Spot.VERTICAL: "vertical tangent",
    Spot.JUMP: "jump",
    Spot.POINT: "single point",
    Spot.HOLE: "hole",
    Spot.POLE: "pole",
    Spot.BREAK: "no limit",
}


def together(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the limits of the vertical axis of a panel."""
    ends = [heights(curve) for curve in curves]
    return min(low for low, _ in ends), max(high for _, high in ends)


def heights(curve: Curve) -> tuple[float, float]:
    """Return the limits of the vertical axis: a bounded curve is shown whole, a pole does not flatten the others."""
    shown = (*curve.pieces, *curve.dots)
    if not shown:
        return -1.0, 1.0
    low = min(float(piece.y.min()) for piece in shown)
    high = max(float(piece.y.max()) for piece in shown)
    if curve.is_unbounded:
        low, high = _without_tails(curve, low, high)
    low, high = _with_points(curve, low, high)
    if high / 2 - low / 2 <= _FLAT * max(abs(low), abs(high)):
        half = abs(high) / 2 or 1.0
        return max(low - half, -_HIGHEST), min(high + half, _HIGHEST)
    margin = _MARGIN * (high / 2 - low / 2) * 2
    return max(low - margin, -_HIGHEST), min(high + margin, _HIGHEST)


def _with_points(curve: Curve, low: float, high: float) -> tuple[float, float]:
    """Return the limits with the values at special points, if they are near enough, or the curve is flat anyway."""
    far = _REACH * (high / 2 - low / 2) * 2
    values = [mark.value for mark in curve.marks if mark.value is not None]
    near = [value for value in values if low == high or low - far <= value <= high + far]
    return min([low, *near]), max([high, *near])


def levels(surface: Surface) -> tuple[float, float]:
    """Return between which values most of f lies: all of it, unless it grows without bound."""
    finite = surface.values[np.isfinite(surface.values)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    bottom, top = map(float, np.quantile(finite, _TAILS))
    if high / 2 - low / 2 > 4 * (top / 2 - bottom / 2) > 0:
        low, high = bottom, top
    if high <= low:
        half = abs(low) / 2 or 1.0
        low, high = low - half, high + half
    return low, high


def _without_tails(curve: Curve, low: float, high: float) -> tuple[float, float]:
    """Return how high most of a curve is, each stretch of x counted alike; a side that has no tail is kept whole."""
    shown = (*curve.pieces, *curve.dots)
    y = np.concatenate([p.y[1:] / 2 + p.y[:-1] / 2 for p in shown])
    weights = np.concatenate([np.diff(p.x / 2) for p in shown])
    order = np.argsort(y, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    bottom, top = (float(y[order][np.searchsorted(share, part).clip(0, len(y) - 1)]) for part in _MOST)
    height = top - bottom
    return (
        low if low >= bottom - height else bottom - _CLIPPED * height,
        high if high <= top + height else top + _CLIPPED * height,
    )


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most so many round numbers between two ends, at least two where there are any."""
    width = high / 2 - low / 2
    if not width > 0:
        return [low]
    rough = width / max(most - 1, 1) * 2 if width < 1e307 else width / max(most - 1, 1)
    exponent = math.floor(math.log10(rough))
    for factor in (*_STEPS, 20.0, 50.0):
        step = factor * 10.0**exponent if exponent > -300 else factor * rough
        found = [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
        if len(found) <= most:
            return [0.0 if abs(tick) < step * 1e-9 else tick for tick in found]
    return []


def labels(numbers: Sequence[float]) -> list[str]:
    """Return the numbers of an axis in as few digits as show how far apart they are."""
    texts = [label(number) for number in numbers]
    near = _BLURRED * min((after / 2 - before / 2 for before, after in pairwise(numbers)), default=math.inf)
    digits = 3
    while digits < _MOST_DIGITS and any(_off(text, number) > near for text, number in zip(texts, numbers, strict=True)):
        digits += 1
        texts = [_short(f"{number:.{digits}g}") for number in numbers]
    return texts


def _off(text: str, number: float) -> float:
    """Return half of what rounding has done to a number."""
    return abs(float(text) / 2 - number / 2)


def label(number: float) -> str:
    """Return a number of an axis in few digits."""
    if number == 0:
        return "0"
    return _short(f"{number:.5g}" if 1e-3 <= abs(number) < 1e5 else f"{number:.3g}")


def _short(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def place(numbers: Numbers, low: float, high: float) -> Numbers:
    """Return where numbers stand between two ends: 0 at the lower, 1 at the upper one."""
    shares: Numbers = (numbers / 2 - low / 2) / (high / 2 - low / 2)
    return shares


def where(mark: Landmark, digits: int = _NAMED_DIGITS) -> str:
    """Return the x of a mark as a person would write it."""
    if mark.text is None:
        return f"{mark.x:.{digits}g}"
    if "/" not in mark.text or not mark.text.lstrip("-").replace("/", "").isdigit():
        return mark.text
    below = Fraction(mark.text).denominator
    return f"{mark.x:.6g}" if 10**4 % below == 0 else mark.text


def panels(charts: Sequence[Chart]) -> list[list[tuple[int, Curve]]]:
    """Return the curves of each panel, the functions, their slopes, and so on, each with the number of its colour.

    A function by itself has another colour in each panel, several have one each in all of them.
    """
    rows = enumerate(zip_longest(*(chart.curves for chart in charts)))
    several = len(charts) > 1
    return [[(k if several else row, curve) for k, curve in enumerate(found) if curve] for row, found in rows]


def title(curve: Curve, span: Interval) -> str:
    """Return `f(x) = x^2`, or the name alone where there is no formula."""
    name = curve.name if "/" in curve.name else f"{curve.name}({span.name})"
    return name if curve.formula is None else f"{name} = {curve.formula}"


def special(chart: Chart) -> Iterator[tuple[Spot, str]]:
    """Yield each kind of special point with a line on it."""
    of = "" if chart.is_alone else f" of {chart.letter}"
    for spot, word in _WORDS.items():
        marks = [mark for mark in chart.function.marks if mark.spot is spot]
        if marks:
            yield spot, f"{word}{of} at {chart.span.name} = {_list(marks)}{_details(chart, spot, marks)}"


def _list(marks: Sequence[Landmark]) -> str:
    if len(marks) <= _MOST_NAMED:
        return ", ".join(_apart(marks))
    first, last = (", ".join(_apart(part)) for part in (marks[:2], marks[-2:]))
    return f"{first}, ..., {last} ({len(marks)} of them)"


def _apart(marks: Sequence[Landmark]) -> list[str]:
    """Return the places of marks, in as many digits as tell them apart."""
    texts = [[where(mark, digits) for mark in marks] for digits in range(_NAMED_DIGITS, _MOST_DIGITS + 1)]
    return next((some for some in texts if len(set(some)) == len(some)), texts[-1])


def _details(chart: Chart, spot: Spot, marks: Sequence[Landmark]) -> str:
    """Say what is known of a place beside where it is."""
    mark = marks[0]
    if spot is Spot.HOLE and len(marks) == 1 and mark.left is not None:
        return f": {chart.letter} tends to {label(mark.left)}"
    if spot is Spot.POINT:
        values = dict.fromkeys(label(mark.value) for mark in marks[:_MOST_NAMED] if mark.value is not None)
        return f": {chart.letter} is {', '.join(values)} there"
    if spot is not Spot.KINK or not chart.slopes:
        return ""
    slopes = [slope for slope in chart.slopes[0].marks if slope.spot is spot]
    if len(slopes) > 1 or not slopes or slopes[0].left is None or slopes[0].right is None:
        return ", open circles at the slopes of both sides"
    return f", open circles at its slopes {label(slopes[0].left)} and {label(slopes[0].right)}"


class Why(StrEnum):
    """Why no line is drawn in a stretch."""

    UNDEFINED = "undefined"
    CROWDED = "kinks, jumps or poles too close to be told apart"
    TOO_LARGE = "beyond float64"


def stretches(chart: Chart) -> Iterator[tuple[Why, str]]:
    """Yield lines on where no line is drawn, and why."""
    gaps_of = {Why.UNDEFINED: chart.undefined, Why.CROWDED: chart.crowded, Why.TOO_LARGE: chart.too_large}
    for why, gaps in gaps_of.items():
        if gaps:
            name = "" if chart.is_alone else f"{chart.letter}: " if why is Why.CROWDED else f"{chart.letter} is "
            shown = ", ".join(_stretch(chart, *gap) for gap in gaps[:_MOST_NAMED])
            yield why, f"{name}{why} for {shown}{_more(len(gaps))}"


def points(charts: Sequence[Chart]) -> Iterator[str]:
    """Yield a line on the point that was asked about, for each function."""
    return (chart.point.said for chart in charts if chart.point is not None)


def tangents(charts: Sequence[Chart]) -> list[Curve]:
    """Return the tangents that are to be drawn."""
    return [g.point.tangent for g in charts if g.point is not None and g.point.tangent is not None]


def remarks(charts: Sequence[Chart]) -> Iterator[str]:
    """Yield lines on what is held, and over what is plotted."""
    yield from held(tuple({name: text for chart in charts for name, text in chart.constants}.items()))
    yield extent(charts[0].span)


def notes(charts: Sequence[Chart]) -> list[str]:
    """Return what else there is to say of the functions."""
    several = len(charts) > 1
    return [f"{chart.letter}: {note}" if several else note for chart in charts for note in chart.notes]


def _more(count: int) -> str:
    return f", ... ({count} stretches)" if count > _MOST_NAMED else ""


def _stretch(chart: Chart, low: float, high: float) -> str:
    span = chart.span
    texts = {mark.x: where(mark) for mark in chart.function.marks if mark.text is not None}
    below, above = (texts.get(end) or label(end) for end in (low, high))
    if low <= span.low and high >= span.high:
        return f"all of this {span.name}"
    if low <= span.low:
        return f"{span.name} < {above}"
    if high >= span.high:
        return f"{span.name} > {below}"
    return f"{below} < {span.name} < {above}"


def extent(*spans: Interval) -> str:
    """Say over what is plotted, and whether the tool has chosen that."""
    ends = [(_short(f"{span.low:.12g}"), _short(f"{span.high:.12g}")) for span in spans]
    parts = [
        f"{span.name} = {low}:{high}{', chosen' if span.chosen else ''}"
        for span, (low, high) in zip(spans, ends, strict=True)
    ]
    return f"plotted over {'; '.join(parts)}"


def held(constants: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a line on the variables that are held."""
    if constants:
        yield f"with {', '.join(f'{name} = {text}' for name, text in constants)}"
