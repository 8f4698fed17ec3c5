"""Cells: which texts are numbers, one by one and many at once."""

from __future__ import annotations

import json
import math
import struct
from typing import TYPE_CHECKING

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.errors import DerivError, LimitError
from derivcli.language import tokens
from derivcli.language.numbers import SIGNED
from derivcli.language.tokens import tokenize
from derivcli.points import cells
from derivcli.points.cells import number_column, read_number
from derivcli.points.grid import number_of
from tests.every import examples, for_all
from tests.strategies import literals

if TYPE_CHECKING:
    from collections.abc import Callable


@for_all(
    ("cell", "number"),
    [
        ("1", 1.0),
        (" \t-2.5 ", -2.5),
        ("+.5e1", 5.0),
        ("7.", 7.0),
        ("007", 7.0),
        ("1E+2", 100.0),
        ("9007199254740993", 9007199254740992.0),
        ("1e-400", 0.0),
        ("0." + "1" * 3_999, 0.1111111111111111),
        ("1e-4000", 0.0),
    ],
)
def test_numbers_are_read_as_the_language_reads_them(cell: str, number: float) -> None:
    assert read_number("x", cell) == number


def test_a_zero_keeps_its_sign() -> None:
    for cell in ("-0", "-0.0", "-0e5", "-1e-400"):
        assert math.copysign(1, float(read_number("x", cell))) == -1
        assert math.copysign(1, number_column("x", ["1", cell])[0][1]) == -1


@for_all(
    ("cell", "reason"),
    [
        ("", "the cell of `x` is empty"),
        (" \t", "the cell of `x` is empty"),
        ("abc", "`x`: `abc` is not a number"),
        ("pi/4", "`x`: `pi/4` is not a number"),
        ("nan", "`x`: `nan` is not a number"),
        ("-Infinity", "`x`: `-Infinity` is not finite"),
        ("0x1F", "`x`: `0x1F` is not decimal"),
        ("1_000", "`x`: `1_000` is not a number: write 1000"),
        ("1,5", "`x`: `1,5` is not a number: write 1.5, or add --decimal ,"),
        ("-1,5e3", "`x`: `-1,5e3` is not a number: write -1.5e3, or add --decimal ,"),
        ("1,500", "`x`: `1,500` is not a number: write 1500, or 1.500, as --decimal , reads it"),
        ("1,500,000", "`x`: `1,500,000` is not a number: write 1500000"),
        ("1e999", "`x`: `1e999` is too large for float64"),
        ("1 2", "`x`: `1 2` is not a number"),
        ("1-2", "`x`: `1-2` is not a number"),
        ("1.5.3", "`x`: `1.5.3` is not a number"),
        ("1e", "`x`: `1e` is not a number"),
        (".", "`x`: `.` is not a number"),
        ("--1", "`x`: `--1` is not a number"),
        ("1\u2028", "`x`: `1\\u2028` is not a number"),
        ("\u00a01", "`x`: `\u00a01` is not a number"),
        ("١", "`x`: `١` is not a number"),
        ("true", "`x`: `true` is not a number"),
        ("[1]", "`x`: `[1]` is not a number"),
        ('"1"', '`x`: `"1"` is not a number'),
        ("a" * 50, f"`x`: `{'a' * 37}...` is not a number"),
        ("1" * 4_001, "`x`: the number is too long: 4001 digits, the limit is 4000"),
        ("1e-4001", "`x`: the number is too long: 4001 digits, the limit is 4000"),
        ("0e" + "9" * 20, "`x`: the number is too long: 1000000000 digits, the limit is 4000"),
    ],
)
def test_what_is_no_number_is_said_one_by_one_and_in_a_column(cell: str, reason: str, each_parser: None) -> None:
    assert read_number("x", cell) == reason
    numbers, bad = number_column("x", ["1"] * 30 + [cell] + ["2"] * 30)
    assert bad == {30: reason}
    assert numbers[:30].tolist() == [1.0] * 30
    assert math.isnan(numbers[30])
    assert numbers[31:].tolist() == [2.0] * 30


@pytest.fixture(params=["orjson", "float"])
def each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = cells._with_loads(orjson.loads) if request.param == "orjson" else cells._with_float
    monkeypatch.setattr(cells, "_parser", lambda: parser)


_TEXTS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers().map(str),
    st.integers(-(10**30), 10**30).map(str),
    st.from_regex(r"[ \t]?[+-]?[0-9]{0,3}\.?[0-9]{0,3}([eE][+-]?[0-9]{1,4})?[ \t]?", fullmatch=True),
    st.text('0123456789+-.eE ,\tnaif_x[]"tru', max_size=6),
    st.sampled_from(["-0", "0", "1e-99999", "0e5000", "1e999", "", "9" * 400, "0." + "0" * 1500 + "1", "nan", "1],[2"]),
)


@pytest.mark.parametrize("parser", [cells._with_loads(orjson.loads), cells._with_float])
@given(st.lists(_TEXTS, max_size=40))
def test_a_column_is_what_its_cells_are(parser: Callable[[bytes], object], texts: list[str]) -> None:
    one_by_one = [read_number("x", text) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_parser", lambda: parser)
        numbers, bad = number_column("x", texts)
    assert bad == {index: found for index, found in enumerate(one_by_one) if isinstance(found, str)}
    expected = [math.nan if isinstance(found, str) else found for found in one_by_one]
    np.testing.assert_array_equal(numbers, expected)
    assert np.signbit(numbers[~np.isnan(numbers)]).tolist() == [
        math.copysign(1, value) < 0 for value in expected if not math.isnan(value)
    ]


@given(st.lists(st.binary(min_size=8, max_size=8), min_size=1))
def test_every_float_comes_back_as_it_was(images: list[bytes]) -> None:
    values = [value for (value,) in map(struct.Struct("<d").unpack, images) if math.isfinite(value)]
    numbers, bad = number_column("x", [repr(value) for value in values])
    assert (numbers.tolist(), bad) == (values, {})


@given(_TEXTS)
def test_what_is_a_number_here_is_the_same_number_in_an_expression(text: str) -> None:
    number = read_number("x", text)
    if not isinstance(number, str):
        value, is_exact = number_of("x", text.strip(" \t"))
        assert (value.numerator / value.denominator, is_exact) == (number, True)


def numbers_of_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text, parse_constant=lambda _: None), (int, float))
    except (json.JSONDecodeError, RecursionError):
        return False


def is_one_token(text: str) -> bool | None:
    """Tell whether a text is a number in an expression; None where it is too long to be looked at."""
    try:
        return [token.kind for token in tokenize(text)] == [tokens.NUMBER, tokens.END]
    except LimitError:
        return None
    except DerivError:
        return False


@examples(100, 1_000)
@given(st.text("0123456789.eE+-_x,", min_size=1, max_size=12) | literals())
def test_every_reader_of_numbers_has_the_one_grammar(text: str) -> None:
    is_number = SIGNED.fullmatch(text) is not None
    found = read_number("x", text)
    assert is_number == (isinstance(found, float) or "too long" in found or "too large" in found)
    assert is_one_token(text) in (None, is_number and text[0] not in "+-")
    # the fast ways take some numbers, and nothing else
    assert is_number or not cells._PLAIN.fullmatch(text)
    assert is_number or not numbers_of_json(text)
