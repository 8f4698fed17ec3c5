"""From the result down to where an error starts, on numbers given by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from derivcli.causes import Origin, Sight, find
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.model import CauseKind
from derivcli.witnesses.evidence import UNDECIDED, Outcome, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.tree import Node

INF, NAN = math.inf, math.nan


def sight(torch: float, true: str) -> Sight:
    return Sight(torch, Reading(Outcome.NUMBER, true))


@dataclass
class Told:
    """A view in which every part is right but those that are told; every operand passes its error on."""

    numbers: Mapping[tuple[str, Any], Sight]
    harmless: set[str] = field(default_factory=set)
    slopes: list[float | None] = field(default_factory=lambda: [1.0])

    def seen(self, node: Node, name: str | None) -> Sight:
        return self.numbers.get((to_text(node), name), sight(1.0, "1"))

    def alone(self, node: Node, position: int, name: str | None, aspect: str | None) -> float:
        operand = node.args[position]
        return 0.0 if to_text(operand) in self.harmless else 1.0 if name is None else self.seen(operand, aspect).error

    def partials(self, _node: Node) -> list[float | None]:
        return self.slopes


def origin(text: str, numbers: Mapping[tuple[str, Any], Sight], name: str | None = None, **more: Any) -> Origin:
    found = find(Told(numbers, **more), parse(text).tree, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("torch", "true", "error"),
    [
        (1.0, "1", 0.0),
        (1.5, "1", 0.5),
        (9.0, "1", 1.0),
        (0.0, "0", 0.0),
        (1e-300, "0", 1.0),
        (0.0, "1e-5000", 1.0),
        (INF, "1e5000", 1.0),
        (NAN, "1", 1.0),
    ],
)
def test_an_error_is_relative_and_at_most_one(torch: float, true: str, error: float) -> None:
    assert sight(torch, true).error == error


def test_what_is_not_known_is_no_error_but_a_nan_always_is() -> None:
    assert Sight(1.0, UNDECIDED).error == Sight(None, Reading(Outcome.NUMBER, "1")).error == 0
    assert Sight(NAN, UNDECIDED).error == 1


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    assert find(Told({}), parse("exp(x)").tree, None) is None


def test_the_walk_ends_at_the_first_part_whose_operands_are_right() -> None:
    numbers = {("sin(exp(x))", None): sight(NAN, "0.5"), ("exp(x)", None): sight(INF, "1e400")}
    found = origin("sin(exp(x))", numbers)
    assert (found.kind, found.path, to_text(found.node)) == (CauseKind.OVERFLOW, (0,), "exp(x)")


def test_an_operand_whose_error_does_not_matter_is_passed_by() -> None:
    numbers = {
        ("cos(x) + exp(y)", None): sight(INF, "1e400"),
        ("cos(x)", None): sight(6e-17, "0"),
        ("exp(y)", None): sight(INF, "1e400"),
    }
    assert origin("cos(x) + exp(y)", numbers, harmless={"cos(x)"}).path == (1,)


def test_a_rounding_is_no_error_to_follow() -> None:
    numbers = {("sin(pi*x)", None): sight(-0.2, "0"), ("pi*x", None): sight(3.0, "3.0000000000000001")}
    found = origin("sin(pi*x)", numbers)
    assert (found.kind, to_text(found.node), found.other and found.other.op) == (CauseKind.ROUNDING, "pi*x", "sin")


def test_a_wrong_slope_leads_to_the_value_that_makes_it_wrong() -> None:
    numbers = {("log(exp(x))", "x"): sight(NAN, "1"), ("exp(x)", None): sight(INF, "1e400")}
    found = origin("log(exp(x))", numbers, "x")
    assert (found.kind, found.path) == (CauseKind.OVERFLOW, (0,))


@pytest.mark.parametrize(
    ("text", "torch", "true", "kind"),
    [
        ("exp(x)", INF, "1e400", CauseKind.OVERFLOW),
        ("exp(x)", 0.0, "1e-400", CauseKind.UNDERFLOW),
        ("x^2", 1e-320, "1.00001e-320", CauseKind.UNDERFLOW),
        ("airybi(x)", NAN, "2e306", CauseKind.NO_NUMBER),
        ("x - y", 0.0, "1e-20", CauseKind.CANCELLATION),
        ("gamma(x)", 1.5, "1", CauseKind.INEXACT),
    ],
)
def test_a_value_shows_its_cause(text: str, torch: float, true: str, kind: CauseKind) -> None:
    assert origin(text, {(to_text(parse(text).tree), None): sight(torch, true)}).kind is kind


def test_a_rounded_operand_may_leave_the_domain() -> None:
    rounded = {("acos(x)", None): sight(NAN, "0"), ("x", None): sight(1.0000000000000002, "1")}
    assert origin("acos(x)", rounded).kind is CauseKind.DOMAIN


def test_the_terms_of_a_cancellation_are_equal_to_so_many_digits() -> None:
    assert origin("x - y", {("x - y", None): sight(0.0, "5e-10")}).number == 9
    assert origin("x - y", {("x - y", None): sight(1e-17, "0")}).number is None


def test_a_sum_that_is_one_of_its_terms_has_absorbed_the_others() -> None:
    numbers = {("log(1 + x)", None): sight(0.0, "1e-20"), ("1 + x", None): sight(1.0, "1.00000000000000000001")}
    found = origin("log(1 + x)", numbers)
    assert (found.kind, found.path, found.number) == (CauseKind.ABSORPTION, (0,), 1.0)


@pytest.mark.parametrize(
    ("text", "torch", "true", "slopes", "kind"),
    [
        ("sqrt(x)", NAN, "0", [INF], CauseKind.ZERO_TIMES_INFINITY),
        ("hypot(x, y)", NAN, "0", [NAN, NAN], CauseKind.ZERO_BY_ZERO),
        ("sqrt(x)", INF, "1", [INF], CauseKind.DIVISION_BY_ZERO),
        ("sqrt(x)", INF, "1e400", [1.0], CauseKind.BACKWARD_RANGE),
        ("tanh(x)", 0.0, "1e-17", [0.0], CauseKind.BACKWARD_CANCELLATION),
        ("tanh(x)", 0.0, "1e-400", [0.0], CauseKind.BACKWARD_RANGE),
        ("relu(x)", 0.0, "0.5", [0.0], CauseKind.SUBGRADIENT),
        ("abs(x)", NAN, "0.5", [NAN], CauseKind.SUBGRADIENT),
        # far from its kink the slope of i0e(x) only loses digits; the true one by mpmath
        ("i0e(x)", -1.9947114299938631e-13, "-1.9947114094873313e-13", [0.0], CauseKind.BACKWARD_CANCELLATION),
    ],
)
def test_a_slope_shows_its_cause_where_the_values_are_right(
    text: str, torch: float, true: str, slopes: list[float | None], kind: CauseKind
) -> None:
    assert origin(text, {(text, "x"): sight(torch, true)}, "x", slopes=slopes).kind is kind


def test_numbers_whose_squares_leave_the_range_are_what_a_backward_pass_stumbles_over() -> None:
    numbers = {("atan2(y, x)", "x"): sight(0.0, "1e-200"), ("x", None): sight(1e200, "1e200")}
    assert origin("atan2(y, x)", numbers, "x").kind is CauseKind.BACKWARD_RANGE


TRUE, FALSE = sight(1.0, "1"), sight(0.0, "0")


def test_of_a_piecewise_function_only_the_branch_taken_counts() -> None:
    text = "where(x < 1, exp(x), log(x))"
    numbers = {(text, None): sight(INF, "1e400"), ("x < 1", None): TRUE, ("exp(x)", None): sight(INF, "1e400")}
    assert origin(text, numbers | {("log(x)", None): sight(NAN, "2")}).path == (0,)


def test_a_condition_that_comes_out_the_other_way_is_the_cause() -> None:
    text = "where(x < 1, x, 2*x)"
    found = origin(text, {(text, None): sight(1.0, "2"), ("x < 1", None): sight(1.0, "0")})
    assert (found.kind, found.other and to_text(found.other)) == (CauseKind.BRANCH, "x < 1")


def test_a_branch_that_is_right_by_itself_has_a_slope_that_is_not() -> None:
    text = "where(x != 1, x, 1)"
    found = origin(text, {(text, "x"): sight(0.0, "1"), ("x != 1", None): FALSE}, "x")
    assert (found.kind, found.other and to_text(found.other)) == (CauseKind.ONE_BRANCH, "1")


def test_a_slope_that_nobody_knows_leaves_the_value_to_ask() -> None:
    numbers = {("exp(x)", "x"): Sight(INF, UNDECIDED), ("exp(x)", None): sight(INF, "1e400")}
    assert origin("exp(x)", numbers, "x").kind is CauseKind.OVERFLOW
