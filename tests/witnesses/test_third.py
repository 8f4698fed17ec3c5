from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from mpmath import mp, mpf

from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.model import Proof
from derivcli.witnesses import third
from derivcli.witnesses.approach import Leg
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.proof.germs.sides import SideProver
from derivcli.witnesses.third import Third
from tests.checks import program_of
from tests.every import for_all
from tests.witnesses.proof.asking import program

INF = math.inf
NONE, WILD = "undefined", "oscillates"
JUMP = "jumps"


def at(text: str, order: int = 1, **point: str) -> Third:
    return Third(program(text, *point), {name: program(typed) for name, typed in point.items()}, order)


def test_where_f_is_analytic_no_quotient_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(third, "Approach", refuse)
    asked = at("sin(x)*y", 2, x="1", y="2")
    assert asked.value().proof is Proof.BALL
    for wrt in (("x",), ("y",), ("x", "x"), ("x", "y")):
        sides = asked.slopes(wrt).sides
        assert sides.left == sides.right
        assert sides.left.proof is Proof.DISC
    assert asked.is_analytic
    assert asked.broken_along(["x", "y"]) is None


@for_all(
    ("text", "x", "left", "right"),
    [
        ("abs(x)", "0", Outcome.NUMBER, Outcome.NUMBER),
        ("sqrt(x)", "0", Outcome.UNDEFINED, Outcome.INFINITE),
        ("floor(x)", "2", Outcome.JUMPS, Outcome.NUMBER),
    ],
)
def test_at_a_kink_an_end_or_a_jump_both_sides_are_proved(text: str, x: str, left: Outcome, right: Outcome) -> None:
    asked = at(text, x=x)
    sides = asked.slopes(("x",)).sides
    assert (sides.left.outcome, sides.right.outcome) == (left, right)
    assert sides.left.proof is sides.right.proof is Proof.SIDE
    assert asked.value().proof is Proof.EXACT
    assert not asked.is_analytic


def test_the_quotients_answer_for_the_side_that_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SideProver, "slopes", lambda *_args: ((None, Reading(Outcome.NUMBER, "1")), 1))
    sides = at("abs(x)*x", x="0").slopes(("x",)).sides
    assert (sides.left.text, sides.left.proof, sides.right.text) == ("0", None, "1")
    assert 0 < Decimal(sides.left.error) < Decimal("1e-25")  # f(h)/h is h


def test_they_answer_for_the_right_side_as_for_the_left_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SideProver, "slopes", lambda *_args: ((Reading(Outcome.NUMBER, "2"), None), 1))
    sides = at("where(x < 0, 2*x, 3*x)", x="0").slopes(("x",)).sides
    assert (sides.left.number, sides.right.number, sides.right.proof) == (Decimal(2), Decimal(3), None)


def test_what_neither_a_proof_nor_the_quotients_tell_is_undecided() -> None:
    sides = at("where(x <= 0, x, x*jn(0, 1/x))", x="0").slopes(("x",)).sides  # no rule for jn far out
    assert (sides.left.text, sides.left.proof) == ("1", Proof.SIDE)
    assert sides.right.outcome is Outcome.UNDECIDED


def test_where_f_has_no_value_the_domain_is_left_for_sure() -> None:
    asked = at("1/x", x="0")
    assert (asked.value().outcome, asked.value().proof) == (Outcome.UNDEFINED, Proof.SIDE)
    sides = asked.limits({"x": Leg(Fraction(1))})
    assert [(side.outcome, side.sign, side.proof) for side in (sides.left, sides.right)] == [
        (Outcome.INFINITE, -1, Proof.SIDE),
        (Outcome.INFINITE, 1, Proof.SIDE),
    ]


@for_all(
    ("text", "direction"),
    [  # by hand: the partial derivatives are 0 unless said
        ("where(x == 0 and y == 0, 0, x^2*y/(x^2 + y^2))", {"x": 1, "y": 1}),  # f(t, t) = t/2
        ("min(abs(x), abs(y))", {"x": 1, "y": 1}),  # abs(t)
        ("cbrt(x^3 + y^3)", {"x": 1, "y": 1}),  # both are 1, f(t, t) = cbrt(2)*t
        ("abs(x + y) - abs(x) - abs(y)", {"x": 1, "y": -1}),  # f(t, t) = 0, f(t, -t) = -2*abs(t)
        ("where(x == y and x != 0, 1, x)", {"x": 1, "y": 1}),  # a jump
        ("where(x*y == 0, x - y, sqrt(abs(x*y)))", {"x": 1, "y": 1}),  # both sides of abs(t), not 0
        ("x*abs(x) + 2*y + y*abs(y)", None),
        ("x*abs(y)", None),  # o(abs(x) + abs(y))
        ("sqrt(x^4 + y^4) + sin(x)", None),
    ],
)
def test_a_direction_in_which_f_breaks_is_proved(text: str, direction: dict[str, int] | None) -> None:
    assert at(text, x="0", y="0").broken_along(["x", "y"]) == direction


def test_a_direction_is_looked_for_only_where_all_partial_derivatives_are_there() -> None:
    assert at("abs(x) + y", x="0", y="1").broken_along(["x", "y"]) is None
    assert at("abs(x)", x="0").broken_along(["x"]) is None


@for_all(
    ("text", "point", "wrt", "slope"),
    [  # by hand
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, "x", "-0.75"),
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, "xx", "-0.390625"),  # -25/y^3
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, "xxx", "-0.2197265625"),  # -75*x/y^5
        ("x^3 + y^3 - 6*x*y", {"x": "3", "y": "3"}, "x", "-1"),
        ("x*z*exp(y) - 1", {"x": "1", "y": "0", "z": "1"}, "xx", "1"),  # y = -log(x*z)
        ("x*z + y*z - 8", {"x": "1", "y": "3", "z": "2"}, "zz", "2"),  # y = 8/z - x
    ],
)
def test_the_slope_of_a_curve_is_proved(text: str, point: dict[str, str], wrt: str, slope: str) -> None:
    found = at(text, len(wrt), **point).implicit_slope(tuple(wrt), "y")
    assert found is not None
    assert found.proof is Proof.DISC
    assert abs(Decimal(found.text) - Decimal(slope)) <= Decimal(found.error) < Decimal("1e-30")


@for_all(
    ("text", "x", "y"),
    [
        ("x^2 + y^2 - 25", "5", "0"),
        ("y^3 - abs(x)*y - 8", "0", "2"),
        ("x*y", "0", "0"),
        ("y + sqrt(x*y) - x", "0", "0"),
    ],
)
def test_where_a_curve_is_vertical_or_not_analytic_no_slope_is_proved(text: str, x: str, y: str) -> None:
    assert at(text, x=x, y=y).implicit_slope(("x",), "y") is None


def test_where_f_has_no_value_around_a_point_no_limits_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(third, "Approach", refuse)
    asked = at("x + sqrt(erf(y) - 1)", x="3", y="30")
    assert asked.value().outcome is Outcome.UNDEFINED
    assert asked.limits({"x": Leg(Fraction(1))}).left.outcome is Outcome.UNDEFINED


@for_all(
    ("text", "x", "is_taken"),
    [
        ("x^x", "0", True),
        ("x^0", "0", True),
        ("0^x", "0", True),
        ("x^2", "0", False),
        ("2^x", "0", False),
        ("x^x", "2", False),
    ],
)
def test_zero_to_the_zero_is_told(text: str, x: str, is_taken: bool) -> None:
    assert at(text, x=x).takes_zero_to_the_zero() is is_taken


# Slopes and limits that are known by hand.


def third_at(text: str, point: dict[str, str]) -> Third:
    return Third(program_of(text), {name: compile_tree(parse_value(name, value)) for name, value in point.items()}, 10)


def said(reading: Reading) -> float | str:
    """Return a reading as a number, an infinity or a word."""
    if reading.outcome in (Outcome.NUMBER, Outcome.INFINITE):
        number = reading.as_float()
        assert number is not None
        return number
    return str(reading.outcome)


@for_all(
    ("text", "at", "left", "right"),
    [
        # smooth
        ("x^2", "3", 6, 6),
        ("x/x", "5", 0, 0),
        ("sin(x)", "pi/2", 0, 0),
        ("x^3", "0", 0, 0),
        ("x^3", "1e-100", 3e-200, 3e-200),
        ("x^2", "1e300", 2e300, 2e300),
        ("tanh(x)", "345", 4 * math.exp(-690), 4 * math.exp(-690)),  # sech^2(x) is 4*exp(-2x)/(1 + exp(-2x))^2
        ("1 - tanh(x)", "300", -4 * math.exp(-600), -4 * math.exp(-600)),
        ("x*abs(x)", "0", 0, 0),
        ("abs(x)^1.1", "0", 0, 0),
        ("abs(x)^1.01", "0", 0, 0),
        ("sqrt(x^4)", "0", 0, 0),
        ("where(x == 0, 0, x^2*sin(1/x))", "0", 0, 0),
        ("where(x == 0, 0, exp(-1/x^2))", "0", 0, 0),
        ("heaviside(x)*x^2", "0", 0, 0),
        ("where(x == 0, 1, sin(x)/x)", "0", 0, 0),
        ("sinc(x)", "0", 0, 0),
        ("floor(x)", "2.5", 0, 0),
        ("mod(x, 3)", "1", 1, 1),
        ("1e200*x", "1", 1e200, 1e200),
        ("atan(1e30*x)", "0", 1e30, 1e30),
        ("x", "1e-300", 1, 1),
        ("(x - 1)^3/(x - 1 + 1e-30)", "1", 0, 0),
        # corners
        ("abs(x)", "0", -1, 1),
        ("abs(x - 0.1)", "0.1", -1, 1),
        ("abs(x - 1/3)", "1/3", -1, 1),
        ("relu(x)", "0", 0, 1),
        ("max(x, x^2)", "1", 1, 2),
        ("asin(sin(x))", "pi/2", 1, -1),
        ("acos(cos(x))", "0", -1, 1),
        ("abs(sin(x))", "pi", -1, 1),
        ("sqrt(x^2)", "0", -1, 1),
        ("where(x < 1, x^2, 2 - x)", "1", 2, -1),
        ("abs(log(x))", "1", -1, 1),
        ("clamp(x, 0, 1)", "1", 1, 0),
        # cusps and vertical tangents
        ("abs(x)^0.5", "0", -INF, INF),
        ("cbrt(x^2)", "0", -INF, INF),
        ("cbrt(x)", "0", INF, INF),
        ("-root(x, 5)", "0", -INF, -INF),
        ("sqrt(x)", "0", NONE, INF),
        ("sqrt(2 - x)", "2", -INF, NONE),
        ("asin(x)", "1", INF, NONE),
        ("asin(x)", "-1", NONE, INF),
        ("acosh(x)", "1", NONE, INF),
        ("x^x", "0", NONE, -INF),
        ("where(x == 0, 0, x*log(abs(x)))", "0", -INF, -INF),
        ("where(x < 0, x, sqrt(x))", "0", 1, INF),
        # one side, no side
        ("x^1.5", "0", NONE, 0),
        ("sqrt(x)^3", "0", NONE, 0),
        ("sqrt(-x^2)", "0", NONE, NONE),
        # jumps
        ("where(x < 1, x^2, 3x)", "1", JUMP, 3),
        ("floor(x)", "2", JUMP, 0),
        ("ceil(x)", "2", 0, JUMP),
        ("sign(x)", "0", JUMP, JUMP),
        ("heaviside(x)", "0", JUMP, JUMP),
        ("round(x)", "0.5", 0, JUMP),
        ("mod(x, 2)", "4", JUMP, 1),
        ("where(x == 1/3, 5, x)", "1/3", JUMP, JUMP),
        # oscillations
        ("where(x == 0, 0, x*sin(1/x))", "0", WILD, WILD),
        ("where(x <= 0, 0, x*cos(1/x^2))", "0", 0, WILD),
    ],
)
def test_the_slopes_of_both_sides_are_those_of_a_hand_calculation(
    text: str, at: str, left: float | str, right: float | str
) -> None:
    found = third_at(text, {"x": at}).slopes(("x",)).sides
    for reading, expected in ((found.left, left), (found.right, right)):
        seen = said(reading)
        assert seen == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-13, abs=1e-30))


@pytest.mark.parametrize(
    ("text", "point", "name", "left", "right"),
    [
        ("sqrt(x^2 + y^2)", {"x": "0", "y": "1e-200"}, "x", 0, 0),
        ("sqrt(x^2 + y^2)", {"x": "0", "y": "1e-200"}, "y", 1, 1),
        ("sqrt(x^2 + y^2)", {"x": "0", "y": "0"}, "x", -1, 1),
        ("hypot(x, y)", {"x": "3", "y": "4"}, "y", 0.8, 0.8),
        ("x*y", {"x": "1e150", "y": "1e-150"}, "x", 1e-150, 1e-150),
        ("max(x, y)", {"x": "1", "y": "1"}, "y", 0, 1),
        ("abs(x - y)", {"x": "1/3", "y": "1/3"}, "x", -1, 1),
        ("atan2(y, x)", {"x": "-1", "y": "0"}, "y", JUMP, -1),
    ],
)
def test_a_partial_slope_moves_one_variable_only(
    text: str, point: dict[str, str], name: str, left: float | str, right: float | str
) -> None:
    found = third_at(text, point).slopes((name,)).sides
    for reading, expected in ((found.left, left), (found.right, right)):
        seen = said(reading)
        assert seen == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-13, abs=1e-30))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("tanh(exp(100)*x)", "0"),
        ("sin(exp(100)*x)", "1"),
        ("sqrt(x^2 + exp(-200))", "0"),
        ("sin(exp(x))", "700"),
        ("sin(1e40/x)", "1e-100"),
    ],
)
def test_a_smooth_function_with_a_hidden_scale_has_no_kink(text: str, at: str) -> None:
    found = third_at(text, {"x": at}).slopes(("x",)).sides
    assert {found.left.outcome, found.right.outcome} <= {Outcome.NUMBER, Outcome.UNDECIDED}


@for_all(
    ("text", "at", "left", "right"),
    [
        ("sin(x)/x", "0", 1, 1),
        ("x/x", "0", 1, 1),
        ("(x^2 - 1)/(x - 1)", "1", 2, 2),
        ("log(1 + x)/x", "0", 1, 1),
        ("(1 - cos(x))/x^2", "0", 0.5, 0.5),
        ("1/x", "0", -INF, INF),
        ("1/x^2", "0", INF, INF),
        ("tan(x)", "pi/2", INF, -INF),
        ("gamma(x)", "-1", INF, -INF),
        ("log(x)", "0", NONE, -INF),
        ("log(abs(x))", "0", -INF, -INF),
        ("x*log(x)", "0", NONE, 0),
        ("exp(-1/x)", "0", INF, 0),
        ("atan(1/x)", "0", -math.pi / 2, math.pi / 2),
        ("sin(1/x)", "0", WILD, WILD),
        ("x*sin(1/x)", "0", 0, 0),
        ("log(x)", "-1", NONE, NONE),
    ],
)
def test_the_limits_where_f_is_undefined_are_those_of_a_hand_calculation(
    text: str, at: str, left: float | str, right: float | str
) -> None:
    asked = third_at(text, {"x": at})
    assert asked.value().outcome is Outcome.UNDEFINED
    found = asked.limits({"x": Leg(Fraction(1))})
    for reading, expected in ((found.left, left), (found.right, right)):
        seen = said(reading)
        assert seen == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-13, abs=1e-15))


def test_a_limit_can_be_taken_along_a_direction() -> None:
    asked = third_at("x*y/(x^2 + y^2)", {"x": "0", "y": "0"})
    assert said(asked.limits({"x": Leg(Fraction(1))}).right) == 0
    assert said(asked.limits({"x": Leg(Fraction(1)), "y": Leg(Fraction(1))}).right) == pytest.approx(0.5, rel=1e-15)


def test_the_value_is_known_to_many_digits() -> None:
    found = third_at("sqrt(x)", {"x": "2"}).value()
    with mp.workdps(60):
        assert abs(mpf(found.text) - mp.sqrt(2)) < mpf(10) ** -40


def test_what_seems_to_be_a_kink_at_any_step_is_none() -> None:
    smooth = third_at("atan(1e50*(1e50*(1e50*x)))", {"x": "0"}).slopes(("x",)).sides
    assert said(smooth.left) == said(smooth.right) == pytest.approx(1e150, rel=1e-15)
    corner = third_at("1e13*x + abs(x)", {"x": "0"}).slopes(("x",)).sides
    assert (corner.left.text, corner.right.text) == ("9999999999999", "10000000000001")


@pytest.mark.parametrize("text", ["abs(x)^0.01", "root(x, 99)", "x^0.001"])
def test_a_continuous_function_however_steep_does_not_jump(text: str) -> None:
    assert third_at(text, {"x": "0"}).slopes(("x",)).sides.right.outcome is Outcome.INFINITE


def test_a_path_may_be_curved() -> None:
    asked = third_at("x^2*y/(x^4 + y^2)", {"x": "0", "y": "0"})
    assert said(asked.limits({"x": Leg(Fraction(1)), "y": Leg(Fraction(3))}).right) == 0
    parabola = asked.limits({"x": Leg(Fraction(1)), "y": Leg(Fraction(1), 2)})
    assert said(parabola.left) == said(parabola.right) == pytest.approx(0.5, rel=1e-15)


@for_all(
    ("text", "point", "wrt", "left", "right"),
    [
        # analytic
        ("exp(x)", {"x": "0"}, "xxxxxxxxxx", 1, 1),
        ("1/(1 - x)", {"x": "0"}, "xxxxxxxxxx", 3628800, 3628800),
        ("x^3*y^2", {"x": "2", "y": "5"}, "xxy", 120, 120),
        ("sin(x*y)", {"x": "0", "y": "3"}, "xxx", -27, -27),
        ("x*y", {"x": "1", "y": "1"}, "z", 0, 0),
        ("x + y", {"x": "1", "y": "1"}, "xy", 0, 0),
        # the terms of one variable were all that held the other
        ("abs(y) + (y - x)", {"x": "-0.6", "y": "2.2"}, "xy", 0, 0),
        ("floor(y) + (x - y)", {"x": "-0.6", "y": "2.2"}, "xy", 0, 0),
        ("sign(y) + (y - x)", {"x": "-0.6", "y": "2.2"}, "xy", 0, 0),
        ("atan2(y, 2.5) + (x + y)", {"x": "-0.6", "y": "2.2"}, "xy", 0, 0),
        ("z + (y + (x + x*z))", {"x": "1", "y": "2", "z": "3"}, "xyz", 0, 0),
        # at a seam
        ("abs(x)^3", {"x": "0"}, "xxx", -6, 6),
        ("abs(x)^3.5", {"x": "0"}, "xxx", 0, 0),
        ("relu(x)^2*y", {"x": "0", "y": "3"}, "xx", 0, 6),
        ("x*abs(y)", {"x": "0", "y": "0"}, "xy", -1, 1),
        ("where(x == 0, 0, exp(-1/x^2))", {"x": "0"}, "xxxx", 0, 0),
        ("where(x == 0, 0, x^3*sin(1/x))", {"x": "0"}, "xx", WILD, WILD),
        ("cbrt(x)^4", {"x": "0"}, "xx", INF, INF),
        ("sqrt(x^4 + y^4)", {"x": "0", "y": "0"}, "xx", 2, 2),
    ],
)
def test_the_derivatives_of_higher_order_are_those_of_a_hand_calculation(
    text: str, point: dict[str, str], wrt: str, left: float | str, right: float | str
) -> None:
    found = third_at(text, point).slopes(tuple(wrt))
    assert (found.lower, found.other) == (None, None)
    for reading, expected in ((found.sides.left, left), (found.sides.right, right)):
        seen = said(reading)
        assert seen == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-13, abs=1e-30))


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("x*exp(abs(x)^0.2)", 1),
        ("x*(1 + 100*abs(x)^0.15)^3", 1),
        ("x/(1 + abs(x)^1e-7)", 1),
        ("x*(1 + 1e-20*abs(x)^1e-6)", 1),
        ("abs(x)^1.2 + abs(x)^1.25", 0),
    ],
)
def test_a_slope_that_is_reached_slowly_is_right_as_far_as_its_error_says_or_undecided(text: str, slope: int) -> None:
    # f(h)/h by hand: all the powers of abs(h) that are left tend to 0
    sides = third_at(text, {"x": "0"}).slopes(("x",)).sides
    for side in (sides.left, sides.right):
        if side.outcome is not Outcome.UNDECIDED:
            assert abs(mpf(side.text) - slope) <= mpf(side.error) <= 1e-20


@for_all(
    ("text", "left", "right"),
    [
        # by hand: of a product each factor by its own variables, with a corner or a vertical tangent last
        ("abs(x)*y*z", -1, 1),
        ("-3*abs(x)*y*z", 3, -3),
        ("2*abs(x)*y*(z+z*abs(z))", -2, 2),
        ("x*abs(x)*y*z", 0, 0),
        ("(x+abs(x)^1.5)*sin(y*z)", 1, 1),
        ("cbrt(x)*y*z", math.inf, math.inf),
        ("abs(x)*abs(y)*z", None, None),  # below it f_xy is there at the point alone
        ("abs(x*y*z)", None, None),
        ("abs(x)*y*z^2", None, None),  # 0 with x last, and none with x first
    ],
)
def test_a_derivative_by_three_variables_of_a_product_is_proved(
    text: str, left: float | None, right: float | None
) -> None:
    at = {name: program_of("0") for name in "xyz"}
    sides = Third(program_of(text), at).slopes(("x", "y", "z")).sides
    assert [side.as_float() for side in (sides.left, sides.right)] == [left, right]
    assert sides.is_proved is (left is not None)


def test_above_a_slope_that_does_not_exist_that_one_is_given() -> None:
    found = third_at("abs(x)*y", {"x": "0", "y": "2"}).slopes(("x", "x", "y"))
    assert found.lower in (("x",), ("x", "y"))
    assert found.sides.left.number is not None
    assert found.sides.left.number < 0


def test_a_derivative_is_looked_at_once() -> None:
    asked = third_at("sin(x)*y", {"x": "1", "y": "2"})
    assert asked.slopes(("x", "y")) is asked.slopes(("y", "x"))
