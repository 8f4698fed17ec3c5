"""What torch makes of every part of an expression, and of one operation on numbers that it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivcli.language.lowering import compile_tree
from derivcli.language.program import FLOAT, Instruction, Program
from derivcli.language.tree import CONDITIONS, NUMBER, VARIABLE, Node
from derivcli.witnesses import autograd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.witnesses.evidence import Reading

Number = tuple[float, dict[str, Any]]


class Replay:
    """torch's numbers at a point, part by part."""

    def __init__(self, program: Program, point: Mapping[str, float], names: Sequence[str]) -> None:
        self._program = program
        self._point = point
        self._names = names
        self._known: dict[int, Number] = {}

    def part(self, index: int) -> Number:
        """Return the value of an instruction (true is 1) and its slopes."""
        if index not in self._known:
            value, slopes = autograd.partials(self._program.part(index), self._point, self._names)
            self._known[index] = float(value), slopes
        return self._known[index]


def step(node: Node, operands: Sequence[float]) -> tuple[float, list[float | None]]:
    """Return the value of one operation on given numbers, and its partial derivatives in all of them."""
    named = {f"a{k}": operand for k, operand in enumerate(operands)}
    free = tuple(name for name, arg in zip(named, node.args, strict=True) if arg.op not in _LITERAL)
    value, slopes = autograd.partials(_alone(node), named, free)
    return float(value), [slopes.get(name, 0.0) for name in named]


def with_constants(program: Program, values: Sequence[Reading]) -> Program:
    """Return the program with the nearest float64 in the place of every constant, as `folding` has it."""
    constant: list[bool] = []
    instructions: list[Instruction] = []
    for (op, args, text), reading in zip(program.instructions, values, strict=True):
        constant.append(op not in _NEVER and all(constant[arg] for arg in args))
        nearest = reading.as_float() if constant[-1] else None
        folded = None if nearest is None else Instruction(FLOAT, (), repr(nearest))
        instructions.append(folded or Instruction(op, args, text))
    return Program(tuple(instructions))


_NEVER = CONDITIONS | {VARIABLE, "undefined"}
_LITERAL = frozenset({NUMBER, FLOAT, "pi", "e", "inf", "tau"})


def _alone(node: Node) -> Program:
    """Return the program of one operation on variables; literals stay, for they choose how it is computed."""
    operands = (arg if arg.op in _LITERAL else Node(VARIABLE, text=f"a{k}") for k, arg in enumerate(node.args))
    return compile_tree(Node(node.op, tuple(operands), node.text))
