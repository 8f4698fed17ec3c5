r"""Syntax tree -> LaTeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from derivcli.language.latex import name_to_latex, to_latex
from derivcli.language.lowering import compile_tree, to_tree
from derivcli.language.parser import parse
from derivcli.language.tree import Node
from tests.every import examples, for_all
from tests.language import short
from tests.strategies import expressions


@for_all(
    ("text", "latex"),
    [
        ("20*x**3 + 9*x**2", "20 x^{3} + 9 x^{2}"),
        ("x/2", r"\frac{x}{2}"),
        ("-(x/2)", r"-\frac{x}{2}"),
        ("(-x)/2", r"\frac{-x}{2}"),
        ("(x/2)^3", r"\left(\frac{x}{2}\right)^{3}"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("sqrt(x)^2", r"\left(\sqrt{x}\right)^{2}"),
        ("cbrt(x)", r"\sqrt[3]{x}"),
        ("root(x, n)", r"\sqrt[n]{x}"),
        ("root(x, root(y, 3))", r"\sqrt[{\sqrt[3]{y}}]{x}"),
        ("sin(x)", r"\sin\left(x\right)"),
        ("sin(x)^2", r"\sin^{2}\left(x\right)"),
        ("cosh(x)^n", r"\cosh^{n}\left(x\right)"),
        ("sin(x)^-1", r"\left(\sin\left(x\right)\right)^{-1}"),
        ("asin(x)", r"\arcsin\left(x\right)"),
        (
            "besselj(2, x)^2 + jn(n, x)",
            r"\operatorname{J}_{2}^{2}\left(x\right) + \operatorname{\mathsf{j}}_{n}\left(x\right)",
        ),
        ("zeta(x)*gamma(x)", r"\zeta\left(x\right) \Gamma\left(x\right)"),
        ("LambertW(x, -1) + LambertW(x)", r"\operatorname{W}_{-1}\left(x\right) + \operatorname{W}\left(x\right)"),
        ("binomial(n, k)^2", r"\left(\binom{n}{k}\right)^{2}"),
        ("airyaiprime(x)^2", r"\left(\operatorname{Ai}^{\prime}\left(x\right)\right)^{2}"),
        ("hyp2f1(1, 2, c, x)", r"{}_{2}F_{1}\left(1, 2, c, x\right)"),
        ("elliptic_e(phi, m)", r"\operatorname{E}\left(\phi, m\right)"),
        ("erf(x)^2", r"\operatorname{erf}^{2}\left(x\right)"),
        ("asinh(x) + atan2(y, x)", r"\operatorname{asinh}\left(x\right) + \operatorname{atan2}\left(y, x\right)"),
        ("max(x, y, 2)", r"\max\left(x, y, 2\right)"),
        ("log(x)", r"\log\left(x\right)"),
        ("log(x, b)", r"\log_{b}\left(x\right)"),
        ("log2(x)^3", r"\log_{2}^{3}\left(x\right)"),
        ("log10(x)", r"\log_{10}\left(x\right)"),
        ("exp(x)", "e^{x}"),
        ("exp(-x^2/2)", r"e^{\frac{-x^{2}}{2}}"),
        ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
        ("exp2(x)", "2^{x}"),
        ("gamma(x)", r"\Gamma\left(x\right)"),
        ("digamma(x)", r"\psi\left(x\right)"),
        ("loggamma(x)", r"\log\left|\Gamma\left(x\right)\right|"),
        ("polygamma(1, x)", r"\psi^{\left(1\right)}\left(x\right)"),
        ("|x|^2", r"\left|x\right|^{2}"),
        ("floor(x)*ceil(y)", r"\left\lfloor x\right\rfloor \left\lceil y\right\rceil"),
        ("x!", "x!"),
        ("(x+1)!", r"\left(x + 1\right)!"),
        ("(x!)!", r"\left(x!\right)!"),
        ("x!^2", r"\left(x!\right)^{2}"),
        ("2pi r", r"2 \pi r"),
        ("tau*x + inf + e", r"\left(2 \pi\right) x + \infty + e"),
        ("f*(x+1) + zeta*(x+1)", r"f \cdot \left(x + 1\right) + \zeta \cdot \left(x + 1\right)"),
        ("Delta*x", r"\Delta \cdot x"),
        ("leaky_relu(x)", r"\operatorname{leaky\_relu}\left(x\right)"),
        ("log_ndtr(x)", r"\log\left(\Phi\left(x\right)\right)"),
        ("x % (y*2)", r"x \bmod \left(y \cdot 2\right)"),
        ("2*3*x", r"2 \cdot 3 x"),
        ("x*2", r"x \cdot 2"),
        ("2*(1/2)", r"2 \cdot \frac{1}{2}"),
        ("2*(-3)", r"2 \left(-3\right)"),
        ("2*(x+1)(x-1)", r"2 \left(x + 1\right) \left(x - 1\right)"),
        ("(a*b)*c", r"\left(a b\right) c"),
        ("1e-9", r"1 \cdot 10^{-9}"),
        ("2.5E+03*x", r"2.5 \cdot 10^{3} x"),
        ("1e5^2", r"\left(1 \cdot 10^{5}\right)^{2}"),
        ("0.10", "0.10"),
        ("x^-1", "x^{-1}"),
        ("2^3^x", "2^{3^{x}}"),
        ("(2^3)^x", r"\left(2^{3}\right)^{x}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("-x^2", "-x^{2}"),
        ("a - b*c - (d + f)", r"a - b c - \left(d + f\right)"),
        ("a - (-b)", r"a - \left(-b\right)"),
        ("a + (-b)*c", r"a + \left(-b c\right)"),
        ("-(a + b)", r"-\left(a + b\right)"),
        ("x % y + 1", r"\left(x \bmod y\right) + 1"),
        ("-x % (y + 1)", r"\left(-x\right) \bmod \left(y + 1\right)"),
        ("x // y", r"\left\lfloor \frac{x}{y}\right\rfloor"),
        ("where(x>0, x, -x)", r"\begin{cases} x & \text{for}\: x > 0 \\ -x & \text{otherwise} \end{cases}"),
        (
            "piecewise(1, x<0, 2, x<=y)",
            r"\begin{cases} 1 & \text{for}\: x < 0 \\ 2 & \text{for}\: x \leq y \end{cases}",
        ),
        (
            "1 + where(x>=0, 1, 2)",
            r"1 + \left(\begin{cases} 1 & \text{for}\: x \geq 0 \\ 2 & \text{otherwise} \end{cases}\right)",
        ),
        (
            "piecewise(1, not x==0 and (y!=1 or True))",
            r"\begin{cases} 1 & \text{for}\: \neg \left(x = 0\right) \wedge"
            r" \left(y \neq 1 \vee \text{True}\right) \end{cases}",
        ),
    ],
)
def test_an_expression_is_set_as_in_a_book(text: str, latex: str) -> None:
    assert to_latex(parse(text).tree) == latex


@for_all(
    ("name", "latex"),
    [
        ("x", "x"),
        ("alpha", r"\alpha"),
        ("α", r"\alpha"),
        ("Gamma", r"\Gamma"),
        ("Ω", r"\Omega"),
        ("lambda", r"\lambda"),
        ("μ", r"\mu"),
        ("ϕ", r"\phi"),
        ("φ", r"\varphi"),
        ("ο", "o"),
        ("x1", "x_{1}"),
        ("x_1", "x_{1}"),
        ("x_12", "x_{12}"),
        ("E_n", "E_{n}"),
        ("α_β", r"\alpha_{\beta}"),
        ("beta2", r"\beta_{2}"),
        ("x_max", r"x_{\mathit{max}}"),
        ("rate", r"\mathit{rate}"),
        ("rate1", r"\mathit{rate}_{1}"),
        ("aα", r"\mathit{a\alpha}"),
        ("αb", r"\mathit{\alpha b}"),
        ("a_b_c", r"\mathit{a\_b\_c}"),
        ("x1_2", r"\mathit{x1\_2}"),
        ("_", r"\_"),
        ("_x", r"\mathit{\_x}"),
        ("x_", r"\mathit{x\_}"),
    ],
)
def test_a_name_is_set_with_its_greek_letters_and_subscripts(name: str, latex: str) -> None:
    assert name_to_latex(name) == latex
    assert to_latex(Node("variable", text=name)) == latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("0.5", "0.5"),
        ("-1.5e-09", r"-1.5 \cdot 10^{-9}"),
        ("inf", r"\infty"),
        ("-inf", r"-\infty"),
        ("nan", r"\text{nan}"),
    ],
)
def test_a_folded_constant_is_a_number(text: str, latex: str) -> None:
    assert to_latex(Node("float", text=text)) == latex


def test_a_negative_folded_constant_is_put_in_parentheses() -> None:
    number, two = Node("float", text="-1.5"), Node("number", text="2")
    assert to_latex(Node("pow", (number, two))) == r"\left(-1.5\right)^{2}"
    assert to_latex(Node("mul", (two, number))) == r"2 \left(-1.5\right)"
    assert to_latex(Node("add", (two, Node("neg", (number,))))) == r"2 - \left(-1.5\right)"


def test_a_program_without_otherwise_has_no_such_row() -> None:
    tree = to_tree(compile_tree(parse("piecewise(1, x>0)").tree))
    assert to_latex(tree) == r"\begin{cases} 1 & \text{for}\: x > 0 \end{cases}"


def balanced(latex: str) -> bool:
    """Tell whether braces, and `left` and `right` with their brackets, match."""
    bare = latex.replace(r"\_", "")
    opened: list[str] = []
    partners = {"}": "{", r"\right)": r"\left(", r"\right|": r"\left|", r"\end": r"\begin", "]": "["}
    partners |= {r"\right\rfloor": r"\left\lfloor", r"\right\rceil": r"\left\lceil"}
    marks = re.findall(r"\\(?:left|right)(?:\\[lr](?:floor|ceil)|[()|])|\\(?:begin|end)(?![a-z])|[][{}()|]", bare)
    for mark in marks:
        if mark in partners:
            if not opened or opened.pop() != partners[mark]:
                return False
        elif mark in partners.values():
            opened.append(mark)
        else:
            return False
    return not opened


@given(expressions())
@examples(30, 120)
def test_brackets_balance_for_any_tree(tree: Node) -> None:
    for shown in (tree, to_tree(compile_tree(tree))):
        latex = to_latex(shown)
        assert balanced(latex)
        assert latex.isprintable()
        assert latex.isascii()
        assert r"\mathit{}" not in latex


@for_all("latex", ["{", "}", "x^{2", r"\left(x", r"x\right)", r"\left(x\right|", "(x)", r"{\left(}\right)"])
def test_the_check_for_balance_can_fail(latex: str) -> None:
    assert not balanced(latex)


@pytest.mark.parametrize(
    "text", ["-" * 499 + "x", "sin(" * 499 + "x" + ")" * 499, "x" + "/x" * 499, "x" + "^x" * 499], ids=short
)
def test_depth_costs_no_python_stack(text: str) -> None:
    assert balanced(to_latex(parse(text).tree))


def test_a_long_sum_is_set() -> None:
    assert to_latex(parse(" + ".join(["x"] * 10_000)).tree).count("+") == 9_999
