"""Functions of rationals that are rational: by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.mpmath_special import SPECIAL
from derivcli.witnesses.rationals import EXACT, EXACT_DEGREE, POLYNOMIALS, exact_polynomial
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.mark.parametrize(("x", "y"), [("7.5", "2"), ("-7.5", "2"), ("7.5", "-2"), ("-7.5", "-2"), ("6", "3")])
def test_modulo_has_the_sign_of_the_divisor_as_in_python(x: str, y: str) -> None:
    expected = float(x) % float(y)  # exact for these
    assert EXACT["mod"](Fraction(x), Fraction(y)) == Fraction(expected)


@pytest.mark.parametrize(("x", "root"), [("4/9", "2/3"), ("0", "0"), ("2.25", "1.5")])
def test_a_perfect_square_has_an_exact_root(x: str, root: str) -> None:
    assert EXACT["sqrt"](Fraction(x)) == Fraction(root)
    assert EXACT["sqrt"](Fraction(2)) is NotImplemented


def test_an_exact_power_that_would_be_huge_is_left_to_mpmath() -> None:
    assert EXACT["pow"](Fraction(3), Fraction(4)) == 81
    assert EXACT["pow"](Fraction(3), Fraction(10**9)) is NotImplemented
    assert EXACT["pow"](Fraction(0), Fraction(-1)) is NotImplemented


@for_all(
    ("name", "args", "expected"),
    [
        ("cbrt", ("8",), "2"),
        ("cbrt", ("-8/27",), "-2/3"),
        ("cbrt", ("0",), "0"),
        ("root", ("1e300", "3"), "1e100"),
        ("root", ("-32", "5"), "-2"),
        ("log2", ("8",), "3"),
        ("log2", ("1/1024",), "-10"),
        ("log10", ("1000",), "3"),
        ("log10", ("1e-300",), "-300"),
        ("log10", ("1",), "0"),
        ("pow", ("8", "2/3"), "4"),
        ("pow", ("4/9", "3/2"), "8/27"),
        ("pow", ("0", "1/2"), "0"),
        ("exp", ("0",), "1"),
        ("sigmoid", ("0",), "1/2"),
        ("gamma", ("5",), "24"),
        ("factorial", ("0",), "1"),
        ("harmonic", ("4",), "25/12"),
        ("harmonic", ("0",), "0"),
        ("binomial", ("5", "2"), "10"),
        ("besselj", ("0", "0"), "1"),
        ("besseli", ("2", "0"), "0"),
        ("hyp1f1", ("-1", "2", "2"), "0"),  # 1 - x/2
        ("hyp2f1", ("-2", "1", "1", "3"), "4"),  # (1 - x)^2
        ("jacobi", ("3", "-2", "-2", "0.3"), "0"),
    ],
)
def test_what_is_rational_is_exact(name: str, args: tuple[str, ...], expected: str) -> None:
    assert EXACT[name](*map(Fraction, args)) == Fraction(expected)


@for_all(
    ("name", "args"),
    [
        ("cbrt", ("9",)),
        ("root", ("16", "1/2")),
        ("root", ("-16", "4")),
        ("log2", ("9",)),
        ("log2", ("3/8",)),
        ("log10", ("-1000",)),
        ("log10", ("0",)),
        ("pow", ("-8", "2/3")),
        ("pow", ("2", "1/2")),
        ("pow", ("4", "-1/2")),
    ],
)
def test_what_is_not_rational_or_not_real_is_left_to_the_other_columns(name: str, args: tuple[str, ...]) -> None:
    assert EXACT[name](*map(Fraction, args)) is NotImplemented


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
