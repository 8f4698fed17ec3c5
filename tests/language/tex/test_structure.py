r"""Fractions, roots, scripts and brackets."""

from __future__ import annotations

from tests.every import for_all
from tests.language import complaint, drawn
from tests.language.meanings import meaning


@for_all(
    ("latex", "plain"),
    [
        (r"\frac{x+1}{x-1}", "(x+1)/(x-1)"),
        (r"\frac12x", "(1/2)*x"),
        (r"\frac ab", "a/b"),
        (r"\frac u{v}", "u/v"),
        (r"\frac{u}v", "u/v"),
        (r"\frac\pi4", "pi/4"),
        (r"\dfrac{1}{x}+\tfrac{2}{x}+\cfrac{3}{x}", "1/x+2/x+3/x"),
        (r"{a \over b}", "a/b"),
        (r"c + {a+1 \over b}c", "c+((a+1)/b)*c"),
        (r"x+1 \over x-1", "(x+1)/(x-1)"),
        (r"\frac{1}{1+\frac{1}{x}}", "1/(1+1/x)"),
        (r"x^\frac12", "x^(1/2)"),
        (r"\frac{\frac{a}{b}}{\frac{c}{d}}", "(a/b)/(c/d)"),
        (r"\frac{{{z^2}}}{{2z + 1}}", "z^2/(2*z+1)"),
    ],
)
def test_fractions_are_read_with_and_without_braces(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\sqrt{x+1}", "sqrt(x+1)"),
        (r"\sqrt x y", "sqrt(x)*y"),
        (r"\sqrt2", "sqrt(2)"),
        (r"\sqrt[3]{x}", "root(x,3)"),
        (r"\sqrt[n]{x+y}", "root(x+y,n)"),
        (r"\sqrt[\frac{1}{2}]x", "root(x,1/2)"),
        (r"\sqrt{x+\sqrt{x}}", "sqrt(x+sqrt(x))"),
        (r"\sqrt{x}^3", "sqrt(x)^3"),
        (r"√{x}\cdot2", "sqrt(x)*2"),
        (r"\sqrt{\,x\,}\!+\!1", "sqrt(x)+1"),
    ],
)
def test_roots_are_read_with_and_without_a_degree(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\pi x^{2y}", "pi*x^(2*y)"),
        ("$e^2x$", "e^2*x"),
        ("$x^ab$", "x^a*b"),
        (r"$x^\alpha t$", "x^alpha*t"),
        ("$2^{x}3^{-x}$", "2^x*3^-x"),
        ("$x^-1$", "x^-1"),
        ("$e^-x$", "e^-x"),
        ("$e^(2x)$", "e^(2*x)"),
        (r"{e}^{2x}\cdot1", "e^(2*x)*1"),
        ("$x²$", "x^2"),
        ("${x^2}^3$", "(x^2)^3"),
        ("$(x+1)^{10}$", "(x+1)^10"),
        ("$2!x$", "2!*x"),
    ],
)
def test_a_power_takes_one_token_or_braces(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        ("$m_1m_2$", "m_1*m_2"),
        ("$m_{1}^{2}$", "m_1^2"),
        ("$x^2_1$", "x_1^2"),
        ("$x^{2}_{1}$", "x_1^2"),
        ("$a_{ij}$", "a_ij"),
        ("$a_{i,j}$", "a_i_j"),
        (r"$T_{\text{in}}-T_\mathrm{out}$", "T_in-T_out"),
        (r"$x_{\max}$", "x_max"),
        (r"\lambda_{\theta}", "lambda_theta"),
        ("$V_0(x+1)$", "V_0*(x+1)"),
        ("{x}_1+1", "x_1+1"),
        (r"\bar{x}+\hat y", "x_bar+y_hat"),
    ],
)
def test_a_subscript_makes_a_name(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"4x\left(x+1\right)", "4*x*(x+1)"),
        (r"\big(x+1\Big)\cdot2", "(x+1)*2"),
        (r"\{x+1\}2", "(x+1)*2"),
        (r"\left[x\right]^{2}", "x^2"),
        (r"\left.x\right.", "x"),
        (r"\qty(x+1)^3", "(x+1)^3"),
        (r"\bigl(x\bigr)", "x"),
        (r"\alpha(r-r_0)", "alpha*(r-r_0)"),
        (r"\lbrace x\rbrace", "x"),
        (r"(x+1)2\pi", "(x+1)*2*pi"),
    ],
)
def test_brackets_of_all_kinds_are_brackets(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        (r"\left|x\right|", "abs(x)"),
        (r"\lvert x \rvert^{2}", "abs(x)^2"),
        ("$2|x|y$", "2*abs(x)*y"),
        ("$|x||y|$", "abs(x)*abs(y)"),
        ("$||x|-1|$", "abs(abs(x)-1)"),
        (r"\left|x\right|y\left|z\right|", "abs(x)*y*abs(z)"),
        (r"$|x|\sin|y|$", "abs(x)*sin(abs(y))"),
        (r"$|x|+y|z|$", "abs(x)+y*abs(z)"),
        (r"$\frac{|x|y}{2|z|}$", "abs(x)*y/(2*abs(z))"),
        (r"\begin{cases} |x|y & x>0 \\ 2|y|z & x<0 \end{cases}", "piecewise(abs(x)*y, x>0, 2*abs(y)*z, x<0)"),
        (r"\abs{x-1}", "abs(x-1)"),
        (r"\|x\|", "abs(x)"),
        (r"\lfloor x\rfloor+\lceil y \rceil", "floor(x)+ceil(y)"),
        (r"\left\lfloor\frac{x}{2}\right\rfloor", "floor(x/2)"),
        (r"\left|{x}\right|", "abs(x)"),
    ],
)
def test_bars_are_the_absolute_value(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


def test_bars_that_pair_in_two_ways_are_refused() -> None:
    text = r"\frac12|x|y|z|"
    hint = "write `|x|*y*|z|` or `|x*|y|*z|`"
    assert complaint(text) == drawn("`|x|y|z|` could mean two things", text, " " * 7 + "^" * 7, hint)


@for_all(
    ("latex", "plain"),
    [
        (r"a\cdot b\times c\ast d\div f", "a*b*c*d/f"),
        (r"x \bmod 3", "x % 3"),
        (r"\varepsilon+1", "epsilon+1"),
        (r"\theta+θ", "theta+theta"),
        (r"$30^\circ$", "30*pi/180"),
        (r"$x\;\times\;y$", "x*y"),
        (r"\text{−}x", "-x"),
        (r"\infty", "inf"),
        (r"5\times10^{-3}x", "5*10^-3*x"),
        (r"\binom{n}{k}p^k", "binomial(n,k)*p^k"),
    ],
)
def test_signs_and_letters_have_their_commands(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        ("$x^2$", "x^2"),
        ("$$x^2$$", "x^2"),
        (r"\(x^2\)", "x^2"),
        (r"\[ x^2 \]", "x^2"),
        ("<m>x^2</m>", "x^2"),
        (r"$\ds x^2$", "x^2"),
        (r"\displaystyle{x^2}", "x^2"),
        ("$x^2$.", "x^2"),
        (r"\begin{equation} x^2 \label{eq:1} \end{equation}", "x^2"),
        (r"\begin{aligned} f(x) &= x^2 \\ \end{aligned}", "x^2"),
        (r"x\,y\;z\quad t\ u", "x*y*z*t*u"),
        ("$x$", "x"),
    ],
)
def test_wrappers_and_the_looks_say_nothing(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)


@for_all(
    ("latex", "plain"),
    [
        ("$½x²$", "(1/2)*x^2"),
        ("$∛x$", "root(x,3)"),
        ("$x₁xⁿ⁺¹$", "x_1*x^(n+1)"),
        ("$30°$", "30*pi/180"),
        ("$𝑥−1$", "x-1"),
        ("$2×√{x}$", "2*sqrt(x)"),
    ],
)
def test_characters_that_people_paste_mean_what_they_do_elsewhere(latex: str, plain: str) -> None:
    assert meaning(latex) == meaning(plain)
