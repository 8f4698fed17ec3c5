"""The formats, a row each, and the canvas a text is drawn on. To add a format is to write its module and its row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from derivcli.language.styles import Notation


@dataclass(frozen=True, slots=True)
class Row:
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


_UNKNOWN = Row("")  # never that of a member: `Format("csv")` finds the one there is


class Format(StrEnum):
    """The forms in which an answer can be written, each with its row."""

    row: Row

    def __new__(cls, name: str, row: Row = _UNKNOWN) -> Format:
        """Make a member that is its name; to find one its name is enough."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.row = row
        return member

    TABLE = "table", Row("terminal", "draw", "draw", has_document=True, is_bounded=True)
    JSON = "json", Row("objects", "pretty", "array", ".json")
    JSONL = "jsonl", Row("objects", "line", "lines", ".jsonl")
    CSV = "csv", Row("delimited", "csv_text", "csv_lines", ".csv", is_terse=True)
    TSV = "tsv", Row("delimited", "tsv_text", "tsv_lines", ".tsv", is_terse=True)
    VALUE = "value", Row("value", "text", "lines", is_terse=True)
    LATEX = "latex", Row("latex", "draw", has_document=True, is_terse=True)
    MARKDOWN = "markdown", Row("markdown", "draw", "draw", ".md", has_document=True, is_bounded=True)
    PARQUET = "parquet", Row("parquet", "", "file", ".parquet", is_terse=True, is_binary=True)


def format_told(name: str | None) -> Format | None:
    """Return the format that the name of a file tells, if it tells one."""
    suffix = PurePath(name or "").suffix.lower()
    return next((form for form in Format if suffix and form.row.suffix == suffix), None)


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where the text will stand.

    `width` is the number of columns, or None for what is no terminal, where nothing is ever wrapped; `height` is that
    of the lines of its window, for pictures.
    `prefix` stands before the names of computed CSV columns. `notation` is that of formulas that people read.
    With `full_steps` each step has its reason and its number.
    """

    width: int | None = None
    color: bool = False
    unicode: bool = True
    prefix: str = ""
    notation: Notation = Notation.AUTO
    height: int | None = None
    full_steps: bool = False
