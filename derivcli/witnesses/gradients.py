"""Functions whose values come without a gradient, made differentiable by the formulas of the catalogue.

The backward pass runs a formula as torch calls, so that it can be differentiated again, to any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from derivcli.language import catalogue
from derivcli.language.definitions import formula
from derivcli.witnesses.float_values import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor

    from derivcli.language.program import Program

    Evaluate = Callable[[Program, Mapping[str, Tensor], int], Tensor]


class NoClosedFormError(Exception):
    """The derivative of a function with respect to one of its parameters has no closed form."""

    def __init__(self, function: str, parameter: str) -> None:
        super().__init__(f"the derivative of {function} with respect to {parameter} has no closed form")
        self.function = function
        self.parameter = parameter


class _WithFormulas(torch.autograd.Function):
    """A row of the catalogue: its `values`, with the gradient that its `partials` give."""

    @staticmethod
    def forward(row: catalogue.Function, evaluate: Evaluate, *args: Tensor) -> Tensor:
        assert row.values is not None  # noqa: S101 - `differentiable` has looked
        return values(row.values)(*args)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        ctx.row, ctx.evaluate, *args = inputs
        ctx.save_for_backward(*args)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> tuple[Any, ...]:
        row, args = ctx.row, ctx.saved_tensors
        batch = dict(zip(row.parameters, args, strict=True))
        found = []
        for parameter, partial, needed in zip(row.parameters, row.partials, ctx.needs_input_grad[2:], strict=True):
            if needed and partial is None:
                raise NoClosedFormError(row.name, parameter)
            slope = ctx.evaluate(formula(partial, row.parameters), batch, len(args[0])) if needed else None
            found.append(None if slope is None else grads[0] * slope)
        return None, None, *found


def differentiable(op: str, evaluate: Evaluate) -> Callable[..., Tensor] | None:
    """Return the function of a row that has `values`; `evaluate` runs a program on named tensors."""
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.values is None:
        return None
    return lambda *args: _WithFormulas.apply(row, evaluate, *torch.broadcast_tensors(*args))
