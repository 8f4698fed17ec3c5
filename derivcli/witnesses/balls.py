"""Real numbers known to within an error: a midpoint at the current precision `mp.prec`, and a bound on its error.

A decision (which of two numbers is larger, is this one an integer, does it lie in a domain) is made only where the
errors cannot change it. Where they can, the result is `BLURRED`, and the caller tries again with more digits. Only at
its last try, `last_resort`, two numbers that cannot be told apart are taken to be equal. Where the result jumps if that
is wrong, it is `assumed`, and not to be trusted.
"""

from __future__ import annotations

from contextlib import contextmanager
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ULPS = 8  # what mpmath's functions may be off by


class Unknown(Enum):
    """Why there is no number: it needs more digits, or it is too large for any."""

    BLURRED = "blurred"
    BEYOND = "beyond reach"


BLURRED, BEYOND = Unknown.BLURRED, Unknown.BEYOND
_last_resort = False
_assumed = False


class Ball:
    """The real numbers within `error` of `middle`."""

    __slots__ = ("error", "middle")

    def __init__(self, middle: Any, error: Any) -> None:
        self.middle = middle
        self.error = error

    @property
    def holds_zero(self) -> bool:
        """True where 0 is one of the numbers it may be."""
        return bool(abs(self.middle) <= self.error)


@contextmanager
def last_resort() -> Iterator[None]:
    """Take what cannot be told apart to be equal."""
    global _last_resort, _assumed
    _last_resort, _assumed = True, False
    try:
        yield
    finally:
        _last_resort = False


def taken_as_equal() -> bool:
    """Tell whether two numbers that cannot be told apart are to be taken as equal."""
    return _last_resort


def assumed() -> bool:
    """Tell whether the last resort has decided between values that differ."""
    return _assumed


def _assume() -> None:
    global _assumed
    _assumed = True


def ball(value: Any) -> Ball:
    """Return a rational as a ball; a ball as it is."""
    if isinstance(value, Ball):
        return value
    if value.denominator == 1 and value.numerator.bit_length() <= mp.prec:
        return Ball(mpf(value.numerator), mpf(0))
    middle = mpf(value.numerator) / value.denominator
    return Ball(middle, rounding(middle))


def rounding(middle: Any) -> Any:
    """Return a bound on the error that one operation adds."""
    return mp.ldexp(abs(middle), 1 - mp.prec)


def sign(value: Any) -> int | Unknown:
    """Return -1, 0 or 1, for a function that jumps at 0."""
    found = leaning(value)
    if found == 0 and isinstance(value, Ball) and value.error:
        _assume()
    return found


def leaning(value: Any) -> int | Unknown:
    """Return -1, 0 or 1, for a function that does not jump at 0."""
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    if not value.holds_zero or not value.error:
        return int(mp.sign(value.middle))
    return 0 if _last_resort else BLURRED


def compare(a: Ball, b: Ball) -> int | Unknown:
    """Return -1, 0 or 1 as a is smaller than, equal to or larger than b."""
    if not (mp.isfinite(a.middle) and mp.isfinite(b.middle)):
        return int(a.middle > b.middle) - int(a.middle < b.middle)
    difference = Ball(a.middle - b.middle, a.error + b.error)
    twins = bool(a.error) and a.error == b.error and a.middle == b.middle  # the same computation: pi and pi
    return leaning(difference) if twins else sign(difference)


def whole(value: Any, function: Callable[[Any], Any]) -> Any:
    """Return floor, ceil or round of a number, as `function` gives it for a midpoint."""
    if not mp.isfinite(value.middle) or (not value.error and mp.mag(value.middle) > mp.prec):
        return value
    low, high = (function(value.middle + s * value.error) for s in (-1, 1))
    if low == high:
        return Fraction(int(low))
    found = nearest_integer(value)
    if found is None or not _last_resort:
        return BLURRED
    _assume()
    return Fraction(int(function(mpf(found))))


def nearest_integer(value: Ball) -> int | None:
    """Return the integer that a number may be, or None if it is none for sure."""
    nearest = mp.nint(value.middle)
    return int(nearest) if abs(value.middle - nearest) <= value.error else None


def add(*terms: Ball) -> Ball:
    """Return the sum."""
    middle = mp.fsum(term.middle for term in terms)
    return Ball(middle, mp.fsum(term.error for term in terms) + rounding(middle))


def negate(x: Ball) -> Ball:
    """Return -x."""
    return Ball(-x.middle, x.error)


def multiply(*factors: Ball) -> Ball:
    """Return the product."""
    product = factors[0]
    for factor in factors[1:]:
        middle = product.middle * factor.middle
        error = abs(product.middle) * factor.error + (abs(factor.middle) + factor.error) * product.error
        product = Ball(middle, error + rounding(middle))
    return product


def divide(x: Ball, y: Ball) -> Any:
    """Return x/y, None where y is 0."""
    if y.holds_zero:
        return None if not y.error or _last_resort else BLURRED
    middle = x.middle / y.middle
    error = (x.error + abs(middle) * y.error) / (abs(y.middle) - y.error)
    return Ball(middle, error + rounding(middle))


def largest(*args: Any) -> Any:
    """Return the maximum of rationals and balls: one of them as it is, if it is the largest for sure."""
    found = [ball(arg) for arg in args]
    floor = max(arg.middle - arg.error for arg in found)
    candidates = [i for i, arg in enumerate(found) if arg.middle + arg.error >= floor]
    if len(candidates) == 1:
        return args[candidates[0]]
    return Ball(max(found[i].middle for i in candidates), max(found[i].error for i in candidates))


def smallest(*args: Any) -> Any:
    """Return the minimum of rationals and balls."""
    found = largest(*(negate(arg) if isinstance(arg, Ball) else -arg for arg in args))
    return negate(found) if isinstance(found, Ball) else -found


def image(function: Callable[..., Any], args: Sequence[Ball]) -> Any:
    """Return a smooth function of balls, None outside its domain; `function` takes and gives midpoints.

    The error is what moving each argument by its own error changes.
    """
    middles = [arg.middle for arg in args]
    middle = function(*middles)
    moved = [
        function(*middles[:i], arg.middle + s * max(arg.error, rounding(arg.middle)), *middles[i + 1 :])
        for i, arg in enumerate(args)
        if arg.error
        for s in (-1, 1)
    ]
    inside = [value is not None for value in (middle, *moved)]
    if not any(inside):
        return None
    if not all(inside):
        return _at_the_edge(function, args) if _last_resort else BLURRED
    return Ball(middle, mp.fsum(abs(value - middle) for value in moved) + _ULPS * rounding(middle))


def along(middle: Any, slope: Any, x: Ball, bend: Any = 1) -> Ball:
    """Return a function of a ball by its value and its slope at the midpoint; `bend` is how fast the slope may change.

    The error is what moving the argument by its own error to both sides changes, as in `image`.
    """
    reach = max(x.error, rounding(x.middle))
    return Ball(middle, 2 * reach * (slope + bend * reach) + _ULPS * rounding(middle))


def _at_the_edge(function: Callable[..., Any], args: Sequence[Ball]) -> Any:
    """Return the value where the arguments lie on the edge of the domain: all edges are integers."""
    snapped = [nearest_integer(arg) for arg in args]
    middle = function(*(arg.middle if n is None else mpf(n) for n, arg in zip(snapped, args, strict=True)))
    return None if middle is None else Ball(middle, rounding(middle))
