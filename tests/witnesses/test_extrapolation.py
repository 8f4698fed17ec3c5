"""Limits of sequences L + C*h^a whose limits are known, and of some that have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mpmath import mp, mpf

from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.extrapolation import RATIO, STEPS, limit
from tests.every import for_all

Sequence = Callable[[Any], Any]


def seen(sequence: Sequence, first: str = "1e-20", noise: str = "1e-200", digits: int = 300) -> Reading:
    """Return the limit of a function of h as h goes to 0."""
    with mp.workdps(digits):
        ratio = mpf(RATIO.numerator) / RATIO.denominator
        steps = [mpf(first) * ratio**k for k in range(STEPS)]
        return limit([sequence(h) for h in steps], [mpf(noise)] * STEPS)


def test_the_steps_are_many_and_their_ratio_is_no_round_number() -> None:
    assert STEPS >= 4
    assert RATIO.denominator % 2
    assert RATIO.denominator % 5


@for_all(
    ("sequence", "expected"),
    [
        (lambda h: 3 + 5 * h, "3"),
        (lambda h: 3 - 5 * mp.sqrt(h), "3"),
        (lambda h: 3 + h**2, "3"),
        (lambda _h: mpf(3), "3"),
        (lambda h: -2 + h ** mpf("0.1"), "-2"),
        (lambda h: h ** mpf("0.1"), "0"),
        (lambda h: h * mp.sin(1 / h), "0"),
        (lambda h: 1 + h * mp.log(h), "1"),
        (lambda h: mp.exp(-1 / h), "0"),
        (lambda h: mpf("1e-300") + h, "1e-300"),
        (lambda h: mpf("1e100") * (1 + h), "1e100"),
    ],
)
def test_a_sequence_that_converges_has_its_limit(sequence: Sequence, expected: str) -> None:
    found = seen(sequence)
    assert found.outcome is Outcome.NUMBER
    with mp.workdps(60):
        error = mpf(found.error)
        assert abs(mpf(found.text) - mpf(expected)) <= error + abs(mpf(expected)) * mpf(10) ** -12
        assert error <= max(abs(mpf(expected)), 1) * mpf(10) ** -6


@pytest.mark.parametrize(
    ("sequence", "sign"),
    [
        (lambda h: 1 / h, 1),
        (lambda h: -1 / h, -1),
        (lambda h: 1 / mp.sqrt(h) + 7, 1),
        (lambda h: mp.log(h), -1),
        (lambda h: -3 * mp.log(h) + 100, 1),
        (lambda h: 5 - h ** mpf("-0.1"), -1),
        (lambda h: mp.exp(mpf("1e-22") / h), 1),
    ],
)
def test_a_sequence_that_grows_without_bound_has_an_infinity_with_its_sign(sequence: Sequence, sign: int) -> None:
    found = seen(sequence)
    assert (found.outcome, found.sign) == (Outcome.INFINITE, sign)


@pytest.mark.parametrize(
    "sequence", [lambda h: mp.sin(1 / h), lambda h: 5 + mp.cos(1 / h**2), lambda h: mp.sin(1 / h) / h]
)
def test_a_sequence_that_oscillates_does_not_settle(sequence: Sequence) -> None:
    assert seen(sequence).outcome is Outcome.OSCILLATES


@for_all("first", ["1e-20", "1e-60", "1e-350"])
@for_all(
    ("sequence", "expected"),
    [
        (lambda h: mp.exp(h ** mpf("0.2")), 1),
        (lambda h: (1 + 100 * h ** mpf("0.15")) ** 3, 1),
        (lambda h: (1 + 1000 * h ** mpf("0.25")) ** 5, 1),
        (lambda h: 1 + h ** mpf("0.2") + h ** mpf("0.21"), 1),
        (lambda h: 1 + h + h ** mpf("0.9"), 1),
        (lambda h: h ** mpf("0.2") + h ** mpf("0.3"), 0),
        (lambda h: mp.sqrt(1 + h ** mpf("0.3")), 1),
        (lambda h: 1 / (1 + h ** mpf("1e-7")), 1),
        (lambda h: 1 + mpf("1e-20") * h ** mpf("1e-6"), 1),
    ],
)
def test_a_limit_is_within_its_error_or_undecided(sequence: Sequence, expected: int, first: str) -> None:
    found = seen(sequence, first, noise="1e-400", digits=450)
    if found.outcome is not Outcome.UNDECIDED:
        assert found.outcome is Outcome.NUMBER
        with mp.workdps(60):
            assert abs(mpf(found.text) - expected) <= mpf(found.error)


def test_a_sum_of_two_powers_that_are_near_each_other_is_still_a_limit() -> None:
    # the second power is what the first extrapolation leaves: 1e-44 is more than was claimed, and still nothing
    found = seen(lambda h: 1 + h + h ** mpf("0.9"))
    assert found.outcome is Outcome.NUMBER
    with mp.workdps(60):
        assert abs(mpf(found.text) - 1) <= mpf(found.error) <= mpf("1e-40")


def test_differences_below_the_noise_are_no_growth() -> None:
    found = seen(lambda h: 2 + mp.sin(1 / h) * mpf("1e-60"), noise="1e-50")
    assert abs(mpf(found.text) - 2) <= mpf("1e-50")


def test_what_is_smaller_than_its_error_is_zero() -> None:
    found = seen(lambda h: mpf("1e-60") * mp.sin(1 / h), noise="1e-50")
    assert found.number == 0
    assert mpf(found.error) >= mpf("1e-60")


def test_two_samples_are_too_few_to_decide() -> None:
    assert limit([mpf(1), mpf(2)], [mpf(0), mpf(0)]).outcome is Outcome.UNDECIDED
    assert limit([mpf(1)], [mpf(0)]).outcome is Outcome.UNDECIDED


@pytest.mark.parametrize(
    "sequence", [lambda h: 1 / mp.log(h), lambda h: mp.sqrt(-mp.log(h)), lambda h: mp.log(-mp.log(h))]
)
def test_a_logarithm_in_disguise_is_not_taken_for_a_power(sequence: Sequence) -> None:
    assert seen(sequence).outcome is Outcome.UNDECIDED
