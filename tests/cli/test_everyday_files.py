"""Files as people have them, in and out by the command: the numbers by hand, the columns as they came."""

from __future__ import annotations

import csv
import datetime
import decimal
import gzip
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow
import pytest
from pyarrow import parquet

from derivcli.__main__ import run
from derivcli.cli import progress
from derivcli.cli.streams import Environment
from tests.cli import Stream, complaint, deriv

if TYPE_CHECKING:
    from collections.abc import Sequence

_GERMAN = "Ort;x;y\r\nA, Süd;0,5;4\r\nB;\u22122,0;1e1\r\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _put(name: str, data: str | bytes | dict[str, Sequence[object]]) -> str:
    path = Path(name)
    if isinstance(data, dict):
        parquet.write_table(pyarrow.table(data), path)
    else:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_spreadsheet_in_german_comes_back_as_csv_with_its_cells_as_they_came(encoding: str) -> None:
    text = _GERMAN.replace("\u2212", "-") if encoding == "latin-1" else _GERMAN
    name = _put("werte.csv", text.encode(encoding))
    told = ["--encoding", "latin-1"] if encoding == "latin-1" else []
    answer = deriv("x^2*y", "--points", name, "--decimal", ",", "--csv", *told)
    assert (answer.code, answer.err) == (0, "")
    second = text.splitlines()[2].split(";")[1]
    assert list(csv.reader(io.StringIO(answer.out))) == [
        ["Ort", "x", "y", "f", "df/dx", "df/dy", "status", "note"],
        ["A, Süd", "0,5", "4", "1.0", "4.0", "0.25", "agree", ""],
        ["B", second, "1e1", "40.0", "-40.0", "4.0", "agree", ""],
    ]


@pytest.mark.parametrize("wanted", ["csv", "tsv", "jsonl", "json", "parquet", "table", "markdown", "value"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv.gz", gzip.compress(b"n,x\na,0.5\n", mtime=0)),
        ("a.csv", "n;x\na;0.5\n"),
        ("a.txt", "# n x\n  a  0.5\n"),
        ("a.txt", '"n" "x"\n"1" "a" 0.5\n'),
        ("a.dat", "#n x\n#\na 0.5\n\n"),
        ("a.json", '[\n  {\n    "n": "a",\n    "x": 0.5\n  }\n]\n'),
        ("a.csv", ",n,x\n0,a,0.5\n"),
        ("a.csv", "n,x,,\na,0.5,,\n"),
    ],
)
def test_how_a_file_is_written_does_not_change_the_answer(name: str, data: str | bytes, wanted: str) -> None:
    _put(name, data)
    answer = deriv("x^2", "--points", name, "--format", wanted, "-o", "found")
    assert (answer.code, answer.err) == (0, "")
    found = Path("found").read_bytes()
    if wanted == "parquet":
        (row,) = parquet.read_table("found").to_pylist()
        assert (row["n"], row["x"], row["f"], row["df/dx"], row["status"]) == ("a", 0.5, 0.25, 1.0, "agree")
    elif wanted in ("csv", "tsv"):
        (cells,) = csv.DictReader(io.StringIO(found.decode()), delimiter="," if wanted == "csv" else "\t")
        assert [cells[key] for key in ("n", "x", "f", "df/dx", "status")] == ["a", "0.5", "0.25", "1.0", "agree"]
    elif wanted in ("json", "jsonl"):
        read = json.loads(found)
        one = read[0] if wanted == "json" else read
        assert (one["row"]["n"], float(one["row"]["x"]), one["value"]["answer"]) == ("a", 0.5, 0.25)
    elif wanted == "value":
        assert found == b"1.0\n"
    else:
        assert b"0.25" in found


def test_a_column_that_f_needs_and_cannot_name_is_offered_a_name() -> None:
    name = _put("lab.csv", "x (m),t [s],X2\n2,3,4\n")
    said = "has neither a column nor a value\nhint: add --rename"
    assert complaint("x^2", "--points", name) == f'error: `x` {said} "x (m)=x"\n'
    assert complaint("t^2", "--points", name) == f'error: `t` {said} "t [s]=t"\n'
    answer = deriv("x*t", "--points", name, "--rename", "x (m)=x", "--rename", "t [s]=t", "--csv")
    assert answer.out == "x,t,X2,f,df/dx,df/dt,status,note\n2,3,4,6.0,3.0,2.0,agree,\n"


def test_an_offered_name_can_be_pasted_into_a_shell() -> None:
    name = _put("lab.csv", "x $HOME,y\n2,3\n")
    assert complaint("x^2", "--points", name).endswith("hint: add --rename 'x $HOME=x'\n")


def test_columns_that_are_not_needed_stop_no_parquet_file() -> None:
    name = _put(
        "a.parquet",
        {
            "x": [0.5, 2.0],
            "when": [datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC), None],
            "price": [decimal.Decimal("1.10"), None],
            "place": [{"lat": 1.5}, None],
            "tags": [["a", "b"], []],
            "raw": [b"\xff", None],
            "span": [datetime.timedelta(seconds=1), None],
            "text": ["a,b", None],
            "flag": [True, None],
        },
    )
    for wanted in ("csv", "tsv", "json", "jsonl", "parquet", "table", "markdown", "value"):
        answer = deriv("x^2", "--points", name, "--format", wanted, "-o", "found")
        assert (answer.code, answer.err) == (0, ""), wanted
    assert deriv("x^2", "--points", name, "--quiet").out == "1.0\n4.0\n"


def test_two_columns_of_one_name_are_numbered_where_there_is_no_room_for_both() -> None:
    data = b"a,x,a\np,2,q\n"
    row = json.loads(deriv("x^2", "--points", "-", "--format", "jsonl", stdin=data).out)["row"]
    assert row == {"a": "p", "x": "2", "a_2": "q"}
    deriv("x^2", "--points", "-", "-o", "found.parquet", stdin=data)
    found = parquet.read_table("found.parquet").to_pylist()[0]
    assert (found["a"], found["a_2"], found["f"]) == ("p", "q", 4.0)
    assert deriv("x^2", "--points", "-", "--csv", stdin=data).out.startswith("a,x,a,f,df/dx,status,note\np,2,q,4.0")


def test_lines_that_say_nothing_are_counted() -> None:
    answer = deriv("x^2", "--points", "-", stdin=b"# made\n# by hand\nx\n2\n# a break\n3\n")
    assert "2 rows: 2 agree" in answer.out
    assert "passed over: 3 lines without a row: comments and the like\n" in answer.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--delimiter ab", "--delimiter is one character or comma, semicolon, tab, blanks, not `ab`\nhint: such as"),
        ("--decimal ;", "--decimal is . or , and not `;`\n"),
        ("--encoding klingon", "no such encoding: klingon\nhint: such as latin-1, cp1252, utf-8 or utf-16\n"),
        ("--rename x", '--rename is written OLD=NEW, not `x`\nhint: such as --rename "x (m)=x"\n'),
        ("--points-format jsonl --delimiter ;", "--delimiter is for csv, tsv, not for jsonl\n"),
        ("--rename z=y", "standard input has no column `z`\n"),
    ],
)
def test_what_is_told_of_a_file_and_makes_no_sense_is_refused(arguments: str, said: str) -> None:
    answer = deriv("x", "--points", "-", *arguments.split(), stdin=b"x\n1\n")
    assert answer.err.startswith(f"error: {said}")
    assert answer.out == ""


@pytest.mark.parametrize("option", ["--delimiter ;", "--decimal ,", "--encoding latin-1", "--rename a=b"])
def test_what_is_told_of_a_file_needs_one(option: str) -> None:
    name = option.split()[0]
    assert complaint("x", "--at", "x=1", *option.split()) == (
        f"error: {name} is for --points\nhint: add --points FILE, or - for standard input\n"
    )


def test_the_progress_of_a_parquet_file_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    name = _put("a.parquet", {"x": [1.0, 2.0]})
    err = Stream(terminal=True)
    environment = Environment(None, Stream(), err, {"TERM": "xterm"})
    assert run(["x^2", "--points", name, "--csv", "-o", "found.csv"], environment) == 0
    assert "internal error" not in err.text
    assert Path("found.csv").read_text(encoding="utf-8").startswith("x,f,df/dx,status,note\n1.0,1.0,2.0,agree,\n")
