"""A point in the text is refused with the option that gives it; what only looks like a point is read."""

from __future__ import annotations

import pytest

from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "place", "point"),
    [
        ("x squared plus 1 at 3", "at 3", "x=3"),
        ("derivative of sin x at pi/4", "at pi/4", "x=pi/4"),
        ("derivative of sin x at pi over 4", "at pi over 4", "x=pi/4"),
        ("e^t at 0", "at 0", "t=0"),
        ("x^2 at x = pi/4", "at x = pi/4", "x=pi/4"),
        ("x^2 for x=-3", "for x=-3", "x=-3"),
        ("d/dx (x^2) at x=2*pi", "at x=2*pi", "x=2*pi"),
        ("x^2 @ x=3", "@ x=3", "x=3"),
        ("x^2 @ 3", "@ 3", "x=3"),
        ("x^2*y @ x=3, y=-2", "@ x=3, y=-2", "x=3,y=-2"),
        ("x^2*y at x=1 and y=2", "at x=1 and y=2", "x=1,y=2"),
        ("x^2*y at (1, -2)", "at (1, -2)", "x=1,y=-2"),
        ("x^2 at the point x=3", "at the point x=3", "x=3"),
        ("x^2 when x is 3", "when x is 3", "x=3"),
        ("x^2 (x=3)", "(x=3)", "x=3"),
        ("y = x^2 at (3, 9)", "at (3, 9)", "x=3"),
        ("f(x,y) = x*y at (3, 9)", "at (3, 9)", "x=3,y=9"),
        ("x^2 at x = sqrt(2)", "at x = sqrt(2)", "x=sqrt(2)"),
        ("x^2 at -3", "at -3", "x=-3"),
        ("x^2 /. x->3", "/. x->3", "x=3"),
        ("f(x) = x^2 at x=3", "at x=3", "x=3"),
    ],
)
def test_a_point_behind_is_said_as_an_option(text: str, place: str, point: str) -> None:
    caret = " " * text.index(place) + "^" * len(place)
    said = drawn("a point follows the expression", text, caret, f"give it in `at`: {point}")
    assert complaint(text) == said


def test_at_may_be_a_product() -> None:
    assert read("v + at - 3") == "add(v, mul(a, t), neg(3))"


def test_a_number_that_a_notation_asks_a_slope_by_is_a_point() -> None:
    text = "d/dx x^2, x=3"
    said = "the slope by `x` is asked for, which is a number"
    assert complaint(text) == drawn(said, text, " " * 10 + "^", "give the point in `at`: x=3")


def test_a_vector_product_is_no_point() -> None:
    hint = "scalars only: write w1*x1 + w2*x2"
    assert complaint("w@x") == drawn("`@` has no meaning here", "w@x", " ^", hint)


@pytest.mark.parametrize("text", ["x*y at 3", "7 at 3", "x at y"])
def test_a_point_for_no_certain_name_is_not_made_up(text: str) -> None:
    assert complaint(text).splitlines()[0] == "error: `at` is a word here, not a variable"


@for_all(
    ("text", "slope", "f", "options"),
    [
        ("f'(2) for f(x) = x^3", "f'(2)", "f", "x=2"),
        ("f(t) = t^2 + 3t, f'(2)", "f'(2)", "f", "t=2"),
        ("g(x)=x^2; g''(-1)", "g''(-1)", "g", "x=-1 --order 2"),
    ],
)
def test_a_value_of_the_derivative_beside_f_is_said_as_options(text: str, slope: str, f: str, options: str) -> None:
    caret = " " * text.index(slope) + "^" * len(slope)
    hint = f"give {f} alone, and the point in `at`: {options}"
    assert complaint(text) == drawn(f"`{slope}` asks for a value of the derivative", text, caret, hint)


@for_all(
    ("text", "place", "point"),
    [
        ("y = 3x^2, x = 4", "x", "x=4"),
        ("x^2; x=3", "x=3", "x=3"),
        ("a*b; a = 2; b = -1/2", "a = 2", "a=2,b=-1/2"),
        ("f = x^2; x = 1 + 2", "f", "f=..."),
    ],
)
def test_a_point_among_the_definitions_is_the_number(text: str, place: str, point: str) -> None:
    start = text.rindex(place)
    said = drawn(
        "no variable is left: each name is defined",
        text,
        " " * start + "^",
        f"give the point in `at`: {point}",
    )
    assert complaint(text) == said
