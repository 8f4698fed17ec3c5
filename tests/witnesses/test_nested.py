"""Derivatives of higher order as torch nests them: by hand, against mpmath, and what there is not."""

from __future__ import annotations

import itertools
import math
from functools import partial
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.witnesses import nested
from derivcli.witnesses.nested import TOO_HIGH, TOO_LONG, derivatives
from tests.checks import REPLACED, WITHOUT_SLOPE, program_of, row_program
from tests.every import for_all, is_nightly
from tests.references import POINTS, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

INF, NAN = math.inf, math.nan


def partials(text: str, *names: str, **point: float) -> list[float | None]:
    """Return derivatives at a point, None for one that is missing."""
    found = derivatives(program_of(text), [point], [tuple(t) for t in names])
    return [found.numbers[0].get(tuple(t)) for t in names]


def at(text: str, *orders: int, **point: float) -> list[float | None]:
    """Return derivatives of some orders by the only variable."""
    (name,) = point
    return partials(text, *(name * order for order in orders), **point)


def taylor(function: Callable[..., Any], point: Mapping[str, Any], name: str, order: int) -> list[Any]:
    """Return the derivatives from the first one on, as mpmath's differences see them."""
    with mp.workdps(25):
        exact = {key: mpf(value) for key, value in point.items()}
        found = mp.diffs(lambda moved: function(*({**exact, name: moved}).values()), exact[name], order)
        return list(found)[1:]


# by hand


@for_all(
    ("text", "x", "order", "expected"),
    [
        ("sin(x)*exp(x)", 0.0, 3, 2.0),
        ("1/(1 - x)", 0.0, 5, 120.0),
        ("i1(x)", 0.0, 3, 0.375),
        ("x^x", 1.0, 2, 2.0),
        ("5*x^4 + 3*x^3", 2.0, 2, 276.0),
        ("5*x^4 + 3*x^3", 2.0, 5, 0.0),
        ("tan(x)", 0.0, 5, 16.0),  # a tangent number
        ("sec(x)", 0.0, 4, 5.0),  # an Euler number
        ("exp(exp(x) - 1)", 0.0, 5, 52.0),  # a Bell number
        ("-LambertW(-x)", 0.0, 4, 64.0),  # n^(n - 1)
        ("sinc(x)", 0.0, 4, 1 / 5),
        ("Si(x)", 0.0, 5, 1 / 5),
        ("Li2(x)", 0.5, 2, 4 * (1 - math.log(2))),  # 1/(x*(1 - x)) + log(1 - x)/x^2
        ("x^3", 0.0, 3, 6.0),
        ("x^3", 0.0, 4, 0.0),
        ("x^7", -1.5, 2, 42 * -(1.5**5)),
        ("x^2.5", 0.0, 2, 0.0),
        ("x^2.5", 0.0, 3, INF),
        ("2^x", 0.0, 4, math.log(2) ** 4),
        ("sqrt(x)", 0.0, 1, INF),
        ("abs(x)*x", -3.0, 2, -2.0),
        ("floor(x)*x^2", 2.5, 2, 4.0),
        ("mod(x, 3)*x", 7.0, 2, 2.0),
        ("0*x + 7", 3.0, 2, 0.0),
        ("gammainc(2, x)", 2.0, 2, -math.exp(-2)),  # (x*exp(-x))'
        ("where(x < 1, x^3, log(-1))", 0.5, 3, 6.0),
    ],
)
def test_a_derivative_that_is_known_by_hand(text: str, x: float, order: int, expected: float) -> None:
    assert at(text, order, x=x) == [pytest.approx(expected, rel=1e-13, abs=1e-15)]


@for_all(
    ("text", "names", "expected"),
    [
        ("x^2*y^3", "xxy", 24.0),
        ("x^2*y^3", "xyx", 24.0),
        ("x^2*y^3", "xxyyy", 12.0),
        ("sin(x*y)", "xy", math.cos(2.0) - 2 * math.sin(2.0)),
        ("x^y", "xy", 2.0**0 * 1.0),  # at base 1: x^(y-1)*(1 + y*log(x))
        ("atan2(y, x)", "xy", (4 - 1) / 25),
        ("hypot(x, y)", "xy", -2 / 5**1.5),
        ("log(x + 2*y)", "xyy", 8 / 125),
        ("max(x, y)*x", "xy", 1.0),
        ("min(x, y)*x", "xx", 2.0),
    ],
)
def test_a_mixed_partial_does_not_mind_the_order_of_names(text: str, names: str, expected: float) -> None:
    assert partials(text, names, x=1.0, y=2.0) == [pytest.approx(expected, rel=1e-14)]


def test_a_name_that_moves_nothing_has_derivative_0() -> None:
    assert partials("x^2", "yy", "xy", "xx", x=1.0, y=1.0) == [0.0, 0.0, 2.0]
    assert partials("7", "xx", x=1.0) == [0.0]
    assert [math.copysign(1, n or 0) for n in partials("-sin(x)", "xx", x=0.0)] == [1]  # no -0


def test_every_function_has_slopes_or_a_definition_or_rules_of_its_own() -> None:
    rows = catalogue.FUNCTIONS.values()
    without = {row.name for row in rows if not (row.partials or row.definition or row.name in REPLACED)}
    assert without == {"max", "min"}


def test_at_a_kink_torch_has_conventions_of_its_own() -> None:
    assert at("abs(x)", 2, x=0.0) == [0.0]
    assert at("max(x, 0)^2", 2, x=0.0) == [0.5]  # both halves of max(0, 0), squared, of 0 and 2
    assert at("sqrt(x^4)", 2, x=0.0) == [pytest.approx(NAN, nan_ok=True)]


def test_an_infinite_slope_does_not_reach_another_variable() -> None:
    assert partials("sqrt(x) + sin(y)", "yyy", x=0.0, y=0.0) == [-1.0]


def test_a_hessian_of_thirty_variables_is_exact() -> None:
    names = [f"x{place}" for place in range(30)]
    pairs = list(combinations_with_replacement(names, 2))
    found = derivatives(program_of("(" + " + ".join(names) + ")^3"), [dict.fromkeys(names, 0.5)], pairs)
    assert set(found.numbers[0]) == set(pairs)
    assert set(found.numbers[0].values()) == {90.0}


def test_a_deep_expression_costs_no_python_stack() -> None:
    text = "x"
    for _ in range(150):
        text = f"sin({text})"
    assert at(text, 2, x=0.0) == [0.0]


# many points


def test_the_points_of_a_block_have_the_numbers_that_each_has_alone() -> None:
    program, wrt = program_of("where(x < 1, x^3*y, sin(x)) + y^2"), [tuple("xx"), tuple("xy"), tuple("yy")]
    points = [{"x": 0.5, "y": 2.0}, {"x": 2.0, "y": 3.0}, {"x": -1.0, "y": 0.0}]
    assert derivatives(program, points, wrt).numbers == [
        {wrt[0]: 6.0, wrt[1]: 0.75, wrt[2]: 2.0},  # 6*x*y, 3*x^2
        {wrt[0]: pytest.approx(-math.sin(2), rel=1e-15), wrt[1]: 0.0, wrt[2]: 2.0},
        {wrt[0]: 0.0, wrt[1]: 3.0, wrt[2]: 2.0},
    ]
    assert derivatives(program, [], wrt) == ([], {})


def test_a_branch_without_a_closed_form_costs_the_other_points_nothing() -> None:
    found = derivatives(program_of("where(x < 1, besselj(x, 2), x^3)"), [{"x": 0.5}, {"x": 2.0}], [("x", "x")])
    assert found.numbers == [{}, {("x", "x"): 12.0}]
    assert found.missing == {("x", "x"): "the derivative of besselj with respect to n has no closed form"}


# what there is not


def test_a_parameter_without_a_closed_form_spoils_no_other() -> None:
    wanted = [("n", "n"), ("x", "x"), ("n", "x"), ("y", "y")]
    found = derivatives(program_of("besselj(n, x) + y^2"), [{"n": 0.0, "x": 1.5, "y": 2.0}], wanted)
    with mp.workdps(30):
        curvature = float(mp.diff(lambda x: mp.besselj(0, x), mpf("1.5"), 2))
    assert found.numbers == [{("x", "x"): pytest.approx(curvature, rel=1e-14), ("y", "y"): 2.0}]
    said = "the derivative of besselj with respect to n has no closed form"
    assert found.missing == {("n", "n"): said, ("n", "x"): said}


def test_no_torch_is_asked_above_the_highest_order() -> None:
    found = derivatives(program_of("x^9"), [{"x": 1.0}], [("x",) * 5, ("x",) * 6])
    assert found.numbers == [{("x",) * 5: 15120.0}]  # 9*8*7*6*5
    assert found.missing == {("x",) * 6: "torch is asked up to order 5"}
    assert TOO_HIGH == "torch is asked up to order 5"


def test_where_the_time_is_over_the_lower_orders_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = [("x",) * n for n in (2, 3, 4)]
    # A pass takes 2 s, the next one 6 s as foreseen: they end at 11, 15 and 19 s if they are begun at 5, 9 and 13 s.
    for seconds, known in ((0.5, 0), (10.5, 0), (11.5, 1), (14.5, 1), (15.5, 2), (18.5, 2), (1000.0, 3)):
        ticks = itertools.count()
        monkeypatch.setattr("time.thread_time", partial(next, ticks))  # every look at the clock is a second
        found = derivatives(program_of("x^4"), [{"x": 1.0}], orders, seconds)
        assert list(found.numbers[0].values()) == [12.0, 24.0, 24.0][:known], seconds
        assert found.missing == dict.fromkeys(orders[known:], TOO_LONG)
    assert TOO_LONG == "torch takes too long at this order"


def test_what_would_take_too_long_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count()
    monkeypatch.setattr("time.thread_time", partial(next, ticks))
    names = [f"x{k}" for k in range(40)]
    pairs = list(combinations_with_replacement(names, 2))
    found = derivatives(program_of("*".join(names)), [dict.fromkeys(names, 1.0)], pairs, 40.0)
    assert found.numbers == [{}]
    assert next(ticks) < 10  # forty passes of three seconds each are foreseen, and none is made


@for_all(("timeout", "seconds"), [(10.0, 1.0), (4.0, 1.0), (2.0, 0.5), (1e9, 1.0)])
def test_torch_has_a_second_and_a_quarter_of_the_time_at_most(timeout: float, seconds: float) -> None:
    assert nested.patience(timeout) == seconds


# against mpmath

ROWS = [
    (name, variable)
    for name in catalogue.FUNCTIONS
    for variable in row_program(name).variables
    if (name, variable) not in WITHOUT_SLOPE
]
# Nested formulas of torch's lose digits with each order in these; a verdict says "differ" where they lose too many.
LOSSY = {"i1e": 1e-8, "elliptic_einc": 1e-8}
# At 0 the slope of Shi is a branch of its own, the number 1, which does not move: the first point is another.
PLACES = {"Shi": 1, "bessely": 2, "besselk": 2, "y1": 2, "y0": 2}  # the others: mpmath is quicker there


@for_all(("name", "variable"), ROWS if is_nightly() else ROWS[::6])
def test_every_row_matches_mpmath_up_to_the_fourth_derivative(name: str, variable: str) -> None:
    program = row_program(name)
    point = dict(zip(program.variables, POINTS[name][PLACES.get(name, 0)], strict=True))
    keys = [(variable,) * order for order in range(1, 5)]
    (found,), _ = derivatives(program, [{key: float(text) for key, text in point.items()}], keys)
    for key, truth in zip(keys, taylor(REFERENCES[name], point, variable, 4), strict=True):
        assert found[key] == pytest.approx(float(truth), rel=LOSSY.get(name, 1e-10), abs=1e-13), f"order {len(key)}"


def test_mixed_partials_of_an_elliptic_integral_match_mpmath() -> None:
    point = {"n": 0.25, "phi": 0.5, "m": 0.75}
    keys = [("n", "phi", "m"), ("n", "m"), ("phi", "m"), ("n", "n", "m")]
    (found,), _ = derivatives(program_of("elliptic_piinc(n, phi, m)"), [point], keys)
    for key, slope in found.items():
        with mp.workdps(25):
            orders = tuple(key.count(name) for name in point)
            truth = mp.diff(mp.ellippi, tuple(map(mpf, point.values())), orders)
        assert slope == pytest.approx(float(truth), rel=1e-12), key
