"""Tables of text as sources of points: CSV, TSV, and what spreadsheets and programs make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.errors import DataError, NoRowsError
from derivcli.model.rows import Rows
from derivcli.points.blocks import TOO_LONG, Block, Blocks, decoded, lines_of
from derivcli.points.cells import number_column, numbers_in, numbers_joined, written
from derivcli.points.headers import check_names, check_text, places, read_header
from derivcli.points.opening import COMMENT, WRITE, look
from derivcli.points.packed import Stream
from derivcli.points.records import are_whole, split
from derivcli.points.tables import Layout, TextRows, read_rows
from derivcli.points.texts import Utf8
from derivcli.points.told import POINT, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.model.choices import Form
    from derivcli.model.rows import Column
    from derivcli.points.opening import Opening
    from derivcli.points.packed import Readable
    from derivcli.points.records import Dialect

_USUAL = ","  # separator
_SEARCHED = 1_000  # lines in which the header and the first row must stand
_NOTHING = Told()
_NARROW = 4  # columns for each variable, up to which all cells are split off


@dataclass(frozen=True, slots=True)
class LineRecords:
    """Rows of text, and the cells of those that no plain split gives."""

    lines: Sequence[str]
    given: Mapping[int, Sequence[str]]
    dialect: Dialect
    header: tuple[str, ...]
    batch: Any = None

    @property
    def texts(self) -> Sequence[str] | None:
        """The rows as they stand where they are CSV or TSV as we write it."""
        return self.lines if self.dialect.is_plain else None

    def cells(self, index: int) -> Sequence[str]:
        """Return the texts of a row's cells; of a bad row what there is."""
        given = self.given.get(index)
        return split(self.lines[index], self.dialect) if given is None else given

    def exact(self, index: int, name: str) -> str:
        """Return the text of a coordinate as it stands in the file, but with a point for a decimal comma."""
        return written(self.cells(index)[self.header.index(name)], self.dialect.decimal)


class Delimited:
    """A table of text, whatever separates its cells; its rows can be read once.

    `usual` is the separator where nothing speaks for another. Raises `DataError` for a file without rows, or with a
    header that cannot be used, when it is made.
    """

    def __init__(self, stream: Readable, name: str, told: Told = _NOTHING, usual: str = _USUAL) -> None:
        self._stream, self._name = stream, name
        self._text = Utf8(stream, told.encoding)
        self._blocks = Blocks(self._text, name)
        opening, self._comments = self._opening(told, usual)
        self._dialect, self._passed = opening.dialect, opening.passed
        check_names(opening.names, name, told)
        self.header = read_header(opening.names, name, told.names)
        block = self._blocks.read()
        if block is None:
            raise NoRowsError(
                f"{name} has a header and no rows",
                hint="write one row a line below the header; see deriv --manual files",
            )
        self._waiting: Block | None = block

    @property
    def form(self) -> Form:
        """CSV or TSV."""
        return self._dialect.form

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read."""
        return self._blocks.bytes_read

    @property
    def first(self) -> int:
        """The number of the first line that may be a row."""
        assert self._waiting is not None  # noqa: S101 - no row has been read
        return self._waiting.first

    @property
    def is_text(self) -> bool:
        """Whether the bytes of the file are those of its lines: it is neither compressed nor of another encoding."""
        return isinstance(self._stream, Stream) and self._text.is_same

    def are_whole(self, data: bytes) -> bool:
        """Tell whether no row of these lines can go on below them: each line is one by itself."""
        return are_whole(lines_of(decoded(data)), self._dialect)

    def narrow(self, stream: Readable, first: int) -> None:
        """Read the rows from a stream of whole lines of this file, the first of which has this number."""
        self._passed = self._passed if first == self.first else 0
        self._stream.close()
        self._stream, self._blocks = stream, Blocks(stream, self._name, first)
        self._waiting = None

    def check(self, variables: Sequence[str]) -> None:
        """Raise `DataError` for a variable without a column of its own."""
        places(self.header, variables, self._name)

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows, some at a time, and close the file at the end."""
        found = places(self.header, variables, self._name)
        layout = Layout(self._dialect, len(self.header), tuple(zip(variables, found, strict=True)), self._comments)
        try:
            while (block := self._next()) is not None:
                rows = self._rows(block, layout)
                self._passed = 0 if len(rows) else rows.passed
                if len(rows):
                    yield rows
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _next(self) -> Block | None:
        block, self._waiting = self._waiting, None
        return block or self._blocks.read()

    def _rows(self, block: Block, layout: Layout) -> Rows:
        if block.too_long:
            table = TextRows(range(block.first, block.first + 1), [""], {0: []}, {0: TOO_LONG})
        else:
            table, left = read_rows(block, layout)
            if left:
                self._blocks.give_back(b"\n".join(block.data.rsplit(b"\n", left)[-left:]))
        columns = _columns(table, layout)
        records = LineRecords(table.texts, table.cells, self._dialect, self.header)
        return Rows(table.lines, columns, records, table.bad, passed=self._passed + table.passed)

    def _opening(self, told: Told, usual: str) -> tuple[Opening, bool]:
        """Return what the first lines say, and whether the first is a comment; what follows is left to be read."""
        while (block := self._blocks.read()) is not None:
            if block.too_long:
                raise DataError(f"the first line of {self._name} is not a header: {TOO_LONG}", hint=WRITE)
            lines = lines_of(decoded(block.data))
            check_text(lines[0], block.data, self._name)
            found = look(lines, told, usual, self._name, whole=block.last or len(lines) > _SEARCHED)
            if found is None:
                self._blocks.give_back(block.data)
                continue
            if found.lines < len(lines):
                self._blocks.give_back(block.data.split(b"\n", found.lines)[found.lines], more=False)
            return found, lines[0].startswith(COMMENT)
        raise DataError(f"{self._name} is empty", hint=WRITE)


def _columns(table: TextRows, layout: Layout) -> dict[str, Column]:
    """Return the coordinates of all rows; a row in which one cannot be read becomes bad."""
    if not table.texts:
        return {name: np.empty(0) for name, _ in layout.variables}
    columns = _all_at_once(table, layout)
    if columns is not None:
        return columns
    columns = {}
    for name, cells in _variable_cells(table, layout).items():
        columns[name], bad = number_column(name, cells, layout.dialect.decimal)
        for index, reason in bad.items():
            table.bad.setdefault(index, reason)
    if table.bad:
        bad_rows = list(table.bad)
        for column in columns.values():
            column[bad_rows] = np.nan
    return columns


def _all_at_once(table: TextRows, layout: Layout) -> dict[str, Column] | None:
    """Return the columns where each is a variable and nothing is odd, else None."""
    if table.cells or table.bad or len(layout.variables) != layout.width or layout.dialect.decimal != POINT:
        return None
    separator = layout.dialect.separator
    if layout.width == 1:
        numbers = numbers_in(table.texts)
    else:
        joined = ",".join(table.texts).replace(separator, ",")
        numbers = numbers_joined(joined, len(table.texts) * layout.width)
    if numbers is None:
        return None
    by_place = np.ascontiguousarray(numbers.reshape(-1, layout.width).T)
    return {name: by_place[place] for name, place in layout.variables}


def _variable_cells(table: TextRows, layout: Layout) -> dict[str, list[str]]:
    """Return the texts in the columns of variables; a bad row has zeros there."""
    texts = table.texts
    if table.cells or table.bad:
        plain = layout.dialect.separator.join("0" * layout.width)
        texts = texts.copy()
        for index in (*table.cells, *table.bad):
            texts[index] = plain
    found = _pulled(texts, layout)
    for index, cells in table.cells.items():
        if index not in table.bad:
            for name, place in layout.variables:
                found[name][index] = cells[place]
    return found


def _pulled(texts: list[str], layout: Layout) -> dict[str, list[str]]:
    """Return the cells of variables from texts that a plain split understands."""
    separator, width = layout.dialect.separator, layout.width
    if width <= _NARROW * len(layout.variables):
        cells = separator.join(texts).split(separator)
        return {name: cells[place::width] for name, place in layout.variables}
    taken = [place for _, place in layout.variables]
    most, fewest = max(taken, default=0) + 1, width - min(taken, default=0)
    rows = [text.split(separator, most) if most <= fewest else text.rsplit(separator, fewest) for text in texts]
    skipped = 0 if most <= fewest else width - fewest - 1
    return {name: [row[place - skipped] for row in rows] for name, place in layout.variables}
