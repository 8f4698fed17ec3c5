"""Parquet of many points: the input columns with their types, numbers as float64, null where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli import parts
from derivcli.document.columns import distinct, fitted, header, held, inputs, remarks
from derivcli.model.rows import CHUNK, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.document.formats import Canvas
    from derivcli.model.rows import Answers, Column, Outline, Rows


def check() -> None:
    """Raise `MissingPartError` where the library is not installed."""
    if parts.is_missing("pyarrow"):
        raise parts.missing("pyarrow", "parquet needs pyarrow")


def file(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[bytes]:
    """Give the bytes of the file, a group of rows at a time. Raises `UsageError` where names of columns clash."""
    arrow: Any = parts.load("pyarrow")
    bytes_ = _Bytes()
    writer: Any = None
    for table in _regular(arrow, batches(outline, answers, canvas.prefix)):
        writer = writer or _writer(arrow, bytes_, table.schema)
        writer.write_table(table)
        yield bytes_.taken()
    if writer is None:
        writer = _writer(arrow, bytes_, _schema(arrow, outline, distinct(header(outline, canvas.prefix))))
    writer.close()
    yield bytes_.taken()


def _regular(arrow: Any, found: Iterable[Any]) -> Iterator[Any]:
    """Give rows in tables of one size, however they came: a clock may have cut them, and each becomes a row group."""
    held: list[Any] = []
    count = 0
    for batch in found:
        held.append(batch)
        count += len(batch)
        while count >= CHUNK:
            table = arrow.Table.from_batches(held)
            yield table.slice(0, CHUNK).combine_chunks()
            held, count = table.slice(CHUNK).to_batches(), count - CHUNK
    if count:
        yield arrow.Table.from_batches(held).combine_chunks()


def batches(outline: Outline, answers: Iterator[Answers], prefix: str = "") -> Iterator[Any]:
    """Give the rows as record batches. Raises `UsageError` where names of columns clash."""
    arrow: Any = parts.load("pyarrow")
    names = distinct(header(outline, prefix))
    for chunk in answers:
        yield arrow.record_batch(_columns(arrow, outline, chunk), names=names)


def no_rows(outline: Outline, schema: Any, prefix: str = "") -> Any:
    """Return the answer for no rows of a schema: a record batch with all columns, and nothing in them."""
    arrow: Any = parts.load("pyarrow")
    names = distinct(header(outline, prefix))
    computed = _schema(arrow, outline, names).types[len(inputs(outline)) :]
    kinds = [*schema.types, *(arrow.float64() for _ in held(outline)), *computed]
    return arrow.record_batch([arrow.array([], kind) for kind in kinds], names=names)


class _Bytes:
    """A file to pyarrow, from which what has been written can be taken at any time."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._place = 0

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self._place += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """What has been written can still be taken."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _writer(arrow: Any, target: _Bytes, schema: Any) -> Any:
    return parts.load("pyarrow.parquet").ParquetWriter(arrow.PythonFile(target, "w"), schema)


def _columns(arrow: Any, outline: Outline, chunk: Answers) -> list[Any]:
    """Return the input columns and the computed ones."""
    found = chunk.statuses.tolist()
    notes: list[str | None] = [None] * len(found)
    for index, text in remarks(chunk).items():
        notes[index] = text
    numbers = [_readable(column, chunk.rows) for column in chunk.numbers]
    return [
        *_input(arrow, outline, chunk.rows),
        *(_numbers(arrow, column) for column in numbers),
        arrow.array([STATUSES[code] for code in found], arrow.string()),
        arrow.array(notes, arrow.string()),
    ]


def _input(arrow: Any, outline: Outline, rows: Rows) -> list[Any]:
    """Return the columns that came: as they are from Parquet, else variables as numbers and all others as texts."""
    known = {**rows.columns, **{name: np.full(len(rows), value) for name, value in held(outline).items()}}
    if rows.records.batch is not None:
        return [*rows.records.batch.columns, *(_numbers(arrow, known[name]) for name in held(outline))]
    carried = _texts(outline, rows) if set(outline.header) - set(rows.columns) else ()
    return [
        _numbers(arrow, known[name]) if name in known else arrow.array(carried[place], arrow.string())
        for place, name in enumerate(inputs(outline))
    ]


def _texts(outline: Outline, rows: Rows) -> list[tuple[str, ...]]:
    """Return the cells column by column."""
    count = len(outline.header)
    cells = [fitted(rows, index, count) for index in range(len(rows))]
    return list(zip(*cells, strict=True)) if cells else [()] * count


def _numbers(arrow: Any, column: Column) -> Any:
    return arrow.array(np.asarray(column, np.float64), from_pandas=True)


def _readable(column: Column, rows: Rows) -> Column:
    """Return a column of answers with none for a row that could not be read."""
    numbers = np.array(column, np.float64)
    numbers[list(rows.bad)] = np.nan
    return numbers


def _schema(arrow: Any, outline: Outline, names: list[str]) -> Any:
    """Return what the columns of a file without rows are."""
    number, text = arrow.float64(), arrow.string()
    given = [number if name in outline.answer.variables else text for name in inputs(outline)]
    return arrow.schema(list(zip(names, [*given, *(number for _ in outline.names), text, text], strict=True)))
