"""Axes: how high, and with which numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.plot.scale import heights, label, labels, ticks
from derivcli.plot.shapes import Curve, Mark, Piece, Spot

X = np.linspace(-1, 1, 2001)


def curve(y: np.ndarray, *marks: Mark) -> Curve:
    return Curve("f", None, None, (Piece(X, y),), marks)


def test_a_bounded_curve_is_shown_whole_with_a_margin() -> None:
    assert heights(curve(np.exp(9 * X))) == pytest.approx((np.exp(-9) - 0.06 * np.exp(9), 1.06 * np.exp(9)), rel=1e-3)


def test_a_pole_does_not_flatten_the_rest() -> None:
    pole = Mark(Spot.POLE, 0.0, -np.inf, np.inf)
    low, high = heights(curve(1 / (X + 1e-9), pole))
    assert 5 < high < 50
    assert -50 < low < -5


def test_the_side_without_a_tail_is_kept_whole() -> None:
    low, _ = heights(curve(1 / (X + 1e-9) ** 2, Mark(Spot.POLE, 0.0, np.inf, np.inf)))
    assert low < 1.0


@pytest.mark.parametrize(("value", "ends"), [(0.0, (-1, 1)), (5.0, (2.5, 7.5)), (-1e300, (-1.5e300, -0.5e300))])
def test_a_constant_has_room_on_both_sides(value: float, ends: tuple[float, float]) -> None:
    assert heights(curve(np.full(len(X), value))) == pytest.approx(ends)


def test_rounding_is_no_curve() -> None:
    low, high = heights(curve(1 + 1e-16 * np.sin(99 * X)))
    assert (low, high) == pytest.approx((0.5, 1.5))


@given(st.floats(-1e300, 1e300), st.floats(1e-6, 1e6), st.integers(2, 12))
def test_ticks_are_few_in_order_and_inside(low: float, share: float, most: int) -> None:
    high = low + max(abs(low), 1e-300) * share
    found = ticks(low, high, most)
    room = 1e-6 * (high / 2 - low / 2)
    assert len(found) <= most
    assert found == sorted(set(found))
    assert all(low - room <= tick <= high + room for tick in found)
    assert len(set(labels(found))) == len(found)


@pytest.mark.parametrize(
    ("number", "text"), [(0.0, "0"), (-0.25, "-0.25"), (1e-7, "1e-7"), (1e5, "1e5"), (2.5e11, "2.5e11"), (100, "100")]
)
def test_numbers_of_an_axis_are_short(number: float, text: str) -> None:
    assert label(number) == text
