"""float64 values of special functions, held against mpmath's own functions at 80 digits over a grid of each row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import torch
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.witnesses.autograd import partials
from derivcli.witnesses.float_values import values
from tests.checks import program_of
from tests.every import for_all, is_nightly
from tests.references import REFERENCES
from tests.witnesses.grids import GRIDS, some
from tests.witnesses.outside import FINITE_IN_TORCH, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable

INF, NAN = math.inf, math.nan
ROWS = [row for row in catalogue.FUNCTIONS.values() if row.values]
EXACT_TO = 1e-12
# Where float64 cannot do it, or the library does not.
LOOSER = {
    "zeta": (1e-11, "scipy's Hurwitz zeta loses a digit far out: zeta(30, 100) is 4e-60"),
}


def of(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def at(function: Callable[..., torch.Tensor], *numbers: float) -> float:
    return function(*(of(number) for number in numbers)).item()


@for_all("row", ROWS)
def test_a_value_is_right_to_twelve_digits_on_a_grid(row: catalogue.Function) -> None:
    assert len(GRIDS[row.name]) >= 8
    grid = GRIDS[row.name] if is_nightly() else some(row.name, 6)
    assert row.values is not None
    columns = [torch.tensor(column, dtype=torch.float64) for column in zip(*grid, strict=True)]
    found = values(row.values)(*columns).tolist()
    bound, _reason = LOOSER.get(row.name, (EXACT_TO, ""))
    for point, number in zip(grid, found, strict=True):
        with mp.workdps(80):
            truth = REFERENCES[row.name](*map(mpf, point))
            if number == float(truth):
                continue  # as near as a float64 can be: 0 and infinity beyond its range
            near = abs(mpf(number) - truth) <= bound * (abs(truth) if abs(truth) > mpf(10) ** -40 else 1)
        assert near, f"{row.name}{point} is {mp.nstr(truth, 17)}, not {number}"


def test_left_of_0_the_lower_gamma_function_of_a_whole_order_is_elementary() -> None:
    lower = values(catalogue.FUNCTIONS["lowergamma"].values or "")
    # 1 - exp(-x) and 1 - (1 + x)*exp(-x) (DLMF 8.4.8)
    assert at(lower, 1.0, -1.0) == pytest.approx(1 - math.e, rel=1e-14)
    assert at(lower, 2.0, -2.0) == pytest.approx(1 + math.e**2, rel=1e-14)


def test_an_elliptic_integral_ends_where_its_integrand_does() -> None:
    # m*sin(phi)^2 is 1 as far as float64 goes; by mpmath at 50 digits, and half of them are lost there
    integral = values(catalogue.FUNCTIONS["elliptic_f"].values or "")
    assert at(integral, 0.25, 16.33754170062732) == pytest.approx(0.3947818578859, rel=1e-6)
    assert math.isnan(at(integral, 0.26, 16.33754170062732))


@for_all("text", [text for text in OUTSIDE if text not in FINITE_IN_TORCH])
def test_outside_its_domain_torch_has_no_finite_value(text: str) -> None:
    assert not math.isfinite(partials(program_of(text), {}, ())[0])


@for_all("text", FINITE_IN_TORCH)
def test_where_torch_goes_on_beyond_the_domain_is_known(text: str) -> None:
    assert text in OUTSIDE
    assert math.isfinite(partials(program_of(text), {}, ())[0])


def test_the_imaginary_trace_of_a_real_value_is_left_out() -> None:
    # mpmath's polylog of a negative number is complex; Li_s(-1) = -(1 - 2^(1 - s))*zeta(s), DLMF 25.12.11 with 25.2.3
    with mp.workdps(30):
        expected = -(1 - mp.sqrt(2)) * mp.zeta(0.5)
    assert at(values("polylog"), 0.5, -1.0) == pytest.approx(float(expected), rel=1e-14)
    assert math.isnan(at(values("polylog"), 0.5, 2.0))


@pytest.mark.parametrize("m", [1.5, 3.9])
def test_an_elliptic_integral_beyond_m_one_is_real_up_to_where_the_root_is_zero(m: float) -> None:
    assert at(values("elliptic_f"), 0.5, m) == pytest.approx(float(mp.ellipf(0.5, m)), rel=1e-14)
    assert at(values("elliptic_einc"), -0.5, m) == pytest.approx(float(mp.ellipe(-0.5, m)), rel=1e-14)
    assert math.isnan(at(values("elliptic_f"), 1.5, m))
    assert math.isnan(at(values("elliptic_einc"), 3.0, m))


@pytest.mark.parametrize("name", ["besselj", "zeta", "expint"])
def test_many_points_are_computed_at_once(name: str) -> None:
    row = catalogue.FUNCTIONS[name]
    function, count = values(row.values or ""), len(row.parameters)
    columns = [of(2.0, 3.0, 4.0)] * count
    assert function(*columns).tolist() == [at(function, *[x] * count) for x in (2.0, 3.0, 4.0)]


@for_all("number", [INF, -INF, NAN])
@for_all("row", ROWS)
def test_an_argument_that_is_not_finite_raises_nothing(row: catalogue.Function, number: float) -> None:
    assert row.values is not None
    assert isinstance(at(values(row.values), *[number] * len(row.parameters)), float)


@for_all("x", [0.0, 1.0, -1.0, 8.0, -27.0, 1e-300, -1e300, 1e-9])
def test_cbrt_is_real_and_right_to_the_last_place_but_one(x: float) -> None:
    assert at(values("cbrt"), x) == pytest.approx(math.copysign(math.cbrt(abs(x)), x), rel=4e-16, abs=0)


def test_cbrt_of_what_is_not_finite_is_no_finite_number() -> None:
    assert at(values("cbrt"), INF) == INF
    assert at(values("cbrt"), -INF) == -INF
    assert math.isnan(at(values("cbrt"), NAN))


def test_gamma_is_exact_at_the_integers_that_a_float64_can_hold() -> None:
    whole = torch.arange(1, 172, dtype=torch.float64)
    assert values("gamma")(whole).tolist() == [float(math.factorial(n)) for n in range(171)]
    assert at(values("gamma"), 172.0) == INF
    assert at(values("factorial"), 5.0) == 120.0


@for_all("pole", [0.0, -1.0, -2.0, -170.0])
def test_gamma_has_no_number_at_its_poles(pole: float) -> None:
    assert math.isnan(at(values("gamma"), pole))


@pytest.mark.parametrize(
    ("x", "expected"),  # gamma(1/2 - n) = (-2)^n sqrt(pi)/(2n-1)!!, Abramowitz & Stegun 6.1.12 with 6.1.17
    [(0.5, math.sqrt(math.pi)), (-0.5, -2 * math.sqrt(math.pi)), (-1.5, 4 / 3 * math.sqrt(math.pi))],
)
def test_gamma_has_the_sign_of_its_branch_left_of_zero(x: float, expected: float) -> None:
    assert at(values("gamma"), x) == pytest.approx(expected, rel=1e-14)


def test_polygamma_takes_many_orders_at_once_and_only_whole_ones() -> None:
    orders, points = of(1.0, 2.0, 0.0, -1.0, 1.5), of(1.0, 1.0, 1.0, 1.0, 1.0)
    found = values("polygamma")(orders, points).tolist()
    # Abramowitz & Stegun 6.4.2: pi^2/6, -2*zeta(3); 6.3.2: -Euler's constant
    assert found[:3] == pytest.approx([1.6449340668482264, -2.4041138063191886, -0.5772156649015329], rel=1e-9)
    assert all(math.isnan(number) for number in found[3:])


@pytest.mark.parametrize("order", [INF, 1e20])
def test_polygamma_of_an_order_that_is_no_machine_integer_is_no_number(order: float) -> None:
    assert math.isnan(at(values("polygamma"), order, 1.0))


def test_functions_that_would_not_come_back_far_out_have_no_value_there() -> None:
    one = torch.ones(1, dtype=torch.float64)
    assert values("hyp1f1")(one, 2 * one, 4e35 * one).isnan().all()
    assert values("legendre")(2e6 * one, one / 2).isnan().all()
    # DLMF 13.6.1 and 13.6.2: M(1, 2, x) = (exp(x) - 1)/x
    assert values("hyp1f1")(one, 2 * one, 3 * one).item() == pytest.approx(math.expm1(3) / 3, rel=1e-14)


@for_all(
    ("name", "args"),
    [
        ("hyp1f1", (8, 1e8, 1e9)),
        ("hyp1f1", (0.5, 1e9, -1e9)),
        ("lowergamma", (1e9, -1e9)),
        ("yv", (1e9, 1e300)),
        ("struve", (-1e9, 1e18)),
    ],
)
def test_functions_that_count_through_a_thousand_million_steps_have_no_value_there(
    name: str, args: tuple[float, ...]
) -> None:
    assert math.isnan(at(values(name), *args))


@for_all(
    ("name", "args", "value"),
    [  # the first terms for large b, and large x: (1 - x/b)^-a, and sqrt(pi)/(2*sqrt(-x)) (DLMF 13.8.1 and 13.2.23)
        ("hyp1f1", (8, 1e9, 1e8), 0.9**-8),
        ("hyp1f1", (0.5, 1.5, -1e9), math.sqrt(math.pi) / 2 / math.sqrt(1e9)),
        # of half an order it is elementary: sqrt(2/(pi*x))*(1 - cos(x)) (DLMF 11.4.5)
        ("struve", (0.5, 1e6), math.sqrt(2 / math.pi / 1e6) * (1 - math.cos(1e6))),
    ],
)
def test_next_to_where_they_count_they_have_values(name: str, args: tuple[float, ...], value: float) -> None:
    assert at(values(name), *args) == pytest.approx(value, rel=1e-8)


def test_far_to_the_left_trigamma_comes_from_its_reflection_at_once() -> None:
    # pi^2/sin(pi*x)^2 - trigamma(1 - x), by mpmath
    far = torch.tensor([-10000.25, -100000000.25, -1e16], dtype=torch.float64)
    found = values("polygamma")(torch.ones(3, dtype=torch.float64), far).tolist()
    assert found[:2] == pytest.approx([19.739108809678238094, 19.739208792178712673], rel=1e-12)
    assert not math.isfinite(found[2])
    assert math.isnan(values("polygamma")(*torch.tensor([[2.0], [-1e8]], dtype=torch.float64)).item())
    assert math.isnan(values("zeta")(*torch.tensor([[2.0], [-1e8]], dtype=torch.float64)).item())
