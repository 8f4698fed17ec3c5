"""`tabulate`: f and its first derivatives at many points, from Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

from derivcli import parts
from derivcli.api import Point, Wanted, request_of_rows
from derivcli.errors import UsageError
from derivcli.model.choices import Verify
from derivcli.model.result import RichDisplay
from derivcli.model.rows import STATUSES

if TYPE_CHECKING:
    from derivcli.model import Result
    from derivcli.model.rows import Answers, Outline


@dataclass(frozen=True)
class Table(RichDisplay):
    """What is known of f at many points.

    `columns` holds a numpy array of float64 for `f`, `df/dx`, ...: the answers, nan where there is none. `status` has a
    word for each row: those of a `Status`, or `error` where a coordinate is not finite. A row of which there is
    more to say than its numbers is in `results`; `notes` say what a reader of other rows has to know, and `readings`
    how the expression was read where a person might read it otherwise.
    """

    columns: dict[str, Any]
    status: tuple[str, ...]
    results: dict[int, Result]
    notes: dict[int, str]
    readings: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.status)


@parts.told()
def tabulate(
    expression: str,
    columns: Mapping[str, Any] | Any,
    at: Point | None = None,
    *,
    verify: str = "auto",
    **wanted: Unpack[Wanted],
) -> Table:
    """Return f and its derivatives at many points.

    `columns` gives a sequence of numbers, an array or a tensor for each variable, all of one length, or is a table that
    gives an Arrow stream (of pyarrow, Polars, pandas), which may have other columns too; float64 numbers are not
    copied. `at` gives the other variables one value each. `verify` says which rows all three witnesses look at: those
    that bounds on rounding leave in doubt (`auto`), `all`, the first 2,048 in doubt (`sample`), or none (`off`: then
    nothing is checked). `Wanted` lists what else can be asked for.

    Raises as `differentiate` does, and `PointError` for columns that do not fit.
    """
    request = request_of_rows("tabulate", expression, at, verify, wanted)
    from derivcli import many
    from derivcli.points.arrays import Arrays, columns_of

    columns = columns_of(columns, lambda names: many.variables(request, names))
    if not isinstance(columns, Mapping) or not columns or not all(isinstance(name, str) for name in columns):
        raise UsageError("columns must map names to numbers, such as {'x': [1, 2, 3]}")
    source = Arrays(columns)
    plan = many.plan(request, source, Verify(verify))
    return _table(plan.outline, list(many.answers(plan, source)))


def _table(outline: Outline, chunks: list[Answers]) -> Table:
    import numpy as np

    starts = [0, *np.cumsum([len(chunk.rows) for chunk in chunks]).tolist()]
    notes = {start + k: text for start, c in zip(starts, chunks, strict=False) for k, text in _notes(c).items()}
    results = {start + k: r for start, c in zip(starts, chunks, strict=False) for k, r in c.results.items()}
    columns = {
        name: np.concatenate([chunk.numbers[index] for chunk in chunks] or [np.empty(0)])
        for index, name in enumerate(outline.names)
    }
    statuses = tuple(STATUSES[code] for c in chunks for code in c.statuses.tolist())
    return Table(columns, statuses, results, notes, outline.answer.readings)


def _notes(chunk: Answers) -> dict[int, str]:
    return {**chunk.said, **chunk.rows.bad}
