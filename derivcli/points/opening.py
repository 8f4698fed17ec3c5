"""The first lines of a table of text -> how it is written: what separates its cells, whose names they are.

What is looked for, in this order: Excel's `sep=;`; comments, which begin with `#`, and empty lines; a header, which is
the first line that is left. Where that line holds a number, and a comment has as many words as it has cells, the
comment is the header: so write numpy.savetxt and gnuplot.

The separator is the one that splits the header, and most of the first rows into as many cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.errors import DataError
from derivcli.points.cells import read_number
from derivcli.points.records import Dialect, Slip, Window, cells_of, in_tabs, read_record
from derivcli.points.told import RUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.points.told import Told

WRITE = "write the names of the columns in the first line, such as x,y, then one row a line; see deriv --manual files"
TAB = "\t"
_SEPARATORS = (",", ";", TAB, RUNS)
_FEWEST = 2  # lines: a header and a row
_LOOKED = 20  # rows: enough to outvote some that are damaged
_MOST = 0.5  # of them, that must have as many cells as the header where blanks could belong to a name
_GAP = re.compile(r"\S[ \t]+\S")
_EXCELS = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Opening:
    """How a table is written, the names of its columns, the lines before its rows, how many of these say nothing."""

    dialect: Dialect
    names: Sequence[str]
    lines: int
    passed: int


def look(lines: Sequence[str], told: Told, usual: str, name: str, *, whole: bool) -> Opening | None:
    """Return what the first lines say, None where more of them must be seen to tell; `whole`: there are no more.

    `usual` is the separator where nothing speaks for another; a file of tabs has no other. Raises `DataError` where
    there is no header.
    """
    separator, start = _excels(lines[0]), 0
    start = 1 if separator else 0
    separator = told.separator or separator
    separators = (separator,) if separator else (TAB,) if usual == TAB else _SEPARATORS
    after = next((k for k in range(start, len(lines)) if not _says_nothing(lines[k])), len(lines))
    rows = [line for line in lines[after:] if not _says_nothing(line)][: _LOOKED + 1]
    if len(rows) < _FEWEST and not whole:
        return None
    if not rows:
        raise DataError(f"{name} has comments and no rows", hint=WRITE)
    named = _named(lines[start:after], rows, separators, told)
    if named is not None:
        return Opening(*named, after, after - 1)
    separator = _separator(rows, separators)
    dialect = Dialect.of(separator, told.decimal, rows[0])
    cells, used = _header(lines[after:], dialect, name, whole=whole)
    if not used:
        return None
    names = ["", *cells] if _has_index(rows, len(cells), separator) else cells
    return Opening(dialect, names, after + used, after)


def _excels(line: str) -> str | None:
    found = _EXCELS.fullmatch(line)
    return found[1] if found else None


def _says_nothing(line: str) -> bool:
    return not line or line.startswith(COMMENT)


def _named(
    before: Sequence[str], rows: Sequence[str], separators: Sequence[str], told: Told
) -> tuple[Dialect, Sequence[str]] | None:
    """Return the names in the last comment that has as many as the first row, which holds a number, has cells."""
    comments = [line.lstrip(COMMENT).strip() for line in reversed(before) if line.startswith(COMMENT)]
    for separator in separators if comments else ():
        cells = cells_of(rows[0], separator)
        if not any(_is_number(cell, told) for cell in cells) or _share(rows, len(cells), separator) < _MOST:
            continue
        # A cell with a blank inside, as in `1,5 2`, speaks against commas where the names have none between them.
        marks = (separator,) if any(map(_GAP.search, cells)) else (separator, *_SEPARATORS)
        for mark, names in ((mark, cells_of(text, mark)) for text in comments for mark in marks):
            if len(names) == len(cells) and _are_names(names, mark, told):
                return Dialect.of(separator, told.decimal, rows[0]), [each.strip() for each in names]
    return None


def _are_names(cells: Sequence[str], separator: str, told: Told) -> bool:
    """Tell whether cells may be a header: no number is among them, and blanks part no unit from its name.

    In `x [m]` above `1 000` there is one column, and to read two of them would be wrong without a word.
    """
    return not _has_unit(cells, separator) and not any(_is_number(cell, told) for cell in cells)


def _has_unit(cells: Sequence[str], separator: str) -> bool:
    return separator == RUNS and any(cell.startswith(("(", "[")) for cell in cells)


def _is_number(cell: str, told: Told) -> bool:
    return isinstance(read_number("", cell, told.decimal), float)


def _separator(rows: Sequence[str], separators: Sequence[str]) -> str:
    """Return what separates the cells; blanks stand in names as well, so that most rows have to bear them out."""
    headers = {mark: cells_of(rows[0], mark) for mark in separators}
    widths = {mark: len(cells) for mark, cells in headers.items() if len(separators) == 1 or not _has_unit(cells, mark)}
    shares = {
        mark: 1.0 if _has_index(rows, width, mark) else _share(rows[1:], width, mark)
        for mark, width in widths.items()
        if width > 1
    }
    best = max(shares, key=lambda mark: shares[mark], default=separators[0])  # the first of those that are alike
    if shares and shares[best] >= _MOST:
        return best
    return next((mark for mark in shares if mark != RUNS), separators[0])


def _share(rows: Sequence[str], width: int, separator: str) -> float:
    """Return how many of the rows have a number of cells, as a part of all."""
    return sum(len(cells_of(row, separator)) == width for row in rows) / len(rows) if rows else 0.0


def _header(lines: Sequence[str], dialect: Dialect, name: str, *, whole: bool) -> tuple[list[str], int]:
    """Return the cells of the header and how many lines it has, 0 where more must be seen to tell."""
    line = in_tabs(lines[0]) if dialect.runs else lines[0]
    if not dialect.quotes:
        return line.split(dialect.separator), 1
    record, used = read_record(line, dialect.separator), 1
    if record.slip is Slip.OPEN and not dialect.runs:
        window = Window.of(lines, 0, dialect.separator)
        record = window.record()
        used = window.text.count("\n", 0, record.end) + 1
        if record.slip is Slip.OPEN and not window.full and not whole:
            return [], 0
    if record.slip is not None:
        raise DataError(f"the first line of {name} is not a header: {record.slip.value}", hint=WRITE)
    return record.cells, used


def _has_index(rows: Sequence[str], width: int, separator: str) -> bool:
    """Tell whether each row begins with its own name, which has no name in the header: so writes R's write.table.

    There all names are quoted, and each row begins with a quote and has a cell more.
    """
    quoted = rows[0].count('"') == 2 * width and all(row.startswith('"') for row in rows)
    return len(rows) > 1 and quoted and _share(rows[1:], width + 1, separator) == 1
