"""`--at` with ranges and lists."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError, LimitError, PointError
from derivcli.language.diagnostics import draw
from derivcli.points.places import Axis, Listed, Range, parse_at, parse_places, parse_wrt
from tests.every import for_all

_RANGE = "hint: a range is written start:stop:count, such as x=0:1:11"
_COUNT = "hint: the count says how many points there are, both ends included: x=0:1:11"
_LIST = "hint: a list is written x=1,2,3"


@for_all(
    ("flags", "constants", "axes"),
    [
        ([], {}, {}),
        (["x=2"], {"x": "2"}, {}),
        (["x=max(1,2),y=3"], {"x": "max(1,2)", "y": "3"}, {}),
        (["x=0:1:11"], {}, {"x": Range("0", "1", 11)}),
        (["x=10:0:11"], {}, {"x": Range("10", "0", 11)}),
        (["x=2:2:1"], {}, {"x": Range("2", "2", 1)}),
        (["x=1,2,3"], {}, {"x": Listed(("1", "2", "3"))}),
        (["x=max(1,2),3"], {}, {"x": Listed(("max(1,2)", "3"))}),
        (["x=-1:max(1,2):5"], {}, {"x": Range("-1", "max(1,2)", 5)}),
        ([" x = 0 : 2*pi : 9 , y = 1 , 2 "], {}, {"x": Range("0", "2*pi", 9), "y": Listed(("1", "2"))}),
        (["x=0:1:11,y=1,2", "z=pi/4"], {"z": "pi/4"}, {"x": Range("0", "1", 11), "y": Listed(("1", "2"))}),
        (["y=1,2,z=3,x=0:1:2"], {"z": "3"}, {"y": Listed(("1", "2")), "x": Range("0", "1", 2)}),
        (["x=0:1:100000000"], {}, {"x": Range("0", "1", 10**8)}),
    ],
)
def test_flags_are_constants_and_axes(flags: list[str], constants: dict[str, str], axes: dict[str, Axis]) -> None:
    places = parse_places(flags)
    assert (places.constants, list(places.axes.items())) == (constants, list(axes.items()))


@for_all("flag", ["", "2", "x", "x=", "=2", "x=2,y=", ",x=2", "2=x", "x==2", "x=2 y=3", "x=2,x=3"])
def test_the_errors_of_a_single_point_stay_what_they_are(flag: str) -> None:
    with pytest.raises(DerivError) as before:
        parse_at([flag])
    with pytest.raises(DerivError) as now:
        parse_places([flag])
    assert draw(now.value) == draw(before.value)


@for_all(
    ("flag", "lines"),
    [
        (
            "x=0:1",
            ["error: the range of `x` has no count", "  x=0:1", "    ^^^", f"{_RANGE}; only --plot needs no count"],
        ),
        ("x=0:1:2:3", ["error: the range of `x` has 4 parts", "  x=0:1:2:3", "    ^^^^^^^", _RANGE]),
        ("x=:1:3", ["error: the range of `x` has no start", "  x=:1:3", "   ^", _RANGE]),
        ("x=0::3", ["error: the range of `x` has no stop", "  x=0::3", "     ^", _RANGE]),
        ("x=0:1:", ["error: the range of `x` has no count", "  x=0:1:", "       ^", _RANGE]),
        ("x=0:1:2.5", ["error: the count of `x` is not a whole number", "  x=0:1:2.5", "        ^^^", _COUNT]),
        ("x=0:1:-3", ["error: the count of `x` is not a whole number", "  x=0:1:-3", "        ^^", _COUNT]),
        ("x=0:1:0", ["error: the count of `x` is 0", "  x=0:1:0", "        ^", _COUNT]),
        (
            "x=0:1:1",
            ["error: a range of `x` with one point cannot have two ends", "  x=0:1:1", "        ^", "hint: write x=0"],
        ),
        ("x=1,,2", ["error: the list of `x` has an empty entry", "  x=1,,2", "     ^", _LIST]),
        ("x=1,", ["error: the list of `x` has an empty entry", "  x=1,", "     ^", _LIST]),
        (
            "x=1,2:3",
            ["error: `x` has a range inside a list", "  x=1,2:3", "    ^^^^^", "hint: give a range or a list"],
        ),
        (
            "x=0:1:3,x=1",
            ["error: `x` is given twice", "  x=0:1:3,x=1", "            ^", "hint: give each name one value"],
        ),
        (
            "x=0:inf:3",
            [
                "error: the value of `x` is infinite",
                "  inf",
                "  ^^^",
                "hint: limits at infinity are not computed: give a large number such as 1e6",
            ],
        ),
        (
            "x=1,a",
            [
                "error: the value of `x` must be a number; `a` is not a number",
                "  a",
                "  ^",
                "hint: a value is a constant expression such as 2, -1.5 or pi/4",
            ],
        ),
    ],
)
def test_what_is_no_range_and_no_list_is_marked(flag: str, lines: list[str]) -> None:
    with pytest.raises(PointError) as caught:
        parse_places([flag])
    assert draw(caught.value) == "\n".join(lines)


def test_an_error_beside_a_range_shows_the_flag_as_it_was_typed() -> None:
    with pytest.raises(DerivError) as caught:
        parse_places(["x=0:1:3 y=2"])
    assert draw(caught.value).splitlines()[:2] == ["error: a comma is missing before `y`", "  x=0:1:3 y=2"]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["x=0:1:100000001"], "the grid has 100000001 points: the limit is 100000000"),
        (["x=0:1:100000", "y=0:1:1001"], "the grid has 100100000 points: the limit is 100000000"),
        (["x=0:1:" + "9" * 3000], "the range of `x` has too many points: the limit is 100000000"),
    ],
)
def test_too_many_points_reach_a_limit(flags: list[str], message: str) -> None:
    with pytest.raises(LimitError) as caught:
        parse_places(flags)
    assert caught.value.message == message


@for_all(
    ("flags", "point"),
    [
        (["x=2"], {"x": "2"}),
        (["x=2", "y=3"], {"x": "2", "y": "3"}),
        (["x=2,y=pi/4"], {"x": "2", "y": "pi/4"}),
        (["x=max(1,2),y=3"], {"x": "max(1,2)", "y": "3"}),
        (["x=-2"], {"x": "-2"}),
        ([" x = 1 + 1 , y = 2 "], {"x": "1 + 1", "y": "2"}),
        (["E_n=2,I=1", "lambda=0.5"], {"E_n": "2", "I": "1", "lambda": "0.5"}),
        (["α=1"], {"α": "1"}),
        (["e=2"], {"e": "2"}),
        ([], {}),
    ],
)
def test_flags_are_a_point(flags: list[str], point: dict[str, str]) -> None:
    assert parse_at(flags) == point


@pytest.mark.parametrize("flags", [["x=1,x=2"], ["x=1", "x=2"], ["x=1", "y=2,x=1"]])
def test_a_name_that_is_given_twice_is_refused(flags: list[str]) -> None:
    with pytest.raises(PointError) as caught:
        parse_at(flags)
    assert caught.value.message == "`x` is given twice"
    assert caught.value.source == flags[-1]
    assert caught.value.hint == "give each name one value"


def test_the_second_value_is_marked() -> None:
    with pytest.raises(PointError) as caught:
        parse_at(["x=1,y=2,x=3"])
    assert (
        draw(caught.value) == "error: `x` is given twice\n  x=1,y=2,x=3\n            ^\nhint: give each name one value"
    )


@for_all("flag", ["", "2", "x", "x=", "=2", "x=2,y=", ",x=2", "2=x", "x==2", "sin(x)=2"])
def test_what_is_no_assignment_is_refused(flag: str) -> None:
    with pytest.raises(DerivError):
        parse_at([flag])


@pytest.mark.parametrize(
    ("flags", "names"),
    [
        ([], None),
        (["x"], ("x",)),
        (["x,y"], ("x", "y")),
        (["x", "y"], ("x", "y")),
        (["y, x", "x"], ("y", "x")),
    ],
)
def test_names_are_taken_once_each_in_their_order(flags: list[str], names: tuple[str, ...] | None) -> None:
    assert parse_wrt(flags) == names


@for_all("flag", ["", ",", "x,", "x y", "2", "x=2", "x+y", "and"])
def test_what_is_no_list_of_names_is_refused(flag: str) -> None:
    with pytest.raises(DerivError):
        parse_wrt([flag])
