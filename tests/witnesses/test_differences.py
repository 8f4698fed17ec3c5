"""Differences of higher order: exact for polynomials, and near the derivative for everything else."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from mpmath import mp, mpf

from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.witnesses import balls
from derivcli.witnesses.differences import INNER_POWER, Differences, Point, Scales
from derivcli.witnesses.precise import Machine
from tests.checks import program_of

STEPS = (Fraction(1, 100), Fraction(1, 10_000))


def differences(text: str, **point: str) -> Differences:
    coordinates = {name: compile_tree(parse_value(name, value)) for name, value in point.items()}
    return Differences(Machine(program_of(text)), Point(coordinates))


def middle(value: Any) -> Any:
    return balls.ball(value).middle


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("text", "wrt", "expected"),
    [
        ("x^2", "xx", lambda _d: 2),
        # the third difference of x^4 at 2 is 24*2 + 36*d
        ("x^4", "xxx", lambda d: 48 + 36 * d),
        ("x^4", "xxxxx", lambda _d: 0),
        # (f(2+d, 3+d) - f(2+d, 3) - f(2, 3+d) + f(2, 3))/d^2 of x^2*y is 4 + d
        ("x^2*y", "xy", lambda d: 4 + d),
        ("x^2*y", "xxy", lambda _d: 2),
        ("x*y^3", "xyy", lambda d: 18 + 6 * d),
    ],
)
def test_one_sided_differences_of_polynomials_are_exact(text: str, wrt: str, expected: Any, sign: int) -> None:
    point = {"x": "2", "y": "3"} if "y" in text else {"x": "2"}
    found = differences(text, **point).one_sided(tuple(wrt), sign, STEPS)
    assert found.values == [expected(sign * step) for step in STEPS]


def test_nested_differences_are_quotients_of_quotients_with_far_smaller_steps() -> None:
    # of x^3 the inner one at 1 + h is 3(1 + h)^2 + 3(1 + h)*d + d^2 with d = h^3
    def inner(h: Fraction) -> Fraction:
        d = h**INNER_POWER
        return 3 * (1 + h) ** 2 + 3 * (1 + h) * d + d**2

    large, small = STEPS
    (found,) = differences("x^3", x="1").nested(("x",), "x", 1, STEPS).values
    assert found == (inner(large) - inner(small)) / (large - small)


@pytest.mark.parametrize(("sign", "expected"), [(1, 2), (-1, -2)])
def test_nested_differences_see_only_their_own_side_of_a_kink(sign: int, expected: int) -> None:
    (found,) = differences("x*abs(x)", x="0").nested(("x",), "x", sign, STEPS).values
    with mp.workdps(30):
        assert abs(middle(found) - expected) < 1e-3


@pytest.mark.parametrize(("around", "expected"), [(1, 1), (-1, -1)])
def test_the_inner_derivative_is_looked_at_by_two_small_steps_on_either_side(around: int, expected: int) -> None:
    (large, _) = STEPS
    found = differences("abs(y) + x*y^2", x="0", y="0").inner(("y",), "x", 1, around, large)
    # of |y| + h*y^2 the one-sided quotient by d = h^3 or h^4 is +-1 + h*d
    assert found.values == [expected + large * around * large**power for power in (INNER_POWER, INNER_POWER + 1)]


def test_a_mixed_nested_difference_moves_each_variable_by_itself() -> None:
    # of x*y^2 the inner one by y at x = 5 + h is (5 + h)*(2*7 + d) with d = h^3
    large, small = STEPS
    (found,) = differences("x*y^2", x="5", y="7").nested(("y",), "x", 1, STEPS).values
    ahead, behind = ((5 + h) * (14 + h**INNER_POWER) for h in STEPS)
    assert found == (ahead - behind) / (large - small)


def test_differences_of_a_function_that_is_not_a_polynomial_come_near_the_derivative() -> None:
    with mp.workdps(60):
        truth = mp.diff(lambda x: mp.exp(mp.sin(x)), 1, 4)
        *_, last = differences("exp(sin(x))", x="1").one_sided("xxxx", 1, (Fraction(1, 10**10),)).values
        assert abs(middle(last) - truth) < mpf(10) ** -8


def test_a_difference_that_leaves_the_domain_is_none() -> None:
    assert differences("sqrt(x)", x="0").one_sided("xx", -1, STEPS).values == [None, None]


def test_values_are_kept_as_long_as_the_precision_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    found = differences("sin(x)", x="1")
    count = 0
    moved = Machine.moved

    def counted(self: Machine, *args: Any) -> Any:
        nonlocal count
        count += 1
        return moved(self, *args)

    monkeypatch.setattr(Machine, "moved", counted)
    with mp.workprec(200):
        found.one_sided("xxx", 1, STEPS)
        assert count == 1 + 3 * len(STEPS)  # the point itself once
        found.one_sided("xx", 1, STEPS)
        assert count == 1 + 3 * len(STEPS)
    with mp.workprec(300):
        found.one_sided("xx", 1, STEPS)
        assert count == 2 + 5 * len(STEPS)


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
