"""LaTeX."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from derivcli import differentiate
from derivcli.document import Format, render
from derivcli.document.tex import number
from tests.document.builders import derivative, higher
from tests.document.samples import CONSTANT, CORNER, NO_POINT, OUT_OF_TIME, SMOOTH, UNSYMBOLIC
from tests.document.view_samples import CURVE, DIRECTION, FORMULAS, HESSIAN, SYSTEM, SYSTEMS, TAYLOR, TOTAL


def test_formulas_and_numbers_stand_in_one_aligned_block() -> None:
    assert render(SMOOTH, Format.LATEX) == (
        "\\begin{aligned}\n"
        "f(x) &= 5 x^{4} + 3 x^{3} \\\\\n"
        "\\frac{df}{dx} &= 20 x^{3} + 9 x^{2} \\\\\n"
        "\\left.f\\right|_{x=2} &= 104 \\\\\n"
        "\\left.\\frac{df}{dx}\\right|_{x=2} &= 196\n"
        "\\end{aligned}\n"
    )


def test_several_variables_have_partial_derivatives() -> None:
    text = render(UNSYMBOLIC, Format.LATEX)
    assert r"\frac{\partial f}{\partial v} &= \text{no closed form}" in text
    assert r"\left.\frac{\partial f}{\partial v}\right|_{u=3,\, v=0.7853981633974483} &= 13.570796326794897" in text


def test_a_higher_derivative_carries_its_order() -> None:
    second = replace(derivative(expression="2", latex="2"), wrt=("x", "y"))
    text = render(replace(NO_POINT, derivatives=(second,)), Format.LATEX)
    assert r"\frac{\partial^{2} f}{\partial x \, \partial y} &= 2" in text


def test_no_derivative_is_said_in_words() -> None:
    assert r"\right|_{x=0} &= \text{no derivative: corner}" in render(CORNER, Format.LATEX)


def test_a_number_nobody_checked_is_marked() -> None:
    assert r"&= 6.25 \quad \text{(unverified)}" in render(OUT_OF_TIME, Format.LATEX)


def test_without_a_point_there_are_only_formulas() -> None:
    assert r"\right|" not in render(NO_POINT, Format.LATEX)


def test_a_constant_is_not_said_twice() -> None:
    assert render(replace(CONSTANT, latex="7"), Format.LATEX) == "\\begin{aligned}\nf &= 7\n\\end{aligned}\n"


def test_text_without_a_latex_form_is_escaped() -> None:
    odd = replace(CONSTANT, read_as="a_1^2 % {x} \\~#$&")
    assert r"\texttt{a\_1\textasciicircum{}2 \% \{x\} \textbackslash{}\textasciitilde{}\#\$\&}" in render(
        odd, Format.LATEX
    )


def test_repeated_variables_carry_a_power() -> None:
    third = higher("x", "x", "y", expression="2", latex="2")
    text = render(replace(NO_POINT, derivatives=(third,)), Format.LATEX)
    assert r"\frac{\partial^{3} f}{\partial x^{2} \, \partial y} &= 2" in text


def test_matrices_stand_in_parentheses() -> None:
    text = render(HESSIAN, Format.LATEX)
    assert r"H_{f} &= \begin{pmatrix} 802 & -400 \\ -400 & 200 \end{pmatrix} \\" in text
    assert r"\lambda(H_{f}) &= 0.3993607674876216,\, 1001.6006392325123" in text
    assert r"& \text{a local minimum: the gradient vanishes and all eigenvalues are positive}" in text
    assert r"J &= \begin{pmatrix} 2 & 1 \\ 1 & -0.4161468365471424 \end{pmatrix}" in render(SYSTEM, Format.LATEX)
    assert r"H_{f} &= \begin{pmatrix} 2 y & 2 x \\ 2 x & 0 \end{pmatrix}" in render(FORMULAS, Format.LATEX)


def test_an_equation_stands_above_its_function_and_its_derivatives() -> None:
    rows = render(CURVE, Format.LATEX).splitlines()
    assert rows[1:4] == [
        r"& x^{2} + y^{2} = 25 \\",
        r"F(x, y) &= \text{left side - right side} \\",
        r"\frac{dy}{dx} &= \frac{-x}{y} \\",
    ]
    assert rows[-3:-1] == [
        r"y &= 4 - 0.75 \left(x - 3\right) \quad \text{(tangent)} \\",
        r"y &= 4 + 1.3333333333333333 \left(x - 3\right) \quad \text{(normal)}",
    ]


def test_directions_have_a_row() -> None:
    text = render(DIRECTION, Format.LATEX)
    assert r"v &= (x=1,\, y=2) \\" in text
    assert r"\left.D_{v}^{2} f\right|_{x=1,\, y=2} &= 12 \\" in text


def test_polynomials_and_differentials_have_a_row() -> None:
    assert render(TAYLOR, Format.LATEX).splitlines()[-5:-1] == [
        r"P_{3}(x) &= x - \frac{1}{6} x^{3} \\",
        r"f(1) &= 0.8414709848078965 \\",
        r"P_{3}(1) &= 0.8333333333333334 \\",
        r"(f - P_{3})(1) &= 0.008137651474563173",
    ]
    assert render(TOTAL, Format.LATEX).splitlines()[-8:-1] == [
        r"x &= 3 + 12 t,\; y = 2 + 9 t,\; z = 18 - t \quad \text{(normal line)} \\",
        r"n &= (12,\, 9,\, -1) \\",
        r"df &= 2 x y \, dx + x^{2} \, dy \\",
        r"df &= 12 \, dx + 9 \, dy \\",
        r"u(f) &= 0.21633307652783934 \\",
        r"u_{x}(f) &= 0.12 \quad (30.8\,\%) \\",
        r"u_{y}(f) &= 0.18 \quad (69.2\,\%)",
    ]


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (104.0, "104"),
        (-0.5, "-0.5"),
        (1e-8, "10^{-8}"),
        (-1e30, "-10^{30}"),
        (1.5e-8, r"1.5 \times 10^{-8}"),
        (inf, r"\infty"),
        (-inf, r"-\infty"),
        (nan, r"\text{nan}"),
    ],
)
def test_numbers(value: float, latex: str) -> None:
    assert number(value) == latex


def test_what_is_said_of_one_function_of_several_names_it() -> None:
    assert r"\text{(tangent plane of f2)}" in render(SYSTEMS["system_with_views"], Format.LATEX)


def test_a_number_of_float32_has_the_digits_that_float32_holds() -> None:
    """21*exp(0.1)/100 is 0.232085892795886 by mpmath."""
    text = render(differentiate("x^2*exp(x)", {"x": "0.1"}, dtype="float32"), Format.LATEX)
    assert "&= 0.2320859\n" in text
