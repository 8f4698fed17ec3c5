"""The worker's answers: which replies come, in which order, and what happens to a part that fails."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from typing import Any

import pytest

from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.witnesses import jobs, worker
from derivcli.witnesses.evidence import SlopeEvidence, ValueEvidence
from derivcli.witnesses.protocol import EvidenceRequest, line_of, reply_in, request_in
from derivcli.witnesses.replies import Direction, Done, Failed, Programs, Remainder, SymbolicDerivative
from derivcli.witnesses.symbolic import Differentiator
from tests.checks import program_of


def replies(text: str, *points: dict[str, str], wrt: tuple[str, ...] = ("x",)) -> list[Any]:
    """Return the replies to a question, each by way of a line of text as between processes."""
    programs = tuple({n: compile_tree(parse_value(n, value)) for n, value in point.items()} for point in points)
    request = EvidenceRequest(program_of(text), programs, tuple((name,) for name in wrt))
    return [reply_in(line_of(1, reply))[1] for reply in worker.answer(request_in(line_of(1, request, 20))[1])]


def kinds(found: list[Any]) -> list[Any]:
    return list(map(type, found))


def test_an_asker_that_has_ended_is_noticed() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    assert not worker._is_gone(os.getpid())
    ended.wait()
    assert worker._is_gone(ended.pid) or os.name != "posix"


def test_the_parts_come_in_order_each_as_it_is_ready() -> None:
    found = replies("x^2*y", {"x": "2", "y": "3"}, {"x": "1", "y": "1"}, wrt=("x", "y"))
    at_a_point = [ValueEvidence, SlopeEvidence, SlopeEvidence]
    assert kinds(found) == [Programs, *at_a_point * 2, SymbolicDerivative, SymbolicDerivative, Done]
    assert [reply.point for reply in found[1:7]] == [0, 0, 0, 1, 1, 1]
    assert [reply.wrt for reply in (*found[2:4], *found[5:9])] == [("x",), ("y",)] * 3


def test_slopes_without_a_closed_form_come_last_for_they_may_take_long() -> None:
    found = replies("besselj(y, x)", {"x": "2", "y": "3"}, wrt=("x", "y"))
    named = [(type(reply), *reply.wrt) for reply in found if isinstance(reply, (SlopeEvidence, SymbolicDerivative))]
    assert named == [(SlopeEvidence, "x"), (SymbolicDerivative, "x"), (SymbolicDerivative, "y"), (SlopeEvidence, "y")]


def test_the_program_is_the_folded_one_and_the_points_are_float64() -> None:
    (found, *_rest) = replies("x*(1/3)", {"x": "pi/4"})
    assert found.program.instructions[1].text == "0.3333333333333333"
    assert found.points == ({"x": math.pi / 4},)


def test_a_reference_has_the_value_and_its_slopes_have_both_sides() -> None:
    _program, reference, *slopes, _dx, _dy, _done = replies("abs(x)*y", {"x": "0", "y": "3"}, wrt=("x", "y"))
    assert reference.third.as_float() == reference.symbolic.as_float() == 0
    sides = {slope.wrt[0]: slope.sides for slope in slopes}
    assert (sides["x"].left.as_float(), sides["x"].right.as_float()) == (-3, 3)
    assert (sides["y"].left.as_float(), sides["y"].right.as_float()) == (0, 0)
    assert reference.limits == ()


def test_where_f_is_undefined_its_limits_are_given_along_axes_lines_and_curves() -> None:
    _program, reference, *others = replies("x*y/(x^2 + y^2)", {"x": "0", "y": "0"})
    assert SlopeEvidence not in kinds(others)
    assert len(reference.limits) == 14
    rights = [pair.right.as_float() for pair in reference.limits]
    assert rights[:2] == [0, 0]
    # along (1, 5/7) the function is k/(1 + k^2) with k = 5/7, along (1, -5/7) minus that
    assert rights[2:4] == pytest.approx([35 / 74, -35 / 74], rel=1e-15)
    assert rights[4:10] == [0] * 6  # parabolas are flat in the end
    assert rights[10:] == [0.5, 0.5, -0.5, -0.5]  # beside the diagonals, where k is 1 and -1


def test_a_limit_that_only_a_parabola_denies_is_denied() -> None:
    _program, reference, *_rest = replies("x^2*y/(x^4 + y^2)", {"x": "0", "y": "0"})
    rights = [pair.right.as_float() for pair in reference.limits]
    assert rights[:4] == [0] * 4
    # along (h, 5/7*h^2) it is k/(1 + k^2)
    assert rights[4] == pytest.approx(35 / 74, rel=1e-15)


def test_a_derivative_has_its_program_and_its_values() -> None:
    *_rest, derivative, _done = replies("sin(x)", {"x": "0"}, {"x": "pi"})
    assert derivative.program == program_of("cos(x)")
    assert [value.as_float() for value in derivative.values] == [1, -1]


def test_a_derivative_without_a_closed_form_has_no_program() -> None:
    *_rest, derivative, _slope, _done = replies("polygamma(x, 2)", {"x": "1"})
    assert derivative.program is None
    assert derivative.values[0].as_float() is None


def test_the_numbers_at_the_nearest_float64_come_only_where_that_is_another_point() -> None:
    for text, expected in (("0.5", None), ("0.1", 2.0)):
        *_rest, derivative, _done = replies("2*x", {"x": text})
        assert derivative.nearby[0].as_float() == expected


def test_a_part_that_fails_says_why_and_the_others_come_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: object, _wrt: object, _at: object) -> None:
        raise RecursionError("too deep" * 100)

    monkeypatch.setattr(Differentiator, "derivative", fail)
    found = replies("x^2", {"x": "3"})
    assert kinds(found) == [Programs, ValueEvidence, SlopeEvidence, Failed, Done]
    assert found[3].reason.startswith("RecursionError: too deep")
    assert len(found[3].reason) <= 200


def test_a_part_that_needs_too_much_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_program: object) -> None:
        raise MemoryError

    monkeypatch.setattr(jobs, "via_sympy", fail)
    found = replies("x^2 + 4321", {"x": "3"})  # nobody has asked about it before
    assert found[0] == Failed("out of memory", "memory")
    assert kinds(found[1:]) == [ValueEvidence, SlopeEvidence, SymbolicDerivative, Done]


def test_what_views_want_besides_comes_after_the_derivatives() -> None:
    # sqrt(abs(x*y)) has the partial derivatives 0 at 0, but on y = x it is abs(x)
    place = {name: compile_tree(parse_value(name, "0")) for name in "xy"}
    request = EvidenceRequest(program_of("sqrt(abs(x*y))"), (place,), (("x",), ("y",), ("x", "y")), whole=True)
    *_others, found, done = worker.answer(request)
    assert (found, done) == (Direction({"x": 1.0, "y": 1.0}), Done())


def test_the_polynomial_ends_with_the_order_that_is_asked_for() -> None:
    # x^3 = 1 + 3*h + 3*h^2 + h^3 with h = 1
    place, there = ({"x": compile_tree(parse_value("x", text))} for text in ("1", "2"))
    wrt = tuple(("x",) * n for n in (1, 2, 3))
    request = EvidenceRequest(program_of("x^3"), (place,), wrt, near=there, taylor_order=2)
    (found,) = (reply for reply in worker.answer(request) if isinstance(reply, Remainder))
    assert (found.polynomial.text, found.error.text) == ("7", "1")


def test_without_variables_and_without_points_there_is_still_an_answer() -> None:
    assert kinds(replies("7", wrt=())) == [Programs, Done]
    _program, reference, _done = replies("7", {}, wrt=())
    assert reference.third.as_float() == 7
    assert replies("1/0", {}, wrt=())[1].limits == ()


def test_a_coordinate_beyond_float64_is_infinite() -> None:
    (program, *_rest) = replies("x", {"x": "1e400"})
    assert program == Programs(program_of("x"), ({"x": math.inf},))
