"""The search for zeros by itself: with functions made for it, whose zeros are known."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from flint import arb, ctx

from derivcli.witnesses.proof.numbers import BlurredError, OutsideError
from derivcli.witnesses.proof.zeros import BITS, Allowance, Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Made:
    """A function with its slope."""

    of: Callable[[Any], Any]
    slope: Callable[[Any], Any] | None = None

    def value(self, x: Any) -> Any:
        """Return its values."""
        return self.of(x)

    def both(self, x: Any) -> tuple[Any, Any]:
        """Return its values and slopes."""
        return self.of(x), None if self.slope is None else self.slope(x)


@pytest.fixture(autouse=True)
def precise() -> Iterator[None]:
    with ctx.workprec(BITS):
        yield


def searched(made: Made, low: float, high: float, work: int = 5_000, *, whole: bool = False) -> Search:
    width = arb(high) - arb(low)
    search = Search(made, whole, width / 600, Allowance(work, time.thread_time() + 60))
    search.run([(arb(low), arb(high))])
    return search


def test_a_simple_zero_is_enclosed_to_fifty_digits_in_a_few_steps() -> None:
    search = searched(Made(lambda x: x * x - 2, lambda x: 2 * x), 0, 3)
    (place,) = search.found
    assert place.contains(arb(2).sqrt().mid())
    assert place.rel_accuracy_bits() >= 150
    assert not search.still_open
    assert search.work.left > 4_970


def test_without_a_slope_a_zero_stays_open_in_a_narrow_interval() -> None:
    search = searched(Made(lambda x: x * x - 2), 0, 3)
    assert search.found == []
    assert all(high - low < 1e-10 and abs(low - arb(2).sqrt()) < 1e-10 for low, high in search.still_open)
    assert len(search.still_open) <= 3


def test_a_zero_that_is_touched_stays_open_and_nothing_else_does() -> None:
    search = searched(Made(lambda x: 1 + x.cos(), lambda x: -x.sin()), 0, 6)
    assert search.found == []
    assert all(high - low < 1e-9 and abs(low - arb.pi()) < 1e-9 for low, high in search.still_open)


def test_every_whole_number_is_taken_once() -> None:
    search = searched(Made(lambda x: 2 * x, lambda _x: arb(2)), 0.25, 3.25, whole=True)
    assert sorted(float(place) for place in search.found) == [0.5, 1, 1.5, 2, 2.5, 3]


def test_where_whole_numbers_are_too_dense_for_a_picture_the_interval_is_left_open_at_once() -> None:
    search = searched(Made(lambda x: 1e6 * x, lambda _x: arb(1e6)), 0, 1, whole=True)
    assert (search.found, len(search.still_open), search.work.left) == ([], 1, 4_999)
    endless = searched(Made(lambda x: 1e30 * x, lambda _x: arb(1e30)), -1, 1, whole=True)  # more than can be counted
    assert (endless.found, len(endless.still_open)) == ([], 1)


def test_when_the_work_is_over_what_was_not_looked_at_is_open() -> None:
    search = searched(Made(lambda x: (1000 * x).sin(), lambda x: 1000 * (1000 * x).cos()), 1, 10, work=50)
    covered = sum((high - low for low, high in search.still_open), arb(0))
    assert covered > 8
    assert search.still_open


def test_where_the_function_has_no_value_nothing_is_sought() -> None:
    def root(x: Any) -> Any:
        if x < 0:
            raise OutsideError
        if not x > 0:
            raise BlurredError
        return x.sqrt() - 1

    search = searched(Made(root, lambda x: 1 / (2 * x.sqrt())), -5, 5)
    assert [float(place) for place in search.found] == [1]
    assert all(abs(low) < 1e-9 for low, _high in search.still_open)


def test_what_is_0_all_along_has_no_zero_of_its_own() -> None:
    search = searched(Made(lambda x: x - abs(x), lambda _x: arb(0, 2)), 1, 2)
    assert (search.found, search.still_open) == ([], [])
