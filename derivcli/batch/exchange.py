"""What a process of a pool is asked and says, a line each: a query, and what there is to say of it.

Both are records as short as the codec makes them: in the answer of a query whose formulas nobody sees there is little.
"""

from __future__ import annotations

import json
from dataclasses import replace

from derivcli.batch.queries import Answered, Query, query_of
from derivcli.errors import MissingPartError, read_error
from derivcli.model import Result, System

_RECORDS: dict[str, type[Result | System]] = {"Result": Result, "System": System}


def line_of(query: Query) -> str:
    """Return a query as a line of text."""
    return json.dumps({**query.fields, "unseen": query.unseen}) + "\n"


def read_query(line: str | bytes) -> Query:
    """Return the query that a line is; raises as `query_of` does."""
    data = json.loads(line)
    unseen = data.pop("unseen")
    return replace(query_of(data, {}), unseen=unseen)


def answer_line(found: Answered) -> str:
    """Return what there is to say of a query as a line of text."""
    kind, of = type(found.answer).__name__, None if found.answer is None else found.answer.to_brief()
    error = None if found.error is None else found.error.to_dict()
    return json.dumps([kind, of, error, found.code, found.readings]) + "\n"


def read_answer(query: Query, line: str) -> Answered:
    """Return what a line says of a query; raises `MissingPartError` where no query could be answered."""
    kind, of, error, code, readings = json.loads(line)
    known = None if error is None else read_error(error)
    if isinstance(known, MissingPartError):
        raise known
    return Answered(query, None if of is None else _RECORDS[kind].from_dict(of), known, code, tuple(readings))
