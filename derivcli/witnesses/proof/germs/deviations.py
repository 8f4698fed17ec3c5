"""How far a function of several variables is from its value near a point, in all directions together.

Near a point a let r be the distance from it. A part g of f is b + d, where b is its value at a (0 where it has none),
and wherever f has a value next to a

    |d| <= C*r^p*log(1/r)^-j (its upper order), |d| >= c*r^q*log(1/r)^-k (its lower one), d >= 0 or d <= 0 (its way),

each where it is known, with some C, c > 0. The rules are theorems:

- A sum, a product: the triangle inequality.
- A function of one part that moves, whose germ at b is k*s^p*log(1/s)^-j*(1 + o(1)) on a side: for small s it lies
  between two multiples of s^p*log(1/s)^-j, which rises with s where (p, j) > 0 and falls where it is below. So orders
  are multiplied by p, where d tends to 0 faster than some power of r.
- A polynomial in the displacements plus o(r^n), by Taylor's theorem; if its lowest form has one sign, see `forms`.
- A quotient of polynomials is that of what is left without their common divisor, wherever it has a value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs import forms
from derivcli.witnesses.proof.germs.constants import Coefficient, sign
from derivcli.witnesses.proof.numbers import ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.witnesses.proof.germs.constants import Power
    from derivcli.witnesses.proof.germs.forms import Polynomial

Order = tuple["Power | float", "Power | float"]

HIGHEST = 13  # degree from which on a polynomial is cut: of sin(x*y)^2 three terms are kept
BELOW_POWERS: Order = (100, 0)  # of what is below every power: it is below this one, which nobody types
NEVER: Order = (math.inf, 0)  # of what is 0


@dataclass(frozen=True, slots=True)
class Deviation:
    """What is known of b + d: see the head of the module. d is the polynomial plus O(r^rest), where there is one."""

    base: Coefficient
    upper: Order | None = None
    lower: Order | None = None
    way: int | None = None
    polynomial: Polynomial | None = None
    rest: float = math.inf

    @property
    def is_still(self) -> bool:
        """Whether d is 0."""
        return self.upper == NEVER

    @property
    def tends_to_base(self) -> bool:
        """Whether d tends to 0 with r, faster than some power of it."""
        return self.upper is not None and self.upper[0] > 0

    @property
    def vanishes(self) -> bool:
        """Whether d tends to 0 with r, however slowly."""
        return self.upper is not None and self.upper > (0, 0)

    @property
    def exact(self) -> Polynomial | None:
        """The whole part as a polynomial, where it is one."""
        if self.polynomial is None or self.rest < math.inf or not isinstance(self.base, fmpq):
            return None
        return self.polynomial + self.base


STILL = Deviation(ZERO, NEVER, None, 0)


def of_polynomial(base: Coefficient, p: Polynomial, rest: float = math.inf) -> Deviation:
    """Return what a polynomial, of which O(r^rest) is left out, tells."""
    lowest = forms.order(p)
    if lowest is None or lowest >= rest:
        return Deviation(base, NEVER if rest == math.inf else (rest, 0), None, None if rest < math.inf else 0, p, rest)
    ways = forms.signs(p)
    is_square = rest == math.inf and forms.never_below_zero(p)
    is_negative = rest == math.inf and forms.never_below_zero(-p)
    way = next(iter(ways)) if len(ways) == 1 else 1 if is_square else -1 if is_negative else None
    return Deviation(base, (lowest, 0), (lowest, 0) if len(ways) == 1 else None, way, p, rest)


def with_polynomial(found: Deviation, p: Polynomial, rest: float) -> Deviation:
    """Return what two ways to one part tell together."""
    rest = min(rest, HIGHEST) if p.total_degree() >= HIGHEST else rest
    other = of_polynomial(found.base, forms.cut(p, rest), rest)
    uppers = [x for x in (found.upper, other.upper) if x is not None]
    lowers = [x for x in (found.lower, other.lower) if x is not None]
    way = found.way if other.way is None else other.way
    return replace(other, upper=max(uppers, default=None), lower=min(lowers, default=None), way=way)


# Sums and products.


def add(parts: Sequence[Deviation]) -> Deviation:
    """Return a sum."""
    base = ZERO
    for part in parts:
        base = base + part.base
    moving = [part for part in parts if not part.is_still]
    if not moving:
        return replace(STILL, base=base)
    uppers = [part.upper for part in moving]
    upper = None if None in uppers else min(x for x in uppers if x is not None)
    way = common([part.way for part in moving])
    found = Deviation(base, upper, _lower_of_sum(moving, way), way if way is not None else _leader_way(moving))
    if any(part.polynomial is None for part in parts):
        return found
    return with_polynomial(found, sum(part.polynomial for part in parts), min(part.rest for part in parts))


def common(ways: Sequence[int | None]) -> int | None:
    """Return the way that all have, None where there is none."""
    return ways[0] if ways[0] is not None and len(set(ways)) == 1 else None


def _lower_of_sum(moving: Sequence[Deviation], way: int | None) -> Order | None:
    """Return the lower order: of terms of one sign that of the largest; else of one that all others are below."""
    if way is not None:
        return min((part.lower for part in moving if part.lower is not None), default=None)
    leader = _leader(moving)
    return None if leader is None else leader.lower


def _leader(moving: Sequence[Deviation]) -> Deviation | None:
    for k, part in enumerate(moving):
        others = [other.upper for j, other in enumerate(moving) if j != k]
        if part.lower is not None and all(upper is not None and upper > part.lower for upper in others):
            return part
    return None


def _leader_way(moving: Sequence[Deviation]) -> int | None:
    leader = _leader(moving)
    return None if leader is None else leader.way


def scaled(x: Deviation, c: Coefficient) -> Deviation:
    """Return d times a constant, from 0."""
    turn = sign(c)
    if not turn:
        return STILL
    p = x.polynomial * c if x.polynomial is not None and isinstance(c, fmpq) else None
    return replace(x, base=ZERO, way=None if x.way is None else x.way * turn, polynomial=p)


def _product(x: Deviation, y: Deviation) -> Deviation:
    """Return (a + d)*(b + e) = a*b + (a*e + b*d + d*e)."""
    upper = None if x.upper is None or y.upper is None else _order_of_product(x.upper, y.upper)
    lower = None if x.lower is None or y.lower is None else _order_of_product(x.lower, y.lower)
    way = None if x.way is None or y.way is None else x.way * y.way
    small = STILL if x.is_still or y.is_still else Deviation(ZERO, upper, lower, way)
    sides = [part for part in (scaled(y, x.base), scaled(x, y.base), small) if not part.is_still]
    found = replace(add([replace(part, polynomial=None) for part in sides]), base=x.base * y.base)
    if x.polynomial is None or y.polynomial is None or not isinstance(x.base, fmpq) or not isinstance(y.base, fmpq):
        return found
    rests = [_rest_times(one, other) for one, other in ((x, y), (y, x))]
    p = (x.polynomial + x.base) * (y.polynomial + y.base) - x.base * y.base
    return with_polynomial(found, p, min(rests))


def _rest_times(one: Deviation, other: Deviation) -> float:
    """Return the order of what one leaves out times the other."""
    lowest = 0 if other.base != 0 else forms.order(other.polynomial)
    return one.rest + (other.rest if lowest is None else min(lowest, other.rest))


def multiply(parts: Sequence[Deviation]) -> Deviation:
    """Return a product."""
    found = parts[0]
    for part in parts[1:]:
        found = _product(found, part)
    return found


def _order_of_product(one: Order, other: Order) -> Order:
    return one[0] + other[0], one[1] + other[1]
