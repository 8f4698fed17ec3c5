"""Where rows come from, as JSON: each row of the source as an object, so that nothing of it is lost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from derivcli.model.batches import values
from derivcli.model.rows import Form
from derivcli.render.many.cells import fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from derivcli.model.rows import Outline, Rows

    Dump = Callable[[Any], str]

_NULL = "null"
_AS_IT_IS = (str, bool, int, type(None))


def objects(outline: Outline, rows: Rows, dump: Dump) -> list[str]:
    """Return the text of an object for each row, null for one of which nothing could be read.

    A line of JSON is carried on as it is, values of Parquet keep their types as far as JSON has them, and all other
    cells are texts: those of a bad row as many as the header has names.
    """
    keys = [f"{dump(name)}: " for name in outline.header]
    if rows.records.batch is not None:
        columns = [[dump(_plain(value)) for value in values(column)] for column in rows.records.batch.columns]
        return [_object(keys, cells) for cells in zip(*columns, strict=True)]
    texts = rows.records.texts if outline.form is Form.JSONL else None
    if texts is None:
        return [_of_cells(keys, index, rows, dump) for index in range(len(rows))]
    found = list(texts)
    for index in rows.bad:
        found[index] = found[index] if rows.records.cells(index) else _NULL  # one that has cells is an object
    return found


def _of_cells(keys: Sequence[str], index: int, rows: Rows, dump: Dump) -> str:
    cells = rows.records.cells(index)
    if index in rows.bad:
        if not cells:
            return _NULL
        cells = fitted(cells, len(keys))
    return _object(keys, map(dump, cells))


def _object(keys: Sequence[str], texts: Iterable[str]) -> str:
    return f"{{{', '.join([key + text for key, text in zip(keys, texts, strict=False)])}}}"


def _plain(value: Any) -> Any:
    """Return what JSON has for a value of Parquet; a date, a decimal, an infinity is a text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, list):
        return list(map(_plain, value))
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return value if isinstance(value, _AS_IT_IS) else str(value)
