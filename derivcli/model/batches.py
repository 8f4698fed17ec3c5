"""Columns of a record batch as Python values; the library is the caller's, nothing is imported here."""

from __future__ import annotations

from typing import Any

# What pyarrow raises for a time that Python has no type for: nanoseconds, years past 9999, an unknown zone.
_NO_VALUE = (ValueError, OverflowError, KeyError)
_NANOSECONDS = "timestamp[ns"  # in the type of a column, or of what it holds
_NO_TEXT = (*_NO_VALUE, NotImplementedError)


def values(column: Any) -> list[Any]:
    """Return the values of a pyarrow array, None for null, and texts for a column that Python has no type for."""
    try:
        if str(column.type) == "time64[ns]":
            column = column.cast("time64[us]")  # raises where digits get lost; where pandas is, `to_pylist` drops them
        found: list[Any] = column.to_pylist()
        if _NANOSECONDS in str(column.type):
            found = list(map(_without_pandas, found))
    except _NO_VALUE:
        return _texts(column)
    return found


def _without_pandas(value: Any) -> Any:
    """Return what pyarrow gives where pandas, whose times have nanoseconds, is not installed; raises as that does."""
    if isinstance(value, list):
        return list(map(_without_pandas, value))
    if isinstance(value, dict):
        return {name: _without_pandas(part) for name, part in value.items()}
    if not hasattr(value, "to_pydatetime"):
        return value
    if value.nanosecond:
        raise ValueError("a time of Python's has no nanoseconds")
    return value.to_pydatetime()


def _texts(column: Any) -> list[str | None]:
    try:
        found: list[str | None] = column.cast("string").to_pylist()
    except _NO_TEXT:
        return [_text(column.slice(index, 1)) if column[index].is_valid else None for index in range(len(column))]
    return found


def _text(part: Any) -> str:
    """Return an array of one value as pyarrow shows it, on one line and without the brackets around it."""
    return " ".join(part.to_string().split())[1:-1].strip()
