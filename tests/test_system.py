"""Several functions at once: their numbers, their Jacobian, what torch.func gives, and what is refused."""

from __future__ import annotations

import json
from math import cos, sin
from typing import Any

import pytest
import torch

from derivcli import DerivError, Result, System, differentiate
from derivcli.document import Format, render
from derivcli.language.diagnostics import draw
from derivcli.model import Kind, Status


def matrix(*texts: str, **point: Any) -> tuple[tuple[float | None, ...], ...]:
    found = differentiate(list(texts), point)
    assert found.jacobian is not None
    return found.jacobian.matrix


def test_polar_coordinates() -> None:
    # By hand, at r = 2, t = pi/3: cos t = 1/2, sin t = sqrt(3)/2.
    root = 3**0.5
    found = matrix("r*cos(t)", "r*sin(t)", r=2, t="pi/3")
    assert found[0] == pytest.approx((0.5, -root), rel=1e-15)
    assert found[1] == pytest.approx((root / 2, 1), rel=1e-15)


def test_a_row_is_a_function_and_a_column_a_variable_in_order_of_appearance() -> None:
    found = differentiate(["x*y", "x + sin(y)", "z"], {"x": 1, "y": 2, "z": 5})
    assert found.jacobian is not None
    assert found.jacobian.variables == ("x", "y", "z")
    assert list(map(list, found.jacobian.matrix)) == [[2, 1, 0], [1, cos(2), 0], [0, 0, 1]]
    assert found.status == Status.AGREE


@pytest.mark.parametrize("count", [2, 4])
def test_wide_and_tall_systems_are_the_same_by_rows_and_by_columns(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["x*y*z", "besselj(2, x*y)", "where(x > 1, x^2*y, z)", "max(x, z)*gamma(y)"][:count]
    asked = differentiate(texts, {"x": 1.3, "y": 0.4, "z": 2})
    monkeypatch.setattr(torch.func, "jacfwd", None if count == 2 else torch.func.jacrev)
    other = differentiate(texts, {"x": 1.3, "y": 0.4, "z": 2})
    assert asked.jacobian is not None
    assert other.jacobian is not None
    for row, again in zip(asked.jacobian.matrix, other.jacobian.matrix, strict=True):
        assert row == pytest.approx(again, rel=1e-14)
    assert asked.status is Status.AGREE


def test_a_kink_of_one_function_leaves_the_others_alone() -> None:
    found = differentiate(["abs(x)", "x^2"], {"x": 0})
    assert found.jacobian is not None
    assert list(map(list, found.jacobian.matrix)) == [[None], [0]]
    assert found.functions[0].derivatives[0].kind is Kind.CORNER
    assert [function.status for function in found.functions] == [Status.NOT_DIFFERENTIABLE, Status.AGREE]
    assert found.status is Status.NOT_DIFFERENTIABLE


def test_a_parameter_without_a_closed_form_leaves_the_rest_to_reverse_mode() -> None:
    found = differentiate(["besselj(n, x)", "n*x"], {"n": 1, "x": 2})
    by_order, by_x = found.functions[0].derivatives
    assert (by_order.status, by_x.status) == (Status.UNVERIFIED, Status.AGREE)
    # DLMF 10.6.1: J1'(2) = (J0(2) - J2(2))/2, from the tables of Abramowitz and Stegun, 9.1.
    assert by_x.answer == pytest.approx((0.22389077914 - 0.35283402861) / 2, abs=1e-10)
    assert found.functions[1].status is Status.AGREE


def test_each_function_has_its_own_higher_derivatives_and_views() -> None:
    first, second = differentiate(["x^3", "sin(x)"], {"x": 1}, order=2, hessian=True).functions
    assert [d.answer for d in first.derivatives] == [3, 6]
    assert second.hessian is not None
    assert second.hessian.matrix == ((-sin(1),),)


def test_without_a_point_there_are_formulas_and_no_matrix() -> None:
    found = differentiate(["x*y", "x + y^2"])
    assert found.jacobian is None
    assert [[d.expression for d in function.derivatives] for function in found.functions] == [["y", "x"], ["1", "2*y"]]
    assert found.status is Status.AGREE


def test_directional_derivatives_of_several_functions() -> None:
    found = differentiate(["x*y", "x - y"], {"x": 1, "y": 2}, along={"x": 3, "y": 4})
    assert found.jacobian is None
    first, second = ([d.answer for d in function.derivatives] for function in found.functions)
    assert first == pytest.approx([10, 2], rel=1e-15)
    assert second == pytest.approx([-1, -0.2], rel=1e-15)


def test_a_system_goes_through_its_json_contract() -> None:
    found = differentiate(["x*y", "abs(x)"], {"x": 0, "y": 2})
    assert System.from_dict(json.loads(render(found, Format.JSON))) == found


def test_one_text_in_a_list_is_a_system_of_one() -> None:
    assert isinstance(differentiate("x"), Result)
    assert isinstance(differentiate(["x"]), System)


@pytest.mark.parametrize(
    ("texts", "options", "message"),
    [
        (
            ["x^2+y^2=1", "x=y"],
            {"implicit": "y"},
            "error: --implicit takes one equation at a time\nhint: ask for each equation in a call of its own",
        ),
        (["x*y", "x+"], {"at": {"x": 1, "y": 1}}, "error: something is missing after `+`\n  x+\n   ^"),
        (["x*y", "x"], {"at": {"x": 1}}, "error: no value for `y`\n  x*y\n    ^\nhint: add y=... in `at`"),
        (
            ["x", "x^2"],
            {"at": {"x": 1, "z": 1}},
            "error: `z` has a value, but does not occur in the expression\nhint: its variables are x",
        ),
        ([], {}, "error: the expressions must be texts"),
        (["x", 2], {}, "error: the expressions must be texts"),
    ],
)
def test_what_makes_no_sense_is_refused(texts: list[Any], options: dict[str, Any], message: str) -> None:
    with pytest.raises(DerivError) as caught:
        differentiate(texts, **options)
    assert draw(caught.value) == message
