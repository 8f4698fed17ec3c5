"""A bad place among thousands of good rows is never called `agree`, and none with a value `undefined`.

Each was found by attacking bounds of first order: a difference that is all rounding, underflow on the way, a literal
that rounds to 0 or to an integer. What f is there was worked out by hand, or with mpmath.
"""

from __future__ import annotations

import numpy as np
import pytest

from derivcli import tabulate
from derivcli.many.plan import plan
from derivcli.many.sheet import Sheet
from derivcli.model import Dtype, Request, Status
from derivcli.model.rows import STATUSES
from derivcli.points.arrays import Arrays
from derivcli.points.grid import Grid
from derivcli.points.places import parse_places
from tests.every import at_night
from tests.many import is_sure

_ROWS = 1_000
_SECONDS = 2.0  # for the forms of derivatives, of which the bounds know nothing: one takes minutes


def said(expression: str, point: dict[str, float], dtype: Dtype = Dtype.FLOAT64) -> str:
    """Return what torch and the bounds say, before all witnesses look, of a point in the middle of many others."""
    columns = {}
    for place, (name, value) in enumerate(point.items(), 1):
        columns[name] = np.linspace(place, place + 1, _ROWS)
        columns[name][_ROWS // 2] = value
    source = Arrays(columns)
    sheet = Sheet(plan(Request(expression, rtol=dtype.rtol, dtype=dtype, timeout=_SECONDS), source))
    (draft,) = map(sheet, source.rows(source.header))
    status = STATUSES[draft.statuses[_ROWS // 2]]
    return "doubtful" if status == Status.UNVERIFIED else status


@pytest.mark.parametrize(
    "expression",
    [
        "x+atan(1/(3x-0.3))",
        "x+exp(-1/(3x-0.3)^2)",
        "x+0/(3x-0.3)",
        "x+1e-30*log(3x-0.3)",
        "x+1e-30*cbrt(3x-0.3)",
        "x+1e-30*hypot(3x-0.3,0)",
        "x+tanh(1/(3x-0.3))",
        "x+1e-30*lgamma(3x-0.3)",
        "x+1e-30*log2(3x-0.3)",
        "x+1e-30*xlogy(1,3x-0.3)",
        "x+1e-30*besselk(0,3x-0.3)",
        *at_night("(x-0.9)^3.00000000000000000001"),
        "x+exp(-1e19*(3x-0.3))*0",
        "abs(3x-0.3)",
    ],
)
def test_what_is_all_rounding_hides_no_bad_place(expression: str) -> None:
    assert said(expression, {"x": 0.1}) == "doubtful"


@pytest.mark.parametrize(
    ("expression", "point"),
    [
        ("log(exp(-x))", {"x": 800.0}),
        ("log(sech(x))", {"x": 800.0}),
        ("log(x^2)", {"x": 1e-200}),
        ("log(x/y)", {"x": 1e-200, "y": 1e200}),
        ("mod(x,y*y)", {"x": 0.5, "y": 1e-200}),
        ("log(x*y)", {"x": 1e-200, "y": 1e-200}),
        ("log(exp(-x^2))", {"x": 40.0}),
        ("x+log(exp(-x))", {"x": 1000.0}),
        ("logit(exp(-x))", {"x": 800.0}),
        ("log(x^20)", {"x": 1e-20}),
        ("gamma(x*1e-200)", {"x": 1e-200}),
        ("x/1e-400", {"x": 0.5}),
        ("log(1e-400*x)", {"x": 0.5}),
        ("x+log(x*1e-200*1e-200)", {"x": 0.5}),
        ("1/(1e-400*x)", {"x": 0.5}),
        ("where(3x<=0.3,x,log(-x))", {"x": 0.1}),
        ("1/heaviside(-(3x-0.3))", {"x": 0.1}),
        ("where(3x==0.3,x,log(-x))", {"x": 0.1}),
        ("where(3x<=0.3,x,1/0)", {"x": 0.1}),
        ("acos(1+ceil(3x-0.3))", {"x": 0.1}),
        ("lgamma(0.3-x)", {"x": 1e17}),
        ("digamma(0.3-x)", {"x": 1e17}),
        ("gamma(0.5-x)", {"x": 1e17}),
    ],
)
def test_where_f_has_a_value_it_is_never_called_undefined(expression: str, point: dict[str, float]) -> None:
    assert said(expression, point) == "doubtful"


@pytest.mark.parametrize(
    ("expression", "point", "dtype"),
    [
        ("x*1e300", 5e-324, Dtype.FLOAT64),
        ("sqrt(x)", 5e-324, Dtype.FLOAT64),
        ("cbrt(x)", 5e-324, Dtype.FLOAT64),
        ("x^0.1", 5e-324, Dtype.FLOAT64),
        ("exp(-x)", 200.0, Dtype.FLOAT32),
        ("x*1e-40", 1e-40, Dtype.FLOAT32),
        ("x*1e10", 1e-45, Dtype.FLOAT32),
        ("log(x)", 1e-46, Dtype.FLOAT32),
        ("1e-30*x*1e30", 1e-46, Dtype.FLOAT32),
        ("sqrt(x)", 1e-45, Dtype.FLOAT32),
        ("(1-cos(x))/x^2", 1e-46, Dtype.FLOAT32),
    ],
)
def test_numbers_below_the_normal_range_are_not_taken_for_exact(expression: str, point: float, dtype: Dtype) -> None:
    assert said(expression, {"x": point}, dtype) == "doubtful"


def test_a_literal_beyond_float32_is_no_crash() -> None:
    assert set(tabulate("x*1e40", {"x": np.linspace(1, 2, 100)}, dtype="float32").status) <= {"differ", "unverified"}


@pytest.mark.parametrize("expression", ["gammainc(2, x)", "x*asin(x-1)", "x^1.5", "agm(x, 2)", "li(x)", "Ci(x)"])
def test_the_edge_of_a_domain_is_never_smooth(expression: str) -> None:
    assert said(expression, {"x": 0.0}) != "agree"


def test_a_constant_is_what_its_expression_is_exactly() -> None:
    many = tabulate("x + k*1e20", {"x": np.linspace(1, 2, _ROWS)}, {"k": "sqrt(2)^2-2"}, wrt="x")
    assert set(many.status) <= {"agree", "unverified"}
    assert all(abs(number - x) < 1e-9 for number, x in zip(many.columns["f"], np.linspace(1, 2, _ROWS), strict=True))


def test_a_point_of_a_grid_that_is_no_decimal_is_not_taken_for_one() -> None:
    source = Grid(parse_places(["x=-sqrt(2):sqrt(18):401"]).axes)  # 0 is the point with number 100
    (rows,) = source.rows(source.header)
    draft = Sheet(plan(Request("abs(x)"), source))(rows)
    assert not is_sure(draft)[100]
    assert is_sure(draft).sum() == 400


@pytest.mark.parametrize(
    ("expression", "point"),
    [
        ("x^200/factorial(200)", {"x": 10.0}),  # 1.27e-175
        ("x^200/gamma(201)*exp(-x)", {"x": 10.0}),
        ("gammainc(257,x)", {"x": 12.0}),  # its slope is 1.335e-236
        ("z/(x+y)", {"x": 1e308, "y": 1e308, "z": 1e10}),  # 5e-299
        ("z*(x+y)^-1", {"x": 1e308, "y": 1e308, "z": 1e10}),
    ],
)
def test_what_is_divided_by_more_than_a_float64_holds_is_not_0(expression: str, point: dict[str, float]) -> None:
    assert said(expression, point) == "doubtful"


@pytest.mark.parametrize(
    "expression",
    [
        "x+1e-40*2^(1e18*(pi-x))",  # 6.087e31: x is not pi
        "x+1e-40*3^(1e18*(pi-x))",
        "x*(1+1e-40*2^(1e18*(pi-x)))",
        "cosh(5e11*(x-pi))",  # 1+7e-9
        "sech(5e11*(x-pi))",
        "sinc(5e11*(x-pi))",
    ],
)
def test_an_error_that_is_stretched_without_bounds_is_not_taken_for_a_small_one(expression: str) -> None:
    source = Arrays({"x": np.full(9, np.pi), "y": np.linspace(1, 2, 9)})
    sheet = Sheet(plan(Request(f"y*({expression})", wrt=("y",)), source))
    (draft,) = map(sheet, source.rows(source.header))
    assert not is_sure(draft).any()


@pytest.mark.parametrize("column", [[1e308, 1e308], [1e154] * 100, [-1e308] * 3])
def test_numbers_with_a_sum_beyond_float64_are_numbers_all_the_same(column: list[float]) -> None:
    many = tabulate("x", {"x": column})
    assert set(many.status) == {"agree"}
    assert many.columns["f"].tolist() == column


@pytest.mark.parametrize("expression", ["jacobi(1,0,0,x)", "jacobi(21,5,5,x)"])
def test_a_function_that_is_good_to_an_absolute_error_is_not_sure_near_its_zero(expression: str) -> None:
    assert said(expression, {"x": 1e-9}) == "doubtful"  # scipy's eval_jacobi(1, 0, 0, 1e-9) is 9.999999717e-10
