"""Values of programs by floats, held against Python's own arithmetic; where there are none is known from analysis."""

from __future__ import annotations

import math

import pytest

from derivcli.witnesses.tidy.floats import Floats
from tests.witnesses.tidy.shown import program_of


def test_a_program_is_computed_at_many_points() -> None:
    floats = Floats(program_of("2.5*x^2 - sin(y)/pi"))
    assert floats.are_known
    for x, y in ((0.37, 1.5), (-3.0, 0.2), (7.0, -11.0)):
        assert floats.value({"x": x, "y": y}) == pytest.approx(2.5 * x * x - math.sin(y) / math.pi, rel=1e-15)


def test_a_function_that_floats_have_not_is_written_out() -> None:
    assert Floats(program_of("sec(x)")).value({"x": 0.5}) == pytest.approx(1 / math.cos(0.5), rel=1e-15)


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x)", "1/(x + 1)", "x^0.5", "10^400*x", "exp(-1000*x)", "asin(3*x)"])
def test_there_is_no_value_where_no_float_is_one(text: str) -> None:
    assert Floats(program_of(text)).value({"x": -1.0}) is None


def test_there_is_no_value_of_what_floats_cannot_compute() -> None:
    floats = Floats(program_of("digamma(x)"))
    assert not floats.are_known
    assert floats.value({"x": 1.0}) is None
    assert Floats(program_of("x + y")).value({"x": 1.0}) is None
