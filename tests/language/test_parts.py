"""Formulas with names for their parts."""

from __future__ import annotations

import pytest

from derivcli.errors import PointError
from derivcli.language import question
from derivcli.language.diagnostics import draw
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from tests.language import complaint, drawn, read

CHAIN = 60


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("z = x*y; z^3 + cos(z)", "(x*y)^3 + cos(x*y)"),
        ("b*exp(-u); u = x/s; b = 2", "2*exp(-(x/s))"),
        ("a=3, b=4, a*x + b", "3*x + 4"),
        ("z = w*x + b\np = tanh(z)\nloss = (p - t)**2\nreturn loss", "(tanh(w*x + b) - t)^2"),
        ("z = x*y\nloss = z**2", "(x*y)^2"),
        ("f(x) = z^2\nz = 2*x", "(2*x)^2"),
        ("import numpy as np\nz = np.exp(x)\nz + 1", "exp(x) + 1"),
        ("def f(x):\n    z = 2*x\n    return z**2", "(2*x)^2"),
        ("let z = x*y; const w = z + 1; w^2", "(x*y + 1)^2"),
        ("s <- 2*x; s^2", "(2*x)^2"),
        ("z = (x +\n  y)\nz^2", "(x + y)^2"),
        ("d/dx (z^2); z = 3*x", "(3*x)^2"),
        ("e = 3; e*x", "3*x"),
    ],
)
def test_a_name_stands_for_its_definition(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@pytest.mark.parametrize("text", ["y = x^2", "y = x^2;", "z := x^2", "x\n+ 1", "y = x^2\n - 3"])
def test_a_text_of_one_part_has_no_definitions(text: str) -> None:
    assert parse(text).definitions is None


def test_the_answer_says_which_part_is_f_and_which_are_not_used() -> None:
    assert parse("z = x*y; q = 2; z^2").notes == ("f is `z^2`", "`q` is defined and not used")
    assert parse("z = x*y; w = z^2").notes == ("f is `w`, the last of the definitions",)


def test_the_definitions_are_kept() -> None:
    found = parse("z = x*y; z^2").definitions
    assert found is not None
    assert found.texts == {"z": "x*y"}
    assert found.whole == "z = x*y; z**2"
    assert read(found.whole) == read("z = x*y; z^2")


def test_parts_are_shared_in_the_program() -> None:
    lines = ["b0 = x + x", *(f"b{i} = b{i - 1} + b{i - 1}" for i in range(1, CHAIN)), f"b{CHAIN - 1}"]
    tree = parse("; ".join(lines)).tree
    assert tree.size == 2 ** (CHAIN + 1) - 1
    assert len(compile_tree(tree).instructions) == CHAIN + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a = b; b = 2*a; a*x",
            drawn("`a` is defined by itself", "a = b; b = 2*a; a*x", "^", "give the next value a name of its own"),
        ),
        (
            "z = z + x; z^2",
            drawn("`z` is defined by itself", "z = z + x; z^2", "^", "give the next value a name of its own"),
        ),
        (
            "a = 1; a = 2; a*x",
            drawn(
                "`a` is defined twice",
                "a = 1; a = 2; a*x",
                "       ^",
                "a definition holds everywhere: give each its own name",
            ),
        ),
        (
            "a = 1; a*x; a*y",
            drawn(
                "a second expression has no name",
                "a = 1; a*x; a*y",
                "            ^",
                "name all parts but one: `a = x*y; a^2`",
            ),
        ),
    ],
)
def test_definitions_that_do_not_fit_are_refused(text: str, message: str) -> None:
    assert complaint(text) == message


def test_a_line_in_doubt_is_refused() -> None:
    assert complaint("a = 2*x\n-a^2\na*b = 1").startswith("error: this line could go on the one before")


def test_a_defined_name_has_no_value_of_its_own() -> None:
    with pytest.raises(PointError) as caught:
        question.read("z = 2*x; z^2", {"x": "1", "z": "3"}, None)
    assert draw(caught.value) == (
        "error: `z` is defined in the expression and given a value\nhint: leave one of them out"
    )
