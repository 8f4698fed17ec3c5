"""Arithmetic of polynomials, held against sympy's and against sums and products by hand."""

from __future__ import annotations

import random

import pytest
import sympy

from derivcli.witnesses.tidy.polynomials import Poly, TooLargeError, ring_of

R = ring_of(4)
x, y, z, t = R.gens
SYMBOLS = sympy.symbols("x y z t")


def by_sympy(poly: Poly) -> sympy.Poly:
    return sympy.Poly(dict(poly.terms) or {(0, 0, 0, 0): 0}, *SYMBOLS)


def test_terms_are_ordered_by_the_first_generator_first() -> None:
    assert (2 * y**5 + x - 7 * x**2 * t + 3).terms == (
        ((2, 0, 0, 1), -7),
        ((1, 0, 0, 0), 1),
        ((0, 5, 0, 0), 2),
        ((0, 0, 0, 0), 3),
    )


def test_terms_that_cancel_are_gone() -> None:
    assert (x + y) * (x - y) == x**2 - y**2
    assert len((x + 1) ** 2 - x**2 - 2 * x) == 1
    assert x - x == R.zero
    assert R.zero.degrees == (0, 0, 0, 0)
    assert R.made({(1, 0, 0, 0): 2, (0, 1, 0, 0): 0}) == 2 * x


def test_equal_polynomials_are_one_key() -> None:
    assert {(x + 1) * (x - 1): "found"}[x**2 - 1] == "found"


# sympy: its dense arithmetic, with which ours has nothing in common.
@pytest.mark.parametrize("seed", range(5))
def test_sums_products_and_powers_are_those_of_sympy(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311 - nothing is hidden with it
    a, b = (
        R.made({tuple(source.choices(range(4), k=4)): source.randint(-9, 9) for _ in range(source.randint(1, 6))})
        for _ in range(2)
    )
    for ours, theirs in (
        (a + b, by_sympy(a) + by_sympy(b)),
        (a * b, by_sympy(a) * by_sympy(b)),
        (a**3, by_sympy(a) ** 3),
    ):
        assert by_sympy(ours) == theirs


def test_what_stands_beside_common_powers() -> None:
    groups = (x**2 * y + 3 * x**2 * z - y + 5).collected([0])
    assert {R.exponents(outside): inner for outside, inner in groups.items()} == {
        (2, 0, 0, 0): y + 3 * z,
        (0, 0, 0, 0): -y + 5,
    }


def test_an_exponent_has_no_room_beyond_its_bits() -> None:
    large = x**2**30
    assert (large * y).degrees == (2**30, 1, 0, 0)
    with pytest.raises(TooLargeError):
        large * large
    with pytest.raises(TooLargeError):
        (large + 1) * (large + y)
    with pytest.raises(TooLargeError):
        R.made({(2**31, 0, 0, 0): 1})
