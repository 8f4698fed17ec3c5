"""The answer first: what is said of each kind of answer, and what is then not said again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from derivcli import differentiate
from derivcli.document import words
from derivcli.document.answer import document
from derivcli.model import CauseKind, Derivative, Kind, Proof, Status, Value
from derivcli.wording.causes import CAUSES
from derivcli.wording.kinds import KINDS
from tests.answers import ask
from tests.document.builders import agreed, derivative, result
from tests.document.samples import (
    CAUSED,
    CONSTANT,
    CORNER,
    LOST,
    NO_POINT,
    OUT_OF_TIME,
    POLE,
    SMOOTH,
    TANGENT,
    UNDEFINED,
)
from tests.document.test_terminal import table
from tests.document.view_samples import CURVE, DIRECTION, KINK, LONG, SYSTEM

if TYPE_CHECKING:
    from derivcli.model import Result, System

POINT = {"x": "1", "y": "2"}
AGREED = derivative("x", **agreed(4.0)), derivative("y", **agreed(1.0))


def said(answer: Result | System) -> list[str]:
    return [
        f"{''.join(map(words.plain, line.what))}: {''.join(map(words.plain, line.sure))}"
        for line in document(answer).headlines
    ]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (SMOOTH, "df/dx at x = 2 is 196: all three witnesses agree"),
        (CORNER, "f has no derivative at x = 0: a corner (left slope -1, right slope 1)"),
        (TANGENT, "f has no derivative at x = 0: a vertical tangent (no left slope, right slope inf)"),
        (UNDEFINED, "f has no value at x = 0: a removable gap (limit 1 from both sides)"),
        (POLE, "f has no value at x = 0: a pole (left limit -inf, right limit inf)"),
        (LOST, "df/dx at x = 1e-8 is -8.333333333333334e-10: autograd is wrong"),
        (CAUSED, "df/dx at x = 1e-8 is -8.333333333333334e-10: autograd is wrong (cancellation)"),
        (OUT_OF_TIME, "df/dx at x = 3 is 6.25: unverified"),
        (CONSTANT, "f is 7: all three witnesses agree"),
        (CURVE, "dy/dx at x = 3, y = 4 is -0.75: all three witnesses agree"),
        (DIRECTION, "D_v f at x = 1, y = 2 is 6: all three witnesses agree"),
        (SYSTEM, "the gradient of f1 at x = 1, y = 2 is (2, 1): all three witnesses agree"),
        (LONG, "all 11 derivatives: all three witnesses agree"),
    ],
)
def test_an_answer_begins_with_it(answer: Result | System, sentence: str) -> None:
    assert said(answer)[0] == sentence


@pytest.mark.parametrize(("text", "at"), [("log(x)", "x=-1"), ("log(x)+log(-x)", "x=1"), ("sqrt(-1-x^2)", "x=0")])
def test_where_f_has_no_real_value_near_the_point_this_is_said(text: str, at: str) -> None:
    answer = ask(text, at)
    assert said(answer)[0] == f"f has no real value at {at.replace('=', ' = ')} or near it: outside the domain"
    assert answer.derivatives[0].answer is None


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        # x*y/(x^2+y^2) is 1/2 where x = y and 0 on the axes
        ("x*y/(x^2+y^2)", "x=0,y=0", "f has no value at x = 0, y = 0: it has no single limit"),
        # it is x for positive x, and has infinitely many gaps on the other side
        (
            "gamma(1/x)/gamma(1/x+1)",
            "x=0",
            "f has no value at x = 0: its limits are not known (left limit not known, right limit 0)",
        ),
    ],
)
def test_where_f_has_values_around_a_gap_what_is_known_of_its_limits_is_said(text: str, at: str, sentence: str) -> None:
    answer = ask(text, at)
    assert said(answer)[0] == sentence
    assert "outside the domain" not in table(answer)


def test_numbers_of_a_formula_where_f_has_no_value_are_no_derivative() -> None:
    *_, remark = table(ask("log(x)+log(-x)", "x=1")).strip().splitlines()
    assert remark.strip() == "df/dx: no derivative where f has no value"


def test_without_a_point_the_formulas_are_the_answer() -> None:
    assert said(NO_POINT) == []


def test_a_gradient_that_is_not_sure_is_told_number_by_number() -> None:
    doubtful = replace(AGREED[1], status=Status.UNVERIFIED)
    assert said(result("x*y", POINT, Value(**agreed(2.0)), AGREED[0], doubtful)) == [
        "df/dx at x = 1, y = 2 is 4: all three witnesses agree",
        "df/dy at x = 1, y = 2 is 1: unverified",
    ]


def test_a_number_of_the_proof_alone_is_said_to_be_one() -> None:
    proved = derivative("x", answer=2.0, quotient=2.0, status=Status.UNVERIFIED, proof=Proof.DISC)
    assert said(result("x", {"x": "1"}, Value(**agreed(1.0)), proved)) == [
        "df/dx at x = 1 is 2: the proof alone gives it, unverified"
    ]


def test_witnesses_without_a_number_are_not_counted() -> None:
    alone = replace(AGREED[0], quotient=None)
    assert said(result("x*y", POINT, Value(**agreed(2.0)), alone, AGREED[1])) == [
        "the gradient at x = 1, y = 2 is (4, 1): two witnesses agree"
    ]


def test_a_number_that_nobody_has_is_not_known() -> None:
    nobody = derivative("x", status=Status.UNVERIFIED)
    assert said(result("x", {"x": "1"}, Value(**agreed(1.0)), nobody)) == ["df/dx at x = 1 is not known: unverified"]


def test_a_long_point_is_here() -> None:
    point = {"a_long_name": "0.123456789", "another_long_name": "0.987654321"}
    slopes = (derivative("a_long_name", **agreed(1.0)),)
    (sentence,) = said(result("a_long_name*another_long_name", point, Value(**agreed(1.0)), *slopes))
    assert sentence == "df/da_long_name here is 1: all three witnesses agree"


def test_of_many_derivatives_those_in_doubt_are_counted() -> None:
    odd = Derivative(wrt=("x",), name="df/dx", status=Status.DIFFER, answer=1.0)
    many = replace(LONG, derivatives=(*LONG.derivatives, odd))
    assert said(many) == ["1 of 12 derivatives: see their verdicts"]


def test_what_is_told_is_not_said_again() -> None:
    assert [len(document(answer).functions[0].remarks) for answer in (KINK, POLE)] == [0, 1]
    note = "a corner: the slopes from the left and from the right are different; torch returns 0"
    (corner,) = document(replace(CORNER, derivatives=(replace(CORNER.derivatives[0], note=note),))).functions[0].remarks
    assert corner.sentences == (("torch returns 0",),)
    lost = "0 of autograd's 16 digits are right; the true number is 0.5; rounding"
    (_, below) = document(replace(LOST, derivatives=(replace(LOST.derivatives[0], note=lost),))).functions[0].remarks
    assert below.sentences == (("0 of autograd's 16 digits are right; rounding",),)


def test_every_kind_and_every_cause_has_its_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(CAUSES) == set(CauseKind)


def test_a_mixed_derivative_that_is_missing_is_not_the_slope_of_f() -> None:
    (line,) = said(ask("x*abs(y)", "x=0,y=0", partial=(("x", "y"),)))
    assert line.startswith("d2f/dxdy does not exist at x = 0, y = 0: a corner")


def test_a_number_beyond_float64_is_told() -> None:
    """e^800, from mpmath."""
    assert said(ask("exp(800+x)", "x=0")) == [
        "df/dx at x = 0 is 2.726374572112566567364780e+347: autograd is wrong (overflow)"
    ]


def test_partial_derivatives_of_what_is_not_differentiable_are_no_gradient() -> None:
    answer = ask("where(x==0 and y==0, 0, x*y/(x^2+y^2))", "x=0,y=0")
    assert said(answer)[0].startswith("the partial derivatives at x = 0, y = 0 are (0, 0)")


def test_a_witness_that_says_otherwise_is_not_counted() -> None:
    other = replace(AGREED[0], symbolic=5.0)
    assert said(replace(SMOOTH, derivatives=(other,)))[0].endswith("is 4: two witnesses agree")


def test_a_number_of_float32_has_no_more_digits_than_float32_holds() -> None:
    """21*exp(0.1)/100 is 0.232085892795886 (mpmath): float32's bits, written as float64's, were 0.23208589851856232."""
    (told,) = said(differentiate("x^2*exp(x)", {"x": "0.1"}, dtype="float32"))
    assert told == "df/dx at x = 0.1 is 21*exp(1/10)/100 = 0.2320859: all three witnesses agree"
    (told,) = said(differentiate("1e38*x*y", {"x": "0.1", "y": "0.2"}, dtype="float32"))
    assert told == "the gradient at x = 0.1, y = 0.2 is (2e+37, 1e+37): all three witnesses agree"
