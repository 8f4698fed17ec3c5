"""Product of atoms -> syntax tree: a fraction as a textbook prints it."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Add, E, Mul, Rational, pi

from derivcli.language.tree import NUMBER, VARIABLE, Node
from derivcli.witnesses.reading import SympyReader
from derivcli.witnesses.tidy.factors import Factor, may_turn, merge, place_minus, place_number
from derivcli.witnesses.tidy.field import ABS, CBRT, ONE, POWER, ROOT, SYMBOL, Atom, Field, Product
from derivcli.witnesses.tidy.least import Least, joined
from derivcli.witnesses.tidy.nodes import (
    MOST_OPERATIONS,
    Number,
    TooLongError,
    Written,
    call,
    fraction,
    number,
    parts_of,
    power,
    shorter,
    total,
)
from derivcli.witnesses.tidy.roots import Roots
from derivcli.witnesses.tidy.sums import shortest, symmetric_forms
from derivcli.witnesses.tidy.trees import TreeReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Builder, Program
    from derivcli.witnesses.tidy.functions import Functions
    from derivcli.witnesses.tidy.polynomials import Poly
    from derivcli.witnesses.tidy.work import Known

Side = tuple[int, Written]  # above the fraction bar if positive, else below
_ANY = MOST_OPERATIONS // 2  # operations: so many are left only where none are counted
_MOVED = frozenset({POWER, ROOT, CBRT, ABS})  # atoms that do not stand as they are
_ROOTS = frozenset({"sqrt", "cbrt", "pow"})


class Writer:
    """Writes the products of one derivative; what is written once is kept."""

    def __init__(self, field: Field, functions: Functions, parts: Mapping[Any, Program]) -> None:
        self.field = field
        self._functions = functions
        self._roots = Roots(self)
        self.least = Least(self)
        self._plain: Known[Written] = {}
        self._polys: Known[Written] = {}
        self._longer: dict[Any, int] = {}  # polynomials that have more operations than these
        self._terms: Known[Written] = {}
        self._merged: Known[Written] = {}
        self.merges: Known[bool] = {}  # factors, and whether their product is shorter
        self._products: Known[Written] = {}
        self._parts = parts
        self._read: dict[Any, Written] = {}
        self._trees = TreeReader(self._new_reader)
        self._exponents: dict[Any, Any] = {}
        self._calls: dict[Atom, bool] = {}  # whether a function stands in them

    def product(self, x: Product, most: int = MOST_OPERATIONS) -> Written:
        """Return the tree of a product, the shortest of some ways to write it.

        Raises `TooLongError` where it is known before that it has more than `most` operations.
        """
        return self.field.work.once(self._products, x.key, lambda: self._shortest(x, most), counted=False)

    def _shortest(self, x: Product, most: int) -> Written:
        best = None
        named = self._functions.named(x.powers)
        for powers in (x.powers, named) if named != x.powers else (x.powers,):
            with suppress(TooLongError):
                best = shorter(best, self.merged(Product(x.coefficient, powers), most))
        for symmetric in symmetric_forms(self, x):
            best = shorter(best, symmetric)
        if best is None:
            raise TooLongError
        return best

    def term(self, monomial: tuple[int, ...], coefficient: Number) -> Written:
        """Return the tree of a term of a polynomial: in front of it, a minus is only a sign."""
        size = -coefficient if coefficient < 0 else coefficient
        key = monomial, size
        found = self.field.work.once(
            self._terms, key, lambda: self.written(Product(Fraction(size), self.field.monomial(monomial)))
        )
        return found._replace(negative=not found.negative) if coefficient < 0 else found

    def plainly(self, poly: Poly, scale: Fraction = ONE) -> Written:
        """Return the tree of a polynomial times a number term by term."""
        times: Number = 1 if scale == 1 else scale  # whole numbers are multiplied ten times as fast
        return self.field.work.once(
            self._plain,
            (poly, times),
            lambda: total([self.term(monomial, value * times) for monomial, value in poly.terms]),
            counted=False,
        )

    def poly(self, poly: Poly, scale: Fraction = ONE, most: int = MOST_OPERATIONS) -> Written:
        """Return the tree of a polynomial times a number: the shortest of some ways to write the sum.

        Raises `TooLongError` where it has more than `most` operations.
        """
        key = poly, scale
        if most <= self._longer.get(key, -1):
            raise TooLongError
        try:
            return self.field.work.once(self._polys, key, lambda: shortest(self, poly, scale, most), counted=False)
        except TooLongError:
            self._longer[key] = most
            raise

    def merged(self, x: Product, most: int = MOST_OPERATIONS) -> Written:
        """Return the tree of a product; like factors are multiplied out where that is shorter."""
        return self.field.work.once(self._merged, x.key, lambda: self.written(x, merged=True, most=most))

    def expression(self, expression: Any) -> Written:
        """Return the tree of a sympy expression as it is."""
        if expression not in self._read:
            negative = bool(expression.as_coeff_Mul()[0].is_negative)
            self._read[expression] = Written(*self._trees.read(-expression if negative else expression), negative)
        return self._read[expression]

    def _new_reader(self, builder: Builder) -> SympyReader:
        typed = self.field.typed
        return SympyReader(builder, tidy=True, decimals=bool(typed), typed=typed, parts=self._parts)

    def base(self, factor: Factor, most: int = MOST_OPERATIONS) -> Written:
        """Return what a factor is a power of; raises as `poly` does."""
        if factor.generator is None:
            return self.poly(factor.poly, factor.scale, most)
        return self.expression(factor.generator.key)

    def factor(self, atom: Atom, exponent: int) -> Factor:
        """Return a power of an atom as a factor: variables come first, functions last."""
        if atom not in self._calls:
            self._calls[atom] = any(self.field.generators[g].kind != SYMBOL for g in atom.used)
        function, scale = self._calls[atom], atom.scale if self.field.typed else ONE
        order = function, atom.is_sum, -exponent if atom.is_sum else atom.index if atom.key is not pi else -1
        return Factor(atom.poly, exponent, scale, order, None if atom.is_sum else atom)

    def written(
        self, x: Product, *, merged: bool = False, beside: Sequence[Side] = (), most: int = MOST_OPERATIONS
    ) -> Written:
        """Return the tree of a product, and of what stands beside it.

        What is no plain power moves out first: powers with letters, roots, absolute values.
        """
        if not x.coefficient:
            return Written(Node(NUMBER, text="0"), 0)
        self.field.work.spend()
        powers, sides, coefficient, absolutes = dict(x.powers), list(beside), x.coefficient, list[Side]()
        if any(atom.kind in _MOVED for atom in powers):
            self._lettered(powers, sides)
            coefficient = self._roots.taken(coefficient, powers, sides)
            coefficient, absolutes = self._roots.absolutes(coefficient, powers)
        found = [self.factor(atom, exponent) for atom, exponent in powers.items()]
        for each in found:
            if each.scale != 1:
                coefficient /= each.scale**each.exponent
        others = [written.cost for _, written in (*sides, *absolutes)]
        left = most - joined(others) - bool(found and others)
        self._refuse(found, left, merged=not merged)
        if merged:
            merge(self, found)
            left = self._refuse(found, left, merged=True)
            self._try(found if coefficient > 0 else [each for each in found if not may_turn(each)], left)
        found.sort(key=lambda each: each.order)
        if merged:
            coefficient = place_number(self, coefficient, found)
        if coefficient < 0:
            coefficient = place_minus(self, coefficient, found)
        plain = [side_of(power(self.base(each), abs(each.exponent)), each.exponent) for each in found]
        return self._assembled(coefficient, [*plain, *absolutes, *sides])

    def _exponent(self, parts: Sequence[tuple[Any, Fraction]]) -> Any:
        """Return the sum of numbers times letters; sympy makes it once."""
        key = tuple(parts)
        if key not in self._exponents:
            self._exponents[key] = Add(*(Rational(k.numerator, k.denominator) * letters for letters, k in parts))
        return self._exponents[key]

    def _refuse(self, factors: list[Factor], most: int, *, merged: bool) -> int:
        """Return how many operations are left beyond a bound for factors; raises `TooLongError` if there are none."""
        left = most - self.least.factors(factors, merged=merged) if most < _ANY else _ANY
        if left < 0:
            raise TooLongError
        return left

    def _try(self, factors: list[Factor], left: int) -> None:
        """Write factors that will not change one by one; raises `TooLongError` as soon as they are known to be long."""
        for each in factors if left < _ANY and not self.field.typed else ():
            bound = self.least.base(each)
            left -= self.base(each, bound + left).cost - bound

    def _assembled(self, coefficient: Fraction, sides: Sequence[Side]) -> Written:
        ordered = sorted(sides, key=lambda side: not _is_of_a_variable(side[1].node))
        above = [written for side, written in ordered if side > 0]
        below = [written for side, written in ordered if side < 0]
        over, under = parts_of(abs(coefficient), self.field.typed)
        above = [number(over, self.field.typed), *above] if over != 1 or not above else above
        below = [number(under, self.field.typed), *below] if under != 1 else below
        return fraction(above, below, negative=coefficient < 0)

    def _lettered(self, powers: dict[Atom, int], sides: list[Side]) -> None:
        """Move powers with letters in the exponent out of the product: those of one base are one power."""
        exponents: dict[Any, list[tuple[Any, Fraction]]] = {}
        for atom in [atom for atom in powers if atom.kind == POWER]:
            base, letters = atom.key
            exponents.setdefault(base, []).append((letters, Fraction(powers.pop(atom), atom.degree)))
        for base, parts in _joined(exponents).items():
            exponent = self._exponent(parts)
            if base is E:
                sides.append((1, Written(Node("e"), 0) if exponent == 1 else call("exp", self.expression(exponent))))
                continue
            same = [a for a in powers if a.kind == SYMBOL and a.key == base]
            exponent += sum(powers.pop(a) for a in same)
            side = -1 if len(parts) == 1 and parts[0][1] < 0 and not exponent.is_Add else 1
            sides.append((side, power(self.expression(base), self.expression(side * exponent))))


def side_of(written: Written, exponent: Fraction | int) -> Side:
    """Return the side of the fraction bar on which a power with this exponent stands."""
    return (1 if exponent > 0 else -1), written


def _is_of_a_variable(node: Node) -> bool:
    """Tell whether a factor is a power, or a root, of a variable: those come first."""
    if node.op in _ROOTS and node.args[-1].op in (node.args[0].op, NUMBER, "div"):
        node = node.args[0]
    return node.op in (VARIABLE, "pi")


def _joined(exponents: dict[Any, list[tuple[Any, Fraction]]]) -> dict[Any, list[tuple[Any, Fraction]]]:
    """Make powers of numbers with the same letters one: 2^x*3^x is 6^x, 5^w/3^w is (5/3)^w."""
    same: dict[Any, list[Any]] = {}
    for base, parts in exponents.items():
        if isinstance(base, Rational) and len(parts) == 1:
            same.setdefault((parts[0][0], abs(parts[0][1])), []).append(base)
    found = dict(exponents)
    for (letters, size), bases in same.items():
        if len(bases) > 1:
            parts = [base if found.pop(base)[0][1] > 0 else 1 / base for base in bases]
            found.setdefault(Mul(*parts), []).append((letters, size))
    return found
