"""Graphs -> text for a terminal: f above, its derivatives below, in braille or ASCII, as high as the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

import derivcli.plot.scale as scale
from derivcli.document.pen import Pen
from derivcli.plot.dots import Raster
from derivcli.plot.shapes import Piece, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.document import Canvas
    from derivcli.plot.shapes import Chart, Curve, Interval

    Panel = Sequence[tuple[int, Curve]]  # with the numbers of their colours

_WIDTH = 80  # where there is no terminal
_WIDEST = 160  # columns: in a wider picture the same rows make every slope look flat
_NARROWEST = 30  # columns: beside the numbers of the axis about twenty are left to a curve
_ROWS = 14  # of a panel where there is no terminal, and from which on a window has room to spare
_FEWEST_ROWS, _MOST_ROWS = 3, 24  # a braille row has four dots: below three rows no curve has a shape
_KEPT = 2  # lines of a window: the command above, the prompt below
FLOOR = 2  # lines of the horizontal axis
_Y_TICKS = 5  # numbers of an axis at most: enough to read a height between two of them
_ROWS_PER_Y_TICK = 2  # at least, so that a blank line stands between two numbers
_COLUMNS_PER_X_TICK = 12  # as wide as a number with a sign, eight digits and room on both sides
_FEWEST_CELLS_PER_MARK = 3  # a circle and a cell of the curve on both sides: with fewer it is circles alone

_CURVE_STYLES = ("cyan", "yellow", "green", "magenta", "blue")
_CURVE_SIGNS = ("", "+", "x", "*", "#")  # in the place of dots, where there is no colour to tell curves apart
_MARK_STYLE = "bold red"
_TANGENT_STYLE = "bright_black"
_FAINT = "bright_black"
_LOWERED = str.maketrans("²³⁴", "234")


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters of a picture beside its lines."""

    open: str
    closed: str
    undefined: str
    crowded: str
    zero: str
    axis: str
    tick: str
    corner: str
    floor: str
    floor_tick: str
    point: str
    tangent: str

    @property
    def shades(self) -> dict[scale.Why, str]:
        """What fills a stretch where no line is drawn."""
        return {scale.Why.UNDEFINED: self.undefined, scale.Why.CROWDED: self.crowded}


_UNICODE = Signs("○", "●", "░", "▒", "┄", "│", "┤", "└", "─", "┬", "◆", "·")
_ASCII = Signs("o", "@", ":", "%", "-", "|", "+", "+", "-", "+", "X", ".")


def signs(canvas: Canvas) -> Signs:
    """Return the characters that a canvas can show."""
    return _UNICODE if canvas.unicode else _ASCII


def width(canvas: Canvas) -> int:
    """Return how many columns a picture takes."""
    return _WIDTH if canvas.width is None else max(_NARROWEST, min(canvas.width, _WIDEST))


def rows_left(canvas: Canvas, taken: int, panels: int) -> int:
    """Return how many rows each panel gets, where other lines take some of the window."""
    if canvas.height is None:
        return _ROWS
    return max(_FEWEST_ROWS, min((canvas.height - _KEPT - taken) // panels, _MOST_ROWS))


def draw(charts: Sequence[Chart], canvas: Canvas) -> str:
    """Return the picture as text that ends with one newline.

    In a low window the panels stand close to each other, above one horizontal axis.
    """
    pen = Pen(canvas)
    panels = scale.panels(charts)
    titles = [_title(panel, charts, canvas, pen) for panel in panels]
    lines = above((reading for chart in charts for reading in chart.readings), pen)
    words = list(_words(charts, pen, signs(canvas)))
    taken = len(lines) + len(words) + sum(map(len, titles))
    rows = rows_left(canvas, taken + (FLOOR + 1) * len(panels), len(panels))
    is_tight = rows < _ROWS
    if is_tight:
        titles = [_cut(title) for title in titles]
        rows = rows_left(canvas, len(lines) + len(words) + len(titles) + FLOOR, len(panels))
    margin = max(len(text) for panel in panels for text in ("0000", *_labels(panel, rows).values())) + 1
    for number, (panel, title) in enumerate(zip(panels, titles, strict=True)):
        is_last = number == len(panels) - 1
        grid = _panel(charts, panel, rows, margin, canvas, is_first=number == 0)
        lines += [*title, *_framed(grid, _labels(panel, rows), margin, signs(canvas))]
        lines += floor(charts[0].span, grid.columns, margin, signs(canvas)) if is_last or not is_tight else []
        lines += [] if is_tight else [Text()]
    return pen.draw([*lines, *words])


def _title(panel: Panel, charts: Sequence[Chart], canvas: Canvas, pen: Pen) -> list[Text]:
    parts: list[Text] = []
    for index, curve in panel:
        sign = _sign(index, charts, canvas)
        text = f"{sign} {scale.title(curve, charts[0].span)}".strip()
        shown = text if canvas.unicode else text.translate(_LOWERED)
        parts += [pen.text("   " if parts else ""), pen.text(shown, f"bold {_CURVE_STYLES[index]}")]
    return list(pen.lines(*parts))


def _cut(title: list[Text]) -> list[Text]:
    """Return a title in one line."""
    if len(title) > 1:
        title[0].right_crop(3)
        title[0].append("...")
    return title[:1]


def _sign(index: int, charts: Sequence[Chart], canvas: Canvas) -> str:
    return _CURVE_SIGNS[index] if len(charts) > 1 and not canvas.color else ""


def above(readings: Iterable[str], pen: Pen) -> list[Text]:
    """Return what stands above a picture: how the text was read, where a person might read it otherwise."""
    lines = list(pen.notes(dict.fromkeys(readings)))
    return [*lines, Text()] if lines else []


def _words(charts: Sequence[Chart], pen: Pen, shown: Signs) -> Iterator[Text]:
    """Give the legend: what is special, where nothing is drawn, over what is plotted."""
    lines = [(shown.point, _MARK_STYLE, said) for said in scale.points(charts)]
    lines += [(shown.tangent, _TANGENT_STYLE, f"{c.name}: {c.formula}") for c in scale.tangents(charts)]
    for chart in charts:
        lines += [(_key(spot, shown), _MARK_STYLE, line) for spot, line in scale.special(chart)]
    for chart in charts:
        shades = shown.shades if len(charts) == 1 else {}
        lines += [(shades.get(why, " "), _FAINT, line) for why, line in scale.stretches(chart)]
    for sign, style, line in lines:
        yield from pen.hang(pen.text(f"{sign} ", style), pen.text(line if pen.unicode else line.translate(_LOWERED)))
    for line in (*scale.remarks(charts), *(f"note: {note}" for note in scale.notes(charts))):
        yield from pen.lines(pen.text(line))


def _key(spot: Spot, shown: Signs) -> str:
    """Return the sign that stands for a kind of special point."""
    if spot in (Spot.POLE, Spot.BREAK):
        return " "
    return shown.closed if spot in (Spot.KINK, Spot.VERTICAL) else shown.open


def _labels(panel: Panel, rows: int) -> dict[float, str]:
    """Return the numbers of the vertical axis with their texts."""
    ticks = scale.ticks(*scale.together([curve for _, curve in panel]), max(2, min(_Y_TICKS, rows // _ROWS_PER_Y_TICK)))
    return dict(zip(ticks, scale.labels(ticks), strict=True))


def _panel(charts: Sequence[Chart], panel: Panel, rows: int, margin: int, canvas: Canvas, *, is_first: bool) -> Raster:
    """Return the cells of one panel."""
    shown = signs(canvas)
    limits = scale.together([curve for _, curve in panel])
    grid = Raster(width(canvas) - margin - 2, rows, charts[0].span, limits)
    if len(charts) == 1:
        _shade(grid, charts[0], shown)
    row = grid.row(0.0)
    for column in range(grid.columns if row is not None else 0):
        if grid.cells[row or 0][column][0] == " ":
            grid.put(row, column, shown.zero, _FAINT)
    for tangent in scale.tangents(charts) if is_first else ():
        grid.lines(tangent.pieces, _TANGENT_STYLE, unicode=canvas.unicode, sign=shown.tangent)
    for index, curve in panel:
        sign = _sign(index, charts, canvas)
        grid.lines((*curve.pieces, *_points(curve)), _CURVE_STYLES[index], unicode=canvas.unicode, sign=sign)
    points = [chart.point for chart in charts if chart.point is not None]
    for _, curve in panel:
        _marks(grid, curve, shown)
        if points and curve.marked is not None:
            grid.put(grid.row(curve.marked), grid.column(points[0].x), shown.point, _MARK_STYLE)
    return grid


def _points(curve: Curve) -> Iterator[Piece]:
    """Give each dot of a curve as a line that goes nowhere."""
    return (Piece(group.x[k : k + 1], group.y[k : k + 1]) for group in curve.dots for k in range(len(group.x)))


def _framed(grid: Raster, labels: dict[float, str], margin: int, shown: Signs) -> Iterator[Text]:
    """Give the lines of a panel with its vertical axis."""
    at_rows = {grid.row(tick): text for tick, text in labels.items()}
    for number, cells in enumerate(grid.cells):
        axis = shown.tick if number in at_rows else shown.axis
        yield Text.assemble((f"{at_rows.get(number, ''):>{margin}}", ""), (axis, _FAINT), *cells)


def _shade(grid: Raster, chart: Chart, shown: Signs) -> None:
    centres = (np.arange(grid.columns) + 0.5) / grid.columns
    for sign, gaps in ((shown.undefined, chart.undefined), (shown.crowded, chart.crowded)):
        for low, high in (grid.across(np.array(gap)) for gap in gaps):
            for column in np.flatnonzero((centres > low) & (centres < high)):
                for row in range(grid.rows):
                    grid.put(row, int(column), sign, _FAINT)


def _marks(grid: Raster, curve: Curve, shown: Signs) -> None:
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
