"""Syntax trees as they are put together, each with the operations that it costs; and the measure of a whole form."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from derivcli.language import catalogue
from derivcli.language.numbers import literal, quotient
from derivcli.language.program import Builder, Program
from derivcli.language.tree import NUMBER, Node, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_INNER = 2  # operations that a fraction inside a fraction or a product counts more: books clear it
_HALF = Fraction(1, 2)
_KEPT = 1024  # numbers that are written once: all that occur in a question, and little memory

MOST_OPERATIONS = 1_000_000  # of a form, where none are counted: none is so long

Number = Fraction | int


class TooLongError(Exception):
    """A form is known to be longer than others, before it is written."""


class Written(NamedTuple):
    """The tree of an expression, or of what a minus stands before; how many operations that is without the minus."""

    node: Node
    cost: int
    negative: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """What is smaller for a shorter form."""
        return self.cost + self.negative, self.node.size

    @property
    def signed(self) -> Node:
        """The tree with its minus, which stands at the very front."""
        return _negated(self.node) if self.negative else self.node


def _negated(node: Node) -> Node:
    if node.op in ("mul", "div"):
        return Node(node.op, (_negated(node.args[0]), *node.args[1:]))
    return Node("neg", (node,))


def shorter(a: Written | None, b: Written) -> Written:
    """Return the shorter one, the first where they tie."""
    return b if a is None or b.rank < a.rank else a


def parts_of(value: Number, typed: Sequence[Fraction]) -> tuple[Number, Number]:
    """Return what stands above and below in a positive number: whole numbers, or decimals as they were typed."""
    return quotient(Fraction(value), typed) if typed else (value.numerator, value.denominator)


def number(value: Number, typed: Sequence[Fraction] = ()) -> Written:
    """Return a positive number: whole, a decimal where some were typed, or a fraction."""
    return _number(value, tuple(typed))


@lru_cache(_KEPT)
def _number(value: Number, typed: tuple[Fraction, ...]) -> Written:
    above, below = (Node(NUMBER, text=literal(Fraction(part)) or "") for part in parts_of(value, typed))
    return Written(above, 0) if below.text == "1" else Written(Node("div", (above, below)), 1)


def call(name: str, *args: Written) -> Written:
    """Return the application of a function."""
    return Written(Node(name, tuple(arg.signed for arg in args)), 1 + sum(arg.rank[0] for arg in args))


def power(base: Written, exponent: Written | Number, typed: Sequence[Fraction] = ()) -> Written:
    """Return a power; the exponent 1/2 is a square root."""
    if exponent == 1:
        return base
    if exponent == _HALF:
        return call("sqrt", base)
    above = exponent if isinstance(exponent, Written) else number(exponent, typed)
    return Written(Node("pow", (base.signed, above.signed)), base.rank[0] + 1 + above.rank[0])


def total(terms: Sequence[Written]) -> Written:
    """Return a sum, one that is not subtracted first if there is one."""
    if len(terms) == 1:
        return terms[0]
    first = next((k for k, term in enumerate(terms) if not term.negative), 0)
    ordered = [terms[first], *terms[:first], *terms[first + 1 :]]
    nodes = [node for term in ordered for node in _terms(term)]
    return Written(
        Node("add", (ordered[0].signed if ordered[0].negative else nodes[0], *nodes[1:])),
        sum(t.cost for t in terms) + len(terms) - 1 + ordered[0].negative,
    )


def _terms(term: Written) -> tuple[Node, ...]:
    """Return the terms that a term of a sum is: those of a sum that is added, as they are."""
    if term.negative:
        return (Node("neg", (term.node,)),)
    return term.node.args if term.node.op == "add" else (term.node,)


def fraction(above: Sequence[Written], below: Sequence[Written], *, negative: bool) -> Written:
    """Return a quotient of products; with nothing below it is a product."""
    top = _product(above) if above else number(Fraction(1))
    if not below:
        return top._replace(negative=negative)
    bottom = _product(below)
    return Written(Node("div", (top.node, bottom.node)), top.cost + 1 + bottom.cost, negative)


def _product(factors: Sequence[Written]) -> Written:
    if len(factors) == 1:
        return factors[0]
    args = [arg for f in factors for arg in (f.node.args if f.node.op == "mul" else (f.node,))]
    return Written(Node("mul", tuple(args)), sum(f.cost for f in factors) + len(factors) - 1)


def measure(root: Node) -> int:
    """Return the operations of a form, two more for each fraction inside a fraction or a product.

    One more counts what is left to be cancelled: x^n/x.
    """
    return fold(root, _measured)[0]


def operations(root: Node) -> int:
    """Return the operations of a form: signs between terms are none."""
    return fold(root, lambda node, below: own_operations(node) + sum(below))


def own_operations(node: Node) -> int:
    """Return the operations that a node is by itself."""
    if node.op in ("add", "mul"):
        return len(node.args) - 1 - sum(arg.op == "neg" for arg in node.args[1:] if node.op == "add")
    return 1 if node.args else 0


def _measured(node: Node, below: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the measure of a part, and how many fractions in it stand in no call."""
    cost = own_operations(node) + sum(operations for operations, _ in below)
    inner = sum(fractions for _, fractions in below[: 1 if node.op == "pow" else None])
    if node.op in ("add", "neg", "pow"):
        return cost, inner
    if node.op in ("mul", "div"):
        cost += _INNER * inner + (len(_bases(node.args[0]) & _bases(node.args[1])) if node.op == "div" else 0)
        return cost, 1 if node.op == "div" else 0
    return cost, 0


def _bases(product: Node) -> set[Node]:
    """Return what the factors of a product are powers of, numbers apart."""
    factors = product.args if product.op == "mul" else (product,)
    bases = {factor.args[0] if factor.op in ("pow", "sqrt", "cbrt", "neg") else factor for factor in factors}
    return {base for base in bases if base.op != NUMBER}


def program_of(root: Node) -> Program:
    """Return the program of a form as it stands; arguments that are left out have their defaults."""
    builder = Builder()

    def add(node: Node, args: list[int]) -> int:
        row = catalogue.FUNCTIONS.get(node.op)
        missing = row.defaults[len(args) - len(row.parameters) :] if row and len(args) < len(row.parameters) else ()
        return builder.add(node.op, *args, *map(builder.default, missing), text=node.text)

    return builder.build(fold(root, add))
