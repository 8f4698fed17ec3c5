"""Identities put into a product: other products in the place of generators, relations in that of their powers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from derivcli.witnesses.tidy.adding import Relations, add
from derivcli.witnesses.tidy.field import ONE, ROOT, Atom, Field, Product, raise_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.witnesses.tidy.work import Known


class Substitution:
    """What is put into products of one field."""

    def __init__(self, field: Field, replaced: Mapping[Atom, Product], relations: Relations) -> None:
        self._field = field
        self._replaced = replaced
        self._relations = relations
        self._known: Known[Product] = {}

    def changes(self, x: Product) -> bool:
        """Tell whether anything may be put into a product."""
        return any(self._may_change(atom, k) for atom, k in x.powers.items()) or self._has_pair(x)

    def _may_change(self, atom: Atom, exponent: int) -> bool:
        if atom.kind == ROOT and atom.relation is not None and self.changes(atom.relation):
            return True
        times = 1 if atom.is_sum else abs(exponent)
        degrees = atom.poly.degrees
        return any(degrees[a.index] for a in self._replaced) or any(
            degrees[index] * times >= degree for index, (degree, _) in self._relations.items()
        )

    def _has_pair(self, x: Product) -> bool:
        sums = [atom.poly.degrees for atom in x.powers if atom.is_sum]
        return any(sum(degrees[index] == 1 for degrees in sums) > 1 for index in self._relations)

    def into(self, x: Product) -> Product:
        """Return a product with all of it put in; raises as `add` does."""
        paired, left = self._pairs(x.powers) if self._relations else ([], x.powers)
        parts = [self._field.power(self._of(atom), k) for atom, k in left.items()]
        return self._cancelled(self._field.product(Product(x.coefficient, {}), *paired, *parts))

    def _pairs(self, powers: Mapping[Atom, int]) -> tuple[list[Product], dict[Atom, int]]:
        """Multiply (1 - g)(1 + g), to which a relation for g^2 applies."""
        left, found = dict(powers), []
        for index in self._relations:
            linear = [a for a in left if a.is_sum and a.poly.degrees[index] == 1]
            for a, b in combinations(linear, 2):
                j, k = left.get(a, 0), left.get(b, 0)
                mirrored = self._field.ring.made({m: -v if m[index] % 2 else v for m, v in a.poly.terms})
                if j * k <= 0 or b.poly not in (mirrored, -mirrored):
                    continue
                times = min(j, k) if j > 0 else max(j, k)
                raise_by(left, a, -times)
                raise_by(left, b, -times)
                both = add(self._field, self._field.terms(a.poly * b.poly), self._relations)
                found.append(self._field.power(both, times))
        return found, left

    def _cancelled(self, x: Product) -> Product:
        """Put a relation into a power of a function if a factor of it is cancelled: (1 - cos)/sin^2 is 1/(1 + cos)."""
        for index, (degree, poly) in self._relations.items():
            atom = self._field.generators[index]
            times = int(x.powers.get(atom, 0) / degree)
            square = add(self._field, self._field.terms(poly)) if times else self._field.one
            if any(x.powers.get(factor, 0) * times < 0 for factor in square.powers):
                others = Product(ONE, {atom: -degree * times})
                x = self._field.product(x, others, self._field.power(square, times))
        return x

    def _of(self, atom: Atom) -> Product:
        """Return what an atom becomes, made once: other products have it, too. More generators give it more factors."""
        key = atom, len(self._field.generators)
        return self._field.work.once(self._known, key, lambda: self._made(atom))

    def _made(self, atom: Atom) -> Product:
        if atom.kind == ROOT and atom.relation is not None:
            inside = self.into(atom.relation)
            return self._field.of(atom) if inside == atom.relation else self._field.root(inside, atom.degree)
        if not atom.is_sum:
            return self._replaced.get(atom) or self._field.of(atom)
        degrees = atom.poly.degrees
        if any(degrees[a.index] for a in self._replaced):
            terms = [self._term(term) for term in self._field.terms(atom.poly)]
            return add(self._field, terms, self._relations)
        if any(degrees[index] >= degree for index, (degree, _) in self._relations.items()):
            return add(self._field, self._field.terms(atom.poly), self._relations)
        return self._field.of(atom)

    def _term(self, term: Product) -> Product:
        parts = [self._field.power(self._replaced.get(a) or self._field.of(a), k) for a, k in term.powers.items()]
        return self._field.product(Product(term.coefficient, {}), *parts)
