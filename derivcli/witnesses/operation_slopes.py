"""The symbolic slopes of a program at a point: sympy differentiates each operation, the chain rule joins the numbers.

What sympy says of an operation is the same for every program, so it is kept, as a machine that takes the operands. The
slopes by all variables come from one pass from the result back to them (see `proof.chain`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sympy import Symbol

from derivcli.language.program import Builder
from derivcli.language.tree import NUMBER, VARIABLE
from derivcli.witnesses.proof.chain import backward
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import ONE, UnprovedError
from derivcli.witnesses.reading import SympyReader
from derivcli.witnesses.sympy_functions import build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Instruction
    from derivcli.witnesses.proof.machine import Result
    from derivcli.witnesses.proof.numbers import Number

_KEPT = 1_000  # slopes of operations: few hundred functions, and powers with many exponents; some kilobytes each
_MOST_OPERANDS = 8  # but of a sum: the slopes of a product of n factors have n^2 parts
_ARITHMETIC = frozenset({"add", "mul", "neg", "div"})  # whose slopes are the same for any numbers


def symbolic_gradient(machine: BallMachine, values: Sequence[Result]) -> dict[str, Number | None]:
    """Return the symbolic slope by each variable that reaches the result of a program, None where there is none.

    `values` are the results at the point.
    """
    instructions = machine.program.instructions

    def slopes(_k: int, instruction: Instruction, _weight: Number, places: Sequence[int]) -> dict[int, Number | None]:
        op, args, _text = instruction
        if op == "add":
            return dict.fromkeys(places, ONE)
        if len(args) > _MOST_OPERANDS:
            raise UnprovedError
        texts = ("",) * len(args) if op in _ARITHMETIC else tuple([_text_of(instructions, arg) for arg in args])
        operands = dict(zip(_names(len(args)), [values[arg] for arg in args], strict=True))
        found = {place: _by_sympy(op, place, texts) for place in places}
        return {place: _at(slope, operands) for place, slope in found.items() if slope is not _NONE}

    return backward(machine, slopes)


def _at(slope: BallMachine | None, operands: Mapping[str, Result]) -> Number | None:
    """Return the slope of an operation at its operands."""
    found = None if slope is None else slope.values(operands)[-1]
    return None if isinstance(found, UnprovedError) else found


@cache
def _names(count: int) -> tuple[str, ...]:
    return tuple(f"a{k}" for k in range(count))


def _text_of(instructions: Sequence[Instruction], k: int) -> str:
    """Return the text of an operand that is a number, which may be negative; nothing for another one.

    x^3 has a slope at 0, x^y need not.
    """
    op, args, text = instructions[k]
    if op == "neg" and instructions[args[0]].op == NUMBER:
        return f"-{instructions[args[0]].text}"
    return text if op == NUMBER else ""


_NONE = BallMachine(Builder.of_number(Fraction(0)))  # the slope of what is constant, as where f jumps


@lru_cache(_KEPT)
def _by_sympy(op: str, place: int, texts: tuple[str, ...]) -> BallMachine | None:
    """Ask sympy for the slope of an operation by one operand; None where it has none in closed form.

    Operands that are numbers are known by their `texts`, the others are empty.
    """
    builder = Builder()
    names = _names(len(texts))
    operands = [
        builder.default(text) if text else builder.add(VARIABLE, text=name)
        for name, text in zip(names, texts, strict=True)
    ]
    operation = build(builder.build(builder.add(op, *operands)), evaluate=True)
    found = Builder()
    try:
        slope = found.build(SympyReader(found, tidy=True).read(operation.diff(Symbol(names[place], real=True))))
    except KeyError:
        return None
    return _NONE if slope == _NONE.program else BallMachine(slope)
