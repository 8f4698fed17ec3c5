"""What torch lacks of the catalogue, or has without a gradient, on float tensors of one shape.

Backward passes are made of differentiable torch calls again, so that higher derivatives work.
"""

from __future__ import annotations

import math
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.language import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

_FACTORIALS = [float(math.factorial(n)) for n in range(171)]
_MOST_ORDERS = 2**31  # torch takes a 32-bit order
_SINC_SERIES = [(-1) ** k / math.factorial(2 * k + 1) for k in range(12)]


class _Cbrt(torch.autograd.Function):
    """The real cube root; its slope is 1/(3*cbrt(x)^2)."""

    @staticmethod
    def forward(x: Tensor) -> Tensor:
        guess = x.sign() * x.abs().pow(1 / 3)
        better = guess - (guess * guess * guess - x) / (3 * guess * guess)  # one step of Newton's method
        return torch.where(torch.isfinite(better), better, guess)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Tensor], output: Tensor) -> None:
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Tensor:
        (x,) = ctx.saved_tensors
        root = cbrt(x)
        result: Tensor = grads[0] / (3 * root * root)
        return result


class _Gamma(torch.autograd.Function):
    """The gamma function; its slope is gamma(x)*digamma(x)."""

    @staticmethod
    def forward(x: Tensor) -> Tensor:
        whole = x == x.floor()
        odd = torch.remainder(x.floor(), 2) == 1
        value = torch.where((x < 0) & odd, -1.0, 1.0) * torch.lgamma(x).exp()
        table = torch.tensor(_FACTORIALS, dtype=x.dtype, device=x.device)
        exact = table[(x - 1).nan_to_num().clamp(0, len(_FACTORIALS) - 1).long()]
        value = torch.where(whole & (x > 0) & (x <= len(_FACTORIALS)), exact, value)
        return torch.where(whole & (x <= 0), torch.nan, value)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Tensor], output: Tensor) -> None:
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Tensor:
        (x,) = ctx.saved_tensors
        result: Tensor = grads[0] * gamma(x) * torch.digamma(x)
        return result


def cbrt(x: Tensor) -> Tensor:
    """Return the real cube root."""
    result: Tensor = _Cbrt.apply(x)
    return result


def gamma(x: Tensor) -> Tensor:
    """Return the gamma function, exact at the integers."""
    result: Tensor = _Gamma.apply(x)
    return result


def factorial(x: Tensor) -> Tensor:
    """Return gamma(x + 1)."""
    return gamma(x + 1)


def root(x: Tensor, n: Tensor) -> Tensor:
    """Return the real n-th root: of negative numbers too where n is an odd integer."""
    size = x.abs().pow(1 / n)
    return torch.where(x >= 0, size, torch.where(torch.remainder(n, 2) == 1, -size, torch.nan))


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


def polygamma(n: Tensor, x: Tensor) -> Tensor:
    """Return the n-th derivative of digamma; nan where n is not 0, 1, 2, ..."""
    n, x = torch.broadcast_tensors(n.detach(), x)
    result = torch.full_like(x, torch.nan)
    for order in n.unique().tolist():
        if 0 <= order < _MOST_ORDERS and order == int(order):
            result = torch.where(n == order, torch.polygamma(int(order), x), result)
    return result


@cache
def kernel(op: str) -> Callable[..., Tensor] | None:
    """Return torch's function for a row of the catalogue, or None if it is made of its definition."""
    row = catalogue.FUNCTIONS.get(op)
    if row is None or row.torch is None:
        return None
    found: Callable[..., Tensor] = globals().get(row.torch) or getattr(torch, row.torch)
    return found
