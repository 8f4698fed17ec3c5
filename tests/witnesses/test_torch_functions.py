"""torch's column: every row has a kernel or a definition, right values, and gradients that can be taken twice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import torch
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.witnesses import torch_functions
from derivcli.witnesses.autograd import partials
from derivcli.witnesses.torch_functions import kernel
from tests.checks import REPLACED, row_program
from tests.references import REFERENCES
from tests.witnesses.grids import GRIDS

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
def test_every_row_has_a_torch_kernel_or_values_or_a_definition(name: str) -> None:
    row = catalogue.FUNCTIONS[name]
    assert kernel(name) is not None or row.values or row.definition or name in REPLACED
    assert not (row.torch and row.values)


@pytest.mark.parametrize("row", [row for row in catalogue.FUNCTIONS.values() if row.torch], ids=lambda row: row.name)
def test_a_kernel_that_a_row_names_exists(row: catalogue.Function) -> None:
    assert callable(kernel(row.name))


# What cancels in the formula that defines a function; there the verdict is `differ`.
CANCELS = {("asech", 0.9999999), ("harmonic", 1e-8), ("tanhshrink", -1e-8), ("tanhshrink", 1e-8)}


@pytest.mark.parametrize("name", [name for name in GRIDS if not catalogue.FUNCTIONS[name].values])
def test_the_value_of_a_kernel_or_a_formula_is_right_to_twelve_digits_on_a_grid(name: str) -> None:
    program = row_program(name)
    for point in GRIDS[name]:
        if (name, *point) in CANCELS:
            continue
        found = partials(program, dict(zip(program.variables, point, strict=True)), ())[0]
        with mp.workdps(400 if 1e-300 in map(abs, point) else 80):
            truth = REFERENCES[name](*map(mpf, point))
            assert found == float(truth) or abs(found - truth) <= 1e-12 * abs(truth), f"{name}{point}: {found}"


def test_what_is_no_row_has_no_kernel() -> None:
    assert kernel("add") is None
    assert kernel("__import__") is None


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
