"""Steps towards a point, below every scale that the point and the numbers in the expression give."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp

from derivcli.witnesses import balls
from derivcli.witnesses.balls import Ball
from derivcli.witnesses.extrapolation import FEW, RATIO, STEPS
from derivcli.witnesses.precise import Machine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program

_FIRST_STEP_BITS = 66  # the first step is 1e-20 of the smallest scale
_SMALLEST_SCALE_BITS = 3200
_FACTORS = 2  # `sin(a/x)` turns over x^2/a: a product of two
_MORE_FACTORS = 8  # for a second look at what seems to be a kink
_DEEPER_BITS = 1100  # how far below the first look it is at least
_STEP_FACTOR = Fraction(97, 113)  # no round number
_GUARD_BITS = 160  # what is left of a quotient at the first precision tried


class Point:
    """A point given by constant programs, evaluated at whatever precision is current."""

    def __init__(self, coordinates: Mapping[str, Program]) -> None:
        self._machines = {name: Machine(program) for name, program in coordinates.items()}

    def coordinate(self, name: str) -> Any:
        """Return one coordinate at the current precision; None if it is undefined."""
        return self._machines[name].values({})[-1]

    def coordinates(self) -> dict[str, Any]:
        """Return all coordinates at the current precision."""
        return {name: self.coordinate(name) for name in self._machines}

    def steps_to(self, name: str) -> list[Any]:
        """Return every number on the way to a coordinate: 1, 1e-50 and their sum for `1 + 1e-50`."""
        return self._machines[name].values({})


class Plan(NamedTuple):
    """Steps towards a point, and the precision in bits at which to start."""

    steps: tuple[Fraction, ...]
    bits: int

    def few(self) -> Plan:
        """Return the first steps alone: enough where f is known to be analytic."""
        return Plan(self.steps[:FEW], self.bits)

    def bits_for(self, power: int) -> int:
        """Return the precision for quotients by a power of the step."""
        last = self.steps[-1]
        return self.bits + (power - 1) * (last.denominator.bit_length() - last.numerator.bit_length() + 1)


class Scales(NamedTuple):
    """The scales there are, the smallest first, and the size of the largest coordinate: all binary magnitudes.

    The scales are the sizes of all numbers on the way to the coordinates and on the way to f, and their inverses.
    """

    spread: list[int]
    largest: int

    @classmethod
    def seen(cls, machine: Machine, point: Point, names: Sequence[str]) -> Scales:
        """Return the scales of a program at a point."""
        with mp.workprec(128):
            ways = [point.steps_to(name) for name in names]
            coordinates = [way[-1] for way in ways]
            numbers = machine.values(dict(zip(names, coordinates, strict=True)))
            sizes = [_size(number) for way in (*ways, numbers) for number in way]
        spread = sorted({abs(size) for size in sizes if size is not None}, reverse=True)
        known = [size for size in map(_size, coordinates) if size is not None]
        return cls(spread, max(known, default=-_SMALLEST_SCALE_BITS))

    def plan(self, factors: int = _FACTORS) -> Plan | None:
        """Return steps below the product of the smallest scales; None where no steps are small enough."""
        return self._below(-sum(self.spread[:factors]))

    def deeper(self) -> Plan | None:
        """Return much smaller steps."""
        return self._below(min(-sum(self.spread[:_MORE_FACTORS]), -sum(self.spread[:_FACTORS]) - _DEEPER_BITS))

    def _below(self, scale: int) -> Plan | None:
        if scale < -_SMALLEST_SCALE_BITS:
            return None
        first = _STEP_FACTOR * Fraction(2) ** (scale - _FIRST_STEP_BITS)
        steps = tuple(first * RATIO**k for k in range(STEPS))
        return Plan(steps, max(scale, self.largest) - scale + _FIRST_STEP_BITS + 17 * STEPS + _GUARD_BITS)


def _size(number: Any) -> int | None:
    """Return the binary magnitude of a number that is not 0 for sure, None for anything else."""
    if isinstance(number, bool) or not isinstance(number, (Fraction, Ball)):
        return None
    found = balls.ball(number)
    return None if found.holds_zero or not mp.isfinite(found.middle) else int(mp.mag(found.middle))
