"""Which derivatives a request asks for, and what is said of requests that make no sense."""

from __future__ import annotations

from typing import Any

import pytest

from derivcli.calculator import calculate
from derivcli.errors import DerivError, LimitError, PointError, UsageError
from derivcli.language import question
from derivcli.model import Request
from derivcli.targets import check, name_of, targets
from tests.every import for_all

AT = {"x": "1", "y": "2"}


def asked(**wanted: Any) -> list[str]:
    """Return what the derivatives of a function of x and y are taken by, as letters."""
    request = Request("x*y", AT, **wanted)
    check(request)
    return ["".join(wrt) for wrt in targets(request, question.read("x*y", AT, request.wrt))]


@for_all(
    ("wanted", "expected"),
    [
        ({}, "x y"),
        ({"wrt": ("y",)}, "y"),
        ({"wrt": ("y", "x")}, "y x"),
        ({"order": 2}, "x y xx xy yy"),
        ({"order": 3, "wrt": ("x",)}, "x xx xxx"),
        ({"hessian": True}, "x y xx xy yy"),
        ({"hessian": True, "wrt": ("y",)}, "y yy"),
        ({"hessian": True, "order": 3}, "x y xx xy yy xxx xxy xyy yyy"),
        ({"taylor": 0}, "x y"),
        ({"taylor": 2}, "x y xx xy yy"),
        ({"partial": (("x", "x", "y"),)}, "xxy"),
        ({"partial": (("y", "x", "x"),)}, "xxy"),
        ({"partial": (("x", "y"), ("y", "x"), ("x",))}, "xy x"),
        ({"partial": (("x", "x", "y"),), "hessian": True}, "x y xx xy yy xxy"),
        ({"partial": (("x", "y"),), "order": 2}, "x y xx xy yy"),
        ({"tangent": True}, "x y"),
        ({"total": True}, "x y"),
        ({"along": {"x": "1"}, "order": 2}, "@v @v@v @u"),
    ],
)
def test_a_request_asks_for_these_derivatives(wanted: dict[str, Any], expected: str) -> None:
    assert asked(**wanted) == expected.split()


def refused(kind: type[DerivError], at: dict[str, str] | None = AT, **wanted: Any) -> tuple[str, str | None]:
    """Return what is said of a request, and the way out."""
    with pytest.raises(kind) as caught:
        calculate(Request("x*y", at, **wanted))
    return caught.value.message, caught.value.hint


GOES = "--along goes with --order; ask for the other by itself"
CURVE = "--implicit goes with --order or --tangent; ask for the other by itself"


@for_all(
    ("wanted", "message", "hint"),
    [
        ({"along": {"x": "1"}, "hessian": True}, "--along and --hessian do not go together", GOES),
        (
            {"partial": ((),)},
            "a partial derivative needs a variable",
            "--partial x,x,y names what f is differentiated by, one after the other",
        ),
        ({"along": {"x": "1"}, "partial": (("x",),)}, "--along and --partial do not go together", GOES),
        ({"along": {"x": "1"}, "tangent": True}, "--along and --tangent do not go together", GOES),
        ({"along": {"x": "1"}, "taylor": 2}, "--along and --taylor do not go together", GOES),
        ({"along": {"x": "1"}, "total": True}, "--along and --total do not go together", GOES),
        ({"along": {"x": "1"}, "error": {"x": "1"}}, "--along and --error do not go together", GOES),
        ({"along": {"x": "1"}, "implicit": "y"}, "--along and --implicit do not go together", GOES),
        ({"implicit": "y", "hessian": True}, "--implicit and --hessian do not go together", CURVE),
        ({"implicit": "y", "taylor": 2}, "--implicit and --taylor do not go together", CURVE),
        ({"implicit": "y", "total": True}, "--implicit and --total do not go together", CURVE),
        ({"implicit": "y", "partial": (("x",),)}, "--implicit and --partial do not go together", CURVE),
        ({"order": 0}, "the order must be a whole number, 1 or larger", "--order 2 gives f' and f''"),
        ({"order": -3}, "the order must be a whole number, 1 or larger", "--order 2 gives f' and f''"),
        ({"taylor": -1}, "the order of a Taylor polynomial must be 0 or larger", "try --taylor 3"),
        ({"along": {"x": "1"}, "wrt": ("x",)}, "--along names its variables itself", "leave out --wrt"),
        ({"at": None, "tangent": True}, "--tangent needs a point", "add x=... in `at`"),
        ({"at": None, "taylor": 2}, "--taylor needs a point", "add x=0 in `at`"),
        ({"at": None, "error": {"x": "1"}}, "--error needs a point", "add x=... in `at`"),
        ({"near": {"x": "2"}}, "--near is the second point of --taylor", "add --taylor 2"),
        (
            {"along": {"x": "0"}},
            "the direction is 0, or too small for float64",
            "give a direction such as --along x=1,y=2",
        ),
        (
            {"along": {"x": "1e308", "y": "1.5e308"}},
            "the direction is too large",
            "give a direction such as --along x=1,y=2",
        ),
    ],
)
def test_what_makes_no_sense_is_said_with_the_way_out(wanted: dict[str, Any], message: str, hint: str) -> None:
    assert refused(UsageError, **wanted) == (message, hint)


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (
            {"partial": (("x", "z"),)},
            "`z` does not occur in the expression",
            "its variables are x, y",
        ),
        ({"partial": (("x", "y"),), "wrt": ("x",)}, "`y` is held", "--wrt names only x"),
        ({"implicit": "z"}, "`z` does not occur in the expression", "its variables are x, y"),
        ({"along": {"z": "1"}}, "`z` does not occur in the expression", "its variables are x, y"),
        ({"taylor": 2, "near": {"z": "1"}}, "`z` does not occur in the expression", "its variables are x, y"),
        ({"error": {"z": "1"}}, "`z` does not occur in the expression", "its variables are x, y"),
        ({"error": {"x": "-1"}}, "the error of `x` must be 0 or larger, not -1", None),
        ({"error": {"x": "log(-1)"}}, "the value of `x` is not a real number", None),
        ({"error": {"x": "1e400"}}, "the value of `x` is too large for float64", None),
        ({"along": {"x": "log(-1)"}}, "the value of `x` is not a real number", None),
    ],
)
def test_names_and_numbers_that_do_not_fit_are_refused(wanted: dict[str, Any], message: str, hint: str | None) -> None:
    assert refused(PointError, **wanted) == (message, hint)


@pytest.mark.parametrize("wanted", [{"order": 65}, {"taylor": 65}, {"partial": (("x",) * 65,)}])
def test_an_order_that_is_too_high_is_refused(wanted: dict[str, Any]) -> None:
    assert refused(LimitError, **wanted) == ("order 65 is too high: the limit is 64", None)


def test_the_highest_order_is_answered() -> None:
    # the odd derivatives of sin at 0 are 1 and -1 in turn
    found = calculate(Request("sin(x)", {"x": "0"}, partial=(("x",) * 63, ("x",) * 64))).derivatives
    assert [d.answer for d in found] == [pytest.approx(-1), 0]


def test_too_many_derivatives_are_refused_with_the_way_out() -> None:
    text = "*".join(f"x{k}" for k in range(140))
    at = {f"x{k}": "1" for k in range(140)}
    with pytest.raises(LimitError) as caught:
        calculate(Request(text, at, hessian=True))
    # 141*142/2 - 1
    assert caught.value.message == "140 variables have 10010 derivatives up to order 2: the limit is 10000"
    assert caught.value.hint == (
        "--wrt x,y differentiates by fewer variables, --partial x,x,y asks for single derivatives"
    )


@pytest.mark.parametrize(
    ("wrt", "function", "name"),
    [
        (("x",), "f", "df/dx"),
        (("x", "x"), "f", "d2f/dx2"),
        (("x", "x", "y"), "f", "d3f/dx2dy"),
        (("a", "b"), "z", "d2z/dadb"),
        (("x1", "x1", "x2"), "y", "d3y/dx12dx2"),
    ],
)
def test_a_derivative_has_its_name_from_leibniz(wrt: tuple[str, ...], function: str, name: str) -> None:
    assert name_of(wrt, function) == name


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("d/dx (x*y)", {}, "x"),
        ("d/dx (x*y)", {"wrt": ("x",)}, "x"),
        ("d^2/dx^2 (x*y)", {}, "xx"),
        ("d^2/dx^2 (x*y)", {"order": 2}, "x xx"),
        ("∂²/∂x∂y (x*y)", {}, "xy"),
        ("diff(x*y, y, 2)", {}, "yy"),
        ("D(x*y)", {}, "x y"),
        ("D(x*y)", {"wrt": ("y",)}, "y"),
        ("(x*y)''", {"wrt": ("y",)}, "yy"),
        ("(x*y)''", {}, "x y xx xy yy"),
    ],
)
def test_a_notation_asks_as_the_options_do(text: str, wanted: dict[str, Any], expected: str) -> None:
    result = calculate(Request(text, AT, **wanted))
    assert ["".join(answer.wrt) for answer in result.derivatives] == expected.split()


@pytest.mark.parametrize(
    ("text", "wanted", "option"),
    [
        ("d/dx (x*y)", {"wrt": ("y",)}, "--wrt"),
        ("d/dx (x*y)", {"order": 2}, "--order"),
        ("d^2/dx^2 (x*y)", {"order": 3}, "--order"),
        ("d/dx (x*y)", {"partial": (("x", "y"),)}, "--partial"),
        ("(x*y)'", {"along": {"x": "1", "y": "0"}}, "--along"),
    ],
)
def test_a_notation_and_an_option_that_say_different_things_are_refused(
    text: str, wanted: dict[str, Any], option: str
) -> None:
    with pytest.raises(UsageError) as caught:
        calculate(Request(text, AT, **wanted))
    assert caught.value.message == f"the expression and {option} both say what to compute"
    assert caught.value.hint == f"leave out {option}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("7", {"wrt": ("t",)}), ("d/dt 7", {}), ("(pi)'", {}), ("derivative of 5", {}), ("7", {"partial": (("t", "u"),)})],
)
def test_the_derivative_of_a_constant_is_0(text: str, wanted: dict[str, Any]) -> None:
    (derivative,) = calculate(Request(text, **wanted)).derivatives
    assert derivative.expression == "0"
