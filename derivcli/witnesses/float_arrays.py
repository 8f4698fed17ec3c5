"""Functions of tensors that torch lacks, by way of numpy's arrays: scipy's, put together where it has only parts.

They are machine code, so that a million points take less than a second. Where scipy has no such function it is
mpmath's, one point at a time. The module is loaded on use: few functions need it, and scipy takes long.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

_DIGITS = 25  # of mpmath's values, before they are rounded
_LARGEST_ORDER, _LARGEST_SHIFT = 50.0, 1e4  # up to where mpmath is quick
_TRACE_BITS = 60  # an imaginary part so much smaller is rounding
# The largest order or degree, and b of hyp1f1 with as large an x: scipy counts through all of them, in a hundredth of a
# second. A picture has hundreds of points.
_MOST = 10**6
_FARTHEST_LEFT = -1e4  # scipy's time grows with the poles that it passes
_FAR = 1e9  # up to where scipy's hyp1f1 is quick
_FARTHEST = 1e15  # up to where yv and struve do not count through their orders
_SERIES = 0.05  # up to where the power series of the dilogarithm is used


def on_tensors(name: str) -> Callable[..., Tensor]:
    """Return a function of tensors of one shape, by its name here or in scipy.special."""
    function: Callable[..., Any] = _ARRAYS.get(name) or getattr(special, name)

    def found(*args: Tensor) -> Tensor:
        arrays = [arg.detach().cpu().double().numpy() for arg in args]
        with np.errstate(all="ignore"):
            numbers = np.asarray(function(*arrays), dtype=np.float64)
        return torch.from_numpy(numbers).to(args[0])

    return found


def _part(name: str, index: int) -> Callable[..., Any]:
    """Return one of the results of a function of scipy's that has several."""
    return lambda *args: getattr(special, name)(*args)[index]


def _for_whole_numbers(name: str) -> Callable[..., Any]:
    """Return a function of scipy's for degrees 0, 1, 2, ..., and nan for others."""

    def checked(n: Any, *args: Any) -> Any:
        known = (n >= 0) & (n == np.floor(n)) & (n < _MOST)
        degree = np.where(known, n, 0).astype(np.int64)
        return np.where(known, getattr(special, name)(degree, *args), np.nan)

    return checked


def _one_by_one(name: str) -> Callable[..., Any]:
    """Return a function of mpmath's on arrays; nan where it has no real value."""

    def vectorized(*args: Any) -> Any:
        return np.vectorize(lambda *point: _from_mpmath(name, point), otypes=[float])(*args)

    return vectorized


def _from_mpmath(name: str, point: tuple[Any, ...]) -> float:
    from mpmath import mp, mpc, mpf

    if abs(point[0]) > _LARGEST_ORDER or not all(map(math.isfinite, point)):
        return math.nan
    with mp.workdps(_DIGITS):
        try:
            found = getattr(mp, name)(*(mpf(float(number)) for number in point))
        except (ValueError, ArithmeticError, mp.NoConvergence):
            return math.nan
        if isinstance(found, mpc) and abs(found.imag) < mp.ldexp(abs(found.real), -_TRACE_BITS):
            found = found.real
        return float(found) if isinstance(found, mpf) else math.nan


def _lambertw(x: Any, k: Any) -> Any:
    found = special.lambertw(x, np.where(k == -1, -1, 0))
    known = (found.imag == 0) & ((k == 0) | (k == -1)) & ((k == 0) | (x < 0))
    return np.where(known, found.real, np.nan)


def _zeta(s: Any, a: Any) -> Any:
    hurwitz = np.where((s > 1) & (a > _FARTHEST_LEFT), special.zeta(s, np.fmax(a, _FARTHEST_LEFT)), np.nan)
    return _filled(np.where(a == 1, special.zeta(s), hurwitz), (s < 1) & (a != 1) & (a < _LARGEST_SHIFT), "zeta", s, a)


def _polygamma(n: Any, x: Any) -> Any:
    """Return the derivatives of digamma; far to the left only the first, by its reflection (DLMF 5.15.6)."""
    far = x < _FARTHEST_LEFT
    found = _for_whole_numbers("polygamma")(n, np.where(far, 1 - x, x))
    reflected = (np.pi / np.sin(np.pi * (x - np.round(x)))) ** 2 - found
    return np.where(far, np.where(n == 1, reflected, np.nan), found)


def _polylog(s: Any, x: Any) -> Any:
    dilogarithm = np.where(abs(x) < _SERIES, _near_zero(x), special.spence(1 - x))
    found = np.where(s == 2, dilogarithm, np.where(s == 1, -np.log1p(-x), np.nan))
    return _filled(found, (s != 1) & (s != 2), "polylog", s, x)


def _near_zero(x: Any) -> Any:
    """Return the power series of the dilogarithm (DLMF 25.12.1)."""
    return sum(x**k / k**2 for k in range(12, 0, -1))


def _expint(n: Any, x: Any) -> Any:
    whole = (n >= 0) & (n == np.floor(n)) & (n < _MOST)
    found = np.where(whole & (x >= 0), special.expn(np.where(whole, n, 0), x), np.nan)
    left = (x < 0) & (n <= 0) & (n == np.floor(n))
    return _filled(found, left | ~whole & (x > 0), "expint", n, x)


def _hyp1f1(a: Any, b: Any, x: Any) -> Any:
    """Return Kummer's function; nan far out, where scipy would not come back."""
    near = (abs(x) <= _FAR) & ((abs(b) <= _MOST) | (abs(x) < abs(b) / 2))
    return np.where(near, special.hyp1f1(a, b, np.where(near, x, 0)), np.nan)


def _of_order(name: str) -> Callable[..., Any]:
    """Return a function of scipy's of an order and an argument; nan where both are so large that it counts orders."""

    def checked(n: Any, x: Any) -> Any:
        near = (abs(n) <= _MOST) | (abs(x) <= _FARTHEST)
        return np.where(near, getattr(special, name)(n, np.where(near, x, 1)), np.nan)

    return checked


def _uppergamma(a: Any, x: Any) -> Any:
    positive = special.gammaincc(a, x) * special.gamma(a)
    found = np.where(a == 0, special.exp1(x), np.where(a > 0, positive, np.nan))
    left = (x < 0) & (a > 0) & (a == np.floor(a))
    return _filled(found, left | (x > 0) & ((a < 0) | ~np.isfinite(positive)), "gammainc", a, x)


def _lowergamma(a: Any, x: Any) -> Any:
    """Return the lower incomplete gamma function, left of 0 by DLMF 8.5.1, which is real there for a whole a."""
    left = (x < 0) & (a > 0) & (a == np.floor(a))
    other = np.where(left, x, 0) ** np.where(left, a, 1) / a * _hyp1f1(a, a + 1, np.where(left, -x, 0))
    return np.where(left, other, special.gammainc(a, x) * special.gamma(a))


def _filled(found: Any, missing: Any, name: str, *args: Any) -> Any:
    """Return values with those that are missing taken from mpmath."""
    if np.any(missing):
        found = np.array(found)
        found[missing] = _one_by_one(name)(*(arg[missing] for arg in args))
    return found


def _elliptic_f(phi: Any, m: Any) -> Any:
    """Return the incomplete integral of the first kind; for m > 1, where scipy has none, by DLMF 19.25.5."""
    sine, cosine, rest = _within_pi_half(phi, m)
    return np.where(m > 1, sine * special.elliprf(cosine**2, rest, 1), special.ellipkinc(phi, m))


def _elliptic_einc(phi: Any, m: Any) -> Any:
    """Return the incomplete integral of the second kind; for m > 1, where scipy has none, by DLMF 19.25.9."""
    sine, cosine, rest = _within_pi_half(phi, m)
    part = sine * special.elliprf(cosine**2, rest, 1) - m / 3 * sine**3 * special.elliprd(cosine**2, rest, 1)
    return np.where(m > 1, part, special.ellipeinc(phi, m))


def _within_pi_half(phi: Any, m: Any) -> tuple[Any, Any, Any]:
    """Return sin(phi), cos(phi) and 1 - m*sin(phi)^2 up to pi/2, nan beyond and where the last is negative."""
    sine = np.where(abs(phi) < np.pi / 2, np.sin(phi), np.nan)
    rest = 1 - m * sine**2
    return sine, np.cos(phi), np.where(rest >= 0, rest, np.nan)


def _elliptic_pi(n: Any, m: Any) -> Any:
    """Return the complete integral of the third kind by Carlson's (DLMF 19.25.2)."""
    rf, rj = special.elliprf, special.elliprj
    return rf(0, 1 - m, 1) + n / 3 * rj(0, 1 - m, 1, 1 - n)


def _elliptic_piinc(n: Any, phi: Any, m: Any) -> Any:
    """Return the incomplete integral of the third kind by Carlson's (DLMF 19.25.14), beyond pi/2 by its period."""
    turns = np.round(phi / np.pi)
    sine, cosine = np.sin(phi - turns * np.pi), np.cos(phi - turns * np.pi)
    rest = 1 - m * sine**2
    rf, rj = special.elliprf, special.elliprj
    part = sine * rf(cosine**2, rest, 1) + n / 3 * sine**3 * rj(cosine**2, rest, 1, 1 - n * sine**2)
    return np.where(turns == 0, part, part + 2 * turns * _elliptic_pi(n, m))


_ARRAYS: dict[str, Callable[..., Any]] = {
    "sine_integral": _part("sici", 0),
    "cosine_integral": _part("sici", 1),
    "hyperbolic_sine_integral": _part("shichi", 0),
    "hyperbolic_cosine_integral": _part("shichi", 1),
    "fresnel_sine": _part("fresnel", 0),
    "fresnel_cosine": _part("fresnel", 1),
    "airyai": _part("airy", 0),
    "airyaiprime": _part("airy", 1),
    "airybi": _part("airy", 2),
    "airybiprime": _part("airy", 3),
    "polygamma": _polygamma,
    "spherical_jn": _for_whole_numbers("spherical_jn"),
    "spherical_yn": _for_whole_numbers("spherical_yn"),
    "legendre": _for_whole_numbers("eval_legendre"),
    "chebyshevt": _for_whole_numbers("eval_chebyt"),
    "chebyshevu": _for_whole_numbers("eval_chebyu"),
    "hermite": _for_whole_numbers("eval_hermite"),
    "laguerre": _for_whole_numbers("eval_laguerre"),
    "assoc_laguerre": _for_whole_numbers("eval_genlaguerre"),
    "gegenbauer": _for_whole_numbers("eval_gegenbauer"),
    "jacobi": _for_whole_numbers("eval_jacobi"),
    "logarithmic_integral": lambda x: special.expi(np.log(x)),
    "expint": _expint,
    "hyp1f1": _hyp1f1,
    "lowergamma": _lowergamma,
    "uppergamma": _uppergamma,
    "lambertw": _lambertw,
    "zeta": _zeta,
    "polylog": _polylog,
    "yv": _of_order("yv"),
    "struve": _of_order("struve"),
    "elliptic_f": _elliptic_f,
    "elliptic_einc": _elliptic_einc,
    "elliptic_pi": _elliptic_pi,
    "elliptic_piinc": _elliptic_piinc,
}
