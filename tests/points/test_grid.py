"""Grids: which points they have, in which order, and how exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import PointError
from derivcli.model.choices import Form
from derivcli.model.rows import LONG_CHUNK
from derivcli.points.grid import Grid, number_of
from derivcli.points.places import Axis, Listed, Range

if TYPE_CHECKING:
    from derivcli.model.rows import Rows


def _only(axes: dict[str, Axis]) -> Rows:
    (rows,) = Grid(axes).rows(tuple(axes))
    return rows


def _texts(rows: Rows, name: str) -> list[str]:
    return [rows.records.exact(index, name) for index in range(len(rows))]


def test_decimal_points_are_those_that_people_mean() -> None:
    rows = _only({"x": Range("0", "1", 11)})
    assert rows.columns["x"].tolist() == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    assert _texts(rows, "x") == ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"]
    assert rows.records.cells(3) == ["0.3"]
    assert (rows.lines, rows.bad, rows.records.texts, rows.records.batch) == (range(1, 12), {}, None, None)


@pytest.mark.parametrize(
    ("axis", "texts"),
    [
        (Range("-1", "1", 5), ["-1", "-0.5", "0", "0.5", "1"]),
        (Range("10", "0", 3), ["10", "5", "0"]),
        (Range("0", "1", 4), ["0", "1/3", "2/3", "1"]),
        (Range("0", "-1", 4), ["0", "-1/3", "-2/3", "-1"]),
        (Range("1/3", "2/3", 3), ["1/3", "0.5", "2/3"]),
        (Range("2", "2", 1), ["2"]),
        (Range("1", "e", 3), ["1", "((1)*1 + (e)*1)/2", "e"]),
        (Range("0", "2*pi", 5), ["0", "((0)*3 + (2*pi)*1)/4", "((0)*2 + (2*pi)*2)/4", "((0)*1 + (2*pi)*3)/4", "2*pi"]),
        (Listed(("1", "pi", "2/3")), ["1", "pi", "2/3"]),
    ],
)
def test_each_point_has_a_text_that_is_exactly_it(axis: Axis, texts: list[str]) -> None:
    rows = _only({"x": axis})
    assert _texts(rows, "x") == texts
    numbers = [float(number_of("x", text)[0]) for text in texts]
    np.testing.assert_allclose(rows.columns["x"], numbers, rtol=3e-16, atol=0)


def test_the_last_axis_moves_fastest() -> None:
    axes: dict[str, Axis] = {"x": Range("0", "1", 2), "y": Listed(("5", "7", "6")), "z": Range("3", "2", 2)}
    rows = _only(axes)
    points = list(zip(*(rows.columns[name].tolist() for name in axes), strict=True))
    assert points == list(product([0.0, 1.0], [5.0, 7.0, 6.0], [3.0, 2.0]))
    texts = list(zip(*(_texts(rows, name) for name in axes), strict=True))
    assert texts == list(product("01", "576", "32"))
    assert rows.records.cells(4) == ["0.0", "6.0", "3.0"]


def test_chunks_follow_each_other_without_a_seam() -> None:
    grid = Grid({"x": Range("0", "1", 3), "y": Range("0", "69999", 70_000)})
    assert (grid.form, grid.header, len(grid)) == (Form.GRID, ("x", "y"), 210_000)
    chunks = list(grid.rows(grid.header))
    assert [len(chunk) for chunk in chunks] == [LONG_CHUNK, 210_000 - LONG_CHUNK]
    assert [line for chunk in chunks for line in chunk.lines] == list(range(1, 210_001))
    assert np.concatenate([chunk.columns["y"] for chunk in chunks]).tolist() == [*range(70_000)] * 3
    second = chunks[1]
    assert [second.records.exact(140_000 - LONG_CHUNK, name) for name in "xy"] == ["1", "0"]


def test_a_hundred_million_points_cost_no_memory_before_they_are_asked_for() -> None:
    (rows,) = islice(Grid({"x": Range("0", "1", 10**8)}).rows(("x",)), 1)
    assert rows.columns["x"][12_345] == float(Fraction(12_345, 10**8 - 1))


_DECIMALS = st.decimals(min_value=-1000, max_value=1000, places=6).map(str)


@given(_DECIMALS, _DECIMALS, st.integers(2, 300))
def test_every_point_is_the_float_nearest_to_the_exact_one(start: str, stop: str, count: int) -> None:
    rows = _only({"x": Range(start, stop, count)})
    first, last = Fraction(start), Fraction(stop)
    exact = [first + (last - first) * index / (count - 1) for index in range(count)]
    assert rows.columns["x"].tolist() == [float(value) for value in exact]
    assert [number_of("x", text) for text in _texts(rows, "x")] == [(value, True) for value in exact]


@pytest.mark.parametrize(("start", "stop"), [("0", "1"), ("0.1", "0.7"), ("-1e-300", "1e300"), ("0", "2*pi")])
def test_large_counts_are_rounded_once_too(start: str, stop: str) -> None:
    count = 200_003
    ends = [number_of("x", text)[0] for text in (start, stop)]
    for rows in Grid({"x": Range(start, stop, count)}).rows(("x",)):
        for index in (0, 1, len(rows) // 2, len(rows) - 1):
            exact = ends[0] + (ends[1] - ends[0]) * (rows.lines[index] - 1) / (count - 1)
            assert rows.columns["x"][index] == float(exact)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1e400", "the value of `x` is too large for float64: `1e400`"),
        ("1/0", "the value of `x` is not a real number: `1/0`"),
        ("sqrt(-1)", "the value of `x` is not a real number: `sqrt(-1)`"),
    ],
)
def test_a_value_that_is_no_finite_number_is_refused_at_once(text: str, message: str) -> None:
    for axis in (Listed(("1", text)), Range("0", text, 3)):
        with pytest.raises(PointError) as caught:
            Grid({"x": axis})
        assert caught.value.message == message
