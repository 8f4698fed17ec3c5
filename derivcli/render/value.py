"""Bare numbers for scripts: each derivative's answer on its own line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivcli.model import Result
    from derivcli.render.canvas import Canvas


def draw(result: Result, _canvas: Canvas) -> str:
    """Return the answers at full precision, `nan` where there is none, f itself without a derivative."""
    values = result.derivatives or (result.value,)
    return "".join(f"{_number(value.answer)}\n" for value in values)


def _number(answer: float | None) -> str:
    return "nan" if answer is None else repr(float(answer))
