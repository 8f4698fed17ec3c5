"""Many points -> pieces of text, one module a format: each piece is written as its rows are ready, and forgotten."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from derivcli.errors import UsageError
from derivcli.render.canvas import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.model.rows import Answers, Outline
    from derivcli.render.canvas import Canvas

    Exporter = Callable[[Outline, Iterator[Answers], Canvas], Iterator[str] | Iterator[bytes]]

# Format -> module and function in it, imported on use.
_WRITTEN_BY = {
    Format.TABLE: ("table", "draw"),
    Format.JSON: ("objects", "array"),
    Format.JSONL: ("objects", "lines"),
    Format.CSV: ("delimited", "csv_lines"),
    Format.TSV: ("delimited", "tsv_lines"),
    Format.VALUE: ("value", "lines"),
    Format.MARKDOWN: ("markdown", "draw"),
    Format.PARQUET: ("parquet", "file"),
}


def exporter(format: Format, *, to_file: bool = False) -> Exporter:  # noqa: A002
    """Return what writes a format; Parquet, which is binary, gives bytes and is meant for a file.

    Raises `UsageError` for a format that has no room for many points, for Parquet without a file or its library.
    """
    if format not in _WRITTEN_BY:
        formats = ", ".join(_WRITTEN_BY)
        raise UsageError(f"{format} shows one point only", hint=f"the formats for many points are {formats}")
    if format is Format.PARQUET and not to_file:
        raise UsageError("parquet is binary and needs a file", hint="add --output FILE")
    module, function = _WRITTEN_BY[format]
    found = import_module(f"{__name__}.{module}")
    if hasattr(found, "check"):
        found.check()
    return cast("Exporter", getattr(found, function))
