"""What torch and the worker know of a function over a range."""

from __future__ import annotations

import math

import pytest

from derivcli.plot import subject
from derivcli.plot.shapes import Interval, Spot
from derivcli.plot.sketch import Sketch, sketched


def sketch(text: str, low: float, high: float, order: int = 1) -> Sketch:
    (asked,) = subject.read([text], None)
    return sketched(asked, Interval("x", low, high, chosen=False), order)


def test_the_heights_of_all_curves_are_known() -> None:
    """From the 5th to the 95th of a hundred: 0.9 of the range for 2x, 3x^2 from 0 to 1 and 6x."""
    found = sketch("x^3", 0, 1, order=2)
    assert found.heights == pytest.approx((0.95**3 - 0.05**3, 3 * (0.95**2 - 0.05**2), 6 * 0.9), rel=1e-3)
    assert (found.is_known, found.is_too_fast, found.crowded) == (True, False, ())


def test_what_changes_between_the_samples_is_too_fast() -> None:
    assert sketch("sin(100000*x)", -10, 10).is_too_fast
    assert not sketch("sin(10*x)", -10, 10).is_too_fast
    assert not sketch("sqrt(-1-x^2)", -1, 1).is_too_fast


def test_a_crowd_of_places_is_cut_to_the_range() -> None:
    """The kinks 1/(k*pi) are endless at 0."""
    ((low, high),) = sketch("x*abs(sin(1/x))", 0, 1).crowded
    assert 0 <= low < 1e-6 < high < 1


def test_beside_a_hole_of_f_float64_knows_no_higher_derivative() -> None:
    found = sketch("x*sin(1/x)", -1, 1, order=2)
    (hole,) = found.explored.places
    assert (hole.x, hole.spot) == (0, Spot.HOLE)
    ((_, second),) = found.higher
    assert all(place.proved or math.isnan(place.slopes[0]) for place in second.places if place.x == 0)
