"""Coefficients: equality by algebra, signs by balls; identities from any table of constants."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from flint import arb, ctx, fmpq
from mpmath import mp, mpf

from derivcli.witnesses.proof.germs import exact
from derivcli.witnesses.proof.germs.constants import PI, E, NamedNumber, RealConstant, floor, number, of, sign, whole
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, ball
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable

TWO, THREE, HALF = fmpq(2), fmpq(3), Fraction(1, 2)


def root(n: int, degree: int = 2) -> Any:
    return exact.power(fmpq(n), Fraction(1, degree))


@for_all(
    ("left", "right"),
    [
        (root(2) * root(2), TWO),
        (root(2) * root(3), root(6)),
        (root(12), TWO * root(3)),
        (exact.power(fmpq(8, 27), Fraction(1, 3)), fmpq(2, 3)),
        (exact.power(root(2), 6), fmpq(8)),
        (exact.log(fmpq(8)), THREE * exact.log(TWO)),
        (exact.log(fmpq(1000)), THREE * exact.log(fmpq(10))),
        (exact.quotient(exact.log(fmpq(1000)), exact.log(fmpq(10))), THREE),
        (exact.log(fmpq(1)), fmpq(0)),
        (exact.log(E), fmpq(1)),
        (exact.log(root(2)), exact.log(TWO) * fmpq(1, 2)),
        (exact.exp(exact.log(fmpq(8)) * fmpq(1, 3)), TWO),
        (exact.exp(fmpq(2)), E * E),
        (exact.exp(root(2)) * exact.exp(-root(2)), fmpq(1)),
        (exact.log(exact.exp(PI)), PI),
        (exact.log(PI * PI), TWO * exact.log(PI)),
        (exact.inverse(PI) * PI, fmpq(1)),
        (exact.sin(PI * fmpq(1, 6)), fmpq(1, 2)),
        (exact.sin(PI * fmpq(-7, 4)), root(2) * fmpq(1, 2)),
        (exact.cos(PI * fmpq(2, 3)), fmpq(-1, 2)),
        (exact.cos(PI), fmpq(-1)),
        (exact.sin(-PI * PI), -exact.sin(PI * PI)),
        (exact.cos(-root(2)), exact.cos(root(2))),
        (exact.arc("asin", fmpq(-1, 2)), PI * fmpq(-1, 6)),
        (exact.arc("acos", fmpq(-1)), PI),
        (exact.arc("atan", root(3)), PI * fmpq(1, 3)),
        (exact.value("besselj", fmpq(0), fmpq(0)), fmpq(1)),
    ],
)
def test_algebra_sees_that_two_forms_are_one_number(left: Any, right: Any) -> None:
    assert left == right
    assert left - right == 0


@for_all(
    ("x", "expected"),
    [
        (root(2) * PI - exact.log(THREE), lambda: mp.sqrt(2) * mp.pi - mp.log(3)),
        (exact.power(PI, Fraction(-2, 3)), lambda: mp.pi ** (mpf(-2) / 3)),
        (exact.power(root(2) + 1, Fraction(1, 3)), lambda: (mp.sqrt(2) + 1) ** (mpf(1) / 3)),
        (exact.power(fmpq(-7, 3), -3), lambda: (mpf(-7) / 3) ** -3),
        (exact.power(fmpq(10**30 + 57), HALF), lambda: mp.sqrt(mpf(10) ** 30 + 57)),
        (exact.exp(PI * root(2)), lambda: mp.exp(mp.pi * mp.sqrt(2))),
        (exact.sin(fmpq(5)), lambda: mp.sin(5)),
        (exact.value("besselj", fmpq(1), fmpq(5, 2)), lambda: mp.besselj(1, mpf("2.5"))),
    ],
)
def test_balls_hold_the_number(x: Any, expected: Callable[[], Any]) -> None:
    with ctx.workprec(200), mp.workdps(40):
        found = ball(number(x))
        assert abs(mpf(found.mid().str(45, radius=False)) - expected()) < abs(expected()) * mpf(10) ** -35


def test_a_long_polynomial_becomes_an_atom_that_is_still_equal_to_itself() -> None:
    terms = [exact.sin(fmpq(k)) for k in range(1, 40)]
    long = sum(terms, fmpq(0))
    assert isinstance(long, RealConstant)
    assert len(long.terms) < 20
    assert long - sum(terms, fmpq(0)) == 0
    product: Any = sum(terms[:9], fmpq(0)) * sum(terms[3:12], fmpq(0))
    assert len(product.terms) == 1
    assert product == sum(terms[3:12], fmpq(0)) * sum(terms[:9], fmpq(0))


def test_signs_and_floors_are_decided_or_left_open() -> None:
    hidden = exact.power(fmpq(3) + fmpq(2) * root(2), HALF) - 1 - root(2)  # 0, which is not seen
    assert sign(root(2) * fmpq(10**40) - fmpq(14142135623730950488016887242096980785696)) == 1
    assert (floor(PI * fmpq(10**50)), whole(PI)) == (int("314159265358979323846264338327950288419716939937510"), None)
    assert (floor(fmpq(-1, 2)), whole(fmpq(4))) == (-1, 4)
    for ask in (sign, whole, floor):
        with pytest.raises(BlurredError):
            ask(hidden)


def test_powers_of_a_ball_that_holds_0_are_balls() -> None:
    nothing = of(NamedNumber(lambda: arb(-1e-50, 1e-40), "nothing"))
    for power in (1, 2, 3):
        assert number(exact.power(nothing, power)).contains(0)
    with pytest.raises(BlurredError):
        sign(nothing)


def test_long_powers_are_not_written_out() -> None:
    long = exact.power(fmpq(100000001, 100000000), 10**8)  # about e
    assert isinstance(long, RealConstant)
    assert floor(long * fmpq(10**9)) == 2718281814  # e*(1 - 5e-9) = 2.718281814...
    assert exact.power(THREE, 10**6) * exact.power(THREE, 1 - 10**6) == THREE
    assert sign(exact.power(TWO, -(10**12))) == 1


def test_powers_out_of_reach_are_refused() -> None:
    with pytest.raises(UnprovedError):
        exact.power(fmpq(3), 2**60)
    with pytest.raises(UnprovedError):
        exact.exp(PI * fmpq(2) ** 60)
    with pytest.raises(UnprovedError):
        floor(exact.power(TWO, 10**9))
