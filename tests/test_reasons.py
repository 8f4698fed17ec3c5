"""Why autograd is wrong: the sentence, where it is drawn, and the better form, for what is known to go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli import DerivError, reasons
from derivcli.calculator import calculate
from derivcli.document import Canvas, Format, render
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import postorder, variables
from derivcli.model import CauseKind, Request, Result, Status, Value
from derivcli.witnesses import client
from derivcli.witnesses.asking.traces import PartSlopes, PartValues, SameForms
from tests.every import examples
from tests.test_trust import is_special, ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.tree import Node
    from derivcli.witnesses.replies import Reply

POINTS = ("0", "1", "-0.3", "1e-9", "1e9", "800", "-800", "1e-200", "1e160")


def ask(text: str, **point: str) -> Result:
    return calculate(Request(text, point))


def why(number: Value) -> str:
    """Return the part of a note that says why: it follows what is wrong and the true number."""
    return (number.note or "").split("; ")[2]


def drawn(result: Result, number: Value) -> str:
    """Return the expression with a line of carets."""
    assert number.cause is not None
    assert number.cause.span is not None
    start, end = number.cause.span
    return f"{result.read_as}\n{' ' * start}{'^' * (end - start)}"


VALUES = [
    (
        "exp(x)/(1+exp(x))",
        {"x": "800"},
        "overflow of `exp(x)`",
        "exp(x)/(1 + exp(x))\n^^^^^^",
        "sigmoid(x)",
    ),
    (
        "log(1+exp(x))",
        {"x": "800"},
        "overflow of `exp(x)`",
        "log(1 + exp(x))\n        ^^^^^^",
        "softplus(x)",
    ),
    (
        "log(1+exp(x))",
        {"x": "-40"},
        "`1 + exp(x)` rounds to 1, and `log` magnifies that rounding",
        "log(1 + exp(x))\n    ^^^^^^^^^^",
        "softplus(x)",
    ),
    pytest.param(  # takes mpmath two seconds
        *("log(erfc(x))", {"x": "30"}, "underflow of `erfc(x)`", "log(erfc(x))\n    ^^^^^^^", ...),
        marks=pytest.mark.nightly,
    ),
    ("log(cosh(x))", {"x": "1000"}, "overflow of `cosh(x)`", "log(cosh(x))\n    ^^^^^^^", ...),
    (
        "sqrt(x^2+1)-x",
        {"x": "1e9"},
        "cancellation in `sqrt(x**2 + 1) - x`: the terms are equal to 18 digits",
        "sqrt(x**2 + 1) - x\n^^^^^^^^^^^^^^^^^^",
        "1/(sqrt(x**2 + 1) + x)",
    ),
    (
        "(1+1/x)^x",
        {"x": "1e10"},
        "rounding of `1 + 1/x` magnified by `**`",
        "(1 + 1/x)**x\n ^^^^^^^",
        "exp(x*log1p(1/x))",
    ),
    (
        "3*(x^3-3x^2+3x-1)",
        {"x": "1.0001"},
        "cancellation in `x**3 - 3*x**2 + 3*x - 1`: the terms are equal to 12 digits",
        "3*(x**3 - 3*x**2 + 3*x - 1)\n   ^^^^^^^^^^^^^^^^^^^^^^^",
        None,
    ),
    (
        "x^7-7x^6+21x^5-35x^4+35x^3-21x^2+7x-1",
        {"x": "1.0001"},
        "cancellation in `x**7 - 7*x**6 + 21*x**5 - 35*x**4 + 35*x**3 - 21*x**2 + 7...`: "
        "the terms are equal to 29 digits",
        "x**7 - 7*x**6 + 21*x**5 - 35*x**4 + 35*x**3 - 21*x**2 + 7*x - 1\n" + "^" * 63,
        None,
    ),
    (
        "sqrt(x^2+y^2)",
        {"x": "1e-200", "y": "1e-200"},
        "underflow of `x**2`",
        "sqrt(x**2 + y**2)\n     ^^^^",
        "hypot(x, y)",
    ),
    (
        "1-erf(x)",
        {"x": "6"},
        "cancellation in `1 - erf(x)`: the terms are equal to 16 digits",
        "1 - erf(x)\n^^^^^^^^^^",
        "erfc(x)",
    ),
    ("1/x^2", {"x": "1e-160"}, "overflow of `1/x**2`", "1/x**2\n^^^^^^", None),
    ("sin(pi*x)", {"x": "1e15"}, "rounding of `pi*x` magnified by `sin`", "sin(pi*x)\n    ^^^^", None),
    (
        "(exp(x)-1)/x",
        {"x": "1e-12"},
        "cancellation in `exp(x) - 1`: the terms are equal to 12 digits",
        "(exp(x) - 1)/x\n ^^^^^^^^^^",
        "expm1(x)/x",
    ),
    (
        "(1-cos(x))/x^2",
        {"x": "1e-8"},
        "cancellation in `1 - cos(x)`: the terms are equal to 16 digits",
        "(1 - cos(x))/x**2\n ^^^^^^^^^^",
        "sinc(x/2)**2/2",
    ),
    ("x*exp(-x)", {"x": "740"}, "underflow of `exp(-x)`", "x*exp(-x)\n  ^^^^^^^", None),
    (
        "where(x - 1e-20 < 1, x, 2x)",
        {"x": "1+1e-21"},
        "in float64 the condition `x - 1e-20 < 1` comes out the other way",
        "where(x - 1e-20 < 1, x, 2*x)\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        None,
    ),
]
SLOPES = [
    (
        "sqrt(x^2+y^2)^2",
        {"x": "0", "y": "0"},
        "0*inf in the backward of `sqrt(x**2 + y**2)`",
        "sqrt(x**2 + y**2)**2\n^^^^^^^^^^^^^^^^^",
        None,
    ),
    ("sqrt(x^4)", {"x": "0"}, "0*inf in the backward of `sqrt(x**4)`", "sqrt(x**4)\n^^^^^^^^^^", None),
    ("1+cbrt(x)^3", {"x": "0"}, "0*inf in the backward of `cbrt(x)**3`", "1 + cbrt(x)**3\n    ^^^^^^^^^^", None),
    (
        "relu(x)-relu(-x)",
        {"x": "0"},
        "subgradient convention: torch takes the slope 0 for `relu(x)` at its kink",
        "relu(x) - relu(-x)\n^^^^^^^",
        None,
    ),
    (
        "3*piecewise(x, x!=1, 1)",
        {"x": "1"},
        "torch differentiates only the branch taken, `1`",
        "3*where(x != 1, x, 1)\n  ^^^^^^^^^^^^^^^^^^^",
        None,
    ),
    ("sigmoid(x)", {"x": "40"}, "cancellation in the backward of `sigmoid(x)`", "sigmoid(x)\n^^^^^^^^^^", None),
    ("2*tanh(x)", {"x": "20"}, "cancellation in the backward of `tanh(x)`", "2*tanh(x)\n  ^^^^^^^", None),
    (
        "atan2(y,x)",
        {"y": "1e200", "x": "1e200"},
        "overflow or underflow in the backward of `atan2(y, x)`",
        "atan2(y, x)\n^^^^^^^^^^^",
        None,
    ),
    ("sin(x)/x", {"x": "1e-9"}, "cancellation in the backward of `sin(x)/x`", "sin(x)/x\n^^^^^^^^", "sinc(x)"),
    ("x/(1+exp(-x))", {"x": "-800"}, "overflow of `exp(-x)`", "x/(1 + exp(-x))\n       ^^^^^^^", "x*sigmoid(x)"),
]


@pytest.mark.parametrize(("text", "point", "sentence", "picture", "rewrite"), VALUES)
def test_a_wrong_value_names_its_cause_and_where_it_starts(
    text: str, point: dict[str, str], sentence: str, picture: str, rewrite: object
) -> None:
    found = ask(text, **point)
    assert found.value.status is Status.DIFFER
    assert why(found.value) == sentence
    assert drawn(found, found.value) == picture
    assert rewrite in (..., found.value.rewrite)


@pytest.mark.parametrize(("text", "point", "sentence", "picture", "rewrite"), SLOPES)
def test_a_wrong_slope_names_its_cause_and_where_it_starts(
    text: str, point: dict[str, str], sentence: str, picture: str, rewrite: str | None
) -> None:
    found = ask(text, **point)
    for slope in found.derivatives:
        assert slope.status is Status.DIFFER
        assert why(slope) == sentence
        assert drawn(found, slope) == picture
        assert slope.rewrite == rewrite


def test_the_table_draws_the_part_and_the_hint_once_under_the_first_remark() -> None:
    picture = render(ask("(1-cos(x))/x^2", x="1e-8"), Format.TABLE, Canvas())
    assert picture.split("\n\n")[3].splitlines()[:4] == [
        "  f: 0 of autograd's 16 digits are right; the true number is 0.5; "
        "cancellation in `1 - cos(x)`: the terms are equal to 16 digits",
        "     (1 - cos(x))/x^2",
        "      ^^^^^^^^^^",
        "     hint: write sinc(x/2)^2/2",
    ]
    assert picture.count("^^") == 5
    assert picture.count("hint") == 1


def test_a_long_expression_is_cut_to_a_window_around_the_carets() -> None:
    text = " + ".join(f"sin({n}*x)" for n in range(2, 15)) + " + log(1+exp(800x))"
    lines = render(ask(text, x="1"), Format.TABLE, Canvas(80)).splitlines()
    (carets,) = [line for line in lines if set(line.strip()) == {"^"}]
    source = lines[lines.index(carets) - 1]
    assert source[carets.index("^") : len(carets)] == "exp(800x)"
    assert source.lstrip().startswith("...")
    assert len(source) <= 80


def test_markdown_gives_the_sentence_and_the_form_as_code() -> None:
    text = render(ask("1-erf(x)", x="6"), Format.MARKDOWN)
    assert text.endswith("cancellation in `1 - erf(x)`: the terms are equal to 16 digits; write `erfc(x)`\n")


def test_the_cause_and_the_form_come_through_json() -> None:
    found = ask("1-erf(x)", x="6")
    data = found.to_dict()["value"]
    assert data["cause"] == {"kind": "cancellation", "expression": "1 - erf(x)", "span": [0, 10]}
    assert data["rewrite"] == "erfc(x)"
    assert Result.from_dict(found.to_dict()) == found


def test_a_difference_that_the_rounded_point_makes_has_no_cause_in_the_expression() -> None:
    (slope,) = ask("asin(x)", x="1-1e-14").derivatives
    assert why(slope) == "float64 rounds the point, and at the rounded point the difference goes away"
    assert slope.cause is None
    assert slope.rewrite is None


def test_an_expression_of_many_parts_keeps_the_general_sentence() -> None:
    found = ask("+".join(f"x^{n}" for n in range(2, 90)) + "+exp(x)", x="900")
    assert why(found.value) == "float64 overflows, or divides by 0, on the way"
    assert found.value.cause is None


def test_a_name_that_is_a_function_too_is_read_as_the_variable_it_is() -> None:
    found = ask("gamma + exp(e)", gamma="1", e="800")
    assert drawn(found, found.value) == "gamma + exp(e)\n        ^^^^^^"


def test_numbers_that_agree_ask_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_args: object) -> None:
        raise AssertionError("a second question")

    monkeypatch.setattr(reasons, "why", asked)
    assert ask("x^2*sin(x)", x="2").status is Status.AGREE
    assert ask("relu(x)", x="0").status is Status.NOT_DIFFERENTIABLE


def hear_only(monkeypatch: pytest.MonkeyPatch, *kinds: type[Reply]) -> None:
    """Let time be up when these kinds of replies have come."""
    replies = client.Conversation.replies

    def some(conversation: client.Conversation, *more: Any) -> Iterator[Reply]:
        for reply in replies(conversation, *more):
            if isinstance(reply, kinds) or not isinstance(reply, (PartValues, PartSlopes, SameForms)):
                yield reply

    monkeypatch.setattr(client.Conversation, "replies", some)


def test_what_has_come_until_time_is_up_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    hear_only(monkeypatch, PartValues)
    found = ask("x^y/factorial(y)", x="300", y="250")
    assert why(found.value) == why(found.derivatives[0]) == "overflow of `x**y`"


def test_where_no_worker_answers_in_time_the_general_sentence_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    hear_only(monkeypatch)
    found = ask("log(1+exp(x))", x="800")
    assert why(found.value) == "float64 overflows, or divides by 0, on the way"
    assert found.limit_reached is None


@examples(8, 60)
@given(ordinary(), st.sampled_from(POINTS), st.sampled_from(POINTS))
def test_the_cause_is_always_a_part_of_the_expression_where_its_span_says(typed: Node, at_x: str, at_y: str) -> None:
    point = {name: {"x": at_x, "y": at_y}[name] for name in variables(typed)}
    if is_special(typed):
        return
    try:
        found = calculate(Request(to_text(typed), point, timeout=5))
    except DerivError:
        return
    parts = {to_text(node) for node in postorder(parse(found.read_as).tree)}
    for number in (found.value, *found.derivatives):
        assert number.cause is None or number.status is Status.DIFFER
        if number.cause is not None and number.cause.span is not None:
            start, end = number.cause.span
            assert number.cause.kind in CauseKind
            assert number.cause.expression in parts
            assert 0 <= start < end <= len(found.read_as)
