"""The surface of two variables -> text for a terminal: a shaded map of f, and below it where its gradient points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

import derivcli.plot.scale as scale
from derivcli.document.pen import Pen
from derivcli.plot.terminal import FLOOR, above, floor, rows_left, signs, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.document import Canvas
    from derivcli.plot.shapes import Numbers, Surface

_ROWS, _ARROW_ROWS = 18, 12  # where there is no terminal
_SHARE = 0.6  # of the rows of a window, for the map
_SHADES = ("░", "▒", "▓", "█"), (".", ":", "=", "#")
_LOST = "╳", "x"
_ARROWS = "→↗↑↖←↙↓↘", ">/^\\</v\\"
_STILL = "·", "."
_STYLES = ("blue", "cyan", "yellow", "red")
_FAINT = "bright_black"
_TICKS = 5  # numbers of an axis, as of the axes of curves


def draw(surface: Surface, canvas: Canvas) -> str:
    """Return the picture as text that ends with one newline; in a low window without blank lines."""
    pen = Pen(canvas)
    low, high = scale.levels(surface)
    title = f"f({surface.across.name}, {surface.up.name}) = {surface.formula}"
    head = [*above(surface.readings, pen), *pen.lines(pen.text(title, "bold"))]
    middle = list(_scale(low, high, surface, pen, canvas))
    arrows = list(pen.lines(pen.text("direction of the gradient", "bold")))
    words = (
        *scale.held(surface.constants),
        scale.extent(surface.across, surface.up),
        *(f"note: {n}" for n in surface.notes),
    )
    foot = [line for word in words for line in pen.lines(pen.text(word))]
    taken = sum(map(len, (head, middle, arrows, foot))) + 2 * FLOOR
    rows = _ROWS + _ARROW_ROWS if canvas.height is None else 2 * rows_left(canvas, taken + 2, 2)
    is_tight = rows < _ROWS + _ARROW_ROWS
    rows = 2 * rows_left(canvas, taken, 2) if is_tight else rows
    above_rows = round(_SHARE * rows)
    blank = [] if is_tight else [Text()]
    lines = [*head, *_map(surface, low, high, above_rows, canvas), *middle, *blank, *arrows]
    return pen.draw([*lines, *_directions(surface, rows - above_rows, canvas), *blank, *foot])


def _sampled(numbers: Numbers, rows: int, columns: int) -> Numbers:
    """Return a coarser grid, from the highest row down."""
    height, across = numbers.shape
    at_rows = ((np.arange(rows)[::-1] + 0.5) * height / rows).astype(int)
    at_columns = ((np.arange(columns) + 0.5) * across / columns).astype(int)
    found: Numbers = numbers[np.ix_(at_rows, at_columns)]
    return found


def _margin(surface: Surface) -> int:
    ticks = scale.ticks(surface.up.low, surface.up.high, _TICKS)
    return max([4, len(surface.up.name), *map(len, scale.labels(ticks))]) + 1


def _framed(surface: Surface, cells: list[list[tuple[str, str]]], canvas: Canvas) -> Iterator[Text]:
    """Give rows of cells with their axes."""
    shown, margin = signs(canvas), _margin(surface)
    rows, columns = len(cells), len(cells[0])
    ticks = scale.ticks(surface.up.low, surface.up.high, _TICKS)
    places = ((1 - scale.place(np.array(ticks), surface.up.low, surface.up.high)) * rows).astype(int).clip(0, rows - 1)
    labels = {int(place): text for place, text in zip(places, scale.labels(ticks), strict=True)}
    labels.setdefault(0, surface.up.name)
    for number, row in enumerate(cells):
        axis = shown.tick if number in labels and labels[number] != surface.up.name else shown.axis
        yield Text.assemble(f"{labels.get(number, ''):>{margin}}", (axis, _FAINT), *row)
    yield from floor(surface.across, columns, margin, shown)


def _map(surface: Surface, low: float, high: float, rows: int, canvas: Canvas) -> Iterator[Text]:
    columns = width(canvas) - _margin(surface) - 2
    shares = scale.place(_sampled(surface.values, rows, columns), low, high)
    yield from _framed(surface, [[_shade(float(share), canvas) for share in row] for row in shares], canvas)


def _shade(share: float, canvas: Canvas) -> tuple[str, str]:
    which = 0 if canvas.unicode else 1
    if math.isnan(share):
        return _LOST[which], _FAINT
    level = min(max(int(share * len(_STYLES)), 0), len(_STYLES) - 1)
    return _SHADES[which][level], _STYLES[level]


def _scale(low: float, high: float, surface: Surface, pen: Pen, canvas: Canvas) -> Iterator[Text]:
    """Say what the shades stand for."""
    which = 0 if canvas.unicode else 1
    edges = [low + (high - low) * k / len(_STYLES) if high - low < math.inf else math.nan for k in range(5)]
    parts = [pen.text(f"f: {scale.label(low)} ")]
    for shade, style, edge in zip(_SHADES[which], _STYLES, edges[1:], strict=True):
        parts += [pen.text(shade * 3, style), pen.text(f" {scale.label(float(f'{edge:.3g}'))} ")]
    if np.isnan(surface.values).any():
        parts.append(pen.text(f"  {_LOST[which]} undefined"))
    yield from pen.lines(*parts)


def _directions(surface: Surface, rows: int, canvas: Canvas) -> Iterator[Text]:
    """Give the rows of arrows: where f grows fastest."""
    columns = width(canvas) - _margin(surface) - 2
    cut = columns // 4 * 4
    u, v = (_sampled(part, rows, cut // 4) for part in surface.gradient)
    cells = [
        [cell for pair in zip(row, column, strict=True) for cell in _arrow(pair, canvas)]
        for row, column in zip(u, v, strict=True)
    ]
    yield from _framed(surface, [[*row, (" " * (columns - cut), "")] for row in cells], canvas)


def _arrow(gradient: tuple[float, float], canvas: Canvas) -> list[tuple[str, str]]:
    which = 0 if canvas.unicode else 1
    u, v = map(float, gradient)
    if math.isnan(u) or math.isnan(v):
        sign = " "
    elif u == v == 0:
        sign = _STILL[which]
    else:
        sign = _ARROWS[which][round(math.atan2(v, u) / (math.pi / 4)) % 8]
    return [("  ", ""), (sign, ""), (" ", "")]
