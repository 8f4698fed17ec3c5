"""Sums, products, quotients and powers of trees as people write them: numbers joined and first, no 0, no factor 1."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from derivcli.language.lowering import without_defaults
from derivcli.language.numbers import exact, literal
from derivcli.language.tree import DERIVATIVE, NUMBER, VARIABLE, Node, each, fold, is_decimal, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ZERO, ONE, TWO = (Node(NUMBER, text=text) for text in "012")
_HALF = Fraction(1, 2)
_CUBE = 3  # the degree of the root that has a name of its own
_RATIONAL: dict[str, Callable[[list[Fraction]], Fraction]] = {
    NUMBER: lambda _: Fraction(0),
    "add": lambda args: sum(args, Fraction(0)),
    "mul": lambda args: prod(args, start=Fraction(1)),
    "neg": lambda args: -args[0],
    "div": lambda args: args[0] / args[1],
}


@dataclass(frozen=True, slots=True)
class _Product:
    """A number times factors above and below a fraction bar; `decimal` tells that a decimal was typed."""

    number: Fraction = Fraction(1)
    above: tuple[Node, ...] = ()
    below: tuple[Node, ...] = ()
    decimal: bool = False

    def times(self, other: _Product) -> _Product:
        return _Product(
            self.number * other.number,
            self.above + other.above,
            self.below + other.below,
            self.decimal or other.decimal,
        )

    def inverse(self) -> _Product:
        return _Product(1 / self.number, self.below, self.above, self.decimal)


def number(value: Fraction | int, *, decimal: bool = False) -> Node:
    """Return a number as a tree: a whole one, a quotient of two, or a decimal where one was typed."""
    return _written(_Product(Fraction(value), decimal=decimal))


def product(*factors: Node) -> Node:
    """Return a product, its numbers in one, what divides below one bar."""
    found = _Product()
    for factor in factors:
        found = found.times(_taken_apart(factor))
    return _written(found)


def quotient(above: Node, below: Node) -> Node:
    """Return a quotient; one by 0 stays as it is."""
    divisor = _taken_apart(below)
    return _written(_taken_apart(above).times(divisor.inverse())) if divisor.number else Node("div", (above, below))


def _taken_apart(node: Node) -> _Product:
    if node.op == NUMBER:
        return _Product(exact(node.text), decimal=not node.text.isdigit())
    if node.op == "neg":
        return _Product(Fraction(-1)).times(_taken_apart(node.args[0]))
    if node.op == "mul":
        found = _Product()
        for arg in node.args:
            found = found.times(_taken_apart(arg))
        return found
    if node.op == "div":
        below = _taken_apart(node.args[1])
        return _taken_apart(node.args[0]).times(below.inverse()) if below.number else _Product(above=(node,))
    return _Product(above=(node,))


def _written(found: _Product) -> Node:
    if not found.number:
        return ZERO
    size = abs(found.number)
    decimal = literal(size) if found.decimal else None
    over, under = (decimal, "1") if decimal else (str(size.numerator), str(size.denominator))
    above, below = _merged(found)
    if over != "1" or not above:
        above.insert(0, Node(NUMBER, text=over))
    if found.number < 0:
        above[0] = Node("neg", (above[0],))
    if under != "1":
        below.insert(0, Node(NUMBER, text=under))
    return Node("div", (_joined(above), _joined(below))) if below else _joined(above)


def _merged(found: _Product) -> tuple[list[Node], list[Node]]:
    """Return the factors above and below, those of one base as one power, in the order in which they are written."""
    exponents: dict[Node, Fraction] = {}
    for factors, sign in ((found.above, 1), (found.below, -1)):
        for factor in factors:
            base, exponent = _as_power(factor)
            exponents[base] = exponents.get(base, Fraction(0)) + sign * exponent
    above = [power(base, exponent) for base, exponent in exponents.items() if exponent > 0]
    below = [power(base, -exponent) for base, exponent in exponents.items() if exponent < 0]
    return sorted(above, key=_place), sorted(below, key=_place)


def _as_power(factor: Node) -> tuple[Node, Fraction]:
    known = value_of(factor.args[1]) if factor.op == "pow" else None
    whole = known is not None and known.denominator == 1 and known > 0
    return (factor.args[0], known) if whole and known is not None else (factor, Fraction(1))


def _place(factor: Node) -> tuple[int, str]:
    """Return where a factor stands: constants, then letters by the alphabet, then all else as it comes."""
    base = _as_power(factor)[0]
    if base.op == VARIABLE:
        return 1, base.text
    return (2, "") if factor.args else (0, "")


def _joined(factors: list[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Node("mul", tuple(factors))


def total(*terms: Node) -> Node:
    """Return a sum without zeros, its numbers in one where the first of them stands; what is negative is subtracted."""
    flat = [(term, value_of(term)) for term in _flat(terms)]
    known = [value for _, value in flat if value is not None]
    decimal = any(is_decimal(term) for term, value in flat if value is not None)
    first_known = next((k for k, (_, value) in enumerate(flat) if value is not None), -1)
    constant = number(sum(known), decimal=decimal)
    others = [constant if k == first_known else t for k, (t, v) in enumerate(flat) if v is None or k == first_known]
    kept = [term for term in others if term != ZERO]
    first, *more = kept or [ZERO]
    return Node("add", (first, *map(_signed, more))) if more else first


def _flat(terms: tuple[Node, ...]) -> Iterator[Node]:
    for term in terms:
        yield from _flat(term.args) if term.op == "add" else (term,)


def _signed(term: Node) -> Node:
    """Return a later term of a sum: a negative one is `neg` of a positive one."""
    opposite = product(Node("neg", (ONE,)), term)
    return Node("neg", (opposite,)) if starts_with_sign(term) else term


def starts_with_sign(term: Node) -> bool:
    """Tell whether a term is written with a minus in front."""
    return term.op == "neg" or (term.op in ("mul", "div") and starts_with_sign(term.args[0]))


def power(base: Node, exponent: Fraction) -> Node:
    """Return a power by a number: a root for a half, a quotient for a negative one; powers of powers are joined."""
    if exponent < 0:
        return quotient(ONE, power(base, -exponent))
    if exponent in (0, 1):
        return base if exponent else ONE
    if base.op == "sqrt" and exponent == 2:
        return base.args[0]
    if base.op == "exp" or (base.op == "pow" and base.args[0].op == "e"):
        return Node(base.op, (*base.args[:-1], product(number(exponent), base.args[-1])))
    known = value_of(base.args[1]) if base.op == "pow" else None
    if known is not None and known.denominator == exponent.denominator == 1 and known > 0:
        return power(base.args[0], known * exponent)
    return Node("sqrt", (base,)) if exponent == _HALF else Node("pow", (base, number(exponent)))


def rebuilt(node: Node, args: tuple[Node, ...]) -> Node:
    """Return an operation on other operands, written as people do."""
    if node.op == "add":
        return total(*args)
    if node.op in ("mul", "neg"):
        return product(*args) if node.op == "mul" else product(Node("neg", (ONE,)), *args)
    if node.op == "div":
        return quotient(*args)
    return Node(node.op, without_defaults(node.op, args), node.text)


def placed(tree: Node, bindings: Mapping[str, Node]) -> Node:
    """Return a formula with trees in the place of its variables."""

    def place(node: Node, args: list[Node]) -> Node:
        if node.op == VARIABLE and node.text in bindings:
            return bindings[node.text]
        return rebuilt(node, tuple(args))

    return fold(tree, place)


def derivatives_in(tree: Node) -> list[Node]:
    """Return the derivatives of parts that a tree leaves to be found, each once."""
    return list(dict.fromkeys(node for node in each(tree) if node.op == DERIVATIVE))


def with_real_roots(tree: Node) -> Node:
    """Return a formula with odd roots in the place of powers: `x^(-2/3)` is `1/cbrt(x)^2`, real below 0 too."""

    def exchange(node: Node, args: list[Node]) -> Node:
        exponent = rational(args[1]) if node.op == "pow" else None
        if exponent is None or exponent.denominator % 2 == 0 or exponent.denominator == 1:
            return Node(node.op, tuple(args), node.text, node.span)
        return power(odd_root(args[0], exponent.denominator), Fraction(exponent.numerator))

    return fold(tree, exchange)


def odd_root(base: Node, degree: int) -> Node:
    """Return the real root of an odd degree."""
    return Node("cbrt", (base,)) if degree == _CUBE else Node("root", (base, number(degree)))


def rational(tree: Node) -> Fraction | None:
    """Return the rational that sums, products and quotients of whole numbers make: `1/3 - 1`; else None."""
    if tree.op not in _RATIONAL:
        return None
    parts = [rational(arg) for arg in tree.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or (tree.op == "div" and not known[1]):
        return None
    return exact(tree.text) if tree.op == NUMBER else _RATIONAL[tree.op](known)
