"""The plan for many points: which variables come from where, and what is refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from derivcli.api import request_of
from derivcli.errors import DerivError
from derivcli.language.diagnostics import draw
from derivcli.many.plan import plan
from derivcli.model.choices import Form, Verify
from derivcli.points.files import open_points
from derivcli.points.told import Told
from tests.many import planned

if TYPE_CHECKING:
    from derivcli.many.plan import Plan


def of_file(text: str, data: str, verify: Verify = Verify.SAMPLE, **wanted: Any) -> Plan:
    """Return the plan for an expression at the points of a CSV file."""
    source = open_points("-", Told(Form.CSV), io.BytesIO(data.encode()))
    return plan(request_of(text, dict(wanted)), source, verify)


def complaint(text: str, data: str, verify: Verify = Verify.SAMPLE, **wanted: Any) -> str:
    with pytest.raises(DerivError) as caught:
        of_file(text, data, verify, **wanted)
    return f"{type(caught.value).__name__}: {draw(caught.value)}"


def test_the_columns_that_are_variables_are_read_and_others_are_carried() -> None:
    found = of_file("t*x^2", "name,x,n\na,1,2\n", at={"t": "pi/4"})
    assert found.columns == ("x",)
    assert found.outline.header == ("name", "x", "n")
    assert found.outline.constants == {"t": "pi/4"}
    assert found.outline.values == {"t": 0.7853981633974483}
    assert found.outline.answer.variables == ("t", "x")
    assert found.outline.names == ("f", "df/dt", "df/dx")
    assert found.outline.form is Form.CSV


def test_the_symbolic_derivatives_are_in_the_outline_without_numbers() -> None:
    found = of_file("x^3", "x\n1\n").outline.answer
    assert (found.expression, found.read_as, found.latex) == ("x^3", "x**3", "x^{3}")
    (slope,) = found.derivatives
    assert (slope.name, slope.expression, slope.answer) == ("df/dx", "3*x**2", None)


def test_wrt_leaves_out_derivatives_and_not_columns() -> None:
    found = of_file("x^2*y", "x,y\n1,2\n", wrt="y")
    assert found.columns == ("x", "y")
    assert found.case.asked.wrt == ("y",)
    assert found.outline.names == ("f", "df/dy")
    assert len(found.forms) == 1


def test_a_derivative_without_a_closed_form_has_none() -> None:
    assert of_file("besselj(n, x)", "n,x\n1,2\n").forms[0] is None
    assert of_file("besselj(n, x)", "n,x\n1,2\n").forms[1] is not None


def test_a_column_makes_a_name_a_variable() -> None:
    assert of_file("e*x", "e,x\n1,2\n").outline.answer.variables == ("e", "x")
    assert of_file("e*x", "x\n2\n").outline.answer.variables == ("x",)
    assert of_file("x(x+1)", "x\n2\n").outline.answer.read_as == "x*(x + 1)"


def test_an_expression_without_variables_has_a_value_in_each_row() -> None:
    assert of_file("2*pi", "x\n1\n").columns == ()


@pytest.mark.parametrize(
    ("text", "data", "wanted", "said"),
    [
        (
            "x*y",
            "name,x\na,1\n",
            {},
            "PointError: error: `y` has neither a column nor a value\n"
            "hint: the columns are name, x; y=... in `at` is for all rows",
        ),
        (
            "x*y",
            "x,y\n1,2\n",
            {"at": {"y": 3}},
            "PointError: error: `y` has both a column and a value\nhint: leave out the value of `y`, or its column",
        ),
        (
            "x",
            "x\n1\n",
            {"at": {"y": 3}},
            "PointError: error: `y` has a value, but does not occur in the expression\nhint: its variables are x",
        ),
        (
            "x",
            "x,y\n1,2\n",
            {"wrt": "y"},
            "PointError: error: `y` does not occur in the expression\nhint: its variables are x",
        ),
        (
            "x+",
            "x\n1\n",
            {},
            "ExpressionError: error: something is missing after `+`\n  x+\n   ^",
        ),
        (
            "x",
            "x\n1\n",
            {"tangent": True},
            "UsageError: error: --tangent takes one point\nhint: give a single value to each variable",
        ),
        (
            "x",
            "x\n1\n",
            {"taylor": 3},
            "UsageError: error: --taylor takes one point\nhint: give a single value to each variable",
        ),
        (
            "x",
            "x\n1\n",
            {"taylor": 0},
            "UsageError: error: --taylor takes one point\nhint: give a single value to each variable",
        ),
        (
            "x",
            "x\n1\n",
            {"total": True},
            "UsageError: error: --total takes one point\nhint: give a single value to each variable",
        ),
        (
            "x",
            "x\n1\n",
            {"errors": {"x": 1}},
            "UsageError: error: --error takes one point\nhint: give a single value to each variable",
        ),
        (
            "x",
            "x\n1\n",
            {"near": {"x": 1}},
            "UsageError: error: --near takes one point\nhint: give a single value to each variable",
        ),
    ],
)
def test_what_does_not_fit_many_points_is_refused(text: str, data: str, wanted: dict[str, Any], said: str) -> None:
    assert complaint(text, data, **wanted) == said


def test_a_file_with_many_columns_is_not_listed_whole() -> None:
    names = ",".join(f"c{k}" for k in range(40))
    said = complaint("x", f"{names}\n{names}\n")
    assert "c11; x=... in `at`" in said
    assert "c12" not in said


@pytest.mark.parametrize(
    "wanted", [{"order": 2}, {"hessian": True}, {"partials": [("x", "x")]}, {"along": {"x": 1}}], ids=str
)
def test_other_derivatives_cannot_do_without_the_witnesses(wanted: dict[str, Any]) -> None:
    assert complaint("x^2", "x\n1\n", Verify.OFF, **wanted) == (
        "UsageError: error: --verify off is for first derivatives\nhint: other derivatives are checked row by row"
    )
    assert of_file("x^2", "x\n1\n", **wanted).one_by_one


def test_first_derivatives_are_not_answered_one_by_one() -> None:
    assert not of_file("x^2", "x\n1\n").one_by_one
    assert not of_file("x^2", "x\n1\n", Verify.OFF).one_by_one


def test_a_range_names_variables_only() -> None:
    with pytest.raises(DerivError, match="but does not occur"):
        planned("x^2", "x=1:2:3", "y=1,2")
