"""Texts from elsewhere that look like ours: what becomes of each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from derivcli.errors import ExpressionError
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read

if TYPE_CHECKING:
    from collections.abc import Callable


@for_all(
    ("text", "hint"),
    [
        ("y = 2x + 1 (3)", "write `y = 2x + 1*3` or `y = 2x + 1`"),
        ("y = x^2   (2)", "write `y = x^2*2` or `y = x^2`"),
        ("x^2 (2)", "write `x^2*2` or `x^2`"),
        ("sqrt[3]{x}", "write `root(x, 3)` or `sqrt(3)*(x)`"),
        ("sqrt[3](x)", "write `root(x, 3)` or `sqrt(3)*(x)`"),
        ("sqrt[n]{x+1}", "write `root(x+1, n)` or `sqrt(n)*(x+1)`"),
        ("log_2x", "write `log(x, 2)` or `log(2*x)`"),
        ("log_10x", "write `log(x, 10)` or `log(10*x)`"),
    ],
)
def test_what_has_two_readings_is_refused_with_both(text: str, hint: str) -> None:
    message = f"`{text}` could mean two things"
    assert complaint(text) == drawn(message, text, "^" * len(text), hint)


@for_all("text", ["2 (3)", "sin (3)", "d/dx (3)", "x^2 + (3)", "2*(x (3) + 1)", "x^2(2)"])
def test_a_number_in_brackets_is_a_factor_or_an_argument_elsewhere(text: str) -> None:
    assert parse(text) is not None


@for_all(
    ("text", "message", "caret", "hint"),
    [
        ("frac{1}{x}", "this looks like LaTeX without its backslash", 0, r"write `\frac{1}{x}` or `(1)/(x)`"),
        ("frac12", "this looks like LaTeX without its backslash", 0, r"write `\frac{1}{2}` or `(1)/(2)`"),
        ("2j*pi*x", "`2j`: complex numbers are not supported", 0, "if `j` is a variable, write `2*j`"),
        ("1i*x", "`1i`: complex numbers are not supported", 0, "if `i` is a variable, write `1*i`"),
        ("arc sin x", "`arc sin` is one function in two words", 0, "write `arcsin`"),
        ('x^2 "comment"', '`"comment"` looks like a comment', 4, "leave it out"),
        ("x^2 ! comment", "`! comment` looks like a comment", 4, "leave it out, or write `!*comment`"),
        ("x^2 -- comment", "`-- comment` looks like a comment", 4, "leave it out, or write `+ comment`"),
        ("x^2 % some words", "`% some` looks like a comment", 4, "leave it out, or write `mod(..., some)`"),
        ("x~y", "`~` without blanks has no meaning here", 1, "write `x*y` to multiply, or `x ~ y` for a model"),
        ("besselJ(x,0)", "unknown function `besselJ`", 0, "write `besselj(n, x)`: the order comes first"),
        ("x[t]^2", "`x[t]` could mean two things", 0, "write `x*(t)` or `x_t`"),
        ("In x", "`In` looks like `ln` with another first letter", 0, "did you mean `ln`?"),
        ("x Inx", "`Inx` looks like `lnx` with another first letter", 2, "did you mean `lnx`?"),
        ("2*1n(x)", "`1n` looks like `ln` with another first letter", 2, "did you mean `ln`?"),
        ("1og(x)", "`1og` looks like `log` with another first letter", 0, "did you mean `log`?"),
        (
            "=Sheet1!A1^2",
            "cells of other sheets are not known here",
            1,
            "write the cell alone, `A1`, or give it a name",
        ),
    ],
)
def test_what_is_not_read_is_refused_with_a_hint(text: str, message: str, caret: int, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)
    assert caught.value.span is not None
    assert caught.value.span.start == caret


@for_all(
    ("text", "given", "tree"),
    [
        ("2j*x", ("j",), "mul(2, j, x)"),
        ("x % t", (), "mod(x, t)"),
        ("x % period", ("period",), "mod(x, period)"),
        ("x % period", (), "mod(x, period)"),
        ("y ~ x^2", (), "pow(x, 2)"),
        ("Erf[x/Sqrt[2]]", (), "erf(div(x, sqrt(2)))"),
        ("x Log[2]", (), "mul(x, log(2))"),
        ("x[2]*y[1]", (), "mul(x[2], y[1])"),
        ("cosech(x)", (), "csch(x)"),
    ],
)
def test_what_is_meant_is_read(text: str, given: tuple[str, ...], tree: str) -> None:
    assert read(text, *given) == tree


_DERIVATIVE = "`D(...)` was read as the derivative; write `D*(...)` to multiply"
_HALF = "`1/2` was read as a quotient; between whole numbers it is 0 in C and Fortran"
_THIRD = "`1/3` was read as a quotient; between whole numbers it is 0 in C and Fortran"


@for_all(
    ("text", "notes"),
    [
        ("D(1-exp(-a*r))", (_DERIVATIVE,)),
        ("D (x+1)", (_DERIVATIVE,)),
        ("1/2*std::sin(x)", (_HALF,)),
        ("std::pow(x, 1/3)", (_THIRD,)),
        ("X**(1/3)*DSIN(X)", (_THIRD,)),
        ("x*1/2*std::sin(x)", ()),
        ("4/2*std::sin(x)", ()),
        ("1/2*np.sin(x)", ()),
        ("5d0*x", ("`5d0` was read as the number 5e0",)),
        ("1d3*x", ("`1d3` was read as the number 1e3",)),
        ("1D0/x", ("`1D0` was read as the number 1e0",)),
        ("log(10, x)", ("log(x, b) has the base second: `log(10, x)` is to the base x",)),
        ("log(x, 10)", ()),
        ("Log[10, x]", ("`Log[10, x]` was read as `log(x, 10)`",)),
    ],
)
def test_what_some_do_not_expect_is_said(text: str, notes: tuple[str, ...]) -> None:
    assert parse(text).notes == notes


def test_a_value_behind_a_derivative_keeps_its_words() -> None:
    with pytest.raises(ExpressionError, match="a value follows the derivative"):
        parse("d/dx (x^2) (3)")


def test_the_only_definition_that_no_other_uses_is_f() -> None:
    assert read("y = u^3, u = x^2+1") == "pow(add(pow(x, 2), 1), 3)"
    assert parse("y = u^3, u = x^2+1").notes == ("f is `y`, the one that no other uses",)


@for_all(
    ("text", "message", "hint"),
    [
        ("e^xcosy", "`e^xcosy` could mean two things", "write `e^(x*cos(y))` or `e^x*cos(y)`"),
        ("e^xcos2y", "`e^xcos2y` could mean two things", "write `e^(x*cos(2*y))` or `e^x*cos(2*y)`"),
        ("e^xy", "`e^xy` could mean two things", "write `e^(x*y)` or `e^x*y`"),
        ("2 1/2 x", "two numbers side by side", "write `(2 + 1/2)` or `2*(1/2)`"),
        ("1d-3*x", "`1d-3` could mean two things", "write `1e-3` or `1*d - 3`"),
        ("x + 2D+4", "`2D+4` could mean two things", "write `2e+4` or `2*D + 4`"),
        ("2 3 x", "two numbers side by side", "write `2*3` to multiply"),
    ],
)
def test_what_a_hint_says_is_accepted(text: str, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)
    for form in caught.value.suggestions:
        assert parse(form.replace("...", "x")) is not None


def _definitions(count: int) -> str:
    return ";".join(f"a{i}=x+{i}" for i in range(count))


@pytest.mark.parametrize("make", [lambda count: "ab cd " * count, _definitions], ids=["products", "definitions"])
def test_a_long_text_takes_its_length_in_time(make: Callable[[int], str]) -> None:
    times = []
    for count in (250, 2000):
        start = time.process_time()
        parse(make(count))
        times.append(time.process_time() - start)
    assert times[1] < 30 * times[0]  # eight times the length; squared it would be 64


def test_each_of_many_definitions_knows_the_others() -> None:
    text = _definitions(80) + "; xa1 + a79*a2"
    assert read(text) == "add(xa1, mul(add(x, 79), add(x, 2)))"


@for_all("text", ["20°C + x", "T = x - 37 °C", "x*20 °F"])
def test_a_degree_of_temperature_is_no_angle(text: str) -> None:
    assert complaint(text).startswith("error: units are not supported")


def test_the_sign_of_an_angle_before_a_name_that_has_a_value_is_one() -> None:
    assert read("30°C", "C") == "mul(deg2rad(30), C)"


def test_a_current_and_a_product_by_one_are_no_logarithm() -> None:
    assert read("In*R + In^2") == "add(mul(In, R), pow(In, 2))"
    assert read("In x", "In") == "mul(In, x)"
    assert read("1*n*x") == "mul(1, n, x)"


def test_a_degree_in_front_is_said_as_a_base_in_front_is() -> None:
    assert parse("root(3, x)").notes == ("root(x, n) has the degree second: `root(3, x)` is of the degree x",)
    assert parse("root(x, 3)").notes == ()
