"""Running error bounds: they hold against mpmath, and where nothing can be said of an error none is claimed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.tree import Node, variables
from derivcli.witnesses.bounds import Bounds
from derivcli.witnesses.numerics import Numerics
from tests.checks import evaluate, program_of
from tests.every import for_all
from tests.test_trust import COORDINATES, ordinary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.witnesses.bounds import Checked

EXAMPLES = settings.default.max_examples if settings.default else 100
NAN = math.nan
BOTH = pytest.mark.parametrize("coarse", [True, False], ids=["coarse", "fine"])
_REFUSED = (ValueError, ArithmeticError, TypeError, KeyError, mp.NoConvergence)


def column(texts: Sequence[str], dtype: torch.dtype = torch.float64) -> torch.Tensor:
    return torch.tensor([float(text) for text in texts], dtype=torch.float64).to(dtype)


def checked(text: str, *xs: float, coarse: bool = False) -> Checked:
    """Return what is said of a function of x at some points."""
    return Bounds([program_of(text)])({"x": torch.tensor(xs, dtype=torch.float64)}, len(xs), coarse=coarse)


def outside(text: str, *xs: float) -> list[bool]:
    where: list[bool] = (
        Bounds([program_of(text)]).outside({"x": torch.tensor(xs, dtype=torch.float64)}, len(xs)).tolist()
    )
    return where


def truth(tree: Node, point: Mapping[str, str]) -> Any:
    """Return f at the decimals of a point, if two precisions see the same real number."""
    found = []
    for digits in (60, 120):
        with mp.workdps(digits):
            try:
                found.append(evaluate(tree, point))
            except _REFUSED:
                return None
    with mp.workdps(60):
        return found[1] if abs(found[0] - found[1]) <= abs(found[1]) * mpf(10) ** -30 else None


def coordinates() -> st.SearchStrategy[str]:
    """Return decimals of all sizes, with few and with many digits."""
    usual = st.sampled_from((*COORDINATES, "0.30000000000000004", "1.0000000000000002", "0.9999999999", "1e-9", "30"))
    large = st.sampled_from(("1e8", "-1e200", "1e200", "1e-200", "3e-310", "-1e-160", "700", "-745"))
    digits = st.integers(-(10**25), 10**25).map(lambda number: f"{number}e-24")
    return st.one_of(usual, large, digits, st.floats(-100, 100).map(repr))


def fits(point: Mapping[str, str], dtype: torch.dtype) -> bool:
    """Tell whether a type has room for coordinates: float32 makes 0 of 1e-50."""
    return all(
        bool(number) == bool(float(text))
        for text, number in zip(point.values(), column(list(point.values()), dtype), strict=True)
    )


def broken(tree: Node, points: Sequence[Mapping[str, str]], *, coarse: bool, dtype: torch.dtype) -> list[Any]:
    """Return the points at which f is further from its float than is claimed."""
    names = variables(tree)
    bounds = Bounds([compile_tree(tree)], Numerics(dtype, torch.device("cpu")))
    columns = {name: column([point[name] for point in points], dtype) for name in names}
    found = bounds(columns, len(points), coarse=coarse)
    number = found.numbers[0]
    claimed = torch.as_tensor(number.absolute, dtype=torch.float64).expand(len(points)).tolist()
    wrong = []
    for point, value, bound, near in zip(points, number.value.tolist(), claimed, found.near.tolist(), strict=True):
        if near or not math.isfinite(value) or not math.isfinite(bound) or not fits(point, dtype):
            continue
        error = mpf(bound) * found.unit
        if error > mpf(10) ** -3 * abs(value):
            continue  # what is of second order counts too
        exact = truth(tree, point)
        if exact is not None and abs(mpf(value) - exact) > error * (1 + mpf(2) ** -20):
            wrong.append((point, value, exact, error))
    return wrong


@BOTH
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=["float64", "float32"])
@settings(max_examples=max(20, EXAMPLES // 2), deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=st.one_of(ordinary(1), ordinary(2), ordinary(3)), data=st.data())
def test_no_number_is_further_from_the_truth_than_its_bound(
    tree: Node, data: st.DataObject, coarse: bool, dtype: torch.dtype
) -> None:
    names = variables(tree)
    points = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, coordinates())), min_size=1, max_size=4))
    assert broken(tree, points, coarse=coarse, dtype=dtype) == []


def test_the_other_side_can_find_a_number_that_is_wrong() -> None:
    assert truth(parse("x/3").tree, {"x": "1"}) == pytest.approx(1 / 3)
    assert truth(parse("log(x)").tree, {"x": "-1"}) is None
    assert truth(parse("sin(pi*x)").tree, {"x": "1e15"}) is None  # two precisions see two numbers


@BOTH
@for_all(
    ("text", "x", "near"),
    [
        ("abs(x)", 0.0, True),
        ("abs(x - 0.1)", 0.1, True),
        ("abs(x)", 1e-300, False),
        ("floor(x)", 3.0, True),
        ("floor(x)", 2.9999999999999996, True),
        ("floor(x)", 2.5, False),
        ("ceil(10*x)", 0.3, True),
        ("round(x)", 2.5, True),
        ("round(x)", 2.0, False),
        ("sign(x)", 0.0, True),
        ("heaviside(x - 1)", 1.0, True),
        ("max(x, 1)", 1.0, True),
        ("max(x, 1)", 1.0 + 1e-12, True),
        ("max(x, 1)", 1.5, False),
        ("min(x, 2, x^2)", 1.0, True),
        ("min(x, 2, x^2)", 1.5, False),
        ("where(x > 1, x, 2)", 1.0, True),
        ("where(x == 1, x, 2)", 1.0, True),
        ("where(x > 1, x, 2)", 1.25, False),
        ("where(x > 1, abs(x - 3), 2)", 3.0, True),
        ("where(x > 1, abs(x - 3), abs(x))", 0.0, True),
        ("where(x > 1, 1, abs(x - 3))", 3.0, False),
        ("piecewise(1, x < 0, 2, x < 2, 3)", 2.0, True),
        ("sqrt(x)", 0.0, True),
        ("sqrt(x - 2)", 2.0, True),
        ("sqrt(x)", 1e-300, False),
        ("x^0.5", 0.0, True),
        ("x^x", 0.0, True),
        ("mod(x, 2)", 4.0, True),
        ("mod(x, 2)", 3.0, False),
        ("floordiv(x, 0.1)", 0.3, True),
        ("relu(x)", 0.0, True),
        ("relu(x)", 0.5, False),
        ("clamp(x, -1, 1)", 1.0, True),
        ("softshrink(x, 0.5)", 0.5, True),
    ],
)
def test_a_switch_nearby_is_marked(text: str, x: float, near: bool, coarse: bool) -> None:
    assert checked(text, x, coarse=coarse).near.tolist() == [near]


@BOTH
@for_all("text", ["abs(x)", "floor(x)", "sqrt(x)", "max(x, 1)", "where(x > 1, x, 2)", "mod(x, 2)"])
def test_a_switch_is_near_where_nothing_is_known(text: str, coarse: bool) -> None:
    assert checked(text, NAN, coarse=coarse).near.tolist() == [True]


def test_a_point_does_not_make_its_neighbours_doubtful() -> None:
    for coarse in (True, False):
        assert checked("abs(x) + where(x > 2, 1, 0)", -1.0, 0.0, 1.0, 2.0, coarse=coarse).near.tolist() == [
            False,
            True,
            False,
            True,
        ]


def bounds_of(text: str, *xs: float, coarse: bool = False) -> list[float]:
    """Return the bounds on the error, relative to the numbers; infinite where nothing is claimed."""
    found = checked(text, *xs, coarse=coarse)
    number = found.numbers[0]
    relative = number.absolute * found.unit / number.value.abs()
    return [math.inf if math.isnan(bound) else bound for bound in relative.tolist()]


@BOTH
@for_all(
    ("text", "x"),
    [
        ("x/x^2", 1e200),
        ("x/x^2", 1e-200),
        ("x^2*1e300", 1e-200),
        ("x^2*0.5*1e300", 1e-200),
        ("1/(1/x)", 0.0),
        ("1e300/(1e-300/x)", 1e-200),
        ("1/(x/1e-200)", 1e200),
        ("x^-2*x^4", 1e-200),
        ("exp(x)*exp(-x)", -800.0),
        ("exp(x)*exp(-x)", 800.0),
        ("log(exp(x))", -800.0),
        ("sqrt(x^2)", 1e-170),
        ("x*1e300", 3e-320),
        ("exp(x)*1e300", -740.0),
        ("x*x/x", 1e-160),  # 1e-320 has four digits left
    ],
)
def test_what_underflows_or_overflows_on_the_way_is_never_sure(text: str, x: float, coarse: bool) -> None:
    assert not bounds_of(text, x, 1.0, coarse=coarse)[0] <= 1e-9


@BOTH
def test_a_quotient_of_large_numbers_is_sure(coarse: bool) -> None:
    assert max(bounds_of("x/1e200", 1e200, 3e200, coarse=coarse)) < 1e-14


def test_what_is_lost_for_one_point_is_sure_for_another() -> None:
    assert bounds_of("x/x^2", 1e200, 3.0)[1] < 1e-14
    assert bounds_of("x^2*1e-300", 0.0, 1e3)[1] < 1e-14
    assert bounds_of("x*exp(-x^2)", 30.0, 3.0)[1] < 1e-14


@BOTH
@for_all(
    ("text", "x", "least", "most"),  # the condition of each, by hand
    [
        ("x", 3.0, 1e-17, 2e-16),
        ("x^2 + 1", 3.0, 1e-16, 1e-15),
        ("x - 1", 1.0 + 2.0**-30, 1e-7, 1e-6),  # cancels 30 bits
        ("(1 - cos(x))/x^2", 1e-4, 1e-9, 1e-7),  # cancels 1/(x^2/2) = 2e8
        ("exp(x)", 100.0, 1e-14, 1e-13),  # a hundred times the error of x
        ("sin(x)", 1e6, 1e-11, 1e-9),
        ("sin(x)", math.pi, 0.1, 100.0),
        ("log(x)", 1.0 + 2.0**-30, 1e-8, 1e-6),
        ("gamma(x)", 2.5, 1e-17, 1e-10),
        ("x^2.5", 7.0, 1e-16, 1e-14),
    ],
)
def test_a_bound_is_neither_too_small_nor_far_too_large(
    text: str, x: float, least: float, most: float, coarse: bool
) -> None:
    assert least <= bounds_of(text, x, coarse=coarse)[0] <= most


def test_one_bound_for_all_points_is_that_of_the_worst() -> None:
    found = checked("x^2", -5.0, 0.5, 3.0, coarse=True).numbers[0].absolute
    alone = checked("x^2", -5.0).numbers[0].absolute.item()
    assert 0.999 * alone <= float(found) <= 4 * alone


def test_what_several_functions_share_is_computed_once() -> None:
    programs = [program_of("sin(x)^2"), program_of("2*sin(x)*cos(x)")]
    found = Bounds(programs)({"x": torch.tensor([1.0], dtype=torch.float64)}, 1)
    values = [number.value.item() for number in found.numbers]
    assert values == pytest.approx([math.sin(1) ** 2, math.sin(2)])
    assert sum(i.op == "sin" for i in Bounds(programs)._schedule.instructions) == 1


@for_all(
    ("text", "x"),
    [
        ("log(x)", -1.0),
        ("sqrt(x)", -1.0),
        ("x^0.5", -1.0),
        ("x^(1/3)", -8.0),
        ("asin(x)", 2.0),
        ("asech(x)", 2.0),
        ("1 + log(x)*0", -1.0),
        ("where(x < 0, log(x), 1)", -1.0),
        ("log(sqrt(x))", -1.0),
        ("polylog(2, x)", 3.0),
    ],
)
def test_a_point_is_outside_the_real_domain_with_all_around_it(text: str, x: float) -> None:
    assert outside(text, x, 0.75) == [True, False]


@for_all(
    ("text", "x"),
    [
        ("(x^2 - 1)/(x - 1)", 1.0),  # the divisor is rounded
        ("log(x)", 0.0),  # a pole has values around it
        ("1/x", 0.0),
        ("1/(1/x)", 0.0),
        ("atanh(x + 1)", 0.0),
        ("1/(x - 0.1)", 0.1),
        ("exp(x)", 800.0),
        ("x^2*x^2", 1e200),
        ("where(x < 0, 1, log(x))", -1.0),
        ("sqrt(x)", 0.0),
        ("log(x)", 5e-324),
        ("asin(x)", 1.0),
        ("asin(x)", 1.0000000000000002),
        ("sqrt(x - 0.1)", 0.1 - 2.0**-57),
        ("(x - 0.1)^0.3", 0.1 - 2.0**-57),
        ("(x - 0.1)^0.3", 0.1 + 2.0**-40),
        ("(x - 0.1)^0.3", 0.1 - 2.0**-40),  # where rounding 2^23 times coarser would reach the edge
        ("x^0.5", 0.0),
        ("x^3", -1.0),
        ("x^x", -2.0),
        ("sqrt(exp(x) - inf)", 1.0),
        ("log(x)", NAN),
        ("log(0*exp(x))", 800.0),
        ("log(x^2)", 1e-200),
        ("1/(floor(x) - 1)", 1.0),
        ("log(-sign(x))", 0.0),
        ("where(x < 1, 1, log(x - 2))", 1.0),
        ("atanh(sigmoid(exp(x)))", 1e8),
        ("acsch(x*1e-200)", 1e-200),
        ("expint(1.25,x)", 0.0),  # it is 4
        ("polylog(2,x)", 1.0),
    ],
)
def test_a_point_that_may_be_inside_is_not_said_to_be_outside(text: str, x: float) -> None:
    assert outside(text, x, 0.75)[0] is False


@pytest.mark.parametrize(
    ("text", "x"), [("Chi(x)", -1.0), ("Ci(x)", -1.0), ("polylog(2, x)", 3.0), ("li(x)", -2.0), ("k0(x)", -1.0)]
)
def test_what_a_library_makes_of_a_point_outside_is_doubted(text: str, x: float) -> None:
    assert checked(text, x, 0.75).near.tolist() == [True, False]


def test_float32_has_a_larger_unit() -> None:
    numerics = Numerics(torch.float32, torch.device("cpu"))
    found = Bounds([program_of("x/3")], numerics)({"x": torch.tensor([1.0])}, 1)
    assert found.unit == 2.0**-24
    assert found.numbers[0].value.dtype == torch.float32
    assert abs(found.numbers[0].value.item() - 1 / 3) <= found.numbers[0].absolute.item() * found.unit < 1e-6


@pytest.mark.parametrize("text", ["1/(1e-160 - x)", "1/(3/1e160 - x)", "1/(1e-30*1e-30 - x)", "1/(2^-200 - x)"])
def test_a_constant_for_which_float32_has_no_room_is_not_taken_for_0(text: str) -> None:
    bounds = Bounds([program_of(text)], Numerics(torch.float32, torch.device("cpu")))
    columns = {"x": torch.tensor([0.0, 1.0])}
    assert bounds.outside(columns, 2).tolist() == [False, False]
    assert bounds(columns, 2).near[0].item()


def test_a_constant_for_which_float32_has_no_room_spoils_no_other_point() -> None:
    bounds = Bounds([program_of("1/(1e-160 - x)")], Numerics(torch.float32, torch.device("cpu")))
    assert bounds({"x": torch.tensor([0.0, 1.0])}, 2).near.tolist() == [True, False]
