"""Polynomials over the integers in numbered generators, kept sparse: what is added, multiplied and compared most.

A monomial is one integer, a field of bits for each generator, the first one on top: the product of monomials is the sum
of these integers, and the greater one stands first. Seen from outside it is the tuple of its exponents.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Monomial = tuple[int, ...]

_BITS = 32  # of an exponent, as `struct` packs it
_FIELD = 2**_BITS - 1
_HIGHEST = 2**31  # exponent: the sum of two has room in its bits


class TooLargeError(Exception):
    """A step would take longer than a shown formula is worth."""


class Ring:
    """The polynomials in so many generators."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._layout = Struct(f">{size}I")
        self.constant = (0,) * size  # the monomial of a number
        self.zero = Poly(self, {}, 0)
        self.one = Poly(self, {0: 1}, 0)
        self.gens = tuple(Poly(self, {1 << _BITS * (size - 1 - index): 1}, 1) for index in range(size))

    def made(self, terms: Mapping[Monomial, int]) -> Poly:
        """Return the polynomial of a table of coefficients; raises `TooLargeError` for an exponent without bounds."""
        highest = max(map(max, terms), default=0)
        if highest >= _HIGHEST:
            raise TooLargeError
        pack = self._layout.pack
        return Poly(self, {int.from_bytes(pack(*m)): value for m, value in terms.items() if value}, highest)

    def monomial(self, exponents: Mapping[int, int], value: int) -> Poly:
        """Return a number times powers of generators; raises `TooLargeError` for an exponent without bounds."""
        highest = max(exponents.values(), default=0)
        if highest >= _HIGHEST:
            raise TooLargeError
        packed = sum(k << _BITS * (self.size - 1 - index) for index, k in exponents.items())
        return Poly(self, {packed: value} if value else {}, highest)

    def sum(self, polys: Iterable[Poly]) -> Poly:
        """Return the sum of polynomials."""
        found: dict[int, int] = {}
        highest = 0
        for poly in polys:
            highest = max(highest, poly.highest)
            for monomial, value in poly.packed.items():
                found[monomial] = found.get(monomial, 0) + value
        return Poly(self, _without_zeros(found), highest)

    def exponents(self, monomial: int) -> Monomial:
        """Return the exponents of a monomial."""
        return self._layout.unpack(monomial.to_bytes(self._layout.size))


class Poly:
    """A polynomial, which never changes; no exponent in it is above `highest`."""

    __slots__ = ("_degrees", "_hash", "_terms", "highest", "packed", "ring")

    def __init__(self, ring: Ring, packed: dict[int, int], highest: int) -> None:
        self.ring = ring
        self.packed = packed
        self.highest = highest
        self._terms: tuple[tuple[Monomial, int], ...] | None = None
        self._degrees: Monomial | None = None
        self._hash: int | None = None

    @property
    def terms(self) -> tuple[tuple[Monomial, int], ...]:
        """The exponents and the coefficient of each term, as they are ordered: by the first generator first."""
        if self._terms is None:
            ordered = sorted(self.packed.items(), key=itemgetter(0), reverse=True)
            self._terms = tuple((self.ring.exponents(monomial), value) for monomial, value in ordered)
        return self._terms

    @property
    def monomials(self) -> list[Monomial]:
        """The exponents of each term."""
        return [monomial for monomial, _ in self.terms]

    @property
    def leading(self) -> int:
        """The coefficient of the first term."""
        return self.packed[max(self.packed)]

    @property
    def degrees(self) -> Monomial:
        """The highest exponent of each generator."""
        if self._degrees is None:
            none = self.ring.constant  # twice, for `max` wants two
            self._degrees = tuple(map(max, none, none, *self.monomials))
        return self._degrees

    def degree(self, index: int) -> int:
        """Return the highest exponent of one generator: most polynomials are asked for no others."""
        if self._degrees is not None:
            return self._degrees[index]
        places = _BITS * (self.ring.size - 1 - index)
        return max([monomial >> places & _FIELD for monomial in self.packed], default=0)

    def collected(self, chosen: Iterable[int]) -> dict[int, Poly]:
        """Return what stands beside each power of the chosen generators, in the order of the terms."""
        mask = sum(_FIELD << _BITS * (self.ring.size - 1 - index) for index in chosen)
        groups: dict[int, dict[int, int]] = {}
        for monomial in sorted(self.packed, reverse=True):
            groups.setdefault(monomial & mask, {})[monomial & ~mask] = self.packed[monomial]
        return {outside: Poly(self.ring, group, self.highest) for outside, group in groups.items()}

    def __len__(self) -> int:
        return len(self.packed)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.packed.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Poly) and self.packed == other.packed)

    def __neg__(self) -> Poly:
        return self * -1

    def __add__(self, other: Poly | int) -> Poly:
        return self.ring.sum((self, self.ring.one * other if isinstance(other, int) else other))

    def __sub__(self, other: Poly | int) -> Poly:
        return self + -other

    def __mul__(self, other: Poly | int) -> Poly:
        if isinstance(other, int):
            packed = {monomial: value * other for monomial, value in self.packed.items()} if other else {}
            return Poly(self.ring, packed, self.highest)
        highest = self.highest + other.highest
        if highest >= _HIGHEST:
            raise TooLargeError
        found: dict[int, int] = {}
        for m, a in self.packed.items():
            for n, b in other.packed.items():
                found[m + n] = found.get(m + n, 0) + a * b
        return Poly(self.ring, _without_zeros(found), highest)

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Poly:
        if len(self) == 1 and self.highest * exponent < _HIGHEST:
            ((monomial, value),) = self.packed.items()
            return Poly(self.ring, {monomial * exponent: value**exponent}, self.highest * exponent)
        found = self.ring.one
        for bit in f"{exponent:b}":
            found = found * found * self if bit == "1" else found * found
        return found


def _without_zeros(packed: dict[int, int]) -> dict[int, int]:
    return {monomial: value for monomial, value in packed.items() if value} if 0 in packed.values() else packed


ring_of = cache(Ring)
