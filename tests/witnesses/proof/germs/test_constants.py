"""Coefficients: equality by algebra, signs by balls; identities from any table of constants."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from flint import arb, ctx, fmpq
from mpmath import mp, mpf

from derivcli.witnesses.proof.germs import exact
from derivcli.witnesses.proof.germs.constants import PI, E, NamedNumber, RealConstant, floor, number, of, sign, whole
from derivcli.witnesses.proof.germs.separation import least_bits
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
        # nested radicals and cosines: Ramanujan's, Cardano's, and those of regular polygons
        (exact.power(fmpq(3) + fmpq(2) * root(2), HALF), root(2) + 1),
        (exact.power(root(2, 3) - 1, Fraction(1, 3)) * root(9, 3), fmpq(1) - root(2, 3) + root(4, 3)),
        (exact.power(root(5) + 2, Fraction(1, 3)) - exact.power(root(5) - 2, Fraction(1, 3)), fmpq(1)),
        (exact.power(root(2) + root(3), -1), root(3) - root(2)),
        # (1 + sqrt(2))^n by Pell's numbers; 5 is a power that is not multiplied out
        *(
            (exact.power(root(2) + 1, n), root(2) * fmpq(b) + a)
            for n, a, b in ((2, 3, 2), (3, 7, 5), (4, 17, 12), (5, 41, 29))
        ),
        (exact.sin(PI * fmpq(1, 12)), (root(6) - root(2)) * fmpq(1, 4)),
        (exact.cos(PI * fmpq(1, 5)), (root(5) + 1) * fmpq(1, 4)),
        (exact.cos(PI * fmpq(1, 7)) - exact.cos(PI * fmpq(2, 7)) + exact.cos(PI * fmpq(3, 7)), fmpq(1, 2)),
        (PI * exact.sin(PI * fmpq(1, 8)), PI * exact.power(fmpq(2) - root(2), HALF) * fmpq(1, 2)),
        (exact.arc("asin", (root(6) - root(2)) * fmpq(1, 4)), PI * fmpq(1, 12)),
        (exact.arc("acos", (root(5) + 1) * fmpq(1, 4)), PI * fmpq(1, 5)),
        (exact.arc("atan", root(2) - 1), PI * fmpq(1, 8)),
    ],
)
def test_algebra_sees_that_two_forms_are_one_number(left: Any, right: Any) -> None:
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
    sine, cosine = exact.sin(fmpq(1)), exact.cos(fmpq(1))
    hidden = exact.sin(fmpq(2)) - sine * cosine * fmpq(2)  # 0, which is not seen
    assert sign(root(2) * fmpq(10**40) - fmpq(14142135623730950488016887242096980785696)) == 1
    assert (floor(PI * fmpq(10**50)), whole(PI)) == (int("314159265358979323846264338327950288419716939937510"), None)
    assert (floor(fmpq(-1, 2)), whole(fmpq(4))) == (-1, 4)
    for ask in (sign, whole, floor):
        with pytest.raises(BlurredError):
            ask(hidden)


def test_an_algebraic_number_that_is_nearly_0_is_not_taken_for_0() -> None:
    # 99^2 = 2*70^2 + 1 (Pell), so (99 - 70*sqrt(2))^k is small and not 0; so is what is 1e-60 off an identity
    small: Any = fmpq(99) - root(2) * fmpq(70)
    for k in (1, 5, 25):
        assert sign(exact.power(small, k)) == 1
        assert exact.power(small, k) != 0
    near = exact.power(fmpq(3) + fmpq(2) * root(2), HALF) - 1 - root(2) + fmpq(1, 10**60)
    assert sign(near) == 1
    assert sign(root(2) + root(3) - exact.power(fmpq(5) + root(6) * fmpq(2) + fmpq(1, 10**80), HALF)) == -1
    assert whole(exact.sin(PI * fmpq(1, 12)) * exact.cos(PI * fmpq(1, 12)) * fmpq(4)) == 1
    assert whole(exact.sin(PI * fmpq(1, 11)) * exact.cos(PI * fmpq(1, 12)) * fmpq(4)) is None


def test_what_separates_from_0_is_a_bound() -> None:
    # |a - b*sqrt(2)| >= 1/(a + b*sqrt(2)) is the best there is: no bound may be above the number
    for a, b in ((3, 2), (7, 5), (99, 70), (1393, 985)):
        x: Any = fmpq(a) - root(2) * fmpq(b)
        with ctx.workprec(100):
            assert abs(x.ball()) > arb(2) ** -least_bits(x.terms)
        assert least_bits(x.terms) < 4 * a.bit_length() + 8


def test_powers_and_roots_of_a_sum_are_no_nearer_to_0_than_the_bound_says() -> None:
    # 99 + 70*sqrt(2) is 2^7.63, and 1/(99 + 70*sqrt(2)) is 99 - 70*sqrt(2): an algebraic integer over its norm 1
    total: Any = fmpq(99) + root(2) * fmpq(70)
    for n in (-1, -2, -5, Fraction(-1, 2), Fraction(-7, 3), Fraction(5, 3)):
        for factor in (fmpq(1), fmpq(1, 1000), fmpq(3, 7)):
            x: Any = exact.power(total, n) * factor
            with ctx.workprec(100):
                assert abs(x.ball()) > arb(2) ** -least_bits(x.terms), (n, factor)


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
