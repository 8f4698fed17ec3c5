"""What the table and Markdown show of many points: the first and the last rows, and in words what they come to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from derivcli.model import Derivative, Result, Status, Value
from derivcli.model.rows import BAD, STATUSES, Form
from derivcli.model.tally import Tally
from derivcli.render import words
from derivcli.render.names import Part, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model.rows import Answers, Outline, Rows
    from derivcli.model.tally import Finding, Place

SHOWN = 5  # rows at each end
_LONGEST = 24  # characters of a coordinate
_LESS = "..."
_WORST = (*reversed(Status), BAD)


class Row(NamedTuple):
    """A row that is shown: where it stands, its coordinates, its numbers, and what is said of it."""

    line: int
    point: tuple[str, ...]
    numbers: tuple[float | None, ...]
    verdict: str
    status: str


class Fact(NamedTuple):
    """Something there is to say of all rows: a label and sentences."""

    label: str
    sentences: tuple[str, ...]


@dataclass(slots=True)
class Summary:
    """Looks at all rows and keeps the few that are shown."""

    outline: Outline
    unicode: bool = False
    tally: Tally = field(default_factory=Tally)
    first: list[Row] = field(default_factory=list)
    last: deque[Row] = field(default_factory=lambda: deque(maxlen=SHOWN))

    def read(self, answers: Iterator[Answers]) -> Summary:
        """Look at all rows, and return this."""
        for chunk in self.tally.counted(answers):
            ahead = min(SHOWN - len(self.first), len(chunk.rows))
            self.first += self._rows(chunk, range(ahead))
            self.last.extend(self._rows(chunk, range(max(ahead, len(chunk.rows) - SHOWN), len(chunk.rows))))
        return self

    @property
    def part(self) -> Part:
        """The function itself, without a point."""
        o = self.outline
        known = Result(o.expression, o.read_as, o.variables, None, Value(), o.derivatives, Status.AGREE)
        return parts(replace(known, implicit=o.implicit))[0]

    @property
    def names(self) -> list[str]:
        """What f and its derivatives are called."""
        return [self.part.pretty(value, unicode=self.unicode) for value in self.part.values]

    @property
    def point_names(self) -> tuple[str, ...]:
        """The variables that differ from row to row, as the source has them."""
        return tuple(name for name in self.outline.header if name in self.outline.variables)

    @property
    def place_name(self) -> str | None:
        """What the place of a row is called; a point of a grid is told by its coordinates."""
        return None if self.outline.form is Form.GRID else "row" if self.outline.form is Form.PARQUET else "line"

    @property
    def gap(self) -> bool:
        """Whether there are rows between those that are shown."""
        return self.tally.rows > len(self.first) + len(self.last)

    def facts(self) -> list[Fact]:
        """Return what there is to say of the rows together, and of the first few that are odd."""
        return [
            fact for fact in (self._counts(), self._worst(), *self._findings(), self._unreadable()) if fact.sentences
        ]

    def held(self) -> str:
        """Return the variables that are the same in all rows: `y = 2, z = pi/4 (0.7853981633974483)`."""
        texts = dict(self.outline.constants)
        at = {name: self.outline.values[name] for name in texts}
        return words.point(Result("", "", tuple(texts), at, Value(), (), Status.AGREE, at_text=texts))

    def _rows(self, chunk: Answers, indices: range) -> list[Row]:
        found = chunk.statuses.tolist() if indices else []
        return [self._row(chunk, index, STATUSES[found[index]]) for index in indices]

    def _row(self, chunk: Answers, index: int, status: str) -> Row:
        rows = chunk.rows
        if index in rows.bad:
            nothing = tuple(None for _ in self.outline.names)
            return Row(rows.lines[index], self._cells(rows, index), nothing, rows.bad[index], BAD)
        numbers = tuple(float(column[index]) for column in chunk.numbers)
        known = tuple(None if number != number else number for number in numbers)
        said = _verdict(chunk.results[index]) if index in chunk.results else words.status_word(Status(status))
        return Row(rows.lines[index], self._point(rows, index), known, said, status)

    def _point(self, rows: Rows, index: int) -> tuple[str, ...]:
        """Return the coordinates as they came; those of a grid have no text of their own."""
        floats = [words.number(float(rows.columns[name][index])) for name in self.point_names]
        if self.outline.form is Form.GRID:
            return tuple(floats)
        texts = [rows.records.exact(index, name) for name in self.point_names]
        return tuple(text if len(text) <= _LONGEST else short for text, short in zip(texts, floats, strict=True))

    def _cells(self, rows: Rows, index: int) -> tuple[str, ...]:
        """Return what stands in place of the coordinates of a bad row, if it has as many cells as the header."""
        cells = rows.records.cells(index)
        if len(cells) != len(self.outline.header):
            return tuple("" for _ in self.point_names)
        named = dict(zip(self.outline.header, cells, strict=True))
        return tuple(_shortened(named[name].strip()) for name in self.point_names)

    def _counts(self) -> Fact:
        names = {status: words.status_word(Status(status)) for status in Status} | {BAD: "unreadable"}
        counts = self.tally.counts
        shown = [f"{counts[status]:,} {names[status]}" for status in STATUSES if counts[status]]
        return Fact(f"{self.tally.rows:,} row{'' if self.tally.rows == 1 else 's'}", (", ".join(shown) or "none",))

    def _worst(self) -> Fact:
        worst = self.tally.worst
        if worst is None:
            return Fact(
                "largest relative error",
                ("0",) if self.tally.rows and self.tally.all_agree and self.tally.exact else (),
            )
        name = self.names[worst.number]
        return Fact("largest relative error", (f"{worst.size:.3g} of {name} {self._place(worst.place)}",))

    def _findings(self) -> list[Fact]:
        """Say of each kind of kink, gap and difference where the first few are, and how many more there are."""
        facts = []
        for status, kind in sorted(self.tally.findings, key=lambda pair: _WORST.index(pair[0])):
            found = self.tally.findings[status, kind]
            more = self.tally.kinds[status, kind] - len(found)
            sentences = [*map(self._finding, found), *([f"and {more:,} more"] if more else [])]
            facts.append(Fact(words.verdict(Value(status=status, kind=kind)), tuple(sentences)))
        return facts

    def _finding(self, finding: Finding) -> str:
        value = finding.value
        said = words.sides(value, "∞" if self.unicode else "inf") if value.status is not Status.DIFFER else value.note
        several = isinstance(value, Derivative) and len(self.outline.derivatives) > 1
        name = f", {self.names[finding.number]}" if several else ""
        return f"{self._place(finding.place)}{name}{f': {said}' if said else ''}"

    def _unreadable(self) -> Fact:
        found = self.tally.unreadable
        more = self.tally.counts[BAD] - len(found)
        sentences = [f"{self.place_name or 'row'} {line}: {reason}" for line, reason in found]
        return Fact("unreadable", (*sentences, *([f"and {more:,} more"] if more else [])))

    def _place(self, place: Place) -> str:
        """Return `at x = 2 (line 7)`."""
        line = "" if self.place_name is None else f" ({self.place_name} {place.line})"
        return f"at {words.place(place.at)}{line}"


def _verdict(result: Result) -> str:
    """Return the words for the worst number of a result."""
    values = [value for value in parts(result)[0].values if value.status is result.status]
    return words.verdict(values[0]) if values else words.status_word(result.status)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - len(_LESS)]}{_LESS}"
