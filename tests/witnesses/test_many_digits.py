"""Values with many digits: sure numbers, zeros that hide, and what has no value. Numbers by mpmath, or by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from mpmath import mp, mpf

from derivcli.language import catalogue
from derivcli.language.program import Builder
from derivcli.witnesses.evidence import MISSING, Outcome, Reading
from derivcli.witnesses.many_digits import ManyDigits, constant, value_at
from tests.checks import program_of
from tests.every import for_all
from tests.witnesses.outside import OUTSIDE
from tests.witnesses.published import PUBLISHED

ALIKE = {"softshrink"}  # a formula that has a value for a < 0 too
ZERO = (
    "sin(pi*1e15); sin(pi); cos(pi/2); sqrt(2)^2 - 2; exp(log(3)) - 3; tan(atan(5)) - 5; x - x; "
    "log(6) - log(2) - log(3); sin(1)^2 + cos(1)^2 - 1; 0*pi; (pi - pi)*1e300; acos(cos(0)); harmonic(0); "
    "tan(pi); asin(sin(pi/2)) - pi/2; log(exp(1)/e); exp(log(2)) - 2; ceil(3*(1/3)) - 1; "
    "(-8)^(log(8)/log(2)) + 512; acosh(sin(1)^2 + cos(1)^2); acos(sin(1)^2 + cos(1)^2); "
    "sqrt(sin(1)^2 + cos(1)^2 - 1)"
)
UNDEFINED_FOR_ALL = (
    "1/sin(pi); 1/(sqrt(2)^2 - 2); tan(pi/2); 1/0; 0/0; log(sin(pi)); sqrt(-1); log(-1); 0*inf; inf - inf; "
    "1/(log(6) - log(2) - log(3)); (sin(pi))^-1; gamma(-log(8)/log(2)); where(1 < 0, 5, 1/0); inf; "
    "root(-2.25, 0.5); root(-0.5, -0.5); 1 + sqrt(-1); where(1/0 > 0, 1, 5); 1/(sin(1)^2 + cos(1)^2 - 1)"
)


def settled(text: str, **point: str) -> Reading:
    """Return what is known of an expression at a point of exact decimals."""
    at = {name: Builder.of_number(Fraction(value)) for name, value in point.items()}
    return ManyDigits(program_of(text)).at(at)


@for_all(
    ("text", "expected"),  # to 30 digits by mpmath itself at 2,000 digits
    [
        ("1 - tanh(300)", lambda: 1 - mp.tanh(300)),
        ("sqrt(2)", lambda: mp.sqrt(2)),
        ("exp(1/3)^3 - e + 1e-200", lambda: mpf(10) ** -200),
        ("(1 + 1e-60)^2 - 1 - 2e-60", lambda: mpf(10) ** -120),
        ("sin(1e22)", lambda: mp.sin(mpf(10) ** 22)),
        ("sin(exp(3000))", lambda: mp.sin(mp.exp(3000))),
        ("exp(pi*sqrt(163)) - 262537412640768744", lambda: mp.exp(mp.pi * mp.sqrt(163)) - 262537412640768744),
        ("log(1 + exp(-700))", lambda: mp.log1p(mp.exp(-700))),
        ("erfc(20)", lambda: mp.erfc(20)),
        ("10^400", lambda: mpf(10) ** 400),
        ("log(1e3000)", lambda: 3000 * mp.ln(10)),
        ("log10(1e3000)", lambda: 3000),
        ("digamma(-1e6 - 0.5)", lambda: mp.digamma(mpf("1000001.5"))),  # DLMF 5.5.4, and cot is 0 at a half
    ],
)
def test_a_value_that_hides_behind_rounding_is_found(text: str, expected: Any) -> None:
    found = settled(text).number
    assert found is not None
    with mp.workdps(2000):
        truth = expected()
        assert abs(mpf(str(found)) - truth) <= abs(truth) * mpf(10) ** -30


@for_all("text", ZERO.split("; "))
def test_what_is_zero_but_for_rounding_is_zero(text: str) -> None:
    found = settled(text, x="0.1")
    assert found.outcome is Outcome.NUMBER
    assert abs(Decimal(found.text)) + Decimal(found.error) < Decimal("1e-390")


@for_all("text", UNDEFINED_FOR_ALL.split("; "))
def test_what_has_no_real_value_is_undefined(text: str) -> None:
    assert settled(text).outcome is Outcome.UNDEFINED


@for_all(("text", "published"), PUBLISHED.items())
def test_a_function_has_its_published_value(text: str, published: str) -> None:
    decimals = len(published.partition(".")[2])
    rounded = len(published.strip("-0.").replace(".", "")) >= 10
    found = mpf(settled(text).text)
    assert abs(found - mpf(published)) <= mpf(10) ** (2 - decimals if rounded else -30)


def test_every_row_has_a_published_value() -> None:
    assert {text.partition("(")[0] for text in PUBLISHED} == set(catalogue.FUNCTIONS)


def test_every_row_with_a_domain_is_asked_outside_of_it() -> None:
    bounded = {row.name for row in catalogue.FUNCTIONS.values() if row.domain}
    assert bounded - ALIKE <= {text.partition("(")[0] for text in OUTSIDE}


@for_all("text", OUTSIDE)
def test_outside_its_domain_a_function_is_undefined(text: str) -> None:
    assert settled(text).outcome is Outcome.UNDEFINED


@for_all(
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
        ("log(1 - tanh(300))/(log(2) - 600)", "0", "1"),
        ("1/(1 - tanh(300))*2*exp(-600)", "0", "1"),
        ("where(1 + exp(-1e4) > 1, 1, 2)", "0", "1"),
        ("floor(1 + exp(-1e4))", "0", "1"),
    ],
)
def test_a_tiny_number_is_not_rounding_noise(text: str, x: str, expected: str) -> None:
    found = settled(text, x=x).number
    assert found is not None
    assert abs(found / Decimal(expected) - 1) < Decimal("1e-25")


@for_all(
    ("text", "expected"),
    [
        ("floor(log(8)/log(2))", 3),
        ("ceil(log(8)/log(2))", 3),
        ("frac(pi/pi)", 0),
        ("mod(log(8), log(2))", 0),
        ("sign(sin(pi))", 0),
        ("where(pi == pi, 1, 2)", 1),
        ("elliptic_e(1)", 1),
        ("hyp2f1(1, 1, 3, 1)", 2),  # DLMF 15.4.20: gamma(3)*gamma(1)/(gamma(2)*gamma(2))
        ("where(1 > 0, 5, 1/0)", 5),
        ("1/inf", 0),
    ],
)
def test_what_algebra_knows_is_decided_at_a_jump_and_at_an_edge(text: str, expected: int) -> None:
    found = settled(text)
    assert found.number is not None
    assert abs(found.number - expected) <= Decimal(found.error) < Decimal("1e-40")


def test_a_piece_that_is_not_taken_does_no_harm() -> None:
    assert settled("where(x > 0, sqrt(x), x)", x="-1").number == -1
    assert settled("piecewise(x, x > 0)", x="-1").outcome is Outcome.UNDEFINED


@for_all("text", ["exp(exp(exp(100)))", "sin(exp(exp(30)))", "2.5^exp(exp(20))", "gamma(exp(exp(20)))"])
def test_what_is_out_of_reach_is_undecided(text: str) -> None:
    assert settled(text).outcome is Outcome.UNDECIDED


def test_a_jump_that_no_precision_decides_is_undecided() -> None:
    assert settled("floor(1 + exp(-1e9))").outcome is Outcome.UNDECIDED
    assert settled("where(gamma(1/3)*gamma(2/3) == 2*pi/sqrt(3), 1, 2)").outcome is Outcome.UNDECIDED  # DLMF 5.5.3


def test_rationals_stay_exact() -> None:
    third = settled("0.1 + 0.2 - 0.3 + x", x="1/3")
    assert abs(Fraction(third.text) - Fraction(1, 3)) <= Fraction(third.error) < Fraction(1, 10**40)
    assert settled("0.1*3") == Reading(Outcome.NUMBER, "0.3")
    assert settled("123456789123456789^2") == Reading(Outcome.NUMBER, "15241578780673678515622620750190521")
    assert ManyDigits(program_of("gamma(5)/sqrt(4)")).rational({}) == 12
    assert ManyDigits(program_of("sqrt(2)")).rational({}) is None


def test_a_value_is_no_proof_of_what_the_program_is_a_form_of() -> None:
    form = ManyDigits(program_of("sqrt(x)*y"))
    for x, root in (("4", "2"), ("9", "3")):
        found = form.at({"x": program_of(x), "y": program_of("1")})
        assert (found.text, found.proof, found.enclosure) == (root, None, None)


def test_a_value_is_there_or_not() -> None:
    form = ManyDigits(program_of("log(x)*polylog(2, y)"))
    assert form.exists({"x": Fraction(1, 2), "y": Fraction(-3)})
    assert not form.exists({"x": Fraction(-1, 2), "y": Fraction(-3)})
    assert ManyDigits(program_of("floor(log(x)/log(2))")).exists({"x": Fraction(8)})


def test_a_value_is_missing_where_there_is_no_program_or_no_point() -> None:
    assert value_at(None, {}) == MISSING
    assert value_at(ManyDigits(program_of("2")), None) == MISSING
    assert value_at(ManyDigits(program_of("x^2")), {"x": program_of("3"), "y": program_of("1")}).text == "9"


def test_a_constant_is_a_program_without_variables() -> None:
    assert constant(program_of("3*4")) == Reading(Outcome.NUMBER, "12")
