"""Steps, and functions of angles, on rationals, balls and boxes. Numbers by hand but where it says so."""

from __future__ import annotations

from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.functions.elementary import ELEMENTARY
from derivcli.witnesses.proof.numbers import BlurredError, UnprovedError, ball
from tests.every import for_all


@for_all(
    ("name", "args", "value"),
    [
        ("abs", [fmpq(-2, 3)], fmpq(2, 3)),
        ("sign", [fmpq(-2, 3)], -1),
        ("sign", [0], 0),
        ("heaviside", [fmpq(-1, 2)], 0),
        ("heaviside", [0], fmpq(1, 2)),
        ("heaviside", [3], 1),
        ("floor", [fmpq(-5, 2)], -3),
        ("ceil", [fmpq(5, 2)], 3),
        ("ceil", [fmpq(-5, 2)], -2),
        ("ceil", [4], 4),
        # A half goes to the even neighbour.
        ("round", [fmpq(1, 2)], 0),
        ("round", [fmpq(3, 2)], 2),
        ("round", [fmpq(7, 2)], 4),
        ("round", [fmpq(-5, 2)], -2),
        ("round", [fmpq(-3, 2)], -2),
        ("round", [fmpq(12, 5)], 2),
        ("round", [fmpq(13, 5)], 3),
        ("mod", [7, -3], -2),  # with the sign of the divisor
        ("mod", [fmpq(-7, 2), 2], fmpq(1, 2)),
        ("floordiv", [7, -3], -3),
        ("floordiv", [fmpq(7, 2), fmpq(1, 2)], 7),
        ("max", [1, 3, 2], 3),
        ("min", [3, 1, 2], 1),
        ("max", [2, 2], 2),
    ],
)
def test_a_step_of_a_rational_is_exact(name: str, args: list[Any], value: Any) -> None:
    found = ELEMENTARY[name](*map(fmpq, args))
    assert isinstance(found, fmpq)
    assert found == value


@for_all(
    ("y", "x", "eighths"),  # of a turn
    [(0, 2, 0), (1, 1, 1), (1, 0, 2), (1, -1, 3), (0, -2, 4), (-1, -1, -3), (-1, 0, -2), (-1, 1, -1)],
)
def test_the_angle_of_a_point_is_that_of_its_octant(y: int, x: int, eighths: int) -> None:
    with ctx.workprec(100):
        assert abs(ball(ELEMENTARY["atan2"](fmpq(y), fmpq(x))) - eighths * arb.pi() / 4) < arb(2) ** -90


@for_all(
    ("name", "x", "digits"),
    [  # by mpmath 1.3 to 30 digits
        ("sin", fmpq(1, 2), "0.479425538604203000273287935215"),
        ("cos", fmpq(1, 2), "0.877582561890372716116281582604"),
        ("tan", fmpq(1, 2), "0.546302489843790513255179465780"),
        ("cot", fmpq(1, 2), "1.83048772171245191926801943897"),
        ("sinc", fmpq(1, 2), "0.958851077208406000546575870431"),
        ("asin", fmpq(1), "1.57079632679489661923132169164"),
        ("asin", fmpq(-1), "-1.57079632679489661923132169164"),
        ("acos", fmpq(-1), "3.14159265358979323846264338328"),
        ("atan", fmpq(-2), "-1.10714871779409050301706546018"),
        ("sinh", fmpq(1, 2), "0.521095305493747361622425626411"),
        ("cosh", fmpq(1, 2), "1.12762596520638078522622516140"),
        ("tanh", fmpq(1, 2), "0.462117157260009758502318483644"),
        ("expm1", fmpq(1, 2), "0.648721270700128146848650787814"),
        ("asinh", fmpq(-2), "-1.44363547517881034249327674027"),
        ("acosh", fmpq(2), "1.31695789692481670862504634731"),
        ("atanh", fmpq(1, 2), "0.549306144334054845697622618461"),
        ("sigmoid", fmpq(2), "0.880797077977882444059729141302"),
        ("softplus", fmpq(2), "2.12692801104297249644372680636"),
    ],
)
def test_a_function_of_a_rational_is_a_ball_around_the_true_number(name: str, x: fmpq, digits: str) -> None:
    with ctx.workprec(120):
        assert abs(ball(ELEMENTARY[name](x)) - arb(digits)) < arb(10) ** -28


@for_all(
    ("name", "args"),
    [
        ("asin", [fmpq(9, 8)]),
        ("asin", [fmpq(-9, 8)]),
        ("acos", [fmpq(-9, 8)]),
        ("acosh", [fmpq(7, 8)]),
        ("atanh", [fmpq(1)]),
        ("atanh", [fmpq(-1)]),
        ("atan2", [fmpq(0), fmpq(0)]),
        ("cot", [fmpq(0)]),
        ("mod", [fmpq(1), fmpq(0)]),
        ("floordiv", [fmpq(1), fmpq(0)]),
        ("sinh", [arb(2) ** 57]),
        ("expm1", [arb(2) ** 57]),
        ("sin", [arb(2) ** 20_001]),
    ],
)
def test_outside_of_the_domain_or_out_of_reach_there_is_nothing(name: str, args: list[Any]) -> None:
    with pytest.raises(UnprovedError):
        ELEMENTARY[name](*args)


def box(real: float, reach: float, imag: float = 0.0) -> acb:
    """Return a square box about a point of the complex plane."""
    return acb(arb(real, reach), arb(imag, reach))


@for_all(
    ("name", "args"),
    [  # of a box, each edge and each cut lies inside (DLMF 4.23, 4.37); a ball may stand on a kink, a box may not
        ("asin", [box(1, 0.25)]),
        ("asin", [box(-1, 0.25)]),
        ("acos", [box(1, 0.25)]),
        ("atan", [box(0, 0.25, 1)]),
        ("atan", [box(0, 0.25, -2)]),
        ("asinh", [box(0, 0.25, -1)]),
        ("atan", [box(0.25, 0.25, 1)]),  # one side of the box is on the cut
        ("asinh", [box(-0.25, 0.25, 1)]),
        ("softplus", [box(0, 0.25, 3.125)]),  # 1 + exp(x) is 0 at pi*i
        ("acosh", [box(1, 0.25)]),
        ("atanh", [box(1, 0.25)]),
        ("atanh", [box(-1, 0.25)]),
        ("abs", [box(0, 0.25)]),
        ("max", [box(1, 0.25), fmpq(1)]),
        ("min", [fmpq(1), box(1, 0.25)]),
        ("sign", [arb(0, 1)]),
        ("heaviside", [arb(0, 1)]),
        ("floor", [arb(3, "0.25")]),
        ("ceil", [arb(3, "0.25")]),
        ("round", [arb("2.5", "0.25")]),
        ("atan2", [arb(0, 1), fmpq(-1)]),
    ],
)
def test_what_meets_an_edge_a_cut_or_a_kink_waits_for_a_smaller_box(name: str, args: list[Any]) -> None:
    with pytest.raises(BlurredError):
        ELEMENTARY[name](*args)


@for_all(
    ("name", "args"),
    [
        ("atan", [box(0, 0.25, 0.5)]),
        ("atan", [box(0.5, 0.25, 2)]),
        ("atan", [box(-0.5, 0.25, -2)]),
        ("asinh", [box(0, 0.25)]),
        ("abs", [box(1, 0.25)]),
        ("max", [box(1, 0.25), fmpq(2)]),
        ("atan2", [fmpq(1), box(0, 0.25)]),
        ("atan2", [box(1, 0.25), fmpq(-2)]),
    ],
)
def test_beside_edges_cuts_and_kinks_a_box_has_a_value(name: str, args: list[Any]) -> None:
    assert ball(ELEMENTARY[name](*args)).is_finite()


def test_a_ball_on_a_kink_holds_the_values_on_both_sides() -> None:
    wide = arb("0.5", 1)  # from -0.5 to 1.5
    for name, args, values in (
        ("abs", [wide], ("0", "1.5")),
        ("max", [wide, fmpq(1)], ("1", "1.5")),
        ("max", [fmpq(1), wide], ("1", "1.5")),
        ("min", [wide, fmpq(1)], ("-0.5", "1")),
        ("min", [fmpq(0), wide, fmpq(7)], ("-0.5", "0")),
    ):
        found = ELEMENTARY[name](*args)
        assert all(found.overlaps(arb(value)) for value in values), name
        assert not found.overlaps(arb(2)), name


def test_of_two_balls_that_keep_apart_the_right_one_is_the_largest() -> None:
    assert ELEMENTARY["max"](arb(1, "0.25"), arb(3, "0.25")).contains(3)
    assert ELEMENTARY["max"](arb(3, "0.25"), arb(1, "0.25")).contains(3)
    assert ELEMENTARY["min"](arb(1, "0.25"), arb(3, "0.25")).contains(1)
    assert ELEMENTARY["min"](box(3, 0.25), box(1, 0.25)).contains(acb(1))
