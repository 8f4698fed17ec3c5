"""One look tells whether numbers are finite; it may say no where they are, never yes where they are not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from derivcli.witnesses.finite import are_finite


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", [0, 500, 999])
def test_one_number_that_is_not_finite_is_seen(odd: float, place: int) -> None:
    column = np.linspace(-1, 1, 1000)
    assert are_finite(column)
    column[place] = odd
    assert not are_finite(column)


def test_infinities_do_not_cancel_and_nothing_is_finite() -> None:
    assert not are_finite(np.array([math.inf, -math.inf]))
    assert are_finite(np.empty(0))


def test_a_sum_beyond_float64_may_say_no() -> None:
    assert not are_finite(np.array([1e308, 1e308]))
