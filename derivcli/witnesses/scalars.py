"""An operation of the program on plain numbers, as the torch lambda computes it."""

from __future__ import annotations

import operator
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import torch

from derivcli.language import catalogue
from derivcli.language.tree import COMPARISONS
from derivcli.witnesses.float_values import values
from derivcli.witnesses.ladders import LADDERS
from derivcli.witnesses.torch_functions import kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DTYPE = torch.float64
POWER = "power"  # by a constant, where the base is not 0


def orders_of(text: str) -> tuple[int, ...]:
    """Return the orders of a derivative, as an instruction spells them."""
    return tuple(map(int, text.split(","))) if text else ()


def evaluate(op: str, text: str, numbers: Sequence[Any]) -> Any:
    """Return the value of an operation; `text` are the orders of a derivative that has a ladder."""
    if text:
        return LADDERS[op].value(orders_of(text), *numbers)
    known = _EXACT.get(op)
    if known:
        return known(*numbers)
    tensors = [torch.tensor([number], dtype=DTYPE, device="cpu") for number in numbers]
    function = function_of(op)
    assert function is not None  # noqa: S101 - the others are made of their definitions
    return function(*tensors).item()


def _quotient(above: float, below: float) -> float:
    return above / below if below else (torch.tensor(above, dtype=DTYPE, device="cpu") / below).item()


def _power(base: float, exponent: float) -> float:
    return torch.pow(torch.tensor(base, dtype=DTYPE, device="cpu"), exponent).item()


_EXACT: dict[str, Callable[..., Any]] = {
    "add": lambda *numbers: reduce(operator.add, numbers),
    "mul": lambda *numbers: reduce(operator.mul, numbers),
    "div": _quotient,
    "pow": _power,
    POWER: _power,
    "and": lambda *numbers: all(numbers),
    "or": lambda *numbers: any(numbers),
    "not": operator.not_,
    "true": lambda: True,
    "false": lambda: False,
    **{name: getattr(operator, name) for name in COMPARISONS},
}


@cache
def function_of(op: str) -> Callable[..., Any] | None:
    """Return the function that the torch lambda runs, None for one that it replaces by its definition."""
    row = catalogue.FUNCTIONS[op]
    return kernel(op) or (values(row.values) if row.values else None)
