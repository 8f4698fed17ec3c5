"""Expansions in a second direction: f(a + s*u + t*v) in powers of t, with germs in s as coefficients.

For each small s > 0, t > 0 tends to 0 first, so t is smaller than everything that is made of s. What is left out of a
jet is o(t^order) for each such s. As in a germ, a switch goes by the sign of the first coefficient; where that is one
of t, f may be bent across t = 0: from the power `bend` on its expansion for t < 0 may be another one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli.witnesses.proof.germs.constants import whole
from derivcli.witnesses.proof.germs.exact import rational
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError, binomial
from derivcli.witnesses.proof.germs.powers import power as power_of_germ
from derivcli.witnesses.proof.germs.series import NOTHING, UNITY, Germ, ShortError, constant, scaled
from derivcli.witnesses.proof.numbers import ONE, ZERO, need

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from derivcli.witnesses.proof.germs.constants import Coefficient, Power

_MOST_POWERS = 40  # of what is added to a constant: only tiny powers of t would need more
_WRITTEN_OUT = 4  # the highest power that is multiplied out, without leaving anything out

Parts = tuple[tuple["Power", Germ], ...]


@dataclass(frozen=True, slots=True)
class Jet:
    """Powers of t, the lowest first, with germs that are not 0 by algebra; o(t^order) is left out, or nothing.

    `bend` is the first power whose coefficient may be another one for t < 0; those of whole powers below it are equal,
    and there are no others.
    """

    parts: Parts = ()
    order: Power | float = math.inf
    bend: Power | float = math.inf

    @property
    def lead(self) -> Power | float:
        """The power of t that bounds the jet."""
        return self.parts[0][0] if self.parts else self.order

    @property
    def least(self) -> Power | float:
        """The power of t that bounds it on both sides of t = 0."""
        return min(self.lead, self.bend)

    @property
    def turn(self) -> Power | float:
        """The power from which on what its sign decides may be otherwise for t < 0."""
        return self.lead if self.lead != 0 else math.inf

    @property
    def is_still(self) -> bool:
        """Whether t does not move it."""
        return self.order == self.bend == math.inf and all(at == 0 for at, _germ in self.parts)

    def at(self, power: Power) -> Germ:
        """Return the coefficient of a power of t; raises `ShortError` where it is left out."""
        if self.order < power:
            raise ShortError
        return dict(self.parts).get(power, NOTHING)

    @property
    def here(self) -> Germ:
        """What it tends to with t; raises `UnprovedError` where it grows."""
        need(self.lead >= 0)
        return self.at(0)

    @property
    def rise(self) -> Jet:
        """What it differs from that by."""
        return replace(self, parts=tuple(part for part in self.parts if part[0] > 0))

    @property
    def is_sided(self) -> bool:
        """Whether its sign may be another one for t < 0."""
        return self != Jet() and not (self.lead == 0 and self.bend > 0)

    def bent(self, at: Power | float) -> Jet:
        """Return the same, where from a power on it may be otherwise for t < 0."""
        return replace(self, bend=min(self.bend, at))


def still(germ: Germ) -> Jet:
    """Return the jet of what t does not move."""
    return Jet(((0, germ),)) if germ.scale is not None else Jet()


@dataclass(slots=True)
class Crossing:
    """How many powers of t are kept; and what has turned up on the way.

    That is waves of t which have been left out, so that no slopes follow (wild), and roots that may have no real values
    for t < 0 (halved).
    """

    work: Expanding
    most: int
    is_wild: bool = False
    is_halved: bool = False

    def add(self, *jets: Jet) -> Jet:
        """Return a sum."""
        terms: dict[Power, Germ] = {}
        for jet in jets:
            for at, germ in jet.parts:
                terms[at] = self.work.add(terms[at], germ) if at in terms else germ
        return self._made(terms, min(jet.order for jet in jets), min(jet.bend for jet in jets))

    def multiply(self, *jets: Jet) -> Jet:
        """Return a product."""
        product = jets[0]
        for jet in jets[1:]:
            product = self._product(product, jet)
        return product

    def _product(self, left: Jet, right: Jet) -> Jet:
        terms: dict[Power, Germ] = {}
        for a, x in left.parts:
            for b, y in right.parts:
                term = self.work.multiply(x, y)
                terms[a + b] = self.work.add(terms[a + b], term) if a + b in terms else term
        if Jet() in (left, right):
            return Jet()
        order = min(left.order + right.lead, left.lead + right.order)
        bends = [one.bend + other.least for one, other in ((left, right), (right, left)) if one.bend < math.inf]
        return self._made(terms, order, min(bends, default=math.inf))

    def _made(self, terms: dict[Power, Germ], order: Power | float, bend: Power | float) -> Jet:
        kept = sorted((at, germ) for at, germ in terms.items() if germ.scale is not None and at <= order)
        if kept and kept[-1][0] > self.most:
            kept, order = [part for part in kept if part[0] <= self.most], min(order, self.most)
        return Jet(tuple(kept), order, bend)

    def scaled(self, jet: Jet, c: Coefficient) -> Jet:
        """Return a jet times a constant that is not 0."""
        return replace(jet, parts=tuple((at, scaled(germ, c)) for at, germ in jet.parts))

    def negative(self, jet: Jet) -> Jet:
        """Return the jet with the other sign."""
        return self.scaled(jet, -ONE)

    def minus(self, left: Jet, right: Jet) -> Jet:
        """Return a difference."""
        return self.add(left, self.negative(right))

    def divide(self, above: Jet, below: Jet) -> Jet:
        """Return a quotient."""
        return self.multiply(above, self.power(below, -1))

    def sign(self, jet: Jet) -> int:
        """Return the sign for all small t > 0; raises `UnprovedError` where it is open."""
        if not jet.parts:
            if jet.order < math.inf:
                raise ShortError
            return 0
        return jet.parts[0][1].sign()

    def plug(self, coefficient: Callable[[int], Germ], rise: Jet) -> Jet:
        """Return F(c + rise) from the Taylor coefficients of F at c, which are germs in s; `rise` tends to 0."""
        need(rise.lead > 0)
        total, power = still(coefficient(0)), still(UNITY)
        for k in range(1, _MOST_POWERS):
            power = self.multiply(power, rise)
            if not power.parts:
                return self.add(total, power)
            total = self.add(total, self.multiply(still(coefficient(k)), power))
        raise ShortError

    def power(self, jet: Jet, q: Power) -> Jet:
        """Return a power by a rational constant: of negative numbers only a whole one."""
        if isinstance(q, int) and 0 < q <= _WRITTEN_OUT:
            return self.multiply(*[jet] * q)
        if jet.is_still:
            return still(power_of_germ(self.work, jet.here, q))
        if not jet.parts:
            raise ShortError
        lead, first = jet.parts[0]
        if not isinstance(q, int):
            self.is_halved |= lead != 0
            if first.sign() < 0:
                raise NoSideError
        parts = tuple((at - lead, self.work.divide(germ, first)) for at, germ in jet.parts[1:])
        is_led = jet.bend > lead  # on the other side too
        bend = jet.bend - lead if is_led else math.inf
        grown = self.plug(lambda k: constant(binomial(q, k)), Jet(parts, jet.order - lead, bend))
        front = Jet(((_plain(lead * q), power_of_germ(self.work, first, q)),))
        found = self.multiply(front, grown)
        if not is_led:
            return found.bent(jet.bend * q if q > 0 else -math.inf)
        return found if isinstance(q, int) or lead == 0 else found.bent(found.lead)

    def integral(self, slope: Jet, inner: Jet) -> Jet:
        """Return the integral over t, from 0 on, of a jet times the slope of another by t."""
        slopes = tuple((_plain(at - 1), scaled(germ, rational(at))) for at, germ in inner.parts if at)
        rises = Jet(slopes, inner.order - 1, inner.bend - 1)
        found = self.multiply(slope, rises)
        need(found.lead > -1)
        parts = tuple((_plain(at + 1), scaled(germ, 1 / rational(at + 1))) for at, germ in found.parts)
        return Jet(parts, found.order + 1, found.bend + 1)

    def absolute(self, jet: Jet) -> Jet:
        """Return the absolute value; of what is left out alone that is left out too."""
        return (self.negative(jet) if jet.parts and self.sign(jet) < 0 else jet).bent(jet.turn)

    def better(self, way: int, jets: Sequence[Jet]) -> Jet:
        """Return the largest (way 1), or the smallest one (way -1)."""
        best = jets[0]
        for other in jets[1:]:
            rise = self.minus(other, best)
            bend = min(rise.bend, rise.turn)
            best = (other if self.sign(rise) == way else best).bent(bend)
        return best

    def floor(self, jet: Jet, floor_of_germ: Callable[[Expanding, Germ], Germ]) -> Jet:
        """Return the floor: of a whole number and a rise by the sign of that."""
        here, rise = jet.here, jet.rise
        c = here.constant
        number = None if c is None else whole(c)
        if number is None:
            return still(floor_of_germ(self.work, here)).bent(math.inf if jet.bend > 0 else 0)
        found = still(constant(ZERO + (number - 1 if self.sign(rise) < 0 else number)))
        return found if rise == Jet() else found.bent(0)


def _plain(q: Power | Fraction) -> Power:
    return int(q) if q.denominator == 1 else q
