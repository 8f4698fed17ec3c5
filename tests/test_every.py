"""One test of many cases fails where a case does, and names it."""

from __future__ import annotations

import inspect

import pytest

from tests.every import for_all


def test_all_cases_that_fail_are_named() -> None:
    @for_all("number", [1, -2, 3, -4])
    def check(number: int) -> None:
        assert number > 0, "not positive"

    with pytest.raises(AssertionError) as failed:
        check()
    assert "-2: AssertionError: not positive" in str(failed.value)
    assert "-4: AssertionError: not positive" in str(failed.value)
    assert "3:" not in str(failed.value)


def test_a_case_that_raises_fails() -> None:
    @for_all(("x", "y"), [(1, 1), (1, 0)])
    def check(x: int, y: int) -> None:
        assert x / y == 1

    with pytest.raises(AssertionError, match=r"\(1, 0\): ZeroDivisionError"):
        check()


def test_every_case_is_tried_with_the_fixtures() -> None:
    seen = []

    @for_all("case", "ab")
    def check(case: str, tmp_path: str) -> None:
        seen.append((case, tmp_path))

    assert list(inspect.signature(check).parameters) == ["tmp_path"]
    check(tmp_path="here")
    assert seen == [("a", "here"), ("b", "here")]
