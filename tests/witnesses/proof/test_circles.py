from __future__ import annotations

import math
import time
from fractions import Fraction

import pytest
from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.circles import CircleMeans, points_for_zero
from derivcli.witnesses.proof.discs import Disc
from derivcli.witnesses.proof.numbers import Number, UnprovedError
from tests.every import for_all
from tests.witnesses.proof.asking import prover

HALF = Disc({"x": -1}, arb(2))  # about 0, where |1/(1 - x)| is at most 2


def geometric(point: dict[str, Number]) -> Number:
    return 1 / (1 - point["x"])


@for_all("count", (4, 6, 8, 16, 30))
def test_of_few_points_the_enclosure_still_holds_the_derivative_and_the_mean_alone_does_not(count: int) -> None:
    """1/(1 - x) at 0 has the derivatives k!, and Cauchy's estimate is sharp: the bound is tried hard."""
    with ctx.workprec(300):
        means = CircleMeans(geometric, "x", fmpq(0), HALF, count)
        for k in range(count):
            found = means.derivative(k)
            assert found.contains(math.factorial(k))
            # The mean is off by c_(k+N)*r^N = 4^-N of itself.
            off = abs(found.mid() / math.factorial(k) - 1)
            assert abs(off * arb(4) ** count - 1) < arb(2) ** -3


def test_an_order_that_the_points_do_not_tell_from_a_lower_one_is_refused() -> None:
    means = CircleMeans(geometric, "x", fmpq(0), HALF, 8)
    with pytest.raises(UnprovedError):
        means.derivative(8)


def test_a_centre_that_is_a_ball_is_held_with_all_its_points() -> None:
    with ctx.workprec(100):
        found = CircleMeans(
            lambda point: acb(point["x"]).exp(), "x", arb(0, 1e-6), Disc({"x": 0}, arb(3)), 64
        ).derivative(5)
    assert found.contains(arb(1e-6).exp())
    assert found.contains(arb(-1e-6).exp())


def test_a_zero_needs_more_points_where_the_bound_is_large() -> None:
    assert points_for_zero(Disc({"x": 0}, arb(1)), "x", 0) == points_for_zero(Disc({"x": 3}, arb(1)), "x", 9)
    wide, narrow = (points_for_zero(Disc({"x": radius}, arb(1)), "x", 20) for radius in (3, -3))
    assert narrow - wide > 6 * 20  # R^-20 is 2^120 times as large
    assert points_for_zero(Disc({"x": 0}, arb(2) ** 100), "x", 1) % 2 == 0


@for_all(
    ("text", "x", "order", "truth"),
    [
        ("tan(x)", "0", 19, 29088885112832),  # tangent numbers, OEIS A000182
        ("sec(x)", "0", 20, 370371188237525),  # Euler numbers, OEIS A000364
        ("exp(exp(x) - 1)", "0", 20, 51724158235372),  # Bell numbers, OEIS A000110
        ("-LambertW(-x)", "0", 10, 10**9),  # n^(n - 1)
        ("1/(1 - x)", "0", 64, math.factorial(64)),
        ("x^7", "3", 7, 5040),
        ("sinc(x)", "0", 20, Fraction(1, 21)),
        ("sin(x)", "0", 64, 0),
        ("x^7", "0.3", 12, 0),
        ("besselj(0, x)", "0", 12, Fraction(math.comb(12, 6), 2**12)),  # (2n)!/(n!^2*4^n), DLMF 10.2.2
        ("(1 - cos(x))/x^2", "1e-30", 8, Fraction(1, 90)),  # of x^10/10!: 8!/10!, and that of x^12 is below 1e-60
    ],
)
def test_a_high_order_is_proved(text: str, x: str, order: int, truth: Fraction | int) -> None:
    found = prover(text, order, x=x).slope(("x",) * order)
    assert found is not None
    assert found.enclosure is not None
    low, high = map(Fraction, found.enclosure)
    assert low <= truth <= high + Fraction(1, 10**57) * (x == "1e-30")  # the next term there is 10!*x^2/12!*2
    assert high - low <= max(truth * Fraction(1, 10**30), Fraction(2, 10**600))


def test_all_orders_share_the_values() -> None:
    asked = prover("tan(exp(x))", 64, x="0.3")
    start = time.thread_time()
    assert None not in [asked.slope(("x",) * order) for order in range(1, 65)]
    assert time.thread_time() - start < 2  # 0.03 s; differences took 0.28 s


def test_a_function_that_is_slow_is_not_asked_for_hundreds_of_values() -> None:
    asked = prover("erfinv(x)", 8, x="0.3")
    start = time.thread_time()
    assert asked.slope(("x", "x")) is not None
    assert time.thread_time() - start < 2
