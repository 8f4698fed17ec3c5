"""A program on expansions of any kind: each instruction once. `walk` has the kind of germs, `across` that of jets.

A result is one of the kind, or the error that says why there is none.
"""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from derivcli.language.lowering import formula
from derivcli.language.tree import PIECEWISE, VARIABLE
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.machine import LOGIC, ORDER
from derivcli.witnesses.proof.numbers import UnprovedError, need

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Instruction, Program

R = TypeVar("R")


class UndecidedError(UnprovedError):
    """A comparison of two numbers, which are there for sure, holds or does not: which is open."""


class Expansions(Protocol[R]):
    """What instructions do to one kind of expansion; operands of what only decides may be errors."""

    def chosen(self, operands: Sequence[R | UnprovedError]) -> R | UnprovedError:
        """Return the branch of a `piecewise` that is taken."""

    def joined(self, op: str, operands: Sequence[R | UnprovedError]) -> R:
        """Return what conditions make together."""

    def compared(self, op: str, operands: Sequence[R], *, is_alike: bool) -> R:
        """Return whether a comparison holds; `is_alike`: of a part with itself."""

    def computed(self, instruction: Instruction, operands: Sequence[R]) -> R:
        """Return a constant, or a function of the operands."""


def run(
    instructions: Sequence[Instruction],
    coordinates: Mapping[str, R],
    known: Mapping[int, R | UnprovedError],
    kind: Expansions[R],
    until: float,
) -> list[R | UnprovedError]:
    """Return the result of every instruction; `known` are those that need not be looked at again."""
    results: list[R | UnprovedError] = []

    def result(instruction: Instruction) -> R | UnprovedError:
        op, args, text = instruction
        need(time.monotonic() < until)
        if op == VARIABLE:
            return coordinates[text]
        operands = [results[arg] for arg in args]
        if op == PIECEWISE:
            return kind.chosen(operands)
        if op in LOGIC:
            return kind.joined(op, operands)
        sure = no_errors(operands)
        if op in ORDER:
            return kind.compared(op, sure, is_alike=args[0] == args[1])
        return kind.computed(instruction, sure)

    for k, instruction in enumerate(instructions):
        results.append(known[k] if k in known else attempted(result, instruction))
    return results


# Functions that are others put together, as books define them.
FORMULAS = {
    "acos": "pi/2 - asin(x)",
    "cbrt": "root(x, 3)",
    "ceil": "-floor(-x)",
    "cosh": "(exp(x) + exp(-x))/2",
    "cot": "cos(x)/sin(x)",
    "expm1": "exp(x) - 1",
    "floordiv": "floor(x/y)",
    "log10": "log(x)/log(10)",
    "log1p": "log(1 + x)",
    "log2": "log(x)/log(2)",
    "mod": "x - y*floor(x/y)",
    "sigmoid": "1/(1 + exp(-x))",
    "sinc": "sin(x)/x",
    "sinh": "(exp(x) - exp(-x))/2",
    "softplus": "log(1 + exp(x))",
    "tan": "sin(x)/cos(x)",
    "tanh": "2*sigmoid(2*x) - 1",  # which has a limit where x grows without bound
}
_PARAMETERS = "x", "y"


@cache
def _formula(op: str) -> Program:
    return formula(FORMULAS[op], _PARAMETERS)


def by_formula(op: str, operands: Sequence[R], kind: Expansions[R]) -> R:
    """Return a function by its formula, in which nothing is chosen; the first error of a part is that of the whole."""
    given, results = dict(zip(_PARAMETERS, operands, strict=False)), list[R]()
    for instruction in _formula(op).instructions:
        op, args, text = instruction
        results.append(given[text] if op == VARIABLE else kind.computed(instruction, [results[arg] for arg in args]))
    return results[-1]


def attempted(make: Callable[..., R | UnprovedError], *args: Any) -> R | UnprovedError:
    """Return what is made, or the error that says why there is none; FLINT has its own, as `machine` knows."""
    try:
        return make(*args)
    except UnprovedError as why:
        return why
    except (ArithmeticError, AttributeError, TypeError, NotImplementedError) as error:
        return UnprovedError(error)


def no_errors(operands: Sequence[R | UnprovedError]) -> list[R]:
    """Return operands none of which is an error; else raise one: that there is no real value, before any other."""
    errors = [operand for operand in operands if isinstance(operand, UnprovedError)]
    if errors:
        raise min(errors, key=lambda why: (not isinstance(why, NoSideError), isinstance(why, UndecidedError)))
    return [operand for operand in operands if not isinstance(operand, UnprovedError)]
