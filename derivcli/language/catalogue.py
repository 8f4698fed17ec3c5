"""Every function and constant of the language: one row each.

The parser, the witnesses, the help and the tests read this table; to add a function is to add a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Function:
    """A row of the catalogue.

    `sympy`, `torch` and `mpmath` name the function in that library; the module `<library>_functions` is searched
    first. Without a name, torch and mpmath take the `definition`, a formula of the language in the `parameters`;
    sympy takes an opaque function whose partial derivatives are the formulas `partials` (None: no closed form).
    `most` is None for any number of arguments. `inverse` is what `f^-1(x)` means.
    """

    name: str
    help: str
    aliases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ("x",)
    least: int = 1
    most: int | None = 1
    domain: str = "all real x"
    convention: str = ""
    smooth: bool = True
    sympy: str | None = None
    torch: str | None = None
    mpmath: str | None = None
    definition: str | None = None
    partials: tuple[str | None, ...] = ()
    inverse: str | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A number with a name; `sympy` and `mpmath` name it in those libraries."""

    name: str
    help: str


def _library(name: str, help_text: str, **columns: Any) -> Function:
    """Return a row for a function that all three libraries call by the same name."""
    return Function(name, help_text, **{"sympy": name, "torch": name, "mpmath": name, **columns})


def _formula(name: str, help_text: str, definition: str, **columns: Any) -> Function:
    """Return a row for a function of sympy's that torch and mpmath take from its definition."""
    return Function(name, help_text, definition=definition, **{"sympy": name, **columns})


_TWO: dict[str, Any] = {"least": 2, "most": 2}

# fmt: off
_ROWS = (
    # trigonometric
    _library("sin", "sine", inverse="asin"),
    _library("cos", "cosine", inverse="acos"),
    _library("tan", "tangent", domain="cos(x) != 0", inverse="atan"),
    _formula("sec", "secant", "1/cos(x)", domain="cos(x) != 0", inverse="asec"),
    _formula("csc", "cosecant", "1/sin(x)", aliases=("cosec",), domain="sin(x) != 0", inverse="acsc"),
    _formula("cot", "cotangent", "1/tan(x)", aliases=("cotan",), domain="sin(x) != 0", inverse="acot",
             mpmath="cot"),
    _library("asin", "inverse sine", aliases=("arcsin",), domain="-1 <= x <= 1"),
    _library("acos", "inverse cosine", aliases=("arccos",), domain="-1 <= x <= 1"),
    _library("atan", "inverse tangent", aliases=("arctan",)),
    _formula("asec", "inverse secant", "acos(1/x)", aliases=("arcsec",), domain="abs(x) >= 1"),
    _formula("acsc", "inverse cosecant", "asin(1/x)", aliases=("arccsc",), domain="abs(x) >= 1"),
    _formula("acot", "inverse cotangent", "atan(1/x)", aliases=("arccot",), domain="x != 0",
             convention="atan(1/x), between -pi/2 and pi/2, as in sympy, mpmath and Mathematica"),
    _library("atan2", "angle of the point (x, y)", **_TWO, parameters=("y", "x"), domain="not both 0",
             convention="atan2(0, 0) is undefined; the cut is the negative x axis", aliases=("arctan2",)),
    Function("sinc", "sin(x)/x", torch="sinc", mpmath="sinc",
             convention="sin(x)/x, not sin(pi*x)/(pi*x); sinc(0) is 1",
             partials=("where(x == 0, 0, (x*cos(x) - sin(x))/x^2)",)),
    # hyperbolic
    _library("sinh", "hyperbolic sine", inverse="asinh"),
    _library("cosh", "hyperbolic cosine", inverse="acosh"),
    _library("tanh", "hyperbolic tangent", inverse="atanh"),
    _formula("sech", "hyperbolic secant", "1/cosh(x)", inverse="asech"),
    _formula("csch", "hyperbolic cosecant", "1/sinh(x)", domain="x != 0", inverse="acsch"),
    _formula("coth", "hyperbolic cotangent", "1/tanh(x)", domain="x != 0", inverse="acoth"),
    _library("asinh", "inverse hyperbolic sine", aliases=("arsinh", "arcsinh")),
    _library("acosh", "inverse hyperbolic cosine", aliases=("arcosh", "arccosh"), domain="x >= 1"),
    _library("atanh", "inverse hyperbolic tangent", aliases=("artanh", "arctanh"), domain="-1 < x < 1"),
    _formula("asech", "inverse hyperbolic secant", "acosh(1/x)", aliases=("arsech", "arcsech"),
             domain="0 < x <= 1"),
    _formula("acsch", "inverse hyperbolic cosecant", "asinh(1/x)", aliases=("arcsch", "arccsch"),
             domain="x != 0"),
    _formula("acoth", "inverse hyperbolic cotangent", "atanh(1/x)", aliases=("arcoth", "arccoth"),
             domain="abs(x) > 1"),
    # exponentials, logarithms, powers
    _library("exp", "e to the power x", inverse="log"),
    Function("exp2", "2 to the power x", torch="exp2", definition="2^x", partials=("exp2(x)*log(2)",)),
    Function("expm1", "exp(x) - 1, exact near 0", torch="expm1", mpmath="expm1", partials=("exp(x)",)),
    _library("log", "natural logarithm; log(x, b) to the base b", aliases=("ln",), parameters=("x", "b"),
             most=2, domain="x > 0", inverse="exp"),
    Function("log2", "logarithm to the base 2", torch="log2", definition="log(x)/log(2)", domain="x > 0",
             partials=("1/(x*log(2))",)),
    Function("log10", "logarithm to the base 10", torch="log10", mpmath="log10", domain="x > 0",
             aliases=("lg",), partials=("1/(x*log(10))",)),
    Function("log1p", "log(1 + x), exact near 0", torch="log1p", definition="log(1 + x)", domain="x > -1",
             partials=("1/(1 + x)",)),
    _library("sqrt", "square root", domain="x >= 0"),
    Function("cbrt", "real cube root; cbrt(-8) is -2", torch="cbrt", mpmath="cbrt",
             partials=("1/(3*cbrt(x)^2)",)),
    Function("root", "real n-th root", **_TWO, parameters=("x", "n"), torch="root", mpmath="root",
             aliases=("nthroot", "real_root"), domain="x >= 0, or n an odd integer",
             convention="root(-8, 3) is -2", partials=("root(x, n)/(n*x)", "-root(x, n)*log(abs(x))/n^2")),
    Function("hypot", "sqrt(x^2 + y^2) without overflow", **_TWO, parameters=("x", "y"), torch="hypot",
             definition="sqrt(x^2 + y^2)", partials=("x/hypot(x, y)", "y/hypot(x, y)")),
    # piecewise
    Function("abs", "absolute value, also |x|", aliases=("Abs", "fabs"), torch="abs", mpmath="abs",
             smooth=False, partials=("sign(x)",)),
    Function("sign", "-1, 0 or 1", aliases=("sgn", "signum"), torch="sign", mpmath="sign", smooth=False,
             partials=("0",)),
    Function("floor", "largest integer not above x", torch="floor", mpmath="floor", smooth=False,
             partials=("0",)),
    Function("ceil", "smallest integer not below x", aliases=("ceiling",), torch="ceil", mpmath="ceil",
             smooth=False, partials=("0",)),
    Function("round", "nearest integer", torch="round", mpmath="round", smooth=False, partials=("0",),
             convention="a half goes to the even neighbour: round(2.5) is 2"),
    Function("frac", "x - floor(x)", definition="x - floor(x)", smooth=False, partials=("1",),
             convention="never negative: frac(-0.25) is 0.75"),
    Function("mod", "remainder of x/y, also x % y", **_TWO, parameters=("x", "y"), aliases=("Mod",),
             torch="remainder", mpmath="mod", smooth=False, domain="y != 0", partials=("1", "-floor(x/y)"),
             convention="has the sign of y, as in Python: mod(-7, 3) is 2"),
    Function("floordiv", "floor(x/y), also x // y", **_TWO, parameters=("x", "y"), torch="floordiv",
             mpmath="floordiv", smooth=False, domain="y != 0", partials=("0", "0")),
    Function("max", "the largest argument", aliases=("Max", "maximum"), parameters=("x", "y"), most=None,
             torch="maximum", mpmath="max", smooth=False),
    Function("min", "the smallest argument", aliases=("Min", "minimum"), parameters=("x", "y"), most=None,
             torch="minimum", mpmath="min", smooth=False),
    Function("clamp", "x held between a and b", aliases=("clip",), least=3, most=3, parameters=("x", "a", "b"),
             definition="min(max(x, a), b)", smooth=False,
             partials=("where(x < a, 0, where(x > b, 0, 1))", "where(x < a, where(a < b, 1, 0), 0)",
                       "where(max(x, a) > b, 1, 0)")),
    Function("heaviside", "unit step", aliases=("Heaviside",), torch="heaviside", mpmath="heaviside",
             smooth=False, convention="heaviside(0) is 1/2", partials=("0",)),
    Function("relu", "max(x, 0)", torch="relu", definition="max(x, 0)", smooth=False,
             partials=("where(x > 0, 1, 0)",)),
    # special functions
    Function("sigmoid", "1/(1 + exp(-x))", aliases=("expit", "logistic"), torch="sigmoid",
             definition="1/(1 + exp(-x))", partials=("sigmoid(x)*(1 - sigmoid(x))",)),
    Function("softplus", "log(1 + exp(x))", torch="softplus", definition="log(1 + exp(x))",
             partials=("sigmoid(x)",)),
    _library("erf", "error function"),
    _library("erfc", "complementary error function"),
    _library("gamma", "gamma function", aliases=("Γ", "tgamma"), domain="x not 0, -1, -2, ..."),
    Function("loggamma", "logarithm of abs(gamma(x))", aliases=("lgamma", "gammaln"), torch="lgamma",
             mpmath="loggamma", domain="x not 0, -1, -2, ...", partials=("digamma(x)",),
             convention="real on both sides of 0: log(abs(gamma(x)))"),
    _library("digamma", "derivative of loggamma", aliases=("psi",), domain="x not 0, -1, -2, ..."),
    _library("polygamma", "n-th derivative of digamma", **_TWO, parameters=("n", "x"),
             domain="n = 0, 1, 2, ...; x not 0, -1, -2, ..."),
    _library("factorial", "x!, gamma(x + 1)", domain="x not -1, -2, ..."),
)
# fmt: on

FUNCTIONS = {row.name: row for row in _ROWS}

CONSTANTS = {
    row.name: row
    for row in (
        Constant("pi", "3.14159..., also π"),
        Constant("e", "2.71828..., the base of the natural logarithm"),
        Constant("tau", "2*pi"),
        Constant("inf", "infinity, also ∞; for conditions only"),
    )
}

PIECEWISE_NAMES = ("where", "piecewise", "Piecewise")

_BY_ANY_NAME = {alias: row for row in _ROWS for alias in (row.name, *row.aliases)}


def find(name: str) -> Function | None:
    """Return the row of a function by its name or an alias."""
    return _BY_ANY_NAME.get(name)


def is_function(name: str) -> bool:
    """Tell whether a name can be called."""
    return name in _BY_ANY_NAME or name in PIECEWISE_NAMES


def function_names() -> tuple[str, ...]:
    """Return every name that can be called, aliases included."""
    return (*FUNCTIONS, *PIECEWISE_NAMES, *_BY_ANY_NAME)
