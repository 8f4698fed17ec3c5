"""Trees and the operations that they cost, counted by hand."""

from __future__ import annotations

import pytest
import sympy

from derivcli.language.printer import to_text
from derivcli.witnesses.reading import SympyReader
from derivcli.witnesses.tidy.trees import Counted, TreeReader, extend
from tests.every import for_all
from tests.witnesses.tidy.shown import program_of

x, y = sympy.symbols("x y", real=True)


def reader() -> TreeReader:
    return TreeReader(lambda builder: SympyReader(builder, tidy=True))


@for_all(
    ("text", "cost"),
    [("x", 0), ("x + y - 2", 2), ("2*x*y", 2), ("sin(x)^2/y", 3), ("polygamma(1, x)", 1), ("x if x > 0 else -x", 3)],
)
def test_each_sign_function_and_bar_is_an_operation(text: str, cost: int) -> None:
    found: list[Counted] = []
    extend(found, program_of(text).instructions)
    assert found[-1][1] == cost


def test_expressions_are_read_one_after_the_other() -> None:
    read = reader().read
    for expression, text, cost in ((x**2 + y, "x**2 + y", 2), (sympy.sin(x**2 + y), "sin(x**2 + y)", 3), (x, "x", 0)):
        tree, operations = read(expression)
        assert (to_text(tree), operations) == (text, cost)


def test_what_is_shared_is_the_same_tree() -> None:
    read = reader().read
    inner = read(x**2)[0]
    assert read(sympy.cos(x**2))[0].args == (inner,)
    assert read(sympy.cos(x**2))[0].args[0] is inner


def test_what_cannot_be_said_spoils_nothing() -> None:
    trees = reader()
    with pytest.raises(KeyError):
        trees.read(x + sympy.Function("unheard_of")(y))
    assert to_text(trees.read(x + y)[0]) == "x + y"
