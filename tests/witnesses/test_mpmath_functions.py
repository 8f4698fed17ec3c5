"""mpmath's column against published values, and what it makes of edges, poles and rounding noise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.witnesses.balls import BEYOND, Ball, ball
from derivcli.witnesses.mpmath_functions import EXACT, KNOWN, ON_BALLS, power
from derivcli.witnesses.precise import Machine, compute, settle
from tests.checks import program_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Abramowitz & Stegun, Handbook of Mathematical Functions: tables 1.1 (constants), 4.2 (exp), 4.6 and 4.15 (circular and
# hyperbolic functions), 6.1 to 6.4 (gamma and its kin), 7.1 (erf); where it prints fewer digits, the same number in
# the OEIS. What is its own closed form there (4.4.22, 6.1.8, 6.3.3, 6.4.2 and 6.4.4) is given by it.
PUBLISHED = {
    "sin(1)": "0.84147098480789650665250232163",
    "cos(1)": "0.54030230586813971740093660744",
    "tan(1)": "1.55740772465490223050697480745",
    "sec(1)": "1.85081571768092561791175324139",
    "csc(1)": "1.18839510577812121626159945237",
    "cot(1)": "0.64209261593433070300641998659",
    "asin(0.5)": "0.52359877559829887307710723054",
    "acos(0.5)": "1.04719755119659774615421446109",
    "atan(1)": "0.78539816339744830961566084581",
    "asec(2)": "1.04719755119659774615421446109",
    "acsc(2)": "0.52359877559829887307710723054",
    "acot(1)": "0.78539816339744830961566084581",
    "atan2(1, -1)": "2.35619449019234492884698253745",
    "sinc(1)": "0.84147098480789650665250232163",
    "sinh(1)": "1.17520119364380145688238185059",
    "cosh(1)": "1.54308063481524377847790562075",
    "tanh(1)": "0.76159415595576488811945828260",
    "sech(1)": "0.64805427366388539957497735322",
    "csch(1)": "0.85091812823932154513384276328",
    "coth(1)": "1.31303528549933130363616124693",
    "asinh(1)": "0.88137358701954302523260932497",
    "acosh(2)": "1.31695789692481670862504634730",
    "atanh(0.5)": "0.54930614433405484569762261846",
    "asech(0.5)": "1.31695789692481670862504634730",
    "acsch(1)": "0.88137358701954302523260932497",
    "acoth(2)": "0.54930614433405484569762261846",
    "exp(1)": "2.71828182845904523536028747135",
    "exp2(0.5)": "1.41421356237309504880168872420",
    "expm1(1)": "1.71828182845904523536028747135",
    "log(2)": "0.69314718055994530941723212145",
    "log(8, 2)": "3",
    "log2(10)": "3.32192809488736234787031942948",
    "log10(2)": "0.30102999566398119521373889472",
    "log1p(1)": "0.69314718055994530941723212145",
    "sqrt(2)": "1.41421356237309504880168872420",
    "cbrt(-2)": "-1.25992104989487316476721060727",
    "root(10, 3)": "2.15443469003188372175929356651",
    "hypot(1, 1)": "1.41421356237309504880168872420",
    "abs(-2.5)": "2.5",
    "sign(-2.5)": "-1",
    "floor(-2.5)": "-3",
    "ceil(-2.5)": "-2",
    "round(2.5)": "2",
    "frac(-0.25)": "0.75",
    "mod(-7, 3)": "2",
    "floordiv(-7, 2)": "-4",
    "max(1, 3, 2)": "3",
    "min(3, 1, 2)": "1",
    "clamp(5, 0, 2)": "2",
    "heaviside(0)": "0.5",
    "relu(-1)": "0",
    "sigmoid(1)": "0.73105857863000487925115924182",
    "softplus(0)": "0.69314718055994530941723212145",
    "erf(1)": "0.84270079294971486934122063508",
    "erfc(1)": "0.15729920705028513065877936491",
    "gamma(0.5)": "1.77245385090551602729816748334",
    "loggamma(10)": "12.8018274800814696112077178746",
    "digamma(1)": "-0.57721566490153286060651209008",
    "polygamma(1, 1)": "1.64493406684822643647241516665",
    "polygamma(2, 1)": "-2.40411380631918857079947632303",
    "factorial(0.5)": "0.88622692545275801364908374167",
}

OUTSIDE = (
    "1/0; log(0); log(-1); sqrt(-1); asin(2); acos(-1.5); acosh(0.5); atanh(1); atanh(-1); 0^-1; (-8)^(1/3); (-2)^pi; "
    "tan(pi/2); sec(pi/2); csc(pi); cot(0); acot(0); csch(0); coth(0); asec(0.5); acoth(1); asech(0); log1p(-1); "
    "log(2, 1); log(2, 0); gamma(0); gamma(-3); loggamma(0); digamma(-1); factorial(-1); polygamma(1, 0); "
    "polygamma(-1, 2); polygamma(1.5, 2); atan2(0, 0); mod(1, 0); floordiv(1, 0); root(-4, 2); "
    "root(4, 0); root(4, 1 - 1); where(log(-1) > 0, 1, 2)"
)
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


@pytest.mark.parametrize(("text", "published"), PUBLISHED.items())
def test_a_function_has_its_published_value(text: str, published: str) -> None:
    assert abs(mpf(settle(lambda: number(text)).text) - mpf(published)) <= mpf(10) ** (5 - len(published))


def test_every_row_has_a_published_value() -> None:
    assert {text.partition("(")[0] for text in PUBLISHED} == set(catalogue.FUNCTIONS)


@pytest.mark.parametrize("row", catalogue.FUNCTIONS.values(), ids=lambda row: row.name)
def test_every_row_has_a_function_of_mpmath_or_a_definition(row: catalogue.Function) -> None:
    assert (row.name in KNOWN) == (row.mpmath is not None)
    assert row.mpmath or row.definition


@pytest.mark.parametrize("text", OUTSIDE.split("; "))
def test_outside_its_domain_a_function_is_undefined(text: str) -> None:
    assert settle(lambda: number(text)).outcome == "undefined"


@pytest.mark.parametrize("text", ["root(-2.25, 0.5)", "root(-0.5, -0.5)"])
def test_a_root_of_a_negative_number_needs_an_odd_integer(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize("text", ZERO_BUT_FOR_ROUNDING.split("; "))
def test_what_is_zero_but_for_rounding_is_zero(text: str) -> None:
    found = settle(lambda: number(text)).number
    assert found is not None
    assert abs(found) < Decimal("1e-300")


@pytest.mark.parametrize("text", JUMPS_AT_WHAT_ROUNDING_BLURS.split("; "))
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


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [("2", "10", "1024"), ("-2", "3", "-8"), ("-2", "-1", "-0.5"), ("0", "0", "1"), ("0", "3", "0"), ("4", "0.5", "2")],
)
def test_a_power_is_the_real_one(x: str, y: str, expected: str) -> None:
    assert abs(ball(power(Fraction(x), Fraction(y))).middle - mpf(expected)) < mpf(10) ** -60


@pytest.mark.parametrize(
    ("x", "expected"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("-0.5", 0), ("-1.5", -2), ("1.49", 1)]
)
def test_round_sends_a_half_to_the_even_neighbour(x: str, expected: int) -> None:
    assert EXACT["round"](Fraction(x)) == expected
    assert ON_BALLS["round"](Ball(mpf(x), mpf(0))) == expected


@pytest.mark.parametrize(("x", "y"), [("7.5", "2"), ("-7.5", "2"), ("7.5", "-2"), ("-7.5", "-2"), ("6", "3")])
def test_modulo_has_the_sign_of_the_divisor_as_in_python(x: str, y: str) -> None:
    expected = float(x) % float(y)  # exact for these
    assert EXACT["mod"](Fraction(x), Fraction(y)) == Fraction(expected)


@pytest.mark.parametrize(("x", "root"), [("4/9", "2/3"), ("0", "0"), ("2.25", "1.5")])
def test_a_perfect_square_has_an_exact_root(x: str, root: str) -> None:
    assert EXACT["sqrt"](Fraction(x)) == Fraction(root)
    assert EXACT["sqrt"](Fraction(2)) is NotImplemented


def test_an_exact_power_that_would_be_huge_is_left_to_mpmath() -> None:
    assert EXACT["pow"](Fraction(3), Fraction(4)) == 81
    assert EXACT["pow"](Fraction(3), Fraction(10**9)) is NotImplemented
    assert EXACT["pow"](Fraction(0), Fraction(-1)) is NotImplemented


@pytest.mark.parametrize("name", ["sin", "cos", "exp", "tanh", "gamma", "digamma", "log"])
def test_an_argument_beyond_reach_is_refused_at_once(name: str) -> None:
    assert compute(name, [Ball(mp.ldexp(1, 10**6), mpf(0))]) is BEYOND


def test_a_power_beyond_reach_is_refused_at_once() -> None:
    assert power(Fraction(2), Ball(mp.ldexp(1, 30_000), mpf(0))) is BEYOND


def test_digamma_far_left_of_zero_is_quick_and_right() -> None:
    found = settle(lambda: number("digamma(-1e6 - 0.5)"))
    with mp.workdps(60):  # DLMF 5.5.4: psi(1 - x) - psi(x) = pi*cot(pi*x), and cot is 0 at a half
        assert abs(mpf(found.text) - mp.digamma(mpf("1000001.5"))) < mpf(10) ** -40
