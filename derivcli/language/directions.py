"""A function along a line: `f(x + t*a, y + t*b)` is the tree of a function of t, to be looked at where t is 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.tree import NUMBER, VARIABLE, Node, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

# Names that nobody can type.
ALONG, UNIT = "@v", "@u"


def along(tree: Node, direction: Mapping[str, Node], *, with_unit: bool) -> Node:
    """Return f moved by `ALONG` times the direction and, if that is wanted, by `UNIT` times the unit direction."""
    moved = {name: _moved(name, component, direction, with_unit) for name, component in direction.items()}

    def rebuild(node: Node, args: list[Node]) -> Node:
        if node.op == VARIABLE and node.text in moved:
            return moved[node.text]
        return Node(node.op, tuple(args), node.text, node.span)

    return fold(tree, rebuild)


def _moved(name: str, component: Node, direction: Mapping[str, Node], with_unit: bool) -> Node:
    terms = [_variable(name), Node("mul", (_variable(ALONG), component))]
    if with_unit:
        terms.append(Node("mul", (_variable(UNIT), Node("div", (component, _length(direction))))))
    return Node("add", tuple(terms))


def _length(direction: Mapping[str, Node]) -> Node:
    squares = tuple(Node("pow", (component, Node(NUMBER, text="2"))) for component in direction.values())
    return Node("sqrt", (squares[0] if len(squares) == 1 else Node("add", squares),))


def _variable(name: str) -> Node:
    return Node(VARIABLE, text=name)
