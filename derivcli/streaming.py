"""`tabulate_batches`: record batches of Arrow's in, the same with f and its derivatives out; constant memory.

This is what engines of data call on each partition: Spark's mapInArrow, Ray's map_batches, Polars, DuckDB, Dask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from derivcli import parts
from derivcli.api import Point, Wanted, request_of_rows
from derivcli.model.choices import Verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.many import Plan
    from derivcli.model import Request
    from derivcli.points.batches import Batches

_MOST_PLANS = 16  # kept in a process: engines call again for each partition, each time about the same expression

_plans: dict[str, Plan] = {}


@parts.told()
def tabulate_batches(
    expression: str,
    batches: Iterable[Any] | Any,
    at: Point | None = None,
    *,
    verify: str = "auto",
    prefix: str = "",
    **wanted: Unpack[Wanted],
) -> Iterator[Any]:
    """Yield record batches with the columns that came, and f, its derivatives, `status` and `note` behind them.

    `batches` are of pyarrow and have one schema, or come from a table that gives an Arrow stream; `at` gives variables
    without a column one value each. The rows keep their order, each stands in the answer once, and no batch is read
    before it is wanted. A row that cannot be answered has null for its numbers, and `error` for its status. `verify` is
    as for `tabulate`, `prefix` stands before the names of the computed columns, `Wanted` lists what else can be asked
    for. The expression is differentiated once in a process, however often this is called.

    Raises as `tabulate` does, `MissingPartError` without pyarrow, `DataError` for columns that hold no numbers.
    """
    request = request_of_rows("tabulate_batches", expression, at, verify, wanted)
    from derivcli.document import parquet

    parquet.check()
    return _answered(request, batches, Verify(verify), prefix)


def _answered(request: Request, batches: Iterable[Any], verify: Verify, prefix: str) -> Iterator[Any]:
    from derivcli import many
    from derivcli.document import parquet
    from derivcli.points.batches import Batches

    source = Batches(batches)
    if source.schema is None:
        return
    plan = _plan(request, source, verify)
    count = 0
    for batch in parquet.batches(plan.outline, many.answers(plan, source), prefix):
        yield batch
        count += 1
    if not count:
        yield parquet.no_rows(plan.outline, source.schema, prefix)


def _plan(request: Request, source: Batches, verify: Verify) -> Plan:
    """Return what is done with every row; it is made once for a request and the names of the columns."""
    from derivcli import many

    key = repr((request, source.header, verify))
    if key not in _plans:
        if len(_plans) >= _MOST_PLANS:
            _plans.pop(next(iter(_plans)))
        _plans[key] = many.plan(request, source, verify)
    return _plans[key]
