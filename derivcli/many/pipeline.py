"""Work done by threads while more items are read, its results in the order of the items."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@contextmanager
def pool(threads: int) -> Iterator[ThreadPoolExecutor]:
    """Keep some threads; what they have not begun at the end is dropped, and nobody waits for what they have."""
    made = ThreadPoolExecutor(max(threads, 1))  # which start when there is something to do
    try:
        yield made
    finally:
        made.shutdown(wait=False, cancel_futures=True)


def done(result: _Out) -> Future[_Out]:
    """Return a result for which there was nothing to do."""
    future: Future[_Out] = Future()
    future.set_result(result)
    return future


def in_order(
    begin: Callable[[_In], Future[_Out]], items: Iterable[_In], ahead: int, can_wait: Callable[[_In], bool]
) -> Iterator[_Out]:
    """Begin work on each item and yield the results, in the order of the items.

    At most `ahead` items are read while the result of an earlier one is not there yet; none after one that cannot
    wait. What the work or the items raise comes after the results of all items before.
    """
    waiting: deque[Future[_Out]] = deque()
    failure: list[Exception] = []
    for item in _until_failure(items, failure):
        waiting.append(begin(item))
        most = ahead if can_wait(item) else 0
        while waiting and (len(waiting) > most or waiting[0].done()):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
    if failure:
        raise failure[0]


def _until_failure(items: Iterable[_In], failure: list[Exception]) -> Iterator[_In]:
    try:
        yield from items
    except Exception as error:
        failure.append(error)
