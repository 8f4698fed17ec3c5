"""f and its first derivatives at many points: chunks that stay in the cache, and one backward pass for each.

The gradient of the sum of the values is the gradient at every point: no point depends on another's coordinates.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import torch

from derivcli.witnesses.lambdas import Lambda
from derivcli.witnesses.numerics import FLOAT64, Numerics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torch import Tensor

    from derivcli.language.program import Program

_LARGE_BLOCK = 31 * 2**20  # bytes


class Slopes(NamedTuple):
    """f and its partial derivatives at some points; None for a derivative that has no closed form."""

    value: Tensor
    partials: list[Tensor | None]


class Gradient:
    """f with its partial derivatives by some variables, at many points."""

    def __init__(self, program: Program, wrt: Sequence[str], numerics: Numerics = FLOAT64) -> None:
        self._function = Lambda(program, numerics)
        self._known = frozenset(program.variables)
        self._wrt = tuple(wrt)
        self._lacking = frozenset(name for name in wrt if program.lacks_slope(name))

    @property
    def is_slow(self) -> bool:
        """Whether f has functions that are not torch's own."""
        return self._function.is_slow

    def __call__(self, columns: Mapping[str, Tensor], count: int) -> Slopes:
        """Return f and its slopes at `count` points; a column of shape (count,) for each variable of f."""
        moving = [name for name in self._wrt if name in self._known and name not in self._lacking]
        leaves = {name: columns[name].detach().requires_grad_(name in moving) for name in self._known}
        value = self._function(leaves, count)
        slopes = dict(zip(moving, self._differentiated(value, [leaves[name] for name in moving]), strict=True))
        return Slopes(value.detach(), [self._column(name, slopes, value) for name in self._wrt])

    def _column(self, name: str, slopes: Mapping[str, Tensor | None], value: Tensor) -> Tensor | None:
        if name in self._lacking:
            return None
        slope = slopes.get(name)
        return torch.zeros_like(value, requires_grad=False) if slope is None else slope

    @staticmethod
    def _differentiated(value: Tensor, leaves: list[Tensor]) -> Sequence[Tensor | None]:
        if not value.requires_grad or not leaves:
            return [None] * len(leaves)
        return torch.autograd.grad(value.sum(), leaves, allow_unused=True)


@contextmanager
def one_thread_an_operation() -> Iterator[None]:
    """Keep torch from sharing an operation among threads: they would wait for each other on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    # From now on glibc keeps freed memory: mallopt(3), M_MMAP_THRESHOLD.
    torch.empty(_LARGE_BLOCK, dtype=torch.uint8, device="cpu")
    try:
        yield
    finally:
        torch.set_num_threads(before)
