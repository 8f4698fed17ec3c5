"""What views want at the first point: which exact numbers are short, and how far f is from its polynomial. By hand."""

from __future__ import annotations

import pytest

from derivcli.language.lowering import to_tree
from derivcli.language.printer import to_text
from derivcli.witnesses.first_point import FirstPoint
from derivcli.witnesses.replies import Remainder
from derivcli.witnesses.symbolic import Differentiator
from tests.checks import program_of


def at(text: str, place: str, *, known: bool = True) -> FirstPoint:
    """Return a point on the x axis, and f with its first two derivatives, if they are known."""
    program = program_of(text)
    made = Differentiator(program)
    forms = {("x",) * n: made.derivative(("x",) * n) for n in (1, 2)} if known else {}
    return FirstPoint(program, {"x": program_of(place)}, forms, lambda: made)


def exact(text: str, place: str, *wrt: str) -> str | None:
    found = at(text, place).exact(wrt)
    return None if found.program is None else to_text(to_tree(found.program))


@pytest.mark.parametrize(
    ("text", "place", "form"),
    [
        ("x^2/3", "2", "4/3"),
        ("sqrt(x)", "2", "sqrt(2)"),
        ("sin(x)", "pi/3", "sqrt(3)/2"),
        ("log(x)", "2", "log(2)"),
        ("max(x, sinh(-x))", "2/3", "2/3"),
    ],
)
def test_a_rational_and_what_is_short_have_an_exact_form(text: str, place: str, form: str) -> None:
    assert exact(text, place) == form


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("sin(x)", "2"),
        ("gamma(x)", "1/3"),
        ("exp(x)", "1e9"),
        ("floor(x*exp(exp(exp(5))))", "1"),
        ("x*cos(x)", "sqrt(2)"),
        ("exp(x)", "1.234567"),  # a number of seven digits stands in it
    ],
)
def test_what_no_shorter_form_says_has_none(text: str, place: str) -> None:
    assert exact(text, place) is None


def test_a_derivative_has_one_where_its_form_is_known() -> None:
    assert exact("x^3", "1/2", "x") == "3/4"
    assert at("x^3", "1/2", known=False).exact(("x",)).program is None


def test_a_coefficient_comes_with_its_value() -> None:
    found = at("exp(2*x)", "0").coefficient(("x", "x"))
    assert found.value.text == "2"  # 1 + 2x + 2x^2 + ...


def test_the_second_point_has_f_and_the_way_there() -> None:
    found = at("x^2", "0.1").near({"x": program_of("0.3")})
    assert (found.value.text, found.steps["x"].text) == ("0.09", "0.2")


def test_the_remainder_is_f_less_the_polynomial() -> None:
    wrt = [("x",), ("x", "x")]
    found = at("x^3", "1").remainder({"x": program_of("2")}, wrt)
    # x^3 = 1 + 3 h + 3 h^2 + h^3 with h = 1
    assert (found.polynomial.text, found.error.text) == ("7", "1")
    assert at("x^3", "1", known=False).remainder({"x": program_of("2")}, wrt) == Remainder()
