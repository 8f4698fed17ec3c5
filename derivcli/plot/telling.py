"""What is proved of a place where f may switch -> what happens there, to f or to a derivative of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli.plot.shapes import Spot
from derivcli.witnesses.evidence import UNDECIDED, UNDEFINED, Outcome, Sided, Switch

if TYPE_CHECKING:
    from derivcli.plot.shapes import Interval
    from derivcli.witnesses.evidence import Reading

_OPEN = frozenset({Outcome.UNDECIDED, Outcome.MISSING})


@dataclass(frozen=True, slots=True)
class Feature:
    """A place where something happens: where, what f and its slope tend to from both sides, f there.

    A limit is nan where there is none. `gap` is how far from it nothing else happens. It is `proved`, or evidence.
    """

    spot: Spot
    at: Switch
    values: tuple[float, float]
    slopes: tuple[float, float]
    here: float
    gap: float
    proved: bool = False

    @property
    def x(self) -> float:
        """Where it is, as float64."""
        return self.at.x

    def steep(self) -> Feature:
        """Return a pole with the slopes that it must have: so near to it they may be lost in rounding errors."""
        left, right = self.values
        sides = (math.copysign(math.inf, left), -math.copysign(math.inf, right))
        known = zip(self.values, self.slopes, sides, strict=True)
        slopes = [side if math.isinf(value) and not math.isinf(slope) else slope for value, slope, side in known]
        return replace(self, slopes=(slopes[0], slopes[1]))

    def inside(self, span: Interval) -> Feature:
        """Return a place with what is seen of it in a range at whose end it may be."""
        kept = [not self.x <= span.low, not self.x >= span.high]
        values, slopes = (
            tuple(side if is_kept else math.nan for side, is_kept in zip(sides, kept, strict=True))
            for sides in (self.values, self.slopes)
        )
        return replace(self, values=(values[0], values[1]), slopes=(slopes[0], slopes[1]))


def is_told(at: Switch, order: int) -> bool:
    """Tell whether the worker knows what happens at a place to a derivative of an order, or to f itself."""
    return not any(reading.outcome in _OPEN for reading in _deciding(at, order))


def told(at: Switch, order: int, gap: float) -> Feature | None:
    """Return what happens at a place of which `is_told`; None where nothing does, or beyond float64."""
    limits, slopes, here = _sides(at, order), _sides(at, order + 1), _here(at, order)
    spot = _spot(limits, slopes, here)
    numbers = [reading for reading in (limits.left, limits.right, here) if reading.outcome is Outcome.NUMBER]
    if spot is None or any(math.isinf(_number(reading)) for reading in numbers):
        return None
    is_proved = all(reading.proof for reading in _deciding(at, order))
    return Feature(spot, at, _both(limits), _both(slopes), _number(here), gap, is_proved)


def _deciding(at: Switch, order: int) -> list[Reading]:
    """Return what has to be known to tell what happens at a place: the less, the worse it is."""
    limits, slopes, here = _sides(at, order), _sides(at, order + 1), _here(at, order)
    known = [limits.left, limits.right]
    if limits.is_one_number:
        known.append(here)
        if here.outcome is Outcome.NUMBER:
            known += [slopes.left, slopes.right]
    return known


def _sides(at: Switch, order: int) -> Sided:
    """Return what a derivative tends to on both sides."""
    return Sided(*(tends[order] if order < len(tends) else UNDECIDED for tends in (at.left, at.right)))


def _here(at: Switch, order: int) -> Reading:
    """Return f at a place, or a derivative: that is its limit, where the one below it has neither leap nor gap."""
    if not order:
        return at.here
    below, limits = _sides(at, order - 1), _sides(at, order)
    is_whole = below.is_one_number and Sided(below.left, _here(at, order - 1)).is_one_number
    return limits.left if is_whole and limits.is_one_number else UNDEFINED


def _spot(limits: Sided, slopes: Sided, here: Reading) -> Spot | None:
    """Return what happens where f, or a derivative, has these limits and slopes, and this value."""
    of_sides = {limits.left.outcome, limits.right.outcome}
    if Outcome.INFINITE in of_sides:
        return Spot.POLE
    if Outcome.OSCILLATES in of_sides:
        return Spot.BREAK
    if of_sides == {Outcome.UNDEFINED}:
        return Spot.POINT if here.outcome is Outcome.NUMBER else None
    if Outcome.UNDEFINED in of_sides:
        return Spot.EDGE
    if not limits.is_one_number:
        return Spot.JUMP
    if here.outcome is not Outcome.NUMBER:
        return Spot.HOLE
    if not Sided(limits.left, here).is_one_number:
        return Spot.POINT
    return _spot_of_slopes(slopes)


def _spot_of_slopes(slopes: Sided) -> Spot | None:
    if Outcome.INFINITE in {slopes.left.outcome, slopes.right.outcome}:
        return Spot.VERTICAL
    return None if slopes.is_one_number else Spot.KINK


def _both(sides: Sided) -> tuple[float, float]:
    return _number(sides.left), _number(sides.right)


def _number(reading: Reading) -> float:
    """Return a reading as float64, nan where it is no number."""
    found = reading.as_float()
    return math.nan if found is None else found
