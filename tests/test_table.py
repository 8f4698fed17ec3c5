"""`tabulate`: many points from Python."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

import derivcli
from derivcli import DerivError, tabulate
from derivcli.language.diagnostics import draw
from derivcli.table import Table


def complaint(*args: Any, **options: Any) -> str:
    """Return the kind of the error that a call raises, and its message as a person sees it."""
    with pytest.raises(DerivError) as caught:
        tabulate(*args, **options)
    return f"{type(caught.value).__name__}: {draw(caught.value)}"


def test_it_is_a_public_name() -> None:
    assert derivcli.tabulate is tabulate
    assert "tabulate" in derivcli.__all__


def test_a_number_that_no_memory_holds_leaves_the_other_rows_their_answers() -> None:
    # 2^2^2^2 = 2^16; 9^9^9^9 has more digits than there are atoms
    found = tabulate("x^x^x^x", {"x": [9, 2, 1]}, timeout=30)
    assert found.columns["f"].tolist() == pytest.approx([math.nan, 65_536, 1], nan_ok=True)
    assert found.status == ("unverified", "agree", "agree")


@pytest.mark.parametrize(
    "numbers", [[1, 2, 3], np.array([1.0, 2, 3]), torch.tensor([1.0, 2.0, 3.0]), range(1, 4)], ids=lambda n: type(n)
)
def test_columns_of_numbers_give_columns_of_answers(numbers: Any) -> None:
    found = tabulate("x^2", {"x": numbers})
    assert {name: column.tolist() for name, column in found.columns.items()} == {"f": [1, 4, 9], "df/dx": [2, 4, 6]}
    assert found.status == ("agree",) * 3
    assert len(found) == 3
    assert all(column.dtype == np.float64 for column in found.columns.values())


def test_other_variables_have_one_value() -> None:
    found = tabulate("t*x", {"x": [1, 2]}, {"t": "pi/4"})
    assert found.columns["df/dx"].tolist() == [math.pi / 4] * 2
    assert found.columns["df/dt"].tolist() == [1, 2]
    assert list(tabulate("t*x", {"x": [1, 2]}, {"t": 3}, wrt="x").columns) == ["f", "df/dx"]


def test_a_row_is_one_point_of_all_columns() -> None:
    found = tabulate("x*y", {"x": [1, 2], "y": [3, 4]})
    assert found.columns["f"].tolist() == [3, 8]
    assert found.columns["df/dx"].tolist() == [3, 4]


def test_kinks_and_gaps_have_no_number_and_a_result() -> None:
    found = tabulate("sqrt(x)", {"x": [-1.0, 0.0, 4.0]})
    assert found.status == ("undefined", "not_differentiable", "agree")
    assert np.isnan(found.columns["df/dx"][:2]).all()
    assert found.columns["df/dx"][2] == 0.25
    assert found.columns["f"][1:].tolist() == [0, 2]
    assert found.results[1].derivatives[0].kind == "vertical_tangent"
    assert found.results[1].at == {"x": 0.0}


def test_a_row_that_is_not_finite_is_an_error_in_its_place() -> None:
    found = tabulate("x^2", {"x": [1.0, math.nan, 3.0, math.inf]})
    assert found.status == ("agree", "error", "agree", "error")
    assert found.columns["f"][[0, 2]].tolist() == [1, 9]
    assert np.isnan(found.columns["f"][[1, 3]]).all()
    assert found.notes == {1: "`x` is not finite: nan", 3: "`x` is not finite: inf"}


def test_places_count_through_all_chunks() -> None:
    xs = np.linspace(1, 2, 70_000)
    xs[69_999] = math.nan
    xs[69_000] = 0.0
    found = tabulate("abs(x)", {"x": xs})
    assert len(found) == 70_000
    assert (found.status[69_000], found.status[69_999]) == ("not_differentiable", "error")
    assert found.results[69_000].at == {"x": 0.0}
    assert 69_999 in found.notes
    assert set(found.status[:69_000]) == {"agree"}


def test_no_rows_give_columns_without_rows() -> None:
    found = tabulate("x^2", {"x": []})
    assert (len(found), found.status, found.results, found.notes) == (0, (), {}, {})
    assert [column.shape for column in found.columns.values()] == [(0,), (0,)]


def test_verify_says_how_much_is_looked_at() -> None:
    xs = np.linspace(1, 2, 100)
    assert len(tabulate("x^2", {"x": xs[:32]}).results) == 32
    assert tabulate("x^2", {"x": xs}).results == {}
    assert list(tabulate("abs(x)", {"x": xs - 1}).results) == [0]
    everything = tabulate("x^2", {"x": xs}, verify="all")
    assert (everything.results, set(everything.status)) == ({}, {"agree"})
    nothing = tabulate("x^2", {"x": xs}, verify="off")
    assert (nothing.results, set(nothing.status)) == ({}, {"unverified"})
    assert nothing.columns["df/dx"].tolist() == (2 * xs).tolist()


def test_float32_is_computed_in_float32_and_given_as_float64() -> None:
    found = tabulate("x/3", {"x": [1.0]}, dtype="float32")
    assert found.columns["f"].tolist() == [0.3333333432674408]
    assert found.status == ("agree",)


def test_other_derivatives_have_columns_too() -> None:
    found = tabulate("x^2*y", {"x": [1, 2], "y": [3, 4]}, order=2)
    assert found.columns["d2f/dxdy"].tolist() == [2, 4]
    assert found.status == ("agree", "agree")


def test_a_table_is_what_it_says() -> None:
    assert isinstance(tabulate("x", {"x": [1]}), Table)


@pytest.mark.parametrize(
    ("args", "options", "said"),
    [
        (
            ("x", {"x": [1]}),
            {"verify": "most"},
            "UsageError: error: verify is auto, all, sample, off, not `most`",
        ),
        (("x", {}), {}, "UsageError: error: columns must map names to numbers, such as {'x': [1, 2, 3]}"),
        (("x", [1, 2]), {}, "UsageError: error: columns must map names to numbers, such as {'x': [1, 2, 3]}"),
        (("x", None), {}, "UsageError: error: columns must map names to numbers, such as {'x': [1, 2, 3]}"),
        (("x", {1: [1]}), {}, "UsageError: error: columns must map names to numbers, such as {'x': [1, 2, 3]}"),
        ((7, {"x": [1]}), {}, "UsageError: error: the expression must be a text, not int"),
        ((["x", "y"], {"x": [1]}), {}, "UsageError: error: the expression must be a text, not list"),
        (
            ("x*y", {"x": [1, 2], "y": [1]}),
            {},
            "PointError: error: the columns have different lengths: x has 2, y has 1",
        ),
        (("x", {"x": ["a"]}), {}, "PointError: error: the column `x` must be numbers"),
        (
            ("x*y", {"x": [1]}),
            {},
            "PointError: error: `y` has neither a column nor a value\n"
            "hint: the columns are x; y=... in `at` is for all rows",
        ),
        (
            ("x", {"x": [1], "y": [2]}),
            {},
            "PointError: error: `y` has a value, but does not occur in the expression\nhint: its variables are x",
        ),
        (
            ("x", {"x": [1]}),
            {"at": {"x": 2}},
            "PointError: error: `x` has both a column and a value\nhint: leave out the value of `x`, or its column",
        ),
        (
            ("x", {"x": [1]}),
            {"tangent": True},
            "UsageError: error: --tangent takes one point\nhint: give a single value to each variable",
        ),
        (("x", {"x": [1]}), {"timeout": 0}, "UsageError: error: timeout must be a number of seconds above 0, not 0"),
    ],
    ids=repr,
)
def test_what_makes_no_sense_is_refused(args: Any, options: dict[str, Any], said: str) -> None:
    assert complaint(*args, **options) == said


def test_an_argument_that_nobody_knows_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="unexpected argument 'colour'"):
        tabulate("x", {"x": [1]}, colour="red")  # type: ignore[call-arg]


def test_how_the_expression_was_read_is_said_where_a_person_might_read_it_otherwise() -> None:
    assert tabulate("1/2x", {"x": [1.0]}).readings == ("`1/2x` was read as `(1/2)*x`",)
    assert tabulate("x/2", {"x": [1.0]}).readings == ()
