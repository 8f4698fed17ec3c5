"""Files in parts, by this process: what is written, resumed and refused. Numbers are those of |x|, by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow
import pytest
from pyarrow import parquet

from derivcli.cli import streams
from derivcli.engine import parts, run
from derivcli.engine.manifest import Manifest
from derivcli.engine.parts import Answering, FilePart
from derivcli.engine.runner import Serial
from derivcli.engine.versions import versions
from derivcli.errors import OutputError
from derivcli.points import sections
from tests.cli import Answer, complaint, deriv, on_screen
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

SERIAL = ("--engine", "serial", "--output", "out/")
ASKED = ("abs(x)", "--points", "data/*.csv", *SERIAL)
CORNER = (
    '"df/dx: a corner: the slopes from the left and from the right are different; '
    'torch returns 0 by convention, which is not the answer"'
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command runs, with two files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x,n\n1,a\n-2,b\nq,c\n", encoding="utf-8")
    (tmp_path / "data" / "b.csv").write_text("x,n\n0,d\n", encoding="utf-8")
    return tmp_path


def held(folder: str = "out") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def manifest() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("out/_manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def test_each_file_becomes_a_part_and_the_manifest_tells_of_it(here: Path) -> None:
    assert deriv(*ASKED) == Answer(1, "", "")
    header = "x,n,f,df/dx,status,note\n"
    error = "q,c,,,error,line 4: `x`: `q` is not a number\n"
    first = f"{header}1,a,1.0,1.0,agree,\n-2,b,2.0,-1.0,agree,\n{error}".encode()
    second = f"{header}0,d,0.0,,not_differentiable,{CORNER}\n".encode()
    assert held() == {
        "_manifest.jsonl": Path("out/_manifest.jsonl").read_bytes(),
        "part-00000.csv": first,
        "part-00001.csv": second,
    }
    question, *lines, total = manifest()
    assert lines == [
        {
            "part": "part-00000.csv",
            "file": str(here / "data" / "a.csv"),
            "agree": 2,
            "read": 3,
            "refused": 1,
            "bytes": len(first),
            "sha256": hashlib.sha256(first).hexdigest(),
        },
        {
            "part": "part-00001.csv",
            "file": str(here / "data" / "b.csv"),
            "not_differentiable": 1,
            "read": 1,
            "bytes": len(second),
            "sha256": hashlib.sha256(second).hexdigest(),
        },
    ]
    counts = {"agree": 2, "failed": 0, "not_differentiable": 1, "parts": 2, "read": 4, "refused": 1}
    assert total == {"total": counts}
    assert question["question"]["expression"] == "abs(x)"
    assert [file[:2] for file in question["question"]["files"]] == [
        [str(here / "data" / "a.csv"), 17],
        [str(here / "data" / "b.csv"), 8],
    ]


def test_blocks_of_a_file_are_parts_with_all_rows_in_order(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "BLOCK", 300)
    rows = [f"{n},{n - 100}" for n in range(200)]
    Path("long.csv").write_text("id,x\n" + "\n".join(rows) + "\nno row\n", encoding="utf-8")
    assert deriv("abs(x)", "--points", "long.csv", *SERIAL, "--csv").code == 1
    names = [name for name in held() if name.startswith("part")]
    assert len(names) == 5
    lines = [line for name in names for line in Path("out", name).read_text(encoding="utf-8").splitlines()[1:]]
    assert [line.split(",")[:4] for line in lines[:-1]] == [
        [str(n), str(n - 100), repr(float(abs(n - 100))), "" if n == 100 else "1.0" if n > 100 else "-1.0"]
        for n in range(200)
    ]
    assert lines[-1] == "no row,,,,error,line 202: 1 cell where the header has 2"


def test_row_groups_are_parts_in_parquet_with_their_types(here: Path) -> None:
    given = pyarrow.table({"k": pyarrow.array([1, 2, 3, 4, 5], pyarrow.int16()), "x": [1.0, -2.0, None, 4.0, 0.0]})
    parquet.write_table(given, "given.parquet", row_group_size=2)
    assert deriv("abs(x)", "--points", "given.parquet", *SERIAL).code == 1
    assert [name for name in held() if name.startswith("part")] == [f"part-0000{n}.parquet" for n in range(3)]
    found = parquet.read_table("out")
    assert found.select(["k", "x"]).equals(given)
    assert found["df/dx"].to_pylist() == [1.0, -1.0, None, 1.0, None]
    assert found["note"].to_pylist()[2] == "line 3: the cell of `x` is null"
    assert [(line["start"], line["stop"]) for line in manifest()[1:-1]] == [(0, 1), (1, 2), (2, 3)]


@for_all(
    ("flags", "suffix"), [((), "csv"), (("--format", "tsv"), "tsv"), (("--format", "jsonl"), "jsonl"), (("-q",), "csv")]
)
def test_the_parts_are_as_the_files_are_or_in_the_format_that_is_asked_for(
    flags: tuple[str, ...], suffix: str, here: Path
) -> None:
    folder = f"out-{len(flags)}-{suffix}/"
    assert deriv("abs(x)", "--points", "data", "--engine", "serial", "-o", folder, *flags).code == 1
    assert sorted(held(folder)) == ["_manifest.jsonl", f"part-00000.{suffix}", f"part-00001.{suffix}"]


def test_all_rows_that_agree_make_the_exit_code_0(here: Path) -> None:
    Path("good.csv").write_text("x\n1\n2\n", encoding="utf-8")
    assert deriv("abs(x)", "--points", "good.csv", *SERIAL) == Answer(0, "", "")
    assert deriv("abs(x)", "--points", "good.csv", "--engine", "serial", "-o", "off/", "--verify", "off").code == 0


def test_a_note_on_how_the_text_was_read_is_said_once(here: Path) -> None:
    answer = deriv("x^2/2x", "--points", "data/b.csv", *SERIAL)
    assert answer.err.count("note: ") == deriv("x^2/2x", "--points", "data/b.csv", "--csv").err.count("note: ")


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the parts that are answered from now on."""
    names: list[str] = []
    usual = Answering.__call__

    def counted(self: Answering, part: FilePart) -> Any:
        names.append(part.name)
        return usual(self, part)

    monkeypatch.setattr(Answering, "__call__", counted)
    return names


def _lost_part() -> None:
    Path("out/part-00001.csv").unlink()


def _changed_part() -> None:
    with Path("out/part-00001.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")


def _torn_manifest() -> None:
    path = Path("out/_manifest.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2]) + lines[2][:30], encoding="utf-8")
    Path("out/.deriv-00ff-part-00001.csv").write_text("half", encoding="utf-8")


@pytest.mark.parametrize("damage", [_lost_part, _changed_part, _torn_manifest])
def test_resume_answers_what_is_missing_or_does_not_hold_and_nothing_else(
    damage: Callable[[], None], here: Path, answered: list[str]
) -> None:
    deriv(*ASKED)
    whole = held()
    assert answered == ["part-00000.csv", "part-00001.csv"]
    damage()
    assert deriv(*ASKED, "--resume") == Answer(1, "", "")
    assert answered == ["part-00000.csv", "part-00001.csv", "part-00001.csv"]
    assert held() == whole
    assert deriv(*ASKED, "--resume") == Answer(1, "", "")
    assert len(answered) == 3


def test_resume_of_nothing_does_everything(here: Path) -> None:
    assert deriv(*ASKED, "--resume").code == 1
    assert len(held()) == 3


def test_a_part_that_is_answered_twice_is_there_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deriv(*ASKED)
    whole = held()
    usual = Serial.each

    def twice(self: Serial, work: Any, items: Any) -> Any:
        for item in items:
            list(usual(self, work, [item]))
            yield from usual(self, work, [item])

    monkeypatch.setattr(Serial, "each", twice)
    deriv("abs(x)", "--points", "data/*.csv", "--engine", "serial", "--output", "again/")
    assert held("again") == whole


def test_another_order_of_the_parts_gives_the_same_bytes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deriv(*ASKED)
    whole = held()
    usual = Serial.each
    monkeypatch.setattr(Serial, "each", lambda self, work, items: usual(self, work, reversed([*items])))
    deriv("abs(x)", "--points", "data/*.csv", "--engine", "serial", "--output", "again/")
    assert held("again") == whole


def test_files_without_rows_are_no_parts(here: Path) -> None:
    Path("data/0.csv").write_text("x,n\n", encoding="utf-8")
    assert deriv(*ASKED).code == 1
    assert [line["file"] for line in manifest()[1:-1]] == [str(here / "data" / name) for name in ("a.csv", "b.csv")]
    Path("none.csv").write_text("x,n\n", encoding="utf-8")
    assert complaint("x", "--points", "none.csv", "--engine", "serial", "-o", "none/") == (
        "error: no file has a row\nhint: each has the names of its columns alone\n"
    )


def damaged(path: str) -> None:
    """Write a file whose second row group cannot be read, though its index can."""
    parquet.write_table(pyarrow.table({"x": [float(n) for n in range(300)]}), path, row_group_size=100)
    start = parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(Path(path).read_bytes())
    data[start : start + 40] = b"\xff" * 40
    Path(path).write_bytes(data)


def test_a_part_that_cannot_be_read_is_named_and_the_others_are_kept(here: Path, answered: list[str]) -> None:
    damaged("given.parquet")
    asked = ("x^2", "--points", "given.parquet", *SERIAL)
    answer = deriv(*asked)
    assert answer.code == 3
    said = f"error: failed: part-00001.parquet, of {here / 'given.parquet'} from line 101 on: "
    assert answer.err.startswith(f"{said}`{here / 'given.parquet'}` cannot be read to its end: ")
    assert answer.err.endswith("hint: all other parts are written; --resume tries these again\n")
    assert sorted(held()) == ["_manifest.jsonl", "part-00000.parquet", "part-00002.parquet"]
    assert "cannot be read to its end" in manifest()[2]["error"]
    assert manifest()[-1]["total"] == {"agree": 200, "failed": 1, "parts": 3, "read": 200, "refused": 0}
    assert deriv(*asked, "--resume").code == 3
    assert answered == [f"part-0000{n}.parquet" for n in (0, 1, 2, 1)]


def test_a_part_that_cannot_be_written_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts, "_save", full)
    answer = deriv(*ASKED)
    assert answer.code == 74
    assert answer.err == (
        f"error: 2 of 2 parts have failed, the first is part-00000.csv, of {here / 'data' / 'a.csv'}: "
        f"cannot write to {here / 'out'}: no space left on device\n"
        "hint: all other parts are written; --resume tries these again\n"
    )
    assert sorted(held()) == ["_manifest.jsonl"]


def test_a_part_that_is_written_where_nobody_sees_it_is_no_part(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        run.Run, "_answering", lambda self: lambda part: parts.WrittenPart(part.name, 5, "", {"read": 1})
    )
    answer = deriv(*ASKED)
    assert answer.code == OutputError.exit_code
    assert f"a worker has written {here / 'out' / 'part-00000.csv'}, and it is not here\nhint: share the folder" in (
        answer.err
    )


def test_another_version_where_a_part_is_answered_is_an_error(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = dict(versions())
    monkeypatch.setattr(parts, "versions", lambda: {**usual, "torch": "1.0"})
    answer = deriv(*ASKED)
    assert answer.code == 2
    assert f"a worker has torch 1.0, and this machine has {usual['torch']}\n" in answer.err
    assert f"hint: install the same versions on both: torch {usual['torch']}; all other parts" in answer.err


NEEDS_FOLDER = "--engine writes a folder of parts"


@for_all(
    ("arguments", "said"),
    [
        ("x --engine serial", "--engine is for --points\nhint: add --points FILE, FOLDER or 'part-*.csv'"),
        ("x --resume --points a.csv", "--resume is for --engine\nhint: add --engine dask://local"),
        ("x --engine serial --points data", f"{NEEDS_FOLDER}\nhint: add --output FOLDER/"),
        (
            "x --engine serial --points data -o all.csv",
            f"{NEEDS_FOLDER}, not one file\nhint: write --output all.csv/",
        ),
        (
            "x y --engine serial --points data -o o/",
            "several expressions take one point\nhint: ask for one expression at a time",
        ),
        (
            "x*y --engine serial --points data -o o/ --at y=1,2",
            "--points and a range do not go together\nhint: put the range into the file, or leave out one of the two",
        ),
        (
            "x --engine serial --points data -o o/ --on-error stop",
            "--engine and --on-error do not go together\nhint: --engine records rows that cannot be read",
        ),
        (
            "x --engine serial --points data -o o/ --format table",
            "table is not written in parts\nhint: the formats are csv, tsv, jsonl, parquet",
        ),
        (
            "x --engine serial --points data -o o/ --json",
            "json is not written in parts\nhint: the formats are csv, tsv, jsonl, parquet",
        ),
        (
            "--batch data --engine serial --points data",
            "--batch and --points do not go together\nhint: --batch answers the questions of a file, one by one",
        ),
        (
            "x*y --engine serial --points data -o o/",
            "`y` has neither a column nor a value\nhint: the columns are x, n; --at y=... is for all rows",
        ),
        (
            "x*f --at f=2 --engine serial --points data -o o/",
            "the variable `f` has the name of a computed column\n"
            "hint: add --prefix out_ to rename the computed columns",
        ),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_before_anything_is_written(
    arguments: str, said: str, here: Path
) -> None:
    found = complaint(*arguments.split())
    found = (
        found
        if not found.startswith("{")
        else "error: " + "\nhint: ".join(json.loads(found)["error"][key] for key in ("message", "hint")) + "\n"
    )
    assert found == f"error: {said}\n"
    assert not Path("o").exists()


@for_all(
    ("text", "said"),
    [
        ("x\n1\n", "has no column `n`"),
        ("x,n,m\n1,2,3\n", "has a column `m` more"),
        ("n,x\n1,2\n", "has its columns in another order"),
        ('x\tn\n1\t2\n', "is tsv and not csv"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_the_first_is_an_error_before_anything_is_written(
    text: str, said: str, here: Path
) -> None:
    Path("data/c.csv").write_text(text, encoding="utf-8")
    assert complaint(*ASKED) == (
        f"error: `{here / 'data' / 'c.csv'}` {said}: it is not as `{here / 'data' / 'a.csv'}`\n"
        "hint: the files of one run have the same columns in the same order\n"
    )
    assert not Path("out").exists()


def test_a_file_that_cannot_be_opened_is_an_error_before_anything_is_written(here: Path) -> None:
    Path("data/c.csv").write_text("", encoding="utf-8")
    assert complaint(*ASKED).startswith(f"error: `{here / 'data' / 'c.csv'}` is empty\n")
    assert not Path("out").exists()


def test_a_folder_that_holds_anything_else_is_left_alone(here: Path) -> None:
    another = "hint: give another folder\n"
    out = f"`{here / 'out'}`"
    deriv(*ASKED)
    whole = held()
    assert complaint(*ASKED) == (
        f"error: {out} holds parts already\nhint: add --resume to do what is missing, or give another folder\n"
    )
    assert complaint("abs(x)^3", *ASKED[1:], "--resume") == (
        f'error: {out} holds the parts of another run: expression was "abs(x)"\n{another}'
    )
    assert complaint(*ASKED, "--resume", "--verify", "off") == (
        f'error: {out} holds the parts of another run: verify was "auto"\n{another}'
    )
    assert held() == whole
    Path("out/part-00007.csv").touch()
    assert complaint(*ASKED, "--resume") == (
        f"error: {out} holds `part-00007.csv`, which is no part of this run\n{another}"
    )
    Path("out/part-00007.csv").unlink()
    Path("data/b.csv").write_text("x,n\n5,d\n", encoding="utf-8")
    assert complaint(*ASKED, "--resume") == (
        f"error: {out} holds the parts of another run: its files were others, or have been written to since\n{another}"
    )
    assert complaint(*ASKED[:-1], "data/") == (
        f"error: --output would write among the files that are read: {here / 'data' / 'a.csv'}\n"
    )
    Path("full").mkdir()
    Path("full/letter.txt").touch()
    assert complaint(*ASKED[:-1], "full") == f"error: `{here / 'full'}` is not empty: it holds `letter.txt`\n{another}"
    Path("file").touch()
    assert complaint(*ASKED[:-1], "file/") == f"error: cannot write to {here / 'file'}: not a directory\n"
    assert complaint(*ASKED[:-1], "none/out/") == (
        f"error: cannot write to {here / 'none' / 'out'}: no such file or directory\n"
    )


def test_a_bar_counts_the_parts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivcli.cli.progress._PATIENCE", 0.0)
    monkeypatch.setattr("derivcli.cli.progress._PAUSE", 0.0)
    assert "2 parts" in on_screen(*ASKED).err
    assert "parts" not in on_screen(*ASKED[:-1], "again/", "--quiet").err


def test_a_signal_in_the_middle_of_a_part_leaves_nothing_of_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[list[str]] = []

    def struck(pieces: Iterable[bytes], stream: BinaryIO) -> tuple[int, str]:
        stream.write(b"x,n,")
        for each in streams.unfinished:  # as the command does when Ctrl-C ends it
            if isinstance(each, Manifest):
                each.discard()
        left.append(sorted(held()))
        return save(pieces, stream)

    save = parts._save
    monkeypatch.setattr(parts, "_save", struck)
    assert deriv(*ASKED).code == 74  # here it goes on, and finds its files gone
    assert left == [["_manifest.jsonl"]] * 2
    assert sorted(held()) == ["_manifest.jsonl"]
