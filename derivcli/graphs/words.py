"""What all drawings share: which nodes are drawn, and how numbers, sums and saved values are written."""

from __future__ import annotations

import struct
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.model.graph import Saved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model.graph import Graph, Leaf, Operation

_PLAIN_SUM = Saved("alpha", 1)  # torch.add(x, y, alpha=1) is x + y
MOST = 300  # nodes of a drawing: Graphviz lays them out in a second, and nobody follows more
_TERMS = 8  # of a sum that is written out
ALL = 17  # digits, which tell every float64 from its neighbours


def folded(graph: Graph, most: int = MOST) -> tuple[Graph, int]:
    """Return the graph with those nodes that are nearest to the root, and the count of those left out."""
    near = list(_by_distance(graph))[:most]
    kept = frozenset(near)
    operations = tuple(operation for operation in graph.operations if operation.number in kept)
    leaves = tuple(leaf for leaf in graph.leaves if leaf.name in kept)
    left_out = len(graph.operations) + len(graph.leaves) - len(operations) - len(leaves)
    return replace(graph, operations=operations, leaves=leaves), left_out


def _by_distance(graph: Graph) -> dict[int | str, None]:
    """Return the keys of all nodes, the nearest to the root first; at the end variables that no gradient reaches."""
    known = {operation.number: operation for operation in graph.operations}
    found: dict[int | str, None] = {}
    waiting = deque([] if graph.root is None else [graph.root])
    while waiting:
        key = waiting.popleft()
        if key not in found:
            found[key] = None
            inputs = known[key].inputs if isinstance(key, int) else ()
            waiting.extend(edge.target for edge in inputs if edge.target is not None)
    return found | dict.fromkeys(leaf.name for leaf in graph.leaves)


def number(value: float | None, graph: Graph, digits: int = ALL) -> str:
    """Return a number with all digits that tell it from others of its type, or with fewer."""
    if value is None or isinstance(value, bool):
        return str(value)
    if digits < ALL:
        return f"{value:.{digits}g}"
    return _shortest_single(float(value)) if graph.dtype == "float32" else repr(value).removesuffix(".0")


def _shortest_single(value: float) -> str:
    """Return the shortest text that float32 reads back as the same number."""
    texts = (f"{value:.{digits}g}" for digits in range(6, 10))
    return next((text for text in texts if struct.pack("f", float(text)) == struct.pack("f", value)), repr(value))


def sum_of(leaf: Leaf, graph: Graph, digits: int = ALL) -> str:
    """Return how the gradient of a leaf comes about: `16 + 27 = 43`."""
    return _sum([arrival.gradient for arrival in leaf.arrivals], leaf.grad, graph, digits)


def sums_inside(graph: Graph) -> dict[int, str]:
    """Return the same for the operations that several edges lead to, by their numbers; senders in torch's order."""
    sent: dict[int, list[float | None]] = {}
    for operation in graph.operations:
        for edge in operation.inputs:
            if edge.to is not None:
                sent.setdefault(edge.to, []).append(edge.gradient)
    totals = {operation.number: operation.gradient for operation in graph.operations}
    return {to: _sum(terms, totals[to], graph, ALL) for to, terms in sent.items() if len(terms) > 1 and to in totals}


def _sum(terms: Sequence[float | None], total: float | None, graph: Graph, digits: int) -> str:
    """Return a sum and its terms in the order in which torch adds them."""
    if len(terms) < 2:
        return number(total, graph, digits)
    more = [f"({len(terms) - _TERMS:,} more)"] if len(terms) > _TERMS else []
    texts = [number(term, graph, digits) for term in terms[:_TERMS]]
    return f"{' + '.join([*texts, *more])} = {number(total, graph, digits)}".replace("+ -", "- ")


def saved(operation: Operation, graph: Graph, digits: int = ALL) -> str:
    """Return what torch keeps for the backward pass; an alpha of 1 says nothing."""
    return ", ".join(f"{one.name} = {number(one.value, graph, digits)}" for one in operation.saved if one != _PLAIN_SUM)


def slope(text: str | None, value: str) -> str:
    """Return a local slope: `3*u**2 = 27`, or the number alone where the formula is that."""
    return value if text is None or text in (value, f"-{value}") else f"{text} = {value}"


def point(graph: Graph) -> str:
    """Return the point in words."""
    return ", ".join(f"{name} = {number(value, graph)}" for name, value in graph.at.items())


def short(text: str, width: int) -> str:
    """Return a text of at most so many characters, its end left out."""
    return text if len(text) <= width else f"{text[: max(width - 1, 0)]}…"
