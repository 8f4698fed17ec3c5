"""Orthogonal polynomials against mpmath's own, over rationals and over numbers of many digits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.mpmath_special import SPECIAL
from derivcli.witnesses.polynomials import EXACT_DEGREE, POLYNOMIALS, exact_polynomial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    with mp.workprec(240):
        yield


def near(found: Any, truth: Any) -> bool:
    return bool(abs(found - truth) <= abs(truth) * mpf(10) ** -68)


@pytest.mark.parametrize(
    ("name", "function", "args"),
    [
        ("legendre", mp.legendre, ()),
        ("chebyshevt", mp.chebyt, ()),
        ("chebyshevu", mp.chebyu, ()),
        ("hermite", mp.hermite, ()),
        ("laguerre", lambda n, x: mp.laguerre(n, 0, x), ()),
        ("assoc_laguerre", mp.laguerre, (Fraction(3, 2),)),
        ("gegenbauer", mp.gegenbauer, (Fraction(3, 2),)),
        ("jacobi", mp.jacobi, (Fraction(1, 2), Fraction(3, 2))),
    ],
)
def test_a_polynomial_is_exact_over_the_rationals(name: str, function: Callable[..., Any], args: Any) -> None:
    assert name in POLYNOMIALS
    for n in (0, 1, 2, 7, EXACT_DEGREE):
        found = exact_polynomial(name)(Fraction(n), *args, Fraction(2, 7))
        numbers = [mpf(arg.numerator) / arg.denominator for arg in (*args, Fraction(2, 7))]
        with mp.workprec(400):
            exact = [mpf(arg.numerator) / arg.denominator for arg in (*args, Fraction(2, 7))]
            truth = function(n, *exact)
        assert near(mpf(found.numerator) / found.denominator, truth)
        assert near(SPECIAL[name](mpf(n), *numbers), truth)


@pytest.mark.parametrize("name", POLYNOMIALS)
def test_a_degree_that_is_no_small_whole_number_is_left_to_the_other_columns(name: str) -> None:
    count = {"assoc_laguerre": 2, "gegenbauer": 2, "jacobi": 3}.get(name, 1)
    for degree in (Fraction(-1), Fraction(1, 2), Fraction(EXACT_DEGREE + 1)):
        assert exact_polynomial(name)(degree, *[Fraction(1, 3)] * count) is NotImplemented
