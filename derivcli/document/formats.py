"""The formats, a row each, and the canvas a text is drawn on. To add a format is to write its module and its row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Row:
    """How a format is written.

    `module` is one of this room, imported on use; only the terminal's needs rich. `one` is the function in it that
    writes one point, `rows` the one for many; without its name the format has no room for them. A printer of documents
    has `(document, canvas)`; without `has_document` it is `(answer, canvas)` and `(outline, answers, canvas)`. A file
    with the ending `suffix` means the format. One that `is_terse` has no room for a remark on the whole answer, one
    that `is_binary` needs a file.
    """

    module: str
    one: str = ""
    rows: str = ""
    suffix: str = ""
    has_document: bool = False
    is_terse: bool = False
    is_binary: bool = False


class Format(StrEnum):
    """The forms in which an answer can be written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    VALUE = "value"
    LATEX = "latex"
    MARKDOWN = "markdown"
    PARQUET = "parquet"

    @property
    def row(self) -> Row:
        """How it is written."""
        return _ROWS[self]


_ROWS = {
    Format.TABLE: Row("terminal", "draw", "draw", has_document=True),
    Format.JSON: Row("objects", "pretty", "array", ".json"),
    Format.JSONL: Row("objects", "line", "lines", ".jsonl"),
    Format.CSV: Row("delimited", "csv_text", "csv_lines", ".csv", is_terse=True),
    Format.TSV: Row("delimited", "tsv_text", "tsv_lines", ".tsv", is_terse=True),
    Format.VALUE: Row("value", "text", "lines", is_terse=True),
    Format.LATEX: Row("latex", "draw", has_document=True, is_terse=True),
    Format.MARKDOWN: Row("markdown", "draw", "draw", ".md", has_document=True),
    Format.PARQUET: Row("parquet", "", "file", ".parquet", is_terse=True, is_binary=True),
}


def format_of(name: str | None) -> Format:
    """Return the format that the name of a file tells; the table where it tells none."""
    suffix = PurePath(name or "").suffix.lower()
    return next((form for form, row in _ROWS.items() if suffix and row.suffix == suffix), Format.TABLE)


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where the text will stand.

    `width` is the number of columns, or None for what is no terminal, where nothing is ever wrapped.
    `prefix` stands before the names of computed CSV columns.
    """

    width: int | None = None
    color: bool = False
    unicode: bool = True
    prefix: str = ""
