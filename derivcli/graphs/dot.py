"""The graph in Graphviz's language: the root above, an arrow for each gradient that is sent, leaves in blue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.graphs import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.graphs.model import AutogradGraph, Edge, Leaf, Operation

_DIGITS = 6  # in a picture; JSON has all
_LONGEST = 40  # characters of a part
_LONGEST_FORMULA = 24
_MANY = 60  # nodes; of more, the layout takes minutes unless it is told not to look for the best one, and to draw lines
_QUICK = '  graph [splines=line, nslimit=1, nslimit1=1, size="40,40"]'  # inches: 6,000 pixels, not 30,000
_HEAD = """digraph autograd {
  graph [rankdir=TB, nodesep=0.4, ranksep=0.5, fontname="Helvetica", labelloc=t]
  node [shape=box, style="rounded,filled", fillcolor="#f4f4f4", color="#777777", fontname="Helvetica", fontsize=11]
  edge [color="#777777", fontname="Helvetica", fontsize=10, arrowsize=0.7]"""


def draw(graph: AutogradGraph) -> str:
    """Return the graph as DOT, the same text for the same graph."""
    return "\n".join([_HEAD, *_lines(words.folded(graph)), "}"]) + "\n"


def _lines(graph: AutogradGraph) -> Iterator[str]:
    yield f"  label={quoted([f'autograd graph of {graph.of} at {words.point(graph)}'])}"
    if len(graph.operations) + len(graph.leaves) > _MANY:
        yield _QUICK
    known = {*(operation.number for operation in graph.operations), *(leaf.name for leaf in graph.leaves)}
    identities = {leaf.name: f"x{place}" for place, leaf in enumerate(graph.leaves)}
    for operation in graph.operations:
        yield f"  n{operation.number} [label={quoted(label(operation, graph))}]"
    for leaf in graph.leaves:
        colour = "#d6e8fa" if leaf.requires_grad else "#ffffff"
        text = quoted(leaf_label(leaf, graph))
        yield f'  {identities[leaf.name]} [shape=ellipse, fillcolor="{colour}", label={text}]'
    for operation in graph.operations:
        for edge in operation.inputs:
            if edge.target in known:
                target = identities[edge.leaf] if edge.leaf is not None else f"n{edge.to}"
                yield f"  n{operation.number} -> {target} [label={quoted(edge_label(edge, graph))}]"
    if graph.hidden:
        yield f'  hidden [shape=plaintext, style="", label={quoted([folded_label(graph)])}]'
        yield from (f"  n{number} -> hidden [style=dashed]" for number in outside(graph))


def outside(graph: AutogradGraph) -> list[int]:
    """Return the operations that lead to what is not drawn."""
    known = {*(operation.number for operation in graph.operations), *(leaf.name for leaf in graph.leaves), None}
    return [o.number for o in graph.operations if any(edge.target not in known for edge in o.inputs)]


def folded_label(graph: AutogradGraph) -> str:
    """Return how many nodes are not drawn."""
    return f"{graph.hidden:,} more nodes"


def label(operation: Operation, graph: AutogradGraph) -> list[str]:
    """Return the lines of an operation: its name, its part and value, what arrives, what torch saved."""
    value = words.number(operation.value, graph, _DIGITS)
    lines = [
        f"{operation.number}  {operation.name}",
        f"{words.short(operation.expression, _LONGEST)} = {value}",
        f"gradient {words.number(operation.gradient, graph, _DIGITS)}",
    ]
    saved = words.saved(operation, graph, _DIGITS)
    return [*lines, f"saved {saved}"] if saved else lines


def leaf_label(leaf: Leaf, graph: AutogradGraph) -> list[str]:
    """Return the lines of a variable: its value, and its gradient as a sum."""
    kind = "" if leaf.requires_grad else "requires_grad=False"
    grad = f"{leaf.name}.grad = {words.sum_of(leaf, graph, _DIGITS)}"
    return [f"{leaf.name} = {words.number(leaf.value, graph, _DIGITS)}", kind or grad]


def edge_label(edge: Edge, graph: AutogradGraph) -> list[str]:
    """Return the lines of an arrow: the local slope, and the gradient that it makes of what arrives."""
    formula = None if edge.formula is None else words.short(edge.formula, _LONGEST_FORMULA)
    slope = words.slope(formula, words.number(edge.slope, graph, _DIGITS))
    return [f"× {slope}", f"→ {words.number(edge.gradient, graph, _DIGITS)}"]


def quoted(lines: list[str]) -> str:
    """Return a label: in it a quote and a backslash would mean something."""
    return '"' + r"\n".join(re.sub(r'(["\\])', r"\\\1", line) for line in lines) + '"'
