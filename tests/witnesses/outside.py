"""Calls outside the domain of each row, where a function has no real value."""

from __future__ import annotations

OUTSIDE: tuple[str, ...] = (
    *("1/0", "log(0)", "log(-1)", "sqrt(-1)", "asin(2)", "acos(-1.5)", "acosh(0.5)", "atanh(1)", "atanh(-1)"),
    *("0^-1", "(-8)^(1/3)", "(-2)^pi", "tan(pi/2)", "sec(pi/2)", "csc(pi)", "cot(0)", "acot(0)", "csch(0)"),
    *("coth(0)", "asec(0.5)", "acsc(0)", "acoth(1)", "asech(0)", "asech(1.5)", "acsch(0)", "log1p(-1)"),
    *("log2(0)", "log10(-1)", "rsqrt(0)", "xlogy(1, 0)", "xlog1py(1, -1)", "entr(-0.1)", "logit(0)", "logit(1)"),
    *("log(2, 1)", "log(2, 0)", "gamma(0)", "gamma(-3)", "loggamma(0)", "digamma(-1)", "trigamma(0)"),
    *("factorial(-1)", "polygamma(1, 0)", "polygamma(-1, 2)", "polygamma(1.5, 2)", "atan2(0, 0)", "mod(1, 0)"),
    *("tanpi(1/2)", "tand(90)", "asind(2)", "acosd(-1.5)", "log1m(1)", "log1m(2)", "log1mexp(0)", "log1mexp(-1)"),
    *("log1m_exp(0)", "log1m_exp(1)", "fmod(1, 0)", "ieee_remainder(1, 0)"),
    *("floordiv(1, 0)", "root(-4, 2)", "root(4, 0)", "root(4, 1 - 1)", "where(log(-1) > 0, 1, 2)", "celu(-1, 0)"),
    *("ndtri(0)", "ndtri(1)", "erfinv(1)", "erfinv(-1.5)", "erfcinv(0)", "erfcinv(2)", "mvlgamma(1, 3)"),
    *(
        "mvlgamma(0.5, 2)",
        "factorial2(-2)",
        "factorial2(-4)",
        "harmonic(-1)",
        "binomial(-1, 0.5)",
        "binomial(-1, -1)",
        "binomial(-1, 2)",
        "beta(0, 1)",
    ),
    *("beta(1.5, -2)", "betainc(1, 2, -0.1)", "betainc(1, 2, 1.1)", "betainc(0, 2, 0.5)", "gammainc(0, 1)"),
    *("beta(1.5, -2)", "betainc(1, 2, -0.1)", "betainc(1, 2, 1.1)", "betainc(0, 2, 0.5)", "gammainc(0, 1)"),
    *("gammainc(1, -1)", "gammaincc(-1, 1)", "gammaincc(1, -0.5)", "lowergamma(0, 1)", "lowergamma(1.5, -1)"),
    *(
        "uppergamma(0.5, -1)",
        "uppergamma(0, -1)",
        "uppergamma(0, 0)",
        "uppergamma(-1, 0)",
        "Ci(0)",
        "Ci(-1)",
        "Chi(0)",
        "Chi(-1)",
    ),
    *("Ei(0)", "E1(0)", "E1(-1)", "expint(1, 0)", "expint(2, -1)", "li(1)", "li(-1)", "Li(1)", "Li(-0.5)"),
    *("besselj(0.5, -1)", "bessely(0, 0)", "bessely(1, -1)", "besseli(0.5, -1)", "besselk(0, 0)"),
    *("besselk(1, -1)", "y0(0)", "y1(-1)", "k0(0)", "k1(-1)", "k0e(0)", "k1e(-1)", "jn(-1, 1)", "jn(0.5, 1)"),
    *("yn(0, 0)", "yn(-1, 1)", "yn(1.5, 1)", "struveh(0.5, -1)", "struvel(0.5, -1)", "legendre(-1, 0.5)"),
    *("legendre(0.5, 0.5)", "chebyshevt(-1, 2)", "chebyshevu(0.5, 2)", "hermite(-1, 2)", "laguerre(1.5, 2)"),
    *("assoc_laguerre(-1, 1, 2)", "gegenbauer(0.5, 1, 2)", "jacobi(-1, 1, 1, 2)", "elliptic_k(1)"),
    *("elliptic_k(2)", "elliptic_e(1.5)", "elliptic_f(pi/2, 1)", "elliptic_f(1.5, 2)", "elliptic_einc(1.5, 2)"),
    *("elliptic_pi(1, 0.5)", "elliptic_pi(0.5, 1)", "elliptic_piinc(2, 1.5, 0.5)", "elliptic_piinc(0.5, 1.5, 2)"),
    *("agm(-1, 2)", "zeta(1)", "zeta(1, 2)", "zeta(2, 0)", "zeta(2, -1)", "polylog(2, 2)", "polylog(1, 1)"),
    *("Li2(1.5)", "LambertW(-1)", "LambertW(0.5, -1)", "LambertW(0, -1)", "LambertW(1, 1)", "hyp1f1(1, 0, 1)"),
    *(
        "hyp1f1(1, -2, 1)",
        "hyp1f1(-1, -2, 0.5)",
        "hyp2f1(-1, 2, -3, 0.5)",
        "hyp2f1(1, 2, 3, 1.5)",
        "hyp2f1(1, 2, 0, 0.5)",
    ),
)

# What torch computes there all the same: rounding misses the pole, a limit, or a branch of its own.
FINITE_IN_TORCH = (
    *(
        "tan(pi/2)",
        "tanpi(1/2)",
        "tand(90)",
        "sec(pi/2)",
        "csc(pi)",
        "acot(0)",
        "log(2, 0)",
        "atan2(0, 0)",
        "where(log(-1) > 0, 1, 2)",
    ),
    *("celu(-1, 0)", "betainc(0, 2, 0.5)", "gammainc(0, 1)", "Ci(-1)", "Chi(-1)", "elliptic_piinc(2, 1.5, 0.5)"),
    *("hyp1f1(-1, -2, 0.5)", "hyp2f1(-1, 2, -3, 0.5)"),  # scipy ends the series before its pole
)
