"""What was located, held against the three witnesses: they say what it is, and their numbers count."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli.api import differentiate
from derivcli.errors import DerivError
from derivcli.model import Kind, Status
from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from derivcli.model import Result, Value
    from derivcli.plot.subject import Subject
    from derivcli.plot.telling import Feature

_MOST_ASKED = 150  # points: more are not told apart in a picture
_SECONDS = 4.0  # for all points, on a busy machine; a picture asks about ten, as places are proved before
_VISIBLE = 1e-3  # of the height of a picture: what is off by less is drawn in the same dot
_LEAST = 0.2  # seconds without which it is no use to ask
_FORMULA_SECONDS = 10.0  # for the formulas of the titles, as for an answer by itself

_SPOTS = {
    Kind.CORNER: Spot.KINK,
    Kind.CUSP: Spot.VERTICAL,
    Kind.VERTICAL_TANGENT: Spot.VERTICAL,
    Kind.JUMP: Spot.JUMP,
    Kind.POLE: Spot.POLE,
    Kind.REMOVABLE: Spot.HOLE,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A place, and whether the witnesses were asked about it."""

    place: Feature
    sure: bool


class Court:
    """Asks the three witnesses about single points of a subject, for a bounded time.

    `order` is that of the highest derivative which is drawn; places are judged by the first.
    """

    def __init__(self, subject: Subject, order: int = 1) -> None:
        self._subject = subject
        self._order = order
        self._deadline = math.inf
        self._asked = 0

    def first(self, at: Mapping[str, str], *, tangent: bool) -> Result | None:
        """Return what they say at a point, with the symbolic forms of all derivatives; from then on time runs."""
        result = self._ask(at, _FORMULA_SECONDS, self._order, tangent=tangent)
        self._deadline = time.monotonic() + _SECONDS
        return result

    def at(self, at: Mapping[str, str], order: int = 1) -> Result | None:
        """Return what the witnesses say at a point; None where there was no time to ask."""
        left = self._deadline - time.monotonic()
        if left < _LEAST or self._asked >= _MOST_ASKED:
            return None
        self._asked += 1
        result = self._ask(at, left, order)
        return None if result is None or result.limit_reached else result

    def _ask(self, at: Mapping[str, str], seconds: float, order: int = 1, *, tangent: bool = False) -> Result | None:
        subject = self._subject
        try:
            return differentiate(
                subject.expression,
                {**subject.held, **at},
                wrt=subject.free,
                order=order,
                tangent=tangent,
                timeout=seconds,
            )
        except DerivError:  # the picture stands without
            return None


def held(court: Court, name: str, places: Sequence[Feature], middle: float) -> list[Held]:
    """Return the places as the witnesses see them, without false alarms; the middle ones are asked for first."""
    seen: dict[int, Held | None] = {}
    for index in sorted(range(len(places)), key=lambda k: abs(places[k].x - middle)):
        place = places[index]
        result = None if place.proved or place.at.text is None else court.at({name: place.at.text})
        if place.proved:
            seen[index] = Held(place, sure=True)
        else:
            seen[index] = _unheard(place) if result is None else _judged(place, result)
    return [found for index in range(len(places)) if (found := seen[index]) is not None]


def _unheard(place: Feature) -> Held | None:
    """Return a place of which no witness was asked; float64 alone makes nothing of a value that does not settle."""
    is_doubtful = place.spot is Spot.BREAK and math.isfinite(place.here)
    is_dot = place.spot is Spot.POINT and not place.at.is_exact
    return None if is_doubtful or is_dot else Held(place, sure=False)


def _judged(place: Feature, result: Result) -> Held | None:
    value, slope = result.value, result.derivatives[0]
    if place.spot is Spot.EDGE:  # what happens on one side only, as far as float64 goes
        edge = _with_value(place, value)
        return Held(replace(edge, spot=Spot.POLE).steep() if any(map(math.isinf, edge.values)) else edge, sure=True)
    if slope.status in (Status.AGREE, Status.DIFFER):
        return None
    spot = _SPOTS.get(slope.kind or value.kind or Kind.OSCILLATING) if slope.status is not Status.UNVERIFIED else None
    if spot is None:
        if place.spot is Spot.BREAK:
            return Held(_with_value(place, value), sure=True)
        is_lost = value.status is Status.UNDEFINED and place.spot is Spot.HOLE
        return Held(replace(place, spot=Spot.BREAK) if is_lost else _with_value(place, value), sure=not is_lost)
    judged = _with_value(replace(place, spot=spot), value)
    if spot is Spot.POLE:
        judged = judged.steep()
    if spot is Spot.KINK and slope.left is not None and slope.right is not None:
        judged = replace(judged, slopes=(slope.left, slope.right))
    return Held(judged, sure=True)


def _with_value(place: Feature, value: Value) -> Feature:
    """Return a place with what the witnesses say of f there, and of its limits."""
    here = math.nan if value.answer is None else value.answer
    if value.limit is None:
        return replace(place, here=here)
    sides = (value.limit.left, value.limit.right)
    left, right = (own if side is None else side for own, side in zip(place.values, sides, strict=True))
    return replace(place, here=here, values=(left, right))


def exact_text(number: float) -> str:
    """Return a short decimal near a float: a point that a person would ask about."""
    return repr(float(f"{number:.4g}"))


def checked(court: Court, name: str, points: Iterable[float], heights: Sequence[float]) -> tuple[str, ...]:
    """Return notes on points at which a curve is not what the witnesses say; `heights` are those of the curves."""
    notes: list[str] = []
    for point in points:
        text = exact_text(point)
        result = court.at({name: text}, order=max(1, len(heights) - 1))
        if result is None or notes:
            break
        named = (("f", result.value), *((slope.name, slope) for slope in result.derivatives))
        both = zip(named, heights, strict=False)
        notes += [_wrong(f"{name} = {text}", label, n) for (label, n), height in both if _is_off(n, height)]
    return tuple(notes)


def _is_off(number: Value, height: float) -> bool:
    """Tell whether a number that is drawn stands visibly off from what it should be."""
    drawn, true = number.autograd, number.answer
    if number.status is not Status.DIFFER or drawn is None or true is None or not math.isfinite(drawn):
        return False
    return abs(drawn - true) > _VISIBLE * height


def _wrong(where: str, label: str, number: Value) -> str:
    return f"rounding spoils the curve: at {where}, {label} is {number.answer:.6g} and drawn as {number.autograd:.6g}"
