"""Mistakes in chains, powers and exponentials: a row each."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.explanations.algebra import ONE, number, placed, power, product, quotient, total
from derivcli.explanations.way import CHAIN, Rule, Way
from derivcli.language.tree import VARIABLE, Node, fold, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Broken = Callable[[Node, Way], Node | None]

INNER = Node(VARIABLE, text="@u")  # what stands for an inner function
_MINUS = number(-1)


def _outer(part: Node, way: Way) -> tuple[Node, Node] | None:
    """Return the derivative of the outer function of a chain as a formula in `@u`, and the inner function."""
    found = way.right.apply(part)
    if found.inner is None or found.rule != CHAIN:
        return None
    inner = found.inner
    alone = _exchanged(part, inner)
    return Way("@u", frozenset(), way.right.rules).apply(alone).after, inner


def _exchanged(part: Node, inner: Node) -> Node:
    """Return a part with a variable in the place of its inner function."""

    def exchange(node: Node, args: list[Node]) -> Node:
        return INNER if node == inner else Node(node.op, tuple(args), node.text)

    return fold(part, exchange)


def _chain(make: Callable[[Node, Node, Way], Node]) -> Broken:
    """Return a broken chain rule: what it makes of the outer derivative in `@u` and the inner function."""

    def apply(part: Node, way: Way) -> Node | None:
        found = _outer(part, way)
        return None if found is None else make(*found, way)

    return apply


def _at(outer: Node, what: Node) -> Node:
    return placed(outer, {"@u": what})


def _squares_without_factor(outer: Node, inner: Node, way: Way) -> Node:
    """Return the outer derivative in which `(2x)^2` is `2x^2`."""
    scale, rest = way.split(inner)

    def exchange(node: Node, args: list[Node]) -> Node:
        if node.op == "pow" and node.args[0] == INNER and (known := value_of(node.args[1])) is not None:
            return product(scale, power(rest, known))
        return inner if node == INNER else Node(node.op, tuple(args), node.text)

    return product(fold(outer, exchange), way.slope(inner))


def _power(make: Callable[[Node, Node], Node]) -> Broken:
    """Return a broken power rule of a base and a constant exponent; the inner derivative stays."""

    def apply(part: Node, way: Way) -> Node | None:
        found = _as_power(part, way)
        if found is None:
            return None
        scale, base, exponent = found
        return product(scale, make(base, exponent), way.slope(base))

    return apply


def _as_power(part: Node, way: Way) -> tuple[Node, Node, Node] | None:
    """Return the constant factor, the base and the exponent of `u^n`, of a root and of `c/u^n`."""
    if part.op == "pow" and not way.moves(part.args[1]):
        return ONE, part.args[0], part.args[1]
    if part.op == "sqrt":
        return ONE, part.args[0], number(Fraction(1, 2))
    if part.op == "div" and not way.moves(part.args[0]):
        below = _as_power(part.args[1], way) or (ONE, part.args[1], ONE)
        return quotient(part.args[0], below[0]), below[1], product(_MINUS, below[2])
    return None


def raised(base: Node, exponent: Node, by: int) -> Node:
    """Return a power with another exponent."""
    known = value_of(exponent)
    return power(base, known + by) if known is not None else Node("pow", (base, total(exponent, number(by))))


def _factor_not_raised(part: Node, way: Way) -> Node | None:
    """Read `(2x)^3` as `2x^3`."""
    scale, rest = way.split(part.args[0]) if part.op == "pow" else (ONE, part)
    known = value_of(part.args[1]) if part.op == "pow" else None
    return None if scale == ONE or known is None else product(scale, way.slope(power(rest, known)))


def _root_lost(base: Node, exponent: Node) -> Node:
    """Take `1/(2x)` for `1/(2*sqrt(x))`."""
    known = value_of(exponent)
    below = power(base, Fraction(1)) if known is not None and known.denominator > 1 else raised(base, exponent, 1)
    return quotient(exponent, below)


def _positive(base: Node, exponent: Node) -> Node:
    """Lower the exponent below 0 and lose its sign: `x^(2/3)/3` for `x^(1/3)`."""
    known = value_of(exponent)
    return product(exponent, power(base, abs(known - 1)) if known is not None else raised(base, exponent, -1))


def _unsigned(base: Node, exponent: Node) -> Node:
    known = value_of(exponent)
    return product(exponent, *([_MINUS] if known is not None and known < 0 else []), raised(base, exponent, -1))


def _integrated(base: Node, exponent: Node) -> Node:
    if value_of(exponent) == -1:
        return Node("log", (base,))
    return quotient(raised(base, exponent, 1), total(exponent, ONE))


def _added(part: Node, way: Way) -> Node | None:
    """Add the exponent of `c*x^n` to the factor."""
    scale, rest = way.split(part)
    known, exponent = value_of(scale), value_of(rest.args[1]) if rest.op == "pow" else None
    if rest is part or known is None or exponent is None:
        return None
    return product(number(known + exponent), power(rest.args[0], exponent - 1), way.slope(rest.args[0]))


def _below_power(part: Node, way: Way) -> Node | None:
    """Differentiate the base and leave the power: `cos(x)^2` for `sin(x)^2`."""
    if part.op != "pow" or way.moves(part.args[1]) or part.args[0].op == VARIABLE:
        return None
    return Node("pow", (way.slope(part.args[0]), part.args[1]))


def _inside_alone(part: Node, way: Way) -> Node | None:
    """Differentiate the inner function and leave the outer one: `sin(2x)` for `sin(x^2)`."""
    is_call = len(part.args) == 1 and part.op != "neg" and way.moves(part) and part.args[0].op != VARIABLE
    is_power_of_e = part.op == "pow" and not way.moves(part.args[0]) and part.args[1].op != VARIABLE
    if not is_call and not is_power_of_e:
        return None
    *held, inner = part.args
    return Node(part.op, (*held, way.slope(inner)))


def _held_over(part: Node, way: Way) -> Node | None:
    """Return `-c/u^2` for `c/u`."""
    if part.op != "div" or way.moves(part.args[0]) or way.at_sight(part.args[1]) == ONE:
        return None
    return quotient(product(_MINUS, part.args[0]), power(part.args[1], Fraction(2)))


def _growth(make: Callable[[Node, Node, Node, Way], Node]) -> Broken:
    """Return a broken rule for `a^u`, of the base, the exponent and the power itself."""

    def apply(part: Node, way: Way) -> Node | None:
        base, exponent = (Node("e"), *part.args) if part.op == "exp" else part.args if part.op == "pow" else (ONE, ONE)
        return make(base, exponent, part, way) if way.moves(exponent) else None

    return apply


POWERS: tuple[Rule, ...] = (
    Rule("inner derivative missing", _chain(lambda f, u, _: _at(f, u))),
    Rule("outer derivative taken at x, not at the inner function",
         _chain(lambda f, u, w: product(_at(f, Node(VARIABLE, text=w.name)), w.slope(u)))),
    Rule("outer derivative taken at the inner derivative", _chain(lambda f, u, w: _at(f, w.slope(u)))),
    Rule("outer derivative taken at the inner derivative",
         _chain(lambda f, u, w: product(_at(f, w.slope(u)), w.slope(u)))),
    Rule("factor of the inner function not squared", _chain(_squares_without_factor)),
    Rule("inner derivative added, not multiplied", _chain(lambda f, u, w: total(_at(f, u), w.slope(u)))),
    Rule("exponent brought down from an exponential", _growth(lambda _a, u, p, _w: product(u, p))),
    Rule("inner function in the place of its derivative", _chain(lambda f, u, _: product(_at(f, u), u))),
    Rule("exponent kept", _power(lambda u, n: product(n, raised(u, n, 0)))),
    Rule("exponent raised, not lowered", _power(lambda u, n: product(n, raised(u, n, 1)))),
    Rule("sign of the lowered exponent lost", _power(_positive)),
    Rule("root missing below the line", _power(_root_lost)),
    Rule("divided by the exponent, not multiplied", _power(lambda u, n: quotient(raised(u, n, -1), n))),
    Rule("exponent lowered by two", _power(lambda u, n: product(n, raised(u, n, -2)))),
    Rule("sign of the exponent lost", _power(_unsigned)),
    Rule("exponent not brought down", _power(lambda u, n: raised(u, n, -1))),
    Rule("lowered exponent brought down", _power(lambda u, n: product(total(n, _MINUS), raised(u, n, -1)))),
    Rule("integrated instead", _power(_integrated)),
    Rule("exponent added to the factor", _added),
    Rule("derivative below the power", _below_power),
    Rule("factor not raised to the power", _factor_not_raised),
    Rule("inner derivative missing", _held_over),
    Rule("derivative taken inside of the function", _inside_alone),
    Rule("exponential rule on a power", _power(lambda u, n: product(raised(u, n, 0), Node("log", (u,))))),
    Rule("power rule on an exponential",
         _growth(lambda a, u, _, w: product(u, Node("pow", (a, total(u, _MINUS))), w.slope(u)))),
    Rule("power rule on an exponential",
         _growth(lambda a, u, _, _w: product(u, Node("pow", (a, total(u, _MINUS)))))),
    Rule("exponential rule on a power with a base that moves",
         _growth(lambda a, u, p, w: product(p, Node("log", (a,)), w.slope(u)))),
    Rule("factor ln a missing", _growth(lambda _a, u, p, w: product(p, w.slope(u)))),
    Rule("divided by ln a, not multiplied",
         _growth(lambda a, u, p, w: quotient(product(p, w.slope(u)), Node("log", (a,))) if a.op != "e" else p)),
)  # fmt: skip
