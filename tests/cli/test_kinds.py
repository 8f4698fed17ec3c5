"""The options for every kind of derivative: what they print, how they go together, and what is refused."""

from __future__ import annotations

import json

import pytest

from derivcli.errors import ExitCode
from tests.cli import complaint, deriv
from tests.every import for_all


def quiet(*arguments: str) -> list[str]:
    answer = deriv(*arguments, "--quiet")
    assert answer.err == ""
    return answer.out.split()


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        # By hand, each of them.
        ("x^3 --at x=2 --order 3", ["12.0", "12.0", "6.0"]),
        ("x^2*y --at x=2,y=3 --order 2", ["12.0", "4.0", "6.0", "4.0", "0.0"]),
        ("x^2*y --at x=2,y=3 --order 2 --wrt x", ["12.0", "6.0"]),
        ("x^2*y^3 --at x=2,y=1 --partial x,x,y", ["6.0"]),
        ("x^2*y^3 --at x=2,y=1 --partial y,x --partial y", ["12.0", "12.0"]),
        ("x^2*y^3 --at x=2,y=1 --partial x,y,x --partial y,x,x", ["6.0"]),
        ("x*y --at x=1,y=2 --hessian", ["2.0", "1.0", "0.0", "1.0", "0.0"]),
        ("x^2*y --at x=1,y=2 --along x=3,y=4", ["16.0", "3.2"]),
        ("x^2*y --at x=1,y=2 --along x=1 --order 2", ["4.0", "4.0"]),
        ("x^2*y --at x=1,y=2 --along x=3 --along y=4", ["16.0", "3.2"]),
        ("x^2+y^2=25 --at x=3,y=4 --implicit y", ["-0.75"]),
        ("x^2+y^2=25 --at x=3,y=4 --implicit x", ["-1.3333333333333333"]),
        ("x^2+y^2-25 --at x=3,y=4 --implicit y", ["-0.75"]),
        ("x+y+z^2=6 --at x=1,y=1,z=2 --implicit z --wrt y", ["-0.25"]),
        ("x*y x+y --at x=2,y=3", ["3.0", "2.0", "1.0", "1.0"]),
        ("y=x^2 g(x)=2x --at x=2", ["4.0", "2.0"]),
        ("sqrt(x) --at x=4 --tangent", ["0.25"]),
        ("exp(x) --at x=0 --taylor 2", ["1.0", "1.0"]),
        ("x^2 --at x=3 --total", ["6.0"]),
    ],
)
def test_the_derivatives_asked_for_are_given(arguments: str, numbers: list[str]) -> None:
    assert quiet(*arguments.split()) == numbers


def test_views_are_in_the_json() -> None:
    answer = deriv(
        "x^2*y", "--at", "x=3,y=2", "--total", "--error", "x=0.01,y=0.02", "--tangent", "--hessian", "--json"
    )
    found = json.loads(answer.out)
    assert {"hessian", "tangent", "total"} <= found.keys()
    assert found["total"]["at_point"] == "df = 12*dx + 9*dy"
    # By hand: sqrt((12*0.01)^2 + (9*0.02)^2) = sqrt(0.0144 + 0.0324).
    assert found["total"]["uncertainty"] == pytest.approx(0.0468**0.5, rel=1e-15)
    assert found["tangent"]["equation"] == "z = 12*x + 9*y - 36"


def test_an_error_alone_asks_for_the_differential() -> None:
    assert json.loads(deriv("2x", "--at", "x=3", "--error", "x=0.5", "--json").out)["total"]["uncertainty"] == 1.0


def test_a_second_point_is_compared_with_the_polynomial() -> None:
    found = json.loads(deriv("x^3", "--at", "x=1", "--taylor", "2", "--near", "x=1.1", "--json").out)["taylor"]
    assert found["polynomial"] == "1 + 3*(x - 1) + 3*(x - 1)**2"
    # By hand: 1.331 - (1 + 0.3 + 0.03) = 0.001.
    assert found["near"] == {"at": {"x": 1.1}, "value": 1.331, "polynomial": 1.33, "error": 0.001}


@for_all(
    ("arguments", "message"),
    [
        (
            "x^2 --along x=1 --hessian --at x=1",
            "--along and --hessian do not go together\nhint: --along goes with --order; ask for the other by itself",
        ),
        (
            "x^2=y --implicit y --taylor 2 --at x=1,y=1",
            "--implicit and --taylor do not go together\n"
            "hint: --implicit goes with --order or --tangent; ask for the other by itself",
        ),
        ("x --along x=1 --wrt x", "--along names its variables itself\nhint: leave out --wrt"),
        ("x^2 --tangent", "--tangent needs a point\nhint: add --at x=..."),
        ("x^2 --taylor 2", "--taylor needs a point\nhint: add --at x=0"),
        ("x^2 --error x=1", "--error needs a point\nhint: add --at x=..."),
        ("x^2 --near x=1", "--near is the second point of --taylor\nhint: add --taylor 2"),
        ("x^2 --order 0", "the order must be a whole number, 1 or larger\nhint: --order 2 gives f' and f''"),
        (
            "x^2 --order 1.5",
            "invalid value for '--order': '1.5' is not a whole number\n"
            "hint: deriv --help lists the options, deriv --manual options explains them",
        ),
        ("x^2 --order -1", "the order must be a whole number, 1 or larger\nhint: --order 2 gives f' and f''"),
        ("x*y --partial x,z", "`z` does not occur in the expression\nhint: its variables are x, y"),
        ("x*y --wrt x --partial x,y", "`y` is held\nhint: --wrt names only x"),
        ("x*y --along z=1", "`z` does not occur in the expression\nhint: its variables are x, y"),
        (
            "x*y --at x=1,y=1 --along x=0",
            "the direction is 0, or too small for float64\nhint: give a direction such as --along x=1,y=2",
        ),
        ("x*y --implicit z", "`z` does not occur in the expression\nhint: its variables are x, y"),
        ("x^2*y --at x=1,y=1 --along x=1e400", "the value of `x` is too large for float64"),
        ("x^2 --at x=1 --error x=1e400", "the value of `x` is too large for float64"),
        ("x^2 --at x=1 --taylor 2 --near x=1e400", "the value of `x` is too large for float64"),
        ("y=3 --implicit y", "there is no variable but `y`\nhint: a curve needs two: x^2 + y^2 = 25"),
        ("x y --at x=1", "no value for `y`\n  y\n  ^\nhint: add --at y=..."),
        ("- - --at x=1", "- stands for standard input, which can be read once only"),
        ("x^2 --at x=1 --error x=-1", "the error of `x` must be 0 or larger, not -1"),
        ("x^2 --at x=1 --error y=1", "`y` does not occur in the expression\nhint: its variables are x"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: str, message: str) -> None:
    answer = deriv(*arguments.split())
    assert (answer.out, answer.code) == ("", ExitCode.USAGE)
    assert answer.err == f"error: {message}\n"


def test_too_many_derivatives_are_a_limit() -> None:
    answer = deriv("a+b+c+d", "--order", "30")
    assert answer.code == ExitCode.LIMIT
    assert answer.err == (
        "error: 4 variables have 46375 derivatives up to order 30: the limit is 10000\n"
        "hint: --wrt x,y differentiates by fewer variables, --partial x,x,y asks for single derivatives\n"
    )
    assert deriv("x", "--order", "64", "--quiet").code == ExitCode.AGREE
    assert deriv("x", "--order", "65").err == "error: order 65 is too high: the limit is 64\n"
    assert deriv("x", "--order", "9" * 24).err == f"error: order {'9' * 24} is too high: the limit is 64\n"
    assert deriv("x=y", "--implicit", "y", "--order", "13").err == "error: order 13 is too high: the limit is 12\n"
    names = [f"x{k}" for k in range(10)]
    product = "*".join(names)
    assert deriv(product, "--partial", ",".join(names)).err == (
        "error: this mixed derivative has 1024 derivatives below it: the limit is 1000\n"
    )


@pytest.mark.nightly  # seconds of sympy, and nothing refused
def test_just_as_many_derivatives_as_the_limit_are_answered() -> None:
    assert deriv("x=y", "--implicit", "y", "--order", "12", "--quiet").code == ExitCode.AGREE
    names = [f"x{k}" for k in range(10)]
    assert deriv("+".join(names), "--partial", ",".join(names[:9]), "--quiet").out == "0\n"  # 512 below it


def test_what_numbers_alone_leave_out_is_said_on_standard_error() -> None:
    answer = deriv("x^2+y^2=25", "--at", "x=3,y=4.1", "--implicit", "y", "--quiet")
    assert (answer.code, answer.out) == (ExitCode.NO_DERIVATIVE, "nan\n")
    assert answer.err == "note: the point misses the curve: left side - right side is 0.81\n"  # 9 + 16.81 - 25
    assert deriv("x^2", "--at", "x=1", "--total", "--taylor", "1", "--csv").err == (
        "note: csv holds the derivatives alone; --json has the taylor and the total too\n"
    )
    assert deriv("x^2", "--at", "x=1", "--total").err == ""


def test_a_dash_as_the_output_is_standard_output() -> None:
    assert deriv("x^2", "--at", "x=1", "--quiet", "--output", "-").out == "2.0\n"


def test_a_constant_has_an_empty_hessian() -> None:
    answer = deriv("3", "--hessian", "--json")
    assert (answer.code, json.loads(answer.out)["hessian"]["matrix"]) == (ExitCode.AGREE, [])


def test_an_expression_in_pieces_is_not_a_system() -> None:
    for words in (["x", "+", "1"], ["2*", "x"], ["sin(x", "+1)"], ["x", "^2"]):
        assert complaint(*words).startswith(f"error: the shell made {len(words)} words of one expression\n")
    assert deriv("x", "-x", "--at", "x=1", "--quiet").out == "1.0\n-1.0\n"


def test_exit_codes_are_those_of_the_worst_number() -> None:
    assert deriv("x^2", "abs(x)", "--at", "x=0").code == ExitCode.NO_DERIVATIVE
    assert deriv("x^2", "tanh(x)", "--at", "x=20").code == ExitCode.DIFFER
    assert deriv("abs(x)^3", "--at", "x=0", "--order", "2").code == ExitCode.AGREE
    assert deriv("abs(x)^3", "--at", "x=0", "--order", "3").code == ExitCode.NO_DERIVATIVE
    assert deriv("x^2+y^2=25", "--at", "x=5,y=0", "--implicit", "y").code == ExitCode.NO_DERIVATIVE
