"""The simplest number in an interval, as a person would write it: 0, 1/2, pi/2, sqrt(2), log(2), e."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

_LARGEST_DENOMINATOR = 1_000
_LARGEST = 10**6  # of the numerators and whole numbers that count as simple
_FEW = 12  # the largest denominator beside pi and below a root: the parts of a turn that have names
_MOST_DIGITS = 8  # of a decimal: more of them are a measured number, not a typed one


class Simple(NamedTuple):
    """A number and its text in the language of expressions: `share`, or a share of pi, or a function of the share."""

    value: float
    text: str
    share: Fraction
    kind: str = ""  # "pi" for share*pi, "sqrt" and "log" for the root and the logarithm with their signs, "exp"

    @property
    def is_exact(self) -> bool:
        """Whether float64 has exactly this number."""
        return not self.kind and Fraction(self.value) == self.share


def simplest(low: float, high: float) -> Simple | None:
    """Return the simplest number between two floats, or None if none is simple."""
    wide = 2 * max(math.ulp(low), math.ulp(high))
    low, high = low - wide, high + wide
    plain = _fraction(low, high)
    if plain is not None and plain.denominator <= _LARGEST_DENOMINATOR and abs(plain.numerator) <= _LARGEST:
        return Simple(float(plain), str(plain), plain)
    return _of_pi(low, high) or _root(low, high) or _logarithm(low, high) or _exponential(low, high)


def decimal(number: float) -> Simple | None:
    """Return the decimal that a float is written as, if it is short."""
    digits, _, exponent = repr(number).partition("e")
    if not math.isfinite(number) or len(digits.strip("-0.").replace(".", "")) > _MOST_DIGITS:
        return None
    text = f"{digits.removesuffix('.0')}e{int(exponent)}" if exponent else digits
    return Simple(number, text, Fraction(text))


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
    return Simple(float(share) * math.pi, f"{factor}pi{below}", share, "pi")


def _root(low: float, high: float) -> Simple | None:
    near, far = sorted((abs(low), abs(high)))
    square = _fraction(near * near, far * far)
    if not square or square.denominator > _FEW or square.numerator > _LARGEST:
        return None
    sign, factor = "-" if high < 0 else "", _square_factor(square)
    text = f"{factor}*sqrt({square / factor**2})" if factor > 1 else f"sqrt({square})"
    return Simple(math.copysign(math.sqrt(square), high), f"{sign}{text}", square, "sqrt")


def _logarithm(low: float, high: float) -> Simple | None:
    near, far = sorted((abs(low), abs(high)))
    share = _fraction(math.exp(near), math.exp(far)) if far < math.log(_LARGEST) else None
    if not share or share == 1 or share.denominator > _FEW:
        return None
    sign = -1 if high < 0 else 1
    found = Simple(sign * math.log(share), f"{'-' if sign < 0 else ''}log({share})", share, "log")
    return found if low <= found.value <= high else None


def _exponential(low: float, high: float) -> Simple | None:
    share = _fraction(math.log(low), math.log(high)) if low > 0 else None
    if not share or share.denominator > _FEW or abs(share) > _FEW:
        return None
    found = Simple(math.exp(share), "e" if share == 1 else f"exp({share})", share, "exp")
    return found if low <= found.value <= high else None


def _square_factor(square: Fraction) -> int:
    """Return the largest number whose square divides a whole number: sqrt(8) is 2*sqrt(2)."""
    if square.denominator > 1:
        return 1
    return next(k for k in range(math.isqrt(square.numerator), 0, -1) if square.numerator % (k * k) == 0)
