"""A function of one variable on an interval: a ball that holds its values, and one that holds its slopes.

A value is that of the machine. The slope is found forward, by the chain rule (R. E. Moore, Interval Analysis, 1966,
chapter 11): the slopes of a function by its operands are the formulas of the catalogue, evaluated in balls. Where a
kink lies inside the interval, the ball holds the slopes of both sides and all between them, so that the mean value
theorem still holds: f(x) - f(y) is a slope of the ball times x - y.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.language import catalogue
from derivcli.language.lowering import formula
from derivcli.language.tree import COMPARISONS, PIECEWISE, VARIABLE
from derivcli.witnesses.proof.functions.arithmetic import divide, total
from derivcli.witnesses.proof.machine import LOGIC, BallMachine, compute, number
from derivcli.witnesses.proof.numbers import ONE, ZERO, BlurredError, Number, UnprovedError, ball, checked, real, sign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.machine import Result

Both = tuple[Number, Number | None]  # a value, and a slope where one is known


class Sloped:
    """A program in which one variable runs; `held` are the values of the others, at the current precision."""

    def __init__(self, program: Program, name: str, held: Mapping[str, Number]) -> None:
        self._machine = BallMachine(program)
        self._name = name
        self._held = held
        self._moves = self._machine.program.depends_on((name,))

    def value(self, x: Number) -> Number:
        """Return what holds f at every point of a ball; raises `UnprovedError` where it may have no value."""
        return number(self._machine.values({**self._held, self._name: x})[-1])

    def both(self, x: Number) -> Both:
        """Return what holds f and its slope at every point of a ball; raises as `value` does."""
        values = self._machine.values({**self._held, self._name: x})
        found = number(values[-1])
        slopes: list[Number | None] = []
        for k, (op, args, text) in enumerate(self._machine.program.instructions):
            if op == VARIABLE:
                slopes.append(ONE if text == self._name else ZERO)
            elif not self._moves[k] or op in LOGIC or op in COMPARISONS:
                slopes.append(ZERO)
            else:
                slopes.append(_slope(op, [values[a] for a in args], [slopes[a] for a in args], values[k]))
        return found, slopes[-1]


def _slope(op: str, args: Sequence[Result], slopes: Sequence[Number | None], here: Result) -> Number | None:
    """Return the slope of an instruction by those of its operands; None where it is not known."""
    try:
        if op == PIECEWISE:
            return slopes[_taken(args)]
        if isinstance(here, UnprovedError) or any(slope is None for slope in slopes):
            return None
        operands = [number(arg) for arg in args]
        rule = _RULES.get(op)
        return checked(rule(operands, slopes, here) if rule else _chained(op, operands, slopes))
    except UnprovedError:
        return None


def _taken(args: Sequence[Result]) -> int:
    """Return the place of the branch that is taken."""
    for k in range(1, len(args), 2):
        if number(args[k]):
            return k - 1
    return len(args) - 1


def _chained(op: str, operands: Sequence[Number], slopes: Sequence[Number]) -> Number:
    """Return the slope of a function of the catalogue by its formulas."""
    found: Number = ZERO
    for k, slope in enumerate(slopes):
        if not (isinstance(slope, fmpq) and slope == 0):
            found += slope * _partial(op, k, operands)
    return found


def _partial(op: str, place: int, operands: Sequence[Number]) -> Number:
    row = catalogue.FUNCTIONS[op]
    text = row.partials[place] if place < len(row.partials) else None
    if text is None:
        raise UnprovedError
    machine = _machine_of(text, row.parameters)
    return number(machine.values(dict(zip(row.parameters, operands, strict=False)))[-1])


@cache
def _machine_of(text: str, parameters: tuple[str, ...]) -> BallMachine:
    return BallMachine(formula(text, parameters))


def _product(factors: Sequence[Number], slopes: Sequence[Number], _here: Number) -> Number:
    found, slope = factors[0], slopes[0]
    for factor, its_slope in zip(factors[1:], slopes[1:], strict=True):
        found, slope = found * factor, slope * factor + found * its_slope
    return slope


def _quotient(operands: Sequence[Number], slopes: Sequence[Number], here: Number) -> Number:
    return divide(slopes[0] - here * slopes[1], operands[1])


def _power(operands: Sequence[Number], slopes: Sequence[Number], here: Number) -> Number:
    (base, exponent), (of_base, of_exponent) = operands, slopes
    found: Number = ZERO
    if not (isinstance(of_base, fmpq) and of_base == 0):
        found += exponent * compute("pow", (base, exponent - 1)) * of_base
    if not (isinstance(of_exponent, fmpq) and of_exponent == 0):
        found += here * compute("log", (base,)) * of_exponent
    return found


def _absolute(operands: Sequence[Number], slopes: Sequence[Number], _here: Number) -> Number:
    try:
        return slopes[0] * sign(operands[0])
    except BlurredError:
        return ball(slopes[0]) * arb(0, 1)


def _extreme(op: str, way: int) -> Callable[[Sequence[Number], Sequence[Number], Number], Number]:
    def rule(operands: Sequence[Number], slopes: Sequence[Number], _here: Number) -> Number:
        best, slope = operands[0], slopes[0]
        for other, its_slope in zip(operands[1:], slopes[1:], strict=True):
            try:
                slope = its_slope if sign(other - best) == way else slope
            except BlurredError:
                slope = real(slope).union(real(its_slope))
            best = compute(op, (best, other))
        return slope

    return rule


_RULES: dict[str, Callable[[Sequence[Number], Sequence[Number], Number], Number]] = {
    "add": lambda _operands, slopes, _here: total(*slopes),
    "neg": lambda _operands, slopes, _here: -slopes[0],
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "abs": _absolute,
    "max": _extreme("max", 1),
    "min": _extreme("min", -1),
}
