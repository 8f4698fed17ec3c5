"""A program on exact numbers, balls and boxes: each operation by hand, and what has no value."""

from __future__ import annotations

from typing import Any

import pytest
from flint import acb, arb, ctx, fmpq

from derivcli.witnesses.proof.machine import BallMachine, number
from derivcli.witnesses.proof.numbers import BlurredError, OutsideError, UnprovedError
from tests.every import for_all
from tests.witnesses.proof.asking import program


def result(text: str, **at: Any) -> Any:
    """Return what is found of a text at a point, an error where nothing is proved."""
    return BallMachine(program(text, *at)).values(at)[-1]


@for_all(
    ("condition", "holds"),  # at 1, 2 and 3
    [
        ("x == 2", (False, True, False)),
        ("x != 2", (True, False, True)),
        ("x < 2", (True, False, False)),
        ("x > 2", (False, False, True)),
        ("x <= 2", (True, True, False)),
        ("x >= 2", (False, True, True)),
        ("x > 1 and x < 3", (False, True, False)),
        ("x < 2 or x > 2", (True, False, True)),
        ("not x < 2", (False, True, True)),
        ("x == x", (True, True, True)),
        ("x < x", (False, False, False)),
    ],
)
def test_a_condition_chooses(condition: str, holds: tuple[bool, ...]) -> None:
    found = [result(f"where({condition}, 7, 9)", x=fmpq(n)) for n in (1, 2, 3)]
    assert found == [7 if one else 9 for one in holds]


@for_all(("text", "x"), [("acosh(x)", 0), ("asin(x)", 2), ("atanh(x)", -3), ("erfinv(x)", 2), ("elliptic_k(x)", 2)])
def test_outside_of_its_domain_a_function_has_no_value_for_sure(text: str, x: int) -> None:
    assert isinstance(result(text, x=fmpq(x)), OutsideError)


@for_all(("text", "x"), [("exp(x)", 2**60), ("inf*x", 1), ("acosh(x)", arb(1, "0.5"))])
def test_out_of_reach_a_function_may_have_a_value(text: str, x: Any) -> None:
    found = result(text, x=x if isinstance(x, arb) else fmpq(x))
    assert isinstance(found, UnprovedError)
    assert not isinstance(found, OutsideError)


def test_what_is_compared_with_itself_needs_no_digits() -> None:
    assert result("where(sin(x) == sin(x), 7, 9)", x=arb(1, "0.1")) == 7


def test_the_first_condition_that_holds_chooses() -> None:
    text = "piecewise(10, x < 1, 20, x < 2, 30, x < 3, 40)"
    assert [result(text, x=fmpq(n, 2)) for n in (1, 3, 5, 7)] == [10, 20, 30, 40]


def test_a_branch_that_is_not_taken_may_have_no_value() -> None:
    assert result("where(x > 0, x, log(x))", x=fmpq(2)) == 2
    assert result("where(x > 0, log(x), x)", x=fmpq(-2)) == -2
    assert isinstance(result("where(x > 0, x, log(x))", x=fmpq(-2)), UnprovedError)


def test_a_condition_that_is_not_sure_gives_nothing_even_where_a_later_one_holds() -> None:
    found = result("piecewise(1, x < 2, 3, x < 5, 4)", x=arb(2, "0.5"))
    assert isinstance(found, BlurredError)
    assert result("piecewise(1, x < 2, 3, x < 5, 4)", x=arb(3, "0.5")) == 3


@for_all("text", ["where(x < inf, x, 0)", "where(x > 0, log(-x), 1)", "0*log(-x)", "log(-x) + 1"])
def test_a_part_without_a_value_leaves_the_whole_without_one(text: str) -> None:
    found = result(text, x=fmpq(1))
    assert isinstance(found, UnprovedError)
    assert not isinstance(found, BlurredError)
    with pytest.raises(UnprovedError):
        number(found)


def test_constants_and_decimals_are_what_they_say() -> None:
    with ctx.workprec(200):
        # https://oeis.org/A000796 and A001113
        for text, digits in (
            ("pi", "3.14159265358979323846264338327950288"),
            ("e", "2.71828182845904523536028747135266249"),
        ):
            found = result(text)
            assert abs(found - arb(digits)) < arb(10) ** -34
            assert found.rel_accuracy_bits() > 190
    assert result("0.1") == fmpq(1, 10)
    assert result("x/3 + 1/7", x=fmpq(1, 2)) == fmpq(13, 42)


def test_of_a_box_the_result_holds_the_values_at_its_points() -> None:
    with ctx.workprec(80):
        box = acb(arb(1, "0.25"), arb(0, "0.25"))
        found = result("x^2 + 1", x=box)
        for point in (acb("1.25", "0.25"), acb("0.75", "-0.25"), acb(1, 0)):
            assert found.contains(point * point + 1)
        assert isinstance(result("abs(x - 1)", x=box), BlurredError)
        assert isinstance(result("1/(x - 1)", x=box), BlurredError)


def test_what_moves_with_a_coordinate_is_computed_anew_and_nothing_else() -> None:
    machine = BallMachine(program("x*sqrt(y) + exp(x)", "x", "y"))
    here, there = {"x": fmpq(1), "y": fmpq(9)}, {"x": fmpq(0), "y": fmpq(9)}
    values = machine.values(here)
    before = list(values)
    moved = machine.moved(values, {"x": fmpq(0)})
    assert moved[-1] == machine.values(there)[-1] == 1  # 0*3 + 1
    again = number(machine.moved(moved, {"y": fmpq(16), "x": fmpq(2)})[-1])
    assert (again - arb(2).exp()).contains(8)  # 2*4 + e^2
    assert all(one is other for one, other in zip(before, values, strict=True))
