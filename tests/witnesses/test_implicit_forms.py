"""Derivatives of curves step by step: numbers of published series."""

from __future__ import annotations

from math import comb, factorial

import pytest

from derivcli.witnesses.implicit_forms import ImplicitDifferentiator
from derivcli.witnesses.many_digits import ManyDigits
from tests.checks import program_of


def stepwise(equation: str, wrt: str, at: dict[str, str]) -> int:
    """Return a derivative of y at a point of the curve `equation = 0`, whose derivatives are whole numbers there."""
    found = ImplicitDifferentiator(program_of(equation), "y").stepwise(tuple(wrt))
    assert found is not None
    return int(ManyDigits(found).at({name: program_of(text) for name, text in at.items()}).text)


@pytest.mark.parametrize("order", [1, 2, 3, 5, 7])
def test_catalan_numbers_are_the_coefficients_of_their_equation(order: int) -> None:
    """y = 1 + x*y^2 has the power series of the Catalan numbers C_n = comb(2n, n)/(n + 1), DLMF 26.5.2."""
    expected = factorial(order) * comb(2 * order, order) // (order + 1)
    assert stepwise("1+x*y^2-y", "x" * order, {"x": "0", "y": "1"}) == expected


@pytest.mark.parametrize("order", [1, 2, 4, 6])
def test_lambert_w_has_its_power_series(order: int) -> None:
    """The n-th derivative of W at 0 is (-n)^(n - 1), DLMF 4.13.5."""
    assert stepwise("y*exp(y)-x", "x" * order, {"x": "0", "y": "0"}) == (-order) ** (order - 1)


@pytest.mark.parametrize(
    ("wrt", "expected"), [("x", 2), ("z", 3), ("xz", 6), ("zx", 6), ("xxz", 6), ("xzz", 18), ("xxx", 0), ("xxzz", 18)]
)
def test_mixed_derivatives_of_a_curve_are_those_of_its_explicit_form(wrt: str, expected: int) -> None:
    """By hand: y*exp(-3*z) = x^2 is y = x^2*exp(3*z), here at x = 1 and z = 0."""
    assert stepwise("y*exp(-3*z)-x^2", wrt, {"x": "1", "z": "0", "y": "1"}) == expected
