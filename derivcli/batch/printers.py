"""Answers of a batch -> text, one by one, in every format that has room for them.

JSON is the contract of one answer with `line` and `id`. CSV and TSV have rows, which `derivcli.batch.rows` writes. The
bare values of a question stand in one line. For people each question is its own paragraph.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli.batch.queries import Answered
from derivcli.document import Format, render
from derivcli.errors import UsageError
from derivcli.language.diagnostics import draw, visible
from derivcli.model import SCHEMA_VERSION, Result, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from derivcli.batch.queries import Query
    from derivcli.document import Canvas
    from derivcli.errors import DerivError

    Printer = Callable[[Iterable[Answered], "Sequence[str]", Canvas], Iterator[str]]

_OF_CODE = (Format.TABLE, Format.MARKDOWN, Format.JSON, Format.JSONL)


def printer(chosen: Format, *, judged: bool) -> Printer:
    """Return what writes answers, which takes the names of the columns of the input too.

    `judged` tells whether answers of a reader's are judged. Raises `UsageError` for a format without room for that.
    """
    if chosen not in _PRINTERS:
        raise UsageError(
            f"--batch and --format {chosen} do not go together", hint=f"its formats are {', '.join(_PRINTERS)}"
        )
    if chosen in (Format.CSV, Format.TSV):
        from derivcli.batch.rows import AnswerRows  # with the words of all formats, which bare numbers do without

        return AnswerRows(chosen, judged=judged).write
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
        from derivcli.document.checks import render_checks  # few questions have an answer of a reader's

        return render_checks(found.answer, chosen, canvas)
    return render(found.answer, chosen, replace(canvas, full_steps=found.query.steps == "full"))


def _drawn(error: DerivError, chosen: Format) -> str:
    lines = draw(error).splitlines()
    if chosen is Format.MARKDOWN:
        return "\n".join(["```", *lines, "```\n"])
    from derivcli.document.pen import MARGIN  # with rich, which bare numbers do without

    return "".join(f"{' ' * MARGIN}{line}\n" for line in lines)


_PRINTERS: dict[Format, Printer] = {
    Format.TABLE: _for_people(Format.TABLE, "{}:\n"),
    Format.JSON: _array,
    Format.JSONL: _lines,
    Format.CSV: _lines,
    Format.TSV: _lines,
    Format.VALUE: _values,
    Format.MARKDOWN: _for_people(Format.MARKDOWN, "## {}\n\n"),
}
