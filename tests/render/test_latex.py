"""LaTeX."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from derivcli.render import Format, render
from derivcli.render.latex import number
from tests.render.samples import CONSTANT, CORNER, NO_POINT, OUT_OF_TIME, SMOOTH, UNSYMBOLIC, derivative


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
    second = replace(derivative(latex="2"), wrt=("x", "y"))
    text = render(replace(NO_POINT, derivatives=(second,)), Format.LATEX)
    assert r"\frac{\partial^{2}f}{\partial x \, \partial y} &= 2" in text


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
