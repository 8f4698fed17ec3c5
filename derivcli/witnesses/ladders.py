"""Derivatives that keep their digits where the formulas of the catalogue cancel.

Some functions have derivatives of any order that are known directly, others a better formula, or another form.

Differentiated under the integral sign, an integral keeps its sign and its digits; a formula with a removable
singularity (`(x*cos(x) - sin(x))/x^2`) loses some with every order.
"""

from __future__ import annotations

import math
from functools import cache, reduce
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEP = "step"  # a partial derivative that is the next rung

_FAR = 1e4  # from where five terms of Hankel's expansion are enough
_NEAR = 4.0  # up to where the power series of sinc keeps its digits
_PANEL = 24  # nodes of Gauss's formula on a panel
_HALVES = -14.0  # of the logarithm of a tangent, where what is left of an elliptic integral is below rounding


class Ladder(NamedTuple):
    """The derivatives of a row of the catalogue: `value(orders, *args)` has an order for each parameter.

    `partials` are formulas in the parameters and their orders (`order_m`), STEP, or None without a closed form.
    `reaches` tells where it is to be used.
    """

    value: Callable[..., float]
    partials: tuple[str | None, ...]
    reaches: Callable[..., bool] = lambda *_args: True


@cache
def _gauss(count: int) -> tuple[Any, Any]:
    """Return nodes and weights of Gauss's formula on [0, 1]."""
    from scipy.special import roots_legendre

    nodes, weights = roots_legendre(count)
    return (nodes + 1) / 2, weights / 2


def _sinc(orders: tuple[int, ...], x: float) -> float:
    """Return a derivative of the integral of cos(x*t) for t from 0 to 1; near 0 of its power series.

    Where x is above the order, x*sinc(x) = sin(x) differentiated again and again keeps its digits.
    """
    import numpy

    (order,) = orders
    if abs(x) < _NEAR:
        return math.fsum(
            (-1) ** (n // 2) * x ** (n - order) / math.factorial(n - order) / (n + 1)
            for n in range(order + order % 2, order + 40, 2)
        )
    turns = (numpy.sin, numpy.cos, lambda a: -numpy.sin(a), lambda a: -numpy.cos(a))
    if order <= abs(x):
        return float(reduce(lambda found, k: (turns[k % 4](x) - k * found) / x, range(order + 1), 0.0))
    t, weights = _gauss(80)
    return float(weights @ (t**order * turns[(order + 1) % 4](x * t)))


def _shi(orders: tuple[int, ...], x: float) -> float:
    """Return a derivative of the power series of Shi (DLMF 6.6.5)."""
    (order,) = orders
    terms = 30 + 2 * int(abs(x))
    return math.fsum(
        x ** (n - order) / math.factorial(n - order) / n for n in range(order + 1 - order % 2, order + 2 * terms, 2)
    )


def _scaled_i(order: int, n: int, x: float) -> float:
    """Return a derivative of exp(-x)*besseli(n, x), the mean of exp(-x*(1 - cos(t)))*cos(n*t) (DLMF 10.32.3)."""
    import numpy

    if abs(x) > _FAR:
        return math.copysign(1, x) ** (order + n) * _far_scaled_i(order, n, abs(x))
    count = 40 + order + int(12 * math.sqrt(abs(x)))
    t = numpy.linspace(0, math.pi, count + 1)
    fall = -2 * numpy.sin(t / 2) ** 2
    terms = numpy.exp(abs(x) * fall) * fall**order * numpy.cos(n * t)
    terms[[0, -1]] /= 2
    return float(terms.sum() / count) * math.copysign(1, x) ** (order + n)


def _far_scaled_i(order: int, n: int, x: float) -> float:
    """Return a derivative of the first terms of Hankel's expansion (DLMF 10.40.1)."""
    factors = [1.0, *((2 * k - 1 - 2 * n) * (2 * k - 1 + 2 * n) / (8 * k * x) for k in range(1, 6))]
    slopes = (math.prod((-k - 0.5 - j) / x for j in range(order)) for k in range(len(factors)))
    return math.fsum(a * slope for a, slope in zip(accumulate(factors, mul), slopes, strict=True)) / math.sqrt(
        2 * math.pi * x
    )


def _scaled_k(order: int, n: int, x: float) -> float:
    """Return a derivative of exp(x)*besselk(n, x), the integral of exp(-x*(cosh(t) - 1))*cosh(n*t) (DLMF 10.32.9)."""
    import numpy

    step = min(0.12, 0.4 / math.sqrt(x))
    t = numpy.arange(0, math.acosh(1 + (800 + 10 * order) / x) + step, step)
    fall = -2 * numpy.sinh(t / 2) ** 2
    terms = numpy.exp(x * fall) * fall**order * numpy.cosh(n * t)
    terms[0] /= 2
    return float(terms.sum() * step)


@cache
def _inverse_mills(z: float) -> tuple[float, ...]:
    """Return the derivatives of erfcx, each over (-2)^n*n!*erfcx(z): DLMF 7.18.7 taken downwards, which is stable."""
    first = 200 + int(2000 / z**2)
    later, now = 0.0, 1e-280
    found = []
    for n in range(first, 0, -1):
        later, now = now, 2 * (n + 1) * later + 2 * z * now
        if n <= 171:
            found.append(now)
        if now > 1e200:
            later, now, found = later * 1e-280, now * 1e-280, [number * 1e-280 for number in found]
    return tuple(number / now for number in reversed(found))


def _erfcx(orders: tuple[int, ...], z: float) -> float:
    from scipy import special

    (order,) = orders
    return float((-2.0) ** order * special.factorial(order) * _inverse_mills(z)[order] * special.erfcx(z))


def _dawson(orders: tuple[int, ...], x: float) -> float:
    """Return a derivative of sqrt(pi)/2*Im(w(x)), w by DLMF 7.7.2 with the path moved below the real line."""
    import numpy

    (order,) = orders
    t = numpy.arange(-75, 76) / 10 - 1j
    found = (1j * numpy.exp(-t * t) / (x - t) ** (order + 1)).sum() / 10
    return float(found.imag) * (-1.0) ** order * math.factorial(order) / (2 * math.sqrt(math.pi))


def _polylog(orders: tuple[int, ...], s: float, x: float) -> float:
    """Return a derivative in x of the sum of x^n/n^s."""
    order = orders[1]
    return math.fsum(math.perm(n, order) * x ** (n - order) / n**s for n in range(max(order, 1), 160 + 2 * order))


def _rising(a: float, order: int) -> float:
    return math.prod(a + k for k in range(order))


def _elliptic(a: float, j: int, i: int, phi: float, m: float, n: float) -> float:
    """Return a derivative of the integral of (1 - m*s)^(-a)/(1 - n*s) for s = sin(t)^2, t from 0 to phi."""
    turns = round(phi / math.pi)
    tangent = math.tan(phi - turns * math.pi)
    part = math.copysign(_up_to(math.log(abs(tangent)), a, j, i, m, n), tangent) if tangent else 0.0
    whole = _up_to(40.0 - math.log(1 - max(m, n)) / 2, a, j, i, m, n) if turns else 0.0
    return _rising(a, j) * math.factorial(i) * (part + 2 * turns * whole)


def _up_to(end: float, a: float, j: int, i: int, m: float, n: float) -> float:
    """Return the integral up to an angle whose tangent is exp(end), over the logarithm of the tangent."""
    import numpy

    start = min(end, 0.0) + _HALVES
    panels = math.ceil(end - start)
    nodes, weights = _gauss(_PANEL)
    width = (end - start) / panels
    square = numpy.exp(2 * (start + width * (numpy.arange(panels)[:, None] + nodes)))
    rest, other, whole = 1 + (1 - m) * square, 1 + (1 - n) * square, 1 + square
    rows = (
        (square / whole) ** (i + j) * (whole / rest) ** (a + j) * (whole / other) ** (1 + i)
        if n
        else ((square / whole) ** j * (whole / rest) ** (a + j))
    )
    return float((numpy.sqrt(square) / whole * rows @ weights).sum() * width)


def _within(phi: float, m: float, n: float = 0.0) -> bool:
    """Tell whether the integrand's singularities are well beyond phi."""
    sine = 1.0 if abs(phi) > math.pi / 2 else math.sin(phi) ** 2
    return abs(phi) < 1e3 and (max(m, n) < 1 or max(m, n) * sine < 0.75) and min(m, n) > -1e6


LADDERS: dict[str, Ladder] = {
    "sinc": Ladder(_sinc, (STEP,), lambda x: abs(x) < 30),
    "Shi": Ladder(_shi, (STEP,), lambda x: abs(x) < 40),
    "i0e": Ladder(lambda orders, x: _scaled_i(orders[0], 0, x), (STEP,), lambda x: 0 < abs(x) < 1e100),
    "i1e": Ladder(lambda orders, x: _scaled_i(orders[0], 1, x), (STEP,), lambda x: 0 < abs(x) < 1e100),
    "k0e": Ladder(lambda orders, x: _scaled_k(orders[0], 0, x), (STEP,), lambda x: 1e-100 < x < 1e100),
    "k1e": Ladder(lambda orders, x: _scaled_k(orders[0], 1, x), (STEP,), lambda x: 1e-100 < x < 1e100),
    "erfcx": Ladder(_erfcx, (STEP,), lambda x: 0.5 < x < 1e100),
    "dawson": Ladder(_dawson, (STEP,), lambda x: 2 < abs(x) < 1e100),
    "polylog": Ladder(_polylog, (None, STEP), lambda *at: abs(at[1]) <= 0.5),
    "elliptic_k": Ladder(lambda orders, m: _elliptic(0.5, orders[0], 0, math.pi / 2, m, 0.0), (STEP,), lambda m: m < 1),
    "elliptic_e": Ladder(
        lambda orders, m: _elliptic(-0.5, orders[0], 0, math.pi / 2, m, 0.0), (STEP,), lambda m: m < 1
    ),
    "elliptic_f": Ladder(
        lambda orders, phi, m: _elliptic(0.5, orders[1], 0, phi, m, 0.0),
        (
            "gamma(order_m + 1/2)/sqrt(pi)*sin(phi)^(2*order_m)*(1 - m*sin(phi)^2)^(-1/2 - order_m)",
            STEP,
        ),
        _within,
    ),
    "elliptic_einc": Ladder(
        lambda orders, phi, m: _elliptic(-0.5, orders[1], 0, phi, m, 0.0),
        (
            "-gamma(order_m - 1/2)/(2*sqrt(pi))*sin(phi)^(2*order_m)*(1 - m*sin(phi)^2)^(1/2 - order_m)",
            STEP,
        ),
        _within,
    ),
    "elliptic_pi": Ladder(
        lambda orders, n, m: _elliptic(0.5, orders[1], orders[0], math.pi / 2, m, n),
        (STEP, STEP),
        lambda n, m: max(n, m) < 1,
    ),
    "elliptic_piinc": Ladder(
        lambda orders, n, phi, m: _elliptic(0.5, orders[2], orders[0], phi, m, n),
        (
            STEP,
            "gamma(order_m + 1/2)/sqrt(pi)*gamma(order_n + 1)*sin(phi)^(2*order_m + 2*order_n)"
            "*(1 - m*sin(phi)^2)^(-1/2 - order_m)*(1 - n*sin(phi)^2)^(-1 - order_n)",
            STEP,
        ),
        lambda n, phi, m: _within(phi, m, n),
    ),
}

_TERM = "where(n < -1 and floor(n + 1/2) == n + 1/2, 0, (x/2)^n/(sqrt(pi)*gamma(n + 3/2)))"  # 0 where 1/gamma is
# Where the catalogue's formula cancels, or goes on for ever; the names are the row's parameters.
BETTER: dict[str, tuple[str | None, ...]] = {
    "sigmoid": ("where(abs(x) < 30, 1/(2 + 2*cosh(x)), sigmoid(x)*sigmoid(-x))",),
    "tanh": ("where(abs(x) < 15, 1/cosh(x)^2, 4*sigmoid(2*x)*sigmoid(-2*x))",),
    "expint": (None, "where(n == 0, -exp(-x)*(1 + x)/x^2, -expint(n - 1, x))"),  # DLMF 8.19.1
    "struveh": (None, f"where(n == 0, 2/pi - struveh(1, x), (struveh(n - 1, x) - struveh(n + 1, x) + {_TERM})/2)"),
    "struvel": (None, f"where(n == 0, 2/pi + struvel(1, x), (struvel(n - 1, x) + struvel(n + 1, x) + {_TERM})/2)"),
}  # DLMF 11.4.27 to 32

# Other forms of a function, where none of its slopes' formulas keeps its digits: where it is to be used, and the form.
FORMS: dict[str, tuple[Callable[..., bool], str]] = {
    "agm": (lambda x, y: 1e-3 * x < y < 1e3 * x, "pi/4*(x + y)/elliptic_k(((x - y)/(x + y))^2)"),  # A&S 17.6.3
    "binomial": (
        lambda n, k: n > -1 and k > -0.5 and n - k < -0.5,
        "gamma(n + 1)*gamma(k - n)*sin(pi*(k - n))/(pi*gamma(k + 1))",  # DLMF 5.5.3
    ),
}


def ladder_at(op: str, text: str, numbers: Sequence[float]) -> Ladder | None:
    """Return the ladder of a function, if it reaches these arguments; a higher rung (it has a text) stands on one."""
    ladder = LADDERS.get(op)
    return ladder if ladder and (text or ladder.reaches(*numbers)) else None
