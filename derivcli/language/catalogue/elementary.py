"""Trigonometric and hyperbolic functions, exponentials, logarithms and powers."""

from __future__ import annotations

from derivcli.language.catalogue.rows import formula, library, of, special

# fmt: off
TRIGONOMETRIC = (
    library("sin", "sine", inverse="asin"),
    library("cos", "cosine", inverse="acos"),
    library("tan", "tangent", domain="cos(x) != 0", inverse="atan"),
    formula("sec", "secant", "1/cos(x)", sympy="sec", domain="cos(x) != 0", inverse="asec"),
    formula("csc", "cosecant", "1/sin(x)", sympy="csc", aliases=("cosec",), domain="sin(x) != 0", inverse="acsc"),
    formula("cot", "cotangent", "1/tan(x)", sympy="cot", aliases=("cotan",), domain="sin(x) != 0", inverse="acot",
            mpmath="cot"),
    library("asin", "inverse sine", aliases=("arcsin",), domain="-1 <= x <= 1"),
    library("acos", "inverse cosine", aliases=("arccos",), domain="-1 <= x <= 1"),
    library("atan", "inverse tangent", aliases=("arctan",)),
    formula("asec", "inverse secant", "acos(1/x)", sympy="asec", aliases=("arcsec",), domain="abs(x) >= 1"),
    formula("acsc", "inverse cosecant", "asin(1/x)", sympy="acsc", aliases=("arccsc",), domain="abs(x) >= 1"),
    formula("acot", "inverse cotangent", "atan(1/x)", sympy="acot", aliases=("arccot",), domain="x != 0",
            convention="atan(1/x), between -pi/2 and pi/2, as in sympy, mpmath and Mathematica"),
    library("atan2", "angle of the point (x, y)", least=2, most=2, parameters=("y", "x"), domain="not both 0",
            smooth=False, convention="atan2(0, 0) is undefined; the cut is the negative x axis", aliases=("arctan2",)),
    of("sinc", "sin(x)/x", torch="sinc", mpmath="sinc",
       convention="sin(x)/x, not sin(pi*x)/(pi*x); sinc(0) is 1",
       partials=("where(x == 0, 0, (x*cos(x) - sin(x))/x^2)",)),
)

HYPERBOLIC = (
    library("sinh", "hyperbolic sine", inverse="asinh"),
    library("cosh", "hyperbolic cosine", inverse="acosh"),
    library("tanh", "hyperbolic tangent", inverse="atanh"),
    formula("sech", "hyperbolic secant", "1/cosh(x)", sympy="sech", inverse="asech"),
    formula("csch", "hyperbolic cosecant", "1/sinh(x)", sympy="csch", domain="x != 0", inverse="acsch"),
    formula("coth", "hyperbolic cotangent", "1/tanh(x)", sympy="coth", domain="x != 0", inverse="acoth"),
    library("asinh", "inverse hyperbolic sine", aliases=("arsinh", "arcsinh")),
    library("acosh", "inverse hyperbolic cosine", aliases=("arcosh", "arccosh"), domain="x >= 1"),
    library("atanh", "inverse hyperbolic tangent", aliases=("artanh", "arctanh"), domain="-1 < x < 1"),
    formula("asech", "inverse hyperbolic secant", "acosh(1/x)", sympy="asech", aliases=("arsech", "arcsech"),
            domain="0 < x <= 1"),
    formula("acsch", "inverse hyperbolic cosecant", "asinh(1/x)", sympy="acsch", aliases=("arcsch", "arccsch"),
            domain="x != 0"),
    formula("acoth", "inverse hyperbolic cotangent", "atanh(1/x)", sympy="acoth", aliases=("arcoth", "arccoth"),
            domain="abs(x) > 1"),
)

POWERS = (
    library("exp", "e to the power x", inverse="log"),
    formula("exp2", "2 to the power x", "2^x", torch="exp2", partials=("exp2(x)*log(2)",)),
    of("expm1", "exp(x) - 1, exact near 0", torch="expm1", mpmath="expm1", partials=("exp(x)",)),
    library("log", "natural logarithm; log(x, b) to the base b", aliases=("ln",), parameters=("x", "b"),
            most=2, domain="x > 0", inverse="exp"),
    formula("log2", "logarithm to the base 2", "log(x)/log(2)", torch="log2", mpmath="log2", domain="x > 0",
            partials=("1/(x*log(2))",)),
    of("log10", "logarithm to the base 10", torch="log10", mpmath="log10", domain="x > 0",
       aliases=("lg",), partials=("1/(x*log(10))",)),
    formula("log1p", "log(1 + x), exact near 0", "log(1 + x)", torch="log1p", domain="x > -1",
            partials=("1/(1 + x)",)),
    library("sqrt", "square root", domain="x >= 0"),
    formula("rsqrt", "1/sqrt(x)", "1/sqrt(x)", torch="rsqrt", domain="x > 0"),
    formula("square", "x^2", "x^2", torch="square"),
    special("cbrt", "real cube root; cbrt(-8) is -2", "cbrt", "1/(3*cbrt(x)^2)"),
    of("root", "real n-th root", parameters=("x", "n"), torch="root", mpmath="root",
       aliases=("nthroot", "real_root"), domain="x >= 0, or n an odd integer",
       convention="root(-8, 3) is -2", partials=("root(x, n)/(n*x)", "-root(x, n)*log(abs(x))/n^2")),
    formula("hypot", "sqrt(x^2 + y^2) without overflow", "sqrt(x^2 + y^2)", parameters=("x", "y"),
            torch="hypot", partials=("x/hypot(x, y)", "y/hypot(x, y)")),
    formula("logaddexp", "log(exp(x) + exp(y)) without overflow", "x + softplus(y - x)", parameters=("x", "y"),
            torch="logaddexp", partials=("sigmoid(x - y)", "sigmoid(y - x)")),
    of("logsumexp", "log of the sum of exp of each argument", parameters=("x", "y"), least=1, most=None,
       written_out=True),
    formula("xlogy", "x*log(y), and 0 where x is 0", "where(x == 0, 0, x*log(y))", parameters=("x", "y"),
            torch="xlogy", domain="y > 0, or x = 0", partials=("log(y)", "x/y")),
    formula("xlog1py", "x*log(1 + y), and 0 where x is 0", "where(x == 0, 0, x*log1p(y))", parameters=("x", "y"),
            torch="xlog1py", domain="y > -1, or x = 0", partials=("log1p(y)", "x/(1 + y)")),
    formula("entr", "entropy -x*log(x), and 0 at 0", "-xlogy(x, x)", torch="entr", domain="x >= 0",
            partials=("-log(x) - 1",)),
    formula("logit", "log(x/(1 - x))", "log(x/(1 - x))", values="logit", domain="0 < x < 1",
            partials=("1/(x*(1 - x))",)),
)
# fmt: on
