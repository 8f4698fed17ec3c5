"""The symbolic slopes of a program, operation by operation: sympy differentiates each, the chain rule joins them.

Sums and products of slopes stay as the chain rule makes them, which is right for numbers: nobody looks at the forms.
What sympy says of an operation is the same for every program, so it is kept. The slopes of all variables come from one
pass from the result back to them (A. Griewank and A. Walther, Evaluating Derivatives, 2nd edition, 2008, section 3.2).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sympy import Symbol

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Instruction, Program
from derivcli.language.tree import NUMBER, VARIABLE
from derivcli.witnesses.proof.glance import Joined
from derivcli.witnesses.reading import SympyReader
from derivcli.witnesses.sympy_functions import build

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 1_000  # slopes of operations: few hundred functions, and powers with many exponents; a kilobyte each
_MOST_OPERANDS = 8  # but of a sum: the slopes of a product of n factors have n^2 parts
_ARITHMETIC = frozenset({"add", "mul", "neg", "div"})  # whose slopes are the same for any numbers


def with_slopes(program: Program) -> Joined | None:
    """Return a program with the slope by each of its variables; None where sympy has no slope of an operation."""
    instructions = program.instructions
    moving = program.depends_on(program.variables)
    builder = Builder.after(program)
    weights = {len(instructions) - 1: builder.number("1")}
    for k in range(len(instructions) - 1, -1, -1):
        if instructions[k].op != VARIABLE and k in weights and moving[k]:
            shares = _shares(builder, weights.pop(k), instructions, k, moving)
            if shares is None:
                return None
            for arg, share in shares:
                weights[arg] = builder.add("add", weights[arg], share) if arg in weights else share
    zero = builder.number("0")
    roots = {i.text: weights.get(k, zero) for k, i in enumerate(instructions) if i.op == VARIABLE}
    return Joined(builder.everything(), roots)


def _shares(
    builder: Builder, weight: int, instructions: Sequence[Instruction], k: int, moving: Sequence[bool]
) -> list[tuple[int, int]] | None:
    """Return each operand that the slope of an instruction goes on to, and the weight of that times the slope."""
    op, args, _text = instructions[k]
    texts = ("",) * len(args) if op in _ARITHMETIC else tuple(_text_of(instructions, arg) for arg in args)
    found: list[tuple[int, int]] = []
    for place, arg in enumerate(args):
        local = _slope(op, place, texts) if moving[arg] else _NONE
        if local is None:
            return None
        if local is not _NONE:
            found.append((arg, weight if local is _OF_SUM else _times(builder, weight, local, args)))
    return found


def _times(builder: Builder, weight: int, local: Program, operands: Sequence[int]) -> int:
    """Return a weight times the slope of an operation at its operands."""
    slope = inline(builder, local, lambda _op: True, dict(zip(_names(len(operands)), operands, strict=True)))
    return slope if weight == builder.number("1") else builder.add("mul", weight, slope)


@cache
def _names(count: int) -> tuple[str, ...]:
    return tuple(f"a{k}" for k in range(count))


def _text_of(instructions: Sequence[Instruction], k: int) -> str:
    """Return the text of an operand that is a number, which may be negative; nothing for another one."""
    op, args, text = instructions[k]
    if op == "neg" and instructions[args[0]].op == NUMBER:
        return f"-{instructions[args[0]].text}"
    return text if op == NUMBER else ""


_NONE, _OF_SUM = (Program((Instruction(NUMBER, (), digit),)) for digit in "01")  # the slopes of constants, of sums


def _slope(op: str, place: int, texts: tuple[str, ...]) -> Program | None:
    """Return the slope of an operation by one operand, a program in the names of its operands.

    Operands that are numbers are known by their `texts`, the others are empty: x^3 has a slope at 0, x^y need not.
    """
    if op == "add":
        return _OF_SUM
    return _by_sympy(op, place, texts) if len(texts) <= _MOST_OPERANDS else None


@lru_cache(_KEPT)
def _by_sympy(op: str, place: int, texts: tuple[str, ...]) -> Program | None:
    """Ask sympy for it; None where it has none in closed form."""
    builder = Builder()
    names = _names(len(texts))
    operands = [
        builder.default(text) if text else builder.add(VARIABLE, text=name)
        for name, text in zip(names, texts, strict=True)
    ]
    operation = build(builder.build(builder.add(op, *operands)), evaluate=True)
    found = Builder()
    try:
        slope = found.build(SympyReader(found).read(operation.diff(Symbol(names[place], real=True))))
    except KeyError:
        return None
    return {_NONE: _NONE, _OF_SUM: _OF_SUM}.get(slope, slope)  # each of these is one object, which is known at once
