"""The one door of the room, and what it may import."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.document import Canvas, Format, render
from derivcli.errors import UsageError
from tests.document.pictures import DRAWN
from tests.document.samples import SAMPLES
from tests.document.view_samples import SYSTEMS
from tests.every import examples, for_all
from tests.test_model import results, systems

if TYPE_CHECKING:
    from derivcli.model import Result, System
    from derivcli.model.values import Value
    from derivcli.model.views import Matrix

TEXTS = [form for form in Format if form is not Format.PARQUET]
WIDTHS = st.none() | st.integers(0, 200)
IMPORTS = """
import sys
from derivcli.document import Format, render
from tests.document.samples import SMOOTH
for name in sys.argv[1:]:
    render(SMOOTH, Format(name))
    print(name, *sorted({"rich", "torch", "sympy", "mpmath"} & set(sys.modules)))
"""


def imported(forms: list[Format]) -> dict[str, list[str]]:
    """Return what is loaded after an answer was written in each format, one after the other in one process."""
    done = subprocess.run([sys.executable, "-c", IMPORTS, *forms], capture_output=True, text=True, check=True)
    return {name: names for name, *names in map(str.split, done.stdout.splitlines())}


@for_all(("name", "form"), product(DRAWN, TEXTS))
def test_every_format_ends_with_exactly_one_newline(name: str, form: Format) -> None:
    text = render(DRAWN[name], form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_only_the_table_imports_rich_and_nothing_imports_a_witness() -> None:
    others = [form for form in TEXTS if form is not Format.TABLE]
    expected: dict[str, list[str]] = {str(form): [] for form in others}
    assert imported([*others, Format.TABLE]) == expected | {"table": ["rich"]}


# To draw a result takes longer than to write it: each is written in every format.
@examples(12, 1_000)
@given(result=results, width=WIDTHS, color=st.booleans(), unicode=st.booleans())
def test_whatever_the_result_there_is_a_text(result: Result, width: int | None, color: bool, unicode: bool) -> None:
    for form in TEXTS:
        assert render(result, form, Canvas(width, color, unicode)).endswith("\n"), form


@examples(6, 300)
@given(system=systems, width=WIDTHS, unicode=st.booleans())
def test_whatever_the_system_there_is_a_text(system: System, width: int | None, unicode: bool) -> None:
    for form in TEXTS:
        assert render(system, form, Canvas(width, unicode=unicode)).endswith("\n"), form


V = TypeVar("V", bound="Value")


def unknown(value: V) -> V:
    """A number of which nothing is known but its verdict."""
    numbers = ("answer", "autograd", "symbolic", "quotient", "abs_error", "rel_error", "digits", "limit")
    return replace(value, **dict.fromkeys(numbers))


def emptied(matrix: Matrix) -> Matrix:
    return tuple(tuple(None for _ in row) for row in matrix)


def without_numbers(result: Result) -> Result:
    """The result when every witness was silent."""
    nothing = replace(
        result,
        value=unknown(result.value),
        derivatives=tuple(
            replace(unknown(d), left=None, right=None, expression=None, latex=None) for d in result.derivatives
        ),
    )
    if (hessian := result.hessian) is not None:
        nothing = replace(nothing, hessian=replace(hessian, matrix=emptied(hessian.matrix), eigenvalues=None))
    if (taylor := result.taylor) is not None:
        near = None if taylor.near is None else replace(taylor.near, value=None, polynomial=None, error=None)
        coefficients = tuple(replace(c, value=None, exact=None) for c in taylor.coefficients)
        nothing = replace(
            nothing, taylor=replace(taylor, polynomial=None, latex=None, coefficients=coefficients, near=near)
        )
    if (total := result.total) is not None:
        rows = tuple(replace(row, contribution=None, share=None) for row in total.contributions)
        nothing = replace(nothing, total=replace(total, at_point=None, uncertainty=None, contributions=rows))
    return nothing


@pytest.mark.parametrize("width", [None, 20, 40, 80])
@pytest.mark.parametrize("form", TEXTS)
def test_no_format_needs_a_number(form: Format, width: int | None) -> None:
    for result in SAMPLES.values():
        assert render(without_numbers(result), form, Canvas(width)).endswith("\n")
    for system in SYSTEMS.values():
        jacobian = system.jacobian and replace(system.jacobian, matrix=emptied(system.jacobian.matrix))
        functions = tuple(map(without_numbers, system.functions))
        assert render(replace(system, functions=functions, jacobian=jacobian), form, Canvas(width)).endswith("\n")


def test_parquet_is_for_many_points() -> None:
    with pytest.raises(UsageError, match=r"^parquet holds many points, not one answer$") as error:
        render(SAMPLES["smooth"], Format.PARQUET)
    assert error.value.hint == "the formats are table, json, jsonl, csv, tsv, value, latex, markdown"
