"""Identities of trigonometric and hyperbolic functions, from tables of them; each form has the same values."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivcli.language.lowering import to_tree
from derivcli.language.printer import to_text
from derivcli.witnesses.sympy_functions import build
from derivcli.witnesses.tidy.domain import Domain
from derivcli.witnesses.tidy.forms import Ceiling, Workshop
from derivcli.witnesses.tidy.nodes import program_of as program_of_node
from derivcli.witnesses.tidy.work import MOST_STEPS, Work
from tests.witnesses.tidy.shown import program_of, same


def forms(text: str) -> set[str]:
    """Return all forms that are compared for an expression."""
    program = program_of(text)
    workshop = Workshop(Domain(program, {}), (), Work(MOST_STEPS), {})
    return {to_text(written.signed) for written in workshop.forms(build(program, evaluate=True), Ceiling())}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1 - sin(x)^2", "cos(x)**2"),
        ("1 + tan(x)^2", "sec(x)**2"),
        ("sec(x)^2 - 1", "tan(x)**2"),
        ("1 - tanh(x)^2", "sech(x)**2"),
        ("cosh(x)^2 - 1", "sinh(x)**2"),
        ("sin(x)/cos(x)", "tan(x)"),
        ("1 + cos(2*x)", "2*cos(x)**2"),
        ("1 - cos(2*x)", "2*sin(x)**2"),
        ("2*sin(x)*cos(x)", "sin(2*x)"),
        ("cos(x)^2 - sin(x)^2", "cos(2*x)"),
        ("cosh(x)^2 + sinh(x)^2", "cosh(2*x)"),
    ],
)
def test_an_identity_is_found_and_every_form_is_true(text: str, form: str) -> None:
    found = forms(text)
    assert form in found
    places = [{"x": Fraction(place)} for place in ("0.3", "-1.1", "2.7")]
    for other in found:
        assert same(program_of(other), program_of(text), program_of("x"), places, 3) == [True] * 3


def test_many_arguments_are_left_alone() -> None:
    text = "+".join(f"sin({k}*x)^2+cos({k}*x)^2" for k in range(1, 8))
    assert "7" not in forms(text)


def test_a_tree_is_a_program() -> None:
    assert to_tree(program_of_node(to_tree(program_of("x*sin(x)")))) == to_tree(program_of("x*sin(x)"))
