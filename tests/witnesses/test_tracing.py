"""The true numbers of every part, and which other forms are the same function."""

from __future__ import annotations

import pytest
from mpmath import mp, mpf

from derivcli.language.lowering import outline
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.witnesses import worker
from derivcli.witnesses.asking.traces import PartSlopes, PartValues, SameForms, TraceRequest
from derivcli.witnesses.evidence import UNDECIDED, UNDEFINED, Outcome, Reading
from derivcli.witnesses.proof.parts import Parts
from derivcli.witnesses.protocol import line_of, reply_in, request_in
from derivcli.witnesses.replies import Done
from derivcli.witnesses.tracing import same_forms
from tests.checks import program_of


def traced(text: str, name: str | None = None, **point: str) -> dict[str, Reading]:
    """Return the value of every part by its text, or its slope."""
    program, indices = outline(parse(text).tree)
    trace = Parts(program, {n: program_of(value) for n, value in point.items()})
    readings = trace.values() if name is None else trace.slopes(name)
    return {to_text(node): readings[index] for node, index in indices.items()}


def near(reading: Reading, number: object) -> bool:
    with mp.workdps(40):
        return bool(abs(mpf(reading.text) - mpf(number)) <= mpf(10) ** -25 * abs(mpf(number)))


def test_every_part_has_its_value() -> None:
    found = traced("sqrt(x^2+1)-x", x="1e9")
    assert found["x**2"] == Reading(Outcome.NUMBER, str(10**18))
    with mp.workdps(60):
        assert near(found["sqrt(x**2 + 1) - x"], mp.sqrt(mpf(10) ** 18 + 1) - mpf(10) ** 9)


def test_every_part_has_its_slope() -> None:
    found = traced("x*log(cosh(x))", "x", x="800")
    with mp.workdps(60):
        assert near(found["cosh(x)"], mp.sinh(800))
        assert near(found["log(cosh(x))"], mp.tanh(800))
    assert found["x"].text == "1"


def test_a_function_that_is_a_formula_is_one_part() -> None:
    assert list(traced("sigmoid(x)", x="-800")) == ["x", "sigmoid(x)"]
    with mp.workdps(60):
        assert near(traced("sigmoid(x)", "x", x="-800")["sigmoid(x)"], mp.exp(-800))


def test_a_slope_at_a_kink_is_the_mean_of_both_sides() -> None:
    found = traced("relu(x) - relu(-x)", "x", x="0")
    assert [found[part].number for part in ("relu(x)", "relu(-x)", "relu(x) - relu(-x)")] == [0.5, -0.5, 1]


def test_a_slope_that_grows_without_bound_is_undecided() -> None:
    found = traced("cbrt(x)^3", "x", x="0")
    assert found["cbrt(x)"] == UNDECIDED
    assert near(found["cbrt(x)**3"], 1)


def test_a_slope_that_is_0_is_seen_to_be() -> None:
    for text, place in (("x^3", "0"), ("cos(x)", "0"), ("(x - 2)^4", "2"), ("x^2*y + (x - 1)^3", "1")):
        found = traced(text, "x", x=place, y="0")
        assert list(found.values())[-1].text == "0"
    # one side alone has a curvature
    assert traced("where(x > 0, x^2, 0)", "x", x="0")["where(x > 0, x**2, 0)"].text == "0"


def test_a_part_without_the_variable_has_the_slope_zero() -> None:
    assert traced("x*log(y)", "x", x="2", y="3")["log(y)"] == Reading(Outcome.NUMBER, "0")


def test_a_condition_is_one_or_zero_and_a_branch_not_taken_may_have_no_value() -> None:
    found = traced("where(x > 0, x, log(x))", x="-1")
    assert (found["x > 0"].text, found["log(x)"]) == ("0", UNDEFINED)
    assert found["where(x > 0, x, log(x))"] == UNDEFINED


def same(first: str, *others: str, **point: str) -> list[str]:
    """Return the others that are the same function as the first at a point."""
    trees = [parse(text).tree for text in (first, *others)]
    program, indices = outline(*trees)
    roots = [indices[tree] for tree in trees]
    texts = dict(zip(roots, (first, *others), strict=True))
    at = {name: program_of(value) for name, value in point.items()}
    found = same_forms(TraceRequest(program_of(first), program, tuple(roots), at, tuple(point)))
    return [texts[form.root] for form in found]


def test_forms_that_are_the_same_function_are_found() -> None:
    assert same("log(1+exp(x))", "softplus(x)", "log1p(exp(x))", x="800") == ["softplus(x)", "log1p(exp(x))"]


@pytest.mark.parametrize(
    ("first", "other", "point"),
    [
        ("exp(x)-1", "x", {"x": "1e-30"}),
        ("x^2", "2x-1", {"x": "1"}),  # they touch
        ("log(1+x)", "x - x^2/2 + x^3/3", {"x": "1e-12"}),
    ],
)
def test_a_form_that_is_only_nearly_the_same_is_none(first: str, other: str, point: dict[str, str]) -> None:
    assert same(first, other, **point) == []


def test_a_form_without_a_value_is_none() -> None:
    assert same("x", "log(x)", "exp(log(x))", x="-2") == []


def test_the_worker_answers_a_trace_with_numbers_and_with_folded_programs() -> None:
    tree, form = parse("(1/3)*(exp(x)-1)").tree, parse("(1/3)*expm1(x)").tree
    program, _indices = outline(tree)
    forms, places = outline(tree, form)
    request = TraceRequest(program, forms, (places[tree], places[form]), {"x": program_of("0")}, ("x",))
    replies = worker.answer(request_in(line_of(1, request, 20))[1])
    values, slopes, found, done = (reply_in(line_of(1, reply))[1] for reply in replies)
    assert isinstance(values, PartValues)
    assert isinstance(slopes, PartSlopes)
    assert isinstance(found, SameForms)
    assert done == Done()
    assert len(values.values) == len(slopes.slopes) == len(program.instructions)
    (same_form,) = found.forms
    assert same_form.root == places[form]
    assert same_form.program.instructions[0].text == "0.3333333333333333"
