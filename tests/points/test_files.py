"""Which file is opened, and how."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pyarrow
import pytest
from pyarrow import parquet

from derivcli.errors import DataError, DerivError, UsageError
from derivcli.model.choices import Form
from derivcli.points.files import open_points
from derivcli.points.told import Told
from tests.points.reading import said

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = {
    ".csv": "x,y\n1,2\n",
    ".CSV": "x,y\n1,2\n",
    ".tsv": "x\ty\n1\t2\n",
    ".tab": "x\ty\n1\t2\n",
    ".jsonl": '{"x": 1, "y": 2}\n',
    ".ndjson": '{"x": 1, "y": 2}\n',
}


@pytest.mark.parametrize(("extension", "text"), _TEXTS.items())
def test_the_extension_tells_the_form(tmp_path: Path, extension: str, text: str) -> None:
    path = tmp_path / f"points{extension}"
    path.write_text(text, encoding="utf-8")
    source = open_points(str(path))
    assert source.header == ("x", "y")
    assert [point for _, point in said(source, ("x", "y"))] == [(1.0, 2.0)]


@pytest.mark.parametrize("extension", [".parquet", ".pq"])
def test_parquet_is_known_by_its_extension(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"points{extension}"
    parquet.write_table(pyarrow.table({"x": [1.0]}), path)
    assert said(open_points(str(path)), ("x",)) == [(1, (1.0,))]


def test_a_form_that_is_given_wins(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x\ty\n1\t2\n", encoding="utf-8")
    assert said(open_points(str(path), Told(Form.TSV)), ("y",)) == [(2, (2.0,))]


def test_standard_input_is_csv_unless_told_otherwise_and_stays_open() -> None:
    stream = io.BytesIO(b"x\n1\n")
    assert said(open_points("-", Told(), stream), ("x",)) == [(2, (1.0,))]
    assert not stream.closed
    assert said(open_points("-", Told(Form.JSONL), io.BytesIO(b'{"x": 1}\n')), ("x",)) == [(1, (1.0,))]


def test_parquet_comes_from_a_pipe_too() -> None:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table({"x": [1.0]}), stream)
    reading, writing = os.pipe()
    os.write(writing, stream.getvalue())
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert said(open_points("-", Told(Form.PARQUET), pipe), ("x",)) == [(1, (1.0,))]


def test_a_pipe_gives_its_rows_as_they_come() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"x\n1\n2\n")
    with os.fdopen(reading, "rb") as pipe:
        rows = open_points("-", Told(), pipe).rows(("x",))
        assert next(rows).columns["x"].tolist() == [1.0, 2.0]
        os.write(writing, b"3\n")
        assert next(rows).columns["x"].tolist() == [3.0]
        os.close(writing)
        assert list(rows) == []


@pytest.mark.parametrize(
    ("name", "kind", "message", "hint"),
    [
        (
            "none.csv",
            DataError,
            "cannot read `none.csv`: no such file or directory",
            "give the name of a file, or - for standard input",
        ),
        ("folder", DataError, "cannot read `folder`: is a directory", "give one of the files in it"),
        (
            "points.bin",
            UsageError,
            "the name of `points.bin` does not say what the file holds",
            "add --points-format csv, tsv, jsonl or parquet",
        ),
        ("points", UsageError, "the name of `points` does not say what the file holds", None),
        ("empty.csv", DataError, "`empty.csv` is empty", None),
        ("a\0b.csv", DataError, "cannot read `a\\x00b.csv`: embedded null byte", None),
    ],
)
def test_what_cannot_be_opened_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: type[DerivError], message: str, hint: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for file in ("points.bin", "points", "empty.csv"):
        (tmp_path / file).touch()
    with pytest.raises(DerivError) as caught:
        open_points(name)
    assert (type(caught.value), caught.value.message) == (kind, message)
    assert hint is None or caught.value.hint == hint


def test_a_file_that_nobody_may_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(DataError) as caught:
        open_points("points.csv")
    assert (caught.value.message, caught.value.hint) == ("cannot read `points.csv`: permission denied", None)


def test_a_closed_standard_input_is_an_error() -> None:
    with pytest.raises(UsageError) as caught:
        open_points("-")
    assert caught.value.message == "standard input is closed, so there are no points to read"
