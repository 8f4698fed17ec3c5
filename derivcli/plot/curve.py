"""A subject of one variable -> its chart: f and its slope in pieces, with marks where something happens."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.language.latex import to_latex
from derivcli.language.printer import to_text
from derivcli.model import Status
from derivcli.plot.exploring import Explored, explore, grid
from derivcli.plot.marking import named_and_marked
from derivcli.plot.pieces import dots, pieces, samples
from derivcli.plot.sampling import Sampler
from derivcli.plot.shapes import Chart, Curve, Landmark, Spot
from derivcli.plot.verdicts import Court, Held, checked, exact_text, held
from derivcli.witnesses.evidence import Switches
from derivcli.witnesses.switching import switches_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.plot.shapes import Interval, Numbers, Stretches
    from derivcli.plot.subject import Subject
    from derivcli.plot.telling import Feature

_CHECKED_AT = (0.2137, 0.4171, 0.6829, 0.8767)  # shares of the range
_ELSEWHERE = 0.391  # of the way from one sample to the next
_INSIDE = 0.5617  # of a stretch: in its middle f may have a value that it has nowhere else, as sqrt(-x^2) has at 0
_LOST, _MANY_LOST = 0.2, 0.02  # of the height of f, which nobody overlooks; of the samples, more than a few kinks spoil
_NEAR = 1e-3  # of the height of a curve: what is nearer is drawn in the same dot
_BY_THE_END = 2  # steps of float64, by which the nearest number may miss the end that was meant
_LONGEST = 400  # nodes of a tree whose formula is still a title

# Where f has no value, or leaps, its curve is interrupted; the curve of the slope is at every place.
_BROKEN = frozenset({Spot.JUMP, Spot.POINT, Spot.HOLE, Spot.POLE, Spot.BREAK, Spot.EDGE})


def chart(subject: Subject, span: Interval, order: int = 1, *, tangent: bool = False) -> Chart:
    """Sample f and its derivatives over a range, say what happens where, and hold that against the three witnesses."""
    name = subject.free[0]
    sampler = Sampler(subject.program, subject.free, subject.constants)
    found = switches_of(subject.program, name, subject.exact, _borders(span), order=order, peaks=True)
    switches = found or Switches(())
    explored = explore(sampler, grid(span), switches.places, span)
    court = Court(subject, order)
    usual = exact_text(float(span.at(np.array(0.5617))))
    result = court.first({name: usual if subject.point is None else subject.point}, tangent=tangent)
    holes = frozenset(place.x for place in explored.places if place.spot is Spot.HOLE)
    higher = list(_higher(subject, span, order, switches, holes)) if sampler.has_slopes else []
    heights = (*_heights(explored), *(_heights(one)[1] for _, one in higher))
    undefined, too_large = _gaps(court, name, explored, span)  # first: what is said of a gap must not be a guess
    notes = checked(court, name, map(float, span.at(np.array(_CHECKED_AT))), heights)
    places = held(court, name, explored.places, span.low / 2 + span.high / 2)
    if notes:  # what was located by itself may be rounding
        places = [h for h in places if h.sure]
    crowded = tuple((max(one.low, span.low), min(one.high, span.high)) for one in switches.crowded)
    xs, values, slopes = samples(sampler, explored, places, switches.peaks)
    plain = subject.tree.size <= _LONGEST
    function = Curve(
        name=subject.letter,
        formula=to_text(subject.tree, subject.spelling.style) if plain else None,
        latex=to_latex(subject.tree, subject.spelling.style) if plain else None,
        pieces=tuple(pieces(xs, values, [h for h in places if h.place.spot in _BROKEN], crowded, of_slope=False)),
        dots=tuple(dots(xs, values, crowded)),
        marks=tuple(_mark(h, h.place.values, h.place.here, heights[0]) for h in places),
    )
    drawn = [_slope(xs, slopes, places, crowded, heights[1])] if sampler.has_slopes else []
    for height, (higher_sampler, one) in zip(heights[2:], higher, strict=True):
        unheard = [Held(place, sure=place.proved) for place in one.places]
        xs, _, slopes = samples(higher_sampler, one, unheard, switches.peaks)
        drawn.append(_slope(xs, slopes, unheard, crowded, height))
    return named_and_marked(
        Chart(
            letter=subject.letter,
            is_alone=subject.is_alone,
            span=span,
            function=function,
            slopes=tuple(drawn),
            undefined=undefined,
            too_large=too_large,
            crowded=crowded,
            constants=tuple(subject.held.items()),
            notes=tuple(
                dict.fromkeys((*_words(sampler, explored, order - len(drawn), is_known=found is not None), *notes))
            ),
            readings=subject.readings,
        ),
        result,
        asked=subject.point,
        spelling=subject.spelling,
    )


def _borders(span: Interval) -> tuple[float, float]:
    """Return between which places are looked for: those that float64 has at the ends may lie next to them, as pi/2."""
    return span.low - _BY_THE_END * math.ulp(span.low), span.high + _BY_THE_END * math.ulp(span.high)


def _higher(
    subject: Subject, span: Interval, order: int, switches: Switches, holes: frozenset[float]
) -> Iterator[tuple[Sampler, Explored]]:
    """Yield the derivatives above the first, each explored as the slope of the one below it.

    At the holes of f they have no limits: so close to them they are rounding errors, 1e-16 over powers of x.
    """
    for k in range(2, order + 1):
        sampler = Sampler(subject.program, subject.free, subject.constants, order=k)
        if not sampler.has_slopes:
            return
        one = explore(sampler, grid(span), switches.places, span, k - 1)
        lost = (math.nan, math.nan)
        at_hole: Any = {"spot": Spot.HOLE, "values": lost, "slopes": lost}
        places = (replace(p, **at_hole) if p.x in holes and not p.proved else p for p in one.places)
        yield sampler, replace(one, places=tuple(places))


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


def _heights(explored: Explored) -> tuple[float, float]:
    """Return how far the numbers of f and of its slope spread."""
    found = []
    for numbers in (explored.values, explored.slopes):
        finite = numbers[np.isfinite(numbers)]
        found.append(float(np.subtract(*np.quantile(finite, [0.95, 0.05]))) if len(finite) else 0.0)
    return found[0], found[1]


def _words(sampler: Sampler, explored: Explored, missing: int, *, is_known: bool) -> Iterator[str]:
    if not is_known:
        yield "where f has kinks, jumps or poles is not known: what should have said it gave no answer"
    if _is_too_fast(sampler, explored):
        yield "f changes faster than a picture of this range can show: give a smaller one"
    if missing:
        which = "slope" if not sampler.has_slopes else "highest derivative"
        yield f"the {which} is not drawn: autograd has no derivative in closed form"


def _is_too_fast(sampler: Sampler, explored: Explored) -> bool:
    """Tell whether many samples know nothing of what happens between them."""
    xs, values = explored.x, explored.values
    finite = values[np.isfinite(values)]
    if not len(finite):
        return False
    low, high = np.quantile(finite, [0.05, 0.95])
    with np.errstate(all="ignore"):
        between = sampler(xs[:-1] + np.diff(xs) * _ELSEWHERE)[0]
        expected = values[:-1] + np.diff(values) * _ELSEWHERE
        off = np.abs(np.clip(between, low, high) - np.clip(expected, low, high)) > _LOST * (high - low)
    return bool(off.mean() > _MANY_LOST)


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


def _gaps(court: Court, name: str, explored: Explored, span: Interval) -> tuple[Stretches, Stretches]:
    """Return where f has no real value, and where it has one beyond float64."""
    undefined: list[tuple[float, float]] = []
    too_large: list[tuple[float, float]] = []
    for low, high, is_infinite in _lost(explored, span):
        result = court.at({name: exact_text(low + (high - low) * _INSIDE)})
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
