"""Points that are there already, as arrays of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli import parts
from derivcli.errors import PointError
from derivcli.model.choices import Form
from derivcli.model.rows import LONG_CHUNK, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NUMBERS = frozenset("iufO")  # what numpy calls arrays of numbers, or of objects that may be some


@dataclass(frozen=True)
class ArrayRecords:
    """Some rows of arrays."""

    columns: Mapping[str, Any]
    texts: None = None
    batch: Any = None

    def cells(self, index: int) -> Sequence[str]:
        """Return the coordinates, shortest."""
        return [repr(float(column[index])) for column in self.columns.values()]

    def exact(self, index: int, name: str) -> str:
        """Return the shortest decimal that is this float64."""
        return repr(float(self.columns[name][index]))


class Arrays:
    """A source of points: a column of numbers for each variable, all of one length.

    A number that is not finite makes its row a bad one. Raises `PointError` for columns of different lengths, or that
    are not numbers in one dimension.
    """

    form = Form.GRID

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = {name: _column(name, numbers) for name, numbers in columns.items()}
        lengths = {name: len(column) for name, column in self._columns.items()}
        if len(set(lengths.values())) > 1:
            said = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            raise PointError(f"the columns have different lengths: {said}")

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time; each column is a variable, so `variables` changes nothing."""
        del variables
        for first in range(0, len(self), LONG_CHUNK):
            columns = {name: column[first : first + LONG_CHUNK] for name, column in self._columns.items()}
            bad = _bad(columns)
            lines = range(first + 1, min(first + LONG_CHUNK, len(self)) + 1)
            yield Rows(lines, columns, ArrayRecords(columns), bad)


def columns_of(table: Any, is_needed: Callable[[frozenset[str]], Iterable[str]]) -> Any:
    """Return the columns that are needed of a table that gives an Arrow stream; anything else as it is.

    `is_needed` chooses among the names. Raises `MissingPartError` where pyarrow, which reads the stream, is missing.
    """
    if isinstance(table, Mapping) or not hasattr(table, "__arrow_c_stream__"):
        return table
    if parts.is_missing("pyarrow"):
        raise parts.missing("pyarrow", "a table needs pyarrow")
    arrow: Any = parts.load("pyarrow")
    found = arrow.table(table)
    names = frozenset(found.column_names)
    return {name: found.column(name).combine_chunks() for name in is_needed(names) if name in names}


def _bad(columns: Mapping[str, Any]) -> dict[int, str]:
    finite = np.logical_and.reduce([np.isfinite(column) for column in columns.values()])
    return {k: _reason(columns, k) for k in np.flatnonzero(~finite).tolist()}


def _column(name: str, numbers: Any) -> Any:
    try:
        found = _array(numbers)
        if found.dtype.kind not in _NUMBERS or _holds_others(found):
            raise TypeError
        column = np.ascontiguousarray(found, dtype=np.float64)
    except OverflowError as error:
        raise PointError(f"the column `{name}` holds a number beyond float64") from error
    except (TypeError, ValueError) as error:
        raise PointError(f"the column `{name}` must be numbers") from error
    if found.ndim != 1:
        raise PointError(f"the column `{name}` must have one dimension", hint="flatten it first")
    return column


def _array(numbers: Any) -> Any:
    """Return numbers as an array of numpy's, of the same memory where that can be had."""
    if hasattr(numbers, "detach"):
        return np.asarray(numbers.detach().cpu())
    if hasattr(numbers, "__dlpack__") and not hasattr(numbers, "__array__"):
        return np.from_dlpack(numbers)
    return np.asarray(numbers)


def _holds_others(objects: Any) -> bool:
    """Tell whether there are objects that numpy takes for numbers, and people do not."""
    return objects.dtype == object and any(isinstance(x, (bool, str, bytes)) for x in objects.flat)


def _reason(columns: Mapping[str, Any], index: int) -> str:
    name = next(name for name, column in columns.items() if not np.isfinite(column[index]))
    return f"`{name}` is not finite: {columns[name][index]}"
