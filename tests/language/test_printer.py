"""Syntax tree -> text that can be pasted back in."""

from __future__ import annotations

import pytest
from hypothesis import given

from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.styles import style_of
from derivcli.language.tree import Node
from tests.every import examples, for_all
from tests.language import outline, short
from tests.strategies import expressions

X, Y, Z, TWO = (
    Node("variable", text="x"),
    Node("variable", text="y"),
    Node("variable", text="z"),
    Node("number", text="2"),
)


@given(expressions())
@examples(80, 5_000)
def test_what_is_printed_parses_to_the_same_tree(tree: Node) -> None:
    assert parse(to_text(tree)).tree == tree


@given(expressions())
@examples(15, 50)
def test_what_is_printed_is_printed_alike_when_it_is_pasted(tree: Node) -> None:
    text = to_text(tree)
    assert to_text(parse(text).tree) == text
    assert text.isprintable()


@for_all(
    ("text", "printed"),
    [
        ("5*x**4+3*x**3", "5*x**4 + 3*x**3"),
        ("5x^4", "5*x**4"),
        ("2pi r", "2*pi*r"),
        ("-x^2", "-x**2"),
        ("2^-3", "2**(-3)"),
        ("(x+1)(x-1)", "(x + 1)*(x - 1)"),
        ("a-(b-c)", "a - (b - c)"),
        ("a-b*c", "a - b*c"),
        ("a-b/c", "a - b/c"),
        ("(a+b)+c", "(a + b) + c"),
        ("a/(b*c)", "a/(b*c)"),
        ("a/b*c", "a/b*c"),
        ("a*(b/c)", "a*(b/c)"),
        ("(a^b)^c", "(a**b)**c"),
        ("a^b^c", "a**(b**c)"),
        ("(-x)^2", "(-x)**2"),
        ("(a/b)^2", "(a/b)**2"),
        ("--x", "-(-x)"),
        ("2--x", "2 - (-x)"),
        ("2*-x", "2*(-x)"),
        ("-(x*y)", "-(x*y)"),
        ("-x*y", "-x*y"),
        ("x!", "factorial(x)"),
        ("|x|", "abs(x)"),
        ("√x", "sqrt(x)"),
        ("⌊x⌋", "floor(x)"),
        ("x%y", "x % y"),
        ("x//y", "x // y"),
        ("mod(x, y)", "x % y"),
        ("(x%y)*z", "(x % y)*z"),
        ("arcsin(x)", "asin(x)"),
        ("ln(x)", "log(x)"),
        ("sin^2(x)", "sin(x)**2"),
        ("0.10", "0.10"),
        (".5x", ".5*x"),
        ("1e-3", "1e-3"),
        ("π∞", "pi*inf"),
        ("µ", "μ"),
        ("where(x≤0, 1, 2)", "where(x <= 0, 1, 2)"),
        ("piecewise(1, x>0)", "piecewise(1, x > 0)"),
        ("where(0<x<1, 1, 2)", "where(0 < x and x < 1, 1, 2)"),
        ("where(not (a<1 and b<2), 1, 2)", "where(not (a < 1 and b < 2), 1, 2)"),
        ("where((a<1 or b<2) and c<3, 1, 2)", "where((a < 1 or b < 2) and c < 3, 1, 2)"),
        ("where(True, 1, 2)", "where(True, 1, 2)"),
    ],
)
def test_the_printed_form_is_the_one_people_write(text: str, printed: str) -> None:
    assert to_text(parse(text).tree) == printed


def test_trees_that_no_text_was_read_into_print_as_they_are() -> None:
    product = Node("mul", (Node("neg", (X,)), Y))
    for tree in (
        Node("add", (Z, Node("neg", (product,)))),
        Node("add", (Z, product)),
        Node("neg", (product,)),
        Node("pow", (product, TWO)),
        Node("pow", (X, product)),
        Node("div", (Node("floordiv", (X, Y)), Node("mod", (X, Y)))),
        Node("mul", (TWO, Node("mul", (X, Y)))),
    ):
        assert outline(parse(to_text(tree)).tree) == outline(tree)


@pytest.mark.parametrize(
    "text", ["-" * 499 + "x", "sin(" * 499 + "x" + ")" * 499, "x" + "/x" * 499, "x" + "^x" * 499], ids=short
)
def test_deep_trees_print_and_parse_back(text: str) -> None:
    tree = parse(text).tree
    assert outline(parse(to_text(tree)).tree) == outline(tree)


def test_long_sums_print_and_parse_back() -> None:
    text = " + ".join(f"{k}*x{k % 7}" for k in range(10_000))
    assert to_text(parse(text).tree) == text


@for_all(
    "text",
    ["x!", "x!^2", "2^x!", "(x^2)!", "(-x)!", "(x!)!", "x!/y!", "30°*x", "(x + 1)°", "x°^2", "1e-3°", "x!*y", "-x!"],
)
def test_marks_behind_an_operand_are_written_as_they_were_typed(text: str) -> None:
    assert to_text(parse(text).tree, style_of(text)) == text
    assert to_text(parse(text).tree, style_of("x")) != text
