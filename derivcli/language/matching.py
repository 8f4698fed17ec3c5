"""Where a pattern fits a syntax tree: a variable of the pattern stands for any expression, the same one everywhere.

A sum or a product matches some of the terms in any order, and the other terms are left over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.language.tree import VARIABLE, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Bindings = dict[str, Node]

FLAT = ("add", "mul")
_WIDEST = 12  # terms of a sum in which a pattern is looked for: the ways to choose some grow fast


class Found(NamedTuple):
    """What the variables of a pattern stand for, and the terms or factors that stay beside what it matches."""

    bindings: Bindings
    op: str = ""
    rest: tuple[Node, ...] = ()


def anywhere(pattern: Node, node: Node) -> Iterator[Found]:
    """Yield the ways to match a part, or some of its terms, or a fraction with some of its factors."""
    if pattern.op in FLAT:
        if len(node.args) <= _WIDEST:
            yield from (Found(bound, node.op, rest) for bound, rest in _terms(_bare_last(pattern.args), node.args, {}))
        return
    yield from map(Found, _match(pattern, node, {}))
    if pattern.op == "div" == node.op and node.args[0].op == "mul" and pattern.args[0].op != VARIABLE:
        above, below = node.args
        for position, factor in enumerate(above.args[:_WIDEST]):
            rest = (*above.args[:position], *above.args[position + 1 :])
            fraction = Node("div", (factor, below))
            yield from (Found(bound, "mul", rest) for bound in _match(pattern, fraction, {}))


def _match(pattern: Node, node: Node, bound: Bindings) -> Iterator[Bindings]:
    """Yield the ways to match a whole node, beside what is bound already."""
    if pattern.op == VARIABLE:
        if bound.get(pattern.text, node) == node:
            yield {**bound, pattern.text: node}
    elif pattern.op != node.op or pattern.text != node.text:
        return
    elif pattern.op in FLAT:
        yield from _all_terms(_bare_last(pattern.args), node, bound)
    elif len(pattern.args) == len(node.args):
        yield from _each(pattern.args, node.args, bound)


def _each(patterns: Sequence[Node], nodes: Sequence[Node], bound: Bindings) -> Iterator[Bindings]:
    """Yield the ways to match operands in their order."""
    if not patterns:
        yield bound
        return
    for bindings in _match(patterns[0], nodes[0], bound):
        yield from _each(patterns[1:], nodes[1:], bindings)


def _all_terms(patterns: Sequence[Node], node: Node, bound: Bindings) -> Iterator[Bindings]:
    """Yield the ways to match a whole sum or product; a bare variable takes all that is left."""
    if not len(patterns) <= len(node.args) <= _WIDEST:
        return
    last = patterns[-1]
    greedy = last.op == VARIABLE and last.text not in bound and len(node.args) > len(patterns)
    for bindings, rest in _terms(patterns[:-1] if greedy else patterns, node.args, bound):
        if greedy:
            yield from _match(last, Node(node.op, rest), bindings)
        elif not rest:
            yield bindings


def _terms(
    patterns: Sequence[Node], nodes: tuple[Node, ...], bound: Bindings
) -> Iterator[tuple[Bindings, tuple[Node, ...]]]:
    """Yield the ways to match some terms in any order, with those that are left over."""
    if not patterns:
        yield bound, nodes
        return
    for position, node in enumerate(nodes):
        for bindings in _match(patterns[0], node, bound):
            yield from _terms(patterns[1:], (*nodes[:position], *nodes[position + 1 :]), bindings)


def _bare_last(patterns: tuple[Node, ...]) -> list[Node]:
    """Return the terms of a pattern, those first that say most."""
    return sorted(patterns, key=lambda pattern: -pattern.size)
