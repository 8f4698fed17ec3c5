"""Sum of products -> product: common powers out, the rest expanded, relations put in, factored once."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from derivcli.witnesses.tidy.field import ONE, ROOT, ZERO, Atom, Field, Product, raise_by
from derivcli.witnesses.tidy.polynomials import Poly, TooLargeError
from derivcli.witnesses.tidy.ring import MOST_TERMS, factored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MOST_ROUNDS = 30  # of putting relations into a polynomial
_SEEN_THROUGH = 6  # the highest root of a variable that stands for the variable: x - sqrt(x) has a factor

Relations = dict[int, tuple[int, Poly]]  # generator -> (q, polynomial): what its q-th power is
_Term = tuple[Fraction, dict[Atom, int]]


def add(field: Field, terms: Iterable[Product], relations: Relations | None = None) -> Product:
    """Return a sum as a product; raises `TooLargeError` if the work is over, or the sum too long.

    `relations` are put in beside those that roots have.
    """
    if field.work.is_over:
        raise TooLargeError
    parts = [(term.coefficient, dict(term.powers)) for term in terms if term.coefficient]
    if not parts or (len(parts) == 1 and not relations):
        return Product(*parts[0]) if parts else Product(ZERO, {})
    common = {atom: k for atom in _occurring(parts) if (k := min(powers.get(atom, 0) for _, powers in parts))}
    rests = [_beside(*part, common) for part in parts]
    scale = lcm(*(rest.coefficient.denominator for rest in rests))
    total = field.ring.sum(field.expanded(_times(rest, scale)) for rest in rests)
    total = _reduced(field, total, relations or {})
    if not total:
        return Product(ZERO, {})
    return field.product(_factored(field, total, ONE if scale == 1 else Fraction(1, scale)), Product(ONE, common))


def of_poly(field: Field, poly: Poly) -> Product:
    """Return a polynomial as a product; raises as `add` does.

    What has been factored once stands for its opposite too. More generators may be roots, which give it more factors.
    """
    if field.work.is_over:
        raise TooLargeError
    sign = 1 if poly.leading > 0 else -1
    positive = poly if sign > 0 else -poly
    key = positive, len(field.generators)
    found = field.work.once(field.factored, key, lambda: add(field, field.terms(positive)))
    return found if sign > 0 else Product(-found.coefficient, found.powers)


def _occurring(parts: Iterable[_Term]) -> list[Atom]:
    """Return every atom once, in the order in which they are met."""
    return list(dict.fromkeys(atom for _, powers in parts for atom in powers))


def _beside(coefficient: Fraction, powers: Mapping[Atom, int], common: Mapping[Atom, int]) -> Product:
    """Return what is left of a term beside the common powers: no exponent in it is negative."""
    rest = dict(powers)
    for atom, exponent in common.items():
        raise_by(rest, atom, -exponent)
    return Product(coefficient, rest)


def _times(x: Product, number: int) -> Product:
    return x if number == 1 else Product(x.coefficient * number, x.powers)


def _reduced(field: Field, poly: Poly, relations: Relations) -> Poly:
    """Return a polynomial in which no generator has the power that a relation, or that of a root, replaces."""
    known = dict(relations)
    for atom in field.generators:
        if atom.relation is not None and poly.degree(atom.index) >= atom.degree:
            inside = field.expanded(atom.relation)
            if not any(inside.degree(index) for index in relations):  # which say the same from the other side
                known[atom.index] = atom.degree, inside
    if not known:
        return poly
    for _ in range(_MOST_ROUNDS):
        high = next((g for g in known if poly.degree(g) >= known[g][0]), None)
        if high is None:
            return poly
        degree, replacement = known[high]
        parts: dict[int, dict[Any, int]] = {}
        for m, value in poly.terms:
            times, rest = divmod(m[high], degree)
            parts.setdefault(times, {})[*m[:high], rest, *m[high + 1 :]] = value
        poly = field.ring.sum(field.ring.made(part) * replacement**times for times, part in parts.items())
        if len(poly) > MOST_TERMS:
            break
    raise TooLargeError


def _factored(field: Field, poly: Poly, scale: Fraction) -> Product:
    """Return a number times a polynomial as a product; a root of a variable stands for it while that is factored."""
    roots = [
        (atom.index, inside.index, atom.degree)
        for atom, inside in _plain_roots(field)
        if poly.degree(atom.index) or poly.degree(inside.index)
    ]
    content, found = factored(_moved(poly, roots, _into_root))
    powers: dict[Atom, int] = {}
    typed = scale = scale * content  # times the first sum: as it was typed, where no other is beside it
    for inner, exponent in found:
        factor = _moved(inner, roots, _out_of_root)
        if len(factor) == 1:
            if factor.leading != 1:
                scale *= factor.leading**exponent
            for atom, k in field.monomial(factor.terms[0][0]).items():
                raise_by(powers, atom, k * exponent)
            continue
        if factor.leading < 0:
            factor, scale = -factor, scale * (-1) ** exponent
        raise_by(powers, field.factor(factor, abs(typed) if exponent == 1 else ONE), exponent)
        typed = ONE
    return field.normal(scale, powers)


def _plain_roots(field: Field) -> list[tuple[Atom, Atom]]:
    """Return the roots of low degree of one variable and nothing else, with the variable."""
    low = (atom for atom in field.generators if atom.kind == ROOT and atom.degree <= _SEEN_THROUGH)
    return [(atom, atom.radicand) for atom in low if atom.radicand]


def _moved(poly: Poly, roots: list[tuple[int, int, int]], move: Any) -> Poly:
    """Return a polynomial with the exponents of roots and their variables changed."""
    terms: dict[Any, int] = {}
    for m, value in poly.terms if roots else ():
        new = list(m)
        for root, variable, degree in roots:
            new[root], new[variable] = move(new[root], new[variable], degree)
        terms[tuple(new)] = terms.get(tuple(new), 0) + value
    return poly.ring.made(terms) if roots else poly


def _into_root(root: int, variable: int, degree: int) -> tuple[int, int]:
    return root + degree * variable, 0


def _out_of_root(root: int, variable: int, degree: int) -> tuple[int, int]:
    return root % degree, variable + root // degree
