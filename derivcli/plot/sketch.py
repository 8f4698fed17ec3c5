"""A subject of one variable -> what torch and the worker know of it over a range, before the witnesses are asked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.plot.exploring import Explored, explore, grid
from derivcli.plot.sampling import Sampler
from derivcli.plot.shapes import Spot
from derivcli.witnesses.evidence import Switches
from derivcli.witnesses.switching import switches_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.plot.shapes import Interval, Stretches
    from derivcli.plot.subject import Subject

_ELSEWHERE = 0.391  # of the way from one sample to the next
_LOST, _MANY_LOST = 0.2, 0.02  # of the height of f, which nobody overlooks; of the samples, more than a few kinks spoil
_BY_THE_END = 2  # steps of float64, by which the nearest number may miss the end that was meant


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of f and its derivatives over a range, and whether the places of the worker's are (`is_known`).

    `explored` is f with its slope, `higher` are the derivatives above that, `heights` are those of all curves.
    """

    subject: Subject
    span: Interval
    is_known: bool
    switches: Switches
    sampler: Sampler
    explored: Explored
    higher: tuple[tuple[Sampler, Explored], ...]
    heights: tuple[float, ...]

    @property
    def crowded(self) -> Stretches:
        """The stretches of the range where f may switch too often to be followed."""
        low, high = self.span.low, self.span.high
        return tuple((max(one.low, low), min(one.high, high)) for one in self.switches.crowded)

    @property
    def is_too_fast(self) -> bool:
        """Whether many samples know nothing of what happens between them."""
        xs, values = self.explored.x, self.explored.values
        finite = values[np.isfinite(values)]
        if not len(finite):
            return False
        low, high = np.quantile(finite, [0.05, 0.95])
        with np.errstate(all="ignore"):
            between = self.sampler(xs[:-1] + np.diff(xs) * _ELSEWHERE)[0]
            expected = values[:-1] + np.diff(values) * _ELSEWHERE
            off = np.abs(np.clip(between, low, high) - np.clip(expected, low, high)) > _LOST * (high - low)
        return bool(off.mean() > _MANY_LOST)


def sketched(subject: Subject, span: Interval, order: int) -> Sketch:
    """Sample f and its derivatives up to an order, and find the places where something happens."""
    sampler = Sampler(subject.program, subject.free, subject.constants)
    found = switches_of(subject.program, span.name, subject.exact, _borders(span), order=order, peaks=True)
    switches = found or Switches(())
    explored = explore(sampler, grid(span), switches.places, span)
    holes = frozenset(place.x for place in explored.places if place.spot is Spot.HOLE)
    higher = tuple(_higher(subject, span, order, switches, holes)) if sampler.has_slopes else ()
    heights = (*_heights(explored), *(_heights(one)[1] for _, one in higher))
    return Sketch(subject, span, found is not None, switches, sampler, explored, higher, heights)


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


def _heights(explored: Explored) -> tuple[float, float]:
    """Return how far the numbers of f and of its slope spread."""
    found = []
    for numbers in (explored.values, explored.slopes):
        finite = numbers[np.isfinite(numbers)]
        found.append(float(np.subtract(*np.quantile(finite, [0.95, 0.05]))) if len(finite) else 0.0)
    return found[0], found[1]
