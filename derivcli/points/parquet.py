"""Parquet files as sources of points, by way of pyarrow."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from derivcli import parts
from derivcli.errors import DataError, NoRowsError
from derivcli.model.batches import values
from derivcli.model.choices import Form
from derivcli.model.rows import CHUNK, Rows
from derivcli.points.cells import read_number
from derivcli.points.headers import places, read_header
from derivcli.points.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from derivcli.model.rows import Column

_NOTHING = Told()


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
    pyarrow reads a damaged file to an early end without a word, so what it reads is held against what the file says.
    `groups` says how many rows each row group has.
    """

    form = Form.PARQUET

    def __init__(self, stream: BinaryIO, name: str, told: Told = _NOTHING) -> None:
        self._stream, self._name = stream, name
        parquet = _library()
        with _reading(f"{name} cannot be read as Parquet"):
            self._file = parquet.ParquetFile(stream, page_checksum_verification=True)
            names = self._file.schema_arrow.names
        if not names:
            raise DataError(f"{name} has no columns")
        self.header = read_header(names, name, told.names)
        self.groups = dict(enumerate(self._counts()))
        self._first = 1
        if len(self) < 1:
            raise NoRowsError(f"{name} has columns and no rows")

    def __len__(self) -> int:
        return int(self._file.metadata.num_rows)

    def narrow(self, group: int) -> None:
        """Leave only one row group to be read; its rows keep the numbers that they have in the file."""
        self._first += sum(count for index, count in self.groups.items() if index < group)
        self.groups = {group: self.groups[group]}

    def check(self, variables: Sequence[str]) -> None:
        """Raise `DataError` for a variable without a column of numbers."""
        check_types(self._file.schema_arrow, self.header, variables, self._name)

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time, and close the file at the end; raises `DataError` for columns of texts."""
        self.check(variables)
        first = self._first
        try:
            for batch in _gathered(self._batches()):
                with self._to_the_end():
                    rows = rows_of(batch, self.header, variables, first)
                yield rows
                first += len(batch)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._stream.close()

    def _counts(self) -> list[int]:
        """Return how many rows each row group says it has; raises `DataError` where the whole file says otherwise."""
        metadata = self._file.metadata
        counts = [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)]
        if sum(counts) != metadata.num_rows:
            raise self._damaged(f"it says {metadata.num_rows} rows, and its row groups say {sum(counts)}")
        return counts

    def _batches(self) -> Iterator[Any]:
        """Yield the rows, one row group after the other: two that are wrong may together have the right number."""
        for index, count in self.groups.items():
            found = 0
            with self._to_the_end():
                for batch in self._file.iter_batches(CHUNK, row_groups=[index]):
                    found += len(batch)
                    yield batch
            if found != count:
                raise self._damaged(f"row group {index + 1} says {count} rows, and {found} can be read")

    def _to_the_end(self) -> AbstractContextManager[None]:
        return _reading(f"{self._name} cannot be read to its end")

    def _damaged(self, how: str) -> DataError:
        return DataError(f"{self._name} is damaged: {how}", hint="write the file anew, or get another copy of it")


def check_types(schema: Any, header: tuple[str, ...], variables: Sequence[str], what: str) -> None:
    """Raise `DataError` for a variable whose column holds no numbers."""
    import pyarrow.types as kinds

    for name, place in zip(variables, places(header, variables, what), strict=True):
        kind = schema.types[place]
        if not (kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal(kind)):
            raise DataError(
                f"column `{name}` of {what} holds no numbers: its type is {kind}",
                hint="a variable needs integers, floats or decimals",
            )


def _library() -> Any:
    if parts.is_missing("pyarrow"):
        raise parts.missing("pyarrow", "Parquet needs pyarrow")
    return parts.load("pyarrow.parquet")


@contextmanager
def _reading(failed: str) -> Iterator[None]:
    """Raise `DataError` for whatever pyarrow cannot read."""
    from pyarrow import ArrowException

    try:
        yield
    except (ArrowException, OSError, ValueError) as error:  # it raises Python's own too: ValueError for a torn name
        raise DataError(f"{failed}: {_first_line(error)}") from None


def _gathered(batches: Iterable[Any]) -> Iterator[Any]:
    """Put small batches together: a file may have a row group for each few rows, and a chunk costs what it costs."""
    held: list[Any] = []
    count = 0
    for batch in batches:
        if count + len(batch) > CHUNK:
            yield from _joined(held)
            held, count = [], 0
        held.append(batch)
        count += len(batch)
    yield from _joined(held)


def _joined(batches: list[Any]) -> list[Any]:
    """Return the rows of some batches as few batches, none of them empty."""
    if len(batches) > 1:
        from pyarrow import Table

        batches = Table.from_batches(batches).combine_chunks().to_batches()
    return [batch for batch in batches if len(batch)]


def rows_of(batch: Any, header: tuple[str, ...], variables: Sequence[str], first: int) -> Rows:
    """Return the rows of a record batch, of which the first has this number; float64 columns are not copied."""
    columns: dict[str, Column] = {}
    bad: dict[int, str] = {}
    for name in variables:
        columns[name] = _numbers(name, batch.column(header.index(name)), bad)
    for name, column in columns.items() if bad else ():
        columns[name] = np.where(np.isin(np.arange(len(column)), list(bad)), np.nan, column)
    return Rows(range(first, first + len(batch)), columns, BatchRecords(batch, header), bad)


def _numbers(name: str, column: Any, bad: dict[int, str]) -> Column:
    """Return a column as float64, each number rounded once; where there is no finite number, say so in `bad`."""
    import pyarrow
    import pyarrow.types as kinds

    if kinds.is_floating(column.type):
        numbers: Column = column.cast(pyarrow.float64()).to_numpy(zero_copy_only=False)
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
