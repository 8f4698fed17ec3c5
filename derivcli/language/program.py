"""The flat program: one instruction for each distinct sub-expression, operands first.

It is the form in which every function travels: to torch, to mpmath, and between processes (`to_json`). The core
operations are listed in `CORE`; every other operation is a function of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from derivcli.language import catalogue
from derivcli.language.numbers import exact, literal
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FLOAT = "float"  # a folded constant: its text is the repr of a float64
UNDEFINED = "undefined"  # the value of a piecewise function where no condition holds

CORE = frozenset(
    {NUMBER, VARIABLE, FLOAT, UNDEFINED, PIECEWISE, "pi", "e", "inf", "true", "false"}
    | {"add", "mul", "neg", "div", "pow", "and", "or", "not", *COMPARISONS}
)


class Instruction(NamedTuple):
    """An operation on the results of earlier instructions; `text` is a literal or a variable's name."""

    op: str
    args: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions in an order in which each stands after its operands; the last one is the result."""

    instructions: tuple[Instruction, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables it reads."""
        return tuple(i.text for i in self.instructions if i.op == VARIABLE)

    def depends_on(self, names: Iterable[str]) -> tuple[bool, ...]:
        """Tell for each instruction whether its result depends on any of the variables."""
        wanted = frozenset(names)
        found: list[bool] = []
        for op, args, text in self.instructions:
            found.append(text in wanted if op == VARIABLE else any(found[arg] for arg in args))
        return tuple(found)

    def may_switch(self, name: str) -> bool:
        """Tell whether something with a kink, a jump or a condition depends on a variable."""
        depends = self.depends_on((name,))
        return any(found and _switches(i.op) for found, i in zip(depends, self.instructions, strict=True))

    def lacks_slope(self, name: str) -> bool:
        """Tell whether a variable reaches a parameter by which a function has no derivative in closed form."""
        depends = self.depends_on((name,))
        return any(
            any(depends[arg] and slope is None for arg, slope in zip(args, _partials(op), strict=False))
            for op, args, _text in self.instructions
        )

    def terms_with(self, name: str) -> Program:
        """Return the program without those terms of a sum that do not depend on a variable."""
        depends = self.depends_on((name,))
        op, args, _text = self.instructions[-1]
        kept = tuple(arg for arg in args if depends[arg])
        if op != "add" or len(kept) in (0, len(args)):
            return self
        if len(kept) == 1:
            return self.part(kept[0])
        shortened = (*self.instructions[:-1], Instruction(op, kept))
        return Program(shortened).part(len(shortened) - 1)

    def part(self, index: int) -> Program:
        """Return the program of one of the instructions."""
        return Program(_canonical(self.instructions, index))

    def to_json(self) -> list[list[Any]]:
        """Return plain lists."""
        return [[op, list(args), text] for op, args, text in self.instructions]

    @classmethod
    def from_json(cls, data: list[list[Any]]) -> Program:
        """Read back what `to_json` gave."""
        return cls(tuple(Instruction(op, tuple(args), text) for op, args, text in data))


class Builder:
    """Collects instructions; an equal one is stored once."""

    def __init__(self) -> None:
        self._index: dict[Instruction, int] = {}
        self._instructions: list[Instruction] = []

    def add(self, op: str, *args: int, text: str = "") -> int:
        """Return the index of an instruction, new or known."""
        instruction = Instruction(op, args, text)
        index = self._index.get(instruction)
        if index is None:
            index = self._index[instruction] = len(self._instructions)
            self._instructions.append(instruction)
        return index

    def number(self, text: str) -> int:
        """Return the index of a number, in its canonical spelling."""
        return self.add(NUMBER, text=literal(exact(text)) or text)

    def default(self, text: str) -> int:
        """Return the index of a number that may be negative."""
        number = self.number(text.lstrip("-"))
        return self.add("neg", number) if text.startswith("-") else number

    def power(self, base: int, exponent: int) -> int:
        """Return the index of a power: `e^x` is exp(x) and `x^0.5` is sqrt(x), which round better."""
        if self._instructions[base].op == "e":
            return self.add("exp", exponent)
        if self._instructions[exponent] == Instruction(NUMBER, (), "0.5"):
            return self.add("sqrt", base)
        return self.add("pow", base, exponent)

    def build(self, result: int) -> Program:
        """Return the program of one of the instructions."""
        return Program(_canonical(self._instructions, result))

    def everything(self) -> Program:
        """Return the program of all instructions, in the order in which they came."""
        return Program(tuple(self._instructions))


def _partials(op: str) -> tuple[str | None, ...]:
    row = catalogue.FUNCTIONS.get(op)
    return row.partials if row else ()


def _switches(op: str) -> bool:
    row = catalogue.FUNCTIONS.get(op)
    return op == PIECEWISE or (row is not None and not row.smooth)


def _canonical(instructions: Sequence[Instruction], result: int) -> tuple[Instruction, ...]:
    """Keep what the result needs, numbered in the order in which a reader meets it, operands first."""
    renumbered: dict[int, int] = {}
    stack = [(result, False)]
    while stack:
        index, ready = stack.pop()
        if index in renumbered:
            continue
        if ready:
            renumbered[index] = len(renumbered)
        else:
            stack.append((index, True))
            stack.extend((arg, False) for arg in reversed(instructions[index].args))
    return tuple(
        Instruction(op, tuple(renumbered[arg] for arg in args), text)
        for op, args, text in (instructions[index] for index in renumbered)
    )
