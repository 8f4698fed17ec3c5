"""What a picture shows, as plain data: curves in pieces, marks, stretches without a value, fields of two variables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Stretches = tuple[tuple[float, float], ...]


class Spot(StrEnum):
    """What is special about a point of f."""

    KINK = "kink"  # f is continuous, its slope jumps
    VERTICAL = "vertical"  # f is continuous, its slope grows without bound
    JUMP = "jump"
    POINT = "point"  # a value of its own, beside the curve or where there is none
    HOLE = "hole"  # no value at the point, one limit from both sides
    POLE = "pole"
    BREAK = "break"  # no value, and no limits that could be drawn
    EDGE = "edge"  # f has values on one side only


@dataclass(frozen=True, slots=True)
class Landmark:
    """A special point: x, the limits of the curve from the left and from the right, and its value there.

    A limit is None where there is none, infinite where the curve grows without bound. `text` is x as a person would
    write it, exactly; None where no simple number fits. `sure` tells whether the three witnesses were asked.
    """

    spot: Spot
    x: float
    left: float | None = None
    right: float | None = None
    value: float | None = None
    text: str | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a curve that may be drawn as one line."""

    x: Numbers
    y: Numbers


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve: no piece crosses a mark at which it breaks, or a stretch without a value.

    Where marks would be too close to each other the curve is `dots`, which nothing joins.
    `marked` is its height at the point that was asked about, None where there is no such point or no number there.
    """

    name: str
    formula: str | None
    latex: str | None
    pieces: tuple[Piece, ...]
    marks: tuple[Landmark, ...]
    marked: float | None = None
    dots: tuple[Piece, ...] = ()

    @property
    def is_unbounded(self) -> bool:
        """True if it grows without bound somewhere in the range, or may."""
        ends = {side for mark in self.marks for side in (mark.left, mark.right)}
        is_open = any(mark.spot is Spot.BREAK for mark in self.marks) or bool(self.dots)
        return is_open or not ends.isdisjoint((math.inf, -math.inf))


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a variable runs; `chosen` tells that nobody has asked for these ends."""

    name: str
    low: float
    high: float
    chosen: bool

    def at(self, share: Numbers) -> Numbers:
        """Return the places at these shares of the way from the lower end to the upper one."""
        return self.low * (1 - share) + self.high * share  # the difference of the ends may overflow


@dataclass(frozen=True, slots=True)
class Marked:
    """The point that was asked about: its x, what is to be said of it, and the tangent where one was wanted and is."""

    x: float
    said: str
    tangent: Curve | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A function of one variable and its derivatives over a range; several of them share a picture and its range.

    `letter` is what the function is called: f where it `is_alone`, beside others f1, f2, ... `slopes` are its
    derivatives in order, as far as autograd has them. `undefined` are the stretches where it has no real value,
    `too_large` those where it is beyond float64, `crowded` those where it may switch too often to be followed.
    `readings` say how the text was read, `notes` what else there is to say.
    """

    letter: str
    span: Interval
    function: Curve
    slopes: tuple[Curve, ...]
    undefined: Stretches
    too_large: Stretches = ()
    crowded: Stretches = ()
    point: Marked | None = None
    constants: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    is_alone: bool = True

    @property
    def curves(self) -> tuple[Curve, ...]:
        """The function and its derivatives: one for each panel of a picture."""
        return (self.function, *self.slopes)


@dataclass(frozen=True, slots=True)
class Surface:
    """A function of two variables on a grid: a row of `values` for each y, and its gradient; nan where it has none.

    `readings` say how the text was read, `notes` what else there is to say.
    """

    across: Interval
    up: Interval
    formula: str
    latex: str | None
    x: Numbers
    y: Numbers
    values: Numbers
    gradient: tuple[Numbers, Numbers]
    constants: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
