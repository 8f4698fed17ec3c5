"""A column of float64 as texts: the shortest that reads back as the same number, as Python spells it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.model.rows import Column

_LARGE = 1e16  # from here on orjson's spelling depends on its version
_SMALL, _TINY = 1e-4, 1e-5  # below the first Python writes an exponent, below the second orjson does
_LEAST = 1e-9  # below this an exponent has two digits anyway
_INFINITIES = ("-inf", "inf")


def spelled(column: Column, missing: str = "", infinities: tuple[str, str] = _INFINITIES) -> list[str]:
    """Return a text for each number: `missing` for nan, and what stands for minus infinity and infinity."""
    import numpy as np  # one point has no columns, and needs no numpy

    numbers = np.ascontiguousarray(column, dtype=np.float64)
    texts = _WAY(numbers)
    for index in np.flatnonzero(~np.isfinite(numbers)).tolist():
        number = numbers[index]
        texts[index] = missing if number != number else infinities[int(number > 0)]
    return texts


def _plainly(numbers: Column) -> list[str]:
    return list(map(repr, numbers.tolist()))


def _by_orjson(numbers: Column) -> list[str]:
    """Let orjson write the numbers: the same digits many times as fast, but Python goes over to exponents elsewhere."""
    if not len(numbers):
        return []
    import numpy as np

    orjson: Any = import_module("orjson")
    texts: list[str] = orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY).decode()[1:-1].split(",")
    size = np.abs(numbers)
    for index in np.flatnonzero((size < _TINY) & (size >= _LEAST)).tolist():
        texts[index] = texts[index].replace("e-", "e-0")
    for index in np.flatnonzero((size >= _LARGE) | ((size < _SMALL) & (size >= _TINY))).tolist():
        texts[index] = repr(float(numbers[index]))
    return texts


def _fastest() -> Callable[[Column], list[str]]:
    return _plainly if find_spec("orjson") is None else _by_orjson


_WAY = _fastest()
