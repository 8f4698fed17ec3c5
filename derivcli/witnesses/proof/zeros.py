"""Where a function of one variable is 0 on an interval, or whole: all places, none of them missed.

Branch and bound (R. B. Kearfott, Rigorous Global Search, 1996): an interval is dropped where the ball of its values
holds no such number; where the slope keeps its sign each number is taken once, and the interval Newton method finds
where (Moore, chapter 7); else it is halved, the widest first. What is still open when it is as narrow as can be, or
when the work is over, is returned beside the places: there the function touches 0, or is 0 too often.

Where it is 0 at some points that nobody has chosen, to 50 digits, it is 0 all along, and passes through 0 nowhere.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Protocol

from flint import arb

from derivcli.witnesses.proof.numbers import Number, OutsideError, UnprovedError, real

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.witnesses.proof.sloped import Both

BITS = 192  # of precision: 50 digits of a place, so that a fraction that fits is the place, not next to it
_SHARP = 150  # bits of a place
_TINY = arb(2) ** -_SHARP  # of a cell: as sharp, where the place is 0
_SPLIT = arb("0.4871")  # of an interval, off the middle: there a person puts what is special
_NARROWEST = arb(2) ** -36  # of a cell: a place that is touched is known to 8 digits more than a picture shows
_WIDE = arb(2) ** -10  # of a cell: in a narrower interval what touches 0 may be 0 to all digits
_ANYWHERE = (arb("0.2718"), arb("0.5772"), arb("0.9159"))  # shares of an interval where nothing is special
_SPARE = 3  # places in a narrow interval that do not make it crowded
_MOST_STEPS = 200  # of Newton's method, which halves at least: more than the bits of any place


class OnBalls(Protocol):
    """A function with its slope, on balls; both raise `UnprovedError` where it may have no value."""

    def value(self, x: Number) -> Number:
        """Return what holds its values on a ball."""

    def both(self, x: Number) -> Both:
        """Return what holds its values and its slopes on a ball."""


@dataclass
class Allowance:
    """How often a function may still be evaluated, and until when, in seconds of the processor."""

    left: int
    until: float

    def spend(self) -> bool:
        """Take one evaluation; tell whether there was one left."""
        self.left -= 1
        return self.left >= 0 and time.thread_time() < self.until


@dataclass
class Search:
    """A search for where a function is 0, or `whole`; `cell` is a width in which few places can be told apart.

    `found` are enclosures of places, `still_open` the intervals where nothing is decided.
    """

    function: OnBalls
    whole: bool
    cell: arb
    work: Allowance
    found: list[arb] = field(default_factory=list)
    still_open: list[tuple[arb, arb]] = field(default_factory=list)

    def run(self, intervals: Sequence[tuple[arb, arb]]) -> None:
        """Look through some intervals, at the precision of `BITS`."""
        waiting = [(-float(high - low), float(low), low, high) for low, high in intervals]
        heapify(waiting)
        while waiting:
            low, high = waiting[0][2:]
            if not self.work.spend():
                break
            heappop(waiting)
            for part in self._look(low, high):
                heappush(waiting, (-float(part[1] - part[0]), float(part[0]), *part))
        self.still_open += [(low, high) for *_order, low, high in waiting]

    def _look(self, low: arb, high: arb) -> Iterator[tuple[arb, arb]]:
        """Decide about an interval, or yield its parts."""
        try:
            values, slope = enclosed(self.function, low.union(high))
        except OutsideError:
            return
        except UnprovedError:
            yield from self._parts(low, high, self.cell * _NARROWEST)
            return
        aims = self._aims(values)
        if aims is None or len(aims) > (high - low) / self.cell + _SPARE:
            is_dense = slope is not None and abs(slope).lower() * self.cell > 1
            yield from self._parts(low, high, high - low if is_dense else self.cell)
        elif aims and slope is not None and not slope.contains(0):
            self.found += [place for aim in aims if (place := self._newton(low.union(high), slope, aim)) is not None]
        elif aims and not self._vanishes(low, high):
            yield from self._parts(low, high, self.cell * _NARROWEST)

    def _vanishes(self, low: arb, high: arb) -> bool:
        """Tell whether the function is 0 (or the same integer) all along a wide interval, as x - abs(x) right of 0."""
        if high - low < self.cell * _WIDE:
            return False
        return all(self._is_hit(arb((low + (high - low) * share).mid())) for share in _ANYWHERE)

    def _is_hit(self, x: arb) -> bool:
        try:
            value = real(self.function.value(x))
        except UnprovedError:
            return False
        return bool(value.contains_integer() if self.whole else value.contains(0))

    def _aims(self, values: arb) -> range | None:
        """Return the numbers among the values that are looked for; None where they are too large to be counted."""
        if not self.whole:
            return range(1 if values.contains(0) else 0)
        low, high = values.lower().ceil().unique_fmpz(), values.upper().floor().unique_fmpz()
        if low is None or high is None or high - low > 2**30:
            return None
        return range(int(low), int(high) + 1)

    def _parts(self, low: arb, high: arb, least: arb) -> Iterator[tuple[arb, arb]]:
        middle = arb((low + (high - low) * _SPLIT).mid())
        if high - low > least and low < middle < high:
            yield from ((low, middle), (middle, high))
        else:
            self.still_open.append((low, high))

    def _newton(self, x: arb, slope: arb, aim: int) -> arb | None:
        """Return an enclosure of where a monotone function is `aim`; None where it is that nowhere."""
        for _ in range(_MOST_STEPS):
            middle = arb(x.mid())
            self.work.left -= 1
            try:
                step = middle - (self.function.value(middle) - aim) / slope
                if not x.overlaps(step):
                    return None
                narrower = _common(x, real(step))
                _value, better = self.function.both(narrower)
            except UnprovedError:
                return x
            if better is not None and not real(better).contains(0):
                slope = real(better)
            is_stuck, x = not narrower.rad() < x.rad(), narrower
            if is_stuck or x.rel_accuracy_bits() >= _SHARP or x.rad() < self.cell * _TINY:
                break
        return x


def enclosed(function: OnBalls, x: arb) -> tuple[arb, arb | None]:
    """Return balls of values and slopes on an interval; the slopes make that of the values narrower."""
    values, slope = function.both(x)
    if slope is None:
        return real(values), None
    middle = arb(x.mid())
    return _common(real(values), real(function.value(middle) + slope * (x - middle))), real(slope)


def _common(a: arb, b: arb) -> arb:
    """Return what two enclosures of the same numbers have in common."""
    return a.intersection(b) if a.overlaps(b) else a
