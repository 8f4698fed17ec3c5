"""A first look at a question: numbers from mpmath and by hand, and where it leaves all to a closer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpmath import mp, mpf

from derivcli.witnesses import first_look, operation_slopes
from derivcli.witnesses.evidence import ValueEvidence
from derivcli.witnesses.protocol import EvidenceRequest, line_of, reply_in, request_in
from derivcli.witnesses.replies import Failed, Programs, SettledNumbers, SymbolicDerivative
from derivcli.witnesses.worker import answer
from tests.checks import program_of
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


def replies(text: str, **point: str) -> Sequence[object]:
    """Return what the worker says of f and of its slopes by all variables, its last word left out."""
    program = program_of(text)
    places = {name: program_of(value) for name, value in point.items()}
    wrt = tuple((name,) for name in point)
    _, request = request_in(line_of(1, EvidenceRequest(program, (places,), wrt, unseen=True, settling=True)))
    return [reply_in(line_of(1, reply))[1] for reply in answer(request)][:-1]


def settled(text: str, **point: str) -> tuple[float, ...]:
    _, found, *others = replies(text, **point)
    assert isinstance(found, SettledNumbers)
    assert bool(others) is not bool(found.numbers)
    return found.numbers


@for_all(
    ("text", "point", "numbers"),
    [
        ("5x^4 + 3x^3", {"x": "2"}, (104, 196)),
        ("x*y^2", {"x": "3", "y": "-0.5"}, (0.75, 0.25, -3)),
        ("x^3", {"x": "0"}, (0, 0)),
        ("(x - 1/3)*y", {"x": "1/3", "y": "7"}, (0, 7, 0)),
        ("7 + 0*x", {"x": "1"}, (7, 0)),
        ("gelu(x)", {"x": "0"}, (0, 0.5)),
        ("where(x < 1, x, x^2)", {"x": "3"}, (9, 6)),
        ("abs(x)", {"x": "-2"}, (2, -1)),
    ],
)
def test_numbers_are_those_of_a_calculation_by_hand(
    text: str, point: dict[str, str], numbers: tuple[float, ...]
) -> None:
    assert settled(text, **point) == numbers


def test_numbers_are_the_float64_nearest_to_the_true_ones() -> None:
    for k in range(1, 20):
        with mp.workdps(40):
            x = mpf(k) / 10
            value, slope = mp.sin(x) * mp.exp(-x * x), (mp.cos(x) - 2 * x * mp.sin(x)) * mp.exp(-x * x)
        assert settled("sin(x)*exp(-x^2)", x=f"{k}/10") == (float(value), float(slope))


@for_all(
    ("text", "point"),
    [
        ("abs(x)", {"x": "0"}),  # a corner
        ("sqrt(x^4)", {"x": "0"}),  # has a slope that is proved from both sides alone
        ("log(x)", {"x": "-1"}),
        ("x^x", {"x": "0"}),  # 0^0, of which a reader has to know
        ("sin(x)^0 + x", {"x": "pi"}),  # the same, of a base that no ball shows to be 0
        ("where(x < 0, 1, x^2)", {"x": "0"}),  # a jump
        ("exp(x)", {"x": "-1000"}),  # too small for float64
        ("besselj(x, 2)", {"x": "1"}),  # by its order there is no slope in closed form
        ("x", {"x": "log(-1)"}),
    ],
)
def test_what_needs_a_closer_look_has_no_numbers(text: str, point: dict[str, str]) -> None:
    assert settled(text, **point) == ()


def test_after_a_first_look_that_settles_all_nothing_more_is_said() -> None:
    assert [type(reply) for reply in replies("sin(x)", x="1")] == [Programs, SettledNumbers]


def test_a_closer_look_follows_on_one_that_settles_nothing() -> None:
    kinds = [type(reply) for reply in replies("abs(x)", x="0")]
    assert kinds[:3] == [Programs, SettledNumbers, ValueEvidence]
    assert SymbolicDerivative in kinds


def test_a_closer_look_follows_on_one_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_program: object) -> None:
        raise ZeroDivisionError("no slope")

    monkeypatch.setattr(first_look, "with_slopes", fail)
    _, failed, *others = replies("sin(x)", x="1")
    assert failed == Failed("ZeroDivisionError: no slope")
    assert any(isinstance(reply, SymbolicDerivative) for reply in others)


def test_a_long_program_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "_LONGEST", 1)
    assert settled("sin(x)", x="1") == ()


def test_a_symbolic_slope_that_is_another_one_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = operation_slopes.with_slopes
    monkeypatch.setattr(first_look, "with_slopes", lambda _program: whole(program_of("sin(x) + 1e-12*x")))
    assert settled("sin(x)", x="1") == ()
