"""A subject of one variable -> its chart: f and its slope in pieces, with marks where something happens."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.language.latex import to_latex
from derivcli.language.printer import to_text
from derivcli.plot.exploring import Explored, explore, grid
from derivcli.plot.marking import named_and_marked
from derivcli.plot.pieces import pieces, samples
from derivcli.plot.shapes import Chart, Curve, Landmark, Spot
from derivcli.plot.subject import Sampler
from derivcli.plot.verdicts import Court, Held, checked, exact_text, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.plot.shapes import Interval, Numbers
    from derivcli.plot.subject import Subject

_CHECKED_AT = (0.2137, 0.4171, 0.6829, 0.8767)  # shares of the range
_ELSEWHERE = 0.391  # of the way from one sample to the next
_LOST, _MANY_LOST = 0.2, 0.02  # of the height of f; of the samples
_NEAR = 1e-3  # of the height of a curve
_LONGEST = 400  # nodes of a tree whose formula is still a title

# Where f has no value, or leaps, its curve is interrupted; the curve of the slope is at every place.
_BROKEN = frozenset({Spot.JUMP, Spot.HOLE, Spot.POLE, Spot.BREAK, Spot.EDGE})


def chart(subject: Subject, span: Interval, order: int = 1, *, tangent: bool = False) -> Chart:
    """Sample f and its derivatives over a range, say what happens where, and hold that against the three witnesses."""
    name = subject.free[0]
    sampler = Sampler(subject.program, subject.free, subject.constants)
    zeros = list(_zeros_below(subject, span))
    explored = explore(sampler, grid(span), zeros, span)
    court = Court(subject, order)
    usual = exact_text(float(span.at(np.array(0.5617))))
    result = court.first({name: usual if subject.point is None else subject.point}, tangent=tangent)
    holes = frozenset(place.x for place in explored.places if place.spot is Spot.HOLE)
    higher = list(_higher(subject, span, order, zeros, holes)) if sampler.has_slopes else []
    heights = (*_heights(explored), *(_heights(one)[1] for _, one in higher))
    notes = checked(court, name, map(float, span.at(np.array(_CHECKED_AT))), heights)
    places = held(court, name, explored.places, span.low / 2 + span.high / 2)
    if notes:  # what was located by itself may be rounding
        places = [h for h in places if h.sure]
    undefined, too_large = _gaps(court, name, explored, span)
    xs, values, slopes = samples(sampler, explored, places)
    plain = subject.tree.size <= _LONGEST
    function = Curve(
        name=subject.letter,
        formula=to_text(subject.tree) if plain else None,
        latex=to_latex(subject.tree) if plain else None,
        pieces=tuple(pieces(xs, values, [h for h in places if h.place.spot in _BROKEN], of_slope=False)),
        marks=tuple(_mark(h, h.place.values, h.place.here, heights[0]) for h in places),
    )
    drawn = [_slope(xs, slopes, places, heights[1])] if sampler.has_slopes else []
    for height, (higher_sampler, one) in zip(heights[2:], higher, strict=True):
        found = [Held(place, sure=False) for place in one.places]
        xs, _, slopes = samples(higher_sampler, one, found)
        drawn.append(_slope(xs, slopes, found, height))
    return named_and_marked(
        Chart(
            letter=subject.letter,
            is_alone=subject.is_alone,
            span=span,
            function=function,
            slopes=tuple(drawn),
            undefined=undefined,
            too_large=too_large,
            constants=tuple(subject.held.items()),
            notes=tuple(dict.fromkeys((*_words(sampler, explored, order - len(drawn)), *notes))),
            readings=subject.readings,
        ),
        result,
        asked=subject.point,
    )


def _higher(
    subject: Subject, span: Interval, order: int, zeros: list[float], holes: frozenset[float]
) -> Iterator[tuple[Sampler, Explored]]:
    """Yield the derivatives above the first, each explored as the slope of the one below it.

    At the holes of f they have no limits: so close to them they are rounding errors, 1e-16 over powers of x.
    """
    for k in range(2, order + 1):
        sampler = Sampler(subject.program, subject.free, subject.constants, order=k)
        if not sampler.has_slopes:
            return
        one = explore(sampler, grid(span), zeros, span)
        lost = (math.nan, math.nan)
        at_hole: Any = {"spot": Spot.HOLE, "values": lost, "slopes": lost}
        yield sampler, replace(one, places=tuple(replace(p, **at_hole) if p.x in holes else p for p in one.places))


def _slope(xs: Numbers, slopes: Numbers, places: list[Held], height: float) -> Curve:
    """Return the curve of a derivative, which is interrupted at every place."""
    return Curve(
        name="",
        formula=None,
        latex=None,
        pieces=tuple(pieces(xs, slopes, places, of_slope=True)),
        marks=tuple(_mark(h, h.place.slopes, math.nan, height) for h in places),
    )


def _heights(explored: Explored) -> tuple[float, float]:
    """Return how far the numbers of f and of its slope spread."""
    found = []
    for numbers in (explored.values, explored.slopes):
        finite = numbers[np.isfinite(numbers)]
        found.append(float(np.subtract(*np.quantile(finite, [0.95, 0.05]))) if len(finite) else 0.0)
    return found[0], found[1]


def _words(sampler: Sampler, explored: Explored, missing: int) -> Iterator[str]:
    if not explored.is_whole:
        yield "too many jumps or kinks to mark them all: give a smaller range"
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


def _zeros_below(subject: Subject, span: Interval) -> Iterator[float]:
    """Yield the places where a denominator changes its sign: f has no value there."""
    program = subject.program
    moves = program.depends_on(subject.free)
    below = dict.fromkeys(i.args[1] for i in program.instructions if i.op == "div" and moves[i.args[1]])
    xs = grid(span)
    for index in below:
        part = program.part(index)
        held_values = {name: subject.constants[name] for name in part.variables if name in subject.constants}
        function = Sampler(part, subject.free, held_values)
        with np.errstate(all="ignore"):
            yield from _sign_changes(function, xs)


def _sign_changes(function: Sampler, xs: Numbers) -> list[float]:
    values = function(xs)[0]
    at = np.flatnonzero(values[:-1] * values[1:] < 0)
    low, high, sign = xs[at], xs[at + 1], np.sign(values[at])
    for _ in range(60 if len(at) else 0):
        middle = low + (high - low) / 2
        same = np.sign(function(middle)[0]) == sign
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return [float(x) for x in high]


def _mark(found: Held, sides: tuple[float, float], here: float, height: float) -> Landmark:
    """Return the mark of a place on a curve; `here` is nan where the curve has no point."""
    place = found.place
    known = found.sure or (place.simple is not None and place.simple.is_exact) or place.spot not in _BROKEN
    value = here if known and math.isfinite(here) and place.spot is not Spot.HOLE else None
    left, right = (_side(side, value, _NEAR * height) for side in sides)
    if value is not None and place.spot not in _BROKEN:
        left = right = value
    return Landmark(
        spot=place.spot,
        x=place.x,
        left=left,
        right=right,
        value=value,
        text=None if place.simple is None else place.simple.text,
        sure=found.sure,
    )


def _side(side: float, value: float | None, near: float) -> float | None:
    """Return a limit; it was taken some way off, so that it may miss the value that it equals."""
    if math.isnan(side):
        return None
    return value if value is not None and abs(side - value) <= near else side


Stretches = tuple[tuple[float, float], ...]


def _gaps(court: Court, name: str, explored: Explored, span: Interval) -> tuple[Stretches, Stretches]:
    """Return where f has no real value, and where it has one beyond float64."""
    undefined: list[tuple[float, float]] = []
    too_large: list[tuple[float, float]] = []
    for low, high, is_infinite in _lost(explored, span):
        result = court.at({name: exact_text(low / 2 + high / 2)})
        known = is_infinite or (result is not None and result.value.answer is not None)
        (too_large if known else undefined).append((low, high))
    return tuple(undefined), tuple(too_large)


def _lost(explored: Explored, span: Interval) -> Iterable[tuple[float, float, bool]]:
    """Yield the stretches without a finite number, from place to place, and whether they are infinite."""
    xs, values = explored.x, explored.values
    fine = np.concatenate([[True], np.isfinite(values), [True]])
    changes = np.flatnonzero(fine[:-1] != fine[1:])
    edges = np.array([span.low, *(place.x for place in explored.places), span.high])
    for start, end in zip(changes[::2], changes[1::2], strict=True):
        below = edges[edges <= xs[start]]
        above = edges[edges >= xs[end - 1]]
        low = float(below[-1]) if start else span.low
        high = float(above[0]) if end < len(xs) else span.high
        yield low, high, bool(np.isinf(values[start:end]).mean() > 1 / 2)
