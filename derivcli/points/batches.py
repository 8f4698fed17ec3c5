"""Record batches of Arrow's as sources of points: one after the other, as they come."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from derivcli import parts
from derivcli.errors import DataError, UsageError
from derivcli.model.choices import Form
from derivcli.points.headers import read_header
from derivcli.points.parquet import check_types, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.model.rows import Rows

_WHAT = "the record batches"


class Batches:
    """Record batches of one schema, or what gives them as an Arrow stream, read once and one at a time.

    `schema` is None where there is none at all.

    Raises `UsageError` for what is no record batch, `DataError` for columns that cannot be told apart.
    """

    form = Form.PARQUET  # what the two have in common: typed columns

    def __init__(self, batches: Iterable[Any]) -> None:
        found = map(_checked, _streamed(batches))
        first = next(found, None)
        self.schema: Any = None if first is None else first.schema
        self.header = () if first is None else read_header(first.schema.names, _WHAT)
        self._batches = found if first is None else chain([first], found)

    def rows(self, variables: Sequence[str]) -> Iterator[Rows]:
        """Yield the rows of each batch; raises `DataError` for columns of texts, and for a batch of another schema."""
        check_types(self.schema, self.header, variables, _WHAT)
        first = 1
        for batch in self._batches:
            if batch.schema.names != list(self.schema.names):
                raise DataError(f"a record batch has other columns than the first: {', '.join(batch.schema.names)}")
            if len(batch):
                yield rows_of(batch, self.header, variables, first)
            first += len(batch)


def _streamed(batches: Any) -> Iterable[Any]:
    """Return the record batches of what gives an Arrow stream; anything else as it is."""
    if not hasattr(batches, "__arrow_c_stream__"):
        return cast("Iterable[Any]", batches)
    reader: Any = parts.load("pyarrow").RecordBatchReader
    return cast("Iterable[Any]", reader.from_stream(batches))


def _checked(batch: Any) -> Any:
    if not hasattr(batch, "schema") or not hasattr(batch, "num_rows"):
        raise UsageError(f"a record batch of pyarrow is wanted, not {type(batch).__name__}")
    return batch
