"""What is asked of rationals, balls and boxes is answered for all of their points, or not at all. Numbers by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof import numbers
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError
from tests.every import for_all


@for_all(
    ("x", "sign"),
    [
        (fmpq(-2, 3), -1),
        (fmpq(0), 0),
        (fmpq(1, 9), 1),
        (arb(2, 1), 1),
        (arb(-2, 1), -1),
        (arb(0), 0),
        (acb(arb(3, 1), arb(0, 9)), 1),
        (acb(arb(-3, 1), arb(5)), -1),
        (acb(arb(0), arb(1)), 0),
    ],
)
def test_the_sign_is_that_of_all_real_parts(x: Any, sign: int) -> None:
    assert numbers.sign(x) == sign


@for_all("x", [arb(1, 2), arb(-1, 2), arb(0, "1e-9"), acb(arb(1, 2), arb(1)), arb("nan")])
def test_of_points_on_both_sides_of_0_there_is_no_sign(x: Any) -> None:
    with pytest.raises(BlurredError):
        numbers.sign(x)


@for_all(("x", "whole"), [(fmpq(6), 6), (fmpq(-6), -6), (fmpq(7, 2), None), (arb("0.5", "0.25"), None)])
def test_a_number_is_an_integer_for_sure_or_none_for_sure(x: Any, whole: int | None) -> None:
    assert numbers.integer(x) == whole


@for_all("x", [arb(2), arb("1.9", "0.2"), acb(arb("1.9", "0.2"), arb(0))])
def test_a_ball_around_an_integer_may_be_one(x: Any) -> None:
    with pytest.raises(BlurredError):
        numbers.integer(x)


@for_all(
    ("x", "low"),
    [
        (fmpq(5, 2), 2),
        (fmpq(-5, 2), -3),
        (fmpq(4), 4),
        (arb("2.5", "0.4"), 2),
        (arb("-2.5", "0.4"), -3),
        (acb(arb("2.5", "0.4"), arb(7)), 2),
        (arb(2) ** 300 + arb("0.5", "0.1"), 2**300),
    ],
)
def test_the_floor_of_a_ball_is_the_one_of_all_its_points(x: Any, low: int) -> None:
    with ctx.workprec(400):
        x = x if isinstance(x, fmpq) or low < 100 else arb(2) ** 300 + arb("0.5", "0.1")
        found = numbers.floor(x)
    assert isinstance(found, fmpq)
    assert found == low


@for_all("x", [arb(2), arb("2.5", "0.6"), arb("1.5", "0.6"), arb(2, "0.1"), arb(0, "0.5")])
def test_a_ball_that_meets_an_integer_has_no_floor(x: Any) -> None:
    with pytest.raises(BlurredError):
        numbers.floor(x)


@for_all("x", [arb(2) ** 20_001, arb("inf")])
def test_the_floor_of_what_has_too_many_digits_is_not_looked_for(x: Any) -> None:
    with pytest.raises(UnprovedError) as caught:
        numbers.floor(x)
    assert type(caught.value) is UnprovedError  # more digits would not help


def test_all_that_is_needed_must_hold() -> None:
    numbers.need()
    numbers.need(True, True)
    for conditions in ((False,), (True, False), (False, True)):
        with pytest.raises(UnprovedError):
            numbers.need(*conditions)


def test_a_rational_becomes_a_ball_around_it_where_it_is_no_integer() -> None:
    with ctx.workprec(64):
        whole, third = numbers.ball(fmpq(2**300 + 1)), numbers.ball(fmpq(1, 3))
        assert whole.is_exact()
        assert whole.unique_fmpz() == 2**300 + 1
        assert not third.is_exact()
        assert third.contains(fmpq(1, 3))
    assert numbers.ball(arb(3, 1)).rad() >= 1


def test_a_rational_stays_exact_until_it_has_sixteen_times_the_digits_of_the_precision() -> None:
    with ctx.workprec(50):
        short, long = fmpq(1, 2**799), fmpq(1, 2**800)  # of 800 and 801 bits
        assert isinstance(numbers.checked(short), fmpq)
        found = numbers.checked(long)
        assert isinstance(found, arb)
        assert found.contains(long)


def test_an_exact_ball_becomes_a_rational_while_its_exponent_is_short() -> None:
    with ctx.workprec(50):
        half = numbers.checked(arb(3) / 2)
        assert isinstance(half, fmpq)
        assert half == fmpq(3, 2)
        for far in (arb(2) ** 800, arb(2) ** -800):
            assert isinstance(numbers.checked(far), arb)
        assert isinstance(numbers.checked(arb(2) ** 799), fmpq)
        assert isinstance(numbers.checked(arb(1) / 3), arb)
        assert isinstance(numbers.checked(acb(1, 1)), acb)


@for_all("x", [arb("nan"), arb("inf"), arb(0, "inf"), acb("inf"), acb(arb(1), arb("nan"))])
def test_what_is_not_finite_is_no_result(x: Any) -> None:
    with pytest.raises(BlurredError):
        numbers.checked(x)


def test_fractions_go_there_and_back() -> None:
    assert numbers.fraction(numbers.rational(Fraction(-22, 7))) == Fraction(-22, 7)
    assert numbers.rational(Fraction(-22, 7)) == fmpq(-22, 7)


def test_one_box_among_numbers_makes_them_complex() -> None:
    assert numbers.is_complex(fmpq(1), acb(1))
    assert not numbers.is_complex(fmpq(1), arb(1))
