"""What stands in front of the body of a function in programs."""

from __future__ import annotations

from derivcli.language.parser import parse
from derivcli.language.tree import variables
from tests.every import for_all
from tests.language import read


@for_all(
    "text",
    [
        "lambda x: x*y + 1",
        "f = lambda x, y: x*y + 1",
        "x -> x*y + 1",
        "(x, y) -> x*y + 1",
        "f := x -> x*y + 1:",
        "x ↦ x*y + 1",
        "x => x*y + 1",
        "const f = (x, y) => x*y + 1;",
        "@(x, y) x*y + 1",
        "f = @(x) x*y + 1;",
        "f <- function(x, y) x*y + 1",
        "function(x) return x*y + 1",
        "return x*y + 1",
        "def f(x, y): return x*y + 1",
        "def f(x, y):\n    return x*y + 1",
        "f[x_, y_] := x*y + 1",
        "f[x_] = x*y + 1",
    ],
)
def test_a_head_is_left_out(text: str) -> None:
    assert read(text) == "add(mul(x, y), 1)"


def test_a_bound_name_is_a_variable_though_it_is_a_constant_elsewhere() -> None:
    assert variables(parse("lambda e: e**2").tree) == ("e",)
    assert variables(parse("tau -> tau^2").tree) == ("tau",)


def test_a_word_with_a_value_is_no_head() -> None:
    assert read("lambda*x", "lambda") == "mul(lambda, x)"
    assert read("2 lambda", "lambda") == "mul(2, lambda)"


@for_all(
    ("text", "plain"),
    [
        ("function(x) { return x^3 }", "x^3"),
        ("function f(x, y) { return Math.sin(x)*y; }", "sin(x)*y"),
        ("function g(x) { return (x + 1)^2 }", "(x + 1)^2"),
    ],
)
def test_the_braces_of_a_function_are_left_out(text: str, plain: str) -> None:
    assert read(text) == read(plain)
