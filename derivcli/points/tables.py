"""A block of lines -> rows of CSV or TSV: which lines are a row, its cells, and what is wrong with it.

Lines without anything odd are rows as they stand. The others are looked at one by one. A record may go on over
further lines only if it closes nearby, is a whole record with the right number of cells, and if none of the lines
that it would swallow is a good row by itself: a quote that nobody closed must not cost other rows.

CSV has quotes: a cell that begins with one ends with one, may hold separators, line breaks and doubled quotes. A quote
inside another cell is a character like any other. TSV has no quotes.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from derivcli.model.choices import Form
from derivcli.points.blocks import FORBIDDEN, clean, decoded, forbidden, lines_of, may_be_odd
from derivcli.points.cells import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from derivcli.points.blocks import Block

_MOST_LINES = 100  # of a record
_MOST_CHARACTERS = 2**16
_PARTS = 8  # into which lines are split where one of them is odd
_ODD = re.compile('["\r\0\udc80-\udcff]')


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
    GARBAGE = "text follows a closing quote"


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


@dataclass(frozen=True, slots=True)
class Layout:
    """What each row must be like: so many cells, and numbers in the columns of variables."""

    dialect: Dialect
    width: int
    variables: tuple[tuple[str, int], ...]  # names and places


@dataclass(slots=True)
class TextRows:
    """Rows: their first lines, their texts, the cells of those that no plain split gives, and those that are bad."""

    lines: Sequence[int]
    texts: list[str]
    cells: dict[int, list[str]] = field(default_factory=dict)
    bad: dict[int, str] = field(default_factory=dict)


def read_rows(block: Block, layout: Layout, *, careful: bool = False) -> tuple[TextRows, int]:
    """Return the rows of a block, and how many lines at its end need more lines to be understood.

    `careful` looks at every line one by one: slower, and the same.
    """
    text = decoded(block.data)
    lines = lines_of(text)
    numbers = range(block.first, block.first + len(lines))
    if careful:
        return _Walk(text, lines, layout, last=block.last).table(numbers, range(len(lines)))
    table, left = TextRows(numbers, lines), 0
    odd = _odd(text, lines, layout.dialect)
    if odd:
        table.cells = dict(_whole(lines, odd)) if layout.dialect.quotes else {}
        if len(table.cells) < len(odd):
            walk = _Walk(text, lines, layout, last=block.last, known=table.cells)
            table, left = walk.table(numbers, odd)
    if layout.width > 1 or layout.dialect.separator in text:
        _count(table, layout)
    return table, left


def _odd(text: str, lines: list[str], dialect: Dialect) -> list[int]:
    """Return the lines that a plain split may not understand."""
    quoted = dialect.quotes and '"' in text
    if may_be_odd(text):
        pattern = _ODD if quoted else FORBIDDEN
        return [index for index, line in enumerate(lines) if pattern.search(line)]
    return [index for index, line in enumerate(lines) if '"' in line] if quoted else []


def _whole(lines: list[str], indices: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with quotes that are a record each, and their cells: many at once.

    As many records as lines means a record a line: none takes up less than a line.
    """
    chosen = [lines[index] for index in indices]
    try:
        records = [] if any(map(FORBIDDEN.search, chosen)) else list(csv.reader(chosen, strict=True))
    except csv.Error:
        records = []
    if len(records) == len(chosen):
        yield from zip(indices, records, strict=True)
    elif len(indices) > 1:
        step = -(-len(indices) // _PARTS)
        for start in range(0, len(indices), step):
            yield from _whole(lines, indices[start : start + step])


def _count(table: TextRows, layout: Layout) -> None:
    """Mark the rows that a plain split gives too few or too many cells."""
    right = layout.width - 1
    counts = list(map(str.count, table.texts, repeat(layout.dialect.separator)))
    for index, cells in table.cells.items():
        if len(cells) != layout.width:
            table.bad.setdefault(index, _wrong_count(table.texts[index], len(cells), layout.width))
    if counts.count(right) == len(counts):
        return
    for index, count in enumerate(counts):
        if count != right and index not in table.cells and index not in table.bad:
            table.bad[index] = _wrong_count(table.texts[index], count + 1, layout.width)


def _wrong_count(text: str, count: int, width: int) -> str:
    if not text:
        return "the line is empty"
    return f"{count} cell{'s' * (count != 1)} where the header has {width}"


class _Walk:
    """Lines looked at one by one."""

    def __init__(
        self,
        text: str,
        lines: list[str],
        layout: Layout,
        *,
        last: bool,
        known: Mapping[int, list[str]] = MappingProxyType({}),
    ) -> None:
        self._text, self._lines, self._layout, self._last, self._known = text, lines, layout, last, known

    def table(self, numbers: range, odd: Iterable[int]) -> tuple[TextRows, int]:
        """Look at the odd lines; the others are rows as they stand."""
        table = TextRows([], [])
        done = 0
        for index in odd:
            if index < done:
                continue
            self._take(table, numbers, done, index)
            used = self._look(table, numbers, index)
            if not used:
                return table, len(self._lines) - index
            done = index + used
        self._take(table, numbers, done, len(self._lines))
        return table, 0

    def _take(self, table: TextRows, numbers: range, start: int, stop: int) -> None:
        table.lines.extend(numbers[start:stop])  # type: ignore[attr-defined]
        table.texts.extend(self._lines[start:stop])

    def _look(self, table: TextRows, numbers: range, index: int) -> int:
        """Add the row that begins at a line; return how many lines it has, 0 where more must be seen to tell."""
        line = self._lines[index]
        row = len(table.texts)
        cells, reason, used = self._record(index)
        if not used:
            return 0
        text = line if used == 1 else self._original(index, used)
        reason = forbidden(text.replace("\r\n", "\n") if used > 1 else text) or reason
        if reason is None and len(cells) != self._layout.width:
            reason = _wrong_count(line, len(cells), self._layout.width)
        table.lines.append(numbers[index])  # type: ignore[attr-defined]
        table.texts.append(text)
        table.cells[row] = cells if reason is None else [clean(cell) for cell in cells]
        if reason is not None:
            table.bad[row] = reason
        return used

    def _record(self, index: int) -> tuple[list[str], str | None, int]:
        """Return the cells of the record that begins at a line, what is wrong with its quotes, and its lines."""
        line, dialect = self._lines[index], self._layout.dialect
        if index in self._known:
            return self._known[index], None, 1
        if not dialect.quotes or '"' not in line:
            return line.split(dialect.separator), None, 1
        record = read_record(line)
        if record.slip is None:
            return record.cells, None, 1
        if record.slip is Slip.OPEN:
            window = Window.of(self._lines, index)
            longer = window.record()
            if longer.slip is Slip.OPEN and not window.full and not self._last:
                return [], None, 0
            used = window.text.count("\n", 0, longer.end) + 1
            if longer.slip is None and self._may_swallow(longer.cells, index, used):
                return longer.cells, None, used
        return split(line, dialect), record.slip.value, 1

    def _may_swallow(self, cells: list[str], index: int, used: int) -> bool:
        swallowed = self._lines[index + 1 : index + used]
        return len(cells) == self._layout.width and not any(map(self._is_good, swallowed))

    def _is_good(self, line: str) -> bool:
        """Tell whether a line is a row by itself, in which nothing hints at anything else."""
        layout = self._layout
        record = read_record(line)
        if forbidden(line) or record.slip or record.literal or len(record.cells) != layout.width:
            return False
        return all(isinstance(read_number(name, record.cells[place]), float) for name, place in layout.variables)

    def _original(self, index: int, used: int) -> str:
        """Return the text of several lines with the line breaks that it has."""
        lines = self._text.split("\n")[index : index + used]
        return "\n".join(lines).removesuffix("\r")
