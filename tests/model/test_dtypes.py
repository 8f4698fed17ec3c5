"""What is known of the floating-point types, held against numpy."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

from derivcli.model import Device, Dtype

BOTH = pytest.mark.parametrize("dtype", list(Dtype))


@BOTH
def test_the_digits_are_those_that_the_bits_make(dtype: Dtype) -> None:
    assert dtype.digits == round((np.finfo(dtype).nmant + 1) * math.log10(2))


@BOTH
def test_numbers_agree_within_more_than_rounding_and_far_less_than_one(dtype: Dtype) -> None:
    assert 100 * np.finfo(dtype).eps < dtype.rtol <= 1e-4
    assert dtype.atol < dtype.rtol


def test_float64_on_the_processor_comes_first() -> None:
    assert next(iter(Dtype)) == "float64"
    assert next(iter(Device)) == "cpu"


def test_the_tolerances_are_those_of_the_documentation() -> None:
    assert [(dtype.rtol, dtype.atol) for dtype in Dtype] == [(1e-9, 1e-12), (1e-4, 1e-6)]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("0.1", 0.100000001490116119384765625),  # IEEE 754: 13421773/2^27
        ("-0.1", -0.100000001490116119384765625),
        ("1.000000059604644775390625", 1.0),  # half way between 1 and its neighbour: to the even one
        ("1.00000005960464477539062500000000001", 1.00000011920928955078125),  # float64 rounds it to that half
        ("1.0000001788139343261718749999999999", 1.00000011920928955078125),
        ("1e-46", 0.0),
        ("1.4e-45", 2.0**-149),
        ("3.4028235e38", 3.4028234663852886e38),
        ("3.41e38", math.inf),
        ("-1e400", -math.inf),
        ("0", 0.0),
    ],
)
def test_the_nearest_float32_is_rounded_once(text: str, nearest: float) -> None:
    assert Dtype.FLOAT32.nearest(Decimal(text)) == nearest


def test_the_nearest_float64_is_pythons() -> None:
    assert Dtype.FLOAT64.nearest(Decimal("0.1")) == 0.1
    assert Dtype.FLOAT64.nearest(Decimal("1e400")) == math.inf


@pytest.mark.parametrize(
    "number", ["0.1", "1e38", "0.23208589279588602", "-1e-45", "3.4028235e38", "16777216", "0", "inf"]
)
def test_the_shortest_number_has_the_digits_that_numpy_writes(number: str) -> None:
    single = np.float32(number)
    assert Dtype.FLOAT32.shortest(float(single)) == float(str(single))
    assert Dtype.FLOAT64.shortest(float(single)) == float(single)
