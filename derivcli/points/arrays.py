"""Points that are there already, as arrays of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.errors import PointError
from derivcli.model.choices import Form
from derivcli.model.rows import LONG_CHUNK, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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


def _bad(columns: Mapping[str, Any]) -> dict[int, str]:
    finite = np.logical_and.reduce([np.isfinite(column) for column in columns.values()])
    return {k: _reason(columns, k) for k in np.flatnonzero(~finite).tolist()}


def _column(name: str, numbers: Any) -> Any:
    detached = numbers.detach().cpu() if hasattr(numbers, "detach") else numbers
    try:
        found = np.asarray(detached)
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


def _holds_others(objects: Any) -> bool:
    """Tell whether there are objects that numpy takes for numbers, and people do not."""
    return objects.dtype == object and any(isinstance(x, (bool, str, bytes)) for x in objects.flat)


def _reason(columns: Mapping[str, Any], index: int) -> str:
    name = next(name for name, column in columns.items() if not np.isfinite(column[index]))
    return f"`{name}` is not finite: {columns[name][index]}"
