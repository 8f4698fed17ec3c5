"""Derivatives of higher order, mixed, in a direction and of curves: from the text to the verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.calculator import calculate
from derivcli.errors import PointError
from derivcli.model import Kind, Request, Status
from tests.answers import ask, derivatives, is_kink, only
from tests.every import at_night, for_all

if TYPE_CHECKING:
    from collections.abc import Callable

AGREE, DIFFER = Status.AGREE, Status.DIFFER
INF = math.inf
SCHWARZ = "where(x^2+y^2>0, x*y*(x^2-y^2)/(x^2+y^2), 0)"


@for_all(
    ("text", "at", "wrt", "answer"),
    [
        ("sin(x)*exp(x)", "x=0", "xxx", 2),  # 2*exp(x)*(cos(x) - sin(x))
        ("1/(1-x)", "x=0", "x" * 10, 3628800),  # 10!
        ("x^x", "x=1", "xx", 2),  # x^x*((log(x) + 1)^2 + 1/x)
        ("x^x", "x=1", "xxxxxx", 54),  # OEIS A005727: 1, 1, 2, 3, 8, 10, 54
        ("i1(x)", "x=0", "xxx", 3 / 8),  # x/2 + x^3/16 + ...
        ("a^2+b^2", "a=1,b=2", "ab", 0),
        ("x^3*y^4", "x=2,y=1", "xxyyy", 288),  # 6*x * 24*y
        ("exp(x*y)", "x=0,y=3", "xy", 1),  # (1 + x*y)*exp(x*y)
        ("1/sqrt(x^2+y^2+z^2)", "x=1,y=2,z=2", "xyz", -15 * 4 / 3**7),  # -15*x*y*z/r^7
        ("atan2(y,x)", "x=3,y=4", "xy", 7 / 625),  # (y^2 - x^2)/r^4
        ("x*y*z", "x=5,y=7,z=11", "xyz", 1),
        ("7", "", "", None),
    ],
)
def test_a_derivative_is_the_one_that_is_known(text: str, at: str, wrt: str, answer: float | None) -> None:
    if answer is None:
        assert ask(text, at, order=5).derivatives == ()
        return
    seen = only(text, at, wrt)
    assert seen.status is AGREE
    assert seen.answer == pytest.approx(answer, rel=1e-9, abs=1e-12)
    assert float(seen.digits or "nan") == pytest.approx(answer, rel=1e-15)


def test_a_rule_of_torch_that_fails_when_it_is_nested_is_told() -> None:
    # torch takes the slope of x^(x - 1) for 0 where the exponent is 0: of the third derivative, 3, there are 2 left
    seen = only("x^x", "x=1", "xxx")
    assert (seen.status, seen.answer, seen.autograd) == (DIFFER, 3, 2)
    assert (seen.note or "").endswith("rounding on the way, or a rule of torch's at this point, lost the other digits")


def test_above_order_5_torch_is_not_asked_and_the_others_agree() -> None:
    seen = derivatives("exp(2*x)", "x=0", order=8)  # 2^n
    assert {d.status for d in seen.values()} == {AGREE}
    assert {len(wrt): d.autograd for wrt, d in seen.items()} == {
        1: 2,
        2: 4,
        3: 8,
        4: 16,
        5: 32,
        6: None,
        7: None,
        8: None,
    }
    assert [seen["x" * n].answer for n in (6, 7, 8)] == [64, 128, 256]
    assert {seen["x" * n].note for n in (6, 7, 8)} == {
        "torch is asked up to order 5; the other witnesses give this number"
    }
    assert None not in {seen["x" * n].proof for n in range(1, 9)}


def test_a_harmonic_function_has_no_laplacian() -> None:
    seen = [only("1/sqrt(x^2+y^2+z^2)", "x=1,y=2,z=-3", name * 2) for name in "xyz"]
    assert {d.status for d in seen} == {AGREE}
    with mp.workdps(40):
        assert abs(mp.fsum(mpf(d.digits) for d in seen)) < mpf(10) ** -24
    # the autograd numbers too, up to their rounding
    assert sum(d.answer or math.nan for d in seen) == pytest.approx(0, abs=1e-17)


TWELVE: dict[str, tuple[Callable[[Any], Any], str]] = {
    "tan(exp(x))": (lambda x: mp.tan(mp.exp(x)), "0.2"),
    "exp(sin(x))": (lambda x: mp.exp(mp.sin(x)), "1"),
    "log(1+x^2)": (lambda x: mp.log(1 + x**2), "2"),
    "sqrt(x)": (mp.sqrt, "2"),
    "x^x": (lambda x: x**x, "1.5"),
    "gamma(x)": (mp.gamma, "2.5"),
    "besselj(1,x)": (lambda x: mp.besselj(1, x), "3"),
    "atan(x)": (mp.atan, "0.7"),
    "erf(x)": (mp.erf, "0.4"),
    "tanh(x)^2/x": (lambda x: mp.tanh(x) ** 2 / x, "0.9"),
    "x^(1/3)*cos(x)": (lambda x: mp.cbrt(x) * mp.cos(x), "8"),
    "1/(1+25x^2)": (lambda x: 1 / (1 + 25 * x**2), "0.3"),
}


# The others take a second each; derivatives of order 4 are held in `tests/witnesses/test_nested.py` too.
_QUICK = ("exp(sin(x))", "sqrt(x)", "atan(x)", "erf(x)", "x^(1/3)*cos(x)", "1/(1+25x^2)")


@pytest.mark.parametrize("text", [*_QUICK, *at_night(*sorted(TWELVE.keys() - _QUICK))])
def test_ten_orders_are_those_of_mpmath(text: str) -> None:
    function, at = TWELVE[text]
    with mp.workdps(80):
        series = mp.taylor(function, mpf(at), 10)
        truth = {"x" * n: float(series[n] * mp.factorial(n)) for n in range(1, 11)}
    seen = derivatives(text, f"x={at}", order=10)
    assert {d.status for wrt, d in seen.items() if len(wrt) <= 5 or d.symbolic is not None} == {AGREE}
    assert {d.status for d in seen.values() if d.symbolic is None} <= {Status.UNVERIFIED}  # the form outgrew its limits
    assert None not in {d.proof for d in seen.values()}
    assert {wrt: d.answer for wrt, d in seen.items()} == pytest.approx(truth, rel=1e-9)
    assert {wrt: float(d.digits or "nan") for wrt, d in seen.items()} == pytest.approx(truth, rel=1e-14)


@for_all(
    ("text", "at", "wrt", "kind", "left", "right"),
    [
        ("abs(x)^3", "x=0", "xxx", Kind.CORNER, -6, 6),
        ("x*abs(x)", "x=0", "xx", Kind.CORNER, -2, 2),
        ("max(0,x)^2", "x=0", "xx", Kind.CORNER, 0, 2),
        ("sqrt(x^6)", "x=0", "xxx", Kind.CORNER, -6, 6),  # it is |x|^3
        ("floor(x)*(x-2)^3", "x=2", "xxx", Kind.CORNER, 6, 12),  # 1 and 2 times 6
        ("x*abs(y)", "x=0,y=0", "xy", Kind.CORNER, -1, 1),
        ("relu(x)^3*sin(x)", "x=0", "xxxx", Kind.CORNER, 0, 24),  # x^4 - ... on the right
        ("cbrt(x)^7", "x=0", "xxx", Kind.VERTICAL_TANGENT, INF, INF),  # 28/27*x^(-2/3)
        ("x*sqrt(abs(x))", "x=0", "xx", Kind.CUSP, -INF, INF),  # 3/4*sign(x)/sqrt(|x|)
        ("x^2*sign(x)*y", "x=0,y=3", "xx", Kind.CORNER, -6, 6),
        ("x^2*floor(x+1)", "x=0", "xx", Kind.CORNER, 0, 2),
        ("where(x==0,0,x^3*sin(1/x))", "x=0", "xx", Kind.OSCILLATING, None, None),  # 3h*sin(1/h) - cos(1/h)
        ("where(x==0,0,x^5*sin(1/x))", "x=0", "xxx", Kind.OSCILLATING, None, None),
        ("where(x<0,0,x^2.5)", "x=0", "xxx", Kind.CORNER, 0, INF),  # 15/8*sqrt(x), over x
    ],
)
def test_a_derivative_that_does_not_exist_is_told_with_its_sides(
    text: str, at: str, wrt: str, kind: Kind, left: float | None, right: float | None
) -> None:
    assert is_kink(only(text, at, wrt), kind, left, right)


@for_all(
    ("text", "at", "order", "answers"),
    [
        ("abs(x)^3", "x=0", 2, [0, 0]),
        ("x^2*abs(x)^1.5", "x=0", 3, [0, 0, 0]),  # |x|^3.5
        ("where(x==0,0,exp(-1/x^2))", "x=0", 5, [0] * 5),
        ("where(x<=0,0,exp(-1/x))", "x=0", 4, [0] * 4),
        ("where(x==0,0,x^5*sin(1/x))", "x=0", 2, [0, 0]),
        ("where(x==0,1,sin(x)/x)", "x=0", 4, [0, -1 / 3, 0, 1 / 5]),
        ("sinc(x)", "x=0", 4, [0, -1 / 3, 0, 1 / 5]),
        ("sqrt(x^4)", "x=0", 3, [0, 2, 0]),
        ("cbrt(x)^7", "x=0", 2, [0, 0]),
        ("max(x,x^2)", "x=2", 3, [4, 2, 0]),
        ("abs(x)", "x=-3", 3, [-1, 0, 0]),
        ("where(x==2,8,x^3)", "x=2", 4, [12, 12, 6, 0]),
    ],
)
def test_a_derivative_at_a_seam_that_exists_is_told_whatever_torch_says(
    text: str, at: str, order: int, answers: list[float]
) -> None:
    seen = ask(text, at, order=order).derivatives
    assert {d.status for d in seen} <= {AGREE, DIFFER}
    assert [d.answer for d in seen] == pytest.approx(answers, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "at", "first", "kind"),
    [
        ("max(x,x^2)^2", "x=1", "x", Kind.CORNER),  # 2 | 4
        ("abs(x)", "x=0", "x", Kind.CORNER),
        ("cbrt(x)", "x=0", "x", Kind.VERTICAL_TANGENT),
        ("x^2.5", "x=0", "x", Kind.ONE_SIDED),
        ("x^(7/3)", "x=0", "x", Kind.ONE_SIDED),
        ("floor(x)", "x=2", "x", Kind.JUMP),
        ("x*abs(x)", "x=0", "xx", Kind.CORNER),
    ],
)
def test_above_a_derivative_that_does_not_exist_there_is_none(text: str, at: str, first: str, kind: Kind) -> None:
    seen = derivatives(text, at, order=4)
    for wrt in (wrt for wrt in seen if len(wrt) > len(first)):
        assert is_kink(seen[wrt], kind, None, None)
        assert f"the derivative of lower order by {', '.join(first)} does not exist here" in (seen[wrt].note or "")


def test_the_order_of_differentiation_matters_in_the_example_of_schwarz() -> None:
    # f_x(0, y) = -y and f_y(x, 0) = x
    seen = derivatives(SCHWARZ, "x=0,y=0", order=3)
    assert {seen[wrt].answer for wrt in ("x", "y", "xx", "yy", "xxx", "yyy")} == {0}
    assert (seen["xy"].kind, seen["xy"].answer) == (Kind.ORDER_MATTERS, None)
    assert seen["xy"].note in ("the order of differentiation matters here: 1 by x last, -1 by y last",)
    for wrt in ("xxy", "xyy"):
        assert (seen[wrt].status, seen[wrt].kind, seen[wrt].answer) == (
            Status.NOT_DIFFERENTIABLE,
            Kind.ORDER_MATTERS,
            None,
        )


def test_a_mixed_derivative_where_the_symbolic_form_fails_is_told() -> None:
    # sqrt(h^4) is h^2 on the axes; on them the other slope is 0
    seen = derivatives("sqrt(x^4+y^4)", "x=0,y=0", order=2)
    assert {wrt: d.answer for wrt, d in seen.items()} == {"x": 0, "y": 0, "xx": 2, "xy": 0, "yy": 2}
    assert {d.status for d in seen.values()} == {DIFFER}


@pytest.mark.parametrize("wrt", ["xxy", "xyx", "yxx"])
def test_partial_derivatives_are_the_same_in_every_order_of_their_names(wrt: str) -> None:
    seen = only("x^2*y^3", "x=2,y=1", wrt)
    assert (seen.name, seen.wrt, seen.answer) == ("d3f/dx2dy", ("x", "x", "y"), 6)


def test_the_names_and_the_order_of_all_derivatives() -> None:
    found = ask("x^2*y", "x=1,y=1", order=3)
    assert [d.name for d in found.derivatives] == [
        *("df/dx", "df/dy"),
        *("d2f/dx2", "d2f/dxdy", "d2f/dy2"),
        *("d3f/dx3", "d3f/dx2dy", "d3f/dxdy2", "d3f/dy3"),
    ]
    assert [d.expression for d in found.derivatives] == ["2*x*y", "x**2", "2*y", "2*x", "0", "0", "2", "0", "0"]


def test_without_a_point_the_forms_of_higher_order_are_spot_checked() -> None:
    found = ask("sin(x*y)", order=2)
    assert [d.expression for d in found.derivatives][2:] == [
        "-y**2*sin(x*y)",
        "cos(x*y) - x*y*sin(x*y)",
        "-x**2*sin(x*y)",
    ]
    assert found.status is AGREE
    assert len(found.spot_checks or ()) == 3


def test_digits_that_float64_loses_are_told_at_every_order() -> None:
    # (1 - cos(x))/x^2 is 1/2 - x^2/24 + ...: its second derivative at 0 is -1/12; near 0 float64 has only noise
    for seen in ask("(1-cos(x))/x^2", "x=1e-6", order=2).derivatives:
        assert seen.status is DIFFER
    assert only("(1-cos(x))/x^2", "x=1e-6", "xx").answer == pytest.approx(-1 / 12, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "slope", "third"),
    [
        ("atan(1e50*(1e50*(1e50*x)))", 1e150, "-2e450"),
        ("tanh(1e50*tanh(1e50*x))", 1e100, "-2e300"),  # -2*(a^6 + a^4) with a = 1e50
        ("erf(x*1e30*1e30)", 2e60 / math.sqrt(math.pi), "-2.256758334191025e180"),  # -2*a^2 times the first
    ],
)
def test_a_scale_that_is_hidden_is_found_by_the_quotients(text: str, slope: float, third: str) -> None:
    first, _, last = ask(text, "x=0", order=3).derivatives
    assert first.status is AGREE
    assert first.quotient == pytest.approx(slope, rel=1e-15)
    with mp.workdps(30):
        assert abs(mpf(last.digits) / mpf(third) - 1) < 1e-14


# In a direction


@pytest.mark.parametrize(
    ("text", "at", "along", "left", "right"),
    [
        ("abs(x)+abs(y)", "x=0,y=0", "x=1,y=2", -3, 3),
        ("max(x,y)", "x=0,y=0", "x=1,y=2", 1, 2),  # t or 2t, whichever is larger
        ("sqrt(x^2+y^2)", "x=0,y=0", "x=3,y=4", -5, 5),
        ("relu(x-y)", "x=1,y=1", "x=2,y=1", 0, 1),
        ("abs(x*y)", "x=0,y=3", "x=-1,y=5", -3, 3),
        ("max(x,y,z)", "x=1,y=1,z=1", "x=1,y=-1,z=0", -1, 1),
    ],
)
def test_at_a_kink_the_slopes_on_both_sides_in_a_direction_are_given(
    text: str, at: str, along: str, left: float, right: float
) -> None:
    by_v, by_u = ask(text, at, along=along).derivatives
    assert is_kink(by_v, Kind.CORNER, left, right)
    length = math.hypot(*map(float, (part.split("=")[1] for part in along.split(","))))
    assert is_kink(by_u, Kind.CORNER, pytest.approx(left / length), pytest.approx(right / length))


def test_a_function_may_have_a_slope_in_every_direction_and_torch_another() -> None:
    # f(t, t) = t/2, yet both partial derivatives are 0
    by_v, by_v2, by_u = ask("where(x^2+y^2>0,x^2*y/(x^2+y^2),0)", "x=0,y=0", along="x=1,y=1", order=2).derivatives
    assert (by_v.status, by_v.answer, by_v2.answer) == (DIFFER, 0.5, 0)
    assert by_u.answer == pytest.approx(0.5 / math.sqrt(2), rel=1e-15)


def test_derivatives_in_a_direction_are_those_of_the_chain_rule() -> None:
    # x^2*y at (1, 2) along (3, 4): (1 + 3t)^2*(2 + 4t) = 2 + 16t + 42t^2 + 36t^3
    found = ask("x^2*y", "x=1,y=2", along="x=3,y=4", order=3).derivatives
    assert [(d.name, d.answer, d.status) for d in found] == [
        ("D_v f", 16, AGREE),
        ("D_v^2 f", 84, AGREE),
        ("D_v^3 f", 216, AGREE),
        ("D_u f", pytest.approx(3.2), AGREE),
    ]
    assert [d.along for d in found] == [{"x": 3, "y": 4}] * 3 + [{"x": 0.6, "y": 0.8}]
    assert {d.wrt for d in found} == {("x", "y")}


def test_a_unit_direction_is_asked_once_and_a_variable_may_stay() -> None:
    (found,) = ask("x*y*z", "x=1,y=2,z=3", along="z=1").derivatives
    assert (found.name, found.answer, found.along) == ("D_v f", 2, {"z": 1})


@pytest.mark.parametrize("size", ["1e300", "1e-300"])
def test_a_direction_may_be_long_or_short(size: str) -> None:
    by_v, by_u = ask("x+y", "x=0,y=0", along=f"x={size},y={size}").derivatives
    assert by_v.answer == pytest.approx(2 * float(size))
    assert by_u.answer == pytest.approx(math.sqrt(2))
    assert by_u.along == pytest.approx({"x": math.sqrt(0.5), "y": math.sqrt(0.5)})


def test_no_name_that_nobody_typed_is_shown() -> None:
    for found in ask("max(x,y)", "x=0,y=0", along="x=1,y=2", order=2).derivatives:
        assert "@" not in f"{found.note}{found.expression}{found.name}{found.wrt}"


# Curves


@for_all(
    ("equation", "at", "variable", "slopes"),
    [
        # dy/dx = -x/y, -25/y^3, and 3*y'*25/y^4
        ("x^2+y^2=25", "x=3,y=4", "y", {"x": -3 / 4, "xx": -25 / 64, "xxx": -75 * 3 / 4 / 256}),
        # -4x/(9y) on 4x^2 + 9y^2 = 36; the second is -16/y^3/9 with 36*4 = 144
        ("4x^2+9y^2=36", "x=0,y=2", "y", {"x": 0, "xx": -2 / 9}),
        ("x^3+y^3=6*x*y", "x=3,y=3", "y", {"x": -1, "xx": -16 / 3}),  # -16xy/(y^2 - 2x)^3
        ("(x^2+y^2)^2=2*(x^2-y^2)", "x=sqrt(3)/2,y=1/2", "y", {"x": 0}),  # its highest point
        # with s = 1 + y^2: y' = y*s/(1 - x*s)
        ("tan(x*y)=y", "x=pi/4,y=1", "y", {"x": 2 / (1 - math.pi / 2)}),
        # e^y*y' = y + x*y', so y' = y/(x*y - x)
        ("exp(y)=x*y", "x=exp(2)/2,y=2", "y", {"x": 4 / math.exp(2)}),
        ("y=x^3", "x=2,y=8", "y", {"x": 12, "xx": 12, "xxx": 6, "xxxx": 0}),
        ("x=y^2", "x=9,y=-3", "y", {"x": -1 / 6, "xx": 1 / 108}),  # y = -sqrt(x)
        (
            "x^2+y^2+z^2=9",
            "x=1,y=2,z=2",
            "z",
            # z_xx = -(z^2 + x^2)/z^3, z_xy = -x*y/z^3
            {"x": -1 / 2, "y": -1, "xx": -5 / 8, "xy": -1 / 4, "yy": -1},
        ),
        ("x*y*z=6", "x=1,y=2,z=3", "z", {"x": -3, "y": -3 / 2, "xx": 6, "xy": 3 / 2, "yy": 3 / 2}),
        ("abs(y)*x=1", "x=1/2,y=-2", "y", {"x": 4, "xx": -16}),  # y = -1/x
        ("y/x=sqrt(2)", "x=1,y=sqrt(2)", "y", {"x": math.sqrt(2), "xx": 0}),
        ("(y-x)*(exp(y)+x)=0", "x=1,y=1", "y", {"x": 1, "xx": 0, "xxx": 0}),
        ("(y-2*x)*exp(x*y)=0", "x=1,y=2", "y", {"x": 2, "xx": 0}),
    ],
)
def test_the_slopes_of_a_curve_are_those_of_a_hand_calculation(
    equation: str, at: str, variable: str, slopes: dict[str, float]
) -> None:
    seen = derivatives(equation, at, implicit=variable, order=max(map(len, slopes)))
    for wrt, slope in slopes.items():
        assert seen[wrt].status is AGREE
        assert float(seen[wrt].digits or "nan") == pytest.approx(slope, rel=1e-14, abs=1e-20)
        assert seen[wrt].answer == pytest.approx(slope, rel=1e-9, abs=1e-12)


@for_all(
    ("equation", "at", "slopes"),
    [
        # Lambert's W (DLMF 4.13.5): the n-th derivative at 0 is (-n)^(n-1)
        ("y*exp(y)=x", "x=0,y=0", [(-n) ** (n - 1) for n in range(1, 11)]),
        # x - y + y^2 = 0: the Catalan numbers times n! (OEIS A001813)
        ("y-y^2=x", "x=0,y=0", [math.comb(2 * n - 2, n - 1) // n * math.factorial(n) for n in range(1, 13)]),
        # tan at 0 (DLMF 4.19.3)
        ("atan(y)=x", "x=0,y=0", [1, 0, 2, 0, 16, 0, 272, 0, 7936]),
    ],
)
def test_slopes_of_high_order_are_those_of_a_power_series(equation: str, at: str, slopes: list[int]) -> None:
    seen = derivatives(equation, at, implicit="y", order=len(slopes))
    assert {d.status for d in seen.values()} == {AGREE}
    assert [seen["x" * n].answer for n in range(1, len(slopes) + 1)] == pytest.approx(slopes, rel=1e-15)


def test_the_slopes_of_a_curve_without_a_formula_are_those_of_its_solution() -> None:
    # y near 0.5 at x = 1 where sin(x*y) + y^3 = c; mpmath solves for y at points around
    with mp.workdps(50):
        level = mp.sin(mpf("0.5")) + mpf("0.125")

        def solved(x: Any) -> Any:
            return mp.findroot(lambda y: mp.sin(x * y) + y**3 - level, mpf("0.5"))

        truth = {"x" * n: float(mp.diff(solved, 1, n)) for n in (1, 2, 3)}
    seen = derivatives("sin(x*y)+y^3=sin(0.5)+0.125", "x=1,y=0.5", implicit="y", order=3)
    assert {wrt: d.answer for wrt, d in seen.items()} == pytest.approx(truth, rel=1e-9)


def test_the_symbolic_form_of_a_slope_is_shown_in_all_variables() -> None:
    first, second = ask("x^2+y^2=25", "x=3,y=4", implicit="y", order=2).derivatives
    assert (first.name, first.expression, second.name) == ("dy/dx", "-x/y", "d2y/dx2")


@pytest.mark.parametrize(
    ("equation", "at", "kind"),
    [
        ("x^2+y^2=25", "x=5,y=0", Kind.VERTICAL_TANGENT),
        ("y^3=x", "x=0,y=0", Kind.VERTICAL_TANGENT),
        ("x^3+y^3=6*x*y", "x=0,y=0", Kind.SINGULAR),
        ("(x^2+y^2)^2=2*(x^2-y^2)", "x=0,y=0", Kind.SINGULAR),
        ("x^2+y^2=0", "x=0,y=0", Kind.SINGULAR),
    ],
)
def test_where_a_curve_has_no_slope_it_says_so_at_every_order(equation: str, at: str, kind: Kind) -> None:
    for seen in ask(equation, at, implicit="y", order=2).derivatives:
        assert (seen.status, seen.kind, seen.answer) == (Status.NOT_DIFFERENTIABLE, kind, None)


def test_a_kinked_curve_has_a_corner() -> None:
    first, second = ask("abs(x)+abs(y)=1", "x=0,y=1", implicit="y", order=2).derivatives
    assert is_kink(first, Kind.CORNER, 1, -1)
    assert is_kink(second, Kind.CORNER, None, None)


@pytest.mark.parametrize(
    ("equation", "at"),
    [
        ("y+abs(y)=x", "x=0,y=0"),  # above it is x/2, below there is none: no formula may say 1
        ("abs(x)+abs(y)=1", "x=1,y=0"),
        ("max(y,2y)=x", "x=0,y=0"),
    ],
)
def test_a_kink_across_a_curve_gets_no_slope_from_a_formula(equation: str, at: str) -> None:
    (seen,) = ask(equation, at, implicit="y").derivatives
    assert seen.status is not AGREE
    assert seen.answer is None


@pytest.mark.parametrize(
    ("equation", "at"),
    [
        ("sqrt(x)+sqrt(y)=1", "x=1,y=0"),
        ("sqrt(y)=x", "x=0,y=0"),
        ("asin(y)=x", "x=pi/2,y=1"),
        ("acos(y)=x", "x=0,y=1"),
        ("acosh(y)=x", "x=0,y=1"),
        ("x^(2/3)+y^(2/3)=1", "x=1,y=0"),
        ("y^(2/3)=x", "x=0,y=0"),
    ],
)
def test_where_a_curve_ends_no_formula_stands_in_for_its_slope(equation: str, at: str) -> None:
    for seen in ask(equation, at, implicit="y", order=2).derivatives:
        assert (seen.status, seen.answer, seen.kind) == (Status.UNVERIFIED, None, None)
        assert "is not decided" in (seen.note or "")


@pytest.mark.parametrize(
    ("equation", "at", "kind", "sides", "note"),
    [
        ("x^1.5=y", "x=0,y=0", Kind.ONE_SIDED, (None, 0), "no points on the left"),
        ("y^3+x^2.5=1", "x=0,y=1", Kind.ONE_SIDED, (None, 0), "no points on the left"),
        ("y=(-x)^1.5", "x=0,y=0", Kind.ONE_SIDED, (0, None), "no points on the right"),
        ("sqrt(x)+y=0", "x=0,y=0", Kind.VERTICAL_TANGENT, (None, -math.inf), "no points on the left"),
        ("cbrt(x)+y=0", "x=0,y=0", Kind.VERTICAL_TANGENT, (-math.inf, -math.inf), "vertical here"),
        ("y=cbrt(x)", "x=0,y=0", Kind.VERTICAL_TANGENT, (math.inf, math.inf), "vertical here"),
        ("y=x^(2/3)", "x=0,y=0", Kind.CUSP, (-math.inf, math.inf), "a cusp"),
        ("y=floor(x)", "x=1,y=1", Kind.JUMP, (math.inf, 0), "the curve is not continuous"),
    ],
)
def test_a_curve_has_the_kinks_of_its_equation_and_nothing_above_them(
    equation: str, at: str, kind: Kind, sides: tuple[float | None, float | None], note: str
) -> None:
    first, second = ask(equation, at, implicit="y", order=2).derivatives
    assert is_kink(first, kind, *sides)
    assert note in (first.note or "")
    assert is_kink(second, kind, None, None)


def test_a_point_off_the_curve_has_no_slope_and_says_by_how_much_it_misses() -> None:
    found = ask("x^2+y^2=25", "x=3,y=5", implicit="y", order=2)  # 9 + 25 - 25
    assert found.implicit is not None
    assert (found.implicit.variable, found.implicit.miss, found.value.answer) == ("y", 9, 9)
    assert "the point misses the curve: left side - right side is 9" in (found.value.note or "")
    for seen in found.derivatives:
        assert is_kink(seen, Kind.OFF_CURVE, None, None)
        assert seen.answer is None
    assert "on the level curve through it this is -0.6" in (found.derivatives[0].note or "")
    assert found.status is Status.NOT_DIFFERENTIABLE


@pytest.mark.parametrize("y", ["1.4142135623730951", "1.414213562373095", "1.41421356237310"])
def test_a_point_that_misses_a_curve_by_its_rounding_alone_is_on_it(y: str) -> None:
    found = ask("x*y^2=2", f"x=1,y={y}", implicit="y")
    assert found.status is AGREE
    assert found.derivatives[0].answer == pytest.approx(-math.sqrt(2) / 2, rel=1e-14)
    assert any("which the rounding of its coordinates explains" in note for note in found.notes)


@pytest.mark.parametrize(
    ("equation", "at"),
    [
        ("x*y^2=2", "x=1,y=1.41421356"),  # a decimal is what was typed
        ("(x*y^2-2)^2=0", "x=1,y=1.414213"),
        ("x^2+y^2=1e-20", "x=0,y=1.1e-10"),
        ("y=abs(x)", "x=1,y=1.0000000001"),
    ],
)
def test_a_point_that_misses_a_curve_by_more_is_off_it(equation: str, at: str) -> None:
    assert ask(equation, at, implicit="y").derivatives[0].kind is Kind.OFF_CURVE


@pytest.mark.parametrize(
    ("equation", "at", "hint"),
    [
        ("x^2+y^2=25", "x=3", "the curve passes y=-4 and y=4 there: add y=4 in `at`"),  # 3, 4, 5
        ("x*y^2=2", "x=1/2", "the curve passes y=-2 and y=2 there: add y=2 in `at`"),
        ("(y-x)^2=0", "x=3", "the curve passes y=3 there: add y=3 in `at`"),
        ("log(y)=x", "x=2", f"the curve passes y={math.exp(2)!r} there: add y={math.exp(2)!r} in `at`"),
        ("1/(y-x)=0", "x=0.3", "no value of `y` was found on the curve there; if it has one, add y=... in `at`"),
        ("x^2+y^2=25", "x=7", "no value of `y` was found on the curve there; if it has one, add y=... in `at`"),
    ],
)
def test_without_the_variable_of_a_curve_the_error_offers_its_values(equation: str, at: str, hint: str) -> None:
    with pytest.raises(PointError) as caught:
        ask(equation, at, implicit="y")
    assert (caught.value.message, caught.value.hint) == ("no value for `y`", hint)


def test_what_else_is_missing_is_told_as_elsewhere() -> None:
    with pytest.raises(PointError) as caught:
        ask("x*y*z=1", "x=1", implicit="y")
    assert caught.value.hint == "add y=... in `at`"


@pytest.mark.parametrize(("equation", "at"), [("tan(x*y)=y", "x=pi/4,y=1"), ("sin(x)=y", "x=pi,y=0")])
def test_a_point_on_the_curve_misses_by_nothing_whatever_float64_says(equation: str, at: str) -> None:
    found = ask(equation, at, implicit="y")
    assert found.implicit is not None
    assert found.implicit.miss == 0
    assert found.notes == ()


def test_a_miss_beyond_float64_is_not_known() -> None:
    found = ask("x^2+y^2=1e400", "x=1,y=1", implicit="y")
    assert found.implicit is not None
    assert found.implicit.miss is None
    assert found.derivatives[0].answer == -1


# Where the partial derivatives of the order below jump, do not exist next to the point, or are infinite there.
NO_MIXED = [
    ("where(abs(y)<abs(x),y,0)", Kind.JUMP),  # f_y(x, 0) = 1 but for f_y(0, 0) = 0
    ("max(-x^2,min(y,x^2))", Kind.JUMP),
    ("abs(x^2+y)-abs(x^2-y)", Kind.JUMP),
    ("where(abs(y)<x^2,x,0)", Kind.JUMP),  # f_x(0, y) = 0 but for f_x(0, 0) = 1
    ("where(x==0 and y==0,0,x^2*y/(x^2+y^2))", Kind.JUMP),
    ("where(x==0 and y==0,0,(x^3-y^3)/(x^2+y^2))", Kind.JUMP),
    ("min(abs(x),abs(y))", Kind.CORNER),  # f_y(x, 0) does not exist
    ("abs(x)*y^2", Kind.CORNER),  # f_x(0, y) does not exist
    ("x*abs(y)", Kind.CORNER),
    ("cbrt(y)*x", Kind.VERTICAL_TANGENT),
    # The same with terms of one variable, which do not change a mixed derivative.
    ("where(abs(y)<abs(x),y,0)+where(abs(x)<abs(y),x,0)+x+y", Kind.JUMP),
    ("3*max(-x^2,min(y,x^2))+3*y", Kind.JUMP),
    ("where(x==0 and y==0,0,x^2*y/(x^2+y^2))+sin(y)", Kind.JUMP),
    ("max(-x^4,min(y,x^4))", Kind.JUMP),
]


@for_all(("text", "kind"), NO_MIXED)
def test_a_mixed_derivative_needs_those_below_it_at_the_point_and_next_to_it(text: str, kind: Kind) -> None:
    seen = derivatives(text, "x=0,y=0", partial=(("x", "y"),))["xy"]
    assert (seen.status, seen.kind, seen.answer) == (Status.NOT_DIFFERENTIABLE, kind, None)


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(x^4+y^4)",
        "abs(x)*abs(y)*x*y",
        "abs(x)^3*abs(y)^3",
        "where(x!=0, x^5*sin(1/x)*y, 0)",
        "sin(y)+max(x,0)^3*y",
        "x+y+abs(x-y)^3",
        "y*abs(y)-abs(x)^3*y",
        "(y+abs(x)^3)^2",
        "exp(y*(abs(y)-abs(x)^3))",
        "hypot(x,y)^3",
        "cbrt(x)^4*y",
    ],
)
def test_a_mixed_derivative_at_a_seam_may_well_exist(text: str) -> None:
    # f_y(x, 0) is o(x), and f_x(0, y) is o(y)
    seen = derivatives(text, "x=0,y=0", partial=(("x", "y"),))["xy"]
    assert seen.quotient == 0
    assert seen.status in (Status.AGREE, Status.DIFFER)


@pytest.mark.parametrize(
    "text",
    ["min(abs(x),abs(y))", "where(x==0 and y==0,0,x^2*y/(x^2+y^2))", "x^2+y^2-min(abs(x),abs(y))", "cbrt(x^3+y^3)"],
)
def test_a_function_with_partial_derivatives_that_are_no_derivative_is_called_so(text: str) -> None:
    # along (1, 1): |t|, t/2, 2t^2 - |t|, cbrt(2)*t
    found = calculate(Request(text, {"x": "0", "y": "0"}, tangent=True, error={"x": "1"}))
    assert any(note.startswith("f is not differentiable here, though") for note in found.notes)
    assert found.tangent is None
    assert found.total is not None
    assert (found.total.at_point, found.total.uncertainty) == (None, None)


def test_a_function_that_is_differentiable_at_a_seam_is_left_alone() -> None:
    found = calculate(Request("x*abs(x)+y*abs(y)+x+2y", {"x": "0", "y": "0"}, tangent=True))
    assert found.notes == ()
    assert found.tangent is not None
    assert found.tangent.equation == "z = x + 2*y"
