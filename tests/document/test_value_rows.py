"""Bare answers of many points, and the door of the room."""

from __future__ import annotations

import pytest

from derivcli.document import Format, exporter
from derivcli.errors import UsageError
from derivcli.model import Derivative
from tests.document.rows import LINE, Lines, Made, answering, mixed, written


def test_each_row_is_a_line_and_what_cannot_be_read_is_nan() -> None:
    assert written(Format.VALUE, LINE, mixed().chunks) == "2.0\nnan\n2.0\n"


def test_derivatives_stand_apart_by_tabs() -> None:
    outline = answering(LINE, derivatives=(*LINE.answer.derivatives, Derivative(wrt=("y",), name="df/dy")))
    made = Made().add(Lines(["a,1"]), [1.0], [2.0], [2.0], [float("nan")])
    assert written(Format.VALUE, outline, made.chunks) == "2.0\tnan\n"


def test_f_itself_stands_where_there_is_no_derivative() -> None:
    made = Made().add(Lines(["a,1"]), [1.0], [2.0])
    assert written(Format.VALUE, answering(LINE, derivatives=()), made.chunks) == "2.0\n"


def test_latex_shows_one_point_only() -> None:
    with pytest.raises(UsageError, match=r"^latex shows one point only$") as error:
        exporter(Format.LATEX)
    assert error.value.hint == (
        "the formats for many points are table, json, jsonl, csv, tsv, value, markdown, parquet"
    )
