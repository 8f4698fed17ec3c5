"""torch's column: every row has a kernel or a definition, right values, and gradients that can be taken twice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import torch

from derivcli.language import catalogue
from derivcli.witnesses import torch_functions
from derivcli.witnesses.torch_functions import kernel
from tests.checks import POINTS, check_row

if TYPE_CHECKING:
    from collections.abc import Callable

INF, NAN = math.inf, math.nan


def of(*numbers: float, grad: bool = False) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64, requires_grad=grad)


def at(function: Callable[..., torch.Tensor], *numbers: float) -> float:
    return function(*(of(number) for number in numbers)).item()


def slopes(function: Callable[[torch.Tensor], torch.Tensor], x: float, order: int) -> float:
    """Return the derivative of some order as autograd finds it."""
    variable = of(x, grad=True)
    result = function(variable)
    for _ in range(order):
        (result,) = torch.autograd.grad(result.sum(), variable, create_graph=True)
    return result.item()


@pytest.mark.parametrize("name", catalogue.FUNCTIONS)
def test_every_row_has_a_torch_kernel_or_a_definition(name: str) -> None:
    assert kernel(name) is not None or catalogue.FUNCTIONS[name].definition


@pytest.mark.parametrize("row", [row for row in catalogue.FUNCTIONS.values() if row.torch], ids=lambda row: row.name)
def test_a_kernel_that_a_row_names_exists(row: catalogue.Function) -> None:
    assert callable(kernel(row.name))


def test_what_is_no_row_has_no_kernel() -> None:
    assert kernel("add") is None
    assert kernel("__import__") is None


def test_the_checker_knows_points_for_every_row() -> None:
    assert set(POINTS) == set(catalogue.FUNCTIONS)
    assert all(len(points) >= 3 for points in POINTS.values())


@pytest.mark.parametrize(("name", "point"), [(name, point) for name, points in POINTS.items() for point in points])
def test_all_witnesses_match_mpmath_in_value_and_first_and_second_derivative(name: str, point: tuple[str, ...]) -> None:
    check_row(name, point)


@pytest.mark.parametrize("x", [0.0, 1.0, -1.0, 8.0, -27.0, 1e-300, -1e300, 1e-9])
def test_cbrt_is_real_and_right_to_the_last_place_but_one(x: float) -> None:
    assert at(torch_functions.cbrt, x) == pytest.approx(math.copysign(math.cbrt(abs(x)), x), rel=4e-16, abs=0)


def test_cbrt_of_what_is_not_finite_is_no_finite_number() -> None:
    assert at(torch_functions.cbrt, INF) == INF
    assert at(torch_functions.cbrt, -INF) == -INF
    assert math.isnan(at(torch_functions.cbrt, NAN))


def test_the_slope_of_cbrt_is_that_of_a_cube_root() -> None:
    assert slopes(torch_functions.cbrt, -8.0, 1) == pytest.approx(1 / 12, rel=1e-15)  # 1/(3*4)
    assert slopes(torch_functions.cbrt, -8.0, 2) == pytest.approx(1 / 144, rel=1e-15)  # -2/9 * (-32)^-1
    assert slopes(torch_functions.cbrt, 0.0, 1) == INF


def test_gamma_is_exact_at_the_integers_that_a_float64_can_hold() -> None:
    whole = torch.arange(1, 172, dtype=torch.float64)
    assert torch_functions.gamma(whole).tolist() == [float(math.factorial(n)) for n in range(171)]
    assert at(torch_functions.gamma, 172.0) == INF
    assert at(torch_functions.factorial, 5.0) == 120.0


@pytest.mark.parametrize("pole", [0.0, -1.0, -2.0, -170.0])
def test_gamma_has_no_number_at_its_poles(pole: float) -> None:
    assert math.isnan(at(torch_functions.gamma, pole))


@pytest.mark.parametrize(
    ("x", "expected"),  # gamma(1/2 - n) = (-2)^n sqrt(pi)/(2n-1)!!, Abramowitz & Stegun 6.1.12 with 6.1.17
    [(0.5, math.sqrt(math.pi)), (-0.5, -2 * math.sqrt(math.pi)), (-1.5, 4 / 3 * math.sqrt(math.pi))],
)
def test_gamma_has_the_sign_of_its_branch_left_of_zero(x: float, expected: float) -> None:
    assert at(torch_functions.gamma, x) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [(-8, 3, -2), (16, 4, 2), (-16, 4, NAN), (8, -3, 0.5), (-8, -3, -0.5), (0, 3, 0), (-4, 2.5, NAN), (4, 0.5, 16)],
)
def test_a_root_of_a_negative_number_is_real_for_odd_integers_only(x: float, n: float, expected: float) -> None:
    assert at(torch_functions.root, x, n) == pytest.approx(expected, rel=1e-15, nan_ok=True)


@pytest.mark.parametrize("x", [0.0, 1e-300, 1e-8, 0.5, 0.9999999, 1.0, 1.0000001, -3.0, 1e6])
def test_sinc_is_right_near_zero_and_where_the_series_meets_the_quotient(x: float) -> None:
    assert at(torch_functions.sinc, x) == pytest.approx(math.sin(x) / x if x else 1.0, rel=1e-15)


def test_sinc_has_its_taylor_derivatives_at_zero() -> None:
    assert slopes(torch_functions.sinc, 0.0, 1) == 0.0
    assert slopes(torch_functions.sinc, 0.0, 2) == pytest.approx(-1 / 3, rel=1e-15)  # 1 - x^2/6 + x^4/120
    assert slopes(torch_functions.sinc, 0.0, 4) == pytest.approx(1 / 5, rel=1e-15)
    assert slopes(torch_functions.sinc, 1e-5, 1) == pytest.approx(-1e-5 / 3, rel=1e-9)


def test_heaviside_is_one_half_at_zero() -> None:
    assert torch_functions.heaviside(of(-2.0, 0.0, 3.0)).tolist() == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("name", ["heaviside", "sign"])
def test_a_step_of_nan_is_nan(name: str) -> None:
    function = kernel(name)
    assert function is not None
    assert math.isnan(at(function, NAN))


@pytest.mark.parametrize(
    ("x", "expected"), [(0.0, math.log(2)), (1000.0, 1000.0), (-1000.0, 0.0), (30.0, 30 + math.exp(-30))]
)
def test_softplus_neither_overflows_nor_cuts_off_at_twenty(x: float, expected: float) -> None:
    assert at(torch_functions.softplus, x) == pytest.approx(expected, rel=1e-15)
    assert slopes(torch_functions.softplus, -30.0, 1) == pytest.approx(math.exp(-30), rel=1e-12)


def test_floor_division_rounds_down_for_either_sign() -> None:
    assert [at(torch_functions.floordiv, x, y) for x, y in [(7, 2), (-7, 2), (7, -2), (-7, -2)]] == [3, -4, -4, 3]


def test_maximum_and_minimum_take_any_number_of_arguments() -> None:
    assert at(torch_functions.maximum, 1.0, 5.0, 3.0) == 5.0
    assert at(torch_functions.minimum, 4.0, 2.0, 3.0, 9.0) == 2.0
    assert at(torch_functions.maximum, 4.0) == 4.0


def test_polygamma_takes_many_orders_at_once_and_only_whole_ones() -> None:
    orders, points = of(1.0, 2.0, 0.0, -1.0, 1.5), of(1.0, 1.0, 1.0, 1.0, 1.0)
    found = torch_functions.polygamma(orders, points).tolist()
    # Abramowitz & Stegun 6.4.2: pi^2/6, -2*zeta(3); 6.3.2: -Euler's constant
    assert found[:3] == pytest.approx([1.6449340668482264, -2.4041138063191886, -0.5772156649015329], rel=1e-9)
    assert all(math.isnan(number) for number in found[3:])


@pytest.mark.parametrize("order", [INF, 1e20])
def test_polygamma_of_an_order_that_is_no_machine_integer_is_no_number(order: float) -> None:
    assert math.isnan(at(torch_functions.polygamma, order, 1.0))
