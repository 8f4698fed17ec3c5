"""Answers of readers: right in any form, wrong with a point where that shows and the mistake by its name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import differentiate
from derivcli.errors import ExpressionError, UnknownNameError, UsageError
from derivcli.explanations.asking import check, with_checks
from derivcli.model import Result, System
from derivcli.model.steps import AnswerVerdict
from tests.every import for_all, is_nightly
from tests.explanations import answers

if TYPE_CHECKING:
    from derivcli.model import AnswerCheck

RIGHT, WRONG, UNDECIDED = AnswerVerdict
SAMPLE = 18  # every so many of a list are asked in the suite, all of them at night


@cache
def known(text: str) -> Result:
    return differentiate(text, wrt=["x"] if "x" in text else None)


def judged(text: str, answer: str, **wanted: Any) -> AnswerCheck:
    found = check(text, answer, **wanted) if wanted else with_checks(known(text), [answer])
    assert isinstance(found, Result)
    assert found.check is not None
    return found.check


def names(text: str, answer: str, **wanted: Any) -> list[str]:
    return [mistake.rule for mistake in judged(text, answer, **wanted).mistakes]


def is_right(text: str, answer: str) -> None:
    found = judged(text, answer)
    assert (found.verdict, found.mistakes) == (RIGHT, ()), found.reason


def is_named(text: str, answer: str, name: str) -> None:
    found = judged(text, answer)
    assert found.verdict is WRONG
    assert name in found.mistakes[0].rule


@for_all(("text", "answer"), answers.RIGHT[:-1:SAMPLE])
def test_a_right_answer_is_right_in_any_form(text: str, answer: str) -> None:
    is_right(text, answer)


@pytest.mark.nightly
@for_all(("text", "answer"), [row for row in answers.RIGHT if row[0] != "7"])
def test_all_right_answers_are_right(text: str, answer: str) -> None:
    is_right(text, answer)


@for_all(("text", "answer", "name"), [*answers.MISTAKES[::SAMPLE], *answers.MORE_MISTAKES[::SAMPLE]])
def test_a_mistake_is_named(text: str, answer: str, name: str) -> None:
    is_named(text, answer, name)


@pytest.mark.nightly
@for_all(("text", "answer", "name"), [*answers.MISTAKES, *answers.MORE_MISTAKES])
def test_all_mistakes_are_named(text: str, answer: str, name: str) -> None:
    is_named(text, answer, name)


@for_all(("text", "answer"), [("x^3", "3"), ("floor(x)", "x"), ("x^2", "7x^5")])
def test_what_no_mistake_gives_has_no_name(text: str, answer: str) -> None:
    found = judged(text, answer)
    assert (found.verdict, found.mistakes) == (WRONG, ())


@for_all(("text", "answer"), answers.TWICE if is_nightly() else answers.TWICE[:1])
def test_two_mistakes_in_one_answer_are_both_named(text: str, answer: str) -> None:
    assert len(names(text, answer)) == 2


def test_a_wrong_answer_has_a_point_where_that_shows_and_the_line_that_it_spoils() -> None:
    found = judged("x^2*sin(x)", "2x*cos(x)")
    assert found.counterexample is not None
    # 2*cos(1) and 2*sin(1) + cos(1), by mpmath
    assert found.counterexample.at == {"x": 1}
    assert found.counterexample.answer == pytest.approx(1.0806046117362795)
    assert found.counterexample.derivative == pytest.approx(2.223244275483933)
    (mistake,) = found.mistakes
    assert (mistake.rule, mistake.span) == ("product of the derivatives", (0, 11))
    assert mistake.step is not None
    assert mistake.step.rule == "product rule"


def test_a_difference_of_a_millionth_of_a_millionth_is_a_difference() -> None:
    found = judged("x^2*sin(x)", "2x*sin(x) + x^2*cos(x) + 1e-12")
    assert found.verdict is WRONG
    assert "2.2232442754849329" in found.reason


def test_a_larger_domain_is_only_a_note() -> None:
    found = judged("ln(x)", "1/x")
    assert found.verdict is RIGHT
    assert found.note == "it has values where f has none, which does not matter"


def test_a_smaller_domain_is_wrong() -> None:
    assert judged("x^2", "2*exp(ln(x))").verdict is WRONG


def test_an_equation_that_algebra_proves_is_said_to_be_proved() -> None:
    assert judged("sin(x)^2", "sin(2x)").reason.startswith("proved")
    assert judged("x^x", "x^x*ln(e*x)").verdict is RIGHT


def test_a_mistake_of_the_highest_order_is_named() -> None:
    assert judged("x^3", "6x", order=2).verdict is RIGHT
    assert names("x^3", "3x^2", order=2) == ["differentiated once too few"]


def test_a_partial_derivative_is_checked_by_itself_or_with_all_others() -> None:
    assert judged("x^2*y", "2x*y", wrt="x").verdict is RIGHT
    found = check("x^2*y", ["2x*y", "x"])
    assert isinstance(found, Result)
    assert [d.check.verdict for d in found.derivatives if d.check] == [RIGHT, WRONG]
    assert found.check is found.derivatives[1].check
    assert names("x*y^2", "y^2 + 2x*y", wrt="x") == ["other variables not held"]
    assert names("x*y^2", "2x*y", wrt="x") == ["differentiated by y, not by x"]


def test_a_slope_of_a_curve_is_right_where_it_is_right_on_the_curve() -> None:
    assert judged("x^2+y^2=25", "-x/y", implicit="y").verdict is RIGHT
    assert judged("x*y=1", "-1/x^2", implicit="y").verdict is RIGHT  # y is 1/x there
    assert names("x^2+y^2=25", "x/y", implicit="y") == ["wrong sign"]
    assert names("x^2+y^2=25", "-y/x", implicit="y") == ["upside down"]


def test_several_expressions_have_an_answer_each() -> None:
    found = check(["x^2", "sin(x)"], ["2x", "cos(x)"])
    assert isinstance(found, System)
    assert [function.check.verdict for function in found.functions if function.check] == [RIGHT, RIGHT]


@for_all(
    ("answer", "verdict", "reason"),
    [
        # 4*sin(2) + 4*cos(2) is 1.97260236..., by mpmath
        ("1.97", RIGHT, "correct to 3 digits"),
        ("2.0", RIGHT, "correct to 2 digits"),
        ("1.98", WRONG, "at x = 2 it is 1.98, df/dx is 1.9726"),
        ("4sin(2) + 4cos(2)", RIGHT, "equal to 24 digits"),
        ("2", WRONG, "at x = 2 it is 2, df/dx is 1.9726"),
    ],
)
def test_at_a_point_a_number_is_right_as_it_is_rounded(answer: str, verdict: AnswerVerdict, reason: str) -> None:
    found = judged("x^2*sin(x)", answer, at={"x": 2})
    assert (found.verdict, found.reason) == (verdict, reason)


def test_where_there_is_no_derivative_no_number_is_right() -> None:
    found = judged("|x|", "1", at={"x": 0})
    assert (found.verdict, found.reason) == (WRONG, "df/dx does not exist at x = 0")


@for_all("answer", ["does not exist", "DNE", "undefined", "It doesn't exist.", "not differentiable"])
def test_that_there_is_no_derivative_is_an_answer(answer: str) -> None:
    assert judged("|x|", answer, at={"x": 0}).reason == "df/dx does not exist at x = 0"
    assert judged("|x|", answer, at={"x": 0}).verdict is RIGHT
    assert judged("1/x", answer, at={"x": 0}).verdict is RIGHT
    assert judged("|x|", answer, at={"x": 1}).reason == "df/dx exists at x = 1"
    assert judged("|x|", answer).verdict is WRONG
    assert judged("sqrt(-1 - x^2)", answer).verdict is UNDECIDED


def test_what_no_form_is_known_of_is_held_against_differences() -> None:
    assert judged("besselj(x, 2)", "1").verdict is WRONG


def test_what_is_defined_nowhere_is_undecided() -> None:
    assert judged("sqrt(-1 - x^2)", "1").verdict is UNDECIDED


@for_all(
    "answer",
    [
        "f'(x) = 2x",
        "y' = 2x",
        "dy/dx = 2x",
        "df/dx=2x",
        "f = 2x",
        "d/dx(x^2) = 2x",
        "d/dx x^2 = 2x",
        "= 2x",
        "2x.",
        "2x?",
    ],
)
def test_an_answer_may_have_its_left_side(answer: str) -> None:
    assert judged("x^2", answer).verdict is RIGHT


def test_how_an_answer_was_read_is_said() -> None:
    assert judged("ln(x)", "1/2x").note == "`1/2x` was read as `(1/2)*x`"


def test_an_answer_that_cannot_be_read_has_a_caret_of_its_own() -> None:
    with pytest.raises(ExpressionError) as caught:
        check("x^2 + 1", "y' = 2x +")
    assert (caught.value.source, caught.value.span and caught.value.span.start) == ("y' = 2x +", 8)


@for_all(
    ("answer", "hint"),
    [("2t", "its variables are x"), ("2x + C", "a constant of integration is no part of a derivative")],
)
def test_a_variable_that_f_has_not_is_an_error(answer: str, hint: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        check("x^2", answer)
    assert caught.value.hint == hint


def test_as_many_answers_are_wanted_as_there_are_derivatives() -> None:
    with pytest.raises(UsageError, match="1 answer for 2 derivatives"):
        check("x*y", "y")


def test_a_constant_is_a_function_of_x() -> None:
    assert judged("7", "0", wrt=None).verdict is RIGHT
    assert judged("e^3", "0*x", wrt=None).verdict is RIGHT
    assert names("5", "5", wrt=None) == ["not differentiated"]
    assert names("e^3", "3e^2", wrt=None) == ["constant differentiated as a power"]


def test_an_answer_that_asks_for_a_derivative_is_refused() -> None:
    with pytest.raises(UsageError):
        check("x^2", "d/dx x^2")


KINKS = [
    ("abs(x-5)", "-1"),
    ("sqrt((x-10)^2)", "-1"),
    ("max(x,10)", "0"),
    ("clamp(x,-10,10)", "1"),
    ("where(x<10,x^2,3x)", "2x"),
    ("sign(x-30)*x^2", "-2x"),
    ("abs(x-2*5000)", "-1"),
    ("abs(x-pi^4)", "-1"),
    ("abs(exp(x)-1000)", "-exp(x)"),
    ("sqrt((x-500.25)^2)", "-1"),
    ("floor(x/300)*x", "0"),
    ("relu(x-300)", "0"),
    ("asin(clamp((x-1500)/10,-1,1))", "0"),
    ("abs(x-1)+abs(x-2)+abs(x-3)+abs(x-4)+abs(x-500)", "sign(x-1)+sign(x-2)+sign(x-3)+sign(x-4)-1"),
]


@for_all(("text", "answer"), KINKS if is_nightly() else KINKS[::3])
def test_an_answer_that_is_right_on_one_side_of_a_kink_alone_is_wrong(text: str, answer: str) -> None:
    """By hand: beyond the kink each derivative is another one."""
    assert check(text, answer).check.verdict == "wrong"  # type: ignore[union-attr]


@for_all(
    ("text", "answer"),
    [
        ("x^2", "x + abs(x-1000) + 1000"),  # right for x < 1000
        ("x", "sign(x+5000)"),
        ("0*x", "where(x > 700, 1, 0)"),
    ],
)
def test_an_answer_with_a_kink_of_its_own_is_looked_at_on_both_sides(text: str, answer: str) -> None:
    assert check(text, answer).check.verdict == "wrong"  # type: ignore[union-attr]


def test_a_kink_in_the_plane_is_looked_at_on_both_sides() -> None:
    assert judged("abs(x - 400y)", "sign(x - 400y)", wrt="x").verdict is RIGHT
    assert judged("abs(x - 400y - 9000)", "-1", wrt="x").verdict is WRONG
    assert judged("max(x, y, z)", "where(x > y and x > z, 1, 0)", wrt="x").verdict is RIGHT


ROOTS = [
    ("x^(4/3)", "4/3 x^(1/3)"),
    ("x^(2/3)", "2/3 x^(-1/3)"),
    ("x^(2/3)", "2/(3x^(1/3))"),
    ("x^(2/5)", "2/5 x^(-3/5)"),
    ("x^(2/3)", "2/3 x^(2/3 - 1)"),
    ("(x^3-1)^(2/3)", "2x^2 (x^3-1)^(-1/3)"),
    ("cbrt(x)", "1/3 x^(-2/3)"),
    ("root(x, 5)", "1/5 x^(1/5 - 1)"),
    ("x*cbrt(x)", "4/3 x^(1/3)"),
]


@for_all(("text", "answer"), ROOTS if is_nightly() else ROOTS[::3])
def test_roots_may_be_written_as_books_do(text: str, answer: str) -> None:
    """By hand, by the power rule; books take `x^(1/3)` for the root of every number."""
    is_right(text, answer)


def test_a_wrong_root_is_wrong() -> None:
    assert judged("x^(4/3)", "4/3 x^(2/3)").verdict is WRONG
    assert names("x^(4/3)", "x^(1/3)") == ["exponent not brought down"]


def test_a_decimal_for_a_constant_derivative_is_right_as_it_is_rounded() -> None:
    assert check("2x/3", "0.6667", {"x": 1}).check.verdict == "right"  # type: ignore[union-attr]
    assert check("2x/3", "0.6666", {"x": 1}).check.verdict == "wrong"  # type: ignore[union-attr]


@for_all(
    ("text", "at", "answer", "verdict"),
    [
        # What programs print: the float64 next to the number, which is not always its rounding to so many digits.
        ("ln(x)", "7", "0.14285714285714285", "right"),
        ("x*e^x", "0.3", "1.7548164498488041", "right"),
        ("tan(x)", "0.7", "1.7094497158631172", "right"),
        ("ln(x)", "7", "0.14285714285714275", "wrong"),
        # More digits than are known: those of e are from a table.
        ("exp(x)", "1", "2.71828182845904523536028747135", "right"),
        ("exp(x)", "1", "2.71828182845904523536128747135", "wrong"),
        # A jump, a gap: the formula of other places says 0, but there is no derivative.
        ("floor(x)", "2", "0", "wrong"),
        ("floor(x)", "2.5", "0", "right"),
        ("sign(x)", "0", "0", "wrong"),
        ("abs(x)/x", "0", "0", "wrong"),
        ("mod(x,1)", "3", "1", "wrong"),
        # The slope at 0 is 1, whatever sympy's form says there.
        ("where(x==0,0,x)", "0", "1", "right"),
        ("where(x==1,1,x^2)", "1", "2", "right"),
        ("where(x==1,1,x^2)", "1", "0", "wrong"),
        ("sin(x)", "pi/4", "sqrt(2)/2", "right"),
        ("sin(x)", "pi/4", "sqrt(2)/3", "wrong"),
        ("2x", "3", "2", "right"),
        ("2x", "3", "3", "wrong"),
    ],
)
def test_a_number_is_right_only_where_the_derivative_is_it(text: str, at: str, answer: str, verdict: str) -> None:
    found = check(text, answer, {"x": at})
    assert isinstance(found, Result)
    assert found.check is not None
    assert found.check.verdict == verdict, found.check.reason


def test_a_right_formula_says_that_there_is_no_derivative_at_the_point() -> None:
    found = check("ln(x)", "1/x", {"x": -1})
    assert isinstance(found, Result)
    assert found.check is not None
    assert found.check.verdict == "right"
    assert (found.check.note or "").startswith("df/dx does not exist at x = -1: the answer is that of other places")
