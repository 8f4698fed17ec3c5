"""No part takes long, and no row is lost: by a clock that the work itself moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from derivcli.many.pace import in_good_time
from derivcli.points.arrays import Arrays
from derivcli.witnesses.lambdas import Lambda
from tests.checks import program_of

if TYPE_CHECKING:
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
