"""Work done by threads while more items are read, its results in the order of the items."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def in_order(work: Callable[[_In], _Out], items: Iterable[_In], threads: int) -> Iterator[_Out]:
    """Yield what `work` makes of the items, in their order; the threads work ahead, but never far.

    What the work or the items raise comes after the results of all items before. What has not begun when nobody
    listens any more is dropped.
    """
    pool = ThreadPoolExecutor(threads)
    waiting: deque[Future[_Out]] = deque()
    failure: list[Exception] = []
    try:
        for item in _until_failure(items, failure):
            waiting.append(pool.submit(work, item))
            while waiting and (len(waiting) > 2 * threads or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
    if failure:
        raise failure[0]


def _until_failure(items: Iterable[_In], failure: list[Exception]) -> Iterator[_In]:
    try:
        yield from items
    except Exception as error:
        failure.append(error)
