"""Functions whose values come without a gradient, made differentiable by the formulas of the catalogue.

The backward pass runs a formula as torch calls, so that it can be differentiated again, to any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from derivcli.language import catalogue
from derivcli.language.lowering import formula
from derivcli.witnesses.float_values import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
        ctx.save_for_forward(*args)
        ctx.set_materialize_grads(False)  # a zero would ask for a slope that nobody needs

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> tuple[Any, ...]:
        needed = [wanted and grads[0] is not None for wanted in ctx.needs_input_grad[2:]]
        slopes = _slopes(ctx.row, ctx.evaluate, ctx.saved_tensors, needed)
        return None, None, *(None if slope is None else grads[0] * slope for slope in slopes)

    @staticmethod
    def jvp(ctx: Any, *tangents: Any) -> Any:
        moving = [tangent is not None for tangent in tangents[2:]]
        slopes = _slopes(ctx.row, ctx.evaluate, ctx.saved_tensors, moving)
        return sum(s * tangent for s, tangent in zip(slopes, tangents[2:], strict=True) if s is not None)

    @staticmethod
    def vmap(info: Any, in_dims: tuple[Any, ...], row: catalogue.Function, evaluate: Evaluate, *args: Tensor) -> Any:
        """Lay the batch and the points out as points, for functions of one tensor of points know no other."""
        spread = [
            arg.expand(info.batch_size, *arg.shape) if dim is None else arg.movedim(dim, 0)
            for arg, dim in zip(args, in_dims[2:], strict=True)
        ]
        found = _WithFormulas.apply(row, evaluate, *(arg.flatten() for arg in spread))
        return found.reshape(spread[0].shape), 0


def _slopes(
    row: catalogue.Function, evaluate: Evaluate, args: Sequence[Tensor], needed: Sequence[bool]
) -> list[Tensor | None]:
    """Return the partial derivatives that are needed; raises `NoClosedFormError` where there is no formula."""
    batch = dict(zip(row.parameters, args, strict=True))
    found: list[Tensor | None] = []
    for parameter, partial, wanted in zip(row.parameters, row.partials, needed, strict=True):
        if wanted and partial is None:
            raise NoClosedFormError(row.name, parameter)
        found.append(evaluate(formula(partial or "", row.parameters), batch, len(args[0])) if wanted else None)
    return found


def differentiable(op: str, evaluate: Evaluate) -> Callable[..., Tensor] | None:
    """Return the function of a row that has `values`; `evaluate` runs a program on named tensors."""
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.values is None:
        return None
    return lambda *args: _WithFormulas.apply(row, evaluate, *torch.broadcast_tensors(*args))
