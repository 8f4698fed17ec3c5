"""Arrays of JSON: each element is a row with its line, whatever is wrong with another."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import DataError
from derivcli.points.jsonl import JsonLines
from tests.every import for_all
from tests.points.reading import Line, Pieces, lines_of, said


def _array(text: str) -> JsonLines:
    return JsonLines(io.BytesIO(text.encode("utf-8", "surrogateescape")), "it")


def test_rows_have_the_lines_where_their_objects_begin() -> None:
    source = _array(
        '\n[\n  {\n    "x": 1.50,\n    "n": "a]}"\n  },\n  {"x": 2, "n": [1,\n 2]}, {"x": 3, "n": null}\n]\n'
    )
    assert source.header == ("x", "n")
    assert lines_of(source, ("x",)) == [
        Line(3, (1.5,), ["1.50", "a]}"], ("1.50",)),
        Line(7, (2.0,), ["2", "[1, 2]"], ("2",)),
        Line(8, (3.0,), ["3", ""], ("3",)),
    ]


@for_all(
    ("element", "reason"),
    [
        ("1", "the line is not a JSON object"),
        ('"a]"', "the line is not a JSON object"),
        ("[1, [2]]", "the line is not a JSON object"),
        ('{"x": "1"}', '`x`: `"1"` is text, not a number'),
        ('{"x": 1, "x": 2}', "the key `x` occurs twice"),
        ('{"x": 1e999}', "`x`: `1e999` is too large for float64"),
        ('{"y": {"x": [{"x": 1}]}}', "`x` is missing"),
        ('{"x": 1,}', "the line is not JSON: a key in quotes is missing at character 9"),
        ('{"x": "1}', "the line is not JSON: unterminated string starting at character 7"),
        ('{"x": "a\nb"}', "the line is not JSON: invalid control character at character 8"),
        ("", "an element is missing after a comma"),
        ('{"x": "\udcff"}', "the line is not UTF-8"),
    ],
)
def test_a_bad_element_says_why_and_costs_no_other(element: str, reason: str) -> None:
    found = said(_array(f'[{{"x": 1}},\n{element},\n{{"x": 3}}]'), ("x",))
    assert [found[0], found[-1]] == [(1, (1.0,)), (3 + element.count("\n"), (3.0,))]
    assert [why for _, why in found[1:-1]] == [f"element 2: {reason}"]


@pytest.mark.parametrize(
    ("end", "line", "reason"),
    [
        ("", 2, "the array does not end here: the file is cut off"),
        (",", 2, "the array does not end here: the file is cut off"),
        (',\n{"x": 3', 3, "the array does not end here: the file is cut off"),
        (",\n]", 3, "an element is missing after a comma"),
        ("]\n\n]", 4, "text follows the array"),
        (' {"x": 3}]', 2, "a comma is missing before it"),
    ],
)
@pytest.mark.parametrize("size", [1, 1_000])
def test_an_array_that_ends_wrongly_has_a_row_that_says_so(end: str, line: int, reason: str, size: int) -> None:
    data = f'[{{"x": 1}},\n{{"x": 2}}{end}'.encode()
    source = JsonLines(Pieces(data[k : k + size] for k in range(0, len(data), size)), "it")
    assert said(source, ("x",)) == [(1, (1.0,)), (2, (2.0,)), (line, f"element 3: {reason}")]


def test_an_element_that_is_too_long_is_an_error() -> None:
    with pytest.raises(DataError) as caught:
        said(_array('[{"x": 1},\n{"x": "' + "a" * 3_000_000 + '"}]'), ("x",))
    assert caught.value.message == "it: line 2: the element is longer than 1048576 bytes"


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=2), parts, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(st.tuples(st.floats(allow_nan=False, allow_infinity=False), _JSON), min_size=1, max_size=5),
    st.sampled_from([None, 0, 2]),
    st.integers(1, 30),
)
def test_any_array_that_python_writes_has_its_numbers(
    rows: list[tuple[float, object]], indent: int | None, size: int
) -> None:
    data = json.dumps([{"x": x, "other": other} for x, other in rows], indent=indent).encode()
    source = JsonLines(Pieces(data[k : k + size] for k in range(0, len(data), size)), "it")
    found = lines_of(source, ("x",))
    assert [line.found for line in found] == [(x,) for x, _ in rows]
    if indent is None:
        assert {line.number for line in found} == {1}


def test_memory_does_not_grow_with_the_array() -> None:
    tracemalloc.start()
    try:
        peaks = []
        for times in (16, 32):
            good = b'{"x": 1.25, "n": "%b"},' % (b"a" * 2_000) * 500
            tracemalloc.reset_peak()
            source = JsonLines(Pieces([b"[", *[good] * times, b'{"x": 1}]']), "it")
            assert sum(len(rows) for rows in source.rows(("x",))) == times * 500 + 1
            peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] < 40_000_000
