"""sympy's column: every row has a class that keeps its arguments as they are and knows the right slopes."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from mpmath import mp, mpf
from sympy import Symbol
from sympy.core.function import ArgumentIndexError

from derivcli.language import catalogue
from derivcli.witnesses.symbolic import via_sympy
from derivcli.witnesses.sympy_functions import build, expressions, function_class, opaque, operation, pieces, rational
from tests.checks import PRECISE, near, program_of, row_program, symbolic_derivative
from tests.every import for_all

x, y, z = (Symbol(name, real=True) for name in "xyz")


@for_all("row", catalogue.FUNCTIONS.values())
def test_every_row_has_a_class_of_sympy_and_is_read_back_from_it(row: catalogue.Function) -> None:
    assert isinstance(function_class(row.name), type(sympy.Function)) or row.name == "sqrt"  # a power, in sympy
    assert via_sympy(row_program(row.name)) == row_program(row.name)


def test_a_function_that_the_language_does_not_have_is_no_operation() -> None:
    assert operation(sympy.hankel1(0, x)) is None


@for_all("name", ["max", "min", "and", "or"])
def test_arguments_keep_their_order_and_their_doubles(name: str) -> None:
    assert opaque(name)(y, x, y, evaluate=False).args == (y, x, y)


def test_a_piecewise_function_whose_first_condition_is_true_does_not_collapse() -> None:
    assert build(program_of("piecewise(x, True, y)"), evaluate=False).args == (x, opaque("true")(), y)


def test_pieces_that_are_all_the_same_are_that() -> None:
    condition = opaque("lt")(x, y)
    assert pieces(z, condition, z) is z
    assert pieces(x, condition, z).args == (x, condition, z)


def test_a_rational_is_exact() -> None:
    assert rational(Fraction(1, 10)) == sympy.Rational(1, 10)
    assert build(program_of("0.1"), evaluate=False) == sympy.Rational(1, 10)


def test_a_bound_name_stands_for_an_expression() -> None:
    assert build(program_of("a + b"), evaluate=True, bound={"a": x, "b": x}) == 2 * x


def test_there_is_one_expression_for_each_instruction() -> None:
    program = program_of("sin(x)*sin(x) + 1")
    assert len(expressions(program, evaluate=True)) == len(program.instructions)


def test_a_parameter_without_a_closed_form_has_no_slope() -> None:
    with pytest.raises(ArgumentIndexError):
        opaque("max")(x, y).fdiff(1)
    with pytest.raises(ArgumentIndexError):
        opaque("true")().fdiff(1)


@for_all(
    ("text", "at", "slope"),  # by hand
    [
        ("max(x, 3)", "5", "1"),
        ("max(x, 3)", "2", "0"),
        ("max(x, x^2, 1)", "3", "6"),
        ("max(x, x^2, 1)", "-2", "-4"),
        ("max(x, x^2, 1)", "0.5", "0"),
        ("min(x^2, x, 2)", "0.5", "1"),
        ("min(x^2, x, 2)", "3", "0"),
        ("max(x, x)", "7", "1"),
        ("clamp(x, 0, 1)", "0.5", "1"),
        ("clamp(x, 0, 1)", "2", "0"),
        ("clamp(5, x, 9)", "6", "1"),
        ("clamp(5, x, 9)", "2", "0"),
        ("clamp(5, 0, x)", "2", "1"),
        ("clamp(5, 0, x)", "9", "0"),
        ("clamp(5, x, 3)", "4", "0"),
        ("mod(7, x)", "2", "-3"),
        ("mod(x^2, 5)", "3", "6"),
        ("frac(x^2)", "1.5", "3"),
        ("floor(x) + x", "1.5", "1"),
        ("abs(x)^3", "-2", "-12"),
        ("log(x, 10)", "1", "0.4342944819032518276511289189166050822944"),  # 1/ln(10), Abramowitz & Stegun 4.1.23
        ("log(100, x)", "10", "-0.08685889638065036553022578378332101645888"),  # -2/(10*ln(10))
        ("relu(x)*x", "3", "6"),
        ("heaviside(x)*x", "3", "1"),
        ("where(x < 2, x^2, x^3)", "1", "2"),
        ("where(x < 2, x^2, x^3)", "3", "27"),
        ("where(x < 2 and x > 0 or x == 5, x^2, 0)", "5", "10"),
        ("piecewise(1, x < 0, x, x < 1, x^2, x < 2, x^3)", "1.5", "3"),
        ("root(x, 3)", "-8", "0.08333333333333333333333333333333333333333"),
        ("cbrt(x)", "-8", "0.08333333333333333333333333333333333333333"),
    ],
)
def test_a_slope_is_that_of_the_piece_that_holds(text: str, at: str, slope: str) -> None:
    with mp.workdps(60):
        assert near(symbolic_derivative(program_of(text), {"x": at}, "x", 1), mpf(slope), PRECISE, PRECISE)


def test_beside_python_flint_sympys_integers_are_pythons() -> None:
    assert type(sympy.Integer(3).p) is int
    assert type(sympy.Rational(1, 3).q) is int
    assert sympy.external.gmpy.GROUND_TYPES == "python"
