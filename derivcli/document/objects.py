"""The JSON contract as text: one object, or one a row, each on its line or all of them in an array.

A row of which there is more to say than its numbers is its whole result. Any other row has the same fields with what is
known: its text is a template, made once, in which only the numbers are new.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from derivcli.document.columns import distinct, fitted
from derivcli.document.floats import spelled
from derivcli.model import SCHEMA_VERSION, Proof, Result, Status
from derivcli.model.batches import values
from derivcli.model.choices import Form
from derivcli.model.rows import BAD, STATUSES
from derivcli.model.tally import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from derivcli.document.formats import Canvas
    from derivcli.model import System
    from derivcli.model.rows import Answers, Column, Outline, Rows, Settled

_HOLE = "\0 here \0"  # stands in a template where a number comes; no expression can hold it
_HOLE_AS_JSON = json.dumps(_HOLE)
_NULL = "null"
_AS_IT_IS = (str, bool, int, type(None))
_AT_ONCE = 4096  # rows of one text: a megabyte or two, so that many share the cost of a write
_NOWHERE: dict[str, None] = dict.fromkeys(("span", "source", "hint"))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Of a row that is not whole only the worst status is known: it is that of every number where it must be.
_SHARED = frozenset({Status.AGREE, Status.UNVERIFIED, Status.UNDEFINED})
_OF_EACH = [json.dumps(status) if status in _SHARED else _NULL for status in STATUSES]
_OUTSIDE = json.dumps(OUTSIDE.kind)
_KIND_OF_EACH = [_OUTSIDE if status == OUTSIDE.status else _NULL for status in STATUSES]
_OF_ROW = [json.dumps(status) for status in STATUSES]


def pretty(answer: Result | System, canvas: Canvas) -> str:
    """Return an object over several lines."""
    return _dump(answer, canvas, indent=2)


def line(answer: Result | System, canvas: Canvas) -> str:
    """Return an object on one line."""
    return _dump(answer, canvas, indent=None)


def _dump(answer: Result | System, canvas: Canvas, indent: int | None) -> str:
    return json.dumps(answer.to_dict(), indent=indent, allow_nan=False, ensure_ascii=not canvas.unicode) + "\n"


def lines(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give one object a line."""
    for rows in _objects(outline, answers, canvas):
        yield "".join(f"{row}\n" for row in rows)


def array(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give the same objects as one array, which is whole only at the end."""
    before = "[\n"
    for rows in _objects(outline, answers, canvas):
        yield "".join((before, ",\n".join(rows)))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _objects(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[list[str]]:
    """Give the objects as texts, some at a time: a whole chunk of them would take much room."""
    dump = json.JSONEncoder(allow_nan=False, ensure_ascii=not canvas.unicode).encode
    writer = _Writer(outline, dump)
    for chunk in answers:
        for rows in writer.rows(chunk):
            yield rows if canvas.unicode else [_in_ascii(row) for row in rows]


def _in_ascii(text: str) -> str:
    """Escape what a row carries on verbatim: outside of strings JSON is ASCII anyway."""
    return text if text.isascii() else _NOT_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes rows of one outline."""

    outline: Outline
    dump: Callable[[Any], str]

    def rows(self, chunk: Answers) -> Iterator[list[str]]:
        """Give the objects of a chunk; those of rows that are known whole, or not at all, are put in their places."""
        carried, numbers = self._carried(chunk.rows), list(_numbers(chunk))
        fields = [column for found in numbers for column in found.values()]
        columns = [*self._places(chunk), *fields, *self._verdicts(chunk), *carried]
        template = self._template(numbers)
        odd = sorted({*chunk.results, *chunk.rows.bad}, reverse=True)
        values = zip(*columns, strict=True)
        for start in range(0, len(chunk.rows), _AT_ONCE):
            rows = [template % row for row in islice(values, _AT_ONCE)]
            while odd and odd[-1] < start + _AT_ONCE:
                index = odd.pop()
                rows[index - start] = self._odd(chunk, index, [column[index] for column in carried])
            yield rows

    def _odd(self, chunk: Answers, index: int, carried: list[str]) -> str:
        bad = index in chunk.rows.bad
        return self._bad(chunk.rows, index, carried) if bad else self._with(chunk.results[index].to_dict(), carried)

    def _template(self, numbers: Iterable[Iterable[str]]) -> str:
        """Return the text of any row, with `%s` for what differs, in the order of the columns; some of each number."""
        outline = self.outline
        empty = outline.answer.to_dict()
        empty["at"] = {name: outline.values.get(name, _HOLE) for name in outline.answer.variables}
        for names, value in zip(numbers, (empty["value"], *empty["derivatives"]), strict=True):
            _open(value, names)
        _open(empty, ("status", "notes", *self._carries))
        return self.dump(empty).replace("%", "%%").replace(_HOLE_AS_JSON, "%s")

    def _places(self, chunk: Answers) -> list[list[str]]:
        held, given = self.outline.values, chunk.rows.columns
        return [spelled(given[name], _NULL) for name in self.outline.answer.variables if name not in held]

    def _verdicts(self, chunk: Answers) -> list[Sequence[str]]:
        """Return the statuses and the notes of the rows."""
        notes = [self.dump(list(self.outline.answer.notes))] * len(chunk.rows)
        texts = {note: self.dump([*self.outline.answer.notes, note]) for note in set(chunk.notes.values())}
        for index, note in chunk.notes.items():
            notes[index] = texts[note]
        return [[_OF_ROW[code] for code in chunk.statuses.tolist()], notes]

    @property
    def _carries(self) -> tuple[str, ...]:
        """The fields that say where a row comes from; a point of a grid comes from nowhere."""
        return () if self.outline.form is Form.GRID else ("line", "row")

    def _carried(self, rows: Rows) -> list[list[str]]:
        if not self._carries:
            return []
        return [list(map(str, rows.lines)), _origins(self.outline, rows, self.dump)]

    def _with(self, data: dict[str, Any], carried: Iterable[str]) -> str:
        """Return an object with where it comes from at its end."""
        end = "".join(f', "{name}": {text}' for name, text in zip(self._carries, carried, strict=True))
        return f"{self.dump(data)[:-1]}{end}}}"

    def _bad(self, rows: Rows, index: int, carried: list[str]) -> str:
        """Return what stands for a row that cannot be read: where it stands, what it holds, and its error."""
        error: dict[str, Any] = {"kind": "data", "message": rows.bad[index], **_NOWHERE, "suggestions": []}
        begin = f'{{"schema_version": {SCHEMA_VERSION}, "line": {carried[0]}, "row": {carried[1]}'
        return f'{begin}, "status": {self.dump(BAD)}, "error": {self.dump(error)}}}'


def _open(data: dict[str, Any], names: Iterable[str]) -> None:
    for name in names:
        data[name] = _HOLE


def _numbers(chunk: Answers) -> Iterator[dict[str, Sequence[str]]]:
    """Give of f and each derivative the fields that differ from row to row, in their order, each as a column."""
    import numpy as np  # one point has no columns, and needs no numpy

    statuses = [_OF_EACH[code] for code in chunk.statuses.tolist()]
    kinds = [_KIND_OF_EACH[code] for code in chunk.statuses.tolist()]
    outside = kinds.count(_OUTSIDE) and list(chunk.outside.values())
    columns = zip(chunk.numbers, chunk.autograd, chunk.symbolic, chunk.references, strict=True)
    for number, (answer, autograd, symbolic, reference) in enumerate(columns):
        known = spelled(answer, _NULL, _special("answer"))
        same = np.isfinite(answer).all() and answer.tobytes() == autograd.tobytes()
        found: dict[str, Sequence[str]] = {
            "answer": known,
            "autograd": known if same else spelled(autograd, _absent("autograd", "nan"), _special("autograd")),
        }
        if symbolic is not None:
            found["symbolic"] = spelled(symbolic, _NULL, _special("symbolic"))
        if chunk.settled is not None:
            found["quotient"] = spelled(chunk.settled.numbers[number], _NULL)
        found |= {"status": statuses, "kind": kinds}
        if reference is not None:
            found |= _errors(autograd, reference)
        if outside:
            why = json.dumps(outside[number])
            found["note"] = [why if kind is _OUTSIDE else _NULL for kind in kinds]
        if chunk.settled is not None:
            found["proof"] = _proofs(chunk.settled, is_value=number == 0)
        yield found


def _proofs(settled: Settled, *, is_value: bool) -> list[str]:
    """Return how f, or a derivative, is proved in each row."""
    each = (Proof.BALL, Proof.EXACT) if is_value else (Proof.DISC, Proof.DISC)
    texts = [json.dumps(proof) for proof in each]
    known = zip(settled.rows.tolist(), settled.exact.tolist(), strict=True)
    return [texts[exact] if is_settled else _NULL for is_settled, exact in known]


def _errors(autograd: Column, reference: Column) -> dict[str, Sequence[str]]:
    """Return the absolute and the relative error of autograd's numbers; a reference of 0 has no relative one."""
    import numpy as np

    with np.errstate(all="ignore"):
        error = np.abs(autograd - reference)
        relative = np.where(reference == 0, np.nan, error / np.abs(reference))
    return {
        "abs_error": spelled(error, _NULL, _special("abs_error")),
        "rel_error": spelled(relative, _NULL, _special("rel_error")),
    }


def _special(name: str) -> tuple[str, str]:
    return _absent(name, "-inf"), _absent(name, "inf")


def _absent(name: str, word: str) -> str:
    """Return null, and beside it the word for what JSON cannot hold."""
    return f'{_NULL}, "{name}_special": "{word}"'


def _origins(outline: Outline, rows: Rows, dump: Callable[[Any], str]) -> list[str]:
    """Return the text of an object for each row, null for one of which nothing could be read.

    A line of JSON is carried on as it is, values of Parquet keep their types as far as JSON has them, and all other
    cells are texts: those of a bad row as many as the header has names.
    """
    keys = [f"{dump(name)}: " for name in distinct(outline.header)]
    if rows.records.batch is not None:
        columns = [[dump(_plain(value)) for value in values(column)] for column in rows.records.batch.columns]
        return [_object(keys, cells) for cells in zip(*columns, strict=True)]
    texts = rows.records.texts if outline.form is Form.JSONL else None
    if texts is None:
        return [_of_cells(keys, index, rows, dump) for index in range(len(rows))]
    found = list(texts)
    for index in rows.bad:
        found[index] = found[index] if rows.records.cells(index) else _NULL  # one that has cells is an object
    return found


def _of_cells(keys: Sequence[str], index: int, rows: Rows, dump: Callable[[Any], str]) -> str:
    if index in rows.bad and not rows.records.cells(index):
        return _NULL
    return _object(keys, map(dump, fitted(rows, index, len(keys))))


def _object(keys: Sequence[str], texts: Iterable[str]) -> str:
    return f"{{{', '.join([key + text for key, text in zip(keys, texts, strict=False)])}}}"


def _plain(value: Any) -> Any:
    """Return what JSON has for a value of Parquet; a date, a decimal, an infinity is a text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, list):
        return list(map(_plain, value))
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return value if isinstance(value, _AS_IT_IS) else str(value)
