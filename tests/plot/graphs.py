"""Graphs for the tests, each sampled once."""

from __future__ import annotations

from functools import cache

from derivcli.plot import on_paper, shapes_of
from derivcli.plot.shapes import Curve, Graph, Landmark, Spot


@cache
def graph_of(expression: str, span: str | None = None, **held: str) -> Graph:
    """Return the graph of a function of x."""
    found = shapes_of(expression, {**({"x": span} if span else {}), **held})
    assert isinstance(found, Graph)
    return found


def slope_of(graph: Graph) -> Curve:
    assert graph.slope is not None
    return graph.slope


def marks(curve: Curve, spot: Spot) -> list[Landmark]:
    return [mark for mark in curve.marks if mark.spot is spot]


def figure(text: str, suffix: str = "png") -> bytes:
    """Return a picture as the bytes of a file."""
    return on_paper(shapes_of(text, None), suffix)
