"""Samples at shrinking steps: what they say of a slope, of a limit and of both sides."""

from __future__ import annotations

from fractions import Fraction
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
    is_combination,
    limit_of,
    nearly_one_slope,
    one_slope,
    settled,
    slope_of,
    slope_of_slopes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

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
    ("left", "right", "one", "nearly"),
    [
        (number("2"), number("2"), True, True),
        (number("2"), number("2.00000000000000000000000000000000001"), True, True),
        (number("2"), number("2.0000000000001"), False, True),
        (number("2"), number("3"), False, False),
        (number("2", "0.6"), number("3", "0.6"), True, False),
        (number("0"), number("1e-40"), False, False),
        (number("2"), Reading(INFINITE), False, False),
        (Reading(INFINITE), Reading(INFINITE), False, False),
        (Reading(INFINITE, sign=-1), Reading(INFINITE), False, False),
        (evidence.UNDEFINED, evidence.UNDEFINED, False, False),
    ],
)
def test_two_sides_are_compared_within_their_errors(left: Reading, right: Reading, one: bool, nearly: bool) -> None:
    pair = Sided(left, right)
    assert (one_slope(pair), nearly_one_slope(pair)) == (one, nearly)


@pytest.mark.parametrize(
    ("coarse", "fine", "expected"),
    [
        (Fraction(3), Fraction(3) + Fraction(1, 10**9), "3.000000001"),  # settled
        (Fraction(1, 10**9), Fraction(1, 10**19), "0"),  # on the way to 0
        (Fraction(10**9), Fraction(10**12), Reading(INFINITE, sign=1)),
        (Fraction(-(10**9)), Fraction(-(10**12)), Reading(INFINITE, sign=-1)),
        (Fraction(3), Fraction(2), evidence.UNDECIDED),
        (None, Fraction(2), evidence.UNDECIDED),
        (Fraction(2), None, evidence.UNDECIDED),
        (None, None, evidence.UNDEFINED),
        (Ball(mpf(3), mpf(1)), Ball(mpf(3), mpf(1)), None),  # not sharp
    ],
)
def test_two_approximations_settle_or_not(coarse: Any, fine: Any, expected: Any) -> None:
    with mp.workprec(300):
        found = settled(Samples(None, [coarse, fine], []))
    assert (found.text if isinstance(expected, str) and found else found) == expected


@pytest.mark.parametrize(
    ("slopes", "here", "expected"),
    [
        ([1, 1, 1], "0", Reading(JUMPS, sign=1)),  # 1 next to the point, 0 at it
        ([1, 1, 1], "1", None),
        ([100, 10**4, 10**6], "0", Reading(INFINITE, sign=1)),
        ([-100, -(10**4), -(10**6)], "0", Reading(INFINITE, sign=-1)),
    ],
)
def test_a_derivative_must_tend_to_its_value_at_the_point(slopes: list[int], here: str, expected: Any) -> None:
    grows = len(set(slopes)) > 1
    quotients = [Fraction(-(10 ** (10 * k))) if grows else Fraction(0) for k in range(1, 7)]
    with mp.workprec(300):
        found = slope_of_slopes(Samples(list(map(Fraction, slopes)), quotients, []), number(here), 1, may_jump=True)
    assert found == (expected or number("0"))


@pytest.mark.parametrize(("text", "expected"), [("3", True), ("2", False)])
def test_the_slope_in_a_direction_is_made_of_the_partial_ones(text: str, expected: bool) -> None:
    slopes = {"x": Sided(number("1"), number("1")), "y": Sided(number("2"), number("2"))}
    direction = {"x": Fraction(1), "y": Fraction(1)}
    assert is_combination(Sided(number(text), number(text)), direction, slopes) is expected
    assert not is_combination(Sided(number("3"), number("4")), direction, slopes)
