"""What was explored -> the samples of a curve, more of them where it is steep, and the pieces that may be drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from derivcli.plot.exploring import BESIDE
from derivcli.plot.shapes import Piece, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from derivcli.plot.exploring import Explored
    from derivcli.plot.sampling import Sampler
    from derivcli.plot.shapes import Numbers, Stretches
    from derivcli.plot.verdicts import Held

_APPROACH = 2.0 ** -np.arange(0.0, 24.0, 0.5)  # of the way to a place at which a curve is steep
_PEAK = np.concatenate([-_APPROACH, [0.0], _APPROACH])  # of the distance of two samples, around a peak between them
_FINER = 0.004  # of the height of the picture; larger steps get samples between them
_BETWEEN = np.array([0.25, 0.5, 0.75])  # shares of a large step, at which it gets samples
_ROUNDS = 2  # so that a step becomes 16
_MOST_FINER = 4_000  # samples at a time: a curve that needs more changes too fast to be shown
# Of the height of the picture: what f rises by between two samples, and their slopes say nothing of. A round of samples
# leaves smooth curves steps of a thousandth.
_UNTOLD = 0.05
_MOST_PEAKS = 8  # of a slope, which are looked for one by one: a curve with more changes too fast to be shown
_HALVINGS = 50  # as many bits of float64 may lie between a step and the width of a peak
_MOST_DOTS = 1_200  # in a crowded stretch: as many as a picture has columns, about


def samples(
    sampler: Sampler, explored: Explored, places: Sequence[Held], peaks: Sequence[float] = ()
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the samples, more of them where the curves are steep, and beside peaks that lie between two of them."""
    near = [
        h.place.x + side * h.place.gap * _APPROACH
        for h in places
        for side, of_value, of_slope in zip((-1, 1), h.place.values, h.place.slopes, strict=True)
        if math.isinf(of_value) or math.isinf(of_slope)
    ]
    apart = np.diff(explored.x).max()
    near += [np.clip(peak + apart * _PEAK, explored.x[0], explored.x[-1]) for peak in peaks]
    kinks = np.array([h.place.x for h in places if h.place.spot is Spot.KINK])
    with np.errstate(all="ignore"):
        tips = kinks[np.isfinite(sampler(kinks)[0])]  # a kink between two samples may be the tip of a peak
        xs = np.unique(np.concatenate([explored.x, *near, tips]))
        values, slopes = sampler(xs)
        for _ in range(_ROUNDS):
            more = np.union1d(_steep(xs, values), _steep(xs, slopes))[:_MOST_FINER]
            if not len(more):
                break
            xs, values, slopes = _joined((xs, values, slopes), (more, *sampler(more)))
        climbs = _climbs(sampler, (xs, values, slopes), [h.place.x for h in places])
        return _joined((xs, values, slopes), (climbs, *sampler(climbs)))


def _climbs(sampler: Sampler, known: tuple[Numbers, ...], places: Sequence[float]) -> Numbers:
    """Return samples between those from which f climbs though no slope shows it: at peaks of the slope."""
    xs, values, slopes = known
    finite = values[np.isfinite(values)]
    if not len(finite):
        return xs[:0]
    low, high = np.quantile(finite, [0.03, 0.97])
    untold = np.abs(np.diff(values) - np.diff(xs) * (slopes[:-1] / 2 + slopes[1:] / 2)) > _UNTOLD * (high - low)
    for place in places:
        untold &= (xs[1:] < place) | (xs[:-1] > place)
    at = np.flatnonzero(untold)
    return _ways(sampler, xs[at], xs[at + 1]) if 0 < len(at) <= _MOST_PEAKS else xs[:0]


def _ways(sampler: Sampler, before: Numbers, after: Numbers) -> Numbers:
    """Return the middles on the way to where f climbs most between some pairs of places.

    Each step goes to the half in which f climbs more. A way that meets a value which is not between those of its ends
    leads to a pole that nobody knows of, and is left out.
    """
    found, is_climb = [], np.full(len(before), fill_value=True)
    for _ in range(_HALVINGS):
        middle = before / 2 + after / 2
        first, here, last = (sampler(each)[0] for each in (before, middle, after))
        is_climb &= (here - first) * (last - here) >= 0
        is_before = np.abs(here - first) > np.abs(last - here)
        before, after = np.where(is_before, before, middle), np.where(is_before, middle, after)
        found.append(middle)
    return np.unique(np.array(found)[:, is_climb])


def _steep(xs: Numbers, numbers: Numbers) -> Numbers:
    """Return places between samples that lie far apart."""
    finite = numbers[np.isfinite(numbers)]
    if not len(finite):
        return xs[:0]
    low, high = np.quantile(finite, [0.03, 0.97])
    inside = np.clip(numbers, low - (high - low), high + (high - low))
    at = np.flatnonzero(np.abs(np.diff(inside)) > _FINER * (high - low))[: _MOST_FINER // len(_BETWEEN)]
    found: Numbers = (xs[at, None] + np.diff(xs)[at, None] * _BETWEEN).ravel()
    return found


def _joined(old: tuple[Numbers, ...], new: tuple[Numbers, ...]) -> tuple[Numbers, Numbers, Numbers]:
    xs, values, slopes = (np.concatenate(pair) for pair in zip(old, new, strict=True))
    order = np.argsort(xs, kind="stable")
    return xs[order], values[order], slopes[order]


def pieces(
    xs: Numbers, numbers: Numbers, breaks: Sequence[Held], crowded: Stretches, *, of_slope: bool
) -> Iterator[Piece]:
    """Yield the stretches between the breaks; a curve that has a limit at a break goes up to it.

    It does not go into crowded stretches, nor is a slope taken next to a hole, where it is a difference of large terms.
    """
    ends = [(h.place.x, h.place.slopes if of_slope else h.place.values) for h in breaks]
    ends += [(end, (math.nan, math.nan)) for stretch in crowded for end in stretch]
    ends.sort(key=lambda end: end[0])
    edges = [-math.inf, *(x for x, _ in ends), math.inf]
    sides = [pair for _, pair in ends]
    numbers = np.where(_in_any(xs, crowded), np.nan, numbers)
    if of_slope:
        holes = [h.place for h in breaks if h.place.spot is Spot.HOLE]
        is_kept = ~_in_any(xs, [(p.x - BESIDE * p.gap, p.x + BESIDE * p.gap) for p in holes])
        xs, numbers = xs[is_kept], numbers[is_kept]
    for k in range(len(edges) - 1):
        inside = (xs > edges[k]) & (xs < edges[k + 1])
        start = [(edges[k], sides[k - 1][1])] if k else []
        end = [(edges[k + 1], sides[k][0])] if k < len(sides) else []
        x = np.array([*(x for x, _ in start), *xs[inside], *(x for x, _ in end)])
        y = np.array([*(y for _, y in start), *numbers[inside], *(y for _, y in end)])
        yield from _runs(x, y)


def dots(xs: Numbers, numbers: Numbers, crowded: Stretches) -> Iterator[Piece]:
    """Yield what is seen of a curve in crowded stretches: some of its points, which nothing joins."""
    for stretch in crowded:
        inside = np.flatnonzero(_in_any(xs, (stretch,)) & np.isfinite(numbers))
        some = inside[:: max(1, len(inside) // _MOST_DOTS)]
        if len(some):
            yield Piece(xs[some], numbers[some])


def _in_any(xs: Numbers, stretches: Iterable[tuple[float, float]]) -> NDArray[np.bool_]:
    found = np.zeros(len(xs), dtype=bool)
    for low, high in stretches:
        found |= (xs > low) & (xs < high)
    return found


def _runs(x: Numbers, y: Numbers) -> Iterator[Piece]:
    """Yield the stretches of finite numbers."""
    fine = np.concatenate([[False], np.isfinite(y), [False]])
    changes = np.flatnonzero(fine[:-1] != fine[1:])
    for start, end in zip(changes[::2], changes[1::2], strict=True):
        if end - start > 1:
            yield Piece(x[start:end], y[start:end])
