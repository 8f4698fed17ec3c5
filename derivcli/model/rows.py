"""Many points, and what is known of f at each: columns of numbers, row by row in the order in which they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from derivcli.model.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.model.choices import Form
    from derivcli.model.result import Result

T = TypeVar("T")
Column = Any  # a numpy array of shape (rows,); this module needs the standard library only

CHUNK = 65_536  # rows of a file at a time, with their texts
LONG_CHUNK = 2 * CHUNK  # rows at a time where there are numbers alone: a megabyte a column, which stays in the cache
BAD = "error"  # what stands in the status column of a row that cannot be read
STATUSES: tuple[str, ...] = (*map(str, Status), BAD)  # what a code in a column of statuses means
CODES = {name: code for code, name in enumerate(STATUSES)}


class Records(Protocol):
    """Rows as they came, for the formats that carry them on."""

    @property
    def texts(self) -> Sequence[str] | None:
        """Each row in the form of its source, without the line ending; None where the source is no text.

        The text of a bad row may be anything: use its cells.
        """

    @property
    def batch(self) -> Any:
        """The rows as a pyarrow.RecordBatch where the source is made of such, else None."""

    def cells(self, index: int) -> Sequence[str]:
        """Return the texts of a row's cells, one for each name in the header; of a bad row what there is."""

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate, which stands for exactly that number."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Consecutive rows of a source.

    `lines` says where each row stands: its line in the file, from 1 and with the header, or its number from 1 where
    there is no file. `columns` holds float64 coordinates for each variable that the source gives; a row in `bad` has
    nan there, and the reason. `notes` are what a reader of good rows has to know. `loose` names the columns whose
    coordinates are not rounded once, with bounds on their errors in units of rounding. `passed` counts the lines before
    and between these rows that say nothing: comments, and empty lines that part blocks.
    """

    lines: Sequence[int]
    columns: Mapping[str, Column]
    records: Records
    bad: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    loose: Mapping[str, float] = field(default_factory=dict)
    passed: int = 0

    def __len__(self) -> int:
        return len(self.lines)

    def parts(self, count: int) -> Iterator[Rows]:
        """Yield these rows again, at most `count` at a time."""
        for start in range(0, len(self), count):
            yield self.part(start, min(start + count, len(self)))

    def part(self, start: int, stop: int) -> Rows:
        """Return some of these rows."""
        return Rows(
            lines=self.lines[start:stop],
            columns={name: column[start:stop] for name, column in self.columns.items()},
            records=_Part(self.records, start, stop),
            bad=_within(self.bad, start, stop),
            notes=_within(self.notes, start, stop),
            loose=self.loose,
            passed=0 if start else self.passed,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the records."""

    records: Records
    start: int
    stop: int

    @property
    def texts(self) -> Sequence[str] | None:
        return None if self.records.texts is None else self.records.texts[self.start : self.stop]

    @property
    def batch(self) -> Any:
        return None if self.records.batch is None else self.records.batch.slice(self.start, self.stop - self.start)

    def cells(self, index: int) -> Sequence[str]:
        return self.records.cells(self.start + index)

    def exact(self, index: int, name: str) -> str:
        return self.records.exact(self.start + index, name)


def _mixed(proved: Column, symbolic: Column | None, rows: Column) -> Column:
    """Return the proved numbers in some rows, the symbolic ones in the others; nan where there is neither."""
    if symbolic is None:
        return proved
    mixed = symbolic.copy()
    mixed[rows] = proved[rows]
    return mixed


def _within(known: Mapping[int, T], start: int, stop: int) -> dict[int, T]:
    return {index - start: what for index, what in known.items() if start <= index < stop}


class Source(Protocol):
    """Where points come from."""

    @property
    def form(self) -> Form:
        """What it is made of."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns, in order."""

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time; `variables` are the columns that hold coordinates, the others are carried."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What does not depend on the row.

    `answer` is what the answers for all rows have in common: that without a point, as if all agreed. `form` and
    `header` are those of the source, `constants` the variables that have one value for all rows, as typed. `values` are
    the same as float64.
    """

    answer: Result
    form: Form
    header: tuple[str, ...]
    constants: Mapping[str, str]
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the computed columns: f, or F of an equation, and the derivatives."""
        letter = "f" if self.answer.implicit is None else "F"
        return (letter, *(derivative.name for derivative in self.answer.derivatives))


@dataclass(frozen=True, slots=True)
class Settled:
    """Which rows are settled by proofs, their numbers, and where f is rational: there it is known exactly.

    A row is settled if all witnesses agree about every number of it, and there is no more to be said. `numbers` are the
    float64 nearest to f and to each derivative, nan where that is not proved. It took the worker so many `seconds`;
    `failed` says what went wrong with it, so that no row is settled.
    """

    rows: Column
    numbers: Sequence[Column]
    exact: Column
    seconds: float = 0.0
    failed: tuple[str, ...] = ()

    def part(self, start: int, stop: int) -> Settled:
        """Return what is known of some of the rows."""
        numbers = [column[start:stop] for column in self.numbers]
        return Settled(self.rows[start:stop], numbers, self.exact[start:stop], self.seconds, self.failed)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known at some rows: for f and each derivative a column of float64, nan where there is no number.

    `numbers` are the answers, `autograd` and `symbolic` what these two witnesses say in floating point. `statuses` are
    indices into `STATUSES`. A row of which there is more to say than its numbers is in `results`, whole, and one that
    all witnesses agree about is in `settled`; `notes` are what a reader of other rows has to know. `outside` is what is
    said of f and of each derivative, by their names, where the bounds alone show that f has no real value. `small` are
    rows in which a 0 may stand for a number that is too small for its type.

    Before the witnesses with many digits are asked, a row agrees where autograd's numbers and the symbolic ones do and
    rounding cannot have spoiled them, and is undefined where f surely has no real value, nor around the point: of the
    kind `outside_domain`. The others are unverified.
    """

    rows: Rows
    numbers: Sequence[Column]
    autograd: Sequence[Column]
    symbolic: Sequence[Column | None]
    statuses: Column
    results: Mapping[int, Result] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    settled: Settled | None = None
    outside: Mapping[str, str] = field(default_factory=dict)
    small: Column | None = None

    @property
    def said(self) -> Mapping[int, str]:
        """What there is to say of rows that are not in `results`, and can be read."""
        why = "; ".join(f"{name}: {text}" for name, text in self.outside.items())
        places = self.is_at(Status.UNDEFINED).nonzero()[0].tolist() if why else ()
        unseen = [index for index in places if index not in self.results]
        return {**self.notes, **{k: "; ".join(filter(None, (why, self.notes.get(k)))) for k in unseen}}

    def is_at(self, status: str) -> Column:
        """Tell which rows have a status."""
        return self.statuses == CODES[status]

    @property
    def references(self) -> Sequence[Column | None]:
        """What autograd's numbers are held against: the proved ones where there are such, else the symbolic ones."""
        known = self.settled
        if known is None:
            return self.symbolic
        return [_mixed(*pair, known.rows) for pair in zip(known.numbers, self.symbolic, strict=True)]

    def part(self, start: int, stop: int) -> Answers:
        """Return the answers at some of the rows."""
        return Answers(
            rows=self.rows.part(start, stop),
            numbers=[column[start:stop] for column in self.numbers],
            autograd=[column[start:stop] for column in self.autograd],
            symbolic=[None if column is None else column[start:stop] for column in self.symbolic],
            statuses=self.statuses[start:stop],
            results=_within(self.results, start, stop),
            notes=_within(self.notes, start, stop),
            settled=None if self.settled is None else self.settled.part(start, stop),
            outside=self.outside,
            small=None if self.small is None else self.small[start:stop],
        )
