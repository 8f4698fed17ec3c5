"""Two forms are compared at points of f's domain, to 30 digits."""

from __future__ import annotations

import pytest

from derivcli.witnesses.tidy.checking import Check
from derivcli.witnesses.tidy.domain import Domain
from tests.witnesses.tidy.shown import program_of


def agrees(form: str, raw: str, function: str = "x") -> bool:
    return Check(program_of(raw), Domain(program_of(function), {})).agrees(program_of(form))


@pytest.mark.parametrize(
    ("form", "raw", "function"),
    [
        ("1/(x+1)^2", "1/(x+1) - x/(x+1)^2", "x"),
        ("sech(x)^2", "1 - tanh(x)^2", "x"),
        ("1/sqrt(x^2-1)", "1/(sqrt(x-1)*sqrt(x+1))", "acosh(x)"),  # false left of -1, where f has no value
        ("2", "1 + 1", "5"),
        ("log(3)", "log(6) - log(2)", "x"),
        ("1", "x/x", "x"),  # no value of the raw form at 0 asks for none
    ],
)
def test_equal_forms_agree(form: str, raw: str, function: str) -> None:
    assert agrees(form, raw, function)


@pytest.mark.parametrize(
    ("form", "raw", "function"),
    [
        ("1/x", "abs(1/x)", "x"),
        ("sin(x) + 1e-25", "sin(x)", "x"),
        ("sqrt(x)", "x", "x"),  # has no value where the raw form has one
        ("x", "x", "sqrt(-1 - x^2)"),  # nowhere to compare
        ("abs(x)^1.5/x", "sqrt(abs(x))*sign(x)", "x"),  # f' is 0 at 0, where this form has no value
        ("x*y/y", "x", "x + y"),
    ],
)
def test_others_do_not(form: str, raw: str, function: str) -> None:
    assert not agrees(form, raw, function)
