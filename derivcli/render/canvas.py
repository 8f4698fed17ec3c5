"""What a picture may use: the formats, and the terminal it is drawn for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The forms in which a result can be written; Parquet is for many points only."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    VALUE = "value"
    LATEX = "latex"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


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
