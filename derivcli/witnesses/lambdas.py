"""Program -> torch-evaluable lambda, at many points at once.

The lambda runs the flat program as it stands. A branch of a piecewise function is evaluated only at the points where it
is taken, so that nothing of the others reaches the value or the gradient.
"""

from __future__ import annotations

import math
import operator
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.language import catalogue
from derivcli.language.lowering import definition, expand
from derivcli.language.numbers import exact, nearest_float
from derivcli.language.program import FLOAT, UNDEFINED, Program
from derivcli.language.tree import COMPARISONS, CONDITIONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses.numerics import FLOAT64, Numerics
from derivcli.witnesses.torch_functions import differentiable, kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Batch = dict[str, Tensor]

_LARGEST_POWER = 64  # an integer exponent up to which a power is made of products

LEAVES: dict[str, Callable[[str], float]] = {
    NUMBER: lambda text: nearest_float(exact(text)),
    FLOAT: float,
    UNDEFINED: lambda _text: torch.nan,
    "pi": lambda _text: torch.pi,
    "e": lambda _text: torch.e,
    "inf": lambda _text: torch.inf,
}


class Lambda:
    """A function of tensors, one tensor of shape (N,) for each variable; returns a tensor of shape (N,).

    `numerics` are the type and the device of the tensors.
    """

    def __init__(self, program: Program, numerics: Numerics = FLOAT64) -> None:
        self._numerics = numerics
        self._instructions = self._flat(program).instructions
        self._constants = {k: leaf(i.op, i.text, numerics) for k, i in enumerate(self._instructions) if i.op in LEAVES}
        self._blocks: dict[int, list[int]] = {}

    def _flat(self, program: Program) -> Program:
        return expand(program, lambda op: function(op) is not None)

    @property
    def is_slow(self) -> bool:
        """Whether any function in it is not torch's own."""
        return any(op in catalogue.FUNCTIONS and kernel(op) is None for op, _, _ in self._instructions)

    def __call__(self, batch: Batch, count: int = 1) -> Tensor:
        """Evaluate at `count` points."""
        return self._evaluate(len(self._instructions) - 1, batch, count)

    def _evaluate(self, target: int, batch: Batch, count: int) -> Tensor:
        values: dict[int, Any] = {}
        for index in self._block(target):
            op, args, text = self._instructions[index]
            if op == VARIABLE:
                values[index] = batch[text]
            elif op in LEAVES:
                values[index] = self._constants[index]
            elif op == PIECEWISE:
                values[index] = self._piecewise(args, batch, count)
            else:
                values[index] = self._apply(op, [values[arg] for arg in args], count)
        return self._tensor(values[target], count)

    def _block(self, target: int) -> list[int]:
        """Return what an instruction needs in any case, in order: all but the insides of piecewise functions."""
        known = self._blocks.get(target)
        if known is not None:
            return known
        needed = {target}
        for index in range(target, -1, -1):
            if index in needed and self._instructions[index].op != PIECEWISE:
                needed.update(self._instructions[index].args)
        return self._blocks.setdefault(target, sorted(needed))

    def _piecewise(self, args: tuple[int, ...], batch: Batch, count: int) -> Tensor:
        """Evaluate each piece at the points where its condition is the first that holds."""
        rest = torch.arange(count, device=self._numerics.device)
        found: list[tuple[Tensor, Tensor]] = []
        for value, condition in zip(args[:-1:2], args[1::2], strict=True):
            holds = self._evaluate(condition, _at(batch, rest, count), len(rest))
            found.append((rest[holds], self._piece(value, batch, rest[holds], count)))
            rest = rest[~holds]
            if not len(rest):
                break
        else:
            found.append((rest, self._piece(args[-1], batch, rest, count)))
        places, values = (torch.cat(parts) for parts in zip(*found, strict=True))
        return values if count == 1 else values[places.argsort()]

    def _piece(self, target: int, batch: Batch, places: Tensor, count: int) -> Tensor:
        if not len(places):
            return torch.empty(0, dtype=self._numerics.dtype, device=self._numerics.device)
        return self._evaluate(target, _at(batch, places, count), len(places))

    def _apply(self, op: str, args: list[Any], count: int) -> Any:
        """Apply an operation; constants stay Python numbers where torch's operators take them."""
        if op in CONDITIONS:
            return condition(op, [self._tensor(arg, count) for arg in args])
        if op in _ARITHMETIC and any(isinstance(arg, Tensor) for arg in args):
            return _ARITHMETIC[op](*args)
        tensors = [self._tensor(arg, count) for arg in args]
        call = _ARITHMETIC.get(op) or function(op)
        assert call is not None  # noqa: S101 - `expand` leaves nothing else
        return call(*tensors)

    def _tensor(self, value: Any, count: int) -> Tensor:
        if isinstance(value, Tensor):
            return value
        dtype = torch.bool if isinstance(value, bool) else self._numerics.dtype
        return torch.full((count,), value, dtype=dtype, device=self._numerics.device)


class WhereLambda(Lambda):
    """The same function by torch.where, which evaluates all branches everywhere: one that is not taken leaks its nan.

    Functions of the catalogue that are made of branches stay as they are: nobody has typed those.
    """

    def _flat(self, program: Program) -> Program:
        return program

    def _apply(self, op: str, args: list[Any], count: int) -> Any:
        if op not in catalogue.FUNCTIONS or function(op) is not None:
            return super()._apply(op, args, count)
        tensors = [self._tensor(arg, count) for arg in args]
        return _like(definition(op), dict(zip(catalogue.FUNCTIONS[op].parameters, tensors, strict=True)), count)

    def _evaluate(self, target: int, batch: Batch, count: int) -> Tensor:
        return self.parts(batch, count)[target]

    def parts(self, batch: Batch, count: int = 1) -> list[Tensor]:
        """Return the result of every instruction."""
        values: list[Any] = []
        for index, (op, args, text) in enumerate(self._instructions):
            operands = [values[arg] for arg in args]
            if op == VARIABLE:
                values.append(batch[text])
            elif op in LEAVES:
                values.append(self._constants[index])
            elif op == PIECEWISE:
                values.append(_by_where([self._tensor(operand, count) for operand in operands]))
            else:
                values.append(self._apply(op, operands, count))
        return [self._tensor(value, count) for value in values]


def _by_where(args: Sequence[Tensor]) -> Tensor:
    found = args[-1]
    for value, condition in zip(args[-3::-2], args[-2::-2], strict=True):
        found = torch.where(condition, value, found)
    return found


def _like(program: Program, batch: Mapping[str, Tensor], count: int) -> Tensor:
    """Run a program in the numerics of the tensors it is given."""
    first = next(iter(batch.values()))
    return Lambda(program, Numerics(first.dtype, first.device))(dict(batch), count)


@cache
def function(op: str) -> Callable[..., Tensor] | None:
    """Return the function of a row of the catalogue, or None if it is made of its definition."""
    return kernel(op) or differentiable(op, _like)


def leaf(op: str, text: str, numerics: Numerics) -> float:
    """Return a constant; an infinity where it is beyond the range of the type."""
    value = LEAVES[op](text)
    return math.copysign(math.inf, value) if abs(value) > torch.finfo(numerics.dtype).max else value


def _at(batch: Batch, places: Tensor, count: int) -> Batch:
    return batch if len(places) == count else {name: column[places] for name, column in batch.items()}


def condition(op: str, args: Sequence[Tensor]) -> Tensor | bool:
    """Apply a comparison or a logical operation."""
    return _CONDITIONS[op](*args) if args else op == "true"


def power(base: Any, exponent: Any) -> Tensor:
    """Return a power; one with an integer exponent is made of squares and products, which are far quicker."""
    if not isinstance(exponent, float):
        return torch.pow(base, exponent)
    if exponent == 0.5:
        root: Tensor = base.sqrt()
        return root
    if exponent.is_integer() and 4 <= exponent <= _LARGEST_POWER:
        return _product(base, int(exponent))
    return torch.pow(base, exponent)


def _product(base: Tensor, exponent: int) -> Tensor:
    if exponent <= 3:
        return torch.pow(base, exponent) if exponent > 1 else base
    half = _product(base, exponent // 2)
    square = half * half
    return square * base if exponent % 2 else square


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": lambda *args: reduce(operator.add, args),
    "mul": lambda *args: reduce(operator.mul, args),
    "neg": operator.neg,
    "div": operator.truediv,
    "pow": power,
}
_CONDITIONS: dict[str, Callable[..., Tensor]] = {
    **{name: getattr(torch, name) for name in COMPARISONS},
    "and": lambda *args: reduce(torch.logical_and, args),
    "or": lambda *args: reduce(torch.logical_or, args),
    "not": torch.logical_not,
}
