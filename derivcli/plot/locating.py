"""Where a sampled function may be special: brackets found by bisection, all intervals at once.

A jump stays as large as it was however far its interval is halved, what is smooth shrinks, and a pole keeps growing.
What is found are candidates: `limits` says what the function does on both sides of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from derivcli.plot.shapes import Numbers

    Sampled = Callable[[Numbers], tuple[Numbers, ...]]

_MOST_HALVINGS = 44
_FIRST = 8  # halvings after which what is smooth has shown it
FEWEST = 24  # halvings without which a grid is too fine for float64 to tell anything
_GROWTH = 1.001
_LASTING_GROWTH = 0.3  # of what it was some halvings before
_LASTING = {_FIRST // 2: 0.25, 2 * _FIRST: 0.25}  # of what a jump was at first
_STEEPER = 3.0  # a jump is no larger in a small interval than in a large one: rounding errors are
_VISIBLE = 1e-3  # of the spread of the slopes; a kink that is smaller cannot be seen
_KEPT_OFF = 6  # halvings that are not used up on the way to a place: it is known to about the last
_BLOCK = 10  # halvings over which growth is compared
_MOST_PEAKS = 2_000


class Bracket(NamedTuple):
    """An interval in which something happens."""

    low: float
    high: float


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


def candidates(function: Sampled, xs: Numbers, values: Numbers, slopes: Numbers) -> list[Bracket]:
    """Return small intervals around everything that may be special, in order; neighbours are merged."""
    steps = halvings(xs)
    if steps < FEWEST:
        return []
    parts = [
        _edges(function, xs, values, steps),
        _peaks(function, 0, xs, values, steps),
        _peaks(function, 1, xs, slopes, steps),
        _jumps(function, xs, values, slopes, steps),
        _kinks(function, xs, values, slopes, steps),
    ]
    return merged([Bracket(*map(float, pair)) for part in parts for pair in part], xs)


def merged(found: list[Bracket], xs: Numbers) -> list[Bracket]:
    """Join brackets that touch each other or nearly do."""
    kept: list[Bracket] = []
    for low, high in sorted(found):
        near = float(np.interp(low, xs[:-1], np.diff(xs))) * 2.0**-20
        if kept and low - kept[-1].high <= near:
            kept[-1] = Bracket(kept[-1].low, max(high, kept[-1].high))
        else:
            kept.append(Bracket(low, high))
    return kept


def limits(function: Sampled, which: int, places: Numbers, gaps: Numbers, steps: int) -> Limits:
    """Return the limits of f (`which` 0) or of its slope (1) on both sides of places; `gaps` are how far to look."""
    left, doubt_left = _approach(function, which, places, -gaps, steps)
    right, doubt_right = _approach(function, which, places, gaps, steps)
    return Limits(left, right, doubt_left + doubt_right)


def _approach(function: Sampled, which: int, places: Numbers, gaps: Numbers, steps: int) -> tuple[Numbers, Numbers]:
    """Come near to places in halvings; return the limits, and how much was still moving at the end."""
    shares = 2.0 ** -np.arange(steps - _KEPT_OFF)
    seen = function((places[:, None] + gaps[:, None] * shares).ravel())[which].reshape(len(places), -1)
    last, before, first = seen[:, -1], seen[:, -1 - _BLOCK // 2], seen[:, -1 - _BLOCK]
    late, early = last - before, before - first
    grows = (np.abs(late) >= 0.9 * np.abs(early)) & (np.abs(late) > 1e-9 * np.abs(last)) & _is_monotone(seen)
    moving = np.abs(seen[:, -1 - _BLOCK :] - last[:, None]).max(axis=1)
    found = np.where(grows, np.sign(late) * np.inf, last)
    found = np.where(np.isinf(first), np.nan, found)  # beyond float64 all around
    return found, np.where(np.isfinite(moving) & ~grows, moving, 0.0)


def _is_monotone(seen: Numbers) -> NDArray[np.bool_]:
    moves = np.diff(seen[:, -1 - _BLOCK :], axis=1)
    return np.asarray((moves >= 0).all(axis=1) | (moves <= 0).all(axis=1))


def _edges(function: Sampled, xs: Numbers, values: Numbers, steps: int) -> Numbers:
    """Bisect between a sample with a finite value and one without."""
    fine = np.isfinite(values)
    at = np.flatnonzero(fine[:-1] != fine[1:])
    low, high, left = xs[at], xs[at + 1], fine[at]
    for _ in range(steps + 2 if len(at) else 0):
        middle = low + (high - low) / 2
        same = np.isfinite(function(middle)[0]) == left
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.stack([low, high], axis=1)


def _heights(numbers: Numbers) -> Numbers:
    return np.where(np.isnan(numbers), -1.0, np.abs(numbers))


class Peaks(NamedTuple):
    """Brackets of three places each, the middle one the highest, and how high |f| is there."""

    places: tuple[Numbers, Numbers, Numbers]
    heights: tuple[Numbers, Numbers, Numbers]

    @property
    def foot(self) -> Numbers:
        """The higher end of each bracket: unlike the top it is never near a pole by luck."""
        return np.maximum(self.heights[0], self.heights[2])

    def only(self, kept: NDArray[np.bool_]) -> Peaks:
        """Return some of the brackets."""
        low, middle, high = (column[kept] for column in self.places)
        first, top, last = (column[kept] for column in self.heights)
        return Peaks((low, middle, high), (first, top, last))

    def climbed(self, function: Sampled, which: int) -> Peaks:
        """Return brackets of half the width around the highest places."""
        low, middle, high = self.places
        before, after = low + (middle - low) / 2, middle + (high - middle) / 2
        found = _heights(function(np.concatenate([before, after]))[which])
        row = np.stack([low, before, middle, after, high])
        tall = np.stack([self.heights[0], found[: len(low)], self.heights[1], found[len(low) :], self.heights[2]])
        best = 1 + tall[1:4].argmax(axis=0)
        own = np.arange(len(low))
        places, heights = ([column[best + step, own] for step in (-1, 0, 1)] for column in (row, tall))
        return Peaks((places[0], places[1], places[2]), (heights[0], heights[1], heights[2]))


def _peaks(function: Sampled, which: int, xs: Numbers, numbers: Numbers, steps: int) -> Numbers:
    """Climb every peak of |f| or of |f'|, and keep those that never end."""
    tall = _heights(numbers)
    inner = tall[1:-1]
    is_peak = (inner > tall[:-2]) & (inner >= tall[2:]) & (tall[:-2] >= 0) & (tall[2:] >= 0)
    at = np.flatnonzero(is_peak)[:_MOST_PEAKS] + 1
    peaks = Peaks((xs[at - 1], xs[at], xs[at + 1]), (tall[at - 1], tall[at], tall[at + 1]))
    history = [peaks.foot]
    for step in range(steps if len(at) else 0):
        peaks = peaks.climbed(function, which)
        history.append(peaks.foot)
        if step == _FIRST:
            kept = peaks.foot > _GROWTH * history[0]
            peaks, history = peaks.only(kept), [past[kept] for past in history]
    return np.stack([peaks.places[0], peaks.places[2]], axis=1)[_endless(history)]


def _endless(history: list[Numbers]) -> NDArray[np.bool_]:
    """Tell which peaks still grew at the end much as they did before."""
    last = history[-1]
    if len(history) <= 2 * _BLOCK:
        return np.zeros(len(last), dtype=bool)
    late, early = last - history[-1 - _BLOCK], history[-1 - _BLOCK] - history[-1 - 2 * _BLOCK]
    return ((late >= _LASTING_GROWTH * early) & (late > 1e-9 * last)) | np.isinf(last)


def _jumps(function: Sampled, xs: Numbers, values: Numbers, slopes: Numbers, steps: int) -> Numbers:
    """Follow what the slopes do not explain of the change of f into ever smaller intervals."""

    def gaps(ends: Ends) -> Numbers:
        mean = (ends.at_low[1] + ends.at_high[1]) / 2
        rise = np.where(np.isfinite(mean), mean, 0.0) * (ends.high - ends.low)
        return np.abs(ends.at_high[0] - ends.at_low[0] - rise)

    least = np.full(len(xs) - 1, _least(values, 1e-6))
    return _persistent(function, _ends(xs, values, slopes), gaps, least, _LASTING, steps)


def _kinks(function: Sampled, xs: Numbers, values: Numbers, slopes: Numbers, steps: int) -> Numbers:
    """Follow the change of the slope into ever smaller intervals."""

    def gaps(ends: Ends) -> Numbers:
        return np.abs(ends.at_high[1] - ends.at_low[1])

    least = np.full(len(xs) - 1, _least(slopes, _VISIBLE))
    return _persistent(function, _ends(xs, values, slopes), gaps, least, {2 * _FIRST: 0.01}, steps)


class Ends(NamedTuple):
    """Intervals, with f and its slope at their ends."""

    low: Numbers
    high: Numbers
    at_low: tuple[Numbers, ...]
    at_high: tuple[Numbers, ...]

    def only(self, kept: NDArray[np.bool_]) -> Ends:
        """Return some of the intervals."""
        return Ends(
            self.low[kept], self.high[kept], tuple(c[kept] for c in self.at_low), tuple(c[kept] for c in self.at_high)
        )

    def halves(self, function: Sampled) -> tuple[Ends, Ends]:
        """Return the left half of each interval, and the right one."""
        middle = self.low + (self.high - self.low) / 2
        seen = function(middle)
        return Ends(self.low, middle, self.at_low, seen), Ends(middle, self.high, seen, self.at_high)


def _ends(xs: Numbers, *columns: Numbers) -> Ends:
    return Ends(xs[:-1], xs[1:], tuple(c[:-1] for c in columns), tuple(c[1:] for c in columns))


def _choose(wanted: NDArray[np.bool_], yes: Ends, no: Ends) -> Ends:
    """Return for each interval the one or the other."""

    def pick(a: Numbers, b: Numbers) -> Numbers:
        return np.where(wanted, a, b)

    return Ends(
        pick(yes.low, no.low),
        pick(yes.high, no.high),
        tuple(map(pick, yes.at_low, no.at_low)),
        tuple(map(pick, yes.at_high, no.at_high)),
    )


def _persistent(
    function: Sampled,
    ends: Ends,
    gaps: Callable[[Ends], Numbers],
    least: Numbers,
    shares: Mapping[int, float],
    steps: int,
) -> Numbers:
    """Halve all intervals towards the larger gap, and return those where it stays.

    A gap has to be larger than `least` at each step, and at some steps than a share of what it was at first.
    """
    start = size = gaps(ends)
    for step in range(steps):
        kept = size > np.maximum(least, shares.get(step, 0.0) * start)
        ends, start, least, size = ends.only(kept), start[kept], least[kept], size[kept]
        if not len(size):
            break
        left, right = ends.halves(function)
        first, second = gaps(left), gaps(right)
        lost = np.isnan(first) | np.isnan(second)  # the middle has no number: what was sought is there
        ends = _choose(lost, ends, _choose(first >= second, left, right))
        size = np.where(lost, size, np.maximum(first, second))
    return np.stack([ends.low, ends.high], axis=1)[size <= _STEEPER * start]


def _least(numbers: Numbers, share: float) -> float:
    """Return what is too small to count: a share of the spread of a column, and what may be rounding."""
    finite = np.abs(numbers[np.isfinite(numbers)])
    return share * _spread(numbers) + 1e-6 * share * float(np.median(finite)) if len(finite) else 0.0


def _spread(numbers: Numbers) -> float:
    """Return how far most of the finite numbers lie apart; that of all of them where most are the same."""
    finite = numbers[np.isfinite(numbers)]
    if not len(finite):
        return 0.0
    low, high = np.quantile(finite, [0.02, 0.98])
    return float(high - low) or float(finite.max() - finite.min())
