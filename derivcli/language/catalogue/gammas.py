"""The error function, the gamma function and their kin."""

from __future__ import annotations

from derivcli.language.catalogue.rows import formula, library, of, special

_NO_POLE = "x > 0 or x != floor(x)"

# fmt: off
ERROR_FUNCTIONS = (
    library("erf", "error function", partials=("2*exp(-x^2)/sqrt(pi)",)),
    library("erfc", "complementary error function, 1 - erf(x)", partials=("-2*exp(-x^2)/sqrt(pi)",)),
    of("erfcx", "exp(x^2)*erfc(x) without overflow", torch=True,
       partials=("2*x*erfcx(x) - 2/sqrt(pi)",)),
    special("erfi", "imaginary error function, -i*erf(i*x)", "erfi", "2*exp(x^2)/sqrt(pi)", sympy=True),
    library("erfinv", "inverse of erf", domain="-1 < x < 1", partials=("sqrt(pi)*exp(erfinv(x)^2)/2",)),
    special("erfcinv", "inverse of erfc", "erfcinv", "-sqrt(pi)*exp(erfcinv(x)^2)/2", sympy=True,
            domain="0 < x < 2"),
    special("dawson", "Dawson's integral", "dawsn", "1 - 2*x*dawson(x)", aliases=("dawsn",),
            convention="F(x) = exp(-x^2) times the integral of exp(t^2) from 0 to x"),
)

GAMMA_FUNCTIONS = (
    special("gamma", "gamma function", "gamma", "gamma(x)*digamma(x)", sympy=True, aliases=("Γ", "tgamma"),
            domain=_NO_POLE),
    special("loggamma", "logarithm of abs(gamma(x))", "loggamma", "digamma(x)", aliases=("lgamma", "gammaln"),
            domain=_NO_POLE, convention="real on both sides of 0: log(abs(gamma(x)))"),
    of("mvlgamma", "multivariate log gamma of dimension p", parameters=("x", "p"), aliases=("multigammaln",),
       domain="x > (p - 1)/2", convention="p is a whole number from 1 to 100", literal="p"),
    special("digamma", "derivative of loggamma", "digamma", "polygamma(1, x)", sympy=True, aliases=("psi",),
            domain=_NO_POLE),
    formula("trigamma", "second derivative of loggamma", "polygamma(1, x)", domain=_NO_POLE),
    special("polygamma", "n-th derivative of digamma", "polygamma", None, "polygamma(n + 1, x)", sympy=True,
            parameters=("n", "x"), domain=f"n >= 0 and n == floor(n) and ({_NO_POLE})"),
    special("factorial", "x!, gamma(x + 1)", "factorial", "gamma(x + 1)*digamma(x + 1)", sympy=True,
            domain="x > -1 or x != floor(x)"),
    formula("factorial2", "double factorial x!!, x*(x - 2)*(x - 4)*... to 1 or 2",
            "2^((1 + 2*x - cos(pi*x))/4)*pi^((cos(pi*x) - 1)/4)*gamma(x/2 + 1)", aliases=("fac2",),
            domain="x > -2 or x/2 != floor(x/2)", convention="between the integers as in mpmath",
            partials=("factorial2(x)*(log(2) + pi*log(2/pi)*sin(pi*x)/2 + digamma(x/2 + 1))/2",)),
    formula("harmonic", "harmonic number 1 + 1/2 + ... + 1/x", "digamma(x + 1) - digamma(1)",
            domain="x > -1 or x != floor(x)", partials=("polygamma(1, x + 1)",)),
    special("binomial", "binomial coefficient, n over k", "binom",
            "binomial(n, k)*(digamma(n + 1) - digamma(n - k + 1))",
            "binomial(n, k)*(digamma(n - k + 1) - digamma(k + 1))",
            parameters=("n", "k"), aliases=("binom", "comb", "choose"),
            domain="n > -1 or n != floor(n)"),
    special("beta", "gamma(x)*gamma(y)/gamma(x + y)", "beta", "beta(x, y)*(digamma(x) - digamma(x + y))",
            "beta(x, y)*(digamma(y) - digamma(x + y))", sympy=True, parameters=("x", "y"),
            domain="(x > 0 or x != floor(x)) and (y > 0 or y != floor(y))"),
    special("betainc", "regularized incomplete beta function I_x(a, b)", "betainc", None, None,
            "x^(a - 1)*(1 - x)^(b - 1)/beta(a, b)", parameters=("a", "b", "x"),
            domain="0 <= x <= 1 and a > 0 and b > 0",
            convention="regularized, with the arguments of scipy: betainc(a, b, x)"),
    special("gammainc", "regularized lower incomplete gamma function P(a, x)", "gammainc", None,
            "x^(a - 1)*exp(-x)/gamma(a)", parameters=("a", "x"), domain="a > 0 and x >= 0",
            convention="regularized, as in scipy and torch; lowergamma(a, x) is not"),
    special("gammaincc", "regularized upper incomplete gamma function Q(a, x)", "gammaincc", None,
            "-x^(a - 1)*exp(-x)/gamma(a)", parameters=("a", "x"), domain="a > 0 and x >= 0",
            convention="regularized, as in scipy and torch; uppergamma(a, x) is not"),
    special("lowergamma", "integral of t^(a - 1)*exp(-t) from 0 to x", "lowergamma", None, "x^(a - 1)*exp(-x)",
            parameters=("a", "x"), domain="a > 0 and (x >= 0 or a == floor(a))"),
    special("uppergamma", "integral of t^(a - 1)*exp(-t) from x to infinity", "uppergamma", None,
            "-x^(a - 1)*exp(-x)", parameters=("a", "x"), domain="x > 0 or a > 0 and (x == 0 or a == floor(a))"),
)

INTEGRALS = (
    special("Si", "sine integral", "sine_integral", "sinc(x)"),
    special("Ci", "cosine integral", "cosine_integral", "cos(x)/x", sympy=True, domain="x > 0"),
    special("Shi", "hyperbolic sine integral", "hyperbolic_sine_integral", "where(x == 0, 1, sinh(x)/x)"),
    special("Chi", "hyperbolic cosine integral", "hyperbolic_cosine_integral", "cosh(x)/x", sympy=True,
            domain="x > 0"),
    special("Ei", "exponential integral", "expi", "exp(x)/x", sympy=True, aliases=("expi",), domain="x != 0"),
    special("E1", "exponential integral E1, integral of exp(-t)/t from x", "exp1", "-exp(-x)/x", aliases=("exp1",),
            domain="x > 0"),
    special("expint", "generalized exponential integral En(x)", "expint", None, "-expint(n - 1, x)",
            parameters=("n", "x"), aliases=("expn",),
            domain="x > 0 or x == 0 and n > 1 or x < 0 and n <= 0 and n == floor(n)"),
    special("li", "logarithmic integral", "logarithmic_integral", "1/log(x)", sympy=True, aliases=("logint",),
            domain="x >= 0 and x != 1"),
    formula("Li", "li(x) - li(2)", "li(x) - li(2)", sympy=True, domain="x >= 0 and x != 1",
            convention="the offset logarithmic integral; the dilogarithm is Li2"),
    special("fresnels", "Fresnel sine integral", "fresnel_sine", "sin(pi*x^2/2)", sympy=True,
            convention="integral of sin(pi*t^2/2)"),
    special("fresnelc", "Fresnel cosine integral", "fresnel_cosine", "cos(pi*x^2/2)", sympy=True,
            convention="integral of cos(pi*t^2/2)"),
)
# fmt: on
