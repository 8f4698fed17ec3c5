"""Balls: their errors hold what they should, and decisions are made only where the errors allow it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.witnesses import balls
from derivcli.witnesses.balls import BLURRED, Ball, last_resort


def wide(middle: str, error: str) -> Ball:
    return Ball(mpf(middle), mpf(error))


RATIONALS = st.fractions(min_value=-1000, max_value=1000, max_denominator=997)


def holds(found: Ball, truth: Fraction) -> bool:
    with mp.workprec(2000):
        return bool(abs(found.middle - mpf(truth.numerator) / truth.denominator) <= found.error)


@given(RATIONALS, RATIONALS, RATIONALS)
def test_sums_products_and_quotients_hold_the_exact_result(a: Fraction, b: Fraction, c: Fraction) -> None:
    with mp.workprec(60):
        x, y, z = map(balls.ball, (a, b, c))
        assert holds(balls.add(x, y, z), a + b + c)
        assert holds(balls.multiply(x, y, z), a * b * c)
        if b:
            assert holds(balls.divide(x, y), a / b)


@pytest.mark.parametrize(
    ("name", "x"), [("sin", "1e10"), ("exp", "-3"), ("log", "7"), ("gamma", "4.5"), ("erf", "0.1")]
)
def test_the_image_of_a_ball_holds_the_image_of_its_numbers(name: str, x: str) -> None:
    function = getattr(mp, name)
    with mp.workprec(80):
        found = balls.image(function, [wide(x, "1e-8")])
    with mp.workprec(400):
        for shift in ("-1e-8", "0", "0.5e-8", "1e-8"):
            assert abs(function(mpf(x) + mpf(shift)) - found.middle) <= 2 * found.error


def test_a_sign_is_known_only_where_zero_is_not_inside() -> None:
    assert balls.sign(wide("1", "0.5")) == 1
    assert balls.sign(wide("-1", "0.5")) == -1
    assert balls.sign(wide("0.1", "0.5")) is BLURRED
    assert balls.sign(wide("0", "0")) == 0


def test_the_last_resort_takes_what_cannot_be_told_apart_as_equal_and_says_so() -> None:
    with last_resort():
        assert not balls.assumed()
        assert balls.leaning(wide("0.1", "0.5")) == 0
        assert not balls.assumed()
        assert balls.sign(wide("0.1", "0.5")) == 0
        assert balls.assumed()
    assert balls.sign(wide("0.1", "0.5")) is BLURRED


def test_two_results_of_one_computation_are_equal_without_an_assumption() -> None:
    third = wide("0.333", "1e-3")
    with last_resort():
        assert balls.compare(third, wide("0.333", "1e-3")) == 0
        assert not balls.assumed()
        assert balls.compare(third, wide("0.333", "2e-3")) == 0
        assert balls.assumed()


def test_a_floor_is_exact_where_the_error_does_not_reach_an_integer() -> None:
    assert balls.whole(wide("2.5", "0.4"), mp.floor) == Fraction(2)
    assert balls.whole(wide("2.9", "0.2"), mp.floor) is BLURRED


def test_a_quotient_by_what_may_be_zero_is_blurred_and_by_zero_undefined() -> None:
    assert balls.divide(wide("1", "0"), wide("0.1", "0.2")) is BLURRED
    assert balls.divide(wide("1", "0"), wide("0", "0")) is None


def test_the_largest_of_all_keeps_its_exactness() -> None:
    assert balls.largest(Fraction(3), wide("1", "0.5")) == Fraction(3)
    assert balls.smallest(Fraction(-3), wide("1", "0.5")) == Fraction(-3)
    both = balls.largest(Fraction(1), wide("1.1", "0.5"))
    assert isinstance(both, Ball)
    assert (float(both.middle), float(both.error)) == (1.1, 0.5)


def test_outside_a_domain_for_sure_is_undefined_and_at_its_edge_blurred() -> None:
    def root(x: object) -> object:
        return mp.sqrt(x) if x >= 0 else None  # type: ignore[operator]

    assert balls.image(root, [wide("-1", "0.5")]) is None
    assert balls.image(root, [wide("0.1", "0.5")]) is BLURRED
    with last_resort():
        assert balls.image(root, [wide("0.1", "0.5")]).middle == 0
