"""Where a function of one variable leaves, in a narrow cell, the values at its two ends: peaks that samples miss.

Branch and bound (R. E. Moore, Interval Analysis, 1966, chapter 4; S. Skelboe, Computation of rational interval
functions, BIT 14, 1974): a ball of values bounds the function on an interval, so that nothing is hidden where the ball
adds less than a picture shows; of the other intervals the one whose ball adds most is halved first. What is returned
are places at which a value was computed. Where the function switches, or has no value, nobody looks for peaks.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcli.witnesses.proof.machine import BallMachine, number
from derivcli.witnesses.proof.numbers import UnprovedError, real
from derivcli.witnesses.proof.sloped import Sloped
from derivcli.witnesses.proof.zeros import Allowance, enclosed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.zeros import OnBalls

    Values = tuple[float, float]

_BITS = 64  # of precision: a picture shows 10 of them
_STARTS = 64  # intervals: of a smooth function few have to be halved
_OFF = 0.381  # of such an interval: their ends keep off simple numbers, where a peak may stand
_TO_CELLS = 5  # halvings of these: 2,048 cells, about as many as a picture has samples
_NARROWEST = 30  # halvings of a cell: what has no proved value on so narrow a part need not have any
_HIDDEN = 0.02  # of the height of a function: what sticks out by less is no more than two lines of dots
_TAIL = 20  # one value in so many, at each end, is not counted in the height: next to a pole it has no bound
_MOST = 16  # peaks: a function with more of them is a wave, too fast to be shown
_HALVED = 4_000  # intervals: twice as many as there are cells, for functions whose balls are wide everywhere
_SECONDS = 0.3  # of the processor, for functions that take long


def peaks(
    program: Program, name: str, held: Mapping[str, Program], borders: Sequence[float], switches: Sequence[float] = ()
) -> tuple[float, ...]:
    """Return where a program has peaks between rising borders while a variable runs; none where there is no time.

    Raises `UnprovedError` where a value that is held is no real number for sure.
    """
    with ctx.workprec(_BITS):
        known = {key: number(BallMachine(text).values({})[-1]) for key, text in held.items()}
        function, work = Sloped(program, name, known), Allowance(_HALVED, time.thread_time() + _SECONDS)
        return tuple(x for ends in pairwise(borders) for x in Peaks(function, *ends, work, switches).found())


@dataclass
class _Cell:
    """The smaller and the larger value at the ends of a cell, and the least and the largest in it with their places."""

    low: float
    high: float
    least: tuple[float, float]
    largest: tuple[float, float]

    def beyond(self, low: float, high: float) -> float:
        """Return by how much some values may reach beyond all that were seen."""
        return max(self.least[0] - low, high - self.largest[0])

    def see(self, value: float, x: float) -> float:
        """Note a value; return by how much it reaches beyond those at the ends."""
        self.least, self.largest = min(self.least, (value, x)), max(self.largest, (value, x))
        return max(self.low - value, value - self.high)

    def peaks(self, hidden: float) -> list[float]:
        """Return the places of values that reach beyond those at the ends by more than that."""
        found = [(self.low - self.least[0], self.least[1]), (self.largest[0] - self.high, self.largest[1])]
        return [x for beyond, x in found if beyond > hidden]


class Peaks:
    """Looks for peaks between two ends, at the current precision; not in cells in which the function switches."""

    def __init__(
        self, function: OnBalls, low: float, high: float, work: Allowance, switches: Sequence[float] = ()
    ) -> None:
        self._function = function
        self._work = work
        self._switches = sorted(switches)
        self._waiting: list[tuple[float, float, float, int, _Cell | None]] = []
        self._cells: list[_Cell] = []  # those with a peak
        self._tops: list[tuple[float, float]] = []  # ends of cells that may be peaks, each with the width of its cell
        shares = [0.0, *((k + _OFF) / _STARTS for k in range(_STARTS)), 1.0]
        ends = [low * (1 - share) + high * share for share in shares]
        known = sorted(value for x in ends if (value := self._at(x)) is not None)
        tail = len(known) // _TAIL
        self._height = known[-1 - tail] - known[tail] if known else 0.0
        for pair in pairwise(ends):
            self._wait(*pair, -_TO_CELLS)

    def found(self) -> tuple[float, ...]:
        """Return where peaks are; none where there are too many, or too much is left to be looked at."""
        while self._waiting and -self._waiting[0][0] > self._hidden:
            if not self._work.spend() or len(self._cells) > _MOST:
                return ()
            _reach, low, high, halvings, cell = heappop(self._waiting)
            self._halve(low, high, halvings, cell)
        inside = [x for cell in self._cells for x in cell.peaks(self._hidden)]
        tops = [x for x, width in self._tops if all(abs(x - peak) > width for peak in inside)]
        peaks = sorted((*inside, *tops))
        return tuple(peaks) if len(peaks) <= _MOST else ()

    @property
    def _hidden(self) -> float:
        """How much may stick out and be hidden."""
        return _HIDDEN * self._height

    def _halve(self, low: float, high: float, halvings: int, cell: _Cell | None) -> None:
        middle = low / 2 + high / 2
        if not low < middle < high:
            return
        if cell is not None:
            self._see(cell, middle)
        for pair in ((low, middle), (middle, high)):
            if cell is not None:
                self._wait_in(cell, *pair, self._values(*pair))
            elif halvings + 1 < 0:
                self._wait(*pair, halvings + 1)
            else:
                self._enter(*pair)

    def _see(self, cell: _Cell, x: float) -> None:
        """Look at a point of a cell; a peak makes the function higher."""
        value = self._at(x)
        beyond = 0.0 if value is None else cell.see(value, x)
        if beyond > self._hidden:
            self._height = max(self._height, beyond)
            if not any(one is cell for one in self._cells):
                self._cells.append(cell)

    def _wait(self, low: float, high: float, halvings: int) -> None:
        """Put an interval of several cells where it waits, unless nothing is hidden there."""
        values = self._values(low, high)
        reach = math.inf if values is None else values[1] - values[0]
        if reach > self._hidden:
            heappush(self._waiting, (-reach, low, high, halvings, None))

    def _wait_in(self, cell: _Cell, low: float, high: float, values: Values | None) -> None:
        """Put a part of a cell where it waits, unless nothing is hidden there."""
        reach = 0.0 if values is None else cell.beyond(*values)
        if reach > self._hidden:
            heappush(self._waiting, (-reach, low, high, 0, cell))

    def _enter(self, low: float, high: float) -> None:
        """Put a cell where it waits; not where the function switches, or may have no value."""
        at_low, at_high = self._at(low), self._at(high)
        if at_low is None or at_high is None or self._switches_within(low, high):
            return
        parts = self._covered(low, high, _NARROWEST)
        if parts:
            (least, largest) = sorted(((at_low, low), (at_high, high)))
            cell = _Cell(least[0], largest[0], least, largest)
            for part in parts:
                self._wait_in(cell, *part)
            self._see_top(at_low, at_high, high, high - low)

    def _see_top(self, before: float, top: float, x: float, width: float) -> None:
        """Note the upper end of a cell where that is the top of a peak, which then no cell holds."""
        after = self._at(x + width)
        if after is None or self._switches_within(x, x + width):
            return
        cell = _Cell(min(before, after), max(before, after), (top, x), (top, x))
        if cell.peaks(self._hidden) and self._covered(x, x + width, _NARROWEST):
            self._tops.append((x, width))

    def _switches_within(self, low: float, high: float) -> bool:
        place = bisect_left(self._switches, low)
        return place < len(self._switches) and self._switches[place] <= high

    def _covered(self, low: float, high: float, left: int) -> list[tuple[float, float, Values]]:
        """Return the parts of an interval with their values; nothing where one so narrow may have none."""
        values = self._values(low, high)
        if values is not None:
            return [(low, high, values)]
        if not left or not self._work.spend():
            return []
        middle = low / 2 + high / 2
        first = self._covered(low, middle, left - 1)
        second = self._covered(middle, high, left - 1) if first else []
        return [*first, *second] if second else []

    def _values(self, low: float, high: float) -> Values | None:
        """Return between which values the function stays on an interval; None where it may have none."""
        try:
            found, _slope = enclosed(self._function, arb(low).union(arb(high)))
        except UnprovedError:
            return None
        return float(found.lower()), float(found.upper())

    def _at(self, x: float) -> float | None:
        """Return a value; None where there is none, or none in float64."""
        try:
            found = float(real(self._function.value(arb(x))))
        except UnprovedError:
            return None
        return found if math.isfinite(found) else None
