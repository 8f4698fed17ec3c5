"""float64 values of functions whose gradient torch lacks, or gets wrong: the `values` column of the catalogue.

They come from torch where its value is good, else from scipy.special (machine code, so that a million points take
less than a second), and where that has no such function from mpmath, one point at a time.
"""

from __future__ import annotations

import math
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.witnesses.float_elliptic import ELLIPTIC

if TYPE_CHECKING:
    from collections.abc import Callable

_FACTORIALS = [float(math.factorial(n)) for n in range(171)]
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


@cache
def values(name: str) -> Callable[..., Tensor]:
    """Return a function of tensors of one shape by its name here or in scipy.special."""
    known = _TORCH.get(name)
    return known or _on_arrays(_ARRAYS.get(name) or _scipy(name))


def cbrt(x: Tensor) -> Tensor:
    """Return the real cube root."""
    guess = x.sign() * x.abs().pow(1 / 3)
    better = guess - (guess * guess * guess - x) / (3 * guess * guess)  # one step of Newton's method
    return torch.where(torch.isfinite(better), better, guess)


def gamma(x: Tensor) -> Tensor:
    """Return the gamma function, exact at the integers."""
    whole = x == x.floor()
    odd = torch.remainder(x.floor(), 2) == 1
    value = torch.where((x < 0) & odd, -1.0, 1.0) * torch.lgamma(x).exp()
    table = torch.tensor(_FACTORIALS, dtype=x.dtype, device=x.device)
    exact = table[(x - 1).nan_to_num().clamp(0, len(_FACTORIALS) - 1).long()]
    value = torch.where(whole & (x <= len(_FACTORIALS)), exact, value)
    return torch.where(whole & (x <= 0), torch.nan, value)


_TORCH: dict[str, Callable[..., Tensor]] = {
    "cbrt": cbrt,
    "gamma": gamma,
    "factorial": lambda x: gamma(x + 1),
    "loggamma": torch.lgamma,
    "digamma": torch.digamma,
    "log_ndtr": torch.special.log_ndtr,
    "ndtri": torch.special.ndtri,
}


def _on_arrays(function: Callable[..., Any]) -> Callable[..., Tensor]:
    """Return a function of numpy arrays as one of tensors."""

    @wraps(function)
    def on_tensors(*args: Tensor) -> Tensor:
        import numpy

        arrays = [arg.detach().cpu().double().numpy() for arg in args]
        with numpy.errstate(all="ignore"):
            found = numpy.asarray(function(*arrays), dtype=numpy.float64)
        return torch.from_numpy(found).to(args[0])

    return on_tensors


def _scipy(name: str) -> Callable[..., Any]:
    from scipy import special

    found: Callable[..., Any] = getattr(special, name)
    return found


def _part(name: str, index: int) -> Callable[..., Any]:
    """Return one of the results of a function of scipy's that has several."""
    return lambda *args: _scipy(name)(*args)[index]


def _for_whole_numbers(name: str) -> Callable[..., Any]:
    """Return a function of scipy's for degrees 0, 1, 2, ..., and nan for others."""

    def checked(n: Any, *args: Any) -> Any:
        import numpy

        known = (n >= 0) & (n == numpy.floor(n)) & (n < _MOST)
        degree = numpy.where(known, n, 0).astype(numpy.int64)
        return numpy.where(known, _scipy(name)(degree, *args), numpy.nan)

    return checked


def _one_by_one(name: str) -> Callable[..., Any]:
    """Return a function of mpmath's on arrays; nan where it has no real value."""

    def vectorized(*args: Any) -> Any:
        import numpy

        return numpy.vectorize(lambda *point: _from_mpmath(name, point), otypes=[float])(*args)

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
    import numpy

    found = _scipy("lambertw")(x, numpy.where(k == -1, -1, 0))
    known = (found.imag == 0) & ((k == 0) | (k == -1)) & ((k == 0) | (x < 0))
    return numpy.where(known, found.real, numpy.nan)


def _zeta(s: Any, a: Any) -> Any:
    import numpy

    hurwitz = numpy.where((s > 1) & (a > _FARTHEST_LEFT), _scipy("zeta")(s, numpy.fmax(a, _FARTHEST_LEFT)), numpy.nan)
    return _filled(
        numpy.where(a == 1, _scipy("zeta")(s), hurwitz), (s < 1) & (a != 1) & (a < _LARGEST_SHIFT), "zeta", s, a
    )


def _polygamma(n: Any, x: Any) -> Any:
    """Return the derivatives of digamma; far to the left only the first, by its reflection (DLMF 5.15.6)."""
    import numpy

    far = x < _FARTHEST_LEFT
    found = _for_whole_numbers("polygamma")(n, numpy.where(far, 1 - x, x))
    reflected = (numpy.pi / numpy.sin(numpy.pi * (x - numpy.round(x)))) ** 2 - found
    return numpy.where(far, numpy.where(n == 1, reflected, numpy.nan), found)


def _polylog(s: Any, x: Any) -> Any:
    import numpy

    dilogarithm = numpy.where(abs(x) < _SERIES, _near_zero(x), _scipy("spence")(1 - x))
    found = numpy.where(s == 2, dilogarithm, numpy.where(s == 1, -numpy.log1p(-x), numpy.nan))
    return _filled(found, (s != 1) & (s != 2), "polylog", s, x)


def _near_zero(x: Any) -> Any:
    """Return the power series of the dilogarithm (DLMF 25.12.1)."""
    return sum(x**k / k**2 for k in range(12, 0, -1))


def _expint(n: Any, x: Any) -> Any:
    import numpy

    whole = (n >= 0) & (n == numpy.floor(n)) & (n < _MOST)
    found = numpy.where(whole & (x >= 0), _scipy("expn")(numpy.where(whole, n, 0), x), numpy.nan)
    left = (x < 0) & (n <= 0) & (n == numpy.floor(n))
    return _filled(found, left | ~whole & (x > 0), "expint", n, x)


def _hyp1f1(a: Any, b: Any, x: Any) -> Any:
    """Return Kummer's function; nan far out, where scipy would not come back."""
    import numpy

    near = (abs(x) <= _FAR) & ((abs(b) <= _MOST) | (abs(x) < abs(b) / 2))
    return numpy.where(near, _scipy("hyp1f1")(a, b, numpy.where(near, x, 0)), numpy.nan)


def _of_order(name: str) -> Callable[..., Any]:
    """Return a function of scipy's of an order and an argument; nan where both are so large that it counts orders."""

    def checked(n: Any, x: Any) -> Any:
        import numpy

        near = (abs(n) <= _MOST) | (abs(x) <= _FARTHEST)
        return numpy.where(near, _scipy(name)(n, numpy.where(near, x, 1)), numpy.nan)

    return checked


def _uppergamma(a: Any, x: Any) -> Any:
    import numpy

    positive = _scipy("gammaincc")(a, x) * _scipy("gamma")(a)
    found = numpy.where(a == 0, _scipy("exp1")(x), numpy.where(a > 0, positive, numpy.nan))
    left = (x < 0) & (a > 0) & (a == numpy.floor(a))
    return _filled(found, left | (x > 0) & ((a < 0) | ~numpy.isfinite(positive)), "gammainc", a, x)


def _lowergamma(a: Any, x: Any) -> Any:
    """Return the lower incomplete gamma function, left of 0 by DLMF 8.5.1, which is real there for a whole a."""
    import numpy

    left = (x < 0) & (a > 0) & (a == numpy.floor(a))
    other = numpy.where(left, x, 0) ** numpy.where(left, a, 1) / a * _hyp1f1(a, a + 1, numpy.where(left, -x, 0))
    return numpy.where(left, other, _scipy("gammainc")(a, x) * _scipy("gamma")(a))


def _filled(found: Any, missing: Any, name: str, *args: Any) -> Any:
    """Return values with those that are missing taken from mpmath."""
    import numpy

    if numpy.any(missing):
        found = numpy.array(found)
        found[missing] = _one_by_one(name)(*(arg[missing] for arg in args))
    return found


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
    "logarithmic_integral": lambda x: _scipy("expi")(_log(x)),
    "expint": _expint,
    "hyp1f1": _hyp1f1,
    "lowergamma": _lowergamma,
    "uppergamma": _uppergamma,
    "lambertw": _lambertw,
    "zeta": _zeta,
    "polylog": _polylog,
    "yv": _of_order("yv"),
    "struve": _of_order("struve"),
    **ELLIPTIC,
}


def _log(x: Any) -> Any:
    import numpy

    return numpy.log(x)
