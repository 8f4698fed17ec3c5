"""The third witness: one-sided difference quotients of f itself, with many digits, straight from the syntax tree.

It knows neither sympy nor torch. The steps shrink geometrically, far below every scale that the point and the numbers
in the expression give; how the quotients behave on the way (see `extrapolation`) tells a slope from a corner, a cusp,
a jump or an oscillation.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp, mpf

from derivcli.witnesses import balls, evidence
from derivcli.witnesses.balls import BEYOND, Ball, Unknown, last_resort
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from derivcli.witnesses.extrapolation import limit
from derivcli.witnesses.precise import Machine, compute, settle
from derivcli.witnesses.steps import Plan, Point, Scales

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.language.program import Program

_MOST_BITS_DEEPER = 8_000
_DOUBLINGS = 5
_NEARLY = 1e-12
_UNDECIDED = Sided(evidence.UNDECIDED, evidence.UNDECIDED)
_NOTHING_BITS = 1080  # a slope below 1e-325 is 0


class Leg(NamedTuple):
    """How one coordinate moves with the step h: by pace*h^power."""

    pace: Fraction
    power: int = 1

    def at(self, h: Fraction) -> Fraction:
        """Return how far it has moved."""
        return self.pace * h**self.power

    def from_side(self, sign: int) -> Leg:
        """Return the same leg for the steps h or -h."""
        return Leg(self.pace * sign**self.power, self.power)


Path = Mapping[str, Leg]


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
        scales = Scales.seen(self._machine, self._point, tuple(coordinates))
        self._plan = scales.plan()
        self._deeper = scales.deeper()

    def value(self) -> Reading:
        """Return f at the point."""
        return settle(lambda: self._machine.values(self._point.coordinates())[-1])

    def takes_zero_to_the_zero(self) -> bool:
        """Tell whether 0^0 is on the way to f at the point: it is 1 by convention."""
        powers = [i.args for i in self._machine.program.instructions if i.op == "pow"]
        values = self._machine.values(self._point.coordinates()) if powers else []
        return any(_is_zero(values[base]) and _is_zero(values[exponent]) for base, exponent in powers)

    def slopes(self, name: str) -> Sided:
        """Return the one-sided derivatives with respect to one variable; terms without it cancel and are left out.

        What seems to be a kink must be one at far smaller steps too: else a scale was hidden.
        """
        machine = Machine(self._program.terms_with(name))
        sides = self._sides(machine, name, self._plan)
        one_sided = Outcome.UNDEFINED in (sides.left.outcome, sides.right.outcome)
        if self._plan is None or one_sided or _one_slope(sides):
            return sides
        deeper = self._sides(machine, name, self._deeper)
        if Outcome.UNDECIDED not in (deeper.left.outcome, deeper.right.outcome):
            return deeper
        return _UNDECIDED if _nearly_one_slope(sides) else sides

    def limits(self, path: Path) -> Sided:
        """Return the one-sided limits of f along a path, for a point where f is undefined."""
        return Sided(*(self._limit({name: leg.from_side(sign) for name, leg in path.items()}) for sign in (-1, 1)))

    def _sides(self, machine: Machine, name: str, plan: Plan | None) -> Sided:
        return Sided(*(self._slope(machine, name, sign, plan) for sign in (-1, 1)))

    def _slope(self, machine: Machine, name: str, sign: int, plan: Plan | None) -> Reading:
        return self._sure(machine, {name: Leg(Fraction(sign))}, lambda samples: _slope_of(samples, sign), plan)

    def _limit(self, path: Path) -> Reading:
        return self._sure(self._machine, path, _limit_of, self._plan)

    def _sure(
        self, machine: Machine, path: Path, read: Callable[[_Samples], Reading | None], plan: Plan | None
    ) -> Reading:
        """Read the samples at rising precision until they are sharp enough to be sure."""
        if plan is None:
            return evidence.UNDECIDED
        for doubling in range(_DOUBLINGS):
            if plan is self._deeper and plan.bits << doubling > _MOST_BITS_DEEPER:
                return evidence.UNDECIDED
            with (
                mp.workprec(plan.bits << doubling),
                last_resort() if doubling == _DOUBLINGS - 1 else nullcontext(),
            ):
                samples = self._samples(machine, path, plan.steps)
                seen = (samples.centre, *samples.values)
                if BEYOND in seen:
                    return evidence.UNDECIDED
                found = None if any(isinstance(value, Unknown) for value in seen) else read(samples)
                if found is not None:
                    doubtful = doubling == _DOUBLINGS - 1 and balls.assumed()
                    return evidence.UNDECIDED if doubtful else found
        return evidence.UNDECIDED

    def _samples(self, machine: Machine, path: Path, steps: Sequence[Fraction]) -> _Samples:
        centre = {name: self._point.coordinate(name) for name in machine.program.variables}
        values = machine.values(centre)
        dependent = machine.dependent(tuple(path))
        moved = [
            machine.moved(values, dependent, {n: compute("add", [centre[n], leg.at(h)]) for n, leg in path.items()})
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
    return _without_bound(rises, found)


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


def _one_slope(sides: Sided) -> bool:
    """Tell whether both sides have the same slope, within their errors."""
    if not _two_numbers(sides):
        return False
    left, right = sides.left, sides.right
    return bool(abs(mpf(left.text) - mpf(right.text)) <= mpf(left.error) + mpf(right.error))


def _nearly_one_slope(sides: Sided) -> bool:
    """Tell whether the two slopes differ by so little that smaller steps might bring them together."""
    if not _two_numbers(sides):
        return False
    left, right = mpf(sides.left.text), mpf(sides.right.text)
    return bool(abs(left - right) <= _NEARLY * abs(left))


def _two_numbers(sides: Sided) -> bool:
    return sides.left.outcome is sides.right.outcome is Outcome.NUMBER


def _without_bound(rises: Sequence[Any], found: Reading) -> Reading:
    """Tell a slope that grows without bound from a jump: there f does not tend to its own value."""
    balls_of = [balls.ball(rise) for rise in rises]
    tends_to = limit([b.middle for b in balls_of], [b.error for b in balls_of])
    first, last = abs(balls_of[0].middle), abs(balls_of[-1].middle)
    if last <= first / 2:
        return found
    if tends_to.outcome is Outcome.UNDECIDED:
        return evidence.UNDECIDED
    to_zero = tends_to.outcome is Outcome.NUMBER and abs(mpf(tends_to.text)) <= last / 2
    return found if to_zero else Reading(Outcome.JUMPS, sign=found.sign)


def _is_zero(number: Any) -> bool:
    return (
        number == 0 if isinstance(number, Fraction) else isinstance(number, Ball) and number.middle == number.error == 0
    )
