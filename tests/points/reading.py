"""What the tests of readers share: streams that come in pieces, and rows as plain tuples."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.model.rows import Source


class Pieces(io.BufferedIOBase):
    """A stream that gives its bytes in the pieces in which they come, as a pipe does."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""
        self.most = 0  # bytes that were ever given at once

    def read1(self, size: int = -1, /) -> bytes:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        given, self._left = self._left[:size], self._left[size:]
        self.most = max(self.most, len(given))
        return given


class Line(NamedTuple):
    """A row: where it stands, its coordinates or why there are none, its cells, and the exact coordinates."""

    number: int
    found: tuple[float, ...] | str
    cells: list[str]
    exact: tuple[str, ...] = ()
    note: str | None = None


def lines_of(source: Source, variables: Sequence[str]) -> list[Line]:
    """Return all rows of a source; a bad one has nan in each column."""
    return [line for rows in source.rows(variables) for line in _lines(rows, variables)]


def _lines(rows: Any, variables: Sequence[str]) -> Iterable[Line]:
    assert len(rows) <= 65_536
    assert list(rows.columns) == list(variables)
    for index, number in enumerate(rows.lines):
        point = tuple(float(rows.columns[name][index]) for name in variables)
        cells = list(rows.records.cells(index))
        if index in rows.bad:
            assert all(value != value for value in point)
            yield Line(number, rows.bad[index], cells)
        else:
            exact = tuple(rows.records.exact(index, name) for name in variables)
            yield Line(number, point, cells, exact, rows.notes.get(index))


def said(source: Source, variables: Sequence[str]) -> list[tuple[int, tuple[float, ...] | str]]:
    """Return the line numbers, and the coordinates or the reasons."""
    found: list[tuple[int, tuple[float, ...] | str]] = []
    for rows in source.rows(variables):
        points = zip(*(rows.columns[name].tolist() for name in variables), strict=True)
        found += [(n, rows.bad.get(i, point)) for i, (n, point) in enumerate(zip(rows.lines, points, strict=True))]
    return found
