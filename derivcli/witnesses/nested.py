"""Derivatives of order 2 and higher as torch has them: reverse mode, nested once for each order.

Derivatives that begin alike share the beginning: for `xxy` and `xxx` the slope by x, and by x again, is found once. The
orders go up one by one, for all derivatives and all points together. The time is exponential in the order, so torch is
asked up to `HIGHEST`, and as long as there is time.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import torch

from derivcli.witnesses.autograd import why_missing
from derivcli.witnesses.lambdas import Lambda
from derivcli.witnesses.numerics import recorded
from derivcli.witnesses.torch_functions import NoClosedFormError, size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Wrt

    Point = Mapping[str, float]

HIGHEST = 5  # everyday functions take 1 to 25 ms up to here, and 2 to 5 times as long with every order more
PATIENCE = 1.0  # seconds of the processor: a person waits no longer for one witness
_SHARE = 0.25  # of the time that the whole question has
_GROWTH = 3  # times as long takes a pass as one of the order below, in the median of everyday functions

TOO_HIGH = f"torch is asked up to order {HIGHEST}"
TOO_LONG = "torch takes too long at this order"


# As torch has them, without the part of abs that a second slope needs and that imports for two seconds.
_LIGHTER: dict[str, Callable[[Tensor], Tensor]] = {"abs": size, "softsign": lambda x: x / (1 + size(x))}


class _LighterLambda(Lambda):
    """A lambda whose slopes can be differentiated again at once."""

    def _apply(self, op: str, args: list[Any], count: int) -> Any:
        if op in _LIGHTER:
            return _LIGHTER[op](self._tensor(args[0], count))
        return super()._apply(op, args, count)


class Nested(NamedTuple):
    """Derivatives at each of some points, and why there is none of the others."""

    numbers: list[dict[Wrt, float]]
    missing: dict[Wrt, str]


def patience(timeout: float) -> float:
    """Return how many seconds torch has for all derivatives of higher order, where a question has `timeout`."""
    return min(PATIENCE, _SHARE * timeout)


def derivatives(program: Program, points: Sequence[Point], wrt: Sequence[Wrt], seconds: float = PATIENCE) -> Nested:
    """Return derivatives at some points: none that has no closed form, or for which there is no time."""
    wanted = [t for t in wrt if len(t) <= HIGHEST]
    missing = {t: TOO_HIGH for t in wrt if len(t) > HIGHEST}
    if not wanted or not points:
        return Nested([{} for _ in points], missing)
    try:
        found = _Tree(program, points, wanted, _Clock(seconds)).grow()
    except NoClosedFormError as error:
        if len(points) > 1:  # one that stands in a branch matters only where the branch is taken
            return _joined([derivatives(program, [point], wrt, seconds / len(points)) for point in points])
        lost = _lost(program, points[0], wanted) or dict.fromkeys(wanted, str(error))
        rest = derivatives(program, points, [t for t in wrt if t not in lost], seconds)
        return Nested(rest.numbers, rest.missing | lost)
    columns = {t: (found[t] + 0.0).tolist() for t in wanted if t in found}  # no -0
    numbers = [{t: column[index] for t, column in columns.items()} for index in range(len(points))]
    return Nested(numbers, missing | {t: TOO_LONG for t in wanted if t not in columns})


def _joined(parts: Sequence[Nested]) -> Nested:
    missing = {t: why for part in parts for t, why in part.missing.items()}
    return Nested([numbers for part in parts for numbers in part.numbers], missing)


def _lost(program: Program, point: Point, wanted: Sequence[Wrt]) -> dict[Wrt, str]:
    """Return the derivatives by variables without a slope, and why."""
    names = dict.fromkeys(name for t in wanted for name in t)
    lacking = {name: why for name in names if (why := why_missing(program, point, name))}
    return {t: why for t in wanted for name, why in lacking.items() if name in t}


class _OutOfTimeError(Exception):
    """There is no time for what is still wanted."""


class _Clock:
    """Foresees the time that backward passes take, from those that were last measured."""

    def __init__(self, seconds: float) -> None:
        self._until = time.thread_time() + seconds
        self._cost = 0.0

    def check(self, passes: int) -> None:
        """Raise `_OutOfTimeError` where so many passes of the next order take too long."""
        if time.thread_time() + passes * _GROWTH * self._cost > self._until:
            raise _OutOfTimeError

    def measure(self, start: float, passes: int) -> None:
        """Keep how long a pass has taken since a time of this thread."""
        self._cost = (time.thread_time() - start) / passes


class _Tree:
    """Derivatives, each found from the one that lacks its last variable."""

    @recorded
    def __init__(self, program: Program, points: Sequence[Point], wanted: Sequence[Wrt], clock: _Clock) -> None:
        self._program, self._points, self._clock = program, points, clock
        self._next: defaultdict[Wrt, dict[str, None]] = defaultdict(dict)  # the variables that follow on a beginning
        for t in wanted:
            for k, name in enumerate(t):
                self._next[t[:k]][name] = None
        moving = frozenset(name for t in wanted for name in t)
        self._leaves = {name: self._leaf(name).requires_grad_(name in moving) for name in points[0]}
        self._found: dict[Wrt, Tensor] = {}

    def _leaf(self, name: str) -> Tensor:
        return torch.tensor([point[name] for point in self._points], dtype=torch.float64, device="cpu")

    @recorded
    def grow(self) -> dict[Wrt, Tensor]:
        """Return what is found, one order after the other, until the time is over; a number for each point.

        Raises `NoClosedFormError` where any derivative has none.
        """
        level: dict[Wrt, Tensor] = {(): _LighterLambda(self._program)(self._leaves, len(self._points))}
        with suppress(_OutOfTimeError):
            while level:
                self._clock.check(len(level))
                level = self._after(level)
        return self._found

    def _after(self, level: Mapping[Wrt, Tensor]) -> dict[Wrt, Tensor]:
        """Return the derivatives of the next order on which others follow; keep all that are wanted."""
        start, found = time.thread_time(), {}
        for path, slope in level.items():
            self._clock.check(0)
            for name, higher in zip(self._next[path], self._gradient(path, slope), strict=True):
                self._found[*path, name] = higher.detach()
                found[*path, name] = higher
        self._clock.measure(start, len(level))
        return {t: slope for t, slope in found.items() if t in self._next}

    def _gradient(self, path: Wrt, slope: Tensor) -> list[Tensor]:
        """Return the slopes of a slope by one backward pass, recorded where others follow."""
        names = self._next[path]
        if not slope.requires_grad:
            return [torch.zeros_like(slope) for _ in names]
        inputs = [self._leaves[name] for name in names]
        follow = any((*path, name) in self._next for name in names)
        found = torch.autograd.grad(slope.sum(), inputs, create_graph=follow, retain_graph=True, allow_unused=True)
        return [torch.zeros_like(slope) if x is None else x for x in found]
