"""Every request and every reply survive the way between the processes, with the number of the request."""

from __future__ import annotations

import math
from typing import Any, get_args

import pytest

from derivcli.witnesses import protocol, replies
from derivcli.witnesses.evidence import (
    MISSING,
    UNDEFINED,
    Outcome,
    Reading,
    Sided,
    SlopeEvidence,
    Stretch,
    Switch,
    Switches,
    ValueEvidence,
)
from derivcli.witnesses.jobs import ANSWERS
from derivcli.witnesses.protocol import line_of, reply_in, request_in
from tests.checks import program_of

NUMBER = Reading(Outcome.NUMBER, "0.1", "1e-60")
PROGRAM = program_of("where(x > 0.1, x^2, y!)")
REPLIES = [
    replies.Programs(PROGRAM, ({"x": math.inf, "y": None}, {})),
    replies.SettledText(PROGRAM, {"x": 0.1}, ("x",), (0.1, -2.0), "x", ("as read",)),
    ValueEvidence(symbolic=NUMBER, limits=(Sided(NUMBER, UNDEFINED),), analytic=False, zero_to_the_zero=True, point=3),
    SlopeEvidence(2.5, sides=Sided(MISSING, NUMBER), lower=("x",), other=NUMBER, lasts=("x", "y"), wrt=("x", "y")),
    replies.SymbolicDerivative(("x",), PROGRAM, False, (NUMBER, UNDEFINED), (MISSING, NUMBER)),
    replies.SymbolicDerivative(("x",) * 9, None, True, (), ()),
    replies.Exact((), PROGRAM, NUMBER),
    replies.Direction({"x": 1.0, "y": -0.5}),
    replies.StationaryPoint("saddle"),
    replies.SecondPoint(NUMBER, {"x": NUMBER}),
    replies.Remainder(error=NUMBER),
    replies.PartValues((NUMBER, UNDEFINED)),
    replies.PartSlopes("x", (NUMBER,)),
    replies.SameForms((replies.SameForm(3, PROGRAM), replies.SameForm(7, PROGRAM))),
    replies.Equations((replies.Equation(3), replies.Equation(1, 4, 2, NUMBER, UNDEFINED, NUMBER, NUMBER))),
    replies.Proved(True),
    Switches((Switch(0.5, "1/2", True, 2, NUMBER, (NUMBER, UNDEFINED), (NUMBER,)), Switch(2.0)), (Stretch(1.0, 2.0),)),
    replies.RowNumbers(((1.5, None), (0.1, None)), (True, False), 0.25),
    replies.Failed("too deep"),
    replies.Failed("out of memory", "memory"),
    replies.Unable("no sympy", "pip install sympy", None),
    replies.Done(),
    replies.Died(-9),
]


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
def test_a_reply_is_the_same_after_its_way(reply: Any) -> None:
    line = line_of(12, reply)
    assert line.count("\n") == 1
    assert reply_in(line.encode()) == (12, reply)


def test_every_kind_of_reply_is_tried() -> None:
    assert {type(reply) for reply in REPLIES} == set(get_args(replies.Reply))


REQUESTS = [
    protocol.EvidenceRequest(PROGRAM),
    protocol.EvidenceRequest(
        PROGRAM,
        ({"x": PROGRAM, "y": PROGRAM}, {}),
        (("x",), ("x", "y")),
        "y",
        ("z",),
        whole=True,
        coefficients=((), ("x",)),
        exact=((),),
        near={"x": PROGRAM},
        taylor_order=3,
        seconds=2.5,
    ),
    protocol.EvidenceRequest(PROGRAM, known=(replies.SymbolicDerivative(("x",), PROGRAM, False, (), ()),)),
    protocol.LookRequest("x*y", {"x": "1/3", "y": "-2"}, ("y",), 1.5),
    protocol.RowsRequest(PROGRAM, (PROGRAM, None), ("x", "y"), 2, {"x": ("1/3", "-2")}, {"y": PROGRAM}, 2.5),
    protocol.TraceRequest(PROGRAM, PROGRAM, (3, 1), {"x": PROGRAM}, ("x", "y"), 1.5),
    protocol.EquationsRequest(
        parts=PROGRAM,
        of=(0, 2),
        sides=PROGRAM,
        pairs=((0, 1), (2, 3)),
        needs=(1,),
        along="x",
        points=({"x": PROGRAM}, {}),
        asked=1,
        enough=3,
        digits=(18, 40),
        strict=True,
        prove=PROGRAM,
        curve=PROGRAM,
        variable="y",
        seconds=2.5,
    ),
    protocol.SwitchesRequest(PROGRAM, "x", {"y": PROGRAM}, (-1.0, 0.5, 2.0), 4, 600, True, 2.5),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_a_request_is_the_same_after_its_way(request_: Any) -> None:
    line = line_of(12, request_)
    assert line.count("\n") == 1
    assert request_in(line.encode()) == (12, request_)


def test_every_kind_of_request_is_tried_and_has_its_answer() -> None:
    assert {type(request) for request in REQUESTS} == set(get_args(protocol.WorkerRequest)) == set(ANSWERS)


def test_a_line_has_no_fields_that_are_as_by_default() -> None:
    line = line_of(7, SlopeEvidence(sides=Sided(NUMBER, NUMBER), wrt=("x",)))
    number = '{"outcome": "number", "text": "0.1", "error": "1e-60"}'
    assert line == f'[7, "SlopeEvidence", {{"sides": {{"left": {number}, "right": {number}}}, "wrt": ["x"]}}]\n'
