"""`--at` and `--wrt`, as they were typed."""

from __future__ import annotations

import pytest

from derivcli.errors import DerivError, PointError
from derivcli.language.diagnostics import draw
from derivcli.points.flags import parse_at, parse_wrt


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("flag", ["", "2", "x", "x=", "=2", "x=2,y=", ",x=2", "2=x", "x==2", "sin(x)=2"])
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


@pytest.mark.parametrize("flag", ["", ",", "x,", "x y", "2", "x=2", "x+y", "and"])
def test_what_is_no_list_of_names_is_refused(flag: str) -> None:
    with pytest.raises(DerivError):
        parse_wrt([flag])
