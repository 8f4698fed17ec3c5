"""Other ways to write a sum: factors of some terms taken out, a fraction as several."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.witnesses.tidy.adding import add, of_poly
from derivcli.witnesses.tidy.field import ONE, POWER, SYMBOL, Field, Product
from derivcli.witnesses.tidy.nodes import (
    MOST_OPERATIONS,
    TooLongError,
    Written,
    fraction,
    power,
    shorter,
    total,
)
from derivcli.witnesses.tidy.polynomials import Poly, TooLargeError
from derivcli.witnesses.tidy.ring import generators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.tidy.writing import Writer

Grouping = dict[int, Poly]  # a sum as what stands beside some common powers

_MOST_COLLECTED = 12  # terms of a sum in which common factors of some are looked for
_MOST_APART = 10  # terms of a numerator that are written as fractions each


def shortest(writer: Writer, poly: Poly, scale: Fraction, most: int) -> Written:
    """Return a polynomial times a number, term by term or with common factors of some terms taken out.

    Raises `TooLongError` where it has more than `most` operations.
    """
    best = writer.plainly(poly, scale)
    with suppress(TooLargeError):
        for grouping in writer.least.groupings(poly) if scale == 1 and not writer.field.work.is_over else ():
            found = _grouped(writer, grouping, min(best.cost, most))
            best = shorter(best, found) if found else best
    if best.cost > most:
        raise TooLongError
    return best


def groupings(field: Field, poly: Poly) -> Iterator[Grouping]:
    """Yield a sum with common powers taken out of terms: those of functions, of variables, of each generator."""
    if not 2 < len(poly) <= _MOST_COLLECTED:
        return
    used = generators(poly)
    functions = [g for g in used if field.generators[g].kind != SYMBOL]
    seen: set[tuple[int, ...]] = set()
    for chosen in (functions, [g for g in used if g not in functions], *([g] for g in used)):
        groups = poly.collected(chosen)
        mark = tuple(groups)
        if 1 < len(groups) < len(poly) and mark not in seen:
            seen.add(mark)
            yield groups


def _grouped(writer: Writer, grouping: Grouping, most: int) -> Written | None:
    """Return a sum of groups; None as soon as it is known to be too long."""
    bounds = [writer.least.group(outside, inner) for outside, inner in grouping.items()]
    left = most - sum(bounds) - len(bounds) + 1
    found: list[Written] = []
    for (outside, inner), bound in zip(grouping.items(), bounds, strict=True):
        if left < 0:
            return None
        found.append(_group(writer, outside, inner))
        left -= found[-1].cost - bound
    return total(found)


def _group(writer: Writer, outside: int, inner: Poly) -> Written:
    """Return terms with a common factor, and with their sum in brackets."""
    if len(inner) == 1 or outside:
        powers = writer.field.monomial(inner.ring.exponents(outside))
        return writer.merged(writer.field.product(of_poly(writer.field, inner), Product(ONE, powers)))
    return writer.plainly(inner)


def apart(writer: Writer, x: Product, most: int = MOST_OPERATIONS, *, by_functions: bool) -> Written | None:
    """Return a fraction as a sum of fractions: one for each term above, or for each product of functions in it."""
    above = {atom: k for atom, k in x.powers.items() if atom.is_sum and k > 0}
    if not above:
        return None
    poly = writer.field.expanded(Product(Fraction(x.coefficient.numerator), above))
    under = x.coefficient.denominator
    rest = Product(ONE if under == 1 else Fraction(1, under), {a: k for a, k in x.powers.items() if a not in above})
    groups: dict[Any, list[Product]] = {}
    for term in writer.field.terms(poly) if len(poly) <= _MOST_APART else ():
        key = frozenset((a, k) for a, k in term.powers.items() if a.kind != SYMBOL) if by_functions else term.key
        groups.setdefault(key, []).append(term)
    if len(groups) < 2 or (by_functions and len(groups) == len(poly)):
        return None
    parts = [writer.field.product(rest, add(writer.field, terms)) for terms in groups.values()]
    found: list[Written] = []
    left = most - len(parts) + 1
    for part in parts:
        found.append(writer.product(part, left))
        left -= found[-1].cost
    return total(found)


def outside(writer: Writer, x: Product) -> Written | None:
    """Return a product of powers with letters and a sum of fractions: x^x*(log(x) + 1/x)."""
    powers = {atom: k for atom, k in x.powers.items() if atom.kind == POWER}
    rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a not in powers})
    inner = apart(writer, rest, by_functions=False) if powers else None
    return inner and fraction([writer.written(Product(ONE, powers)), inner], [], negative=False)


def symmetric_forms(writer: Writer, x: Product) -> Iterator[Written]:
    """Yield sums with as many powers below as above: e^(2x)/(e^(2x) + 1)^2 is 1/(e^x + e^(-x))^2."""
    for atom in [atom for atom in x.powers if atom.kind == POWER]:
        moved = {a: degree for a in x.powers if a.is_sum and (degree := a.poly.degrees[atom.index])}
        degrees = sum(x.powers[a] * degree for a, degree in moved.items())
        if not moved or 2 * x.powers[atom] + degrees or any(degree % 2 for degree in moved.values()):
            continue
        rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a is not atom and a not in moved})
        sides = []
        for a, degree in moved.items():
            shift = Product(ONE, {atom: -degree // 2})
            terms = [writer.field.product(term, shift) for term in writer.field.terms(a.poly)]
            written = power(total([writer.written(term) for term in terms]), Fraction(abs(x.powers[a])))
            sides.append((1 if x.powers[a] > 0 else -1, written))
        yield writer.written(rest, merged=True, beside=sides)
