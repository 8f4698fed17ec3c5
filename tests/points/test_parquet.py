"""Parquet files as points."""

from __future__ import annotations

import base64
import io
import re
import sys
from decimal import Decimal
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from derivcli.errors import DataError, MissingPartError
from derivcli.model.choices import Form
from derivcli.points.parquet import Parquet
from tests.points.reading import Line, lines_of, said


def _written(**columns: Any) -> io.BytesIO:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), stream)
    stream.seek(0)
    return stream


_FIFTY = b"\x16\x64"  # the number 50 in the index at the end of a file
_COUNTS = ("the file", "the column", "the row group")  # whose numbers of rows stand there, in this order


def _plain(columns: dict[str, Any], **options: Any) -> bytes:
    """Return a file in which every byte can be told: nothing is compressed."""
    stream = io.BytesIO()
    parquet.write_table(
        pyarrow.table(columns), stream, compression="none", use_dictionary=False, write_statistics=False, **options
    )
    return stream.getvalue()


def _patched(data: bytes, old: bytes, new: bytes, place: int = 0) -> bytes:
    """Change the bytes that stand at one of the places in the index of a file."""
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    found = [match.start() for match in re.finditer(re.escape(old), data[start:])]
    at = start + found[place]
    return data[:at] + new + data[at + len(old) :]


def _refusal(data: bytes) -> tuple[str, str | None]:
    """Return what is said of a file that cannot be read to its end."""
    with pytest.raises(DataError) as caught:
        list(Parquet(io.BytesIO(data), "it").rows(("x",)))
    return caught.value.message, caught.value.hint


def test_integers_floats_and_decimals_are_exact() -> None:
    source = Parquet(
        _written(
            n=["a", None, "c"],
            x=[0.1, -0.0, 1e22],
            k=[2**53 + 1, -1, 0],
            d=[Decimal("0.10"), Decimal("1.25"), Decimal("-3.00")],
        ),
        "it",
    )
    assert (source.form, source.header, len(source)) == (Form.PARQUET, ("n", "x", "k", "d"), 3)
    assert lines_of(source, ("x", "k", "d")) == [
        Line(
            1,
            (0.1, 9007199254740992.0, 0.1),
            ["a", "0.1", "9007199254740993", "0.10"],
            ("0.1", "9007199254740993", "0.10"),
        ),
        Line(2, (-0.0, -1.0, 1.25), ["", "-0.0", "-1", "1.25"], ("-0.0", "-1", "1.25")),
        Line(3, (1e22, 0.0, -3.0), ["c", "1e+22", "0", "-3.00"], ("1e+22", "0", "-3.00")),
    ]


def test_nulls_and_what_is_not_finite_are_bad_rows() -> None:
    source = Parquet(_written(x=[1.0, None, float("nan"), float("inf"), 5.0], k=[1, 2, 3, 4, None]), "it")
    assert said(source, ("x", "k")) == [
        (1, (1.0, 1.0)),
        (2, "the cell of `x` is null"),
        (3, "`x`: `nan` is not a number"),
        (4, "`x`: `inf` is not finite"),
        (5, "the cell of `k` is null"),
    ]


def test_the_batch_is_carried_on() -> None:
    (rows,) = Parquet(_written(x=[1.0, 2.0], t=["a", "b"]), "it").rows(("x",))
    assert rows.records.texts is None
    assert rows.records.batch.to_pydict() == {"x": [1.0, 2.0], "t": ["a", "b"]}


def test_small_types_are_read_as_they_are() -> None:
    stream = _written(x=pyarrow.array([0.1, 0.5], pyarrow.float32()), k=pyarrow.array([1, 255], pyarrow.uint8()))
    assert said(Parquet(stream, "it"), ("x", "k")) == [(1, (0.10000000149011612, 1.0)), (2, (0.5, 255.0))]


def test_long_files_come_in_chunks() -> None:
    found = lines_of(Parquet(_written(x=list(range(80_000))), "it"), ("x",))
    assert [line.number for line in found] == list(range(1, 80_001))
    assert [line.found for line in found[::30_000]] == [(0.0,), (30_000.0,), (60_000.0,)]


@pytest.mark.parametrize("values", [["a", "b"], [True, False], [[1.0], [2.0]]])
def test_a_variable_needs_a_column_of_numbers(values: list[Any]) -> None:
    source = Parquet(_written(x=values), "it")
    with pytest.raises(DataError) as caught:
        list(source.rows(("x",)))
    assert caught.value.message.startswith("column `x` of it holds no numbers: its type is ")
    assert caught.value.hint == "a variable needs integers, floats or decimals"


@pytest.mark.parametrize("data", [b"", b"x,y\n1,2\n", b"PAR1" * 10])
def test_what_is_no_parquet_file_is_an_error(data: bytes) -> None:
    with pytest.raises(DataError) as caught:
        Parquet(io.BytesIO(data), "it")
    assert caught.value.message.startswith("it cannot be read as Parquet: ")


@pytest.mark.parametrize(
    ("whose", "count", "said"),
    [
        ("the file", 49, "it says 49 rows, and its row groups say 50"),
        ("the file", 0, "it says 0 rows, and its row groups say 50"),
        ("the row group", 49, "it says 50 rows, and its row groups say 49"),
        ("the column", 0, "row group 1 says 50 rows, and 0 can be read"),
    ],
)
def test_a_damaged_file_is_an_error_and_no_empty_answer(whose: str, count: int, said: str) -> None:
    data = _plain({"x": [0.5] * 50}, store_schema=False)
    damaged = _patched(data, _FIFTY, bytes([_FIFTY[0], 2 * count]), _COUNTS.index(whose))
    assert _refusal(damaged) == (f"it is damaged: {said}", "write the file anew, or get another copy of it")


def test_row_groups_are_held_against_what_each_of_them_says() -> None:
    data = _plain({"x": [0.5] * 50 + [1.5] * 10}, store_schema=False, row_group_size=50)
    column = _patched(data, _FIFTY, b"\x16\x00")  # of the first row group: the file itself says 60
    assert _refusal(column)[0] == "it is damaged: row group 1 says 50 rows, and 0 can be read"


def test_a_type_that_the_library_does_not_know_is_an_error_of_the_file() -> None:
    schema = pyarrow.schema([("x", pyarrow.int64())]).serialize().to_pybytes()
    assert schema.count(b"\x40\0\0\0") == 1  # the bits of the integer
    text = base64.b64encode(schema)
    torn = base64.b64encode(schema.replace(b"\x40\0\0\0", b"\x40\3\0\0"))
    assert _refusal(_patched(_plain({"x": [1, 2, 3]}), text, torn)) == (
        "it cannot be read as Parquet: Integers with more than 64 bits not implemented",
        None,
    )


def test_a_page_that_is_not_what_was_written_is_an_error() -> None:
    data = bytearray(_plain({"x": [0.5, 1.5]}, write_page_checksum=True))
    data[data.index(b"\0\0\xf8\x3f") + 2] ^= 1  # of 1.5
    assert _refusal(bytes(data))[0].startswith("it cannot be read to its end: could not verify page integrity")


@pytest.mark.parametrize("size", [1, 7, 65_536, 70_000, 100_000])
def test_small_row_groups_make_no_small_chunks(size: int) -> None:
    count = 140_000 if size > 7 else 1_000
    source = Parquet(io.BytesIO(_plain({"x": list(range(count))}, row_group_size=size)), "it")
    chunks = [(list(rows.lines), rows.columns["x"].tolist()) for rows in source.rows(("x",))]
    assert [line for lines, _ in chunks for line in lines] == list(range(1, count + 1))
    assert [x for _, column in chunks for x in column] == list(range(count))
    assert len(chunks) <= 2 * (count // 65_536) + 1


def test_a_file_without_rows_is_an_error() -> None:
    with pytest.raises(DataError) as caught:
        Parquet(_written(x=pyarrow.array([], pyarrow.float64())), "it")
    assert caught.value.message == "it has columns and no rows"


def test_without_pyarrow_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _written(x=[1.0])
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPartError) as caught:
        Parquet(stream, "it")
    assert (caught.value.message, caught.value.hint) == ("Parquet needs pyarrow", "pip install 'derivcli[parquet]'")


def test_a_file_without_columns_is_told_so() -> None:
    with pytest.raises(DataError, match=r"^it has no columns$"):
        Parquet(_written(), "it")


def test_times_to_the_nanosecond_are_carried_as_texts() -> None:
    source = Parquet(_written(x=[1.0], t=pyarrow.array([1_234_567_890_123], pyarrow.timestamp("ns"))), "it")
    (rows,) = source.rows(("x",))
    assert rows.records.cells(0) == ["1.0", "1970-01-01 00:20:34.567890123"]
