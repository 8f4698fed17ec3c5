"""Functions that are formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.language import catalogue
from derivcli.language.definitions import definition, expand
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from tests.every import for_all

if TYPE_CHECKING:
    from derivcli.language.program import Program


def program(text: str) -> Program:
    return compile_tree(parse(text).tree)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("relu(x+1)", "max(x+1, 0)"),
        ("sec(x)^2", "(1/cos(x))^2"),
        ("hypot(x, y)", "sqrt(x^2 + y^2)"),
        ("hypot(y, x)", "sqrt(y^2 + x^2)"),
        ("clamp(t, 1, 2)", "where(max(t, 1) > 2, 2, where(t < 1, 1, t))"),
        ("log2(log2(x))", "log(log(x)/log(2))/log(2)"),
        ("sin(x)", "sin(x)"),
    ],
)
def test_a_function_expands_to_its_definition(text: str, expanded: str) -> None:
    without = {name for name, row in catalogue.FUNCTIONS.items() if row.definition is None}
    assert expand(program(text), lambda op: op in without) == program(expanded)


def test_what_is_kept_is_not_expanded() -> None:
    assert expand(program("relu(sec(x))"), lambda op: op != "sec") == program("relu(1/cos(x))")


@for_all("name", [name for name, row in catalogue.FUNCTIONS.items() if row.definition])
def test_a_definition_reads_its_parameters_only(name: str) -> None:
    assert set(definition(name).variables) <= set(catalogue.FUNCTIONS[name].parameters)


def test_a_long_sum_is_expanded() -> None:
    compiled = program(" + ".join(f"sec(x)*y^{k}" for k in range(5_000)))
    expanded = expand(compiled, lambda op: op != "sec")
    assert len(expanded.instructions[-1].args) == 5_000
    assert [op for op, _, _ in expanded.instructions].count("cos") == 1


def test_deeply_nested_definitions_expand() -> None:
    assert len(expand(program("relu(" * 499 + "x" + ")" * 499), lambda op: op == "max").instructions) == 501
