"""What is made ahead comes in order, and never far ahead; nothing is lost when something fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.many.pipeline import Ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


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
