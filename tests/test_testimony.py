"""What is asked of the witnesses, what is filed of their replies, and what stands where none comes."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import testimony, wording
from derivcli.cases import Case, read
from derivcli.errors import PointError
from derivcli.language.tree import ALONG, UNIT
from derivcli.model import Request
from derivcli.testimony import hear, slope_evidence, value_evidence
from derivcli.witnesses import autograd as autograd  # torch takes a second, in which no clock of a test may run
from derivcli.witnesses import client, evidence
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.replies import Failed
from tests.answers import ask
from tests.checks import program_of

if TYPE_CHECKING:
    from derivcli.witnesses.protocol import EvidenceRequest


def inquiry(text: str, wrt: str = "x", seconds: float = 20, **wanted: Any) -> Case:
    """Return what is asked about derivatives by variables of one letter."""
    wanted = {"at": {"x": "2"}, **wanted}
    case = read(Request(text, **wanted), time.monotonic() + seconds)
    return replace(case, sent=replace(case.sent, wrt=tuple(tuple(t) for t in wrt.split())))


def sent_for(text: str, **wanted: Any) -> EvidenceRequest:
    """Return what the worker is sent for a request."""
    return read(Request(text, **wanted), time.monotonic() + 20).sent


def test_the_worker_is_asked_all_that_it_must_know() -> None:
    sent = sent_for("x*y=0", at={"x": "1", "y": "2"}, implicit="y", order=2)
    assert sent.program == program_of("x*y")
    assert sent.wrt == (("x",), ("x", "x"))
    assert (sent.implicit, sent.coefficients, sent.exact, sent.at_zero) == ("y", (), (("x",),), ())
    assert sent.points == ({"x": program_of("1"), "y": program_of("2")},)
    polynomial = sent_for("x*y", at={"x": "1", "y": "2"}, taylor=2, near={"x": "3"}, wrt=("x",))
    assert (polynomial.taylor_order, polynomial.coefficients) == (2, ((), ("x",), ("x", "x")))
    assert (polynomial.exact, polynomial.near) == ((), {"x": program_of("3"), "y": program_of("2")})


def test_exact_forms_are_wanted_at_one_point_and_at_none_that_is_only_tried() -> None:
    assert sent_for("2/3").exact == ((),)
    assert sent_for("x^2").exact == ()
    assert sent_for("x^2", at={"x": "2"}).exact == ((), ("x",))
    assert sent_for("x^2", at={"x": "2"}, along={"x": "1"}).exact == ()
    assert inquiry("x^2").elsewhere(({}, {})).sent.exact == ()


@pytest.mark.parametrize(("length", "names"), [("1", [ALONG]), ("3", [ALONG, UNIT])])
def test_the_paces_of_a_direction_are_0_in_every_form(length: str, names: list[str]) -> None:
    assert sent_for("x^2", at={"x": "2"}, along={"x": length}).at_zero == tuple(names)


def test_all_witnesses_are_heard_of_every_derivative() -> None:
    seen = hear(inquiry("x^3*y", "x xx xxx xy", at={"x": "2", "y": "5"}))
    ((value, slopes),) = seen.torch.numbers
    assert (value, slopes) == (40, {("x",): 60, ("x", "x"): 60, ("x", "x", "x"): 30, ("x", "y"): 12})
    assert {wrt for _, wrt in seen.slopes} == set(seen.formulas) == set(seen.torch.numbers[0][1])
    assert (seen.notes, seen.limit_reached, seen.torch.missing) == ((), None, {})
    assert seen.torch.coordinates == ({"x": 2, "y": 5},)


def test_torch_is_heard_of_low_orders_only_and_says_so_of_the_others() -> None:
    seen = hear(inquiry("x^7", "xxxxx xxxxxx", at={"x": "1"}))
    assert seen.torch.numbers[0][1] == {("x",) * 5: 2520, ("x",) * 6: None}  # 7*6*5*4*3
    assert seen.torch.missing == {("x",) * 6: "torch is asked up to order 5"}


def test_coefficients_and_a_second_point_are_heard_where_they_are_asked_for() -> None:
    seen = hear(inquiry("exp(x)", "x", at={"x": "0"}, taylor=1, near={"x": "1"}))
    assert set(seen.coefficients) == {(), ("x",)}
    assert seen.second is not None
    assert (seen.second.value.as_float(), seen.second.steps["x"].text) == (math.e, "1")
    assert seen.remainder is not None
    assert seen.remainder.polynomial.text == "2"


def test_a_derivative_that_torch_lacks_says_why() -> None:
    seen = hear(inquiry("besselj(n, x)", "n x", at={"n": "1", "x": "2"}))
    assert seen.torch.numbers[0][1][("n",)] is None
    assert "besselj" in seen.torch.missing[("n",)]
    assert ("x",) not in seen.torch.missing


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
    ((_, slopes),) = hear(inquiry(f"{text} = 0", "x", at=at, implicit="y")).torch.numbers
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
    assert seen.notes == (
        "time ran out before every witness answered",
        "sympy did not answer, so torch ran the expression without it",
    )
    assert value_evidence(0, seen).autograd == 8
    assert value_evidence(0, seen).third == evidence.MISSING
    found = slope_evidence(0, ("x", "x"), asked, seen)
    assert (found.autograd, found.symbolic, found.sides, found.has_formula) == (
        12,
        evidence.MISSING,
        evidence.UNSEEN,
        False,
    )


def test_a_reply_that_failed_is_a_note_and_its_limit_is_kept() -> None:
    hearing = testimony._Hearing(inquiry("x"))
    hearing._take_in(Failed("out of memory", "memory"))
    hearing._take_in(Failed("too deep"))
    seen = hearing.testimony()
    assert seen.limit_reached == "memory"
    assert seen.notes == (
        "the symbolic witness failed (out of memory)",
        "the symbolic witness failed (too deep)",
    )


def test_a_form_that_has_outgrown_its_limits_is_told() -> None:
    asked = inquiry("sin(exp(cos(x^2))*log(1 + x^4))^3", "x" * 9)
    found = slope_evidence(0, ("x",) * 9, asked, hear(asked))
    assert (found.outgrown, found.has_formula, found.symbolic) == (True, False, evidence.MISSING)
    assert found.sides.left.outcome is Outcome.NUMBER


def test_after_the_deadline_no_worker_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(client, "ask", lambda *said: asked.append(said))
    seen = hear(inquiry("x^2", seconds=-1))
    assert (asked, seen.limit_reached, seen.torch.numbers) == ([], "time", ((4, {("x",): 4}),))
    assert "time ran out before every witness answered" in seen.notes
    unplaced = hear(inquiry("x^2", seconds=-1, at=None))
    assert (asked, unplaced.limit_reached, unplaced.torch.numbers) == ([], "time", ())


def test_after_the_deadline_torch_is_asked_about_no_large_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testimony, "_MOST_LATE", 3)
    small, large = (hear(inquiry("+".join(["x"] * n), seconds=-1)) for n in (3, 4))
    assert (small.torch_number(0, None), small.torch_number(0, ("x",))) == (6, 3)
    assert (large.torch.program, large.torch.numbers, large.torch.coordinates) == (None, (), ({"x": 2},))
    assert large.notes[-1] == "torch was not asked either: so large an expression takes it long"
    assert value_evidence(0, large).autograd is None


@pytest.mark.parametrize(
    ("text", "at", "is_said"),
    [
        ("x^(1/3)", "x=-8", True),
        ("2*x^(-3/5)", "x=-1", True),
        ("x^(2/3)", "x=-8", False),
        ("log(x)", "x=-8", False),
        ("1/x + x^(1/3)", "x=0", False),
        ("x^(1/3)", "x=8", False),
    ],
)
def test_a_root_of_a_negative_number_has_a_note_on_real_roots(text: str, at: str, is_said: bool) -> None:
    assert (wording.REAL_ROOTS in ask(text, at).notes) is is_said
