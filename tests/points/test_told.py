"""What is said of a file in options: what means nothing is refused."""

from __future__ import annotations

from typing import Any

import pytest

from derivcli.errors import UsageError
from derivcli.model.choices import Form
from derivcli.points.told import RUNS, Told, check_told, read_told

_NOTHING: dict[str, Any] = {"form": None, "delimiter": None, "decimal": ".", "encoding": None, "renamed": ()}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, Told()),
        ({"form": "jsonl"}, Told(form=Form.JSONL)),
        ({"delimiter": ";"}, Told(separator=";")),
        ({"delimiter": "Semicolon"}, Told(separator=";")),
        ({"delimiter": "tab"}, Told(separator="\t")),
        ({"delimiter": "\\t"}, Told(separator="\t")),
        ({"delimiter": "blanks"}, Told(separator=RUNS)),
        ({"delimiter": "|"}, Told(separator="|")),
        ({"decimal": ","}, Told(decimal=",")),
        ({"encoding": "Latin1"}, Told(encoding="iso8859-1")),
        ({"renamed": ("x (m)=x", " a=b =y", "=i")}, Told(names={"x (m)": "x", "a=b": "y", "": "i"})),
    ],
)
def test_options_are_read(said: dict[str, Any], told: Told) -> None:
    assert read_told(**{**_NOTHING, **said}) == told


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"delimiter": "ab"}, "--delimiter is one character or comma, semicolon, tab, blanks, not `ab`"),
        ({"delimiter": ""}, "--delimiter is one character or comma, semicolon, tab, blanks, not ``"),
        ({"delimiter": "."}, "--delimiter is one character or comma, semicolon, tab, blanks, not `.`"),
        ({"delimiter": "e"}, "--delimiter is one character or comma, semicolon, tab, blanks, not `e`"),
        ({"decimal": ";"}, "--decimal is . or , and not `;`"),
        ({"encoding": "klingon"}, "no such encoding: klingon"),
        ({"encoding": "idna"}, "no such encoding: idna"),
        ({"encoding": "base64"}, "no such encoding: base64"),
        ({"encoding": "a\0b"}, "no such encoding: a\\x00b"),
        ({"renamed": ("x",)}, "--rename is written OLD=NEW, not `x`"),
        ({"renamed": ("a=2x",)}, "--rename: `2x` is no name that a variable can have"),
        ({"renamed": ("a=",)}, "--rename: `` is no name that a variable can have"),
        ({"renamed": ("a=x", "a=y")}, "--rename gives the column `a` two names"),
    ],
)
def test_what_means_nothing_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_told(**{**_NOTHING, **said})
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("told", "form", "message"),
    [
        (Told(separator=";"), Form.JSONL, "--delimiter is for csv, tsv, not for jsonl"),
        (Told(decimal=","), Form.PARQUET, "--decimal is for csv, tsv, not for parquet"),
        (Told(encoding="latin-1"), Form.PARQUET, "--encoding is for csv, tsv, jsonl, not for parquet"),
    ],
)
def test_what_a_form_has_not_is_not_told_of_it(told: Told, form: Form, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_told(told, form)
    assert caught.value.message == message
    check_told(Told(), form)
