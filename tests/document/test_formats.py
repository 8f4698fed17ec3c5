"""The formats: each row names what is there."""

from __future__ import annotations

from importlib import import_module

import pytest

from derivcli.document import Format, format_told


@pytest.mark.parametrize("form", Format)
def test_a_row_names_functions_that_its_module_has(form: Format) -> None:
    module = import_module(f"derivcli.document.{form.row.module}")
    assert form.row.one or form.row.rows
    assert all(callable(getattr(module, name)) for name in (form.row.one, form.row.rows) if name)


def test_a_format_is_its_name_and_is_found_by_it() -> None:
    assert [str(form) for form in Format] == [
        "table",
        "json",
        "jsonl",
        "csv",
        "tsv",
        "value",
        "latex",
        "markdown",
        "parquet",
    ]
    assert Format("csv") is Format.CSV


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("out.csv", Format.CSV),
        ("a.b/out.TSV", Format.TSV),
        ("x.json", Format.JSON),
        ("x.jsonl", Format.JSONL),
        ("x.parquet", Format.PARQUET),
        ("x.md", Format.MARKDOWN),
        ("x.txt", None),
        ("csv", None),
        ("", None),
        (None, None),
    ],
)
def test_the_name_of_a_file_tells_its_format(name: str | None, form: Format | None) -> None:
    assert format_told(name) is form
