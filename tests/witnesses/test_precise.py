"""Evaluation at rising precision: sure numbers, zeros that hide, and what has no value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.balls import BEYOND, BLURRED, Ball
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.precise import LADDER, Machine, compute, number_reading, settle
from tests.checks import program_of
from tests.every import for_all

SHRINKING = (
    "sin(pi*1e15); sin(pi); cos(pi/2); sqrt(2)^2 - 2; exp(log(3)) - 3; tan(atan(5)) - 5; x - x; "
    "log(6) - log(2) - log(3); "
    "sin(1)^2 + cos(1)^2 - 1; 0*pi; (pi - pi)*1e300; acos(cos(0))"
)
UNDEFINED_FOR_ALL = (
    "1/sin(pi); 1/(sqrt(2)^2 - 2); tan(pi/2); 1/0; 0/0; log(sin(pi)); sqrt(-1); log(-1); 0*inf; inf - inf; "
    "1/(log(6) - log(2) - log(3)); (sin(pi))^-1; gamma(-log(8)/log(2)); where(1 < 0, 5, 1/0)"
)


def settled(text: str, **point: str) -> Reading:
    """Return what is known of an expression at a point of exact decimals."""
    machine = Machine(program_of(text))
    exact = {name: Fraction(value) for name, value in point.items()}
    return settle(lambda: machine.values(exact)[-1])


@pytest.mark.parametrize(
    ("text", "expected"),  # to 30 digits by mpmath itself at 1,000 digits, which shares no ladder and no snapping
    [
        ("1 - tanh(300)", lambda: 1 - mp.tanh(300)),
        ("sqrt(2)", lambda: mp.sqrt(2)),
        ("exp(1/3)^3 - e + 1e-200", lambda: mpf(10) ** -200),
        ("(1 + 1e-60)^2 - 1 - 2e-60", lambda: mpf(10) ** -120),
        ("sin(1e22)", lambda: mp.sin(mpf(10) ** 22)),
        ("exp(pi*sqrt(163)) - 262537412640768744", lambda: mp.exp(mp.pi * mp.sqrt(163)) - 262537412640768744),
        ("log(1 + exp(-700))", lambda: mp.log1p(mp.exp(-700))),
        ("erfc(20)", lambda: mp.erfc(20)),
        ("10^400", lambda: mpf(10) ** 400),
    ],
)
def test_a_value_that_hides_behind_rounding_is_found(text: str, expected: Any) -> None:
    found = settled(text).number
    assert found is not None
    with mp.workdps(1000):
        truth = expected()
        assert abs(mpf(str(found)) - truth) <= abs(truth) * mpf(10) ** -30


@pytest.mark.parametrize("text", SHRINKING.split("; "))
def test_what_only_shrinks_with_precision_is_zero(text: str) -> None:
    found = settled(text, x="0.1")
    assert found.outcome is Outcome.NUMBER
    assert found.number == 0
    assert Decimal(found.error) < Decimal("1e-390")


@for_all("text", UNDEFINED_FOR_ALL.split("; "))
def test_what_has_no_real_value_is_undefined(text: str) -> None:
    assert settled(text).outcome is Outcome.UNDEFINED


@pytest.mark.parametrize(
    ("text", "x", "expected"),  # the first terms of the Taylor or Laurent series at 0
    [
        ("1/sin(x)", "1e-140", "1e140"),
        ("csc(x)", "1e-300", "1e300"),
        ("x/sin(x)", "1e-200", "1"),
        ("gamma(x)", "1e-140", "1e140"),
        ("x/(exp(x) - 1)", "1e-140", "1"),
        ("6*(x - sin(x))/x^3", "1e-140", "1"),
        ("6*(1 - sin(x)/x)/x^2", "1e-140", "1"),
        ("log(sin(x))/log(x)", "1e-200", "1"),
        ("where(sin(x) > 0, 1, 2)", "1e-140", "1"),
        ("where(1 - x < 1, 1, 2)", "1e-80", "1"),
    ],
)
def test_a_tiny_number_is_not_rounding_noise(text: str, x: str, expected: str) -> None:
    found = settled(text, x=x).number
    assert found is not None
    assert abs(found / Decimal(expected) - 1) < Decimal("1e-25")


@pytest.mark.parametrize("text", ["log(1 - tanh(300))/(log(2) - 600)", "1/(1 - tanh(300))*2*exp(-600)"])
def test_what_is_undefined_at_low_precision_only_has_a_value(text: str) -> None:
    found = settled(text).number
    assert found is not None
    assert abs(found - 1) < Decimal("1e-25")


def test_infinity_is_no_real_value() -> None:
    assert settled("inf").outcome is Outcome.UNDEFINED


def test_a_piece_that_is_not_taken_does_no_harm() -> None:
    assert settled("where(1 > 0, 5, 1/0)").number == 5
    assert settled("where(x > 0, sqrt(x), x)", x="-1").number == -1
    assert settled("where(1/0 > 0, 1, 5)").outcome is Outcome.UNDEFINED


def test_a_piecewise_function_is_undefined_where_no_condition_holds() -> None:
    assert settled("piecewise(x, x > 0)", x="-1").outcome is Outcome.UNDEFINED


@pytest.mark.parametrize("text", ["exp(exp(exp(100)))", "sin(exp(exp(30)))", "2.5^exp(exp(20))", "gamma(exp(exp(20)))"])
def test_what_is_out_of_reach_is_undecided(text: str) -> None:
    assert settled(text).outcome is Outcome.UNDECIDED


def test_rationals_stay_exact() -> None:
    found = settled("0.1 + 0.2 - 0.3 + x", x="1/3")
    assert found == number_reading(Fraction(1, 3))
    assert settled("0.1*3").number == Decimal("0.3")
    assert settled("123456789123456789^2").text == "15241578780673678515622620750190521"


@pytest.mark.parametrize(("above", "below"), [(1, 3), (2, 7), (10**70 + 1, 10**70 + 3), (1, 8), (7, 1)])
def test_what_45_digits_leave_out_of_a_number_is_part_of_its_error(above: int, below: int) -> None:
    seen = number_reading(Fraction(above, below))
    assert abs(Fraction(seen.text) - Fraction(above, below)) <= Fraction(seen.error) <= Fraction(1, 10**44)
    assert (Fraction(seen.error) == 0) == (below in (1, 8))


def test_the_error_of_a_number_with_many_bits_is_that_of_its_45_digits() -> None:
    # sqrt(2) = 1.41421356237309504880168872420969807856967187 537694..., by any table
    with mp.workprec(1000):
        seen = number_reading(mp.sqrt(2))
        assert abs(mpf(seen.text) - mp.sqrt(2)) <= mpf(seen.error) <= mpf(10) ** -44
    assert seen.text == "1.41421356237309504880168872420969807856967188"


def wide(middle: str, error: str) -> Ball:
    return Ball(mpf(middle), mpf(error))


def test_a_number_that_never_becomes_sharp_is_undecided() -> None:
    assert settle(lambda: wide("1", "0.1")).outcome is Outcome.UNDECIDED
    assert settle(lambda: BLURRED).outcome is Outcome.UNDECIDED


def test_the_ladder_stops_at_the_first_rung_that_is_sharp() -> None:
    asked: list[int] = []

    def evaluate() -> Ball:
        asked.append(mp.prec)
        return wide("1", "1e-40" if len(asked) == 3 else "1e-20")

    assert settle(evaluate).number == 1
    assert asked == list(LADDER[:3])


def test_beyond_reach_ends_the_ladder_at_once() -> None:
    asked: list[int] = []

    def evaluate() -> Any:
        asked.append(mp.prec)
        return BEYOND

    assert settle(evaluate).outcome is Outcome.UNDECIDED
    assert asked == list(LADDER[:1])


@pytest.mark.parametrize("text", ["where(x + exp(-1e4) > x, 1, 2)", "floor(1 + exp(-1e4)) + 0*x", "sign(sin(pi))"])
def test_a_jump_that_no_precision_decides_is_undecided(text: str) -> None:
    assert settled(text, x="1").outcome is Outcome.UNDECIDED


def test_a_number_is_equal_to_itself_however_it_was_typed() -> None:
    assert settled("where(pi == pi, 1, 2)").number == 1


def test_the_precision_of_others_is_left_alone() -> None:
    before = mp.prec
    settled("sin(pi*1e15)")
    assert mp.prec == before


def test_an_operation_on_something_undefined_is_undefined() -> None:
    assert compute("add", [None, Fraction(1)]) is None
    assert compute("lt", [None, Fraction(1)]) is None
    assert compute("sqrt", [Fraction(-1)]) is None


def test_only_what_depends_on_a_variable_is_computed_again() -> None:
    machine = Machine(program_of("sin(x) + y*cos(x) + exp(y)"))
    with mp.workprec(100):
        values = machine.values({"x": Fraction(1), "y": Fraction(2)})
        moved = machine.moved(values, machine.dependent(("y",)), {"x": None, "y": Fraction(3)})
        assert abs(moved.middle - (mp.sin(1) + 3 * mp.cos(1) + mp.exp(3))) < mpf(10) ** -25
