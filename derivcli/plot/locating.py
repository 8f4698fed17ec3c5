"""What a sampled function does at a place: its limits from both sides; and where the numbers of float64 end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from derivcli.plot.shapes import Numbers

    Sampled = Callable[[Numbers], tuple[Numbers, ...]]

_MOST_HALVINGS = 44  # of a cell: then 44 of the 53 bits of float64 are used up on the way to a place
FEWEST = 24  # halvings without which a grid is too fine for float64 to tell anything
_KEPT_OFF = 6  # halvings that are not used up on the way to a place: it is known to about the last
_NEARER = 1.97  # how much nearer each look is: with 2 all of them could be at zeros of sin(pi/x)
_BLOCK = 10  # halvings over which growth is compared
_GROWING = 0.9  # of an earlier growth: a logarithm, the slowest that grows without bound, grows by as much again
_MOVED = 1e-9  # of a number: growth that is smaller may be rounding
_LASTING = 1e-4  # of a number: what grows without bound has done so before; rounding errors grow at the end alone


@dataclass(frozen=True, slots=True)
class Limits:
    """One-sided limits at some places: numbers, infinities, or nan where there is none."""

    left: Numbers
    right: Numbers
    doubt: Numbers  # how far the two may lie apart where they are the same


def halvings(xs: Numbers) -> int:
    """Return how often the intervals of a grid can be halved before float64 ends."""
    room = np.diff(xs) / np.spacing(np.maximum(np.abs(xs[:-1]), np.abs(xs[1:])))
    return int(np.clip(np.log2(np.maximum(room.min(), 1.0)) - 3, 0, _MOST_HALVINGS))


def limits(function: Sampled, places: Numbers, gaps: Numbers, steps: int) -> tuple[Limits, Limits]:
    """Return the limits of f and of its slope on both sides of places; `gaps` are how far to look."""
    shares = _NEARER ** -np.arange(steps - _KEPT_OFF)
    left, right = (function((places[:, None] + side * gaps[:, None] * shares).ravel()) for side in (-1, 1))
    return _both(left[0], right[0], len(places)), _both(left[1], right[1], len(places))


def _both(left: Numbers, right: Numbers, count: int) -> Limits:
    sides = [_approach(seen.reshape(count, -1)) for seen in (left, right)]
    return Limits(sides[0][0], sides[1][0], sides[0][1] + sides[1][1])


def _approach(seen: Numbers) -> tuple[Numbers, Numbers]:
    """Return the limit of each row, and how much was still moving at its end."""
    last, before, first = seen[:, -1], seen[:, -1 - _BLOCK // 2], seen[:, -1 - _BLOCK]
    late, early = last - before, before - first
    grows = (np.abs(late) >= _GROWING * np.abs(early)) & (np.abs(late) > _MOVED * np.abs(last)) & _is_monotone(seen)
    earlier = seen[:, max(-1 - 2 * _BLOCK, -seen.shape[1])]
    grows &= np.abs(first - earlier) > _LASTING * np.abs(first)
    moving = np.abs(seen[:, -1 - _BLOCK :] - last[:, None]).max(axis=1)
    found = np.where(grows, np.sign(late) * np.inf, last)
    is_beyond = np.isinf(first) & ~np.isfinite(seen[:, 0])
    found = np.where(is_beyond, np.nan, found)  # beyond float64 all around
    return found, np.where(np.isfinite(moving) & ~grows, moving, 0.0)


def _is_monotone(seen: Numbers) -> NDArray[np.bool_]:
    moves = np.diff(seen[:, -1 - _BLOCK :], axis=1)
    return np.asarray((moves >= 0).all(axis=1) | (moves <= 0).all(axis=1))


def ends(function: Sampled, xs: Numbers, values: Numbers, known: Sequence[float], steps: int) -> Numbers:
    """Return where float64 begins or ceases to have a value of f, between samples with no known place between them.

    f itself may go on: these are the ends of arithmetic, such as that of exp(x) at 709.78, which no program tells.
    """
    fine = np.isfinite(values)
    at = np.flatnonzero(fine[:-1] != fine[1:])
    places = np.array(known)
    at = at[np.searchsorted(places, xs[at]) == np.searchsorted(places, xs[at + 1], side="right")]
    low, high, left = xs[at], xs[at + 1], fine[at]
    for _ in range(steps + 2 if len(at) else 0):
        middle = low + (high - low) / 2
        same = np.isfinite(function(middle)[0]) == left
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found: Numbers = low + (high - low) / 2
    return found
