"""Taylor polynomials: exact coefficients, texts that can be pasted back, and the error at a second point."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from mpmath import mp, mpf

from derivcli import testimony
from derivcli.language.parser import parse
from derivcli.model import Status, Value
from derivcli.views.taylor import taylor as view
from derivcli.witnesses.evidence import MISSING, Outcome, Reading, TorchEvidence
from derivcli.witnesses.replies import Remainder, SecondPoint
from tests.answers import ask
from tests.checks import evaluate
from tests.every import at_night

if TYPE_CHECKING:
    from derivcli.model import Taylor


def taylor(expression: str, at: str, order: int, **wanted: object) -> Taylor:
    found = ask(expression, at, taylor=order, **wanted).taylor
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("expression", "at", "order", "polynomial"),
    [
        ("exp(x)", "x=0", 4, "1 + x + x**2/2 + x**3/6 + x**4/24"),
        ("sin(x)", "x=0", 5, "x - x**3/6 + x**5/120"),
        ("sin(x)", "x=pi", 3, "-(x - pi) + (x - pi)**3/6"),
        ("log(x)", "x=1", 3, "(x - 1) - (x - 1)**2/2 + (x - 1)**3/3"),
        ("sqrt(x)", "x=4", 2, "2 + (x - 4)/4 - (x - 4)**2/64"),
        ("sqrt(x)", "x=2", 1, "sqrt(2) + sqrt(2)/4*(x - 2)"),
        ("1/(1-x)", "x=-1", 2, "1/2 + (x + 1)/4 + (x + 1)**2/8"),
        ("x^3", "x=2", 5, "8 + 12*(x - 2) + 6*(x - 2)**2 + (x - 2)**3"),
        ("x^2*y", "x=1,y=2", 1, "2 + 4*(x - 1) + (y - 2)"),
        ("x*y", "x=0,y=0", 2, "x*y"),
        ("cos(x)", "x=0", 0, "1"),
        ("x", "x=0", 0, "0"),
    ],
)
def test_the_polynomial_is_the_one_in_books(expression: str, at: str, order: int, polynomial: str) -> None:
    assert taylor(expression, at, order).polynomial == polynomial


@pytest.mark.parametrize(
    ("expression", "at", "order"),
    [
        ("exp(sin(x))", "x=0.3", 5),
        ("gamma(x)", "x=1", 3),
        ("atan(x*y)", "x=1,y=-2", 3),
        ("x^x", "x=2", 4),
        ("besselj(0,x)", "x=1/3", 4),
        ("log(x)/x", "x=e", 4),
        ("sqrt(2-x)*y^3", "x=0.25,y=-1/7", 3),
    ],
)
def test_the_polynomial_can_be_pasted_back_and_is_near_f(expression: str, at: str, order: int) -> None:
    found = taylor(expression, at, order)
    assert found.polynomial is not None
    places = {name: mpf(number) for name, number in (ask(expression, at).at or {}).items()}
    step = mpf(10) ** -3
    with mp.workdps(40):
        there = {name: place + step for name, place in places.items()}
        error = evaluate(parse(found.polynomial).tree, there) - evaluate(parse(expression).tree, there)
        assert abs(error) < 100 * step ** (order + 1) + mpf(10) ** -14  # the place is rounded to a float64


def test_a_coefficient_without_an_exact_form_is_a_number() -> None:
    *_, last = taylor("sin(exp(cos(x)))", "x=1", 5).coefficients
    assert last.exact is None
    with mp.workdps(30):
        truth = mp.taylor(lambda x: mp.sin(mp.exp(mp.cos(x))), 1, 5)[5]
    assert last.value == pytest.approx(float(truth), rel=1e-9)


def test_the_error_at_a_second_point_is_that_of_the_remainder() -> None:
    near = taylor("exp(x)", "x=0", 4, near="x=0.1").near
    assert near is not None
    with mp.workdps(40):
        polynomial = mp.fsum(mpf("0.1") ** k / mp.factorial(k) for k in range(5))
        assert near.polynomial == pytest.approx(float(polynomial), rel=1e-15)
        assert near.value == pytest.approx(float(mp.exp(mpf("0.1"))), rel=1e-15)
        # far below the rounding of f itself
        assert near.error == pytest.approx(float(mp.exp(mpf("0.1")) - polynomial), rel=1e-9)
    assert near.at == {"x": 0.1}


@pytest.mark.parametrize(
    ("expression", "function", "at", "order", "near"),
    [
        ("sin(x)", mp.sin, "1", 8, "1.001"),
        ("exp(x)", mp.exp, "0", 10, "0.001"),
        ("exp(x)", mp.exp, "0", 0, "1e-30"),  # the view has the first derivative too
        ("log(x)", mp.log, "2", 5, "2+1e-9"),
        *at_night(
            ("sin(x)", mp.sin, "0", 40, "30"),  # terms of 1e11
            ("gamma(x)", mp.gamma, "3", 3, "3+1e-12"),
        ),
        ("besselj(x, 1)", lambda n: mp.besselj(n, 1), "1", 2, "1.01"),  # without symbolic forms
    ],
)
def test_the_error_has_all_its_digits_however_small_it_is(
    expression: str, function: Any, at: str, order: int, near: str
) -> None:
    found = taylor(expression, f"x={at}", order, near=f"x={near}").near
    assert found is not None
    with mp.workdps(120):
        place = mpf(at)
        step = sum(map(mpf, near.split("+"))) - place
        polynomial = mp.fsum(mp.diff(function, place, k) * step**k / mp.factorial(k) for k in range(order + 1))
        assert found.error == pytest.approx(float(function(place + step) - polynomial), rel=1e-12)
        assert found.polynomial == pytest.approx(float(polynomial), rel=1e-15)


def test_a_polynomial_of_full_degree_has_no_error_at_all() -> None:
    near = taylor("(x+1)^30", "x=1e-3", 30, near="x=0.5").near
    assert near is not None
    assert near.error == 0


def test_derivatives_beyond_the_order_are_no_part_of_the_error() -> None:
    near = taylor("exp(x)", "x=0", 1, near="x=1e-10", hessian=True).near
    assert near is not None
    # x^2/2 + x^3/6 + ...
    assert near.error == pytest.approx(5e-21 * (1 + 1e-10 / 3), rel=1e-14)


@pytest.mark.parametrize(
    ("true", "by_forms", "error", "expected"),
    [
        ("1.5", None, None, 0.5),
        ("1.0000000000000000000000001", None, None, None),  # all noise
        ("1", None, None, None),
        ("1.0000000000000000000000001", "1.0000000000000000000000000", "1e-25", 1e-25),
        ("1.5", "1.0000000000000001", "0.4", 0.5),  # not the polynomial that was confirmed
        ("1.5", "1", None, 0.5),
        (None, "1", None, None),
    ],
)
def test_an_error_by_the_symbolic_forms_counts_where_they_give_the_confirmed_polynomial(
    true: str | None, by_forms: str | None, error: str | None, expected: float | None
) -> None:
    def reading(text: str | None) -> Reading:
        return MISSING if text is None else Reading(Outcome.NUMBER, text)

    second = SecondPoint(reading(true), {"x": reading("0.5")})
    remainder = Remainder(reading(by_forms), reading(error))
    seen = testimony.Testimony(TorchEvidence(coordinates=({"x": 0.0},)), second=second, remainder=remainder)
    value = Value(status=Status.AGREE, answer=1.0, digits="1.000000000000000000000000")
    result = replace(ask("x", "x=0"), value=value, derivatives=())
    found = view(result, 0, ("x",), {"x": "0.5"}, seen).near
    assert found is not None
    assert found.error == expected


@pytest.mark.parametrize("text", ["where(x<1, sqrt(2), x)*x", "sqrt(2)*where(x==0, x, 2*x)"])
def test_no_exact_coefficient_shows_a_condition(text: str) -> None:
    for coefficient in taylor(text, "x=0", 1).coefficients:
        assert "where" not in (coefficient.exact or "")


def test_what_the_second_point_does_not_name_stays() -> None:
    near = taylor("x^2*y", "x=1,y=2", 3, near="x=1.1").near
    assert near is not None
    assert (near.at, near.error) == ({"x": 1.1, "y": 2}, 0)
    assert near.value == pytest.approx(2.42)


def test_a_second_point_outside_the_domain_has_no_value() -> None:
    near = taylor("log(x)", "x=1", 2, near="x=-1").near
    assert near is not None
    assert (near.value, near.polynomial, near.error) == (None, -4, None)


def test_a_polynomial_whose_coefficients_do_not_exist_is_missing() -> None:
    found = taylor("abs(x)^3", "x=0", 3, near="x=1")
    assert found.polynomial is None
    assert [c.value for c in found.coefficients] == [0, 0, 0, None]
    assert found.near is not None
    assert (found.near.value, found.near.polynomial) == (1, None)
