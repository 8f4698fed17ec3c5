"""What many rows come to: how many of each status, the largest error, kinks and gaps, what could not be read."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from derivcli.model.rows import STATUSES
from derivcli.model.statuses import Kind, Status
from derivcli.model.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.model.result import Result
    from derivcli.model.rows import Answers, Column

OUTSIDE = Value(status=Status.UNDEFINED, kind=Kind.OUTSIDE_DOMAIN)  # what the bounds alone know of a row
KEPT = 3  # of each kind of finding
MOST_NOTES = 100  # different ones that are counted: those of a file may be different in every row
_ODD = (Status.DIFFER, Status.NOT_DIFFERENTIABLE, Status.UNDEFINED)
_FAR = 1e150  # numpy warns of what overflows; nothing within these bounds does


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its line, and the coordinates that the source gives."""

    line: int
    at: dict[str, float]


@dataclass(frozen=True, slots=True)
class Error:
    """A relative error of autograd's, of the number with this index: 0 is f, then the derivatives."""

    size: float
    number: int
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A row where something is odd, and the number of which that is said."""

    place: Place
    number: int
    value: Value


@dataclass(slots=True)
class Tally:
    """Counts rows as they come; of what is found it keeps the first few of each kind.

    `passed` counts lines of the source that say nothing, `proved` the rows of which every number is proved. `exact`
    says that autograd's numbers were those of the reference wherever the two were compared. `notes` are what is said
    of rows as a whole.
    """

    rows: int = 0
    passed: int = 0
    proved: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    worst: Error | None = None
    exact: bool = True
    kinds: Counter[tuple[Status, Kind | None]] = field(default_factory=Counter)
    findings: dict[tuple[Status, Kind | None], list[Finding]] = field(default_factory=dict)
    unreadable: list[tuple[int, str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def all_agree(self) -> bool:
        """Whether there is no row of which anything else is said than that the witnesses agree."""
        return self.counts[Status.AGREE] == self.rows

    def counted(self, answers: Iterable[Answers]) -> Iterator[Answers]:
        """Give the answers on, each counted before it is given."""
        for chunk in answers:
            self.add(chunk)
            yield chunk

    def add(self, answers: Answers) -> None:
        """Count these rows."""
        self.rows += len(answers.rows)
        self.passed += answers.rows.passed
        self._count(answers)
        self._compare(answers)
        if answers.settled is not None:
            self.proved += int(answers.settled.rows.sum())
        self._count_outside(answers)
        for index in sorted(answers.results):
            self.proved += _is_proved(answers.results[index])
            self._look(answers, index, answers.results[index])
        for index in sorted(answers.rows.bad)[: KEPT - len(self.unreadable)]:
            self.unreadable.append((answers.rows.lines[index], answers.rows.bad[index]))
        self._note(answers)

    def _note(self, answers: Answers) -> None:
        """Count what is said of rows as a whole."""
        results = answers.results.values()
        of_results = (note for result in results for note in result.notes if note not in result.readings)
        for text, count in Counter(chain(answers.notes.values(), of_results)).items():
            if text in self.notes or len(self.notes) < MOST_NOTES:
                self.notes[text] += count

    def _count(self, answers: Answers) -> None:
        for code, status in enumerate(STATUSES):
            self.counts[status] += int((answers.statuses == code).sum())

    def _compare(self, answers: Answers) -> None:
        """Find the largest error by the proved or symbolic numbers, in rows that are known whole by the reference."""
        for number, reference in enumerate(answers.references):
            if reference is not None:
                found, apart = answers.autograd[number], [*answers.results, *answers.rows.bad]
                differs = (found != reference) & (reference == reference)  # nan is no reference
                differs[apart] = False
                if differs.any():
                    self.exact = False
                    self._remember(answers, *_largest(found, reference, differs), number)
        for index, result in answers.results.items():
            for number, value in enumerate((result.value, *result.derivatives)):
                self.exact = self.exact and not value.abs_error
                self._remember(answers, value.rel_error or 0.0, index, number)

    def _count_outside(self, answers: Answers) -> None:
        """Note the rows that are undefined by the bounds alone."""
        found = answers.is_at(Status.UNDEFINED)
        found[list(answers.results)] = False
        places = found.nonzero()[0].tolist()
        self._found(answers, places, 0, OUTSIDE)

    def _found(self, answers: Answers, places: Sequence[int], number: int, value: Value) -> None:
        """Note rows of which the same is odd."""
        if not places or value.status is None:
            return
        kind = (value.status, value.kind)
        self.kinds[kind] += len(places)
        kept = self.findings.setdefault(kind, [])
        kept += [Finding(_place(answers, index), number, value) for index in places[: KEPT - len(kept)]]

    def _remember(self, answers: Answers, error: float, index: int, number: int) -> None:
        if error > (self.worst.size if self.worst else 0.0):
            self.worst = Error(error, number, _place(answers, index))

    def _look(self, answers: Answers, index: int, result: Result) -> None:
        """Note a row in which something is odd, by the first number of which that is said."""
        if result.status not in _ODD:
            return
        values = enumerate((result.value, *result.derivatives))
        number, value = next((n, v) for n, v in values if v.status is result.status)
        self._found(answers, [index], number, value)


def _is_proved(result: Result) -> bool:
    return all(value.proof for value in (result.value, *result.derivatives))


def _place(answers: Answers, index: int) -> Place:
    at = {name: float(column[index]) for name, column in answers.rows.columns.items()}
    return Place(answers.rows.lines[index], at)


def _largest(found: Column, reference: Column, differs: Column) -> tuple[float, int]:
    """Return the largest relative error and its row; a number that is not finite, or a reference of 0, has none."""
    size, reached = abs(reference), abs(found)
    known = differs & (reached < math.inf) & (size < math.inf) & (size > 0)
    usual = known & (reached < _FAR) & (size < _FAR) & (size > 1 / _FAR)
    rows = usual.nonzero()[0]
    errors = abs(found[rows] - reference[rows]) / size[rows]
    worst = [(float(errors[index]), int(rows[index])) for index in ([errors.argmax()] if len(rows) else ())]
    far = [(_relative(float(found[i]), float(reference[i])), i) for i in (known & ~usual).nonzero()[0].tolist()]
    return max([*worst, *far], default=(0.0, 0), key=lambda pair: pair[0])


def _relative(found: float, reference: float) -> float:
    return abs(found - reference) / abs(reference)
