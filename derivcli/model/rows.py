"""Many points, and what is known of f at each: columns of numbers, row by row in the order in which they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from derivcli.model.result import Result
from derivcli.model.statuses import Status
from derivcli.model.values import Derivative

Column = Any  # a numpy array of shape (rows,); this module needs the standard library only

BAD = "error"  # what stands in the status column of a row that cannot be read
STATUSES: tuple[str, ...] = (*map(str, Status), BAD)  # what a code in a column of statuses means


class Records(Protocol):
    """Rows as they came, cell by cell, for the formats that carry them on."""

    def cells(self, index: int) -> Sequence[str]:
        """Return the texts of a row's cells, one for each name in the header of its source."""

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate, which stands for exactly that number."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Consecutive rows of a source.

    `lines` says where each row stands: its line in the file, from 1 and with the header, or its number from 1 where
    there is no file. `columns` holds float64 coordinates for each variable that the source gives; a row in `bad` has
    nan there, and the reason.
    """

    lines: Sequence[int]
    columns: Mapping[str, Column]
    records: Records
    bad: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Outline:
    """What does not depend on the row.

    `header` names the columns of the source, `constants` are the variables that have one value for all rows, as typed.
    `derivatives` are the symbolic forms, without numbers. `names` are those of the computed columns: f, df/dx, ...
    """

    expression: str
    read_as: str
    latex: str | None
    variables: tuple[str, ...]
    header: tuple[str, ...]
    constants: Mapping[str, str]
    derivatives: tuple[Derivative, ...]
    dtype: str = "float64"
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the numbers: f and its derivatives."""
        return ("f", *(derivative.name for derivative in self.derivatives))


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known at some rows: for f and each derivative a column of float64, nan where there is no number.

    `numbers` are the answers, `autograd` and `symbolic` what these two witnesses say in floating point. `statuses` are
    indices into `STATUSES`. A row that all three witnesses have looked at is in `results`, whole; `notes` are what a
    reader of other rows has to know.
    """

    rows: Rows
    numbers: Sequence[Column]
    autograd: Sequence[Column]
    symbolic: Sequence[Column | None]
    statuses: Column
    results: Mapping[int, Result] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
