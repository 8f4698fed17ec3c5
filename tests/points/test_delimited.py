"""CSV and TSV: which lines are rows, what the bad ones are told, and that one bad row costs no other."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import DataError
from derivcli.model.choices import Form
from derivcli.points.delimited import Delimited
from derivcli.points.told import Told
from tests.every import at_night, examples, for_all
from tests.points.reading import Line, Pieces, lines_of, said

if TYPE_CHECKING:
    from typing import Any

_OPEN = "a quote that is opened here never closes"


_TAB = "\t"


def _csv(data: bytes | str, usual: str = ",", **told: Any) -> Delimited:
    return Delimited(io.BytesIO(data.encode() if isinstance(data, str) else data), "it", Told(**told), usual)


def test_rows_have_their_line_their_cells_and_their_exact_numbers() -> None:
    source = _csv("time [s],x, y \r\n0:01,1.50, 2 \r\n0:02,-0,.5\r\n")
    assert (source.form, source.header) == (Form.CSV, ("time [s]", "x", "y"))
    assert lines_of(source, ("y", "x")) == [
        Line(2, (2.0, 1.5), ["0:01", "1.50", " 2 "], ("2", "1.50")),
        Line(3, (0.5, -0.0), ["0:02", "-0", ".5"], (".5", "-0")),
    ]


def test_the_texts_are_the_lines_unchanged() -> None:
    (rows,) = _csv('a,x\r\n"p ""q""",1\r\nö, 2\r\n"r\r\ns",3\r\nt,u\n').rows(("x",))
    assert rows.records.texts == ['"p ""q""",1', "ö, 2", '"r\r\ns",3', "t,u"]
    assert list(rows.lines) == [2, 3, 4, 6]
    assert rows.records.batch is None


@for_all(
    ("line", "reason"),
    [
        (b"abc,1", "`x`: `abc` is not a number"),
        (b",1", "the cell of `x` is empty"),
        (b"1", "1 cell where the header has 2"),
        (b"1,2,3", "3 cells where the header has 2"),
        (b"1,5,2", "3 cells where the header has 2"),
        (b"", "the line is empty"),
        (b" ", "1 cell where the header has 2"),
        (b"nan,1", "`x`: `nan` is not a number"),
        (b"1,-inf", "`y`: `-inf` is not finite"),
        (b"0x1F,1", "`x`: `0x1F` is not decimal"),
        (b"1_000,1", "`x`: `1_000` is not a number: write 1000"),
        (b'"1,5",1', "`x`: `1,5` is not a number: write 1.5, or add --decimal ,"),
        (b"1e999,1", "`x`: `1e999` is too large for float64"),
        (b"1" * 5000 + b",1", "`x`: the number is too long: 5000 digits, the limit is 4000"),
        (b"1\xff,1", "the line is not UTF-8"),
        (b"1\xe2\x80\xa8,1", "`x`: `1\\u2028` is not a number"),
        (b"1\r,1", "the line contains a carriage return"),
        (b"1,1\r\r", "the line contains a carriage return"),
        (b"1\x00,1", "the line contains a NUL byte"),
        (b'"1,1', _OPEN),
        (b'1,"1', _OPEN),
        (b'"1"2,1', "text follows a closing quote"),
        (b'"1" ,1', "text follows a closing quote"),
        (b'1",2', '`x`: `1"` is not a number'),
        (b'""""', "1 cell where the header has 2"),
    ],
)
@for_all("ending", [b"\n", b"\r\n"])
def test_a_bad_row_says_why_and_costs_no_other(line: bytes, reason: str, ending: bytes) -> None:
    source = _csv(ending.join([b"x,y", b"1,2", line, b"3,4", b"5,6"]) + ending)
    assert said(source, ("x", "y")) == [(2, (1.0, 2.0)), (3, reason), (4, (3.0, 4.0)), (5, (5.0, 6.0))]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (b"abc,1", ["abc", "1"]),
        (b"1,2,3", ["1", "2", "3"]),
        (b"", [""]),
        (b'"1,2', ['"1', "2"]),
        (b"\xff,1", ["\ufffd", "1"]),
    ],
)
def test_a_bad_row_has_the_cells_that_there_are(line: bytes, cells: list[str]) -> None:
    assert lines_of(_csv(b"x,y\n1,2\n" + line + b"\n3,4\n"), ("x",))[1].cells == cells


def test_a_line_that_is_too_long_is_one_bad_row() -> None:
    source = _csv(b"x,y\n1,2\n" + b"9" * 3_000_000 + b"\n3,4\n")
    reason = "the line is too long: the limit is 1048576 bytes"
    assert lines_of(source, ("x",)) == [
        Line(2, (1.0,), ["1", "2"], ("1",)),
        Line(3, reason, []),
        Line(4, (3.0,), ["3", "4"], ("3",)),
    ]


def test_in_one_column_an_empty_line_is_an_empty_cell_but_not_at_the_end() -> None:
    empty = "the cell of `x` is empty"
    assert said(_csv("x\n1\n\n2\n\n\r\n"), ("x",)) == [(2, (1.0,)), (3, empty), (4, (2.0,))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('"a\nb",1\nc,2\n', [Line(2, (1.0,), ["a\nb", "1"], ("1",)), Line(4, (2.0,), ["c", "2"], ("2",))]),
        ('"a\n\n""b"",\n",1\n', [Line(2, (1.0,), ['a\n\n"b",\n', "1"], ("1",))]),
        ('c,"2\n"\n', [Line(2, "`x`: `2\\n` is not a number", ["c", "2\n"])]),
        # It closes, but with the wrong number of cells.
        ('"a\nb",1,2\n', [Line(2, _OPEN, ['"a']), Line(3, "3 cells where the header has 2", ['b"', "1", "2"])]),
        # A good row stands between: it is not swallowed.
        (
            '"a,9\nb,1\nc",2\n',
            [
                Line(2, _OPEN, ['"a', "9"]),
                Line(3, (1.0,), ["b", "1"], ("1",)),
                Line(4, (2.0,), ['c"', "2"], ("2",)),
            ],
        ),
        # The next quote begins a cell of its own.
        ('"a,1\n"b",2\n', [Line(2, _OPEN, ['"a', "1"]), Line(3, (2.0,), ["b", "2"], ("2",))]),
        # It never closes.
        ('"a,1\nb,x\nc,2', [Line(2, _OPEN, ['"a', "1"]), Line(3, "`x`: `x` is not a number", ["b", "x"])]),
    ],
)
def test_a_record_over_several_lines_must_close_well(text: str, lines: list[Line]) -> None:
    source = _csv("note,x\n" + text)
    assert lines_of(source, ("x",))[: len(lines)] == lines


@pytest.mark.parametrize(("inner", "whole"), [(98, True), (99, False)])
def test_a_record_has_a_hundred_lines_at_most(inner: int, whole: bool) -> None:
    text = 'note,x\n"a' + "\n-" * inner + '\n",1\nc,2\n'
    found = said(_csv(text), ("x",))
    assert (found[0] == (2, (1.0,))) is whole
    assert (found[0] == (2, _OPEN)) is not whole
    assert found[-1] == (inner + 4, (2.0,))
    assert len(found) == (2 if whole else inner + 3)


@pytest.mark.parametrize(("length", "whole"), [(65_530, True), (65_531, False)])
def test_a_record_has_64_kib_at_most(length: int, whole: bool) -> None:
    found = said(_csv(f'note,x\n"\n{"-" * length}",1\nc,2\n'), ("x",))
    assert (found[0] == (2, (1.0,))) is whole
    assert found[-1] == (4, (2.0,))


def test_a_block_may_hold_nothing_but_the_beginning_of_a_record() -> None:
    pieces = [b"x,y,n\n1,2,a\n", b'3,4,"b\n', b'c"\n5,6,d\n']
    assert said(Delimited(Pieces(pieces), "it"), ("x", "y")) == [(2, (1.0, 2.0)), (3, (3.0, 4.0)), (5, (5.0, 6.0))]


def test_an_open_quote_in_every_line_costs_every_line_only_itself() -> None:
    found = said(_csv("note,x\n" + '"a,1\nb,2\n' * 2_000), ("x",))
    assert found == [(line, _OPEN if line % 2 == 0 else (2.0,)) for line in range(2, 4_002)]


def test_tsv_has_no_quotes() -> None:
    source = _csv('note\tx\n"a\t1\nb"\t"2"\nc,d\t1,5\n\t3\n', _TAB)
    assert source.form is Form.TSV
    assert lines_of(source, ("x",)) == [
        Line(2, (1.0,), ['"a', "1"], ("1",)),
        Line(3, '`x`: `"2"` is not a number', ['b"', '"2"']),
        Line(4, "`x`: `1,5` is not a number: write 1.5, or add --decimal ,", ["c,d", "1,5"]),
        Line(5, (3.0,), ["", "3"], ("3",)),
    ]


def test_commas_in_tsv_are_not_taken_for_cells() -> None:
    found = said(_csv("x\ty\n1,5\t2\n3\t4,25\n5\t6\n", _TAB), ("x", "y"))
    assert [number for number, point in found if not isinstance(point, str)] == [4]


@for_all(
    ("data", "message", "hint"),
    [
        (
            b"",
            "it is empty",
            "write the names of the columns in the first line, such as x,y, then one row a line;"
            " see deriv --manual files",
        ),
        (b"\xef\xbb\xbf\n\n", "it is empty", None),
        (b"x,y\n", "it has a header and no rows", "write one row a line below the header; see deriv --manual files"),
        (b"x,y\r\n\r\n", "it has a header and no rows", None),
        (b"1,2\n3,4\n", "the first line of it holds numbers, not names", None),
        (b"# a\n# b\n", "it has comments and no rows", None),
        (b"x|y\n1|2\n", "it has one column only: `x|y`", "if `|` separates columns, add --delimiter '|'"),
        (b'"x,y\n1,2\n', "the first line of it is not a header: a quote that is opened here never closes", None),
        (b'"x"a,y\n1,2\n', "the first line of it is not a header: text follows a closing quote", None),
        (
            b"x\ry\n1\r2\n",
            "the first line of it cannot be read: the line contains a carriage return",
            "end each line with a line feed",
        ),
        (
            "x\n1\n".encode("utf-16-le"),
            "the first line of it cannot be read: the line contains a NUL byte",
            "if it is UTF-16, add --encoding utf-16-le or utf-16-be",
        ),
        (
            b"PK\x03\x04\x14\x00\n",
            "the first line of it cannot be read: the line contains a NUL byte",
            "it is a ZIP archive, perhaps a spreadsheet: save it as CSV",
        ),
        (
            b"\xe4,x\n1,2\n",
            "the first line of it cannot be read: the line is not UTF-8",
            "save the file as UTF-8 text, or add --encoding, such as --encoding latin-1",
        ),
        (
            b"x" * 2_000_000,
            "the first line of it is not a header: the line is too long: the limit is 1048576 bytes",
            None,
        ),
    ],
)
def test_a_header_that_cannot_be_used_is_an_error(data: bytes, message: str, hint: str | None) -> None:
    with pytest.raises(DataError) as caught:
        _csv(data)
    assert caught.value.message == message
    assert hint is None or caught.value.hint == hint


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"\xef\xbb\xbfx,y\n1,2\n", ("x", "y")),
        (b'"x","time, in s"\n1,2\n', ("x", "time, in s")),
        (b'x,"two\nlines"\n1,2\n', ("x", "two\nlines")),
        (" µ ,2010,2011, a b \n1,2,3,4\n".encode(), ("μ", "2010", "2011", " a b ")),
    ],
)
def test_headers_are_read_as_people_expect(data: bytes, header: tuple[str, ...]) -> None:
    for source in (_csv(data), Delimited(Pieces(data[i : i + 1] for i in range(len(data))), "it")):
        assert source.header == header
        assert said(source, header[:1])[0][1] == (1.0,)


def test_a_variable_without_a_column_is_an_error() -> None:
    with pytest.raises(DataError) as caught:
        list(_csv("x,Vel\n1,2\n").rows(("vel",)))
    assert (caught.value.message, caught.value.hint) == ("it has no column `vel`", "did you mean `Vel`?")


_CELLS = st.one_of(
    st.sampled_from(["1", "-2.5", "0", "-0", "1e5", " 3 ", "", "abc", "nan", "1,5", "1e999", '"4"', '"', '""', 'a"b']),
    st.sampled_from(
        ['"a', 'b"', '"x,y"', '"p""q"', "\u2028", "\r", "\0", "\udcff", "é", "\n", "\r\n", '"1\n2"', ",", "\t"]
    ),
)
_FILES = st.lists(st.lists(_CELLS, min_size=1, max_size=4).map(",".join), max_size=12).map("\n".join)


@pytest.mark.parametrize("separator", [",", _TAB])
@pytest.mark.parametrize("header", [*at_night("x", "x,y", "n,x"), "a,x,b"])
@examples(20, 300)
@given(text=_FILES, sizes=st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_any_pieces_give_the_same(separator: str, header: str, text: str, sizes: list[int]) -> None:
    data = f"{header}\n1{',1' * header.count(',')}\n{text}\n".replace(",", separator)
    raw = data.encode("utf-8", "surrogateescape")
    variables = [name for name in header.split(",") if name in "xy"]
    starts = [0]
    while starts[-1] < len(raw):
        starts.append(starts[-1] + sizes[len(starts) % len(sizes)])
    pieces = [raw[start:end] for start, end in pairwise(starts)]
    told = Told(separator=separator)
    whole = lines_of(Delimited(io.BytesIO(raw), "it", told), variables)
    cut = lines_of(Delimited(Pieces(pieces), "it", told), variables)
    assert list(map(repr, whole)) == list(map(repr, cut))


@given(st.lists(st.lists(st.text(' ,;"ax1é\t', max_size=4), min_size=3, max_size=3), min_size=1, max_size=6))
def test_cells_are_what_pythons_own_reader_finds(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([["a", "x", "b"], *rows])
    found = [line.cells for line in lines_of(_csv(written.getvalue(), separator=","), ())]
    assert found == list(csv.reader(io.StringIO(written.getvalue())))[1:]


@given(text=_FILES)
def test_every_line_is_a_row_or_belongs_to_one(text: str) -> None:
    raw = f"n,x\n1,1\n{text}\n".encode("utf-8", "surrogateescape")
    source = Delimited(io.BytesIO(raw), "it")
    texts: list[str] = []
    numbers: list[int] = []
    for rows in source.rows(("x",)):
        texts += rows.records.texts or ()
        numbers += rows.lines
    starts = [2]
    for row in texts:
        starts.append(starts[-1] + 1 + row.count("\n"))
    assert numbers == starts[:-1]
    whole = "\n".join(texts).encode("utf-8", "surrogateescape")
    plain = raw.partition(b"\n")[2].replace(b"\r\n", b"\n")
    assert plain.startswith(whole.replace(b"\r\n", b"\n"))
    assert not plain[len(whole.replace(b"\r\n", b"\n")) :].strip(b"\r\n")
