"""Mistakes in functions of the catalogue, and in functions by cases: a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.explanations.algebra import ONE, ZERO, number, placed, product, quotient
from derivcli.explanations.broken_powers import INNER
from derivcli.explanations.way import Rule, Way
from derivcli.language.parser import parse
from derivcli.language.tree import PIECEWISE, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    Broken = Callable[[Node, Way], Node | None]

_MINUS = number(-1)
# Functions whose derivatives are taken for one another, and derivatives without the square that they have.
_KINDS = tuple(
    frozenset(names.split())
    for names in ("tan sec cot csc", "asin acos atan asinh acosh atanh", "sin cos sinh cosh", "tanh sech coth csch")
)
_KIN = sorted(frozenset().union(*_KINDS))
_WITHOUT_SQUARE = {"tan": "sec(x)", "cot": "-csc(x)", "tanh": "sech(x)", "coth": "-csch(x)", "atan": "1/(1 + x)"}
_INVERSES = {f"a{name}": name for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh")}
_JUMPING = ("floor", "ceil", "round", "trunc")
_MOST_BRANCHES = 4  # more are seldom typed


def _function(make: Callable[[Node, Node, Way], Node | None]) -> Broken:
    """Return a broken rule for a function of the catalogue, of the call and its right derivative."""

    def apply(part: Node, way: Way) -> Node | None:
        is_call = len(part.args) == 1 and part.op not in ("neg", "sqrt", "exp") and way.moves(part)
        return make(part, way.right.apply(part).after, way) if is_call else None

    return apply


def _reciprocal(part: Node, _after: Node, way: Way) -> Node | None:
    """Take an inverse function for 1 over the function: `asin(x)` for `1/sin(x)`."""
    name = _INVERSES.get(part.op)
    return None if name is None else way.right.apply(quotient(ONE, Node(name, part.args))).after


def _inverse(part: Node, _after: Node, way: Way) -> Node | None:
    """Take 1 over the derivative of the function for that of its inverse: `1/cos(x)` for asin."""
    name = _INVERSES.get(part.op)
    if name is None:
        return None
    outer = Way("@u", frozenset(), way.right.rules).apply(Node(name, (INNER,))).after
    return quotient(way.slope(part.args[0]), placed(outer, {INNER.text: part.args[0]}))


def _kin(name: str) -> Callable[[Node, Node, Way], Node | None]:
    """Return what takes the derivative of another function of the same kind."""

    def apply(part: Node, _after: Node, way: Way) -> Node | None:
        group = next((group for group in _KINDS if name in group), frozenset())
        return way.right.apply(Node(name, part.args)).after if part.op in group and part.op != name else None

    return apply


def _root(part: Node, _after: Node, way: Way) -> Node | None:
    """Take the derivative without its square: `1/cos(x)` for tan."""
    text = _WITHOUT_SQUARE.get(part.op)
    return None if text is None else product(placed(parse(text).tree, {"x": part.args[0]}), way.slope(part.args[0]))


def _common_log(part: Node, after: Node, _way: Way) -> Node | None:
    return quotient(after, Node("log", (number(10),))) if part.op == "log" else None


def _base_lost(part: Node, way: Way) -> Node | None:
    """Differentiate a logarithm to another base as a natural one."""
    names = {"log10": 1, "log2": 1, "log": 2}
    if names.get(part.op) != len(part.args) or way.moves(part.args[-1]) == (part.op == "log"):
        return None
    return quotient(way.slope(part.args[0]), part.args[0])


def _above(part: Node, way: Way) -> Node | None:
    """Put the argument of a logarithm above the line."""
    base = _base_of_log(part, way)
    return None if base is None else quotient(product(part.args[0], way.slope(part.args[0])), base)


def _base_above(part: Node, way: Way) -> Node | None:
    """Put the logarithm of the base above the line."""
    base = _base_of_log(part, way)
    return None if base in (None, ONE) else quotient(product(base, way.slope(part.args[0])), part.args[0])


def _base_of_log(part: Node, way: Way) -> Node | None:
    """Return the natural logarithm of the base of a logarithm, 1 for a natural one; None for any other part."""
    if part.op not in ("log", "log2", "log10") or not way.moves(part.args[0]):
        return None
    if part.op == "log" and len(part.args) == 1:
        return ONE
    base = part.args[1] if part.op == "log" else number(int(part.op.removeprefix("log")))
    return None if way.moves(base) else Node("log", (base,))


def _branch(place: int) -> Broken:
    """Return the slope of one branch alone of what has several."""

    def apply(part: Node, way: Way) -> Node | None:
        branches = _branches(part)
        return way.slope(branches[place]) if place < len(branches) else None

    return apply


def _branches(part: Node) -> tuple[Node, ...]:
    """Return the formulas of what has several; of a function with jumps its argument, as if it were not there."""
    if part.op in ("max", "min"):
        return part.args
    if part.op == PIECEWISE:
        return part.args[::2]
    u = part.args[0] if part.args else ONE
    known = {"abs": (u, product(_MINUS, u)), "relu": (u, ZERO), **dict.fromkeys(_JUMPING, (u,))}
    return known.get(part.op, ())


BRANCHES: tuple[Rule, ...] = tuple(Rule("one branch for all", _branch(place)) for place in range(_MOST_BRANCHES))
FUNCTIONS: tuple[Rule, ...] = (
    Rule("sign of the derivative", _function(lambda _p, after, _w: product(_MINUS, after))),
    Rule("inverse function taken for the reciprocal", _function(_reciprocal)),
    Rule("function not differentiated", _function(lambda p, _after, w: product(p, *map(w.slope, p.args)))),
    *(Rule(f"derivative of {name} instead", _function(_kin(name))) for name in _KIN),
    Rule("square missing in the derivative", _function(_root)),
    Rule("natural logarithm taken for the common one", _function(_common_log)),
    Rule("factor 1/ln of the base missing", _base_lost),
    Rule("argument of the logarithm above the line", _above),
    Rule("logarithm of the base above the line", _base_above),
    Rule("1 over the derivative of the function for that of its inverse", _function(_inverse)),
)  # fmt: skip
