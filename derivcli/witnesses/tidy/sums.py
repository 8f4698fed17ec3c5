"""Other ways to write a sum: factors of some terms taken out, a fraction as several."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, Any

from derivcli.witnesses.tidy.adding import add, of_poly
from derivcli.witnesses.tidy.field import POWER, SYMBOL, Product
from derivcli.witnesses.tidy.nodes import Number, Written, fraction, power, total
from derivcli.witnesses.tidy.ring import Poly, TooLargeError, generators, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.witnesses.tidy.writing import Writer

_ONE = Fraction(1)
_MOST_COLLECTED = 12  # terms of a sum in which common factors of some are looked for
_MOST_APART = 10  # terms of a numerator that are written as fractions each


def ways(writer: Writer, poly: Poly, scale: Fraction) -> Iterator[Written]:
    """Yield ways to write a polynomial times a number, term by term first."""
    yield plainly(writer, poly, scale)
    if len(poly) > _MOST_COLLECTED or writer.field.work.is_over:
        return
    if len(poly) > 2 and scale == 1:
        with suppress(TooLargeError):
            yield from _collected(writer, poly)


def plainly(writer: Writer, poly: Poly, scale: Fraction) -> Written:
    """Return a polynomial times a number term by term."""
    times: Number = 1 if scale == 1 else scale  # whole numbers are multiplied ten times as fast
    return total([writer.term(monomial, int(value) * times) for monomial, value in poly.terms()])


def _collected(writer: Writer, poly: Poly) -> Iterator[Written]:
    """Yield the sum with common factors of some terms taken out: those in functions, in variables, in each."""
    used, known = generators(poly), writer.field.generators
    functions = [g for g in used if known[g].kind != SYMBOL]
    seen = set()
    for chosen in (functions, [g for g in used if g not in functions], *([g] for g in used)):
        groups: dict[tuple[int, ...], dict[Any, int]] = {}
        others = [int(g not in chosen) for g in range(writer.field.ring.ngens)]
        for m, value in poly.terms():
            groups.setdefault(tuple(m[g] for g in chosen), {})[tuple(map(mul, m, others))] = int(value)
        mark = frozenset((key, frozenset(group)) for key, group in groups.items())
        if 1 < len(groups) < len(poly) and mark not in seen:
            seen.add(mark)
            yield total([_group(writer, chosen, key, group) for key, group in groups.items()])


def _group(writer: Writer, chosen: Sequence[int], key: Sequence[int], group: Mapping[Any, int]) -> Written:
    """Return terms with a common factor, and with their sum in brackets."""
    outside = {writer.field.generators[g]: k for g, k in zip(chosen, key, strict=True) if k}
    inner = made(writer.field.ring, group)
    if len(inner) == 1 or outside:
        product = writer.field.product(of_poly(writer.field, inner), Product(_ONE, outside))
        return writer.merged(product)
    return plainly(writer, inner, _ONE)


def apart(writer: Writer, x: Product, *, by_functions: bool) -> Written | None:
    """Return a fraction as a sum of fractions: one for each term above, or for each product of functions in it."""
    above = {atom: k for atom, k in x.powers.items() if atom.is_sum and k > 0}
    if not above:
        return None
    poly = writer.field.expanded(Product(Fraction(x.coefficient.numerator), above))
    rest = Product(Fraction(1, x.coefficient.denominator), {a: k for a, k in x.powers.items() if a not in above})
    groups: dict[Any, list[Product]] = {}
    for term in writer.field.terms(poly) if len(poly) <= _MOST_APART else ():
        key = frozenset((a, k) for a, k in term.powers.items() if a.kind != SYMBOL) if by_functions else term.key
        groups.setdefault(key, []).append(term)
    if len(groups) < 2 or (by_functions and len(groups) == len(poly)):
        return None
    parts = [writer.field.product(rest, add(writer.field, terms)) for terms in groups.values()]
    return total([writer.product(part) for part in parts])


def outside(writer: Writer, x: Product) -> Written | None:
    """Return a product of powers with letters and a sum of fractions: x^x*(log(x) + 1/x)."""
    powers = {atom: k for atom, k in x.powers.items() if atom.kind == POWER}
    rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a not in powers})
    inner = apart(writer, rest, by_functions=False) if powers else None
    return inner and fraction([writer.written(Product(Fraction(1), powers)), inner], [], negative=False)


def symmetric_forms(writer: Writer, x: Product) -> Iterator[Written]:
    """Yield sums with as many powers below as above: e^(2x)/(e^(2x) + 1)^2 is 1/(e^x + e^(-x))^2."""
    for atom in [atom for atom in x.powers if atom.kind == POWER]:
        moved = {a: degree for a in x.powers if a.is_sum and (degree := a.poly.degree(atom.poly))}
        degrees = sum(x.powers[a] * degree for a, degree in moved.items())
        if not moved or 2 * x.powers[atom] + degrees or any(degree % 2 for degree in moved.values()):
            continue
        rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a is not atom and a not in moved})
        sides = []
        for a, degree in moved.items():
            shift = Product(Fraction(1), {atom: -degree // 2})
            terms = [writer.field.product(term, shift) for term in writer.field.terms(a.poly)]
            written = power(total([writer.written(term) for term in terms]), Fraction(abs(x.powers[a])))
            sides.append((1 if x.powers[a] > 0 else -1, written))
        yield writer.written(rest, merged=True, beside=sides)
