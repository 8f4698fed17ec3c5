"""f and its first derivatives at many points: chunks that stay in the cache, and one backward pass for each.

The gradient of the sum of the values is the gradient at every point: no point depends on another's coordinates.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import torch

from derivcli.witnesses.autograd import Lambda
from derivcli.witnesses.numerics import FLOAT64, Numerics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from torch import Tensor

    from derivcli.language.program import Program

_TOGETHER = 4  # chunks that a thread takes at once

_In = TypeVar("_In")
_Out = TypeVar("_Out")


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


def in_order(work: Callable[[_In], _Out], items: Iterable[_In], threads: int) -> Iterator[_Out]:
    """Yield what `work` makes of the items, in their order; threads work ahead, but never far."""
    if threads < 2:
        yield from map(work, items)
        return
    several = iter(items)
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[_Batch[_Out]]] = deque()
        while some := list(islice(several, _TOGETHER)):
            waiting.append(pool.submit(_batch, work, some))
            if len(waiting) > threads:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


class _Batch(list[_Out]):
    """Results, and the error that has ended them."""

    error: Exception | None = None

    def __iter__(self) -> Iterator[_Out]:
        yield from super().__iter__()
        if self.error is not None:
            raise self.error


def _batch(work: Callable[[_In], _Out], items: Iterable[_In]) -> _Batch[_Out]:
    done = _Batch[_Out]()
    try:
        for item in items:
            done.append(work(item))
    except Exception as error:
        done.error = error
    return done


@contextmanager
def one_thread_an_operation() -> Iterator[None]:
    """Keep torch from sharing an operation among threads: they would wait for each other on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
