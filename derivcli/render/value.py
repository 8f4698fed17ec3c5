"""Bare answers for scripts: each derivative's number, or without a point its formula, on its own line.

Several functions follow each other: the Jacobian row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.render.names import parts
from derivcli.render.words import has_numbers

if TYPE_CHECKING:
    from derivcli.model import Result, System
    from derivcli.render.canvas import Canvas


def draw(answer: Result | System, _canvas: Canvas) -> str:
    """Return the answers at full precision, `nan` where there is none, f itself without a derivative."""
    return "".join(f"{line}\n" for part in parts(answer) for line in _lines(part.result))


def _lines(result: Result) -> list[str]:
    if result.derivatives and not has_numbers(result):
        return [derivative.expression or "nan" for derivative in result.derivatives]
    return [_number(value.answer) for value in result.derivatives or (result.value,)]


def _number(answer: float | None) -> str:
    return "nan" if answer is None else repr(float(answer))
