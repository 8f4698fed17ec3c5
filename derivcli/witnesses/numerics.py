"""What numbers torch computes with: their type, the device they live on, and that they are recorded for gradients."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

import torch

from derivcli.errors import UsageError
from derivcli.model import Device, Dtype

if TYPE_CHECKING:
    from collections.abc import Callable

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


class Numerics(NamedTuple):
    """A type of number and a device."""

    dtype: torch.dtype
    device: torch.device

    def column(self, numbers: torch.Tensor) -> torch.Tensor:
        """Return numbers of this type on this device."""
        return numbers.to(dtype=self.dtype, device=self.device)


FLOAT64 = Numerics(torch.float64, torch.device("cpu"))


def numerics(dtype: Dtype, device: Device) -> Numerics:
    """Return what torch calls a type and a device; raises `UsageError` for a device that is not there."""
    if device is Device.MPS and dtype is Dtype.FLOAT64:
        raise UsageError("mps has no float64", hint="add --dtype float32")
    if not _IS_THERE[device]():
        raise UsageError(f"torch finds no {device} device here", hint=_INSTEAD[device])
    return Numerics(getattr(torch, dtype), torch.device(device))


_IS_THERE: dict[Device, Callable[[], bool]] = {
    Device.CPU: lambda: True,
    Device.CUDA: lambda: torch.cuda.is_available(),
    Device.MPS: lambda: torch.backends.mps.is_available(),
}
_INSTEAD = {
    Device.CUDA: "cuda needs an NVIDIA or AMD GPU and a build of torch for it; --device cpu always works",
    Device.MPS: "mps needs a Mac with Apple silicon; --device cpu always works",
}


def recorded(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """Return the function with what torch does in it recorded for a backward pass."""

    @wraps(function)
    def recording(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        if torch.is_grad_enabled() and not torch.is_inference_mode_enabled():
            return function(*args, **kwargs)  # as usual, where to set both would take as long as a short expression
        with torch.inference_mode(False), torch.enable_grad():
            return function(*args, **kwargs)

    return recording
