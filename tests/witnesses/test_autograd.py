"""The torch witness: values and slopes at a point, and nothing of a branch that is not taken."""

from __future__ import annotations

import math

import pytest

from derivcli.witnesses.autograd import partials
from derivcli.witnesses.folding import fold
from tests.checks import program_of


def at(text: str, **point: float) -> tuple[float, dict[str, float | None]]:
    return partials(fold(program_of(text)), point, tuple(point))


@pytest.mark.parametrize(
    ("text", "point", "value", "slopes"),  # by hand
    [
        ("5*x**4 + 3*x**3", {"x": 2.0}, 104.0, [196.0]),
        ("x^2*y", {"x": 2.0, "y": 3.0}, 12.0, [12.0, 4.0]),
        ("7*x/x", {"x": 2.0}, 7.0, [0.0]),
        ("7", {}, 7.0, []),
        ("pi", {}, math.pi, []),
        ("3 + 0*x", {"x": 1.0}, 3.0, [0.0]),
        ("x^0.5", {"x": 4.0}, 2.0, [0.25]),
        ("x^-1", {"x": 4.0}, 0.25, [-0.0625]),
        ("2^x", {"x": 3.0}, 8.0, [8 * math.log(2)]),
        ("x^y", {"x": 2.0, "y": 3.0}, 8.0, [12.0, 8 * math.log(2)]),
        ("mod(x, y)", {"x": 7.0, "y": 3.0}, 1.0, [1.0, -2.0]),
        ("floor(x)", {"x": 2.5}, 2.0, [0.0]),
        ("log(x, 10)", {"x": 10.0}, 1.0, [0.1 / math.log(10)]),
        ("max(x, 2, y)", {"x": 5.0, "y": 3.0}, 5.0, [1.0, 0.0]),
        ("9007199254740993*x", {"x": 1.0}, 9007199254740992.0, [9007199254740992.0]),
        ("abs(x)", {"x": -2.0}, 2.0, [-1.0]),
        ("x!", {"x": 4.0}, 24.0, [24 * (25 / 12 - 0.5772156649015329)]),  # digamma(5), Abramowitz & Stegun 6.3.2
    ],
)
def test_value_and_slopes_are_those_of_a_hand_calculation(
    text: str, point: dict[str, float], value: float, slopes: list[float]
) -> None:
    found, partial = at(text, **point)
    assert found == pytest.approx(value, rel=1e-15)
    assert list(partial.values()) == pytest.approx(slopes, rel=1e-14)


def test_a_variable_that_is_not_asked_for_gets_no_slope() -> None:
    assert partials(program_of("x*y"), {"x": 2.0, "y": 3.0}, ("y",)) == (6.0, {"y": 2.0})
    assert partials(program_of("x*y"), {"x": 2.0, "y": 3.0}, ()) == (6.0, {})


def test_a_variable_that_the_value_does_not_depend_on_has_slope_zero() -> None:
    assert at("where(x > 0, x, y)", x=1.0, y=5.0) == (1.0, {"x": 1.0, "y": 0.0})


@pytest.mark.parametrize(
    ("text", "x", "value", "slope"),
    [
        ("where(x > 0, sqrt(x), x)", -1.0, -1.0, 1.0),
        ("where(x > 0, sqrt(x), x)", 4.0, 2.0, 0.25),
        ("where(x == 0, 1, sin(x)/x)", 0.0, 1.0, 0.0),
        ("where(x > 0, x*log(x), 0)", 0.0, 0.0, 0.0),
        ("where(x != 0, exp(-1/x^2), 0)", 0.0, 0.0, 0.0),
        ("piecewise(log(x), x > 0, log(-x), x < 0, 5)", 0.0, 5.0, 0.0),
        ("piecewise(log(x), x > 0, log(-x), x < 0, 5)", -2.0, math.log(2), -0.5),
        (
            "where(x > 0, where(x > 1, sqrt(x - 1), acos(x)), asin(x/0))",
            0.0 + 0.5,
            math.acos(0.5),
            -1 / math.sqrt(0.75),
        ),
        ("1 + 2*where(x < 0, sqrt(-x), sqrt(x))", -4.0, 5.0, -0.5),
        ("where(where(x > 0, 1/x, 0) > 1, 1, x)", 0.0, 0.0, 1.0),
    ],
)
def test_a_branch_that_is_not_taken_leaks_nothing(text: str, x: float, value: float, slope: float) -> None:
    found, partial = at(text, x=x)
    assert found == pytest.approx(value, rel=1e-15)
    assert partial["x"] == pytest.approx(slope, rel=1e-14)
