"""The texts of a request, held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.errors import DerivError, LimitError, PointError
from derivcli.language import question
from derivcli.language.diagnostics import draw
from tests.every import for_all
from tests.language import outline

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(text: str, at: Mapping[str, str] | None = None, wrt: tuple[str, ...] | None = None) -> question.Question:
    return question.read(text, at, wrt)


def complaint(text: str, at: Mapping[str, str] | None = None, wrt: tuple[str, ...] | None = None) -> str:
    with pytest.raises(DerivError) as caught:
        read(text, at, wrt)
    return draw(caught.value)


def test_variables_come_in_the_order_of_their_first_appearance() -> None:
    asked = read("y*x + y + z", {"x": "1", "z": "2", "y": "3"})
    assert asked.variables == asked.wrt == ("y", "x", "z")
    assert asked.texts == {"y": "3", "x": "1", "z": "2"}
    assert asked.point is not None
    assert {name: outline(tree) for name, tree in asked.point.items()} == {"y": "3", "x": "1", "z": "2"}


def test_without_values_there_is_no_point() -> None:
    asked = read("x*y")
    assert (asked.point, asked.texts, asked.wrt) == (None, None, ("x", "y"))


@pytest.mark.parametrize("at", [None, {}])
def test_an_expression_without_variables_needs_no_point(at: dict[str, str] | None) -> None:
    asked = read("7 + pi", at)
    assert (asked.variables, asked.point, asked.texts) == ((), {}, {})


def test_a_name_with_a_value_is_a_variable_and_no_constant() -> None:
    assert read("e*x", {"x": "1", "e": "2"}).variables == ("e", "x")
    assert read("e*x", {"x": "1"}).variables == ("x",)
    assert read("x(x+1)", {"x": "2"}).variables == ("x",)


def test_a_name_to_differentiate_by_is_a_variable_as_well() -> None:
    assert read("e^2", None, ("e",)).variables == ("e",)
    assert read("gamma*x", None, ("gamma",)).variables == ("gamma", "x")


def test_a_value_for_a_name_that_is_only_called_is_a_note() -> None:
    asked = read("gamma(x)", {"x": "5", "gamma": "2"})
    assert asked.variables == ("x",)
    assert asked.notes == ("the value of `gamma` is not used: `gamma(...)` is the function",)


@for_all(
    ("text", "at", "said"),
    [
        ("x*y", {"x": "1"}, "error: no value for `y`\n  x*y\n    ^\nhint: add y=... in `at`"),
        (
            "3x2 + x1 + x",
            {"x": "1", "x1": "1"},
            "error: no value for `x2`\n  3x2 + x1 + x\n   ^^\nhint: add x2=... in `at`, or write x^2 for the power",
        ),
        ("x1 + x", {"x": "1"}, "error: no value for `x1`\n  x1 + x\n  ^^\nhint: add x1=... in `at`"),
        ("x", {}, "error: no value for `x`\n  x\n  ^\nhint: add x=... in `at`"),
        (
            "2*wxyz",
            {"w": "1", "x": "1", "y": "2", "z": "3"},
            "error: no value for `wxyz`\n  2*wxyz\n    ^^^^\nhint: add wxyz=... in `at`, or write w*x*y*z to multiply",
        ),
        (
            "x0pi",
            {"x0": "1"},
            "error: no value for `x0pi`\n  x0pi\n  ^^^^\nhint: add x0pi=... in `at`, or write x0*pi to multiply",
        ),
        (
            "x",
            {"x": "1", "z": "2"},
            "error: `z` has a value, but does not occur in the expression\nhint: its variables are x",
        ),
        (
            "rate*x",
            {"rate": "1", "x": "2", "rates": "2"},
            "error: `rates` has a value, but does not occur in the expression\nhint: did you mean `rate`?",
        ),
        (
            "ax^2+b",
            {"a": "1", "b": "2"},
            "error: `a` has a value, but does not occur in the expression\n"
            "hint: `ax` was read as one name; write `a*x`",
        ),
        (
            "cost",
            {"t": "1"},
            "error: `t` has a value, but does not occur in the expression\n"
            "hint: `cost` was read as one name; write `cos(t)`",
        ),
        (
            "3*x2",
            {"x": "1"},
            "error: `x` has a value, but does not occur in the expression\n"
            "hint: `x2` was read as one name; write `x^2`",
        ),
        (
            "mass*x",
            {"m": "1", "x": "2"},
            "error: `m` has a value, but does not occur in the expression\nhint: its variables are mass, x",
        ),
        (
            "7",
            {"x": "1"},
            "error: `x` has a value, but does not occur in the expression\nhint: the expression has no variables",
        ),
    ],
)
def test_values_that_do_not_fit_are_refused(text: str, at: dict[str, str], said: str) -> None:
    assert complaint(text, at) == said


@pytest.mark.parametrize(
    ("text", "wrt", "said"),
    [
        ("x", ("t",), "error: `t` does not occur in the expression\nhint: its variables are x"),
        ("alpha*x", ("alph",), "error: `alph` does not occur in the expression\nhint: did you mean `alpha`?"),
    ],
)
def test_names_that_do_not_occur_cannot_be_differentiated_by(text: str, wrt: tuple[str, ...], said: str) -> None:
    assert complaint(text, None, wrt) == said


def test_an_error_in_the_expression_comes_before_one_in_the_point() -> None:
    assert "unknown function `sine`" in complaint("sine(x)", {"z": "1"})


def test_an_error_in_a_value_is_drawn_in_the_value() -> None:
    assert complaint("x", {"x": "2+"}).splitlines()[1] == "  2+"


@pytest.mark.parametrize("text", ["9**9**9**9", "2**(10**8)*x", "x + factorial(10**7)", "gamma(1e9)", "10^4001"])
def test_a_constant_that_is_too_large_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(LimitError) as caught:
        read(text)
    assert caught.value.source == text
    assert caught.value.span is not None


def test_how_something_was_read_is_a_note() -> None:
    assert read("sin^-1(x)").notes == ("`sin^-1(...)` was read as `asin(...)`, the inverse function",)


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ("1/2pi", "`1/2pi` was read as `(1/2)*pi`"),
        ("1.5 e-3", "`e` was read as a factor; an exponent of ten is written close to its number: 1e-3"),
        ("2^1/2", "`2^1/2` was read as `(2^1)/2`"),
    ],
)
def test_how_a_value_was_read_is_a_note(value: str, note: str) -> None:
    assert read("x", {"x": value}).notes == (f"in the value of `x`: {note}",)
    assert read("x", {"x": "1/2"}).notes == ()


@pytest.mark.parametrize("name", ["x[0]", "c_d[1]", "x[0,1]"])
def test_a_name_with_an_index_takes_a_value(name: str) -> None:
    asked = read(f"2*{name}^2", {name: "2"})
    assert (asked.variables, asked.texts) == ((name,), {name: "2"})


def test_points_are_read_without_an_expression() -> None:
    assert {name: outline(tree) for name, tree in question.read_point({"x": "1/3"}).items()} == {"x": "div(1, 3)"}
    with pytest.raises(PointError):
        question.read_point({"x": "y"})
