"""Other forms of an expression: which rules apply where, and that all of them are identities."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf

from derivcli.errors import DerivError
from derivcli.language.identities import IDENTITIES
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.rewriting import forms
from tests.checks import evaluate
from tests.every import for_all

POINTS = (
    {"a": "0.3", "b": "0.7", "c": "0.2"},
    {"a": "2.5", "b": "1.25", "c": "0.5"},
    {"a": "0.8", "b": "0.1", "c": "2"},
    {"a": "-1.6", "b": "3", "c": "0.5"},
)


def of(text: str) -> list[str]:
    return [to_text(form) for form in forms(parse(text).tree)]


@for_all(
    ("text", "form"),
    [
        ("exp(2x) - 1", "expm1(2*x)"),
        ("-1 + exp(x)", "expm1(x)"),
        ("y + exp(x) + z - 1", "expm1(x) + y + z"),
        ("log(1+x)", "log1p(x)"),
        ("log(x^2+1)", "log1p(x**2)"),
        ("log(1+exp(x))", "softplus(x)"),
        ("sqrt(y^2+(x-1)^2)", "hypot(y, x - 1)"),
        ("1-erf(x)", "erfc(x)"),
        ("1/(1+exp(-x))", "sigmoid(x)"),
        ("exp(x)/(exp(x)+1)", "sigmoid(x)"),
        ("log(sigmoid(x))", "-softplus(-x)"),
        ("log(sigmoid(-x))", "-softplus(x)"),
        ("1-cos(x)", "2*sin(x/2)**2"),
        ("sqrt(x^2+1)-x", "1/(sqrt(x**2 + 1) + x)"),
        ("sqrt(x^2+2x+1)-x", "(2*x + 1)/(sqrt(x**2 + 2*x + 1) + x)"),
        ("sqrt(x+1)-sqrt(x)", "1/(sqrt(x + 1) + sqrt(x))"),
        ("(1+1/x)^x", "exp(x*log1p(1/x))"),
        ("log(1-exp(x))", "log(-expm1(x))"),
        ("log(gamma(x))", "loggamma(x)"),
        ("y*sin(x)/x", "y*sinc(x)"),
        ("1 - tanh(x)^2", "sech(x)**2"),
        ("sin((exp(x)-1)/x)", "sin(expm1(x)/x)"),
        ("log(1+(exp(x)-1))", "log1p(expm1(x))"),
    ],
)
def test_a_form_is_found_at_any_place_and_in_any_order(text: str, form: str) -> None:
    assert form in of(text)


def test_two_rules_may_follow_each_other() -> None:
    assert "expm1(y) + log(-expm1(x))" in of("log(1-exp(x)) + exp(y) - 1")


def test_one_rule_comes_before_two() -> None:
    assert of("sqrt(x^2+1)-x")[0] == "1/(sqrt(x**2 + 1) + x)"


@pytest.mark.parametrize("text", ["x", "x^2+1", "sin(x)*exp(x)", "x^7-7x^6+21x^5-35x^4+35x^3-21x^2+7x-1"])
def test_what_no_rule_knows_has_no_other_form(text: str) -> None:
    assert of(text) == []


def test_every_form_can_be_typed_in_again() -> None:
    for text in ("(exp(x)-1)*(1-cos(y))", "1-exp(-x)", "-1/(1+exp(-x))", "2 - log(1+exp(-x))"):
        for form in forms(parse(text).tree):
            assert parse(to_text(form)).tree == form


def test_the_number_of_forms_is_bounded() -> None:
    assert len(of(" + ".join(f"log(1 + exp({n}*x))" for n in range(30)))) <= 40


@for_all(("left", "right"), IDENTITIES)
def test_every_rule_is_an_identity(left: str, right: str) -> None:
    try:
        sides = [parse(text, frozenset("abc")).tree for text in (left, right)]
    except DerivError:
        pytest.skip("a function that is not in the catalogue")
    compared = 0
    with mp.workdps(50):
        for point in POINTS[: 3 if "loggamma" in right else 4]:  # gamma may be negative, its logarithm is of its size
            try:
                one, other = (evaluate(side, point) for side in sides)
            except (ValueError, ArithmeticError, TypeError):
                continue
            except KeyError:
                pytest.skip("a function that the checks have no reference for")
            if mp.im(one) == 0 == mp.im(other) and mp.isfinite(one):
                assert abs(one - other) <= mpf(10) ** -40 * max(1, abs(one))
                compared += 1
    assert compared


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("(exp(x) - exp(-x))/2", "sinh(x)"),
        ("(x + 1)^2 - x^2", "2*x + 1"),
        ("(x^2 - 1)/(x - 1)", "x + 1"),
    ],
)
def test_a_form_holds_nothing_that_cancels(text: str, form: str) -> None:
    found = [to_text(other) for other in forms(parse(text).tree)]
    assert not any("1*" in other or "- x + x" in other or "*1" in other for other in found), found
    assert form in found
