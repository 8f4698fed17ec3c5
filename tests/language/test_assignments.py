"""`x=2,y=pi/4`: where one value ends and the next name begins, and what a value may be."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError, LimitError
from derivcli.language.assignments import parse_value, split_assignments, split_names
from derivcli.language.diagnostics import draw
from tests.every import for_all
from tests.language import outline, refusal

HOW = "write NAME=VALUE, such as x=2 or x=2,y=pi/4"


def complaint(text: str) -> str:
    error = refusal(split_assignments, text)
    assert error is not None
    return draw(error)


@for_all(
    ("text", "pairs"),
    [
        ("x=2", [("x", "2")]),
        ("x=2,y=3", [("x", "2"), ("y", "3")]),
        ("x=max(1,2),y=atan2(1,3)", [("x", "max(1,2)"), ("y", "atan2(1,3)")]),
        ("x = -1.5e-3 , y=√2", [("x", "-1.5e-3"), ("y", "√2")]),
        ("x=2,x=3", [("x", "2"), ("x", "3")]),
        ("pi=3", [("pi", "3")]),
        ("sin=3", [("sin", "3")]),
        ("x=1,2", [("x", "1,2")]),
        ("x[0]=2,c_d[1]=3", [("x[0]", "2"), ("c_d[1]", "3")]),
        ("x[0,1]=2", [("x[0,1]", "2")]),
    ],
)
def test_a_new_name_begins_after_a_comma_where_an_equals_sign_follows(text: str, pairs: list[tuple[str, str]]) -> None:
    found = split_assignments(text)
    assert [(name, value) for name, value, _ in found] == pairs
    assert all(text[span.start : span.end] == value for _, value, span in found)


@for_all("text", ["2", "x", "x+1", "2=x", "", "max(1,2)"])
def test_a_value_needs_a_name(text: str) -> None:
    assert complaint(text).startswith("error: a value needs a name")
    assert complaint(text).endswith(f"hint: {HOW}")


@pytest.mark.parametrize(("text", "name"), [("x=", "x"), ("x=1,y=", "y")])
def test_a_name_needs_a_value(text: str, name: str) -> None:
    assert complaint(text).startswith(f"error: `{name}` has no value")


@pytest.mark.parametrize("word", ["and", "or", "not", "True", "False"])
def test_a_word_of_the_language_is_no_name(word: str) -> None:
    assert f"`{word}` is not a name for a variable" in complaint(f"{word}=2")
    assert refusal(split_names, word) is not None


def test_a_foreign_character_is_marked_in_the_text_it_stands_in() -> None:
    error = refusal(split_assignments, "x=2\u2014y=3")
    assert error is not None
    assert (error.source, error.span and error.span.start) == ("x=2\u2014y=3", 3)


@for_all(
    ("text", "tree"),
    [
        ("2", "2"),
        ("-1.5", "neg(1.5)"),
        ("pi/4", "div(pi, 4)"),
        ("2pi", "mul(2, pi)"),
        ("√2", "sqrt(2)"),
        ("5!", "factorial(5)"),
        ("max(1,2)", "max(1, 2)"),
        ("where(1<2, 3, 4)", "piecewise(3, lt(1, 2), 4)"),
    ],
)
def test_a_value_is_a_constant_expression(text: str, tree: str) -> None:
    assert outline(parse_value("x", text)) == tree


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y", "the value of `x` must be a number; `y` is not a number"),
        ("2*k + 1", "the value of `x` must be a number; `k` is not a number"),
        ("inf", "the value of `x` is infinite"),
        ("-∞", "the value of `x` is infinite"),
        ("2*inf", "the value of `x` is infinite"),
    ],
)
def test_a_value_with_names_in_it_or_without_bound_is_refused(text: str, message: str) -> None:
    error = refusal(lambda value: parse_value("x", value), text)
    assert error is not None
    assert (error.kind, error.message, error.source) == ("point", message, text)
    assert error.hint


def test_the_name_in_a_value_is_marked() -> None:
    error = refusal(lambda value: parse_value("x", value), "2*k + 1")
    assert error is not None
    assert draw(error) == (
        "error: the value of `x` must be a number; `k` is not a number\n  2*k + 1\n    ^\n"
        "hint: a value is a constant expression such as 2, -1.5 or pi/4"
    )


@for_all("text", ["", "nan", "1_000", "0x10", "1,2", "1=2", "__import__('os')", "x.y", "1 2", "2<3"])
def test_what_is_no_expression_is_no_value(text: str) -> None:
    assert isinstance(refusal(lambda value: parse_value("x", value), text), DerivError)


def test_the_limits_of_expressions_hold_for_values_as_well() -> None:
    for text in ("9**9**9**9", "1e999999999", "(" * 1000 + "1" + ")" * 1000):
        error = refusal(lambda value: parse_value("x", value), text)
        assert isinstance(error, LimitError)
        assert error.source == text


@pytest.mark.parametrize(("text", "names"), [("x", ["x"]), ("x,y", ["x", "y"]), (" a , b ,c", ["a", "b", "c"])])
def test_names_are_split_at_commas(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@for_all("text", ["", ",", "x,", ",x", "x y", "x,,y", "x;y", "x+y"])
def test_what_is_no_list_of_names_is_refused(text: str) -> None:
    error = refusal(split_names, text)
    assert isinstance(error, DerivError)
    assert error.source == text


def test_names_and_values_can_be_latex() -> None:
    found = split_assignments(r"x_{1}=2,\theta=\frac{\pi}{4}, y = 3")
    assert [(one.name, one.text) for one in found] == [("x_1", "2"), ("theta", r"\frac{\pi}{4}"), ("y", "3")]
    assert [one.text for one in split_assignments(r"\alpha=1e-3,x=-2.5E4")] == ["1e-3", "-2.5E4"]
    assert split_names(r"\theta,x_{1}") == ["theta", "x_1"]
