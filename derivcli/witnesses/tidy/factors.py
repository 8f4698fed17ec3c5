"""The factors of a product on their way to paper: which are multiplied, and where numbers and the minus go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import chain, combinations
from math import prod
from operator import mul
from typing import TYPE_CHECKING, Any

from derivcli.language.printer import to_text
from derivcli.witnesses.tidy.field import ONE
from derivcli.witnesses.tidy.nodes import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.witnesses.tidy.field import Atom
    from derivcli.witnesses.tidy.polynomials import Poly
    from derivcli.witnesses.tidy.writing import Writer

MOST_MERGED = 40  # products of terms, of two factors that are multiplied out to be one


@dataclass(slots=True)
class Factor:
    """A polynomial times a number, to a whole power; `order` is where it stands among others."""

    poly: Poly
    exponent: int
    scale: Fraction
    order: tuple[Any, ...]
    generator: Atom | None = None  # that it is, and nothing else


def merge(writer: Writer, factors: list[Factor]) -> None:
    """Multiply two factors of equal exponent, or three, where their product is shorter."""
    while found := next((group for group in _groups(factors) if _is_better_merged(writer, group)), None):
        first = found[0]
        poly, scale = _multiplied(found)
        merged = Factor(poly, first.exponent, scale, (max(f.order[0] for f in found), True, -first.exponent))
        factors[:] = [merged if f is first else f for f in factors if f is first or f not in found]


def _groups(factors: list[Factor]) -> Iterator[tuple[Factor, ...]]:
    """Yield two factors of equal exponent, then three, whose product is a sum that is short enough."""
    exponents = Counter(f.exponent for f in factors)
    shared = [f for f in factors if exponents[f.exponent] > 1]
    for group in chain(combinations(shared, 2), combinations(shared, 3)):
        exponent = group[0].exponent
        if all(f.exponent == exponent for f in group) and 1 < prod(len(f.poly) for f in group) <= MOST_MERGED:
            yield group


def _is_better_merged(writer: Writer, group: tuple[Factor, ...]) -> bool:
    key = group[0].exponent, *((f.poly, f.scale) for f in group)
    return writer.field.work.once(writer.merges, key, lambda: _is_shorter_merged(writer, group))


def _is_shorter_merged(writer: Writer, group: tuple[Factor, ...]) -> bool:
    both, scale = _multiplied(group)
    signs = (1 if abs(group[0].exponent) == 1 else 2) * (len(group) - 1)  # a product, and a power more
    if writer.least.plainly(both) >= signs + sum(writer.plainly(f.poly, f.scale).cost for f in group):
        return False
    apart = signs + sum(writer.poly(f.poly, f.scale).cost for f in group)
    return writer.plainly(both, scale).cost < apart


def _multiplied(group: Sequence[Factor]) -> tuple[Poly, Fraction]:
    return reduce(mul, (f.poly for f in group)), prod((f.scale for f in group), start=ONE)


def place_number(writer: Writer, coefficient: Fraction, factors: list[Factor]) -> Fraction:
    """Move a number between the front and the first sum above the bar, so that decimals have few digits.

    Return what is left in front.
    """
    sums = (f for f in factors if len(f.poly) > 1 and f.exponent == 1) if writer.field.typed else ()
    first = next(iter(sums), None)
    if first is None:
        return coefficient
    before = first.scale
    scales = [before, before * abs(coefficient), 1 / Fraction(abs(first.poly.leading))]
    first.scale = min(scales, key=lambda scale: _length(writer, first.poly, scale, coefficient * before / scale))
    return coefficient * before / first.scale


def _length(writer: Writer, poly: Poly, scale: Fraction, coefficient: Fraction) -> tuple[int, int]:
    """Return the operations of a number times a sum, and its characters."""
    inside, outside = writer.poly(poly, scale), number(abs(coefficient), writer.field.typed)
    is_one = abs(coefficient) == 1
    texts = [to_text(inside.signed), *([] if is_one else [to_text(outside.node)])]
    return inside.rank[0] + (0 if is_one else 1 + outside.cost), sum(map(len, texts))


def may_turn(factor: Factor) -> bool:
    """Tell whether a minus may move into a factor: into a difference."""
    return (
        bool(factor.exponent % 2) and any(value < 0 for value in factor.poly.packed.values()) and len(factor.poly) > 1
    )


def place_minus(writer: Writer, coefficient: Fraction, factors: list[Factor]) -> Fraction:
    """Move a minus into the difference that gains most by it, one above the bar if none gains."""
    best: tuple[int, Factor] | None = None
    for f in factors:
        if may_turn(f):
            gain = writer.poly(f.poly, f.scale).rank[0] - writer.poly(-f.poly, f.scale).rank[0]
            is_wanted = gain >= 0 if f.exponent > 0 else gain > 0
            if is_wanted and (best is None or gain > best[0]):
                best = gain, f
    if best is None:
        return coefficient
    best[1].poly = -best[1].poly
    return -coefficient
