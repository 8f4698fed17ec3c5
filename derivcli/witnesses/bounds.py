"""How far float64 may be off at many points: running error bounds, and where a switch is near.

Each number carries a bound on its error to first order, in units of the rounding unit u = 2^-53, that grows with each
operation (running error analysis: Higham, Accuracy and Stability of Numerical Algorithms, sections 3.3 and 3.4). A
coordinate is a decimal rounded once, so it starts with u.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor

from derivcli.language.definitions import formula, inline
from derivcli.language.program import Builder
from derivcli.language.tree import COMPARISONS, CONDITIONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import autograd
from derivcli.witnesses.numerics import FLOAT64, Numerics
from derivcli.witnesses.rounding import Bounded, has_rule, rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program

_NEAR = 2.0**23  # units: a switch is near where rounding so much coarser could reach it


class Checked(NamedTuple):
    """Some functions at some points, where a switch is near, and the unit of the bounds."""

    numbers: list[Bounded]
    near: Tensor
    unit: float


class Bounds:
    """Several functions of the same variables; what they share is computed once."""

    def __init__(self, programs: Sequence[Program], numerics: Numerics = FLOAT64) -> None:
        builder = Builder()
        self._roots = [inline(builder, program, has_rule, {}) for program in programs]
        self._instructions = builder.everything().instructions
        self._numerics = numerics
        self._blocks: dict[tuple[int, ...], list[int]] = {}

    def __call__(self, columns: Mapping[str, Tensor], count: int) -> Checked:
        """Evaluate at `count` points; a column of shape (count,) for each variable."""
        near = torch.zeros(count, dtype=torch.bool, device=self._numerics.device)
        with torch.no_grad():
            here = _Here(self, dict(columns), count, near)
            found = here.evaluate(self._roots)
            numbers = [Bounded(here.tensor(n.value), absolute=here.tensor(n.absolute)) for n in found]
        return Checked(numbers, near, torch.finfo(self._numerics.dtype).eps / 2)

    def block(self, targets: Sequence[int]) -> list[int]:
        """Return what some instructions need in any case, in order: all but the insides of piecewise functions."""
        key = tuple(targets)
        if key not in self._blocks:
            needed = set(targets)
            for index in range(max(targets), -1, -1):
                if index in needed and self._instructions[index].op != PIECEWISE:
                    needed.update(self._instructions[index].args)
            self._blocks[key] = sorted(needed)
        return self._blocks[key]

    def instruction(self, index: int) -> tuple[str, tuple[int, ...], str]:
        """Return the operation, its operands and its text."""
        return self._instructions[index]

    @property
    def numerics(self) -> Numerics:
        """The type and the device of the columns."""
        return self._numerics


class _Here:
    """Some points: evaluates there, and marks in `near` where a switch is close by."""

    def __init__(self, bounds: Bounds, columns: dict[str, Tensor], count: int, near: Tensor) -> None:
        self._bounds = bounds
        self._columns = columns
        self._near = near
        self._reach = _NEAR * torch.finfo(bounds.numerics.dtype).eps / 2
        self.count = count

    def evaluate(self, targets: Sequence[int]) -> list[Bounded]:
        """Return instructions with what they need."""
        done: dict[int, Bounded] = {}
        for index in self._bounds.block(targets):
            op, args, text = self._bounds.instruction(index)
            done[index] = self._piecewise(args) if op == PIECEWISE else self._apply(op, text, [done[a] for a in args])
        return [done[target] for target in targets]

    def tensor(self, value: Any) -> Tensor:
        """Return a number for all points as a column."""
        if isinstance(value, Tensor):
            return value
        dtype = torch.bool if isinstance(value, bool) else self._bounds.numerics.dtype
        return torch.full((self.count,), value, dtype=dtype, device=self._bounds.numerics.device)

    def flag(self, distance: Any, error: Any) -> None:
        """Mark the points whose distance from a switch is within reach of coarser rounding."""
        self._near |= self.tensor(abs(distance) <= self._reach * error)

    def evaluated(self, text: str, parameters: tuple[str, ...], args: Sequence[Any]) -> Tensor:
        """Return a formula of the catalogue at numbers."""
        batch = {name: self.tensor(arg) for name, arg in zip(parameters, args, strict=True)}
        return autograd.Lambda(formula(text, parameters), self._bounds.numerics)(batch, self.count)

    def _apply(self, op: str, text: str, args: list[Bounded]) -> Bounded:
        if op == VARIABLE:
            return Bounded(self._columns[text], 1.0)
        if op in autograd.LEAVES:
            value = autograd.LEAVES[op](text)
            return Bounded(value, 0.0 if op == NUMBER and _is_exact(value) else 1.0)
        if op in COMPARISONS:
            self.flag(args[0].value - args[1].value, args[0].absolute + args[1].absolute)
        if op in CONDITIONS:
            return Bounded(autograd.condition(op, [self.tensor(arg.value) for arg in args]))
        return rule(op)(self, args)

    def _piecewise(self, args: tuple[int, ...]) -> Bounded:
        """Evaluate each piece where its condition is the first that holds."""
        rest = torch.arange(self.count, device=self._bounds.numerics.device)
        value, error = (self.tensor(math.nan).clone() for _ in range(2))
        for piece, condition in zip((*args[:-1:2], args[-1]), (*args[1::2], None), strict=True):
            there = rest
            if condition is not None:
                holds = self._at(rest, [condition])[0].value
                there, rest = rest[holds], rest[~holds]
            if len(there):
                found = self._at(there, [piece])[0]
                value[there], error[there] = found.value, found.absolute
        return Bounded(value, absolute=error)

    def _at(self, places: Tensor, targets: Sequence[int]) -> list[Bounded]:
        if len(places) == self.count:
            return self.evaluate(targets)
        near = torch.zeros(len(places), dtype=torch.bool, device=places.device)
        columns = {name: column[places] for name, column in self._columns.items()}
        inside = _Here(self._bounds, columns, len(places), near)
        found = inside.evaluate(targets)
        self._near[places] |= near
        return found


def _is_exact(value: Any) -> bool:
    """Tell of a literal's nearest float whether it is a whole number that has no rounding."""
    return isinstance(value, float) and value.is_integer() and abs(value) < 2**24
