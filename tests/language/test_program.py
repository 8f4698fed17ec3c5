"""The flat program."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.program import CORE, Instruction, Program
from derivcli.language.tree import PIECEWISE, Node, postorder, variables
from tests.every import examples, for_all
from tests.strategies import expressions


def program(text: str, *names: str) -> Program:
    return compile_tree(parse(text, frozenset(names)).tree)


def lines(text: str) -> list[tuple[str, tuple[int, ...], str]]:
    return [(op, args, name) for op, args, name in program(text).instructions]


def test_operands_come_first_and_the_result_last() -> None:
    assert lines("5*x**2 - y") == [
        ("number", (), "5"),
        ("variable", (), "x"),
        ("number", (), "2"),
        ("pow", (1, 2), ""),
        ("mul", (0, 3), ""),
        ("variable", (), "y"),
        ("neg", (5,), ""),
        ("add", (4, 6), ""),
    ]


def test_a_shared_expression_is_one_instruction() -> None:
    operations = [op for op, _, _ in lines("sin(x+1)^2 + sin(x+1)*(x+1) + 2.50 + 25e-1")]
    assert [operations.count(op) for op in ("sin", "variable", "pow", "mul")] == [1, 1, 1, 1]
    assert operations.count("number") == 3  # 1, 2 and 2.5


@given(expressions())
@examples(15, 50)
def test_a_program_is_in_order_and_holds_nothing_it_does_not_need(tree: Node) -> None:
    instructions = compile_tree(tree).instructions
    used = {arg for index, (_, args, _) in enumerate(instructions) for arg in args if arg < index}
    assert used == set(range(len(instructions) - 1))
    assert len(set(instructions)) == len(instructions)


@given(expressions())
@examples(15, 50)
def test_a_program_speaks_of_core_operations_and_functions_only(tree: Node) -> None:
    assert {op for op, _, _ in compile_tree(tree).instructions} <= CORE | catalogue.FUNCTIONS.keys()


@given(expressions())
@examples(20, 80)
def test_a_program_survives_json(tree: Node) -> None:
    compiled = compile_tree(tree)
    assert Program.from_dict(json.loads(json.dumps(compiled.to_dict()))) == compiled


@given(expressions())
@examples(15, 50)
def test_a_program_reads_the_variables_of_its_tree(tree: Node) -> None:
    assert compile_tree(tree).variables == variables(tree)


@given(expressions())
@examples(15, 50)
def test_a_result_depends_on_what_stands_below_it(tree: Node) -> None:
    compiled = compile_tree(tree)
    assert compiled.depends_on(compiled.variables)[-1] == bool(compiled.variables)
    assert not any(compiled.depends_on(()))
    for name in compiled.variables:
        assert compiled.depends_on([name])[-1]


def test_each_instruction_tells_what_it_depends_on() -> None:
    compiled = program("sin(x) + 2*y")
    assert [op for op, _, _ in compiled.instructions] == ["variable", "sin", "number", "variable", "mul", "add"]
    assert compiled.depends_on(["x"]) == (True, True, False, False, False, True)
    assert compiled.depends_on(["y"]) == (False, False, False, True, True, True)


def test_a_part_of_a_program_is_the_program_of_that_part() -> None:
    compiled = program("y + sin(x*y)/2")
    at = [op for op, _, _ in compiled.instructions].index("sin")
    assert compiled.part(at) == program("sin(x*y)")
    assert compiled.part(len(compiled.instructions) - 1) == compiled


def test_a_program_shared_a_thousand_fold_stays_small() -> None:
    text = "x"
    for _ in range(10):
        text = f"({text})^2 + ({text})"
    compiled = program(text)
    assert len(compiled.instructions) == 2 + 2 * 10
    assert sum(1 for _ in postorder(parse(text).tree)) > 2_000


@for_all(
    ("text", "switches"),
    [
        ("abs(x)*y", {"x"}),
        ("floor(x) + sin(y)", {"x"}),
        ("where(y > 0, x, 1)", {"x", "y"}),
        ("max(x, y)", {"x", "y"}),
        ("atan2(y, 1)*x", {"y"}),
        ("gamma(x)*exp(y)", set()),
    ],
)
def test_a_program_knows_what_a_kink_or_a_jump_may_depend_on(text: str, switches: set[str]) -> None:
    program = compile_tree(parse(text).tree)
    assert {name for name in ("x", "y") if program.may_switch(name)} == switches


@pytest.mark.parametrize(
    ("text", "lacking"),
    [("besselj(x, y)", {"x"}), ("besselj(2, y)*x", set()), ("zeta(x*y)", {"x", "y"}), ("gammainc(2, x) + y", set())],
)
def test_a_program_knows_which_derivatives_have_no_closed_form(text: str, lacking: set[str]) -> None:
    program = compile_tree(parse(text).tree)
    assert {name for name in ("x", "y") if program.lacks_slope(name)} == lacking


def bends(op: str) -> bool:
    row = catalogue.FUNCTIONS.get(op)
    return op == PIECEWISE or (row is not None and not row.smooth)


@given(expressions())
@examples(25, 100)
def test_what_one_pass_finds_for_all_variables_is_what_a_walk_for_each_finds(tree: Node) -> None:
    compiled = compile_tree(tree)
    for name in (*compiled.variables, "nowhere"):
        depends = compiled.depends_on([name])
        walked = list(zip(depends, compiled.instructions, strict=True))
        assert compiled.may_switch(name) == any(found and bends(i.op) for found, i in walked)
        assert compiled.lacks_slope(name) == any(
            depends[arg] and slope is None
            for _, i in walked
            for arg, slope in zip(i.args, catalogue.FUNCTIONS[i.op].partials if i.op not in CORE else (), strict=False)
        )


@given(st.lists(expressions(depth=2), min_size=2, max_size=6))
@examples(25, 100)
def test_the_terms_of_a_variable_are_those_that_depend_on_it(trees: list[Node]) -> None:
    compiled = compile_tree(Node("add", tuple(trees)))
    *inner, (op, args, _text) = compiled.instructions
    for name in (*compiled.variables, "nowhere"):
        depends = compiled.depends_on([name])
        kept = tuple(arg for arg in args if depends[arg])
        shortened = Program((*inner, Instruction(op, kept)))
        whole = len(kept) in (0, len(args))
        expected = compiled if whole else shortened.part(kept[0] if len(kept) == 1 else len(inner))
        assert compiled.terms_with(name) == expected


@pytest.mark.parametrize("text", ["(x + y)^2", "x*(y + 1)", "exp(x + y + 1)", "x"])
def test_what_is_no_sum_stays_whole(text: str) -> None:
    compiled = program(text)
    assert compiled.terms_with("x") == compiled


def test_the_terms_of_all_variables_together_grow_as_the_sum_does() -> None:
    def size(n: int) -> int:
        compiled = program(" + ".join(f"(1-x{k})^2 + 100*(x{k + 1}-x{k}^2)^2" for k in range(n)))
        return sum(len(compiled.terms_with(name).instructions) for name in compiled.variables)

    assert size(200) - size(100) == 2 * (size(100) - size(50))
