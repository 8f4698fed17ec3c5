"""Polynomials: their factors, by hand, and what is left undone because it would take long."""

from __future__ import annotations

import pytest

from derivcli.witnesses.tidy.polynomials import TooLargeError, ring_of
from derivcli.witnesses.tidy.ring import expanded_size, factored, generators

R = ring_of(4)
x, y, z, t = R.gens


def test_content_generators_and_irreducible_factors_come_out() -> None:
    content, found = factored(6 * x**2 * (x - y) ** 2 * (x**2 + 1))
    assert content == 6
    assert dict(found) == {x: 2, x - y: 2, x**2 + 1: 1}


def test_factors_begin_with_a_positive_term_and_short_ones_come_first() -> None:
    assert factored(-2 * (x**2 + 1) * (x**2 - 2) * (x - 3) ** 3) == (-2, [(x - 3, 3), (x**2 - 2, 1), (x**2 + 1, 1)])
    assert factored((y**2 - x**2) * (x**2 + z**2 + 1)) == (-1, [(x - y, 1), (x + y, 1), (x**2 + z**2 + 1, 1)])


def test_a_polynomial_that_is_linear_in_a_generator_needs_no_factoring() -> None:
    assert dict(factored(x * y + y * z + x * t + z * t)[1]) == {y + t: 1, x + z: 1}
    assert dict(factored(x * y**5 + z)[1]) == {x * y**5 + z: 1}


def test_only_the_generators_that_occur_count() -> None:
    assert generators(x**2 * z + 1) == [0, 2]


def test_a_high_power_of_a_sum_is_never_expanded() -> None:
    assert expanded_size(x + y, 3) == 4
    with pytest.raises(TooLargeError):
        expanded_size(x + y, 60)


def test_a_large_dense_polynomial_keeps_its_factors() -> None:
    large = (x**9 + y**9 + z**9 + 1) * (x**9 * y**9 + z**9 * t**9 + 2)
    assert factored(large) == (1, [(large, 1)])
