"""The surface of a function of two variables -> a figure: filled contours of f, with the gradient as arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import derivcli.plot.scale as scale
from derivcli.language.latex import name_to_latex
from derivcli.plot.panels import set_title
from derivcli.plot.paper import plain, title, unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from derivcli.plot.shapes import Numbers, Surface

_LEVELS = 14  # contours, about: as many as are told apart, and still have room for their numbers
_ARROWS = 13  # in a row: more hide the colours below them
_MAP = "viridis"
_VISIBLE = 1e-3  # of the picture: a hatched patch that is smaller is not seen
_EXTENDED: Any = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}


def draw(surface: Surface, figure: Figure) -> None:
    """Draw a surface on an empty figure."""
    axes = figure.subplots()
    units = unit(surface.across.low, surface.across.high), unit(surface.up.low, surface.up.high)
    x, y = units[0].of(surface.x), units[1].of(surface.y)
    if np.isnan(surface.values).any():
        axes.patch.set(facecolor="0.92", edgecolor="0.7", hatch="///")
    _contours(figure, axes, surface, x, y)
    _arrows(axes, surface, x, y)
    axes.set_xlim(float(units[0].of(surface.across.low)), float(units[0].of(surface.across.high)))
    axes.set_ylim(float(units[1].of(surface.up.low)), float(units[1].of(surface.up.high)))
    across, up = (name_to_latex(span.name) for span in (surface.across, surface.up))
    axes.set_xlabel(units[0].named(f"${across}$"))
    axes.set_ylabel(units[1].named(f"${up}$"))
    name = f"f({surface.across.name}, {surface.up.name})"
    set_title(axes, title(name, f"f({across}, {up})", surface.formula, surface.latex))
    words = [
        "arrows: the gradient",
        *scale.held(surface.constants),
        scale.extent(surface.across, surface.up),
        *surface.readings,
        *surface.notes,
    ]
    words += ["hatched: undefined"] if np.isnan(surface.values).mean() > _VISIBLE else []
    figure.supxlabel("\n".join(map(plain, words)), fontsize="small", parse_math=False)


def _contours(figure: Figure, axes: Axes, surface: Surface, x: Numbers, y: Numbers) -> None:
    from matplotlib.ticker import MaxNLocator

    low, high = scale.levels(surface)
    size = unit(low, high)
    values = size.of(np.ma.masked_invalid(surface.values).filled(np.nan))
    levels = MaxNLocator(_LEVELS).tick_values(float(size.of(low)), float(size.of(high)))
    goes_on = bool((values < levels[0]).any()), bool((values > levels[-1]).any())
    shown = axes.contourf(x, y, np.ma.masked_invalid(values), levels=levels, cmap=_MAP, extend=_EXTENDED[goes_on])
    axes.contour(x, y, np.ma.masked_invalid(values), levels=levels, colors="white", linewidths=0.4, alpha=0.6)
    across, up = (name_to_latex(span.name) for span in (surface.across, surface.up))
    figure.colorbar(shown, ax=axes).set_label(size.named(f"$f({across}, {up})$"))


def _arrows(axes: Axes, surface: Surface, x: Numbers, y: Numbers) -> None:
    """Draw the gradient, its length as on paper: no arrow is longer than the distance to the next."""
    every = max(1, len(x) // _ARROWS)
    pick = slice(every // 2, None, every)
    parts = [np.where(np.isfinite(part), part, 0.0)[pick, pick] for part in surface.gradient]
    lengths = np.maximum(np.abs(parts[0]), np.abs(parts[1]))
    longest = float(np.quantile(lengths, 0.95)) or float(lengths.max())
    if longest <= 0:
        return
    u, v = (part / longest for part in parts)
    stretch = np.maximum(np.hypot(u, v), 1e-300)
    cut = np.minimum(stretch, 1.0) / stretch
    shown = np.hypot(u, v) > 0.02
    u, v = (np.where(shown, part * cut, np.nan) for part in (u, v))
    across, up = np.meshgrid(x[pick], y[pick])
    axes.quiver(
        across, up, u, v, angles="uv", pivot="mid", scale=_ARROWS * 1.15, width=0.0035, color="black", alpha=0.85
    )
