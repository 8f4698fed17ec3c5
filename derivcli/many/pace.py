"""When rows are worked on: in parts so short that none takes long, and ahead while somebody waits."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from derivcli.model.rows import Rows

_Found = TypeVar("_Found")
_In = TypeVar("_In")

_FIRST = 256  # rows
_PACE = 0.25  # seconds that a part is to take
_MOST_GROWN = 4  # times from one part to the next
_LONG = 0.5  # seconds that an item may take where others are still made ahead


def in_good_time(
    work: Callable[[Rows], _Found], pieces: Iterable[Rows], now: Callable[[], float] = time.monotonic
) -> Iterator[_Found]:
    """Yield what `work` makes of the rows, part after part, each as long as the one before it lets expect."""
    pace = Pace(_FIRST)
    for rows in pieces:
        done = 0
        while done < len(rows):
            part = rows.part(done, min(done + pace.size, len(rows)))
            started = now()
            found = work(part)
            pace.took(len(part), now() - started)
            yield found
            done += len(part)


class Pace:
    """How many rows a part is to have, so that it takes as long as a reader waits gladly."""

    def __init__(self, size: int) -> None:
        self.size = size

    def took(self, rows: int, seconds: float) -> None:
        """Learn from a part of so many rows."""
        self.size = max(1, int(rows * min(_MOST_GROWN, _PACE / max(seconds, 1e-9))))


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
