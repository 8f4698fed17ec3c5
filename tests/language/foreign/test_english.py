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
        ("three x squared", "3*x^2"),
        ("half x squared plus two", "0.5*x^2 + 2"),
        ("one half x squared", "0.5*x^2"),
        ("ten minus x to the three", "10 - x^3"),
        ("x to the third power over 3", "x^3/3"),
        ("x to the second", "x^2"),
        ("log base 2 of x", "log(x, 2)"),
        ("3 times the log to the base 10 of x squared", "3*log(x^2, 10)"),
        ("log base e of x", "log(x)"),
        ("logarithm base 2 of x", "log(x, 2)"),
        ("log base 2 x", "log(x, 2)"),
        ("base*height/2", "base*height/2"),
        ("log of x base 2", "log(x, 2)"),
        ("log of x to the base 2", "log(x, 2)"),
        ("log(x) base 2", "log(x, 2)"),
        ("3 log x base b plus 1", "3*log(x, b) + 1"),
        ("half of x", "(1/2)*x"),
        ("half of x squared", "(1/2)*x^2"),
        ("two thirds of x", "(2/3)*x"),
        ("twice the square root of x", "2*sqrt(x)"),
        ("the reciprocal of x", "1/x"),
        ("minus x squared", "-x^2"),
        ("e to the negative x", "e^(-x)"),
        ("exp of minus x", "exp(-x)"),
        ("the fourth root of x", "root(x, 4)"),
        ("5th root of x", "root(x, 5)"),
        ("inverse sine of x", "asin(x)"),
        ("e to the sin 2x", "e^sin(2x)"),
        ("e to the minus sine x times y", "e^(-sin(x))*y"),
        ("x to the ln(x)", "x^ln(x)"),
        ("sine x", "sin(x)"),
        ("2 cosine 3x", "2*cos(3x)"),
        ("sine x cosine x", "sin(x)*cos(x)"),
        ("sine negative x", "sin(-x)"),
        ("natural log squared negative x", "log(-x)^2"),
        ("sine x over x", "sin(x)/x"),
        ("natural log x", "log(x)"),
        ("absolute value x", "abs(x)"),
        ("sin squared of x", "sin(x)^2"),
        ("the sine cubed of 2x", "sin(2x)^3"),
        ("sine squared x plus cosine squared x", "sin(x)^2 + cos(x)^2"),
        ("sine squared of (x plus 1) plus 2", "sin(x + 1)^2 + 2"),
        ("sine squared of minus x", "sin(-x)^2"),
        ("one over sine squared of x", "1/sin(x)^2"),
        ("hyperbolic tangent of 2x", "tanh(2x)"),
        ("inverse sin of x", "asin(x)"),
        ("the arctan of 2x", "atan(2x)"),
        ("arc tangent of x", "atan(x)"),
        ("three sine of x", "3*sin(x)"),
        ("2 x log of x", "2*x*log(x)"),
        ("x raised to the power y", "x^y"),
        ("x to the two thirds", "x^(2/3)"),
        ("x to the minus one fifth", "x^(-1/5)"),
        ("x plus eleven", "x + 11"),
        ("zero plus x", "0 + x"),
        ("twenty-five times x squared", "25*x^2"),
        ("x to the thirty two", "x^32"),
        ("twenty minus five times x", "20 - 5*x"),
        ("1 over (x plus 1) plus 2", "1/(x + 1) + 2"),
        ("sine of (x plus 1) plus 2", "sin(x + 1) + 2"),
        ("square root of (x) times y", "sqrt(x)*y"),
        ("2 to the (x) plus 1", "2^x + 1"),
        ("(1 over x) times (y plus 1)", "(1/x)*(y + 1)"),
        ("max(1 over x, y plus 1)", "max(1/x, y + 1)"),
        ("sine of x times cosine of x", "sin(x)*cos(x)"),
        ("x over sin 2 x", "x/sin(2*x)"),
        ("x over sin squared x", "x/sin(x)^2"),
        ("x over max(x, y)", "x/max(x, y)"),
        ("1 over |2x|", "1/|2*x|"),
        ("derivative of 1 over x with respect to x", "1/x"),
        ("derivative of 1 over x by x", "1/x"),
        ("derivative of a to the x by x", "a^x"),
    ],
)
def test_words_are_signs_and_functions(text: str, plain: str) -> None:
    assert read(text) == read(plain)


def test_a_reading_of_words_is_said() -> None:
    assert parse("the derivative of x squared").notes == ("`x squared` was read as `x^2`",)
    assert parse("x to the third power").notes == ("`x to the third power` was read as `x^3`",)
    long = "x squared plus " + " + ".join(f"a_{k}" for k in range(20))
    assert parse(long).notes == ("`squared` was read as `^2`", "`plus` was read as `+`")


def test_a_word_that_waits_for_nothing_is_no_sign() -> None:
    assert read("negative + x squared") == "add(negative, pow(x, 2))"
    assert read("2*negative") == "mul(2, negative)"
    assert read("sin negative + 1") == "add(sin(negative), 1)"


def test_words_that_have_a_value_are_variables() -> None:
    assert read("2*over + times", "over", "times") == "add(mul(2, over), times)"


@for_all(
    ("text", "column", "word", "forms"),
    [
        ("1 over x plus 1", 2, "over", "`1/(x + 1)` or `1/x + 1`"),
        ("x divided by x plus 1", 2, "divided by", "`x/(x + 1)` or `x/x + 1`"),
        ("(x plus 1) over 2x minus y squared", 11, "over", "`(x + 1)/(2x - y^2)` or `(x + 1)/(2x) - y^2`"),
        ("x plus 1 over y", 9, "over", "`(x + 1)/y` or `x + 1/y`"),
        ("x plus 1 squared", 9, "squared", "`(x + 1)^2` or `x + 1^2`"),
        ("square root of x plus 1", 0, "square root of", "`sqrt(x + 1)` or `sqrt(x) + 1`"),
        ("2 to the x plus 1", 2, "to the", "`2^(x + 1)` or `2^x + 1`"),
        ("e to the 2x plus 1", 2, "to the", "`e^(2x + 1)` or `e^(2x) + 1`"),
        ("e to the minus x squared", 17, "squared", "`e^(-x^2)` or `e^((-x)^2)`"),
        ("x to the 1/2", 2, "to the", "`x^(1/2)` or `(x^1)/2`"),
        ("x to the minus 1 over 2", 2, "to the", "`x^(-1/2)` or `(x^(-1))/2`"),
        ("e to the two x", 2, "to the", "`e^(2*x)` or `(e^2)*x`"),
        ("e to the one fifth x", 2, "to the", "`e^(1/5*x)` or `(e^(1/5))*x`"),
        ("x to the 2 over y plus 1", 2, "to the", "`x^(2/y)` or `(x^2)/y`"),
        ("half of x plus 1", 0, "half of", "`(1/2)*(x + 1)` or `(1/2)*x + 1`"),
        ("twice x plus 1", 0, "twice", "`2*(x + 1)` or `2*x + 1`"),
        ("fourth root of x plus 1", 0, "fourth root of", "`root(x + 1, 4)` or `root(x, 4) + 1`"),
        ("log of x plus 1 base 2", 0, "log of", "`log_2(x + 1)` or `log_2(x) + 1`"),
        ("1 over 2x", 2, "over", "`1/(2x)` or `(1/2)*x`"),
        ("x divided by 2 y", 2, "divided by", "`x/(2 y)` or `(x/2)*y`"),
        ("the reciprocal of 2x", 0, "the reciprocal of", "`1/(2x)` or `(1/2)*x`"),
        ("x over (x + 1)(x + 2)", 2, "over", "`x/((x + 1)(x + 2))` or `(x/(x + 1))*(x + 2)`"),
        ("x over sin x cos x", 2, "over", "`x/(sin x cos x)` or `(x/sin x)*cos x`"),
        ("the square root of x times y", 0, "the square root of", "`sqrt(x*y)` or `sqrt(x)*y`"),
        ("sine of x over 2y", 0, "sine of", "`sin(x/(2y))` or `sin(x)/(2y)`"),
        ("e to the sin x y", 2, "to the", "`e^(sin x*y)` or `(e^(sin x))*y`"),
        ("e to the sin(x) cos(x)", 2, "to the", "`e^(sin(x)*cos(x))` or `(e^(sin(x)))*cos(x)`"),
        ("e to the x sin 2x", 2, "to the", "`e^(x*sin 2x)` or `(e^x)*sin 2x`"),
        ("e to the x (x+1)", 2, "to the", "`e^(x*(x + 1))` or `(e^x)*(x + 1)`"),
        ("sine squared of x plus 1", 0, "sine squared of", "`sin^2(x + 1)` or `sin^2(x) + 1`"),
        ("sin squared of x times y", 0, "sin squared of", "`sin^2(x*y)` or `sin^2(x)*y`"),
        ("fourth root of x over y", 0, "fourth root of", "`root(x/y, 4)` or `root(x, 4)/y`"),
        ("derivative of 1 over 2x with respect to x", 16, "over", "`1/(2x)` or `(1/2)*x`"),
        ("ax + by over c", 8, "over", "`(ax + by)/c` or `ax + by/c`"),
        (f"({'+'.join(['1'] * 20)}) over x plus 1", 42, "over", "`.../(x + 1)` or `.../x + 1`"),
    ],
)
def test_words_that_do_not_tell_what_belongs_together_are_refused(
    text: str, column: int, word: str, forms: str
) -> None:
    caret, hint = " " * column + "^" * len(word), f"write signs and brackets: {forms}"
    assert complaint(text) == drawn("this could mean two things", text, caret, hint)


@for_all(("word", "number"), [("three", "3"), ("half", "1/2"), ("third", "1/3"), ("hundred", "100"), ("twenty", "20")])
def test_a_number_in_words_is_no_variable(word: str, number: str) -> None:
    hint = f"write `{number}`"
    assert complaint(f"{word}*x") == drawn(
        f"`{word}` is a word here, not a variable", f"{word}*x", "^" * len(word), hint
    )
    assert read(f"{word}*x", word) == f"mul({word}, x)"  # unless it is given a value


def test_a_square_behind_a_spoken_exponent_is_refused_as_it_may_be_of_x_alone() -> None:
    # in speech e to the minus x squared is e^(-x^2), and by its signs e^((-x)^2)
    for text in ("e to the minus x squared", "e to the 2x squared"):
        with pytest.raises(ExpressionError, match="this could mean two things"):
            parse(text)


def test_forms_of_a_function_in_words_can_be_read() -> None:
    assert "`sin(2/x)` or `sin(2)/x`" in complaint("sine 2/x")
    assert "`sin^2(2/x)` or `sin^2(2)/x`" in complaint("sine squared 2/x")
    assert "`sin^2(2/x)` or `sin^2(2)/x`" in complaint("sin^2 2/x")
    assert "`sin²(2/x)` or `sin²(2)/x`" in complaint("sin² 2/x")
    assert "`ln(x*(x+1))` or `ln(x)*(x+1)`" in complaint("natural log x(x+1)")
    assert r"`\sin(2/x)` or `\sin(2) /x`" in complaint(r"\sin 2/x")


def test_a_noun_behind_a_function_in_words_is_no_argument() -> None:
    assert "`sine` is a word here" in complaint("sine wave x")
    assert read("tangent line x") == "mul(tangent, line, x)"
    assert read("sine wave", "wave") == "sin(wave)"
