"""What the functions of the catalogue tend to where an argument grows without bound: one row a limit.

A row is a call with `inf` or `-inf` in the place of an argument, its limit as a formula of the other arguments, and
what must hold for that, if anything. A head has the sections of DLMF (https://dlmf.nist.gov) that its rows are taken
from. A limit holds for each choice of the other arguments; a function that has none, as sin, has no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_CALL = re.compile(r"(\w+)\((.*)\)")
_SIGNS = {"inf": 1, "-inf": -1}


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit: its formula in the arguments that stay finite, and what must hold; an empty text for nothing."""

    parameters: tuple[str, ...]
    limit: str
    condition: str = ""


_TEXT = """
# Powers, exponentials and logarithms: 4.2, 4.4
pow(inf, c)              | where(c > 0, inf, where(c == 0, 1, 0))
pow(-inf, c)             | where(c > 0, where(c % 2 == 0, inf, -inf), where(c == 0, 1, 0)) | c == floor(c)
pow(b, inf)              | where(b > 1, inf, where(b == 1, 1, 0)) | b >= 0
pow(b, -inf)             | where(b > 1, 0, where(b == 1, 1, inf)) | b > 0
exp(-inf)                | 0
exp(inf)                 | inf
expm1(-inf)              | -1
expm1(inf)               | inf
log(inf)                 | inf
log10(inf)               | inf
log2(inf)                | inf
log1p(inf)               | inf
sqrt(inf)                | inf
cbrt(-inf)               | -inf
cbrt(inf)                | inf
root(inf, n)             | where(n > 0, inf, 0) | n != 0
root(x, inf)             | where(x > 0, 1, 0) | x >= 0
root(x, -inf)            | 1 | x > 0
logaddexp(-inf, y)       | y
logaddexp(inf, y)        | inf
sigmoid(-inf)            | 0
sigmoid(inf)             | 1
softplus(-inf)           | 0
softplus(inf)            | inf

# Trigonometric and hyperbolic functions: 4.23, 4.28, 4.37
atan(-inf)               | -pi/2
atan(inf)                | pi/2
atan2(-inf, x)           | -pi/2
atan2(inf, x)            | pi/2
atan2(y, inf)            | 0
atan2(y, -inf)           | where(y < 0, -pi, pi)
sinc(-inf)               | 0
sinc(inf)                | 0
sinh(-inf)               | -inf
sinh(inf)                | inf
cosh(-inf)               | inf
cosh(inf)                | inf
tanh(-inf)               | -1
tanh(inf)                | 1
asinh(-inf)              | -inf
asinh(inf)               | inf
acosh(inf)               | inf

# Steps, remainders and activations: by their definitions, with 4.4 for exp
abs(-inf)                | inf
abs(inf)                 | inf
sign(-inf)               | -1
sign(inf)                | 1
heaviside(-inf)          | 0
heaviside(inf)           | 1
floor(-inf)              | -inf
floor(inf)               | inf
ceil(-inf)               | -inf
ceil(inf)                | inf
round(-inf)              | -inf
round(inf)               | inf
mod(x, inf)              | where(x < 0, inf, x)
mod(x, -inf)             | where(x > 0, -inf, x)
fmod(x, inf)             | x
fmod(x, -inf)            | x
ieee_remainder(x, inf)   | x
ieee_remainder(x, -inf)  | x
floordiv(x, inf)         | where(x < 0, -1, 0)
floordiv(x, -inf)        | where(x > 0, -1, 0)
floordiv(inf, y)         | where(y > 0, inf, -inf) | y != 0
floordiv(-inf, y)        | where(y > 0, -inf, inf) | y != 0
softsign(-inf)           | -1
softsign(inf)            | 1
silu(-inf)               | 0
mish(-inf)               | 0
gelu(-inf)               | 0
gelu_tanh(-inf)          | 0
hardswish(-inf)          | 0

# Error functions, Dawson's and Fresnel's integrals: 7.2, 7.5, 7.12
erf(-inf)                | -1
erf(inf)                 | 1
erfc(-inf)               | 2
erfc(inf)                | 0
erfcx(-inf)              | inf
erfcx(inf)               | 0
erfi(-inf)               | -inf
erfi(inf)                | inf
log_ndtr(-inf)           | -inf
log_ndtr(inf)            | 0
dawson(-inf)             | 0
dawson(inf)              | 0
fresnels(-inf)           | -1/2
fresnels(inf)            | 1/2
fresnelc(-inf)           | -1/2
fresnelc(inf)            | 1/2

# Gamma and beta functions: 5.2, 5.5, 5.11, 5.12, 5.15
gamma(inf)               | inf
loggamma(inf)            | inf
digamma(inf)             | inf
polygamma(n, inf)        | where(n == 0, inf, 0) | n >= 0 and n == floor(n)
factorial(inf)           | inf
factorial2(inf)          | inf
binomial(inf, k)         | where(k > 0, inf, where(k == 0, 1, 0))
binomial(n, inf)         | 0 | n > -1
binomial(n, -inf)        | 0 | n > -1
beta(inf, y)             | 0 | y > 0
beta(x, inf)             | 0 | x > 0

# Incomplete gamma and beta functions: 8.2, 8.4, 8.11, 8.17, 8.18
gammainc(a, inf)         | 1 | a > 0
gammainc(inf, x)         | 0 | x >= 0
gammaincc(a, inf)        | 0 | a > 0
gammaincc(inf, x)        | 1 | x >= 0
lowergamma(a, inf)       | gamma(a) | a > 0
lowergamma(a, -inf)      | where(a % 2 == 0, inf, -inf) | a > 0 and a == floor(a)
lowergamma(inf, x)       | where(x > 1, inf, 0) | x >= 0
uppergamma(a, inf)       | 0
uppergamma(a, -inf)      | where(a % 2 == 0, -inf, inf) | a > 0 and a == floor(a)
uppergamma(inf, x)       | inf | x >= 0
betainc(inf, b, x)       | where(x == 1, 1, 0) | 0 <= x <= 1 and b > 0
betainc(a, inf, x)       | where(x == 0, 0, 1) | 0 <= x <= 1 and a > 0

# Exponential, sine and cosine integrals: 6.2, 6.12, 8.19, 8.20
Si(-inf)                 | -pi/2
Si(inf)                  | pi/2
Ci(inf)                  | 0
Shi(-inf)                | -inf
Shi(inf)                 | inf
Chi(inf)                 | inf
Ei(-inf)                 | 0
Ei(inf)                  | inf
E1(inf)                  | 0
expint(n, inf)           | 0
expint(n, -inf)          | -inf | n <= 0 and n == floor(n)
expint(inf, x)           | 0 | x >= 0
li(inf)                  | inf

# Bessel functions: 10.7, 10.19, 10.25, 10.27, 10.29, 10.30, 10.40, 10.41, 10.52
besselj(n, inf)          | 0
besselj(n, -inf)         | 0 | n == floor(n)
besselj(inf, x)          | 0 | x >= 0
bessely(n, inf)          | 0
bessely(inf, x)          | -inf | x > 0
besseli(n, inf)          | inf
besseli(n, -inf)         | where(n % 2 == 0, inf, -inf) | n == floor(n)
besseli(inf, x)          | 0 | x >= 0
besselk(n, inf)          | 0
besselk(inf, x)          | inf | x > 0
besselk(-inf, x)         | inf | x > 0
i0e(-inf)                | 0
i0e(inf)                 | 0
i1e(-inf)                | 0
i1e(inf)                 | 0
k0e(inf)                 | 0
k1e(inf)                 | 0
jn(n, -inf)              | 0 | n >= 0 and n == floor(n)
jn(n, inf)               | 0 | n >= 0 and n == floor(n)
yn(n, -inf)              | 0 | n >= 0 and n == floor(n)
yn(n, inf)               | 0 | n >= 0 and n == floor(n)

# Airy and Struve functions: 9.7, 11.4, 11.6
airyai(-inf)             | 0
airyai(inf)              | 0
airybi(-inf)             | 0
airybi(inf)              | inf
airyaiprime(inf)         | 0
airybiprime(inf)         | inf
struveh(n, inf)          | where(n > 1, inf, where(n == 1, 2/pi, 0))
struveh(n, -inf)         | where(n < 1, 0, where(n == 1, 2/pi, where(n % 2 == 0, -inf, inf))) | n == floor(n)
struvel(n, inf)          | inf
struvel(n, -inf)         | where(n % 2 == 0, -inf, inf) | n == floor(n)

# Orthogonal polynomials, which are as their first terms: 18.3, 18.5
legendre(n, inf)         | where(n == 0, 1, inf) | n >= 0 and n == floor(n)
legendre(n, -inf)        | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | n >= 0 and n == floor(n)
chebyshevt(n, inf)       | where(n == 0, 1, inf) | n >= 0 and n == floor(n)
chebyshevt(n, -inf)      | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | n >= 0 and n == floor(n)
chebyshevu(n, inf)       | where(n == 0, 1, inf) | n >= 0 and n == floor(n)
chebyshevu(n, -inf)      | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | n >= 0 and n == floor(n)
hermite(n, inf)          | where(n == 0, 1, inf) | n >= 0 and n == floor(n)
hermite(n, -inf)         | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | n >= 0 and n == floor(n)
laguerre(n, inf)         | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | n >= 0 and n == floor(n)
laguerre(n, -inf)        | where(n == 0, 1, inf) | n >= 0 and n == floor(n)
assoc_laguerre(n, a, inf)  | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | n >= 0 and n == floor(n)
assoc_laguerre(n, a, -inf) | where(n == 0, 1, inf) | n >= 0 and n == floor(n)
gegenbauer(n, a, inf)    | where(n == 0, 1, inf) | a > 0 and n >= 0 and n == floor(n)
gegenbauer(n, a, -inf)   | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | a > 0 and n >= 0 and n == floor(n)
jacobi(n, a, b, inf)     | where(n == 0, 1, inf) | a > -1 and b > -1 and n >= 0 and n == floor(n)
jacobi(n, a, b, -inf) | where(n == 0, 1, where(n % 2 == 0, inf, -inf)) | a > -1 and b > -1 and n >= 0 and n == floor(n)

# Elliptic integrals and the arithmetic-geometric mean: 19.2, 19.7, 19.8, 19.12
elliptic_k(-inf)         | 0
elliptic_e(-inf)         | inf
elliptic_pi(-inf, m)     | 0 | m < 1
elliptic_f(phi, -inf)    | 0 | abs(phi) < pi/2
elliptic_f(inf, m)       | inf | m < 1
elliptic_f(-inf, m)      | -inf | m < 1
elliptic_einc(inf, m)    | inf | m <= 1
elliptic_einc(-inf, m)   | -inf | m <= 1
agm(inf, y)              | where(y > 0, inf, 0) | y >= 0
agm(x, inf)              | where(x > 0, inf, 0) | x >= 0

# Zeta functions and polylogarithms, Lambert's W, hypergeometric functions: 25.2, 25.11, 25.12, 4.13, 13.2, 13.8, 15.8
zeta(inf, a)             | where(a > 1, 0, where(a == 1, 1, inf)) | a > 0
zeta(s, inf)             | where(s > 1, 0, -inf) | s != 1
polylog(s, -inf)         | where(s > 0, -inf, where(s == 0, -1, 0))
polylog(inf, x)          | x | -1 <= x <= 1
LambertW(inf, k)         | inf | k == 0
hyp1f1(a, inf, x)        | 1
hyp1f1(a, b, inf)        | inf | a > 0 and b > 0
hyp1f1(a, b, -inf)       | 0 | a > 0 and b > 0
hyp2f1(a, b, c, -inf)    | 0 | a > 0 and b > 0 and c > 0
"""


@cache
def limits() -> dict[tuple[str, tuple[int, ...]], LimitRow]:
    """Return all rows, by the name of a function and the signs of its arguments that are infinite: 0 for a finite."""
    found = {}
    for line in _TEXT.splitlines():
        if line and not line.startswith("#"):
            call, *rest = (part.strip() for part in line.split("|"))
            name, inside = _CALL.fullmatch(call).groups()  # type: ignore[union-attr]
            arguments = inside.split(", ")
            signs = tuple(_SIGNS.get(argument, 0) for argument in arguments)
            parameters = tuple(argument for argument in arguments if argument not in _SIGNS)
            found[name, signs] = LimitRow(parameters, *rest)
    return found
