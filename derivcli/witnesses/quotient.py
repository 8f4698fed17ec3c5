"""The third witness: one-sided difference quotients of f itself, with many digits, straight from the syntax tree.

It knows neither sympy nor torch. The steps shrink geometrically, far below every scale that the point and the numbers
in the expression give; how the quotients behave on the way (see `extrapolation`) tells a slope from a corner, a cusp,
a jump or an oscillation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp, mpf

from derivcli.language.numbers import exact
from derivcli.language.tree import NUMBER
from derivcli.witnesses import evidence
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from derivcli.witnesses.extrapolation import RATIO, STEPS, limit
from derivcli.witnesses.mpmath_functions import BeyondReachError, real
from derivcli.witnesses.precise import Machine, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program

_FIRST_STEP_BITS = 66  # the first step is 1e-20 of the smallest scale
_SMALLEST_SCALE_BITS = 1300
_STEP_FACTOR = Fraction(97, 113)  # no round number
_DOUBLINGS = 3
_ZERO_BITS = 2600  # a slope that is 0 is confirmed with 780 digits
_GUARD_BITS = 40


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


class _Plan(NamedTuple):
    """Steps towards the point, and the precision in bits that they need."""

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
        self._plan = _plan(program, self._point)

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
        return self._confirmed(machine, {name: Fraction(sign)}, lambda samples: _slope_of(samples, sign))

    def _limit(self, direction: Mapping[str, Fraction]) -> Reading:
        return self._confirmed(self._machine, direction, _limit_of)

    def _confirmed(
        self,
        machine: Machine,
        direction: Mapping[str, Fraction],
        read: Callable[[_Samples], tuple[Reading, Any]],
    ) -> Reading:
        """Read the samples at rising precision until the nearest one does not depend on it."""
        bits = self._plan.bits
        try:
            for _ in range(_DOUBLINGS):
                with mp.workprec(bits):
                    reading, nearest = read(self._samples(machine, direction, self._plan.steps))
                blurred = nearest is not None and nearest == 0 and not isinstance(nearest, Fraction)
                check_bits = max(2 * bits, _ZERO_BITS if blurred else 0)
                with mp.workprec(check_bits):
                    again = read(self._samples(machine, direction, self._plan.steps[-1:]))[1]
                    if _same(nearest, again):
                        return reading
                bits = check_bits if blurred and again else 2 * bits
        except BeyondReachError:
            pass
        return evidence.UNDECIDED

    def _samples(self, machine: Machine, direction: Mapping[str, Fraction], steps: Sequence[Fraction]) -> _Samples:
        centre = {name: self._point.coordinate(name) for name in machine.program.variables}
        values = machine.values(centre)
        dependent = machine.dependent(tuple(direction))
        moved = [
            machine.moved(values, dependent, {n: _shift(centre[n], d * step) for n, d in direction.items()})
            for step in steps
        ]
        return _Samples(values[-1], moved, steps)


def _shift(coordinate: Any, step: Fraction) -> Any:
    return coordinate + step if isinstance(coordinate, Fraction) else coordinate + real(step)


def _slope_of(samples: _Samples, sign: int) -> tuple[Reading, Any]:
    """Return the limit of the difference quotients, and the nearest one."""
    quotients = [
        None if value is None else _ratio(value, samples.centre, step * sign)
        for value, step in zip(samples.values, samples.steps, strict=True)
    ]
    if len(quotients) < STEPS:
        return evidence.UNDECIDED, quotients[-1]
    if quotients[-1] is None:
        return _undefined(quotients)
    start = _first_defined(quotients)
    values, steps = samples.values[start:], samples.steps[start:]
    noise = [
        mp.ldexp(max(abs(real(v)), abs(real(samples.centre))), _GUARD_BITS - mp.prec) / real(h)
        for v, h in zip(values, steps, strict=True)
    ]
    reading = limit([real(q) for q in quotients[start:]], noise)
    if reading.outcome in (Outcome.INFINITE, Outcome.UNDECIDED) and not _continuous(values, samples.centre):
        reading = Reading(Outcome.JUMPS, sign=reading.sign)
    return reading, quotients[-1]


def _limit_of(samples: _Samples) -> tuple[Reading, Any]:
    """Return the limit of the values, and the nearest one."""
    values = samples.values
    if len(values) < STEPS:
        return evidence.UNDECIDED, values[-1]
    if values[-1] is None:
        return _undefined(values)
    defined = [real(value) for value in values[_first_defined(values) :]]
    noise = [mp.ldexp(abs(value), _GUARD_BITS - mp.prec) for value in defined]
    return limit(defined, noise), values[-1]


def _ratio(value: Any, centre: Any, step: Fraction) -> Any:
    if isinstance(value, Fraction) and isinstance(centre, Fraction):
        return (value - centre) / step
    return (real(value) - real(centre)) / real(step)


def _undefined(samples: list[Any]) -> tuple[Reading, Any]:
    """Read a side whose nearest sample is undefined: no real values there, unless some are."""
    nowhere = all(sample is None for sample in samples[-3:])
    return (evidence.UNDEFINED if nowhere else evidence.UNDECIDED), None


def _first_defined(samples: list[Any]) -> int:
    return max((index + 1 for index, sample in enumerate(samples) if sample is None), default=0)


def _continuous(values: list[Any], centre: Any) -> bool:
    """Tell whether f tends to its own value: its distance from it shrinks from the first step to the last."""
    first, last = (abs(real(v) - real(centre)) for v in (values[0], values[-1]))
    return bool(last <= first / 2 or last == 0)


def _same(nearest: Any, again: Any) -> bool:
    """Tell whether the nearest sample is the same at twice the precision, to 20 digits."""
    if nearest is None or again is None:
        return nearest is again
    a, b = real(nearest), real(again)
    return bool(abs(a - b) <= abs(b) * mpf(10) ** -20)


def _plan(program: Program, point: Point) -> _Plan:
    """Choose steps below every scale of the point and of the literals, and a precision to match."""
    with mp.workprec(64):
        sizes = [mp.mag(c) for c in map(real, point.coordinates().values()) if c]
        literals = [exact(i.text) for i in program.instructions if i.op == NUMBER]
        scales = [*sizes, *(-abs(mp.mag(real(c))) for c in literals if c)]
    scale = max(min([0, *scales]), -_SMALLEST_SCALE_BITS)
    first = _STEP_FACTOR * Fraction(2) ** (scale - _FIRST_STEP_BITS)
    steps = tuple(first * RATIO**k for k in range(STEPS))
    span = max([scale, *sizes]) - scale + _FIRST_STEP_BITS + 17 * STEPS
    return _Plan(steps, 3 * span + 64)
