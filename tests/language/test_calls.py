"""Function calls, their powers and their arguments."""

from __future__ import annotations

import pytest

from derivcli.language import calls
from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read, refusal


@for_all(
    ("text", "meaning"),
    [
        ("sin(x)", "sin(x)"),
        ("sin (x)", "sin(x)"),
        ("arcsin(x)", "asin(x)"),
        ("ln(x)", "log(x)"),
        ("log(x, 2)", "log(x, 2)"),
        ("atan2(y, x)", "atan2(y, x)"),
        ("Max(x, y, z)", "max(x, y, z)"),
        ("max(x)", "max(x)"),
        ("gamma(x)", "gamma(x)"),
        ("factorial(3)", "factorial(3)"),
        ("mod(x, 2)", "mod(x, 2)"),
        ("sin(cos(tan(x)))", "sin(cos(tan(x)))"),
        ("sin(x)(y)", "mul(sin(x), y)"),
    ],
)
def test_a_call_is_read(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize("text", ["sin^2(x)", "sin**2(x)", "sin²(x)", "sin^(2)(x)"])
def test_a_power_of_a_function_is_the_power_of_its_value(text: str) -> None:
    assert read(text) == "pow(sin(x), 2)"
    assert parse(text).notes == ()  # nobody reads it otherwise


def test_another_negative_power_of_a_function_is_said_as_minus_one_is_the_inverse() -> None:
    assert read("sin^-2(x)") == "pow(sin(x), neg(2))"
    assert parse("sin^-2(x)").notes == ("`sin^-2(...)` was read as `sin(...)^-2`",)


@pytest.mark.parametrize("text", ["sin^-1(x)", "sin**-1(x)", "sin⁻¹(x)", "sin^(-1)(x)", "sin^{-1}(x)"])
def test_minus_one_is_the_inverse_function(text: str) -> None:
    assert read(text) == "asin(x)"
    assert parse(text).notes == ("`sin^-1(...)` was read as `asin(...)`, the inverse function",)


@for_all(
    ("text", "meaning"),
    [
        ("sin^-2(x)", "pow(sin(x), neg(2))"),
        ("sin⁻²(x)", "pow(sin(x), neg(2))"),
        ("log^2(x, 3)", "pow(log(x, 3), 2)"),
        ("sin^2(x)^3", "pow(pow(sin(x), 2), 3)"),
        ("2sin^2(x)cos(x)", "mul(2, pow(sin(x), 2), cos(x))"),
        ("tanh^-1(x)", "atanh(x)"),
        ("exp^-1(x)", "log(x)"),
    ],
)
def test_other_powers_of_functions(text: str, meaning: str) -> None:
    assert read(text) == meaning


def test_the_catalogue_wins_over_a_variable_where_a_name_is_called() -> None:
    assert read("gamma(x)", "gamma", "x") == "gamma(x)"
    assert read("gamma*(x)", "gamma", "x") == "mul(gamma, x)"
    assert read("gamma^2(x)", "gamma", "x") == "mul(pow(gamma, 2), x)"


@pytest.mark.parametrize(
    "text",
    [
        "where(x>0, 1, 2)",
        "piecewise(1, x>0, 2)",
        "piecewise(1, x>0, 2, True)",
        "Piecewise((1, x>0), (2, True))",
        "Piecewise((1, x>0), 2)",
    ],
)
def test_every_spelling_of_a_piecewise_function_is_one_tree(text: str) -> None:
    assert read(text) == "piecewise(1, gt(x, 0), 2)"


@for_all(
    ("text", "meaning"),
    [
        ("piecewise(1, x>0)", "piecewise(1, gt(x, 0))"),
        ("piecewise(1, True)", "piecewise(1, true)"),
        ("piecewise(1, x>0, 2, x<0)", "piecewise(1, gt(x, 0), 2, lt(x, 0))"),
        ("piecewise(1, x>0, 2, x<0, 3)", "piecewise(1, gt(x, 0), 2, lt(x, 0), 3)"),
        ("Piecewise((1, x>0), (2, x<0))", "piecewise(1, gt(x, 0), 2, lt(x, 0))"),
        (
            "Piecewise((x**2, x > 0), (-x, x < -1), (0, True))",
            "piecewise(pow(x, 2), gt(x, 0), neg(x), lt(x, neg(1)), 0)",
        ),
        ("2where(x>0, 1, 2)^2", "mul(2, pow(piecewise(1, gt(x, 0), 2), 2))"),
    ],
)
def test_pieces_and_their_conditions(text: str, meaning: str) -> None:
    assert read(text) == meaning


PIECES = "`piecewise(a, condition, otherwise)`"


@for_all(
    ("text", "message"),
    [
        ("sin(1, 2)", drawn("`sin` takes 1 argument, not 2", "sin(1, 2)", "^^^^^^^^^", "`sin(x)`: sine")),
        (
            "1 + atan2(1)",
            drawn(
                "`atan2` takes 2 arguments, not 1",
                "1 + atan2(1)",
                "    ^^^^^^^^",
                "`atan2(y, x)`: angle of the point (x, y)",
            ),
        ),
        (
            "log(1, 2, 3)",
            drawn(
                "`log` takes 1 or 2 arguments, not 3",
                "log(1, 2, 3)",
                "^^^^^^^^^^^^",
                "`log(x, b)`: natural logarithm; log(x, b) to the base b",
            ),
        ),
        ("2sin()", drawn("there is nothing inside", "2sin()", " ^^^^^")),
        ("max()", drawn("there is nothing inside", "max()", "^^^^^")),
        (
            "where(x>0, 1)",
            drawn("`where` takes 3 arguments, not 2", "where(x>0, 1)", "^^^^^^^^^^^^^", "`where(condition, a, b)`"),
        ),
        ("where(x, 1, 2)", drawn("this must be a condition, not a number", "where(x, 1, 2)", "      ^", PIECES)),
        (
            "where(x>0, 1, x<2)",
            drawn("this must be a number, not a condition", "where(x>0, 1, x<2)", "              ^^^", PIECES),
        ),
        (
            "piecewise(x>0, 1)",
            drawn("this must be a number, not a condition", "piecewise(x>0, 1)", "          ^^^", PIECES),
        ),
        ("piecewise(1)", drawn("`piecewise` needs a value and its condition", "piecewise(1)", "^^^^^^^^^^^^", PIECES)),
        (
            "Piecewise((1, 2))",
            drawn("this must be a condition, not a number", "Piecewise((1, 2))", "              ^", PIECES),
        ),
        (
            "gamma^-1(x)",
            drawn("`gamma^-1(...)` could mean two things", "gamma^-1(x)", "^^^^^^^^", "write `1/gamma(...)`"),
        ),
    ],
)
def test_a_call_that_does_not_fit_its_function_is_explained(text: str, message: str) -> None:
    assert complaint(text) == message


MVLGAMMA = "`mvlgamma(x, p)`: multivariate log gamma of dimension p"
WHOLE = "`p` in `mvlgamma` must be a whole number from 1 to 100"


@for_all(
    ("text", "caret"),
    [
        ("mvlgamma(x, y)", "            ^"),
        ("mvlgamma(x, 0)", "            ^"),
        ("mvlgamma(x, 101)", "            ^^^"),
        ("mvlgamma(x, 2.5)", "            ^^^"),
        ("mvlgamma(x, -2)", "            ^^"),
        ("mvlgamma(x, 1+1)", "            ^^^"),
        ("1 + multigammaln(x, 1e2)", "                    ^^^"),
    ],
)
def test_a_dimension_must_be_typed_as_a_whole_number(text: str, caret: str) -> None:
    assert complaint(text) == drawn(WHOLE, text, caret, MVLGAMMA)


@pytest.mark.parametrize("dimension", [1, 2, 100])
def test_a_dimension_within_the_limit_is_read(dimension: int) -> None:
    assert read(f"mvlgamma(x, {dimension})") == f"mvlgamma(x, {dimension})"


@for_all(
    ("text", "count"),
    [
        ("zeta(1, 2, 3)", "1 or 2 arguments, not 3"),
        ("hardtanh(1, 2, 3, 4)", "1 to 3 arguments, not 4"),
        ("elliptic_pi(1)", "2 or 3 arguments, not 1"),
        ("elliptic_e(1, 2, 3)", "1 or 2 arguments, not 3"),
        ("besselj(1)", "2 arguments, not 1"),
        ("jacobi(1, 2, 3)", "4 arguments, not 3"),
    ],
)
def test_a_wrong_number_of_arguments_is_told(text: str, count: str) -> None:
    error = refusal(parse, text)
    assert error is not None
    assert count in error.message


@for_all(
    ("name", "function"),
    [
        ("sin", "sin"),
        ("SIN", "sin"),
        ("Sin", "sin"),
        ("LOG10", "log10"),
        ("Max", "Max"),
        ("sIn", None),
        ("S", None),
        ("Foo", None),
        ("f", None),
    ],
)
def test_a_function_is_called_in_capitals_too(name: str, function: str | None) -> None:
    assert calls.name_called(name) == function


@for_all("name", ["sin", "ln", "sqrt", "exp", "abs", "log", "erf", "gamma"])
def test_a_function_of_one_argument_can_stand_before_it(name: str) -> None:
    assert calls.takes_bare(name)


@for_all("name", ["atan2", "max", "mod", "where", "piecewise", "x", "root"])
def test_a_function_of_more_arguments_or_of_any_number_must_be_called(name: str) -> None:
    assert not calls.takes_bare(name)


@for_all(
    ("text", "meaning"),
    [
        ("SIN(x)", "sin(x)"),
        ("Sqrt(x)", "sqrt(x)"),
        ("LN(2)", "log(2)"),
        ("MAX(x, y)", "max(x, y)"),
        ("Sin^2(x)", "pow(sin(x), 2)"),
        ("sin[x]", "sin(x)"),
        ("sin{x}", "sin(x)"),
        ("sin [x]", "sin(x)"),
        ("sin|x|", "sin(abs(x))"),
        ("sin^2|x|", "pow(sin(abs(x)), 2)"),
        ("ln⌈x⌉", "log(ceil(x))"),
        ("LN|x|", "log(abs(x))"),
        ("Sin²(x)", "pow(sin(x), 2)"),
        ("SIN^2 + x", "add(pow(SIN, 2), x)"),
        ("log[x, 2]", "log(x, 2)"),
    ],
)
def test_a_call_in_capitals_or_with_other_brackets_is_read(text: str, meaning: str) -> None:
    assert read(text) == meaning


def test_a_function_with_a_value_is_not_called_in_capitals() -> None:
    assert read("S(x)", "S", "x") == "mul(S, x)"
    assert read("SIN*x", "SIN", "x") == "mul(SIN, x)"
