"""What many rows come to -> a document: the first and the last rows, and findings in words."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from derivcli.document import views, words
from derivcli.document.answer import bounded, entry, left_out
from derivcli.document.model import FAINT, Cell, Document, Headline, Remark, Section, Tabular
from derivcli.document.names import parts, variable
from derivcli.language.styles import Notation
from derivcli.model import Derivative, Proof, Status, Value
from derivcli.model.choices import Form
from derivcli.model.rows import BAD, STATUSES
from derivcli.model.tally import KEPT, MOST_NOTES, OUTSIDE, Tally
from derivcli.wording.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.document.model import Entry, Sentence, Symbol
    from derivcli.document.names import NamedResult
    from derivcli.model import Result
    from derivcli.model.rows import Answers, Outline, Rows
    from derivcli.model.tally import Place

SHOWN = 5  # rows at each end: with what stands around them they fit a terminal of 24 lines
_LONGEST = 24  # characters of a coordinate: a float64 with its sign and exponent has as many
_SEVERAL = 2  # rows: of one there is nothing to sum up
_LESS = "..."
_WORST = (*(status for status in reversed(Status) if status is not Status.AGREE), BAD, Status.AGREE)
_WORST_WORDS: dict[str, str] = {Status.DIFFER: "a number that autograd has wrong"}
_NAMES: dict[str, str] = {status: words.status_word(status) for status in Status} | {BAD: "unreadable"}


def document(outline: Outline, answers: Iterator[Answers], notation: Notation = Notation.AUTO) -> Document:
    """Look at all rows, and return what there is to show of them."""
    return _Summary(outline, notation).read(answers).document()


@dataclass
class _Summary:
    """Looks at all rows and keeps the few that are shown."""

    outline: Outline
    notation: Notation
    tally: Tally = field(default_factory=Tally)
    first: list[tuple[Cell, ...]] = field(default_factory=list)
    last: deque[tuple[Cell, ...]] = field(default_factory=lambda: deque(maxlen=SHOWN))

    def read(self, answers: Iterator[Answers]) -> _Summary:
        """Look at all rows, and return this."""
        for chunk in self.tally.counted(answers):
            ahead = min(SHOWN - len(self.first), len(chunk.rows))
            self.first += self._rows(chunk, range(ahead))
            self.last.extend(self._rows(chunk, range(max(ahead, len(chunk.rows) - SHOWN), len(chunk.rows))))
        return self

    def document(self) -> Document:
        """Return the document, when all rows are known."""
        part, held = self._part, self.outline.values
        return Document(
            readings=tuple(words.readings([self.outline.answer])),
            headlines=self._headlines(),
            functions=(Section(variable(part.letter), part.call, self._entries, is_equation=part.is_equation),),
            directions=views.directions([part]),
            where=words.point(held, {name: self.outline.constants[name] for name in held}),
            rows=self._table(),
            remarks=tuple(remark for remark in self._remarks() if remark.sentences),
            notes=(*self._notes(), *left_out(self._part, bounded(self._part.values))),
        )

    @cached_property
    def _part(self) -> NamedResult:
        return parts(self.outline.answer, self.notation)[0]

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return tuple(entry(self._part, value) for value in bounded(self._part.values))

    @cached_property
    def _point_names(self) -> tuple[str, ...]:
        """The variables that differ from row to row, as the source has them."""
        return tuple(name for name in self.outline.header if name in self.outline.answer.variables)

    @property
    def _place_name(self) -> str | None:
        """What the place of a row is called; a point of a grid is told by its coordinates."""
        return None if self.outline.form is Form.GRID else "row" if self.outline.form is Form.PARQUET else "line"

    def _table(self) -> Tabular:
        """Return the rows at both ends, with a gap where there are others between them."""
        place = () if self._place_name is None else (self._place_name,)
        names = (*map(variable, self._point_names), *(entry.name for entry in self._entries))
        gap = len(self.first) if self.tally.rows > len(self.first) + len(self.last) else None
        return Tabular((*place, *names, "verdict"), (*self.first, *self.last), left=(-1,), gap=gap)

    def _rows(self, chunk: Answers, indices: range) -> list[tuple[Cell, ...]]:
        found = chunk.statuses.tolist() if indices else []
        return [self._row(chunk, index, STATUSES[found[index]]) for index in indices]

    def _row(self, chunk: Answers, index: int, status: str) -> tuple[Cell, ...]:
        rows, is_bad = chunk.rows, index in chunk.rows.bad
        numbers = [None if is_bad else float(column[index]) for column in chunk.numbers]
        said = rows.bad[index] if is_bad else _said(chunk, index, Status(status))
        point = self._cells(rows, index) if is_bad else self._point(rows, index)
        place = () if self._place_name is None else (Cell(str(rows.lines[index]), FAINT),)
        known = (Cell(None if number != number else number) for number in numbers)
        return (*place, *(Cell(text or None) for text in point), *known, Cell(said, status))

    def _point(self, rows: Rows, index: int) -> Sequence[str]:
        """Return the coordinates as they came; those of a grid have no text of their own."""
        floats = [words.number(float(rows.columns[name][index])) for name in self._point_names]
        if self.outline.form is Form.GRID:
            return floats
        texts = [rows.records.exact(index, name) for name in self._point_names]
        return [text if len(text) <= _LONGEST else short for text, short in zip(texts, floats, strict=True)]

    def _cells(self, rows: Rows, index: int) -> Sequence[str]:
        """Return what stands in place of the coordinates of a bad row, if it has as many cells as the header."""
        cells = rows.records.cells(index)
        if len(cells) != len(self.outline.header):
            return [""] * len(self._point_names)
        named = dict(zip(self.outline.header, cells, strict=True))
        return [_shortened(named[name].strip()) for name in self._point_names]

    def _remarks(self) -> Iterator[Remark]:
        """Give what there is to say of the rows together, and of the first few that are odd."""
        tally = self.tally
        counts = [f"{tally.counts[status]:,} {_NAMES[status]}" for status in STATUSES if tally.counts[status]]
        said = "; ".join(
            filter(None, (", ".join(counts) or "none", f"{tally.proved:,} proved" if tally.proved else ""))
        )
        yield Remark((f"{tally.rows:,} row{'' if tally.rows == 1 else 's'}",), ((said,),))
        yield Remark(("largest relative error",), self._worst())
        for status, kind in sorted(tally.findings, key=lambda pair: _WORST.index(pair[0])):
            found = tally.findings[status, kind]
            sentences = [self._finding(each.place, each.number, each.value) for each in found]
            label = words.verdict(Value(status=status, kind=kind))
            yield Remark((label,), _counted(sentences, tally.kinds[status, kind]))
        bad: list[Sentence] = [(f"{self._place_name or 'row'} {line}: {reason}",) for line, reason in tally.unreadable]
        yield Remark(("unreadable",), _counted(bad, tally.counts[BAD]))
        if tally.passed:
            lines = f"{tally.passed:,} line{'' if tally.passed == 1 else 's'}"
            yield Remark(("passed over",), ((f"{lines} without a row: comments and the like",),))

    def _notes(self) -> Iterator[str]:
        """Give what there is to say of all rows, and then of some, with how many these are."""
        of_all = words.notes([self.outline.answer])
        yield from of_all
        of_some = [pair for pair in self.tally.notes.items() if pair[0] not in of_all]
        for text, count in of_some[:KEPT]:
            yield f"{text} ({count:,} row{'' if count == 1 else 's'})"
        if (more := len(of_some) - KEPT) > 0:
            are = "are at least" if len(self.tally.notes) == MOST_NOTES else "are"  # beyond these none is counted
            yield f"there {are} {more:,} more notes: JSON and CSV have all of them"

    def _headlines(self) -> tuple[Headline, ...]:
        """Say how many rows agree, and what is worst; nothing of a single row, which the table has whole."""
        tally = self.tally
        if tally.rows < _SEVERAL:
            return ()
        agreeing = f"{'all' if tally.all_agree else f'{tally.counts[Status.AGREE]:,} of'} {tally.rows:,} rows agree"
        status = next(status for status in _WORST if tally.counts[status])
        found = next((pair for pair in tally.findings if pair[0] == status), None)
        worst = _WORST_WORDS.get(status, _NAMES[status])
        if found is not None:
            named = KINDS[found[1]].sentence if found[1] else worst
            worst = f"{named} {self._place(tally.findings[found][0].place)}"
        return (Headline((agreeing,), () if tally.all_agree else (f"the worst is {worst}",), status, is_count=True),)

    def _worst(self) -> tuple[Sentence, ...]:
        worst = self.tally.worst
        if worst is None:
            return (("0",),) if self.tally.rows and self.tally.all_agree and self.tally.exact else ()
        return ((f"{worst.size:.3g} of ", self._name(worst.number), f" {self._place(worst.place)}"),)

    def _finding(self, place: Place, number: int, value: Value) -> Sentence:
        """Say where a kink, a gap or a difference is, and more of it where more is known."""
        noted = (value.note,) if value.note else ()
        said = noted if value.status is Status.DIFFER else words.sides(value)
        several = isinstance(value, Derivative) and len(self.outline.answer.derivatives) > 1
        name = (", ", self._name(number)) if several else ()
        return (self._place(place), *name, *((": ", *said) if said else ()))

    def _name(self, number: int) -> Symbol:
        return self._entries[number].name

    def _place(self, place: Place) -> str:
        """Return `at x = 2 (line 7)`."""
        line = "" if self._place_name is None else f" ({self._place_name} {place.line})"
        return f"at {words.place_text(place.at)}{line}"


def _counted(sentences: Sequence[Sentence], count: int) -> tuple[Sentence, ...]:
    """Return sentences with how many more there would be."""
    more = count - len(sentences)
    return (*sentences, *(((f"and {more:,} more",),) if more else ()))


def _said(chunk: Answers, index: int, status: Status) -> str:
    """Return the verdict on a row in words."""
    if index in chunk.results:
        return _verdict(chunk.results[index])
    if status is Status.UNDEFINED:
        return words.verdict(OUTSIDE)
    is_proved = chunk.settled is not None and bool(chunk.settled.rows[index])
    return words.verdict(Value(status=status, proof=Proof.BALL if is_proved else None))


def _verdict(result: Result) -> str:
    """Return the words for the worst number of a result."""
    values = [value for value in parts(result)[0].values if value.status is result.status]
    told = min(values, key=lambda value: value.proof is not None, default=None)  # one without a proof, if there is one
    return words.verdict(told) if told else words.status_word(result.status)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - len(_LESS)]}{_LESS}"
