"""Formulas in words."""

from __future__ import annotations

import pytest

from derivcli.errors import ExpressionError
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "plain"),
    [
        ("x squared plus 1", "x^2 + 1"),
        ("x cubed minus 2x", "x^3 - 2*x"),
        ("x to the power of 3", "x^3"),
        ("x to the 4th power", "x^4"),
        ("x to the nth", "x^n"),
        ("e to the minus 2x", "e^(-2*x)"),
        ("2 times x divided by y", "2*x/y"),
        ("(x plus 1) over (x minus 1)", "(x + 1)/(x - 1)"),
        ("x plus the square root of y", "x + sqrt(y)"),
        ("the absolute value of -x", "abs(-x)"),
        ("natural log of 2x", "log(2*x)"),
        ("sin squared x", "sin(x)^2"),
    ],
)
def test_words_are_signs_and_functions(text: str, plain: str) -> None:
    assert read(text) == read(plain)


def test_a_reading_of_words_is_said() -> None:
    assert parse("the derivative of x squared").notes == ("`x squared` was read as `x^2`",)
    long = "x squared plus " + " + ".join(f"a_{k}" for k in range(20))
    assert parse(long).notes == ("`squared` was read as `^2`", "`plus` was read as `+`")


def test_words_that_have_a_value_are_variables() -> None:
    assert read("2*over + times", "over", "times") == "add(mul(2, over), times)"


@for_all(
    ("text", "column", "word", "forms"),
    [
        ("1 over x plus 1", 2, "over", "`(x + 1)/y` or `x + 1/y`"),
        ("x plus 1 over y", 9, "over", "`(x + 1)/y` or `x + 1/y`"),
        ("x plus 1 squared", 9, "squared", "`(x + 1)^2` or `x + 1^2`"),
        ("square root of x plus 1", 0, "square root of", "`sqrt(x + 1)` or `sqrt(x) + 1`"),
        ("2 to the x plus 1", 2, "to the", "`x^(n + 1)` or `x^n + 1`"),
    ],
)
def test_words_that_do_not_tell_what_belongs_together_are_refused(
    text: str, column: int, word: str, forms: str
) -> None:
    caret, hint = " " * column + "^" * len(word), f"write signs and brackets: {forms}"
    assert complaint(text) == drawn("this could mean two things", text, caret, hint)


def test_a_square_behind_a_spoken_exponent_is_refused_as_it_may_be_of_x_alone() -> None:
    # in speech e to the minus x squared is e^(-x^2), and by its signs e^((-x)^2)
    for text in ("e to the minus x squared", "e to the 2x squared"):
        with pytest.raises(ExpressionError, match="this could mean two things"):
            parse(text)
