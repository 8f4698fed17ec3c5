"""What the tests of LaTeX and of other programs share: trees without the freedoms of spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.parser import parse
from derivcli.language.tree import NUMBER, VARIABLE, Node, fold
from tests.language import outline

if TYPE_CHECKING:
    from collections.abc import Callable

_ORDERS = {f"{letter}{order}": (f"bessel{letter}", order) for letter in "jyik" for order in (0, 1)} | {
    "E1": ("expint", 1),
    "Li2": ("polylog", 2),
}
_SAME = {"elliptic_einc": "elliptic_e", "elliptic_piinc": "elliptic_pi"}
_CHAINS = ("add", "mul", "and", "or")


def canonical(root: Node) -> Node:
    """Return a tree in which what has the same value and the same slope in two forms has one."""
    return fold(root, _canonical)


def _canonical(node: Node, args: list[Node]) -> Node:
    if node.op == NUMBER:
        return _number(node.text)
    if node.op in _ORDERS:
        name, order = _ORDERS[node.op]
        return Node(name, (_number(str(order)), *args))
    if node.op in _CHAINS:
        return _chain(node.op, args)
    if node.op == "log" and len(args) == 2 and args[1].text in ("2", "10"):
        return Node(f"log{args[1].text}", tuple(args[:1]))
    if node.op in _WRITTEN:
        return _WRITTEN[node.op](*args)
    return Node(_SAME.get(node.op, node.op), tuple(args), text=node.text)


_WRITTEN: dict[str, Callable[..., Node]] = {
    "exp": lambda x: Node("pow", (Node("e"), x)),
    "exp2": lambda x: Node("pow", (_number("2"), x)),
    "cbrt": lambda x: Node("root", (x, _number("3"))),
    "tau": lambda: _chain("mul", [_number("2"), Node("pi")]),
    "floordiv": lambda x, y: Node("floor", (Node("div", (x, y)),)),
    "loggamma": lambda x: Node("log", (Node("abs", (Node("gamma", (x,)),)),)),
    "log_ndtr": lambda x: Node("log", (Node("ndtr", (x,)),)),
}


def _number(text: str) -> Node:
    mantissa, _, exponent = text.lower().partition("e")
    if not exponent:
        return Node(NUMBER, text=text)
    digits = Node(NUMBER, text=str(abs(int(exponent))))
    power = Node("pow", (Node(NUMBER, text="10"), digits if int(exponent) >= 0 else Node("neg", (digits,))))
    return _chain("mul", [Node(NUMBER, text=mantissa), power])


def _chain(op: str, args: list[Node]) -> Node:
    """Return a flat chain; a sign of its first factor is one of the product."""
    parts = [part for arg in args for part in (arg.args if arg.op == op else (arg,))]
    if op == "mul" and parts[0].op == "neg":
        return Node("neg", (_chain("mul", [parts[0].args[0], *parts[1:]]),))
    return Node(op, tuple(parts))


def meaning(text: str, *given: str) -> str:
    """Return the outline of what a text means, in one form."""
    return outline(canonical(parse(text, frozenset(given)).tree))


def variable(name: str) -> Node:
    """Return the node of a variable."""
    return Node(VARIABLE, text=name)
