"""Derivatives of any order by Taylor series: against mpmath, against nested autograd, and by hand."""

from __future__ import annotations

import math
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree
from derivcli.language.tree import NUMBER
from derivcli.witnesses.lambdas import Lambda
from derivcli.witnesses.taylor import derivatives
from derivcli.witnesses.torch_functions import NoClosedFormError
from tests.checks import REPLACED, WITHOUT_SLOPE, program_of, row_program
from tests.every import for_all
from tests.references import POINTS, REFERENCES
from tests.strategies import expressions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from derivcli.language.program import Program

INF, NAN = math.inf, math.nan


def at(text: str, *orders: int, **point: float) -> list[float | None]:
    """Return derivatives of some orders with respect to the only variable."""
    (name,) = point
    keys = [(name,) * order for order in orders]
    found = derivatives(program_of(text), point, keys)
    return [found[key] for key in keys]


def partial(text: str, names: str, **point: float) -> float | None:
    key = tuple(names)
    return derivatives(program_of(text), point, [key])[key]


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
        ("1/(1 - x)", 0.0, 10, 3628800.0),
        ("i1(x)", 0.0, 3, 0.375),
        ("x^x", 1.0, 2, 2.0),
        ("5*x^4 + 3*x^3", 2.0, 2, 276.0),
        ("5*x^4 + 3*x^3", 2.0, 5, 0.0),
        ("tan(x)", 0.0, 9, 7936.0),  # a tangent number
        ("sec(x)", 0.0, 10, 50521.0),  # an Euler number
        ("exp(exp(x) - 1)", 0.0, 8, 4140.0),  # a Bell number
        ("-LambertW(-x)", 0.0, 6, 7776.0),  # n^(n - 1)
        ("sinc(x)", 0.0, 6, -1 / 7),
        ("Si(x)", 0.0, 7, -1 / 7),
        ("Shi(x)", 0.0, 7, 1 / 7),
        ("Li2(x)", 0.0, 5, 24 / 5),  # n!/n^2
        ("polylog(3, x)", 0.0, 4, 24 / 64),  # n!/n^3
        ("elliptic_f(1.25, m)", 0.0, 2, 0.75 * (1.25 * 3 / 8 - math.sin(2.5) / 4 + math.sin(5.0) / 32)),
        ("x^3", 0.0, 3, 6.0),
        ("x^3", 0.0, 4, 0.0),
        ("x^7", -1.5, 2, 42 * -(1.5**5)),
        ("x^2.5", 0.0, 1, 0.0),
        ("x^2.5", 0.0, 2, 0.0),
        ("x^2.5", 0.0, 3, INF),
        ("(x^2)^3", 0.0, 6, 720.0),
        ("2^x", 0.0, 4, math.log(2) ** 4),
        ("sqrt(x)", 0.0, 1, INF),
        ("abs(x)*x", -3.0, 2, -2.0),
        ("floor(x)*x^2", 2.5, 2, 4.0),
        ("mod(x, 3)*x", 7.0, 2, 2.0),
        ("0*x + 7", 3.0, 1, 0.0),
        ("gammainc(2, x)", 0.0, 2, 1.0),  # x*exp(-x), once more
        ("jn(0, x)", 0.0, 2, -1 / 3),
        ("struveh(0, x)", 0.0, 3, -4 / (3 * math.pi)),  # 2/pi*(x - x^3/9 + ...)
        ("where(x < 1, x^3, log(-1))", 0.5, 3, 6.0),
    ],
)
def test_a_derivative_that_is_known_by_hand(text: str, x: float, order: int, expected: float) -> None:
    name = "m" if "m)" in text else "x"
    assert at(text, order, **{name: x}) == [pytest.approx(expected, rel=1e-13, abs=1e-15)]


def test_the_value_is_the_derivative_of_order_0() -> None:
    assert derivatives(program_of("x^2*y"), {"x": 3.0, "y": 2.0}, [()]) == {(): 18.0}
    assert derivatives(program_of("x"), {"x": 3.0}, []) == {}


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
    assert partial(text, names, x=1.0, y=2.0) == pytest.approx(expected, rel=1e-14)


def test_a_potential_is_harmonic() -> None:
    point = {"x": 1.0, "y": -2.0, "z": 0.3}
    found = derivatives(program_of("1/sqrt(x^2 + y^2 + z^2)"), point, [(name, name) for name in point])
    assert sum(found.values()) == pytest.approx(0, abs=1e-16)  # type: ignore[arg-type]


def test_a_name_that_moves_nothing_has_derivative_0() -> None:
    assert derivatives(program_of("x^2"), {"x": 1.0, "y": 1.0}, [("y",), ("x", "y")]) == {("y",): 0.0, ("x", "y"): 0.0}


def test_neither_a_coefficient_nor_a_factorial_leaves_the_range_of_a_float() -> None:
    assert at("exp(x)", 200, x=0.5) == [pytest.approx(math.exp(0.5), rel=1e-11)]
    assert at("sin(x/8)", 150, x=0.0) == [pytest.approx(0, abs=1e-150)]


def test_far_out_the_derivative_is_that_of_the_first_terms() -> None:
    # exp(-x)*I_0(x) is (1 + 1/(8*x) + ...)/sqrt(2*pi*x), A&S 9.7.1
    x = 1e12
    slope, curvature = at("i0e(x)", 1, 2, x=-x)
    assert slope == pytest.approx(0.5 / math.sqrt(2 * math.pi) / x**1.5, rel=1e-11)
    assert curvature == pytest.approx(0.75 / math.sqrt(2 * math.pi) / x**2.5, rel=1e-11)


def test_every_function_has_slopes_or_a_definition_or_rules_of_its_own() -> None:
    rows = catalogue.FUNCTIONS.values()
    without = {row.name for row in rows if not (row.partials or row.definition or row.name in REPLACED)}
    assert without == {"max", "min"}


# what has no derivative


def test_a_parameter_without_a_closed_form_spoils_no_other() -> None:
    wanted = [("n",), ("x",), ("x", "x"), ("n", "x"), ("y",)]
    found = derivatives(program_of("besselj(n, x) + y^2"), {"n": 0.0, "x": 1.5, "y": 2.0}, wanted)
    assert found[("n",)] is None
    assert found[("n", "x")] is None
    assert found[("y",)] == 4.0
    assert found[("x",)] == pytest.approx(float(-mp.besselj(1, 1.5)), rel=1e-14)


def test_a_parameter_that_does_not_move_needs_no_derivative() -> None:
    assert at("besselj(0, x)", 1, x=0.0) == [0.0]
    assert derivatives(program_of("besselj(n, x)"), {"n": 1.0, "x": 0.0}, [("x",)]) == {("x",): 0.5}


def test_what_holds_at_one_point_only_has_no_derivative() -> None:
    assert at("where(x == 0, 1, sin(x)/x)", 0, 1, x=0.0) == [1.0, pytest.approx(NAN, nan_ok=True)]
    assert at("where(x != 0, sin(x)/x, 1)", 1, x=0.0) == [pytest.approx(NAN, nan_ok=True)]
    assert at("where(x == 0 or x < 2, x^2, 7)", 1, 2, x=0.0) == [0.0, 2.0]
    assert at("where(x == 0 and x > 2, 7, x^2)", 1, 2, x=0.0) == [0.0, 2.0]
    assert at("where(not x == 0, 7, x^2)", 1, x=0.0) == [pytest.approx(NAN, nan_ok=True)]
    assert derivatives(program_of("where(y == 0, x^2, 7)"), {"x": 3.0, "y": 0.0}, [("x",)]) == {("x",): 6.0}


def test_i1e_has_one_derivative_at_0_and_no_second() -> None:
    assert at("i1e(x)", 1, 2, x=0.0) == [0.5, pytest.approx(NAN, nan_ok=True)]


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x)", "acoth(x + 1)", "gammainc(1, x)", "0*log(x)"])
def test_where_there_is_no_value_there_is_no_derivative(text: str) -> None:
    assert at(text, 1, 2, x=-1.0) == [pytest.approx(NAN, nan_ok=True)] * 2


def test_a_tie_is_shared_as_in_torch() -> None:
    assert derivatives(program_of("max(x, y)"), {"x": 1.0, "y": 1.0}, [("x",), ("y",)]) == {("x",): 0.5, ("y",): 0.5}
    assert at("abs(x)", 1, x=0.0) == [0.0]


def test_an_infinite_slope_does_not_reach_another_variable() -> None:
    found = derivatives(program_of("sqrt(x) + sin(y)"), {"x": 0.0, "y": 0.0}, [("x",), ("y",), ("y", "y", "y")])
    assert list(found.values()) == [INF, 1.0, -1.0]


# against mpmath

ROWS = [
    (name, variable)
    for name in catalogue.FUNCTIONS
    for variable in row_program(name).variables
    if (name, variable) not in WITHOUT_SLOPE
]
SLOW = {"bessely": 2, "besselk": 2, "y1": 2, "y0": 2}  # mpmath is quicker at another point


@pytest.mark.parametrize(("name", "variable"), ROWS)
def test_every_row_matches_mpmath_up_to_the_fourth_derivative(name: str, variable: str) -> None:
    program = row_program(name)
    point = dict(zip(program.variables, POINTS[name][SLOW.get(name, 0)], strict=True))
    keys = [(variable,) * order for order in range(1, 5)]
    found = derivatives(program, {key: float(text) for key, text in point.items()}, keys)
    for key, truth in zip(keys, taylor(REFERENCES[name], point, variable, 4), strict=True):
        assert found[key] == pytest.approx(float(truth), rel=1e-12, abs=1e-14), f"order {len(key)}"


@pytest.mark.parametrize(
    ("text", "function", "x"),
    [
        ("sin(x)", mp.sin, "0.7"),
        ("tan(x)", mp.tan, "0.5"),
        ("exp(x)", mp.exp, "0.5"),
        ("log(x)", mp.log, "2.5"),
        ("sqrt(x)", mp.sqrt, "2.5"),
        ("x^2.5", lambda x: x**2.5, "2.5"),
        ("asin(x)", mp.asin, "0.5"),
        ("atan(x)", mp.atan, "0.4"),
        ("tanh(x)", mp.tanh, "0.4"),
        ("acosh(x)", mp.acosh, "1.5"),
        ("erf(x)", mp.erf, "0.5"),
        ("sinc(x)", mp.sinc, "0.5"),
        ("besselj(2, x)", lambda x: mp.besselj(2, x), "1.5"),
        ("tan(exp(x))", lambda x: mp.tan(mp.exp(x)), "0.3"),
    ],
)
def test_the_twentieth_derivative_keeps_its_digits(text: str, function: Callable[..., Any], x: str) -> None:
    (found,) = at(text, 20, x=float(x))
    with mp.workdps(40):
        expected = float(mp.diff(function, mpf(x), 20))
    assert found == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("text", "function", "x"),
    [
        ("sinc(x)", mp.sinc, "1e-7"),
        ("sinc(x)", mp.sinc, "-25"),
        ("Shi(x)", mp.shi, "1e-7"),
        ("dawson(x)", lambda x: x * mp.hyp1f1(1, mpf(3) / 2, -x * x), "8"),
        ("erfcx(x)", lambda x: mp.exp(x * x) * mp.erfc(x), "15"),
        ("log_ndtr(x)", lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2), "-20"),
        ("i0e(x)", lambda x: mp.exp(-x) * mp.besseli(0, x), "40"),
        ("i1e(x)", lambda x: mp.exp(x) * mp.besseli(1, x), "-1e-7"),
        ("agm(1, x)", lambda x: mp.agm(1, x), "1.01"),
        ("binomial(-0.5, x)", lambda x: mp.binomial(-0.5, x), "0.75"),
        ("sigmoid(x)", lambda x: 1 / (1 + mp.exp(-x)), "35"),
        ("sigmoid(x)", lambda x: 1 / (1 + mp.exp(-x)), "1e-9"),
        ("tanh(x)", mp.tanh, "20"),
        ("polylog(2, x)", lambda x: mp.polylog(2, x), "1e-7"),
        ("elliptic_f(1, x)", lambda x: mp.ellipf(1, x), "1e-7"),
        ("elliptic_e(x)", mp.ellipe, "0.999"),
        ("elliptic_pi(x, 0.25)", lambda x: mp.ellippi(x, 0.25), "0.125"),
    ],
)
def test_no_digits_are_lost_where_the_formula_of_the_slope_would_cancel(
    text: str, function: Callable[..., Any], x: str
) -> None:
    found = at(text, 1, 2, 3, 4, x=float(x))
    with mp.workdps(60):
        expected = [float(mp.re(slope)) for slope in list(mp.diffs(function, mpf(x), 4))[1:]]
    assert found == pytest.approx(expected, rel=1e-11, abs=0)


def test_scaled_bessel_functions_of_the_second_kind_keep_their_digits() -> None:
    with mp.workdps(40):
        k = [mp.exp(25) * mp.besselk(n, 25) for n in range(3)]
        x, falls = mpf(25), (k[0] + k[2]) / 2  # -K'
        slope = k[1] - falls
        curvature = 2 * slope + falls / x + k[1] / x**2  # x^2*K'' = -x*K' + (x^2 + 1)*K
    assert at("k1e(x)", 1, 2, x=25.0) == pytest.approx([float(slope), float(curvature)], rel=1e-12)


def test_mixed_partials_of_an_elliptic_integral_match_mpmath() -> None:
    point = {"n": 0.25, "phi": 0.5, "m": 0.75}
    keys = [("n", "phi", "m"), ("n", "m"), ("phi", "m"), ("n", "n", "m")]
    found = derivatives(program_of("elliptic_piinc(n, phi, m)"), point, keys)
    for key, slope in found.items():
        with mp.workdps(25):
            orders = tuple(key.count(name) for name in point)
            truth = mp.diff(mp.ellippi, tuple(map(mpf, point.values())), orders)
        assert slope == pytest.approx(float(truth), rel=1e-12), key


# against nested autograd


def nested(program: Program, x: float, orders: int) -> list[float]:
    """Return derivatives as torch's autograd finds them, one after the other."""
    variable = torch.tensor([x], dtype=torch.float64, requires_grad=True)
    result = Lambda(program)({"x": variable})
    found = []
    for _ in range(orders):
        slope = None
        if result.requires_grad:
            (slope,) = torch.autograd.grad(result.sum(), variable, create_graph=True, allow_unused=True)
        result = torch.zeros_like(variable) if slope is None else slope
        found.append(result.item())
    return found


def test_a_clamp_of_two_equal_bounds_moves_with_them() -> None:
    program = program_of("x + clamp(0, x, x)")  # 2*x at 0.3, where max(0, x) is x
    assert nested(program, 0.3, 2) == [2.0, 0.0]
    assert list(derivatives(program, {"x": 0.3}, [("x",), ("x", "x")]).values()) == [2.0, 0.0]


@given(expressions(depth=3, names=("x",)).map(compile_tree), st.sampled_from((0.3, 0.7, 1.1, 1.9, 3.3, -0.4, -2.6)))
@settings(max_examples=40)
def test_it_finds_what_nested_autograd_finds(program: Program, x: float) -> None:
    if any(float(i.text) > 50 for i in program.instructions if i.op == NUMBER):
        return  # an order or a degree so large takes scipy for ever
    try:
        torch_says = nested(program, x, 3)
    except NoClosedFormError:
        return
    found = list(derivatives(program, {"x": x}, [("x",) * order for order in (1, 2, 3)]).values())
    size = max(1.0, *map(abs, torch_says))
    for slope, expected in zip(found, torch_says, strict=True):
        if math.isfinite(expected) and slope is not None and math.isfinite(slope) and size < 1e12:
            assert slope == pytest.approx(expected, rel=1e-6, abs=1e-7 * size)


def test_all_derivatives_of_order_10_in_three_variables_come_at_once() -> None:
    point = {"x": 0.3, "y": 0.2, "z": 0.5}
    found = derivatives(program_of("exp(x + 2*y - z)"), point, list(combinations_with_replacement("xyz", 10)))
    value = math.exp(0.2)
    assert found == {
        key: pytest.approx(value * 2.0 ** key.count("y") * (-1.0) ** key.count("z"), rel=1e-13) for key in found
    }


def hessian(text: str, names: Sequence[str], coordinate: float) -> dict[tuple[str, ...], float | None]:
    pairs = list(combinations_with_replacement(names, 2))
    return derivatives(program_of(text), dict.fromkeys(names, coordinate), pairs)


def test_a_hessian_of_thirty_variables_is_exact() -> None:
    names = [f"x{place}" for place in range(30)]
    found = hessian("(" + " + ".join(names) + ")^3", names, 0.5)
    assert set(found.values()) == {90.0}


def test_a_deep_expression_costs_no_python_stack() -> None:
    text = "x"
    for _ in range(150):
        text = f"sin({text})"
    (found,) = at(text, 2, x=0.0)
    assert found == 0.0
