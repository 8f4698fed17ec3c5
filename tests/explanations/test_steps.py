"""Each line of each derivation is true by mpmath, and follows from its rule and what it is applied to alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.explanations import rules
from derivcli.explanations.steps import assembled, derivation
from derivcli.explanations.way import NoRuleError, Way
from derivcli.language import catalogue
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import DERIVATIVE, Node
from derivcli.model.steps import TIDIED, TOGETHER
from tests.every import for_all, is_nightly
from tests.explanations.equations import holds
from tests.explanations.functions import FUNCTIONS, OTHERS
from tests.references import POINTS

if TYPE_CHECKING:
    from derivcli.explanations.steps import StepLine

X = rules.by("x")


def lines_of(text: str, way: Way = X) -> list[StepLine]:
    """Return the derivation of a function, whose last line is what all others make together."""
    tree = parse(text).tree
    whole = assembled(tree, way)
    assert whole is not None
    return derivation(tree, way, whole)


def told(text: str) -> list[str]:
    """Return the lines as texts with their rules."""
    return [f"{to_text(line.left)} = {to_text(line.right)}: {line.rule}" for line in lines_of(text)]


def test_there_are_a_hundred_and_fifty_functions() -> None:
    assert len(FUNCTIONS) >= 150


@for_all(("text", "at"), FUNCTIONS.items())
def test_each_line_is_true(text: str, at: str) -> None:
    for line in lines_of(text):
        assert holds(line, {**OTHERS, "x": at}), f"{to_text(line.left)} = {to_text(line.right)}"


@for_all("text", FUNCTIONS)
def test_each_line_follows_from_what_it_is_applied_to(text: str) -> None:
    for line in lines_of(text):
        if line.rule not in (TOGETHER, TIDIED):
            again = X.apply(parse(to_text(line.before), ("x", *OTHERS)).tree)
            assert (again.rule, to_text(again.after)) == (line.rule, to_text(line.right))


def calls() -> list[tuple[str, str, str]]:
    """Return a call of each row of the catalogue for each parameter by which it has a derivative, with a point."""
    found = []
    for row in catalogue.FUNCTIONS.values():
        point = [str(number) for number in POINTS[row.name][0]]
        for k, (parameter, at) in enumerate(zip([*row.parameters, *row.parameters], point, strict=False)):
            if parameter == row.literal or (row.partials and k < len(row.partials) and row.partials[k] is None):
                continue
            texts = ("x" if k == i else f"({text})" for i, text in enumerate(point))
            literal = ", 3" if row.literal else ""
            found.append((row.name, f"{row.name}({', '.join(texts)}{literal})", at))
    return found


@for_all(("name", "text", "at"), calls() if is_nightly() else calls()[::3])
def test_each_row_of_the_catalogue_is_explained(name: str, text: str, at: str) -> None:
    for line in lines_of(text):
        assert holds(line, {"x": at}), f"{to_text(line.left)} = {to_text(line.right)}"


def test_a_linear_inner_function_takes_one_line() -> None:
    assert told("sin(3x + 1)") == ["d/dx[sin(3*x + 1)] = 3*cos(3*x + 1): chain rule"]


def test_a_product_is_split_into_its_factors() -> None:
    assert told("x^2*sin(x)") == [
        "d/dx[x**2*sin(x)] = d/dx[x**2]*sin(x) + x**2*d/dx[sin(x)]: product rule",
        "d/dx[x**2] = 2*x: power rule",
        "d/dx[sin(x)] = cos(x): derivative of sin",
        "d/dx[x**2*sin(x)] = 2*x*sin(x) + x**2*cos(x): put together",
    ]


def test_a_chain_through_three_functions_goes_from_the_outside_in() -> None:
    assert told("sin(ln(x^2 + 1))")[:3] == [
        "d/dx[sin(log(x**2 + 1))] = cos(log(x**2 + 1))*d/dx[log(x**2 + 1)]: chain rule",
        "d/dx[log(x**2 + 1)] = d/dx[x**2 + 1]/(x**2 + 1): chain rule",
        "d/dx[x**2 + 1] = 2*x: power rule",
    ]


def test_a_polynomial_takes_one_line() -> None:
    assert told("3x^4 - 2x + 7") == ["d/dx[3*x**4 - 2*x + 7] = 12*x**3 - 2: power rule"]


def test_a_sum_is_split_once() -> None:
    rules = [line.rule for line in lines_of("sin(x) + e^x + ln(x) + x^2")]
    assert rules.count("sum rule") == 1


def test_a_part_that_occurs_twice_is_explained_once() -> None:
    befores = [to_text(line.before) for line in lines_of("sin(x^2)*cos(x^2)") if line.rule == "power rule"]
    assert befores == ["x**2"]


@for_all(
    ("text", "reason"),
    [
        ("|x^2 - 1|", "except where `x**2 - 1` equals 0"),
        ("max(x, x^2)", "except where `x` equals `x**2`"),
        ("where(x > 2, x, 1)", "except where `x` equals `2`"),
        ("floor(x)", "except at the jumps"),
        ("1/x^2", "`1/x**2` is `x**(-2)`"),
        ("x^x", "`u**v` is `exp(v*log(u))`"),
    ],
)
def test_what_a_rule_leaves_out_or_rewrites_is_said(text: str, reason: str) -> None:
    assert lines_of(text)[0].reason == reason


def test_the_inner_function_is_named() -> None:
    inner = lines_of("sqrt(1 - x^2)")[0].inner
    assert inner is not None
    assert to_text(inner) == "1 - x**2"


def test_a_function_without_a_derivative_in_closed_form_has_no_line() -> None:
    with pytest.raises(NoRuleError):
        lines_of("besselj(x, 2)")


def test_a_line_that_is_wrong_is_found() -> None:
    (line,) = lines_of("sin(x)")
    wrong = Node("sin", line.before.args)
    assert not holds(type(line)(line.rule, line.before, Node(DERIVATIVE, (line.before,), "x"), wrong), {"x": "0.7"})
