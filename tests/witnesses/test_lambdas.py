"""The lambda that torch evaluates: the program as it stands, one point or many, and no branch that is not taken."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import torch

from derivcli.witnesses.autograd import partials
from derivcli.witnesses.folding import fold
from derivcli.witnesses.lambdas import Lambda
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Sequence

INF, NAN = math.inf, math.nan


def column(numbers: Sequence[float], grad: bool = False) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64, requires_grad=grad)


@pytest.mark.parametrize(
    "text",
    [
        "where(x > 0, sqrt(x), x^2)",
        "where(x == 0, 1, sin(x)/x)",
        "piecewise(log(x), x > 0.25, exp(1/x), x < 0, 5)",
        "where(x > 0, where(x > 1, sqrt(x - 1), acos(x)), x + where(x < -1, sqrt(-1 - x), 0)) * x",
        "x + 1",
        "3",
        "where(x > 5, 1/0, 2)",
    ],
)
def test_many_points_at_once_give_what_each_gives_alone(text: str) -> None:
    program = fold(program_of(text))
    numbers = [-3.0, -1.0, -0.5, 0.0, 0.2, 0.5, 1.0, 2.0]
    x = column(numbers, grad=True)
    values = Lambda(program)({"x": x}, len(numbers))
    assert values.shape == (len(numbers),)
    slopes = torch.autograd.grad(values.sum(), x)[0].tolist() if values.requires_grad else [0.0] * len(numbers)
    alone = [partials(program, {"x": number}, ("x",)) for number in numbers]
    assert values.tolist() == [value for value, _ in alone]
    assert slopes == pytest.approx([slope["x"] for _, slope in alone], rel=1e-15)
    assert not any(map(math.isnan, [*values.tolist(), *slopes]))


def test_a_piecewise_function_without_a_piece_for_a_point_has_no_number_there() -> None:
    values = Lambda(program_of("piecewise(x, x > 0)"))({"x": column([1.0, -1.0, 2.0])}, 3).tolist()
    assert values[::2] == [1.0, 2.0]
    assert math.isnan(values[1])


def test_a_lambda_can_be_called_again_with_another_number_of_points() -> None:
    function = Lambda(program_of("where(x > 0, x, -x)"))
    assert function({"x": column([-1.0, 2.0])}, 2).tolist() == [1.0, 2.0]
    assert function({"x": column([-3.0])}).tolist() == [3.0]


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("exp(log(x))", -1.0, NAN),
        ("sqrt(x)**2", -1.0, NAN),
        ("x/x", 0.0, NAN),
        ("x*sqrt(x)", -1.0, NAN),
        ("1/x", 0.0, INF),
        ("log(x)", 0.0, -INF),
        ("10**400*x", 1.0, INF),
        ("x^(1/3)", -8.0, NAN),
    ],
)
def test_what_was_typed_is_not_simplified(text: str, x: float, value: float) -> None:
    assert Lambda(program_of(text))({"x": column([x])}).item() == pytest.approx(value, nan_ok=True)


def test_a_quotient_is_rounded_once() -> None:
    # 5/49 and 5*(1/49) are different float64 numbers
    batch = {"a": column([5.0]), "b": column([49.0])}
    assert Lambda(program_of("a/b"))(batch).item() == 5.0 / 49.0 != 5.0 * (1.0 / 49.0)


def test_a_program_without_folding_runs_as_well() -> None:
    assert partials(program_of("0.1*x + 1/4 + pi"), {"x": 1.0}, ("x",)) == (0.1 + 0.25 + math.pi, {"x": 0.1})
    assert partials(program_of("10^400"), {}, ()) == (INF, {})
    assert partials(program_of("1e400*x"), {"x": 1.0}, ()) == (INF, {})


def test_thousands_of_terms_are_evaluated_without_recursion() -> None:
    text = " + ".join(f"sin({k}*x)" for k in range(3_000))
    value, slopes = partials(program_of(text), {"x": 0.0}, ("x",))
    assert (value, slopes["x"]) == (0.0, 3_000 * 2_999 / 2)


def test_second_derivatives_pass_through_a_piecewise_function() -> None:
    x = column([-2.0, 3.0], grad=True)
    values = Lambda(program_of("where(x > 0, x^3, x^2)"))({"x": x}, 2)
    (first,) = torch.autograd.grad(values.sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    assert first.tolist() == [-4.0, 27.0]
    assert second.tolist() == [2.0, 18.0]
