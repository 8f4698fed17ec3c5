"""A range for a variable when nobody has given one: around the roots, extrema, kinks, poles and ends of the domain."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from derivcli.language.program import FLOAT, Instruction, Program
from derivcli.plot.exploring import explore
from derivcli.plot.sampling import Sampler
from derivcli.plot.shapes import Interval, Spot
from derivcli.plot.subject import number
from derivcli.witnesses.switching import decades, switches_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.plot.exploring import Explored
    from derivcli.plot.shapes import Numbers
    from derivcli.plot.subject import Subject
    from derivcli.plot.telling import Feature

# The smallest number that is looked at: the next one where so far all is a wave too fast for the samples. As far as 20
# periods of a sine, and any number that people type; and how many samples there are: of a sine the last of these
# periods still has 12.
_FINEST = (1e-3, 1e-6, 1e-9, 1e-12)
_NEAR, _FAR, _SAMPLES = 130.0, 1e9, 6_000
_OFF = 1.000137  # keeps samples off simple numbers
_RUN = 3  # samples in a row that have to be of one sign: rounding errors change theirs more often
_PLAIN = 3.0  # half the width of a range about a single place
_WIDE = 5.0  # the same about a pole, and beside the only end of a domain
_SPREAD = 1.6  # how much wider than the places are apart
_AROUND_BENDS = 4.0  # the same where nothing but bends tells how wide a bump is
_LOOKED_AT = 16  # places of which proofs are asked: where there are more, f repeats itself
_MANY = 8  # places of one kind from which on a function repeats itself
_PERIODS, _LONG_PERIODS = 4.1, 9.3  # distances of neighbours on each side; more where the waves change their height
_BESIDE = 0.2  # of the range, to show where f has no values
_MARGIN = 0.1  # of the range, between a point that is marked and its end
_BOUNDED = 1.25  # the same where the domain ends on both sides
_ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.5, 8.0, 10.0)  # mantissas of half a range: 6.5 is beyond 2*pi
_SAME_HEIGHT = 0.8  # of the highest wave: waves that differ by less are even, of which samples miss the tops
_SAME_PLACE = 0.02  # of a place, or of the finest: two to five steps of the samples: there it is known better already
_WINDOW = 12  # samples: of a wave as many as a period has at least, that all its height is seen
# Of the height in a window, between samples: a wave with six samples a period, the fewest that show its signs, is off
# by 0.07, one with twelve by 0.02.
_OFF_BETWEEN = 0.05
_SAME_SIZE = 1e-3  # of two places of opposite signs, as far as samples tell
_PILED = 20.0  # times as far apart are the outer places as the inner ones, where they pile up
_NOISE = 1e-4  # of the usual height: waves that are smaller are no sight
_HUGE = 1e100  # a limit as large has no pole near it, but the end of float64
_PLACE, _SHARE = 0.7, 0.6  # where the other variable is meanwhile: at no special place


@dataclass(frozen=True, slots=True)
class _Sights:
    """Places that a picture should show. `hard` are roots, extrema, kinks, jumps, poles and ends of the domain."""

    hard: Numbers
    bends: Numbers
    heights: Numbers  # |f| at the extrema, those near 0 first
    poles: Numbers
    edges: tuple[tuple[float, bool], ...]  # and whether f has values to the right
    is_wild: bool  # f has a place without any limit, or one at which others pile up
    finest: float  # the smallest number that was looked at

    @property
    def repeats(self) -> bool:
        """True where there are too many places to show them all."""
        return len(self.hard) >= _MANY and not self.is_wild


def choose(
    name: str, program: Program, held: Mapping[str, Program], constants: Mapping[str, float], point: float | None = None
) -> Interval:
    """Return a range that shows what is interesting about a function: near 0 if there is as much as farther away.

    The other variables are `held`, their values are `constants`. A point that is to be marked is inside. It widens the
    range; where f repeats itself, it moves the range.
    """
    function = Sampler(program, (name,), constants)
    sights = ((finest, _sight(function, finest)) for finest in _FINEST)
    finest, reach = next(((finest, reach) for finest, reach in sights if reach), (_FINEST[0], _NEAR))

    def look(farthest: float) -> _Sights:
        found = switches_of(program, name, held, decades(finest, farthest), order=1, most=_LOOKED_AT)
        return _landmarks(explore(function, _samples(farthest, finest), found.places if found else ()), finest)

    seen = look(reach)
    if not seen.repeats:
        far = look(_FAR)
        seen = far if len(far.hard) > len(seen.hard) else seen
    low, high = _span(seen)
    if point is not None and not low + _MARGIN * (high - low) < point < high - _MARGIN * (high - low):
        half = (high - low) / 2
        far_ends = (point - half, point + half) if seen.repeats else (min(low, point), max(high, point))
        low, high = _about(sum(far_ends) / 2, (1 + 2 * _MARGIN) * (far_ends[1] - far_ends[0]) / 2)
    return Interval(name, low, high, chosen=True)


def choose_for(subjects: Sequence[Subject]) -> Interval:
    """Return a range for functions of the same variable: what shows each of them, with the point that is marked."""
    name = subjects[0].free[0]
    point = None if subjects[0].point is None else number(name, subjects[0].point)
    spans = [choose(name, one.program, one.exact, one.constants, point) for one in subjects]
    return Interval(name, min(span.low for span in spans), max(span.high for span in spans), chosen=True)


def choose_beside(name: str, subject: Subject) -> Interval:
    """Return a range for one of two variables: what shows f along it, with the other one at some place."""
    (other,) = (free for free in subject.free if free != name)
    span = subject.ranges.get(other)
    place = _PLACE if span is None else float(span.at(np.array(_SHARE)))
    exact = {**subject.exact, other: Program((Instruction(FLOAT, text=repr(place)),))}
    return choose(name, subject.program, exact, {**subject.constants, other: place})


def _samples(farthest: float, finest: float) -> Numbers:
    """Return places of both signs, the closer together the nearer to 0."""
    half = np.sinh(np.linspace(0.0, math.asinh(farthest / finest), _SAMPLES // 2))[1:] * finest * _OFF
    return np.concatenate([-half[::-1], half])


def _sight(function: Sampler, finest: float) -> float | None:
    """Return how far samples show f: a fast wave is lost between them from some distance on, None if it is everywhere.

    Far out some windows of such a wave look smooth by chance: the distance is the one with the fewest windows on its
    wrong side.
    """
    x = _samples(_NEAR, finest)
    with np.errstate(all="ignore"):
        values, between = function(x)[0], function(x[:-1] / 2 + x[1:] / 2)[0]
        off = np.abs(between - values[:-1] / 2 - values[1:] / 2)
        heights = np.ptp(sliding_window_view(values, _WINDOW), axis=1)
        is_lost = sliding_window_view(off, _WINDOW - 1).max(axis=1) > _OFF_BETWEEN * heights
    distances = np.abs(x[_WINDOW // 2 : 1 - _WINDOW // 2])
    order = np.argsort(distances)
    wrong = np.cumsum(np.where(is_lost[order], 1, -1))
    reach = float(distances[order[np.argmin(wrong)]])
    return reach if reach > finest and wrong.min() < 0 else None


def _landmarks(explored: Explored, finest: float) -> _Sights:
    x, values, slopes = explored.x, explored.values, explored.slopes
    with np.errstate(all="ignore"):
        bends = np.diff(slopes) / np.diff(x)
        extrema = _prominent(_changes(x, slopes), x, values)
    places = [p for p in explored.places if not _overflows(p)]
    roots = _changes(x, values)
    hard = _apart(np.array([p.x for p in places if p.spot is not Spot.BREAK]), np.concatenate([roots, extrema]), finest)
    return _Sights(
        hard=hard,
        bends=_changes((x[1:] + x[:-1]) / 2, bends),
        heights=np.abs(np.interp(extrema, x, np.nan_to_num(values)))[np.argsort(np.abs(extrema))],
        poles=np.array([p.x for p in places if p.spot is Spot.POLE]),
        edges=tuple(
            (p.x, math.isnan(p.values[0])) for p in places if math.isnan(p.values[0]) != math.isnan(p.values[1])
        ),
        is_wild=any(p.spot is Spot.BREAK for p in places) or _piles_up(hard),
        finest=finest,
    )


def _piles_up(hard: Numbers) -> bool:
    """Tell whether places come closer and closer to each other towards 0, as those of x*sin(1/x) do."""
    sizes = np.unique(np.abs(hard))
    apart = np.diff(sizes)
    apart = apart[apart > _SAME_SIZE * sizes[1:]]
    return len(apart) >= 2 * _MANY and bool(np.median(apart[-_MANY:]) > _PILED * np.median(apart[:_MANY]))


def _overflows(place: Feature) -> bool:
    """Tell whether f merely becomes too large for float64 there."""
    return any(_HUGE < abs(side) < math.inf for side in place.values)


def _apart(sure: Numbers, others: Numbers, finest: float) -> Numbers:
    """Return all places in order, without those that stand for one that is known better."""
    fresh = [x for x in others if not len(sure) or np.abs(sure - x).min() > _SAME_PLACE * math.hypot(x, finest)]
    return np.unique([*sure, *fresh])


def _prominent(extrema: Numbers, x: Numbers, values: Numbers) -> Numbers:
    """Keep the extrema between which f moves by more than rounding errors."""
    heights = np.interp(extrema, x, values)
    if len(extrema) < 2:
        return extrema
    moves = np.abs(np.diff(heights))
    least = np.fmax(np.append(moves, 0.0), np.insert(moves, 0, 0.0))
    kept: Numbers = extrema[least > _NOISE * np.nanmedian(np.abs(heights))]
    return kept


def _changes(x: Numbers, numbers: Numbers) -> Numbers:
    """Return where numbers change from one sign to the other for good, not by rounding."""
    signs = np.where(np.isfinite(numbers), np.sign(numbers), 0.0)
    sums = np.convolve(signs, np.ones(_RUN), mode="valid")  # of samples k, k + 1, ... k + run - 1
    at = np.flatnonzero((np.abs(sums[:-_RUN]) == _RUN) & (sums[:-_RUN] == -sums[_RUN:])) + _RUN - 1
    share = np.abs(numbers[at]) / (np.abs(numbers[at]) + np.abs(numbers[at + 1]))
    found: Numbers = x[at] + (x[at + 1] - x[at]) * share
    return found


def _span(seen: _Sights) -> tuple[float, float]:
    """Return the ends of the range."""
    if len(seen.edges) == 1 and not seen.repeats:
        return _beside(seen)
    middle = _middle(seen)
    if seen.repeats:
        return _about(middle, _repeated(seen))
    return _about(middle, _width(seen, middle))


def _middle(seen: _Sights) -> float:
    if not len(seen.hard) or seen.repeats or seen.is_wild:
        return 0.0
    middle = float(seen.hard[0] / 2 + seen.hard[-1] / 2)
    spread = float(seen.hard[-1] - seen.hard[0])
    return 0.0 if abs(middle) <= max(spread, _PLAIN) / 2 and seen.hard[0] > -_PLAIN * 2 * max(spread, 1) else middle


def _width(seen: _Sights, middle: float) -> float:
    """Return half the width of a range that shows all places."""
    reach = float(np.abs(seen.hard - middle).max()) if len(seen.hard) else 0.0
    if [goes_right for _, goes_right in seen.edges] == [True, False]:
        return _BOUNDED * reach
    bends = np.abs(seen.bends - middle)
    bend = float(min(bends[bends > seen.finest / 10], default=0.0))
    if seen.is_wild and reach > 0:
        return _SPREAD * reach
    if reach > 0:
        wide = max(_SPREAD * reach, 2 * bend if bend < 2 * reach else 0.0)
        return max(wide, _PLAIN) if reach > 0.3 else wide
    if bend > 0:
        wide = _AROUND_BENDS * bend
        return max(wide, _PLAIN) if bend > 0.3 else wide
    return _WIDE if len(seen.poles) else _PLAIN


def _repeated(seen: _Sights) -> float:
    """Return half the width of a range that shows some of many places."""
    near = np.sort(np.abs(seen.hard))[: 2 * _MANY]
    apart = np.diff(np.sort(seen.hard[np.abs(seen.hard) <= near[-1]]))
    distance = float(np.median(apart[apart > 1e-6 * near[-1]])) if len(apart) else _PLAIN
    tops = seen.heights[:_MANY]
    is_even = len(tops) < _MANY // 2 or tops.min() > _SAME_HEIGHT * tops.max()
    wide = distance * (_PERIODS if is_even else _LONG_PERIODS)
    return max(wide, float(near[min(_MANY, len(near)) - 1]))  # where waves get shorter, so many places at least


def _beside(seen: _Sights) -> tuple[float, float]:
    """Return a range that starts a bit beside the end of the domain."""
    edge, goes_right = seen.edges[0]
    reach = float(np.abs(seen.hard - edge).max())
    width = _round(max(_SPREAD * reach, _WIDE) if reach > 0.3 or reach == 0 else 5 * reach)
    return _ends(edge - _BESIDE * width, edge + width) if goes_right else _ends(edge - width, edge + _BESIDE * width)


def _about(middle: float, half: float) -> tuple[float, float]:
    half = _round(half)
    centre = _stepped(middle, half, 2)
    return _ends(centre - half, centre + half)


def _ends(low: float, high: float) -> tuple[float, float]:
    """Return the ends of a range as round numbers."""
    half = high / 2 - low / 2
    return _stepped(low, half, 3), _stepped(high, half, 3)


def _stepped(x: float, half: float, digits: int) -> float:
    """Return the round number next to another one, to so many digits of half a range."""
    step = 10.0 ** (math.floor(math.log10(half)) + 1 - digits)
    return float(f"{round(x / step) * step:.9g}")


def _round(width: float) -> float:
    """Return the next round number."""
    power = 10.0 ** math.floor(math.log10(width))
    return float(f"{next(f for f in _ROUND if f * power >= width * (1 - 1e-3)) * power:.6g}")
