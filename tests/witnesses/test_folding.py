"""Constant subtrees become the float64 nearest to their true value; nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.folding import fold
from tests.checks import program_of
from tests.every import for_all

if TYPE_CHECKING:
    from derivcli.language.program import Program


def folded(text: str) -> Program:
    return fold(program_of(text))


def outline(program: Program) -> list[str]:
    return [" ".join([op, *map(str, args), text]).strip() for op, args, text in program.instructions]


@for_all(
    ("text", "number"),  # rounded once: what float64 arithmetic gives step by step is another number in most of these
    [
        ("0.1 + 0.2", 0.3),
        ("9007199254740993 - 9007199254740992", 1.0),
        ("1e16 + 1 - 1e16", 1.0),
        ("sin(pi)", 0.0),
        ("sin(pi*1e15)", 0.0),
        ("log(8)/log(2)", 3.0),
        ("log(1000, 10)", 3.0),
        ("(1/49)*49", 1.0),
        ("sqrt(2)^2", 2.0),
        ("1 - tanh(300)", float(4 * mp.exp(-600) / 2)),
        ("10^400", float("inf")),
        ("10^400/10^399", 10.0),
        ("factorial(200)/factorial(199)", 200.0),
        ("gamma(0.5)^2 - pi", 0.0),
        ("(-8)^3", -512.0),
    ],
)
def test_a_constant_is_rounded_once(text: str, number: float) -> None:
    assert outline(folded(text)) == [f"float {number!r}"]


@pytest.mark.parametrize(
    "text", ["exp(1)/3", "2^0.3", "pi^pi", "sin(1)*cos(2)/7", "erf(0.3)", "atan2(1, 3)", "cbrt(7)"]
)
def test_a_folded_constant_is_the_nearest_float64(text: str) -> None:
    (instruction,) = folded(text).instructions
    functions = {name: getattr(mp, name) for name in ("sin", "cos", "exp", "erf", "atan2", "cbrt", "pi")}
    hands = {
        "exp(1)/3": lambda: functions["exp"](1) / 3,
        "2^0.3": lambda: mpf(2) ** (mpf(3) / 10),
        "pi^pi": lambda: mp.pi**mp.pi,
        "sin(1)*cos(2)/7": lambda: mp.sin(1) * mp.cos(2) / 7,
        "erf(0.3)": lambda: mp.erf(mpf(3) / 10),
        "atan2(1, 3)": lambda: mp.atan2(1, 3),
        "cbrt(7)": lambda: mp.cbrt(7),
    }
    with mp.workdps(50):
        assert float(instruction.text) == float(mp.nstr(hands[text](), 40))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", ["variable x"]),
        ("2*x", ["float 2.0", "variable x", "mul 0 1"]),
        ("x + 1/3", ["variable x", "float 0.3333333333333333", "add 0 1"]),
        ("x*(2*pi)", ["variable x", "float 6.283185307179586", "mul 0 1"]),
        ("2*pi*x", ["float 2.0", "float 3.141592653589793", "variable x", "mul 0 1 2"]),
        ("x/x", ["variable x", "div 0 0"]),
        (
            "where(x > 1/2, x, 2/3)",
            ["variable x", "float 0.5", "gt 0 1", "float 0.6666666666666666", "piecewise 0 2 3"],
        ),
    ],
)
def test_only_constants_are_folded_and_the_rest_stays_in_place(text: str, expected: list[str]) -> None:
    assert outline(folded(text)) == expected


@pytest.mark.parametrize("text", ["1/0", "log(-1)", "sqrt(-4)", "0^-1", "1/sin(pi)", "inf - inf"])
def test_a_constant_without_a_real_value_is_left_to_torch(text: str) -> None:
    assert all(instruction.op != "float" for instruction in folded(text).instructions[-1:])


def test_a_truth_value_is_not_folded_into_a_number() -> None:
    assert "lt 1 2" in outline(folded("where(1 < 2, x, 1)"))


@pytest.mark.parametrize("text", ["9007199254740993", "10^-400", "1e-400", "3 + 1e-20", "3.00000000000000000001"])
def test_what_only_rounds_to_an_integer_is_left_as_it_is(text: str) -> None:
    assert not any(
        op == "float" and number in ("3.0", "0.0", "9007199254740992.0")
        for op, _, number in folded(text).instructions[-1:]
    )
