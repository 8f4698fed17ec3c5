"""A line of CSV or TSV -> cells.

CSV has quotes: a cell that begins with one ends with one, may hold separators, line breaks and doubled quotes. A quote
inside another cell is a character like any other. TSV has no quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from derivcli.model.rows import Form

_MOST_LINES = 100  # of a record
_MOST_CHARACTERS = 2**16


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart."""

    form: Form
    separator: str
    quotes: bool


CSV = Dialect(Form.CSV, ",", quotes=True)
TSV = Dialect(Form.TSV, "\t", quotes=False)

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PLAIN = re.compile(r"[^,\n]*+")


class Slip(Enum):
    """What is wrong with the quotes of a record."""

    OPEN = "a quote that is opened here never closes"
    GARBAGE = "text stands after a closing quote"


class Record(NamedTuple):
    """Cells, where in the text they end, and what is wrong; `literal`: a quote stands inside a cell without quotes."""

    cells: list[str]
    end: int
    slip: Slip | None = None
    literal: bool = False


def read_record(text: str) -> Record:
    """Read the first record of a text of CSV."""
    cells: list[str] = []
    position, literal = 0, False
    while True:
        found = _QUOTED.match(text, position)
        if found:
            cells.append(found[1].replace('""', '"'))
        elif text.startswith('"', position):
            return Record(cells, position, Slip.OPEN, literal)
        else:
            found = _PLAIN.match(text, position)
            assert found is not None  # noqa: S101 - it matches nothing, too
            cells.append(found[0])
            literal = literal or '"' in found[0]
        position = found.end()
        following = text[position : position + 1]
        if following in ("", "\n"):
            return Record(cells, position, None, literal)
        if following != ",":
            return Record(cells, position, Slip.GARBAGE, literal)
        position += 1


def split(line: str, dialect: Dialect) -> list[str]:
    """Return the cells of a row as well as they can be told, also where the quotes are wrong."""
    if dialect.quotes and '"' in line:
        record = read_record(line)
        if record.slip is None and record.end == len(line):
            return record.cells
    return line.split(dialect.separator)


class Window(NamedTuple):
    """The lines in which a record may end; `cut` tells that the last one is not whole."""

    text: str
    cut: bool
    full: bool

    @classmethod
    def of(cls, lines: list[str], start: int) -> Window:
        """Return the lines from one on: as many as a record may have, or as there are."""
        chosen = lines[start : start + _MOST_LINES]
        text = "\n".join(chosen)
        cut = len(text) > _MOST_CHARACTERS
        return cls(text[:_MOST_CHARACTERS], cut, cut or len(chosen) == _MOST_LINES)

    def record(self) -> Record:
        """Return the first record, which is open where it does not end inside the window."""
        found = read_record(self.text)
        return Record(found.cells, found.end, Slip.OPEN) if self.cut and found.end == len(self.text) else found
