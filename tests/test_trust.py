"""The promise of the tool: whatever is typed, a number that it stands behind is right, and no error is a surprise.

The other side is a central difference of mpmath's own functions: it shares neither the catalogue's columns, nor the
ladder of precisions, nor the quotients with the tool. What it cannot decide at three precisions is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli import DerivError, Status, differentiate
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node, variables
from derivcli.witnesses import client
from tests.checks import REFERENCES, evaluate
from tests.language import refusal
from tests.strategies import expressions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COORDINATES = ("0", "1", "-1", "0.5", "2", "-0.3", "3.7", "1e-3", "-2.25", "10", "0.1")
ONE = sorted(set(REFERENCES) - {"atan2", "root", "hypot", "mod", "floordiv", "max", "min", "clamp", "polygamma"})
TWO = ("add", "mul", "div", "pow", "atan2", "hypot", "mod", "max", "min")


@pytest.fixture(scope="module", autouse=True)
def _stopped() -> Iterator[None]:
    yield
    client.stop()


@st.composite
def ordinary(draw: st.DrawFn, depth: int = 3) -> Node:
    """Return an expression such as people type: small numbers, one or two variables, any function."""
    kind = draw(st.integers(0, 7 if depth else 1))
    if kind == 0:
        return Node(NUMBER, text=draw(st.sampled_from(("1", "2", "3", "0.5", "10", "0.1", "7"))))
    if kind == 1:
        return Node(VARIABLE, text=draw(st.sampled_from("xxy")))
    if kind <= 4:
        return Node(draw(st.sampled_from(ONE)), (draw(ordinary(depth - 1)),))
    return Node(draw(st.sampled_from(TWO)), (draw(ordinary(depth - 1)), draw(ordinary(depth - 1))))


def central_difference(tree: Node, point: Mapping[str, str], name: str, digits: int) -> Any:
    """Return (f(x + h) - f(x - h))/(2*h), None where mpmath has no real number."""
    with mp.workdps(400 + 3 * digits):
        x, h = mpf(point[name]), mpf(10) ** -digits
        try:
            ahead, behind = (evaluate(tree, {**point, name: moved}) for moved in (x + h, x - h))
        except (ValueError, ArithmeticError, TypeError, KeyError, RecursionError):
            return None
        return (ahead - behind) / (2 * h)


def truth(tree: Node, point: Mapping[str, str], name: str) -> Any:
    """Return the central difference if three steps give the same number, None otherwise."""
    found = [central_difference(tree, point, name, digits) for digits in (30, 45, 70)]
    if any(number is None or not mp.isfinite(number) for number in found):
        return None
    with mp.workdps(60):
        sure = all(abs(number - found[-1]) <= abs(found[-1]) * mpf(10) ** -10 for number in found)
        return found[-1] if sure else None


def too_slow(tree: Node) -> bool:
    """Tell whether the tree holds gamma, of which mpmath takes seconds where it is flat to thousands of digits."""
    text = to_text(tree)
    return any(name in text for name in ("gamma", "factorial", "erf"))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(ordinary(), st.sampled_from(COORDINATES), st.sampled_from(COORDINATES))
def test_a_derivative_that_the_tool_stands_behind_is_never_contradicted(typed: Node, at_x: str, at_y: str) -> None:
    text = to_text(typed)
    point = {name: {"x": at_x, "y": at_y}[name] for name in variables(typed)}
    try:
        found = differentiate(text, point, timeout=2 if too_slow(typed) else 20)
    except DerivError:
        return
    tree = parse(text).tree
    for derivative in found.derivatives:
        if derivative.status in (Status.AGREE, Status.DIFFER) and derivative.answer is not None:
            expected = truth(tree, point, derivative.wrt[0])
            if expected is not None and abs(expected) < mpf(10) ** 300:
                assert abs(derivative.answer - expected) <= mpf(10) ** -8 * abs(expected) + mpf(10) ** -12, text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(expressions(depth=3, names=("x", "y")), st.sampled_from(COORDINATES), st.sampled_from(COORDINATES))
def test_an_expression_has_an_answer_or_a_typed_error(typed: Node, at_x: str, at_y: str) -> None:
    point = {name: {"x": at_x, "y": at_y}[name] for name in variables(typed)}
    try:
        found = differentiate(to_text(typed), point, timeout=1)
    except DerivError:
        return
    assert found.value.status is not None
    assert found.status.severity == max(n.status.severity for n in (found.value, *found.derivatives) if n.status)
    for number in (found.value, *found.derivatives):
        assert (number.answer is None) or number.status in (Status.AGREE, Status.DIFFER)
        assert number.status is not Status.AGREE or number.digits is not None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.sampled_from("xy0123456789.+-*/^!(),|=<>eπ√² sincoxplgmwhr_'\"\\[]{}#@\0\n\u200b")))
def test_any_text_has_an_answer_or_a_typed_error(text: str) -> None:
    error = refusal(lambda typed: differentiate(typed, timeout=1), text)
    assert error is None or error.message
    assert error is None or error.span is None or 0 <= error.span.start <= error.span.end
