"""What torch lacks of the catalogue, made of torch's own functions, on float tensors of one shape."""

from __future__ import annotations

import math
from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.language import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

_SINC_SERIES = [(-1) ** k / math.factorial(2 * k + 1) for k in range(12)]


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
