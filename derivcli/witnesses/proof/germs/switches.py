"""Functions with a switch: the sign next to the point decides; where it is open, what lies between both branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs import constants
from derivcli.witnesses.proof.germs.angles import atan
from derivcli.witnesses.proof.germs.constants import PI, whole
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.series import UNIT, Germ, Rest, constant, negative, split
from derivcli.witnesses.proof.numbers import HALF, UnprovedError
from derivcli.witnesses.proof.numbers import floor as floor_of_number

if TYPE_CHECKING:
    from collections.abc import Callable


def _between(germ: Germ, ends: Callable[[arb], arb]) -> Germ:
    """Return what is bounded by a germ of any sign: of its first coefficient the function `ends`."""
    assert germ.scale is not None  # noqa: S101 - the sign of 0 is known
    leading = germ.leading
    return Germ((), Rest(germ.scale, None if leading is None else ends(leading)))


def absolute(_work: Expanding, x: Germ) -> Germ:
    """Return |x|."""
    try:
        return negative(x) if x.sign() < 0 else x
    except UnprovedError:
        return _between(x, abs)


def extreme(way: int) -> Callable[..., Germ]:
    """Return the rule of max (way 1) or min (way -1)."""

    def rule(work: Expanding, *germs: Germ) -> Germ:
        best = germs[0]
        for other in germs[1:]:
            best = _better(work, best, other, way)
        return best

    return rule


def _better(work: Expanding, best: Germ, other: Germ, way: int) -> Germ:
    rise = work.minus(other, best)
    try:
        return other if rise.sign() == way else best
    except UnprovedError:
        limit = arb.max if way > 0 else arb.min
        return work.add(best, _between(rise, lambda x: limit(x, arb(0))))


def either(work: Expanding, one: Germ, other: Germ) -> Germ:
    """Return what may be one germ or another."""
    rise = work.minus(other, one)
    return one if rise.scale is None else work.add(one, _between(rise, lambda x: x.union(arb(0))))


def sign(_work: Expanding, x: Germ) -> Germ:
    """Return the sign."""
    return constant(fmpq(x.sign()))


def heaviside(_work: Expanding, x: Germ) -> Germ:
    """Return 0 left of 0, 1 right of it, and a half between."""
    return constant(fmpq(1 + x.sign(), 2))


def floor(work: Expanding, x: Germ) -> Germ:
    """Return the floor; of what grows without bound that it is at most 1 below x."""
    if x.grows:
        work.is_rough = work.is_wild = True
        return work.add(x, Germ((), Rest(UNIT, arb(-0.5, 0.5))))
    if x.rest is not None and x.rest.scale == UNIT:
        return constant(floor_of_number(x.size))
    _large, c, small = split(x)
    found = whole(c)
    if found is None:
        return constant(fmpq(constants.floor(c)))
    return constant(fmpq(found - 1 if small.sign() < 0 else found))


def ceiling(work: Expanding, x: Germ) -> Germ:
    """Return the ceiling."""
    return negative(floor(work, negative(x)))


def rounded(work: Expanding, x: Germ) -> Germ:
    """Return the nearest integer; a half goes to the even one."""
    here = x.constant
    if here is not None:
        twice = whole(here * fmpq(2))
        if twice is not None and twice % 2:
            return constant(fmpq(2 * ((twice + 1) // 4)))
    return floor(work, work.add(x, constant(HALF)))


def floor_of_quotient(work: Expanding, x: Germ, y: Germ) -> Germ:
    """Return floor(x/y)."""
    return floor(work, work.divide(x, y))


def modulo(work: Expanding, x: Germ, y: Germ) -> Germ:
    """Return x - y*floor(x/y): where x/y grows without bound, something between 0 and y."""
    turns = work.divide(x, y)
    if not turns.grows:
        return work.minus(x, work.multiply(y, floor(work, turns)))
    work.is_rough = work.is_wild = True
    return work.multiply(y, Germ((), Rest(UNIT, arb(0.5, 0.5))))


def atan2(work: Expanding, y: Germ, x: Germ) -> Germ:
    """Return the angle of (x, y): on the right, above, below, and on the left edge."""
    right = x.sign()
    if right > 0:
        return atan(work, work.divide(y, x))
    above = y.sign()
    if above:
        return work.minus(constant(PI * fmpq(above, 2)), atan(work, work.divide(x, y)))
    if not right:
        raise NoSideError
    return constant(PI)
