"""Functions of rationals that give rationals, where they do; `NotImplemented` elsewhere, None for "undefined".

Orthogonal polynomials come by their three-term recurrences, over any kind of number: mpmath's own functions fail to
converge at the zeros.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivcli.witnesses import balls
from derivcli.witnesses.balls import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXACT_DEGREE = 64  # up to here a polynomial of a rational is computed as a rational
_HIGHEST_ROOT = 1_000
_LARGEST_WHOLE = 200


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


def _from_sign(values: dict[int, Fraction]) -> Callable[[Any], Any]:
    def chosen(x: Any) -> Any:
        found = balls.sign(x)
        return found if isinstance(found, Unknown) else values[found]

    return chosen


sign = _from_sign({n: Fraction(n) for n in (-1, 0, 1)})
step = _from_sign({-1: Fraction(0), 0: Fraction(1, 2), 1: Fraction(1)})


def _exact_sqrt(x: Fraction) -> Any:
    if x < 0:
        return None
    roots = math.isqrt(x.numerator), math.isqrt(x.denominator)
    perfect = roots[0] ** 2 == x.numerator and roots[1] ** 2 == x.denominator
    return Fraction(*roots) if perfect else NotImplemented


def _exact_root(x: Fraction, n: Fraction) -> Any:
    """Return the n-th root of a power of a rational."""
    if n.denominator != 1 or not 2 <= n <= _HIGHEST_ROOT or (x < 0 and n % 2 == 0):
        return NotImplemented
    roots = [_whole_root(part, int(n)) for part in (abs(x.numerator), x.denominator)]
    return NotImplemented if None in roots else Fraction(*roots) * (-1 if x < 0 else 1)  # type: ignore[arg-type]


def _whole_root(x: int, n: int) -> int | None:
    with mp.workprec(x.bit_length() // n + 30):
        root = int(mp.nint(mp.root(x, n)))
    return root if root**n == x else None


def _exact_log(base: int) -> Callable[[Fraction], Any]:
    """Return the logarithm of a whole power of the base."""

    def logarithm(x: Fraction) -> Any:
        large = max(x.numerator, x.denominator)
        if min(x.numerator, x.denominator) != 1 or large > base**_HIGHEST_ROOT:
            return NotImplemented
        power = round(math.log(large, base))
        exact = Fraction(power if x.denominator == 1 else -power)
        return exact if base**power == large else NotImplemented

    return logarithm


def _at(known: dict[int, Fraction]) -> Callable[[Fraction], Any]:
    """Return a function that is rational at some integers."""
    return lambda x: known.get(int(x), NotImplemented) if x.denominator == 1 else NotImplemented


def _of_whole_numbers(function: Callable[[int], int | Fraction]) -> Callable[[Fraction], Any]:
    """Return a function that is rational at the whole numbers, where they are small."""
    return lambda x: Fraction(function(int(x))) if _small(x) else NotImplemented


def _small(x: Fraction) -> bool:
    return x.denominator == 1 and 0 <= x <= _LARGEST_WHOLE


def _harmonic(n: int) -> Fraction:
    return sum((Fraction(1, k) for k in range(1, n + 1)), Fraction(0))


def _binomial(n: Fraction, k: Fraction) -> Any:
    return Fraction(math.comb(int(n), int(k))) if _small(n) and _small(k) else NotImplemented


def _bessel_at_zero(n: Fraction, x: Fraction) -> Any:
    return Fraction(n == 0) if x == 0 and _small(n) else NotImplemented


def _hypergeometric(uppers: int) -> Callable[..., Any]:
    """Return a hypergeometric polynomial of rationals."""

    def summed(*args: Fraction) -> Any:
        if any(z.denominator == 1 and z <= 0 for z in args[uppers:-1]):
            return None
        degrees = [-z for z in args[:uppers] if z.denominator == 1 and -EXACT_DEGREE <= z <= 0]
        if not degrees:
            return NotImplemented
        return finite_sum(int(min(degrees)), args[:uppers], args[uppers:-1], args[-1])

    return summed


def _exact_power(x: Fraction, y: Fraction) -> Any:
    if y.denominator != 1 and x >= 0 and y > 0:
        root = _exact_root(x, Fraction(y.denominator))
        return root if root is NotImplemented else _exact_power(root, Fraction(y.numerator))
    if y.denominator != 1 or (x == 0 and y < 0):
        return NotImplemented
    bits = max(x.numerator.bit_length(), x.denominator.bit_length())
    return x ** int(y) if bits * abs(y) <= 8 * mp.prec else NotImplemented


EXACT: dict[str, Callable[..., Any]] = {
    "add": lambda *terms: sum(terms, Fraction(0)),
    "mul": lambda *factors: math.prod(factors, start=Fraction(1)),
    "neg": lambda x: -x,
    "div": lambda x, y: x / y if y else None,
    "pow": _exact_power,
    "sqrt": _exact_sqrt,
    "cbrt": lambda x: _exact_root(x, Fraction(3)),
    "root": _exact_root,
    **dict.fromkeys(("exp", "cos", "cosh", "sinc", "erfc", "erfcx"), _at({0: Fraction(1)})),
    "sigmoid": _at({0: Fraction(1, 2)}),
    "gamma": lambda x: Fraction(math.factorial(int(x) - 1)) if _small(x - 1) else NotImplemented,
    "factorial": _of_whole_numbers(math.factorial),
    "harmonic": _of_whole_numbers(_harmonic),
    "binomial": _binomial,
    "besselj": _bessel_at_zero,
    "besseli": _bessel_at_zero,
    "hyp1f1": _hypergeometric(1),
    "hyp2f1": _hypergeometric(2),
    "log2": _exact_log(2),
    "log10": _exact_log(10),
    "abs": abs,
    "sign": sign,
    "heaviside": step,
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
    "round": lambda x: Fraction(round(x)),
    "mod": lambda x, y: x % y if y else None,
    "floordiv": lambda x, y: Fraction(x // y) if y else None,
    "max": max,
    "min": min,
    **{name: exact_polynomial(name) for name in POLYNOMIALS},
}
