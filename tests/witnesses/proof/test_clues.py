"""What is 0, or whole, where a program may switch: by hand."""

from __future__ import annotations

import pytest

from derivcli.language.lowering import to_tree
from derivcli.language.printer import to_text
from derivcli.witnesses.proof.clues import clues
from tests.checks import program_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x^2*sin(x)", []),
        ("abs(x - 1)", ["x - 1"]),
        ("abs(x*(x - 1)^2)", ["x", "x - 1"]),
        ("max(x, y, 2)", ["x - y", "x - 2"]),
        ("floor(3*x)", ["3*x whole"]),
        ("round(x)", ["x + 1/2 whole"]),
        ("mod(x, y)", ["x/y whole", "y"]),
        ("where(x < 1/3, x, 2 - x)", ["x - 1/3"]),
        ("1/(x^2 - 2)", ["x**2 - 2"]),
        ("exp(x)/x", ["x"]),
        ("1/exp(x)", []),
        ("1/(exp(2*x) - 1)", ["x"]),
        ("where(exp(x^2) < 3, x, 1)", ["x**2 - log(3)"]),
        ("1/(1 + exp(-x))", []),
        ("log(x^2 + 3*exp(x) + 1)", []),
        ("1/(x^2 + abs(x))", ["x", "x**2 + abs(x)"]),
        ("x^-2", ["x"]),
        ("x^2.5", ["x"]),
        ("0^(x - 1)", ["x - 1"]),
        ("tan(x)", ["x/pi + 1/2 whole"]),
        ("1/sin(pi*x)", ["x whole"]),
        ("1/(1 + cos(x))", ["x/pi whole"]),
        ("1/(1 - sin(x))", ["x/pi + 1/2 whole"]),
        ("1/log(x)", ["x", "x - 1"]),
        ("sqrt(x^2)", ["x"]),
        ("acos(x)", ["-1 - x", "x - 1"]),
        ("gamma(x)", ["x", "x whole", "x - floor(x)"]),
        ("relu(x - 100)", ["x - 100"]),
        ("abs(y)", []),
    ],
)
def test_clues_are_what_must_vanish_or_be_whole(text: str, found: list[str]) -> None:
    seen = [f"{to_text(to_tree(clue.program))}{' whole' * clue.whole}" for clue in clues(program_of(text), "x")]
    assert sorted(seen) == sorted(one for one in found if one != "y")
