"""The third witness: one-sided difference quotients of f itself, with many digits, straight from the syntax tree.

It knows neither sympy nor torch. The steps shrink geometrically, far below every scale that the point and the numbers
in the expression give; how the quotients behave on the way (see `extrapolation`) tells a slope from a corner, a cusp,
a jump or an oscillation.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivcli.witnesses import balls, evidence
from derivcli.witnesses.analytic import is_analytic
from derivcli.witnesses.balls import BEYOND, Ball, Unknown, last_resort
from derivcli.witnesses.differences import INNER_POWER, Approach, Differences, Leg, Path, Point, Scales
from derivcli.witnesses.evidence import Outcome, Reading, Sided, SlopeEvidence
from derivcli.witnesses.precise import LADDER, Machine, compute, settle
from derivcli.witnesses.samples import (
    Samples,
    analytic_limit_of,
    is_combination,
    limit_of,
    nearly_one_slope,
    nearly_the_same,
    one_slope,
    settled,
    slope_of,
    slope_of_slopes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Wrt

_MOST_BITS_DEEPER = 8_000
_MOST_BITS = 200_000
_DOUBLINGS = 5
_UNDECIDED = Sided(evidence.UNDECIDED, evidence.UNDECIDED)
_ZERO = SlopeEvidence(sides=Sided(evidence.ZERO, evidence.ZERO))


class Quotient:
    """The difference quotients of one program at one point; `order` is the highest that will be asked for."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program], order: int = 1) -> None:
        self._program = program
        self._order = order
        self._machine = Machine(program)
        self._point = Point(coordinates)
        self._coordinates = coordinates
        self._differences = Differences(self._machine, self._point)
        self._known: dict[Wrt, SlopeEvidence] = {}
        self._parts: dict[Program, Quotient] = {program: self}

    @cached_property
    def _scales(self) -> Scales:
        return Scales.seen(self._machine, self._point, tuple(self._coordinates))

    @cached_property
    def _plan(self) -> Approach | None:
        return self._scales.plan()

    @cached_property
    def _deeper(self) -> Approach | None:
        return self._scales.deeper()

    def value(self) -> Reading:
        """Return f at the point."""
        return settle(lambda: self._machine.values(self._point.coordinates())[-1])

    def takes_zero_to_the_zero(self) -> bool:
        """Tell whether 0^0 is on the way to f at the point: it is 1 by convention."""
        powers = [i.args for i in self._machine.program.instructions if i.op == "pow"]
        values = self._machine.values(self._point.coordinates()) if powers else []
        return any(_is_zero(values[base]) and _is_zero(values[exponent]) for base, exponent in powers)

    def slopes(self, wrt: Wrt) -> SlopeEvidence:
        """Return the one-sided derivatives by one variable, or those of higher order by several; each is kept."""
        key = tuple(sorted(wrt))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look(key)
        return known

    def _look(self, wrt: Wrt) -> SlopeEvidence:
        if not set(wrt) <= set(self._program.variables):
            return _ZERO
        if self.is_analytic:
            sides = self._among_analytic(wrt)
            if one_slope(sides):
                return SlopeEvidence(sides=sides)
            if len(wrt) > 1:
                return self._once_more(wrt)
        return self._first(wrt[0]) if len(wrt) == 1 else self._higher(wrt)

    @cached_property
    def is_analytic(self) -> bool:
        """True where f is analytic at the point for sure."""
        with mp.workprec(LADDER[0]):
            return is_analytic(self._machine.program, self._machine.values(self._point.coordinates()))

    def _among_analytic(self, wrt: Wrt) -> Sided:
        """Look at a derivative that exists for sure: few differences tell it."""
        part = self._holding(wrt)
        plan = None if self._plan is None else self._plan.few()
        return _ZERO.sides if part is None else self._pure(part, wrt, plan, analytic_limit_of)

    def _once_more(self, wrt: Wrt) -> SlopeEvidence:
        """Look at all steps where few did not do, and at far smaller ones."""
        part = self._holding(wrt)
        return _ZERO if part is None else self._twice(lambda plan: self._pure(part, wrt, plan, limit_of))

    def _holding(self, wrt: Wrt) -> Quotient | None:
        """Return the quotients of the terms that hold all the variables; None where there are none."""
        program = self._program
        for name in sorted(set(wrt)):
            program = program.terms_with(name)
        if not set(wrt) <= set(program.variables):  # the terms of one variable may have been all that held another
            return None
        if program not in self._parts:
            self._parts[program] = Quotient(program, {n: self._coordinates[n] for n in program.variables}, self._order)
        return self._parts[program]

    def _first(self, name: str) -> SlopeEvidence:
        """Look at a first derivative; terms without the variable cancel and are left out."""
        machine = Machine(self._program.terms_with(name))

        def look(plan: Approach | None) -> Sided:
            return Sided(*(self._along(machine, {name: Leg(Fraction(sign))}, sign, plan) for sign in (-1, 1)))

        return self._twice(look)

    def _higher(self, wrt: Wrt) -> SlopeEvidence:
        """Look at a derivative of order 2 or more, by each variable last, once all below it exist."""
        names = sorted(set(wrt))
        for name in names:
            below = self.slopes(_without(wrt, name))
            if not below.is_settled or not one_slope(below.sides):
                return below if below.lower is not None else replace(below, lower=_without(wrt, name))
        part = self._holding(wrt)
        return _ZERO if part is None else _agreed({name: self._last(part, wrt, name) for name in names})

    def _last(self, part: Quotient, wrt: Wrt, last: str) -> SlopeEvidence:
        """Return the one-sided derivatives of a part where `last` is what is differentiated by last."""
        if len(set(wrt)) == 1 and not part._differences.program.may_switch(last):
            return self._twice(lambda plan: self._pure(part, wrt, plan, limit_of))
        inner = _without(wrt, last)
        here = part.slopes(inner)
        if not here.is_settled or not one_slope(here.sides):
            part, here = self, self.slopes(inner)
        differences = part._differences
        for sign in (-1, 1):
            pair = Sided(*(self._inner(differences, inner, last, sign, around) for around in (-1, 1)))
            if not nearly_the_same(pair):
                return SlopeEvidence(sides=pair, lower=inner)
        return self._twice(lambda plan: self._nested(differences, inner, last, here.sides.left, plan))

    def _pure(
        self, part: Quotient, wrt: Wrt, plan: Approach | None, read: Callable[[Samples], Reading | None]
    ) -> Sided:
        """Take one-sided differences of a part itself: enough for one variable where no branch is chosen."""

        def side(sign: int) -> Reading:
            def sample(steps: Sequence[Fraction]) -> Samples:
                return part._differences.one_sided(wrt, sign, steps)

            # The precision of the highest order: then all orders share the values of f.
            order = len(wrt) if plan is self._deeper else max(len(wrt), self._order)
            return self._sure(sample, read, plan, order)

        return Sided(side(-1), side(1))

    def _inner(self, differences: Differences, inner: Wrt, last: str, sign: int, around: int) -> Reading:
        """Look at the derivative of the order below next to the point, from one side."""

        def sample(steps: Sequence[Fraction]) -> Samples:
            return differences.inner(inner, last, sign, around, steps[-1])

        return self._sure(sample, settled, self._plan, 1 + (INNER_POWER + 1) * len(inner))

    def _nested(self, differences: Differences, inner: Wrt, last: str, here: Reading, plan: Approach | None) -> Sided:
        """Take quotients of the derivative of the order below, which is `here` at the point itself."""
        alone = set(inner) == {last}  # a derivative takes every value between two of its own: it does not jump

        def side(sign: int) -> Reading:
            def sample(steps: Sequence[Fraction]) -> Samples:
                return differences.nested(inner, last, sign, steps)

            def read(samples: Samples) -> Reading | None:
                return slope_of_slopes(samples, here, sign, may_jump=not alone)

            return self._sure(sample, read, plan, 1 + INNER_POWER * len(inner))

        return Sided(side(-1), side(1))

    def broken_along(self, names: Sequence[str]) -> dict[str, Fraction] | None:
        """Return a direction in which the slope is not what the partial derivatives make it, if one is found."""
        slopes = {name: self.slopes((name,)).sides for name in names}
        if len(names) < 2 or self.is_analytic or not all(map(one_slope, slopes.values())):
            return None
        for direction in _directions(names):
            sides = Sided(*(self._slope_along(direction, sign) for sign in (-1, 1)))
            undecided = Outcome.UNDECIDED in (sides.left.outcome, sides.right.outcome)
            if not undecided and not is_combination(sides, direction, slopes):
                return direction
        return None

    def _slope_along(self, direction: Mapping[str, Fraction], sign: int) -> Reading:
        path = {name: Leg(pace * sign) for name, pace in direction.items()}
        return self._along(self._machine, path, sign, self._plan)

    def _along(self, machine: Machine, path: Path, sign: int, plan: Approach | None) -> Reading:
        return self._sure(lambda steps: self._samples(machine, path, steps), lambda s: slope_of(s, sign), plan)

    def _twice(self, look: Callable[[Approach | None], Sided]) -> SlopeEvidence:
        """Look at a slope; what seems to be a kink must be one at far smaller steps too: else a scale was hidden."""
        sides = look(self._plan)
        one_sided = Outcome.UNDEFINED in (sides.left.outcome, sides.right.outcome)
        if self._plan is None or one_sided or one_slope(sides):
            return SlopeEvidence(sides=sides)
        deeper = look(self._deeper)
        if Outcome.UNDECIDED not in (deeper.left.outcome, deeper.right.outcome):
            return SlopeEvidence(sides=deeper)
        return SlopeEvidence(sides=_UNDECIDED if nearly_one_slope(sides) else sides)

    def limits(self, path: Path) -> Sided:
        """Return the one-sided limits of f along a path, for a point where f is undefined."""
        return Sided(*(self._limit({name: leg.from_side(sign) for name, leg in path.items()}) for sign in (-1, 1)))

    def _limit(self, path: Path) -> Reading:
        return self._sure(lambda steps: self._samples(self._machine, path, steps), limit_of, self._plan)

    def _sure(
        self,
        sample: Callable[[Sequence[Fraction]], Samples],
        read: Callable[[Samples], Reading | None],
        plan: Approach | None,
        power: int = 1,
    ) -> Reading:
        """Read the samples at rising precision until they are sharp enough to be sure.

        `power` is that of the step by which the samples are divided.
        """
        if plan is None:
            return evidence.UNDECIDED
        start = plan.bits_for(power)
        for doubling in range(_DOUBLINGS):
            bits = start << doubling
            if bits > _MOST_BITS or (plan is self._deeper and bits > _MOST_BITS_DEEPER):
                return evidence.UNDECIDED
            with (
                mp.workprec(bits),
                last_resort() if doubling == _DOUBLINGS - 1 else nullcontext(),
            ):
                samples = sample(plan.steps)
                seen = (samples.centre, *samples.values)
                if BEYOND in seen:
                    return evidence.UNDECIDED
                found = None if any(isinstance(value, Unknown) for value in seen) else read(samples)
                if found is not None:
                    doubtful = doubling == _DOUBLINGS - 1 and balls.assumed()
                    return evidence.UNDECIDED if doubtful else found
        return evidence.UNDECIDED

    def _samples(self, machine: Machine, path: Path, steps: Sequence[Fraction]) -> Samples:
        centre = {name: self._point.coordinate(name) for name in machine.program.variables}
        values = machine.values(centre)
        dependent = machine.dependent(tuple(path))
        moved = [
            machine.moved(values, dependent, {n: compute("add", [centre[n], leg.at(h)]) for n, leg in path.items()})
            for h in steps
        ]
        return Samples(values[-1], moved, steps)


def _without(wrt: Wrt, name: str) -> Wrt:
    """Return what is left when one differentiation by a variable is taken off."""
    place = wrt.index(name)
    return wrt[:place] + wrt[place + 1 :]


def _agreed(found: Mapping[str, SlopeEvidence]) -> SlopeEvidence:
    """Return what all orders of differentiation give: the first that gives no number, or that gives another one."""
    unclear = [slope for slope in found.values() if slope.lower is not None or not one_slope(slope.sides)]
    if unclear:
        return min(unclear, key=lambda slope: slope.lower is not None)
    (name, first), *others = found.items()
    for other, slope in others:
        if not one_slope(Sided(first.sides.left, slope.sides.left)):
            return replace(first, other=slope.sides.left, lasts=(name, other))
    return first


def _directions(names: Sequence[str]) -> Iterator[dict[str, Fraction]]:
    """Yield a few directions between the axes."""
    yield dict.fromkeys(names, Fraction(1))
    yield {name: Fraction(-1 if k % 2 else 1) for k, name in enumerate(names)}
    for order in (names, names[::-1]):
        yield {name: Fraction(5, 7) ** k for k, name in enumerate(order)}


def _is_zero(number: Any) -> bool:
    return (
        number == 0 if isinstance(number, Fraction) else isinstance(number, Ball) and number.middle == number.error == 0
    )
