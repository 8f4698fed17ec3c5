"""What is known of the floating-point types, held against numpy."""

from __future__ import annotations

import math

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
