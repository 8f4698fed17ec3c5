"""Graphs for the tests, each sampled once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derivcli.plot import on_paper, shapes_of

if TYPE_CHECKING:
    from derivcli.plot.shapes import Chart, Curve, Landmark, Spot


def graphs_of(
    expressions: list[str], at: dict[str, str] | None = None, *, order: int = 1, tangent: bool = False
) -> tuple[Chart, ...]:
    """Return the graphs of functions of one variable."""
    found = shapes_of(expressions, at, order=order, tangent=tangent)
    assert isinstance(found, tuple)
    return found


@cache
def graph_of(expression: str, span: str | None = None, **held: str) -> Chart:
    """Return the graph of a function of x."""
    (found,) = graphs_of([expression], {**({"x": span} if span else {}), **held})
    return found


def slope_of(graph: Chart) -> Curve:
    return graph.slopes[0]


def marks(curve: Curve, spot: Spot) -> list[Landmark]:
    return [mark for mark in curve.marks if mark.spot is spot]


def figure(text: str, suffix: str = "png") -> bytes:
    """Return a picture as the bytes of a file."""
    return on_paper(shapes_of(text, None), suffix)
