"""Lines -> dots -> characters -> the cells of a panel: eight dots a cell in braille, three in ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import derivcli.plot.scale as scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from derivcli.plot.shapes import Interval, Numbers, Piece

    Cells = NDArray[np.int64]

_BLANK_BRAILLE = 0x2800
_BRAILLE = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])  # rows of dots, columns of dots
_ASCII = np.array([[1], [2], [4]])
_STROKES = " '-'.||:"  # by the sum of the dots of an ASCII cell: above 1, in the middle 2, below 4
_MOST_BEYOND = 2.0  # heights of the picture that a line may leave it by before it is cut


class Dots:
    """A canvas of dots on which lines are drawn; the places of lines are shares of the width and of the height."""

    def __init__(self, columns: int, rows: int, *, unicode: bool) -> None:
        self._weights = _BRAILLE if unicode else _ASCII
        self._character: Callable[[int], str] = _braille if unicode else _stroke
        down, across = self._weights.shape
        self._dots = np.zeros((rows * down, columns * across), dtype=bool)

    def line(self, x: Numbers, y: Numbers) -> None:
        """Draw a line through points; what is outside is cut off."""
        height, width = self._dots.shape
        across = np.clip(x, -1, 2) * width
        down = (1 - np.clip(y, -_MOST_BEYOND, 1 + _MOST_BEYOND)) * height
        columns, rows = _between(_inside(across, width), _inside(down, height))
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        self._dots[rows[inside], columns[inside]] = True

    def cells(self) -> list[list[str]]:
        """Return the characters, row by row; a cell without a dot is a blank."""
        height, width = self._dots.shape
        down, across = self._weights.shape
        blocks = self._dots.reshape(height // down, down, width // across, across)
        sums = np.einsum("aibj,ij->ab", blocks, self._weights)
        return [[self._character(int(number)) if number else " " for number in row] for row in sums]


def _inside(places: Numbers, size: int) -> Numbers:
    """Count the far end of the canvas as a part of it."""
    return np.where(places == size, np.nextafter(size, 0), places)


def _between(across: Numbers, down: Numbers) -> tuple[Cells, Cells]:
    """Return the dots of a line through points that lie any number of dots apart."""
    steps = np.maximum(np.abs(np.diff(across)), np.abs(np.diff(down)))
    counts = np.ceil(steps).astype(int) + 1
    start = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)) / np.repeat(counts, counts)
    columns = np.append(across[start] + np.diff(across)[start] * share, across[-1])
    rows = np.append(down[start] + np.diff(down)[start] * share, down[-1])
    return np.floor(columns).astype(int), np.floor(rows).astype(int)


def _braille(number: int) -> str:
    return chr(_BLANK_BRAILLE + number)


def _stroke(number: int) -> str:
    return _STROKES[number]


class Raster:
    """The cells of one panel, each a character and its style."""

    def __init__(self, columns: int, rows: int, span: Interval, limits: tuple[float, float]) -> None:
        self.columns, self.rows = columns, rows
        self._span, self._limits = span, limits
        self.cells: list[list[tuple[str, str]]] = [[(" ", "")] * columns for _ in range(rows)]

    def across(self, numbers: Numbers) -> Numbers:
        """Return shares of the width."""
        return scale.place(numbers, self._span.low, self._span.high)

    def up(self, numbers: Numbers) -> Numbers:
        """Return shares of the height."""
        return scale.place(numbers, *self._limits)

    def row(self, y: float) -> int | None:
        """Return the row of a height, or None outside."""
        share = float(self.up(np.array(y)))
        return None if not 0 <= share <= 1 else min(int((1 - share) * self.rows), self.rows - 1)

    def column(self, x: float) -> int | None:
        """Return the column of a place, or None outside."""
        share = float(self.across(np.array(x)))
        return None if not 0 <= share <= 1 else min(int(share * self.columns), self.columns - 1)

    def put(self, row: int | None, column: int | None, sign: str, style: str) -> None:
        """Set a cell, unless it is outside."""
        if row is not None and column is not None:
            self.cells[row][column] = (sign, style)

    def lines(self, pieces: Iterable[Piece], style: str, *, unicode: bool, sign: str = "") -> None:
        """Draw pieces of a curve, with a sign in the place of dots where one is given."""
        dots = Dots(self.columns, self.rows, unicode=unicode)
        for piece in pieces:
            dots.line(self.across(piece.x), self.up(piece.y))
        for row, cells in enumerate(dots.cells()):
            for column, found in enumerate(cells):
                if found != " ":
                    self.put(row, column, sign or found, style)
