"""Steps are counted by hand."""

from __future__ import annotations

import pytest

from derivcli.witnesses.tidy.work import Known, Work


@pytest.mark.parametrize(("steps", "is_over"), [(30 + 5 + 5 + 5, False), (30 + 5 + 5 + 4, True)])
def test_what_is_made_once_counts_each_time_but_for_what_is_free_from_then_on(steps: int, is_over: bool) -> None:
    work = Work(steps)
    parts: Known[str] = {}
    wholes: Known[str] = {}

    def part() -> str:
        work.spend(30)
        return "part"

    def whole() -> str:
        work.spend(5)
        return "whole of " + work.once(parts, 0, part, counted=False)

    for _ in range(3):
        assert work.once(wholes, 0, whole) == "whole of part"
    assert work.is_over == is_over


def test_the_steps_of_a_part_are_steps_of_the_whole() -> None:
    whole = Work(10)
    Work(100, whole).spend(11)
    assert whole.is_over
    assert Work(100, whole).is_over
