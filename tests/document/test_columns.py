"""The columns that every format of rows shares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from derivcli.document import columns
from derivcli.errors import UsageError
from derivcli.model.choices import Form
from tests.document.rows import LINE, Lines, Made, answering
from tests.document.samples import CORNER

if TYPE_CHECKING:
    from derivcli.model.rows import Answers


def two() -> Answers:
    """Return a row at a kink, and one that cannot be read."""
    made = Made().add(
        Lines(["a,0", "b"]), [0.0, 0.0], [0.0, 0.0], [1.0, 1.0], bad={1: "there is no x"}, results={0: CORNER}
    )
    return made.chunks[0]


def test_the_columns_of_a_file_come_first_then_constants_then_what_is_computed() -> None:
    outline = replace(answering(LINE, variables=("x", "y")), values={"y": 2.0})
    assert columns.header(outline, "") == ["name", "x", "y", "f", "df/dx", "status", "note"]
    assert columns.header(replace(outline, form=Form.GRID), "") == ["x", "y", "f", "df/dx", "status", "note"]
    assert columns.held(outline) == {"y": 2.0}


def test_a_computed_column_takes_no_name_that_is_taken() -> None:
    assert columns.computed(["x"], ["f"], "out_") == ["out_f", "out_status", "out_note"]
    with pytest.raises(UsageError, match="the variable `f` has the name of a computed column"):
        columns.computed(["f"], ["f"], "")


def test_a_row_that_cannot_be_read_has_no_numbers_and_all_its_cells() -> None:
    assert columns.numbers(two(), "-") == [["0.0", "-"], ["1.0", "-"]]
    assert columns.fitted(two().rows, 1, 2) == ["b", ""]


def test_rows_have_remarks_where_there_is_something_to_say() -> None:
    remarks = columns.remarks(two())
    assert remarks[0].startswith("df/dx: the slope jumps here")
    assert remarks[1] == "line 3: there is no x"
