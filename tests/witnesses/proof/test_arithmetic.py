"""Arithmetic, powers, roots and logarithms on rationals, balls and boxes. Numbers by hand but where it says so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.functions.arithmetic import ARITHMETIC
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, ball, rational
from tests.every import for_all

THIRD = fmpq(1, 3)


@for_all(
    ("name", "args", "value"),
    [
        ("add", [1, THIRD, fmpq(1, 6)], fmpq(3, 2)),
        ("mul", [2, THIRD, fmpq(9, 4)], fmpq(3, 2)),
        ("neg", [THIRD], -THIRD),
        ("div", [1, -3], -THIRD),
        ("pow", [fmpq(2, 3), 3], fmpq(8, 27)),
        ("pow", [fmpq(2, 3), -3], fmpq(27, 8)),
        ("pow", [-2, 3], -8),
        ("pow", [fmpq(8, 27), fmpq(2, 3)], fmpq(4, 9)),
        ("pow", [fmpq(8, 27), fmpq(-1, 3)], fmpq(3, 2)),
        ("pow", [0, fmpq(1, 2)], 0),
        ("pow", [0, 5], 0),
        ("root", [16, 2], 4),
        ("root", [fmpq(27, 8), 3], fmpq(3, 2)),
        ("root", [-8, 3], -2),
        ("root", [0, 3], 0),
        ("cbrt", [-27], -3),
        ("sqrt", [fmpq(9, 4)], fmpq(3, 2)),
        ("sqrt", [0], 0),
        ("log2", [8], 3),
        ("log2", [fmpq(1, 1024)], -10),
        ("log2", [1], 0),
        ("log10", [10**30], 30),
        ("log10", [fmpq(1, 1000)], -3),
    ],
)
def test_what_is_rational_stays_exact(name: str, args: list[Any], value: Any) -> None:
    found = ARITHMETIC[name](*map(fmpq, args))
    assert isinstance(found, fmpq)
    assert found == value


@for_all(
    ("name", "args", "digits"),
    [  # by mpmath 1.3 to 40 digits
        ("pow", ["2", "0.5"], "1.414213562373095048801688724209698078570"),
        ("pow", ["0.3", "-1.7"], "7.742725577066099223801500285472198641708"),
        ("sqrt", ["2"], "1.414213562373095048801688724209698078570"),
        ("exp", ["-1.5"], "0.2231301601484298289332804707640125213421"),
        ("log", ["0.5"], "-0.6931471805599453094172321214581765680755"),
        ("log", ["3"], "1.098612288668109691395245236922525704647"),
        ("log2", ["3"], "1.584962500721156181453738943947816508760"),
        ("log10", ["999"], "2.999565488225982308693534399304475375583"),
        ("log1p", ["-0.75"], "-1.386294361119890618834464242916353136151"),
    ],
)
def test_what_is_irrational_is_a_ball_around_the_true_number(name: str, args: list[str], digits: str) -> None:
    with ctx.workprec(200):
        found = ball(ARITHMETIC[name](*(rational(Fraction(x)) for x in args)))
        assert abs(found - arb(digits)) < arb(10) ** -38
        assert found.rel_accuracy_bits() > 180


@for_all("n", [5_000, -5_000])
def test_a_power_too_long_for_a_rational_is_a_ball_around_it(n: int) -> None:
    with ctx.workprec(100):
        found = ARITHMETIC["pow"](fmpq(3), fmpq(n))
        assert isinstance(found, arb)
    with ctx.workprec(10_000):
        assert found.contains(fmpq(3**5_000) if n > 0 else 1 / fmpq(3**5_000))


def test_a_power_of_a_ball_holds_the_powers_of_its_points() -> None:
    power = ARITHMETIC["pow"]
    around = power(arb(0, 1), fmpq(3))  # of what holds 0, FLINT's real power is no number
    assert isinstance(around, arb)
    assert around.contains(-1)
    assert around.contains(1)
    assert power(arb(-2), fmpq(3)) == -8
    assert power(acb(1, 1), fmpq(4)).contains(acb(-4))  # (1 + i)^4
    assert power(acb(1, 1), fmpq(-2)).contains(acb(0, "-0.5"))
    assert power(arb(0), fmpq(2) ** 50) == 0


def test_the_highest_root_that_a_rational_is_tried_for_is_the_64th() -> None:
    power = ARITHMETIC["pow"]
    with ctx.workprec(100):
        assert isinstance(power(fmpq(2) ** 64, fmpq(1, 64)), fmpq)
        beyond = power(fmpq(2) ** 65, fmpq(1, 65))
        assert isinstance(beyond, arb)
        assert beyond.contains(2)


def test_a_root_too_long_for_a_rational_is_a_ball() -> None:
    with ctx.workprec(100):  # 8*100 bits: 2^399 has 400 bits, and twice as many when squared
        assert isinstance(ARITHMETIC["pow"](fmpq(2) ** 398, fmpq(5, 2)), arb)
        assert isinstance(ARITHMETIC["pow"](fmpq(2) ** 398, fmpq(1, 2)), fmpq)


@for_all(
    ("name", "args"),
    [
        ("div", [fmpq(1), fmpq(0)]),
        ("pow", [fmpq(0), fmpq(-1, 2)]),
        ("pow", [fmpq(0), fmpq(-2)]),
        ("pow", [arb(-2), fmpq(1, 2)]),
        ("root", [fmpq(-8), fmpq(2)]),
        ("root", [fmpq(-8), fmpq(5, 2)]),
        ("root", [fmpq(0), fmpq(-1)]),
        ("sqrt", [fmpq(-1)]),
        ("sqrt", [arb(-1)]),
        ("log", [fmpq(0)]),
        ("log", [fmpq(-1)]),
        ("log2", [fmpq(0)]),
        ("log10", [fmpq(-10)]),
        ("log1p", [fmpq(-1)]),
        ("pow", [fmpq(3), fmpq(2) ** 57]),
        ("pow", [arb(2) ** (2**40), fmpq(2) ** 20]),  # 2^(2^60): decimals have no such exponent
        ("exp", [arb(2) ** 57]),
    ],
)
def test_outside_of_the_domain_or_out_of_reach_there_is_nothing(name: str, args: list[Any]) -> None:
    with pytest.raises(UnprovedError) as caught:
        ARITHMETIC[name](*args)
    assert not isinstance(caught.value, BlurredError)  # and no more digits help


@for_all(
    ("name", "args"),
    [
        ("div", [fmpq(1), arb(0, 1)]),
        ("div", [fmpq(1), acb(arb(0, 1), arb(0, 1))]),
        ("pow", [arb(0, 1), fmpq(1, 2)]),
        ("pow", [acb(arb(0, 1), arb(0, 1)), fmpq(1, 2)]),
        ("sqrt", [arb(1, 2)]),
        ("sqrt", [acb(arb(1, 2), arb(0, 1))]),
        ("log", [acb(arb(1, 2), arb(0, 1))]),
        ("log2", [arb(1, 2)]),
        ("root", [arb(1, 2), fmpq(3)]),
    ],
)
def test_what_meets_an_edge_or_a_cut_waits_for_a_smaller_box(name: str, args: list[Any]) -> None:
    with pytest.raises(BlurredError):
        ARITHMETIC[name](*args)


def test_within_reach_large_exponents_are_computed() -> None:
    with ctx.workprec(100):
        for found, log2 in (
            (ARITHMETIC["pow"](arb(2) ** (2**30), fmpq(2) ** 20), 2**50),
            (ARITHMETIC["exp"](arb(2) ** 50) ** 2, arb(2) ** 51 / arb(2).log()),
        ):
            assert found.is_finite()
            assert (found.log() / arb(2).log() - log2).contains(0)


def test_the_logarithm_of_a_ball_is_a_ball_to_any_base() -> None:
    for name, x, value in (("log2", arb(8), 3), ("log10", arb(100), 2), ("log10", arb("0.1", "1e-9"), -1)):
        assert ARITHMETIC[name](x).contains(value)


def test_on_boxes_sums_and_products_hold_all_of_their_points() -> None:
    box, point = acb(arb(1, "0.5"), arb(0, "0.5")), acb("1.5", "-0.5")
    assert ARITHMETIC["add"](box, fmpq(2), box).contains(point + 2 + point)
    assert ARITHMETIC["mul"](box, fmpq(2), box).contains(point * 2 * point)
    assert ARITHMETIC["div"](fmpq(1), box).contains(1 / point)


def test_far_to_the_left_the_exponential_is_between_itself_and_0() -> None:
    for x in (-(arb(2) ** 57), fmpq(-(10**40)), acb(-(arb(2) ** 57), arb(0, 1))):
        found = ARITHMETIC["exp"](x)
        assert found.contains(0)
        assert abs(found) < arb(2) ** -(10**15)
        assert not abs(found) < (-(arb(2) ** 56)).exp().lower()  # which bounds it from above
