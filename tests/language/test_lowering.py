"""Trees to programs and back, and functions that are formulas."""

from __future__ import annotations

import pytest
from hypothesis import given

from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree, definition, expand, outline, to_tree
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.program import Instruction, Program
from derivcli.language.tree import Node, postorder
from tests.every import examples, for_all
from tests.strategies import expressions


def program(text: str, *names: str) -> Program:
    return compile_tree(parse(text, frozenset(names)).tree)


def lines(text: str) -> list[tuple[str, tuple[int, ...], str]]:
    return [(op, args, name) for op, args, name in program(text).instructions]


@for_all(
    ("text", "same"),
    [
        ("tau", "2*pi"),
        ("log(x, b)", "log(x)/log(b)"),
        ("e^x", "exp(x)"),
        ("x^0.5", "sqrt(x)"),
        ("max(x)", "x"),
        ("min(x+1)", "x+1"),
        ("2.50*x", "2.5x"),
        ("|x|", "abs(x)"),
        ("√x", "sqrt(x)"),
        ("x!", "factorial(x)"),
        ("arcsin(x)", "asin(x)"),
        ("zeta(s)", "zeta(s, 1)"),
        ("LambertW(x)", "LambertW(x, 0)"),
        ("hardtanh(x)", "hardtanh(x, -1, 1)"),
        ("hardtanh(x, -1)", "hardtanh(x, -1, 1)"),
        ("leaky_relu(x)", "leaky_relu(x, 0.01)"),
        ("elu(x)", "elu(x, 1.0)"),
        ("celu(x)", "celu(x, 1)"),
        ("hardshrink(x)", "hardshrink(x, 0.5)"),
        ("softshrink(x)", "softshrink(x, .5)"),
        ("elliptic_e(phi, m)", "elliptic_einc(phi, m)"),
        ("EllipticE(phi, m)", "ellipeinc(phi, m)"),
        ("elliptic_pi(n, phi, m)", "elliptic_piinc(n, phi, m)"),
        ("logsumexp(x)", "x"),
        ("logsumexp(x, y)", "logaddexp(x, y)"),
        ("logsumexp(x, y, z)", "logaddexp(logaddexp(x, y), z)"),
        ("mvlgamma(x, 1)", "piecewise(loggamma(x) + 0/4*log(pi), x > 0/2)"),
        ("mvlgamma(x, 2)", "piecewise(loggamma(x) + loggamma(x - 1/2) + 2/4*log(pi), x > 1/2)"),
        ("x^(2/3)", "cbrt(x)^2"),
        ("x^(-2/3)", "cbrt(x)^-2"),
        ("x^-(2/3)", "cbrt(x)^-2"),
        ("x^(4/6)", "cbrt(x)^2"),
        ("x^(4/5)", "root(x, 5)^4"),
        ("(x + 1)^(2/7)", "root(x + 1, 7)^2"),
    ],
)
def test_two_spellings_of_one_thing_are_one_program(text: str, same: str) -> None:
    assert program(text) == program(same)


@for_all(
    ("text", "other"),
    [
        ("x/x", "1"),
        ("exp(log(x))", "x"),
        ("sqrt(x)**2", "x"),
        ("x*sqrt(x)", "x^1.5"),
        ("a+b", "b+a"),
        ("a/b", "a*(1/b)"),
        ("elliptic_e(m)", "elliptic_einc(pi/2, m)"),
        ("zeta(s, 2)", "zeta(s)"),
        ("LambertW(x, -1)", "LambertW(x)"),
    ],
)
def test_a_program_is_what_was_typed_and_not_simplified(text: str, other: str) -> None:
    assert program(text) != program(other)


@for_all("exponent", ["(1/3)", "0.4", "(6/2)", "(2/4)", "(2.0/3)", "(4/2)", "(3/5)", "(2/y)", "(2/0)"])
def test_only_a_typed_fraction_with_an_even_top_and_an_odd_bottom_goes_by_a_root(exponent: str) -> None:
    operations = {op for op, _, _ in lines(f"x^{exponent}")}
    assert "pow" in operations
    assert not operations & {"cbrt", "root"}


@for_all(
    ("text", "printed"),
    [
        ("zeta(s, 1)", "zeta(s)"),
        ("zeta(s, 2)", "zeta(s, 2)"),
        ("LambertW(x, 0)", "LambertW(x)"),
        ("LambertW(x, -1)", "LambertW(x, -1)"),
        ("hardtanh(x, -1, 1)", "hardtanh(x)"),
        ("hardtanh(x, -1, 2)", "hardtanh(x, -1, 2)"),
        ("hardtanh(x, 1, 1)", "hardtanh(x, 1)"),
        ("hardtanh(x, -2, 1)", "hardtanh(x, -2)"),
        ("leaky_relu(x, 0.010)", "leaky_relu(x)"),
        ("elliptic_e(phi, m)", "elliptic_einc(phi, m)"),
        ("x^(2/3)", "cbrt(x)**2"),
        ("x^(4/5)", "root(x, 5)**4"),
    ],
)
def test_a_tree_leaves_out_what_is_so_by_default(text: str, printed: str) -> None:
    assert to_text(to_tree(program(text))) == printed
    assert program(printed) == program(text)


@pytest.mark.parametrize("row", [row for row in catalogue.FUNCTIONS.values() if row.defaults], ids=lambda row: row.name)
def test_every_default_is_filled_in_and_left_out_again(row: catalogue.Function) -> None:
    given = ", ".join(row.parameters[: row.least])
    filled = program(f"{row.name}({given}, {', '.join(row.defaults)})")
    assert program(f"{row.name}({given})") == filled
    assert len(filled.instructions[-1].args) == len(row.parameters)
    assert to_text(to_tree(filled)) == f"{row.name}({given})"


def test_a_piecewise_function_without_otherwise_is_undefined_there() -> None:
    *_, undefined, last = program("piecewise(1, x>0)").instructions
    assert undefined == Instruction("undefined")
    assert last.op == "piecewise"
    assert len(last.args) == 3


@given(expressions())
@examples(20, 80)
def test_the_tree_of_a_program_makes_the_same_program(tree: Node) -> None:
    compiled = compile_tree(tree)
    assert compile_tree(to_tree(compiled)) == compiled


def test_a_long_sum_is_compiled() -> None:
    compiled = program(" + ".join(f"sin(x)*y^{k}" for k in range(3_000)))
    assert len(compiled.instructions[-1].args) == 3_000
    assert [op for op, _, _ in compiled.instructions].count("sin") == 1


def test_an_outline_knows_the_instruction_of_every_node_of_several_trees() -> None:
    trees = [parse(text).tree for text in ("sin(x) + log(x, 2)", "exp(sin(x))")]
    program, indices = outline(*trees)
    for tree in trees:
        for node in postorder(tree):
            assert program.part(indices[node]) == compile_tree(node)
    assert [instruction.op for instruction in program.instructions].count("sin") == 1


def test_an_operand_that_is_repeated_counts_once_in_an_extremum() -> None:
    assert program("max(x, y, x, y)") == program("max(x, y)")
    assert program("min(x, x)") == program("x")


@for_all(
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
    compiled = program(" + ".join(f"sec(x)*y^{k}" for k in range(2_000)))
    expanded = expand(compiled, lambda op: op != "sec")
    assert len(expanded.instructions[-1].args) == 2_000
    assert [op for op, _, _ in expanded.instructions].count("cos") == 1


def test_deeply_nested_definitions_expand() -> None:
    assert len(expand(program("relu(" * 499 + "x" + ")" * 499), lambda op: op == "max").instructions) == 501
