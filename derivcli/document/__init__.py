"""Answer -> document -> text, one printer a format; rows of numbers go without it. Nothing here computes or prints.

A `Result`, a `System` or what many rows come to is made a `Document` once (`answer`, `summary`), and the printers of
the terminal, Markdown and LaTeX lay that out. The other formats write numbers as they are.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from derivcli.document.formats import FORMATS, Canvas, format_told
from derivcli.errors import UsageError
from derivcli.model.choices import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.model import Result, System
    from derivcli.model.rows import Answers, Outline

    Exporter = Callable[[Outline, Iterator[Answers], Canvas], Iterator[str] | Iterator[bytes]]

__all__ = ["FORMATS", "Canvas", "Format", "exporter", "format_told", "load", "render"]

_PLAIN = Canvas()


def render(answer: Result | System, format: Format, canvas: Canvas = _PLAIN) -> str:  # noqa: A002
    """Return the answer as text that ends with one newline. Raises `UsageError` for a format of many points."""
    row = FORMATS[format]
    if not row.one:
        formats = ", ".join(form for form, row in FORMATS.items() if row.one)
        raise UsageError(f"{format} holds many points, not one answer", hint=f"the formats are {formats}")
    write = getattr(_module(row.module), row.one)
    if row.has_document:
        document = _module("answer").document(answer, canvas.notation, is_bounded=row.is_bounded)
        return cast("str", write(document, canvas))
    return cast("str", write(answer, canvas))


def load(format: Format) -> bool:  # noqa: A002
    """Load what `render` needs for a format, while there is time; there is no more to do then, which False says."""
    row = FORMATS[format]
    if row.one:
        _module(row.module)
    if row.has_document:
        _module("answer")
    return False


def exporter(format: Format, *, to_file: bool = False) -> Exporter:  # noqa: A002
    """Return what writes many points, each piece as its rows are ready; bytes where the format is binary.

    Raises `UsageError` for a format that has no room for many points, for a binary one without a file or its library.
    """
    row = FORMATS[format]
    if not row.rows:
        formats = ", ".join(form for form, row in FORMATS.items() if row.rows)
        raise UsageError(f"{format} shows one point only", hint=f"the formats for many points are {formats}")
    if row.is_binary and not to_file:
        raise UsageError(f"{format} is binary and needs a file", hint="add --output FILE")
    found = _module(row.module)
    if hasattr(found, "check"):
        found.check()
    write = getattr(found, row.rows)
    return cast("Exporter", _summarised(write) if row.has_document else write)


def _summarised(draw: Callable[[Any, Canvas], str]) -> Exporter:
    """Return what reads all rows, and then draws what they come to."""

    def write(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
        yield draw(_module("summary").document(outline, answers, canvas.notation), canvas)

    return write


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")
