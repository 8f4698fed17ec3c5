"""Graphs for tests, straight from torch: no calculator and no second process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.graphs.asking import AutogradGraph
from derivcli.graphs.walk import trace
from derivcli.language.parser import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.model.graph import Edge, Leaf, Operation


def graph_of(text: str, wrt: Sequence[str] = (), order: int = 1, dtype: str = "float64", **at: float) -> AutogradGraph:
    """Return the graph of an expression; by all variables where none is named."""
    return at_point(text, at, wrt, order, dtype)


def at_point(
    text: str, at: Mapping[str, float], wrt: Sequence[str] = (), order: int = 1, dtype: str = "float64"
) -> AutogradGraph:
    """Return the same, the point as a mapping."""
    tree = parse(text, at, at_point=True, wrt=wrt).tree
    return AutogradGraph.from_graph(trace(tree, at, tuple(wrt or at), order=order, dtype=dtype))


def node(graph: AutogradGraph, expression: str) -> Operation:
    """Return the last operation that stands for a part of the expression."""
    return [one for one in graph.operations if one.expression == expression][-1]


def leaf(graph: AutogradGraph, name: str) -> Leaf:
    """Return a variable."""
    return next(one for one in graph.leaves if one.name == name)


def arrivals(graph: AutogradGraph, name: str) -> list[float]:
    """Return what arrives at a variable, in torch's order."""
    return [arrival.gradient for arrival in leaf(graph, name).arrivals if arrival.gradient is not None]


def edges(graph: AutogradGraph) -> list[Edge]:
    """Return all edges that lead anywhere."""
    return [edge for operation in graph.operations for edge in operation.inputs if edge.target is not None]


def saved(operation: Operation) -> dict[str, float | None]:
    """Return what torch keeps, by its names."""
    return {one.name: one.value for one in operation.saved}
