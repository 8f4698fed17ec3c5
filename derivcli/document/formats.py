"""The formats, a row each, and the canvas a text is drawn on. To add a format is to write its module and its row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from derivcli.language.styles import Notation
from derivcli.model.choices import Format


@dataclass(frozen=True, slots=True)
class FormatRow:
    """How a format is written.

    `module` is one of this room, imported on use; only the terminal's needs rich. `one` is the function in it that
    writes one point, `rows` the one for many; without its name the format has no room for them. A printer of documents
    has `(document, canvas)`; without `has_document` it is `(answer, canvas)` and `(outline, answers, canvas)`. A file
    with the ending `suffix` means the format. One that `is_bounded` shows as many derivatives as a person reads, one
    that `is_terse` has no room for a remark on the whole answer, one that `is_binary` needs a file.
    """

    module: str
    one: str = ""
    rows: str = ""
    suffix: str = ""
    has_document: bool = False
    is_bounded: bool = False
    is_terse: bool = False
    is_binary: bool = False


FORMATS = {
    Format.TABLE: FormatRow("terminal", "draw", "draw", has_document=True, is_bounded=True),
    Format.JSON: FormatRow("objects", "pretty", "array", ".json"),
    Format.JSONL: FormatRow("objects", "line", "lines", ".jsonl"),
    Format.CSV: FormatRow("delimited", "csv_text", "csv_lines", ".csv", is_terse=True),
    Format.TSV: FormatRow("delimited", "tsv_text", "tsv_lines", ".tsv", is_terse=True),
    Format.VALUE: FormatRow("value", "text", "lines", is_terse=True),
    Format.LATEX: FormatRow("latex", "draw", has_document=True, is_terse=True),
    Format.MARKDOWN: FormatRow("markdown", "draw", "draw", ".md", has_document=True, is_bounded=True),
    Format.PARQUET: FormatRow("parquet", "", "file", ".parquet", is_terse=True, is_binary=True),
}


def format_told(name: str | None) -> Format | None:
    """Return the format that the name of a file tells, if it tells one."""
    suffix = PurePath(name or "").suffix.lower()
    return next((form for form, row in FORMATS.items() if suffix and row.suffix == suffix), None)


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where the text will stand.

    `width` is the number of columns, or None for what is no terminal, where nothing is ever wrapped; `height` is that
    of the lines of its window, for pictures.
    `prefix` stands before the names of computed CSV columns. `notation` is that of formulas that people read.
    """

    width: int | None = None
    color: bool = False
    unicode: bool = True
    prefix: str = ""
    notation: Notation = Notation.AUTO
    height: int | None = None
