"""Which function of torch's a tutorial calls for a row of the catalogue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import torch

from derivcli.language import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Kernel = Callable[..., torch.Tensor]


def _all(room: Any, names: Iterable[str]) -> dict[str, Kernel]:
    return {name: getattr(room, name) for name in names}


# What torch has beside the column of the catalogue, or calls by another name there.
_KERNELS: dict[str, Kernel] = {
    **_all(torch, ("sign", "clamp", "deg2rad", "rad2deg", "logit", "digamma")),
    **_all(torch.special, ("gammainc", "gammaincc", "zeta", "ndtr", "log_ndtr", "ndtri", "i0", "i0e", "i1", "i1e")),
    **_all(torch.nn.functional, ("relu6", "selu", "hardsigmoid", "hardswish", "softplus")),
    **_all(torch.nn.functional, ("softsign", "tanhshrink", "logsigmoid", "mish", "gelu")),
    "sincpi": torch.sinc,
    "loggamma": torch.lgamma,
    "mse": torch.nn.functional.mse_loss,
    "gelu_tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    "heaviside": lambda x: torch.heaviside(x, torch.full_like(x, 0.5)),
    "floordiv": lambda x, y: torch.div(x, y, rounding_mode="floor"),
}
# Functions that want numbers, not tensors, for all arguments but one.
_OF_ONE_TENSOR: dict[str, Kernel] = {
    **_all(torch.nn.functional, ("leaky_relu", "elu", "celu", "hardtanh", "hardshrink", "softshrink")),
    "mvlgamma": lambda x, p: torch.mvlgamma(x, int(p)),
    "polygamma": lambda x, n: torch.polygamma(int(n), x),
}
# Functions that take numbers as well as tensors behind a tensor, and then are another node.
AS_THEY_ARE = frozenset({"clamp", "mod", "fmod", "floordiv", "xlogy", "xlog1py"})
_TENSOR_LAST = frozenset({"polygamma"})
# What a tutorial writes where torch has no function, and the catalogue has none either or has a longer one.
FORMULAS = {
    "sinc": "sincpi(x/pi)",
    "cbrt": "sign(x)*abs(x)^(1/3)",
    "root": "piecewise(abs(x)^(1/n), x >= 0, -abs(x)^(1/n), mod(n, 2) == 1)",
    "trigamma": "polygamma(1, x)",
}


@cache
def kernel(op: str) -> Kernel | None:
    """Return torch's function of tensors for a row of the catalogue; None if there is none."""
    row = catalogue.FUNCTIONS.get(op)
    if op in _KERNELS or op in FORMULAS or row is None or row.torch is None:
        return _KERNELS.get(op)
    rooms: tuple[Any, ...] = (torch, torch.special, torch.nn.functional)
    found: Kernel = next(getattr(room, row.torch) for room in rooms if hasattr(room, row.torch))
    return found


def numeric(op: str) -> tuple[Kernel, int] | None:
    """Return torch's function that takes numbers beside one tensor, and the place of the tensor; None if it is none."""
    found = _OF_ONE_TENSOR.get(op)
    return None if found is None else (found, -1 if op in _TENSOR_LAST else 0)
