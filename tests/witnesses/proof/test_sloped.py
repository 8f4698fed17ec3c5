"""Values and slopes on intervals, held against derivatives of mpmath's at points inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from flint import arb
from mpmath import mp

from derivcli.witnesses.proof.numbers import BlurredError, OutsideError, real
from derivcli.witnesses.proof.sloped import Sloped
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Callable

CURVES: dict[str, Callable[[Any], Any]] = {
    "x^3 - 4*x": lambda x: x**3 - 4 * x,
    "sin(x)*exp(-x^2)": lambda x: mp.sin(x) * mp.exp(-(x**2)),
    "1/(x + 3)": lambda x: 1 / (x + 3),
    "x^(-2)": lambda x: x**-2,
    "(x + 3)^x": lambda x: (x + 3) ** x,
    "sqrt(x + 3)": lambda x: mp.sqrt(x + 3),
    "log(x + 4)/x": lambda x: mp.log(x + 4) / x,
    "gamma(x)": mp.gamma,
    "atan(x)*tanh(x)": lambda x: mp.atan(x) * mp.tanh(x),
    "where(x < 10, x^2, x)": lambda x: x**2,
    "besselj(0, x)": lambda x: mp.besselj(0, x),
    "cbrt(x)": mp.cbrt,
    "sin(x)/(2*x + 3)": lambda x: mp.sin(x) / (2 * x + 3),
    "max(5, x)*min(4, x)": lambda x: 5 * x,
}


@pytest.mark.parametrize("text", CURVES)
@pytest.mark.parametrize("centre", [0.7, 1.3])
def test_the_balls_hold_the_values_and_slopes_at_every_point_inside(text: str, centre: float) -> None:
    values, slopes = Sloped(program_of(text), "x", {}).both(arb(centre, 0.01))
    for share in (-0.99, -0.3, 0.5, 0.99):
        x = centre + 0.01 * share
        assert real(values).overlaps(arb(float(CURVES[text](x)), 1e-12))
        slope = str(mp.diff(CURVES[text], x))
        assert real(slopes).overlaps(arb(float(slope), 1e-9))
    assert real(slopes).rad() < 1


def test_across_a_kink_the_ball_holds_the_slopes_of_both_sides_and_all_between() -> None:
    for text, low, high in (("abs(x)", -1, 1), ("max(x, 3*x)", 1, 3), ("min(x, 3*x)", 1, 3)):
        _values, slopes = Sloped(program_of(text), "x", {}).both(arb(0, 1))
        assert real(slopes).contains(arb(low))
        assert real(slopes).contains(arb(high))
        assert real(slopes).rad() < 1.01 * (high - low) / 2


def test_a_leap_inside_has_no_ball_and_beyond_the_domain_there_is_none_for_sure() -> None:
    with pytest.raises(BlurredError):
        Sloped(program_of("floor(x)"), "x", {}).both(arb(0, 1))
    with pytest.raises(OutsideError):
        Sloped(program_of("log(x)"), "x", {}).both(arb(-2, 1))


def test_a_slope_that_is_not_known_is_none_and_the_value_stands() -> None:
    values, slope = Sloped(program_of("gammainc(x, 2)"), "x", {}).both(arb(1.5, 1e-6))
    assert slope is None
    assert real(values).overlaps(arb(0.7385358700508894, 1e-12))  # mpmath: gammainc(1.5, 0, 2)/gamma(1.5)


def test_others_are_held() -> None:
    values, slope = Sloped(program_of("a*x"), "x", {"a": arb(3)}).both(arb(2))
    assert (values, slope) == (6, 3)
