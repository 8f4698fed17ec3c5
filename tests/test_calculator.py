"""Request -> Result: the numbers that the tool must show, kinks, lost digits, and what comes along with them."""

from __future__ import annotations

import math

import pytest
from mpmath import mp, mpf

from derivcli.calculator import calculate
from derivcli.errors import LimitError, PointError
from derivcli.model import Derivative, Kind, Request, Result, Sides, Status
from tests.every import for_all
from tests.witnesses.outside import OUTSIDE

INF = math.inf
AGREE, DIFFER = Status.AGREE, Status.DIFFER


def ask(text: str, **point: str) -> Result:
    return calculate(Request(text, point))


def partials(result: Result) -> dict[str, float | None]:
    return {derivative.wrt[0]: derivative.answer for derivative in result.derivatives}


def slope(text: str, **point: str) -> Derivative:
    (found,) = ask(text, **point).derivatives
    return found


# Ordinary expressions: all agree.


@for_all(
    ("text", "point", "value", "slopes"),
    [
        ("5*x**4+3*x**3", {"x": "2"}, 104, {"x": 196}),
        ("5*x**4 + 3*x**3 + 7*x**2 + 9*x - 5", {"x": "2"}, 145, {"x": 233}),
        ("3x^2", {"x": "3"}, 27, {"x": 18}),
        ("6x^2+2x+4", {"x": "3"}, 64, {"x": 38}),
        ("u^3+v^2+4u*v", {"u": "3", "v": "4"}, 91, {"u": 43, "v": 20}),
        ("x^2", {"x": "2"}, 4, {"x": 4}),
        ("x^2+2x+1", {"x": "2"}, 9, {"x": 6}),
        ("2x^3+x", {"x": "1"}, 3, {"x": 7}),
        ("v*u+u^2", {"u": "1", "v": "2"}, 3, {"u": 4, "v": 1}),
        ("u*v+(u*v)^2", {"u": "2", "v": "1"}, 6, {"u": 5, "v": 10}),
        ("x**2", {"x": "9"}, 81, {"x": 18}),
        # sin(25*sqrt(2)), cos(25*sqrt(2))/(2*sqrt(2))
        ("sin(x/(2*sqrt(2)))", {"x": "100"}, -0.7158354760083561, {"x": -0.24687536614856145}),
        ("u**2+v**3+u*v", {"u": "2", "v": "4"}, 76, {"u": 8, "v": 50}),
        ("relu(x)", {"x": "2"}, 2, {"x": 1}),
        ("relu(x)", {"x": "-2"}, 0, {"x": 0}),
        ("gamma*pr/(gamma-1)", {"gamma": "1.4", "pr": "2"}, 7, {"gamma": -12.5, "pr": 3.5}),
        ("E_n*exp(-I*t)", {"E_n": "2", "I": "1", "t": "0"}, 2, {"E_n": 1, "I": 0, "t": -2}),
        ("where(x>0, sqrt(x), x)", {"x": "-1"}, -1, {"x": 1}),
        ("9007199254740993*x", {"x": "1"}, 9007199254740992, {"x": 9007199254740992}),
        ("7", {}, 7, {}),
        ("hypot(x,y)", {"x": "3", "y": "4"}, 5, {"x": 0.6, "y": 0.8}),
    ],
)
def test_all_witnesses_agree_on_the_printed_numbers(
    text: str, point: dict[str, str], value: float, slopes: dict[str, float]
) -> None:
    found = ask(text, **point)
    assert found.status is AGREE
    assert {number.status for number in (found.value, *found.derivatives)} == {AGREE}
    assert found.value.answer == pytest.approx(value, rel=1e-12)
    assert partials(found) == pytest.approx(slopes, rel=1e-12, abs=1e-15)
    for number in (found.value, *found.derivatives):
        assert number.symbolic == number.quotient == float(number.digits or "nan")
        assert number.kind is number.note is None
    for derivative in found.derivatives:
        assert derivative.left == derivative.right == derivative.quotient


@for_all(
    ("text", "point", "value", "kind", "left", "right", "autograd"),
    [
        ("relu(x)", "0", 0, Kind.CORNER, 0, 1, 0),
        ("abs(x)", "0", 0, Kind.CORNER, -1, 1, 0),
        ("abs(x-0.1)", "0.1", 0, Kind.CORNER, -1, 1, 0),
        ("sqrt(x)", "0", 0, Kind.VERTICAL_TANGENT, None, INF, INF),
        ("where(x<1, x^2, 3x)", "1", 3, Kind.JUMP, INF, 3, 3),
        ("cbrt(x)", "0", 0, Kind.VERTICAL_TANGENT, INF, INF, INF),
        ("sqrt(abs(x))", "0", 0, Kind.CUSP, -INF, INF, None),
        ("x^1.5", "0", 0, Kind.ONE_SIDED, None, 0, 0),
        ("where(x==0, 0, x*sin(1/x))", "0", 0, Kind.OSCILLATING, None, None, 0),
        ("max(x, 0)", "0", 0, Kind.CORNER, 0, 1, None),
        ("floor(x)", "2", 2, Kind.JUMP, INF, 0, 0),
        ("asin(sin(x))", "pi/2", math.pi / 2, Kind.CORNER, 1, -1, None),
        ("x^x", "0", 1, Kind.VERTICAL_TANGENT, None, -INF, None),
    ],
)
def test_a_kink_is_said_with_its_kind_its_sides_and_torchs_convention(
    text: str, point: str, value: float, kind: Kind, left: float | None, right: float | None, autograd: float | None
) -> None:
    found = ask(text, x=point)
    (seen,) = found.derivatives
    assert found.status is Status.NOT_DIFFERENTIABLE
    assert (found.value.status, found.value.answer) == (AGREE, value)
    assert (seen.status, seen.kind, seen.answer) == (Status.NOT_DIFFERENTIABLE, kind, None)
    assert (seen.left, seen.right) == (left, right)
    assert seen.autograd == autograd or autograd is None
    assert "torch returns" in (seen.note or "")


# A side and its slope at 0, by hand: from the left, from the right.
SIDES = [
    ("0", 0, 0),
    ("2*x", 2, 2),
    ("x^2-x", -1, -1),
    ("cbrt(x)", INF, INF),
    ("-cbrt(x)", -INF, -INF),
    ("sqrt(abs(x))", -INF, INF),
]


@pytest.mark.parametrize("before", SIDES)
@pytest.mark.parametrize("after", SIDES)
def test_a_kink_of_any_two_sides_is_named_by_its_slopes(
    before: tuple[str, float, float], after: tuple[str, float, float]
) -> None:
    left, right = before[1], after[2]
    seen = slope(f"where(x<0, {before[0]}, {after[0]})", x="0")
    if left == right and math.isfinite(left):
        assert (seen.status, seen.answer) in ((AGREE, left), (DIFFER, left))
        return
    if math.isinf(left) and math.isinf(right):
        kind = Kind.VERTICAL_TANGENT if left == right else Kind.CUSP
    else:
        kind = Kind.CORNER
    assert (seen.kind, seen.left, seen.right) == (kind, left, right)


@pytest.mark.parametrize(
    ("text", "point", "kind", "limit"),
    [
        ("log(x)", "-1", Kind.OUTSIDE_DOMAIN, None),
        ("sin(x)/x", "0", Kind.REMOVABLE, Sides(1, 1)),
        ("1/x", "0", Kind.POLE, Sides(-INF, INF)),
        ("x/x", "0", Kind.REMOVABLE, Sides(1, 1)),
        ("x^(1/3)", "-8", Kind.OUTSIDE_DOMAIN, None),
        ("tan(x)", "pi/2", Kind.POLE, Sides(INF, -INF)),
        ("1/sin(pi*x)", "1", Kind.POLE, Sides(INF, -INF)),
        ("x*log(x)", "0", Kind.REMOVABLE, Sides(None, 0)),
        ("atan(1/x)", "0", Kind.JUMP, Sides(-math.pi / 2, math.pi / 2)),
    ],
)
def test_where_f_has_no_value_nothing_is_answered(text: str, point: str, kind: Kind, limit: Sides | None) -> None:
    found = ask(text, x=point)
    (seen,) = found.derivatives
    assert found.status is found.value.status is seen.status is Status.UNDEFINED
    assert (found.value.kind, found.value.limit, found.value.answer) == (kind, limit, None)
    assert (seen.answer, seen.note) == (None, "no derivative where f has no value")


def test_a_derivative_that_exists_where_autograd_has_nan_differs_and_is_given() -> None:
    seen = slope("sqrt(x^4)", x="0")
    assert (seen.status, seen.answer, seen.quotient) == (DIFFER, 0, 0)
    assert math.isnan(seen.autograd or 0)
    assert seen.note == "autograd gives nan; the true number is 0; 0*inf in the backward of `sqrt(x**4)`"


def test_lost_digits_differ_with_the_true_number() -> None:
    seen = slope("tanh(x)", x="20")
    with mp.workdps(40):
        truth = 1 - mp.tanh(20) ** 2
        assert abs(mpf(seen.digits or "nan") / truth - 1) < mpf(10) ** -24
    assert (seen.status, seen.autograd) == (DIFFER, 0)
    assert seen.answer == pytest.approx(1.6993417021166355e-17, rel=1e-15)
    assert (seen.note or "").startswith("0 of autograd's 16 digits are right; the true number is 1.69934170211664e-17")


def test_cancellation_differs_in_the_value_and_in_the_derivative() -> None:
    found = ask("(1-cos(x))/x^2", x="1e-8")
    (seen,) = found.derivatives
    # 1/2 - x^2/24, and -x/12
    assert (found.value.status, found.value.answer) == (DIFFER, 0.5)
    assert seen.status is DIFFER
    assert seen.answer == pytest.approx(-1e-8 / 12, rel=1e-14)


def test_overflow_differs_and_underflow_agrees() -> None:
    found = ask("10**400*x", x="1")
    assert (found.value.status, found.value.autograd, found.value.answer) == (DIFFER, INF, None)
    assert ask("exp(-1000*x)", x="1").status is AGREE


def test_an_expression_without_variables_has_a_value_and_no_derivatives() -> None:
    for found in (ask("7"), calculate(Request("7"))):
        assert (found.value.answer, found.derivatives, found.variables, found.status) == (7, (), (), AGREE)


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("softplus(x)", "3000", 3000.0),
        ("log(exp(x))", "5000", 5000.0),
        ("log(cosh(x))", "3000", 3000 - math.log(2)),
    ],
)
def test_the_logarithm_of_something_huge_is_right(text: str, x: str, value: float) -> None:
    assert ask(text, x=x).value.answer == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(("text", "x"), [("where(x > 1 - 1e-80, 1, 2)", "1"), ("where(x < 1 + 1e-80, 1, 2)", "1")])
def test_exact_numbers_are_compared_exactly(text: str, x: str) -> None:
    assert ask(text, x=x).value.answer == 1


# What comes along.


def test_the_symbolic_form_comes_in_the_language_and_in_latex() -> None:
    found = ask("5*x**4+3*x**3", x="2")
    (seen,) = found.derivatives
    assert (seen.name, seen.wrt, seen.expression, seen.latex) == (
        "df/dx",
        ("x",),
        "20*x**3 + 9*x**2",
        "20 x^{3} + 9 x^{2}",
    )
    assert (found.expression, found.read_as) == ("5*x**4+3*x**3", "5*x**4 + 3*x**3")


def test_the_point_is_given_as_float64_and_as_typed() -> None:
    found = ask("x*y", y="1/3", x="pi/4")
    assert found.at == {"x": math.pi / 4, "y": 1 / 3}
    assert found.at_text == {"x": "pi/4", "y": "1/3"}


def test_only_the_chosen_variables_are_differentiated_by() -> None:
    found = calculate(Request("x*y*z", {"x": "1", "y": "2", "z": "3"}, wrt=("z", "x")))
    assert partials(found) == {"z": 2, "x": 6}
    assert calculate(Request("x*y", {"x": "1", "y": "2"}, wrt=())).derivatives == ()


def test_a_symbolic_form_that_says_otherwise_is_a_note() -> None:
    seen = slope("where(x == 0, 0, x^2*sin(1/x)) + x*heaviside(x)^2*0", x="0")
    assert seen.status is AGREE
    seen = slope("where(x == 2, 4, x^2)", x="2")
    assert (seen.answer, seen.quotient) == (4, 4)
    assert "symbolic form gives 0 here" in (seen.note or "")


def test_how_something_was_read_is_a_note() -> None:
    assert any("(1/2)*x" in note or "1/2*x" in note for note in ask("1/2x", x="1").notes)
    (note,) = calculate(Request("gamma(x)", {"x": "5", "gamma": "2"})).notes
    assert note == "the value of `gamma` is not used: `gamma(...)` is the function"


def test_a_coordinate_beyond_float64_or_undefined_is_refused() -> None:
    with pytest.raises(PointError, match="the value of `x`"):
        ask("x", x="1e400")
    for text in ("1/0", "sqrt(-4)"):  # each costs a worker
        with pytest.raises(PointError, match="the value of `x`"):
            ask("x", x=text)


def test_an_expression_that_is_too_large_is_refused_before_anything_computes() -> None:
    for text in ("9**9**9**9", "factorial(10**7)", "2**(10**8)*x"):
        with pytest.raises(LimitError):
            calculate(Request(text))


def test_a_long_sum_of_many_variables_is_answered() -> None:
    count = 300
    names = [f"x{k}" for k in range(10)]
    text = " + ".join(f"{k}*{names[k % 10]}^2" for k in range(count))
    found = calculate(Request(text, dict.fromkeys(names, "1")))
    assert found.status is AGREE
    assert partials(found)["x3"] == sum(2 * k for k in range(count) if k % 10 == 3)


@for_all("text", OUTSIDE)
def test_outside_the_domain_of_a_function_the_verdict_is_undefined(text: str) -> None:
    assert ask(text).value.status is Status.UNDEFINED


def test_readings_are_the_notes_on_the_text_and_no_others() -> None:
    found = calculate(Request("1/2x + 0^x", {"x": "0"}))
    assert found.readings == ("`1/2x` was read as `(1/2)*x`",)
    assert found.notes[:1] == found.readings
    assert len(found.notes) > 1


@for_all(
    ("text", "note"),
    [
        # By hand: on y = -x + x^3 the first is about -1/x, on y = x^4 the second is 1/2.
        ("x*y/(x+y)", "f is not defined here; along some paths it grows without bound"),
        ("(x^2+y^2)/(x-y)", "f is not defined here; along some paths it grows without bound"),
        (
            "x^4*y/(x^8+y^2)",
            "f is not defined here; along every path that was tried it has the same limit, which does not prove one",
        ),
        ("x/y", "f is not defined here; along some paths it grows without bound"),
    ],
)
def test_of_several_variables_no_limit_is_proved_by_some_paths(text: str, note: str) -> None:
    found = calculate(Request(text, {"x": "0", "y": "0"})).value
    assert (found.status, found.proof, found.note) == (Status.UNDEFINED, None, note)


@for_all(
    ("text", "x", "status", "kind"),
    [
        # The degree is not an odd whole number, so a negative number has no root, though 1/degree is whole.
        ("root(x,0.5)", "-1", Status.UNDEFINED, Kind.OUTSIDE_DOMAIN),
        ("root(x,-1/2)", "-1", Status.UNDEFINED, Kind.OUTSIDE_DOMAIN),
        ("root(x,0.5)", "0", Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED),
        ("root(x,1/3)", "0", Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED),
        ("abs(x)+root(x,0.5)", "0", Status.NOT_DIFFERENTIABLE, Kind.ONE_SIDED),
        ("root(x,3)", "-8", Status.AGREE, None),
    ],
)
def test_a_root_of_a_negative_number_is_of_an_odd_degree(text: str, x: str, status: Status, kind: Kind | None) -> None:
    found = calculate(Request(text, {"x": x})).derivatives[0]
    assert (found.status, found.kind) == (status, kind)
