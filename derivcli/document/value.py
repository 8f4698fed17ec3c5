"""Bare answers for scripts: each derivative's number, without a point its formula, f itself without a derivative.

One point has a number a line; several functions follow each other, the Jacobian row by row. Of many points each has a
line, its numbers apart by tabs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.document.columns import numbers
from derivcli.document.names import parts
from derivcli.document.words import has_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.document.formats import Canvas
    from derivcli.document.names import NamedResult
    from derivcli.model import Result, System
    from derivcli.model.rows import Answers, Outline


def text(answer: Result | System, canvas: Canvas) -> str:
    """Return the answers at full precision, `nan` where there is none."""
    return "".join(f"{line}\n" for part in parts(answer, canvas.notation) for line in _lines(part))


def _lines(part: NamedResult) -> list[str]:
    result = part.result
    if result.derivatives and not has_numbers(result):
        return [part.spelling.text(derivative.expression or "nan") for derivative in result.derivatives]
    answers = [value.answer for value in result.derivatives or (result.value,)]
    return ["nan" if answer is None else repr(float(answer)) for answer in answers]


def lines(outline: Outline, answers: Iterator[Answers], _canvas: Canvas) -> Iterator[str]:
    """Give the same of many points, as their rows are ready."""
    first = 1 if outline.answer.derivatives else 0
    for chunk in answers:
        columns = numbers(chunk, "nan")[first:]
        yield "".join(f"{line}\n" for line in map("\t".join, zip(*columns, strict=True)))
