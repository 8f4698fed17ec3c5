"""Points, and steps towards them below every scale."""

from __future__ import annotations

from fractions import Fraction

import pytest
from mpmath import mp

from derivcli.witnesses.precise import Machine
from derivcli.witnesses.steps import Point, Scales
from tests.checks import program_of


def scales(text: str, at: str) -> Scales:
    return Scales.seen(Machine(program_of(text)), Point({"x": program_of(at)}), ["x"])


def test_a_point_is_exactly_what_was_typed() -> None:
    assert Point({"x": program_of("0.1")}).coordinate("x") == Fraction(1, 10)
    assert Point({"x": program_of("1/0")}).coordinate("x") is None
    for digits in (50, 500):
        with mp.workdps(digits):
            assert Point({"x": program_of("pi/4")}).coordinates()["x"].middle == mp.pi / 4


@pytest.mark.parametrize(
    ("text", "at", "below"),
    [("x + 1", "2", "1e-20"), ("1e9*x", "1", "1e-28"), ("x", "1e-30", "1e-49"), ("sin(1e20/x)", "1", "1e-39")],
)
def test_steps_are_below_the_product_of_two_scales(text: str, at: str, below: str) -> None:
    plan = scales(text, at).plan()
    assert plan is not None
    assert plan.steps[0] < Fraction(below)
    assert all(later < earlier / 1000 for earlier, later in zip(plan.steps, plan.steps[1:], strict=False))
    assert 2**plan.bits > 1 / plan.steps[-1]


def test_a_second_look_is_far_closer() -> None:
    first, second = scales("x", "1").plan(), scales("x", "1").deeper()
    assert first is not None
    assert second is not None
    assert second.steps[0] < first.steps[-1] / 10**200


def test_there_are_no_steps_below_what_is_too_small() -> None:
    assert scales("x", "1e-2000").plan() is None
    assert scales("x", "1e-900").plan() is not None
    assert scales("x", "1e-900").deeper() is None
