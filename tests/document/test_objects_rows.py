"""JSON of many points."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from math import inf, nan
from typing import Any, NoReturn

import numpy as np
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from derivcli.document import Canvas, Format
from derivcli.model import Derivative, Result, Status
from derivcli.model.choices import Form
from tests.document.rows import LINE, SHORT, Lines, Made, answering, mixed, two_rows, written
from tests.document.samples import CORNER, SAMPLES

SCHEMA = Draft202012Validator(json.loads((files("derivcli") / "result.schema.json").read_text(encoding="utf-8")))
GRID = replace(LINE, form=Form.GRID, header=("x",))
JSONL = replace(LINE, form=Form.JSONL)


def strictly(text: str) -> Any:
    def refuse(word: str) -> NoReturn:
        raise AssertionError(word)

    data = json.loads(text, parse_constant=refuse)
    SCHEMA.validate(data)
    return data


def objects(text: str) -> list[dict[str, Any]]:
    return [strictly(line) for line in text.split("\n")[:-1]]


def test_a_row_is_an_object_of_the_contract_with_its_line_and_its_record() -> None:
    first = written(Format.JSONL, LINE, two_rows().chunks).splitlines()[0]
    assert first == (
        '{"schema_version": 1, "expression": "2x + y", "read_as": "2*x + y", "latex": "2 x + y", "variables": ["x"], '
        '"at": {"x": 1.0}, "at_text": null, "dtype": "float64", '
        '"value": {"answer": 2.0, "autograd": 2.0, "symbolic": 2.0, "quotient": null, "status": "agree", "kind": null, '
        '"abs_error": 0.0, "rel_error": 0.0, "digits": null, "note": null, "proof": null, "enclosure": null, '
        '"cause": null, "rewrite": null}, '
        '"derivatives": [{"wrt": ["x"], "name": "df/dx", "expression": "2", "latex": "2", '
        '"answer": 2.0, "autograd": 2.0, "symbolic": 2.0, "quotient": null, "left": null, "right": null, '
        '"status": "agree", "kind": null, "abs_error": 0.0, "rel_error": 0.0, "digits": null, "note": null, '
        '"proof": null, "enclosure": null, "cause": null, "rewrite": null}], '
        '"status": "agree", "notes": [], "readings": [], "limit_reached": null, '
        '"line": 2, "row": {"name": "a", "x": "1"}}'
    )


def test_every_object_fits_the_schema_and_can_be_read_back() -> None:
    for chunks in (two_rows().chunks, mixed().chunks):
        for data in objects(written(Format.JSONL, LINE, chunks)):
            assert data["status"] == "error" or Result.from_dict(data).status == data["status"]


def test_a_bad_row_is_an_object_with_its_cells_and_its_error() -> None:
    bad = objects(written(Format.JSONL, LINE, mixed().chunks))[1]
    nothing: dict[str, Any] = {"span": None, "source": None, "hint": None, "suggestions": []}
    assert bad == {
        "schema_version": 1,
        "line": 3,
        "row": {"name": "b", "x": ""},
        "status": "error",
        "error": {"kind": "data", "message": SHORT, **nothing},
    }


def test_a_bad_row_has_as_many_cells_as_the_header_has_names() -> None:
    made = Made().add(Lines(["a,1,2,3"]), [nan], [nan], [2.0], bad={0: "4 cells where the header has 2"})
    assert objects(written(Format.JSONL, LINE, made.chunks))[0]["row"] == {"name": "a", "x": "1"}


def test_a_bad_record_of_json_stays_as_it_was_typed() -> None:
    made = Made().add(Lines(['{"x":true, "more":[1]}', "{"], [("", "true"), ()]), [nan] * 2, [nan] * 2, [2.0] * 2)
    made.chunks[0] = replace(made.chunks[0], rows=replace(made.chunks[0].rows, bad={0: "no number", 1: "not JSON"}))
    found = objects(written(Format.JSONL, JSONL, made.chunks))
    assert [data["row"] for data in found] == [{"x": True, "more": [1]}, None]


def test_a_record_of_parquet_keeps_its_types_and_is_text_where_json_has_none() -> None:
    given = {"x": [1, 2], "b": [True, None], "t": ["é", ""], "v": [0.5, nan], "l": [[1, inf], [None]]}
    day = [date(2024, 2, 29), None]
    batch = pyarrow.RecordBatch.from_pydict({**given, "d": day, "m": [Decimal("1.50")] * 2, "s": [{"k": -inf}] * 2})
    outline = replace(LINE, form=Form.PARQUET, header=tuple(batch.schema.names))
    made = Made().add(Lines(None, batch=batch), [1.0, nan], [2.0] * 2, [2.0] * 2, bad={1: "null"})
    found = objects(written(Format.JSONL, outline, made.chunks))
    same = {"m": "1.50", "s": {"k": "-inf"}}
    assert [data["row"] for data in found] == [
        {"x": 1, "b": True, "t": "é", "v": 0.5, "l": [1, "inf"], "d": "2024-02-29", **same},
        {"x": 2, "b": None, "t": "", "v": "nan", "l": [None], "d": None, **same},
    ]


def test_a_bad_row_without_cells_has_no_record() -> None:
    made = Made().add(Lines(None, [()]), [nan], [nan], [2.0], bad={0: "not JSON"})
    assert objects(written(Format.JSONL, JSONL, made.chunks))[0]["row"] is None


def test_an_array_holds_the_same_objects() -> None:
    chunks = mixed().chunks
    assert strictly(written(Format.JSON, LINE, chunks)) == objects(written(Format.JSONL, LINE, chunks))
    assert written(Format.JSON, LINE, []) == "[]\n"
    assert written(Format.JSON, LINE, [*Made().add(Lines([]), [], [], []).chunks, *chunks]).startswith("[\n{")


def test_a_row_that_was_looked_at_closely_is_its_whole_result() -> None:
    made = Made().add(Lines(["a,0"]), [0.0], [0.0], [nan], statuses=["not_differentiable"], results={0: CORNER})
    data = objects(written(Format.JSONL, LINE, made.chunks))[0]
    assert data == {**CORNER.to_dict(), "line": 2, "row": {"name": "a", "x": "0"}}


@pytest.mark.parametrize("name", SAMPLES)
def test_any_result_fits_with_its_line(name: str) -> None:
    made = Made().add(Lines(["a,0"]), [0.0], [0.0], [nan], results={0: SAMPLES[name]})
    assert objects(written(Format.JSONL, LINE, made.chunks))[0]["line"] == 2


def test_a_record_of_json_stays_as_it_was_typed() -> None:
    text = '{"x":1.50, "n": 10000000000000000000001, "t": "é\\u00e9"}'
    made = Made().add(Lines([text]), [1.5], [3.0], [2.0])
    assert written(Format.JSONL, JSONL, made.chunks).endswith(f', "line": 2, "row": {text}}}\n')
    assert objects(written(Format.JSONL, JSONL, made.chunks))[0]["row"]["x"] == 1.5


def test_a_stream_of_ascii_gets_ascii_and_the_same_objects() -> None:
    made = Made().add(Lines(['{"x": 1, "t": "é𝒳"}']), [1.0], [3.0], [2.0], notes={0: "π"})
    odd = replace(answering(JSONL, expression="α%s\0"), header=("t", "x"))
    text = written(Format.JSONL, odd, made.chunks, Canvas(unicode=False))
    assert text.isascii()
    assert objects(text) == objects(written(Format.JSONL, odd, made.chunks))
    assert objects(text)[0]["row"]["t"] == "é𝒳"


def test_a_point_of_a_grid_has_neither_line_nor_record() -> None:
    data = objects(written(Format.JSONL, GRID, Made().add(Lines(None), [0.5], [1.0], [2.0]).chunks))[0]
    assert "line" not in data
    assert "row" not in data


def test_constants_are_part_of_the_point() -> None:
    outline = replace(answering(GRID, variables=("y", "x")), constants={"y": "pi/4"}, values={"y": 0.7853981633974483})
    data = objects(written(Format.JSONL, outline, Made().add(Lines(None), [0.5], [1.0], [2.0]).chunks))[0]
    assert data["at"] == {"y": 0.7853981633974483, "x": 0.5}


def test_what_json_cannot_hold_is_null_with_a_word_beside_it() -> None:
    made = Made().add(
        Lines(None), [0.0] * 2, [nan, nan], [nan, 1.0], autograd=[[inf, nan], [1.0, -inf]], symbolic=[[inf, nan], None]
    )
    first, second = objects(written(Format.JSONL, GRID, made.chunks))
    assert [first["value"][key] for key in ("autograd_special", "symbolic_special")] == ["inf", "inf"]
    assert "answer_special" not in first["value"]
    assert second["value"]["autograd_special"] == "nan"
    assert "symbolic_special" not in second["value"]
    assert second["derivatives"][0]["autograd_special"] == "-inf"
    assert [second["derivatives"][0][key] for key in ("symbolic", "abs_error", "rel_error")] == [None] * 3


def test_rows_in_their_thousands_keep_their_order_and_the_odd_ones_their_places() -> None:
    count, odd = 10_000, (0, 4095, 4096, 8191, 9999)
    xs = [float(x) for x in range(count)]
    records = Lines([f"a,{x}" for x in range(count)])
    made = Made().add(
        records, xs, xs, xs, results=dict.fromkeys(odd, CORNER), bad={4097: SHORT}, statuses=["agree"] * count
    )
    found = [json.loads(line) for line in written(Format.JSONL, LINE, made.chunks).splitlines()]
    assert [data["line"] for data in found] == list(range(2, count + 2))
    assert [index for index, data in enumerate(found) if data["status"] == "not_differentiable"] == list(odd)
    assert [index for index, data in enumerate(found) if data["status"] == "error"] == [4097]
    assert all(data["row"]["x"] in (str(float(index)), str(index)) for index, data in enumerate(found))


def test_the_sign_of_a_zero_of_autograds_is_kept() -> None:
    made = Made().add(Lines(None), [0.0], [0.0], [1.0], autograd=[[-0.0], [1.0]])
    assert '"answer": 0.0, "autograd": -0.0, ' in written(Format.JSONL, GRID, made.chunks)


def test_errors_are_those_against_the_symbolic_number() -> None:
    made = Made().add(Lines(None), [0.0] * 2, [2.0, 1.0], [1.0, 1.0], autograd=[[3.0, 1.0], [1.0, 1.0]])
    made.chunks[0] = replace(made.chunks[0], symbolic=[np.array([2.0, 0.0]), None])
    first, second = objects(written(Format.JSONL, GRID, made.chunks))
    assert (first["value"]["abs_error"], first["value"]["rel_error"]) == (1.0, 0.5)
    assert (second["value"]["abs_error"], second["value"]["rel_error"]) == (1.0, None)


def test_the_status_of_a_number_is_given_only_where_that_of_the_row_is_its_own() -> None:
    statuses = list(map(str, Status))
    made = Made().add(Lines(None), [0.0] * 5, [1.0] * 5, [1.0] * 5, statuses=statuses)
    found = objects(written(Format.JSONL, GRID, made.chunks))
    assert [data["status"] for data in found] == statuses
    assert [data["value"]["status"] for data in found] == ["agree", "unverified", None, None, "undefined"]


def test_notes_of_all_rows_and_of_one_stand_together() -> None:
    made = Made().add(Lines(None), [0.0] * 2, [1.0] * 2, [1.0] * 2, notes={1: "100 %"})
    found = objects(written(Format.JSONL, answering(GRID, notes=("read so",)), made.chunks))
    assert [data["notes"] for data in found] == [["read so"], ["read so", "100 %"]]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(TEXTS, TEXTS, st.lists(st.tuples(TEXTS, st.floats(), st.floats(), st.floats()), min_size=1, max_size=4))
def test_whatever_the_texts_and_numbers_the_json_is_strict(
    expression: str, column: str, rows: list[tuple[str, float, float, float]]
) -> None:
    cells, answers, autograd, symbolic = zip(*rows, strict=True)
    made = Made().add(
        Lines(None, [(cell, "1") for cell in cells]),
        [0.0] * len(rows),
        answers,
        autograd=[autograd],
        symbolic=[symbolic],
        notes={0: expression},
    )
    derivatives: tuple[Derivative, ...] = ()
    outline = answering(LINE, expression=expression, read_as=expression, derivatives=derivatives)
    outline = replace(outline, header=(column, "x"))
    for unicode in (True, False):
        found = objects(written(Format.JSONL, outline, made.chunks, Canvas(unicode=unicode)))
        assert [data["expression"] for data in found] == [expression] * len(rows)
        assert [data["row"]["x"] for data in found] == ["1"] * len(rows)


@pytest.mark.parametrize("change", [{"line": 0}, {"line": "2"}, {"row": ["a"]}, {"error": {}}])
def test_the_schema_refuses_what_is_no_row(change: dict[str, Any]) -> None:
    data = objects(written(Format.JSONL, LINE, two_rows().chunks))[0]
    with pytest.raises(ValidationError):
        SCHEMA.validate({**data, **change})
    with pytest.raises(ValidationError):
        SCHEMA.validate([{**data, **change}])


@pytest.mark.parametrize("change", [{"line": 0}, {"row": ["b"]}, {"status": "agree"}, {"more": 1}, {"error": {}}])
def test_the_schema_refuses_what_is_no_bad_row(change: dict[str, Any]) -> None:
    bad = objects(written(Format.JSONL, LINE, mixed().chunks))[1]
    with pytest.raises(ValidationError):
        SCHEMA.validate({**bad, **change})


def test_a_row_outside_the_domain_says_why_where_a_single_call_says_it() -> None:
    made = Made().add(Lines(["a,1", "b,2"]), [1.0, 2.0], [2.0, nan], [2.0, nan], statuses=["agree", "undefined"])
    (chunk,) = made.chunks
    said = replace(
        chunk, outside={"f": "outside the real domain of f", "df/dx": "no derivative"}, notes={1: "y is left out"}
    )
    inside, outside = objects(written(Format.JSONL, LINE, [said]))
    assert (inside["value"]["note"], inside["derivatives"][0]["note"], inside["notes"]) == (None, None, [])
    assert outside["value"]["note"] == "outside the real domain of f"
    assert outside["derivatives"][0]["note"] == "no derivative"
    assert outside["notes"] == ["y is left out"]
    assert said.said == {1: "f: outside the real domain of f; df/dx: no derivative; y is left out"}
