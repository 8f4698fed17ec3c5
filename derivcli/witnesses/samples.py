"""Samples at steps that shrink -> what is seen of a limit, or of a slope, from one side and from both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp, mpf

from derivcli.witnesses import balls, evidence
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from derivcli.witnesses.extrapolation import analytic_limit, limit
from derivcli.witnesses.precise import compute, number_reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from derivcli.witnesses.balls import Ball

_NEARLY = 1e-12
_SAME_DIGITS = 30
_NOTHING_BITS = 1080  # a slope below 1e-325 is 0
_COMPARED_BITS = 400
_INNER_BITS = 20  # to which two approximations of an inner derivative must match
_STAYS = 0.75  # what does not shrink below that does not tend to 0


class Samples(NamedTuple):
    """A number at the point and at the steps on one side; None where it is undefined."""

    centre: Any
    values: list[Any]
    steps: Sequence[Fraction]


def slope_of(samples: Samples, sign: int) -> Reading | None:
    """Return the limit of the difference quotients, None if they are not sharp enough."""
    if samples.values[-1] is None:
        return _undefined(samples.values)
    start = _first_defined(samples.values)
    steps = samples.steps[start:]
    rises = [compute("add", [value, compute("neg", [samples.centre])]) for value in samples.values[start:]]
    quotients = [balls.ball(compute("div", [rise, h * sign])) for rise, h in zip(rises, steps, strict=True)]
    found = _limit_of_balls(quotients)
    if found is None or found.outcome not in (Outcome.INFINITE, Outcome.UNDECIDED):
        return found
    return _without_bound(rises, found)


def analytic_limit_of(samples: Samples) -> Reading | None:
    """Return the limit of values that belong to an analytic function, None if they are not sharp enough."""
    if any(value is None for value in samples.values):
        return evidence.UNDECIDED
    sequence = [balls.ball(value) for value in samples.values]
    if not _sharp(sequence[-1]):
        return None
    return analytic_limit([b.middle for b in sequence], [b.error for b in sequence])


def limit_of(samples: Samples) -> Reading | None:
    """Return the limit of the values, None if they are not sharp enough."""
    if samples.values[-1] is None:
        return _undefined(samples.values)
    return _limit_of_balls([balls.ball(value) for value in samples.values[_first_defined(samples.values) :]])


def _limit_of_balls(sequence: Sequence[Ball]) -> Reading | None:
    if not _sharp(sequence[-1]) and not balls.taken_as_equal():
        return None
    return limit([b.middle for b in sequence], [b.error for b in sequence])


def _sharp(value: Ball) -> bool:
    """Tell whether a number is known to 20 digits, or is 0 for all purposes."""
    if value.error <= abs(value.middle) * mpf(10) ** -20:
        return True
    return bool(mp.mag(abs(value.middle) + value.error) < -_NOTHING_BITS)


def _undefined(samples: list[Any]) -> Reading:
    """Read a side whose nearest sample is undefined: no real values there, unless some are."""
    nowhere = all(sample is None for sample in samples[-3:])
    return evidence.UNDEFINED if nowhere else evidence.UNDECIDED


def _first_defined(samples: list[Any]) -> int:
    return max((index + 1 for index, sample in enumerate(samples) if sample is None), default=0)


def _without_bound(rises: Sequence[Any], found: Reading) -> Reading:
    """Tell a slope that grows without bound from a jump: there f does not tend to its own value."""
    balls_of = [balls.ball(rise) for rise in rises]
    tends_to = limit([b.middle for b in balls_of], [b.error for b in balls_of])
    first, last = abs(balls_of[0].middle), abs(balls_of[-1].middle)
    if last <= first / 2:
        return found
    if tends_to.outcome is Outcome.UNDECIDED:
        return evidence.UNDECIDED
    to_zero = tends_to.outcome is Outcome.NUMBER and abs(mpf(tends_to.text)) <= last / 2
    return found if to_zero else Reading(Outcome.JUMPS, sign=found.sign)


def settled(samples: Samples) -> Reading | None:
    """Read two approximations of a derivative, the second by far smaller steps; None if they are not sharp enough."""
    coarse, fine = samples.values
    if fine is None:
        return evidence.UNDEFINED if coarse is None else evidence.UNDECIDED
    if coarse is None:
        return evidence.UNDECIDED
    a, b = balls.ball(coarse), balls.ball(fine)
    if not _sharp(b):
        return None
    first, second = abs(a.middle), abs(b.middle)
    if mp.mag(first + second) < -_NOTHING_BITS:
        return Reading(Outcome.NUMBER, "0", "1e-325")
    if abs(a.middle - b.middle) <= mp.ldexp(second, -_INNER_BITS):
        return number_reading(b.middle, abs(a.middle - b.middle))
    if second <= mp.ldexp(first, -_INNER_BITS):
        return Reading(Outcome.NUMBER, "0", mp.nstr(second, 5))
    return Reading(Outcome.INFINITE, sign=int(mp.sign(b.middle))) if second > first else evidence.UNDECIDED


def nearly_the_same(pair: Sided) -> bool:
    """Tell whether two approximations of a derivative, from both sides, are those of one number."""
    if not _two_numbers(pair):
        return False
    with mp.workprec(_COMPARED_BITS):
        left, right = mpf(pair.left.text), mpf(pair.right.text)
        error = mpf(pair.left.error) + mpf(pair.right.error)
        return bool(abs(left - right) <= error + mp.ldexp(max(abs(left), abs(right)), -_INNER_BITS))


def slope_of_slopes(samples: Samples, here: Reading, sign: int, *, may_jump: bool) -> Reading | None:
    """Return the limit of quotients of a derivative, whose values next to the point are the centre of the samples.

    `here` is that derivative at the point itself, to which it must tend.
    """
    found = limit_of(samples)
    if found is None or found.outcome in (Outcome.UNDEFINED, Outcome.UNDECIDED, Outcome.OSCILLATES):
        return found
    slopes = [balls.ball(slope).middle for slope in samples.centre if slope is not None]
    rises = [slope - mpf(here.text) for slope in slopes]
    nothing = mpf(here.error) + abs(mpf(here.text)) * mpf(10) ** -_SAME_DIGITS
    first, last = abs(rises[0]), abs(rises[-1])
    towards = sign * int(mp.sign(rises[-1]))
    if may_jump and last > nothing and 2 * first > last > first * _STAYS:
        return Reading(Outcome.JUMPS, sign=towards)
    return Reading(Outcome.INFINITE, sign=towards) if found.outcome is Outcome.INFINITE else found


def is_combination(sides: Sided, direction: Mapping[str, Fraction], slopes: Mapping[str, Sided]) -> bool:
    """Tell whether the slope in a direction is what the partial derivatives make it."""
    if not one_slope(sides):
        return False
    with mp.workprec(_COMPARED_BITS):
        parts = [mpf(slopes[n].left.text) * pace.numerator / pace.denominator for n, pace in direction.items()]
        errors = [mpf(slopes[n].left.error) * abs(pace) for n, pace in direction.items()]
        error = mp.fsum(errors) + mpf(sides.left.error) + mp.fsum(map(abs, parts)) * mpf(10) ** -_SAME_DIGITS
        return bool(abs(mp.fsum(parts) - mpf(sides.left.text)) <= error)


def one_slope(sides: Sided) -> bool:
    """Tell whether both sides have the same slope, within their errors."""
    if not _two_numbers(sides):
        return False
    left, right = sides.left, sides.right
    with mp.workprec(_COMPARED_BITS):
        error = mpf(left.error) + mpf(right.error) + abs(mpf(left.text)) * mpf(10) ** -_SAME_DIGITS
        return bool(abs(mpf(left.text) - mpf(right.text)) <= error)


def nearly_one_slope(sides: Sided) -> bool:
    """Tell whether the two slopes differ by so little that smaller steps might bring them together."""
    if not _two_numbers(sides):
        return False
    with mp.workprec(_COMPARED_BITS):
        left, right = mpf(sides.left.text), mpf(sides.right.text)
        return bool(abs(left - right) <= _NEARLY * abs(left))


def _two_numbers(sides: Sided) -> bool:
    return sides.left.outcome is sides.right.outcome is Outcome.NUMBER
