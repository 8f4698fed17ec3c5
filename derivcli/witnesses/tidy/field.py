"""Products of atoms: numbers with rational coefficients and whole exponents, in which cancelling is free.

An atom is a generator (a variable, a value of a function, a root) or an irreducible polynomial in generators. A root
`g` with `g**q = R` keeps an exponent from 0 to q - 1. Sums are made products by `adding`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import prod
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

from sympy import factorint

from derivcli.witnesses.tidy.polynomials import Poly, TooLargeError, ring_of
from derivcli.witnesses.tidy.ring import MOST_TERMS, expanded_size, generators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from derivcli.witnesses.tidy.work import Known, Work

SYMBOL, CALL, POWER, ROOT, CBRT, ABS, FACTOR = "symbol", "call", "power", "root", "cbrt", "abs", "factor"

_SIZE = 24  # generators: a derivative with more is too long to gain; each monomial has room for all of them
ZERO, ONE = Fraction(0), Fraction(1)
_LARGEST_RADICAND = 10**12  # that is factored


class Product(NamedTuple):
    """A coefficient times powers of atoms."""

    coefficient: Fraction
    powers: dict[Atom, int]

    @property
    def key(self) -> Any:
        """What is equal for equal products."""
        return self.coefficient.as_integer_ratio(), frozenset(self.powers.items())


@dataclass(eq=False, slots=True)
class Atom:
    """A generator or an irreducible polynomial; a root, or an absolute value, has a relation: atom**degree."""

    kind: str
    key: Any
    poly: Poly
    index: int = -1  # among the generators
    degree: int = 1
    relation: Product | None = None
    scale: Fraction = ONE  # times a polynomial over the integers: as it was typed, with decimals
    used: list[int] = field(init=False)  # the numbers of the generators that occur

    def __post_init__(self) -> None:
        self.used = generators(self.poly)

    @property
    def is_sum(self) -> bool:
        """True for a polynomial."""
        return self.kind == FACTOR

    @property
    def radicand(self) -> Atom | None:
        """The variable of which it is a root, with nothing else under the root; a variable is one of degree 1."""
        if self.kind == SYMBOL:
            return self
        if self.kind != ROOT or self.relation is None or self.relation.coefficient != 1:
            return None
        ((inside, exponent), *others) = self.relation.powers.items() or [(self, 0)]
        return inside if exponent == 1 and not others and inside.kind == SYMBOL else None


def raise_by(powers: dict[Atom, int], atom: Atom, exponent: int) -> None:
    """Multiply by a power of an atom."""
    total = powers.get(atom, 0) + exponent
    if total:
        powers[atom] = total
    else:
        powers.pop(atom, None)


class Field:
    """The atoms of one derivative, and what can be done with products of them.

    `sign` tells the sign of an atom, `typed` are the decimals that a person has typed.
    """

    def __init__(self, work: Work, sign: Callable[[Field, Atom], int], typed: Sequence[Fraction]) -> None:
        self.ring = ring_of(_SIZE)
        self.one = Product(ONE, {})
        self.generators: list[Atom] = []
        self.typed = typed
        self._atoms: dict[Any, Atom] = {}
        self.work = work
        self._sign = sign
        self._signs: dict[Atom, int] = {}
        self.factored: Known[Product] = {}  # polynomials, as `adding` has made products of them

    def sign(self, atom: Atom) -> int:
        """Return 1 or -1 for an atom that has that sign wherever f is defined, else 0."""
        if atom not in self._signs:
            self._signs[atom] = self._sign(self, atom)
        return self._signs[atom]

    @property
    def sums(self) -> list[Atom]:
        """The irreducible polynomials met so far."""
        return [atom for atom in self._atoms.values() if atom.is_sum]

    def generator(self, kind: str, key: Any, degree: int = 1, relation: Product | None = None) -> Atom:
        """Return a generator, new or known; raises `TooLargeError` for one too many."""
        if (kind, key) not in self._atoms:
            index = len(self.generators)
            if index >= _SIZE:
                raise TooLargeError
            atom = self._atoms[kind, key] = Atom(kind, key, self.ring.gens[index], index, degree, relation)
            self.generators.append(atom)
        return self._atoms[kind, key]

    def of(self, atom: Atom) -> Product:
        """Return an atom as a product."""
        return Product(ONE, {atom: 1})

    def product(self, *parts: Product) -> Product:
        """Return the product of products."""
        coefficient, powers = ONE, dict[Any, int]()
        for part in parts:
            if part.coefficient is not ONE:
                coefficient = part.coefficient if coefficient is ONE else coefficient * part.coefficient
            for atom, exponent in part.powers.items():
                raise_by(powers, atom, exponent)
        return self.normal(coefficient, powers)

    def power(self, base: Product, exponent: int) -> Product:
        """Return a power; raises `ZeroDivisionError`."""
        powers = {atom: k * exponent for atom, k in base.powers.items()} if base.coefficient else {}
        return self.normal(ONE if base.coefficient is ONE else base.coefficient**exponent, powers)

    def normal(self, coefficient: Fraction, powers: dict[Atom, int]) -> Product:
        """Return a product in which every root has an exponent from 0 to its degree - 1."""
        self.work.spend()
        if not coefficient:
            return Product(ZERO, {})
        if coefficient == 1:
            coefficient = ONE  # which is known at a glance
        while todo := [a for a, k in powers.items() if a.relation is not None and not 0 <= k < a.degree]:
            for atom in todo:
                times, rest = divmod(powers.get(atom, 0), atom.degree)
                raise_by(powers, atom, rest - powers.get(atom, 0))
                coefficient *= put(powers, atom, times)
        return Product(coefficient, powers)

    def absolute(self, x: Product) -> Product:
        """Return the absolute value of a product; bars stand about each factor whose sign is not known."""
        signs = {atom: self.sign(atom) if k % 2 else 1 for atom, k in x.powers.items()}
        unknown = [atom for atom, sign in signs.items() if not sign]
        together = self._sign(self, Atom(FACTOR, None, reduce(mul, (atom.poly for atom in unknown)))) if unknown else 1
        if together:
            return Product(abs(x.coefficient) * together * prod(sign or 1 for sign in signs.values()), dict(x.powers))
        bars = {atom: self.generator(ABS, atom, 2, Product(ONE, {atom: 2})) for atom in unknown}
        powers = {bars.get(atom, atom): k for atom, k in x.powers.items()}
        return self.normal(abs(x.coefficient) * prod(sign or 1 for sign in signs.values()), powers)

    def root(self, x: Product, degree: int, kind: str = ROOT) -> Product:
        """Return the real root of a product, whole powers taken out of it. Raises `ArithmeticError` in doubt of signs.

        A root of even degree of `a**2` is that of `abs(a)**2`; `cbrt` has the sign of what it is taken of.
        """
        whole = {atom: k // degree for atom, k in x.powers.items() if k // degree}
        inside = {atom: k % degree for atom, k in x.powers.items() if k % degree}
        out = Product(ONE, whole)
        if degree % 2 == 0:
            out = self.absolute(out)
        elif kind != CBRT and any(self.sign(atom) != 1 for atom in whole):
            raise ArithmeticError
        number, outside = _simple_radical(abs(x.coefficient), degree)
        if x.coefficient < 0 and kind == CBRT:
            outside = -outside
        elif x.coefficient < 0:
            number = -number
        if inside or number != 1:
            relation = Product(Fraction(number), inside)
            root = self.generator(kind, (degree, self.expanded(relation)), degree, relation)
            out = self.product(out, self.of(root))
        return self.product(Product(outside, {}), out)

    def joined(self, x: Product) -> Product:
        """Return a product with its square roots in one: sqrt(a)*sqrt(b) where a is positive wherever f is defined."""
        square = [atom for atom in x.powers if atom.kind == ROOT and atom.degree == 2]
        unsure = [atom for atom in square if not self._is_root_of_positive(atom)]  # one such is as real as the whole
        roots = {atom: atom.relation for atom in square if atom not in unsure[1:]}
        if len(roots) < 2:
            return x
        rest = Product(x.coefficient, {atom: k for atom, k in x.powers.items() if atom not in roots})
        return self.product(rest, self.root(self.product(*filter(None, roots.values())), 2))

    def _is_root_of_positive(self, atom: Atom) -> bool:
        """Tell whether an atom is a root of factors that have signs wherever f is defined, all of it being positive."""
        assert atom.relation is not None  # noqa: S101 - it is a root
        signs = [self.sign(factor) if k % 2 else 1 for factor, k in atom.relation.powers.items()]
        return prod(signs) * atom.relation.coefficient > 0

    def expanded(self, x: Product) -> Poly:
        """Return a product as a polynomial, which it must be; raises `TooLargeError`."""
        poly, size = (
            self.ring.monomial({a.index: k for a, k in x.powers.items() if not a.is_sum}, int(x.coefficient)),
            1,
        )
        for atom, exponent in x.powers.items():
            if atom.is_sum:
                size *= expanded_size(atom.poly, exponent)
                if size > MOST_TERMS:
                    raise TooLargeError
                poly = poly * atom.poly**exponent
        self.work.spend(len(poly))
        return poly

    def factor(self, poly: Poly, scale: Fraction) -> Atom:
        """Return an irreducible polynomial as an atom; a new one has this scale."""
        if (FACTOR, poly) not in self._atoms:
            self._atoms[FACTOR, poly] = Atom(FACTOR, poly, poly, scale=scale)
        return self._atoms[FACTOR, poly]

    def terms(self, poly: Poly) -> list[Product]:
        """Return the terms of a polynomial as products, as they are ordered."""
        return [Product(ONE if value == 1 else Fraction(value), self.monomial(m)) for m, value in poly.terms]

    def monomial(self, exponents: Iterable[int]) -> dict[Atom, int]:
        """Return the powers of generators in a monomial."""
        return {self.generators[index]: k for index, k in enumerate(exponents) if k}


def put(powers: dict[Atom, int], root: Atom, times: int) -> Fraction:
    """Multiply by a power of what a root is the root of, but its number, which is returned."""
    assert root.relation is not None  # noqa: S101 - asked for roots only
    for atom, exponent in root.relation.powers.items():
        raise_by(powers, atom, exponent * times)
    return root.relation.coefficient**times


def _simple_radical(value: Fraction, degree: int) -> tuple[int, Fraction]:
    """Return what stays under the root of a number, a whole number, and what comes out."""
    below = value.denominator
    inside, outside = value.numerator * below ** (degree - 1), Fraction(1, below)
    if 1 < inside < _LARGEST_RADICAND:
        for prime, exponent in factorint(inside).items():
            outside *= Fraction(prime) ** (exponent // degree)
            inside //= prime ** (exponent - exponent % degree)
    return inside, outside
