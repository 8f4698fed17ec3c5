"""A graph -> a figure: f above, its slope below, over the same x, as in a textbook."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import derivcli.plot.scale as scale
from derivcli.language.latex import name_to_latex
from derivcli.plot.paper import plain, title
from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from derivcli.plot.paper import Title
    from derivcli.plot.shapes import Curve, Graph, Landmark, Numbers

_COLORS = ("tab:blue", "tab:orange")
_SHADE: dict[str, Any] = {"facecolor": "0.92", "edgecolor": "0.7", "hatch": "///", "linewidth": 0.0}
_SMALLEST, _LARGEST = 1e-100, 1e100  # beyond which matplotlib's own arithmetic ends: such axes count in powers of ten
_BEYOND = 3.0  # heights of the picture by which a line may leave it
_MOST_CIRCLES = 60
_MOST_LABELS = 4
_POINTS = 72  # in an inch
_LETTER = 0.48  # of the size of the font: how wide a letter of the legend is
_HANDLE = 8  # letters that stand for the sign before a line of the legend, and the space beside
_MOST_COLUMNS = 3


class Unit(NamedTuple):
    """What one step on an axis stands for."""

    exponent: int

    def of(self, numbers: Numbers | float) -> Numbers:
        """Return numbers in this unit."""
        half = self.exponent // 2
        found: Numbers = np.asarray(numbers) / 10.0**half / 10.0 ** (self.exponent - half)
        return found

    def named(self, name: str) -> str:
        """Return the label of an axis in this unit."""
        return name if not self.exponent else rf"{name} / $10^{{{self.exponent}}}$"


def unit(low: float, high: float) -> Unit:
    """Return a unit in which an axis has moderate numbers."""
    size = max(abs(low), abs(high))
    return Unit(0 if size == 0 or _SMALLEST < size < _LARGEST else math.floor(math.log10(size)))


def draw(graph: Graph, figure: Figure) -> None:
    """Draw a graph on an empty figure."""
    curves = [graph.function] if graph.slope is None else [graph.function, graph.slope]
    panels = figure.subplots(len(curves), 1, sharex=True, squeeze=False)[:, 0]
    x_unit = unit(graph.span.low, graph.span.high)
    keys: list[Artist] = []
    for axes, curve, color in zip(panels, curves, _COLORS, strict=False):
        keys += _panel(axes, graph, curve, color, x_unit)
    name = f"${name_to_latex(graph.span.name)}$"
    panels[-1].set_xlabel(x_unit.named(name))
    low, high = x_unit.of(np.array([graph.span.low, graph.span.high]))
    panels[-1].set_xlim(low, high)
    _key(figure, [*keys, *_special_keys(graph), *_word_keys(graph)])


def _panel(axes: Axes, graph: Graph, curve: Curve, color: str, x_unit: Unit) -> list[Artist]:
    """Draw one curve with its axes; return what stands for it in the scale."""
    low, high = scale.heights(curve)
    y_unit = unit(low, high)
    axes.axhline(0.0, color="0.6", linewidth=0.8, zorder=1)
    axes.grid(visible=True, color="0.93", linewidth=0.6)
    for gap in graph.undefined:
        axes.axvspan(*map(float, x_unit.of(np.array(gap))), **_SHADE, zorder=0)
    height = high / 2 - low / 2
    lines = []
    for piece in curve.pieces:
        inside = np.clip(piece.y, max(low - _BEYOND * height, -1.7e308), min(high + _BEYOND * height, 1.7e308))
        lines += axes.plot(x_unit.of(piece.x), y_unit.of(inside), color=color, zorder=3)
    _circles(axes, curve, color, (x_unit, y_unit), (low, high))
    axes.set_ylim(*map(float, y_unit.of(np.array([low, high]))))
    name, mathematical = _names(curve, graph.span.name)
    axes.set_ylabel(y_unit.named(f"${_inline(mathematical)}$"))
    set_title(axes, title(name, mathematical, curve.formula, curve.latex))
    if lines:
        lines[0].set_label(name)
    return list(lines[:1])


def set_title(axes: Axes, found: Title) -> None:
    """Give axes a title; plain text is never read as mathematics."""
    axes.set_title(found.text, parse_math=found.is_math, fontsize="large" if found.is_math else "medium")


def _names(curve: Curve, variable: str) -> tuple[str, str]:
    letters = name_to_latex(variable)
    if curve.name == "f":
        return f"f({variable})", f"f({letters})"
    return curve.name, rf"\frac{{df}}{{d{letters}}}"


def _inline(name: str) -> str:
    """Return a name without a fraction, which would be small on an axis."""
    return name.replace(r"\frac{df}{", "df/{")


def _circles(axes: Axes, curve: Curve, color: str, units: tuple[Unit, Unit], limits: tuple[float, float]) -> None:
    """Draw open circles where the curve has an end but no point, filled ones at special points that it has."""
    marks = curve.marks if len(curve.marks) <= _MOST_CIRCLES else ()
    kinks = sum(mark.spot is Spot.KINK for mark in marks)
    for mark in marks:
        ends = {side for side in (mark.left, mark.right) if side is not None and side != mark.value}
        for y in sorted(ends):
            _circle(axes, mark.x, y, color, units, limits, is_open=True)
        if mark.value is not None:
            _circle(axes, mark.x, mark.value, color, units, limits, is_open=False)
        if mark.spot is Spot.KINK and mark.value is None and kinks <= _MOST_LABELS:
            _slopes(axes, mark, units, limits)


def _circle(
    axes: Axes,
    x: float,
    y: float,
    color: str,
    units: tuple[Unit, Unit],
    limits: tuple[float, float],
    *,
    is_open: bool,
) -> None:
    if limits[0] <= y <= limits[1]:
        axes.plot(
            units[0].of(x),
            units[1].of(y),
            "o",
            markeredgecolor=color,
            markerfacecolor="white" if is_open else color,
            clip_on=False,
            zorder=5 if is_open else 6,
        )


def _slopes(axes: Axes, mark: Landmark, units: tuple[Unit, Unit], limits: tuple[float, float]) -> None:
    """Write both slopes of a kink beside its circles, where its curve and the frame are not."""
    middle = limits[0] / 2 + limits[1] / 2
    for slope, offset, side in ((mark.left, 7, "left"), (mark.right, -7, "right")):
        if slope is not None and math.isfinite(slope) and limits[0] <= slope <= limits[1]:
            axes.annotate(
                scale.label(slope),
                (float(units[0].of(mark.x)), float(units[1].of(slope))),
                xytext=(offset, 5 if slope < middle else -5),
                textcoords="offset points",
                horizontalalignment=side,
                verticalalignment="center",
                fontsize="small",
                zorder=7,
            )


def _special_keys(graph: Graph) -> list[Artist]:
    from matplotlib.lines import Line2D

    filled = {Spot.KINK, Spot.VERTICAL}
    return [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="" if spot in (Spot.POLE, Spot.BREAK) else "o",
            markeredgecolor="0.25",
            markerfacecolor="0.25" if spot in filled else "white",
            label=plain(line),
        )
        for spot, line in scale.special(graph)
    ]


def _word_keys(graph: Graph) -> list[Artist]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    shades = [Patch(**_SHADE, label=plain(line)) for line in scale.stretches(graph) if line.startswith("undefined")]
    words = [line for line in scale.stretches(graph) if not line.startswith("undefined")]
    words += [*scale.held(graph), scale.extent(graph.span), *graph.readings, *graph.notes]
    return [*shades, *(Line2D([], [], linestyle="none", label=plain(word)) for word in words)]


def _key(figure: Figure, keys: Sequence[Artist]) -> None:
    """Put the legend under the panels, in as many columns as its lines leave room for."""
    import matplotlib as mpl

    letters = figure.get_figwidth() * _POINTS / (_LETTER * float(mpl.rcParams["font.size"]))
    for key in keys:
        key.set_label("\n".join(wrap(str(key.get_label()), int(letters) - _HANDLE)))
    longest = max(len(line) for key in keys for line in str(key.get_label()).splitlines())
    columns = max(1, min(len(keys), _MOST_COLUMNS, int(letters / (longest + _HANDLE))))
    box = figure.legend(handles=list(keys), loc="outside lower center", ncols=columns, frameon=False, fontsize="small")
    for text in box.get_texts():
        text.set_parse_math(False)
