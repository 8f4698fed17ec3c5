"""Rows worked on in parts so short that none takes long: a slow function costs milliseconds a row."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from derivcli.model.rows import Rows

_Found = TypeVar("_Found")

_FIRST = 256  # rows
_PACE = 0.25  # seconds that a part is to take
_MOST_GROWN = 4  # times from one part to the next


def in_good_time(
    work: Callable[[Rows], _Found], pieces: Iterable[Rows], now: Callable[[], float] = time.monotonic
) -> Iterator[_Found]:
    """Yield what `work` makes of the rows, part after part, each as long as the one before it lets expect."""
    size = _FIRST
    for rows in pieces:
        done = 0
        while done < len(rows):
            part = rows.part(done, min(done + size, len(rows)))
            started = now()
            found = work(part)
            seconds = now() - started
            yield found
            done += len(part)
            size = max(1, int(len(part) * min(_MOST_GROWN, _PACE / max(seconds, 1e-9))))
