"""Germs: sparse expansions of functions of s > 0 as s tends to 0, in scales, with what is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs.constants import Coefficient, number, sign
from derivcli.witnesses.proof.germs.exact import quotient
from derivcli.witnesses.proof.germs.rests import Rest
from derivcli.witnesses.proof.germs.scales import UNIT, Scale, are_open, is_beyond, raised, times
from derivcli.witnesses.proof.numbers import ONE, ZERO, BlurredError, UnprovedError, ball, need
from derivcli.witnesses.proof.numbers import sign as sign_of_ball

if TYPE_CHECKING:
    from collections.abc import Callable


class ShortError(UnprovedError):
    """Nothing is proved yet: more terms may decide."""


@dataclass(frozen=True, slots=True)
class Germ:
    """Terms, the largest first, whose coefficients are not 0 by algebra, and what they leave out: None for nothing."""

    terms: tuple[tuple[Scale, Coefficient], ...] = ()
    rest: Rest | None = None

    @property
    def scale(self) -> Scale | None:
        """A scale that bounds the germ: that of its first term, or of its rest; None for 0."""
        if self.terms:
            return self.terms[0][0]
        return self.rest.scale if self.rest else None

    @property
    def leading(self) -> arb | None:
        """A ball around the limit points of the germ over its scale, if it has one; None where nothing is known."""
        if self.terms:
            first: arb = ball(number(self.terms[0][1]))
            return first
        return self.rest.ball if self.rest else None

    @property
    def size(self) -> arb:
        """The same ball; raises `ShortError` where nothing is known."""
        found = self.leading
        if found is None:
            raise ShortError
        return found

    @property
    def constant(self) -> Coefficient | None:
        """The number that a constant germ is; None for another one."""
        if self.rest is not None or len(self.terms) > 1:
            return None
        if not self.terms:
            return ZERO
        return self.terms[0][1] if self.terms[0][0] == UNIT else None

    @property
    def vanishes(self) -> bool:
        """Whether it tends to 0 for sure, without being 0."""
        return self.scale is not None and self.scale > UNIT

    @property
    def grows(self) -> bool:
        """Whether it may grow without bound: it is larger than any number where its first coefficient is not 0."""
        return self.scale is not None and self.scale < UNIT

    def sign(self) -> int:
        """Return the sign for all small s; raises `UnprovedError` where it is open."""
        if self.terms:
            found = sign(self.terms[0][1])
            need(found != 0)
            return found
        if self.rest is None:
            return 0
        if self.rest.ball is None:
            raise ShortError
        found = sign_of_ball(self.rest.ball)
        if not found:
            raise BlurredError
        return found


def made(terms: dict[Scale, Coefficient], rest: Rest | None, most: int) -> Germ:
    """Return a germ with at most so many terms, without those that are 0 or below the rest."""
    kept = sorted((scale, c) for scale, c in terms.items() if not (isinstance(c, fmpq) and c == 0))
    if rest is not None:
        same = terms.get(rest.scale)
        if same is not None:
            rest = rest.shifted(ball(number(same)), same if isinstance(same, fmpq) else None)
        still = rest.turning.constant if rest.turning is not None and rest.is_exact else None
        if still is not None:  # what turned is a number
            return made({**terms, rest.scale: still}, None, most)
        if rest.is_exact and kept and kept[-1][0] > rest.scale:
            rest = replace(rest, is_exact=False)  # what is below it is left out
        for scale, c in kept:
            if are_open(rest.scale, scale):
                rest = rest.plus(Rest(scale, ball(number(c))))
        kept = [term for term in kept if term[0] < rest.scale and not are_open(rest.scale, term[0])]
    if len(kept) > most:
        rest, kept = Rest(kept[most][0]), kept[:most]
    return Germ(tuple(kept), rest)


def constant(c: Coefficient) -> Germ:
    """Return the germ of a constant."""
    return made({UNIT: c}, None, 1)


NOTHING, UNITY = Germ(), constant(ONE)


def alike(germ: Germ) -> Germ:
    """Return what is known of a function whose quotient by a germ tends to 1."""
    assert germ.scale is not None  # noqa: S101 - it is no constant
    return Germ((), Rest(germ.scale, germ.size))


def add(left: Germ, right: Germ, most: int) -> Germ:
    """Return the sum."""
    terms = dict(left.terms)
    for scale, c in right.terms:
        terms[scale] = terms[scale] + c if scale in terms else c
    rests = [germ.rest for germ in (left, right) if germ.rest is not None]
    return made(terms, rests[0].plus(rests[1]) if len(rests) == 2 else rests[0] if rests else None, most)


def scaled(germ: Germ, c: Coefficient, scale: Scale = UNIT) -> Germ:
    """Return a germ times a constant, times a scale."""
    if isinstance(c, fmpq) and c == 0:
        return NOTHING
    terms = tuple((times(at, scale), x * c) for at, x in germ.terms)
    is_limit = germ.rest is not None and germ.rest.wave is not None and _is_not_zero(c)
    rational = c if isinstance(c, fmpq) else None
    rest = germ.rest and germ.rest.scaled(scale, ball(number(c)), is_limit=is_limit, limit=rational)
    return Germ(terms, rest)


def negative(germ: Germ) -> Germ:
    """Return the germ with the other sign."""
    return scaled(germ, -ONE)


def multiply(left: Germ, right: Germ, most: int) -> Germ:
    """Return the product; of each rest with the other germ only the largest part is kept."""
    terms: dict[Scale, Coefficient] = {}
    for a, x in left.terms:
        for b, y in right.terms:
            scale = times(a, b)
            terms[scale] = terms[scale] + x * y if scale in terms else x * y
    rests = []
    for one, other, is_first in ((left, right, True), (right, left, False)):
        if one.rest is not None and other.scale is not None and (other.terms or is_first):
            rests.append(_rest_times(one.rest, other))
    rest = rests[0] if rests else None
    for more in rests[1:]:
        rest = rest and rest.plus(more)
    return made(terms, rest, most)


def _rest_times(rest: Rest, other: Germ) -> Rest:
    """Return a rest times a germ: exactly where that is one term, or turns too; else by its largest part."""
    assert other.scale is not None  # noqa: S101 - of 0 nothing is asked
    both = rest.times(other.rest) if other.rest is not None and not other.terms else None
    if both is not None:
        return both
    first = other.terms[0][1] if other.terms else None
    is_whole = len(other.terms) == 1 and other.rest is None
    return (rest if is_whole else replace(rest, is_exact=False)).scaled(
        other.scale, other.leading, is_limit=_is_limit(other), limit=first if isinstance(first, fmpq) else None
    )


def _is_limit(germ: Germ) -> bool:
    """Tell whether a germ over its scale has a limit that is not 0 for sure."""
    return bool(germ.terms) and _is_not_zero(germ.terms[0][1])


def _is_not_zero(c: Coefficient) -> bool:
    try:
        return sign(c) != 0
    except UnprovedError:
        return False


def plug(coefficient: Callable[[int], Coefficient], small: Germ, most: int) -> Germ:
    """Return f(c + small) from the Taylor coefficients of f at c, where f is analytic and `small` tends to 0.

    By Taylor's theorem what is left out after n terms is bounded by a multiple of small^n.
    """
    total, power = constant(coefficient(0)), UNITY
    if small.scale is None:
        return total
    need(small.scale > UNIT)
    for k in range(1, most + 1):
        power = multiply(power, small, most)
        if power.scale is None:
            return total
        if total.rest is not None and (power.scale > total.rest.scale or is_beyond(power.scale)):
            return total  # all that follows is below what is left out
        if k == most or (total.rest is not None and power.scale == total.rest.scale):
            break
        total = add(total, scaled(power, coefficient(k)), most)
    assert power.scale is not None  # noqa: S101 - of 0 nothing is left out
    return add(total, Germ((), Rest(power.scale)), most)


def split(germ: Germ) -> tuple[Germ, Coefficient, Germ]:
    """Return the part that grows without bound, the constant term, and the part that tends to 0.

    Raises `UnprovedError` where what is left out does not tend to 0.
    """
    if germ.rest is not None and germ.rest.scale <= UNIT:
        raise ShortError
    large = tuple(term for term in germ.terms if term[0] < UNIT)
    small = tuple(term for term in germ.terms if term[0] > UNIT)
    middle = germ.terms[len(large)][1] if len(large) + len(small) < len(germ.terms) else ZERO
    return Germ(large), middle, Germ(small, germ.rest)


def relative(germ: Germ) -> tuple[Scale, Coefficient, Germ]:
    """Return scale, c and a small germ e with germ = scale*c*(1 + e).

    Raises `UnprovedError` where c may be 0.
    """
    if not germ.terms:
        raise ShortError
    scale, c = germ.terms[0]
    sign(c)
    need(not is_beyond(scale))
    rest = Germ(germ.terms[1:], germ.rest)
    return scale, c, over(rest, c, scale)


def over(germ: Germ, c: Coefficient, scale: Scale) -> Germ:
    """Return a germ over a constant that is not 0 for sure, and a scale."""
    below = raised(scale, -1)
    terms = tuple((times(at, below), quotient(x, c)) for at, x in germ.terms)
    rest = germ.rest and germ.rest.scaled(below, 1 / ball(number(c)), is_limit=True)
    return Germ(terms, rest)
