"""The range that is chosen shows what is interesting."""

from __future__ import annotations

import math

import pytest

from derivcli.plot import subject
from derivcli.plot.ranges import choose, choose_beside, choose_for


def chosen(text: str) -> tuple[float, float]:
    (asked,) = subject.read([text], None)
    span = choose("x", asked.program, {}, {})
    assert span.chosen
    return span.low, span.high


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("relu(x)", (-3, 3)),
        ("x^2", (-3, 3)),
        ("1/x", (-5, 5)),
        ("tan(x)", (-6.5, 6.5)),
        ("abs(x)", (-3, 3)),
        ("floor(x)", (-5, 5)),
        ("sqrt(x)", (-1, 5)),
        ("sin(x)/x", (-15, 15)),
        ("exp(-x^2)", (-3, 3)),
        ("(x-100)^2", (97, 103)),
        ("exp(x)", (-3, 3)),
        ("log(x - 1000)", (999, 1005)),
        ("exp(-(1000*x)^2)", (-0.003, 0.003)),
        ("asin(x)", (-1.25, 1.25)),
        ("sqrt(-x)", (-5, 1)),
        ("3 + 0*x", (-3, 3)),
        ("lambertw(x)", (-1.37, 4.63)),  # from -1/e on
        ("sin(1000*x)", (-0.0065, 0.0065)),  # two periods on both sides, as of sin(x)
        ("tan(1000*x)", (-0.0065, 0.0065)),
        ("sin(1e6*x)", (-6.5e-6, 6.5e-6)),
        ("sin(3e7*x)*cos(x)", (-2.5e-7, 2.5e-7)),
        ("x + sin(1e9*x)", (-6.5e-9, 6.5e-9)),
        ("x + sin(1000*x)", (-0.0065, 0.0065)),
        ("exp(-x^2)*sin(300*x)", (-0.025, 0.025)),
        ("sin(x^3)", (-2, 2)),  # where its waves get shorter
        ("where(x < 0, 1/x, sqrt(x))", (-5, 5)),  # its leap at 0 is no root next to 0
        ("where(x < 0, x^2, sqrt(x))", (-3, 3)),
    ],
)
def test_the_range_is_what_a_textbook_would_show(text: str, ends: tuple[float, float]) -> None:
    assert chosen(text) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("x^3 - 3*x", [-math.sqrt(3), 0, math.sqrt(3)]),
        ("1/((x - 1)*(x - 5))", [1, 5]),
        ("(x - 1)*(x - 2)*(x - 3)", [1, 2, 3]),
        ("x^2 - 1e6", [-1000, 1000]),
        ("abs(x - 3)", [3]),
        ("exp(-(x - 50)^2)", [50]),
        ("max(x^3, x)", [-1, 0, 1]),  # beside slopes of 1e18 far away
        ("where(x == 100, 5, x/100)", [0, 100]),
    ],
)
def test_all_that_is_interesting_is_inside(text: str, places: list[float]) -> None:
    low, high = chosen(text)
    assert all(low < place < high for place in places)
    assert high - low < 10 * max(1.0, max(places) - min(places))


def test_a_function_of_two_variables_gets_a_range_for_each() -> None:
    (asked,) = subject.read(["x*y"], None)
    assert [(span.low, span.high) for span in (choose_beside(name, asked) for name in asked.free)] == [(-3, 3)] * 2


@pytest.mark.parametrize(
    ("text", "point", "ends"),
    [
        ("x^2", 2.0, (-3, 3)),
        ("x^2", 100.0, (-15, 115)),
        ("log(x)", 50.0, None),
        ("sin(x)", 1000.0, (992, 1008)),
        ("1/x", -30.0, None),
    ],
)
def test_a_point_is_inside_the_range_and_moves_that_of_a_wave(
    text: str, point: float, ends: tuple[float, float] | None
) -> None:
    (asked,) = subject.read([text], {"x": str(point)})
    span = choose_for([asked])
    margin = 0.05 * (span.high - span.low)
    assert span.low + margin < point < span.high - margin
    if ends is not None:
        assert (span.low, span.high) == pytest.approx(ends, rel=0.2)


def test_the_range_of_several_functions_shows_all_of_them() -> None:
    span = choose_for(subject.read(["x^2", "(x-100)^2"], None))
    assert (span.low, span.high) == pytest.approx((-3, 103))
