"""The notation of the question: maths as books print it, or Python."""

from __future__ import annotations

import pytest
from hypothesis import given

from derivcli.language.latex import to_latex
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.styles import PYTHON, Notation, Style, style_of
from derivcli.language.tree import Node, fold, variables
from tests.every import examples, for_all
from tests.strategies import expressions

MATH = style_of("x^2")
SIGNS = style_of("√x + |x| + ln x + e^x")


@for_all(
    "text", ["5*x**4", "np.sin(x)^2", "x.exp() + x^2", "pow(x, 2)", "lambda x: x^2", "Piecewise((x, x>0), (0, True))"]
)
def test_what_only_code_has_makes_a_question_python(text: str) -> None:
    assert style_of(text) == PYTHON


@for_all("text", ["x^2", "x", "sin(x)", "2.5x", "where(x > 0, x, 0)", r"\frac{x^{2}}{2}", "relu(x)"])
def test_any_other_question_is_maths(text: str) -> None:
    assert style_of(text).power == "^"


def test_the_reader_may_decide() -> None:
    assert style_of("x**2", Notation.MATH).power == "^"
    assert style_of("x^2", Notation.PYTHON) == PYTHON


@for_all(
    ("text", "shown"),
    [
        ("ln(x)*2^x", "ln(x)*2^x"),
        ("log(x)*2^x", "log(x)*2^x"),
        ("log10(x)", "log10(x)"),
        ("e^(-x)", "e^(-x)"),
        ("exp(-x)", "exp(-x)"),
        ("|x|", "|x|"),
        ("abs(x)", "abs(x)"),
        ("√x", "√x"),
        ("sqrt(x)", "sqrt(x)"),
        ("log(x, 3)", "log(x, 3)"),
    ],
)
def test_what_has_two_spellings_stays_as_typed(text: str, shown: str) -> None:
    assert to_text(parse(text).tree, style_of(text)) == shown


@for_all(
    ("text", "shown"),
    [
        ("20*x**3 + 9*x**2", "20x^3 + 9x^2"),
        ("2*x*sin(x)", "2x*sin(x)"),
        ("1/(2*x)", "1/(2x)"),
        ("2*pi*r", "2pi*r"),
        ("0.5*t", "0.5t"),
        ("-400*x*y", "-400x*y"),
        ("x*(-2)*y", "x*(-2)*y"),
        ("2*rate", "2*rate"),
        ("3*e*d", "3*e*d"),
        ("2*exp(2*x)", "2e^(2x)"),
        ("exp(x)**2", "(e^x)^2"),
        ("2*5**x", "2*5^x"),
        ("log(2)", "ln(2)"),
        ("abs(abs(x) - 1)", "abs(|x| - 1)"),
        ("-sqrt(x)**3", "-sqrt(x)^3"),
        ("x**(-2)", "x^(-2)"),
        ("exp(x**2)", "e^(x^2)"),
        ("x**y**2", "x^(y^2)"),
    ],
)
def test_maths_is_written_as_people_write_it(text: str, shown: str) -> None:
    assert to_text(parse(text).tree, MATH) == shown


@for_all(
    ("text", "shown"),
    [
        ("sqrt(x)", "√x"),
        ("sqrt(x + 1)/2", "√(x + 1)/2"),
        ("sqrt(x)**3", "(√x)^3"),
        ("-sqrt(x)", "-√x"),
        ("1/(2*sqrt(x))", "1/(2*√x)"),
        ("2**sqrt(x)", "2^(√x)"),
    ],
)
def test_a_root_has_its_sign_where_it_was_typed(text: str, shown: str) -> None:
    assert to_text(parse(text).tree, SIGNS) == shown


def test_a_variable_of_that_name_is_no_base_of_powers() -> None:
    assert to_text(parse("e*exp(x)", ["e"]).tree, MATH) == "e*exp(x)"


def _with_powers(tree: Node) -> Node:
    """Return a tree with each `exp(x)` as a power of e, which is what `e^x` is read as."""
    return fold(
        tree,
        lambda node, args: (
            Node("pow", (Node("e"), *args)) if node.op == "exp" else Node(node.op, tuple(args), node.text)
        ),
    )


@pytest.mark.parametrize("style", [MATH, SIGNS, style_of("exp(x) + log(x) + abs(x)")])
@given(tree=expressions())
@examples(20, 1_000)
def test_what_is_shown_can_be_typed_in_again(style: Style, tree: Node) -> None:
    again = parse(to_text(tree, style), variables(tree)).tree
    assert _with_powers(again) == _with_powers(tree)


def test_latex_has_the_natural_logarithm_as_it_was_typed() -> None:
    tree = parse("log(x)/log(x, 2) + sin(x)").tree
    assert to_latex(tree, style_of("ln x")) == r"\frac{\ln\left(x\right)}{\log_{2}\left(x\right)} + \sin\left(x\right)"
    assert to_latex(tree) == r"\frac{\log\left(x\right)}{\log_{2}\left(x\right)} + \sin\left(x\right)"
