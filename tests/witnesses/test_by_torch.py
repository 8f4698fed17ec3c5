"""What torch finds of derivatives of every kind at a point, by hand calculation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import torch

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.tree import ALONG, along
from derivcli.witnesses import by_torch
from derivcli.witnesses.numerics import Numerics
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.language.program import Program

XY = {"x": 2.0, "y": 3.0}


def numbers(program: Program, at: dict[str, float], *asked: Any, **others: Any) -> tuple[float, by_torch.Slopes]:
    """Return what torch finds at one point."""
    (found,), _ = by_torch.numbers(program, [at], *asked, **others)
    return found


def test_first_and_higher_derivatives_come_together() -> None:
    wrt = [("x",), ("y",), ("x", "x"), ("x", "y"), ("x", "x", "y")]
    value, slopes = numbers(program_of("x^2*y"), XY, wrt)
    assert value == 12
    assert list(slopes) == wrt
    assert list(slopes.values()) == pytest.approx([12, 4, 6, 4, 2], rel=1e-15)


def test_a_derivative_in_a_direction_is_that_by_the_way_gone() -> None:
    direction = {name: parse(component).tree for name, component in {"x": "3", "y": "4"}.items()}
    moved = compile_tree(along(parse("x*y").tree, direction, with_unit=False))
    value, slopes = numbers(moved, {**XY, ALONG: 0.0}, [(ALONG,), (ALONG, ALONG)])
    assert (value, slopes[ALONG,], slopes[ALONG, ALONG]) == (6, 3 * 3 + 4 * 2, 2 * 3 * 4)


def test_the_slopes_of_a_curve_are_those_of_a_circle() -> None:
    circle = program_of("x^2 + y^2")
    _, slopes = numbers(circle, {"x": 3.0, "y": 4.0}, [("x",), ("x", "x")], "y")
    assert slopes["x",] == -0.75  # -x/y
    assert slopes["x", "x"] == pytest.approx(-25 / 64, rel=1e-15)  # -r^2/y^3


@pytest.mark.parametrize(("text", "x", "y", "slope"), [("x^2 + y^2", 1.0, 0.0, -math.inf), ("x^2*y^2", 0.0, 0.0, None)])
def test_a_curve_that_is_upright_or_crosses_itself_has_no_finite_slope(
    text: str, x: float, y: float, slope: float | None
) -> None:
    _, slopes = numbers(program_of(text), {"x": x, "y": y}, [("x",)], "y")
    found = slopes["x",]
    assert found is not None
    assert math.isnan(found) if slope is None else found == slope


def test_another_type_rounds_as_it_does() -> None:
    single = Numerics(torch.float32, torch.device("cpu"))
    value, slopes = numbers(program_of("x*x"), {"x": 0.1}, [("x",)], kind=single)
    assert value != 0.1 * 0.1
    assert value == pytest.approx(0.01, rel=1e-6)
    assert slopes["x",] == pytest.approx(0.2, rel=1e-6)


def test_a_parameter_without_a_closed_form_says_why() -> None:
    said = "the derivative of besselj with respect to n has no closed form"
    found, missing = by_torch.numbers(program_of("besselj(n, x)"), [{"n": 1.0, "x": 2.0}], [("n",), ("x",), ("n", "x")])
    assert {t: slope is None for t, slope in found[0][1].items()} == {("n",): True, ("x",): False, ("n", "x"): True}
    assert missing == {("n",): said, ("n", "x"): said}


def test_a_curve_lacks_what_its_equation_lacks() -> None:
    high, curve = ("x",) * 6, program_of("x^2 + y^2")
    found, missing = by_torch.numbers(curve, [{"x": 3.0, "y": 4.0}], [("x",), high], "y")
    assert found[0][1] == {("x",): -0.75, high: None}
    assert missing == {high: "torch is asked up to order 5"}


# The same by torch itself, as people write it.
BY_TORCH: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "where(x != 0, sin(x)/x, 1)": lambda x: torch.where(x != 0, torch.sin(x) / x, 1.0),
    "where(x > 0, sqrt(x), 0)": lambda x: torch.where(x > 0, torch.sqrt(x), 0.0),
    "piecewise(x^2, x < 1, sqrt(x-1), x < 2, 1/x)": lambda x: torch.where(
        x < 1, x**2, torch.where(x < 2, torch.sqrt(x - 1), 1 / x)
    ),
    "where(x > 0, x^2, -x)": lambda x: torch.where(x > 0, x**2, -x),
    "huber(x, 1)": lambda x: x**2 / 2,
    "where(x < 2, elu(x, 1), x^2)": lambda x: torch.where(x < 2, torch.nn.functional.elu(x), x**2),
}


@pytest.mark.parametrize("text", BY_TORCH)
@pytest.mark.parametrize("place", [0.0, 0.5, -0.75])
def test_what_torch_where_gives_is_told_where_it_is_another_number(text: str, place: float) -> None:
    x = torch.tensor([place], dtype=torch.float64, device="cpu", requires_grad=True)
    (slope,) = torch.autograd.grad(BY_TORCH[text](x).sum(), x)
    program, at = program_of(text), {"x": place}
    value, slopes = numbers(program, at, [("x",)])
    found = by_torch.otherwise_by_where(program, at, slopes)
    assert str(found.get("x", slopes["x",])) == str(slope.item())
    assert bool(found) is (str(slopes["x",]) != str(slope.item()))
    assert math.isfinite(value)
