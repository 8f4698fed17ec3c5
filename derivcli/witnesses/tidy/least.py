"""How many operations a form has at the least, told before it is written: one that is longer than others need not be.

What is written of n parts takes n - 1 operations to join them, and each generator that occurs is written at least once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.witnesses.tidy.factors import MOST_MERGED
from derivcli.witnesses.tidy.field import CALL, SYMBOL
from derivcli.witnesses.tidy.sums import groupings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.witnesses.tidy.factors import Factor
    from derivcli.witnesses.tidy.polynomials import Monomial, Poly
    from derivcli.witnesses.tidy.sums import Grouping
    from derivcli.witnesses.tidy.writing import Writer


class Least:
    """Bounds below the operations of what a writer makes."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._field = writer.field
        self._counts_numbers = not writer.field.typed  # which are moved between a sum and the front
        self._groupings: dict[Poly, list[Grouping]] = {}
        self._sums: dict[Poly, int] = {}
        self._terms: dict[Monomial, int] = {}
        self._costs: dict[int, int | None] = {}

    def groupings(self, poly: Poly) -> list[Grouping]:
        """Return a sum with common powers taken out of terms, in all ways that are tried."""
        if poly not in self._groupings:
            self._groupings[poly] = list(groupings(self._field, poly))
        return self._groupings[poly]

    def factors(self, factors: Sequence[Factor], *, merged: bool) -> int:
        """Return a bound for factors and the signs between them; those of one exponent may be `merged` already."""
        apart = [f for f in factors if merged or not any(_may_merge(f, other) for other in factors)]
        parts = [self.base(f) + (abs(f.exponent) > 1) for f in apart]
        if len(apart) == len(factors):
            return joined(parts)
        for exponent in {f.exponent for f in factors if f not in apart}:
            degrees = [f.poly.degrees for f in factors if f.exponent == exponent and f not in apart]
            parts.append(self._melted(map(sum, zip(*degrees, strict=True)), has_number=False) + (abs(exponent) > 1))
        return joined(parts)

    def base(self, factor: Factor) -> int:
        """Return a bound for what a factor is a power of."""
        return self.sum(factor.poly) if factor.generator is None else self._cost(factor.generator.index) or 0

    def sum(self, poly: Poly) -> int:
        """Return a bound for a sum, in all ways to write it."""
        if poly not in self._sums:
            self._sums[poly] = min([self.plainly(poly), *map(self._grouped, self.groupings(poly))])
        return self._sums[poly]

    def _grouped(self, grouping: Grouping) -> int:
        return len(grouping) - 1 + sum(self.group(outside, inner) for outside, inner in grouping.items())

    def group(self, outside: int, inner: Poly) -> int:
        """Return a bound for a sum times powers, or for one term."""
        if not outside:
            return self.plainly(inner)
        powers = inner.ring.exponents(outside)
        if len(inner) == 1:
            ((monomial, value),) = inner.terms
            return joined(self._parts(map(sum, zip(powers, monomial, strict=True)))) + self._number(value)
        has_number = self._counts_numbers and any(abs(value) != 1 for value in inner.packed.values())
        return joined([*self._parts(powers), self._melted(inner.degrees, has_number=has_number)])

    def plainly(self, poly: Poly) -> int:
        """Return a bound for a sum term by term."""
        return len(poly) - 1 + sum(self._term(m) + (self._number(value) if any(m) else 0) for m, value in poly.terms)

    def _term(self, monomial: Monomial) -> int:
        if monomial not in self._terms:
            melts = any(k and self._cost(g) is None for g, k in enumerate(monomial))
            self._terms[monomial] = self._writer.term(monomial, 1).cost if melts else joined(self._parts(monomial))
        return self._terms[monomial]

    def _melted(self, degrees: Iterable[int], *, has_number: bool) -> int:
        """Return a bound for a sum, or a product of sums, of these degrees, whose terms may have come together."""
        parts = self._parts(degrees)
        return max(1, joined(parts) + (has_number and bool(parts)))

    def _parts(self, powers: Iterable[int]) -> list[int]:
        """Return the operations of powers of generators, without those that may melt into others."""
        return [cost + (k > 1) for g, k in enumerate(powers) if k and (cost := self._cost(g)) is not None]

    def _number(self, value: int) -> int:
        return int(self._counts_numbers and abs(value) != 1)

    def _cost(self, g: int) -> int | None:
        """Return the operations of a generator; None for roots and powers with letters, which melt into others."""
        if g not in self._costs:
            atom = self._field.generators[g]
            call = self._writer.expression(atom.key).rank[0] if atom.kind == CALL else None
            self._costs[g] = 0 if atom.kind == SYMBOL else call
        return self._costs[g]


def joined(parts: Sequence[int]) -> int:
    """Return the operations of parts and the signs between them."""
    return sum(parts) + max(len(parts) - 1, 0)


def _may_merge(a: Factor, b: Factor) -> bool:
    return a is not b and a.exponent == b.exponent and 1 < len(a.poly) * len(b.poly) <= MOST_MERGED
