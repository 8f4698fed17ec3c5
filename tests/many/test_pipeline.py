"""What is made ahead comes in order, and never far ahead; nothing is lost when something fails."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from derivcli.many.pipeline import Ahead, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    def work(item: int) -> int:
        time.sleep(0.002 * (item % 3 == 0))  # the first of three takes longest
        return item * item

    assert list(in_order(work, range(30), threads)) == [item * item for item in range(30)]
    assert list(in_order(work, [], threads)) == []


def test_threads_work_ahead_but_never_far() -> None:
    taken: list[int] = []
    go_on = threading.Event()

    def items() -> Iterator[int]:
        for item in range(1000):
            taken.append(item)
            if item == 2:
                go_on.set()
            yield item

    found = in_order(lambda _item: go_on.wait(10), items(), 1)
    for expected in range(100):
        assert next(found)
        assert 3 <= len(taken) <= expected + 1 + 2
    found.close()  # type: ignore[attr-defined]


def test_several_threads_do_work_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=10)
    assert list(in_order(lambda _item: together.wait() >= 0, range(4), 2)) == [True] * 4


@pytest.mark.parametrize("threads", [1, 3])
def test_an_exception_of_the_work_comes_after_the_results_before(threads: int) -> None:
    given: list[float] = []
    with pytest.raises(ZeroDivisionError):
        given.extend(in_order(lambda item: 1 / (item - 50), range(100), threads))
    assert given == [1 / (item - 50) for item in range(50)]


@pytest.mark.parametrize("threads", [1, 3])
def test_an_exception_of_the_items_comes_after_the_results_before(threads: int) -> None:
    def items() -> Iterator[int]:
        yield from range(4)
        raise LookupError("no more")

    given: list[int] = []
    with pytest.raises(LookupError, match="no more"):
        given.extend(in_order(lambda item: item, items(), threads))
    assert given == [0, 1, 2, 3]


def test_what_has_not_begun_when_nobody_listens_any_more_is_dropped() -> None:
    begun: list[int] = []
    go_on = threading.Event()

    def work(item: int) -> None:
        begun.append(item)
        if item:
            go_on.wait(10)

    found = in_order(work, range(100), 1)
    next(found)
    threading.Timer(0.05, go_on.set).start()
    found.close()  # type: ignore[attr-defined]
    assert begun in ([0], [0, 1])


def test_items_that_are_made_ahead_keep_their_order() -> None:
    items = Ahead(iter(range(6)), 2)
    assert next(items) == 0
    assert [items.advance() for _ in range(3)] == [True, True, False]
    assert [next(items), next(items), next(items)] == [1, 2, 3]
    assert items.advance()
    assert list(items) == [4, 5]
    assert not items.advance()
    assert list(items) == []


def test_nothing_is_made_ahead_where_there_is_no_room() -> None:
    items = Ahead(iter("ab"), 0)
    assert not items.advance()
    assert list(items) == ["a", "b"]


def test_an_exception_of_an_item_made_ahead_comes_in_its_place() -> None:
    def made() -> Iterator[int]:
        yield from range(2)
        raise LookupError("no more")

    items = Ahead(made(), 9)
    assert [items.advance() for _ in range(3)] == [True, True, False]
    assert [next(items), next(items)] == [0, 1]
    with pytest.raises(LookupError, match="no more"):
        next(items)
    assert list(items) == []


def test_nothing_is_made_ahead_any_more_once_an_item_has_taken_long() -> None:
    times = iter([0.0, 0.1, 1.0, 1.7, 2.0, 2.1])
    items = Ahead(iter("abcd"), 9, lambda: next(times))
    assert [items.advance(), items.advance(), items.advance()] == [True, True, False]
    assert [next(items), next(items), next(items)] == ["a", "b", "c"]
