"""Result or System -> text, one module a format; many points in `many`. Nothing here computes, prints or asks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from derivcli.errors import UsageError
from derivcli.render.canvas import Canvas, Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.model import Result, System

__all__ = ["Canvas", "Format", "render"]

_PLAIN = Canvas()

# Format -> module and function in it, imported on use: only the table needs rich.
_DRAWN_BY = {
    Format.TABLE: ("table", "draw"),
    Format.JSON: ("objects", "pretty"),
    Format.JSONL: ("objects", "line"),
    Format.CSV: ("delimited", "csv_text"),
    Format.TSV: ("delimited", "tsv_text"),
    Format.VALUE: ("value", "draw"),
    Format.LATEX: ("latex", "draw"),
    Format.MARKDOWN: ("markdown", "draw"),
}


def render(answer: Result | System, format: Format, canvas: Canvas = _PLAIN) -> str:  # noqa: A002
    """Return the answer as text that ends with one newline. Raises `UsageError` for Parquet, which is no text."""
    if format not in _DRAWN_BY:
        raise UsageError(f"{format} holds many points, not one answer", hint=f"the formats are {', '.join(_DRAWN_BY)}")
    module, function = _DRAWN_BY[format]
    draw = getattr(import_module(f"{__name__}.{module}"), function)
    return cast("Callable[[Result | System, Canvas], str]", draw)(answer, canvas)
