"""Request -> Result when there is no point, and when the worker is slow, fails or is gone."""

from __future__ import annotations

import math
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import calculator, testimony, wording
from derivcli.calculator import calculate
from derivcli.model import Request, Result, Status
from derivcli.witnesses import client
from derivcli.witnesses.evidence import TorchEvidence
from derivcli.witnesses.replies import Failed, Programs, SymbolicDerivative
from tests.runaway import AT, RUNAWAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.replies import Reply

AGREE = Status.AGREE


def ask(text: str, timeout: float = 20, **point: str) -> Result:
    return calculate(Request(text, point, timeout=timeout))


# Without a point.


def test_without_a_point_the_derivatives_are_spot_checked() -> None:
    found = calculate(Request("x^2*y"))
    assert (found.at, found.at_text, found.value.answer, found.value.status) == (None, None, None, None)
    assert [(d.name, d.expression, d.answer, d.status) for d in found.derivatives] == [
        ("df/dx", "2*x*y", None, None),
        ("df/dy", "x**2", None, None),
    ]
    assert found.spot_checks is not None
    assert [check.status for check in found.spot_checks] == [AGREE] * 3
    assert all(set(check.at) == {"x", "y"} for check in found.spot_checks)
    assert found.status is AGREE


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x) + log(y)", "asin(x)", "acosh(x)", "sqrt(-x)", "log(x*y)"])
def test_spot_checks_are_made_where_f_is_defined(text: str) -> None:
    found = calculate(Request(text))
    assert found.spot_checks
    assert {check.status for check in found.spot_checks} == {AGREE}


@pytest.mark.parametrize("text", ["log(-1 - x^2)", "1/(x - x)"])
def test_without_any_point_to_check_nothing_is_verified(text: str) -> None:
    found = calculate(Request(text))
    assert (found.spot_checks, found.status) == ((), Status.UNVERIFIED)
    assert wording.NO_REAL_VALUE in found.notes


# When the worker is slow, or gone.


def never_agrees(found: Result) -> bool:
    return all(number.status is Status.UNVERIFIED for number in (found.value, *found.derivatives))


def test_when_time_runs_out_autograds_numbers_are_shown_as_unverified() -> None:
    found = ask(f"x + 0*({RUNAWAY})", timeout=1, x=AT)
    assert found.limit_reached == "time"
    assert never_agrees(found)
    assert found.status is Status.UNVERIFIED
    assert "time ran out before every witness answered" in found.notes
    assert found.value.answer is None


def test_spots_that_torch_alone_has_seen_are_unverified_and_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    spots = [{"x": 0.7}, {"x": 1.9}]
    numbers: Any = (0.49, {("x",): 1.4}), (3.61, {("x",): 3.8})
    alone = testimony.Testimony(TorchEvidence(None, tuple(spots), numbers), limit_reached="time")
    monkeypatch.setattr(calculator, "hear", lambda *_: alone)
    monkeypatch.setattr(calculator, "_judge", lambda *_: pytest.fail("there is nothing to hold torch against"))
    found = calculate(Request("x^2"))
    assert [(check.at, check.status) for check in found.spot_checks or ()] == [(at, Status.UNVERIFIED) for at in spots]
    assert (found.status, found.limit_reached) == (Status.UNVERIFIED, "time")


def test_when_no_reply_comes_in_time_torch_runs_the_expression_straight_from_the_text() -> None:
    found = ask("x^2*sin(y)", timeout=1e-6, x="3", y="pi/6")
    assert (found.limit_reached, found.at) == ("time", {"x": 3.0, "y": math.pi / 6})
    assert never_agrees(found)
    assert found.value.autograd == pytest.approx(4.5, rel=1e-15)
    assert [d.autograd for d in found.derivatives] == pytest.approx([3, 9 * math.cos(math.pi / 6)], rel=1e-15)
    assert "sympy did not answer, so torch ran the expression without it" in found.notes


def test_when_time_runs_out_before_a_large_expression_has_been_read_its_numbers_are_missing() -> None:
    found = ask("+".join(["x"] * 20_001), timeout=1e-6, x="3")
    assert (found.limit_reached, found.at, found.status) == ("time", {"x": 3.0}, Status.UNVERIFIED)
    assert never_agrees(found)
    assert [number.autograd for number in (found.value, *found.derivatives)] == [None, None]
    assert "torch was not asked either: so large an expression takes it long" in found.notes


def test_without_a_point_running_out_of_time_leaves_the_forms_unverified() -> None:
    found = calculate(Request("x^2", timeout=1e-6))
    assert found.status is Status.UNVERIFIED
    assert found.limit_reached == "time"
    assert all(check.status is not AGREE for check in found.spot_checks or ())


@pytest.mark.parametrize("times", [1, pytest.param(30, marks=pytest.mark.nightly)])
def test_a_call_after_a_kill_is_answered_as_any_other(times: int) -> None:
    for _ in range(times):
        client.start()
        assert client._worker is not None
        os.kill(client._worker._process.pid, signal.SIGKILL)
        found = ask("x^2", x="3")
        assert (found.status, found.limit_reached, found.notes) == (AGREE, None, ())


def test_when_the_worker_dies_what_is_known_is_shown_as_unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = client.Conversation.replies

    def until_killed(conversation: client.Conversation, *more: Any) -> Iterator[Reply]:
        for reply in replies(conversation, *more):
            yield reply
            os.kill(conversation.worker._process.pid, signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr(client.Conversation, "replies", until_killed)
        found = ask(RUNAWAY, x=AT)
    assert found.limit_reached == "killed by signal 9"
    assert never_agrees(found)
    assert "the process of the symbolic witnesses ended early: killed by signal 9" in found.notes
    assert ask("x^2", x="3").status is AGREE


def test_when_a_part_fails_the_rest_is_used_and_a_note_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = client.Conversation.replies

    def without_derivatives(conversation: client.Conversation, *more: Any) -> Iterator[Reply]:
        for reply in replies(conversation, *more):
            yield Failed("ValueError: no") if isinstance(reply, SymbolicDerivative) else reply

    monkeypatch.setattr(client.Conversation, "replies", without_derivatives)
    found = ask("x^2", x="3")
    assert "the symbolic witness failed (ValueError: no)" in found.notes
    assert (found.derivatives[0].answer, found.derivatives[0].expression) == (6, None)


def test_when_the_reference_fails_nothing_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = client.Conversation.replies

    def without_references(conversation: client.Conversation, *more: Any) -> Iterator[Reply]:
        for reply in replies(conversation, *more):
            yield reply if isinstance(reply, Programs) else Failed("ValueError: no")

    monkeypatch.setattr(client.Conversation, "replies", without_references)
    assert never_agrees(ask("x^2", x="3"))


def test_what_is_not_to_be_verified_is_left_to_torch_alone() -> None:
    found = calculate(Request("x^2*sin(x)", {"x": "2"}, verified=False))
    assert found.derivatives[0].expression == "x*(x*cos(x) + 2*sin(x))"
    # By hand: 4 cos 2 + 4 sin 2.
    assert found.derivatives[0].answer == pytest.approx(4 * math.cos(2) + 4 * math.sin(2), rel=1e-15)
    assert [(v.status, v.symbolic, v.quotient) for v in (found.value, *found.derivatives)] == [
        ("unverified", None, None)
    ] * 2
    assert found.notes == ("nothing is verified: --verify off leaves the numbers to torch alone",)


def test_a_slope_is_no_answer_where_f_has_none_for_torch() -> None:
    found = calculate(Request("log(x)", {"x": "-1"}, verified=False)).derivatives[0]
    assert (found.autograd, found.answer) == (-1, None)


def test_formulas_that_nobody_verifies_have_no_spot_checks() -> None:
    found = calculate(Request("x^2*sin(x)", verified=False))
    assert found.derivatives[0].expression == "x*(x*cos(x) + 2*sin(x))"
    assert (found.spot_checks, found.status, found.notes) == ((), "unverified", ())
