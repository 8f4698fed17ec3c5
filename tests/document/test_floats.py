"""Columns of numbers as texts."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.document import floats
from derivcli.document.floats import spelled

EDGES = [1e-4, 1e-5, 1e-6, 1e-9, 1e-10, 1e15, 1e16, 1e17, 1e21, 1e22, 1e100, 5e-324, 1.7976931348623157e308]
AROUND = [n for edge in EDGES for n in (edge, -edge, math.nextafter(edge, 0), math.nextafter(edge, math.inf))]
ANY = st.integers(0, 2**64 - 1).map(lambda bits: struct.unpack("d", struct.pack("Q", bits))[0])
MODEST = st.builds(lambda digits, power: digits * 10.0**power, st.integers(-999, 999), st.integers(-14, 24))


@pytest.fixture(params=["_plainly", "_by_orjson"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("orjson")
    monkeypatch.setattr(floats, "_WAY", getattr(floats, request.param))


def expected(numbers: list[float]) -> list[str]:
    return ["" if math.isnan(number) else repr(number) for number in numbers]


def test_numbers_are_spelled_as_python_spells_them() -> None:
    numbers = [0.0, -0.0, 1.0, 0.1, *AROUND, math.inf, -math.inf, math.nan]
    assert spelled(np.array(numbers)) == expected(numbers)


@given(numbers=st.lists(ANY | MODEST | st.floats(), max_size=8))
def test_any_number_is_spelled_as_python_spells_it(numbers: list[float]) -> None:
    for way in (floats._plainly, floats._by_orjson):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(floats, "_WAY", way)
            assert spelled(np.array(numbers, float)) == expected(numbers)


def test_what_stands_for_no_number_and_for_infinities_can_be_chosen() -> None:
    column = np.array([math.nan, -math.inf, math.inf, 1.0])
    assert spelled(column, "null", ("-x, y", "x, y")) == ["null", "-x, y", "x, y", "1.0"]


def test_a_column_that_is_not_contiguous_or_of_another_type_will_do() -> None:
    assert spelled(np.arange(6.0)[::2]) == ["0.0", "2.0", "4.0"]
    assert spelled(np.array([1, 2])) == ["1.0", "2.0"]
