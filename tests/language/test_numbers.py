"""Decimal literals and exact rationals."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcli.language.numbers import exact, literal, nearest_float
from derivcli.language.tokens import tokenize
from tests.every import for_all
from tests.strategies import literals


@for_all(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("2", Fraction(2)),
        ("007", Fraction(7)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("2.", Fraction(2)),
        ("2.50", Fraction(5, 2)),
        ("1e3", Fraction(1000)),
        ("1E-3", Fraction(1, 1000)),
        ("2.5e+1", Fraction(25)),
        ("9007199254740993", Fraction(9007199254740993)),
    ],
)
def test_a_decimal_is_exact(text: str, value: Fraction) -> None:
    assert exact(text) == value


@for_all(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(104), "104"),
        (Fraction(1, 2), "0.5"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 10), "0.1"),
        (Fraction(1, 8), "0.125"),
        (Fraction(12345, 100), "123.45"),
        (Fraction(10**20), "1" + "0" * 20),
        (Fraction(10**21), "1e21"),
        (Fraction(25 * 10**30), "25e30"),
        (Fraction(1, 10**5), "0.00001"),
        (Fraction(1, 10**9), "1e-9"),
    ],
)
def test_a_literal_is_plain_unless_that_needs_a_long_run_of_zeros(value: Fraction, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(2, 7), Fraction(1, 30), Fraction(10**20, 9)])
def test_no_literal_stands_for_what_has_no_finite_decimal(value: Fraction) -> None:
    assert literal(value) is None


@given(st.integers(0, 10**40), st.integers(-400, 400))
@settings(deadline=None)
def test_a_literal_means_the_number_it_was_made_from(digits: int, exponent: int) -> None:
    value = digits * Fraction(10) ** exponent
    text = literal(value)
    assert text is not None
    assert exact(text) == value


@given(st.integers(0, 10**12), st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_halves_and_fifths_have_a_literal(numerator: int, twos: int, fives: int) -> None:
    value = Fraction(numerator, 2**twos * 5**fives)
    text = literal(value)
    assert text is not None
    assert exact(text) == value


@given(literals())
@settings(deadline=None)
def test_the_literal_of_a_literal_is_one_token_of_the_same_value(text: str) -> None:
    again = literal(exact(text))
    assert again is not None
    assert exact(again) == exact(text)
    assert [token.kind for token in tokenize(again)] == ["number", "end"]
    assert literal(exact(again)) == again


@pytest.mark.parametrize(
    ("text", "value"), [("0.1", 0.1), ("1e308", 1e308), ("1e400", math.inf), ("-1e400", -math.inf), ("1e-400", 0.0)]
)
def test_a_number_beyond_float64_is_infinite(text: str, value: float) -> None:
    assert nearest_float(Fraction(text)) == value
