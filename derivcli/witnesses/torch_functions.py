"""The catalogue's functions on float tensors of one shape, differentiable.

What torch lacks is made of its own functions. Values that come without a gradient get it by the catalogue's formulas:
the backward pass runs them as torch calls, so that it can be differentiated again, to any order.
"""

from __future__ import annotations

import math
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.language import catalogue
from derivcli.language.lowering import formula
from derivcli.witnesses.float_values import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor

    from derivcli.language.program import Program

    Evaluate = Callable[[Program, Mapping[str, Tensor], int], Tensor]

_SINC_SERIES = [(-1) ** k / math.factorial(2 * k + 1) for k in range(12)]


def size(x: Tensor) -> Tensor:
    """Return |x| with torch's slopes, 0 at 0: what its own abs needs for a second slope imports for seconds."""
    return x * x.sign().detach()


def root(x: Tensor, n: Tensor) -> Tensor:
    """Return the real n-th root: of negative numbers too where n is an odd integer."""
    power = size(x).pow(1 / n)
    return torch.where(x >= 0, power, torch.where(torch.remainder(n, 2) == 1, -power, torch.nan))


def sinc(x: Tensor) -> Tensor:
    """Return sin(x)/x; a Taylor polynomial near 0, where the quotient's derivatives would cancel."""
    near = x.abs() < 1
    square = torch.where(near, x, 0.0) ** 2
    series = reduce(lambda total, term: total * square + term, reversed(_SINC_SERIES), torch.zeros_like(x))
    safe = torch.where(near, 1.0, x)
    return torch.where(near, series, safe.sin() / safe)


def heaviside(x: Tensor) -> Tensor:
    """Return the unit step, 1/2 at 0, nan for nan."""
    return (sign(x) + 1) / 2


def sign(x: Tensor) -> Tensor:
    """Return -1, 0 or 1, nan for nan."""
    return torch.where(x.isnan(), x, x.sign())


def softplus(x: Tensor) -> Tensor:
    """Return log(1 + exp(x)) without overflow, and without torch's threshold at 20."""
    return torch.logaddexp(x, torch.zeros_like(x))


def floordiv(x: Tensor, y: Tensor) -> Tensor:
    """Return floor(x/y)."""
    return torch.div(x, y, rounding_mode="floor")


def maximum(*args: Tensor) -> Tensor:
    """Return the largest of the arguments."""
    return reduce(torch.maximum, args)


def minimum(*args: Tensor) -> Tensor:
    """Return the smallest of the arguments."""
    return reduce(torch.minimum, args)


_OTHER_NAMES = {"max": "maximum", "min": "minimum", "mod": "remainder"}  # torch's


@cache
def kernel(op: str) -> Callable[..., Tensor] | None:
    """Return torch's function for a row of the catalogue, or None if it has none."""
    row = catalogue.FUNCTIONS.get(op)
    if row is None or not row.torch:
        return None
    rooms: tuple[Any, ...] = (torch, torch.special, torch.nn.functional)
    name = _OTHER_NAMES.get(op, op)
    own: Callable[..., Tensor] | None = globals().get(name)
    return own or next(getattr(room, name) for room in rooms if hasattr(room, name))


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
