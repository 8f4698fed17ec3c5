"""What derivatives are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivcli.document.answer import document
from derivcli.document.names import NamedResult, parts
from derivcli.model import Derivative, Status
from tests.document.builders import higher
from tests.document.samples import SEVERAL, SMOOTH
from tests.document.view_samples import CURVE, DIRECTION, SYSTEM


@pytest.mark.parametrize(
    ("wrt", "pretty"),
    [("x", "∂f/∂x"), ("xx", "∂²f/∂x²"), ("xxy", "∂³f/∂x²∂y"), ("xy", "∂²f/∂x∂y"), ("x" * 12, "∂¹²f/∂x¹²")],
)
def test_a_partial_derivative_has_its_order_raised(wrt: str, pretty: str) -> None:
    assert NamedResult(SEVERAL).name(higher(*wrt)).pretty == pretty


def test_a_function_of_one_variable_has_no_partial_ones() -> None:
    assert NamedResult(SMOOTH).name(higher("x", "x")).pretty == "d²f/dx²"


def test_ascii_has_the_names_of_the_contract() -> None:
    derivative = higher("x", "x", "y")
    assert derivative.name == "d3f/dx2dy"
    assert NamedResult(SEVERAL).name(derivative).plain == "d3f/dx2dy"


def test_an_equation_has_derivatives_of_its_variable_and_a_function_of_its_own() -> None:
    (part,) = parts(CURVE)
    assert [part.name(value).pretty for value in part.values] == ["F", "dy/dx", "d²y/dx²"]
    assert [part.plain(value) for value in part.values] == ["F", "dy/dx", "d2y/dx2"]


def test_two_variables_beside_the_one_of_an_equation_make_it_partial() -> None:
    (part,) = parts(replace(CURVE, variables=("x", "y", "z")))
    assert part.name(CURVE.derivatives[0]).pretty == "∂y/∂x"


def test_directional_derivatives() -> None:
    (part,) = parts(DIRECTION)
    assert [part.name(value).pretty for value in part.values] == ["f", "D_v f", "D_v² f", "D_u f"]
    assert [part.name(value).plain for value in part.values] == ["f", "D_v f", "D_v^2 f", "D_u f"]


def test_functions_of_a_system_are_numbered() -> None:
    first, second = parts(SYSTEM)
    assert [first.name(value).pretty for value in first.values] == ["f1", "∂f1/∂x", "∂f1/∂y"]
    assert [second.plain(value) for value in second.values] == ["f2", "df2/dx", "df2/dy"]
    along = replace(DIRECTION.derivatives[1])
    assert second.plain(along) == "D_v^2 f2"


def test_a_derivative_by_nothing_keeps_its_name() -> None:
    assert NamedResult(SMOOTH).name(Derivative(name="df/dx")).pretty == "df/dx"


def test_of_very_many_derivatives_those_that_do_not_agree_are_shown_and_the_rest_is_counted() -> None:
    few = replace(SEVERAL, derivatives=(Derivative(name="a", status=Status.AGREE),) * 500)
    assert document(few, is_bounded=True) == document(few)
    last = Derivative(name="b", status=Status.DIFFER)
    shown = document(replace(few, derivatives=(*few.derivatives, *few.derivatives, last)), is_bounded=True)
    assert [entry.name.plain for entry in shown.functions[0].entries] == ["f", *"a" * 499, "b"]
    assert shown.notes[-1] == "501 more derivatives are not shown: JSON and CSV have all of them"
