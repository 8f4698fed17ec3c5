"""Constant subtrees -> float64, each computed with many digits and rounded once.

An integer in the result is exact: what only rounds to one is left as it is.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from derivcli.language.program import FLOAT, UNDEFINED, Builder, Instruction, Program
from derivcli.language.tree import CONDITIONS, NUMBER, VARIABLE
from derivcli.witnesses.evidence import ARITHMETIC
from derivcli.witnesses.many_digits import constant

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 1_000  # literals: the few that people write come again and again
_NEVER = CONDITIONS | {VARIABLE, UNDEFINED}


def fold(program: Program) -> Program:
    """Return the program with every constant that has a real value replaced by its nearest float64."""
    instructions = program.instructions
    numbers = {index: _nearest(program, index) for index in _outermost(instructions, _constants(instructions))}
    floats = {index: Instruction(FLOAT, (), repr(number)) for index, number in numbers.items() if number is not None}
    found = Program(tuple(floats.get(index, instruction) for index, instruction in enumerate(instructions)))
    is_computed = any(instructions[index].args for index in floats)  # then its parts are needed no more
    return Builder.after(found).build(len(instructions) - 1) if is_computed else found


def _constants(instructions: Sequence[Instruction]) -> list[bool]:
    constant: list[bool] = []
    for op, args, _text in instructions:
        constant.append(op not in _NEVER and all(constant[arg] for arg in args))
    return constant


def _outermost(instructions: Sequence[Instruction], constant: Sequence[bool]) -> set[int]:
    """Return the constants that something other than a constant uses, or that are the result."""
    used = {arg for index, i in enumerate(instructions) if not constant[index] for arg in i.args}
    return {index for index in (*used, len(instructions) - 1) if constant[index]}


def _nearest(program: Program, index: int) -> float | None:
    """Return the nearest float64 of a constant; None where that is an integer and the constant is none."""
    op, _args, text = program.instructions[index]
    if op == NUMBER:
        return _nearest_literal(text)
    reading = constant(program.part(index))
    nearest, number = reading.as_float(), reading.number
    if nearest is None or number is None:
        return nearest
    return _unless_rounded(nearest, number, Decimal(reading.error))


@lru_cache(_KEPT)
def _nearest_literal(text: str) -> float | None:
    return _unless_rounded(float(text), Decimal(text), Decimal(0))


def _unless_rounded(nearest: float, number: Decimal, error: Decimal) -> float | None:
    apart = ARITHMETIC.abs(ARITHMETIC.subtract(number, Decimal(nearest)))
    return None if nearest.is_integer() and apart > error else nearest
