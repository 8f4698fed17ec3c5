"""Special functions at their edges and poles, against the first terms of published expansions (DLMF by number)."""

from __future__ import annotations

from tests.every import for_all
from tests.witnesses.proof.germs.asking import check, limits, slopes

EULER = "0.57721566490153286060651209008240"  # OEIS A001620
TWO_OVER_PI = "0.63661977236758134307553505349006"  # OEIS A060294
ROOT_OF_IT = "0.79788456080286535587989211986876"  # OEIS A076668
ROOT_OF_PI = "1.7724538509055160272981674833411"  # OEIS A002161
ROOT_2E = "2.3316439815971242033635360621684"  # OEIS A019798


@for_all(
    ("text", "left", "right"),
    [
        # inverse error functions: by 7.12.1 sqrt(-log(room)) is the first term at each end
        ("erfcinv(x)/sqrt(-log(x))", "none", "1"),
        ("erfcinv(2 - x)/sqrt(-log(x))", "none", "-1"),
        ("erfinv(1 - x)/sqrt(-log(x))", "none", "1"),
        ("erfinv(x - 1)/sqrt(-log(x))", "none", "-1"),
        ("erfcinv(2 - x^2)", "-inf", "-inf"),
        ("erf(1/x)", "-1", "1"),
        ("erfc(1/x)", "2", "0"),
        # 6.6.1, 6.6.2, 6.6.4, 6.6.6, 6.12.1; E1 is 6.2.1, li(x) = Ei(log(x)) 6.2.8
        ("Ei(x) - log(abs(x))", EULER, EULER),
        ("Ci(x) - log(x)", "none", EULER),
        ("(Chi(x) - log(x)) - (Ci(x) - log(x))", "none", "0"),
        ("((Chi(x) - log(x)) - (Ci(x) - log(x)))/x^2", "none", "0.5"),
        ("E1(x) + log(x)", "none", f"-{EULER}"),
        ("E1(1/x)*exp(1/x)/x", "none", "1"),
        ("Ei(1/x)*exp(-1/x)/x", "1", "1"),
        ("li(x)*log(x)/x", "none", "1"),
        # 8.19.8: E3 = 1/2 - x + x^2/2*(3/2 - EULER - log(x)) + ..., E2 = 1 + x*(log(x) + EULER - 1) + ...
        ("(expint(2, x) - 1)/x - log(x)", "none", "-0.42278433509846713939348790991760"),
        ("(expint(3, x) - 1/2 + x)/x^2 + log(x)/2", "none", "0.46139216754923356969674395495880"),
        # 10.7.3, 10.7.4, 10.30.2, 10.30.3, 10.2.2, 10.25.2, 10.52.2
        ("bessely(0, x)/log(x)", "none", TWO_OVER_PI),
        ("bessely(1, x)*x", "none", f"-{TWO_OVER_PI}"),
        ("besselk(1, x)*x", "none", "1"),
        ("besselk(-2, x)*x^2", "none", "2"),
        ("besselj(1/2, x)/sqrt(x)", "none", ROOT_OF_IT),
        ("besseli(-1/2, x)*sqrt(x)", "none", ROOT_OF_IT),
        ("besselj(1/2, x)/besseli(1/2, x)", "none", "1"),
        ("(besselj(1/2, x)/besseli(1/2, x) - 1)/x^2", "none", "-0.33333333333333333333333333333333"),
        # 10.53.1: jn(n, x) = x^n/(2*n + 1)!!*(1 - x^2/2/(2*n + 3) + ...)
        ("(jn(1, x) - x/3)/x^3", *["-0.033333333333333333333333333333333"] * 2),
        ("(jn(2, x) - x^2/15)/x^4", *["-0.0047619047619047619047619047619048"] * 2),  # -1/210
        # 7.6.4: pi*x^3/6 - pi^3*x^7/336 + ...
        ("(fresnels(x) - pi*x^3/6)/x^7", *["-0.092280585358035179093679509128278"] * 2),
        ("x*yn(0, x)", "-1", "-1"),
        ("x^4*yn(3, x)", "-15", "-15"),
        # 19.12.1; 25.12.12: Li2(1 - x) = pi^2/6 + x*log(x) - x + ...
        ("elliptic_k(1 - x)/log(x)", "none", "-0.5"),
        ("polylog(1, 1 - x)/log(x)", "none", "-1"),
        ("(polylog(2, 1 - x) - polylog(2, 1))/(x*log(x))", "none", "1"),
        ("(polylog(2, 1 - x) - polylog(2, 1) - x*log(x))/x", "none", "-1"),
        ("polylog(1/2, 1 - x)*sqrt(x)", "none", ROOT_OF_PI),
        # 4.13.6 and 4.13.11: W = -1 + p - p^2/3 + ..., p = sqrt(2*(e*x + 1))
        ("(LambertW(x^2 - 1/e) + 1)/abs(x)", ROOT_2E, ROOT_2E),
        ("(LambertW(x^2 - 1/e, -1) + 1)/abs(x)", f"-{ROOT_2E}", f"-{ROOT_2E}"),
        ("(LambertW(x^2/(2*e) - 1/e) + 1 - abs(x))/x^2", *["-0.33333333333333333333333333333333"] * 2),
        ("LambertW(-x, -1)/log(x)", "none", "1"),
    ],
)
def test_the_first_terms_are_the_published_ones(text: str, left: str, right: str) -> None:
    check(limits(text, "0"), left, right)


@for_all(
    ("text", "left", "right"),
    [
        ("polylog(3, 1 - x)", "none", "-1.6449340668482264364724151666460"),  # -Li2(1) = -pi^2/6 (25.12.11)
        ("polylog(2, 1 - x)", "none", "-inf"),
        ("besseli(1/2, x)*sqrt(x)", "none", ROOT_OF_IT),  # sqrt(2/pi)*sinh(x) (10.39.1)
        ("besselj(3/2, x)", "none", "0"),
        ("li(x)", "none", "0"),
        # where they are analytic: pi/8 (19.5.1), 2/sqrt(pi) (7.6.1), sqrt(pi)/2 (7.17.2), e, 1/log(2), 1 (4.13.5)
        ("elliptic_k(x)", *["0.39269908169872415480783042290994"] * 2),
        ("erf(x)", *["1.1283791670955125738961589031215"] * 2),
        ("erfc(x)", *["-1.1283791670955125738961589031215"] * 2),
        ("erfinv(x)", *["0.88622692545275801364908374167057"] * 2),
        ("erfcinv(1 + x)", *["-0.88622692545275801364908374167057"] * 2),
        ("Ei(1 + x)", *["2.7182818284590452353602874713527"] * 2),
        ("li(2 + x)", *["1.4426950408889634073599246810019"] * 2),
        ("polylog(2, x)", "1", "1"),
        ("LambertW(x)", "1", "1"),
    ],
)
def test_a_slope_at_an_edge_is_that_of_the_expansion(text: str, left: str, right: str) -> None:
    check(slopes(text, "0"), left, right)
