"""The tree of an expression as a tutorial writes it: operators on two operands, and torch's functions.

A function that torch lacks is written out by its definition, in which each argument is computed once, as in the body of
a function of Python's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, reduce
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.graphs.kernels import FORMULAS, kernel, numeric
from derivcli.language import catalogue
from derivcli.language.parser import parse
from derivcli.language.tree import NUMBER, VARIABLE, Node, each, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SUB = "sub"  # in a syntax tree a difference is a sum with a negated term; to torch it is an operation of its own
_OF_MANY = {"mul": "mul", "sum": "add", "prod": "mul", "max": "max", "min": "min", "logsumexp": "logaddexp"}


class NoKernelError(UsageError):
    """A function that torch lacks, so that autograd has no graph of it."""

    def __init__(self, node: Node) -> None:
        super().__init__(
            f"torch has no function for `{node.op}` that it can differentiate, so there is no graph",
            node.span,
            hint="leave out the graph: the answer has the derivative all the same",
        )


def written(root: Node) -> Node:
    """Return the tree as a tutorial writes it. Raises `NoKernelError` for a function that torch lacks."""
    plain = fold(root, _written)
    return replace(plain, shared=True) if root.shared else plain


def _written(node: Node, args: list[Node]) -> Node:
    if node.op == "add":
        return reduce(_sum, args)
    if node.op in _OF_MANY:
        return reduce(_pair(_OF_MANY[node.op]), args)
    if node.op == "mean":
        return Node("div", (reduce(_pair("add"), args), Node(NUMBER, text=str(len(args)))))
    if node.op == "pow" and args[0].op == "e":
        return Node("exp", (args[1],))
    if node.op == "log" and len(args) == 2:
        return _logarithm(*args)
    row = catalogue.FUNCTIONS.get(node.op)
    return Node(node.op, tuple(args), node.text, node.span) if row is None else _call(node, row, args)


def _sum(total: Node, term: Node) -> Node:
    return Node(SUB, (total, term.args[0])) if term.op == "neg" else Node("add", (total, term))


def _pair(op: str) -> Callable[[Node, Node], Node]:
    return lambda left, right: Node(op, (left, right))


def _logarithm(x: Node, base: Node) -> Node:
    if base.op == NUMBER and base.text in ("2", "10"):
        return Node(f"log{base.text}", (x,))
    return Node("div", (Node("log", (x,)), Node("log", (base,))))


def _call(node: Node, row: catalogue.Function, args: list[Node]) -> Node:
    missing = len(row.parameters) - len(args)
    defaults = row.defaults[len(row.defaults) - missing :] if missing > 0 else ()
    args = [*args, *(parse(text).tree for text in defaults)]
    if kernel(node.op) or _is_numeric(node.op, args):
        return Node(node.op, tuple(args), span=node.span)
    if node.op not in FORMULAS and row.definition is None:
        raise NoKernelError(node)
    try:
        return _bound(_definition(node.op), dict(zip(row.parameters, args, strict=True)))
    except NoKernelError:
        raise NoKernelError(node) from None


def _is_numeric(op: str, args: list[Node]) -> bool:
    """Tell whether a call is one of a function that takes numbers beside one tensor, and has no variable in them."""
    found = numeric(op)
    if found is None:
        return False
    others = [arg for place, arg in enumerate(args) if place != found[1] % len(args)]
    return not any(node.op == VARIABLE for arg in others for node in each(arg))


@cache
def _definition(name: str) -> Node:
    """Return what is written for a function, in its parameters."""
    row = catalogue.FUNCTIONS[name]
    return written(parse(FORMULAS.get(name) or row.definition or "", row.parameters).tree)


def _bound(root: Node, args: Mapping[str, Node]) -> Node:
    """Put arguments in the place of parameters."""
    shared = {name: replace(arg, shared=True) for name, arg in args.items()}
    return fold(root, lambda node, parts: _put(node, parts, shared))


def _put(node: Node, parts: list[Node], args: Mapping[str, Node]) -> Node:
    return args[node.text] if node.op == VARIABLE else Node(node.op, tuple(parts), node.text)
