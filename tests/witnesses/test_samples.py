"""Samples at shrinking steps: what they say of a slope, of a limit and of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses import evidence
from derivcli.witnesses.balls import Ball
from derivcli.witnesses.evidence import Outcome, Reading, Sided
from derivcli.witnesses.extrapolation import FEW, RATIO, STEPS
from derivcli.witnesses.samples import (
    Samples,
    analytic_limit_of,
    limit_of,
    nearly_one_slope,
    one_slope,
    same_outcome,
    slope_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

NUMBER, INFINITE, JUMPS = Outcome.NUMBER, Outcome.INFINITE, Outcome.JUMPS


def steps(count: int = STEPS) -> list[Fraction]:
    return [RATIO ** (k + 2) for k in range(count)]


def of(f: Callable[[Any], Any], count: int = STEPS, centre: Any = None) -> Samples:
    """Return the samples of a function of the step."""
    return Samples(centre, [f(h) for h in steps(count)], steps(count))


def near(reading: Reading | None, truth: Any) -> bool:
    assert reading is not None
    return reading.outcome is NUMBER and abs(mpf(reading.text) - truth) <= mpf(10) ** -12 * abs(truth)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_slope_of_a_side_is_its_own(sign: int) -> None:
    with mp.workdps(400):
        assert near(slope_of(of(lambda h: 5 + 3 * sign * h + h * h, centre=5), sign), 3)
        assert near(slope_of(of(lambda h: abs(7 * sign * h), centre=0), sign), 7 * sign)


def test_a_step_at_the_point_is_a_jump_and_a_root_is_none() -> None:
    with mp.workdps(400):
        jump = slope_of(of(lambda h: 1 + h, centre=0), 1)
        root = slope_of(of(lambda h: Ball(mp.sqrt(mpf(h.numerator) / h.denominator), mpf(0)), centre=0), -1)
    assert (jump and jump.outcome, root and root.outcome) == (JUMPS, INFINITE)
    assert root is not None
    assert root.sign == -1


def test_a_side_without_values_is_undefined_and_one_with_holes_undecided() -> None:
    assert slope_of(Samples(0, [None] * STEPS, steps()), 1) == evidence.UNDEFINED
    assert limit_of(Samples(None, [None] * STEPS, steps())) == evidence.UNDEFINED
    assert limit_of(Samples(None, [1] * (STEPS - 1) + [None], steps())) == evidence.UNDECIDED


def test_samples_before_the_first_that_is_defined_do_not_count() -> None:
    with mp.workdps(400):
        found = of(lambda h: 2 + h)
        assert near(limit_of(found._replace(values=[None, *found.values[1:]])), 2)


def test_few_samples_of_an_analytic_function_give_its_limit() -> None:
    with mp.workdps(400):
        found = analytic_limit_of(of(lambda h: 4 + 3 * h - h * h, FEW))
        assert near(found, 4)
        nothing = analytic_limit_of(of(lambda h: 3 * h + h * h, FEW))
        assert nothing is not None
        assert abs(mpf(nothing.text)) < mpf(10) ** -15


@pytest.mark.parametrize("power", [1, 2, 3])
def test_few_samples_that_still_grow_give_no_limit(power: int) -> None:
    # what atan(x/scale) does far above its scale: its difference stays the same while the step shrinks
    with mp.workdps(400):
        assert analytic_limit_of(of(lambda h: 1 / h**power, FEW)) == evidence.UNDECIDED


def test_an_analytic_function_with_a_hole_is_undecided() -> None:
    assert analytic_limit_of(Samples(None, [1, None, 1], steps(FEW))) == evidence.UNDECIDED


def number(text: str, error: str = "0") -> Reading:
    return Reading(NUMBER, text, error)


@pytest.mark.parametrize(
    ("left", "right", "one", "nearly", "same"),
    [
        (number("2"), number("2"), True, True, True),
        (number("2"), number("2.00000000000000000000000000000000001"), True, True, True),
        (number("2"), number("2.0000000000001"), False, True, False),
        (number("2"), number("3"), False, False, False),
        (number("2", "0.6"), number("3", "0.6"), True, False, True),
        (number("0"), number("1e-40"), False, False, False),
        (number("2"), Reading(INFINITE), False, False, False),
        (Reading(INFINITE), Reading(INFINITE), False, False, True),
        (Reading(INFINITE, sign=-1), Reading(INFINITE), False, False, False),
        (evidence.UNDEFINED, evidence.UNDEFINED, False, False, True),
    ],
)
def test_two_sides_are_compared_within_their_errors(
    left: Reading, right: Reading, one: bool, nearly: bool, same: bool
) -> None:
    pair = Sided(left, right)
    assert (one_slope(pair), nearly_one_slope(pair), same_outcome(pair)) == (one, nearly, same)
