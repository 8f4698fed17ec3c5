"""Threads work ahead, but never far, and keep the order; nothing is lost when something fails."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

import pytest

from derivcli.many.pipeline import done, in_order, pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


def worked(
    work: Callable[[int], T],
    items: Iterable[int],
    threads: int = 1,
    ahead: int = 3,
    can_wait: Callable[[int], bool] = lambda _item: True,
) -> Iterator[T]:
    with pool(threads) as made:
        yield from in_order(lambda item: made.submit(work, item), items, ahead, can_wait)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    def work(item: int) -> int:
        time.sleep(0.002 * (item % 3 == 0))  # the first of three takes longest
        return item * item

    assert list(worked(work, range(30), threads)) == [item * item for item in range(30)]
    assert list(worked(work, [], threads)) == []


def test_threads_work_ahead_but_never_far() -> None:
    taken: list[int] = []
    go_on = threading.Event()

    def items() -> Iterator[int]:
        for item in range(1000):
            taken.append(item)
            if item == 3:
                go_on.set()
            yield item

    found = worked(lambda _item: go_on.wait(10), items(), ahead=3)
    for expected in range(100):
        assert next(found)
        assert 4 <= len(taken) <= expected + 1 + 3
    found.close()  # type: ignore[attr-defined]


def test_a_result_that_cannot_wait_comes_before_the_next_item_is_read() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(10):
            taken.append(item)
            yield item

    found = worked(lambda item: item, items(), can_wait=lambda _item: False)
    for expected in range(10):
        assert next(found) == expected
        assert len(taken) == expected + 1


def test_several_threads_do_work_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=10)
    assert list(worked(lambda _item: together.wait() >= 0, range(4), 2)) == [True] * 4


@pytest.mark.parametrize("threads", [1, 3])
def test_an_exception_of_the_work_comes_after_the_results_before(threads: int) -> None:
    given: list[float] = []
    with pytest.raises(ZeroDivisionError):
        given.extend(worked(lambda item: 1 / (item - 50), range(100), threads))
    assert given == [1 / (item - 50) for item in range(50)]


@pytest.mark.parametrize("threads", [1, 3])
def test_an_exception_of_the_items_comes_after_the_results_before(threads: int) -> None:
    def items() -> Iterator[int]:
        yield from range(4)
        raise LookupError("no more")

    given: list[int] = []
    with pytest.raises(LookupError, match="no more"):
        given.extend(worked(lambda item: item, items(), threads))
    assert given == [0, 1, 2, 3]


def test_what_has_not_begun_when_nobody_listens_any_more_is_dropped() -> None:
    begun: list[int] = []
    go_on = threading.Event()

    def work(item: int) -> None:
        begun.append(item)
        if item:
            go_on.wait(10)

    found = worked(work, range(100), ahead=5)
    next(found)
    found.close()  # type: ignore[attr-defined]
    go_on.set()
    time.sleep(0.05)
    assert begun in ([0], [0, 1])


def test_a_result_for_which_there_was_nothing_to_do_is_there_at_once() -> None:
    assert list(in_order(done, [1, 2, 3], 0, lambda _item: False)) == [1, 2, 3]
