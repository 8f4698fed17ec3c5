from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from derivcli.model import Proof
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.proof.numbers import UnprovedError
from derivcli.witnesses.proof.readings import combined, reading
from tests.every import examples


@pytest.mark.parametrize("x", [arb("nan"), arb("inf"), arb(0, "inf")])
def test_a_ball_that_is_not_finite_is_no_proof_of_0(x: arb) -> None:
    assert not any(x.mid_rad_10exp(10))  # what FLINT says of it
    with pytest.raises(UnprovedError):
        reading(x, Proof.BALL)


@examples(30, 5_000)
@given(st.fractions(), st.integers(-3000, 3000), st.integers(10, 200))
def test_the_text_and_its_error_hold_every_point_of_a_ball(middle: Fraction, exponent: int, bits: int) -> None:
    with ctx.workprec(200):
        size = arb(fmpq(middle.numerator, middle.denominator)) * arb(2) ** exponent
        ball = size + arb(0, abs(size).upper() * arb(2) ** -bits)
    if ball.contains(0):
        return
    found = reading(ball, Proof.BALL)
    low, high = (Fraction(Decimal(found.text)) + way * Fraction(Decimal(found.error)) for way in (-1, 1))
    with ctx.workprec(400):
        edges = [(x.fmpq().p, x.fmpq().q) for x in (ball.lower(), ball.upper())]
    assert low <= Fraction(int(edges[0][0]), int(edges[0][1])) * (1 + Fraction(1, 2**390))
    assert high >= Fraction(int(edges[1][0]), int(edges[1][1])) * (1 - Fraction(1, 2**390)) or middle < 0


def test_flints_own_texts_are_no_bounds() -> None:
    with ctx.workprec(60):
        third = arb(1) / 3
        assert Fraction((2 * third).lower().str(5, radius=False)) > Fraction(2, 3)  # 0.66667
        assert Fraction(third.upper().str(5, radius=False)) < Fraction(1, 3)
    found = reading(third, Proof.BALL)
    assert abs(Fraction(Decimal(found.text)) - Fraction(1, 3)) <= Fraction(Decimal(found.error))


@pytest.mark.parametrize(("x", "text"), [(fmpq(196), "196"), (fmpq(1, 8), "0.125"), (fmpq(0), "0")])
def test_a_short_decimal_stands_for_itself(x: fmpq, text: str) -> None:
    assert (reading(x, Proof.EXACT).text, reading(x, Proof.EXACT).error) == (text, "0")


def test_a_rational_that_is_no_decimal_says_what_its_digits_leave_out() -> None:
    found = reading(fmpq(1, 3), Proof.EXACT)
    assert (
        0 < abs(Fraction(Decimal(found.text)) - Fraction(1, 3)) <= Fraction(Decimal(found.error)) < Fraction(1, 10**40)
    )


def test_what_is_as_good_as_0_says_so() -> None:
    found = reading(arb(0, "1e-700"), Proof.DISC)
    assert (found.text, found.error) == ("0", "1e-600")


def test_a_formula_of_proved_numbers_is_proved() -> None:
    third, zero = reading(fmpq(1, 3), Proof.EXACT), reading(fmpq(0), Proof.EXACT)
    known = {"a": third, "b": reading(fmpq(7), Proof.EXACT), "zero": zero}
    found = combined(lambda x: x["b"] / x["a"] * -1, known, Proof.DISC)
    assert found is not None
    assert found.proof is Proof.DISC
    assert 0 < abs(Decimal(found.text) + 21) + Decimal(found.error) <= Decimal("1e-40")
    assert abs(Decimal(found.text) + 21) <= Decimal(found.error)
    assert combined(lambda x: x["zero"] / x["a"], known, Proof.DISC) == Reading(Outcome.NUMBER, "0", proof=Proof.DISC)


@pytest.mark.parametrize("error", ["1e-600", "1e-10", "2"])
def test_a_formula_with_too_wide_a_number_is_no_proof(error: str) -> None:
    known = {"a": Reading(Outcome.NUMBER, "1" if error != "1e-600" else "0", error, proof=Proof.DISC)}
    assert combined(lambda x: 1 / x["a"], known, Proof.DISC) is None


def test_a_formula_that_divides_by_0_is_no_proof() -> None:
    assert combined(lambda x: x["a"] / x["a"], {"a": reading(fmpq(0), Proof.EXACT)}, Proof.DISC) is None


def test_a_number_that_decimals_cannot_hold_is_none() -> None:
    with pytest.raises(UnprovedError):
        reading(arb(2) ** (2**60), Proof.BALL)
