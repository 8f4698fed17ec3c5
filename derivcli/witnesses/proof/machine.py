"""A program on rationals, balls and boxes: each instruction once, at the current precision of FLINT.

A result is a number, a truth value, or the error that says why there is none: a branch that is not taken may have none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.lowering import expand, expand_all
from derivcli.language.program import FLOAT, UNDEFINED, Program
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses.proof.functions import RULES
from derivcli.witnesses.proof.numbers import (
    BlurredError,
    Number,
    OutsideError,
    UnprovedError,
    checked,
    is_complex,
    sign,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.language.program import Instruction

Result = Number | bool | UnprovedError
Step = Callable[["Sequence[Result]", Mapping[str, Result]], Result]  # of the results before it, and of the coordinates
Function = Callable[[Mapping[Any, Number]], Number]  # of some coordinates, by their names; raises `UnprovedError`

_LEAVES: dict[str, Callable[[], Number]] = {"pi": arb.pi, "e": lambda: arb(1).exp()}
ORDER: dict[str, Callable[[int], bool]] = {
    "eq": lambda way: way == 0,
    "ne": lambda way: way != 0,
    "lt": lambda way: way < 0,
    "gt": lambda way: way > 0,
    "le": lambda way: way <= 0,
    "ge": lambda way: way >= 0,
}
DECIDING = {"and": False, "or": True}  # an operand that decides, whatever the others are, or whether they exist
LOGIC: dict[str, Callable[..., bool]] = {
    "and": lambda *args: all(args),
    "or": lambda *args: any(args),
    "not": lambda arg: not arg,
    "true": lambda: True,
    "false": lambda: False,
}


class BallMachine:
    """Evaluates a program, functions without a rule of their own by their definitions."""

    def __init__(self, program: Program) -> None:
        self.program = self._written_out(program)
        self._dependent: dict[frozenset[str], list[int]] = {}

    def _written_out(self, program: Program) -> Program:
        return expand(program, RULES.__contains__)

    @cached_property
    def _steps(self) -> list[Step]:
        return [*map(_step, self.program.instructions)]

    def values(self, point: Mapping[str, Result]) -> list[Result]:
        """Return the result of every instruction at a point."""
        values: list[Result] = []
        for step in self._steps:
            values.append(step(values, point))
        return values

    @cached_property
    def moving(self) -> tuple[bool, ...]:
        """Whether any variable reaches each instruction."""
        return self.program.depends_on(self.program.variables)

    @cached_property
    def backward(self) -> list[tuple[int, Instruction, list[int]]]:
        """The operations that any variable reaches, last ones first, each with the places of the operands that move."""
        moving = self.moving
        return [
            (k, i, [place for place, arg in enumerate(i.args) if moving[arg]])
            for k, i in reversed([*enumerate(self.program.instructions)])
            if moving[k] and i.op != VARIABLE
        ]

    @cached_property
    def powers(self) -> list[tuple[int, ...]]:
        """The places of the base and the exponent of each power."""
        return [args for op, args, _text in self.program.instructions if op == "pow"]

    def takes_zero_to_the_zero(self, values: Sequence[Result]) -> bool | None:
        """Tell whether 0^0 is on the way to results, which is 1 by convention; None where that is open."""
        if any(all(values[arg] == 0 for arg in args) for args in self.powers):
            return True
        return False if all(any(_is_not_zero(values[arg]) for arg in args) for args in self.powers) else None

    def moved(self, values: Sequence[Result], point: Mapping[str, Result]) -> list[Result]:
        """Return all results where the coordinates in `point` are others than those that gave `values`."""
        moved = list(values)
        self.fill(moved, self._depends_on(frozenset(point)), point)
        return moved

    def fill(self, values: list[Result], places: Iterable[int], point: Mapping[str, Result]) -> None:
        """Put the results of the instructions in some places among those that they need."""
        steps = self._steps
        for k in places:
            values[k] = steps[k](values, point)

    def function(self, values: Sequence[Result]) -> Function:
        """Return f as a function of the coordinates that move away from where the results are these."""
        return lambda point: number(self.moved(values, point)[-1])

    def _depends_on(self, names: frozenset[str]) -> list[int]:
        if names not in self._dependent:
            self._dependent[names] = [k for k, moves in enumerate(self.program.depends_on(names)) if moves]
        return self._dependent[names]


class MachineOfParts(BallMachine):
    """Evaluates a program all of whose instructions count; `places` says where the result of each one stands."""

    def _written_out(self, program: Program) -> Program:
        found, self.places = expand_all(program, RULES.__contains__)
        return found


def _step(instruction: Instruction) -> Step:
    """Return what an instruction does, looked up once: a machine runs at thousands of points."""
    op, args, text = instruction
    if op == VARIABLE:
        return lambda _values, point: point[text]
    if op in (NUMBER, FLOAT):
        known = written(text) if op == NUMBER else fmpq(*float(text).as_integer_ratio())
        return lambda _values, _point: known
    if op in _LEAVES:
        leaf = _LEAVES[op]
        return lambda _values, _point: leaf()
    return _deciding(op, args) if op in _DECIDED else _computing(op, args)


def _computing(op: str, args: tuple[int, ...]) -> Step:
    def step(values: Sequence[Result], _point: Mapping[str, Result]) -> Result:
        operands = []
        for arg in args:
            operand = values[arg]
            if isinstance(operand, UnprovedError):
                return operand
            operands.append(operand)
        try:
            return compute(op, operands)
        except UnprovedError as why:
            return why

    return step


def _deciding(op: str, args: tuple[int, ...]) -> Step:
    decide = _DECIDED[op]

    def step(values: Sequence[Result], _point: Mapping[str, Result]) -> Result:
        try:
            return decide(op, args, [values[arg] for arg in args])
        except UnprovedError as why:
            return why

    return step


def _compared(op: str, args: tuple[int, ...], operands: Sequence[Result]) -> bool:
    first, second = map(number, operands)
    return ORDER[op](0 if args[0] == args[1] else sign(first - second))


def _joined(op: str, _args: tuple[int, ...], operands: Sequence[Result]) -> bool:
    if op in DECIDING and any(operand is DECIDING[op] for operand in operands):
        return DECIDING[op]
    if any(isinstance(operand, UnprovedError) for operand in operands):
        raise UnprovedError  # another operand may decide
    return LOGIC[op](*operands)


def _chosen(_op: str, _args: tuple[int, ...], operands: Sequence[Result]) -> Result:
    """Return the first value whose condition holds; all conditions before it are known not to hold."""
    for value, condition in zip(operands[:-1:2], operands[1::2], strict=True):
        if isinstance(condition, UnprovedError):
            raise condition
        if condition:
            return value
    return operands[-1]


# What decides instead of computing: an operand of these may be without a value.
_DECIDED: dict[str, Callable[..., Result]] = {
    PIECEWISE: _chosen,
    **dict.fromkeys(COMPARISONS, _compared),
    **dict.fromkeys(LOGIC, _joined),
}


def compute(op: str, operands: Sequence[Number]) -> Number:
    """Return the result of an operation with a rule; raises `UnprovedError` where there is none for sure."""
    rule = RULES.get(op)
    if rule is None:  # infinity, which germs know (see `germs.infinite`), or no number at all
        raise OutsideError if op == UNDEFINED else UnprovedError
    try:
        return checked(rule(*operands))
    except (BlurredError, OutsideError):
        raise
    except UnprovedError as why:
        if _is_outside(op, operands):
            raise OutsideError from why
        raise
    except (ArithmeticError, AttributeError, TypeError, NotImplementedError) as error:
        raise UnprovedError from error


def _is_outside(op: str, operands: Sequence[Number]) -> bool:
    """Tell whether the formula of a function's domain does not hold, for sure."""
    formula = None if is_complex(*operands) else _domain(op)
    if formula is None:
        return False
    machine, parameters = formula
    found = machine.values(dict(zip(parameters, operands, strict=False)))[-1]  # log(x) is without its base
    return not isinstance(found, UnprovedError) and found == 0


@cache
def _domain(op: str) -> tuple[BallMachine, tuple[str, ...]] | None:
    row = catalogue.FUNCTIONS.get(op)
    program = domain(op) if row else None
    return (BallMachine(program), row.parameters) if row and program else None


def number(result: Result) -> Number:
    """Return a result that is a number; raise the error of one that is none."""
    if isinstance(result, UnprovedError):
        raise result
    return result


def _is_not_zero(result: Result) -> bool:
    """Tell whether a result is a number other than 0, for sure."""
    return not isinstance(result, (bool, UnprovedError)) and bool(result != 0)
