"""Slopes of curves at points where the equation is not smooth, from curves that are solved by hand."""

from __future__ import annotations

import math

import pytest

from derivcli.model import Status
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.following import follows
from tests.answers import ask
from tests.checks import program_of


@pytest.mark.parametrize(
    ("equation", "at"),
    [
        ("y+sqrt(x*y)=x", "x=0,y=0"),  # y = t^2*x with t^2 + t = 1
        ("y+cbrt(x^3+y^3)=0", "x=0,y=0"),  # y = -x/cbrt(2)
        ("y*floor(x)+y=x-1", "x=1,y=0"),  # the slopes are 1 and 1/2
        ("y+x*sign(y)=x", "x=0,y=0"),  # there is no curve on the right
        ("y+sqrt(x)*cbrt(y)=x", "x=0,y=0"),  # y is near x^1.5
    ],
)
def test_partial_derivatives_of_what_is_not_smooth_give_no_slope(equation: str, at: str) -> None:
    for seen in ask(equation, at, implicit="y", order=2).derivatives:
        assert (seen.status, seen.answer) == (Status.UNVERIFIED, None)


@pytest.mark.parametrize(
    ("equation", "at", "answers"),
    [
        ("y+sqrt(x^4+y^4)=x", "x=0,y=0", [1, None]),  # y = x - sqrt(2)*x^2 + ..., no matter what F_xx is
        ("y+(x^2+y^2)^1.5=x", "x=0,y=0", [1, 0]),  # y = x - sqrt(8)*abs(x)^3 + ...
        ("y+abs(x*y)=x", "x=0,y=0", [1, None]),  # y = x - x*abs(x) + ...
        ("y+y*abs(y)=x", "x=0,y=0", [1, None]),
        ("y*abs(x)=1", "x=-1/2,y=2", [4, 16]),  # y = -1/x
        (
            "acos(x*y)=1",
            "x=1/pi,y=pi*cos(1)",
            [-math.cos(1) * math.pi**2, 2 * math.cos(1) * math.pi**3],
        ),  # y = cos(1)/x
    ],
)
def test_numbers_along_which_the_equation_holds_stay(equation: str, at: str, answers: list[float | None]) -> None:
    seen = ask(equation, at, implicit="y", order=2).derivatives
    assert [d.answer for d in seen] == [a if a is None else pytest.approx(a, rel=1e-7) for a in answers]


@pytest.mark.parametrize(("slope", "holds"), [("-0.75", True), ("-0.7500000001", False), ("0", False)])
def test_the_equation_holds_along_its_own_curve_only(slope: str, holds: bool) -> None:
    circle, point = program_of("x^2 + y^2 - 25"), {"x": program_of("3"), "y": program_of("4")}
    first, second = (Reading(Outcome.NUMBER, text) for text in (slope, "-0.390625"))
    for side in ("left", "right"):
        assert follows(circle, point, ("x", "y"), [first], side) is holds
        assert follows(circle, point, ("x", "y"), [first, second], side) is (slope == "-0.75")
