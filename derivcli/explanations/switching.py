"""Where a function may pass from one formula to another, and where its domain may end: expressions that are 0 there."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations
from typing import TYPE_CHECKING

from derivcli.explanations import rules
from derivcli.explanations.algebra import ONE, placed, value_of
from derivcli.explanations.steps import assembled
from derivcli.explanations.way import NoRuleError
from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree, expand, to_tree
from derivcli.language.parser import parse
from derivcli.language.tree import VARIABLE, Node, each, variables

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 2_000  # nodes: of a longer function no switches are looked for
_MOST = 60  # switches: the zeros of one take some hundredths of a second
# What is 0 where a function jumps or has a kink, in its parameters.
_JUMPS = {
    **dict.fromkeys(("abs", "sign", "heaviside", "cbrt", "root"), ("x",)),
    **dict.fromkeys(("floor", "ceil"), ("sin(pi*x)",)),
    "round": ("cos(pi*x)",),
    **dict.fromkeys(("mod", "floordiv"), ("sin(pi*x/y)", "y")),
}
# Inverses of what is not one to one: where their argument turns back, they may: `sqrt((x - 10)^2)`, `asin(sin(x))`.
_TURNING = frozenset({"sqrt", "cbrt", "root", "asin", "acos", "acosh", "atan2", "pow"})
_EDGES = frozenset({"lt", "le", "gt", "ge"})


def switches(*trees: Node) -> list[Node]:
    """Return what is 0 where one of the trees may switch, each once: nothing for what has one formula everywhere."""
    small = [tree for tree in trees if tree.size <= _LARGEST]
    found = dict.fromkeys(zero for tree in small for part in each(_plain(tree)) for zero in _zeros(part))
    return [zero for zero in found if variables(zero)][:_MOST]


def _plain(tree: Node) -> Node:
    """Return a tree in which functions that are formulas are written out."""
    return to_tree(expand(compile_tree(tree), lambda op: not catalogue.FUNCTIONS[op].definition))


def _zeros(part: Node) -> Iterator[Node]:
    """Yield what is 0 where an operation may switch."""
    if part.op in _EDGES:
        yield _apart(*part.args)
    elif part.op in ("max", "min"):
        yield from (_apart(a, b) for a, b in combinations(part.args, 2))
    elif part.op == "pow" and not _is_whole(part.args[1]):
        yield part.args[0]
    row = catalogue.FUNCTIONS.get(part.op)
    if row is not None:
        texts = _JUMPS.get(part.op, ())
        bindings = dict(zip(row.parameters, part.args, strict=False))
        jumps = [parse(text, row.parameters).tree for text in texts]
        yield from (placed(zero, bindings) for zero in (*jumps, *_ends(row)))
    if part.op in _TURNING and not (part.op == "pow" and _is_whole(part.args[1])):
        yield from (slope for arg in part.args for name in variables(arg) for slope in turns(arg, name))


def _ends(row: catalogue.Function) -> list[Node]:
    """Return what is 0 at the ends of the domain of a function; single points are none."""
    domain = parse(f"where({row.domain}, 1, 0)", row.parameters).tree if row.domain else ONE
    return [_apart(*part.args) for part in each(domain) if part.op in _EDGES]


def turns(tree: Node, name: str) -> Iterator[Node]:
    """Yield the slope of an expression by a variable, which is 0 where it turns back, if it has one."""
    if tree.op != VARIABLE:
        with suppress(NoRuleError):
            slope = assembled(tree, rules.by(name))
            if slope is not None:
                yield slope


def _apart(a: Node, b: Node) -> Node:
    return Node("add", (a, Node("neg", (b,))))


def _is_whole(exponent: Node) -> bool:
    known = value_of(exponent)
    return known is not None and known.denominator == 1
