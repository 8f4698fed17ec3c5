"""Symbolic slopes at a point, operation by operation: right by hand, and by central differences of many digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import ctx
from hypothesis import given, reject
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses.operation_slopes import symbolic_gradient
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import ball, written
from tests.checks import PRECISE, middle, near, program_of
from tests.every import examples, for_all
from tests.witnesses.test_symbolic import SMOOTH_TEXTS, difference_by_x

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flint import fmpq

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.numbers import Number


def slopes(program: Program, point: Mapping[str, fmpq]) -> dict[str, Number | None]:
    """Return each slope at a point with many digits."""
    with ctx.workprec(200):
        machine = BallMachine(program)
        return symbolic_gradient(machine, machine.values(point))


def at(text: str, **point: str) -> dict[str, float | None]:
    """Return each slope at a point, as the nearest float64."""
    found = slopes(program_of(text), {name: written(place) for name, place in point.items()})
    return {name: None if slope is None else float(ball(slope)) for name, slope in found.items()}


@for_all(
    ("text", "point", "expected"),
    [
        ("x^3", {"x": "0"}, {"x": 0}),  # an exponent that is known needs no division by x
        ("x^-2", {"x": "2"}, {"x": -0.25}),
        ("7", {}, {}),
        ("x*x*x", {"x": "2"}, {"x": 12}),
        ("x + x", {"x": "5"}, {"x": 2}),
        ("x/y - y", {"x": "3", "y": "2"}, {"x": 0.5, "y": -1.75}),
        ("sqrt(x)", {"x": "4"}, {"x": 0.25}),
        ("x^y", {"x": "2", "y": "3"}, {"x": 12, "y": 5.545177444479562}),  # 8*log(2)
        ("floor(x)*x", {"x": "2.5"}, {"x": 2}),
        ("where(x < y, x^2, y)", {"x": "1.5", "y": "2"}, {"x": 3, "y": 0}),
        ("where(x < y, x^2, y)", {"x": "3", "y": "2"}, {"x": 0, "y": 1}),
        ("max(x, y^2, 1)", {"x": "3", "y": "2"}, {"x": 0, "y": 4}),
        ("besselj(2, x)", {"x": "1"}, {"x": 0.21024361588113255}),  # (J1(1) - J3(1))/2, DLMF 10.6.1
    ],
)
def test_slopes_are_those_of_a_calculation_by_hand(
    text: str, point: dict[str, str], expected: dict[str, float]
) -> None:
    assert at(text, **point) == expected


@for_all("text", ["besselj(x, 2)", "x*2*3*4*5*6*7*8*9", "sqrt(x - 1)"])
def test_there_are_none_where_an_operation_has_none_or_too_many_operands(text: str) -> None:
    assert at(text, x="1") == {"x": None}


def test_a_slope_may_be_known_where_another_one_is_not() -> None:
    assert at("besselj(x, 2) + 3*y", x="1", y="2") == {"x": None, "y": 3}


def test_a_sum_may_have_any_number_of_terms() -> None:
    assert at(" + ".join(f"{k}*x" for k in range(1, 101)), x="1") == {"x": 5050}


@examples(25, 200)
@given(SMOOTH_TEXTS, st.sampled_from(("0.7", "-1.3", "2")), st.sampled_from(("0.4", "-0.9")))
def test_slopes_of_a_smooth_expression_are_central_differences(text: str, at_x: str, at_y: str) -> None:
    tree, point = parse(text).tree, {"x": at_x, "y": at_y}
    found = slopes(compile_tree(tree), {name: written(place) for name, place in point.items()}).get("x")
    if found is None:
        reject()
    with mp.workdps(60):
        truth = difference_by_x(tree, point)
        with ctx.workprec(300):
            assert near(middle(found), truth, PRECISE, mpf(10) ** -40)
