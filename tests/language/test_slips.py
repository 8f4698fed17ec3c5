"""Slips that people make, and texts that look like one thing and are another: what becomes of each."""

from __future__ import annotations

import pytest

from derivcli.errors import LimitError
from derivcli.language import question
from derivcli.language.catalogue import function_names
from derivcli.language.limits import check_constants
from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.names import nearest
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import variables
from tests.every import for_all
from tests.language import complaint, read, refusal


@pytest.mark.parametrize("text", ["where^2(x>0, 3, 5)", "where²(x>0, 3, 5)", "piecewise^-1(3, x>0)"])
def test_a_power_of_where_is_refused_and_not_dropped(text: str) -> None:
    assert refusal(parse, text) is not None


def test_three_comparisons_in_a_row_hold_together() -> None:
    assert read("where(0<x<y<1,1,2)") == "piecewise(1, and(lt(0, x), lt(x, y), lt(y, 1)), 2)"


def test_variables_are_named_in_the_order_in_which_they_were_typed() -> None:
    assert variables(parse("where(x>0, y, z)").tree) == ("x", "y", "z")


@pytest.mark.parametrize("text", ["sin(x) = 2", "pi = 3", "gamma(x) = 2x"])
def test_a_known_name_is_not_defined_anew(text: str) -> None:
    assert refusal(parse, text) is not None


@pytest.mark.parametrize("text", ["2**(10**400)", "2**10**400*x", "3**3**factorial(1000)"])
def test_exponents_beyond_any_float_are_too_large(text: str) -> None:
    assert isinstance(refusal(lambda t: check_constants(parse(t).tree), text), LimitError)


@pytest.mark.parametrize("text", ["10**3999", "2**13000", "*".join(["1"] * 14000), "*".join(["2"] * 7000)])
def test_constants_within_four_thousand_digits_pass(text: str) -> None:
    check_constants(parse(text).tree)


@pytest.mark.parametrize(
    ("text", "name"), [("abz", "abs"), ("maxx", "max"), ("peicewise", "piecewise"), ("heavisde", "heaviside")]
)
def test_the_plain_name_is_suggested_before_its_aliases(text: str, name: str) -> None:
    assert nearest(text, function_names())[0] == name


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1/2x", "(1/2)*x"), ("e^2 x", "(e^2)*x"), ("2/3pi", "(2/3)*pi"), ("2^3 x", "(2^3)*x")],
)
def test_the_note_on_an_implied_product_shows_what_belongs_together(text: str, shown: str) -> None:
    assert parse(text).notes == (f"`{text}` was read as `{shown}`",)


@pytest.mark.parametrize(("text", "column"), [("(1, 2)", 2), ("sin((1, 2))", 6)])
def test_the_caret_is_under_the_comma(text: str, column: int) -> None:
    assert complaint(text).splitlines()[2].index("^") == 2 + column


@pytest.mark.parametrize("text", ["sin(|x)", "⌊x)", "(x⌋", "Piecewise((1, (x > 0) | (x < 1)), (2, True))"])
def test_a_bracket_that_another_one_closes_is_called_never_closed(text: str) -> None:
    assert "is never closed" in complaint(text)


@for_all(
    ("text", "hint"),
    [
        ("SIN 2x", "write `sin` or `sin(x)`"),
        ("sin^2 + x", "write `sin^2(x)`"),
        ("tan^-1", "write `tan^-1(x)`"),
        ("sin²/x", "write `sin^2(x)`"),
        ("sin^n x", "write `sin(x)^n`"),
        ("exp^-x", "write `e^-x`"),
        ("sin^(n+1) x", "write `sin(x)^(...)`"),
        ("where(Eq(x, 0), 1, 2)", "write `a == b`"),
    ],
)
def test_the_hint_says_what_to_write(text: str, hint: str) -> None:
    assert complaint(text).splitlines()[-1] == f"hint: {hint}"


def test_a_piecewise_without_otherwise_is_printed_without_it() -> None:
    assert to_text(to_tree(compile_tree(parse("piecewise(1,x>0)").tree))) == "piecewise(1, x > 0)"


def test_notes_stay_few_and_short() -> None:
    notes = parse("1/2(" * 400 + "+".join(["x"] * 20000) + ")" * 400).notes
    assert sum(map(len, notes)) < 1000


def test_a_name_of_any_length_is_not_quoted_back() -> None:
    assert len(complaint("a" * 100_000 + "(x)")) < 500


@pytest.mark.parametrize("name", ["x" * 1500, "x" * 30])
def test_a_long_name_is_not_searched_for_products(name: str) -> None:
    refusal(lambda text: question.read(text, {"x": "1", "xx": "2"}, None), f"x+xx+{name}q")
