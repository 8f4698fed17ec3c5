"""The rules for sums, products and quotients."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.explanations.algebra import ZERO, derivatives_in, number, power, product, quotient, total
from derivcli.explanations.powers import lowered
from derivcli.explanations.way import Applied, Way
from derivcli.language.tree import VARIABLE, Node, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

MULTIPLE = "constant multiple rule"


def constant(part: Node, way: Way) -> Node | None:
    """What does not depend on the variable has the derivative 0."""
    return None if way.moves(part) else ZERO


def linear(part: Node, way: Way) -> Node | None:
    """Read off the derivative of `a*x + b`."""
    return way.at_sight(part)


def polynomial(part: Node, way: Way) -> Applied | None:
    """Differentiate a sum of multiples of powers of the variable term by term, in one line."""
    is_one = part.op == "add" and not way.broken
    slopes = [_monomial(term, way) for term in part.args] if is_one else [None]
    return None if None in slopes else Applied("power rule", total(*filter(None, slopes)), reason="term by term")


def _monomial(term: Node, way: Way) -> Node | None:
    """Return the derivative of `c*x^n`."""
    known = way.at_sight(term)
    if known is not None:
        return known
    scale, rest = way.split(term)
    if rest is not term:
        inner = _monomial(rest, way)
        return None if inner is None else product(scale, inner)
    is_power = term.op == "pow" and term.args[0].op == VARIABLE and value_of(term.args[1]) is not None
    return lowered(term, way) if is_power and term.args[0].text == way.name else None


def sum_rule(part: Node, way: Way) -> Node | None:
    """Differentiate a sum term by term."""
    return total(*map(way.slope, part.args)) if part.op in ("add", "sum") else None


def mean(part: Node, way: Way) -> Node | None:
    """Differentiate a mean as the sum that it is, divided by the count."""
    return quotient(total(*map(way.slope, part.args)), number(len(part.args))) if part.op == "mean" else None


def multiple(part: Node, way: Way) -> Applied | None:
    """Take a constant factor out; what takes one line alone takes one with the factor too."""
    scale, rest = way.split(part)
    if rest is part:
        return None
    is_whole = way.broken or rest.op == VARIABLE  # a mistake may be made in the rest too; a function of x stays
    alone = None if is_whole else way.apply(rest)
    if alone is None or derivatives_in(alone.after):
        return Applied(MULTIPLE, product(scale, way.slope(rest)))
    return replace(alone, after=product(scale, alone.after))


def product_rule(part: Node, way: Way) -> Node | None:
    """Differentiate a product of two factors or more; a number in front belongs to the first of them."""
    if part.op not in ("mul", "prod"):
        return None
    factors = _grouped(part.args, way)
    return total(*(product(*factors[:k], way.slope(f), *factors[k + 1 :]) for k, f in enumerate(factors)))


def _grouped(args: Sequence[Node], way: Way) -> list[Node]:
    """Return the factors that move, all that does not with the first one."""
    held = [arg for arg in args if not way.moves(arg)]
    first, *others = [arg for arg in args if way.moves(arg)]
    return [product(first, *held) if held else first, *others]


def quotient_rule(part: Node, way: Way) -> Node | None:
    """Differentiate a quotient of two parts that both move."""
    if part.op != "div":
        return None
    above, below = part.args
    falling = product(number(-1), above, way.slope(below))
    return quotient(total(product(way.slope(above), below), falling), power(below, Fraction(2)))
