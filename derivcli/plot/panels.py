"""Graphs -> a figure: f above, its derivatives below, over the same x, as in a textbook."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

import derivcli.plot.scale as scale
from derivcli.language.latex import name_to_latex
from derivcli.plot.paper import Unit, legend, plain, title, unit
from derivcli.plot.shapes import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from derivcli.plot.paper import Title
    from derivcli.plot.shapes import Chart, Curve, Interval, Landmark, Stretches

_COLORS = ("tab:blue", "tab:orange", "tab:green", "tab:purple", "tab:brown")
_POINT_COLOR = "tab:red"
_INCHES = 2.6  # of a panel at least: with less the numbers of its axis meet
_LOWERED = str.maketrans("²³⁴", "234")
_MOST_NAMED = 8  # names of asymptotes that do not meet
_SHADE: dict[str, Any] = {"facecolor": "0.92", "edgecolor": "0.7", "hatch": "///", "linewidth": 0.0}
_CROWDED: dict[str, Any] = {"facecolor": "0.87", "edgecolor": "0.87", "linewidth": 0.0}
_ROOM = 0.08  # of the width of a picture, which the name of a pole takes
_BEYOND = 3.0  # heights of the picture by which a line may leave it
_MOST_CIRCLES = 60  # on a curve: more of them touch each other
_MOST_LABELS = 4  # kinks whose slopes are written: of more the labels meet
_BESIDE = 0.03  # of the width of a picture, as wide as a label: how far from a kink a curve is looked at
_FLAT = 0.03  # of its height: a curve that rises by less there is in the way neither above nor below
_TALL = 0.1  # of its height, which a label takes with its distance from the circle


def draw(charts: Sequence[Chart], figure: Figure) -> None:
    """Draw charts on an empty figure, which grows with the number of panels."""
    span = charts[0].span
    panels = scale.panels(charts)
    figure.set_figheight(max(figure.get_figheight(), _INCHES * len(panels)))
    rows = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    x_unit = unit(span.low, span.high)
    keys: list[Artist] = []
    for axes, panel in zip(rows, panels, strict=True):
        keys += _panel(axes, charts, panel, x_unit, is_first=axes is rows[0])
    rows[-1].set_xlabel(x_unit.named(f"${name_to_latex(span.name)}$"))
    rows[-1].set_xlim(*map(float, x_unit.of(np.array([span.low, span.high]))))
    legend(figure, [*keys, *_special_keys(charts), *_word_keys(charts)])


def _panel(
    axes: Axes, charts: Sequence[Chart], panel: Sequence[tuple[int, Curve]], x_unit: Unit, *, is_first: bool
) -> list[Artist]:
    """Draw the curves of one panel with its axes; return what stands for them in the legend."""
    curves = [curve for _, curve in panel]
    low, high = scale.together(curves)
    y_unit = unit(low, high)
    units, limits = (x_unit, y_unit), (low, high)
    axes.axhline(0.0, color="0.6", linewidth=0.8, zorder=1)
    axes.grid(visible=True, color="0.93", linewidth=0.6)
    for shade, gaps in _shaded(charts):
        for gap in gaps:
            axes.axvspan(*map(float, x_unit.of(np.array(gap))), **shade, zorder=0)
    keys: list[Artist] = []
    for number, curve in panel:
        color = _COLORS[number]
        line = _line(axes, curve, units, limits, color=color, zorder=3)
        line.set_label(_names(curve, charts[0].span.name)[0])
        keys.append(line)
        _asymptotes(axes, curve, charts[0].span.name, x_unit, charts[0].span)
        _circles(axes, curve, color, units, limits)
        _point(axes, charts, curve, units, limits)
    for tangent in scale.tangents(charts) if is_first else ():
        line = _line(axes, tangent, units, limits, color="0.35", linestyle="--", linewidth=1.1, zorder=2)
        line.set_label(plain(f"{tangent.name}: {tangent.formula}"))
        keys.append(line)
    axes.set_ylim(*map(float, y_unit.of(np.array([low, high]))))
    name, mathematical = _names(curves[0], charts[0].span.name)
    axes.set_ylabel(y_unit.named(f"${_inline(mathematical)}$"))
    if len(charts) == 1:
        set_title(axes, title(name, mathematical, curves[0].formula, curves[0].latex))
    else:
        for key, curve in zip(keys, curves, strict=False):
            key.set_label(plain(scale.title(curve, charts[0].span)))
    return keys


def _shaded(charts: Sequence[Chart]) -> list[tuple[dict[str, Any], Stretches]]:
    """Return the stretches that are shaded, of one function by itself, and how."""
    return [(_SHADE, charts[0].undefined), (_CROWDED, charts[0].crowded)] if len(charts) == 1 else []


def _line(axes: Axes, curve: Curve, units: tuple[Unit, Unit], limits: tuple[float, float], **style: Any) -> Line2D:
    """Draw the pieces of a curve; return what stands for it in the legend."""
    from matplotlib.lines import Line2D

    low, high = limits
    height = high / 2 - low / 2
    for piece in curve.pieces:
        inside = np.clip(piece.y, max(low - _BEYOND * height, -1.7e308), min(high + _BEYOND * height, 1.7e308))
        axes.plot(units[0].of(piece.x), units[1].of(inside), **style)
    for group in curve.dots:
        axes.plot(units[0].of(group.x), units[1].of(group.y), **{**style, "linestyle": "none", "marker": ","})
    return Line2D([], [], **style)


def _asymptotes(axes: Axes, curve: Curve, variable: str, x_unit: Unit, span: Interval) -> None:
    """Draw a dashed line at each pole, with its name where the curve is not: x = 1."""
    poles = [mark for mark in curve.marks if mark.spot is Spot.POLE]
    for mark in poles if len(poles) <= _MOST_CIRCLES else ():
        x = float(x_unit.of(mark.x))
        axes.axvline(x, color="0.45", linestyle="--", linewidth=0.9, zorder=2)
        if len(poles) <= _MOST_NAMED:
            way, height = _free_corner(mark, span)
            axes.annotate(
                f"{variable} = {scale.where(mark)}",
                (x, height),
                xycoords=("data", "axes fraction"),
                xytext=(3 * way, 3 - 6 * height),
                textcoords="offset points",
                horizontalalignment="left" if way > 0 else "right",
                verticalalignment="top" if height else "bottom",
                fontsize="small",
                color="0.3",
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0},
                parse_math=False,
                zorder=7,
            )


def _free_corner(mark: Landmark, span: Interval) -> tuple[int, int]:
    """Return on which side of a pole, and at the top or the bottom, its curve is not; near an end only one has room."""
    share = (mark.x / 2 - span.low / 2) / (span.high / 2 - span.low / 2)
    ways = [way for way, room in ((1, 1 - share), (-1, share)) if room > _ROOM]
    sides = {1: mark.right, -1: mark.left}
    corners = [
        (way, height) for height, beyond in ((1, math.inf), (0, -math.inf)) for way in ways if sides[way] != beyond
    ]
    return next(iter(corners), (1, 1))


def _point(
    axes: Axes, charts: Sequence[Chart], curve: Curve, units: tuple[Unit, Unit], limits: tuple[float, float]
) -> None:
    """Mark the point that was asked about."""
    at = next((chart.point.x for chart in charts if chart.point is not None), None)
    if at is not None and curve.marked is not None and limits[0] <= curve.marked <= limits[1]:
        x, y = float(units[0].of(at)), float(units[1].of(curve.marked))
        axes.plot([x], [y], "D", color=_POINT_COLOR, clip_on=False, zorder=8)


def set_title(axes: Axes, found: Title) -> None:
    """Give axes a title; plain text is never read as mathematics."""
    axes.set_title(found.text, parse_math=found.is_math, fontsize="large" if found.is_math else "medium")


def _names(curve: Curve, variable: str) -> tuple[str, str]:
    letters = name_to_latex(variable)
    above, slash, _ = curve.name.partition("/")
    if not slash:
        return f"{curve.name}({variable})", f"f({letters})"
    power = f"^{above[1].translate(_LOWERED)}" if above[1] in "²³⁴" else ""
    return curve.name, rf"\frac{{d{power}f}}{{d{letters}{power}}}"


def _inline(name: str) -> str:
    """Return a name without a fraction, which would be small on an axis."""
    return re.sub(r"\\frac\{(d[^}]*)\}", r"\1/", name)


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
            _slopes(axes, mark, curve, units, limits)


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


def _slopes(axes: Axes, mark: Landmark, curve: Curve, units: tuple[Unit, Unit], limits: tuple[float, float]) -> None:
    """Write each slope of a kink on its own side of it, above or below its circle: where its curve is not.

    A side that ends at once, at another kink or at the frame, has no room for a slope.
    """
    for slope, other, way, side in ((mark.left, mark.right, -1, "right"), (mark.right, mark.left, 1, "left")):
        near = _beside(curve, mark.x, way)
        if near is not None and slope is not None and limits[0] <= slope <= limits[1]:
            axes.annotate(
                scale.label(slope),
                (float(units[0].of(mark.x)), float(units[1].of(slope))),
                xytext=(6 * way, -9 if _is_free_below(slope, near, other, limits) else 9),
                textcoords="offset points",
                horizontalalignment=side,
                verticalalignment="center",
                fontsize="small",
                zorder=7,
            )


def _beside(curve: Curve, x: float, way: int) -> float | None:
    """Return the height of a curve a bit beside its end at a kink; None where it ends before."""
    width = max((p.x[-1] for p in curve.pieces), default=0.0) - min((p.x[0] for p in curve.pieces), default=0.0)
    ends = [(piece.x, piece.y) if way > 0 else (piece.x[::-1], piece.y[::-1]) for piece in curve.pieces]
    long = [(xs, ys) for xs, ys in ends if xs[0] == x and (xs[-1] - x) * way > _BESIDE * width]
    return next((float(ys[np.searchsorted(way * xs, way * x + _BESIDE * width) - 1]) for xs, ys in long), None)


def _is_free_below(slope: float, beside: float, other: float | None, limits: tuple[float, float]) -> bool:
    """Tell whether a slope is written below its circle: where the curve `beside` it is not, and away from the other.

    A label that the frame would cut stands towards the other slope.
    """
    rise, height = beside - slope, limits[1] - limits[0]
    if abs(rise) > _FLAT * height:
        return rise > 0
    if other is not None and slope < other:
        return slope - _TALL * height > limits[0]
    return slope + _TALL * height > limits[1]


def _special_keys(charts: Sequence[Chart]) -> list[Artist]:
    from matplotlib.lines import Line2D

    filled = {Spot.KINK, Spot.VERTICAL}
    points: list[Artist] = [
        Line2D([], [], linestyle="none", marker="D", color=_POINT_COLOR, label=plain(said))
        for said in scale.points(charts)
    ]
    return points + [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="" if spot in (Spot.POLE, Spot.BREAK) else "o",
            markeredgecolor="0.25",
            markerfacecolor="0.25" if spot in filled else "white",
            label=plain(line),
        )
        for chart in charts
        for spot, line in scale.special(chart)
    ]


def _word_keys(charts: Sequence[Chart]) -> list[Artist]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    gaps = [gap for chart in charts for gap in scale.stretches(chart)]
    known = {scale.Why.UNDEFINED: _SHADE, scale.Why.CROWDED: _CROWDED} if len(charts) == 1 else {}
    shades = [Patch(**known[why], label=plain(line)) for why, line in gaps if why in known]
    words = [line for why, line in gaps if why not in known]
    readings = dict.fromkeys(reading for chart in charts for reading in chart.readings)
    words += [*scale.remarks(charts), *readings, *scale.notes(charts)]
    return [*shades, *(Line2D([], [], linestyle="none", label=plain(word)) for word in words)]
