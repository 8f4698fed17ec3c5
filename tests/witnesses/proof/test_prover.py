from __future__ import annotations

import math
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from mpmath import mp

from tests.every import for_all
from tests.witnesses.proof.asking import prover

if TYPE_CHECKING:
    from derivcli.witnesses.evidence import Reading


def holds(found: Reading | None, truth: str) -> bool:
    """Tell whether a proved number is a true one, given to as many digits as it is written with."""
    assert found is not None
    number = Decimal(truth)
    last = Decimal(1).scaleb(int(number.as_tuple().exponent)) if "." in truth or "e" in truth else Decimal(0)
    return abs(Decimal(found.text) - number) <= Decimal(found.error) + last


@for_all(
    ("text", "x", "value", "slope"),
    [  # by mpmath to 40 digits where not by hand
        ("5*x**4+3*x**3", "2", "104", "196"),
        ("1/x", "1e-300", "1e300", "-1e600"),
        ("sqrt(x)", "1e-30", "1e-15", "5e14"),
        ("x^x", "1", "1", "1"),
        ("abs(x)", "-3", "3", "-1"),
        ("max(x, 2)", "1", "2", "0"),
        ("where(x < 2, x^2, x)", "1", "1", "2"),
        ("floor(x) + x", "2.5", "4.5", "1"),
        ("tan(exp(x))", "0.3", "4.45227988912902400101483754934621942", "28.1078348639712736109857378221234177"),
        ("1/sin(10^x)", "3000", "1.19783564946147875", "-1.818707284022627754873902203e3000"),
        ("tan(10^x)", "3000", "1.51652689497477514", "7.598194222317897383143639487e3000"),
        ("besselj(0, x)", "1e20", "6.698009040703424284876236348e-12", "7.950681982425450165045550201e-11"),
        ("airybi(x)", "-1e16", "-0.00001763040682905457499963394913", "5359.354081304884749352035066"),
        *((text, "1e20", "0", "0") for text in ("exp(-x)", "besselk(0, x)", "airyai(x)", "erfc(x)", "sigmoid(-x)")),
        *((text, "1e20", "1", "0") for text in ("erf(x)", "tanh(x)", "sigmoid(x)", "-expm1(-x)", "-tanh(-x)")),
        ("softplus(x)", "1e20", "1e20", "1"),
        ("softplus(x)", "-1e20", "0", "0"),
        ("i0e(x)", "1e8", "0.000039894228090011053124679984565129371", "-1.99471140948733121735316676054e-13"),
        ("ndtri(x)", "1e-300", "-37.0470962993611992372229625078604368", "2.69730446504261204742161897433000187e298"),
        ("hyp2f1(1, 1, 3, x)", "0.9", "1.65368269308788995456345890007793476", "2.01054486225912277755772455460301956"),
        ("polylog(1.5, x)", "-3", "-1.679089730504828135337490926182761", "0.357015574182385320061505614312745549"),
        (
            "besselk(30, x)",
            "1e-8",
            "4.74688482526597207485187157495126435e279",
            "-1.42406544757979162253740431430030986e289",
        ),
        (
            "elliptic_pi(0.3, x, 0.5)",
            "2",
            "3.07362571226828141609980936552535618",
            "1.73636909503618354987213215641169997",
        ),
    ],
)
def test_value_and_slope_are_proved(text: str, x: str, value: str, slope: str | None) -> None:
    asked = prover(text, x=x)
    assert holds(asked.value, value)
    assert slope is None or holds(asked.slope(("x",)), slope)


@for_all(
    ("text", "x"),
    [
        ("abs(x)", "0"),
        ("sqrt(x)", "0"),
        ("cbrt(x)", "0"),
        ("abs(x - 0.1)", "0.1"),
        ("max(x, 2)", "2"),
        ("floor(x)", "2"),
        ("sqrt(sin(x)^2)", "pi"),
        ("where(x <= 0, 0, exp(-1/x))", "0"),
        ("asin(x)", "1"),
        ("x^1.5", "0"),
        ("where(x == 0, 0, x^2*sin(1/x))", "0"),
    ],
)
def test_at_a_kink_an_edge_or_a_gap_no_slope_is_proved(text: str, x: str) -> None:
    assert prover(text, x=x).slope(("x",)) is None


@for_all(
    ("text", "x"),
    [("log(x)", "-1"), ("1/x", "0"), ("tan(x)", "pi/2"), ("asin(x)", "2"), ("x^(1/3)", "-8"), ("gamma(x)", "-3")],
)
def test_where_f_has_no_value_none_is_proved(text: str, x: str) -> None:
    assert prover(text, x=x).value is None


def test_a_rational_value_is_exact_and_another_one_a_ball() -> None:
    assert [asked.value and asked.value.proof for asked in (prover("x^2", x="1/3"), prover("sin(x)", x="1"))] == [
        "exact",
        "ball",
    ]


def test_a_true_zero_is_proved_to_be_as_good_as_0() -> None:
    asked = prover("sin(x)", 2, x="pi")
    for found in (asked.value, asked.slope(("x", "x"))):
        assert found is not None
        assert (found.text, found.error) == ("0", "1e-600")


def test_all_orders_up_to_ten_are_proved() -> None:
    asked = prover("exp(x)*sin(x)", 10, x="0.7")
    with mp.workdps(60):  # the derivative of order n is sqrt(2)^n*exp(x)*sin(x + n*pi/4)
        x = mp.mpf("0.7")
        truths = [mp.sqrt(2) ** n * mp.exp(x) * mp.sin(x + n * mp.pi / 4) for n in range(11)]
        assert all(holds(asked.slope(("x",) * n), mp.nstr(truths[n], 40)) for n in range(1, 11))


def test_mixed_derivatives_are_proved() -> None:
    asked = prover("x^y*sin(z)", 3, x="2", y="3", z="1")
    # y*x^(y-1)*cos(z); x^(y-1)*(1 + y*log(x))*cos(z), by mpmath
    assert holds(asked.slope(("x", "z")), "6.48362767041767660881123928931571924")
    assert holds(asked.slope(("x", "y", "z")), "6.65531746302301773521137391092248529")


def test_a_term_of_one_variable_with_a_kink_forbids_the_mixed_derivative() -> None:
    assert prover("abs(x) + x*y", 2, x="0", y="1").slope(("x", "y")) is None
    assert prover("abs(x) + y", 2, x="0", y="1").slope(("x", "y")) is None


def test_of_a_variable_that_f_does_not_hold_the_derivative_is_0() -> None:
    found = prover("abs(x)", x="0", y="1").slope(("y",))
    assert found is not None
    assert (found.text, found.error) == ("0", "0")


def test_of_terms_with_one_variable_each_the_mixed_derivative_is_0() -> None:
    found = prover("sin(x) + y^2", 2, x="1", y="2").slope(("x", "y"))
    assert found is not None
    assert (found.text, found.error) == ("0", "0")


def test_derivatives_by_one_variable_share_their_values_and_do_not_mind_the_order_in_which_they_are_asked() -> None:
    for orders in ((1, 2, 5), (5, 2, 1)):
        asked = prover("exp(2*x)*y", 5, x="0", y="3")
        assert all(holds(asked.slope(("x",) * n), str(3 * 2**n)) for n in orders)  # by hand
        assert holds(asked.slope(("y", "x")), "2")
        assert asked.slope(("y", "x")) is asked.slope(("x", "y"))


def test_f_is_analytic_only_where_it_is_in_all_variables_together() -> None:
    assert prover("x*y + exp(x)", x="0", y="0").is_analytic
    assert not prover("sqrt(x^2 + y^2)", x="0", y="0").is_analytic
    assert not prover("x*abs(y)", x="1", y="0").is_analytic


def test_zero_to_the_zero_is_seen() -> None:
    assert prover("x^y", x="0", y="0").takes_zero_to_the_zero
    assert not prover("x^y", x="0", y="1").takes_zero_to_the_zero


@for_all(
    ("text", "x"),
    [
        ("x^x^x^x", "9"),
        ("floor(10^x)", "1e9"),
        ("mod(10^x, 7)", "1e9"),
        ("round(10^x)", "1e12"),
        ("x + 1", "10^(-1e9)"),
        ("x + 1", "10^1e9"),
        ("2^(2^(2^(2^x)))", "5"),
        ("exp(exp(exp(exp(x))))", "5"),
        ("gamma(gamma(gamma(x)))", "9"),
        ("besselj(1000000, x)", "1e12"),
        ("struveh(1, x)", "1e9"),
        ("sin(x) - sin(x + 1e-700)", "1e9"),
        ("jacobi(500, 0.5, 0.5, x)", "0.3"),
        ("hyp1f1(1000.5, 0.5, x)", "-1e9"),
    ],
)
def test_what_could_take_long_is_given_up_in_time(text: str, x: str) -> None:
    started = time.thread_time()
    asked = prover(text, x=x)
    assert asked.value is None or asked.value.proof
    asked.slope(("x",))
    assert time.thread_time() - started < 2


def test_a_very_high_order_is_proved() -> None:
    assert holds(prover("exp(2*x)", 64, x="0").slope(("x",) * 64), str(2**64))
    assert holds(prover("1/x", 64, x="2").slope(("x",) * 64), str(math.factorial(64) / Decimal(2) ** 65))


@for_all(
    ("text", "at"),
    [
        ("x + sqrt(erf(y) - 1)", {"x": "3", "y": "100"}),  # erf < 1, by less than the precisions see
        ("x^2 + log(y)", {"x": "1", "y": "-1"}),
        ("x + 0*log(y)", {"x": "1", "y": "-1"}),
        ("x*z + acosh(cos(exp(-y)))", {"x": "3", "y": "9000", "z": "2"}),
        ("log(y)", {"x": "1", "y": "-1"}),
    ],
)
def test_no_slope_is_proved_where_another_term_has_no_value(text: str, at: dict[str, str]) -> None:
    asked = prover(text, 2, **at)
    assert asked.value is None
    assert asked.slope(("x",)) is None
    assert asked.slope(("x", "x")) is None


@for_all(
    ("text", "x", "near"),
    [
        ("log(x)", "-1", True),
        ("log(x)", "0", False),
        ("1/x", "0", False),
        ("sqrt(x)", "-1e-300", True),
        ("x^(1/3)", "-8", True),
        ("asin(x)", "1.5", True),
        ("acosh(x)", "1/2", True),
        ("0*sqrt(cos(x) - 1)", "1e-200", True),
        ("x + sqrt(erf(x) - 1)", "100", True),  # erf(x) < 1: by 6.4e-4346 there (mpmath)
        ("acosh(cos(exp(-x)))", "9000", True),  # cos(e^-9000) < 1
        ("sqrt(-x^2)", "0", None),
        ("where(x > -2 or log(x) > 1, 1, 2)", "-1", None),
        ("where(x > 0 or log(x) > 1, 1, 2)", "-1", None),  # another witness's: the balls leave it open
    ],
)
def test_that_f_has_no_value_is_proved_by_the_sign_of_what_decides(text: str, x: str, near: bool | None) -> None:
    asked = prover(text, x=x)
    assert asked.has_no_value is (near is not None)
    assert asked.has_none_near is bool(near)


def test_a_kink_of_another_term_does_not_matter_to_a_slope() -> None:
    assert holds(prover("x^2 + abs(y)", x="3", y="0").slope(("x",)), "6")  # by hand


@pytest.mark.parametrize(("text", "at", "expected"), [("x^2", "0", False), ("x^0", "0", True), ("sin(x)", "0", False)])
def test_0_to_the_0_is_ruled_out_where_a_base_or_an_exponent_is_not_0(text: str, at: str, *, expected: bool) -> None:
    assert prover(text, x=at).takes_zero_to_the_zero is expected


def test_0_to_the_0_stays_open_where_a_power_is_not_known() -> None:
    assert prover("where(x > 0, log(x)^x, 1)", x="0").takes_zero_to_the_zero is None
