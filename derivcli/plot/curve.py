"""A subject of one variable -> its chart: f and its slope in pieces, with marks where something happens."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from derivcli.language.latex import to_latex
from derivcli.language.printer import to_text
from derivcli.model import Status
from derivcli.plot.marking import named_and_marked
from derivcli.plot.pieces import dots, pieces, samples
from derivcli.plot.shapes import Chart, Curve, Landmark, Spot
from derivcli.plot.sketch import sketched
from derivcli.plot.verdicts import Court, Held, checked, exact_text, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.plot.exploring import Explored
    from derivcli.plot.shapes import Interval, Numbers, Stretches
    from derivcli.plot.sketch import Sketch
    from derivcli.plot.subject import Subject
    from derivcli.plot.telling import Feature

_CHECKED_AT = (0.2137, 0.4171, 0.6829, 0.8767)  # shares of the range
_INSIDE = 0.5617  # of a stretch: in its middle f may have a value that it has nowhere else, as sqrt(-x^2) has at 0
_NEAR = 1e-3  # of the height of a curve: what is nearer is drawn in the same dot
_LONGEST = 400  # nodes of a tree whose formula is still a title

# Where f has no value, or leaps, its curve is interrupted; the curve of the slope is at every place.
_BROKEN = frozenset({Spot.JUMP, Spot.POINT, Spot.HOLE, Spot.POLE, Spot.BREAK, Spot.EDGE})


def chart(subject: Subject, span: Interval, order: int = 1, *, tangent: bool = False) -> Chart:
    """Sample f and its derivatives over a range, say what happens where, and hold that against the three witnesses."""
    sketch = sketched(subject, span, order)
    court = Court(subject, order)
    usual = exact_text(float(span.at(np.array(_INSIDE))))
    result = court.first({span.name: usual if subject.point is None else subject.point}, tangent=tangent)
    undefined, too_large = _gaps(court, sketch)  # first: what is said of a gap must not be a guess
    spoilt, places = _heard(court, sketch)
    function, *slopes = _curves(sketch, places)
    notes = (*_words(sketch, order - len(slopes)), *spoilt)
    found = Chart(
        letter=subject.letter,
        is_alone=subject.is_alone,
        span=span,
        function=function,
        slopes=tuple(slopes),
        undefined=undefined,
        too_large=too_large,
        crowded=sketch.crowded,
        constants=tuple(subject.held.items()),
        notes=tuple(dict.fromkeys(notes)),
        readings=subject.readings,
    )
    return named_and_marked(found, result, asked=subject.point, spelling=subject.spelling)


def _heard(court: Court, sketch: Sketch) -> tuple[tuple[str, ...], list[Held]]:
    """Return notes on curves that rounding spoils, and the places as the witnesses see them."""
    span = sketch.span
    notes = checked(court, span.name, map(float, span.at(np.array(_CHECKED_AT))), sketch.heights)
    places = held(court, span.name, sketch.explored.places, span.low / 2 + span.high / 2)
    # Where there is a note, what was located by itself may be rounding.
    return notes, [place for place in places if place.sure or not notes]


def _curves(sketch: Sketch, places: list[Held]) -> Iterator[Curve]:
    """Yield f, and its derivatives as far as autograd has them."""
    peaks, crowded, heights = sketch.switches.peaks, sketch.crowded, sketch.heights
    xs, values, slopes = samples(sketch.sampler, sketch.explored, places, peaks)
    yield _function(sketch, xs, values, places)
    if sketch.sampler.has_slopes:
        yield _slope(xs, slopes, places, crowded, heights[1])
    for height, (sampler, one) in zip(heights[2:], sketch.higher, strict=True):
        unheard = [Held(place, sure=place.proved) for place in one.places]
        xs, _, slopes = samples(sampler, one, unheard, peaks)
        yield _slope(xs, slopes, unheard, crowded, height)


def _function(sketch: Sketch, xs: Numbers, values: Numbers, places: list[Held]) -> Curve:
    """Return the curve of f, with its formula where that is still a title."""
    subject, crowded = sketch.subject, sketch.crowded
    broken = [h for h in places if h.place.spot in _BROKEN]
    plain, style = subject.tree.size <= _LONGEST, subject.spelling.style
    return Curve(
        name=subject.letter,
        formula=to_text(subject.tree, style) if plain else None,
        latex=to_latex(subject.tree, style) if plain else None,
        pieces=tuple(pieces(xs, values, broken, crowded, of_slope=False)),
        dots=tuple(dots(xs, values, crowded)),
        marks=tuple(_mark(h, h.place.values, h.place.here, sketch.heights[0]) for h in places),
    )


def _slope(xs: Numbers, slopes: Numbers, places: list[Held], crowded: Stretches, height: float) -> Curve:
    """Return the curve of a derivative, which is interrupted at every place.

    What it does next to a hole of f is not known unless that is proved: it may grow without bound, as that of
    x*sin(1/x) does.
    """
    marks = [_mark(h, h.place.slopes, math.nan, height) for h in places]
    unknown = {h.place.x for h in places if h.place.spot is Spot.HOLE and not _has_slopes(h.place)}
    return Curve(
        name="",
        formula=None,
        latex=None,
        pieces=tuple(pieces(xs, slopes, places, crowded, of_slope=True)),
        dots=tuple(dots(xs, slopes, crowded)),
        marks=tuple(replace(mark, spot=Spot.BREAK) if mark.x in unknown else mark for mark in marks),
    )


def _has_slopes(place: Feature) -> bool:
    """Tell whether the slopes beside a hole are proved."""
    return place.proved and not any(map(math.isnan, place.slopes))


def _words(sketch: Sketch, missing: int) -> Iterator[str]:
    """Say what a picture does not show: `missing` derivatives are not drawn."""
    if not sketch.is_known:
        yield "where f has kinks, jumps or poles is not known: what should have said it gave no answer"
    if sketch.is_too_fast:
        yield "f changes faster than a picture of this range can show: give a smaller one"
    if missing:
        which = "slope" if not sketch.sampler.has_slopes else "highest derivative"
        yield f"the {which} is not drawn: autograd has no derivative in closed form"


def _mark(found: Held, sides: tuple[float, float], here: float, height: float) -> Landmark:
    """Return the mark of a place on a curve; `here` is nan where the curve has no point."""
    place = found.place
    known = found.sure or place.at.is_exact or place.spot not in _BROKEN
    value = here if known and math.isfinite(here) and place.spot is not Spot.HOLE else None
    left, right = (_side(side, value, _NEAR * height) for side in sides)
    if place.spot is Spot.EDGE and not known:
        left = right = None  # whether the end belongs to the curve is not known: no circle, open or filled
    if value is not None and place.spot not in _BROKEN:
        left = right = value
    return Landmark(
        spot=place.spot,
        x=place.x,
        left=left,
        right=right,
        value=value,
        text=place.at.text,
        sure=found.sure,
    )


def _side(side: float, value: float | None, near: float) -> float | None:
    """Return a limit; it was taken some way off, so that it may miss the value that it equals."""
    if math.isnan(side):
        return None
    return value if value is not None and abs(side - value) <= near else side


def _gaps(court: Court, sketch: Sketch) -> tuple[Stretches, Stretches]:
    """Return where f has no real value, and where it has one beyond float64."""
    undefined: list[tuple[float, float]] = []
    too_large: list[tuple[float, float]] = []
    for low, high, is_infinite in _lost(sketch.explored, sketch.span):
        result = court.at({sketch.span.name: exact_text(low + (high - low) * _INSIDE)})
        is_lost = not is_infinite if result is None else result.value.status is Status.UNDEFINED
        (undefined if is_lost else too_large).append((low, high))
    return tuple(undefined), tuple(too_large)


def _lost(explored: Explored, span: Interval) -> Iterable[tuple[float, float, bool]]:
    """Yield the stretches without a finite number, from place to place, and whether they are infinite.

    A point that stands alone parts two of them.
    """
    xs, values = explored.x, explored.values
    fine = np.concatenate([[True], np.isfinite(values), [True]])
    changes = np.flatnonzero(fine[:-1] != fine[1:])
    edges = np.array([span.low, *(place.x for place in explored.places), span.high])
    for start, end in zip(changes[::2], changes[1::2], strict=True):
        below = edges[edges <= xs[start]]
        above = edges[edges >= xs[end - 1]]
        low = float(below[-1]) if start else span.low
        high = float(above[0]) if end < len(xs) else span.high
        alone = [place.x for place in explored.places if place.spot is Spot.POINT and low < place.x < high]
        for ends in pairwise([low, *alone, high]):
            yield *ends, bool(np.isinf(values[start:end]).mean() > 1 / 2)
