"""The simplest number in an interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.language.simplest import simplest

if TYPE_CHECKING:
    from fractions import Fraction


@pytest.mark.parametrize(
    ("number", "text", "is_exact"),
    [
        (0.0, "0", True),
        (0.5, "1/2", True),
        (0.1, "1/10", False),
        (-2.0, "-2", True),
        (math.pi, "pi", False),
        (-math.pi / 2, "-pi/2", False),
        (3 * math.pi / 4, "3*pi/4", False),
        (math.sqrt(2), "sqrt(2)", False),
        (-math.sqrt(0.5), "-sqrt(1/2)", False),
        (math.log(2), "log(2)", False),
        (-math.log(1.5), "-log(3/2)", False),
        (math.e, "e", False),
        (math.exp(-2), "exp(-2)", False),
    ],
)
def test_a_float_is_written_as_a_person_would(number: float, text: str, is_exact: bool) -> None:
    found = simplest(number, number)
    assert found is not None
    assert found.value == pytest.approx(number, rel=1e-15)
    assert (found.text, found.is_exact) == (text, is_exact)


@pytest.mark.parametrize("number", [2.718281828, 1e300, 1e-9, 0.6180339887498949])
def test_a_number_that_is_not_simple_stays_without_a_text(number: float) -> None:
    assert simplest(number, number) is None


@given(st.fractions(-1000, 1000, max_denominator=1000), st.floats(1e-12, 1e-9))
def test_every_simple_fraction_is_found_again(number: Fraction, near: float) -> None:
    found = simplest(float(number) - near, float(number) + near)
    assert found is not None
    assert found.text == str(number)


@given(st.floats(-1e6, 1e6), st.floats(0, 1))
def test_what_is_found_lies_in_the_interval(low: float, width: float) -> None:
    found = simplest(low, low + width)
    room = 4 * max(math.ulp(low), math.ulp(low + width))
    assert found is None or low - room <= found.value <= low + width + room
