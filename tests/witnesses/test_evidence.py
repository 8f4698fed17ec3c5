"""Readings: plain data that survives the way between processes."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from derivcli.model import Proof
from derivcli.witnesses.evidence import (
    MISSING,
    UNDECIDED,
    UNDEFINED,
    Outcome,
    Reading,
    Sided,
    SlopeEvidence,
    ValueEvidence,
)
from derivcli.witnesses.protocol import line_of, reply_in
from tests.every import for_all

READINGS = [
    MISSING,
    UNDEFINED,
    UNDECIDED,
    Reading(Outcome.NUMBER, "0.1", "1e-60"),
    Reading(Outcome.NUMBER, "-1e-5000"),
    Reading(Outcome.INFINITE, sign=-1),
    Reading(Outcome.JUMPS, sign=1),
    Reading(Outcome.OSCILLATES),
]


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: f"{reading.outcome}{reading.text}")
def test_a_reading_survives_json(reading: Reading) -> None:
    found = ValueEvidence(third=reading)
    assert reply_in(line_of(7, found)) == (7, found)


def test_two_sides_survive_json() -> None:
    found = SlopeEvidence(sides=Sided(READINGS[3], READINGS[5]))
    assert reply_in(line_of(7, found)) == (7, found)


@for_all(
    ("reading", "number"),
    [
        (Reading(Outcome.NUMBER, "0.1"), 0.1),
        (Reading(Outcome.NUMBER, "1e-5000"), 0.0),
        (Reading(Outcome.NUMBER, "-1e5000"), -math.inf),
        (Reading(Outcome.INFINITE, sign=1), math.inf),
        (Reading(Outcome.JUMPS, sign=-1), -math.inf),
        (Reading(Outcome.INFINITE), None),
        (Reading(Outcome.OSCILLATES), None),
        (MISSING, None),
        (UNDEFINED, None),
        (UNDECIDED, None),
    ],
)
def test_a_reading_as_a_float_is_the_nearest_one_or_an_infinity_or_none(reading: Reading, number: float | None) -> None:
    assert reading.as_float() == number


@pytest.mark.parametrize(
    ("text", "error", "held"),
    [
        ("1.000000004830706", "3e-8", "1.0000000"),
        ("-2.34567", "0", "-2.34567"),
        ("0.0499", "0.001", "0.05"),
        ("1e30000000000000000", "1", "1e30000000000000000"),  # without its zeros
        ("3", "2000", "0"),
    ],
)
def test_a_number_holds_the_digits_that_its_error_does_not_reach(text: str, error: str, held: str) -> None:
    reading = Reading(Outcome.NUMBER, text, error)
    assert reading.held == Decimal(held)
    assert reading.as_float() == float(held)


def test_only_a_number_has_a_number() -> None:
    assert Reading(Outcome.NUMBER, "1e-5000").number == Decimal("1e-5000")
    assert Reading(Outcome.INFINITE, sign=1).number is None


def proved(text: str, error: str) -> Reading:
    return Reading(Outcome.NUMBER, text, error, proof=Proof.BALL)


@pytest.mark.parametrize(
    ("text", "error", "low", "high"),
    [
        ("196", "0", "196", "196"),
        ("0.125", "0", "0.125", "0.125"),
        ("0", "0", "0", "0"),
        ("2e3", "1e2", "1.9e+3", "2.1e+3"),
        ("0", "1e-600", "-1e-600", "1e-600"),
        # 41 digits and more are rounded outward
        ("1.00000000000000000000000000000000000000005", "0", "1." + "0" * 39, "1." + "0" * 38 + "1"),
        ("-1.00000000000000000000000000000000000000005", "0", "-1." + "0" * 38 + "1", "-1." + "0" * 39),
        ("1", "1e-60", "0." + "9" * 40, "1." + "0" * 38 + "1"),
    ],
)
def test_an_enclosure_is_rounded_outward(text: str, error: str, low: str, high: str) -> None:
    assert proved(text, error).enclosure == (low, high)


def test_evidence_has_no_enclosure() -> None:
    assert Reading(Outcome.NUMBER, "1", "1e-30").enclosure is None
