"""The formats: each row names what is there."""

from __future__ import annotations

from importlib import import_module

import pytest

from derivcli.document import FORMATS, Format, format_told


@pytest.mark.parametrize("form", Format)
def test_a_row_names_functions_that_its_module_has(form: Format) -> None:
    row = FORMATS[form]
    module = import_module(f"derivcli.document.{row.module}")
    assert row.one or row.rows
    assert all(callable(getattr(module, name)) for name in (row.one, row.rows) if name)


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
