"""Tangent lines and planes, normals, differentials, and how errors carry over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import ask

if TYPE_CHECKING:
    from derivcli.model import Tangent, Total


def tangent(expression: str, at: str, implicit: str | None = None) -> Tangent | None:
    return ask(expression, at, tangent=True, implicit=implicit).tangent


@pytest.mark.parametrize(
    ("expression", "at", "implicit", "equation", "normal_line", "normal"),
    [
        ("x^2", "x=2", None, "y = 4*x - 4", "y = -x/4 + 9/2", (4, -1)),
        ("x^2", "x=0", None, "y = 0", "x = 0", (0, -1)),
        ("x^3", "x=-1", None, "y = 3*x + 2", "y = -x/3 - 4/3", (3, -1)),
        ("exp(x)", "x=0", None, "y = x + 1", "y = -x + 1", (1, -1)),
        ("-x", "x=0", None, "y = -x", "y = x", (-1, -1)),
        ("y^2", "y=1", None, "z = 2*y - 1", "z = -y/2 + 3/2", (2, -1)),
        ("x*y", "x=2,y=3", None, "z = 3*x + 2*y - 6", "x = 2 + 3*t, y = 3 + 2*t, z = 6 - t", (3, 2, -1)),
        ("t*z", "t=1,z=1", None, "y = t + z - 1", "t = 1 + s, z = 1 + s, y = 1 - s", (1, 1, -1)),
        ("x^2+y^2=25", "x=3,y=4", "y", "y = -3*x/4 + 25/4", "y = 4*x/3", (-0.75, -1)),
        ("x^2+y^2=25", "x=5,y=0", "y", "x = 5", "y = 0", (1, 0)),
        (
            "x^2+y^2+z^2=9",
            "x=1,y=2,z=2",
            "z",
            "z = -x/2 - y + 9/2",
            "x = 1 - t/2, y = 2 - t, z = 2 - t",
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


def total(expression: str, at: str | None, **wanted: object) -> Total:
    found = ask(expression, at, total=True, **wanted).total
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("expression", "at", "differential", "at_point"),
    [
        ("x^2", None, "df = 2*x*dx", None),
        ("x^2*y", "x=3,y=2", "df = 2*x*y*dx + x**2*dy", "df = 12*dx + 9*dy"),
        ("x-y", "x=3,y=2", "df = dx - dy", "df = dx - dy"),
        ("x^2+x", "x=0", "df = (2*x + 1)*dx", "df = dx"),
        ("sin(x)", "x=pi/2", "df = cos(x)*dx", "df = 0"),
        ("7+0*x", "x=1", "df = 0", "df = 0"),
        ("abs(x)", "x=0", "df = sign(x)*dx", None),
    ],
)
def test_the_differential_is_in_symbols_and_at_the_point(
    expression: str, at: str | None, differential: str, at_point: str | None
) -> None:
    found = total(expression, at)
    assert (found.differential, found.at_point, found.uncertainty) == (differential, at_point, None)


def test_independent_errors_add_in_squares() -> None:
    # 3*0.01 and 2*0.02
    found = total("x*y", "x=2,y=3", error="x=0.01,y=0.02")
    assert found.uncertainty == pytest.approx(0.05)
    assert [(c.name, c.error) for c in found.contributions] == [("x", 0.01), ("y", 0.02)]
    assert [c.contribution for c in found.contributions] == pytest.approx([0.03, 0.04])
    assert [c.share for c in found.contributions] == pytest.approx([0.36, 0.64])


def test_the_guide_s_example_of_a_resistor_is_right() -> None:
    # JCGM 100 5.1.3: P = V^2/(R*(1 + a*(t - t0))); c_V = 2P/V, c_R = -P/R
    found = total("V^2/(R*(1+a*(t-t0)))", "V=10,R=50,a=0,t=25,t0=20", error="V=0.1,R=1,a=0.001")
    power = 2
    parts = [2 * power / 10 * 0.1, power / 50 * 1, power * 5 * 0.001]
    assert [c.contribution for c in found.contributions] == pytest.approx(parts)
    assert found.uncertainty == pytest.approx(sum(part**2 for part in parts) ** 0.5)


def test_errors_ask_for_the_differential_by_themselves_and_may_be_expressions() -> None:
    found = ask("x^2", "x=3", error="x=1/10").total
    assert found is not None
    assert found.uncertainty == pytest.approx(0.6)


@pytest.mark.parametrize(("at", "errors"), [("x=0", "x=0.1"), ("x=1", "x=0")])
def test_an_uncertainty_of_nothing_has_no_shares(at: str, errors: str) -> None:
    found = total("x^2", at, error=errors)
    assert (found.uncertainty, [c.share for c in found.contributions]) == (0, [None])


def test_where_a_slope_does_not_exist_the_uncertainty_is_not_known() -> None:
    found = total("abs(x)+y", "x=0,y=1", error="x=0.1,y=0.2")
    assert found.uncertainty is None
    assert [(c.contribution, c.share) for c in found.contributions] == [(None, None), (0.2, None)]


def test_very_large_and_very_small_errors_neither_overflow_nor_vanish() -> None:
    assert total("x+y", "x=1,y=1", error="x=1e200,y=1e200").uncertainty == pytest.approx(2**0.5 * 1e200)
    assert total("x+y", "x=1,y=1", error="x=1e-200,y=1e-200").uncertainty == pytest.approx(2**0.5 * 1e-200)
