"""Arrays as a source of points: numbers as they are, rows that are not finite, columns that do not fit."""

from __future__ import annotations

import math
from array import array
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from derivcli.errors import PointError
from derivcli.language.diagnostics import draw
from derivcli.model.choices import Form
from derivcli.model.rows import LONG_CHUNK
from derivcli.points.arrays import Arrays
from tests.every import for_all

NAN, INF = math.nan, math.inf


def complaint(columns: Any) -> str:
    with pytest.raises(PointError) as caught:
        Arrays(columns)
    return draw(caught.value)


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 2, 3],
        (1.0, 2.0, 3.0),
        range(1, 4),
        array("d", [1, 2, 3]),
        np.array([1, 2, 3]),
        np.array([1, 2, 3], dtype=np.float32),
        np.arange(6)[1::2] / 2 + 0.5,
        torch.tensor([1.0, 2.0, 3.0]),
        torch.tensor([1.0, 2.0, 3.0], requires_grad=True),
        [Decimal(1), Fraction(2), 3],
    ],
    ids=lambda numbers: type(numbers).__name__,
)
def test_whatever_holds_numbers_is_a_column(numbers: Any) -> None:
    source = Arrays({"x": numbers})
    (rows,) = source.rows(("x",))
    assert (source.form, source.header, len(source)) == (Form.GRID, ("x",), 3)
    assert rows.columns["x"].tolist() == [1, 2, 3]
    assert rows.columns["x"].dtype == np.float64
    assert list(rows.lines) == [1, 2, 3]
    assert rows.bad == {}


def test_an_array_of_float64_is_not_copied() -> None:
    numbers = np.array([1.0, 2.0])
    (rows,) = Arrays({"x": numbers}).rows(())
    assert np.shares_memory(rows.columns["x"], numbers)


def test_a_row_that_is_not_finite_is_bad_and_says_which_column() -> None:
    (rows,) = Arrays({"x": [1, NAN, 3, INF], "y": [1, 2, -INF, NAN]}).rows(())
    assert rows.bad == {1: "`x` is not finite: nan", 2: "`y` is not finite: -inf", 3: "`x` is not finite: inf"}


def test_nothing_in_the_place_of_a_number_is_a_bad_row() -> None:
    (rows,) = Arrays({"x": [1, None, 3]}).rows(())
    assert rows.bad == {1: "`x` is not finite: nan"}
    assert rows.columns["x"][[0, 2]].tolist() == [1, 3]


def test_a_float_stands_for_its_shortest_decimal() -> None:
    (rows,) = Arrays({"x": [0.1, 1e300], "y": np.array([1 / 3, 5e-324])}).rows(())
    assert [rows.records.exact(0, name) for name in "xy"] == ["0.1", "0.3333333333333333"]
    assert rows.records.cells(1) == ["1e+300", "5e-324"]
    assert rows.records.texts is None
    assert rows.records.batch is None


def test_many_rows_come_some_at_a_time() -> None:
    chunks = list(Arrays({"x": np.arange(2 * LONG_CHUNK + 5)}).rows(()))
    assert [len(rows) for rows in chunks] == [LONG_CHUNK, LONG_CHUNK, 5]
    assert [rows.lines[0] for rows in chunks] == [1, LONG_CHUNK + 1, 2 * LONG_CHUNK + 1]
    assert chunks[2].columns["x"].tolist() == [float(2 * LONG_CHUNK + k) for k in range(5)]
    assert chunks[2].records.exact(0, "x") == str(float(2 * LONG_CHUNK))


def test_no_rows_are_no_chunks() -> None:
    assert list(Arrays({"x": []}).rows(())) == []
    assert len(Arrays({})) == 0


@for_all(
    ("columns", "said"),
    [
        ({"x": [1, 2], "y": [1]}, "error: the columns have different lengths: x has 2, y has 1"),
        ({"x": ["a", "b"]}, "error: the column `x` must be numbers"),
        ({"x": [1, None, "b"]}, "error: the column `x` must be numbers"),
        ({"x": [[1], [2, 3]]}, "error: the column `x` must be numbers"),
        ({"x": {"a": 1}}, "error: the column `x` must be numbers"),
        ({"x": [1j, 2]}, "error: the column `x` must be numbers"),
        ({"x": np.array([1j, 2])}, "error: the column `x` must be numbers"),
        ({"x": torch.tensor([1j, 2])}, "error: the column `x` must be numbers"),
        ({"x": [1, True, None]}, "error: the column `x` must be numbers"),
        ({"x": [True, False]}, "error: the column `x` must be numbers"),
        ({"x": ["1", "2"]}, "error: the column `x` must be numbers"),
        ({"x": np.array(["2020-01-01"], dtype="datetime64[D]")}, "error: the column `x` must be numbers"),
        ({"x": [10**400]}, "error: the column `x` holds a number beyond float64"),
        ({"x": 3.0}, "error: the column `x` must have one dimension\nhint: flatten it first"),
        ({"x": torch.tensor(3.0)}, "error: the column `x` must have one dimension\nhint: flatten it first"),
        ({"x": [[1, 2], [3, 4]]}, "error: the column `x` must have one dimension\nhint: flatten it first"),
        ({"x": np.zeros((2, 1))}, "error: the column `x` must have one dimension\nhint: flatten it first"),
    ],
)
def test_what_is_no_column_of_numbers_is_refused(columns: Any, said: str) -> None:
    assert complaint(columns) == said
