"""JSON, indented and on one line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from derivcli.document import Format, render
from derivcli.model import Result, System
from tests.document.samples import POLE, SAMPLES, SMOOTH
from tests.document.view_samples import SYSTEMS
from tests.test_model import refuse_constant, validate


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("form", [Format.JSON, Format.JSONL])
def test_every_object_is_strict_fits_the_schema_and_can_be_read_back(name: str, form: Format) -> None:
    data = json.loads(render(SAMPLES[name], form), parse_constant=refuse_constant)
    validate(data)
    assert repr(Result.from_dict(data)) == repr(SAMPLES[name])


@pytest.mark.parametrize("name", SYSTEMS)
@pytest.mark.parametrize("form", [Format.JSON, Format.JSONL])
def test_several_functions_are_one_object(name: str, form: Format) -> None:
    data = json.loads(render(SYSTEMS[name], form), parse_constant=refuse_constant)
    validate(data)
    assert list(data) == ["schema_version", "functions", "jacobian", "status"]
    assert System.from_dict(data) == SYSTEMS[name]


def test_json_is_indented_and_jsonl_is_one_line() -> None:
    assert render(SMOOTH, Format.JSON).startswith('{\n  "schema_version": 1,\n  "expression": "5x^4+3x^3",\n')
    assert render(SMOOTH, Format.JSONL).startswith('{"schema_version": 1, "expression": "5x^4+3x^3", ')
    assert render(SMOOTH, Format.JSONL).count("\n") == 1


def test_infinite_numbers_are_null_with_a_word_beside_them() -> None:
    text = render(POLE, Format.JSONL)
    assert '"autograd": null, "autograd_special": "inf"' in text
    assert '"limit": {"left": null, "left_special": "-inf", "right": null, "right_special": "inf"}' in text


def test_letters_stay_as_they_are() -> None:
    assert '"read_as": "α**2"' in render(replace(SMOOTH, read_as="α**2"), Format.JSON)
