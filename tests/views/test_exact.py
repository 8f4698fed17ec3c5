"""Exact forms beside decimals: of the values that tables of trigonometry and of fractions have, and of no others."""

from __future__ import annotations

import pytest

from tests.answers import ask


@pytest.mark.parametrize(
    ("text", "at", "value", "slope"),
    [
        ("sin(x)", "x=pi/4", "sqrt(2)/2", "sqrt(2)/2"),
        ("cos(x)", "x=pi/6", "sqrt(3)/2", None),  # the slope is -1/2, which a decimal says
        ("atan(x)", "x=1", "pi/4", None),
        ("x/(x+1)", "x=2", "2/3", "1/9"),
        ("x^3", "x=0.1", None, None),
        ("x^2", "x=3", None, None),
        ("sqrt(x)", "x=8", "2*sqrt(2)", "sqrt(2)/8"),
        ("exp(x)*sin(x)", "x=2", None, None),  # the formula again, with 2 in it
        ("1/x", "x=12347", None, None),  # no short fraction
        ("abs(x)", "x=-1/3", "1/3", None),
        ("2^x", "x=1e9", None, None),  # nor is a number written out that outgrows the memory
        ("sin(10^10^x)", "x=2", None, None),
        ("log(x)", "x=-1", None, None),
    ],
)
def test_a_value_has_an_exact_form_where_a_short_one_says_more(
    text: str, at: str, value: str | None, slope: str | None
) -> None:
    found = ask(text, at)
    assert (found.value.exact, found.derivatives[0].exact) == (value, slope)


def test_the_slope_of_a_curve_has_one_too() -> None:
    assert ask("x^2+y^2=25", "x=4,y=3", implicit="y").derivatives[0].exact == "-4/3"


def test_a_tangent_with_numbers_that_are_no_short_fractions_has_decimals() -> None:
    found = ask("x^2", "x=12345.5", tangent=True).tangent
    assert found is not None
    assert found.equation == "y = 152411370.25 + 24691*(x - 12345.5)"


def test_an_exact_form_of_long_decimals_says_nothing() -> None:
    found = ask("sqrt(x^2+1)", "x=1.4142135623730951")
    assert (found.value.exact, found.derivatives[0].exact) == (None, None)
