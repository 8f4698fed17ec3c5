"""The flat program: one instruction for each distinct sub-expression, operands first.

It is the form in which every function travels: to torch, to balls, and between processes. The core
operations are listed in `CORE`; every other operation is a function of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from derivcli.language import catalogue
from derivcli.language.numbers import canonical
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.model.codec import Coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

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
class Program(Coded):
    """Instructions in an order in which each stands after its operands; the last one is the result."""

    instructions: tuple[Instruction, ...]
    _reach: Reach | None = field(default=None, init=False, compare=False, repr=False)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables it reads."""
        return tuple(i.text for i in self.instructions if i.op == VARIABLE)

    @property
    def literal(self) -> str | None:
        """The text of a program that is a number, perhaps a negative one, and nothing else."""
        (op, _args, text), *others = self.instructions
        if op != NUMBER or [other.op for other in others] not in ([], ["neg"]):
            return None
        return f"-{text}" if others else text

    @property
    def is_whole(self) -> bool:
        """Whether each of the instructions is needed for the result."""
        needed = {arg for i in self.instructions for arg in i.args}
        return len(needed) == len(self.instructions) - 1

    def depends_on(self, names: Iterable[str]) -> tuple[bool, ...]:
        """Tell for each instruction whether its result depends on any of the variables."""
        wanted = frozenset(names)
        found: list[bool] = []
        for op, args, text in self.instructions:
            moves = op == VARIABLE and text in wanted
            for arg in args:
                moves = moves or found[arg]
            found.append(moves)
        return tuple(found)

    @property
    def reach(self) -> Reach:
        """How far each variable reaches, found for all of them at once when it is first asked for."""
        if self._reach is None:
            object.__setattr__(self, "_reach", Reach(self.instructions))
        assert self._reach is not None  # noqa: S101 - just made
        return self._reach

    def may_switch(self, name: str) -> bool:
        """Tell whether something with a kink, a jump or a condition depends on a variable."""
        return name in self.reach.switching

    def lacks_slope(self, name: str) -> bool:
        """Tell whether a variable reaches a parameter by which a function has no derivative in closed form."""
        return name in self.reach.lacking

    def terms_with(self, name: str) -> Program:
        """Return the program without those terms of a sum that do not depend on a variable."""
        op, args, _text = self.instructions[-1]
        kept = self.reach.terms.get(name, ()) if op == "add" else ()
        if len(kept) in (0, len(args)):
            return self
        if len(kept) == 1:
            return self.part(kept[0])
        return Program(_canonical(self.instructions, *kept, top=op))

    def part(self, index: int) -> Program:
        """Return the program of one of the instructions."""
        return Program(_canonical(self.instructions, index))

    def to_dict(self) -> dict[str, Any]:
        """Return the instructions as they are, of which JSON makes lists: there may be a hundred thousand to walk."""
        return {"instructions": self.instructions}

    to_brief = to_dict

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Program:
        """Read back what `to_dict` gave."""
        return cls(tuple(Instruction(op, tuple(args), text) for op, args, text in data["instructions"]))


class Reach:
    """Which variables reach which instructions, for all variables in one pass: a set is the bits of an integer."""

    def __init__(self, instructions: Sequence[Instruction]) -> None:
        self._instructions = instructions
        self._names = tuple(dict.fromkeys(i.text for i in instructions if i.op == VARIABLE))
        bits = {name: 1 << place for place, name in enumerate(self._names)}
        self._sets: list[int] = []
        for op, args, text in instructions:
            self._sets.append(bits[text] if op == VARIABLE else self._union(args))

    @cached_property
    def terms(self) -> dict[str, tuple[int, ...]]:
        """The operands of the result that each variable reaches."""
        found: dict[str, list[int]] = {name: [] for name in self._names}
        for arg in self._instructions[-1].args:
            for name in self._members(self._sets[arg]):
                found[name].append(arg)
        return {name: tuple(args) for name, args in found.items()}

    @cached_property
    def switching(self) -> frozenset[str]:
        """The variables that something with a kink, a jump or a condition depends on."""
        return frozenset(self._members(self._union(k for k, i in enumerate(self._instructions) if _switches(i.op))))

    @cached_property
    def lacking(self) -> frozenset[str]:
        """The variables that reach a parameter by which a function has no derivative in closed form."""
        found = (
            arg
            for op, args, _text in self._instructions
            for arg, slope in zip(args, _partials(op), strict=False)
            if slope is None
        )
        return frozenset(self._members(self._union(found)))

    def _union(self, indices: Iterable[int]) -> int:
        return reduce(or_, (self._sets[index] for index in indices), 0)

    def _members(self, found: int) -> Iterator[str]:
        while found:
            place = found.bit_length() - 1
            found ^= 1 << place
            yield self._names[place]


class Builder:
    """Collects instructions; an equal one is stored once."""

    def __init__(self) -> None:
        self._index: dict[Instruction, int] = {}
        self._instructions: list[Instruction] = []

    def add(self, op: str, *args: int, text: str = "") -> int:
        """Return the index of an instruction that is made of its parts."""
        return self.put(Instruction(op, args, text))

    def put(self, instruction: Instruction) -> int:
        """Return the index of an instruction, new or known."""
        index = self._index.setdefault(instruction, len(self._instructions))
        if index == len(self._instructions):
            self._instructions.append(instruction)
        return index

    def number(self, text: str) -> int:
        """Return the index of a number, in its canonical spelling."""
        return self.add(NUMBER, text=canonical(text))

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

    @classmethod
    def after(cls, program: Program) -> Builder:
        """Return a builder that goes on after the instructions of a program."""
        builder = cls()
        builder._instructions = [*program.instructions]
        builder._index = {instruction: index for index, instruction in enumerate(builder._instructions)}
        return builder

    @classmethod
    def of_number(cls, value: Fraction) -> Program:
        """Return the program of an exact number: a whole one, or a quotient of two."""
        builder = cls()
        above, below = (builder.number(str(part)) for part in (abs(value.numerator), value.denominator))
        found = above if value.denominator == 1 else builder.add("div", above, below)
        return builder.build(builder.add("neg", found) if value < 0 else found)

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


def _canonical(instructions: Sequence[Instruction], *results: int, top: str = "") -> tuple[Instruction, ...]:
    """Keep what the results need, numbered in the order in which a reader meets it, operands first.

    `top` is an operation on the results that comes last.
    """
    renumbered: dict[int, int] = {}
    stack = list(reversed(results))
    while stack:
        index = stack.pop()
        if index < 0:  # its operands are done
            renumbered.setdefault(~index, len(renumbered))
        elif index not in renumbered:
            stack.append(~index)
            stack += reversed(instructions[index].args)
    kept = [instructions[index] for index in renumbered]
    last = [Instruction(top, results)] if top else []
    if [*renumbered] == [*range(len(renumbered))]:  # as most texts are: nothing was met twice, or made in vain
        return (*kept, *last)
    return tuple(Instruction(op, tuple([renumbered[arg] for arg in args]), text) for op, args, text in kept + last)
