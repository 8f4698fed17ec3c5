"""Bare answers for scripts: each derivative's number, or without a point its formula, on its own line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.render.words import has_numbers

if TYPE_CHECKING:
    from derivcli.model import Result
    from derivcli.render.canvas import Canvas


def draw(result: Result, _canvas: Canvas) -> str:
    """Return the answers at full precision, `nan` where there is none, f itself without a derivative."""
    if result.derivatives and not has_numbers(result):
        return "".join(f"{derivative.expression or 'nan'}\n" for derivative in result.derivatives)
    values = result.derivatives or (result.value,)
    return "".join(f"{_number(value.answer)}\n" for value in values)


def _number(answer: float | None) -> str:
    return "nan" if answer is None else repr(float(answer))
