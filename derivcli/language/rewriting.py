"""Other forms of an expression that float64 may compute better: rules matched on syntax trees.

The rules are the rows of `identities`, `matching` finds where one fits. Nothing here knows whether a form is better, or
even the same: whoever asks must find out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from derivcli.errors import DerivError
from derivcli.language.identities import IDENTITIES
from derivcli.language.matching import FLAT, anywhere
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node, postorder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.language.matching import Bindings, Found

_ZERO, _ONE = Node(NUMBER, text="0"), Node(NUMBER, text="1")
_MOST = 40  # forms: whoever asks computes each
_LONGEST = 200  # nodes of a form: nobody would type a longer one


def forms(root: Node) -> list[Node]:
    """Return what one rule makes of an expression, then what two rules in a row make of it."""
    found = {to_text(root): root}
    for level in range(2):
        for form in list(found.values())[level and 1 :]:
            for other in _rewritten(form):
                if len(found) <= _MOST and other.size <= _LONGEST:
                    found.setdefault(to_text(other), other)
    return list(found.values())[1:]


@cache
def _rules() -> tuple[tuple[Node, Node], ...]:
    """Return the rules as trees, without those that name a function that there is not."""
    known = []
    for pattern, replacement in IDENTITIES:
        try:
            known.append((_read(pattern), _read(replacement)))
        except DerivError:
            continue
    return tuple(known)


def _read(text: str) -> Node:
    return parse(text, frozenset("abc")).tree


def _rewritten(root: Node) -> Iterator[Node]:
    """Yield the expression with one rule applied at one place."""
    for place, path in _places(root):
        for pattern, replacement in _rules():
            if pattern.op == place.op:
                found = next(anywhere(pattern, place), None)
                if found is not None:
                    yield _within(root, path, _merged(_filled(replacement, found.bindings), found))


def _places(root: Node) -> Iterator[tuple[Node, tuple[int, ...]]]:
    """Yield every part with the way to it, the deepest last."""
    waiting: list[tuple[Node, tuple[int, ...]]] = [(root, ())]
    for node, path in waiting:
        yield node, path
        waiting += [(arg, (*path, k)) for k, arg in enumerate(node.args)]


def _within(root: Node, path: Sequence[int], part: Node) -> Node:
    """Return the tree with another part at the end of a path."""
    above = [root]
    for position in path[:-1]:
        above.append(above[-1].args[position])
    for node, position in zip(reversed(above), reversed(path), strict=False):
        part = _flat(node.op, (*node.args[:position], part, *node.args[position + 1 :]), node.text)
    return part


def _filled(replacement: Node, bindings: Bindings) -> Node:
    done: dict[Node, Node] = {}
    for node in postorder(replacement):
        if node.op == VARIABLE:
            done[node] = bindings[node.text]
        else:
            done[node] = _flat(node.op, tuple(done[arg] for arg in node.args), node.text)
    return done[replacement]


def _merged(part: Node, found: Found) -> Node:
    return (
        _flat(found.op, (*found.rest, part) if found.op == "mul" else (part, *found.rest), "") if found.rest else part
    )


def _flat(op: str, args: tuple[Node, ...], text: str) -> Node:
    """Return a node as people write it: sums and products flat, nothing that cancels, no factor 1, no double sign."""
    if op == "neg" and args[0].op == "neg":
        return args[0].args[0]
    if op == "div":
        return _fraction(*args)
    if op not in FLAT:
        return Node(op, args, text)
    args = tuple(inner for arg in args for inner in (arg.args if arg.op == op else (arg,)))
    kept = _without_opposites(args) if op == "add" else tuple(arg for arg in args if arg != _ONE)
    idle = _ZERO if op == "add" else _ONE
    return Node(op, kept) if len(kept) > 1 else (kept or (idle,))[0]


def _fraction(above: Node, below: Node) -> Node:
    if below == _ONE:
        return above
    if above == below:
        return _ONE
    factors = list(above.args) if above.op == "mul" else []
    if below not in factors:
        return Node("div", (above, below))
    factors.remove(below)
    return _flat("mul", tuple(factors), "")


def _without_opposites(terms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out the zeros, and terms that cancel each other as they stand."""
    kept: list[Node] = []
    for term in terms:
        opposite = _flat("neg", (term,), "")
        if opposite in kept:
            kept.remove(opposite)
        elif term != _ZERO:
            kept.append(term)
    return tuple(kept)
