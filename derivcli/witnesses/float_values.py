"""float64 values of functions whose gradient torch lacks, or gets wrong: the `values` column of the catalogue.

They come from torch where its value is good, else by way of `float_arrays`.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable

_FACTORIALS = [float(math.factorial(n)) for n in range(171)]


@cache
def values(name: str) -> Callable[..., Tensor]:
    """Return a function of tensors of one shape by its name in the catalogue's column."""
    if name in _TORCH:
        return _TORCH[name]
    from derivcli.witnesses.float_arrays import on_tensors

    return on_tensors(name)


def cbrt(x: Tensor) -> Tensor:
    """Return the real cube root."""
    guess = x.sign() * x.abs().pow(1 / 3)
    better = guess - (guess * guess * guess - x) / (3 * guess * guess)  # one step of Newton's method
    return torch.where(torch.isfinite(better), better, guess)


def gamma(x: Tensor) -> Tensor:
    """Return the gamma function, exact at the integers."""
    whole = x == x.floor()
    odd = torch.remainder(x.floor(), 2) == 1
    value = torch.where((x < 0) & odd, -1.0, 1.0) * torch.lgamma(x).exp()
    table = torch.tensor(_FACTORIALS, dtype=x.dtype, device=x.device)
    exact = table[(x - 1).nan_to_num().clamp(0, len(_FACTORIALS) - 1).long()]
    value = torch.where(whole & (x <= len(_FACTORIALS)), exact, value)
    return torch.where(whole & (x <= 0), torch.nan, value)


_TORCH: dict[str, Callable[..., Tensor]] = {
    "cbrt": cbrt,
    "gamma": gamma,
    "factorial": lambda x: gamma(x + 1),
    "loggamma": torch.lgamma,
    "digamma": torch.digamma,
    "log_ndtr": torch.special.log_ndtr,
    "ndtri": torch.special.ndtri,
}
