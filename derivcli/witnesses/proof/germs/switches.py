"""Functions with a switch: the sign next to the point decides; where it is open, what lies between both branches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs import constants
from derivcli.witnesses.proof.germs.analytic import is_wave
from derivcli.witnesses.proof.germs.angles import atan
from derivcli.witnesses.proof.germs.constants import PI, number, whole
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.rests import Rest, Wave
from derivcli.witnesses.proof.germs.scales import UNIT
from derivcli.witnesses.proof.germs.series import UNITY, Germ, constant, negative, scaled, split
from derivcli.witnesses.proof.numbers import HALF, BlurredError, UnprovedError, ball
from derivcli.witnesses.proof.numbers import floor as floor_of_number

if TYPE_CHECKING:
    from collections.abc import Callable


def _between(germ: Germ, ends: Callable[[arb], arb]) -> Germ:
    """Return what is bounded by a germ of any sign: of its first coefficient the function `ends`."""
    assert germ.scale is not None  # noqa: S101 - the sign of 0 is known
    leading = germ.leading
    wave = germ.rest.wave if germ.rest is not None and not germ.terms else None
    return Germ((), Rest(germ.scale, leading, wave).image(ends, germ.scale))


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


_LIMITS = {1: arb.max, -1: arb.min}


def _better(work: Expanding, best: Germ, other: Germ, way: int) -> Germ:
    rise = work.minus(other, best)
    try:
        return other if rise.sign() == way else best
    except UnprovedError:
        limit = _LIMITS[way]
        for fixed, moving in ((best, other), (other, best)):
            c = fixed.constant
            if c is not None and moving.rest is not None and is_wave(moving):
                return Germ((), moving.rest.image(partial(limit, ball(number(c))), UNIT))
        return work.add(best, _between(rise, lambda x: limit(x, arb(0))))


def either(work: Expanding, one: Germ, other: Germ) -> Germ:
    """Return what may be one germ or another."""
    rise = work.minus(other, one)
    if rise.scale is None:
        return one
    leading = rise.leading
    return work.add(one, Germ((), Rest(rise.scale, None if leading is None else leading.union(arb(0)))))


def sign(work: Expanding, x: Germ) -> Germ:
    """Return the sign; of a wave through 0 both."""
    if not x.terms and x.rest is not None and x.rest.wave is not None and x.rest.wave.changes_sign:
        return _steps(work, arb(0, 1), Wave(arb(-1), arb(1), is_filled=False))
    return constant(fmpq(x.sign()))


def heaviside(work: Expanding, x: Germ) -> Germ:
    """Return 0 left of 0, 1 right of it, and a half between."""
    return scaled(work.add(UNITY, sign(work, x)), HALF)


def _steps(work: Expanding, ball: arb, wave: Wave) -> Germ:
    """Return what jumps again and again between two numbers, and what else is in a ball."""
    work.is_rough = work.is_wild = True
    return Germ((), Rest(UNIT, ball, wave))


def floor(work: Expanding, x: Germ) -> Germ:
    """Return the floor; of what grows without bound that it is at most 1 below x."""
    if x.grows:
        work.is_rough = work.is_wild = True
        return work.add(x, Germ((), Rest(UNIT, arb(-0.5, 0.5))))
    if x.rest is not None and x.rest.scale == UNIT:
        return _floor_of_wave(work, x.size, x.rest.wave)
    _large, c, small = split(x)
    found = whole(c)
    if found is None:
        return constant(fmpq(constants.floor(c)))
    return constant(fmpq(found - 1 if small.sign() < 0 else found))


def _floor_of_wave(work: Expanding, ball: arb, wave: Wave | None) -> Germ:
    """Return the floor of what stays in a ball; a wave through an integer is below and above it again and again."""
    if wave is None or not wave.is_filled or not ball.contains_integer():
        return constant(floor_of_number(ball))
    nearest = ((wave.low + wave.high) / 2 + HALF).floor().unique_fmpz()
    if nearest is None or not wave.low < nearest < wave.high:
        raise BlurredError
    return _steps(work, ball - arb(0.5, 0.5), Wave(arb(nearest - 1), arb(nearest), is_filled=False))


def rounded(work: Expanding, x: Germ) -> Germ:
    """Return the nearest integer; a half goes to the even one."""
    here = x.constant
    if here is not None:
        twice = whole(here * fmpq(2))
        if twice is not None and twice % 2:
            return constant(fmpq(2 * ((twice + 1) // 4)))
    return floor(work, work.add(x, constant(HALF)))


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
