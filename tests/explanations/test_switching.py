"""What is 0 where a function may switch is found in its own tree, by hand here."""

from __future__ import annotations

from derivcli.explanations.switching import switches
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from tests.every import for_all


@for_all(
    ("text", "found"),
    [
        ("x^2*sin(x)", []),
        ("abs(x - 2*5000)", ["x - 2*5000"]),
        ("max(x, 3, y)", ["x - 3", "x - y", "3 - y"]),
        ("where(x < 3 and y >= 2, x, 1)", ["x - 3", "y - 2"]),
        ("floor(x)", ["sin(pi*x)"]),
        ("log(x - 7)", ["x - 7"]),
        ("asin(5*x)", ["-1 - 5*x", "5*x - 1"]),
        ("sqrt((x - 2)^2)", ["(x - 2)**2", "2*(x - 2)"]),
        ("x^(1/2)", ["x"]),
        ("x^3", []),
        ("abs(5)*x", []),
    ],
)
def test_a_tree_has_the_places_where_it_may_switch(text: str, found: list[str]) -> None:
    assert [to_text(zero) for zero in switches(parse(text).tree)] == found


def test_functions_that_are_formulas_are_written_out() -> None:
    assert switches(parse("relu(x - 300)").tree)
    assert switches(parse("hardswish(x)").tree)


def test_a_giant_is_left_alone() -> None:
    assert switches(parse(" + ".join(f"abs(x - {k})" for k in range(1000))).tree) == []
