"""Functions of rationals that are rational: by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivcli.witnesses.rationals import EXACT


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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
