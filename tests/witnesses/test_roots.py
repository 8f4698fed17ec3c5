"""Places on a curve are offered where F changes its sign or is 0, and nowhere else."""

from __future__ import annotations

import math
import time

import pytest

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses.roots import zeros


def found(text: str, **at: float) -> list[float]:
    return zeros(compile_tree(parse(text, frozenset({"x", "y"})).tree), at, "y", time.monotonic() + 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2+y^2-25", [-4, 4]),  # 3, 4, 5
        ("(y-x)^2", [3]),
        ("(y+x)^2", [-3]),
        ("y^3-x^3", [3]),
        ("y-x/7", [3 / 7]),
        ("y-1e9*x", [3e9]),
        ("y-1e-9*x", [3e-9]),
        ("log(y)-x", [math.exp(3)]),
        ("x^2+y^2", []),
        ("1/(y-x)", []),  # a pole changes the sign too
        ("1/(y-0.301)", []),
        ("floor(y)-x+1/2", []),  # and so does a jump
        ("where(y>x, y-5, sqrt(-1-y^2))", [5]),
    ],
)
def test_the_zeros_of_a_program_are_found(text: str, expected: list[float]) -> None:
    assert found(text, x=3.0) == pytest.approx(expected, rel=1e-15)


def test_a_zero_is_written_as_short_as_it_is_one() -> None:
    assert found("x*y-1", x=10.0) == [0.1]


def test_without_time_left_nothing_is_wrong_that_is_offered() -> None:
    program = compile_tree(parse("y^3-x", frozenset({"x", "y"})).tree)
    assert zeros(program, {"x": 3.0}, "y", time.monotonic() - 1) == []
