"""The length of a form: signs and calls counted by hand, and two more for a fraction inside a fraction or a product."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node
from derivcli.witnesses.tidy.nodes import Written, call, fraction, measure, number, operations, power, total

X = Written(Node(VARIABLE, text="x"), 0)
MINUS_X = X._replace(negative=True)


@pytest.mark.parametrize(
    ("text", "count", "length"),
    [
        ("x", 0, 0),
        ("-x", 1, 1),
        ("x - 1", 1, 1),
        ("2*sin(x)**3", 3, 3),
        ("1/x - 1/x**2", 4, 4),
        ("x/(1 + 1/x)", 3, 5),
        ("x*(1 + 1/x)", 3, 5),
        ("exp(1/x)/x", 3, 3),
        ("x**(1/2)*y", 3, 3),
        ("x**n/x", 2, 3),  # x^(n - 1)
    ],
)
def test_a_form_is_as_long_as_its_signs(text: str, count: int, length: int) -> None:
    tree = parse(text).tree
    assert (operations(tree), measure(tree)) == (count, length)


def test_a_sum_starts_with_a_term_that_is_not_subtracted() -> None:
    one = number(Fraction(1))
    assert to_text(total([MINUS_X, one]).signed) == "1 - x"
    assert to_text(total([MINUS_X, one._replace(negative=True)]).signed) == "-x - 1"
    assert total([MINUS_X, one]).cost == 1


def test_a_minus_stands_at_the_very_front() -> None:
    assert to_text(fraction([X, X], [X], negative=True).signed) == "-x*x/x"
    assert to_text(fraction([], [X], negative=True).signed) == "-1/x"


def test_a_half_as_an_exponent_is_a_root() -> None:
    assert to_text(power(X, Fraction(1, 2)).node) == "sqrt(x)"
    assert to_text(power(X, Fraction(3, 2)).node) == "x**(3/2)"
    assert power(X, Fraction(1)) is X


def test_numbers_are_quotients_of_what_was_typed() -> None:
    assert to_text(number(Fraction(1, 20)).node) == "1/20"
    assert to_text(number(Fraction(1, 20), [Fraction("0.1")]).node) == "0.05"
    assert to_text(number(Fraction(10, 37), [Fraction("3.7")]).node) == "1/3.7"
    assert number(Fraction(3)).node == Node(NUMBER, text="3")


def test_what_is_called_counts() -> None:
    assert call("sin", MINUS_X).cost == 2
