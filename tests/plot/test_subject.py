"""What is asked for, and what is refused."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError, PointError, UsageError
from derivcli.plot import subject
from derivcli.plot.shapes import Interval
from tests.plot.graphs import figure

_HOW = "a range is written start:stop:count, such as x=0:1:11"
_HOW_COUNT = "the count says how many points there are, both ends included: x=0:1:11"


def test_a_value_with_a_colon_is_a_range_and_the_others_are_held() -> None:
    (asked,) = subject.read(["a*x^2"], {"a": "pi/2", "x": "-2:sqrt(4):1000"})
    assert asked.free == ("x",)
    assert asked.ranges == {"x": Interval("x", -2.0, 2.0, chosen=False)}
    assert asked.held == {"a": "pi/2"}
    assert asked.constants == pytest.approx({"a": 1.5707963267948966})


def test_a_range_may_be_written_from_its_upper_end() -> None:
    assert subject.read(["x"], {"x": "10:-10"})[0].ranges["x"] == Interval("x", -10.0, 10.0, chosen=False)


@pytest.mark.parametrize(
    ("text", "at", "kind", "message", "hint"),
    [
        ("5", None, UsageError, "there is nothing to plot: the expression has no variables", None),
        (
            "x + y",
            {"x": "1", "y": "2"},
            UsageError,
            "there is nothing to plot: every variable has one value",
            "give a range, such as x=-5:5 in `at`",
        ),
        (
            "x*y*z",
            None,
            UsageError,
            "a picture shows one or two variables, and x, y, z are 3",
            "hold the others: y=2,z=2 in `at`",
        ),
        ("x^2", {"x": "1:1"}, PointError, "the range of `x` has no width", "give two ends, such as -5:5"),
        ("x^2", {"x": "1:"}, PointError, "the range of `x` has no stop", _HOW),
        ("x^2", {"x": "1:2:3:4"}, PointError, "the range of `x` has 4 parts", _HOW),
        ("x^2", {"x": "0:1:0"}, PointError, "the count of `x` is 0", _HOW_COUNT),
        ("x^2", {"x": "0:1:-3"}, PointError, "the count of `x` is not a whole number", _HOW_COUNT),
        ("x^2", {"x": "1,2,3"}, PointError, "a picture takes a range of `x`, not a list", "write x=-5:5"),
        (
            "x^2",
            {"q": "1:2"},
            PointError,
            "`q` has a value, but does not occur in the expression",
            "its variables are x",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_says_why(
    text: str, at: dict[str, str] | None, kind: type[DerivError], message: str, hint: str | None
) -> None:
    with pytest.raises(kind) as caught:
        subject.read([text], at)
    assert caught.value.message == message
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("text", "at", "free", "point"),
    [
        ("x^2", {"x": "2"}, ("x",), "2"),
        ("a*x^2", {"a": "3", "x": "pi/4"}, ("x",), "pi/4"),
        ("A*sin(omega*t)", {"A": "1", "omega": "2", "t": "0"}, ("t",), "0"),
        ("a*x^2", {"x": "2"}, ("a",), None),
        ("x*y", {"y": "2"}, ("x",), None),
    ],
)
def test_the_value_of_the_only_variable_that_can_run_is_a_point(
    text: str, at: dict[str, str], free: tuple[str, ...], point: str | None
) -> None:
    (asked,) = subject.read([text], at)
    assert (asked.free, asked.point) == (free, point)


@pytest.mark.parametrize(
    ("text", "at", "parameters"),
    [
        ("a*sin(x)", None, "`a` is a parameter of a function of x"),
        ("a*x^2 + b*x + c", None, "`a`, `b`, `c` are parameters of a function of x"),
        ("A*cos(k*t)", {"A": "2"}, "`k` is a parameter of a function of t"),
        ("n*theta", {"theta": "0:1"}, "`n` is a parameter of a function of theta"),
    ],
)
def test_a_parameter_without_a_value_is_asked_for(text: str, at: dict[str, str] | None, parameters: str) -> None:
    with pytest.raises(UsageError, match="without a value") as caught:
        subject.read([text], at)
    assert caught.value.message == f"{parameters}, without a value"


@pytest.mark.parametrize("text", ["x*y", "u*v", "x*t", "r*cos(t)", "x^p", "a*b", "x*rate"])
def test_two_variables_that_may_both_run_stay_two(text: str) -> None:
    (asked,) = subject.read([text], None)
    assert len(asked.free) == 2


def test_a_range_makes_a_parameter_a_variable() -> None:
    (asked,) = subject.read(["a*sin(x)"], {"a": "1:2"})
    assert asked.free == ("a", "x")


def test_several_functions_share_what_runs_and_hold_what_they_have() -> None:
    first, second, third = subject.read(["a*x", "x^2", "3"], {"a": "2"})
    assert [one.letter for one in (first, second, third)] == ["f1", "f2", "f3"]
    assert {one.free for one in (first, second, third)} == {("x",)}
    assert (first.held, second.held, third.held) == ({"a": "2"}, {}, {})


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        (".gif", "a picture cannot be written as `.gif`"),
        ("JPG", "a picture cannot be written as `.jpg`"),
        ("", "the name of the picture has no suffix"),
    ],
)
def test_an_unknown_suffix_names_the_known_ones(suffix: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        figure("x^2", suffix)
    assert caught.value.message == said
    assert caught.value.hint == "write a file with the suffix .png, .svg or .pdf"
