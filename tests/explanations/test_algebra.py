"""Trees are written as people write them."""

from __future__ import annotations

from derivcli.explanations.algebra import (
    ONE,
    number,
    placed,
    power,
    product,
    quotient,
    total,
    with_real_roots,
)
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import value_of
from tests.every import for_all


def tidied(text: str) -> str:
    """Return a text with each of its operations built anew."""
    return to_text(placed(parse(text).tree, {}))


@for_all(
    ("text", "shown"),
    [
        ("1*cos(x)", "cos(x)"),
        ("cos(x)*2*x", "2*x*cos(x)"),
        ("x*x^2", "x**3"),
        ("x/x", "1"),
        ("2*x/4", "x/2"),
        ("1/u*v", "v/u"),
        ("-(-x)", "x"),
        ("-2*(3*x)", "-6*x"),
        ("0.5*x*3", "1.5*x"),
        ("sin(x)*0", "0"),
        ("sqrt(x)*sqrt(x)", "x"),
        ("x + 0", "x"),
        ("1 - x^2 + 2", "3 - x**2"),
        ("1 + 1", "2"),
        ("0 + x + 0 + 1", "1 + x"),
        ("x + -2*y", "x - 2*y"),
        ("x^2*e^x", "x**2*e**x"),
        ("x*2*pi", "2*pi*x"),
    ],
)
def test_what_people_do_not_write_is_left_out(text: str, shown: str) -> None:
    assert tidied(text) == shown


def test_one_tree_that_stands_in_several_places_counts_each_time() -> None:
    assert to_text(total(ONE, ONE)) == "2"
    assert to_text(product(number(3), number(3))) == "9"


def test_powers_are_roots_quotients_and_powers_of_powers() -> None:
    x = parse("x").tree
    assert [to_text(power(x, value)) for value in map(value_of, map(number, (0, 1, -2))) if value is not None] == [
        "1",
        "x",
        "1/x**2",
    ]
    half = value_of(quotient(ONE, number(2)))
    assert half is not None
    assert to_text(power(x, half)) == "sqrt(x)"


def test_a_quotient_by_0_stays_as_it_is() -> None:
    assert tidied("x/0") == "x/0"


@for_all(
    ("text", "shown"),
    [
        ("x^(1/3)", "cbrt(x)"),
        ("x^(-2/3)", "1/cbrt(x)**2"),
        ("x^(2/3 - 1)", "1/cbrt(x)"),
        ("(x + 1)^(3/5)", "root(x + 1, 5)**3"),
        ("x^(1/2)", "x**(1/2)"),
        ("x^2", "x**2"),
        ("x^y", "x**y"),
    ],
)
def test_odd_roots_may_be_read_as_real_ones(text: str, shown: str) -> None:
    assert to_text(with_real_roots(parse(text).tree)) == shown
