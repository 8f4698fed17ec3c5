"""Orthogonal polynomials by their three-term recurrences, over any kind of number.

mpmath's own functions fail to converge at the zeros.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

EXACT_DEGREE = 64  # up to here a polynomial of a rational is computed as a rational


def _by_recurrence(first: Callable[..., Any], step: Callable[..., Any]) -> Callable[..., Any]:
    """Return an orthogonal polynomial by its three-term recurrence, over any numbers.

    `first` gives the polynomial of degree 1, `step(k, p, q)` that of degree k from those of k - 1 and k - 2.
    mpmath's own functions fail to converge at the zeros.
    """

    def polynomial(n: Any, *args: Any) -> Any:
        before, last = 0 * args[-1] + 1, first(*args)
        for k in range(2, n + 1):
            before, last = last, step(k, last, before, *args)
        return before if n == 0 else last

    return polynomial


def finite_sum(degree: int, uppers: Sequence[Any], lowers: Sequence[Any], x: Any) -> Any:
    """Return a hypergeometric series that ends with x^degree (DLMF 16.2.1), over any numbers."""
    total = term = 0 * x + 1
    for k in range(degree):
        above = math.prod((z + k for z in uppers), start=x)
        term = term * above / (math.prod((z + k for z in lowers), start=0 * x + 1) * (k + 1))
        total = total + term
    return total


def _jacobi(n: int, a: Any, b: Any, x: Any) -> Any:
    """Return Jacobi's polynomial; where the recurrence would divide by 0, by the sum of DLMF 18.5.8."""
    try:
        return _jacobi_by_recurrence(n, a, b, x)
    except ZeroDivisionError:
        down, up = (x - 1) / 2, (x + 1) / 2
        return sum(_over(n + a, n - k) * _over(n + b, k) * down**k * up ** (n - k) for k in range(n + 1))


def _over(z: Any, k: int) -> Any:
    """Return z over k for any z and a whole k."""
    return math.prod(((z - j) / (k - j) for j in range(k)), start=0 * z + 1)


def _jacobi_step(k: int, p: Any, q: Any, a: Any, b: Any, x: Any) -> Any:
    s = 2 * k + a + b
    rise = (s - 1) * (s * (s - 2) * x + a * a - b * b) * p - 2 * (k + a - 1) * (k + b - 1) * s * q
    return rise / (2 * k * (k + a + b) * (s - 2))


_jacobi_by_recurrence = _by_recurrence(lambda a, b, x: (a + 1) + (a + b + 2) * (x - 1) / 2, _jacobi_step)

# DLMF 18.9.1, 18.9.2
POLYNOMIALS: dict[str, Callable[..., Any]] = {
    "legendre": _by_recurrence(lambda x: x, lambda k, p, q, x: ((2 * k - 1) * x * p - (k - 1) * q) / k),
    "chebyshevt": _by_recurrence(lambda x: x, lambda _k, p, q, x: 2 * x * p - q),
    "chebyshevu": _by_recurrence(lambda x: 2 * x, lambda _k, p, q, x: 2 * x * p - q),
    "hermite": _by_recurrence(lambda x: 2 * x, lambda k, p, q, x: 2 * x * p - 2 * (k - 1) * q),
    "laguerre": _by_recurrence(lambda x: 1 - x, lambda k, p, q, x: ((2 * k - 1 - x) * p - (k - 1) * q) / k),
    "assoc_laguerre": _by_recurrence(
        lambda a, x: 1 + a - x, lambda k, p, q, a, x: ((2 * k - 1 + a - x) * p - (k - 1 + a) * q) / k
    ),
    "gegenbauer": _by_recurrence(
        lambda a, x: 2 * a * x, lambda k, p, q, a, x: (2 * (k + a - 1) * x * p - (k + 2 * a - 2) * q) / k
    ),
    "jacobi": _jacobi,
}


def exact_polynomial(name: str) -> Callable[..., Any]:
    """Return a polynomial of rationals as a rational, where its degree is a small whole number."""

    def function(n: Fraction, *args: Fraction) -> Any:
        small = n.denominator == 1 and 0 <= n <= EXACT_DEGREE
        try:
            return POLYNOMIALS[name](int(n), *args) if small else NotImplemented
        except ZeroDivisionError:
            return NotImplemented

    return function
