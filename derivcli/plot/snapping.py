"""A small interval -> the simplest number in it, as a person would write it: 0, 1/2, pi/2, sqrt(2)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

_LARGEST_DENOMINATOR = 1_000
_LARGEST = 10**6  # of the numerators and whole numbers that count as simple
_FEW = 12


class Simple(NamedTuple):
    """A number and its text in the language of expressions."""

    value: float
    text: str
    is_exact: bool  # float64 has exactly this number


def simplest(low: float, high: float) -> Simple | None:
    """Return the simplest number between two floats, or None if none is simple."""
    wide = 2 * max(math.ulp(low), math.ulp(high))
    low, high = low - wide, high + wide
    plain = _fraction(low, high)
    if plain is not None and plain.denominator <= _LARGEST_DENOMINATOR and abs(plain.numerator) <= _LARGEST:
        value = float(plain)
        return Simple(value, str(plain), Fraction(value) == plain)
    return _of_pi(low, high) or _root(low, high)


def _fraction(low: float, high: float) -> Fraction | None:
    """Return the fraction with the smallest denominator in an interval."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -_between(Fraction(-high), Fraction(-low))
    return _between(Fraction(low), Fraction(high))


def _between(low: Fraction, high: Fraction) -> Fraction:
    """Return the simplest fraction between two positive ones, by their continued fractions."""
    whole: list[int] = []
    while low.numerator // low.denominator == high.numerator // high.denominator and low.denominator > 1:
        part = low.numerator // low.denominator
        whole.append(part)
        low, high = 1 / (high - part) if high != part else low - part, 1 / (low - part)
    found = Fraction(-(-low.numerator // low.denominator))
    for part in reversed(whole):
        found = part + 1 / found
    return found


def _of_pi(low: float, high: float) -> Simple | None:
    share = _fraction(low / math.pi, high / math.pi)
    if not share or share.denominator > _FEW or abs(share.numerator) > _LARGEST:
        return None
    factor = {1: "", -1: "-"}.get(share.numerator, f"{share.numerator}*")
    below = "" if share.denominator == 1 else f"/{share.denominator}"
    return Simple(float(share) * math.pi, f"{factor}pi{below}", is_exact=False)


def _root(low: float, high: float) -> Simple | None:
    near, far = sorted((abs(low), abs(high)))
    square = _fraction(near * near, far * far)
    if not square or square.denominator > _FEW or square.numerator > _LARGEST:
        return None
    sign = "-" if high < 0 else ""
    return Simple(math.copysign(math.sqrt(square), high), f"{sign}sqrt({square})", is_exact=False)
