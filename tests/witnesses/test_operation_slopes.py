"""Symbolic slopes joined operation by operation: right by hand, and by central differences of many digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses.many_digits import ManyDigits
from derivcli.witnesses.operation_slopes import with_slopes
from tests.checks import PRECISE, exactly, in_balls, near, program_of
from tests.every import examples, for_all
from tests.witnesses.test_symbolic import SMOOTH_TEXTS, difference_by_x

if TYPE_CHECKING:
    from derivcli.language.program import Program


def slopes(program: Program) -> dict[str, Program] | None:
    joined = with_slopes(program)
    return None if joined is None else {name: joined.program.part(root or 0) for name, root in joined.roots.items()}


def at(text: str, **point: str) -> dict[str, float | None]:
    """Return each slope at a point, as the nearest float64."""
    found = slopes(program_of(text))
    assert found is not None
    places = {name: program_of(value) for name, value in point.items()}
    return {name: ManyDigits(form).at(places).as_float() for name, form in found.items()}


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


@pytest.mark.parametrize("text", ["besselj(x, 2)", "x*y*z*u*v*w*a*b*c"])
def test_there_are_none_where_an_operation_has_none_or_too_many_operands(text: str) -> None:
    assert slopes(program_of(text)) is None


def test_a_sum_may_have_any_number_of_terms() -> None:
    found = slopes(program_of(" + ".join(f"{k}*x" for k in range(1, 101))))
    assert found is not None
    assert ManyDigits(found["x"]).at({"x": program_of("1")}).text == "5050"


@examples(25, 200)
@given(SMOOTH_TEXTS, st.sampled_from(("0.7", "-1.3", "2")), st.sampled_from(("0.4", "-0.9")))
def test_slopes_of_a_smooth_expression_are_central_differences(text: str, at_x: str, at_y: str) -> None:
    tree = parse(text).tree
    found = slopes(compile_tree(tree))
    if found is None or "x" not in found:
        reject()
    point = {"x": at_x, "y": at_y}
    with mp.workdps(60):
        truth = difference_by_x(tree, point)
        form = in_balls(found["x"], {name: exactly(mpf(place)) for name, place in point.items()})
        assert near(form, truth, PRECISE, mpf(10) ** -40)
