"""Factors of polynomials in programs, by hand."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from derivcli.witnesses.proof.polynomials import factors
from tests.checks import program_of


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("x^2 - 1", ["x + (-1)", "x + 1"]),
        ("(x - 1)^2*(2*x + 3)", ["2*x + 3", "x + (-1)"]),
        ("x^2/3 - 0.5*x", ["x", "2*x + (-3)"]),
        ("x^2 - 2*x + 1", ["x + (-1)"]),
        ("-(x^3 - 2)", ["x^3 + (-2)"]),
        ("a*x - 1", ["2*x + (-1)"]),
    ],
)
def test_a_polynomial_falls_into_factors_each_once(text: str, wholes: list[str]) -> None:
    found = factors(program_of(text), "x", {"a": fmpq(2)})
    assert found is not None
    assert sorted(str(one.whole) for one in found) == sorted(wholes)


@pytest.mark.parametrize(
    "text", ["sin(x)", "x^x", "1/x", "x^0.5", "x^2 - pi", "where(x > 0, x, 1)", "x^41", "(x^9)^9", "x^-1"]
)
def test_what_is_no_polynomial_with_rational_coefficients_has_no_factors(text: str) -> None:
    assert factors(program_of(text), "x", {}) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("x^2 - x - 1", "(1 - sqrt(5))/2", "(1 + sqrt(5))/2"),
        ("x^2 - 2", "-sqrt(2)", "sqrt(2)"),
        ("2*x^2 - 1", "-sqrt(2)/2", "sqrt(2)/2"),
        ("x^2 - 8", "-2*sqrt(2)", "2*sqrt(2)"),
        ("x^2 + 2*x - 1", "-1 - sqrt(2)", "-1 + sqrt(2)"),
        ("3*x^2 - 4*x - 1", "(2 - sqrt(7))/3", "(2 + sqrt(7))/3"),
    ],
)
def test_the_zeros_of_a_square_polynomial_are_written_with_roots(text: str, low: str, high: str) -> None:
    (one,) = factors(program_of(text), "x", {}) or []
    assert (one.text_of(arb(-100)), one.text_of(arb(100))) == (low, high)


def test_zeros_of_other_polynomials_and_large_numbers_below_a_root_are_not_written() -> None:
    (cube,) = factors(program_of("x^3 - 2"), "x", {}) or []
    (large,) = factors(program_of("x^2 - 1000003"), "x", {}) or []
    assert (cube.text_of(arb(1)), large.text_of(arb(1))) == (None, None)
