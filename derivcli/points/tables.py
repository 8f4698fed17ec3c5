"""A block of lines -> rows of a table of text: which lines are a row, its cells, and what is wrong with it.

Lines without anything odd are rows as they stand. The others are looked at one by one. A record may go on over
further lines only if it closes nearby, is a whole record with the right number of cells, and if none of the lines
that it would swallow is a good row by itself: a quote that nobody closed must not cost other rows.

A line that begins with `#` is a comment where it has another number of cells than the header, or where the file begins
with a comment; between cells that blanks separate an empty line parts blocks of rows. Both are passed over.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING

from derivcli.points.blocks import FORBIDDEN, clean, decoded, forbidden, lines_of, may_be_odd
from derivcli.points.cells import read_number
from derivcli.points.records import Slip, Window, in_tabs, read_record, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from derivcli.points.blocks import Block
    from derivcli.points.records import Dialect

_PARTS = 8  # into which lines are split where one of them is odd
_ODD = re.compile('["\r\0\udc80-\udcff]')
_COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Layout:
    """What each row must be like: so many cells, and numbers in the columns of variables."""

    dialect: Dialect
    width: int
    variables: tuple[tuple[str, int], ...]  # names and places
    comments: bool = False  # the file begins with one


@dataclass(slots=True)
class TextRows:
    """Rows: their first lines, their texts, the cells of those that no plain split gives, and those that are bad."""

    lines: Sequence[int]
    texts: list[str]
    cells: dict[int, list[str]] = field(default_factory=dict)
    bad: dict[int, str] = field(default_factory=dict)
    passed: int = 0  # lines that say nothing

    def without(self, indices: Iterable[int]) -> TextRows:
        """Return the other rows."""
        gone = frozenset(indices)
        kept = [index for index in range(len(self.texts)) if index not in gone]
        return TextRows(
            [self.lines[index] for index in kept],
            [self.texts[index] for index in kept],
            {place: self.cells[index] for place, index in enumerate(kept) if index in self.cells},
            {place: self.bad[index] for place, index in enumerate(kept) if index in self.bad},
            len(gone),
        )


def read_rows(block: Block, layout: Layout) -> tuple[TextRows, int]:
    """Return the rows of a block, and how many lines at its end need more lines to be understood."""
    text = decoded(block.data)
    if layout.dialect.runs:
        text = in_tabs(text.replace("\r\n", "\n").removesuffix("\r"))
    lines = lines_of(text)
    numbers = range(block.first, block.first + len(lines))
    table, left = TextRows(numbers, lines), 0
    odd = _odd(text, lines, layout.dialect)
    if odd:
        table.cells = dict(_whole(lines, odd, layout.dialect.separator)) if layout.dialect.quotes else {}
        if len(table.cells) < len(odd):
            walk = _Walk(text, lines, layout, last=block.last, known=table.cells)
            table, left = walk.table(numbers, odd)
    if layout.width > 1 or layout.dialect.separator in text:
        _count(table, layout)
    saying_nothing = list(_saying_nothing(table, text, layout))
    return table.without(saying_nothing) if saying_nothing else table, left


def _saying_nothing(table: TextRows, text: str, layout: Layout) -> Iterator[int]:
    """Yield the rows that are comments, and empty lines between blocks."""
    if text.startswith(_COMMENT) or f"\n{_COMMENT}" in text:
        for index, line in enumerate(table.texts):
            if line.startswith(_COMMENT) and (layout.comments or index in table.bad):
                yield index
    if layout.dialect.runs:
        yield from (index for index, line in enumerate(table.texts) if not line)


def _odd(text: str, lines: list[str], dialect: Dialect) -> list[int]:
    """Return the lines that a plain split may not understand."""
    quoted = dialect.quotes and '"' in text
    if may_be_odd(text):
        pattern = _ODD if quoted else FORBIDDEN
        return [index for index, line in enumerate(lines) if pattern.search(line)]
    return [index for index, line in enumerate(lines) if '"' in line] if quoted else []


def _whole(lines: list[str], indices: list[int], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with quotes that are a record each, and their cells: many at once.

    As many records as lines means a record a line: none takes up less than a line.
    """
    chosen = [lines[index] for index in indices]
    try:
        is_clean = not any(map(FORBIDDEN.search, chosen))
        records = list(csv.reader(chosen, delimiter=separator, strict=True)) if is_clean else []
    except csv.Error:
        records = []
    if len(records) == len(chosen):
        yield from zip(indices, records, strict=True)
    elif len(indices) > 1:
        step = -(-len(indices) // _PARTS)
        for start in range(0, len(indices), step):
            yield from _whole(lines, indices[start : start + step], separator)


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
        record = read_record(line, dialect.separator)
        if record.slip is None:
            return record.cells, None, 1
        if record.slip is Slip.OPEN:
            window = Window.of(self._lines, index, dialect.separator)
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
        record = read_record(line, layout.dialect.separator)
        if forbidden(line) or record.slip or record.literal or len(record.cells) != layout.width:
            return False
        decimal = layout.dialect.decimal
        numbers = (read_number(name, record.cells[place], decimal) for name, place in layout.variables)
        return all(isinstance(number, float) for number in numbers)

    def _original(self, index: int, used: int) -> str:
        """Return the text of several lines with the line breaks that it has."""
        lines = self._text.split("\n")[index : index + used]
        return "\n".join(lines).removesuffix("\r")
