"""mpmath's column against published values, and what it makes of edges, poles and rounding noise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.witnesses.balls import BEYOND, Ball, ball
from derivcli.witnesses.mpmath_functions import KNOWN, ON_BALLS, power
from derivcli.witnesses.precise import Machine, compute, settle
from derivcli.witnesses.rationals import EXACT
from tests.checks import REPLACED, program_of
from tests.every import for_all
from tests.witnesses.outside import OUTSIDE
from tests.witnesses.published import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

ALIKE = {"softshrink"}  # a formula that has a value for a < 0 too
ZERO_BUT_FOR_ROUNDING = (
    "sin(pi); cos(pi/2); tan(pi); asin(sin(pi/2)) - pi/2; log(exp(1)/e); exp(log(2)) - 2; ceil(3*(1/3)) - 1; "
    "(-8)^(log(8)/log(2)) + 512; acosh(sin(1)^2 + cos(1)^2); sqrt(2)^2 - 2; acos(sin(1)^2 + cos(1)^2)"
)
JUMPS_AT_WHAT_ROUNDING_BLURS = (
    "floor(log(8)/log(2)); ceil(log(8)/log(2)); frac(pi/pi); mod(log(8), log(2)); sign(sin(pi))"
)


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    with mp.workprec(240):
        yield


def number(text: str) -> Any:
    """Return the value of a constant expression, None where it has none."""
    return Machine(program_of(text)).values({})[-1]


@for_all(("text", "published"), PUBLISHED.items())
def test_a_function_has_its_published_value(text: str, published: str) -> None:
    decimals = len(published.partition(".")[2])
    rounded = len(published.strip("-0.").replace(".", "")) >= 10
    found = mpf(settle(lambda: number(text)).text)
    assert abs(found - mpf(published)) <= mpf(10) ** (2 - decimals if rounded else -30)


def test_every_row_has_a_published_value() -> None:
    assert {text.partition("(")[0] for text in PUBLISHED} == set(catalogue.FUNCTIONS)


@for_all("row", catalogue.FUNCTIONS.values())
def test_every_row_has_a_function_of_mpmath_or_a_definition(row: catalogue.Function) -> None:
    assert row.name in KNOWN or row.definition or row.name in REPLACED


def test_every_row_with_a_domain_is_asked_outside_of_it() -> None:
    bounded = {row.name for row in catalogue.FUNCTIONS.values() if row.domain}
    assert bounded - ALIKE <= {text.partition("(")[0] for text in OUTSIDE}


@for_all("text", OUTSIDE)
def test_outside_its_domain_a_function_is_undefined(text: str) -> None:
    assert settle(lambda: number(text)).outcome == "undefined"


@pytest.mark.parametrize("text", ["root(-2.25, 0.5)", "root(-0.5, -0.5)"])
def test_a_root_of_a_negative_number_needs_an_odd_integer(text: str) -> None:
    assert number(text) is None


@for_all("text", ZERO_BUT_FOR_ROUNDING.split("; "))
def test_what_is_zero_but_for_rounding_is_zero(text: str) -> None:
    found = settle(lambda: number(text)).number
    assert found is not None
    assert abs(found) < Decimal("1e-300")


@for_all("text", JUMPS_AT_WHAT_ROUNDING_BLURS.split("; "))
def test_a_jump_that_rounding_blurs_is_not_decided(text: str) -> None:
    assert settle(lambda: number(text)).outcome == "undecided"


@pytest.mark.parametrize(
    ("text", "expected"),  # ln(1e3000) = 3000*ln(10), log of a huge number is no zero
    [("log(x)", lambda: 3000 * mp.ln(10)), ("log10(x)", lambda: 3000), ("log(x^2)/2", lambda: 3000 * mp.ln(10))],
)
def test_the_logarithm_of_a_huge_number_is_not_noise(text: str, expected: Any) -> None:
    machine = Machine(program_of(text))
    found = settle(lambda: machine.values({"x": Fraction(10) ** 3000})[-1])
    assert abs(mpf(found.text) - expected()) < mpf(10) ** -40


def test_the_sine_of_a_large_number_needs_all_its_digits() -> None:
    found = settle(lambda: number("sin(exp(3000))"))
    with mp.workdps(3000):
        assert abs(mpf(found.text) - mp.sin(mp.exp(3000))) < mpf(10) ** -40


@for_all(
    ("x", "y", "expected"),
    [("2", "10", "1024"), ("-2", "3", "-8"), ("-2", "-1", "-0.5"), ("0", "0", "1"), ("0", "3", "0"), ("4", "0.5", "2")],
)
def test_a_power_is_the_real_one(x: str, y: str, expected: str) -> None:
    assert abs(ball(power(Fraction(x), Fraction(y))).middle - mpf(expected)) < mpf(10) ** -60


@for_all(("x", "expected"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("-0.5", 0), ("-1.5", -2), ("1.49", 1)])
def test_round_sends_a_half_to_the_even_neighbour(x: str, expected: int) -> None:
    assert EXACT["round"](Fraction(x)) == expected
    assert ON_BALLS["round"](Ball(mpf(x), mpf(0))) == expected


@for_all("name", ["sin", "cos", "exp", "tanh", "gamma", "digamma", "log"])
def test_an_argument_beyond_reach_is_refused_at_once(name: str) -> None:
    assert compute(name, [Ball(mp.ldexp(1, 10**6), mpf(0))]) is BEYOND


def test_a_power_beyond_reach_is_refused_at_once() -> None:
    assert power(Fraction(2), Ball(mp.ldexp(1, 30_000), mpf(0))) is BEYOND


def test_digamma_far_left_of_zero_is_quick_and_right() -> None:
    found = settle(lambda: number("digamma(-1e6 - 0.5)"))
    with mp.workdps(60):  # DLMF 5.5.4: psi(1 - x) - psi(x) = pi*cot(pi*x), and cot is 0 at a half
        assert abs(mpf(found.text) - mp.digamma(mpf("1000001.5"))) < mpf(10) ** -40


@pytest.mark.parametrize("name", ["harmonic", "digamma", "Ei", "li", "acosh"])
def test_near_a_zero_the_error_is_as_large_as_what_more_digits_change(name: str) -> None:
    near_a_zero = {
        "harmonic": "1e-50",
        "digamma": "1.46163214496836234126265954232572132846819620400644629512959884",
        "Ei": "0.372507410781366634461991866580119133535689497771654051555657",
        "li": "1.4513692348833810502839684858920274494930322836480158630930046",
        "acosh": "1.00000000000000000000000000000000000000000000000000000000001",
    }
    program = program_of(f"{name}({near_a_zero[name]})")
    rough = Machine(program).values({})[-1]
    with mp.workprec(1200):
        sharp = Machine(program).values({})[-1]
    assert abs(rough.middle - sharp.middle) <= rough.error


def test_a_function_that_is_zero_but_for_cancellation_is_zero() -> None:
    assert Decimal(settle(lambda: number("harmonic(0)")).text) == 0
