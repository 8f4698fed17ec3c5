from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from flint import acb, arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from derivcli.witnesses.proof.discs import (
    CentralDifferences,
    Disc,
    disc_on,
    find_disc,
    first_derivative,
    is_narrow,
    vicinity_of,
)
from derivcli.witnesses.proof.machine import BallMachine, Function, number
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, rational
from tests.every import for_all
from tests.witnesses.proof.asking import program

if TYPE_CHECKING:
    from fractions import Fraction


def looked_for(text: str, order: int = 1, **at: Any) -> tuple[Function, Disc]:
    """Return a text as a function around a point, and the disc that is found there."""
    machine = BallMachine(program(text, *at))
    values = machine.values(at)
    function = machine.function(values)
    return function, find_disc(function, number(values[-1]), at, order)


def found(text: str, order: int = 1, **at: Any) -> Disc:
    """Return the disc that is found around a point."""
    return looked_for(text, order, **at)[1]


def differences(text: str, bits: int, radius: int | None = None, **at: fmpq) -> CentralDifferences:
    """Return the differences of a text at a point, on the disc that is found or on one with a radius of 2^radius."""
    function, disc = looked_for(text, 1, **at)
    return CentralDifferences(
        function, at, disc if radius is None else Disc(dict.fromkeys(at, radius), disc.bound), bits
    )


@for_all("bits", range(3, 9))
def test_with_wide_steps_the_enclosure_still_holds_the_derivative_and_the_difference_alone_does_not(bits: int) -> None:
    """1/(1 - x) at 0 has the derivatives k!, and Cauchy's estimate is nearly sharp: the bound is tried hard."""
    function, _disc = looked_for("1/(1 - x)", x=fmpq(0))
    with ctx.workprec(300):
        for k in range(1, 2 ** (bits - 1)):
            slope = CentralDifferences(function, {"x": fmpq(0)}, Disc({"x": -1}, arb(2)), bits).derivative({"x": k})
            assert slope.contains(math.factorial(k))
            assert slope.mid() != math.factorial(k)


@for_all("bits", range(2, 9))
def test_with_a_wide_step_the_first_derivative_is_still_enclosed(bits: int) -> None:
    """1/(1 - i*h) has the imaginary part h/(1 + h^2): without what is left out it is not 1."""
    function, _disc = looked_for("1/(1 - x)", x=fmpq(0))
    with ctx.workprec(300):
        slope = first_derivative(lambda x: function({"x": x}), fmpq(0), "x", Disc({"x": -1}, arb(2)), bits)
        assert slope.contains(1)
        assert not slope.mid().contains(1)


@given(st.fractions(-100, 100, max_denominator=1000), st.integers(-30, 30))
def test_the_box_of_a_vicinity_holds_the_disc_around_each_of_its_points(share: Fraction, size: int) -> None:
    x = rational(share) * fmpq(2) ** size
    vicinity = vicinity_of(x)
    reach = arb(2) ** vicinity.radius
    with ctx.workprec(300):
        assert vicinity.box.contains(acb(arb(x) + arb(0, reach), arb(0, reach)))


def test_a_ball_across_the_end_of_a_vicinity_has_none() -> None:
    with pytest.raises(BlurredError):
        vicinity_of(arb(1, 2**-40))


def test_a_disc_of_a_vicinity_is_not_narrow_where_the_function_is_far_smaller() -> None:
    function, _disc = looked_for("exp(1e6*x)", x=fmpq(1))
    disc = disc_on(function, {"x": vicinity_of(fmpq(1))})
    assert disc is not None
    assert not is_narrow(disc, arb(1e6).exp())


def test_around_a_vicinity_there_is_a_disc_where_the_function_is_holomorphic() -> None:
    function, _disc = looked_for("log(x)", x=fmpq(1))
    assert disc_on(function, {"x": vicinity_of(fmpq(0))}) is None
    found = disc_on(function, {"x": vicinity_of(fmpq(1))})
    assert found is not None
    assert is_narrow(found, fmpq(1))
    assert found.radii == {"x": -3}


def test_of_several_variables_the_bounds_multiply() -> None:
    asked: dict[str, Any] = {"x": fmpq(0), "y": fmpq(0)}
    with ctx.workprec(300):
        for bits in (4, 6, 12):
            slope = differences("exp(2*x + 3*y)", bits, **asked).derivative({"x": 2, "y": 1})
            assert slope.contains(12)  # 2^2*3
            assert slope.mid() != 12


def test_the_disc_keeps_clear_of_what_is_near() -> None:
    disc = found("log(x - 1)", x=1 + fmpq(1, 2**20))
    assert disc.radii["x"] < -20


def test_where_f_explodes_the_disc_is_small() -> None:
    disc = found("exp(1e6*x)", x=fmpq(1))
    assert disc.bound < arb(1e6).exp() * arb(2) ** 64


@for_all(
    ("orders", "bits", "left_out"),
    [  # by hand: M/R^k*(the product of k! + k^k*q^2/(1 - q^2), less that of k!), q = k/2^bits, with M = 3 and R = 1/2
        ({"x": 1}, 3, fmpq(6, 63)),  # q = 1/8: 3*2*1/63
        ({"x": 2}, 3, fmpq(16, 5)),  # q = 1/4: 3*4*4/15
        ({"x": 3}, 4, fmpq(5832, 247)),  # q = 3/16: 3*8*27*9/247
        ({"x": 1, "y": 1}, 3, 12 * (fmpq(64, 63) ** 2 - 1)),
        ({"x": 2, "y": 1}, 3, 24 * (fmpq(34, 15) * fmpq(64, 63) - 2)),
    ],
)
def test_what_is_left_out_is_bounded_by_the_formula(orders: dict[str, int], bits: int, left_out: fmpq) -> None:
    disc = Disc({"x": -1, "y": -1}, arb(3))
    seen = CentralDifferences(lambda _: fmpq(0), {}, disc, bits)._left_out(orders)
    with ctx.workprec(200):
        assert left_out <= arb(seen) < left_out * (1 + fmpq(1, 2**40))


@for_all("bits", [0, 1, 2])
def test_steps_as_wide_as_the_disc_prove_nothing(bits: int) -> None:
    """The series of what is left out converges for k*2^-bits below 1 only."""
    with pytest.raises(UnprovedError):
        differences("exp(x)", bits, x=fmpq(0)).derivative({"x": 2**bits})


@for_all(
    ("text", "order", "value"),
    [  # of polynomials of degree k + 1 at most the central difference is the derivative, whatever the step
        ("x^2", 1, 6),
        ("x^3", 2, 18),
        ("5*x^4 + x", 3, 360),
        ("x^5", 4, 360),
    ],
)
def test_the_difference_of_a_short_polynomial_is_exact(text: str, order: int, value: int) -> None:
    with ctx.workprec(200):
        difference = differences(text, 40, x=fmpq(3)).derivative({"x": order}).mid()
        assert abs(difference - value) < arb(2) ** -120


def test_each_value_of_f_is_computed_once_for_all_orders() -> None:
    seen = differences("exp(x)", 20, x=fmpq(0))
    with ctx.workprec(200):
        for order in (1, 2, 3, 4):
            seen.derivative({"x": order})
    assert sorted(seen.seen) == [(shift,) for shift in range(-4, 5)]


@for_all(
    ("text", "x", "radius"),
    [  # four bits below the size of the coordinate, that of 1 for 0
        ("exp(x)", fmpq(0), -4),
        ("exp(x)", fmpq(1), -3),
        ("exp(x)", fmpq(3, 2), -3),
        ("exp(x)", fmpq(-5), -1),
        ("x^2", fmpq(1, 1000), -13),
        ("x^2", fmpq(1000), 6),
    ],
)
def test_the_radius_is_a_sixteenth_of_the_size_of_the_coordinate(text: str, x: fmpq, radius: int) -> None:
    disc = found(text, x=x)
    assert disc.radii == {"x": radius}


@for_all(
    ("order", "radius"),
    [(5, -4), (6, 3), (30, 3)],  # R = 2^3: exp(8) is below 2^64
)
def test_for_a_high_order_a_wide_disc_is_looked_for(order: int, radius: int) -> None:
    assert found("exp(x)", order, x=fmpq(0)).radii == {"x": radius}


@for_all(
    ("text", "low", "high"),
    [("exp(x)", math.exp(1 / 16), 1.1), ("x + 1", 17 / 16, 1.1), ("3", 3, 3), ("1/(1 - x)", 16 / 15, 1.2)],
)
def test_the_bound_is_above_f_on_the_disc_and_not_by_much(text: str, low: float, high: float) -> None:
    bound = found(text, x=fmpq(0)).bound
    assert float(bound.lower()) >= low * (1 - 1e-12)
    assert float(bound) <= high


@for_all(("text", "x"), [("abs(x)", 0), ("sqrt(x)", 0), ("floor(x)", 3), ("log(x)", 0), ("x^0.5", 0)])
def test_where_f_is_not_analytic_there_is_no_disc(text: str, x: int) -> None:
    with pytest.raises(UnprovedError):
        found(text, x=fmpq(x))


def test_around_a_kink_more_digits_may_decide() -> None:
    with pytest.raises(BlurredError):
        found("abs(x)", x=fmpq(0))
    assert found("abs(x)", x=fmpq(1, 10**900)).radii["x"] < -2990  # 10^-900 is 2^-2989.7


@for_all("exponent", [20_001, -20_001])
def test_a_coordinate_whose_steps_are_too_long_has_no_disc(exponent: int) -> None:
    with pytest.raises(UnprovedError) as caught:
        found("x + 1", x=arb(2) ** exponent)
    assert type(caught.value) is UnprovedError


@for_all(
    ("order", "clear", "radius"),
    [  # of 1/(p - x) with p = 2^clear: half as wide a disc keeps clear of the pole, and all wider ones meet it
        *((1, 1 - bits, -bits) for bits in (4, 12, 30, 80, 200, 500, 1200, 3000)),
        *((6, clear, clear - 1) for clear in (4, 2, 1, 0, -1, -3)),
    ],
)
def test_the_widest_disc_that_keeps_clear_of_a_pole_is_taken(order: int, clear: int, radius: int) -> None:
    assert found(f"1/(2^({clear}) - x)", order, x=fmpq(0)).radii == {"x": radius}


def test_where_f_is_0_the_first_disc_is_good_enough() -> None:
    """There |f| on a disc is always larger than at the point, but a smaller disc bounds the derivative no better."""
    assert found("x - 1", x=fmpq(1)).radii == {"x": -3}
    assert found("sin(x)", x=fmpq(0)).radii == {"x": -4}
