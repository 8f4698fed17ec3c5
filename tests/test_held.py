"""Slopes by parts of a formula, from the text to the answer."""

from __future__ import annotations

import json
from math import cos, sin
from typing import Any

import pytest
import torch

from derivcli import DerivError, Result, differentiate
from derivcli.language.diagnostics import draw
from derivcli.model import Status
from tests.cli import deriv, validator

SINE = "z = x*y; z^2 + sin(z)"
XY = {"x": 1, "y": 2}
ONE_POINT = "error: --wrt z takes one point: z is a part of the expression\nhint: give a single value to each variable"


def slopes(found: Result) -> dict[str, float | None]:
    assert found.status is Status.AGREE
    return {"".join(slope.wrt): slope.answer for slope in found.derivatives}


def complaint(*arguments: Any, **wanted: Any) -> str:
    with pytest.raises(DerivError) as caught:
        differentiate(*arguments, **wanted)
    return draw(caught.value)


def test_the_slope_by_a_part() -> None:
    # By hand, at z = 2: z^2 + sin z is 4 + sin 2, its slope 2z + cos z is 4 + cos 2.
    found = differentiate(SINE, XY, wrt="z")
    assert (found.at, found.at_text) == ({"z": 2.0}, {"z": "x*y"})
    assert found.value.answer == pytest.approx(4 + sin(2), rel=1e-15)
    assert slopes(found) == pytest.approx({"z": 4 + cos(2)}, rel=1e-15)


def test_it_is_the_gradient_that_torch_retains() -> None:
    x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in (0.3, 1.7))
    z = x * y
    z.retain_grad()
    w = z**2
    torch.autograd.backward(w * torch.sin(z) + x)
    assert z.grad is not None
    found = differentiate("z = x*y; w = z^2; w*sin(z) + x", {"x": 0.3, "y": 1.7}, wrt="z")
    assert slopes(found) == pytest.approx({"z": z.grad.item()}, rel=1e-14)


def test_by_way_of_other_parts_and_of_higher_order() -> None:
    # w + z = z^2 + z, at z = 2: 2z + 1 = 5, then 2.
    assert slopes(differentiate("z = x*y; w = z^2; f = w + z", XY, wrt="z", order=2)) == {"z": 5, "zz": 2}


def test_two_parts_and_a_mix_with_a_variable() -> None:
    # w*z*x at z = 2, w = 4, x = 1: by w it is z*x, by z w*x, by x w*z.
    text = "z = x*y; w = z^2; w*z*x"
    assert slopes(differentiate(text, XY, wrt=("w", "z"))) == {"w": 2, "z": 4}
    assert slopes(differentiate(text, XY, wrt=("z", "x"))) == {"z": 12, "x": 8}  # z^3*x


def test_mixed_derivatives_and_the_matrix() -> None:
    # z^2*x at z = 2, x = 1: by z and x it is 2z.
    text = "z = x*y; z^2*x"
    assert slopes(differentiate(text, XY, partials=[("z", "x")])) == {"zx": 4}
    found = differentiate(text, XY, wrt=("z", "x"), hessian=True).hessian
    assert found is not None
    assert found.matrix == ((2, 4), (4, 0))


def test_a_polynomial_about_a_part_has_its_number() -> None:
    found = differentiate("z = x*y; z^2", XY, wrt="z", taylor=2, near={"z": 2.5}).taylor
    assert found is not None
    assert found.polynomial == "4 + 4*(z - 2) + (z - 2)**2"


def test_without_a_point_the_part_is_free() -> None:
    found = differentiate(SINE, wrt="z")
    assert [slope.expression for slope in found.derivatives] == ["2*z + cos(z)"]
    assert found.status is Status.AGREE
    assert {tuple(check.at) for check in found.spot_checks or ()} == {("z",)}


def test_a_corner_at_a_part_is_no_slope() -> None:
    found = differentiate("z = x*y; abs(z - 2)", XY, wrt="z")
    assert found.status is Status.NOT_DIFFERENTIABLE


def test_the_json_follows_the_schema_and_keeps_the_definitions() -> None:
    found = json.loads(deriv(SINE, "--at", "x=1,y=2", "--wrt", "z", "--json").out)
    validator("result").validate(found)
    assert (found["definitions"], found["variables"]) == ({"z": "x*y"}, ["z"])
    assert found["notes"][1] == "`z` is held as a variable of its own, as torch's retain_grad does"


def test_a_part_without_a_value_is_named() -> None:
    assert complaint("z = log(x); z^2", {"x": -1}, wrt="z") == "error: the value of `z` is not a real number"


@pytest.mark.parametrize("option", [("--at", "x=0:1:5,y=2"), ("--at", "x=0:1:5,y=2", "--order", "2")])
def test_many_points_are_refused(option: tuple[str, ...]) -> None:
    answer = deriv(SINE, "--wrt", "z", *option)
    assert (answer.code, answer.out, answer.err) == (2, "", f"{ONE_POINT}\n")


def test_several_expressions_are_refused() -> None:
    said = "error: --wrt z takes one expression: z is a part of it\nhint: ask for each expression by itself"
    assert complaint([SINE, "x + y"], XY, wrt="z") == said
