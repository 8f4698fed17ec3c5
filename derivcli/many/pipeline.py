"""Items in their order, some of them made ahead while somebody waits for something else."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_In = TypeVar("_In")

_LONG = 0.5  # seconds


class Ahead(Iterator[_In]):
    """Items in their order, of which up to `most` are made before they are wanted, whenever there is time for it.

    There is none once one has taken long. What making one of them raises comes after the items before it.
    """

    def __init__(self, items: Iterable[_In], most: int, now: Callable[[], float] = time.monotonic) -> None:
        self._failure: list[Exception] = []
        self._items = _until_failure(items, self._failure)
        self._most = most
        self._now = now
        self._longest = 0.0
        self._made: deque[_In] = deque()

    def advance(self) -> bool:
        """Make one more item now; tell whether there was one, and room and time for it."""
        before = len(self._made)
        if before < self._most and self._longest < _LONG:
            self._make()
        return len(self._made) > before

    def __next__(self) -> _In:
        if not self._made:
            self._make()
        if self._made:
            return self._made.popleft()
        raise self._failure.pop() if self._failure else StopIteration

    def _make(self) -> None:
        started = self._now()
        self._made.extend(islice(self._items, 1))
        self._longest = max(self._longest, self._now() - started)


def _until_failure(items: Iterable[_In], failure: list[Exception]) -> Iterator[_In]:
    try:
        yield from items
    except Exception as error:
        failure.append(error)
