"""CSV and TSV of many points."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.document import Canvas, Format, exporter
from derivcli.errors import UsageError
from derivcli.model.choices import Form
from derivcli.model.rows import BAD
from tests.document.rows import LINE, Lines, Made, answering, mixed, two_rows, written
from tests.document.samples import CORNER, OUT_OF_TIME

TSV = replace(LINE, form=Form.TSV)
GRID = replace(LINE, form=Form.GRID, header=("x",))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_text_of_a_row_is_copied_and_the_answers_follow() -> None:
    assert written(Format.CSV, LINE, two_rows().chunks) == (
        "name,x,f,df/dx,status,note\na,1,2.0,2.0,agree,\nb, 2.50,5.0,2.0,agree,\n"
    )


def test_a_bad_row_keeps_its_place_and_says_what_is_wrong() -> None:
    assert written(Format.CSV, LINE, mixed().chunks) == (
        "name,x,f,df/dx,status,note\n"
        "a,1,2.0,2.0,agree,\n"
        "b,,,,error,line 3: 1 cell where the header has 2\n"
        '"c, d",3,6.0,2.0,unverified,out of time\n'
    )


def test_a_bad_row_with_too_many_cells_is_cut_to_the_header() -> None:
    made = Made().add(Lines(["a,1,2,3"]), [1.0], [2.0], [2.0], bad={0: "4 cells where the header has 2"})
    assert written(Format.CSV, LINE, made.chunks).splitlines()[1] == (
        "a,1,,,error,line 2: 4 cells where the header has 2"
    )


def test_the_header_comes_before_the_first_row_is_asked_for() -> None:
    never = (pytest.fail("a row was asked for") for _ in "x")
    assert next(iter(exporter(Format.CSV)(LINE, never, Canvas()))) == "name,x,f,df/dx,status,note\n"


def test_rows_are_written_as_they_come() -> None:
    pieces = exporter(Format.CSV)(LINE, iter(mixed().chunks), Canvas())
    assert [str(piece).count("\n") for piece in pieces] == [1, 2, 1]


def test_a_grid_has_its_axes_for_columns() -> None:
    made = Made().add(Lines(None), [0.1, 1e22], [2.0, 5.0], [2.0, float("nan")])
    assert written(Format.CSV, GRID, made.chunks) == ("x,f,df/dx,status,note\n0.1,2.0,2.0,agree,\n1e+22,5.0,,agree,\n")
    assert written(Format.TSV, GRID, made.chunks).splitlines()[1] == "0.1\t2.0\t2.0\tagree\t"


HELD = replace(
    answering(LINE, variables=("k", "x", "c")), constants={"c": "3", "k": "pi"}, values={"c": 3.0, "k": 3.25}
)


def test_of_a_grid_the_columns_are_all_variables_in_their_order_as_for_one_point() -> None:
    made = Made().add(Lines(None), [0.5, 1.0], [2.0, 5.0], [2.0, 2.0])
    text = written(Format.CSV, replace(HELD, form=Form.GRID, header=("x",)), made.chunks)
    assert text == "k,x,c,f,df/dx,status,note\n3.25,0.5,3.0,2.0,2.0,agree,\n3.25,1.0,3.0,5.0,2.0,agree,\n"


def test_of_a_file_the_variables_with_one_value_stand_after_its_own_columns() -> None:
    text = written(Format.CSV, HELD, mixed().chunks)
    assert text.splitlines()[:3] == [
        "name,x,k,c,f,df/dx,status,note",
        "a,1,3.25,3.0,2.0,2.0,agree,",
        "b,,3.25,3.0,,,error,line 3: 1 cell where the header has 2",
    ]


def test_a_variable_with_one_value_and_the_name_of_a_computed_column_is_an_error_too() -> None:
    outline = replace(answering(LINE, variables=("x", "f")), constants={"f": "3"}, values={"f": 3.0})
    with pytest.raises(UsageError, match=r"^the variable `f` has the name of a computed column$"):
        written(Format.CSV, outline, [])


def test_rows_in_another_form_are_quoted_where_they_must_be() -> None:
    cells = [('a"b', "1"), ("c,d", "1"), ("e\nf", "1"), (" g ", "1"), ("h\ri", "1")]
    made = Made().add(Lines(None, cells), [1.0] * 5, [2.0] * 5, [2.0] * 5)
    text = written(Format.CSV, replace(LINE, form=Form.JSONL), made.chunks)
    assert [tuple(row[:2]) for row in read(text)[1:]] == cells
    assert text.splitlines()[1] == '"a""b",1,2.0,2.0,agree,'


def test_tsv_has_no_quotes_so_line_ends_and_tabs_become_blanks_which_a_note_says() -> None:
    made = Made().add(
        Lines(None, [("a\tb\r\nc  d\u2028 'e\"", "1"), ("é\u00a0", "1")]), [1.0] * 2, [2.0] * 2, [2.0] * 2
    )
    assert written(Format.TSV, LINE, made.chunks) == (
        "name\tx\tf\tdf/dx\tstatus\tnote\n"
        "a b  c  d  'e\"\t1\t2.0\t2.0\tagree\t`name`: a tab or line break became a blank\n"
        "é\u00a0\t1\t2.0\t2.0\tagree\t\n"
    )


def test_a_note_on_blanks_stands_after_what_else_there_is_to_say() -> None:
    nan, cells = float("nan"), [("a\tb", "1\n"), ("c\td", "x"), ("\t", "1", "more")]
    made = Made().add(
        Lines(None, cells),
        [1.0, nan, nan],
        [2.0, nan, nan],
        [2.0, nan, nan],
        statuses=["unverified", BAD, BAD],
        bad={1: "no number", 2: "too long"},
        notes={0: "out of time"},
    )
    notes = [line.split("\t")[-1] for line in written(Format.TSV, LINE, made.chunks).splitlines()[1:]]
    assert notes == [
        "out of time; `name`, `x`: a tab or line break became a blank",
        "line 3: no number; `name`: a tab or line break became a blank",
        "line 4: too long; `name`: a tab or line break became a blank",
    ]


def test_csv_keeps_tabs_and_line_ends_without_a_note() -> None:
    made = Made().add(Lines(None, [("a\tb\nc", "1")]), [1.0], [2.0], [2.0])
    assert written(Format.CSV, replace(LINE, form=Form.JSONL), made.chunks).endswith('"a\tb\nc",1,2.0,2.0,agree,\n')


def test_a_name_of_a_column_that_tsv_has_no_room_for_is_an_error() -> None:
    with pytest.raises(UsageError) as error:
        written(Format.TSV, replace(LINE, header=("a\tb", "x")), [])
    assert error.value.message == "TSV has no room for the tab or line break in the column `a\\tb`"
    assert error.value.hint == "--format csv has room for it"


def test_a_row_of_tsv_is_copied_into_tsv_and_taken_apart_for_csv() -> None:
    made = Made().add(Lines(["a,\t1"], [("a,", "1")]), [1.0], [2.0], [2.0])
    assert written(Format.TSV, TSV, made.chunks).splitlines()[1] == "a,\t1\t2.0\t2.0\tagree\t"
    assert written(Format.CSV, TSV, made.chunks).splitlines()[1] == '"a,",1,2.0,2.0,agree,'


def test_the_note_of_a_row_that_was_looked_at_closely_is_that_of_its_result() -> None:
    made = Made().add(
        Lines(["a,0"] * 3),
        [0.0] * 3,
        [0.0] * 3,
        [float("nan"), 1.0, 1.0],
        statuses=["not_differentiable", "unverified", "agree"],
        results={0: CORNER, 1: OUT_OF_TIME},
        notes={1: "and, so on"},
    )
    rows = read(written(Format.CSV, LINE, made.chunks))
    assert rows[1][2:] == [
        "0.0",
        "",
        "not_differentiable",
        "df/dx: the slope jumps here, so there is no derivative; autograd's 0 is torch's convention",
    ]
    assert rows[2][-1].endswith("limit reached: the symbolic worker took more than 30 seconds; and, so on")
    assert rows[3][-1] == ""


@pytest.mark.parametrize("name", ["f", "df/dx", "status", "note"])
@pytest.mark.parametrize("form", [Format.CSV, Format.TSV])
def test_an_input_column_with_the_name_of_a_computed_one_is_an_error_with_a_way_out(name: str, form: Format) -> None:
    clash = replace(LINE, header=(name, "x"))
    with pytest.raises(UsageError, match=f"^the column `{name}` has the name of a computed column$") as error:
        written(form, clash, [])
    assert error.value.hint == "add --prefix out_ to rename the computed columns"
    text = written(form, clash, [], Canvas(prefix="out_"))
    assert text.split() == [f"{name},x,out_f,out_df/dx,out_status,out_note"] or form is Format.TSV


def test_names_of_columns_are_quoted_like_any_cell() -> None:
    odd = replace(LINE, header=("time, [s]", "x"))
    assert written(Format.CSV, odd, []) == '"time, [s]",x,f,df/dx,status,note\n'


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.data())
def test_csv_can_be_read_back(cells: list[tuple[str, str]], data: st.DataObject) -> None:
    xs = data.draw(st.lists(st.floats(), min_size=len(cells), max_size=len(cells)))
    notes = data.draw(st.dictionaries(st.integers(0, max(0, len(cells) - 1)), CELLS)) if cells else {}
    bad = data.draw(st.dictionaries(st.integers(0, max(0, len(cells) - 1)), CELLS)) if cells else {}
    made = Made().add(Lines(None, cells), xs, xs, xs, notes=notes, bad=bad)
    rows = read(written(Format.CSV, replace(LINE, form=Form.JSONL), made.chunks))[1:]
    assert [tuple(row[:2]) for row in rows] == cells
    for index, row in enumerate(rows):
        nothing = index in bad or np.isnan(xs[index])
        assert row[2] == ("" if nothing else repr(xs[index]))
        assert row[4] == ("error" if index in bad else "agree")
        assert row[5] == (f"line {index + 2}: {bad[index]}" if index in bad else notes.get(index, ""))
