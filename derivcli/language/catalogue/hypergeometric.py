"""Orthogonal polynomials, elliptic integrals, zeta functions and hypergeometric functions."""

from __future__ import annotations

from derivcli.language.catalogue.rows import Function, formula, special

# The slope by {0} from the side where Gauss's function keeps its digits; x*f_x + y*f_y = f gives the other.
_AGM = (
    "where({0} < {1}, agm(x, y)^2*hyp2f1(1/2, 3/2, 2, 1 - ({1}/{0})^2)/(2*{0}^2),"
    " (agm(x, y) - agm(x, y)^2*hyp2f1(1/2, 3/2, 2, 1 - ({0}/{1})^2)/(2*{1}))/{0})"
)
_DEGREE = "n >= 0 and n == floor(n)"


def _polynomial(name: str, help_text: str, slope: str, parameters: tuple[str, ...], *aliases: str) -> Function:
    """Return a row for an orthogonal polynomial of degree n; `slope` is its derivative for n > 0."""
    unknown = (None,) * (len(parameters) - 1)
    return special(name, help_text, name, *unknown, f"where(n == 0, 0, {slope})", parameters=parameters,
                   aliases=aliases, domain=_DEGREE)  # fmt: skip


# fmt: off
POLYNOMIALS = (
    _polynomial("legendre", "Legendre polynomial of degree n", "(n + 1)/2*jacobi(n - 1, 1, 1, x)", ("n", "x"),
                "legendre_polynomial_p"),
    _polynomial("chebyshevt", "Chebyshev polynomial of the first kind", "n*chebyshevu(n - 1, x)", ("n", "x"),
                "chebyshev_polynomial_t"),
    _polynomial("chebyshevu", "Chebyshev polynomial of the second kind", "2*gegenbauer(n - 1, 2, x)", ("n", "x"),
                "chebyshev_polynomial_u"),
    _polynomial("hermite", "Hermite polynomial of the physicists", "2*n*hermite(n - 1, x)", ("n", "x"),
                "hermite_polynomial_h"),
    _polynomial("laguerre", "Laguerre polynomial of degree n", "-assoc_laguerre(n - 1, 1, x)", ("n", "x"),
                "laguerre_polynomial_l"),
    _polynomial("assoc_laguerre", "generalized Laguerre polynomial", "-assoc_laguerre(n - 1, a + 1, x)",
                ("n", "a", "x"), "genlaguerre"),
    _polynomial("gegenbauer", "Gegenbauer polynomial of degree n", "2*a*gegenbauer(n - 1, a + 1, x)",
                ("n", "a", "x")),
    _polynomial("jacobi", "Jacobi polynomial of degree n", "(n + a + b + 1)/2*jacobi(n - 1, a + 1, b + 1, x)",
                ("n", "a", "b", "x")),
)

ELLIPTIC = (
    special("elliptic_k", "complete elliptic integral of the first kind", "ellipk",
            "pi/8*hyp2f1(3/2, 3/2, 2, m)", parameters=("m",), aliases=("ellipk", "EllipticK"), domain="m < 1",
            convention="m is the parameter k^2, as in sympy, scipy and Mathematica"),
    special("elliptic_e", "elliptic integral of the second kind; elliptic_e(phi, m) is incomplete", "ellipe",
            "-pi/8*hyp2f1(1/2, 3/2, 2, m)", parameters=("m",), aliases=("ellipe", "EllipticE"), domain="m <= 1",
            longer="elliptic_einc"),
    special("elliptic_f", "incomplete elliptic integral of the first kind", "elliptic_f",
            "1/sqrt(1 - m*sin(phi)^2)",
            "where(m == 0, (2*phi - sin(2*phi))/8, elliptic_einc(phi, m)/(2*m*(1 - m)) - elliptic_f(phi, m)/(2*m)"
            " - sin(2*phi)/(4*(1 - m)*sqrt(1 - m*sin(phi)^2)))",
            parameters=("phi", "m"), aliases=("ellipkinc", "EllipticF"),
            domain="m < 1 or abs(phi) < pi/2 and m*sin(phi)^2 <= 1"),
    special("elliptic_einc", "incomplete elliptic integral of the second kind", "elliptic_einc",
            "sqrt(1 - m*sin(phi)^2)",
            "where(m == 0, (sin(2*phi) - 2*phi)/8, (elliptic_einc(phi, m) - elliptic_f(phi, m))/(2*m))",
            parameters=("phi", "m"), aliases=("ellipeinc",), domain="m <= 1 or abs(phi) < pi/2 and m*sin(phi)^2 <= 1"),
    special("elliptic_pi", "elliptic integral of the third kind; elliptic_pi(n, phi, m) is incomplete",
            "elliptic_pi",
            "(elliptic_e(m) + (m - n)*elliptic_k(m)/n + (n^2 - m)*elliptic_pi(n, m)/n)/(2*(m - n)*(n - 1))",
            "(elliptic_e(m)/(m - 1) + elliptic_pi(n, m))/(2*(n - m))",
            parameters=("n", "m"), aliases=("ellippi", "EllipticPi"), domain="n < 1 and m < 1",
            longer="elliptic_piinc"),
    special("elliptic_piinc", "incomplete elliptic integral of the third kind", "elliptic_piinc",
            "(elliptic_einc(phi, m) + (m - n)*elliptic_f(phi, m)/n + (n^2 - m)*elliptic_piinc(n, phi, m)/n"
            " - n*sqrt(1 - m*sin(phi)^2)*sin(2*phi)/(2*(1 - n*sin(phi)^2)))/(2*(m - n)*(n - 1))",
            "1/(sqrt(1 - m*sin(phi)^2)*(1 - n*sin(phi)^2))",
            "(elliptic_einc(phi, m)/(m - 1) + elliptic_piinc(n, phi, m)"
            " - m*sin(2*phi)/(2*(m - 1)*sqrt(1 - m*sin(phi)^2)))/(2*(n - m))",
            parameters=("n", "phi", "m"),
            domain="m < 1 and n < 1 or abs(phi) < pi/2 and m*sin(phi)^2 <= 1 and n*sin(phi)^2 < 1"),
    special("agm", "arithmetic-geometric mean", "agm", _AGM.format("x", "y"), _AGM.format("y", "x"),
            parameters=("x", "y"), domain="x >= 0 and y >= 0"),
)

ZETA_FUNCTIONS = (
    special("zeta", "Riemann zeta function; zeta(s, a) is Hurwitz's", "zeta", None,
            "where(s == 0, -1, -s*zeta(s + 1, a))",
            parameters=("s", "a"), defaults=("1",), domain="s != 1 and a > 0"),
    special("polylog", "polylogarithm of order s", "polylog", None, "where(x == 0, 1, polylog(s - 1, x)/x)",
            parameters=("s", "x"), domain="x < 1 or x == 1 and s > 1"),
    formula("Li2", "dilogarithm polylog(2, x)", "polylog(2, x)", aliases=("dilog",), domain="x <= 1",
            convention="Li2(x) is polylog(2, x), not spence(x)"),
    special("LambertW", "inverse of w*exp(w); LambertW(x, -1) is the lower branch", "lambertw",
            "exp(-LambertW(x, k))/(1 + LambertW(x, k))", None, parameters=("x", "k"), defaults=("0",),
            aliases=("lambertw",), domain="k == 0 and x >= -1/e or k == -1 and -1/e <= x < 0",
            convention="k is the branch, 0 or -1"),
)

HYPERGEOMETRIC = (
    special("hyp1f1", "confluent hypergeometric function 1F1(a; b; x)", "hyp1f1", None, None,
            "a/b*hyp1f1(a + 1, b + 1, x)", parameters=("a", "b", "x"), domain="b > 0 or b != floor(b)"),
    special("hyp2f1", "Gauss hypergeometric function 2F1(a, b; c; x)", "hyp2f1", None, None, None,
            "a*b/c*hyp2f1(a + 1, b + 1, c + 1, x)", parameters=("a", "b", "c", "x"),
            domain="(c > 0 or c != floor(c)) and (x < 1 or x == 1 and c > a + b"
            " or a <= 0 and a == floor(a) or b <= 0 and b == floor(b))"),
)
# fmt: on
