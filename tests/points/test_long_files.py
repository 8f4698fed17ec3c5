"""Long files with bad rows of every kind: each line is accounted for, and memory does not grow."""

from __future__ import annotations

import tracemalloc
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

import pytest

from derivcli.model.choices import Form
from derivcli.points.files import open_points
from derivcli.points.told import Told
from tests.every import at_night, is_nightly
from tests.points.reading import Pieces, said

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS = 100_000 if is_nightly() else 30_000
_EVERY = 100  # a bad row after so many
_TOO_LONG = "the line is too long: the limit is 1048576 bytes"
_OPEN = "a quote that is opened here never closes"


class Bad(NamedTuple):
    """A line as the pieces of a stream, and what is said of it."""

    pieces: tuple[bytes, ...]
    reason: str


def _bad(line: bytes, reason: str) -> Bad:
    return Bad((line,), reason)


_HUGE = (b"7" * 2**20,) * 96  # 100 MB, one megabyte at a time
_CELLS = [
    ("", "the cell of `x` is empty"),
    ("abc", "`x`: `abc` is not a number"),
    ("nan", "`x`: `nan` is not a number"),
    ("-inf", "`x`: `-inf` is not finite"),
    ("0xFF", "`x`: `0xFF` is not decimal"),
    ("1_000", "`x`: `1_000` is not a number: write 1000"),
    ("1e999", "`x`: `1e999` is too large for float64"),
    ("1\u20282", "`x`: `1\\u20282` is not a number"),
    ("1" * 5_000, "`x`: the number is too long: 5000 digits, the limit is 4000"),
]
_LINES = [
    ("1\r2{0}a", "the line contains a carriage return"),
    ("1\0{0}a", "the line contains a NUL byte"),
    ("1\udcff{0}a", "the line is not UTF-8"),
    ("1", "1 cell where the header has 2"),
    ("1{0}2{0}3", "3 cells where the header has 2"),
    ("", "the line is empty"),
]


def _delimited(separator: str) -> list[Bad]:
    cells = [(f"{cell}{separator}a", reason) for cell, reason in _CELLS]
    lines = [(line.format(separator), reason) for line, reason in _LINES]
    return [_bad(line.encode("utf-8", "surrogateescape"), reason) for line, reason in (*cells, *lines)]


_KINDS = {
    Form.CSV: [
        *_delimited(","),
        _bad(b"1,5,a", "3 cells where the header has 2"),
        _bad(b'"1,5",a', "`x`: `1,5` is not a number: write 1.5, or add --decimal ,"),
        _bad(b'1,"a', _OPEN),
        _bad(b'"1', _OPEN),
        _bad(b'"1"2,a', "text follows a closing quote"),
    ],
    Form.TSV: [
        *_delimited("\t"),
        _bad(b"1,5\ta", "`x`: `1,5` is not a number: write 1.5, or add --decimal ,"),
        _bad(b'"1"\ta', '`x`: `"1"` is not a number'),
    ],
    Form.JSONL: [
        _bad(b"", "the line is empty"),
        _bad(b'{"x": 1', "the line is not JSON: a comma is missing at character 8"),
        _bad(b"[1]", "the line is not a JSON object"),
        _bad(b'{"n": "a"}', "`x` is missing"),
        _bad(b'{"x": 1, "x": 2}', "the key `x` occurs twice"),
        _bad(b'{"x": NaN, "n": "a"}', "`NaN` is not JSON"),
        _bad(b'{"x": true, "n": "a"}', "`x`: `true` is not a number"),
        _bad(b'{"x": null, "n": "a"}', "`x`: `null` is not a number"),
        _bad(b'{"x": "1", "n": "a"}', '`x`: `"1"` is text, not a number'),
        _bad(b'{"x": [1], "n": "a"}', "`x`: `[1]` is not a number"),
        _bad(b'{"x": 1e999, "n": "a"}', "`x`: `1e999` is too large for float64"),
        _bad(b'{"x": ' + b"1" * 5_000 + b"}", "`x`: the number is too long: 5000 digits, the limit is 4000"),
        _bad(
            b'{"x": 1, "n": ' + b"[" * 1000 + b"]" * 1000 + b"}",
            "the line is nested too deeply: the limit is 100 levels",
        ),
        _bad(b'{"x": 1, "n": "\xff"}', "the line is not UTF-8"),
        _bad(b'{"x": 1,\r"n": "a"}', "the line contains a carriage return"),
        _bad(b'{"x": 1, "n": "\0"}', "the line contains a NUL byte"),
    ],
}
_HEADERS = {Form.CSV: b"x,note\n", Form.TSV: b"x\tnote\n", Form.JSONL: b""}
_GOOD = {Form.CSV: "{},a\n", Form.TSV: "{}\ta\n", Form.JSONL: '{{"x": {}, "n": "a"}}\n'}


def _good(row: int, form: Form) -> bytes:
    quoted = form is Form.CSV and row % 7 == 0
    return f'{row / 8},"a ""b"", c"\n'.encode() if quoted else _GOOD[form].format(row / 8).encode()


def _pieces(form: Form) -> Iterator[bytes]:
    """Yield a file; a bad row stands after each hundred, the huge one in the middle."""
    bad = cycle(_KINDS[form])
    waiting = [_HEADERS[form]]
    for row in range(_ROWS):
        waiting.append(_good(row, form))
        if row % _EVERY == _EVERY - 1:
            waiting += [*next(bad).pieces, b"\n"]
        if row == _ROWS // 2:
            yield b"".join(waiting)
            yield from _HUGE
            waiting = [b"\n"]
        if len(waiting) > 20_000:
            yield b"".join(waiting)
            waiting = []
    yield b"".join(waiting)


def _expected(form: Form) -> list[tuple[float, ...] | str]:
    bad = cycle(_KINDS[form])
    found: list[tuple[float, ...] | str] = []
    for row in range(_ROWS):
        found.append((row / 8,))
        if row % _EVERY == _EVERY - 1:
            found.append(next(bad).reason)
        if row == _ROWS // 2:
            found.append(_TOO_LONG)
    return found


@pytest.mark.parametrize("form", list(_KINDS))
def test_every_line_is_accounted_for(form: Form) -> None:
    source = open_points("-", Told(form), Pieces(_pieces(form)))  # type: ignore[arg-type]
    found = said(source, ("x",))
    first = 1 if form is Form.JSONL else 2
    assert [number for number, _ in found] == list(range(first, first + len(found)))
    expected = _expected(form)
    assert len(found) == len(expected) == _ROWS + _ROWS // _EVERY + 1
    assert [(n, a, b) for (n, a), b in zip(found, expected, strict=True) if a != b] == []


@pytest.mark.parametrize("form", [Form.CSV, *at_night(*(form for form in _KINDS if form is not Form.CSV))])
def test_memory_does_not_grow_with_the_file(form: Form) -> None:
    tracemalloc.start()
    try:
        peaks = []
        for times in (6, 14):
            good = _GOOD[form].format(1.25).encode() * 25_000
            tracemalloc.reset_peak()
            source = open_points("-", Told(form), Pieces([_HEADERS[form], *[good] * times]))  # type: ignore[arg-type]
            assert sum(len(rows) for rows in source.rows(("x",))) == times * 25_000
            peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] < 120_000_000
