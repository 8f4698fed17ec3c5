"""How a table of text is written: files as numpy, pandas, R, gnuplot, Excel and others write them.

The numbers are those that these programs were asked to write; the files were made by them, or by hand after them.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import DataError
from derivcli.points.delimited import Delimited
from derivcli.points.told import RUNS, Told
from tests.every import examples
from tests.points.reading import Line, Pieces, lines_of, said

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINTS = [(0.5, 1.0), (-1.5, 2.0)]


def _table(text: str | bytes, usual: str = ",", **told: Any) -> Delimited:
    data = text if isinstance(text, bytes) else text.encode()
    return Delimited(io.BytesIO(data), "it", Told(**told), usual)


_FILES: dict[str, tuple[str, tuple[str, ...], tuple[int, int]]] = {
    "pandas with an index": (",x,y\n0,0.5,1.0\n1,-1.5,2.0\n", ("", "x", "y"), (2, 3)),
    "pandas with tabs": ("\tx\ty\n0\t0.5\t1.0\n1\t-1.5\t2.0\n", ("", "x", "y"), (2, 3)),
    "semicolons": ("x;y\n0.5;1\n-1.5;2\n", ("x", "y"), (2, 3)),
    "Excel's first line": ("sep=;\r\nx;y;a, b\r\n0.5;1;\r\n-1.5;2;\r\n", ("x", "y", "a, b"), (3, 4)),
    "Excel's quoted first line": ('"sep=|"\nx|y\n0.5|1\n-1.5|2\n', ("x", "y"), (3, 4)),
    "trailing commas": ("x,y,\n0.5,1,\n-1.5,2,\n", ("x", "y", ""), (2, 3)),
    "two names alike": ("a,x,y,a\nq,0.5,1,r\ns,-1.5,2,t\n", ("a", "x", "y", "a"), (2, 3)),
    "aligned with blanks": ("     x      y\n   0.5    1.0\n  -1.5    2.0  \n", ("x", "y"), (2, 3)),
    "blanks and carriage returns": ("x y \r\n0.5 1 \r\n-1.5 2 \r\n", ("x", "y"), (2, 3)),
    "tabs in a file of commas": ("x\ty\n0.5\t1\n-1.5\t2\n", ("x", "y"), (2, 3)),
    "units with commas, and tabs": ("x, m\tx\ty\n1\t0.5\t1\n2\t-1.5\t2\n", ("x, m", "x", "y"), (2, 3)),
    "units with blanks": ("x,y,time (s)\n0.5,1,1\n-1.5,2,2\n", ("x", "y", "time (s)"), (2, 3)),
    "R's write.table": ('"x" "y" "g"\n"1" 0.5 1 "a b"\n"2" -1.5 2 "c"\n', ("", "x", "y", "g"), (2, 3)),
    "R's write.table with tabs": ('"x"\t"y"\n"a"\t0.5\t1\n"b"\t-1.5\t2\n', ("", "x", "y"), (2, 3)),
    "R's write.csv": ('"","x","y"\n"1",0.5,1\n"2",-1.5,2\n', ("", "x", "y"), (2, 3)),
    "gnuplot": ("# run 1\n#x   y\n 0.5 1\n\n\n -1.5 2\n", ("x", "y"), (3, 6)),
    "comments": ("# made\n# by hand, in May\nx,y\n0.5,1\n# a break, here\n-1.5,2\n", ("x", "y"), (4, 6)),
    "a row that is commented out": ("# run 1\nx,y\n0.5,1\n#9,9\n-1.5,2\n# end\n", ("x", "y"), (3, 5)),
    "a comment in the middle": ("x,y\n0.5,1\n# a break\n-1.5,2\n", ("x", "y"), (2, 4)),
    "a header with a hash": ("#x,y\n0.5,1\n-1.5,2\n", ("x", "y"), (2, 3)),
    "empty lines before": ("\n\nx,y\n0.5,1\n-1.5,2\n", ("x", "y"), (4, 5)),
    "the minus of typesetters": ("x,y\n0.5,1\n\u22121.5,2\n", ("x", "y"), (2, 3)),
    "carriage returns": ("x,y\r0.5,1\r-1.5,2\r", ("x", "y"), (2, 3)),
}


@pytest.mark.parametrize("kind", _FILES)
@pytest.mark.parametrize("whole", [True, False])
def test_everyday_files_are_read(kind: str, whole: bool) -> None:
    text, header, numbers = _FILES[kind]
    data = text.encode()
    pieces = [data] if whole else [data[k : k + 1] for k in range(len(data))]
    source = Delimited(Pieces(pieces), "it")
    assert source.header == header
    assert said(source, ("x", "y")) == list(zip(numbers, _POINTS, strict=True))


@pytest.mark.parametrize(
    "options",
    [
        {"header": "x y"},
        {"header": "x,y", "delimiter": ","},
        {"header": "x y", "delimiter": ","},
        {"header": "made by hand\nin May 2024, at noon\nx y", "footer": "that is all"},
        {"header": "x\ty", "delimiter": "\t", "fmt": "%g"},
        {"header": "x y", "comments": ""},
        {"header": "x;y", "delimiter": ";", "newline": "\r\n"},
    ],
)
def test_what_numpy_saves_is_read(options: dict[str, Any]) -> None:
    file = io.StringIO()
    np.savetxt(file, np.array(_POINTS), **options)
    source = _table(file.getvalue())
    assert source.header == ("x", "y")
    assert [point for _, point in said(source, ("x", "y"))] == _POINTS


def test_a_spreadsheet_in_german_is_read_with_its_decimal_commas_only_if_that_is_told() -> None:
    text = "x;y\r\n0,5;1\r\n\u22121,5;2,0\r\n1.234,5;3\r\n1.5;4\r\n,5e1;5\r\n"
    assert lines_of(_table(text, decimal=","), ("x", "y")) == [
        Line(2, (0.5, 1.0), ["0,5", "1"], ("0.5", "1")),
        Line(3, (-1.5, 2.0), ["\u22121,5", "2,0"], ("-1.5", "2.0")),
        Line(4, "`x`: `1.234,5` is not a number: write 1234,5", ["1.234,5", "3"]),
        Line(5, "`x`: `1.5` has a point, and --decimal , makes the comma the decimal mark", ["1.5", "4"]),
        Line(6, (5.0, 5.0), [",5e1", "5"], (".5e1", "5")),
    ]
    assert said(_table(text), ("x",))[0] == (2, "`x`: `0,5` is not a number: write 0.5, or add --decimal ,")


def test_decimal_commas_in_quotes_may_stand_between_commas() -> None:
    assert said(_table('x,y\n"0,5","1,0"\n"-1,5",2\n', decimal=","), ("x", "y")) == [
        (2, (0.5, 1.0)),
        (3, (-1.5, 2.0)),
    ]


@pytest.mark.parametrize("count", [1, 9, 300])
def test_columns_of_decimal_commas_are_the_same_as_those_of_points(count: int) -> None:
    numbers = [k * 0.37 - 5 for k in range(count)]
    rows = "".join(f"{number!r};a\n" for number in numbers).replace(".", ",")
    assert [point for _, point in said(_table(f"x;n\n{rows}", decimal=","), ("x",))] == [(n,) for n in numbers]


_TEXTS = st.text("ab ,;:.-#1\u2212é", max_size=5)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@examples(40, 400)
@given(
    st.lists(st.tuples(_TEXTS, _FLOATS, _FLOATS), min_size=1, max_size=30),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([".", ","]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_what_pythons_writer_writes_is_found_out(
    rows: list[tuple[str, float, float]], separator: str, decimal: str, encoding: str
) -> None:
    file = io.StringIO()
    numbers = [(text, *(repr(number).replace(".", decimal) for number in point)) for text, *point in rows]
    csv.writer(file, delimiter=separator).writerows([("x", "n", "y"), *((x, n, y) for n, x, y in numbers)])
    source = _table(file.getvalue().encode(encoding), decimal=decimal)
    assert [point for _, point in said(source, ("x", "y"))] == [(x, y) for _, x, y in rows]


@pytest.mark.parametrize(
    ("text", "separator", "header"),
    [
        ("x:y\n1:2\n", ":", ("x", "y")),
        ("x,y z\n1,2 3\n", RUNS, ("x,y", "z")),
        ("x y,z\n1 2,3\n", ",", ("x y", "z")),
        ("sep=;\nx,y\n1,2\n", ",", ("x", "y")),
    ],
)
def test_a_separator_that_is_told_wins(text: str, separator: str, header: Sequence[str]) -> None:
    assert _table(text, separator=separator).header == header


def test_a_pipe_may_begin_with_many_comments() -> None:
    lines = [b"# comment\n"] * 900 + [b"x\n", b"1\n"]
    assert said(Delimited(Pieces(lines), "it"), ("x",)) == [(902, (1.0,))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x [m]\n1 000\n2 000\n", ("x [m]",)),
        ("x (m)\n1 000\n2 000\n", ("x (m)",)),
        ("# x y\n1,5 2\n2,5 3\n", ("x", "y")),
    ],
)
def test_what_could_be_read_wrongly_is_not_guessed(text: str, found: tuple[str, ...]) -> None:
    source = _table(text)
    assert source.header == found
    reason = "`x`: `1,5` is not a number: write 1.5, or add --decimal ,"
    assert "x" not in found or said(source, ("x", "y"))[0][1] == reason


@pytest.mark.parametrize(
    ("text", "usual", "message", "hint"),
    [
        ("x, m\n1,5\n", "\t", "it has one column only: `x, m`", "if `,` separates columns, add --delimiter ','"),
        ("x;y\n1;5\n", "\t", "it has one column only: `x;y`", "if `;` separates columns, add --delimiter ';'"),
        ("# x [m]\n1 000\n2 000\n", ",", "the first line of it holds numbers, not names", None),
        ("# x\n1,5\n", ",", "the first line of it holds numbers, not names", None),
    ],
)
def test_what_has_no_header_that_is_sure_is_an_error(text: str, usual: str, message: str, hint: str | None) -> None:
    with pytest.raises(DataError) as caught:
        _table(text, usual)
    assert caught.value.message == message
    assert hint is None or caught.value.hint == hint


def test_damaged_rows_are_outvoted() -> None:
    source = _table("x y\n1 2\n3\n4 5 6\n7 8\n9 10\n")
    assert said(source, ("x", "y")) == [
        (2, (1.0, 2.0)),
        (3, "1 cell where the header has 2"),
        (4, "3 cells where the header has 2"),
        (5, (7.0, 8.0)),
        (6, (9.0, 10.0)),
    ]


def test_blanks_in_the_name_of_an_only_column_separate_nothing() -> None:
    source = _table("x (m)\n1\n2\n", names={"x (m)": "x"})
    assert said(source, ("x",)) == [(2, (1.0,)), (3, (2.0,))]


def test_a_row_whose_first_cell_has_a_hash_is_a_row() -> None:
    source = _table("id,x\n#1,5\n#2,abc\n# 3\n")
    assert said(source, ("x",)) == [(2, (5.0,)), (3, "`x`: `abc` is not a number")]


def test_a_row_that_is_one_cell_too_long_is_never_shifted() -> None:
    found = said(_table("x,y\n1,2,\n3,4,\n"), ("x", "y"))
    assert found == [(2, "3 cells where the header has 2"), (3, "3 cells where the header has 2")]
    assert _table("x y\n1 2 3\n4 5 6\n").header == ("x y",)


@pytest.mark.parametrize("mark", [";", "|", RUNS])
def test_the_cells_come_back_as_they_came(mark: str) -> None:
    text = 'x,n\n1.50,"a, b"\n2,c\n'.replace(", ", "\0").replace(",", mark).replace("\0", ", ")
    (rows,) = _table(text, separator=mark).rows(("x",))
    assert rows.records.texts is None
    assert [list(rows.records.cells(k)) for k in range(2)] == [["1.50", "a, b"], ["2", "c"]]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"z": "w"}, "it has no column `z`"),
        ({"x (m)": "y"}, "it has a column `y` already"),
        ({"a": "x"}, "it has two columns `a`: 3 and 4"),
    ],
)
def test_a_name_that_cannot_be_given_is_an_error(names: dict[str, str], message: str) -> None:
    with pytest.raises(DataError) as caught:
        _table("x (m),y,a,a\n1,2,3,4\n", names=names)
    assert caught.value.message == message


def test_a_column_that_is_needed_may_not_stand_twice() -> None:
    with pytest.raises(DataError) as caught:
        list(_table("x,y,x \n1,2,3\n").rows(("x",)))
    assert (caught.value.message, caught.value.hint) == (
        "it has two columns `x`: 1 and 3",
        "give each column its own name",
    )
    with pytest.raises(DataError) as caught:
        list(_table("μ,µ\n1,2\n").rows(("μ",)))
    assert caught.value.message == "it has two columns `μ`: 1 and 2"


def test_a_column_without_a_name_can_be_given_one() -> None:
    assert said(_table(",y\n3,1\n", names={"": "i"}), ("i",)) == [(2, (3.0,))]


@pytest.mark.parametrize(
    ("kind", "passed"), [("gnuplot", 3), ("Excel's first line", 1), ("comments", 3), ("semicolons", 0)]
)
def test_every_line_is_a_row_the_header_or_passed_over(kind: str, passed: int) -> None:
    text, _, _ = _FILES[kind]
    found = list(_table(text).rows(("x", "y")))
    assert sum(rows.passed for rows in found) == passed
    assert sum(map(len, found)) + passed + 1 == text.count("\n")
