"""Answers of a batch as CSV and TSV: a row for each number, or for each answer of a reader's.

A row begins with the columns of the input, or with `line`, `id`, `expression` and `at`; then comes what is known of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document import names, words
from derivcli.document.columns import computed
from derivcli.document.delimited import ROW_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.batch.queries import Answered
    from derivcli.document import Canvas, Format
    from derivcli.document.names import NamedResult
    from derivcli.model import Derivative, Value

_OWN = ("line", "id", "expression", "at")  # what a row begins with where there is no table to go on with
_NUMBERS = ("derivative", "formula", "answer", "kind")
_CHECKS = ("derivative", "verdict", "reason", "counterexample", "mistake")
_ERROR = "error"


class AnswerRows:
    """Writes a row for each number, or for each answer of a reader's."""

    def __init__(self, chosen: Format, *, judged: bool) -> None:
        self._form = ROW_FORMS[chosen]
        self._columns = _CHECKS if judged else _NUMBERS
        self._cells = _checked if judged else _numbers

    def write(self, answers: Iterable[Answered], header: Sequence[str], canvas: Canvas) -> Iterator[str]:
        """Give the header, and the rows of each answer; raises `UsageError` for a column with the name of ours."""
        own = header or _OWN
        yield self._line([*own, *computed(own, self._columns, canvas.prefix, header)])
        for found in answers:
            given = list(found.query.cells) if header else _given(found)
            yield "".join(self._line([*given, *cells]) for cells in self._rows(found))

    def _rows(self, found: Answered) -> Iterator[Sequence[str]]:
        nothing = [""] * len(self._columns)
        if found.error is not None:
            hint = f" ({found.error.hint})" if found.error.hint else ""
            yield [*nothing, _ERROR, f"{found.error.message}{hint}"]
            return
        assert found.answer is not None  # noqa: S101 - for the types
        checks = found.query.check and self._columns is _NUMBERS  # whose verdict must not be lost
        cells = _in_short if checks else self._cells
        rows = [row for part in names.parts(found.answer) for row in cells(part)]
        yield from rows or [[*nothing, str(found.answer.status), words.NO_VARIABLES]]

    def _line(self, cells: Sequence[str]) -> str:
        return self._form.line(cells) + "\n"


def _given(found: Answered) -> list[str]:
    query = found.query
    at = query.wanted.get("at") or {}
    identity = "" if query.id is None else str(query.id)
    return [str(query.line), identity, "; ".join(query.expressions), ",".join(f"{k}={v}" for k, v in at.items())]


def _numbers(part: NamedResult) -> Iterator[Sequence[str]]:
    """Give a row for f, and one for each derivative."""
    for value in part.values:
        answer = "" if value.answer is None else repr(float(value.answer))
        status = str(value.status or part.result.status)
        notes = filter(None, [value.note, *(part.result.notes if value is part.result.value else ())])
        yield [part.plain(value), _formula(part, value), answer, str(value.kind or ""), status, "; ".join(notes)]


def _formula(part: NamedResult, value: Value | Derivative) -> str:
    return getattr(value, "expression", part.result.read_as) or ""


def _in_short(part: NamedResult) -> Iterator[Sequence[str]]:
    """Give a row for each answer that has been judged, where most questions have none: the verdict is its status."""
    for derivative in part.result.derivatives:
        if derivative.check is not None:
            note = "; ".join(filter(None, (derivative.check.reason, derivative.check.note)))
            yield [derivative.check.name, derivative.check.answer, "", "", str(derivative.check.verdict), note]


def _checked(part: NamedResult) -> Iterator[Sequence[str]]:
    """Give a row for each answer that has been judged."""
    for derivative in part.result.derivatives:
        check = derivative.check
        if check is not None:
            where = check.counterexample.at if check.counterexample else {}
            point = ",".join(f"{name}={words.number(value)}" for name, value in where.items())
            mistakes = "; ".join(mistake.rule for mistake in check.mistakes)
            status = str(part.result.status)
            yield [check.name, str(check.verdict), check.reason, point, mistakes, status, check.note or ""]
