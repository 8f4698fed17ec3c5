"""Some terms of f at one point: their values, the discs on which they are holomorphic, and derivatives from those."""

from __future__ import annotations

import time
from functools import cached_property, partial
from typing import TYPE_CHECKING

from flint import acb, ctx, fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.proof.circles import CircleMeans, points_for_zero
from derivcli.witnesses.proof.discs import CentralDifferences, Disc, around, find_disc
from derivcli.witnesses.proof.machine import BallMachine, Result, number
from derivcli.witnesses.proof.numbers import (
    SURE_BITS,
    BlurredError,
    Number,
    OutsideError,
    UnprovedError,
    ball,
    is_sharp,
)
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from derivcli.witnesses.evidence import Reading
    from derivcli.witnesses.proof.coordinates import ExactCoordinates

# Bits of precision for a value. With 2300 a true 0 is shown to be below 1e-600, with 7000 sin(10^2000) is reduced, and
# the last tell numbers apart that differ by 1e-9000, such as erf(100) and 1.
LADDER = (220, 440, 1100, 2300, 7000, 30_000)
_NEAR = 40_000  # bits by which what is around a point is smaller than its coordinates: narrower than all that decides
_MOST_BITS = 17_000  # with more, a single value may take longer than a person waits
PATIENCE = 0.5  # seconds of the processor for a number: then it is another witness's turn


class Terms:
    """Some terms of f at the point, and what was found of them."""

    def __init__(self, machine: BallMachine, point: ExactCoordinates) -> None:
        self.machine = machine
        self.names = machine.program.variables
        self._point = point
        self._values: dict[int, list[Result]] = {}
        self._discs: dict[tuple[frozenset[str], int], Disc | None] = {}
        self._differences: dict[tuple[frozenset[str], int, int], CentralDifferences] = {}
        self._circles: dict[tuple[str, int], CircleMeans | None] = {}

    def values(self, bits: int) -> list[Result]:
        """Return the results of all instructions at a precision."""
        if bits not in self._values:
            with ctx.workprec(bits):
                self._values[bits] = self.machine.values(self._centre(self.names, bits))
        return self._values[bits]

    @property
    def value(self) -> Reading | None:
        """The value of the program, None where it is not proved."""
        if isinstance(self.found, UnprovedError):
            return None
        try:
            return reading(self.found, Proof.EXACT if isinstance(self.found, fmpq) else Proof.BALL)
        except UnprovedError:
            return None

    @cached_property
    def found(self) -> Number | UnprovedError:
        """The value of the program, or why there is none."""
        try:
            return settled(partial(self._result, bits) for bits in LADDER)
        except UnprovedError as why:
            return why

    @cached_property
    def has_none_near(self) -> bool:
        """Whether the program has no real value anywhere around the point, for sure."""
        for bits in LADDER:
            with ctx.workprec(bits):
                try:
                    centre = self._centre(self.names, bits)
                    number(self.machine.values({name: around(x, _NEAR) for name, x in centre.items()})[-1])
                except BlurredError:
                    continue
                except UnprovedError as why:
                    return isinstance(why, OutsideError)
                return False
        return False

    @cached_property
    def bits(self) -> int:
        """The precision that shows the value; the lowest one where none does."""
        if isinstance(self.found, UnprovedError):
            return LADDER[0]
        return next(bits for bits in LADDER if _is_known(self.values(bits)[-1]))

    def _result(self, bits: int) -> Number:
        return number(self.values(bits)[-1])

    def _centre(self, names: Iterable[str], bits: int) -> dict[str, Number]:
        return {name: self._point.coordinate(name, bits) for name in names}

    def disc(self, names: frozenset[str], order: int) -> Disc | None:
        """Return a polydisc in some variables on which the program is holomorphic, None where none is found."""
        key = names, order
        if key not in self._discs:
            try:
                values, centre = self.values(LADDER[0]), self._centre(names, LADDER[0])
                found = find_disc(self.machine.function(values), number(values[-1]), centre, order)
            except UnprovedError:
                found = None
            self._discs[key] = found
        return self._discs[key]

    def derivative(self, orders: Mapping[str, int], highest: int, bits: int, guard: int) -> Number:
        """Return an enclosure of a derivative from differences whose values serve all orders up to the highest."""
        names, precision = frozenset(orders), bits * highest + SURE_BITS + guard
        disc = self.disc(names, highest)
        if disc is None:
            raise UnprovedError
        if precision > _MOST_BITS:
            raise BlurredError
        key = names, bits, precision
        if key not in self._differences:
            function = self.machine.function(self.values(precision))
            self._differences[key] = CentralDifferences(function, self._centre(names, precision), disc, bits)
        with ctx.workprec(precision):
            return self._differences[key].derivative(orders)

    def mean(self, name: str, order: int, highest: int, points: int | None) -> Number:
        """Return an enclosure of a derivative by one variable from its values on a circle, kept for all orders."""
        disc = self.disc(frozenset({name}), highest)
        if disc is None:
            raise UnprovedError
        count = points or points_for_zero(disc, name, highest)
        with ctx.workprec(count + SURE_BITS):
            if (name, count) not in self._circles:
                self._circles[name, count] = self._circle(name, disc, count)
            circle = self._circles[name, count]
            if circle is None:
                raise BlurredError
            return circle.derivative(order)

    def _circle(self, name: str, disc: Disc, count: int) -> CircleMeans | None:
        """Return the means over a circle at the current precision, None where they take too long."""
        values, centre = self.values(ctx.prec), self._point.coordinate(name, ctx.prec)
        start = time.thread_time()
        self.machine.moved(values, {name: acb(ball(centre))})
        if (time.thread_time() - start) * count / 2 > PATIENCE:
            return None
        return CircleMeans(self.machine.function(values), name, centre, disc, count)


def settled(attempts: Iterable[Callable[[], Number]]) -> Number:
    """Return the first enclosure that is sharp enough, or that proves a number to be as good as 0.

    Raises `UnprovedError` where none is.
    """
    until = time.thread_time() + PATIENCE
    for attempt in attempts:
        try:
            found = attempt()
        except BlurredError:
            found = None
        if found is not None and is_sharp(found):
            return found
        if time.thread_time() > until:
            break
    raise UnprovedError


def _is_known(result: Result) -> bool:
    """Tell whether a result is a number that is sharp enough."""
    return not isinstance(result, (bool, UnprovedError)) and is_sharp(result)
