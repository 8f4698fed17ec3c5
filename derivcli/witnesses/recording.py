"""Autograd at work, even where the caller has switched it off (`torch.no_grad`, `torch.inference_mode`)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def recorded(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """Return the function with what torch does in it recorded for a backward pass."""

    @wraps(function)
    def recording(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        with torch.inference_mode(False), torch.enable_grad():
            return function(*args, **kwargs)

    return recording
