"""Answers of a batch -> text, one by one, in every format that has room for them.

JSON is the contract of one answer with `line` and `id`. CSV and TSV have a row for each number: the columns of the
input, or `line`, `id`, `expression` and `at`, and then what is known of it. The bare values of a question stand in one
line. For people each question is its own paragraph.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli.batch.queries import Answered
from derivcli.document import Format, names, render, words
from derivcli.document.checks import render_checks
from derivcli.document.columns import computed
from derivcli.document.delimited import ROW_FORMS
from derivcli.errors import UsageError
from derivcli.language.diagnostics import draw, visible
from derivcli.model import SCHEMA_VERSION, Result, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from derivcli.batch.queries import Query
    from derivcli.document import Canvas
    from derivcli.document.delimited import RowForm
    from derivcli.document.names import NamedResult
    from derivcli.errors import DerivError
    from derivcli.model import Derivative, Value

    Printer = Callable[[Iterable[Answered], "Sequence[str]", Canvas], Iterator[str]]

_OWN = ("line", "id", "expression", "at")  # what a row begins with where there is no table to go on with
_NUMBERS = ("derivative", "formula", "answer", "kind")
_CHECKS = ("derivative", "verdict", "reason", "counterexample", "mistake")
_ERROR = "error"
_OF_CODE = (Format.TABLE, Format.MARKDOWN, Format.JSON, Format.JSONL)


def printer(chosen: Format, *, judged: bool) -> Printer:
    """Return what writes answers, which takes the names of the columns of the input too.

    `judged` tells whether answers of a reader's are judged. Raises `UsageError` for a format without room for that.
    """
    if chosen not in _PRINTERS:
        raise UsageError(
            f"--batch and --format {chosen} do not go together", hint=f"its formats are {', '.join(_PRINTERS)}"
        )
    if chosen in ROW_FORMS:
        return _Rows(ROW_FORMS[chosen], judged=judged).write
    return _PRINTERS[chosen]


def of_code(found: Query | Answered, chosen: Format) -> Query | Answered:
    """Return a query; one for code, of which a format has no place, as the error that says so."""
    if isinstance(found, Answered) or not found.code or chosen in _OF_CODE:
        return found
    error = UsageError(f"code has no place in --format {chosen}", hint=f"its formats are {', '.join(_OF_CODE)}")
    return Answered(found, error=error)


def _record(found: Answered) -> dict[str, Any]:
    """Return the answer as JSON has it, with the line that it answers."""
    own = {"line": found.query.line, **({} if found.query.id is None else {"id": found.query.id})}
    if found.error is not None:
        return {**own, "schema_version": SCHEMA_VERSION, "error": found.error.to_dict()}
    if found.code:
        of_code = {"expression": found.query.expressions[0], "language": found.query.code, "code": found.code}
        return {**own, "schema_version": SCHEMA_VERSION, **of_code, "readings": list(found.readings)}
    assert found.answer is not None  # noqa: S101 - for the types
    return {**own, **found.answer.to_dict()}


def _json(found: Answered, canvas: Canvas) -> str:
    return json.dumps(_record(found), allow_nan=False, ensure_ascii=not canvas.unicode, default=str)


def _lines(answers: Iterable[Answered], _: Sequence[str], canvas: Canvas) -> Iterator[str]:
    for found in answers:
        yield _json(found, canvas) + "\n"


def _array(answers: Iterable[Answered], _: Sequence[str], canvas: Canvas) -> Iterator[str]:
    before = "[\n"
    for found in answers:
        yield before + _json(found, canvas)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _values(answers: Iterable[Answered], _: Sequence[str], canvas: Canvas) -> Iterator[str]:
    for found in answers:
        yield "nan\n" if found.answer is None else "\t".join(_bare(found.answer, canvas)) + "\n"


def _bare(answer: Result | System, canvas: Canvas) -> list[str]:
    """Return the verdict on each answer of a reader's, where there are any, else the bare numbers or formulas."""
    checks = [d.check for result in answer.functions for d in result.derivatives if d.check]
    return [str(check.verdict) for check in checks] or render(answer, Format.VALUE, canvas).splitlines()


def _for_people(chosen: Format, heading: str) -> Printer:
    """Return what writes a paragraph for each question, below a heading."""

    def write(answers: Iterable[Answered], _: Sequence[str], canvas: Canvas) -> Iterator[str]:
        for count, found in enumerate(answers):
            query = found.query
            name = f"line {query.line}" if query.id is None else f"line {query.line}, {query.id}"
            yield ("\n" if count else "") + heading.format(visible(name)) + _paragraph(found, chosen, canvas)

    return write


def _paragraph(found: Answered, chosen: Format, canvas: Canvas) -> str:
    if found.error is not None:
        return _drawn(found.error, chosen)
    if found.code:
        return found.code if chosen is Format.TABLE else f"```{found.query.code}\n{found.code}```\n"
    assert found.answer is not None  # noqa: S101 - for the types
    if found.query.check:
        return render_checks(found.answer, chosen, canvas)
    return render(found.answer, chosen, replace(canvas, full_steps=found.query.steps == "full"))


def _drawn(error: DerivError, chosen: Format) -> str:
    lines = draw(error).splitlines()
    if chosen is Format.MARKDOWN:
        return "\n".join(["```", *lines, "```\n"])
    from derivcli.document.pen import MARGIN  # with rich, which bare numbers do without

    return "".join(f"{' ' * MARGIN}{line}\n" for line in lines)


class _Rows:
    """Writes a row for each number, or for each answer of a reader's."""

    def __init__(self, form: RowForm, *, judged: bool) -> None:
        self._form = form
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


_PRINTERS: dict[Format, Printer] = {
    Format.TABLE: _for_people(Format.TABLE, "{}:\n"),
    Format.JSON: _array,
    Format.JSONL: _lines,
    Format.CSV: _lines,
    Format.TSV: _lines,
    Format.VALUE: _values,
    Format.MARKDOWN: _for_people(Format.MARKDOWN, "## {}\n\n"),
}
