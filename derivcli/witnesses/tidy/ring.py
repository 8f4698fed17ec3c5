"""The factors of polynomials, which flint finds.

What would take too long is not done: it raises, or is done in part.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import comb, gcd, prod
from operator import sub
from typing import TYPE_CHECKING, Any

from flint import Ordering, fmpz_mpoly_ctx

from derivcli.witnesses.tidy.polynomials import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.witnesses.tidy.polynomials import Monomial, Poly, Ring

MOST_TERMS = 300  # of a sum that is expanded: a polynomial of degree 12 in two variables has 91
_FACTORED_TERMS = 90  # more are only freed of common monomials: factors of such sums are rarely shorter
_WHOLLY_FACTORED = 30  # terms; more are only freed of repeated factors
_WHOLE_DEGREE = 24  # likewise: `x^24 - 1` still takes 1 ms
# Places of a dense polynomial. Of 400 random ones those of up to so many took sympy at most 13 ms to be factored,
# 7 ms to be freed of repeated factors, and take flint less; beyond that, nothing is done.
_FACTORED_PLACES = 150
_REPEATED_PLACES = 1_000
_POWER = 60  # a higher power of a sum is never expanded

_KEPT = 512  # polynomials whose factors are kept: those of a few questions, and about 3 MB

Factors = list[tuple["Poly", int]]


def generators(poly: Poly) -> list[int]:
    """Return the numbers of the generators that occur."""
    return [index for index, degree in enumerate(poly.degrees) if degree]


def expanded_size(poly: Poly, exponent: int) -> int:
    """Return how many terms a power has at most; raises `TooLargeError` for one that is not to be expanded."""
    if len(poly) > 1 and exponent >= _POWER:
        raise TooLargeError
    return comb(len(poly) + exponent - 1, exponent)


@lru_cache(_KEPT)
def factored(poly: Poly) -> tuple[int, Factors]:
    """Return the content of a polynomial and its factors, generators among them."""
    content, found, rest = _primitive(poly)
    if len(rest) == 1:
        return content * rest.leading, found
    inner, others = (1, [(rest, 1)]) if len(rest) > _FACTORED_TERMS else _split(rest)
    return content * inner, found + others


def _primitive(poly: Poly) -> tuple[int, Factors, Poly]:
    """Take the common number and the common generators out."""
    lowest = poly.ring.constant if 0 in poly.packed else tuple(map(min, poly.monomials[0], *poly.monomials))
    content = gcd(*(value for _, value in poly.terms))
    found = [(poly.ring.gens[index], exponent) for index, exponent in enumerate(lowest) if exponent]
    if content == 1 and not found:
        return 1, [], poly
    terms = {tuple(map(sub, monomial, lowest)): value // content for monomial, value in poly.terms}
    return content, found, poly.ring.made(terms)


def _split(poly: Poly) -> tuple[int, Factors]:
    """Factor a primitive polynomial; one that is linear in a generator, `a*g + b`, by the common factor of a and b."""
    linear = [index for index, degree in enumerate(poly.degrees) if degree == 1]
    if not linear:
        return _irreducible(poly)
    index = min(linear, key=lambda g: sum(monomial[g] for monomial in poly.monomials))
    with_it = {_without(m, index): value for m, value in poly.terms if m[index]}
    without = {m: value for m, value in poly.terms if not m[index]}
    if len(with_it) == 1 or len(without) == 1:
        return 1, [(poly, 1)]
    common = _common(poly.ring.made(with_it), poly.ring.made(without))
    if not any(common.degrees):
        return 1, [(poly, 1)]
    content, found = _split(common)
    return content, [*found, (_quotient(poly, common), 1)]


def _without(monomial: Monomial, index: int) -> Monomial:
    return (*monomial[:index], 0, *monomial[index + 1 :])


def _irreducible(poly: Poly) -> tuple[int, Factors]:
    if _places(poly) > _REPEATED_PLACES:
        return 1, [(poly, 1)]
    whole = len(poly) <= _WHOLLY_FACTORED and max(poly.degrees) <= _WHOLE_DEGREE and _places(poly) <= _FACTORED_PLACES
    used = generators(poly)
    flint = _flint(poly, used)
    content, factors = flint.factor() if whole else flint.factor_squarefree()
    found = [(_unflint(poly.ring, factor, used), int(exponent)) for factor, exponent in factors]
    content = int(content) * prod(-1 for factor, exponent in found if factor.leading < 0 and exponent % 2)
    found = [(-factor if factor.leading < 0 else factor, exponent) for factor, exponent in found]
    return content, sorted(found, key=_complexity) if len(found) > 1 else found


def _complexity(found: tuple[Poly, int]) -> Any:
    """Return what is smaller for a shorter factor: an order that only the factors decide."""
    factor, exponent = found
    used = generators(factor)
    return factor.degrees[used[0]], exponent, [([m[g] for g in used], value) for m, value in factor.terms]


def _common(a: Poly, b: Poly) -> Poly:
    """Return the greatest common divisor."""
    if max(map(_places, (a, b))) > _REPEATED_PLACES:
        return a.ring.one
    used = sorted({*generators(a), *generators(b)})
    found = _unflint(a.ring, _flint(a, used).gcd(_flint(b, used)), used)
    return -found if found.leading < 0 else found


def _quotient(a: Poly, b: Poly) -> Poly:
    used = generators(a)
    return _unflint(a.ring, _flint(a, used) / _flint(b, used), used)


def _places(poly: Poly) -> int:
    return prod(degree + 1 for degree in poly.degrees)


def _flint(poly: Poly, used: Sequence[int]) -> Any:
    """Return a polynomial as flint has it, in the generators that are used: it pays for each."""
    return _context(len(used)).from_dict({tuple(m[g] for g in used): value for m, value in poly.terms})


def _unflint(ring: Ring, poly: Any, used: Sequence[int]) -> Poly:
    places = [used.index(g) if g in used else len(used) for g in range(ring.size)]
    terms = ((tuple(map(int, monomial)), int(value)) for monomial, value in poly.to_dict().items())
    return ring.made({tuple(map((*monomial, 0).__getitem__, places)): value for monomial, value in terms})


@cache
def _context(size: int) -> Any:
    return fmpz_mpoly_ctx.get([f"g{number}" for number in range(size)], Ordering.lex)
