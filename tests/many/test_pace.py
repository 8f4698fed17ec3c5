"""No part takes long, and no row is lost: by a clock that the work itself moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from derivcli.many.pace import Ahead, in_good_time
from derivcli.points.arrays import Arrays
from derivcli.witnesses.lambdas import Lambda
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model.rows import Rows


class Work:
    """Takes so many seconds a row."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = list(seconds)
        self.time = 0.0
        self.lasted: list[float] = []

    def __call__(self, rows: Rows) -> list[int]:
        pace = self.seconds.pop(0) if len(self.seconds) > 1 else self.seconds[0]
        self.lasted.append(len(rows) * pace)
        self.time += self.lasted[-1]
        return list(rows.lines)

    def now(self) -> float:
        return self.time


def parts(work: Work, count: int) -> list[list[int]]:
    return list(in_good_time(work, Arrays({"x": np.zeros(count)}).rows(("x",)), work.now))


@pytest.mark.parametrize("pace", [1e-9, 1e-6, 1e-3, 0.1, 10.0])
def test_every_row_is_worked_on_once_and_in_order(pace: float) -> None:
    count = 200_000 if pace < 1e-5 else 2_000
    assert [line for part in parts(Work(pace), count) for line in part] == list(range(1, count + 1))


def test_a_slow_part_makes_the_next_ones_short() -> None:
    work = Work(0.01)
    parts(work, 2_000)
    assert work.lasted[0] == 2.56
    assert max(work.lasted[1:]) <= 0.25


def test_parts_become_longer_while_they_are_quick() -> None:
    sizes = list(map(len, parts(Work(1e-9), 140_000)))
    assert sizes[:5] == [256, 1024, 4096, 16384, 65536]
    assert len(sizes) < 9  # a piece of the source ends where it ends


def test_what_is_slow_in_the_beginning_only_is_made_up_for() -> None:
    sizes = list(map(len, parts(Work(1.0, 1e-9), 100_000)))
    assert sizes[:4] == [256, 1, 4, 16]


@pytest.mark.parametrize(
    ("text", "is_slow"), [("sin(x)*exp(x)", False), ("x^2", False), ("polylog(2.5, x)", True), ("1 + zeta(x)", True)]
)
def test_what_is_not_torch_s_own_may_be_slow(text: str, is_slow: bool) -> None:
    assert Lambda(program_of(text)).is_slow is is_slow


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
