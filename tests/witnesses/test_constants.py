"""Constants as float64: which of them nobody has to be asked about, and which are refused."""

from __future__ import annotations

import math

import pytest

from derivcli import parts
from derivcli.errors import PointError
from derivcli.witnesses import client
from derivcli.witnesses.constants import evaluated, nearest
from tests.checks import program_of


@pytest.mark.parametrize(
    ("text", "number", "rough"),
    [("2", 2.0, False), ("0.1", 0.1, False), ("1.00000000000000000001", 1.0, True), ("1e-400", 0.0, True)],
)
def test_a_literal_is_rounded_without_asking_and_known_to_be_rough(
    text: str, number: float, rough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ask", None)
    assert nearest({"k": program_of(text)}, math.inf) == ({"k": number}, frozenset("k" if rough else ""))


def test_a_literal_is_evaluated_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "load", None)
    assert evaluated({"x": program_of("0.1"), "y": program_of("-12e3")}) == {"x": 0.1, "y": -12000}


def test_a_constant_is_the_float64_that_it_comes_to() -> None:
    assert evaluated({"x": program_of("pi/4"), "y": program_of("-2^2")}) == {"x": math.pi / 4, "y": -4}


@pytest.mark.parametrize(
    ("text", "said"),
    [("1e400", "too large for float64"), ("log(-1)", "not a real number"), ("1/0", "not a real number")],
)
def test_a_constant_that_is_no_finite_number_is_refused(text: str, said: str) -> None:
    with pytest.raises(PointError, match=f"the value of `x` is {said}"):
        evaluated({"x": program_of(text)})
