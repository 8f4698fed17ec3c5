"""Texts that people read in two ways: refused with both forms, or read with a note."""

from __future__ import annotations

import pytest

from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "place", "forms"),
    [
        ("e^2x", "e^2x", ("e^(2*x)", "e^2*x")),
        ("5^2x", "5^2x", ("5^(2*x)", "5^2*x")),
        ("e**2x", "e**2x", ("e**(2*x)", "e**2*x")),
        ("e^xy", "e^xy", ("e^(x*y)", "e^x*y")),
        ("x e^2x", "e^2x", ("e^(2*x)", "e^2*x")),
        ("2*e^3x", "e^3x", ("e^(3*x)", "e^3*x")),
        ("e^-3x ln x", "e^-3x", ("e^(-3*x)", "e^-3*x")),
        ("pi^2x", "pi^2x", ("pi^(2*x)", "pi^2*x")),
        ("2^3(x+1)", "2^3(x+1)", ("2^(3*(x+1))", "2^3*(x+1)")),
        ("e^2sin(x)", "e^2sin(x)", ("e^(2*sin(x))", "e^2*sin(x)")),
        ("e^2sin x", "e^2sin x", ("e^(2*sin x)", "e^2*sin x")),
        ("e^xcos 2x", "e^xcos 2x", ("e^(x*cos 2x)", "e^x*cos 2x")),
        ("e^xsinx", "e^xsinx", ("e^(x*sin(x))", "e^x*sin(x)")),
        ("x^2x", "x^2x", ("x^(2*x)", "x^2*x")),
        ("x^ab", "x^ab", ("x^(a*b)", "x^a*b")),
        ("x^xy", "x^xy", ("x^(x*y)", "x^x*y")),
        ("(x)^2x", "(x)^2x", ("(x)^(2*x)", "(x)^2*x")),
        ("(1+r)^nt", "(1+r)^nt", ("(1+r)^(n*t)", "(1+r)^n*t")),
    ],
)
def test_an_exponent_that_may_go_on_is_refused_with_both_forms(text: str, place: str, forms: tuple[str, str]) -> None:
    # Names in the messages are those of the text: `nt` in brackets is n*t.
    caret = " " * text.index(place) + "^" * len(place)
    hint = f"write `{forms[0]}` or `{forms[1]}`"
    assert complaint(text) == drawn(f"`{place}` could mean two things", text, caret, hint)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("x^2y", "mul(pow(x, 2), y)"),
        ("x^2y^3z", "mul(pow(x, 2), pow(y, 3), z)"),
        ("x²y", "mul(pow(x, 2), y)"),
        ("x^2sin x", "mul(pow(x, 2), sin(x))"),
        ("x^2(x+1)", "mul(pow(x, 2), add(x, 1))"),
        ("(1+x)^2y", "mul(pow(add(1, x), 2), y)"),
        ("e^x(1+x)", "mul(pow(e, x), add(1, x))"),
        ("e^(2x)", "pow(e, mul(2, x))"),
        ("e^{2x}", "pow(e, mul(2, x))"),
        ("e^2 x", "mul(pow(e, 2), x)"),
        ("e^2*x", "mul(pow(e, 2), x)"),
        ("e²x", "mul(pow(e, 2), x)"),
    ],
)
def test_a_power_before_a_product_is_read_where_nobody_differs(text: str, meaning: str) -> None:
    assert read(text) == meaning


@for_all(
    ("text", "note"),
    [
        ("x^1/2", "`x^1/2` was read as `(x**1)/2`"),
        ("x**1/2", "`x**1/2` was read as `(x**1)/2`"),
        ("x^-1/2", "`x^-1/2` was read as `x**(-1)/2`"),
        ("(x+1)^1/3", "`(x+1)^1/3` was read as `((x + 1)**1)/3`"),
        ("x^1/n", "`x^1/n` was read as `(x**1)/n`"),
        ("e^x+a / e^x-b", "`e^x+a / e^x-b` was read as `e**x + a/e**x - b`"),
        ("x+1 / x-1", "`x+1 / x-1` was read as `x + 1/x - 1`"),
        ("1/√1-x^2", "`1/√1-x^2` was read as `1/sqrt(1) - x**2`"),
        ("sqrt 1-x", "`sqrt 1-x` was read as `sqrt(1) - x`"),
        ("1+x/1-x", "`1+x/1-x` was read as `1 + x/1 - x`"),
        ("e^-x/2", "`e^-x/2` was read as `(e**(-x))/2`"),
        ("e^-x^2/2", "`e^-x^2/2` was read as `(e**(-x**2))/2`"),
        ("2^-t/T", "`2^-t/T` was read as `(2**(-t))/T`"),
        ("√2x", "`√2x` was read as `sqrt(2)*x`"),
        ("√xy", "`√xy` was read as `sqrt(x)*y`"),
        ("√2(x+1)", "`√2(x+1)` was read as `sqrt(2)*(x + 1)`"),
        ("1/2x", "`1/2x` was read as `(1/2)*x`"),
        ("x%2y", "`x%2y` was read as `(x % 2)*y`"),
        ("x//2y", "`x//2y` was read as `(x // 2)*y`"),
        ("50%x", "`50%x` was read as `50 % x`"),
        ("e^x y", "`e^x y` was read as `(e**x)*y`"),
        ("1/x(x+1)", "`1/x(x+1)` was read as `(1/x)*(x + 1)`"),
    ],
)
def test_a_reading_that_may_surprise_is_said(text: str, note: str) -> None:
    assert parse(text).notes == (note,)


@for_all(
    "text",
    [
        *("x^2/3", "x^(1/2)", "x^1 / 2", "x^0.5", "x^n-1", "e^x/2", "10^-3/2", "e^-x / 2", "(e^-x)/2", "x^-2/3"),
        *("√(2x)", "√x y", "√(x+1)y", "sqrt(2)x", "x + 1/x - 1", "x+1/x-1", "x/1", "x / y", "x^2/y^2"),
    ],
)
def test_nothing_is_said_of_a_reading_that_nobody_doubts(text: str) -> None:
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "number", "column"),
    [("50% x", "50", 2), ("x%+1", "x", 1), ("5%", "5", 1), ("(x%)", "x", 2), ("5%*x", "5", 1), ("max(5%, x)", "5", 5)],
)
def test_a_per_cent_sign_is_refused(text: str, number: str, column: int) -> None:
    hint = f"write `{number}/100`, or `mod({number}, ...)`"
    assert complaint(text) == drawn("`%` is the remainder here, not per cent", text, " " * column + "^", hint)


@pytest.mark.parametrize("text", ["x%2", "x % 2", "x %2", "x%y", "5%(x+1)"])
def test_a_remainder_has_two_sides(text: str) -> None:
    assert read(text).startswith("mod(")


COMMA = "a decimal point is written `.`; a comma separates arguments"


@pytest.mark.parametrize("text", ["e^(-0,5x)", "2,5", "0,5x", "sin(0,5)", "exp(-0,5x)", "1,000x"])
def test_a_comma_between_digits_is_refused_with_the_cause(text: str) -> None:
    caret = " " * text.index(",") + "^"
    assert complaint(text) == drawn("a comma has no meaning here", text, caret, COMMA)


def test_a_comma_between_digits_that_may_separate_arguments_is_said() -> None:
    said = "the comma in `log(...)` separates two arguments; a decimal point is written `.`"
    assert parse("log(2,5)").notes == (said,)
    assert parse("max(1,5)").notes == parse("log(2, 5)").notes == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("293.15[K]", "[K"),
        ("5 [m]", "[m"),
        ("2*9.81[m/s^2]", "[m/s^2"),
        ("3[W/(m^2*K)]", "[W/(m^2*K)"),
    ],
)
def test_a_unit_in_brackets_is_refused(text: str, unit: str) -> None:
    caret = " " * text.index(unit) + "^" * len(unit)
    hint = "give the numbers alone, all in one system of units"
    assert complaint(text) == drawn("units are not read", text, caret, hint)


@pytest.mark.parametrize("text", ["2[x+1]", "2[x]", "2[(x+1)^2]"])
def test_brackets_that_hold_no_unit_multiply(text: str) -> None:
    assert read(text).startswith("mul(")


def test_a_place_that_is_too_long_is_not_quoted() -> None:
    text = f"e^2x{'y' * 20}({'x+' * 40}1)"
    assert complaint(text).startswith("error: this could mean two things\n")
