"""Bare numbers: those of the whole answer, by one look of the worker's where that settles them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import looks
from derivcli.api import begun
from derivcli.errors import DerivError, PointError, UnknownNameError
from derivcli.model import Dtype, Request, Status
from derivcli.witnesses import client, process
from derivcli.witnesses.asking.looks import LookRequest
from derivcli.witnesses.protocol import EvidenceRequest
from tests.answers import ask, point
from tests.every import for_all

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from derivcli.model import Result
    from derivcli.witnesses.client import Conversation
    from derivcli.witnesses.protocol import WorkerRequest


def bare(text: str, at: str, **wanted: Any) -> Result:
    return begun(Request(text, point(at), unseen=True, **wanted)).end()


@for_all(
    ("text", "at", "status", "answers"),
    [
        ("x^2*y", "x=3,y=-2", Status.AGREE, (-18.0, -12.0, 9.0)),
        ("(1 - cos(x))/x^2", "x=1e-5", Status.DIFFER, (0.5, -8.333333333e-07)),  # 1/2 - x^2/24, and its slope -x/12
        ("abs(x)", "x=0", Status.NOT_DIFFERENTIABLE, (0.0, None)),
        ("log(x)", "x=-1", Status.UNDEFINED, (None, None)),
        ("sqrt(x^4)", "x=0", Status.DIFFER, (0.0, 0.0)),
        ("x^x", "x=0", Status.NOT_DIFFERENTIABLE, (1.0, None)),
        ("x + 1e8 - 1e8", "x=0.1", Status.DIFFER, (0.1, 1.0)),
        ("7", "", Status.AGREE, (7.0,)),
    ],
)
def test_bare_numbers_are_those_of_the_whole_answer(
    text: str, at: str, status: Status, answers: tuple[float | None, ...]
) -> None:
    whole, seen = ask(text, at), bare(text, at)
    first, second = ([number.answer for number in (r.value, *r.derivatives)] for r in (whole, seen))
    assert (seen.status, second) == (whole.status, first)
    assert seen.status is status
    assert [None if number is None else pytest.approx(number, rel=1e-9) for number in answers] == second


def test_what_is_said_of_a_text_is_what_the_whole_answer_says() -> None:
    whole, seen = ask("ln 2 x + 1/2x*y", "y=3, x=1/3"), bare("ln 2 x + 1/2x*y", "y=3, x=1/3")
    said = [(r.read_as, r.variables, r.notes, r.readings, r.at, r.at_text) for r in (whole, seen)]
    assert said[0] == said[1]
    assert seen.notes
    assert seen.at_text == {"x": "1/3", "y": "3"}
    assert [d.name for d in seen.derivatives] == ["df/dx", "df/dy"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[type[WorkerRequest]]:
    """What is asked of the worker, by the kinds of the requests."""
    kinds: list[type[WorkerRequest]] = []
    plain = client.ask

    def ask_once(request: WorkerRequest, deadline: float) -> AbstractContextManager[Conversation]:
        kinds.append(type(request))
        return plain(request, deadline)

    monkeypatch.setattr(client, "ask", ask_once)
    return kinds


def test_numbers_that_are_settled_need_no_more_questions(asked: list[type[WorkerRequest]]) -> None:
    bare("sin(x)", "x=1")
    assert asked == [LookRequest]


@pytest.mark.parametrize(("text", "at"), [("abs(x)", "x=0"), ("x^x*y", "x=0,y=2"), ("log(x)", "x=-1"), ("1/x", "x=0")])
def test_where_a_look_settles_nothing_the_worker_goes_on(asked: list[type[WorkerRequest]], text: str, at: str) -> None:
    assert bare(text, at).to_dict() == ask(text, at, unseen=True).to_dict()
    assert asked == [LookRequest, EvidenceRequest]  # the second is that of the whole answer to compare with


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x + 1e8 - 1e8", "x=0.1"),  # of which torch keeps 8 digits
        ("where(x > 0, x, sqrt(x))", "x=4"),  # torch.where has another slope, which is said
        ("d/dx x^2", "x=3"),
    ],
)
def test_what_is_settled_and_not_torchs_or_not_plain_is_asked_anew(
    asked: list[type[WorkerRequest]], text: str, at: str
) -> None:
    assert bare(text, at).notes == ask(text, at).notes
    assert asked[:2] == [LookRequest, EvidenceRequest]


@pytest.mark.parametrize(
    ("text", "at", "kind"), [("3*sine(x)", "x=1", UnknownNameError), ("x", "x=log(-1)", PointError)]
)
def test_an_error_is_that_of_the_whole_answer(text: str, at: str, kind: type[DerivError]) -> None:
    with pytest.raises(kind) as whole:
        ask(text, at)
    with pytest.raises(kind) as seen:
        bare(text, at)
    assert seen.value.to_dict() == whole.value.to_dict()


def test_only_the_slopes_that_are_wanted_are_looked_at() -> None:
    (slope,) = bare("x^2*y", "x=3, y=-2", wrt=("y",)).derivatives
    assert (slope.name, slope.answer) == ("df/dy", 9)


@pytest.mark.parametrize(
    "wanted",
    [
        {"order": 2},
        {"along": {"x": "1"}},
        {"hessian": True},
        {"taylor": 1},
        {"taylor": 0},
        {"dtype": Dtype.FLOAT32},
        {"beside": ("t",)},
        {"unseen": False},
        {"verified": False},
        {"at": None},
        {"expression": "+".join(["x"] * 1_001)},
    ],
)
def test_only_bare_first_derivatives_in_float64_are_looked_at(wanted: dict[str, Any]) -> None:
    request = Request("x^3", {"x": "2"}, unseen=True)
    assert looks.look_at(request) == LookRequest("x^3", {"x": "2"})
    assert looks.look_at(replace(request, **wanted)) is None


def test_a_worker_that_does_not_look_leaves_torch_alone_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process.Worker, "receive", lambda _self, _number, _deadline: None)
    found = bare("x^2", "x=3")
    assert (found.limit_reached, found.status) == ("time", Status.UNVERIFIED)
    assert [d.autograd for d in found.derivatives] == [6]
