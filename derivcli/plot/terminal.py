"""A graph -> text for a terminal: f above, its slope below, in braille or ASCII."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

import derivcli.plot.scale as scale
from derivcli.document.pen import Pen
from derivcli.plot.dots import Dots
from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.document import Canvas
    from derivcli.plot.shapes import Curve, Graph, Interval, Numbers

_WIDTH = 80  # where there is no terminal
_WIDEST = 160
_NARROWEST = 30
_ROWS = 14
_Y_TICKS = 5
_COLUMNS_PER_X_TICK = 12
_FEWEST_CELLS_PER_MARK = 3

_CURVE_STYLES = ("cyan", "yellow")
_MARK_STYLE = "bold red"
_FAINT = "bright_black"


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters of a picture beside its lines."""

    open: str
    closed: str
    undefined: str
    zero: str
    axis: str
    tick: str
    corner: str
    floor: str
    floor_tick: str


_UNICODE = Signs("○", "●", "░", "┄", "│", "┤", "└", "─", "┬")
_ASCII = Signs("o", "@", ":", "-", "|", "+", "+", "-", "+")


def signs(canvas: Canvas) -> Signs:
    """Return the characters that a canvas can show."""
    return _UNICODE if canvas.unicode else _ASCII


def width(canvas: Canvas) -> int:
    """Return how many columns a picture takes."""
    return _WIDTH if canvas.width is None else max(_NARROWEST, min(canvas.width, _WIDEST))


def draw(graph: Graph, canvas: Canvas) -> str:
    """Return the picture as text that ends with one newline."""
    pen = Pen(canvas)
    curves = [graph.function] if graph.slope is None else [graph.function, graph.slope]
    lines = above(graph.readings, pen)
    for curve, style in zip(curves, _CURVE_STYLES, strict=False):
        lines += [
            *pen.lines(pen.text(_title(curve, graph.span), f"bold {style}")),
            *_panel(graph, curve, style, canvas),
        ]
        lines.append(Text())
    return pen.draw([*lines, *_words(graph, pen, signs(canvas))])


def above(readings: Iterable[str], pen: Pen) -> list[Text]:
    """Return what stands above a picture: how the text was read, where a person might read it otherwise."""
    lines = list(pen.notes(readings))
    return [*lines, Text()] if lines else []


def _title(curve: Curve, span: Interval) -> str:
    name = f"f({span.name})" if curve.name == "f" else curve.name
    return name if curve.formula is None else f"{name} = {curve.formula}"


def _words(graph: Graph, pen: Pen, shown: Signs) -> Iterator[Text]:
    """Give the legend: what is special, where nothing is drawn, over what is plotted."""
    for spot, line in scale.special(graph):
        yield from pen.hang(pen.text(f"{_key(spot, shown)} ", _MARK_STYLE), pen.text(line))
    for line in scale.stretches(graph):
        sign = shown.undefined if line.startswith("undefined") else " "
        yield from pen.hang(pen.text(f"{sign} ", _FAINT), pen.text(line))
    for line in (*scale.held(graph), scale.extent(graph.span), *(f"note: {note}" for note in graph.notes)):
        yield from pen.lines(pen.text(line))


def _key(spot: Spot, shown: Signs) -> str:
    """Return the sign that stands for a kind of special point."""
    if spot in (Spot.POLE, Spot.BREAK):
        return " "
    return shown.closed if spot in (Spot.KINK, Spot.VERTICAL) else shown.open


class _Grid:
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


def _panel(graph: Graph, curve: Curve, style: str, canvas: Canvas) -> Iterator[Text]:
    """Give the lines of one panel, with its axes."""
    limits = scale.heights(curve)
    shown = signs(canvas)
    ticks = scale.ticks(*limits, _Y_TICKS)
    labels = dict(zip(ticks, scale.labels(ticks), strict=True))
    margin = max([4, *(len(text) for text in labels.values())]) + 1
    grid = _Grid(width(canvas) - margin - 2, _ROWS, graph.span, limits)
    _shade(grid, graph, shown)
    row = grid.row(0.0)
    for column in range(grid.columns if row is not None else 0):
        if grid.cells[row or 0][column][0] == " ":
            grid.put(row, column, shown.zero, _FAINT)
    _lines(grid, curve, style, unicode=canvas.unicode)
    _marks(grid, curve, shown)
    at_rows = {grid.row(tick): text for tick, text in labels.items()}
    for number, cells in enumerate(grid.cells):
        axis = shown.tick if number in at_rows else shown.axis
        head = (f"{at_rows.get(number, ''):>{margin}}", ""), (axis, _FAINT)
        yield Text.assemble(*head, *cells)
    yield from floor(graph.span, grid.columns, margin, shown)


def _shade(grid: _Grid, graph: Graph, shown: Signs) -> None:
    centres = (np.arange(grid.columns) + 0.5) / grid.columns
    for gap in graph.undefined:
        low, high = grid.across(np.array(gap))
        for column in np.flatnonzero((centres > low) & (centres < high)):
            for row in range(grid.rows):
                grid.put(row, int(column), shown.undefined, _FAINT)


def _lines(grid: _Grid, curve: Curve, style: str, *, unicode: bool) -> None:
    dots = Dots(grid.columns, grid.rows, unicode=unicode)
    for piece in curve.pieces:
        dots.line(grid.across(piece.x), grid.up(piece.y))
    for row, cells in enumerate(dots.cells()):
        for column, sign in enumerate(cells):
            if sign != " ":
                grid.put(row, column, sign, style)


def _marks(grid: _Grid, curve: Curve, shown: Signs) -> None:
    """Draw open circles where a curve ends and has no point, filled ones where it has a special point."""
    if len(curve.marks) * _FEWEST_CELLS_PER_MARK > grid.columns:
        return
    for mark in curve.marks:
        column = grid.column(mark.x)
        for side in (mark.left, mark.right):
            if side is not None and side != mark.value and np.isfinite(side):
                grid.put(grid.row(side), column, shown.open, _MARK_STYLE)
    for mark in curve.marks:
        if mark.value is not None:
            grid.put(grid.row(mark.value), grid.column(mark.x), shown.closed, _MARK_STYLE)


def floor(span: Interval, columns: int, margin: int, shown: Signs) -> Iterator[Text]:
    """Give the horizontal axis and its numbers."""
    axis = [shown.floor] * columns
    numbers = [" "] * (margin + 1 + columns)
    ticks = scale.ticks(span.low, span.high, max(3, columns // _COLUMNS_PER_X_TICK))
    for tick, text in zip(ticks, scale.labels(ticks), strict=True):
        column = min(int(scale.place(np.array(tick), span.low, span.high) * columns), columns - 1)
        axis[column] = shown.floor_tick
        start = min(margin + 1 + column - (len(text) - 1) // 2, len(numbers) - len(text))
        if all(cell == " " for cell in numbers[max(0, start - 1) : start + len(text) + 1]):
            numbers[start : start + len(text)] = text
    yield Text.assemble(" " * margin, (shown.corner + "".join(axis), _FAINT))
    yield Text("".join(_named(numbers, span.name)))


def _named(numbers: list[str], name: str) -> list[str]:
    """Put the name of the axis where it has room: at the right end, else at the left one."""
    for place in (slice(len(numbers) - len(name), None), slice(0, len(name))):
        around = numbers[max(0, (place.start or 0) - 1) : (place.stop or len(numbers)) + 1]
        if len(name) < len(numbers) and all(cell == " " for cell in around):
            numbers[place] = name
            break
    return numbers
