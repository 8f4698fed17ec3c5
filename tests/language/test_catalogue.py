"""The rows of the catalogue are put together rightly; what they compute is tested elsewhere."""

from __future__ import annotations

import re
from collections import Counter

from derivcli.language import catalogue
from derivcli.language.catalogue import CONSTANTS, FUNCTIONS, PIECEWISE_NAMES, Function
from derivcli.language.operators import KEYWORDS
from derivcli.language.parser import parse
from derivcli.language.program import CORE
from derivcli.language.tokens import tokenize
from derivcli.language.tree import COMPARISONS, postorder, variables
from tests.checks import REPLACED
from tests.every import for_all
from tests.language import read

ROWS = tuple(FUNCTIONS.values())
FORMULAS = [(row, formula) for row in ROWS for formula in (row.definition, *row.partials) if formula is not None]
each_row = for_all("row", ROWS)


def test_a_name_or_alias_belongs_to_one_row() -> None:
    names = Counter(name for row in ROWS for name in (row.name, *row.aliases))
    names.update(PIECEWISE_NAMES)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_name_is_both_a_function_and_a_constant_or_a_word_of_the_language() -> None:
    functions = set(catalogue.function_names())
    assert functions & CONSTANTS.keys() == set()
    assert (functions | CONSTANTS.keys()) & KEYWORDS == set()
    assert functions & (CORE | COMPARISONS.keys()) <= set(PIECEWISE_NAMES)


def test_every_row_is_found_by_every_name() -> None:
    for row in ROWS:
        for name in (row.name, *row.aliases):
            assert catalogue.find(name) is row
            assert catalogue.is_function(name)
    assert catalogue.find("sine") is None
    assert not catalogue.is_function("sine")
    assert all(map(catalogue.is_function, PIECEWISE_NAMES))


@for_all("name", catalogue.function_names() + tuple(CONSTANTS))
def test_a_name_is_one_token(name: str) -> None:
    assert [(token.kind, token.text) for token in tokenize(name)[:-1]] == [("name", name)]


@each_row
def test_the_help_is_one_line(row: Function) -> None:
    for text in (row.help, row.convention):
        assert text == text.strip()
        assert "\n" not in text
        assert len(text) <= 80
    assert row.help
    assert not row.help.endswith(".")


@for_all("name", CONSTANTS)
def test_a_constant_has_one_line_of_help(name: str) -> None:
    assert re.fullmatch(r"\S.*\S", CONSTANTS[name].help)
    assert CONSTANTS[name].name == name


@each_row
def test_the_number_of_arguments_fits_the_parameters(row: Function) -> None:
    assert row.least >= 1
    assert len(set(row.parameters)) == len(row.parameters)
    if row.most is not None:
        assert row.least <= row.most == len(row.parameters) + (row.longer is not None)
    assert row.least <= len(row.parameters) - len(row.defaults) or row.most is None


@each_row
def test_a_longer_call_means_a_row_with_one_parameter_more(row: Function) -> None:
    if row.longer is not None:
        assert len(FUNCTIONS[row.longer].parameters) == len(row.parameters) + 1


@each_row
def test_a_default_is_a_plain_number_and_a_literal_is_a_parameter(row: Function) -> None:
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) for text in row.defaults)
    assert row.literal is None or row.literal in row.parameters


@each_row
def test_there_is_a_partial_derivative_for_each_parameter(row: Function) -> None:
    assert len(row.partials) in (0, len(row.parameters))
    if not row.sympy and row.name not in REPLACED:
        assert row.partials or row.definition or row.most is None, "sympy does not know it, so the row must"
    if row.values:
        assert row.partials, "its values come without a gradient"


@each_row
def test_every_witness_has_a_way_to_compute_it(row: Function) -> None:
    assert row.torch or row.values or row.definition or row.name in REPLACED


@for_all(("row", "formula"), FORMULAS)
def test_a_formula_parses_and_reads_its_parameters_only(row: Function, formula: str) -> None:
    parsed = parse(formula, frozenset(row.parameters))
    assert set(variables(parsed.tree)) <= set(row.parameters)
    assert parsed.notes == ()


@for_all("row", [row for row in ROWS if row.definition])
def test_a_definition_never_comes_back_to_itself(row: Function) -> None:
    seen: set[str] = set()
    waiting = [row.name]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        definition = FUNCTIONS[name].definition
        if definition:
            tree = parse(definition, frozenset(FUNCTIONS[name].parameters)).tree
            used = {node.op for node in postorder(tree)} & FUNCTIONS.keys()
            assert row.name not in used
            waiting += used - seen


@each_row
def test_an_inverse_is_a_function_of_one_argument(row: Function) -> None:
    if row.inverse is not None:
        inverse = FUNCTIONS[row.inverse]
        assert inverse.least == 1
        assert parse(f"{row.name}^-1(x)").tree.op == inverse.name


@each_row
def test_a_row_can_be_called_by_all_its_names(row: Function) -> None:
    args = ", ".join("3" if row.literal == name else name for name in row.parameters[: row.least])
    meaning = f"{row.name}({args})"
    assert {read(f"{name}({args})", *row.parameters) for name in (row.name, *row.aliases)} == {meaning}


@for_all(
    ("alias", "name"),
    [
        ("arcsin", "asin"),
        ("arccos", "acos"),
        ("arctan", "atan"),
        ("arctan2", "atan2"),
        ("arsinh", "asinh"),
        ("arcsinh", "asinh"),
        ("arcosh", "acosh"),
        ("artanh", "atanh"),
        ("ln", "log"),
        ("lgamma", "loggamma"),
        ("psi", "digamma"),
        ("Abs", "abs"),
        ("Max", "max"),
        ("Min", "min"),
        ("Heaviside", "heaviside"),
        ("ceiling", "ceil"),
        ("sgn", "sign"),
        ("cosec", "csc"),
        ("clip", "clamp"),
        ("expit", "sigmoid"),
        ("Γ", "gamma"),
        ("Mod", "mod"),
    ],
)
def test_the_names_of_books_and_of_other_libraries_are_known(alias: str, name: str) -> None:
    row = catalogue.find(alias)
    assert row is not None
    assert row.name == name


ELEMENTARY = (
    "sin cos tan sec csc cot asin acos atan asec acsc acot sinh cosh tanh sech csch coth asinh acosh atanh asech "
    "acsch acoth exp exp2 expm1 log ln log2 log10 log1p sqrt cbrt root hypot atan2 abs sign floor ceil round frac "
    "mod max min clamp heaviside erf erfc sigmoid softplus relu gamma loggamma digamma factorial sinc where piecewise"
)


@for_all("name", ELEMENTARY.split())
def test_the_elementary_functions_are_there(name: str) -> None:
    assert catalogue.is_function(name)
