"""Answers with their steps: what stands in them, and that no line comes out that has not been checked."""

from __future__ import annotations

import time

import pytest

from derivcli import differentiate
from derivcli.errors import InternalError, UsageError
from derivcli.explanations import asking, rules
from derivcli.explanations.asking import explain, with_steps
from derivcli.explanations.way import Rule
from derivcli.language.tree import Node
from derivcli.model import Derivative, Result, System
from tests.every import for_all


def derivatives(text: str, **wanted: object) -> dict[str, Derivative]:
    answer = explain(text, **wanted)  # type: ignore[arg-type]
    assert isinstance(answer, Result)
    return {derivative.name: derivative for derivative in answer.derivatives}


@for_all("text", ["sin(3x+1)", "x^2*sin(x)", "x^x", "|x^2-1|", "ln(ln(x))", "x^10/10", "sqrt(x-1000)", "acoth(x)", "x"])
def test_the_last_line_is_the_derivative_as_it_is_shown(text: str) -> None:
    (found,) = derivatives(text).values()
    assert found.steps
    assert found.steps[-1].after == found.expression


def test_at_a_point_each_line_has_its_number() -> None:
    steps = derivatives("x^2*sin(x)", at={"x": 2})["df/dx"].steps or ()
    # 4*sin(2) + 4*cos(2), 2*2 and cos(2), by mpmath
    assert [step.number for step in steps[:3]] == pytest.approx([1.9726023611141572, 4, -0.4161468365471424])
    assert [step.depth for step in steps] == [0, 1, 1, 0, 0]


def test_at_a_kink_a_line_has_no_number() -> None:
    steps = derivatives("x*|x|", at={"x": 0})["df/dx"].steps or ()
    assert {step.before: step.number for step in steps}["abs(x)"] is None


def test_a_step_tells_where_its_part_stands() -> None:
    answer = explain("2x + sin(x^2)")
    assert isinstance(answer, Result)
    steps = answer.derivatives[0].steps or ()
    told = {answer.read_as[slice(*step.span)]: step.before for step in steps if step.span}
    assert told == {step.before: step.before for step in steps if step.span}
    assert "x**2" in told


def test_the_steps_of_each_order_begin_where_those_below_it_end() -> None:
    found = derivatives("x^2*sin(x)", order=2)
    first, second = found["df/dx"].steps or (), found["d2f/dx2"].steps or ()
    assert second[0].before == first[-1].after


def test_a_mixed_derivative_alone_has_the_steps_of_all_orders() -> None:
    steps = derivatives("x^3*y^2*e^x", partial=[("x", "y")])["d2f/dxdy"].steps or ()
    assert next(step.wrt for step in steps if step.depth == 0) == "x"
    assert steps[-1].wrt == "y"


def test_the_steps_on_a_curve_differentiate_both_sides_and_solve() -> None:
    found = derivatives("x^2+y^2=25", implicit="y", order=2)
    steps = found["dy/dx"].steps or ()
    assert steps[0].after == "d/dx[x**2 + y**2] = 0"
    assert steps[-2].after == "2*x + 2*y*d/dx[y] = 0"
    assert (steps[-1].rule, steps[-1].after) == ("solved", "-x/y")
    assert "with `d/dx[y]` = `-x/y`" in [step.reason for step in found["d2y/dx2"].steps or ()]


def test_several_expressions_have_steps_each() -> None:
    answer = explain(["x*y", "sin(x)"])
    assert isinstance(answer, System)
    assert all(d.steps for function in answer.functions for d in function.derivatives)


def test_a_wrong_line_lets_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Rule("sine", lambda part, _way: Node("sin", part.args) if part.op == "sin" else None)
    monkeypatch.setattr(rules, "RULES", (wrong, *rules.RULES))
    with pytest.raises(InternalError, match="steps could not be checked"):
        explain("x + sin(x)^2")


def test_steps_that_could_be_checked_nowhere_are_not_shown_and_that_is_said() -> None:
    answer = explain("sqrt(-1 - x^2)")  # it is defined nowhere
    assert isinstance(answer, Result)
    assert answer.derivatives[0].steps is None
    said = "there are no steps to df/dx: no three points were found at which its lines could be checked"
    assert said in answer.notes


@for_all(
    ("text", "wanted"),
    [
        ("asin(100x)", {}),  # has values for |x| <= 0.01 alone
        ("log(x-1000) + log(y-2000)", {}),
        ("sqrt(x-50)*sqrt(51-x)", {}),
        ("x^1000000", {}),  # 1e-431798 at 0.37
        ("x^2*y=1", {"implicit": "y"}),  # x^2*y has the slope 0 along the curve
    ],
)
def test_points_are_found_where_the_lines_can_be_checked(text: str, wanted: dict[str, str]) -> None:
    for found in derivatives(text, **wanted).values():
        assert found.steps


def test_a_derivative_without_a_closed_form_has_no_steps_and_that_is_said() -> None:
    answer = explain("zeta(x)", at={"x": 3})
    assert isinstance(answer, Result)
    assert answer.derivatives[0].steps is None
    assert "there are no steps to df/dx: no form of it is known, or it is too long" in answer.notes


def test_a_direction_is_refused() -> None:
    with pytest.raises(UsageError):
        explain("x*y", along={"x": 1, "y": 2})


def test_lines_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_MOST_SHOWN", 3)
    found = derivatives("x^2*sin(x)")["df/dx"]
    assert [step.rule for step in found.steps or ()] == ["product rule", "power rule", "tidied"]
    assert found.steps_left_out == 2


@pytest.mark.nightly
def test_everyday_steps_take_little_beyond_the_answer() -> None:
    answer = differentiate("x^2*sin(x)")
    with_steps(answer)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        with_steps(answer)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.1  # 20 ms on an idle machine


def test_an_answer_with_steps_goes_through_json_and_back() -> None:
    answer = explain("x^2*sin(x)", at={"x": 2})
    assert isinstance(answer, Result)
    assert Result.from_dict(answer.to_dict()) == answer


@for_all("text", ["asin(clamp(4x^2, 0, 1))", "-(x/3)/x", "log_ndtr(x)"])
def test_a_rule_need_not_have_a_value_wherever_f_has_a_slope(text: str) -> None:
    assert derivatives(text)["df/dx"].steps


def test_the_function_has_its_name_for_itself() -> None:
    import derivcli.explanations.asking
    from derivcli import explain as found

    assert found is derivcli.explanations.asking.explain
