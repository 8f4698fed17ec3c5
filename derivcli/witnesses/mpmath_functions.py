"""The functions of the catalogue over the reals, in mpmath, and exactly over the rationals where that is possible.

Every function takes and returns real numbers at the current precision `mp.prec`. A result that is complex, infinite
or not a number, and a `ValueError` or `ZeroDivisionError`, mean "undefined". Results that are zero, an integer or the
edge of a domain but for rounding noise are taken as that: the caller repeats the computation at other precisions.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

if TYPE_CHECKING:
    from collections.abc import Callable

_GUARD_BITS = 40
_LARGEST_MAGNITUDE = 20_000  # bits of the exponent of an argument
_LARGEST_EXPONENT = 2**_LARGEST_MAGNITUDE


class BeyondReachError(ArithmeticError):
    """The number is too large to be computed with."""


def real(value: Any) -> Any:
    """Return a rational as an mpf at the current precision; an mpf as it is."""
    if isinstance(value, Fraction):
        return mpf(value.numerator) / value.denominator
    return value


def _noise() -> Any:
    return mp.ldexp(1, _GUARD_BITS - mp.prec)


def _within_reach(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def guarded(x: Any) -> Any:
        if x and mp.mag(x) > _LARGEST_MAGNITUDE:
            raise BeyondReachError
        return function(x)

    return guarded


def _vanishing(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the function with zeros that rounding has blurred put back: `sin(pi)`."""

    def snapped(x: Any) -> Any:
        y = function(x)
        return mpf(0) if abs(y) < _noise() * max(1, abs(x)) and x else y

    return _within_reach(snapped)


def nearest_integer(x: Any) -> int | None:
    """Return the integer that x is but for rounding noise, or None."""
    nearest = mp.nint(x)
    return int(nearest) if abs(x - nearest) <= _noise() * max(1, abs(x)) else None


def equal(a: Any, b: Any) -> bool:
    """Tell whether two numbers are equal but for rounding noise."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a == b
    a, b = real(a), real(b)
    if mp.isinf(a) or mp.isinf(b):
        return bool(a == b)
    return bool(abs(a - b) <= _noise() * max(abs(a), abs(b)))


def add(*terms: Any) -> Any:
    """Return the sum; a sum that cancels to rounding noise is 0."""
    total = mp.fsum(terms)
    return mpf(0) if abs(total) < _noise() * abs(max(terms, key=mp.mag)) else total


def mul(*factors: Any) -> Any:
    """Return the product."""
    return mp.fprod(factors)


def power(x: Any, y: Any) -> Any:
    """Return x**y over the reals: a negative base needs an integer exponent; 0**0 is 1."""
    whole = y.numerator if isinstance(y, Fraction) and y.denominator == 1 else nearest_integer(real(y))
    x = real(x)
    if x == 0:
        return mpf(1 if whole == 0 else 0) if y >= 0 else mp.nan
    if whole is not None:
        if x and abs(mp.mag(x)) * abs(whole) > _LARGEST_EXPONENT:
            raise BeyondReachError
        return x**whole
    return mp.exp(real(y) * mp.log(x)) if x > 0 else mp.nan


def _whole_part(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def part(x: Any) -> Any:
        whole = nearest_integer(x)
        return function(x) if whole is None else mpf(whole)

    return part


def _round(x: Any) -> Any:
    twice = nearest_integer(2 * x)
    return mp.nint(x) if twice is None else mpf(round(Fraction(twice, 2)))


def mod(x: Any, y: Any) -> Any:
    """Return x - y*floor(x/y)."""
    return add(x, -y * _FLOOR(x / y))


def floordiv(x: Any, y: Any) -> Any:
    """Return floor(x/y)."""
    return _FLOOR(x / y)


def _clamped(function: Callable[[Any], Any], *edges: int) -> Callable[[Any], Any]:
    """Return the function with arguments that rounding has pushed over an edge of its domain put back on it."""

    def inside(x: Any) -> Any:
        return function(next((mpf(edge) for edge in edges if equal(x, mpf(edge))), x))

    return inside


def _gamma_like(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the function with its poles at 0, -1, -2, ... kept where rounding would miss them."""

    def with_poles(x: Any) -> Any:
        whole = nearest_integer(x)
        if whole is None:
            return function(x)
        return mp.nan if whole <= 0 else function(mpf(whole))

    return _within_reach(with_poles)


def _tan(x: Any) -> Any:
    return _SIN(x) / _COS(x)


def _cot(x: Any) -> Any:
    return _COS(x) / _SIN(x)


def _sinc(x: Any) -> Any:
    return _SIN(x) / x if x else mpf(1)


def root(x: Any, n: Any) -> Any:
    """Return the real n-th root."""
    whole = nearest_integer(n)
    if whole is not None and whole % 2 and x < 0:
        return -power(-x, Fraction(1, whole))
    return power(x, 1 / mpf(n) if whole is None else Fraction(1, whole))


def _heaviside(x: Any) -> Any:
    return (1 + mp.sign(x)) / 2


def _atan2(y: Any, x: Any) -> Any:
    return mp.atan2(y, x) if x or y else mp.nan


def _polygamma(n: Any, x: Any) -> Any:
    order = nearest_integer(n)
    return mp.nan if order is None or order < 0 else _gamma_like(lambda t: mp.psi(order, t))(x)


def _exact_sqrt(x: Fraction) -> Any:
    if x < 0:
        return mp.nan
    roots = math.isqrt(x.numerator), math.isqrt(x.denominator)
    perfect = roots[0] ** 2 == x.numerator and roots[1] ** 2 == x.denominator
    return Fraction(*roots) if perfect else NotImplemented


def _exact_power(x: Fraction, y: Fraction) -> Any:
    if y.denominator != 1 or (x == 0 and y < 0):
        return NotImplemented
    bits = max(x.numerator.bit_length(), x.denominator.bit_length())
    return x ** int(y) if bits * abs(y) <= 8 * mp.prec else NotImplemented


def _exact_sum(*terms: Fraction) -> Fraction:
    return sum(terms, Fraction(0))


_SIN, _COS = _vanishing(mp.sin), _vanishing(mp.cos)
_FLOOR = _whole_part(mp.floor)

# Exact over the rationals; NotImplemented where the result is irrational.
EXACT: dict[str, Callable[..., Any]] = {
    "add": _exact_sum,
    "mul": lambda *factors: math.prod(factors, start=Fraction(1)),
    "neg": lambda x: -x,
    "div": lambda x, y: x / y,
    "pow": _exact_power,
    "sqrt": _exact_sqrt,
    "abs": abs,
    "sign": lambda x: Fraction((x > 0) - (x < 0)),
    "heaviside": lambda x: Fraction((x > 0) - (x < 0) + 1, 2),
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
    "round": lambda x: Fraction(round(x)),
    "mod": lambda x, y: x % y,
    "floordiv": lambda x, y: Fraction(x // y),
    "max": max,
    "min": min,
}

# Over the reals, on mpf arguments.
REAL: dict[str, Callable[..., Any]] = {
    "add": add,
    "mul": mul,
    "neg": lambda x: -x,
    "div": lambda x, y: x / y,
    "floordiv": floordiv,
    "pow": power,
    "sin": _SIN,
    "cos": _COS,
    "tan": _tan,
    "cot": _cot,
    "sinc": _sinc,
    "asin": _clamped(mp.asin, -1, 1),
    "acos": _clamped(mp.acos, -1, 1),
    "atan": mp.atan,
    "atan2": _atan2,
    "sinh": _within_reach(mp.sinh),
    "cosh": _within_reach(mp.cosh),
    "tanh": _within_reach(mp.tanh),
    "asinh": mp.asinh,
    "acosh": _clamped(mp.acosh, 1),
    "atanh": _clamped(mp.atanh, -1, 1),
    "exp": _within_reach(mp.exp),
    "expm1": _within_reach(mp.expm1),
    "log": _vanishing(mp.log),
    "log10": _vanishing(mp.log10),
    "sqrt": mp.sqrt,
    "cbrt": lambda x: root(x, mpf(3)),
    "root": root,
    "abs": abs,
    "sign": mp.sign,
    "floor": _FLOOR,
    "ceil": _whole_part(mp.ceil),
    "round": _round,
    "mod": mod,
    "max": max,
    "min": min,
    "heaviside": _heaviside,
    "erf": mp.erf,
    "erfc": mp.erfc,
    "gamma": _gamma_like(mp.gamma),
    "loggamma": _gamma_like(lambda x: mp.re(mp.loggamma(x))),
    "digamma": _gamma_like(mp.digamma),
    "polygamma": _polygamma,
    "factorial": lambda x: REAL["gamma"](x + 1),
}
