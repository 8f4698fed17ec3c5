"""Tangent lines and planes, and normals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import ask

if TYPE_CHECKING:
    from derivcli.model import Tangent


def tangent(expression: str, at: str, implicit: str | None = None) -> Tangent | None:
    return ask(expression, at, tangent=True, implicit=implicit).tangent


@pytest.mark.parametrize(
    ("expression", "at", "implicit", "equation", "normal_line", "normal"),
    [
        ("x^2", "x=2", None, "y = 4 + 4*(x - 2)", "y = 4 - 0.25*(x - 2)", (4, -1)),
        ("x^2", "x=0", None, "y = 0", "x = 0", (0, -1)),
        ("x^3", "x=-1", None, "y = -1 + 3*(x + 1)", "y = -1 - 0.3333333333333333*(x + 1)", (3, -1)),
        ("exp(x)", "x=0", None, "y = 1 + x", "y = 1 - x", (1, -1)),
        ("-x", "x=0", None, "y = -x", "y = x", (-1, -1)),
        ("y^2", "y=1", None, "z = 1 + 2*(y - 1)", "z = 1 - 0.5*(y - 1)", (2, -1)),
        ("x*y", "x=2,y=3", None, "z = 6 + 3*(x - 2) + 2*(y - 3)", "x = 2 + 3*t, y = 3 + 2*t, z = 6 - t", (3, 2, -1)),
        ("t*z", "t=1,z=1", None, "y = 1 + (t - 1) + (z - 1)", "t = 1 + s, z = 1 + s, y = 1 - s", (1, 1, -1)),
        ("x^2+y^2=25", "x=3,y=4", "y", "y = 4 - 0.75*(x - 3)", "y = 4 + 1.3333333333333333*(x - 3)", (-0.75, -1)),
        ("x^2+y^2=25", "x=5,y=0", "y", "x = 5", "y = 0", (1, 0)),
        (
            "x^2+y^2+z^2=9",
            "x=1,y=2,z=2",
            "z",
            "z = 2 - 0.5*(x - 1) - (y - 2)",
            "x = 1 - 0.5*t, y = 2 - t, z = 2 - t",
            (-0.5, -1, -1),
        ),
        # sin(pi) is 0, whatever float64 says
        ("sin(x)", "x=pi", None, "y = -(x - 3.141592653589793)", "y = (x - 3.141592653589793)", (-1, -1)),
    ],
)
def test_the_tangent_and_the_normal_are_those_of_a_hand_calculation(
    expression: str, at: str, implicit: str | None, equation: str, normal_line: str, normal: tuple[float, ...]
) -> None:
    found = tangent(expression, at, implicit)
    assert found is not None
    assert (found.equation, found.normal_line) == (equation, normal_line)
    assert found.normal == pytest.approx(normal)


@pytest.mark.parametrize(
    ("expression", "at", "implicit"),
    [
        ("abs(x)", "x=0", None),
        ("1/x", "x=0", None),
        ("x^3+y^3=6*x*y", "x=0,y=0", "y"),
        ("abs(x)+abs(y)=1", "x=0,y=1", "y"),
    ],
)
def test_where_there_is_no_slope_there_is_no_tangent(expression: str, at: str, implicit: str | None) -> None:
    assert tangent(expression, at, implicit) is None
