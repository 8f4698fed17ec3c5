"""JSON Lines: strict, line by line, exact."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import DataError
from derivcli.model.choices import Form
from derivcli.points.jsonl import JsonLines
from tests.every import at_night, for_all
from tests.points.reading import Line, Pieces, lines_of, said

_WRITE = 'write one object a line, such as {"x": 1, "y": 2}, or an array of objects; see deriv --manual files'


def _jsonl(text: bytes | str) -> JsonLines:
    return JsonLines(io.BytesIO(text.encode() if isinstance(text, str) else text), "it")


def test_rows_have_their_line_their_cells_and_their_exact_numbers() -> None:
    source = _jsonl(
        '{"name": "a\\nb", "x": 1.50, "y": -0, "z": [1, {"k": null}]}\r\n'
        ' { "y" : 9007199254740993 , "x" : 1E2, "z": null, "name": true } \r\n'
    )
    assert (source.form, source.header) == (Form.JSONL, ("name", "x", "y", "z"))
    assert list(map(repr, lines_of(source, ("x", "y")))) == [
        repr(Line(1, (1.5, -0.0), ["a\nb", "1.50", "-0", '[1, {"k": null}]'], ("1.50", "-0"))),
        repr(
            Line(2, (100.0, 9007199254740992.0), ["true", "1E2", "9007199254740993", ""], ("1E2", "9007199254740993"))
        ),
    ]


def test_the_texts_are_the_lines_unchanged() -> None:
    (rows,) = _jsonl('{"x":1.50}\r\n{"x": 2}\nö\n').rows(("x",))
    assert rows.records.texts == ['{"x":1.50}', '{"x": 2}', "ö"]


@for_all(
    ("line", "reason"),
    [
        ("", "the line is empty"),
        (" ", "the line is empty"),
        ("abc", "the line is not JSON: expecting value at character 1"),
        ('{"x": 1', "the line is not JSON: a comma is missing at character 8"),
        ('{"x": }', "the line is not JSON: expecting value at character 7"),
        ('{"x": 01}', "the line is not JSON: a comma is missing at character 8"),
        ('{"x": 1} {"x": 2}', "the line is not JSON: text after the object at character 10"),
        ('{"x": 1},', "the line is not JSON: text after the object at character 9"),
        ("{'x': 1}", "the line is not JSON: a key in quotes is missing at character 2"),
        ('{"x" 1}', "the line is not JSON: a colon is missing at character 6"),
        ("[1]", "the line is not a JSON object"),
        ("1", "the line is not a JSON object"),
        ('{"x": 1, "x": 2, "y": 3}', "the key `x` occurs twice"),
        ('{"x": 1, "\\u0078": 2}', "the key `x` occurs twice"),
        ('{"x": NaN}', "`NaN` is not JSON"),
        ('{"x": 1, "y": -Infinity}', "`-Infinity` is not JSON"),
        ('{"y": 1}', "`x` is missing"),
        ("{}", "`x` is missing"),
        ('{"x": "2", "y": 1}', '`x`: `"2"` is text, not a number'),
        ('{"x": true, "y": 1}', "`x`: `true` is not a number"),
        ('{"x": null, "y": 1}', "`x`: `null` is not a number"),
        ('{"x": [1], "y": 1}', "`x`: `[1]` is not a number"),
        ('{"x": {"a": 1}, "y": 1}', '`x`: `{"a": 1}` is not a number'),
        ('{"x": 1e999, "y": 1}', "`x`: `1e999` is too large for float64"),
        (f'{{"x": {"1" * 5000}, "y": 1}}', "`x`: the number is too long: 5000 digits, the limit is 4000"),
        ('{"x": 1e-5000, "y": 1}', "`x`: the number is too long: 5000 digits, the limit is 4000"),
        ('{"x": 1e-99999999999, "y": 1}', "`x`: the number is too long: 1000000000 digits, the limit is 4000"),
        (f'{{"x": 1, "y": {"[" * 1000}{"]" * 1000}}}', "the line is nested too deeply: the limit is 100 levels"),
        (f'{{"x": {"[" * 100_000}', "the line is nested too deeply: the limit is 100 levels"),
        ('{"a":' * 1000 + "1" + "}" * 1000, "the line is nested too deeply: the limit is 100 levels"),
        ('{"x": 1, "y": "\\ud800"}', "the line holds half a character: a lone surrogate"),
        ('{"x": 1,\u2028"y": 1}', "the line is not JSON: a key in quotes is missing at character 9"),
        ('{"x": 1,\r"y": 1}', "the line contains a carriage return"),
        ('{"x": 1, "y": "\0"}', "the line contains a NUL byte"),
        ('{"x": 1, "y": "\udcff"}', "the line is not UTF-8"),
        ('{"x": 1, "y": "\t"}', "the line is not JSON: invalid control character at character 16"),
        ('{"x": 1, "y": "t', "the line is not JSON: unterminated string starting at character 15"),
        ("x" * 2_000_000, "the line is too long: the limit is 1048576 bytes"),
    ],
)
def test_a_bad_line_says_why_and_costs_no_other(line: str, reason: str) -> None:
    text = f'{{"x": 1, "y": 2}}\n{line}\n{{"x": 3, "y": 4}}\n{{"x": 0, "y": 0}}\n'
    assert said(_jsonl(text.encode("utf-8", "surrogateescape")), ("x",)) == [
        (1, (1.0,)),
        (2, reason),
        (3, (3.0,)),
        (4, (0.0,)),
    ]


@pytest.mark.parametrize(("depth", "good"), [(99, True), (100, False)])
def test_a_value_may_be_nested_up_to_a_limit(depth: int, good: bool) -> None:
    line = f'{{"x": 1, "y": {"[" * depth}{"]" * depth}}}\n'
    assert (said(_jsonl('{"x": 1, "y": 2}\n' + line), ("x",))[1][1] == (1.0,)) is good


def test_brackets_in_a_text_are_no_nesting() -> None:
    assert said(_jsonl(f'{{"x": 1, "y": "{"[" * 500}"}}\n'), ("x",)) == [(1, (1.0,))]


def test_a_key_that_the_header_lacks_is_noted() -> None:
    source = _jsonl('{"x": 1}\n{"x": 2, "w": 3, "z": 4}\n')
    assert lines_of(source, ("x",)) == [
        Line(1, (1.0,), ["1"], ("1",)),
        Line(2, (2.0,), ["2"], ("2",), "not in the header: `w`, `z`"),
    ]


def test_two_keys_of_one_name_are_two_columns() -> None:
    source = _jsonl('{"µ": 1, "μ": 2, "x": 3}\n{"x": 4, "μ": 5, "µ": [6]}\n')
    assert source.header == ("μ", "μ", "x")
    assert [line.cells for line in lines_of(source, ("x",))] == [["1", "2", "3"], ["[6]", "5", "4"]]


def test_a_key_that_is_missing_is_an_empty_cell() -> None:
    source = _jsonl('{"n": "a", "x": 1}\n{"x": 2}\n')
    assert lines_of(source, ("x",))[1] == Line(2, (2.0,), ["", "2"], ("2",))


def test_the_first_object_names_the_columns_and_the_lines_before_it_are_bad() -> None:
    source = _jsonl('\nabc\n{"µ": 1}\n{"µ": 2}\n')
    assert source.header == ("μ",)
    assert lines_of(source, ("μ",))[2:] == [Line(3, (1.0,), ["1"], ("1",)), Line(4, (2.0,), ["2"], ("2",))]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "it is empty", _WRITE),
        ("\n\n", "it is empty", None),
        (
            "abc\n",
            "no JSON object in it",
            _WRITE,
        ),
        (
            '{\n  "count": 2,\n  "results": [\n    {"x": 1}\n  ]\n}\n',
            "it has one object around an array",
            "put each on a line: `jq -c '.results[]' FILE | deriv ... --points - --points-format jsonl`",
        ),
        (
            '{\n  "x": 1\n}\n{\n  "x": 2\n}\n',
            "it has an object on several lines",
            "put each on a line: `jq -c '.' FILE | deriv ... --points - --points-format jsonl`",
        ),
        ("[1, 2]\n", "no JSON object in it", _WRITE),
        ("[]\n", "it is empty", _WRITE),
        (
            '{"x": "\\ud800"}\n' * 3,
            "no JSON object in it: line 1: the line holds half a character: a lone surrogate",
            _WRITE,
        ),
        (
            'abc\n{"\\udfff": 1}\n',
            "no JSON object in it: line 2: the line holds half a character: a lone surrogate",
            None,
        ),
        ('{"x": 1, "x": 2}\n', "no JSON object in it: line 1: the key `x` occurs twice", None),
        ('{"x":\n1}\n', "no JSON object in it: line 1: the line is not JSON: expecting value at character 6", None),
        (("abc" * 100 + "\n") * 4_000, "no JSON object in it", None),
        *at_night(("x" * 3_000_000, "no JSON object in it", None)),
    ],
)
def test_a_file_without_an_object_is_an_error(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(DataError) as caught:
        _jsonl(text)
    assert caught.value.message == message
    assert hint is None or caught.value.hint == hint


_VALUES = st.one_of(
    st.integers(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.booleans(),
    st.none(),
    st.text(max_size=3),
    st.lists(st.integers(0, 3), max_size=2),
).map(json.dumps)
_TEXTS = st.sampled_from(["-0", "-0.0", "0", "1e999", "1e-9999", "01", "1.", ".5", '"a:b"', '"\\ud800"', "[[]]", "1}"])
_MEMBERS = st.tuples(st.sampled_from(["x", "x", "x", "y", "z"]), _VALUES | _TEXTS).map(
    lambda pair: f'"{pair[0]}":{pair[1]}'
)
_LINES = st.lists(_MEMBERS, max_size=3).map(lambda members: "{" + ",".join(members) + "}") | st.sampled_from(
    [
        "",
        "1",
        "[",
        '{"x":1',
        '"y":2}',
        '{"x":1},{"x":2}',
        '{"x":1}\r',
        "{\r}",
        '{"x":\u20281}',
        "\0",
        '{"x":[{"q":1}',
        '{"q":2}]}',
    ]
)


@given(lines=st.lists(_LINES, max_size=10), sizes=st.integers(1, 40))
def test_any_pieces_and_shapes_give_the_same(lines: list[str], sizes: int) -> None:
    raw = "\n".join(['{"x": 1, "y": 1}', *lines, ""]).encode("utf-8", "surrogatepass")
    whole = _rows_of(_jsonl(raw))
    pieces = Pieces(raw[start : start + sizes] for start in range(0, len(raw), sizes))
    cut = _rows_of(JsonLines(pieces, "it"))
    with pytest.MonkeyPatch.context() as patch:  # as if no line had a shape that is known
        patch.setattr("derivcli.points.jsonl._Chunk.read_shape", lambda _self, _shape, indices: indices)
        one_by_one = _rows_of(_jsonl(raw))
    assert whole == cut == one_by_one


def _rows_of(source: JsonLines) -> list[str]:
    return list(map(repr, lines_of(source, ("x",))))


@given(st.lists(_LINES, max_size=6))
def test_what_pythons_own_reader_reads_has_its_numbers(lines: list[str]) -> None:
    raw = "\n".join(['{"x": 1}', *lines, ""]).encode("utf-8", "surrogatepass")
    found = dict(said(_jsonl(raw), ("x",)))
    for number, line in enumerate(lines, 2):
        if isinstance(found.get(number), tuple):
            assert json.loads(line, parse_int=float)["x"] == found[number][0]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_float_comes_back_as_it_was(values: list[float]) -> None:
    source = _jsonl("".join(json.dumps({"x": value}) + "\n" for value in values))
    assert [line.found for line in lines_of(source, ("x",))] == [(value,) for value in values]
