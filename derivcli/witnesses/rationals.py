"""Functions of rationals that give rationals, where they do; `NotImplemented` elsewhere, None for "undefined"."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivcli.witnesses import balls
from derivcli.witnesses.balls import Unknown
from derivcli.witnesses.polynomials import EXACT_DEGREE, POLYNOMIALS, exact_polynomial, finite_sum

if TYPE_CHECKING:
    from collections.abc import Callable

_HIGHEST_ROOT = 1_000
_LARGEST_WHOLE = 200


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
