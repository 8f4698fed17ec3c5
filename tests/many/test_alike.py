"""A row has the status, kind and note of a single call at its point, whoever has settled it.

Nothing here says what is right: the tests of the verdicts do. The formulas are of families that people ask about, with
kinks, ends of domains, gaps and everyday points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given

from derivcli import differentiate, many
from derivcli.document.columns import remarks
from derivcli.model import Result, Status
from derivcli.model.choices import Verify
from derivcli.model.rows import STATUSES
from derivcli.model.tally import OUTSIDE
from tests.every import examples
from tests.many import planned
from derivcli.language.printer import to_text
from tests.test_trust import ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.tree import Node
    from derivcli.model import Value
    from derivcli.model.rows import Answers

FAMILIES = (
    *("abs(x)", "relu(x-0.5)", "max(x, x^2)", "sign(x)*x^2", "floor(x)", "x-floor(x)", "where(x<0.5, x, 1-x)"),
    *("cbrt(x)", "sqrt(abs(x))", "abs(x)^1.5", "abs(x)^3", "hypot(x, 0)", "clamp(x, 0, 1)"),
    *("sqrt(x)", "x^1.5", "asin(x)", "acosh(x+1)", "log(x)", "sqrt(1-x^2)", "x^x", "x^0", "atanh(x+1)"),
    *("1/x", "sin(x)/x", "1/x^2", "exp(-1/x^2)", "tan(x)", "log(abs(x))", "gamma(x)", "atan(1/x)", "(x^2-1)/(x-1)"),
    *("5*x**4+3*x**3", "sin(x)*exp(-x**2)", "erf(x)", "(1-cos(x))/x^2", "tanh(20*x)", "besselj(0,x)", "e^x", "x^2.5"),
    *("besselk(0,x)", "gammainc(2.5,x)", "zeta(x+3)", "besselj(x,2)", "where(x<0, log(x), x)", "log(-x^2)"),
)
POINTS = "x=0,1,-1,0.5,2,-2,0.1,1e-9,-1e-200,1e-3,30,-0.25,1.5,3.25,1e8,700"


def said(value: Value) -> tuple[Any, ...]:
    return value.status, value.kind, value.note


def of_rows(chunk: Answers) -> Iterator[tuple[Any, ...]]:
    """Give the status, and of f and each derivative status, kind and note, for each row."""
    outside = remarks(chunk)
    for k, code in enumerate(chunk.statuses.tolist()):
        if k in chunk.results:
            result = chunk.results[k]
            yield result.status, *map(said, (result.value, *result.derivatives)), None
            continue
        status = Status(STATUSES[code])
        assert status in (Status.AGREE, Status.UNDEFINED)
        kind = None if status is Status.AGREE else OUTSIDE.kind
        yield status, *[(status, kind, None)] * len(chunk.numbers), outside.get(k)


def of_call(result: Result, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the same of a single call; of a row that has no result the notes stand in one text."""
    whole = [said(value) for value in (result.value, *result.derivatives)]
    if all(note is None for _, _, note in row[1:-1]) and result.status is Status.UNDEFINED:
        names = ("f", *(derivative.name for derivative in result.derivatives))
        notes = "; ".join(f"{name}: {note}" for name, (_, _, note) in zip(names, whole, strict=True))
        return result.status, *[(status, kind, None) for status, kind, _ in whole], notes
    return result.status, *whole, None


def differing(text: str, *at: str, verify: Verify, few: bool) -> list[Any]:
    """Return the rows of which something else is said than of a single call."""
    plan, source = planned(text, *at, verify=verify)
    points = [{n: str(rows.records.exact(k, n)) for n in plan.columns} for rows in source.rows(plan.columns) for k in range(len(rows))]
    told = [row for chunk in many.answers(plan, source) for row in of_rows(chunk)]
    calls = [of_call(differentiate(text, point), row) for point, row in zip(points, told, strict=True)]
    return [(point, row, call) for point, row, call in zip(points, told, calls, strict=True) if row != call]


@pytest.mark.parametrize("verify", [Verify.AUTO, Verify.ALL])
@pytest.mark.parametrize("text", FAMILIES)
def test_a_row_says_what_a_single_call_says(text: str, verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivcli.many.run._FEW", 0)
    assert differing(text, POINTS, verify=verify, few=False) == []


@pytest.mark.parametrize("text", ["x*y", "abs(x*y)", "x*y/(x^2+y^2)", "sqrt(x*y)", "x^y", "max(x, y)", "hypot(x, y)", "log(x/y)"])
def test_so_it_does_of_several_variables(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivcli.many.run._FEW", 0)
    assert differing(text, "x=0,1,-2,1e-9", "y=0,-1,0.5", verify=Verify.ALL, few=False) == []


@examples(3, 300)
@given(ordinary(3))
def test_whatever_the_expression_a_row_says_what_a_single_call_says(tree: Node) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("derivcli.many.run._FEW", 0)
        for verify in (Verify.AUTO, Verify.ALL):
            assert differing(to_text(tree), POINTS, verify=verify, few=False) == []
