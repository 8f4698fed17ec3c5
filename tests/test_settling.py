"""Bare numbers: those of the whole answer, and settled at once where a first look can settle them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from derivcli.cases import due, read
from derivcli.model import Dtype, Request, Status
from derivcli.witnesses import client
from tests.answers import ask
from tests.every import for_all

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from derivcli.witnesses.client import Conversation
    from derivcli.witnesses.protocol import EvidenceRequest


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
    whole, bare = (ask(text, at, unseen=unseen) for unseen in (False, True))
    found, seen = ([number.answer for number in (r.value, *r.derivatives)] for r in (whole, bare))
    assert (bare.status, seen) == (whole.status, found)
    assert bare.status is status
    assert [None if number is None else pytest.approx(number, rel=1e-9) for number in answers] == seen


def test_numbers_that_are_settled_need_no_more_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[EvidenceRequest] = []
    plain = client.ask

    def ask_once(request: EvidenceRequest, deadline: float) -> AbstractContextManager[Conversation]:
        asked.append(request)
        return plain(request, deadline)

    monkeypatch.setattr(client, "ask", ask_once)
    ask("sin(x)", "x=1", unseen=True)
    assert [request.settling for request in asked] == [True]
    ask("x + 1e8 - 1e8", "x=0.1", unseen=True)  # of which torch keeps 8 digits: then everything is asked
    assert [request.settling for request in asked[1:3]] == [True, False]


@pytest.mark.parametrize(
    "wanted", [{"order": 2}, {"along": {"x": "1"}}, {"hessian": True}, {"taylor": 1}, {"dtype": Dtype.FLOAT32}]
)
def test_only_bare_first_derivatives_in_float64_are_settled_at_once(wanted: dict[str, Any]) -> None:
    request = Request("x^3", {"x": "2"}, unseen=True, **wanted)
    assert not read(request, due(request)).sent.settling
