"""Finite differences of higher order of a program, at exact points near a point, divided by powers of their steps.

The differences are those of Newton: `sum (-1)^(m-j) binomial(m, j) f(b + j*d) / d^m` over j = 0 ... m tends to the
m-th derivative at b as d tends to 0 (Abramowitz and Stegun, 25.1.1 and 25.3).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from math import comb, prod
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivcli.witnesses.balls import Unknown
from derivcli.witnesses.precise import compute
from derivcli.witnesses.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.precise import Machine
    from derivcli.witnesses.steps import Point

INNER_POWER = 8  # the inner steps are the outer ones to this power: far below the scale of x^4 or sin(1/x) near 0

Offset = dict[str, Fraction]


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
