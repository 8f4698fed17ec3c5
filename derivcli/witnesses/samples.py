"""Samples at steps that shrink -> what is seen of a limit, or of a slope, from one side and from both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mpmath import mp, mpf

from derivcli.witnesses import balls, evidence
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from derivcli.witnesses.extrapolation import analytic_limit, limit
from derivcli.witnesses.precise import compute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from derivcli.witnesses.balls import Ball

_NEARLY = 1e-12
_SAME_DIGITS = 30
_NOTHING_BITS = 1080  # a slope below 1e-325 is 0
_COMPARED_BITS = 400


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


def same_outcome(pair: Sided) -> bool:
    """Tell whether two ways to the same side come to the same."""
    if _two_numbers(pair):
        return one_slope(pair)
    return pair.left.outcome is pair.right.outcome and pair.left.sign == pair.right.sign


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
