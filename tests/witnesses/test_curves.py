"""Slopes of curves that are known by hand."""

from __future__ import annotations

import math

import pytest
from mpmath import mpf

from derivcli import wording
from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.model import Kind, Proof, Status
from derivcli.witnesses.curves import ImplicitCurve
from derivcli.witnesses.evidence import Outcome, SlopeEvidence
from derivcli.witnesses.third import Third
from tests.answers import ask
from tests.checks import program_of
from tests.every import for_all


def slope(left_minus_right: str, wrt: str, variable: str = "y", **point: str) -> SlopeEvidence:
    program = program_of(left_minus_right)
    at = {name: compile_tree(parse_value(name, value)) for name, value in point.items()}
    return ImplicitCurve(program, at, variable, Third(program, at, len(wrt))).slope(tuple(wrt))


@pytest.mark.parametrize(
    ("text", "wrt", "point", "expected"),
    [
        ("x^2 + y^2 - 25", "x", {"x": "3", "y": "4"}, "-0.75"),
        ("x^2 + y^2 - 25", "xx", {"x": "3", "y": "4"}, "-0.390625"),
        ("x^3 + y^3 - 6*x*y", "x", {"x": "3", "y": "3"}, "-1"),
        ("y - x^5", "xxxxx", {"x": "1", "y": "1"}, "120"),
        ("y - x^5", "xxxxxx", {"x": "1", "y": "1"}, "0"),
        # straight lines, written so that everything in the formula cancels
        ("y/x - sqrt(2)", "xx", {"x": "1", "y": "sqrt(2)"}, "0"),
        ("(y - x)*(exp(y) + x)", "xxx", {"x": "1", "y": "1"}, "0"),
        ("(y - 2*x)*exp(x*y)", "xx", {"x": "1", "y": "2"}, "0"),
        ("(y - pi*x)*cosh(x)", "xx", {"x": "2", "y": "2*pi"}, "0"),
    ],
)
def test_the_slope_of_a_curve_is_known_to_many_digits(
    text: str, wrt: str, point: dict[str, str], expected: str
) -> None:
    found = slope(text, wrt, **point)
    assert found.lower is None
    for side in (found.sides.left, found.sides.right):
        assert side.outcome is Outcome.NUMBER
        assert abs(mpf(side.text) - mpf(expected)) <= mpf(10) ** -18
        assert (side.number == 0) == (expected == "0")
        assert mpf(side.error) <= mpf(10) ** -15


@pytest.mark.parametrize(
    ("text", "point", "outcome"),
    [
        ("x^2 + y^2 - 25", {"x": "5", "y": "0"}, Outcome.INFINITE),
        ("y^2 - x^2", {"x": "0", "y": "0"}, Outcome.UNDEFINED),
        ("abs(y) - x", {"x": "0", "y": "0"}, Outcome.UNDECIDED),
        ("sqrt(y) - x", {"x": "0", "y": "0"}, Outcome.UNDECIDED),
        ("asin(y) - x", {"x": "pi/2", "y": "1"}, Outcome.UNDECIDED),
        ("y + sqrt(-x^2)", {"x": "0", "y": "0"}, Outcome.UNDECIDED),  # no curve beside the point
        ("y + where(x == 0, 0, x*sin(1/x))", {"x": "0", "y": "0"}, Outcome.UNDECIDED),
    ],
)
def test_where_there_is_no_slope_both_sides_say_why(text: str, point: dict[str, str], outcome: Outcome) -> None:
    sides = slope(text, "x", **point).sides
    assert sides.left.outcome is sides.right.outcome is outcome


@pytest.mark.parametrize(
    ("text", "point", "left", "right"),
    [
        # F = y + g(x) has the curve y = -g(x), F = y^3 + g(x) at y = 1 a third of its slope
        ("cbrt(x) + y", {"x": "0", "y": "0"}, -math.inf, -math.inf),
        ("cbrt(x) - y", {"x": "0", "y": "0"}, math.inf, math.inf),
        ("y - x^(2/3)", {"x": "0", "y": "0"}, -math.inf, math.inf),
        ("y + sqrt(x)", {"x": "0", "y": "0"}, None, -math.inf),
        ("y - sqrt(-x)", {"x": "0", "y": "0"}, -math.inf, None),
        ("x^1.5 - y", {"x": "0", "y": "0"}, None, 0),
        ("y^3 + x^2.5 - x - 1", {"x": "0", "y": "1"}, None, 1 / 3),
        ("y - floor(x)", {"x": "1", "y": "1"}, math.inf, 0),
        ("-2y - floor(x)", {"x": "1", "y": "-1/2"}, -math.inf, 0),
    ],
)
def test_where_the_equation_has_no_slope_along_a_curve_each_side_follows_it(
    text: str, point: dict[str, str], left: float | None, right: float | None
) -> None:
    sides = slope(text, "x", **point).sides
    assert [side.as_float() for side in (sides.left, sides.right)] == [left, right]
    assert sides.is_proved
    assert slope(text, "xx", **point).lower == ("x",)


def test_a_corner_of_a_curve_has_the_slopes_of_both_sides_and_nothing_above() -> None:
    corner = slope("abs(x) + y^3 - 1", "x", x="0", y="1")
    assert [side.as_float() for side in (corner.sides.left, corner.sides.right)] == pytest.approx(
        [1 / 3, -1 / 3], rel=1e-15
    )
    above = slope("abs(x) + y^3 - 1", "xx", x="0", y="1")
    assert above.lower == ("x",)
    assert above.sides == corner.sides


@for_all(
    ("equation", "left", "right"),
    [
        ("y + abs(x*y) - x", 1, 1),  # y = x/(1 + |x|)
        ("y + abs(y)/2 - x", 2, 2 / 3),
        ("y + max(x, y) - 3*x", 2, 3 / 2),
        ("exp(y) - 1 + abs(sin(x*y)) - abs(x)", -1, 1),
        ("2*y + sin(abs(y)) - x", 1, 1 / 3),
        ("y + abs(y - x)/3 - abs(x)", -1 / 2, 1),
        ("y + sqrt(x*y) - x", None, None),  # not steady: the slope is 0.38
        ("y - x + min(abs(x), abs(y), abs(y - x)) + x^2", None, None),  # 2 and 1/2
    ],
)
def test_where_the_equation_is_steady_a_path_along_which_it_is_small_has_the_slope_of_the_curve(
    equation: str, left: float | None, right: float | None
) -> None:
    sides = slope(equation, "x", x="0", y="0").sides
    assert [side.as_float() for side in (sides.left, sides.right)] == [left, right]
    assert sides.is_proved is (left is not None)


def test_a_derivative_of_a_curve_that_is_0_is_proved_where_algebra_sees_it() -> None:
    for order in (2, 3):
        sides = slope("y/x - sqrt(2)", "x" * order, x="1", y="sqrt(2)").sides
        assert (sides.left.text, sides.is_proved) == ("0", True)


_NO_FUNCTION = "a singular point: two branches of the curve cross here, or this point is all there is of it"


@for_all(
    ("equation", "is_none", "note"),
    [
        (
            "y^2=x^2+x^3",
            True,
            "a singular point: two branches of the curve cross here, or this point is all there is of it",
        ),
        (
            "x^2+y^2=x*y",
            True,
            "a singular point: two branches of the curve cross here, or this point is all there is of it",
        ),
        # y = x; a cusp, of which both branches have the slope 0; two parabolas that touch: the slope is 0 too
        ("y^3=x^3", False, wording.CURVE_SINGULAR),
        ("y^2=x^3", False, wording.CURVE_SINGULAR),
        ("y^2=x^4", False, wording.CURVE_SINGULAR),
    ],
)
def test_a_singular_point_has_no_slope_only_where_the_second_derivatives_prove_it(
    equation: str, is_none: bool, note: str
) -> None:
    (seen,) = ask(equation, "x=0,y=0", implicit="y").derivatives
    assert seen.note == note
    known = (seen.status, seen.kind, seen.proof)
    none = (Status.NOT_DIFFERENTIABLE, Kind.SINGULAR, Proof.SIDE)
    assert known == (none if is_none else (Status.UNVERIFIED, None, None))


def test_a_mixed_slope_needs_those_of_both_variables() -> None:
    assert slope("x^2 + y^2 + z^2 - 9", "xy", "z", x="1", y="2", z="2").sides.left.as_float() == -0.25
    assert slope("abs(x) + y + z", "xy", "z", x="0", y="1", z="-1").lower == ("x",)


@pytest.mark.parametrize(
    ("equation", "at"),
    [
        ("y+sqrt(x*y)=x", "x=0,y=0"),  # y = t^2*x with t^2 + t = 1
        ("y+cbrt(x^3+y^3)=0", "x=0,y=0"),  # y = -x/cbrt(2)
        ("y*floor(x)+y=x-1", "x=1,y=0"),  # the slopes are 1 and 1/2
        ("y+x*sign(y)=x", "x=0,y=0"),  # there is no curve on the right
        ("y+sqrt(x)*cbrt(y)=x", "x=0,y=0"),  # y is near x^1.5
        ("y+sqrt(x^4+y^4)=x", "x=0,y=0"),  # y is near x, but torch gives nan, and two witnesses are no proof
    ],
)
def test_partial_derivatives_of_what_is_not_smooth_give_no_slope(equation: str, at: str) -> None:
    for seen in ask(equation, at, implicit="y", order=2).derivatives:
        assert (seen.status, seen.answer) == (Status.UNVERIFIED, None)


@pytest.mark.parametrize(
    ("equation", "at", "answers"),
    [
        ("y*abs(x)=1", "x=-1/2,y=2", [4, 16]),  # y = -1/x
        (
            "acos(x*y)=1",
            "x=1/pi,y=pi*cos(1)",
            [-math.cos(1) * math.pi**2, 2 * math.cos(1) * math.pi**3],
        ),  # y = cos(1)/x
    ],
)
def test_numbers_along_which_the_equation_holds_stay(equation: str, at: str, answers: list[float]) -> None:
    seen = ask(equation, at, implicit="y", order=2).derivatives
    assert [d.answer for d in seen] == [pytest.approx(a, rel=1e-7) for a in answers]


@for_all(
    "equation",
    [
        "y-x+relu(min(y,x-y))+x^2=0",  # slopes 1 and 1/2: F(x, x/2 - x^2/2) = 0 for x > 0
        "y-x+min(abs(x),abs(y),abs(y-x))+x^2=0",  # 2 and 1/2
        "y-x+2*min(abs(x),abs(y),abs(y-x))=0",  # y = x and y = x/3
    ],
)
def test_a_line_along_which_the_equation_holds_to_first_order_settles_nothing(equation: str) -> None:
    (seen,) = ask(equation, "x=0,y=0", implicit="y").derivatives
    assert (seen.status, seen.proof) == (Status.UNVERIFIED, None)
    assert seen.left is None
    assert seen.right is None
