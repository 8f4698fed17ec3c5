"""torch's column: every row has a kernel or a definition, right values, and gradients that can be taken twice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import torch
from mpmath import mp, mpf

from derivcli import Status, differentiate
from derivcli.language import catalogue
from derivcli.language.lowering import to_tree
from derivcli.language.printer import to_text
from derivcli.witnesses import torch_functions
from derivcli.witnesses.autograd import partials
from derivcli.witnesses.torch_functions import NoClosedFormError, differentiable, kernel
from tests.checks import REPLACED, WITHOUT_SLOPE, central_difference, check_row, row_program, torch_derivative
from tests.every import for_all, is_nightly
from tests.references import POINTS, REFERENCES
from tests.witnesses.grids import GRIDS, some

if TYPE_CHECKING:
    from collections.abc import Callable

INF, NAN = math.inf, math.nan
INF = math.inf
# Parameters that are whole numbers: there the derivative does not exist.
WHOLE = {(name, parameter) for name, parameter in WITHOUT_SLOPE if parameter == "n" and "bessel" not in name}
WHOLE = WHOLE - {("struveh", "n"), ("struvel", "n"), ("expint", "n")} | {("LambertW", "k")}
SLOPES = [(row.name, parameter) for row in catalogue.FUNCTIONS.values() if row.values for parameter in row.parameters]
SLOPES = [pair for pair in SLOPES if pair not in WITHOUT_SLOPE]


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


@for_all("name", catalogue.FUNCTIONS)
def test_every_row_has_a_torch_kernel_or_values_or_a_definition(name: str) -> None:
    row = catalogue.FUNCTIONS[name]
    assert kernel(name) is not None or row.values or row.definition or name in REPLACED
    assert not (row.torch and row.values)


@for_all("row", [row for row in catalogue.FUNCTIONS.values() if row.torch])
def test_a_kernel_that_a_row_names_exists(row: catalogue.Function) -> None:
    assert callable(kernel(row.name))


# What cancels in the formula that defines a function; there the verdict is `differ`.
CANCELS = {("asech", 0.9999999), ("harmonic", 1e-8), ("tanhshrink", -1e-8), ("tanhshrink", 1e-8)}


@for_all("name", [name for name in GRIDS if not catalogue.FUNCTIONS[name].values])
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


@for_all(
    ("x", "n", "expected"),
    [(-8, 3, -2), (16, 4, 2), (-16, 4, NAN), (8, -3, 0.5), (-8, -3, -0.5), (0, 3, 0), (-4, 2.5, NAN), (4, 0.5, 16)],
)
def test_a_root_of_a_negative_number_is_real_for_odd_integers_only(x: float, n: float, expected: float) -> None:
    assert at(torch_functions.root, x, n) == pytest.approx(expected, rel=1e-15, nan_ok=True)


@for_all("x", [0.0, 1e-300, 1e-8, 0.5, 0.9999999, 1.0, 1.0000001, -3.0, 1e6])
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


@for_all(("x", "expected"), [(0.0, math.log(2)), (1000.0, 1000.0), (-1000.0, 0.0), (30.0, 30 + math.exp(-30))])
def test_softplus_neither_overflows_nor_cuts_off_at_twenty(x: float, expected: float) -> None:
    assert at(torch_functions.softplus, x) == pytest.approx(expected, rel=1e-15)
    assert slopes(torch_functions.softplus, -30.0, 1) == pytest.approx(math.exp(-30), rel=1e-12)


def test_floor_division_rounds_down_for_either_sign() -> None:
    assert [at(torch_functions.floordiv, x, y) for x, y in [(7, 2), (-7, 2), (7, -2), (-7, -2)]] == [3, -4, -4, 3]


def test_maximum_and_minimum_take_any_number_of_arguments() -> None:
    assert at(torch_functions.maximum, 1.0, 5.0, 3.0) == 5.0
    assert at(torch_functions.minimum, 4.0, 2.0, 3.0, 9.0) == 2.0
    assert at(torch_functions.maximum, 4.0) == 4.0


def test_the_checker_knows_points_and_a_reference_for_every_row() -> None:
    assert set(POINTS) == set(REFERENCES) == set(catalogue.FUNCTIONS)
    assert all(len(points) >= 3 for points in POINTS.values())


@for_all("name", list(POINTS) if is_nightly() else list(POINTS)[::8])
def test_all_witnesses_match_mpmath_in_value_and_first_and_second_derivative(name: str) -> None:
    for number, point in enumerate(POINTS[name]):
        check_row(name, point, of_column=number == 0 or is_nightly())


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("besselj", ("2.5", "1.5")),
        ("i1", ("0.75",)),
        ("airyai", ("-1.25",)),
        ("gamma", ("2.5",)),
        ("LambertW", ("0.5", "0")),
        ("LambertW", ("-0.2", "-1")),
        ("zeta", ("2.5", "1.25")),
        ("legendre", ("4", "0.3")),
        ("legendre", ("2", "0.3")),
    ],
)
def test_the_third_derivative_is_right_too(name: str, point: tuple[str, ...]) -> None:
    check_row(name, point, orders=(3,))


def test_the_third_derivative_of_i1_at_zero_is_three_eighths() -> None:
    assert torch_derivative(row_program("i1"), {"x": 0.0}, "x", 3) == pytest.approx(3 / 8, rel=1e-14)  # A&S 9.6.10


@for_all(("name", "parameter"), SLOPES)
def test_a_slope_is_right_to_nine_digits_on_a_grid(name: str, parameter: str) -> None:
    row = catalogue.FUNCTIONS[name]
    index = row.parameters.index(parameter)
    program = row_program(name)
    for point in some(name, 16 if is_nightly() else 2):
        if (name, parameter, *point) in KNOWN_TO_BE_WORSE or 0 < abs(point[index]) < 1e-100:
            continue
        slope = partials(program, dict(zip(row.parameters, point, strict=True)), (parameter,))[1][parameter]
        truth = _slope(name, point, index)
        assert slope is not None
        near = abs(slope - truth) <= (1e-9 * abs(truth) if abs(truth) > mpf(10) ** -30 else 1e-12)
        assert near, f"{name}{point} in {parameter}: {mp.nstr(truth, 17)}, not {slope}"


def _slope(name: str, point: tuple[float, ...], index: int) -> Any:
    with mp.workdps(60 if abs(point[index]) < 1e20 else 300):
        step = min(abs(point[index]) or 1, 1) * mpf(10) ** -14
        ahead, behind, further, back = (
            REFERENCES[name](*(mpf(x) + (k * step if i == index else 0) for i, x in enumerate(point)))
            for k in (1, -1, 2, -2)
        )
        return (8 * (ahead - behind) - (further - back)) / (12 * step)


# Points at which the formula cancels in float64; there the verdict is `differ`, with the number of the witnesses.
KNOWN_TO_BE_WORSE: set[tuple[Any, ...]] = {
    ("dawson", "x", -1e6),
    *(("binomial", name, n, 3.5) for name in "nk" for n in (-0.5, 0.5)),  # 0 times the pole of a digamma: nan
    *((name, "m", 1e-8, m) for name in ("elliptic_f", "elliptic_einc") for m in (-20, -0.5, 1e-8, 0.3, 0.9, 0.999)),
    *((name, "m", phi, 1e-8) for name in ("elliptic_f", "elliptic_einc") for phi in (-2.5, -0.75, 0.5, 1.2, 1.57, 4)),
}


@for_all("known", sorted(KNOWN_TO_BE_WORSE))
def test_a_slope_that_is_known_to_be_worse_still_is(known: tuple[Any, ...]) -> None:
    name, parameter, *point = known
    row = catalogue.FUNCTIONS[name]
    slope = partials(row_program(name), dict(zip(row.parameters, point, strict=True)), (parameter,))[1][parameter]
    truth = _slope(name, tuple(point), row.parameters.index(parameter))
    assert slope is not None
    assert not abs(slope - truth) <= 1e-9 * abs(truth)


def test_a_slope_that_cancels_is_told() -> None:
    (found,) = differentiate("dawson(x)", {"x": "-1e6"}).derivatives
    assert found.status is Status.DIFFER
    assert found.answer == pytest.approx(-5.0000000000075e-13, rel=1e-12)


@for_all(("name", "parameter"), sorted(WITHOUT_SLOPE))
def test_a_parameter_without_a_closed_form_has_no_slope_in_torch(name: str, parameter: str) -> None:
    program = row_program(name)
    point = dict(zip(program.variables, map(float, POINTS[name][0]), strict=True))
    assert partials(program, point, (parameter,))[1] == {parameter: None}
    value, slopes = partials(program, point, program.variables)
    assert math.isfinite(value)
    assert {other for other, slope in slopes.items() if slope is None} == {
        parameter for row, parameter in WITHOUT_SLOPE if row == name
    }


@for_all(("name", "parameter"), sorted(WITHOUT_SLOPE))
def test_a_parameter_without_a_closed_form_has_the_number_of_the_third_witness(name: str, parameter: str) -> None:
    program = row_program(name)
    text, point = (
        to_text(to_tree(program)),
        dict(zip(program.variables, POINTS[name][-1 if name == "zeta" else 0], strict=True)),
    )
    (found,) = differentiate(text, point, wrt=parameter).derivatives
    assert found.autograd is None
    if (name, parameter) in WHOLE:
        assert found.status is Status.UNDEFINED
        assert found.answer is None
        return
    exact = {key: mpf(number) for key, number in point.items()}
    expected = central_difference(REFERENCES[name], exact, parameter, 1)
    assert found.status is Status.UNVERIFIED
    assert found.quotient == pytest.approx(float(expected), rel=1e-9, abs=1e-12)
    assert found.answer == (found.quotient if found.proof else None)  # evidence alone is no answer


def test_the_error_names_the_function_and_the_parameter() -> None:
    function = differentiable("besselj", lambda *_: torch.zeros(1))
    assert function is not None
    order = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
    with pytest.raises(NoClosedFormError, match="besselj with respect to n") as caught:
        function(order, torch.tensor([2.0], dtype=torch.float64)).sum().backward()
    assert (caught.value.function, caught.value.parameter) == ("besselj", "n")


def test_points_may_lie_along_any_dimension_of_a_batch() -> None:
    function = differentiable("cbrt", lambda *_: torch.zeros(1))
    assert function is not None
    roots = torch.arange(1.0, 25.0, dtype=torch.float64).reshape(2, 3, 4)
    for dim in range(3):
        found = torch.func.vmap(function, in_dims=dim)(roots**3)
        assert torch.allclose(found, roots.movedim(dim, 0), rtol=1e-15)


def test_a_row_that_has_a_kernel_or_a_definition_needs_no_formula() -> None:
    assert differentiable("sin", lambda *_: torch.zeros(1)) is None
    assert differentiable("add", lambda *_: torch.zeros(1)) is None


def slope_of_cbrt(x: float, order: int) -> float:
    return torch_derivative(row_program("cbrt"), {"x": x}, "x", order)


def test_the_slope_of_cbrt_is_that_of_a_cube_root() -> None:
    assert slope_of_cbrt(-8.0, 1) == pytest.approx(1 / 12, rel=1e-15)  # 1/(3*4)
    assert slope_of_cbrt(-8.0, 2) == pytest.approx(1 / 144, rel=1e-15)  # -2/9 * (-32)^-1
    assert slope_of_cbrt(0.0, 1) == INF


def test_the_slope_of_log_ndtr_does_not_cancel_far_left() -> None:
    # the inverse Mills ratio at -x is about x + 1/x, A&S 26.2.12
    assert torch_derivative(row_program("log_ndtr"), {"x": -1e6}, "x", 1) == pytest.approx(1e6 + 1e-6, rel=1e-15)
