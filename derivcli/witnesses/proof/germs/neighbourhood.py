"""Some terms of f at a point and beside it: limits, and slopes from one side."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from math import factorial
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.language.tree import VARIABLE
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.across import cross
from derivcli.witnesses.proof.germs.derivatives import differentiated
from derivcli.witnesses.proof.germs.jets import Crossing, Jet, still
from derivcli.witnesses.proof.germs.limits import Limit, limit, slope
from derivcli.witnesses.proof.germs.powers import Expanding
from derivcli.witnesses.proof.germs.series import NOTHING, Germ, ShortError, constant, scaled
from derivcli.witnesses.proof.germs.walk import Result, germ_of, walk
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import ONE, UnprovedError, need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.germs.constants import Coefficient

Read = Callable[[Sequence[Result], Expanding], Limit]

# Terms that are kept: a few do for most kinks; more where the first ones cancel.
_LENGTHS = (3, 8, 24)
_MORE_POWERS = (0, 3)  # of t, than the order that is asked for: for what is divided by t, or cancels


@dataclass(slots=True)
class Patience:
    """Seconds that are left for one point: then it is another witness's turn.

    They are those on the wall: to ask for the processor's takes longer than most instructions do.
    """

    left: float = 10.0

    def walk(
        self, program: Program, coordinates: Mapping[str, Germ], work: Expanding, known: Mapping[int, Result]
    ) -> list[Result]:
        """Walk a program, for a second at most."""
        start = time.monotonic()
        work.until = start + min(self.left, 1.0)
        found = walk(program.instructions, coordinates, work, known)
        self.left -= time.monotonic() - start
        return found


class Neighbourhood:
    """A program, whose functions all have rules, at the point and beside it."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program], patience: Patience) -> None:
        self.program = program
        self._patience = patience
        self._coordinates = {name: coordinates[name] for name in self.program.variables}

    @cached_property
    def _point(self) -> dict[str, Germ]:
        """The coordinates as constant germs; raises `UnprovedError` where one is not known."""
        found = {}
        for name, program in self._coordinates.items():
            found[name] = germ_of(walk(BallMachine(program).program.instructions, {}, Expanding(1), {})[-1])
            need(found[name].constant is not None)
        return found

    @cached_property
    def here(self) -> list[Result]:
        """The result of every instruction at the point."""
        return self._patience.walk(self.program, self._point, Expanding(_LENGTHS[0]), {})

    @property
    def value(self) -> Coefficient:
        """The value at the point; raises `UnprovedError` where it is not known."""
        c = germ_of(self.here[-1]).constant
        if c is None:
            raise UnprovedError
        return c

    @property
    def takes_zero_to_the_zero(self) -> bool | None:
        """Whether 0^0 is on the way to the value; None where that is open."""
        powers = [[self.here[arg] for arg in args] for op, args, _text in self.program.instructions if op == "pow"]
        if any(all(operand == NOTHING for operand in operands) for operands in powers):
            return True
        return None if any(not isinstance(operand, Germ) for operands in powers for operand in operands) else False

    def beside(self, path: Mapping[str, tuple[fmpq, int]], way: int, read: Read) -> Limit:
        """Read f on one side, with more and more terms."""
        return self.read_along(steps_on(path, way), read)

    def read_along(self, steps: Mapping[str, Germ], read: Read) -> Limit:
        """Read f where some coordinates differ from the point by germs, with more and more terms."""
        for results, work in self.walks(steps):
            with suppress(ShortError):
                return read(results, work)
        raise UnprovedError

    def walks(self, steps: Mapping[str, Germ]) -> Iterator[tuple[list[Result], Expanding]]:
        """Yield the results of all instructions there, with more and more terms."""
        depends = self.program.depends_on(steps)
        known = {k: result for k, result in enumerate(self.here) if not depends[k]}
        for most in _LENGTHS:
            work = Expanding(most)
            moved = {name: work.add(self._point[name], step) for name, step in steps.items() if name in self._point}
            yield self._patience.walk(self.program, {**self._point, **moved}, work, known), work

    def as_if(self, place: int, germ: Germ, work: Expanding) -> list[Result]:
        """Return the results of all instructions where one of them is a germ, and the others are those at the point."""
        return self._patience.walk(self.program, self._point, work, {place: germ})

    def limit(self, path: Mapping[str, tuple[fmpq, int]], way: int) -> Limit:
        """Return the limit of f along a path."""
        return self.beside(path, way, lambda results, work: limit(germ_of(results[-1]), work))

    def tends(self, name: str, way: int, order: int) -> Limit:
        """Return what a derivative by x tends to beside the point, whatever f is at it; of order 0 that is f itself."""
        germ = partial(_differentiated, way=way, order=order)
        return self.beside({name: (ONE, 1)}, way, lambda results, work: limit(germ(germ_of(results[-1]), work), work))

    def slope(self, name: str, way: int, below: Sequence[Coefficient]) -> Limit:
        """Return a one-sided derivative by x, where those `below` it are known at the point: the value, the slope, ...

        It is the limit of (g(a + s) - g(a))/s for the derivative g of the order below: from the left s falls. Of a wave
        a germ has no derivative term by term; then it comes from one that crosses it.
        """

        def derivative(results: Sequence[Result], work: Expanding) -> Germ:
            order = len(below) - 1
            if order and work.is_wild:
                return self._across(results, work, name, order)
            return _differentiated(germ_of(results[-1]), work, way, order)

        return self._slope(name, way, below, derivative)

    def slope_across(self, name: str, way: int, below: Sequence[Coefficient], inner: str, order: int) -> Limit:
        """Return the same for the derivative of f by another variable, `order` times, in the place of f.

        Raises `BesideError` where that does not exist beside the point.
        """

        def derivative(results: Sequence[Result], work: Expanding) -> Germ:
            return _differentiated(self._across(results, work, inner, order), work, way, len(below) - 1)

        return self._slope(name, way, below, derivative)

    def _slope(
        self,
        name: str,
        way: int,
        below: Sequence[Coefficient],
        derivative: Callable[[Sequence[Result], Expanding], Germ],
    ) -> Limit:
        def read(results: Sequence[Result], work: Expanding) -> Limit:
            return slope(work.minus(derivative(results, work), constant(below[-1])), way, work)

        return self.beside({name: (ONE, 1)}, way, read)

    def _across(self, results: Sequence[Result], work: Expanding, inner: str, order: int) -> Germ:
        """Return the derivative by a variable, as a germ: from both sides it must be the same."""
        here = germ_of(results[-1])
        right, crossing = self._crossed(results, work, inner, order, 1)
        if right.bend <= order or crossing.is_halved:
            left, _crossing = self._crossed(results, work, inner, order, -1)
            _check_meeting(work, here, left, right, order)
        return scaled(right.at(order), fmpq(factorial(order)))

    def _crossed(
        self, results: Sequence[Result], work: Expanding, inner: str, order: int, way: int
    ) -> tuple[Jet, Crossing]:
        """Return the jet of f up to an order, across the line on which the other coordinates move."""
        for more in _MORE_POWERS:
            with suppress(ShortError):
                crossing = Crossing(work, order + more)
                found = self._jet(results, crossing, inner, way)
                found.at(order)
                need(found.lead >= 0)
                need(order < 2 or not crossing.is_wild)  # of what is o(t^2) a slope need not exist
                return found, crossing
        raise ShortError

    def _jet(self, results: Sequence[Result], crossing: Crossing, inner: str, way: int) -> Jet:
        variables = (k for k, i in enumerate(self.program.instructions) if i.op == VARIABLE and i.text == inner)
        start = still(germ_of(results[next(variables)]))
        path = crossing.add(start, Jet(((1, constant(fmpq(way))),)))
        return cross(self.program, results, {inner: path}, crossing)


def _differentiated(germ: Germ, work: Expanding, way: int, order: int) -> Germ:
    """Return a derivative of a germ by x, term by term."""
    need(not order or not work.is_wild)
    for _ in range(order):
        germ = scaled(differentiated(germ, work.most), fmpq(way))
    return germ


class BesideError(UnprovedError):
    """A derivative does not exist beside the point: `order` is the first that does not, `sides` what it has there."""

    def __init__(self, order: int, left: Limit, right: Limit) -> None:
        self.order = order
        self.sides = left, right


def _check_meeting(work: Expanding, here: Germ, left: Jet, right: Jet, order: int) -> None:
    """Check that two sides have the same derivatives up to an order, and f between them its value.

    Raises `BesideError` where they have not for sure, `UnprovedError` where that is open. Of slopes that differ, what
    the right one is above the left one is told, over the size of that.
    """
    for k in range(order + 1):
        if k < right.bend:
            continue
        _check_power(right, left, k)
        from_right, from_left = right.at(k), scaled(left.at(k), fmpq((-1) ** k))
        for apart in [work.minus(from_right, from_left)] + ([work.minus(from_right, here)] if k == 0 else []):
            if apart != NOTHING:
                way = apart.sign()
                need(k > 0)
                raise BesideError(k, Limit(Outcome.NUMBER), Limit(Outcome.NUMBER, fmpq(way)))


def _check_power(right: Jet, left: Jet, k: int) -> None:
    """Check that no broken power of t comes before the next derivative: its slope grows without bound."""
    if any(k - 1 < at < k for jet in (left, right) for at, _germ in jet.parts):
        need(k == 1)
        raise BesideError(k, _steep(left, -1), _steep(right, 1))


def _steep(jet: Jet, way: int) -> Limit:
    """Return the slope of a jet from one side, as far as it tells how it grows."""
    broken = [germ for at, germ in jet.parts if 0 < at < 1]
    return Limit(Outcome.INFINITE, sign=way * broken[0].sign()) if broken else Limit(Outcome.NUMBER)


def steps_on(path: Mapping[str, tuple[fmpq, int]], way: int) -> dict[str, Germ]:
    """Return what a path adds to the coordinates on one side: pace*(way*s)^power of each, from a (pace, power)."""
    return {name: _step(*leg, way) for name, leg in path.items()}


def _step(pace: fmpq, power: int, way: int) -> Germ:
    return Germ((((power, 0, 0), pace * way**power),))
