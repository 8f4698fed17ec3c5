"""The rule of each operation: it carries errors on as mpmath finds them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import torch
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.witnesses.bounds import Bounds
from derivcli.witnesses.numerics import Numerics
from derivcli.witnesses.rounding import has_rule, rule
from tests.checks import LITERALS, REPLACED, program_of, row_program
from tests.every import for_all
from tests.references import POINTS, REFERENCES

if TYPE_CHECKING:
    from derivcli.witnesses.bounds import Checked

RULED = sorted(name for name in catalogue.FUNCTIONS if name in POINTS and has_rule(name))
BOTH = pytest.mark.parametrize("coarse", [True, False], ids=["coarse", "fine"])


def at(text: str, **columns: list[float]) -> Checked:
    """Return what is said of a function at some points."""
    count = len(next(iter(columns.values())))
    given = {name: torch.tensor(numbers, dtype=torch.float64) for name, numbers in columns.items()}
    return Bounds([program_of(text)])(given, count)


def errors(text: str, **columns: list[float]) -> Any:
    """Return the bounds in units, at each point."""
    found = at(text, **columns).numbers[0]
    return torch.as_tensor(found.absolute, dtype=torch.float64).expand(found.value.shape).tolist()


@BOTH
@for_all("name", RULED)
def test_the_error_of_a_function_is_within_its_bound(name: str, coarse: bool) -> None:
    program = row_program(name)
    points = POINTS[name]
    columns = {
        variable: torch.tensor([float(point[index]) for point in points], dtype=torch.float64)
        for index, variable in enumerate(program.variables)
    }
    found = Bounds([program])(columns, len(points), coarse=coarse)
    number = found.numbers[0]
    bounds = torch.as_tensor(number.absolute, dtype=torch.float64).expand(len(points)).tolist()
    for point, value, bound, near in zip(points, number.value.tolist(), bounds, found.near.tolist(), strict=True):
        if near or not math.isfinite(bound):
            continue
        with mp.workdps(40):
            truth = REFERENCES[name](*map(mpf, (*point, LITERALS[name]) if name in LITERALS else point))
            assert abs(mpf(value) - mp.re(truth)) <= mpf(bound) * found.unit, point


@for_all("name", RULED)
def test_a_bound_is_good_for_something_at_most_points(name: str) -> None:
    program = row_program(name)
    lacking = any(program.lacks_slope(variable) for variable in program.variables)
    columns = {
        variable: torch.tensor([float(point[index]) for point in POINTS[name]], dtype=torch.float64)
        for index, variable in enumerate(program.variables)
    }
    found = Bounds([program])(columns, len(POINTS[name]))
    number = found.numbers[0]
    relative = number.absolute * found.unit / number.value.abs()
    good = ~found.near & ((relative < 1e-9) | (number.value == 0))
    assert lacking or 2 * int(good.sum()) >= len(POINTS[name]), relative


def test_every_function_has_a_rule_or_is_made_of_others() -> None:
    for name, row in catalogue.FUNCTIONS.items():
        assert has_rule(name) or row.definition is not None or name in REPLACED or row.longer, name
        if has_rule(name):
            assert callable(rule(name))


@for_all(
    ("text", "x", "units"),  # by hand, x in units of itself
    [
        ("x", 4.0, 4.0),
        ("-x", 4.0, 4.0),
        ("2", 1.0, 0.0),
        ("2*x", 4.0, 16.0),  # x, and the rounding of the product
        ("x*x", 4.0, 48.0),  # x twice, and the product
        ("x + 1", 3.0, 8.0),  # of one sign the larger relative bound, that of x, and the rounding of the sum: 4*(1 + 1)
        ("1/x", 4.0, 0.5),
        # Relative errors of factors add up, and each operation makes one of its own; a sum adds absolute errors.
        ("(x + 1)/x", 1.0, 8.0),  # 2 in the numerator, 1 below it, and the rounding: 2*(2 + 1 + 1)
        ("x/(x + 1)", 1.0, 2.0),  # 1/2*(1 + 2 + 1)
        ("(x - 3)/x", 4.0, 1.75),  # 5 of 1 after the difference: 1/4*(5 + 1 + 1)
        ("x*(x - 3)", 4.0, 28.0),  # 4*(1 + 5 + 1)
        ("(x - 3)*(x - 2)", 4.0, 18.0),  # 5 of 1 and 6 of 2: 2*(5 + 3 + 1)
        ("x - 3 - x*x", 2.0, 20.0),  # 2 and 1 of the difference -1, 12 of the square 4, 5 of -5
        # exp, log, sin, cos and sqrt are right to two units by themselves.
        ("exp(x)", 2.0, 29.5562243957226),  # e^2*(2 + 2)
        ("log(x)", 8.0, 5.15888308335967),  # 1 + 2*log(8)
        ("log(x)", 0.125, 5.15888308335967),
        ("log(x*x)", 8.0, 11.3177661667193),  # 3 + 2*log(64)
        ("sqrt(x)", 4.0, 5.0),  # 2*(1/2 + 2)
        ("sin(x)", 1.0, 2.68294196961579),  # 1 + 2*sin(1)
        ("cos(x)", 2.0, 2.83229367309428),  # 2 + 2*|cos(2)|
        ("x^3", 2.0, 56.0),  # 8 times 3 for x, 3 for products and 1: 8*(3*(1 + 1) + 1)
        ("x^1.5", 4.0, 28.0),  # 8*(1.5 + 2)
        ("(x*x)^1.5", 2.0, 52.0),  # 8*(1.5*3 + 2)
        ("2^x", 3.0, 32.63553233343),  # 8*(3*log(2) + 2)
        ("x^x", 2.0, 21.54517744447),  # 4*(2 + 2*log(2) + 2)
        ("mod(x, 3)", 4.0, 5.0),  # 4, and the rounding of 1
        ("max(x*x, x)", 3.0, 27.0),
        ("min(x*x, x)", 3.0, 3.0),
        ("max(x, 7 - x)", 4.0, 4.0),
        ("min(x, 7 - x)", 4.0, 7.0),  # 4 and the 3 of the difference
        ("heaviside(x)", 4.0, 0.0),
        ("abs(x)", -4.0, 4.0),
        ("floor(x)", 2.5, 0.0),
        ("floor(x)*1e-300", 0.5, 0.0),  # exactly 0: nothing has underflowed
        ("max(x, 3)", 4.0, 4.0),
        ("max(x, 3)", 2.0, 0.0),
        ("where(x > 1, 2, x)", 3.0, 0.0),
        ("where(x > 1, 2, x)", 0.5, 0.5),
    ],
)
def test_the_bound_of_simple_operations_is_that_of_the_theory(text: str, x: float, units: float) -> None:
    (found,) = errors(text, x=[x])
    assert units * (1 - 1e-9) <= found <= units * (1 + 1e-6)


@pytest.mark.parametrize(("text", "x"), [("x/1e300", 1e-30), ("x^2", 1e-165), ("x*1e-300", 1e-30)])
def test_what_underflows_to_0_is_lost_and_hardly_more(text: str, x: float) -> None:
    (found,) = errors(text, x=[x])  # 1e-330 is 9.007e-315 units of 2^-53
    assert at(text, x=[x]).numbers[0].value.item() == 0
    assert 9.007e-315 <= found <= 1e-313


def test_an_exponential_that_underflows_loses_its_size_and_hardly_more() -> None:
    (found,) = errors("exp(x)", x=[-750.0])
    assert at("exp(x)", x=[-750.0]).numbers[0].value.item() == 0
    assert 1.712e-310 < found < 1e-308  # by mpmath e^-750 is 1.9017e-326, which is 1.7129e-310 units of 2^-53


@pytest.mark.parametrize(
    ("text", "x", "near"),
    [
        # 2^23 times the errors of x and of the division, 2^-53 each, are 2^-29 of the quotient 1.
        ("mod(x, 2)", 2 + 1.5 * 2.0**-29, True),
        ("mod(x, 2)", 2 + 2.5 * 2.0**-29, False),
        ("floordiv(x, 2)", 2 + 1.5 * 2.0**-29, True),
        ("floordiv(x, 2)", 2 + 2.5 * 2.0**-29, False),
        # 2^23 times the error of x is 2^-30: nearer to 0 than that the difference may be 0.
        ("cbrt(x - 1)", 1 + 0.75 * 2.0**-30, True),
        ("cbrt(x - 1)", 1 + 1.5 * 2.0**-30, False),
        ("erf(x - 1)", 1 + 0.75 * 2.0**-30, False),
        ("log(x - 1)", 1 + 0.75 * 2.0**-30, True),
        ("log(x - 1)", 1 + 1.5 * 2.0**-30, False),
        ("1/(x - 1)", 1 + 0.75 * 2.0**-30, True),
        ("1/(x - 1)", 1 + 1.5 * 2.0**-30, False),
    ],
)
def test_a_switch_or_a_pole_is_near_where_rounding_two_to_the_23_times_coarser_reaches_it(
    text: str, x: float, near: bool
) -> None:
    assert at(text, x=[x]).near.tolist() == [near]


@pytest.mark.parametrize(("x", "near"), [(1 + 0.75 * 2.0**-16, True), (1 + 1.5 * 2.0**-16, False)])
def test_in_float32_a_pole_is_near_where_rounding_two_to_the_8_times_coarser_reaches_it(x: float, near: bool) -> None:
    # 2^8 times the error of x, 2^-24, is 2^-16
    bounds = Bounds([program_of("1/(x - 1)")], Numerics(torch.float32, torch.device("cpu")))
    assert bounds({"x": torch.tensor([x], dtype=torch.float32)}, 1).near.tolist() == [near]


def test_an_exact_number_makes_no_error() -> None:
    assert errors("7", x=[1.0]) == [0.0]
    assert errors("0*x", x=[5.0]) == [0.0]
    assert errors("x^0", x=[5.0])[0] <= 1.0


@pytest.mark.parametrize("text", ["x/0", "log(0*x)", "x^0.5", "gamma(x)", "exp(x)"])
def test_no_bound_is_claimed_where_there_is_no_number(text: str) -> None:
    x = -1e300 if text != "exp(x)" else 1e300
    (bound,) = errors(text, x=[x])
    value = at(text, x=[x]).numbers[0].value.item()
    assert not math.isfinite(value) or math.isinf(bound) or math.isnan(bound) or at(text, x=[x]).near.item()
