"""Every request and every reply survive the way between the processes, with the number of the request."""

from __future__ import annotations

import math
from typing import Any, get_args

import pytest

from derivcli.witnesses import protocol
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
    protocol.Programs(PROGRAM, ({"x": math.inf, "y": None}, {})),
    ValueEvidence(symbolic=NUMBER, limits=(Sided(NUMBER, UNDEFINED),), analytic=False, zero_to_the_zero=True, point=3),
    SlopeEvidence(2.5, sides=Sided(MISSING, NUMBER), lower=("x",), other=NUMBER, lasts=("x", "y"), wrt=("x", "y")),
    protocol.SymbolicDerivative(("x",), PROGRAM, False, (NUMBER, UNDEFINED), (MISSING, NUMBER)),
    protocol.SymbolicDerivative(("x",) * 9, None, True, (), ()),
    protocol.Exact((), PROGRAM, NUMBER),
    protocol.Direction({"x": 1.0, "y": -0.5}),
    protocol.StationaryPoint("saddle"),
    protocol.SecondPoint(NUMBER, {"x": NUMBER}),
    protocol.Remainder(error=NUMBER),
    protocol.PartValues((NUMBER, UNDEFINED)),
    protocol.PartSlopes("x", (NUMBER,)),
    protocol.SameForms((protocol.SameForm(3, PROGRAM), protocol.SameForm(7, PROGRAM))),
    protocol.Equations((protocol.Equation(3), protocol.Equation(1, 4, 2, NUMBER, UNDEFINED, NUMBER, NUMBER))),
    protocol.Proved(True),
    Switches((Switch(0.5, "1/2", True, True), Switch(2.0)), (Stretch(1.0, 2.0),)),
    protocol.RowNumbers(((1.5, None), (0.1, None)), (True, False), 0.25),
    protocol.Failed("too deep"),
    protocol.Failed("out of memory", "memory"),
    protocol.Unable("no sympy", "pip install sympy", None),
    protocol.Done(),
    protocol.Died(-9),
]


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
def test_a_reply_is_the_same_after_its_way(reply: Any) -> None:
    line = line_of(12, reply)
    assert line.count("\n") == 1
    assert reply_in(line.encode()) == (12, reply)


def test_every_kind_of_reply_is_tried() -> None:
    assert {type(reply) for reply in REPLIES} == set(get_args(protocol.Reply))


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
    protocol.EvidenceRequest(PROGRAM, known=(protocol.SymbolicDerivative(("x",), PROGRAM, False, (), ()),)),
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
    protocol.SwitchesRequest(PROGRAM, "x", {"y": PROGRAM}, (-1.0, 0.5, 2.0), 2.5),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_a_request_is_the_same_after_its_way(request_: Any) -> None:
    line = line_of(12, request_)
    assert line.count("\n") == 1
    assert request_in(line.encode()) == (12, request_)


def test_every_kind_of_request_is_tried_and_has_its_answer() -> None:
    assert {type(request) for request in REQUESTS} == set(get_args(protocol.WorkerRequest)) == set(ANSWERS)
