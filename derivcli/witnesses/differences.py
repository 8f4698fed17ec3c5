"""Exact points near a point, and the finite differences of a program there, divided by powers of their steps.

The steps stay below every scale that the point and the numbers in the expression give.

The differences are those of Newton: `sum (-1)^(m-j) binomial(m, j) f(b + j*d) / d^m` over j = 0 ... m tends to the
m-th derivative at b as d tends to 0 (Abramowitz and Stegun, 25.1.1 and 25.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product
from math import comb, prod
from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp

from derivcli.witnesses import balls
from derivcli.witnesses.balls import Ball, Unknown
from derivcli.witnesses.extrapolation import FEW, RATIO, STEPS
from derivcli.witnesses.precise import Machine, compute
from derivcli.witnesses.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.language.program import Program

_FIRST_STEP_BITS = 66  # the first step is 1e-20 of the smallest scale
_SMALLEST_SCALE_BITS = 3200
_FACTORS = 2  # `sin(a/x)` turns over x^2/a: a product of two
_MORE_FACTORS = 8  # for a second look at what seems to be a kink
_DEEPER_BITS = 1100  # how far below the first look it is at least
_STEP_FACTOR = Fraction(97, 113)  # no round number
_GUARD_BITS = 160  # what is left of a quotient at the first precision tried
INNER_POWER = 8  # the inner steps are the outer ones to this power: far below the scale of x^4 or sin(1/x) near 0

Offset = dict[str, Fraction]


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


class Approach(NamedTuple):
    """Steps towards a point, and the precision in bits at which to start."""

    steps: tuple[Fraction, ...]
    bits: int

    def few(self) -> Approach:
        """Return the first steps alone: enough where f is known to be analytic."""
        return Approach(self.steps[:FEW], self.bits)

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

    def plan(self, factors: int = _FACTORS) -> Approach | None:
        """Return steps below the product of the smallest scales; None where no steps are small enough."""
        return self._below(-sum(self.spread[:factors]))

    def deeper(self) -> Approach | None:
        """Return much smaller steps."""
        return self._below(min(-sum(self.spread[:_MORE_FACTORS]), -sum(self.spread[:_FACTORS]) - _DEEPER_BITS))

    def _below(self, scale: int) -> Approach | None:
        if scale < -_SMALLEST_SCALE_BITS:
            return None
        first = _STEP_FACTOR * Fraction(2) ** (scale - _FIRST_STEP_BITS)
        steps = tuple(first * RATIO**k for k in range(STEPS))
        return Approach(steps, max(scale, self.largest) - scale + _FIRST_STEP_BITS + 17 * STEPS + _GUARD_BITS)


def _size(number: Any) -> int | None:
    """Return the binary magnitude of a number that is not 0 for sure, None for anything else."""
    if isinstance(number, bool) or not isinstance(number, (Fraction, Ball)):
        return None
    found = balls.ball(number)
    return None if found.holds_zero or not mp.isfinite(found.middle) else int(mp.mag(found.middle))


class Differences:
    """The differences of one program around one point. Values of f are kept as long as the precision is the same."""

    def __init__(self, machine: Machine, point: Point) -> None:
        self.program: Program = machine.program
        self._machine = machine
        self._point = point
        self._precision = 0
        self._centre: dict[str, Any] = {}
        self._at_centre: list[Any] = []
        self._known: dict[tuple[tuple[str, Fraction], ...], Any] = {}

    def one_sided(self, wrt: Sequence[str], sign: int, steps: Sequence[Fraction]) -> Samples:
        """Return the differences of f that start at the point itself, one for each step."""
        orders = {name: wrt.count(name) for name in wrt}
        return Samples(None, [self._difference({}, dict.fromkeys(orders, sign * h), orders) for h in steps], steps)

    def inner(self, inner: Sequence[str], last: str, sign: int, around: int, h: Fraction) -> Samples:
        """Return two approximations of the derivative by `inner`, at a point that is a step away along `last`.

        Their own steps are far smaller, and those of the second far smaller than those of the first; they go forward
        or backward as `around` says.
        """
        orders = {name: inner.count(name) for name in inner}
        small = [around * h**INNER_POWER, around * h ** (INNER_POWER + 1)]
        return Samples(
            None, [self._difference({last: sign * h}, dict.fromkeys(orders, d), orders) for d in small], small
        )

    def nested(self, inner: Sequence[str], last: str, sign: int, steps: Sequence[Fraction]) -> Samples:
        """Return the quotients, from each step to the next, of the derivative by `inner`, which is the centre.

        It is taken at the points that are a step away along `last`, by far smaller steps.
        """
        orders = {name: inner.count(name) for name in inner}
        small = [dict.fromkeys(orders, h**INNER_POWER) for h in steps]
        slopes = [self._difference({last: sign * h}, d, orders) for h, d in zip(steps, small, strict=True)]
        quotients = [
            _quotient(compute("add", [a, compute("neg", [b])]), sign * (h - k))
            for (a, h), (b, k) in pairwise(zip(slopes, steps, strict=True))
        ]
        return Samples(slopes, quotients, steps[1:])

    def _difference(self, base: Offset, steps: Offset, orders: Mapping[str, int]) -> Any:
        """Return the mixed difference at base, divided by the steps: an approximation of a derivative there."""
        terms = []
        for places in product(*(range(order + 1) for order in orders.values())):
            weight = prod((-1) ** (m - j) * comb(m, j) for m, j in zip(orders.values(), places, strict=True))
            moved = dict(base)
            for name, j in zip(orders, places, strict=True):
                moved[name] = moved.get(name, Fraction(0)) + j * steps[name]
            terms.append(compute("mul", [Fraction(weight), self._value(moved)]))
        unknown = next((term for term in terms if term is None or isinstance(term, Unknown)), 0)
        if unknown != 0:
            return unknown
        powers = (steps[name] ** order for name, order in orders.items())
        return _quotient(compute("add", terms), prod(powers, start=Fraction(1)))

    def _value(self, moved: Offset) -> Any:
        """Return f at the point, moved."""
        self._keep_up()
        key = tuple(sorted((name, offset) for name, offset in moved.items() if offset))
        if key not in self._known:
            at = {name: compute("add", [self._centre[name], offset]) for name, offset in key}
            dependent = self._machine.dependent(tuple(at))
            self._known[key] = self._machine.moved(self._at_centre, dependent, at)
        return self._known[key]

    def _keep_up(self) -> None:
        """Begin anew where the precision has changed."""
        if self._precision != mp.prec:
            self._precision = mp.prec
            self._known.clear()
            self._centre = {name: self._point.coordinate(name) for name in self.program.variables}
            self._at_centre = self._machine.values(self._centre)


def _quotient(number: Any, step: Fraction) -> Any:
    return compute("div", [number, step])
