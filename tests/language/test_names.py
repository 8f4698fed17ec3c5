"""Bare names: variables, constants, functions somebody forgot to call."""

from __future__ import annotations

import pytest

from derivcli.errors import UnknownNameError
from derivcli.language.parser import parse
from tests.language import complaint, drawn, read, refusal


@pytest.mark.parametrize(
    "name", ["x", "theta", "I", "E", "N", "S", "C", "O", "Q", "lambda", "xi", "E_n", "oo", "import"]
)
def test_a_bare_name_is_a_variable(name: str) -> None:
    tree = parse(name).tree
    assert (tree.op, tree.text) == ("variable", name)


@pytest.mark.parametrize("name", ["gamma", "psi", "Phi", "Γ", "k1", "y0", "j0", "li", "Ei"])
def test_a_function_whose_name_is_a_letter_is_a_variable_where_it_is_not_called(name: str) -> None:
    assert read(f"2*{name} + {name}(x)", "x") == f"add(mul(2, {name}), {parse(f'{name}(x)').tree.op}(x))"
    assert parse(name).tree.op == "variable"


@pytest.mark.parametrize("name", ["pi", "e", "tau", "inf"])
def test_a_constant_is_a_constant_until_it_is_given_a_value(name: str) -> None:
    assert parse(name).tree.op == name
    tree = parse(name, frozenset({name})).tree
    assert (tree.op, tree.text) == ("variable", name)


@pytest.mark.parametrize("name", ["gamma", "sin", "max", "where", "Γ", "beta", "zeta", "Li"])
def test_a_function_with_a_value_is_a_variable(name: str) -> None:
    tree = parse(name, frozenset({name})).tree
    assert (tree.op, tree.text) == ("variable", name)


def test_variables_with_functions_names_multiply() -> None:
    assert read("gamma pr/(gamma-1)", "gamma", "pr") == "div(mul(gamma, pr), add(gamma, neg(1)))"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3*sine(x)", drawn("unknown function `sine`", "3*sine(x)", "  ^^^^", "did you mean `sin`?")),
        ("tann(x)", drawn("unknown function `tann`", "tann(x)", "^^^^", "did you mean `tan`?")),
        ("2*sQrt(x)", drawn("unknown function `sQrt`", "2*sQrt(x)", "  ^^^^", "did you mean `sqrt`?")),
        ("g(x+1)", drawn("unknown function `g`", "g(x+1)", "^", "to multiply, write `g*(...)` or give `g` a value")),
        ("2f(x)", drawn("unknown function `f`", "2f(x)", " ^", "to multiply, write `f*(...)` or give `f` a value")),
        (
            "__import__(x)",
            drawn(
                "unknown function `__import__`",
                "__import__(x)",
                "^^^^^^^^^^",
                "deriv --functions lists all; to multiply, write `__import__*(...)` or give `__import__` a value",
            ),
        ),
        ("Sin x", drawn("`Sin` is a function and is not called", "Sin x", "^^^", "write `sin` or `sin(x)`")),
        ("SIN^2 x", drawn("`SIN` is a function and is not called", "SIN^2 x", "^^^", "write `sin` or `sin(x)`")),
        ("2 + LN 2", drawn("`LN` is a function and is not called", "2 + LN 2", "    ^^", "write `ln` or `ln(x)`")),
        (
            "sin + 1",
            drawn(
                "`sin` is a function and is not called",
                "sin + 1",
                "^^^",
                "call it, `sin(x)`, or give it a value: --at sin=...",
            ),
        ),
        ("1 + nan", drawn("`nan` is not a number", "1 + nan", "    ^^^")),
        ("NaN", drawn("`NaN` is not a number", "NaN", "^^^")),
    ],
)
def test_a_name_without_a_meaning_is_explained(text: str, message: str) -> None:
    assert complaint(text) == message


def test_an_unknown_function_carries_its_suggestions() -> None:
    error = refusal(parse, "sine(x)")
    assert isinstance(error, UnknownNameError)
    assert error.suggestions[0] == "sin"
    assert error.kind == "unknown_name"


@pytest.mark.parametrize("text", ["2pi(x)", "e(x)", "tau(x)"])
def test_a_constant_multiplies_a_bracket(text: str) -> None:
    assert read(text).startswith("mul(")
