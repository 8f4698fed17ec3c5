"""Mistakes in products, quotients and sums: a row each."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.explanations.algebra import ONE, ZERO, number, placed, power, product, quotient, total
from derivcli.explanations.broken_powers import INNER, raised
from derivcli.explanations.way import Rule, Way
from derivcli.language.tree import Node, value_of, variables

if TYPE_CHECKING:
    from collections.abc import Callable

    Broken = Callable[[Node, Way], Node | None]

_MINUS = number(-1)


def _factors(part: Node, way: Way) -> list[Node]:
    """Return the factors of a product that all move; none of any other part."""
    moving = [arg for arg in part.args if way.moves(arg)] if part.op == "mul" else []
    if len(moving) < 2:
        return []
    held = [arg for arg in part.args if not way.moves(arg)]
    return [product(*held, moving[0]) if held else moving[0], *moving[1:]]


def _product(make: Callable[[list[Node], Way], Node]) -> Broken:
    def apply(part: Node, way: Way) -> Node | None:
        factors = _factors(part, way)
        return make(factors, way) if factors else None

    return apply


def _term(factors: list[Node], k: int, way: Way) -> Node:
    return product(*factors[:k], way.slope(factors[k]), *factors[k + 1 :])


def _all_terms_but(place: int) -> Callable[[list[Node], Way], Node]:
    return lambda f, way: total(*(_term(f, k, way) for k in range(len(f)) if k != place))


def _factor_lost(place: int) -> Callable[[list[Node], Way], Node]:
    """Return the product rule with the slope of one factor alone in its term: `sin(x) + cos(x)` for `x*sin(x)`."""
    return lambda f, way: total(*(way.slope(u) if k == place else _term(f, k, way) for k, u in enumerate(f)))


def _unbracketed(u: Node, v: Node, du: Node, dv: Node) -> Node:
    """Take the minus of the quotient rule for the first term alone of a sum."""
    first, *others = u.args if u.op == "add" else (u,)
    below = total(*(product(arg, dv) for arg in others))
    return quotient(total(product(du, v), product(_MINUS, first, dv), below), _squared(v))


def _quotient(make: Callable[[Node, Node, Node, Node], Node]) -> Broken:
    """Return a broken quotient rule of `u`, `v` and their derivatives; over a constant `u` a quotient is a power."""

    def apply(part: Node, way: Way) -> Node | None:
        if part.op != "div" or not all(map(way.moves, part.args)):
            return None
        u, v = part.args
        return make(u, v, way.slope(u), way.slope(v))

    return apply


def _below(part: Node, way: Way) -> Node | None:
    """Differentiate what stands below the line of a fraction and leave it there."""
    if part.op != "div" or not way.moves(part.args[1]):
        return None
    return _over(part.args[0], way.slope(part.args[1]))


def _squared(v: Node) -> Node:
    return power(v, Fraction(2))


def _over(above: Node, below: Node) -> Node | None:
    return None if below == ZERO else quotient(above, below)


def _sum(make: Callable[[tuple[Node, ...], Way], Node | None]) -> Broken:
    return lambda part, way: make(part.args, way) if part.op == "add" else None


def _constant_kept(terms: tuple[Node, ...], way: Way) -> Node | None:
    held = [term for term in terms if not way.moves(term)]
    return total(*(way.slope(t) if way.moves(t) else t for t in terms)) if held else None


def _constant_as_power(terms: tuple[Node, ...], way: Way) -> Node | None:
    """Differentiate `pi^2` as if its base were the variable."""
    powers = [t for t in terms if t.op == "pow" and not way.moves(t) and value_of(t.args[1]) is not None]
    if not powers:
        return None
    lowered = {t: product(t.args[1], raised(t.args[0], t.args[1], -1)) for t in powers}
    return total(*(lowered.get(t) or way.slope(t) for t in terms))


def _constant_as_function(terms: tuple[Node, ...], way: Way) -> Node | None:
    """Differentiate `ln(5)` and `sin(pi/4)` as if their arguments were the variable."""
    calls = [t for t in terms if len(t.args) == 1 and t.op != "neg" and not way.moves(t) and variables(t) == ()]
    if not calls:
        return None
    by_argument = Way("@u", frozenset(), way.right.rules)
    slopes = {t: placed(by_argument.apply(Node(t.op, (INNER,))).after, {INNER.text: t.args[0]}) for t in calls}
    return total(*(slopes.get(t) or way.slope(t) for t in terms))


def _constant_as_one(terms: tuple[Node, ...], way: Way) -> Node | None:
    held = [term for term in terms if not way.moves(term)]
    return total(*(way.slope(t) if way.moves(t) else ONE for t in terms)) if held else None


def _term_lost(place: int) -> Callable[[tuple[Node, ...], Way], Node | None]:
    def apply(terms: tuple[Node, ...], way: Way) -> Node | None:
        kept = [way.slope(t) for k, t in enumerate(terms) if k != place]
        return total(*kept) if place < len(terms) and way.moves(terms[place]) else None

    return apply


def _term_turned(place: int) -> Callable[[tuple[Node, ...], Way], Node | None]:
    def apply(terms: tuple[Node, ...], way: Way) -> Node | None:
        if place >= len(terms) or not way.moves(terms[place]) or way.following:  # an equation has no sign of its own
            return None
        return total(*(product(_MINUS, way.slope(t)) if k == place else way.slope(t) for k, t in enumerate(terms)))

    return apply


def _term_kept(place: int) -> Callable[[tuple[Node, ...], Way], Node | None]:
    def apply(terms: tuple[Node, ...], way: Way) -> Node | None:
        if place >= len(terms) or not way.moves(terms[place]):
            return None
        return total(*(t if k == place else way.slope(t) for k, t in enumerate(terms)))

    return apply


def _factor(make: Callable[[Node, Node, Way], Node]) -> Broken:
    """Return a broken rule for a constant factor: what it makes of the factor and the rest."""

    def apply(part: Node, way: Way) -> Node | None:
        scale, rest = way.split(part)
        return None if rest is part or scale == _MINUS else make(scale, rest, way)

    return apply


PRODUCTS: tuple[Rule, ...] = (
    Rule("product of the derivatives", _product(lambda f, w: product(*map(w.slope, f)))),
    Rule("a term of the product rule missing", _product(lambda f, w: _term(f, 0, w))),
    Rule("a term of the product rule missing", _product(lambda f, w: _term(f, 1, w))),
    *(Rule("a term of the product rule missing", _product(_all_terms_but(place))) for place in range(3)),
    Rule("minus for plus in the product rule",
         _product(lambda f, w: total(_term(f, 0, w), *(product(_MINUS, _term(f, k, w)) for k in range(1, len(f)))))),
    Rule("sum of the derivatives", _product(lambda f, w: total(*map(w.slope, f)))),
    *(Rule("a factor missing in a term of the product rule", _product(_factor_lost(place))) for place in (0, 1)),
    Rule("quotient rule the wrong way round",
         _quotient(lambda u, v, du, dv: quotient(total(product(u, dv), product(_MINUS, du, v)), _squared(v)))),
    Rule("plus for minus in the quotient rule",
         _quotient(lambda u, v, du, dv: quotient(total(product(du, v), product(u, dv)), _squared(v)))),
    Rule("square missing in the quotient rule",
         _quotient(lambda u, v, du, dv: quotient(total(product(du, v), product(_MINUS, u, dv)), v))),
    Rule("divisor missing in the quotient rule",
         _quotient(lambda u, v, du, dv: total(product(du, v), product(_MINUS, u, dv)))),
    Rule("square of the derivative below the line",
         _quotient(lambda u, v, du, dv: _over(total(product(du, v), product(_MINUS, u, dv)), _squared(dv)) or ZERO)),
    Rule("square of the numerator below the line",
         _quotient(lambda u, v, du, dv: quotient(total(product(du, v), product(_MINUS, u, dv)), _squared(u)))),
    Rule("brackets missing behind the minus of the quotient rule", _quotient(_unbracketed)),
    Rule("quotient of the derivatives", _quotient(lambda _u, _v, du, dv: _over(du, dv) or ZERO)),
    Rule("derivative of the divisor missing", _quotient(lambda _u, v, du, _dv: quotient(du, v))),
    Rule("derivative below the line of a fraction", _below),
)  # fmt: skip
SUMS: tuple[Rule, ...] = (
    Rule("constant kept", _sum(_constant_kept)),
    Rule("constant differentiated as a power", _sum(_constant_as_power)),
    Rule("derivative of a constant taken for 1", _sum(_constant_as_one)),
    Rule("constant differentiated as a function", _sum(_constant_as_function)),
    *(Rule("sign of a term of the sum", _sum(_term_turned(place))) for place in range(4)),
    *(Rule("a term of the sum missing", _sum(_term_lost(place))) for place in range(4)),
    *(Rule("a term of the sum not differentiated", _sum(_term_kept(place))) for place in range(4)),
    Rule("constant factor dropped", _factor(lambda _c, rest, w: w.slope(rest))),
    Rule("constant factor differentiated away", _factor(lambda _c, _rest, _w: ZERO)),
    Rule("constant factor upside down", _factor(lambda c, rest, w: quotient(w.slope(rest), c))),
    Rule("constant factor squared", _factor(lambda c, rest, w: product(c, c, w.slope(rest)))),
)  # fmt: skip
