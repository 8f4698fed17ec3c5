"""The symbolic witness: derivatives in a form that people can read, and right by hand and by central difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from mpmath import mp, mpf
from sympy import Symbol

from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.witnesses import symbolic
from derivcli.witnesses.implicit_forms import ImplicitDifferentiator
from derivcli.witnesses.many_digits import ManyDigits
from derivcli.witnesses.symbolic import Differentiator, OutgrownError
from derivcli.witnesses.sympy_functions import build
from derivcli.witnesses.sympy_slopes import slope
from tests.checks import PRECISE, central_difference, evaluate, near, program_of, symbolic_derivative
from tests.every import examples, for_all, is_nightly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.tree import Node

INNER = ("x", "y", "2", "0.3", "x^3", "pi", "x*y", "1/(x - y)", "max(x, y)", "where(x < y, x^2, y)", "floor(x)")
OUTER = ("sin({})", "exp({}/3)", "log({})", "sqrt({})", "abs({})", "({})^y", "x^({})", "2^({})", "gelu({})")
JOINED = ("({}) + ({})", "({}) - ({})", "({})*({})", "({})/({})", "({})^({})", "hypot({}, {})", "besselj({}, {})")
TEXTS = st.recursive(
    st.sampled_from(INNER),
    lambda inner: st.one_of(
        st.builds(str.format, st.sampled_from(OUTER), inner),
        st.builds(str.format, st.sampled_from(JOINED), inner, inner),
    ),
    max_leaves=4,
)


def derivative(text: str, name: str = "x") -> str | None:
    """Return the derivative as it is shown."""
    program = Differentiator(program_of(text)).derivative((name,))
    return None if program is None else to_text(to_tree(program))


@for_all(
    ("text", "shown"),
    [
        ("5*x**4 + 3*x**3", "20*x**3 + 9*x**2"),
        ("3x^2", "6*x"),
        ("x", "1"),
        ("7", "0"),
        ("y", "0"),
        ("x^y", "x**y*y/x"),
        ("sin(x)", "cos(x)"),
        ("cos(x)", "-sin(x)"),
        ("tan(x)", "tan(x)**2 + 1"),
        ("exp(2x)", "2*exp(2*x)"),
        ("2^x", "2**x*log(2)"),
        ("log(x)", "1/x"),
        ("log(x, 10)", "1/(x*log(10))"),
        ("log10(x)", "1/(x*log(10))"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("x^0.5", "1/(2*sqrt(x))"),
        ("0.5*x^2", "x"),
        ("1/x", "-1/x**2"),
        ("1.5*x^2", "3*x"),
        ("0.1*x^2", "0.2*x"),
        ("abs(x)", "sign(x)"),
        ("relu(x)", "where(x > 0, 1, 0)"),
        ("floor(x)", "0"),
        ("erf(x)", "2*exp(-x**2)/sqrt(pi)"),
        ("gamma(x)", "gamma(x)*digamma(x)"),
        ("loggamma(x)", "digamma(x)"),
        ("digamma(x)", "polygamma(1, x)"),
        ("where(x < 1, x^2, 3x)", "where(x < 1, 2*x, 3)"),
        ("max(x, 0)", "where(x > 0, 1, 0)"),
        ("hypot(x, y)", "x/hypot(x, y)"),
        ("a*exp(-k*x)*cos(w*x)", None),
    ],
)
def test_a_derivative_reads_as_in_a_book(text: str, shown: str | None) -> None:
    found = derivative(text)
    assert found is not None
    assert shown is None or found == shown
    assert to_text(parse(found).tree) == found


def test_people_are_shown_the_short_form() -> None:
    made = Differentiator(program_of("x*exp(x)"))
    raw, found = made.derivative(("x", "x")), made.shown(("x", "x"))
    assert raw is not None
    assert found is not None
    assert [to_text(to_tree(program)) for program in (raw, found.program)] == ["x*exp(x) + 2*exp(x)", "(x + 2)*exp(x)"]


@pytest.mark.parametrize(("text", "name"), [("polygamma(n, x)", "n"), ("x*polygamma(n^2, 3) + n", "n")])
def test_a_derivative_without_a_closed_form_is_missing(text: str, name: str) -> None:
    assert derivative(text, name) is None


@pytest.mark.parametrize("text", ["sqrt(-x^2)", "(-1)^x", "log(-1)*x", "x^2*sqrt(-4)"])
def test_a_complex_derivative_is_missing_or_undefined_but_never_a_number(text: str) -> None:
    program = Differentiator(program_of(text)).derivative(("x",))
    if program is not None:
        assert symbolic_derivative(program_of(text), {"x": "0.5"}, "x", 1) is None


def test_a_sum_is_differentiated_in_the_terms_that_hold_the_variable() -> None:
    text = " + ".join(f"a{k}*x{k}^2" for k in range(2_000))
    differentiator = Differentiator(program_of(text))
    program = differentiator.derivative(("x7",))
    assert program is not None
    assert to_text(to_tree(program)) == "2*a7*x7"


SMOOTH = ("sin({})", "cos({})", "exp({}/3)", "atan({})", "tanh({})", "log(1 + ({})^2)", "sqrt(2 + ({})^2)", "asinh({})")
COMPOSED = (
    "({}) + ({})",
    "({}) - ({})",
    "({})*({})",
    "({})/(2 + ({})^2)",
    "(1 + ({})^2)^({})",
    "hypot(1 + ({})^2, {})",
)
SMOOTH_TEXTS = st.recursive(
    st.sampled_from(("x", "y", "2", "0.3", "x^3", "pi", "x*y")),
    lambda inner: st.one_of(
        st.builds(str.format, st.sampled_from(SMOOTH), inner),
        st.builds(str.format, st.sampled_from(COMPOSED), inner, inner),
    ),
    max_leaves=5,
)


@examples(15, 60)
@given(SMOOTH_TEXTS, st.sampled_from(("0.7", "-1.3", "2")), st.sampled_from(("0.4", "-0.9")))
def test_the_derivative_of_a_smooth_expression_is_its_central_difference(text: str, at_x: str, at_y: str) -> None:
    tree, point = parse(text).tree, {"x": at_x, "y": at_y}
    with mp.workdps(60):
        truth = difference_by_x(tree, point)
        found = symbolic_derivative(compile_tree(tree), point, "x", 1)
        assert near(found, truth, PRECISE, mpf(10) ** -40)


def difference_by_x(tree: Node, point: Mapping[str, str]) -> Any:
    """Return a central difference of mpmath's values; a tower of powers, which is too high for it, is no case."""
    try:
        return central_difference(lambda x, y: evaluate(tree, {"x": x, "y": y}), point, "x", 1)
    except OverflowError:
        reject()


def form(differentiator: Differentiator, wrt: str) -> str | None:
    """Return a derivative as it is shown."""
    program = differentiator.derivative(tuple(wrt))
    return None if program is None else to_text(to_tree(program))


@for_all(
    ("text", "wrt", "shown"),
    [
        ("x^5", "xxx", "60*x**2"),
        ("x^5", "xxxxx", "120"),
        ("x^5", "xxxxxx", "0"),
        ("sin(x)", "xxxx", "sin(x)"),
        ("exp(2x)", "xxxxxxxxxx", "1024*exp(2*x)"),
        ("x^2*y^3", "xyy", "12*x*y"),
        ("x^2*y^3", "yxy", "12*x*y"),
        ("a^2 + b^2", "ab", "0"),
        ("1/x", "xxx", "-6/x**4"),
        ("polygamma(n, x)", "nn", None),
    ],
)
def test_a_derivative_of_higher_order_reads_as_in_a_book(text: str, wrt: str, shown: str | None) -> None:
    assert form(Differentiator(program_of(text)), wrt) == shown


def test_a_form_of_higher_order_that_grows_too_large_is_given_up() -> None:
    towers = Differentiator(program_of("sin(exp(cos(x^2))*log(1 + x^4))^3"))
    with pytest.raises(OutgrownError):
        towers.derivative(("x",) * 12)
    assert form(towers, "x") is not None  # what is small is still known


def test_forms_of_higher_order_that_take_too_long_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symbolic, "_LONGEST", 0.0)
    late = Differentiator(program_of("sin(x)"))
    assert (form(late, "x"), form(late, "xx")) == ("cos(x)", "-sin(x)")
    with pytest.raises(OutgrownError):
        late.derivative(("x", "x", "x"))


def test_variables_can_be_put_to_whole_numbers() -> None:
    program = Differentiator(program_of("sin(x + 3*t)")).derivative(("t",), {"t": 0})
    assert program is not None
    assert to_text(to_tree(program)) == "3*cos(x)"


@pytest.mark.parametrize(
    ("text", "at", "wrt", "exact"),
    [
        ("exp(x)", "0", "xxxx", "1/24"),
        ("exp(x)", "1", "xx", "e/2"),
        ("sin(x)", "pi/6", "", "1/2"),
        ("sin(x)", "pi/6", "x", "sqrt(3)/2"),
        ("sqrt(x)", "4", "xx", "-1/64"),
        ("sqrt(x)", "2", "x", "sqrt(2)/4"),
        ("log(x)", "1", "xxxxx", "1/5"),
        ("atan(x)", "1", "", "pi/4"),
        ("1/(1 - x)", "1/2", "xxx", "16"),
    ],
)
def test_a_taylor_coefficient_is_exact(text: str, at: str, wrt: str, exact: str) -> None:
    found = Differentiator(program_of(text)).coefficient(tuple(wrt), {"x": program_of(at)})
    assert found is not None
    assert to_text(to_tree(found)) == exact


@pytest.mark.parametrize(("text", "at"), [("(1+1/x)^x", "123456789"), ("2^(2^(2^x))", "5"), ("x^1e9", "1.5")])
def test_a_number_with_millions_of_digits_is_not_built(text: str, at: str) -> None:
    assert Differentiator(program_of(text)).coefficient((), {"x": program_of(at)}) is None


def test_a_taylor_coefficient_without_a_short_form_is_missing() -> None:
    nested = Differentiator(program_of("sin(exp(cos(x)))"))
    assert nested.coefficient(("x",) * 6, {"x": program_of("1")}) is None


@pytest.mark.parametrize(
    ("text", "wrt", "shown"),
    [
        ("x^2 + y^2 - 25", "x", "-x/y"),
        ("x*y - 1", "x", "-y/x"),
        ("y - x^3", "xx", "6*x"),
        ("x^2 + y^2 + z^2", "xz", "-x*z/y**3"),
        ("x^3 + y^3 - 6*x*y", "x", "(x**2 - 2*y)/(2*x - y**2)"),
    ],
)
def test_the_slope_of_a_curve_reads_as_in_a_book(text: str, wrt: str, shown: str) -> None:
    assert form(ImplicitDifferentiator(program_of(text), "y"), wrt) == shown


def test_the_forms_of_a_curve_are_bounded_too() -> None:
    curve = ImplicitDifferentiator(program_of("sin(x*y)*exp(y) + log(1 + x^2*y^2)"), "y")
    with pytest.raises(OutgrownError):
        curve.derivative(("x",) * 9)


def same(text: str) -> None:
    expression = build(program_of(text), evaluate=True)
    for name in ("x", "y"):
        symbol = Symbol(name, real=True)
        assert slope(expression, symbol) == expression.diff(symbol)


@examples(25, 100)
@given(TEXTS)
def test_a_slope_is_sympys_derivative(text: str) -> None:
    same(text)


@for_all("row", [r for r in catalogue.FUNCTIONS.values() if not r.literal][:: 1 if is_nightly() else 3])
def test_a_slope_of_each_function_is_sympys_derivative(row: catalogue.Function) -> None:
    args = ("x", "x*y", "y", "3", "x")[: row.least]
    same(f"x*{row.name}({', '.join(args)})^2 + {row.name}({', '.join(args)})")


@pytest.mark.parametrize("text", ["x*inf", "x*y*exp(inf)", "0^x", "(x - x)^y*x", "x^inf + y", "x*log(0)"])
def test_where_something_is_endless_the_slope_is_sympys_too(text: str) -> None:
    same(text)


def test_a_deep_expression_with_shared_parts_has_a_slope() -> None:
    text = "x"
    for _ in range(20):
        text = f"sin({text})"
    same(text)


@pytest.mark.parametrize("text", ["x^2*sin(x)/(2+exp(-x))", "gamma(x)*x", "sqrt(x)-x^(1/3)/x", "x^x"])
def test_forms_that_nobody_sees_have_the_values_of_those_that_are_shown(text: str) -> None:
    plain, seen = (Differentiator(program_of(text), unseen=unseen).derivative(("x",)) for unseen in (True, False))
    assert plain is not None
    assert seen is not None
    values = [ManyDigits(program).at({"x": program_of("1.3")}).text[:30] for program in (plain, seen)]
    assert values[0] == values[1]
