"""Runs what a tutorial writes: one tensor a variable, Python's operators, numbers that stay Python's numbers."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.graphs.code import NoKernelError
from derivcli.graphs.kernels import AS_THEY_ARE, kernel, numeric
from derivcli.language.numbers import exact
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE, Node, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OPERATORS: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in ("add", "sub", "mul", "neg", "pow", *COMPARISONS)},
    "div": operator.truediv,
}
_LOGIC: dict[str, Callable[..., Any]] = {"and": torch.logical_and, "or": torch.logical_or, "not": torch.logical_not}
_CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau, "inf": math.inf, "true": True, "false": False}
_EXACT = 2**53  # up to here every whole number is a float64


class Code:
    """Runs a tree that is written plainly. `constants` are numbers that were computed, with what was typed for them."""

    def __init__(self, leaves: Mapping[str, Tensor]) -> None:
        first = next(iter(leaves.values()))
        self._leaves = leaves
        self._kind: dict[str, Any] = {"dtype": first.dtype, "device": first.device}
        self.constants: dict[float, Node] = {}

    def run(self, tree: Node) -> Tensor:
        """Return the value of a tree. Raises `NoKernelError` for a function that torch lacks."""
        return self._tensor(fold(tree, self._value))

    def _value(self, node: Node, args: list[Any]) -> Any:
        """Return a tensor, or a number where no variable is in it."""
        if node.op == VARIABLE:
            return self._leaves[node.text]
        if node.op == NUMBER:
            return _number(node.text)
        if node.op in _CONSTANTS:
            return self._named(_CONSTANTS[node.op], node)
        if any(isinstance(arg, Tensor) for arg in args):
            return self._apply(node, args)
        return self._named(_whole(self._apply(node, list(map(self._tensor, args))).item()), node)

    def _tensor(self, value: Any) -> Tensor:
        if isinstance(value, Tensor):
            return value
        kind = {**self._kind, "dtype": torch.bool} if isinstance(value, bool) else self._kind
        return torch.tensor(value, **kind)

    def _named(self, value: Any, node: Node) -> Any:
        if node.op != "neg" and not isinstance(value, bool):  # -2 is as short as it can be, and True equals 1
            self.constants.setdefault(value, node)
        return value

    def _apply(self, node: Node, args: list[Any]) -> Any:
        if node.op in _OPERATORS:
            return _OPERATORS[node.op](*args)
        if node.op == PIECEWISE:
            return self._choice(args)
        beside = numeric(node.op)
        if beside is not None:
            call, place = beside
            x = self._tensor(args.pop(place))
            return call(x, *(arg.item() if isinstance(arg, Tensor) else arg for arg in args))
        found = _LOGIC.get(node.op) or kernel(node.op)
        if found is None:
            raise NoKernelError(node)
        tensors = [isinstance(arg, Tensor) for arg in args]
        are_taken = node.op in AS_THEY_ARE and tensors[0] and not any(tensors[1:])
        return found(*(args if are_taken else map(self._tensor, args)))

    def _choice(self, args: list[Any]) -> Tensor:
        """Write `torch.where` for each piece: it computes them all, whichever is taken."""
        pieces = args if len(args) % 2 else [*args, math.nan]
        found = self._tensor(pieces[-1])
        for value, condition in zip(pieces[-3::-2], pieces[-2::-2], strict=True):
            found = torch.where(self._tensor(condition), self._tensor(value), found)
        return found


def _number(text: str) -> float | int:
    """Return a literal as Python reads it: whole numbers are whole, as the exponents in a tutorial."""
    try:
        found: float | int = _whole(float(exact(text)))
    except OverflowError:
        return math.inf
    return found


def _whole(value: Any) -> Any:
    """Return a number as an int where it is one, and no negative zero."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return int(value) if is_whole and (value or math.copysign(1, value) > 0) else value
