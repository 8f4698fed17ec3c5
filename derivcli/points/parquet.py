"""Parquet files as sources of points, by way of pyarrow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from derivcli import parts
from derivcli.errors import DataError
from derivcli.model.batches import values
from derivcli.model.rows import CHUNK, Form, Rows
from derivcli.points.cells import read_number
from derivcli.points.headers import places, read_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.model.rows import Column

_EXACT = 2**53  # up to here every integer is a float64


@dataclass(frozen=True)
class BatchRecords:
    """The rows of a record batch."""

    batch: Any
    header: tuple[str, ...]
    texts: None = None

    @cached_property
    def _columns(self) -> list[Sequence[str]]:
        return [[_cell(value) for value in values(column)] for column in self.batch.columns]

    def cells(self, index: int) -> Sequence[str]:
        """Return the values of a row as texts, nothing for null."""
        return [column[index] for column in self._columns]

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate: an integer or a decimal as it is, a float as its shortest text."""
        return _cell(self.batch.column(self.header.index(name))[index].as_py())


class Parquet:
    """A Parquet file; its rows can be read once.

    When it is made it raises `MissingPartError` without pyarrow, `DataError` for what is no Parquet or has no rows.
    """

    form = Form.PARQUET

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        parquet = _library()
        try:
            self._file = parquet.ParquetFile(stream)
        except (OSError, ValueError) as error:  # pyarrow's own errors are of these
            raise DataError(f"{name} is not a Parquet file: {_first_line(error)}") from None
        if not self._file.schema_arrow.names:
            raise DataError(f"{name} has no columns")
        self._header = read_header(self._file.schema_arrow.names, name)
        if not self._file.metadata.num_rows:
            raise DataError(f"{name} has columns and no rows")

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._header

    def __len__(self) -> int:
        return int(self._file.metadata.num_rows)

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time, and close the file at the end; raises `DataError` for columns of texts."""
        self._check_types(variables)
        first = 1
        try:
            for batch in self._batches():
                yield _rows(batch, self._header, variables, first)
                first += len(batch)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._stream.close()

    def _batches(self) -> Iterator[Any]:
        try:
            yield from (batch for batch in self._file.iter_batches(CHUNK) if len(batch))
        except (OSError, ValueError) as error:
            raise DataError(f"{self._name} cannot be read to its end: {_first_line(error)}") from None

    def _check_types(self, variables: Sequence[str]) -> None:
        import pyarrow.types as kinds

        schema = self._file.schema_arrow
        for name, place in zip(variables, places(self._header, variables, self._name), strict=True):
            kind = schema.types[place]
            if not (kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal(kind)):
                raise DataError(
                    f"column `{name}` of {self._name} holds no numbers: its type is {kind}",
                    hint="a variable needs integers, floats or decimals",
                )


def _library() -> Any:
    if parts.is_missing("pyarrow"):
        raise parts.missing("pyarrow", "Parquet needs pyarrow")
    return parts.load("pyarrow.parquet")


def _rows(batch: Any, header: tuple[str, ...], variables: Sequence[str], first: int) -> Rows:
    columns: dict[str, Column] = {}
    bad: dict[int, str] = {}
    for name in variables:
        columns[name] = _numbers(name, batch.column(header.index(name)), bad)
    if bad:
        for column in columns.values():
            column[list(bad)] = np.nan
    return Rows(range(first, first + len(batch)), columns, BatchRecords(batch, header), bad)


def _numbers(name: str, column: Any, bad: dict[int, str]) -> Column:
    """Return a column as float64, each number rounded once; where there is no finite number, say so in `bad`."""
    import pyarrow
    import pyarrow.types as kinds

    if kinds.is_floating(column.type):
        numbers = np.array(column.cast(pyarrow.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
        if column.null_count == 0 and np.isfinite(numbers).all():
            return numbers
    elif kinds.is_integer(column.type) and column.null_count == 0:
        return column.to_numpy(zero_copy_only=False).astype(np.float64)
    return _one_by_one(name, column.to_pylist(), bad)


def _one_by_one(name: str, values: Sequence[Any], bad: dict[int, str]) -> Column:
    numbers = np.full(len(values), math.nan)
    for index, value in enumerate(values):
        number = f"the cell of `{name}` is null" if value is None else read_number(name, _cell(value))
        if isinstance(number, str):
            bad.setdefault(index, number)
        else:
            numbers[index] = number
    return numbers


def _cell(value: Any) -> str:
    """Return the text of a value, of a number one that the language reads."""
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(".")
