"""Every request and every reply survive the way between the processes, with the number of the request."""

from __future__ import annotations

import math
from typing import Any

import pytest

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses import evidence, protocol, replies
from derivcli.witnesses.asking import equations, looks, rows, switches, traces
from derivcli.witnesses.evidence import MISSING, UNDEFINED, Outcome, Reading, Sided, SlopeEvidence, ValueEvidence
from derivcli.witnesses.jobs import ANSWERS
from derivcli.witnesses.protocol import line_of, reply_in, request_in
from tests.checks import program_of

NUMBER = Reading(Outcome.NUMBER, "0.1", "1e-60")
PROGRAM = program_of("where(x > 0.1, x^2, y!)")
REPLIES = [
    replies.Programs(PROGRAM, ({"x": math.inf, "y": None}, {})),
    looks.SettledText(PROGRAM, {"x": 0.1}, ("x",), (0.1, -2.0), "x", ("as read",)),
    ValueEvidence(symbolic=NUMBER, limits=(Sided(NUMBER, UNDEFINED),), analytic=False, zero_to_the_zero=True, point=3),
    SlopeEvidence(2.5, sides=Sided(MISSING, NUMBER), lower=("x",), other=NUMBER, lasts=("x", "y"), wrt=("x", "y")),
    replies.SymbolicDerivative(("x",), PROGRAM, False, (NUMBER, UNDEFINED), (MISSING, NUMBER)),
    replies.SymbolicDerivative(("x",) * 9, None, True, (), ()),
    replies.Exact((), PROGRAM, NUMBER),
    replies.Direction({"x": 1.0, "y": -0.5}),
    replies.StationaryPoint("saddle"),
    replies.SecondPoint(NUMBER, {"x": NUMBER}),
    replies.Remainder(error=NUMBER),
    traces.PartValues((NUMBER, UNDEFINED)),
    traces.PartSlopes("x", (NUMBER,)),
    traces.SameForms((traces.SameForm(3, PROGRAM), traces.SameForm(7, PROGRAM))),
    equations.Equations((equations.Equation(3), equations.Equation(1, 4, 2, NUMBER, UNDEFINED, NUMBER, NUMBER))),
    equations.Proved(True),
    evidence.Switches(
        (evidence.Switch(0.5, "1/2", True, 2, NUMBER, (NUMBER, UNDEFINED), (NUMBER,)), evidence.Switch(2.0)),
        (evidence.Stretch(1.0, 2.0),),
    ),
    rows.RowNumbers(((1.5, None), (0.1, None)), (True, False), 0.25),
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


# What stands inside of replies only.
PARTS = {equations.Equation, traces.SameForm}


ASKING = (equations, looks, rows, switches, traces)


def kinds() -> set[type]:
    """Return the kinds of records that are made where requests and replies are."""
    made = [kind for module in (protocol, replies, *ASKING) for kind in vars(module).values()]
    return {kind for kind in made if isinstance(kind, type) and issubclass(kind, Coded)} - {Coded, Program, Reading}


def test_every_kind_of_reply_is_tried() -> None:
    wanted = {kind for kind in kinds() if not kind.__name__.endswith("Request")} - PARTS
    assert {type(reply) for reply in REPLIES} == wanted | {ValueEvidence, SlopeEvidence, evidence.Switches}


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
    ),
    protocol.EvidenceRequest(PROGRAM, known=(replies.SymbolicDerivative(("x",), PROGRAM, False, (), ()),)),
    looks.LookRequest("x*y", {"x": "1/3", "y": "-2"}, ("y",)),
    rows.RowsRequest(PROGRAM, (PROGRAM, None), ("x", "y"), 2, {"x": ("1/3", "-2")}, {"y": PROGRAM}),
    traces.TraceRequest(PROGRAM, PROGRAM, (3, 1), {"x": PROGRAM}, ("x", "y")),
    equations.EquationsRequest(
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
    ),
    switches.SwitchesRequest(PROGRAM, "x", {"y": PROGRAM}, (-1.0, 0.5, 2.0), 4, 600, True),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_a_request_is_the_same_after_its_way(request_: Any) -> None:
    line = line_of(12, request_, 2.5)
    assert line.count("\n") == 1
    assert request_in(line.encode()) == (12, request_, 2.5)


def test_every_kind_of_request_is_tried_and_has_its_answer() -> None:
    wanted = {kind.__name__ for kind in kinds() if kind.__name__.endswith("Request")}
    assert {type(request).__name__ for request in REQUESTS} == wanted == set(ANSWERS)


def test_a_line_has_no_fields_that_are_as_by_default() -> None:
    line = line_of(7, SlopeEvidence(sides=Sided(NUMBER, NUMBER), wrt=("x",)))
    number = '{"outcome": "number", "text": "0.1", "error": "1e-60"}'
    assert (
        line == f'[7, "evidence.SlopeEvidence", {{"sides": {{"left": {number}, "right": {number}}}, "wrt": ["x"]}}]\n'
    )
