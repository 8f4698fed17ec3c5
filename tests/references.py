"""What every row of the catalogue is held against: mpmath's own functions, and points at which to look.

`REFERENCES` is mpmath's own function, or the textbook formula in mpmath's functions; nothing of derivcli is in it.
`POINTS` are arguments inside the domain of each row, none at a kink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

if TYPE_CHECKING:
    from collections.abc import Callable


def _own(names: str) -> dict[str, Callable[..., Any]]:
    """Return mpmath's functions of these names."""
    return {name: getattr(mp, name) for name in names.split()}


def _positive(x: Any) -> Any:
    return max(x, mpf(0))


def _clamp(x: Any, a: Any, b: Any) -> Any:
    return min(max(x, a), b)


def _elu(x: Any, a: Any) -> Any:
    return x if x > 0 else a * mp.expm1(x)


def _xlogy(x: Any, y: Any) -> Any:
    return x * mp.log(y) if x else mpf(0)


def _spherical(bessel: Callable[..., Any]) -> Callable[..., Any]:
    """Return the spherical Bessel function of DLMF 10.47.3 and 4; left of 0 both roots are imaginary."""
    return lambda n, x: mp.re(mp.sqrt(mp.pi / 2) / mp.sqrt(x) * bessel(n + mpf(1) / 2, x))


def _erfcinv(x: Any) -> Any:
    with mp.workprec(mp.prec + max(0, -mp.mag(x))):
        return mp.erfinv(1 - x)


def _sigmoid(x: Any) -> Any:
    return mp.exp(x) / (1 + mp.exp(x))


def _real(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function where it is real, and nan where its imaginary part is more than rounding."""

    def real(*args: Any) -> Any:
        found = mp.mpc(function(*args))
        return found.real if abs(found.imag) <= abs(found) * mp.mpf(2) ** (-mp.prec // 2) else mp.nan

    return real


REFERENCES: dict[str, Callable[..., Any]] = {
    **_own("sin cos tan sec csc cot sinc asin acos atan asec acsc sinh cosh tanh sech csch coth asinh acosh atanh"),
    **_own("exp expm1 log log10 log1p sqrt hypot sign floor ceil frac erf erfc erfi erfinv gamma digamma factorial"),
    **_own("harmonic binomial beta besselj bessely besseli besselk airyai airybi struveh struvel"),
    **_own("legendre chebyt chebyu hermite gegenbauer jacobi agm hyp1f1 hyp2f1 li expint"),
    # elementary
    "log": lambda x, b=mp.e: mp.log(x) / mp.log(b) if b > 0 else mp.nan,  # to the base 0 mpmath has 0
    "acot": lambda x: mp.atan(1 / x),
    "atan2": lambda y, x: mp.atan2(y, x) if x or y else mp.nan,
    "asech": lambda x: mp.acosh(1 / x),
    "acsch": lambda x: mp.asinh(1 / x),
    "acoth": lambda x: mp.atanh(1 / x),
    "exp2": lambda x: mpf(2) ** x,
    "log2": lambda x: mp.log(x, 2),
    "rsqrt": lambda x: 1 / mp.sqrt(x),
    "square": lambda x: x * x,
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "root": lambda x, n: mp.sign(x) * abs(x) ** (1 / mpf(n)) if x >= 0 or n % 2 == 1 else mp.nan,
    "logaddexp": lambda x, y: mp.log(mp.exp(x) + mp.exp(y)),
    "logsumexp": lambda *args: mp.log(mp.fsum(map(mp.exp, args))),
    "xlogy": _xlogy,
    "xlog1py": lambda x, y: _xlogy(x, 1 + y),
    "entr": lambda x: -_xlogy(x, x),
    "logit": lambda x: mp.log(x) - mp.log(1 - x),
    "exp10": lambda x: mpf(10) ** x,
    "log1m": lambda x: mp.log(1 - x),
    "log1mexp": lambda x: mp.log(-mp.expm1(-x)),
    "log1m_exp": lambda x: mp.log(-mp.expm1(x)),
    "sincpi": mp.sincpi,
    "sinpi": mp.sinpi,
    "cospi": mp.cospi,
    "tanpi": lambda x: mp.sinpi(x) / mp.cospi(x),
    "cosm1": lambda x: mp.cos(x) - 1,
    "deg2rad": mp.radians,
    "rad2deg": mp.degrees,
    "sind": lambda x: mp.sin(mp.radians(x)),
    "cosd": lambda x: mp.cos(mp.radians(x)),
    "tand": lambda x: mp.tan(mp.radians(x)),
    "asind": lambda x: mp.degrees(mp.asin(x)),
    "acosd": lambda x: mp.degrees(mp.acos(x)),
    "atand": lambda x: mp.degrees(mp.atan(x)),
    # sums and means
    "sum": lambda *args: mp.fsum(args),
    "prod": lambda *args: mp.fprod(args),
    "mean": lambda *args: mp.fsum(args) / len(args),
    "mse": lambda x, y: (x - y) ** 2,
    "huber": lambda x, a="1": x * x / 2 if abs(x) <= mpf(a) else mpf(a) * (abs(x) - mpf(a) / 2),
    # kinks and jumps
    "abs": abs,
    "round": mp.nint,
    "mod": lambda x, y: x - y * mp.floor(x / y),
    "floordiv": lambda x, y: mp.floor(x / y),
    "max": max,
    "min": min,
    "clamp": _clamp,
    "trunc": lambda x: mp.sign(x) * mp.floor(abs(x)),
    "fmod": lambda x, y: mp.sign(x) * (abs(x) - abs(y) * mp.floor(abs(x) / abs(y))),
    "ieee_remainder": lambda x, y: x - y * mp.nint(x / y),
    "step": lambda x: mpf(x >= 0),
    "heaviside": lambda x: (1 + mp.sign(x)) / 2,
    # machine learning, as in the documentation of torch.nn
    "relu": _positive,
    "relu6": lambda x: _clamp(x, mpf(0), mpf(6)),
    "leaky_relu": lambda x, a="0.01": x if x > 0 else mpf(a) * x,
    "elu": lambda x, a="1": _elu(x, mpf(a)),
    "celu": lambda x, a="1": x if x > 0 else mpf(a) * mp.expm1(x / mpf(a)),
    "selu": lambda x: mpf("1.0507009873554804934193349852946") * _elu(x, mpf("1.6732632423543772848170429916717")),
    "hardtanh": lambda x, a="-1", b="1": _clamp(x, mpf(a), mpf(b)),
    "hardsigmoid": lambda x: _clamp(x / 6 + mpf(1) / 2, mpf(0), mpf(1)),
    "hardswish": lambda x: x * _clamp(x + 3, mpf(0), mpf(6)) / 6,
    "hardshrink": lambda x, a="0.5": x if abs(x) > mpf(a) else mpf(0),
    "softshrink": lambda x, a="0.5": mp.sign(x) * _positive(abs(x) - mpf(a)),
    "softsign": lambda x: x / (1 + abs(x)),
    "tanhshrink": lambda x: x - mp.tanh(x),
    "sigmoid": _sigmoid,
    "logsigmoid": lambda x: -mp.log1p(mp.exp(-x)),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "silu": lambda x: x * _sigmoid(x),
    "mish": lambda x: x * mp.tanh(mp.log1p(mp.exp(x))),
    "gelu": lambda x: x * mp.ncdf(x),
    "gelu_tanh": lambda x: x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3))),
    "norm_pdf": mp.npdf,
    "ndtr": mp.ncdf,
    "log_ndtr": lambda x: mp.log(mp.ncdf(x)),
    "ndtri": lambda x: -mp.sqrt(2) * _erfcinv(2 * x),
    # error, gamma and beta functions
    "erfcx": lambda x: mp.exp(x * x) * mp.erfc(x),
    "erfcinv": _erfcinv,
    "dawson": lambda x: x * mp.hyp1f1(1, mpf(3) / 2, -x * x),  # DLMF 7.6.2 with 7.5.1
    "loggamma": lambda x: mp.log(abs(mp.gamma(x))),
    "mvlgamma": lambda x, p="3": (
        mpf(p) * (mpf(p) - 1) / 4 * mp.log(mp.pi) + mp.fsum(mp.loggamma(x - mpf(j) / 2) for j in range(int(p)))
    ),
    "trigamma": lambda x: mp.zeta(2, x) if x > 0 else mp.psi(1, x),
    "polygamma": lambda n, x: mp.psi(int(n), x) if n == int(n) else mp.nan,
    "factorial2": mp.fac2,
    "betainc": lambda a, b, x: x**a * mp.hyp2f1(a, 1 - b, a + 1, x) / (a * mp.beta(a, b)),  # DLMF 8.17.7
    "gammainc": lambda a, x: mp.gammainc(a, 0, x) / mp.gamma(a),
    "gammaincc": lambda a, x: mp.gammainc(a, x) / mp.gamma(a),
    "lowergamma": lambda a, x: x**a / a * mp.hyp1f1(a, a + 1, -x),  # DLMF 8.5.1
    "uppergamma": lambda a, x: mp.gammainc(a, x),
    # integrals
    "Si": mp.si,
    "Ci": mp.ci,
    "Shi": mp.shi,
    "Chi": mp.chi,
    "Ei": mp.ei,
    "E1": mp.e1,
    "Li": lambda x: mp.li(x, offset=True),
    "fresnels": mp.fresnels,
    "fresnelc": mp.fresnelc,
    # Bessel functions
    "j0": lambda x: mp.besselj(0, x),
    "j1": lambda x: mp.besselj(1, x),
    "y0": lambda x: mp.bessely(0, x),
    "y1": lambda x: mp.bessely(1, x),
    "i0": lambda x: mp.besseli(0, x),
    "i1": lambda x: mp.besseli(1, x),
    "k0": lambda x: mp.besselk(0, x),
    "k1": lambda x: mp.besselk(1, x),
    "i0e": lambda x: mp.exp(-abs(x)) * mp.besseli(0, x),
    "i1e": lambda x: mp.exp(-abs(x)) * mp.besseli(1, x),
    "k0e": lambda x: mp.exp(x) * mp.besselk(0, x),
    "k1e": lambda x: mp.exp(x) * mp.besselk(1, x),
    "jn": _spherical(mp.besselj),
    "yn": _spherical(mp.bessely),
    "airyaiprime": lambda x: mp.airyai(x, derivative=1),
    "airybiprime": lambda x: mp.airybi(x, derivative=1),
    # orthogonal polynomials, elliptic integrals
    "chebyshevt": mp.chebyt,
    "chebyshevu": mp.chebyu,
    "laguerre": lambda n, x: mp.laguerre(n, 0, x),
    "assoc_laguerre": mp.laguerre,
    "elliptic_k": mp.ellipk,
    "elliptic_e": mp.ellipe,
    "elliptic_f": mp.ellipf,
    "elliptic_einc": mp.ellipe,
    "elliptic_pi": mp.ellippi,
    "elliptic_piinc": mp.ellippi,
    # zeta functions
    "zeta": lambda s, a=1: mp.zeta(s, a),
    "polylog": _real(mp.polylog),
    "Li2": _real(lambda x: mp.polylog(2, x)),
    "LambertW": _real(lambda x, k=0: mp.lambertw(x, int(k))),
}
REFERENCES = {name: function for name, function in REFERENCES.items() if name not in ("chebyt", "chebyu")}

# Where mpmath goes on and the row does not, or where mpmath's function is a limit that it does not take.
_DEGREES = "n < 0 or n != floor(n)"
DIFFERENT = {
    **dict.fromkeys(("legendre", "chebyshevt", "chebyshevu", "hermite", "laguerre", "yn"), _DEGREES),
    **dict.fromkeys(("assoc_laguerre", "gegenbauer", "jacobi"), f"{_DEGREES} or a <= -1 or a == 0"),
    "jn": f"{_DEGREES} or x == 0",  # the reference divides by sqrt(x)
    **dict.fromkeys(("gammainc", "gammaincc"), "a <= 0 or x < 0"),
    "lowergamma": "a <= 0",
    "uppergamma": "x == 0 and a < 0",  # gamma(a)
    "beta": "(x <= 0 or y <= 0) and x == floor(x) and y == floor(y)",  # a limit where gamma(x + y) has a pole too
    "betainc": "a <= 0 or b <= 0 or x < 0 or x > 1",
    "binomial": "n < 0 and n == floor(n)",  # a limit, another one along another way
    "hyp1f1": "b <= 0 and b == floor(b)",  # a limit where a is such an integer too
    "hyp2f1": "c <= 0 and c == floor(c) or x > 1",
    "polylog": "x > 1 or x == 1 and s <= 1",  # x/(1 - x) and its like, and zeta(s)
    "zeta": "a <= 0",
    "softshrink": "a < 0",  # as in torch, which raises
    "agm": "x < 0 or y < 0",  # real where both are
    "bessely": "x == 0",  # 0 for n = -1/2, -3/2, ..., a limit
    **dict.fromkeys(("elliptic_pi", "elliptic_piinc"), "n > 1 or m > 1"),  # takes mpmath seconds
    "LambertW": "k != 0 and k != -1",
}


def _at(text: str) -> tuple[tuple[str, ...], ...]:
    """Return points: `1 2; 3 4` are two points of two arguments."""
    return tuple(tuple(point.split()) for point in text.split(";"))


POINTS: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(("sin", "cos", "tan", "sec", "csc", "cot", "sinc"), _at("0.7; -2.3; 10.25")),
    **dict.fromkeys(("asin", "acos", "atanh"), _at("0.3; -0.85; 0.99")),
    **dict.fromkeys(("atan", "asinh", "sinh", "cosh", "tanh", "sech"), _at("0; 0.4; -3.5")),
    **dict.fromkeys(("csch", "coth", "acsch", "acot"), _at("0.4; -3.5; 1.75")),
    **dict.fromkeys(("asec", "acsc", "acoth"), _at("1.5; -4; 30")),
    "acosh": _at("1.5; 4; 300"),
    "asech": _at("0.2; 0.5; 0.9"),
    **dict.fromkeys(("exp", "exp2", "exp10", "expm1", "softplus"), _at("0; 1e-9; -2.5; 25")),
    **dict.fromkeys(("sincpi", "sinpi", "cospi", "tanpi", "cosm1"), _at("0.7; -2.3; 1e-3")),
    **dict.fromkeys(("deg2rad", "rad2deg", "sind", "cosd", "tand", "atand"), _at("0.7; -30; 200")),
    **dict.fromkeys(("asind", "acosd"), _at("0.3; -0.85; 0.99")),
    "log1m": _at("1e-9; 0.75; -40"),
    "log1mexp": _at("1e-9; 0.5; 30"),
    "log1m_exp": _at("-1e-9; -0.5; -30"),
    **dict.fromkeys(("sum", "prod", "mean", "mse"), _at("1 2; -3 0.5; 20 -10; 0.5 0.25")),
    "huber": _at("0.7 1; -2.3 1; 4 2.5; -0.1 0.25"),
    "sigmoid": _at("0; 1.5; -30"),
    **dict.fromkeys(("log", "log2", "log10", "sqrt", "rsqrt"), _at("0.01; 2.5; 1e6")),
    "log1p": _at("1e-9; -0.75; 40"),
    "square": _at("0; -2.5; 1e6"),
    "cbrt": _at("8; -0.3; 1e6"),
    "root": _at("5 3; 0.2 2.5; 7 -2"),
    "hypot": _at("3 4; -0.5 1e-3; 0 2"),
    "atan2": _at("1 2; -3 -0.5; 0.25 -2"),
    **dict.fromkeys(("logaddexp", "logsumexp"), _at("1 2; -3 0.5; 20 -10; 0.5 0.5")),
    "xlogy": _at("2 0.3; -1.5 4; 0.01 1e3"),
    "xlog1py": _at("2 -0.3; -1.5 4; 0.01 1e-3"),
    "entr": _at("0.01; 0.8; 12"),
    "logit": _at("0.001; 0.3; 0.96875"),
    **dict.fromkeys(("abs", "sign", "heaviside", "relu", "frac"), _at("0.7; -2.3; 10.25")),
    **dict.fromkeys(("floor", "ceil", "round"), _at("0.7; -2.3; 10.25")),
    **dict.fromkeys(("trunc", "step"), _at("0.7; -2.3; 10.25")),
    **dict.fromkeys(("mod", "floordiv", "fmod", "ieee_remainder"), _at("7.5 2; -7.5 2; 7.5 -2; 0.3 0.25")),
    **dict.fromkeys(("max", "min"), _at("1 2; 2 -1; 0.5 0.25")),
    "clamp": _at("0.5 0 1; -2 0 1; 3 0 1"),
    **dict.fromkeys(("relu6", "hardsigmoid", "hardswish"), _at("0.7; -1.3; -4; 5.5; 10.25")),
    **dict.fromkeys(("selu", "softsign", "logsigmoid"), _at("0.7; -2.3; 10.25; -0.01")),
    "tanhshrink": _at("0.7; -2.3; 5.25; -0.5"),
    **dict.fromkeys(("silu", "mish", "gelu", "gelu_tanh"), _at("0; 0.7; -2.3; 3.25; -0.01")),
    **dict.fromkeys(("leaky_relu", "elu", "celu"), _at("0.7 0.01; -2.3 0.25; -0.01 1; 4 2.5; -1 -0.5")),
    "hardtanh": _at("0.5 -1 1; -2 -1 1; 3 -1 1.5"),
    **dict.fromkeys(("hardshrink", "softshrink"), _at("0.7 0.5; 0.2 0.5; -2.3 0.5; -1 0.25")),
    **dict.fromkeys(("ndtr", "norm_pdf"), _at("0; -2.5; 1.75; -8")),
    "log_ndtr": _at("0; -2.5; 1.75; -20; 3"),
    "ndtri": _at("0.001; 0.3; 0.75; 0.99"),
    **dict.fromkeys(("erf", "erfc"), _at("0.5; -1.25; 3")),
    "erfcx": _at("0; -1.25; 3; 20"),
    "erfi": _at("0; 0.5; -1.25; 4"),
    "erfinv": _at("0.001; -0.3; 0.99"),
    "erfcinv": _at("0.001; 0.7; 1.3; 1.99"),
    "dawson": _at("0; 0.5; -1.25; 6"),
    **dict.fromkeys(("gamma", "loggamma", "digamma", "trigamma"), _at("0.5; 4; -1.5; 20.25")),
    "mvlgamma": _at("1.25; 2.5; 10; 300"),
    "factorial": _at("3; 0.5; -1.25"),
    "polygamma": _at("0 2.5; 1 0.75; 3 6; 2 -1.25"),
    "factorial2": _at("5; 0.5; -1.25; 7.75"),
    "harmonic": _at("4; 0.5; -1.25; 100"),
    "binomial": _at("5 2; 4.5 1.25; -0.5 0.75; 10 3.5"),
    "beta": _at("2 3; 0.5 0.25; -0.5 1.25; 8 0.1"),
    "betainc": _at("2 3 0.3; 0.5 0.25 0.01; 4.5 1.25 0.95; 10 2 0.5"),
    **dict.fromkeys(("gammainc", "gammaincc"), _at("0.5 0.1; 2 3; 4.5 1.25; 10 12")),
    "lowergamma": _at("0.5 0.1; 2 3; 4.5 1.25; 10 12; 3 -1.5; 2 -40"),
    "uppergamma": _at("0.5 0.1; 2 3; -0.5 1.25; 0 2; 10 12; 3 -1.5; 2 -40"),
    **dict.fromkeys(("Si", "Shi"), _at("0; 0.5; -2.5; 12")),
    **dict.fromkeys(("Ci", "Chi", "E1"), _at("0.01; 0.75; 2.5; 12")),
    "Ei": _at("0.5; -0.01; -2.5; 12"),
    "expint": _at("1 0.5; 2 3; 0 1.25; -0.5 0.75; 3.5 10; -2 -1.75"),
    **dict.fromkeys(("li", "Li"), _at("0.01; 0.5; 1.75; 1e3")),
    **dict.fromkeys(("fresnels", "fresnelc"), _at("0.25; -0.75; 2.25; 5.1")),
    "besselj": _at("0 1.5; 1 -2.5; 2.5 0.5; 3 12; -1 2"),
    "bessely": _at("0 1.5; 1 2.5; 2.5 0.5; 3.5 12; -1 2"),
    "besseli": _at("0 1.5; 1 -2.5; 2.5 0.5; 3 12; -1 2"),
    "besselk": _at("0 0.5; 1 400; 2.5 0.5; 3.5 12; -1 1.25"),
    **dict.fromkeys(("j0", "j1", "i0", "i1"), _at("0; 0.5; -2.25; 12")),
    **dict.fromkeys(("y0", "y1"), _at("0.01; 0.5; 2.25; 12")),
    **dict.fromkeys(("k0", "k1", "k0e", "k1e"), _at("0.01; 0.5; 1.25; 400")),
    **dict.fromkeys(("i0e", "i1e"), _at("0.01; 0.5; -2.25; 12")),
    "jn": _at("0 1.5; 1 2.5; 2 -0.75; 5 12"),
    "yn": _at("0 1.5; 1 2.5; 2 -0.75; 5 12"),
    **dict.fromkeys(("airyai", "airybi", "airyaiprime", "airybiprime"), _at("0.25; 1; -2.25; 5")),
    **dict.fromkeys(("struveh", "struvel"), _at("0 1.5; 1 -2.5; 0.5 0.25; 2 8")),
    **dict.fromkeys(("legendre", "chebyshevt", "chebyshevu"), _at("0 0.3; 1 0.3; 4 0.3; 5 -0.85; 3 1.5")),
    **dict.fromkeys(("hermite", "laguerre"), _at("0 0.3; 1 0.3; 4 0.3; 5 -0.85; 3 2.5")),
    **dict.fromkeys(("assoc_laguerre", "gegenbauer"), _at("0 1 0.3; 1 0.5 0.3; 4 0.75 0.3; 5 2 -0.85; 3 -0.25 1.5")),
    "jacobi": _at("0 1 2 0.3; 1 0.5 0.25 0.3; 4 -0.5 0.75 0.3; 5 2 1 -0.85; 3 1 1 1.5"),
    **dict.fromkeys(("elliptic_k", "elliptic_e"), _at("0; 0.5; -3; 0.99")),
    **dict.fromkeys(("elliptic_f", "elliptic_einc"), _at("0.5 0.25; 1.2 0.9; -0.75 -2; 2.5 0.5; 0.5 1.5")),
    "elliptic_pi": _at("0.25 0.5; -1 0.3; 0.5 -2; 0.9 0.8"),
    "elliptic_piinc": _at("0.25 0.5 0.75; -1 1.2 0.3; 0.5 -0.75 -2; 2 0.5 0.25"),
    "agm": _at("1 2; 0.5 0.25; 10 0.1; 3 1e3"),
    "zeta": _at("2 1; 3.5 0.25; -1.5 1; 0.5 2; 6 10"),
    "polylog": _at("2 0.5; 1 -0.75; 3 0.01; 0.5 0.3; -1 0.25; 2 -5"),
    "Li2": _at("0.5; -0.75; 0.01; 0.96875; -5"),
    "LambertW": _at("1 0; -0.25 0; 100 0; -0.25 -1; -0.01 -1"),
    "hyp1f1": _at("1 2 0.5; 0.5 1.5 -2.25; 2.5 0.75 3; -1.5 2 4"),
    "hyp2f1": _at("1 2 3 0.5; 0.5 0.25 1.5 -2.25; 2.5 -1.25 0.75 0.3; 1 1 2 0.9"),
}
