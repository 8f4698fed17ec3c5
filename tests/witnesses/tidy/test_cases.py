"""Derivatives by cases: cases outside, each tidied, equal ones together. All expected forms were worked by hand."""

from __future__ import annotations

import pytest

from tests.every import for_all
from tests.witnesses.tidy.shown import shown
from tests.witnesses.tidy.test_tidy import check


@for_all(
    ("text", "form"),
    [
        # each case is tidied
        ("where(x < 1, x/(x+1), log(x^2)*x)", "where(x < 1, 1/(x + 1)**2, log(x**2) + 2)"),
        ("max(x^2/(x+1), 3)", "where(x**2/(x + 1) > 3, x*(x + 2)/(x + 1)**2, 0)"),
        ("piecewise(x^2, x<1, x/(x+1), x<2, 5)", "piecewise(2*x, x < 1, 1/(x + 1)**2, x < 2, 0)"),
        ("piecewise(x^2/(x+1), x<1)", "piecewise(x*(x + 2)/(x + 1)**2, x < 1)"),
        # cases come outside
        ("relu(x)^2", "where(x > 0, 2*x, 0)"),
        ("relu(x)*sin(x)", "where(x > 0, x*cos(x) + sin(x), 0)"),
        ("relu(x)*relu(y)", "where(x > 0, relu(y), 0)"),
        ("max(x, y)*x", "where(x > y, 2*x, y)"),
        # cases that are alike are one
        ("clamp(x, -1, 1)^2", "where(x < -1 or x > 1, 0, 2*x)"),
        ("hardtanh(x)", "where(x > -1 and x < 1, 1, 0)"),
        ("where(not x > 0, x^2, x)*x", "where(x > 0, 2*x, 3*x**2)"),
        # a comparison is decided by others, and has its number on the right
        ("hardsigmoid(x)", "where(x <= -3 or x >= 3, 0, 1/6)"),
        ("where(x > 2, where(x > 1, x^2, 5)*x, 0)", "where(x > 2, 3*x**2, 0)"),
        # a place at which the other case has the same value is none
        ("sinc(x)*x", "cos(x)"),
        ("where(x == 2, 4, x^2)*x", "where(x == 2, 4, 3*x**2)"),
        ("where(x != 0, sin(x)/x, 1)", "where(x != 0, cos(x)/x - sin(x)/x**2, 0)"),
        # typed numbers are not multiplied out to longer ones
        ("0.30000000000001*where(x > 0, 0.7000000000003*x^2, 0)", None),
    ],
)
def test_a_function_by_cases_is_tidied_case_by_case(text: str, form: str | None) -> None:
    found = shown(text)
    assert found == form if form else "0.30000000000001*" in found


@pytest.mark.parametrize(
    "text",
    ["selu(x)", "hardswish(x)^2", "relu6(x)*x", "max(x, 0, x^2-1)", "elu(x)^2", "softshrink(x)*x", "relu(x)*relu(1-x)"],
)
@pytest.mark.parametrize("order", [1, 2])
def test_a_form_by_cases_is_no_longer_and_has_the_same_values(text: str, order: int) -> None:
    assert check(text, order) is not False


def test_many_cases_are_left_alone() -> None:
    text = "*".join(f"relu(x-{k})" for k in range(1, 8))
    assert check(text, 1) is not False
