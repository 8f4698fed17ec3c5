"""The numbers of a proof: exact rationals, real balls, and boxes in the complex plane; and why there is none.

A ball or box that FLINT returns holds the true result for every choice of arguments in the balls or boxes given to it.
Every question about a number is answered for all of its points at once, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flint import acb, arb, ctx, fmpq

from derivcli.language.numbers import exact

if TYPE_CHECKING:
    from flint import fmpz

Number = Any  # fmpq, arb or acb
Rule = Callable[..., Number]

ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)
# A rational may grow to this many times the bits of the current precision; then it becomes a ball. Rationals of
# ordinary expressions stay far below it, and sums of thousands of fractions would grow without end.
_LONGEST = 16
SURE_BITS = 110  # of a number that is proved: more than the digits that are shown, and than torch's by far
_KEPT = 1_000  # literals: some hundred bytes each
NOTHING = arb(2) ** -1994  # below 1e-600
_LARGEST_WHOLE = (
    arb(2) ** 20_000
)  # of a ball as an integer: all of its digits are written out, which may fill the memory


class UnprovedError(Exception):
    """Nothing is proved: no rule is known, or the number may lie outside of a domain."""


class OutsideError(UnprovedError):
    """There is no real value, for sure."""


class BlurredError(UnprovedError):
    """Nothing is proved yet: more digits, or a smaller box, may decide."""


def rational(number: Fraction) -> fmpq:
    """Return a fraction as FLINT's."""
    return fmpq(number.numerator, number.denominator)


@lru_cache(_KEPT)
def written(literal: str) -> fmpq:
    """Return the number that a literal stands for: the few that people write come again and again."""
    return rational(exact(literal))


def fraction(number: fmpq) -> Fraction:
    """Return a rational of FLINT's as a fraction."""
    return Fraction(int(number.p), int(number.q))


def ball(x: Number) -> Number:
    """Return a number as a ball or a box; a whole number stays exact, of whatever length."""
    if isinstance(x, fmpq):
        return arb(x.p) if x.q == 1 else arb(x)
    return x


def real(x: Number) -> arb:
    """Return the real parts of a number."""
    found: arb = ball(x).real
    return found


def is_complex(*numbers: Number) -> bool:
    """Tell whether any of the numbers is a complex box."""
    return any(isinstance(x, acb) for x in numbers)


def sign(x: Number) -> int:
    """Return -1, 0 or 1: the sign of all real parts of a number; raises `BlurredError` where they may differ."""
    if isinstance(x, fmpq):
        return (x > 0) - (x < 0)
    parts = real(x)
    if parts > 0:
        return 1
    if parts < 0:
        return -1
    if parts.is_zero():
        return 0
    raise BlurredError


def integer(x: Number) -> int | None:
    """Return a number that is an integer for sure, None for one that is none for sure."""
    if isinstance(x, fmpq):
        return int(x.p) if x.q == 1 else None
    if real(x).contains_integer():
        raise BlurredError
    return None


def floor(x: Number) -> fmpq:
    """Return the floor that all real parts of a number have; a box or ball may not touch an integer."""
    if isinstance(x, fmpq):
        return fmpq(x.floor())
    parts = real(x)
    need(bool(abs(parts) < _LARGEST_WHOLE))
    low: fmpz | None = parts.lower().floor().unique_fmpz()
    high: fmpz | None = parts.upper().floor().unique_fmpz()
    if low is None or high is None or low != high or parts.contains(low):
        raise BlurredError
    return fmpq(low)


def is_sharp(found: Number) -> bool:
    """Tell whether an enclosure is narrow enough, or proves a number to be as good as 0."""
    return isinstance(found, fmpq) or bool(real(found).rel_accuracy_bits() >= SURE_BITS or abs(real(found)) < NOTHING)


def inside(*conditions: bool) -> None:
    """Raise `OutsideError` unless all conditions hold, without which there is no real value."""
    if not all(conditions):
        raise OutsideError


def need(*conditions: bool) -> None:
    """Raise `UnprovedError` unless all conditions hold."""
    if not all(conditions):
        raise UnprovedError


def checked(x: Number) -> Number:
    """Return a result of FLINT's: finite, an exact ball as a rational, a rational that grows too long as a ball."""
    if isinstance(x, fmpq):
        return x if x.height_bits() <= _LONGEST * ctx.prec else arb(x)
    if not x.is_finite():
        raise BlurredError
    if isinstance(x, arb) and x.is_exact():
        _mantissa, exponent = x.man_exp()
        return x.fmpq() if abs(exponent) < _LONGEST * ctx.prec else x
    return x
