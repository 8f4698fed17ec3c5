"""The third witness: one-sided difference quotients of f itself, with many digits, straight from the syntax tree.

It knows neither sympy nor torch. The steps shrink geometrically, far below every scale that the point and the numbers
in the expression give; how the quotients behave on the way (see `extrapolation`) tells a slope from a corner, a cusp,
a jump or an oscillation.
"""

from __future__ import annotations

from contextlib import nullcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp, mpf

from derivcli.witnesses import balls, evidence
from derivcli.witnesses.balls import BEYOND, Ball, Unknown, last_resort
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from derivcli.witnesses.extrapolation import RATIO, STEPS, limit
from derivcli.witnesses.precise import Machine, compute, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program

_FIRST_STEP_BITS = 66  # the first step is 1e-20 of the smallest scale
_SMALLEST_SCALE_BITS = 3200
_STEP_FACTOR = Fraction(97, 113)  # no round number
_GUARD_BITS = 160  # what is left of a quotient at the first precision tried
_DOUBLINGS = 5
_NOTHING_BITS = 1080  # a slope below 1e-325 is 0


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


class _Plan(NamedTuple):
    """Steps towards the point, and the precision in bits at which to start."""

    steps: tuple[Fraction, ...]
    bits: int


class _Samples(NamedTuple):
    """f at the point and at the steps on one side; None where it is undefined."""

    centre: Any
    values: list[Any]
    steps: Sequence[Fraction]


class Quotient:
    """The difference quotients of one program at one point."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program]) -> None:
        self._program = program
        self._machine = Machine(program)
        self._point = Point(coordinates)
        self._plan = _plan(self._machine, self._point, tuple(coordinates))

    def value(self) -> Reading:
        """Return f at the point."""
        return settle(lambda: self._machine.values(self._point.coordinates())[-1])

    def slopes(self, name: str) -> Sided:
        """Return the one-sided derivatives with respect to one variable; terms without it cancel and are left out."""
        machine = Machine(self._program.terms_with(name))
        return Sided(*(self._slope(machine, name, sign) for sign in (-1, 1)))

    def limits(self, direction: Mapping[str, Fraction]) -> Sided:
        """Return the one-sided limits of f along a direction, for a point where f is undefined."""
        return Sided(*(self._limit({n: sign * d for n, d in direction.items()}) for sign in (-1, 1)))

    def _slope(self, machine: Machine, name: str, sign: int) -> Reading:
        return self._sure(machine, {name: Fraction(sign)}, lambda samples: _slope_of(samples, sign))

    def _limit(self, direction: Mapping[str, Fraction]) -> Reading:
        return self._sure(self._machine, direction, _limit_of)

    def _sure(
        self, machine: Machine, direction: Mapping[str, Fraction], read: Callable[[_Samples], Reading | None]
    ) -> Reading:
        """Read the samples at rising precision until they are sharp enough to be sure."""
        if self._plan is None:
            return evidence.UNDECIDED
        for doubling in range(_DOUBLINGS):
            with (
                mp.workprec(self._plan.bits << doubling),
                last_resort() if doubling == _DOUBLINGS - 1 else nullcontext(),
            ):
                samples = self._samples(machine, direction, self._plan.steps)
                seen = (samples.centre, *samples.values)
                if BEYOND in seen:
                    return evidence.UNDECIDED
                found = None if any(isinstance(value, Unknown) for value in seen) else read(samples)
                if found is not None:
                    doubtful = doubling == _DOUBLINGS - 1 and balls.assumed()
                    return evidence.UNDECIDED if doubtful else found
        return evidence.UNDECIDED

    def _samples(self, machine: Machine, direction: Mapping[str, Fraction], steps: Sequence[Fraction]) -> _Samples:
        centre = {name: self._point.coordinate(name) for name in machine.program.variables}
        values = machine.values(centre)
        dependent = machine.dependent(tuple(direction))
        moved = [
            machine.moved(values, dependent, {n: compute("add", [centre[n], d * h]) for n, d in direction.items()})
            for h in steps
        ]
        return _Samples(values[-1], moved, steps)


def _slope_of(samples: _Samples, sign: int) -> Reading | None:
    """Return the limit of the difference quotients, None if they are not sharp enough."""
    if samples.values[-1] is None:
        return _undefined(samples.values)
    start = _first_defined(samples.values)
    steps = samples.steps[start:]
    rises = [compute("add", [value, compute("neg", [samples.centre])]) for value in samples.values[start:]]
    quotients = [balls.ball(compute("div", [rise, h * sign])) for rise, h in zip(rises, steps, strict=True)]
    found = _limit_of_balls(quotients)
    if found is None or found.outcome not in (Outcome.INFINITE, Outcome.UNDECIDED):
        return found
    return found if _continuous(rises) else Reading(Outcome.JUMPS, sign=found.sign)


def _limit_of(samples: _Samples) -> Reading | None:
    """Return the limit of the values, None if they are not sharp enough."""
    if samples.values[-1] is None:
        return _undefined(samples.values)
    return _limit_of_balls([balls.ball(value) for value in samples.values[_first_defined(samples.values) :]])


def _limit_of_balls(sequence: Sequence[Ball]) -> Reading | None:
    if not _sharp(sequence[-1]) and not balls.taken_as_equal():
        return None
    return limit([b.middle for b in sequence], [b.error for b in sequence])


def _sharp(value: Ball) -> bool:
    """Tell whether a number is known to 20 digits, or is 0 for all purposes."""
    if value.error <= abs(value.middle) * mpf(10) ** -20:
        return True
    return bool(mp.mag(abs(value.middle) + value.error) < -_NOTHING_BITS)


def _undefined(samples: list[Any]) -> Reading:
    """Read a side whose nearest sample is undefined: no real values there, unless some are."""
    nowhere = all(sample is None for sample in samples[-3:])
    return evidence.UNDEFINED if nowhere else evidence.UNDECIDED


def _first_defined(samples: list[Any]) -> int:
    return max((index + 1 for index, sample in enumerate(samples) if sample is None), default=0)


def _continuous(rises: Sequence[Any]) -> bool:
    """Tell whether f tends to its own value: its distance from it shrinks from the first step to the last."""
    first, last = (abs(balls.ball(rise).middle) for rise in (rises[0], rises[-1]))
    return bool(last <= first / 2 or last == 0)


def _plan(machine: Machine, point: Point, names: Sequence[str]) -> _Plan | None:
    """Choose steps below every scale there is, and a precision to match; None where no steps are small enough.

    The scales are the sizes of all numbers on the way to the coordinates and on the way to f, and their inverses, and
    the products of two of them.
    """
    with mp.workprec(128):
        ways = [point.steps_to(name) for name in names]
        coordinates = [way[-1] for way in ways]
        numbers = machine.values(dict(zip(names, coordinates, strict=True)))
        sizes = [_size(number) for way in (*ways, numbers) for number in way]
    spread = sorted({abs(size) for size in sizes if size is not None}, reverse=True)
    scale = -sum(spread[:2])  # `sin(a/x)` turns over x^2/a
    if scale < -_SMALLEST_SCALE_BITS:
        return None
    largest = max([scale, *(size for size in map(_size, coordinates) if size is not None)])
    first = _STEP_FACTOR * Fraction(2) ** (scale - _FIRST_STEP_BITS)
    steps = tuple(first * RATIO**k for k in range(STEPS))
    return _Plan(steps, largest - scale + _FIRST_STEP_BITS + 17 * STEPS + _GUARD_BITS)


def _size(number: Any) -> int | None:
    """Return the binary magnitude of a number that is not 0 for sure, None for anything else."""
    if isinstance(number, bool) or not isinstance(number, (Fraction, Ball)):
        return None
    found = balls.ball(number)
    return None if found.holds_zero or not mp.isfinite(found.middle) else int(mp.mag(found.middle))
