"""The rules for functions of the catalogue, and for functions by cases."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from derivcli.explanations import table
from derivcli.explanations.algebra import placed, product, quotient, total
from derivcli.explanations.powers import named
from derivcli.explanations.way import Applied, NoRuleError, U, Way
from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import PIECEWISE, Node, each

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS = frozenset({"floor", "ceil", "round", "trunc", "frac", "mod", "fmod", "ieee_remainder", "floordiv"})


def extremum(part: Node, way: Way) -> Applied | None:
    """Take the slope of the argument that wins, as far as it wins against those that follow it."""
    if part.op not in ("max", "min"):
        return None
    args = list(dict.fromkeys(part.args))
    pieces: list[Node] = []
    for k, arg in enumerate(args[:-1]):
        wins = [Node("gt" if part.op == "max" else "lt", (arg, other)) for other in args[k + 1 :]]
        pieces += [way.slope(arg), wins[0] if len(wins) == 1 else Node("and", tuple(wins))]
    after = Node(PIECEWISE, (*pieces, way.slope(args[-1]))) if pieces else way.slope(args[0])
    met = " or ".join(f"`{to_text(a)}` equals `{to_text(b)}`" for a, b in combinations(args, 2))
    return Applied("branch by branch", after, reason=f"except where {met}" if met else "")


def piecewise(part: Node, way: Way) -> Applied | None:
    """Take the slope of each branch under its own condition."""
    if part.op != PIECEWISE:
        return None
    last = len(part.args) - 1
    after = tuple(way.slope(a) if k % 2 == 0 or (k == last and last % 2 == 0) else a for k, a in enumerate(part.args))
    edges = [c.args for a in part.args[1::2] for c in each(a) if c.op in ("lt", "le", "gt", "ge", "eq", "ne")]
    met = " or ".join(dict.fromkeys(f"`{to_text(a)}` equals `{to_text(b)}`" for a, b in edges))
    return Applied("branch by branch", Node(PIECEWISE, after), reason=f"except where {met}" if met else "")


def of_exponentials(part: Node, way: Way) -> Node | None:
    """Differentiate the logarithm of a sum of exponentials."""
    if part.op != "logsumexp":
        return None
    grown = [Node("exp", (arg,)) for arg in part.args]
    above = [product(e, way.slope(arg)) for e, arg in zip(grown, part.args, strict=True)]
    return quotient(total(*above), total(*grown))


def function(part: Node, way: Way) -> Applied | None:
    """Differentiate a function of the catalogue by its row in the table, argument by argument."""
    row = _row(part)
    if row is None or not table.partials(row.name) or len(part.args) > len(row.parameters):
        return None
    by = [(k, arg, table.partials(row.name)[k]) for k, arg in enumerate(part.args) if way.moves(arg)]
    bindings = _bindings(row, part.args)
    terms = [product(placed(_known(slope, part, arg), bindings), way.slope(arg)) for _, arg, slope in by]
    k, u, slope = by[0]
    kinks = _kinks(row, u)
    if len(by) > 1:
        return Applied("multivariable chain rule", total(*terms), reason=kinks)
    args = (*part.args[:k], U, *part.args[k + 1 :])
    outer = to_text(Node(part.op, args)), to_text(placed(_known(slope, part, u), _bindings(row, args)))
    return named(row.name, u, terms[0], kinks or "the derivative of `{}` is `{}`".format(*outer))


def _row(part: Node) -> catalogue.Function | None:
    """Return the row that a call means."""
    row = catalogue.FUNCTIONS.get(part.op)
    return catalogue.FUNCTIONS[row.longer] if row and len(part.args) > len(row.parameters) and row.longer else row


def _bindings(row: catalogue.Function, args: Sequence[Node]) -> dict[str, Node]:
    """Return what the parameters of a function stand for in a call; what is left out has its default."""
    count = len(row.parameters) - len(row.defaults)
    defaults = {name: parse(text).tree for name, text in zip(row.parameters[count:], row.defaults, strict=True)}
    return {**defaults, **dict(zip(row.parameters, args, strict=False))}


def _known(slope: Node | None, part: Node, arg: Node) -> Node:
    if slope is None:
        raise NoRuleError(f"`{part.op}` has no derivative in closed form by `{to_text(arg)}`")
    return slope


def _kinks(row: catalogue.Function, u: Node) -> str:
    """Say where a function has no derivative."""
    if row.smooth:
        return ""
    if row.name in _STEPS:
        return "except at the jumps"
    at_0 = row.name in ("abs", "sign", "relu", "step", "heaviside")
    return f"except where `{to_text(u)}` equals 0" if at_0 else "except at the kinks"


def definition(part: Node, way: Way) -> Node | None:
    """Put the formula that a function stands for in its place."""
    row = catalogue.FUNCTIONS.get(part.op)
    if row is None:
        return None
    formula = table.definition(row.name)
    if formula is None:
        written = to_tree(compile_tree(part))
        return None if written == part else way.slope(written)
    return way.slope(placed(formula, _bindings(row, part.args)))
