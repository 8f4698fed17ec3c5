"""What a process of a pool is asked and says: a query and its answer are the same after their way."""

from __future__ import annotations

import io
from typing import Any

import pytest

from derivcli.batch import answering, server
from derivcli.batch.exchange import line_of, read_answer
from derivcli.batch.queries import Query, query_of
from derivcli.errors import MissingPartError
from derivcli.model import Result, System

QUERIES: list[dict[str, Any]] = [
    {"expression": "x^2*y", "at": {"x": "1/3", "y": "2"}, "order": 2},
    {"expression": "1/x", "at": {"x": "0"}},  # infinite limits
    {"expression": ["x*y", "x+y"], "at": {"x": "1", "y": "2"}},
    {"expression": "sin(3x)", "check": "cos(3x)"},
]


def said(query: Query) -> Any:
    """Ask the process that serves, in this one."""
    return read_answer(query, served(line_of(query)))


def served(lines: str) -> str:
    written = io.StringIO()
    server.serve(io.BytesIO(lines.encode()), written)
    return written.getvalue()


@pytest.fixture(autouse=True)
def _same_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gc.set_threshold", lambda _count: None)


@pytest.mark.parametrize("fields", QUERIES)
def test_an_answer_is_the_same_after_its_way(fields: dict[str, Any]) -> None:
    query = query_of(fields, {}, 7)
    found = said(query)
    assert found.query is query
    assert isinstance(found.answer, (Result, System))
    assert found.answer.to_dict() == answering.answered(query).answer.to_dict()  # type: ignore[union-attr]


def test_code_and_errors_come_too() -> None:
    assert "return x * x;" in said(query_of({"expression": "x^2", "code": "c"}, {})).code
    wrong = said(query_of({"expression": "3*sine(x)"}, {})).error
    assert (wrong.message, wrong.span) == ("unknown function `sine`", (2, 6))


def test_a_query_that_nobody_sees_the_formulas_of_is_asked_so() -> None:
    query = Query(1, ("x^3",), {"at": {"x": "2"}}, unseen=True)
    (slope,) = said(query).answer.derivatives
    assert (slope.answer, slope.expression, slope.latex) == (12, None, None)


def test_a_missing_part_ends_the_one_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_query: Query) -> None:
        raise MissingPartError("deriv needs torch", hint="pip install torch")

    monkeypatch.setattr(server, "answered", fail)
    with pytest.raises(MissingPartError, match="deriv needs torch"):
        said(query_of({"expression": "x"}, {}))


def test_queries_are_answered_line_by_line_until_there_are_no_more() -> None:
    queries = [query_of({"expression": text}, {}) for text in ("3*sine(x)", "2+")]
    lines = served("".join(map(line_of, queries))).splitlines()
    found = [read_answer(query, line).error for query, line in zip(queries, lines, strict=True)]
    assert [error is not None for error in found] == [True, True]
