"""sympy -> program: faithful for f as it was typed, tidy for the derivative that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sympy
from hypothesis import given
from sympy import EulerGamma, Mul, Pow, Rational, Symbol

from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.program import Builder
from derivcli.witnesses.reading import SympyReader
from derivcli.witnesses.symbolic import via_sympy
from tests.checks import program_of
from tests.every import examples, for_all
from tests.strategies import expressions

if TYPE_CHECKING:
    from derivcli.language.tree import Node

x, y = Symbol("x", real=True), Symbol("y", real=True)


def tidy(expression: object, *, decimals: bool = False) -> str:
    """Return a sympy expression as it would be shown."""
    builder = Builder()
    return to_text(to_tree(builder.build(SympyReader(builder, tidy=True, decimals=decimals).read(expression))))


@examples(40, 5_000)
@given(expressions(depth=3))
def test_the_program_by_way_of_sympy_is_the_one_from_the_tree(tree: Node) -> None:
    program = compile_tree(tree)
    assert via_sympy(program) == program


@for_all(
    "text",
    [
        "x/x",
        "exp(log(x))",
        "log(exp(x))",
        "sqrt(x)**2",
        "x*sqrt(x)",
        "sqrt(x^4)",
        "sqrt(x^2)",
        "(x^2)^0.5",
        "(x^(1/3))^3",
        "x^0",
        "x^1",
        "x*x*x",
        "x + x",
        "0*x",
        "1*x",
        "x - x",
        "--x",
        "-(-(x))",
        "-3",
        "-(x*y)",
        "(-x)*y",
        "2*3*x",
        "(x + 1) + 2",
        "x*(y*2)",
        "b + a",
        "y*x",
        "a/b",
        "a/b/c",
        "a/(b*c)",
        "1/b*a",
        "a*b^-1",
        "a*(1/b)",
        "2/3",
        "(2/3)*x",
        "x/3",
        "0.1 + 0.2",
        "1e-30*x",
        "sqrt(8)",
        "sqrt(-1)*x",
        "(-8)^(1/3)",
        "0/0",
        "1/0",
        "0^0",
        "0^-1",
        "x^(1/2)",
        "x^-1",
        "e^x",
        "e^2",
        "exp(1)",
        "2^x*2^y",
        "x^2^3",
        "(x^2)^3",
        "sin(pi)",
        "sin(-x)",
        "cos(-x)",
        "abs(-x)",
        "abs(x^2)",
        "tan(x)",
        "sec(x) + csc(x) + cot(x)",
        "sin(asin(x))",
        "max(y, x)",
        "max(x, x)",
        "max(3, x, 2)",
        "min(y, x, y)",
        "max(x, max(y, 1))",
        "where(True, x, y)",
        "piecewise(x, True, y, x > 0, 3)",
        "piecewise(x, x > 0)",
        "where(y > x, 1, 2)",
        "where(not (x < y), 1, 2)",
        "where(x > 0 and x > 0, 1, 2)",
        "where(y < 1 and x < 1 or x == y, 1, 2)",
        "where(x != x, 1, 2)",
        "where(1 < 2, x, y)",
        "log(x, 10)",
        "log(8, 2)",
        "gamma(5)",
        "factorial(3)",
        "5!",
        "loggamma(x)",
        "polygamma(0, x)",
        "polygamma(1, x)",
        "erf(0)",
        "floor(2.5)",
        "round(x)",
        "sign(-2)",
        "heaviside(0)",
        "mod(x, 3)",
        "x % 3 + x // 3",
        "atan2(y, x)",
        "atan2(0, 0)",
        "acosh(0)",
        "asec(0)",
        "acoth(1)",
        "inf*0",
        "inf - inf",
        "pi*e*tau",
    ],
)
def test_what_was_typed_stays_as_typed(text: str) -> None:
    program = program_of(text)
    assert via_sympy(program) == program


def test_a_quotient_stays_one_division() -> None:
    # 49*(1/49) is 0.9999999999999999 in float64, 49/49 is 1: a product with the inverse rounds differently
    ops = [instruction.op for instruction in via_sympy(program_of("a/b")).instructions]
    assert ops == ["variable", "variable", "div"]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (x - y, "x - y"),
        (-x - y, "-x - y"),
        (-x * y / 3, "-x*y/3"),
        (2 * x / (3 * y), "2*x/(3*y)"),
        (x**-1, "1/x"),
        (x**-2 * y, "y/x**2"),
        (1 / (2 * sympy.sqrt(x)), "1/(2*sqrt(x))"),
        (x ** Rational(-3, 2), "1/x**(3/2)"),
        (-(x**-2), "-1/x**2"),
        pytest.param(Rational(-1, 2), "-1/2"),
        (Rational(3, 2) * x, "3*x/2"),
        (x ** Rational(1, 3), "x**(1/3)"),
        (sympy.exp(-x) * y, "y*exp(-x)"),
        (sympy.E**2 * x, "x*exp(2)"),
        (2 * sympy.pi * x, "2*pi*x"),
        (x * (y + 1), "x*(y + 1)"),
        (1 - (y + 1), "-y"),
        (sympy.polygamma(0, x), "digamma(x)"),
        (sympy.polygamma(1, x), "polygamma(1, x)"),
        (sympy.S.Zero, "0"),
        (Mul(-1, Pow(x, -1)), "-1/x"),
    ],
)
def test_a_derivative_is_shown_with_signs_drawn_out_and_one_fraction_bar(expression: object, shown: str) -> None:
    assert tidy(expression) == shown
    assert to_text(parse(shown).tree) == shown


def test_a_fraction_of_many_digits_is_shown_as_a_decimal() -> None:
    assert tidy(Rational(44715, 1000000) * x) == "0.044715*x"
    assert tidy(Rational(7, 1000) * x) == "7*x/1000"
    assert tidy(Rational(1, 3003) * x) == "x/3003"


def test_eulers_constant_is_said_with_digamma() -> None:
    assert tidy(EulerGamma * x) == "-digamma(1)*x"


def test_decimals_are_shown_where_decimals_were_typed() -> None:
    assert tidy(Rational(11, 10) * x) == "11*x/10"
    assert tidy(Rational(11, 10) * x, decimals=True) == "1.1*x"
    assert tidy(Rational(1, 3) * x, decimals=True) == "x/3"


def test_a_long_sum_keeps_every_term() -> None:
    names = [Symbol(f"x{k}", real=True) for k in range(300)]
    shown = tidy(sympy.Add(*names))
    assert sorted(shown.split(" + ")) == sorted(name.name for name in names)


@for_all("expression", [sympy.I * x, sympy.hankel1(0, x), sympy.Derivative(sympy.zeta(x), x), sympy.zoo])
@for_all("is_tidy", [False, True])
def test_what_the_language_cannot_say_is_refused(expression: object, is_tidy: bool) -> None:
    with pytest.raises(KeyError):
        SympyReader(Builder(), tidy=is_tidy).read(expression)
