"""mpmath's special functions over the reals, and those of its functions that need help.

Each takes real midpoints at the current precision and gives a real number; nan means "undefined".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.witnesses.rationals import POLYNOMIALS, finite_sum

if TYPE_CHECKING:
    from collections.abc import Callable

_GUARD_BITS = 64  # near a zero mpmath's functions keep fewer digits than they are asked for
_HIGHEST_DEGREE = 2_000
_LARGEST_ORDER = 100  # of a Bessel function that is summed up by the trapezoidal rule


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function computed with digits to spare."""

    def with_guard(*args: Any) -> Any:
        with mp.workprec(mp.prec + _GUARD_BITS):
            found = function(*args)
        return +found

    return with_guard


def _where(holds: Callable[..., bool], function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, undefined where a condition on its arguments does not hold."""
    return lambda *args: function(*args) if holds(*args) else mp.nan


def _whole(n: Any) -> int | None:
    """Return an integer that is one for sure and not negative."""
    return int(n) if n >= 0 and n == int(n) else None


def psi(n: Any, x: Any) -> Any:
    """Return the polygamma function of a whole order."""
    order = _whole(n)
    return mp.nan if order is None else mp.psi(order, x)


def digamma(x: Any) -> Any:
    """Return digamma; left of 0 by reflection (DLMF 5.5.4), since mpmath recurs there once for each unit."""
    return mp.digamma(x) if x > -10 else mp.digamma(1 - x) - mp.pi * mp.cot(mp.pi * x)


def softplus(x: Any) -> Any:
    """Return log(1 + exp(x)) without a huge number on the way."""
    return max(x, mpf(0)) + mp.log1p(mp.exp(-abs(x)))


def erfcinv(x: Any) -> Any:
    """Return the inverse of erfc; 1 - x keeps the digits of a small x."""
    with mp.workprec(mp.prec + max(0, -mp.mag(x))):
        return mp.erfinv(1 - x)


def _erfcx(x: Any) -> Any:
    return mp.exp(x * x) * mp.erfc(x)


def _dawson(x: Any) -> Any:
    return mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x)


def _spherical(bessel: Callable[..., Any], *, first: bool) -> Callable[..., Any]:
    """Return the spherical Bessel function of a whole order (DLMF 10.47.3); odd or even in x with its order."""

    def function(n: Any, x: Any) -> Any:
        order = _whole(n)
        if order is None:
            return mp.nan
        if not x:
            return mpf(order == 0) if first else mp.nan
        parity = (-1) ** (order if first else order + 1) if x < 0 else 1
        return parity * mp.sqrt(mp.pi / (2 * abs(x))) * bessel(order + mpf(1) / 2, abs(x))

    return function


def _besseli(n: Any, x: Any) -> Any:
    """Return the modified Bessel function; of a negative whole order and x < 0 mpmath's has a trace of i."""
    return mp.besseli(abs(n) if n == int(n) else n, x)


def _besselk(n: Any, x: Any) -> Any:
    """Return the modified Bessel function by the trapezoidal rule of DLMF 10.32.9 where mpmath's is slow.

    The rule's error is about exp(x - pi^2/step) of the result (DLMF 3.5.14: the integrand is bounded up to i*pi/2).
    """
    if not 1 <= x < 2 * mp.prec or abs(n) > _LARGEST_ORDER:
        return mp.besselk(n, x)
    with mp.workprec(mp.prec + _GUARD_BITS):
        step = mp.pi**2 / (mp.prec + abs(n) + x)
        ratio, growth = mp.exp(step), mp.exp(n * step)
        rise = swing = mpf(1)
        total = term = mp.exp(-x) / 2
        while x * (rise - 1 / rise) <= 2 * abs(n) or term > mp.ldexp(total, -mp.prec):
            rise, swing = rise * ratio, swing * growth
            term = mp.exp(-x * (rise + 1 / rise) / 2) * (swing + 1 / swing) / 2
            total += term
        return total * step


def _beta(x: Any, y: Any) -> Any:
    """Return the beta function; at its poles mpmath gives the limit along one axis."""
    pole = any(z <= 0 and z == int(z) for z in (x, y))
    return mp.nan if pole else mp.beta(x, y)


def _reached(phi: Any, m: Any) -> bool:
    """Tell whether 1 - m*sin(t)^2 is nowhere negative from 0 to phi."""
    return m <= 1 or bool(abs(phi) <= mp.pi / 2 and m * mp.sin(phi) ** 2 <= 1)


def _hyp2f1(a: Any, b: Any, c: Any, x: Any) -> Any:
    """Return Gauss's function; by Pfaff's transformation (DLMF 15.8.1) where mpmath takes limits for whole b - a."""
    if x > 1 or (x == 1 and c <= a + b):
        return mp.nan
    found = _polynomial_sum((c - a, c - b), (c,), x)
    if found is not None and x < 1:
        return (1 - x) ** (c - a - b) * found  # Euler's transformation (DLMF 15.8.1)
    if not -9 < x < -0.5:
        return mp.hyp2f1(a, b, c, x)
    return (1 - x) ** -a * mp.hyp2f1(a, c - b, c, x / (x - 1))


def _bessely(n: Any, x: Any) -> Any:
    """Return the Bessel function; of a whole order by its power series (DLMF 10.8.1), of which mpmath takes limits."""
    if n != int(n) or abs(n) > _LARGEST_ORDER or x > mp.prec:
        return mp.bessely(n, x)
    order, sign = abs(int(n)), (-1) ** int(n) if n < 0 else 1
    with mp.workprec(mp.prec + 3 * int(x) + _GUARD_BITS):
        square, half = x * x / 4, x / 2
        head = mp.fsum(mp.factorial(order - k - 1) / mp.factorial(k) * square**k for k in range(order))
        tail = term = mpf(0)
        factor, k = 1 / mp.factorial(order), 0
        digammas = mp.psi(0, 1) + mp.psi(0, order + 1)
        while k <= x or abs(term) > mp.ldexp(abs(tail), -mp.prec):
            term = digammas * factor
            tail, k = tail + term, k + 1
            factor, digammas = -factor * square / (k * (order + k)), digammas + mpf(1) / k + mpf(1) / (order + k)
        both = half**-order * head + half**order * tail
        return sign * (2 * mp.log(half) * mp.besselj(order, x) - both) / mp.pi


def _upper(a: Any, x: Any, *, regularized: bool = False) -> Any:
    """Return the upper incomplete gamma function; near 0 as what the lower one leaves, which has a quick series."""
    if not (a > 0 and x < min(a, 1)):
        return mp.gammainc(a, x, mp.inf, regularized=regularized)
    return 1 - mp.gammainc(a, 0, x, regularized=True) if regularized else mp.gamma(a) - _lower(a, x)


def _lower(a: Any, x: Any) -> Any:
    """Return the lower incomplete gamma function, left of 0 by DLMF 8.5.1: mpmath does not come back from there."""
    return mp.gammainc(a, 0, x) if x >= 0 else x**a / a * mp.hyp1f1(a, a + 1, -x)


def _polylog(s: Any, x: Any) -> Any:
    """Return the polylogarithm; of order 1 mpmath's loses all digits near 0."""
    return -mp.log1p(-x) if s == 1 else mp.re(mp.polylog(s, x))


def _elliptic_e(m: Any) -> Any:
    """Return the complete integral by Carlson's (DLMF 19.25.1); near 1 mpmath's keeps 90 digits at most."""
    return mp.elliprf(0, 1 - m, 1) - m / 3 * mp.elliprd(0, 1 - m, 1) if 0.9 < m < 1 else mp.ellipe(m)


def _hypergeometric(function: Callable[..., Any], uppers: int) -> Callable[..., Any]:
    """Return a hypergeometric function; one that is a polynomial is summed up, since mpmath fails at its zeros."""

    def summed(*args: Any) -> Any:
        if any(z <= 0 and z == int(z) for z in args[uppers:-1]):
            return mp.nan
        found = _polynomial_sum(args[:uppers], args[uppers:-1], args[-1])
        return function(*args) if found is None else found

    return summed


def _polynomial_sum(uppers: tuple[Any, ...], lowers: tuple[Any, ...], x: Any) -> Any:
    """Return a hypergeometric function that is a polynomial of no high degree, None where it is another."""
    degrees = [-z for z in uppers if z <= 0 and z == int(z)]
    if not degrees or min(degrees) > _HIGHEST_DEGREE:
        return None
    with mp.workprec(mp.prec + 2 * int(min(degrees))):
        return finite_sum(int(min(degrees)), uppers, lowers, x)


def _hyp1f1(a: Any, b: Any, x: Any) -> Any:
    """Return Kummer's function; by his transformation (DLMF 13.2.39) where that is a polynomial times exp(x)."""
    found = _polynomial_sum((b - a,), (b,), -x)
    return mp.hyp1f1(a, b, x) if found is None else mp.exp(x) * found


def _lambertw(x: Any, k: Any) -> Any:
    return mp.lambertw(x, int(k)) if k in (0, -1) else mp.nan


def _polynomial(name: str) -> Callable[..., Any]:
    def function(n: Any, *args: Any) -> Any:
        degree = _whole(n)
        if degree is None:
            return mp.nan
        if degree > _HIGHEST_DEGREE:
            raise mp.NoConvergence
        with mp.workprec(mp.prec + 2 * degree):
            return POLYNOMIALS[name](degree, *args)

    return function


_UNREFINED: dict[str, Callable[..., Any]] = {
    "erfcx": _erfcx,
    "erfi": mp.erfi,
    "erfinv": mp.erfinv,
    "erfcinv": _where(lambda x: 0 < x < 2, erfcinv),
    "dawson": _dawson,
    "factorial2": _where(lambda x: x > -2 or x % 2 != 0, mp.fac2),
    "harmonic": lambda x: digamma(x + 1) + mp.euler,
    "binomial": _where(lambda n, _k: n > -1 or n != int(n), mp.binomial),
    "beta": _beta,
    "betainc": _where(
        lambda a, b, x: a > 0 and b > 0 and 0 <= x <= 1, lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True)
    ),
    "gammainc": _where(lambda a, x: a > 0 and x >= 0, lambda a, x: mp.gammainc(a, 0, x, regularized=True)),
    "gammaincc": _where(lambda a, x: a > 0 and x >= 0, lambda a, x: _upper(a, x, regularized=True)),
    "lowergamma": _where(lambda a, x: a > 0 and (x >= 0 or a == int(a)), _lower),
    "uppergamma": _where(lambda a, x: x > 0 or (a > 0 and (x == 0 or a == int(a))), _upper),
    "Si": mp.si,
    "Ci": _where(lambda x: x > 0, mp.ci),
    "Shi": mp.shi,
    "Chi": _where(lambda x: x > 0, mp.chi),
    "Ei": mp.ei,
    "E1": _where(lambda x: x > 0, mp.e1),
    "expint": _where(lambda n, x: x > 0 or (x == 0 and n > 1), lambda n, x: mp.expint(n, x) if x else 1 / (n - 1)),
    "li": _where(lambda x: x >= 0 and x != 1, mp.li),
    "fresnels": mp.fresnels,
    "fresnelc": mp.fresnelc,
    "besselj": mp.besselj,
    "bessely": _where(lambda _n, x: x > 0, _bessely),
    "besseli": _besseli,
    "besselk": _where(lambda _n, x: x > 0, _besselk),
    "jn": _spherical(mp.besselj, first=True),
    "yn": _spherical(mp.bessely, first=False),
    "airyai": mp.airyai,
    "airybi": mp.airybi,
    "airyaiprime": lambda x: mp.airyai(x, derivative=1),
    "airybiprime": lambda x: mp.airybi(x, derivative=1),
    "struveh": mp.struveh,
    "struvel": mp.struvel,
    "elliptic_k": _where(lambda m: m < 1, mp.ellipk),
    "elliptic_e": _where(lambda m: m <= 1, _elliptic_e),
    "elliptic_f": _where(_reached, mp.ellipf),
    "elliptic_einc": _where(_reached, mp.ellipe),
    "elliptic_pi": _where(lambda n, m: n < 1 and m < 1, mp.ellippi),
    "elliptic_piinc": _where(
        lambda n, phi, m: _reached(phi, m) and _reached(phi, n) and n * mp.sin(phi) ** 2 < 1, mp.ellippi
    ),
    "agm": _where(lambda x, y: x >= 0 and y >= 0, mp.agm),
    "zeta": _where(lambda s, a: a > 0 and s != 1, mp.zeta),
    "polylog": _where(lambda s, x: x < 1 or (x == 1 and s > 1), _polylog),
    "LambertW": _lambertw,
    "hyp1f1": _hypergeometric(_hyp1f1, 1),
    "hyp2f1": _hypergeometric(_hyp2f1, 2),
    **{name: _polynomial(name) for name in POLYNOMIALS},
}
SPECIAL = {name: guarded(function) for name, function in _UNREFINED.items()}
