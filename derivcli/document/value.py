"""Bare answers for scripts: each derivative's number, without a point its formula, f itself without a derivative.

One point has a number a line; several functions follow each other, the Jacobian row by row. Of many points each has a
line, its numbers apart by tabs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.document.formats import Canvas
    from derivcli.document.names import NamedResult
    from derivcli.model import Result, System
    from derivcli.model.rows import Answers, Outline


def text(answer: Result | System, canvas: Canvas) -> str:
    """Return the answers at full precision, `nan` where there is none."""
    if all(map(_is_of_numbers, answer.functions)):
        found = [line for result in answer.functions for line in _numbers(result)]
    else:
        from derivcli.document.names import parts  # with all that spells formulas, which numbers do without

        found = [line for part in parts(answer, canvas.notation) for line in _lines(part)]
    return "".join(f"{line}\n" for line in found)


def _is_of_numbers(result: Result) -> bool:
    return result.has_numbers or not result.derivatives


def _lines(part: NamedResult) -> list[str]:
    if _is_of_numbers(part.result):
        return _numbers(part.result)
    return [part.spelling.text(derivative.expression or "nan") for derivative in part.result.derivatives]


def _numbers(result: Result) -> list[str]:
    answers = [value.answer for value in result.derivatives or (result.value,)]
    return ["nan" if answer is None else repr(float(answer)) for answer in answers]


def lines(outline: Outline, answers: Iterator[Answers], _canvas: Canvas) -> Iterator[str]:
    """Give the same of many points, as their rows are ready."""
    from derivcli.document.columns import numbers  # one point has no columns

    first = 1 if outline.answer.derivatives else 0
    for chunk in answers:
        columns = numbers(chunk, "nan")[first:]
        yield "".join(f"{line}\n" for line in map("\t".join, zip(*columns, strict=True)))
