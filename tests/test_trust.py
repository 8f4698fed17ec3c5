"""The promise of the tool: whatever is typed, a number that it stands behind is right, and no error is a surprise.

The other side is a central difference of mpmath's own functions: it shares neither the catalogue's columns, nor the
ladder of precisions, nor the quotients with the tool. What it cannot decide at three precisions is left alone.
"""

from __future__ import annotations

import gc
import math
import signal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli import DerivError, Status, differentiate
from derivcli.language import catalogue
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node, postorder, variables
from tests.checks import evaluate
from tests.every import examples
from tests.language import refusal
from tests.strategies import calls, expressions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COORDINATES = ("0", "1", "-1", "0.5", "2", "-0.3", "3.7", "1e-3", "-2.25", "10", "0.1")
CHEAP = (
    *("sin", "cos", "tan", "asin", "atan", "sinh", "tanh", "exp", "log", "sqrt"),
    *("cbrt", "abs", "floor", "sigmoid", "relu"),
)
TWO = ("add", "mul", "div", "pow", "atan2", "hypot", "mod", "max", "min")
EXAMPLES = max(40, settings.default.max_examples if settings.default else 0)  # of all families together
PATIENCE = 3.0  # seconds for the other side


@st.composite
def ordinary(draw: st.DrawFn, depth: int = 2) -> Node:
    """Return an expression such as people type: small numbers, one or two variables, cheap functions."""
    kind = draw(st.integers(0, 6 if depth else 2))
    if kind == 0:
        return Node(NUMBER, text=draw(st.sampled_from(("1", "2", "3", "0.5", "10", "0.1", "7"))))
    if kind <= 2:
        return Node(VARIABLE, text=draw(st.sampled_from("xxy")))
    terms = ordinary(depth - 1)
    return draw(calls(draw(st.sampled_from(CHEAP if kind <= 4 else TWO)), terms))


@st.composite
def with_a_function_of(draw: st.DrawFn, family: str) -> Node:
    """Return an expression that holds a function of a family of the catalogue."""
    rows = [row.name for row in catalogue.FAMILIES[family]]
    found = draw(calls(draw(st.sampled_from(rows)), ordinary(draw(st.integers(0, 2)))))
    outside = draw(st.integers(0, 3))
    if outside == 1:
        return Node(draw(st.sampled_from(CHEAP)), (found,))
    if outside == 2:
        return Node(draw(st.sampled_from(TWO)), (found, draw(ordinary(1))))
    return found


class _TooLongError(BaseException):
    """The other side has run out of time; no `except` of a library catches it."""


def in_time(action: Callable[..., Any], *args: Any, patience: float = PATIENCE) -> Any:
    """Return the result of an action, None where it takes too long.

    No garbage is collected meanwhile: what is raised in a callback of the collector is lost, and the alarm with it.
    """

    def stop(*_: Any) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    gc.disable()
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        return action(*args)
    except _TooLongError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.enable()
        signal.signal(signal.SIGALRM, before)


def central_difference(tree: Node, point: Mapping[str, str], name: str, digits: int) -> Any:
    """Return (f(x + h) - f(x - h))/(2*h), None where mpmath has no real number."""
    with mp.workdps((40 if is_special(tree) else 400) + 3 * digits):
        x, h = mpf(point[name]), mpf(10) ** -digits
        try:
            ahead, behind = (evaluate(tree, {**point, name: moved}) for moved in (x + h, x - h))
        except (ValueError, ArithmeticError, TypeError, KeyError, RecursionError, mp.NoConvergence):
            return None
        return (ahead - behind) / (2 * h)


def truth(tree: Node, point: Mapping[str, str], name: str) -> Any:
    """Return the central difference if three steps give the same number, None otherwise."""
    steps = (12, 15, 20) if is_special(tree) else (30, 45, 70)
    found = [central_difference(tree, point, name, digits) for digits in steps]
    if any(number is None or not mp.isfinite(number) for number in found):
        return None
    with mp.workdps(60):
        sure = all(abs(number - found[-1]) <= abs(found[-1]) * mpf(10) ** -10 for number in found)
        return found[-1] if sure else None


def is_special(tree: Node) -> bool:
    """Tell whether the tree holds a function of which mpmath takes seconds for hundreds of digits."""
    rows = [catalogue.FUNCTIONS[node.op] for node in postorder(tree) if node.op in catalogue.FUNCTIONS]
    return any(row.values or row.name in SLOW for row in rows)


SLOW = {
    *("erf", "erfc", "erfcx", "erfinv", "agm", "trigamma", "harmonic", "Li", "Li2", "mvlgamma", "gelu"),
    *("i0e", "i1e", "k0e", "k1e"),
}


@pytest.mark.parametrize("family", catalogue.FAMILIES)
@settings(
    max_examples=math.ceil(EXAMPLES / len(catalogue.FAMILIES)),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data(), at_x=st.sampled_from(COORDINATES), at_y=st.sampled_from(COORDINATES))
def test_a_derivative_that_the_tool_stands_behind_is_never_contradicted(
    family: str, data: st.DataObject, at_x: str, at_y: str
) -> None:
    typed = data.draw(with_a_function_of(family))
    text = to_text(typed)
    point = {name: {"x": at_x, "y": at_y}[name] for name in variables(typed)}
    try:
        found = differentiate(text, point, timeout=1 if is_special(typed) else 20)
    except DerivError:
        return
    tree = parse(text).tree
    for derivative in found.derivatives:
        if derivative.status in (Status.AGREE, Status.DIFFER) and derivative.answer is not None:
            expected = in_time(truth, tree, point, derivative.wrt[0])
            if expected is not None and abs(expected) < mpf(10) ** 300:
                assert abs(derivative.answer - expected) <= mpf(10) ** -8 * abs(expected) + mpf(10) ** -12, text


@examples(20, 1_000)
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
        alone = number.status is Status.UNVERIFIED and number.autograd is None  # no closed form
        assert number.answer is None or alone or number.status in (Status.AGREE, Status.DIFFER)
        assert number.status is not Status.AGREE or number.digits is not None


@examples(40, 2_000)
@given(st.text(st.sampled_from("xy0123456789.+-*/^!(),|=<>eπ√² sincoxplgmwhr_'\"\\[]{}#@\0\n\u200b")))
def test_any_text_has_an_answer_or_a_typed_error(text: str) -> None:
    error = refusal(lambda typed: differentiate(typed, timeout=1), text)
    assert error is None or error.message
    assert error is None or error.span is None or 0 <= error.span.start <= error.span.end


@pytest.mark.parametrize(
    ("text", "at", "slope"),  # by the closed forms of DLMF 10.49 and 25.6: a wrong number would be noticed
    [
        ("yn(0, x)", "-1", "1.381773290676036224053438929073"),  # sin(1) + cos(1)
        ("besselk(0.5, x)*exp(x)", "2", "-0.221556731363189503412270935"),  # -sqrt(pi)/8
        ("Li2(x)", "0.5", "1.386294361119890618834464243"),  # 2*log(2)
    ],
)
def test_the_other_side_knows_the_special_functions(text: str, at: str, slope: str) -> None:
    found = truth(parse(text).tree, {"x": at}, "x")
    assert abs(found - mpf(slope)) < mpf(10) ** -15


SMOOTH = ("sin", "cos", "exp", "atan", "tanh", "sinh", "asinh", "erf", "sigmoid", "cbrt", "sqrt", "log", "abs", "relu")


@st.composite
def almost_smooth(draw: st.DrawFn, depth: int = 3) -> Node:
    """Return an expression of x and y whose kinks are few."""
    kind = draw(st.integers(0, 7 if depth else 2))
    if kind <= 2:
        leaves = (*(Node(VARIABLE, text=name) for name in "xxy"), Node(NUMBER, text="2"), Node(NUMBER, text="0.3"))
        return draw(st.sampled_from(leaves))
    terms = almost_smooth(depth - 1)
    if kind <= 4:
        return Node(draw(st.sampled_from(SMOOTH)), (draw(terms),))
    if kind == 5:
        return Node("pow", (draw(terms), Node(NUMBER, text=draw(st.sampled_from(("2", "3", "4", "2.5"))))))
    return draw(calls(draw(st.sampled_from(("add", "mul", "div", "hypot", "max"))), terms))


def mixed_truth(tree: Node, point: Mapping[str, str], wrt: tuple[str, ...]) -> Any:
    """Return a derivative as central differences of three steps see it; None where they do not say the same.

    The step of each differentiation is far smaller than that of the next one out: the limits are taken one by one.
    """
    found = [_repeated(tree, point, wrt, digits) for digits in (12, 17, 23)]
    if any(number is None or not mp.isfinite(number) for number in found):
        return None
    with mp.workdps(60):
        sure = all(abs(number - found[-1]) <= abs(found[-1]) * mpf(10) ** -10 for number in found)
        return found[-1] if sure else None


def _repeated(tree: Node, point: Mapping[str, str], wrt: tuple[str, ...], digits: int) -> Any:
    with mp.workdps(600):
        exact = {name: mpf(text) for name, text in point.items()}

        def differentiated(at: Mapping[str, Any], left: tuple[str, ...], digits: int) -> Any:
            if not left:
                return evaluate(tree, at)
            *inner, name = left
            h = mpf(10) ** -digits
            ahead, behind = (differentiated({**at, name: at[name] + s * h}, tuple(inner), 3 * digits) for s in (1, -1))
            return (ahead - behind) / (2 * h)

        try:
            return differentiated(exact, wrt, digits)
        except (ValueError, ArithmeticError, TypeError, KeyError, RecursionError, mp.NoConvergence):
            return None


@settings(max_examples=max(20, EXAMPLES // 3), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    almost_smooth(),
    st.sampled_from(COORDINATES),
    st.sampled_from(COORDINATES),
    st.sampled_from(("xx", "xy", "yy", "xxy")),
)
def test_a_derivative_of_higher_order_is_never_contradicted(typed: Node, at_x: str, at_y: str, letters: str) -> None:
    text = to_text(typed)
    point = {name: {"x": at_x, "y": at_y}[name] for name in variables(typed)}
    wrt = tuple(name for name in letters if name in point)
    if not wrt:
        return
    try:
        (found,) = differentiate(text, point, partials=[wrt], timeout=10).derivatives
    except DerivError:
        return
    if found.status in (Status.AGREE, Status.DIFFER) and found.answer is not None:
        expected = in_time(mixed_truth, parse(text).tree, point, wrt)
        if expected is not None and abs(expected) < mpf(10) ** 300:
            assert abs(found.answer - expected) <= mpf(10) ** -8 * abs(expected) + mpf(10) ** -12, (text, point, wrt)


def test_the_other_side_knows_derivatives_of_higher_order() -> None:
    tree = parse("sin(x)*exp(2*y)*x").tree
    # exp(2y)*2*(2*cos(x) - x*sin(x)) at (1, 0)
    with mp.workdps(40):
        assert abs(mixed_truth(tree, {"x": "1", "y": "0"}, ("x", "x", "y")) - 2 * (2 * mp.cos(1) - mp.sin(1))) < 1e-20
