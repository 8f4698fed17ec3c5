"""Arithmetic, powers, exponentials and logarithms: exact on rationals, as long as they stay short."""

from __future__ import annotations

import math

from flint import acb, arb, ctx, fmpq, fmpz

from derivcli.witnesses.proof.functions.guards import LARGEST_POWER, STEEPEST, above, guarded, method
from derivcli.witnesses.proof.numbers import (
    HALF,
    ONE,
    ZERO,
    BlurredError,
    Number,
    Rule,
    UnprovedError,
    ball,
    checked,
    inside,
    integer,
    need,
    real,
    sign,
)

_HIGHEST_ROOT = 64  # of which a rational is tried for a rational root: nobody types higher ones


def total(*terms: Number) -> Number:
    """Return a sum; rationals with many denominators become balls on the way."""
    found = terms[0]
    for term in terms[1:]:
        found = checked(found + term)
    return found


def product(*factors: Number) -> Number:
    """Return a product."""
    found = factors[0]
    for factor in factors[1:]:
        found = checked(found * factor)
    return found


def divide(x: Number, y: Number) -> Number:
    """Return x/y where no point of y is 0."""
    if isinstance(y, acb):
        if y.contains(0):
            raise BlurredError
    else:
        inside(sign(y) != 0)
    return x / y


def power(x: Number, y: Number) -> Number:
    """Return x^y: an integer power of any number, any power of a positive one; 0^0 is 1."""
    if isinstance(y, fmpq) and y.q == 1:
        return _whole_power(x, int(y))
    above_zero = sign(x)
    if above_zero == 0:
        inside(sign(y) > 0)
        return ZERO
    if isinstance(y, fmpq):  # the integers have had their turn
        inside(above_zero > 0)
    need(above_zero > 0)
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        found = _exact_root(x, y)
        if found is not None:
            return found
    return exp(ball(x).log() * y)


def _whole_power(x: Number, n: int) -> Number:
    if n < 0:
        return divide(ONE, _whole_power(x, -n))
    if isinstance(x, fmpq) and x.height_bits() * n <= 8 * ctx.prec:
        return x**n
    size = ball(x)
    if n and (abs(n) > LARGEST_POWER or not _is_moderate(size, n)):
        raise UnprovedError
    found = acb(size) ** fmpz(n)  # of a real ball that holds 0, FLINT's real power is no number
    return found if isinstance(size, acb) else found.real


def _is_moderate(x: arb | acb, n: int) -> bool:
    """Tell whether x^n has an exponent that decimal arithmetic can hold, and x^-n too where x is not tiny."""
    mantissa, exponent = abs(x).upper().man_exp()
    return (abs(int(exponent)) + int(mantissa).bit_length()) * n < LARGEST_POWER


def _exact_root(x: fmpq, y: fmpq) -> fmpq | None:
    """Return x^y where it is rational and short, for a positive x."""
    degree = int(y.q)
    if degree > _HIGHEST_ROOT or x.height_bits() * abs(int(y.p)) > 8 * ctx.prec:
        return None
    roots = [fmpz(part).root(degree) for part in (x.p, x.q)]
    exact = roots[0] ** degree == x.p and roots[1] ** degree == x.q
    return fmpq(*roots) ** int(y.p) if exact else None


def root(x: Number, n: Number) -> Number:
    """Return the real n-th root; that of a negative number is of an odd degree."""
    above_zero = sign(x)
    if above_zero > 0:
        return sqrt(x) if n == 2 else power(x, divide(ONE, n))
    if above_zero == 0:
        need(sign(n) > 0)
        return ZERO
    degree = integer(n)
    need(degree is not None and degree % 2 == 1)
    return -power(-x, divide(ONE, n))


def sqrt(x: Number) -> Number:
    """Return the square root of what is not negative; a box may not touch the imaginary axis."""
    if isinstance(x, fmpq) or sign(x) == 0:
        return power(x, HALF)
    inside(sign(x) > 0)
    return ball(x).sqrt()


def exp(x: Number) -> Number:
    """Return e to the power x, where decimals can hold its exponent; far to the left all that is between it and 0."""
    found = ball(x)
    if abs(found) < STEEPEST:
        return found.exp()
    if real(found) < -STEEPEST:
        size = arb(0, (-STEEPEST).exp().upper())  # |exp(z)| is exp of the real part of z, and that rises
        return acb(size, size) if isinstance(found, acb) else size
    raise UnprovedError


def logarithm(base: int) -> Rule:
    """Return the logarithm to a base; that of a whole power of the base is exact."""

    def function(x: Number) -> Number:
        inside(sign(x) > 0)
        if isinstance(x, fmpq) and min(x.p, x.q) == 1:
            large = int(max(x.p, x.q))
            n = round((large.bit_length() - 1) / math.log2(base))
            if base**n == large:
                return fmpq(n if x.q == 1 else -n)
        return ball(x).log() / arb(base).log()

    return function


ARITHMETIC: dict[str, Rule] = {
    "add": total,
    "mul": product,
    "neg": lambda x: -x,
    "div": divide,
    "pow": power,
    "root": root,
    "cbrt": lambda x: root(x, fmpq(3)),
    "sqrt": sqrt,
    "exp": exp,
    "log": guarded(above(0), method("log")),
    "log2": logarithm(2),
    "log10": logarithm(10),
    "log1p": guarded(above(-1), method("log1p")),
}
