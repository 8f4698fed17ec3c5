"""Powers of germs, and what one evaluation is done with.

c*scale*(1 + e) to a power is the power of each, by the binomial series of (1 + e). Rules raise `NoSideError` where a
domain is left on the whole side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import acb, arb, fmpq

from derivcli.witnesses.proof.germs import exact
from derivcli.witnesses.proof.germs.exact import fraction, rational
from derivcli.witnesses.proof.germs.scales import raised
from derivcli.witnesses.proof.germs.series import (
    NOTHING,
    UNITY,
    Germ,
    add,
    multiply,
    negative,
    over,
    plug,
    relative,
    scaled,
)
from derivcli.witnesses.proof.numbers import ONE, UnprovedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.germs.constants import Coefficient, Power

_WHOLE_POWER = 8  # up to which a germ whose first coefficient may be 0 is multiplied out


class NoSideError(UnprovedError):
    """There is no real value at all: it is proved that a domain is left."""


@dataclass(slots=True)
class Expanding:
    """How many terms are kept, and until when on the clock; and whether something turned up on the way.

    That is what need not have a limit (wild), or is not continuous (rough).
    """

    most: int
    until: float = math.inf
    is_wild: bool = False
    is_rough: bool = False

    def add(self, *germs: Germ) -> Germ:
        """Return a sum."""
        total = germs[0]
        for germ in germs[1:]:
            total = add(total, germ, self.most)
        return total

    def multiply(self, *germs: Germ) -> Germ:
        """Return a product."""
        product = germs[0]
        for germ in germs[1:]:
            product = multiply(product, germ, self.most)
        return product

    def minus(self, left: Germ, right: Germ) -> Germ:
        """Return a difference."""
        return self.add(left, negative(right))

    def divide(self, above: Germ, below: Germ) -> Germ:
        """Return a quotient."""
        if not below.terms:
            return self.multiply(above, inverse(self, below))
        scale, c, small = relative(below)
        found = over(above, c, scale)
        return found if small == NOTHING else self.multiply(found, self.plug(lambda k: fmpq((-1) ** k), small))

    def plug(self, coefficient: Callable[[int], Coefficient], small: Germ) -> Germ:
        """Return a function that is analytic at a constant, from its Taylor coefficients there."""
        return plug(coefficient, small, self.most)


def binomial(q: Power, k: int) -> fmpq:
    """Return the binomial coefficient of a rational over k."""
    found = ONE
    for j in range(k):
        found = found * (rational(q) - j) / (j + 1)
    return found


def inverse(work: Expanding, x: Germ) -> Germ:
    """Return 1/x; of 0 there is none."""
    if x.scale is None:
        raise NoSideError
    if x.terms:
        return power(work, x, -1)
    return _power_of_rest(x, -1)


def power(work: Expanding, x: Germ, q: Power) -> Germ:
    """Return x^q for a rational constant q: of negative x only for a whole one."""
    if q in (0, 1):
        return x if q else UNITY
    if x.scale is None:
        if q < 0:
            raise NoSideError
        return NOTHING
    if isinstance(q, int) and q > 1 and x.rest is not None and x.rest.wave is not None and not x.terms:
        if x.rest.turning is not None and q <= _WHOLE_POWER:
            return multiply(power(work, x, q - 1), x, work.most)
        return Germ((), x.rest.image(lambda c: _whole_power(c, q), raised(x.rest.scale, q)))
    if isinstance(q, int) and 1 < q <= _WHOLE_POWER and not _is_led(x):
        return multiply(power(work, x, q - 1), x, work.most)
    if not isinstance(q, int) and x.sign() < 0:
        raise NoSideError
    if not x.terms:
        return _power_of_rest(x, q)
    scale, c, small = relative(x)
    grown = work.plug(lambda k: binomial(q, k), small)
    return scaled(grown, exact.power(c, q), raised(scale, q))


def _whole_power(c: arb, q: int) -> arb:
    """Return a power of a ball that may hold 0, where FLINT's real one is no number."""
    found: arb = (acb(c if q % 2 else abs(c)) ** q).real
    return found


def _is_led(x: Germ) -> bool:
    try:
        relative(x)
    except UnprovedError:
        return False
    return True


def _power_of_rest(x: Germ, q: Power) -> Germ:
    """Return a power of what is only known to lie in a ball, of one sign, over its scale."""
    assert x.rest is not None  # noqa: S101 - it has a scale, and no terms
    way = x.sign() if isinstance(q, int) and q % 2 else x.sign() ** 2
    return Germ((), x.rest.image(lambda c: abs(c) ** rational(q) * way, raised(x.rest.scale, q)))


def root(work: Expanding, x: Germ, n: Germ) -> Germ:
    """Return the real n-th root; that of a negative number is of an odd degree."""
    degree = n.constant
    if not isinstance(degree, fmpq) or degree == 0:
        raise UnprovedError
    if x.sign() >= 0:
        return power(work, x, fraction(1 / degree))
    if degree.q == 1 and degree.p % 2:
        return negative(power(work, negative(x), fraction(1 / degree)))
    raise NoSideError  # though the power may be whole: 1/degree of 1/2 is 2
