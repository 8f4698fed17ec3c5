r"""Functions and their arguments, letters side by side."""

from __future__ import annotations

import pytest

from tests.every import for_all
from tests.language.meanings import meaning


@for_all(
    ("latex", "plain"),
    [
        (r"\sin x", "sin(x)"),
        (r"\sin 2x\cos 3x", "sin(2*x)*cos(3*x)"),
        (r"\sin 2\pi ft", "sin(2*pi*f*t)"),
        (r"\sin x^2", "sin(x^2)"),
        (r"\sin x+1", "sin(x)+1"),
        (r"\cos -x", "cos(-x)"),
        (r"\tan\theta", "tan(theta)"),
        (r"\ln 5x^2", "log(5*x^2)"),
        (r"\ln xy", "log(x*y)"),
        (r"\sin kx\cos\omega t", "sin(k*x)*cos(omega*t)"),
        (r"\ln x!", "log(x!)"),
        (r"2^x\ln 2", "2^x*log(2)"),
        (r"\exp -x^2", "exp(-x^2)"),
    ],
)
def test_an_argument_without_brackets_takes_the_factors_that_follow(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\ln\tan\frac x2", "log(tan(x/2))"),
        (r"\sin\frac{x}{2}y", "sin(x/2)*y"),
        (r"\cos\sqrt{x}y", "cos(sqrt(x))*y"),
        (r"\cos e^{2x}", "cos(e^(2*x))"),
        (r"\cos e^{2x}y", "cos(e^(2*x))*y"),
        (r"\ln|x|y", "log(abs(x))*y"),
        (r"\ln\sin x", "log(sin(x))"),
        (r"\sin\cos\tan x", "sin(cos(tan(x)))"),
        (r"\ln\ln x", "log(log(x))"),
        (r"\ln\left(x\right)y", "log(x)*y"),
        (r"\arctan\sqrt{x}", "atan(sqrt(x))"),
        (r"\sin{2x}\cos{x}", "sin(2*x)*cos(x)"),
        (r"\sin 2\sqrt{x}", "sin(2*sqrt(x))"),
        (r"\cos 2\pi\frac{x}{L}", "cos(2*pi*(x/L))"),
        (r"\sin 2(x+1)", "sin(2*(x+1))"),
    ],
)
def test_what_has_a_structure_of_its_own_is_the_whole_argument(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\cos x e^z", "cos(x)*e^z"),
        (r"\ln t e^t", "log(t)*e^t"),
        (r"\sin x\ln x", "sin(x)*log(x)"),
        (r"\sin x\cos x\tan^2 x", "sin(x)*cos(x)*tan(x)^2"),
        (r"\sin x\cdot x", "sin(x)*x"),
        (r"\ln x/x", "log(x)/x"),
        (r"\ln x/\ln 2", "log(x)/log(2)"),
        (r"\sin x\left(1+\cos x\right)", "sin(x)*(1+cos(x))"),
        (r"\sin x(1+\cos x)", "sin(x)*(1+cos(x))"),
        (r"\ln 2\cos x", "log(2)*cos(x)"),
        (r"\ln x\frac{1}{x}", "log(x)*(1/x)"),
    ],
)
def test_an_argument_ends_before_a_function_and_before_a_power_of_e(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\sin^2 x", "sin(x)^2"),
        (r"\sin^{2}x\cos^3 y", "sin(x)^2*cos(y)^3"),
        (r"\sin^{n}\left(x\right)", "sin(x)^n"),
        (r"\sin^{-2}x", "sin(x)^-2"),
        (r"\ln^2x", "log(x)^2"),
        (r"{\sin^2}\left( {3t} \right)", "sin(3*t)^2"),
        (r"\sin^{-1}x", "asin(x)"),
        (r"{\tan ^{ - 1}}\left( {4u} \right)", "atan(4*u)"),
        (r"\sinh^{-1}(2x)", "asinh(2*x)"),
        (r"\log_2 x", "log2(x)"),
        (r"\log_{10}(x)", "log10(x)"),
        (r"\log_b x", "log(x,b)"),
        (r"\log_3^2 x", "log(x,3)^2"),
        (r"\log^2_3 x", "log(x,3)^2"),
        (r"{\log _5}x", "log(x,5)"),
        (r"\log_10 x", "log10(x)"),
        (r"\operatorname{erf}^{-1}(x)", "erfinv(x)"),
        (r"\Phi^{-1}(x)", "ndtri(x)"),
        (r"\log{\left(x \right)}^{2}", "log(x)^2"),
        (r"\sin ^2(x)", "sin(x)^2"),
    ],
)
def test_a_power_or_an_order_stands_at_the_name(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\text{sin}(x)", "sin(x)"),
        (r"\text{ln}\, x", "log(x)"),
        (r"\mathrm{arctg}x", "atan(x)"),
        (r"\operatorname{artanh}\,2x", "atanh(2*x)"),
        (r"\arcsec x", "asec(x)"),
        (r"{\rm sech}\,x", "sech(x)"),
        (r"\mathrm{e}^{x}", "e^x"),
        (r"{{\rm e}^{x}}", "e^x"),
        (r"\operatorname{sgn}(x)", "sign(x)"),
        (r"\operatorname{ReLU}(x)", "relu(x)"),
        (r"\max\{x,y\}", "max(x,y)"),
        (r"\min\left(x,y\right)", "min(x,y)"),
        (r"\exp\left(x\right)", "exp(x)"),
        (r"\erf x", "erf(x)"),
        (r"\operatorname{W}(x)", "LambertW(x)"),
        (r"\operatorname{J}_2(x)", "besselj(2,x)"),
        ("{}_2F_1(a,b,c,x)", "hyp2f1(a,b,c,x)"),
        (r"\tg x+\ctg x", "tan(x)+cot(x)"),
        (r"\ceil{x}", "ceil(x)"),
    ],
)
def test_functions_have_many_names(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\Gamma(x+1)", "gamma(x+1)"),
        (r"\Gamma(a,x)", "uppergamma(a,x)"),
        (r"\gamma(a,x)", "lowergamma(a,x)"),
        (r"\zeta(s+1)", "zeta(s+1)"),
        (r"\Phi(x+1)", "ndtr(x+1)"),
        (r"\psi(x+1)", "digamma(x+1)"),
        (r"\psi'(x)", "trigamma(x)"),
        (r"\psi^{(2)}(x)", "polygamma(2,x)"),
        (r"\mathrm{B}(x,y)", "beta(x,y)"),
        (r"\sigma(wx+b)", "sigmoid(w*x+b)"),
    ],
)
def test_greek_letters_before_a_bracket_are_functions_where_books_have_them(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        ("$xy$", "x*y"),
        ("$ab+abc$", "a*b+a*b*c"),
        ("$xe^{x}$", "x*e^x"),
        ("$nRT$", "n*R*T"),
        ("$xln(3y)$", "x*log(3*y)"),
        ("$xsinx$", "x*sin(x)"),
        ("$sin(x)$", "sin(x)"),
        ("$2pi r$", "2*pi*r"),
        (r"\mathrm{rate}\,t", "rate*t"),
        (r"\text{rate}^2", "rate^2"),
        ("$m/d^2$", "m/d^2"),
    ],
)
def test_letters_side_by_side_are_a_product(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "outline"),
    [
        (r"\gamma(v+c)", "mul(gamma, add(v, c))"),
        (r"\sigma + \sigma(r+1)", "add(sigma, mul(sigma, add(r, 1)))"),
        (r"\sigma^2(r+1)", "mul(pow(sigma, 2), add(r, 1))"),
        (r"\beta(x-1)", "mul(beta, add(x, neg(1)))"),
        (r"\mathit{ab}", "ab"),
        (r"\mathrm{sins}", "sins"),
        (r"e^{-t/\tau}", "pow(e, div(neg(t), tau))"),
    ],
)
def test_names_that_are_functions_elsewhere_are_variables_here(latex: str, outline: str) -> None:
    assert meaning(latex) == outline


@pytest.mark.parametrize(
    ("latex", "given"),
    [(r"\sigma(x+1)", "sigma"), (r"\zeta(x+1)", "zeta"), (r"$f(x+1)$", "f"), (r"$u(x)$", "u"), (r"\Delta(x)", "Delta")],
)
def test_a_letter_with_a_value_is_no_function(latex: str, given: str) -> None:
    assert meaning(latex, given).startswith(f"mul({given}, ")


def test_a_letter_that_has_a_value_under_its_sign_is_that_name() -> None:
    assert meaning(r"\sin\theta", "θ") == "sin(θ)"
    assert meaning(r"\sin\theta", "theta", "θ") == "sin(theta)"


def test_a_letter_in_two_shapes_is_two_names_where_a_formula_has_both() -> None:
    assert meaning(r"\theta\vartheta") == "mul(theta, vartheta)"
    assert meaning(r"\phi + \varphi") == "add(phi, varphi)"
    assert meaning(r"\varphi") == "phi"
    assert meaning(r"\varphi", "varphi") == "varphi"
