"""How far float64 may be off at many points: running error bounds, and where a switch is near.

Each number carries a bound on its error to first order, in units of the rounding unit u = 2^-53, that grows with each
operation (running error analysis: Higham, Accuracy and Stability of Numerical Algorithms, sections 3.3 and 3.4). A
coordinate is a decimal rounded once, so it starts with u. One bound for all points costs next to nothing and is enough
for most of them; the others are bounded one by one.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from functools import lru_cache, partial, reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor

from derivcli.language.domains import domain
from derivcli.language.lowering import inline
from derivcli.language.numbers import exact
from derivcli.language.program import CORE, FLOAT, Builder, Program
from derivcli.language.tree import COMPARISONS, CONDITIONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import lambdas
from derivcli.witnesses.bounded import Bounded, Coarse, larger
from derivcli.witnesses.marks import MARGIN, Marks, has_poles_at_integers
from derivcli.witnesses.numerics import FLOAT64, Numerics
from derivcli.witnesses.rounding import has_rule, rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Instruction

_FAR = 2.0**20  # up to where float64 has points between the integers that are far enough from them
_NO_INTEGER = 1e-6  # an exponent that is so far from an integer is none

NOTHING: Mapping[str, float] = MappingProxyType({})


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
        self._schedule = Schedule(builder.everything().instructions)
        self._numerics = numerics

    def __call__(
        self, columns: Mapping[str, Tensor], count: int, *, coarse: bool = False, loose: Mapping[str, float] = NOTHING
    ) -> Checked:
        """Evaluate at `count` points; a column of shape (count,) for each variable.

        With `coarse` there is one bound for all points.
        """
        near = torch.zeros(count, dtype=torch.bool, device=self._numerics.device)
        with torch.no_grad():
            here = Evaluation(
                self._schedule, self._numerics, dict(columns), count, near, None, Coarse if coarse else Bounded, loose
            )
            found = here.evaluate(self._roots)
            numbers = [here.everywhere(number) for number in found]
        return Checked(numbers, near, torch.finfo(self._numerics.dtype).eps / 2)

    def outside(self, columns: Mapping[str, Tensor], count: int, loose: Mapping[str, float] = NOTHING) -> Tensor:
        """Tell where the first function is surely evaluated outside its real domain, and so it is around the point.

        A pole, and the edge of a domain, have values around them: of such a point this says nothing.
        """
        near, outside = (torch.zeros(count, dtype=torch.bool, device=self._numerics.device) for _ in range(2))
        with torch.no_grad():
            here = Evaluation(self._schedule, self._numerics, dict(columns), count, near, outside, loose=loose)
            here.evaluate(self._roots[:1])
        return outside


class Schedule:
    """Instructions of several functions, and in which order some of them are worked on."""

    def __init__(self, instructions: Sequence[Instruction]) -> None:
        self.instructions = instructions
        self._known: dict[tuple[int, ...], list[tuple[int, list[int]]]] = {}

    def of(self, targets: Sequence[int]) -> list[tuple[int, list[int]]]:
        """Return what some instructions need in any case, in order: all but the insides of piecewise functions.

        With each comes what nobody needs any more after it, so that its memory, which is in the cache, is used again.
        """
        key = tuple(targets)
        if key not in self._known:
            last = dict.fromkeys(targets, len(self.instructions))
            for index in range(max(targets), -1, -1):
                if index in last and self.instructions[index].op != PIECEWISE:
                    last = {**dict.fromkeys(self.instructions[index].args, index), **last}
            self._known[key] = [(index, [arg for arg in last if last[arg] == index]) for index in sorted(last)]
        return self._known[key]


class Evaluation(Marks):
    """Evaluates the instructions that are needed; the insides of piecewise functions only where they are taken."""

    def __init__(
        self,
        schedule: Schedule,
        numerics: Numerics,
        columns: dict[str, Tensor],
        count: int,
        near: Tensor,
        outside: Tensor | None = None,
        kind: type[Bounded] = Bounded,
        loose: Mapping[str, float] = NOTHING,
    ) -> None:
        super().__init__(numerics, count, near, outside, kind)
        self._schedule = schedule
        self._columns = columns
        self._loose = loose

    def evaluate(self, targets: Sequence[int]) -> list[Bounded]:
        """Return instructions with what they need."""
        done: dict[int, Bounded] = {}
        for index, unneeded in self._schedule.of(targets):
            op, args, text = self._schedule.instructions[index]
            operands = [done[arg] for arg in args if op != PIECEWISE]
            done[index] = self._apply(op, text, operands) if op != PIECEWISE else self._piecewise(args)
            if self.outside is not None and operands and op not in CONDITIONS:
                self.outside |= self._is_outside(op, operands) & ~self.near  # unless a switch may have led here
            for other in unneeded:
                del done[other]
        return [done[target] for target in targets]

    def _apply(self, op: str, text: str, args: list[Bounded]) -> Bounded:
        if op == VARIABLE:
            return self._coordinate(text)
        if op in lambdas.LEAVES:
            value, *bounds = _constant(op, text, self.numerics)
            return self.number(value, *bounds)
        if op in COMPARISONS:
            self.flag(args[0].value - args[1].value, args[0].absolute + args[1].absolute)
        if op in CONDITIONS:
            return Bounded(lambdas.condition(op, [self.tensor(arg.value) for arg in args]))
        return rule(op)(self, args)

    def _coordinate(self, name: str) -> Bounded:
        """Return a decimal rounded once; below the range of normal numbers that takes more than a unit of it."""
        column, loose = self._columns[name], self._loose.get(name, 0.0)
        found = self.number(column, 1.0)
        if loose:
            return self.number(column, absolute=found.most + loose)
        if found.span[0] > MARGIN - self.range:
            return found
        lost = (found.magnitude > 0) & (found.magnitude < self.tiny)
        if not lost.any():
            return found
        error = math.inf if self.kind is Coarse else found.magnitude + lost * self.tensor(2 * self.tiny)
        return self.number(column, absolute=error)

    def _is_outside(self, op: str, operands: list[Bounded]) -> Tensor:
        """Tell where finite operands, and their neighbours on both sides, are outside."""
        if op == "pow":
            return self._is_root_of_negative(*operands)
        if op in CORE or domain(op) is None:
            return self.tensor(False)
        steps = [self._step(x) for x in operands]
        gone = self.tensor(True)
        for side in (-1, 0, 1):
            values = [self.tensor(x.value + side * step) for x, step in zip(operands, steps, strict=True)]
            gone = gone & ~self.is_inside(op, values)
        known = (self.tensor(x.value).isfinite() & step.isfinite() for x, step in zip(operands, steps, strict=True))
        if has_poles_at_integers(op):
            gone = reduce(operator.and_, (self.tensor(x.magnitude < _FAR) for x in operands), gone)
        return reduce(operator.and_, known, gone)

    def _step(self, number: Bounded) -> Tensor:
        """Return how far away a number may be under coarser rounding; of one that is exact, how far its neighbours."""
        size = torch.maximum(self.tensor(number.absolute), self.tensor(number.magnitude))
        return (self.reach * size).clamp_min(2 * self.tiny * self.unit)

    def _is_root_of_negative(self, base: Bounded, exponent: Bounded) -> Tensor:
        if not isinstance(exponent.value, float) or not math.isfinite(exponent.value):
            return self.tensor(False)
        if abs(math.remainder(exponent.value, 1)) < _NO_INTEGER:
            return self.tensor(False)
        return self.tensor(base.value < 0)  # where that is in reach of 0 its rule has marked a switch

    def _piecewise(self, args: tuple[int, ...]) -> Bounded:
        """Evaluate each piece where its condition is the first that holds."""
        rest = torch.arange(self.count, device=self.numerics.device)
        value = self.tensor(math.nan).clone()
        error: Any = value.clone() if self.kind is Bounded else 0.0
        for piece, condition in zip((*args[:-1:2], args[-1]), (*args[1::2], None), strict=True):
            there = rest
            if condition is not None and len(rest):
                holds = torch.as_tensor(self._at(rest, [condition])[0].value, device=rest.device).expand(len(rest))
                there, rest = rest[holds], rest[~holds]
            if len(there):
                found = self._at(there, [piece])[0]
                value[there] = found.value
                if isinstance(error, Tensor):
                    error[there] = found.absolute
                else:
                    error = larger(error, found.absolute)
        return self.number(value, absolute=error)

    def _at(self, places: Tensor, targets: Sequence[int]) -> list[Bounded]:
        if len(places) == self.count:
            return self.evaluate(targets)
        near = torch.zeros(len(places), dtype=torch.bool, device=places.device)
        columns = {name: column[places] for name, column in self._columns.items()}
        outside = None if self.outside is None else torch.zeros_like(near)
        inside = Evaluation(self._schedule, self.numerics, columns, len(places), near, outside, self.kind, self._loose)
        found = inside.evaluate(targets)
        if self.outside is not None and outside is not None:
            self.outside[places] |= outside & ~self.near[places]
        self.near[places] |= near
        return found


@lru_cache(maxsize=1024)
def _constant(op: str, text: str, numerics: Numerics) -> tuple[float, float | None, float | None]:
    """Return a constant with bounds on its relative and on its absolute error, of which it has one."""
    value, kind = lambdas.leaf(op, text, numerics), torch.finfo(numerics.dtype)
    held = torch.tensor(value, dtype=numerics.dtype, device="cpu").item()
    if op == NUMBER and math.isfinite(held) and Fraction(held) == exact(text):
        return value, 0.0, None
    return (value, 1.0, None) if abs(held) >= kind.tiny else (value, None, 2 * kind.tiny / kind.eps)  # it may become 0


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
