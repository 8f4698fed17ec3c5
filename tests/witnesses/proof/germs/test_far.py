"""Special functions of what grows without bound, and exponential integrals at 0: as DLMF has them."""

from __future__ import annotations

from tests.every import for_all
from tests.witnesses.proof.germs.asking import check, limits, slopes

SQRT_TWO_PI, EULER = "2.5066282746310005024157652848110", "0.57721566490153286060651209008240"
SQRT_PI, HALF_PI = "1.7724538509055160272981674833411", "1.5707963267948966192313216916398"
OVER_SQRT_TWO_PI, SQRT_HALF_PI = "0.39894228040143267793994605993438", "1.2533141373155002512078826424055"


@for_all(
    ("text", "left", "right"),
    [
        # Stirling (DLMF 5.11.3), 5.11.1, 5.11.2, 5.15.8; zeta(s) - 1 goes like 2^-s
        ("gamma(1/x)*exp(1/x)*(1/x)^(-1/x)*sqrt(1/x)", "none", SQRT_TWO_PI),
        ("loggamma(1/x)*x/log(1/x)", "none", "1"),
        ("digamma(1/x)/log(x)", "none", "-1"),
        ("polygamma(2,1/x)/x^2", "?", "-1"),
        ("(zeta(1/x)-1)*2^(1/x)", "?", "1"),
        # 6.12, 7.12, 7.5.5
        ("Si(1/x)", f"-{HALF_PI}", HALF_PI),
        ("Ci(1/x)", "none", "0"),
        ("fresnels(1/x)", "-0.5", "0.5"),
        ("fresnelc(1/x)", "-0.5", "0.5"),
        ("dawson(1/x)/x", "0.5", "0.5"),
        ("Shi(1/x)*exp(-1/abs(x))/x", "0.5", "0.5"),
        ("Chi(1/x)*exp(-1/x)/x", "none", "0.5"),
        ("expint(1,1/x)*exp(1/x)/x", "none", "1"),
        # 10.17, 10.40, 19.12.1
        ("besselj(0,1/x)", "0", "0"),
        ("besselj(1/2,1/x)", "?", "0"),
        ("bessely(1,1/x)", "none", "0"),
        ("besselj(0,1/x)/x", "?", "?"),
        ("besseli(0,1/x)*exp(-1/x)/sqrt(x)", "?", OVER_SQRT_TWO_PI),
        ("besselk(0,1/x)*exp(1/x)/sqrt(x)", "none", SQRT_HALF_PI),
        ("elliptic_k(-1/x)/sqrt(x)/log(x)", "?", "-0.5"),
        # of orders that grow with the argument other limits: 1/2 by 8.20.6, Gamma(1/3)/(2^(2/3)*3^(1/6)*pi) by 10.19.8
        ("expint(1/x,1/x)*exp(1/x)/x", "?", "?"),
        ("besselj(1/x,1/x)/cbrt(x)", "?", "?"),
        ("bessely(1/x,1/x)/cbrt(x)", "?", "?"),
        # 8.19.6, 8.19.8, 8.19.10
        ("expint(1,x)", "none", "inf"),
        ("expint(1,x)+log(x)", "none", f"-{EULER}"),
        ("expint(2,x)", "none", "1"),
        ("expint(1/2,x)*sqrt(x)", "none", SQRT_PI),
        ("expint(0,x)*x", "1", "1"),  # exp(-x)
        ("expint(-1,x)*x^2", "1", "1"),  # exp(-x)*(x + 1)
        ("expint(0,1/x)*exp(1/x)/x", "1", "1"),
        ("(expint(3,x)-1/2)/x", "none", "-1"),
    ],
)
def test_what_special_functions_tend_to_stands_in_books(text: str, left: str, right: str) -> None:
    found = limits(text, "0")
    check((found[0] if left != "?" else None, found[1]), left, right)


def test_a_generalized_exponential_integral_has_slopes_at_0() -> None:
    # the slope of E_n is -E_(n-1), and E_n(0) = 1/(n - 1)
    check(slopes("expint(2,abs(x))", "0"), "inf", "-inf")
    check(slopes("expint(3,abs(x))", "0"), "1", "-1")
    check(slopes("expint(2.5,abs(x))", "0"), "2", "-2")
