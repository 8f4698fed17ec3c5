"""Numbers as they are written, everywhere: in expressions, values, cells and options; and as exact rationals."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# As JavaScript writes numbers; a longer run of zeros nobody counts.
_LONGEST_WHOLE = 21  # digits
_MOST_ZEROS = 6  # behind the point
# ASCII digits, a point, an exponent: no `nan`, no hex, no `1_000`.
LITERAL = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
SIGNED = re.compile(rf"[+-]?{LITERAL}")
# What most numbers are: typed as they are laid out here, so that nothing has to be reckoned.
_CANONICAL = re.compile(
    rf"0|[1-9][0-9]{{0,{_LONGEST_WHOLE - 1}}}|[1-9][0-9]*\.[0-9]*[1-9]|0\.0{{0,{_MOST_ZEROS - 1}}}[1-9](?:[0-9]*[1-9])?"
)
LONGEST_READ = 9_999  # of the whole numbers in an exact number: a person reads no longer ones
_LONGEST_EXPONENT = 9  # digits from which on a power of ten is longer than any limit


def sizes(number: str) -> tuple[int, int]:
    """Return how many digits the mantissa of a number has, and how many its exponent stands for."""
    mantissa, _, exponent = number.lower().partition("e")
    return len(mantissa.lstrip("+-").replace(".", "")), exponent_size(exponent)


def exponent_size(exponent: str) -> int:
    """Return how many digits an exponent of ten stands for; a very long one is as good as a thousand millions."""
    digits = exponent.lstrip("+-0")
    return 10**9 if len(digits) > _LONGEST_EXPONENT else int(digits or 0)


def exact(literal: str) -> Fraction:
    """Return the exact value of a decimal literal: `0.1` is 1/10."""
    return Fraction(Decimal(literal))  # by way of Decimal: Python limits the digits that int() reads


def nearest_float(value: float | Fraction) -> float:
    """Return the nearest float64; beyond its range an infinity."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def shortest(value: float) -> str:
    """Return every digit that a float needs, and no more: `104`, `0.1`, `-1e-09`, `-inf`."""
    return "0" if value == 0 else repr(float(value)).removesuffix(".0")


def literal(value: Fraction) -> str | None:
    """Return the shortest decimal literal of a non-negative rational, or None where no finite decimal exists."""
    twos, rest = _strip(value.denominator, 2)
    fives, rest = _strip(rest, 5)
    if rest != 1:
        return None
    places = max(twos, fives)
    digits, zeros = _strip_zeros(value.numerator * 2 ** (places - twos) * 5 ** (places - fives))
    return _lay_out(str(Decimal(digits)), zeros - places)


def canonical(text: str) -> str:
    """Return the shortest spelling of a non-negative literal, by which equal numbers are one."""
    return text if _CANONICAL.fullmatch(text) else literal(exact(text)) or text


def quotient(value: Fraction, typed: Iterable[Fraction]) -> tuple[Fraction, Fraction]:
    """Return a numerator and a denominator of a non-negative rational, as a person who typed these decimals has them.

    The denominator is 1 for a finite decimal, else a typed decimal or a product of two that leaves one above: 10/37 is
    1/3.7 for who typed 3.7. Where there is none, both are whole numbers.
    """
    if literal(value) is not None:
        return value, Fraction(1)
    typed = tuple(typed)
    for below in (*typed, *(a * b for a, b in combinations_with_replacement(typed, 2))):
        if literal(value * below) is not None:
            return value * below, below
    return Fraction(value.numerator), Fraction(value.denominator)


def _strip(number: int, prime: int) -> tuple[int, int]:
    count = 0
    while number % prime == 0:
        number //= prime
        count += 1
    return count, number


def _strip_zeros(number: int) -> tuple[int, int]:
    if number == 0:
        return 0, 0
    zeros = 0
    while number % 10 == 0:
        number //= 10
        zeros += 1
    return number, zeros


def _lay_out(digits: str, exponent: int) -> str:
    """Return digits * 10**exponent, in plain form unless that needs a long run of zeros."""
    point = len(digits) + exponent
    if exponent >= 0 and point <= _LONGEST_WHOLE:
        return digits + "0" * exponent
    if exponent < 0 < point:
        return f"{digits[:point]}.{digits[point:]}"
    if exponent < 0 and -_MOST_ZEROS < point <= 0:
        return f"0.{'0' * -point}{digits}"
    return f"{digits}e{exponent}"
