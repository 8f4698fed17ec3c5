"""A row has the status, kind and note of a single call at its point, whoever has settled it.

Nothing here says what is right: the tests of the verdicts do. The formulas are of families that people ask about, with
kinks, ends of domains, gaps and everyday points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from derivcli import differentiate, many
from derivcli.document import words
from derivcli.document.columns import note, remarks
from derivcli.document.names import parts
from derivcli.language.printer import to_text
from derivcli.language.tree import variables
from derivcli.model import Result, Status
from derivcli.model.choices import Verify
from derivcli.model.rows import STATUSES
from derivcli.model.tally import OUTSIDE
from tests.every import examples
from tests.many import planned
from tests.test_trust import ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.language.tree import Node
    from derivcli.model import Value
    from derivcli.model.rows import Answers

SOME = ("abs(x)", "x^1.5", "log(x)*x", "sin(x)/x", "(1-cos(x))/x^2", "x^0", "besselk(0,x)", "floor(x)")
OTHERS = (
    *("relu(x-0.5)", "max(x, x^2)", "sign(x)*x^2", "x-floor(x)", "where(x<0.5, x, 1-x)", "clamp(x, 0, 1)", "x^2.5"),
    *("cbrt(x)", "sqrt(abs(x))", "abs(x)^1.5", "abs(x)^3", "hypot(x, 0)", "where(x<0, log(x), x)", "log(-x^2)", "e^x"),
    *("sqrt(x)", "asin(x)", "acosh(x+1)", "log(x)", "sqrt(1-x^2)", "x^x", "atanh(x+1)", "zeta(x+3)", "besselj(x,2)"),
    *("1/x", "1/x^2", "exp(-1/x^2)", "tan(x)", "log(abs(x))", "gamma(x)", "atan(1/x)", "(x^2-1)/(x-1)", "besselj(0,x)"),
    *("5*x**4+3*x**3", "sin(x)*exp(-x**2)", "erf(x)", "tanh(20*x)", "gammainc(2.5,x)"),
)
FEW = "x=0,-1,0.5,1e-3,2"
POINTS = "x=0,1,-1,0.5,2,-2,0.1,1e-9,-1e-200,1e-3,30,-0.25,1.5,3.25,1e8,700"
Said = tuple[Any, ...]


@pytest.fixture(autouse=True)
def no_few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few rows be settled as many are."""
    monkeypatch.setattr("derivcli.many.run._FEW", 0)


def said(value: Value) -> Said:
    return value.status, value.kind, value.note


def of_rows(chunk: Answers) -> Iterator[Said]:
    """Give of each row its status, then status, kind and note of each number, or the notes as one text at the end."""
    noted = remarks(chunk)
    for k, code in enumerate(chunk.statuses.tolist()):
        if k in chunk.results:
            result = chunk.results[k]
            yield result.status, *map(said, (result.value, *result.derivatives))
        else:
            status = Status(STATUSES[code])
            kind = OUTSIDE.kind if status is Status.UNDEFINED else None
            yield status, *[(status, kind)] * len(chunk.numbers), noted.get(k)


def of_call(result: Result, row: Said, of_all: Sequence[str]) -> Said:
    """Return the same of a single call, its notes as one text where the row has them so, but for those of all rows."""
    whole = [said(value) for value in (result.value, *result.derivatives)]
    if isinstance(row[-1], tuple):
        return result.status, *whole
    names = ("f", *(derivative.name for derivative in result.derivatives))
    notes = [f"{name}: {note}" for name, (_, _, note) in zip(names, whole, strict=True) if note]
    notes += [note for note in words.notes([result]) if note not in of_all]
    return result.status, *[(status, kind) for status, kind, _ in whole], "; ".join(notes) or None


def differing(text: str, *at: str, verify: Verify) -> list[Any]:
    """Return the rows of which something else is said than of a single call."""
    plan, source = planned(text, *at, verify=verify)
    points = [
        {name: rows.records.exact(k, name) for name in plan.columns} | dict(plan.request.at or {})
        for rows in source.rows(plan.columns)
        for k in range(len(rows))
    ]
    told = [row for chunk in many.answers(plan, source) for row in of_rows(chunk)]
    calls = [
        of_call(differentiate(text, point), row, plan.outline.answer.notes)
        for point, row in zip(points, told, strict=True)
    ]
    return [each for each in zip(points, told, calls, strict=True) if each[1] != each[2]]


@pytest.mark.parametrize("verify", [Verify.AUTO, Verify.ALL])
@pytest.mark.parametrize(
    ("text", "at"),
    [
        *((text, FEW) for text in SOME),
        *(pytest.param(text, POINTS, marks=pytest.mark.nightly) for text in (*SOME, *OTHERS)),
    ],
)
def test_a_row_says_what_a_single_call_says(text: str, at: str, verify: Verify) -> None:
    assert differing(text, at, verify=verify) == []


@pytest.mark.parametrize(
    "text",
    [
        *("x*y", "sqrt(x*y)"),
        *(
            pytest.param(text, marks=pytest.mark.nightly)
            for text in ("abs(x*y)", "x*y/(x^2+y^2)", "x^y", "max(x, y)", "hypot(x, y)", "log(x/y)", "floor(x)/y")
        ),
    ],
)
def test_so_it_does_of_several_variables(text: str) -> None:
    assert differing(text, "x=0,1,-2,1e-9", "y=0,-1", verify=Verify.ALL) == []


@examples(2, 300)
@given(ordinary(3))
def test_whatever_the_expression_a_row_says_what_a_single_call_says(tree: Node) -> None:
    names = variables(tree)
    if names:
        at = (POINTS, *(f"{name}=0.75" for name in names if name != "x"))
        for verify in (Verify.AUTO, Verify.ALL):
            assert differing(to_text(tree), *(text for text in at if text[0] in names), verify=verify) == []


@pytest.mark.parametrize("text", ["x^(1/3)", "2*x^(-1/3)+x"])
def test_a_row_where_f_has_no_real_value_says_which_roots_have_one(text: str) -> None:
    plan, source = planned(text, "x=8,-8,27", verify=Verify.AUTO)
    (chunk,) = many.answers(plan, source)
    assert 1 not in chunk.results, "the bounds have not settled it"
    assert remarks(chunk) == {
        1: (
            "f: outside the real domain of f; df/dx: no derivative where f has no value; "
            "x^(1/3) has no real value where x is negative; cbrt(x) and root(x, n) have one"
        )
    }
    assert remarks(chunk)[1] == note(parts(differentiate(text, {"x": "-8"}))[0])


def small(text: str, at: str) -> list[Any]:
    """Return the remarks on rows that torch alone could settle."""
    plan, source = planned(text, at, verify=Verify.AUTO)
    (chunk,) = many.answers(plan, source)
    assert chunk.is_at(Status.AGREE).all()
    return [remarks(chunk).get(k) for k in range(len(chunk.rows))]


def test_a_row_says_which_number_is_too_small_for_its_type() -> None:
    number = "5.07595889754946e-435 is too small for float64"  # exp(-1000), by mpmath
    said = f"f: not 0 exactly: {number}; df/dx: not 0 exactly: -{number}"
    assert small("exp(-x)", "x=1,1000,2") == [None, said, None]
    assert note(parts(differentiate("exp(-x)", {"x": "1000"}))[0]) == said


def test_of_so_many_such_rows_only_the_first_say_which_number_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivcli.many.sheet._MOST_SMALL", 2)
    first, plain, second, third = small("exp(-x)", "x=1000,3,2000,4000")
    assert "e-435 is" in first
    assert "e-869 is" in second  # exp(-2000) = 2.58e-869, by mpmath
    assert (plain, third) == (None, "a 0 here may stand for a number too small for float64")


def test_a_zero_that_is_exact_has_nothing_more_to_say() -> None:
    assert small("relu(x)*1e-200", "x=-1,-1e-200,3") == [None, None, None]


def test_a_difference_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivcli.many.run._said_outside", lambda _plan: {"f": "nothing"})
    assert [point for point, _, _ in differing("log(x)", "x=-1,1", verify=Verify.AUTO)] == [{"x": "-1"}]
