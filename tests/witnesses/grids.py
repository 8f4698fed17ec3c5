"""Points at which float64 values and slopes are measured: at least eight a row, extremes included, none at a kink."""

from __future__ import annotations

import random
from itertools import product


def _line(text: str) -> tuple[tuple[float, ...], ...]:
    return tuple((float(number),) for number in text.split())


def _grid(*texts: str) -> tuple[tuple[float, ...], ...]:
    """Return all combinations of the arguments."""
    return tuple(product(*(map(float, text.split()) for text in texts)))


_ANY = _line("-700 -30.5 -5 -1 -0.25 -1e-8 1e-300 1e-8 0.01 0.5 1 2.75 10 30.5 700")
_HALF = _line("1e-300 1e-12 0.001 0.1 0.5 0.75 2 5.25 10 50 1e3 1e6")
_WITHIN_ONE = _line("-0.9999999 -0.9 -0.5 -0.01 -1e-8 1e-300 1e-8 0.1 0.75 0.99 0.99999")
_BETWEEN_0_1 = _line("1e-300 1e-20 1e-8 0.001 0.1 0.3 0.45 0.6 0.75 0.9 0.99 0.9999999")
_BESSEL = _line("-50 -12.5 -3 -1 -0.01 1e-8 0.01 0.5 1 2 5 11 30 100")
_RIGHT = _line("1e-8 0.01 0.5 1 2 5 11 30 100 500")
_GAMMA = _line("-20.5 -3.75 -1.25 -0.01 1e-8 0.01 0.5 1.75 2.25 4 10.5 30 99.5 170")
_ORDERS = ("0 1 2 5", "0.01 0.5 1 4.5 12 50")
_DEGREES = "0 1 2 3 8 20"

GRIDS: dict[str, tuple[tuple[float, ...], ...]] = {
    "cbrt": _line("-1e300 -27 -2 -1e-9 1e-300 1e-9 0.3 1 8 1e6 1e300"),
    "logit": _BETWEEN_0_1,
    "ndtr": _line("-37 -20 -8 -2.5 -0.1 1e-8 0.5 1.75 4 9 40"),
    "log_ndtr": _line("-1e6 -100 -37 -20 -8 -2.5 -0.1 1e-8 0.5 1.75 4"),
    "ndtri": _BETWEEN_0_1,
    "erfi": _line("-25 -3.5 -1.25 -1e-8 1e-300 0.01 0.5 1 4 10 26"),
    "erfcinv": _line("1e-300 1e-20 1e-8 0.001 0.1 0.7 0.95 1.05 1.3 1.9 1.99 1.9999999"),
    "dawson": _line("-1e6 -30 -3.5 -1.25 -0.5 1e-300 1e-8 0.01 1.5 6 100"),
    **dict.fromkeys(("gamma", "loggamma", "digamma"), _GAMMA),
    "factorial": _line("-20.5 -3.75 -1.25 -0.01 1e-8 0.5 1.75 4 10.5 30 99.5 169"),
    "polygamma": _grid("0 1 2 5", "-3.75 -0.5 0.01 0.5 1 2.25 20 1e3"),
    "factorial2": _line("-3.5 -1.25 -0.5 1e-8 0.5 1 4 7.75 20 51"),
    "binomial": _grid("-0.5 0.5 4 10.25 60", "0 0.75 2 3.5"),
    "beta": _grid("0.01 0.5 2 9.75 60", "0.3 1 4.5 30"),
    "betainc": _grid("0.1 0.5 2 20", "0.25 1 6", "0.001 0.3 0.8 0.999"),
    **dict.fromkeys(("gammainc", "gammaincc", "lowergamma"), _grid("0.1 0.5 2 4.5 30", "0.001 0.3 1 4 12 40")),
    "uppergamma": _grid("-1.5 0 0.5 2 4.5 30", "0.001 0.3 1 4 12 40"),
    **dict.fromkeys(("Si", "Shi"), _line("-100 -12.5 -3 -0.01 1e-300 1e-8 0.5 1 2.5 5 30 500")),
    **dict.fromkeys(("Ci", "Chi", "E1"), _line("1e-300 1e-8 0.01 0.25 1 2 5 11 30 100 500")),
    "Ei": _line("-500 -30 -5 -1 -0.01 1e-8 0.1 0.75 2 5 30 500"),
    "expint": _grid("-0.5 0 1 2 3.5 10", "0.01 0.5 1 4.5 12 50"),
    "li": _line("1e-300 1e-8 0.01 0.5 0.9 1.1 2 10 1e3 1e6 1e100"),
    **dict.fromkeys(("fresnels", "fresnelc"), _line("-20.5 -3 -0.75 1e-8 0.01 0.5 1 2.25 5.1 30 100")),
    "besselj": _grid("-1 0 0.5 1 2.5 10", "0.01 0.5 1 4.5 12 50"),
    "bessely": _grid("-1 0 0.5 1 2.5 10", "0.01 0.5 1 4.5 12 50"),
    "besseli": _grid("-1 0 0.5 1 2.5 10", "0.01 0.5 1 4.5 12 50"),
    "besselk": _grid("-1 0 0.5 1 2.5 10", "0.01 0.5 1 4.5 12 50"),
    **dict.fromkeys(("j0", "j1", "i0", "i1", "i0e", "i1e"), _BESSEL),
    **dict.fromkeys(("y0", "y1", "k0", "k1", "k0e", "k1e"), _RIGHT),
    **dict.fromkeys(("jn", "yn"), _grid("0 1 2 5", "-4.5 -0.5 0.01 0.5 1 4.5 12 50")),
    **dict.fromkeys(("airyai", "airyaiprime"), _line("-30 -8 -2.25 -1 -1e-8 0.01 0.5 1 2 5 11 30")),
    **dict.fromkeys(("airybi", "airybiprime"), _line("-30 -8 -2.25 -0.9 -1e-8 0.01 0.5 1 2 5 11 30")),
    **dict.fromkeys(("struveh", "struvel"), _grid("0 0.5 1 2", "0.01 0.5 1 4.5 12 50")),
    **dict.fromkeys(("legendre", "chebyshevt", "chebyshevu"), _grid(_DEGREES, "-1 -0.9 -0.3 0.1 0.6 1 2.5")),
    **dict.fromkeys(("hermite", "laguerre"), _grid(_DEGREES, "-5 -0.9 0.1 0.6 2.5 12")),
    "assoc_laguerre": _grid(_DEGREES, "-0.5 0 1.25", "-5 0.1 0.6 2.5 12"),
    "gegenbauer": _grid(_DEGREES, "-0.25 0.5 1 2.5", "-1 -0.3 0.1 0.6 2.5"),
    "jacobi": _grid(_DEGREES, "-0.5 1 2", "0 1.5", "-1 -0.3 0.1 0.6 2.5"),
    **dict.fromkeys(("elliptic_k", "elliptic_e"), _line("-1e6 -30 -3 -0.5 1e-300 1e-8 0.1 0.5 0.75 0.99 0.9999999")),
    **dict.fromkeys(
        ("elliptic_f", "elliptic_einc"), _grid("-2.5 -0.75 1e-8 0.5 1.2 1.57 4", "-20 -0.5 1e-8 0.3 0.9 0.999")
    ),
    "elliptic_pi": _grid("-10 -0.5 0.1 0.5 0.99", "-20 -0.25 0.3 0.9 0.999"),
    "elliptic_piinc": _grid("-10 -0.5 0.1 0.5 0.99", "-2.5 -0.75 0.5 1.2 4", "-20 -0.25 0.3 0.9"),
    "zeta": _grid("-10.5 -3 -0.5 0.5 1.5 2 3 8.25 30", "0.1 1 2.5 100"),
    "polylog": _grid("-2 -1 0 0.5 1 2 3 4.5", "-3 -0.9 -0.01 1e-8 0.04 0.06 0.5 0.95"),
    "LambertW": (
        *_grid("-0.3678 -0.3 -0.01 1e-300 1e-8 0.1 1 2.75 100 1e300", "0"),
        *_grid("-0.3678 -0.3 -0.1 -0.01 -1e-8 -1e-300", "-1"),
    ),
    "hyp1f1": _grid("-1.5 0.5 1 3", "0.75 2", "-20 -3 -0.1 0.5 4 30"),
    "hyp2f1": _grid("-1.5 0.5 1", "0.25 2", "0.75 3", "-20 -3 -0.5 0.1 0.6 0.95"),
    # kernels of torch, and formulas
    **dict.fromkeys(
        ("sin", "cos", "tan", "sec", "csc", "cot", "sinc"), _line("-1e6 -30.5 -5 -1 -0.25 1e-8 0.5 1 10 700 1e15")
    ),
    **dict.fromkeys(("asin", "acos", "atanh"), _WITHIN_ONE),
    **dict.fromkeys(("atan", "asinh"), _line("-1e300 -1e6 -5 -1 -0.25 -1e-8 1e-300 1e-8 0.01 0.5 1 2.75 10 1e300")),
    **dict.fromkeys(("asec", "acsc", "acoth"), _line("-1e6 -30 -2 -1.1 1.00001 1.5 4 1e3 1e8")),
    "acot": _line("-1e6 -30 -2 -0.1 1e-8 0.5 1.5 4 1e3 1e8"),
    **dict.fromkeys(("sinh", "cosh", "tanh", "sech", "csch", "coth", "acsch"), _ANY),
    "acosh": _line("1.0000001 1.01 1.5 2 10 1e3 1e6 1e300"),
    "asech": _line("1e-300 1e-8 0.01 0.2 0.5 0.9 0.99 0.9999999"),
    **dict.fromkeys(("exp", "exp2", "expm1", "erf", "erfc", "sigmoid", "logsigmoid", "softplus"), _ANY),
    **dict.fromkeys(("log", "log2", "log10", "sqrt", "rsqrt", "entr"), _HALF),
    "log1p": _line("-0.9999999 -0.5 -0.01 -1e-8 1e-300 1e-8 0.1 0.75 2 100 1e300"),
    "erfcx": _line("-25 -5 -1 -0.25 -1e-8 1e-300 1e-8 0.01 0.5 1 2.75 10 30.5 1e6"),
    "erfinv": _WITHIN_ONE,
    **dict.fromkeys(("silu", "mish", "gelu", "gelu_tanh", "softsign", "tanhshrink", "selu"), _ANY[1:-1]),
    "trigamma": _GAMMA,
    "harmonic": _GAMMA,
    "mvlgamma": _line("1.0001 1.25 2.5 4 10 300 1e6"),
    "Li": _line("1e-300 1e-8 0.01 0.5 0.9 1.1 1.9 10 1e3 1e6"),
    "Li2": _line("-1e6 -30 -3 -0.9 -0.01 1e-8 0.04 0.06 0.5 0.95 0.9999"),
    "agm": _grid("0.001 0.5 2 1e3", "0.01 1 30"),
    "hypot": _grid("-3 1e-8 0.5 1e200", "-1 0.25 1e200"),
    "atan2": _grid("-3 1e-8 0.5 1e6", "-1 0.25 1e6"),
    "root": _grid("0.001 0.5 8 1e6", "-2 2.5 3 7"),
    **dict.fromkeys(("logaddexp", "logsumexp"), _grid("-700 -1 0.5 30", "-2 0.25 30 700")),
    "xlogy": _grid("-3 1e-8 0.5 1e6", "1e-8 0.25 1e6"),
    "xlog1py": _grid("-3 1e-8 0.5 1e6", "1e-8 0.25 -0.9"),
    "square": _ANY,
}


def some(name: str, count: int) -> tuple[tuple[float, ...], ...]:
    """Return so many points of a grid, the same every time; every so many of its rows might stand in one column."""
    grid = GRIDS[name]
    return grid if len(grid) <= count else tuple(random.Random(name).sample(grid, count))  # noqa: S311 - hides nothing
