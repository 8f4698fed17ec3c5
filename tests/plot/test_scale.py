"""Axes: how high, and with which numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.plot.scale import heights, label, labels, ticks
from derivcli.plot.shapes import Curve, Landmark, Piece, Spot

X = np.linspace(-1, 1, 2001)


def curve(y: np.ndarray, *marks: Landmark) -> Curve:
    return Curve("f", None, None, (Piece(X, y),), marks)


def test_a_bounded_curve_is_shown_whole_with_a_margin() -> None:
    assert heights(curve(np.exp(9 * X))) == pytest.approx((np.exp(-9) - 0.06 * np.exp(9), 1.06 * np.exp(9)), rel=1e-3)


def test_a_pole_does_not_flatten_the_rest() -> None:
    pole = Landmark(Spot.POLE, 0.0, -np.inf, np.inf)
    low, high = heights(curve(1 / (X + 1e-9), pole))
    assert 5 < high < 50
    assert -50 < low < -5


def test_the_side_without_a_tail_is_kept_whole() -> None:
    low, _ = heights(curve(1 / (X + 1e-9) ** 2, Landmark(Spot.POLE, 0.0, np.inf, np.inf)))
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


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ([999999997.5, 1e9, 1000000002.5], ["999999997.5", "1000000000", "1000000002.5"]),
        ([100000.0, 102500.0, 105000.0], ["1e5", "1.025e5", "1.05e5"]),
        ([1.00001, 1.000012, 1.000014], ["1.00001", "1.000012", "1.000014"]),
        ([-1e9 - 1, -1e9, -1e9 + 1], ["-1000000001", "-1000000000", "-999999999"]),
        ([0.0, 2.5e11, 5e11], ["0", "2.5e11", "5e11"]),
        ([-1.5e308, 0.0, 1.5e308], ["-1.5e308", "0", "1.5e308"]),
        ([-0.25, 0.0, 0.25], ["-0.25", "0", "0.25"]),
        ([123456.0], ["1.23e5"]),
        ([], []),
    ],
)
def test_numbers_of_an_axis_have_the_digits_that_their_distance_needs(numbers: list[float], texts: list[str]) -> None:
    assert labels(numbers) == texts


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12), st.integers(2, 12))
def test_a_number_of_an_axis_is_where_it_says(low: float, width: float, most: int) -> None:
    found = ticks(low, low + width, most)
    step = min((b - a for a, b in pairwise(found)), default=float("inf"))
    assert all(abs(float(text) - tick) <= step / 500 for text, tick in zip(labels(found), found, strict=True))
