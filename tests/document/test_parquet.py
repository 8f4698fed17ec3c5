"""Parquet of many points."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import Any

import pytest

from derivcli.document import Canvas, Format, exporter
from derivcli.errors import MissingPartError, UsageError
from derivcli.model import Status
from derivcli.model.choices import Form
from derivcli.model.rows import BAD
from tests.document.rows import LINE, SHORT, Lines, Made, answering, mixed, two_rows

arrow = pytest.importorskip("pyarrow")
reader = pytest.importorskip("pyarrow.parquet")


def table(outline: Any, chunks: Any, canvas: Canvas | None = None) -> Any:
    pieces = exporter(Format.PARQUET, to_file=True)(outline, iter(chunks), canvas or Canvas())
    return reader.read_table(io.BytesIO(b"".join(piece for piece in pieces if isinstance(piece, bytes))))


def test_columns_of_text_come_back_with_numbers_and_verdicts() -> None:
    found = table(LINE, mixed().chunks)
    assert found.to_pydict() == {
        "name": ["a", "b", '"c'],
        "x": [1.0, None, 3.0],
        "f": [2.0, None, 6.0],
        "df/dx": [2.0, None, 2.0],
        "status": ["agree", "error", "unverified"],
        "note": [None, f"line 3: {SHORT}", "out of time"],
    }
    assert list(map(str, found.schema.types)) == ["string", "double", "double", "double", "string", "string"]


def test_columns_from_parquet_keep_their_types_and_their_places() -> None:
    batch = arrow.record_batch(
        [arrow.array([7, None], arrow.int16()), arrow.array([1, None], arrow.int32()), arrow.array([[1], []])],
        names=["n", "x", "more"],
    )
    records = Lines(None, [("7", "1", "[1]"), ("", "", "[]")], batch=batch)
    made = Made().add(
        records, [1.0, float("nan")], [2.0, 3.0], [2.0, 2.0], statuses=[Status.AGREE, BAD], bad={1: "empty"}
    )
    outline = replace(LINE, form=Form.PARQUET, header=("n", "x", "more"))
    found = table(outline, made.chunks)
    assert found.schema.types[:3] == batch.schema.types
    assert found.to_pydict()["n"] == [7, None]
    assert found.to_pydict()["f"] == [2.0, None]


def test_variables_with_one_value_are_columns_after_those_of_the_file() -> None:
    outline = replace(answering(LINE, variables=("x", "k")), constants={"k": "3"}, values={"k": 3.0})
    assert table(outline, two_rows().chunks).to_pydict()["k"] == [3.0, 3.0]
    assert table(outline, []).schema.names == ["name", "x", "k", "f", "df/dx", "status", "note"]
    batch = arrow.record_batch([arrow.array(["a"]), arrow.array([1])], names=["name", "x"])
    made = Made().add(Lines(None, [("a", "1")], batch=batch), [1.0], [2.0], [2.0])
    found = table(replace(outline, form=Form.PARQUET), made.chunks)
    assert found.to_pydict() | {"k": [3.0]} == found.to_pydict()


def test_the_bytes_come_as_the_rows_do() -> None:
    pieces = exporter(Format.PARQUET, to_file=True)(LINE, iter(mixed().chunks), Canvas())
    assert next(iter(pieces))


def test_a_file_without_rows_has_its_columns() -> None:
    found = table(LINE, [])
    assert found.schema.names == ["name", "x", "f", "df/dx", "status", "note"]
    assert list(map(str, found.schema.types)) == ["string", "double", "double", "double", "string", "string"]


def test_a_prefix_and_a_clash_are_as_in_csv() -> None:
    assert table(LINE, two_rows().chunks, Canvas(prefix="p_")).schema.names[2:] == [
        "p_f",
        "p_df/dx",
        "p_status",
        "p_note",
    ]
    with pytest.raises(UsageError, match=r"^the column `f` has the name of a computed column$"):
        table(replace(LINE, header=("f", "x")), [])


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPartError, match=r"^parquet needs pyarrow$") as error:
        exporter(Format.PARQUET, to_file=True)
    assert error.value.hint == "pip install 'derivcli[parquet]'"


def test_parquet_needs_a_file() -> None:
    with pytest.raises(UsageError, match=r"^parquet is binary and needs a file$") as error:
        exporter(Format.PARQUET)
    assert error.value.hint == "add --output FILE"
