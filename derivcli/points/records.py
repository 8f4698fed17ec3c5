"""Lines of a table of text -> records: the cells of a row, over several lines where a quote says so.

A cell that begins with a quote ends with one, may hold separators, line breaks and doubled quotes. A quote inside
another cell is a character like any other. Cells that blanks separate are put into tabs first.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from derivcli.model.choices import Form
from derivcli.points.told import POINT, RUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LINES = 100  # of a record
_MOST_CHARACTERS = 2**16  # of a record: a quote that is not closed in so many is not closed at all
_TAB = "\t"
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PIECES = re.compile(r'"[^"\n]*+(?:""[^"\n]*+)*+"(?=[ \t\n]|\Z)|[^ \t\n]++')
_EDGES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_GAPS = re.compile("[ \t]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart, and the decimal mark; `runs`: a run of blanks and tabs is a separator."""

    separator: str
    quotes: bool = True
    decimal: str = POINT
    runs: bool = False

    @classmethod
    def of(cls, separator: str, decimal: str, line: str) -> Dialect:
        """Return the dialect of a separator; between tabs a quote is one only if a line of the file shows it."""
        quotes = separator != _TAB or bool(re.search(r'(?:^|\t)"[^"\t]*"(?:\t|$)', line))
        return cls(_TAB if separator == RUNS else separator, quotes, decimal, separator == RUNS)

    @property
    def form(self) -> Form:
        """The form in which its rows could be written as they are, if there is one."""
        return Form.TSV if self.separator == _TAB and not self.quotes else Form.CSV

    @property
    def is_plain(self) -> bool:
        """Whether its rows can be written as they are."""
        return self.separator == "," or self.form is Form.TSV


CSV = Dialect(",")
TSV = Dialect(_TAB, quotes=False)


class Slip(Enum):
    """What is wrong with the quotes of a record."""

    OPEN = "a quote that is opened here never closes"
    GARBAGE = "text follows a closing quote"


class Record(NamedTuple):
    """Cells, where in the text they end, and what is wrong; `literal`: a quote stands inside a cell without quotes."""

    cells: list[str]
    end: int
    slip: Slip | None = None
    literal: bool = False


@cache
def _unquoted(separator: str) -> re.Pattern[str]:
    return re.compile(rf"[^{re.escape(separator)}\n]*+")


def read_record(text: str, separator: str) -> Record:
    """Read the first record of a text whose cells may have quotes."""
    cells: list[str] = []
    position, literal, plain = 0, False, _unquoted(separator)
    while True:
        found = _QUOTED.match(text, position)
        if found:
            cells.append(found[1].replace('""', '"'))
        elif text.startswith('"', position):
            return Record(cells, position, Slip.OPEN, literal)
        else:
            found = plain.match(text, position)
            assert found is not None  # noqa: S101 - it matches nothing, too
            cells.append(found[0])
            literal = literal or '"' in found[0]
        position = found.end()
        following = text[position : position + 1]
        if following in ("", "\n"):
            return Record(cells, position, None, literal)
        if following != separator:
            return Record(cells, position, Slip.GARBAGE, literal)
        position += 1


def split(line: str, dialect: Dialect) -> list[str]:
    """Return the cells of a row as well as they can be told, also where the quotes are wrong."""
    if dialect.quotes and '"' in line:
        record = read_record(line, dialect.separator)
        if record.slip is None and record.end == len(line):
            return record.cells
    return line.split(dialect.separator)


def are_whole(lines: Sequence[str], dialect: Dialect) -> bool:
    """Tell whether each line is a record by itself: no quote in it may close in a later one. False where in doubt.

    As many records as lines means a record a line: none takes up less than a line.
    """
    quoted = [line for line in lines if '"' in line] if dialect.quotes else []
    if not quoted:
        return True
    try:
        count = sum(1 for _ in csv.reader(quoted, delimiter=dialect.separator, strict=True))
    except csv.Error:
        return False
    return count == len(quoted) and not dialect.runs


def cells_of(line: str, separator: str) -> list[str]:
    """Return the cells of a line by a separator of which nothing else is known."""
    return split(in_tabs(line), Dialect(_TAB)) if separator == RUNS else split(line, Dialect(separator))


def in_tabs(text: str) -> str:
    """Return lines with a tab for each run of blanks and tabs, and none at their ends; those in quotes stay."""
    if '"' not in text:
        return _GAPS.sub(_TAB, _EDGES.sub("", text))
    lines = text.split("\n")
    return "\n".join([_TAB.join(_PIECES.findall(line)) if '"' in line else in_tabs(line) for line in lines])


class Window(NamedTuple):
    """The lines in which a record may end; `cut` tells that the last one is not whole."""

    text: str
    cut: bool
    full: bool
    separator: str

    @classmethod
    def of(cls, lines: Sequence[str], start: int, separator: str) -> Window:
        """Return the lines from one on: as many as a record may have, or as there are."""
        chosen = lines[start : start + _MOST_LINES]
        text = "\n".join(chosen)
        cut = len(text) > _MOST_CHARACTERS
        return cls(text[:_MOST_CHARACTERS], cut, cut or len(chosen) == _MOST_LINES, separator)

    def record(self) -> Record:
        """Return the first record, which is open where it does not end inside the window."""
        found = read_record(self.text, self.separator)
        return Record(found.cells, found.end, Slip.OPEN) if self.cut and found.end == len(self.text) else found
