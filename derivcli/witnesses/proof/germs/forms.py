"""Polynomials in the displacements from a point: their lowest form, and the signs that it takes.

A form of degree m that is not 0 off the origin lies, by its compactness on the unit sphere and homogeneity, between two
multiples of r^m, r the distance. On the faces of a cube it is looked at in boxes, by intervals of rationals (R. E.
Moore, Interval Analysis, 1966): that is a proof, where it ends.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from derivcli.witnesses.proof.numbers import ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Polynomial = Any  # FLINT's fmpq_mpoly
Interval = tuple[fmpq, fmpq]
Term = tuple[tuple[int, ...], fmpq]

_MOST_BOXES = 800  # of two or three variables a definite form needs dozens; one that touches 0 would need all
_MOST_SAMPLED = 4  # variables of which all directions with shares of -1, 0 and 1 are tried: 80 at most
_FACE: Interval = (-ONE, ONE)


@cache
def ring(size: int) -> Any:
    """Return the polynomials over the rationals in so many displacements."""
    return fmpq_mpoly_ctx.get([f"h{place}" for place in range(size)], Ordering.lex)


def terms(p: Polynomial) -> list[Term]:
    """Return the terms as exponents and coefficients."""
    return [(tuple(map(int, exponents)), c) for exponents, c in p.terms()]


def order(p: Polynomial) -> int | None:
    """Return the degree of the lowest form; None for 0."""
    return min((sum(exponents) for exponents, _c in terms(p)), default=None)


def lowest(p: Polynomial, rest: float) -> Polynomial | None:
    """Return the form of lowest degree; None where it is not below the order of what is left out."""
    degree = order(p)
    return None if degree is None or degree >= rest else cut(p, degree + 1)


def cut(p: Polynomial, degree: float) -> Polynomial:
    """Return the terms below a degree."""
    return p.context().from_dict({exponents: c for exponents, c in terms(p) if sum(exponents) < degree})


def never_below_zero(p: Polynomial) -> bool:
    """Tell whether all terms are positive multiples of squares."""
    return all(c > 0 and not any(k % 2 for k in exponents) for exponents, c in terms(p))


def signs(p: Polynomial) -> frozenset[int]:
    """Return the signs that the lowest form of a polynomial takes off the origin; no signs where that is open."""
    degree = order(p)
    if not degree:
        return frozenset()
    form = [term for term in terms(p) if sum(term[0]) == degree]
    if degree % 2:
        return frozenset({-1, 1})
    size = len(form[0][0])
    seen = {_sign(_value(form, point)) for point in _samples(size)}
    if 0 in seen or len(seen) == 2:  # along a line on which the form is 0 its terms tell nothing
        return frozenset(seen - {0}) if {-1, 1} <= seen else frozenset()
    return frozenset(way for way in seen if _is_positive([(k, c * way) for k, c in form], size))


def _samples(size: int) -> Iterator[tuple[int, ...]]:
    """Yield directions, one of each two that are opposite."""
    if size <= _MOST_SAMPLED:
        yield from (point for point in product((1, 0, -1), repeat=size) if point > (0,) * size)
    else:
        yield from (tuple(int(k == place) for k in range(size)) for place in range(size))


def _value(form: Sequence[Term], point: Sequence[int]) -> fmpq:
    total = ZERO
    for exponents, c in form:
        for x, k in zip(point, exponents, strict=True):
            c = c * x**k
        total += c
    return total


def _sign(x: fmpq) -> int:
    return (x > 0) - (x < 0)


def _is_positive(form: Sequence[Term], size: int) -> bool:
    """Tell whether a form of even degree is above 0 off the origin for sure: on the faces where a displacement is 1."""
    boxes = [[(ONE, ONE) if k == place else _FACE for k in range(size)] for place in range(size)]
    for _ in range(_MOST_BOXES):
        if not boxes:
            return True
        box = boxes.pop()
        if _least(form, box) <= 0:
            boxes += _halves(box)
    return False


def _least(form: Sequence[Term], box: Sequence[Interval]) -> fmpq:
    """Return a number that is not above the values of a form on a box."""
    total = ZERO
    for exponents, c in form:
        low, high = ONE, ONE
        for side, k in zip(box, exponents, strict=True):
            ends = [x * y for x in (low, high) for y in _power(side, k)]
            low, high = min(ends), max(ends)
        total += c * (low if c > 0 else high)
    return total


def _power(side: Interval, k: int) -> Interval:
    ends = sorted(x**k for x in side)
    return (ZERO if k % 2 == 0 and k and side[0] < 0 < side[1] else ends[0]), ends[1]


def _halves(box: list[Interval]) -> list[list[Interval]]:
    place = max(range(len(box)), key=lambda k: box[k][1] - box[k][0])
    low, high = box[place]
    middle = (low + high) / 2
    return [[*box[:place], half, *box[place + 1 :]] for half in ((low, middle), (middle, high))]
