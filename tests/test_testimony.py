"""What is asked of the witnesses, what is filed of their replies, and what stands where none comes."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import Any

import pytest

from derivcli import testimony
from derivcli.cases import Case, read
from derivcli.errors import PointError
from derivcli.language.tree import ALONG, UNIT
from derivcli.model import Request
from derivcli.testimony import hear, slope_evidence, value_evidence
from derivcli.witnesses import autograd as autograd  # torch takes a second, in which no clock of a test may run
from derivcli.witnesses import client, evidence
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.protocol import Failed
from tests.checks import program_of


def inquiry(text: str, wrt: str = "x", seconds: float = 20, **wanted: Any) -> Case:
    """Return what is asked about derivatives by variables of one letter."""
    wanted = {"at": {"x": "2"}, **wanted}
    case = read(Request(text, **wanted), time.monotonic() + seconds)
    return replace(case, wrt=[tuple(t) for t in wrt.split()])


def test_the_worker_is_asked_all_that_it_must_know() -> None:
    asked = inquiry("x*y=0", "x xy", at={"x": "1", "y": "2"}, implicit="y")
    data = asked.to_json()
    assert data["program"] == program_of("x*y").to_json()
    assert data["wrt"] == [["x"], ["x", "y"]]
    assert (data["implicit"], data["coefficients"], data["at_zero"]) == ("y", [], [])
    assert data["points"] == [{"x": program_of("1").to_json(), "y": program_of("2").to_json()}]
    polynomial = inquiry("x*y", at={"x": "1", "y": "2"}, taylor=2, near={"x": "3"}).to_json()
    assert (polynomial["taylor_order"], polynomial["coefficients"]) == (2, [[], ["x"]])
    assert (polynomial["exact"], asked.to_json()["exact"]) == ([], [["x"]])
    assert polynomial["near"] == {"x": program_of("3").to_json(), "y": program_of("2").to_json()}


@pytest.mark.parametrize(("length", "names"), [("1", [ALONG]), ("3", [ALONG, UNIT])])
def test_the_paces_of_a_direction_are_0_in_every_form(length: str, names: list[str]) -> None:
    asked = read(Request("x^2", {"x": "2"}, along={"x": length}), time.monotonic() + 20)
    assert asked.to_json()["at_zero"] == names


def test_all_witnesses_are_heard_of_every_derivative() -> None:
    seen = hear(inquiry("x^3*y", "x xx xxx xy", at={"x": "2", "y": "5"}))
    assert seen.autograd == [
        (40, {("x",): 60, ("x", "x"): 60, ("x", "x", "x"): 30, ("x", "y"): 12}),
    ]
    # nested reverse mode too, up to order 3
    assert seen.nested == {("x", "x"): 60, ("x", "x", "x"): 30, ("x", "y"): 12}
    assert {wrt for _, wrt in seen.slopes} == set(seen.formulas) == set(seen.autograd[0][1])
    assert (seen.notes, seen.limit_reached, seen.missing) == ([], None, {})
    assert seen.coordinates == [{"x": 2, "y": 5}]


def test_nested_reverse_mode_is_heard_of_low_orders_and_few_derivatives_only() -> None:
    assert set(hear(inquiry("x^5", "xxx xxxx")).nested) == {("x", "x", "x")}
    many = "xx xy xz yy yz zz xxx xxy xxz xyy xyz xzz yyy yyz yzz zzz"
    some = inquiry("x*y*z", many, at={"x": "1", "y": "1", "z": "1"})
    assert len(hear(some).nested) == 16
    assert hear(inquiry("x^5", "xx", at=None)).nested == {}


def test_coefficients_and_a_second_point_are_heard_where_they_are_asked_for() -> None:
    seen = hear(inquiry("exp(x)", "x", at={"x": "0"}, taylor=1, near={"x": "1"}))
    assert set(seen.coefficients) == {(), ("x",)}
    assert seen.second is not None
    assert (seen.second.value.as_float(), seen.second.steps["x"].text) == (math.e, "1")
    assert seen.remainder is not None
    assert seen.remainder.polynomial.text == "2"


def test_a_derivative_that_torch_lacks_says_why() -> None:
    seen = hear(inquiry("besselj(n, x)", "n x", at={"n": "1", "x": "2"}))
    assert seen.autograd[0][1][("n",)] is None
    assert "besselj" in seen.missing[("n",)]
    assert ("x",) not in seen.missing


@pytest.mark.parametrize(
    ("text", "at", "slope"),
    [
        ("x^2 + y^2 - 25", {"x": "3", "y": "4"}, -0.75),
        ("x^2 + y^2 - 25", {"x": "5", "y": "0"}, -math.inf),
        ("x^2 + y^2 - 25", {"x": "-5", "y": "0"}, math.inf),
        ("x^2 - y^2", {"x": "0", "y": "0"}, math.nan),
        ("y - x^2", {"x": "0", "y": "0"}, 0.0),
        ("y + x^2", {"x": "0", "y": "0"}, 0.0),
        ("besselj(y, x)", {"x": "1", "y": "1"}, None),
    ],
)
def test_the_slope_of_a_curve_is_made_of_torch_s_numbers(text: str, at: dict[str, str], slope: float | None) -> None:
    ((_, slopes),) = hear(inquiry(f"{text} = 0", "x", at=at, implicit="y")).autograd
    assert repr(slopes[("x",)]) == repr(slope)  # no -0


def test_an_equation_with_a_kink_across_the_curve_may_switch() -> None:
    at = {"x": "0", "y": "0"}
    for text, switches in (("y + abs(y) - x", True), ("y - abs(x)", True), ("y - x", False)):
        asked = inquiry(f"{text} = 0", "x", at=at, implicit="y")
        assert slope_evidence(0, ("x",), asked, hear(asked)).may_switch is switches


@pytest.mark.parametrize("text", ["1e400", "log(-1)"])
def test_a_point_that_float64_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(PointError, match="the value of `x`"):
        hear(inquiry("x", at={"x": text}))


def test_what_has_not_arrived_is_missing_and_autograd_alone_is_left() -> None:
    asked = inquiry("x^3", "x xx")
    seen = hear(replace(asked, deadline=0.0))
    assert seen.limit_reached == "time"
    assert seen.notes == [
        "time ran out before every witness answered",
        "sympy did not answer, so torch ran the expression without it",
    ]
    assert value_evidence(0, seen).autograd == 8
    assert value_evidence(0, seen).quotient == evidence.MISSING
    found = slope_evidence(0, ("x", "x"), asked, seen)
    assert (found.autograd, found.symbolic, found.sides, found.has_formula) == (
        12,
        evidence.MISSING,
        evidence.UNSEEN,
        False,
    )


def test_a_reply_that_failed_is_a_note_and_its_limit_is_kept() -> None:
    seen, asked = testimony.Testimony(), inquiry("x")
    testimony._take_in(Failed("out of memory", "memory"), asked, seen)
    testimony._take_in(Failed("too deep"), asked, seen)
    assert seen.limit_reached == "memory"
    assert seen.notes == [
        "the symbolic witness failed (out of memory)",
        "the symbolic witness failed (too deep)",
    ]


def test_a_form_that_has_outgrown_its_limits_is_told() -> None:
    asked = inquiry("sin(exp(cos(x^2))*log(1 + x^4))^3", "x" * 9)
    found = slope_evidence(0, ("x",) * 9, asked, hear(asked))
    assert (found.outgrown, found.has_formula, found.symbolic) == (True, False, evidence.MISSING)
    assert found.sides.left.outcome is Outcome.NUMBER


@pytest.mark.parametrize(
    ("text", "number", "rough"),
    [("2", 2.0, False), ("0.1", 0.1, False), ("1.00000000000000000001", 1.0, True), ("1e-400", 0.0, True)],
)
def test_a_literal_is_rounded_without_asking_and_known_to_be_rough(
    text: str, number: float, rough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ask", None)
    assert testimony.nearest({"k": program_of(text)}, 0.0) == ({"k": number}, frozenset("k" if rough else ""))


def test_after_the_deadline_no_worker_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(client, "ask", lambda *said: asked.append(said))
    seen = hear(inquiry("x^2", seconds=-1))
    assert (asked, seen.limit_reached, seen.autograd) == ([], "time", [(4, {("x",): 4})])
    assert "time ran out before every witness answered" in seen.notes
    unplaced = hear(inquiry("x^2", seconds=-1, at=None))
    assert (asked, unplaced.limit_reached, unplaced.autograd) == ([], "time", [])
