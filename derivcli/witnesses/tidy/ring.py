"""Polynomials over the integers in numbered generators, kept sparse, and their factors, which flint finds.

The algorithms pay for every generator of a ring, so a polynomial is projected to those that occur before it is
factored. What would take too long is not done: it raises, or is done in part.
"""

from __future__ import annotations

from functools import cache
from math import comb, gcd, prod
from operator import sub
from typing import TYPE_CHECKING, Any

from flint import Ordering, fmpz_mpoly_ctx
from sympy import ZZ
from sympy.polys.rings import PolyRing

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TERMS = 300  # of a sum that is expanded: a polynomial of degree 12 in two variables has 91
_FACTORED_TERMS = 90  # more are only freed of common monomials: factors of such sums are rarely shorter
_WHOLLY_FACTORED = 30  # terms; more are only freed of repeated factors
_WHOLE_DEGREE = 24  # likewise: `x^24 - 1` still takes 1 ms
# sympy works on dense polynomials. Of 400 random ones those of up to so many places took at most 13 ms to be factored,
# 7 ms to be freed of repeated factors; beyond that, nothing is done.
_FACTORED_PLACES = 150
_REPEATED_PLACES = 1_000
_POWER = 60  # a higher power of a sum is never expanded

Poly = Any
Monomial = tuple[int, ...]
Factors = list[tuple[Poly, int]]


class TooLargeError(Exception):
    """A step would take longer than a shown formula is worth."""


@cache
def ring_of(size: int) -> Any:
    """Return the ring in so many generators."""
    return PolyRing([f"g{number}" for number in range(size)], ZZ, "lex")


def made(ring: Any, terms: Mapping[Monomial, int]) -> Poly:
    """Return the polynomial of a table of coefficients."""
    poly = ring.zero
    for monomial, coefficient in terms.items():
        if coefficient:
            poly[monomial] = ZZ(coefficient)
    return poly


def generators(poly: Poly) -> list[int]:
    """Return the numbers of the generators that occur."""
    return [index for index, degree in enumerate(map(max, zip(*poly, strict=True))) if degree]


def expanded_size(poly: Poly, exponent: int) -> int:
    """Return how many terms a power has at most; raises `TooLargeError` for one that is not to be expanded."""
    if len(poly) > 1 and exponent >= _POWER:
        raise TooLargeError
    return comb(len(poly) + exponent - 1, exponent)


def factored(poly: Poly) -> tuple[int, Factors]:
    """Return the content of a polynomial and its factors, generators among them."""
    content, found, rest = _primitive(poly)
    if len(rest) == 1:
        return content * int(rest.LC), found
    inner, others = (1, [(rest, 1)]) if len(rest) > _FACTORED_TERMS else _split(rest)
    return content * inner, found + others


def _primitive(poly: Poly) -> tuple[int, Factors, Poly]:
    """Take the common number and the common generators out."""
    ring = poly.ring
    lowest = tuple(map(min, zip(*poly, strict=True)))
    content = gcd(*map(int, poly.values()))
    found = [(ring.gens[index], exponent) for index, exponent in enumerate(lowest) if exponent]
    if content == 1 and not found:
        return 1, [], poly
    terms = {_over(monomial, lowest): int(value) // content for monomial, value in poly.items()}
    return content, found, made(ring, terms)


def _over(monomial: Monomial, lowest: Monomial) -> Monomial:
    return tuple(map(sub, monomial, lowest))


def _split(poly: Poly) -> tuple[int, Factors]:
    """Factor a primitive polynomial; one that is linear in a generator, `a*g + b`, by the common factor of a and b."""
    degrees = poly.degrees()
    linear = [index for index, degree in enumerate(degrees) if degree == 1]
    if not linear:
        return _irreducible(poly)
    index = min(linear, key=lambda g: sum(monomial[g] for monomial in poly))
    with_it = {_without(m, index): value for m, value in poly.items() if m[index]}
    without = {m: value for m, value in poly.items() if not m[index]}
    if len(with_it) == 1 or len(without) == 1:
        return 1, [(poly, 1)]
    common = _common(made(poly.ring, with_it), made(poly.ring, without))
    if not any(common.degrees()):
        return 1, [(poly, 1)]
    content, found = _split(common)
    rest = made(poly.ring, dict(poly.exquo(common)))  # a new one: sympy changes quotients after they were hashed
    return content, [*found, (rest, 1)]


def _without(monomial: Monomial, index: int) -> Monomial:
    return (*monomial[:index], 0, *monomial[index + 1 :])


def _irreducible(poly: Poly) -> tuple[int, Factors]:
    used = generators(poly)
    small = _projected(poly, used)
    if _places(small) > _REPEATED_PLACES:
        return 1, [(poly, 1)]
    whole = len(small) <= _WHOLLY_FACTORED and max(small.degrees()) <= _WHOLE_DEGREE
    whole = whole and _places(small) <= _FACTORED_PLACES
    content, found = _by_flint(small) if whole else small.sqf_list()
    return int(content), [(_lifted(factor, used, poly.ring), exponent) for factor, exponent in found]


def _by_flint(poly: Poly) -> tuple[int, Factors]:
    """Return the content and the irreducible factors, short ones first: an order that only the factors decide."""
    content, factors = _flint(poly).factor()
    found = [(_unflint(poly.ring, factor), int(exponent)) for factor, exponent in factors]
    content = int(content) * prod(-1 for factor, exponent in found if factor.LC < 0 and exponent % 2)
    found = [(-factor if factor.LC < 0 else factor, exponent) for factor, exponent in found]
    return content, sorted(found, key=_complexity) if len(found) > 1 else found


def _complexity(found: tuple[Poly, int]) -> Any:
    dense = found[0].to_dense()
    return len(dense), found[1], dense


def _flint(poly: Poly) -> Any:
    return _context(poly.ring.ngens).from_dict(dict(poly))


def _unflint(ring: Any, poly: Any) -> Poly:
    return made(ring, {tuple(map(int, monomial)): int(value) for monomial, value in poly.to_dict().items()})


@cache
def _context(size: int) -> Any:
    return fmpz_mpoly_ctx.get([f"g{number}" for number in range(size)], Ordering.lex)


def _common(a: Poly, b: Poly) -> Poly:
    used = sorted({*generators(a), *generators(b)})
    small = _projected(a, used), _projected(b, used)
    if max(map(_places, small)) > _REPEATED_PLACES:
        return a.ring.one
    found = _unflint(small[0].ring, _flint(small[0]).gcd(_flint(small[1])))
    return _lifted(-found if found.LC < 0 else found, used, a.ring)


def _places(poly: Poly) -> int:
    return prod(degree + 1 for degree in poly.degrees())


def _projected(poly: Poly, used: list[int]) -> Poly:
    return made(ring_of(len(used)), {tuple(m[index] for index in used): value for m, value in poly.items()})


def _lifted(poly: Poly, used: list[int], ring: Any) -> Poly:
    places = [used.index(g) if g in used else len(used) for g in range(ring.ngens)]
    return made(ring, {tuple(map((*m, 0).__getitem__, places)): value for m, value in poly.items()})
