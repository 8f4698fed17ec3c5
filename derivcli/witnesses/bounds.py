"""How far float64 may be off at many points: running error bounds, and where a switch is near.

Each number carries a bound on its error to first order, in units of the rounding unit u = 2^-53, that grows with each
operation (running error analysis: Higham, Accuracy and Stability of Numerical Algorithms, sections 3.3 and 3.4). A
coordinate is a decimal rounded once, so it starts with u. One bound for all points costs next to nothing and is enough
for most of them; the others are bounded one by one.
"""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from derivcli.language.lowering import inline
from derivcli.language.program import FLOAT, Builder, Program
from derivcli.language.tree import PIECEWISE
from derivcli.witnesses.bounded import Bounded, Coarse
from derivcli.witnesses.numerics import FLOAT64, Numerics
from derivcli.witnesses.rounding import has_rule
from derivcli.witnesses.running import NOTHING, Evaluation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Checked(NamedTuple):
    """Some functions at some points, where a switch is near, and the unit of the bounds."""

    numbers: list[Bounded]
    near: Tensor
    unit: float


class Bounds:
    """Several functions of the same variables; what they share is computed once.

    `loose` names variables whose coordinates are not decimals rounded once, with a bound on their errors in units.
    """

    def __init__(self, programs: Sequence[Program], numerics: Numerics = FLOAT64) -> None:
        builder = Builder()
        self._roots = [inline(builder, _in_plain_words(program), has_rule, {}) for program in programs]
        self._instructions = builder.everything().instructions
        self._numerics = numerics
        self._blocks: dict[tuple[int, ...], list[tuple[int, list[int]]]] = {}

    def __call__(
        self, columns: Mapping[str, Tensor], count: int, *, coarse: bool = False, loose: Mapping[str, float] = NOTHING
    ) -> Checked:
        """Evaluate at `count` points; a column of shape (count,) for each variable.

        With `coarse` there is one bound for all points.
        """
        near = torch.zeros(count, dtype=torch.bool, device=self._numerics.device)
        with torch.no_grad():
            here = Evaluation(self, dict(columns), count, near, kind=Coarse if coarse else Bounded, loose=loose)
            found = here.evaluate(self._roots)
            numbers = [here.everywhere(number) for number in found]
        return Checked(numbers, near, torch.finfo(self._numerics.dtype).eps / 2)

    def outside(self, columns: Mapping[str, Tensor], count: int, loose: Mapping[str, float] = NOTHING) -> Tensor:
        """Tell where the first function is surely evaluated outside its real domain."""
        near, outside = (torch.zeros(count, dtype=torch.bool, device=self._numerics.device) for _ in range(2))
        with torch.no_grad():
            Evaluation(self, dict(columns), count, near, outside, loose=loose).evaluate(self._roots[:1])
        return outside

    def block(self, targets: Sequence[int]) -> list[tuple[int, list[int]]]:
        """Return what some instructions need in any case, in order: all but the insides of piecewise functions.

        With each comes what nobody needs any more after it, so that its memory, which is in the cache, is used again.
        """
        key = tuple(targets)
        if key not in self._blocks:
            last = dict.fromkeys(targets, len(self._instructions))
            for index in range(max(targets), -1, -1):
                if index in last and self._instructions[index].op != PIECEWISE:
                    last = {**dict.fromkeys(self._instructions[index].args, index), **last}
            self._blocks[key] = [(index, [arg for arg in last if last[arg] == index]) for index in sorted(last)]
        return self._blocks[key]

    def instruction(self, index: int) -> tuple[str, tuple[int, ...], str]:
        """Return the operation, its operands and its text."""
        return self._instructions[index]

    @property
    def numerics(self) -> Numerics:
        """The type and the device of the columns."""
        return self._numerics


def _in_plain_words(program: Program) -> Program:
    """Return a program with each integer spelled alike, folded or not, and products of two: so more is shared."""
    builder = Builder()
    done: list[int] = []
    for op, args, text in program.instructions:
        operands = [done[arg] for arg in args]
        if op == FLOAT and float(text).is_integer():  # only what is an integer exactly is folded to one
            done.append(builder.default(text))
        elif op == "mul":
            done.append(reduce(partial(builder.add, "mul"), operands))
        else:
            done.append(builder.add(op, *operands, text=text))
    return builder.build(done[-1])
