"""Many points on the command line: exit codes, round trips through every format, what is refused, half-done output."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import many
from derivcli.__main__ import run
from derivcli.cli.streams import Environment
from derivcli.errors import DataError, ExitCode
from derivcli.many import run as engine
from tests.cli import SECONDS, Stream, complaint, deriv, error_object, on_screen, process, validator
from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli import Answer

XS = ["-1.5", "0.25", " 2 ", "1e-3", "+4."]
SLOPES = [2 * float(x) for x in XS]
ROWS_OF_EVERY_KIND = 'name,x\na,1\n"b, c", 2.50\n"d ""e""",3\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, text: str) -> str:
    path.write_bytes(text.encode())
    return str(path)


def of_rows(data: str, *arguments: str) -> Answer:
    """Run the command on rows of CSV."""
    return deriv(*arguments, "--points", "-", stdin=data.encode())


def table(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


@pytest.mark.parametrize(
    ("arguments", "data", "code"),
    [
        ("x^2 --at x=1:3:3", "", ExitCode.AGREE),
        ("x^2 --at x=1,2", "", ExitCode.AGREE),
        ("abs(x) --at x=-1,0,1", "", ExitCode.DIFFER),
        ("log(x) --at x=-1,1", "", ExitCode.DIFFER),
        ("sqrt(x^4) --at x=0,1", "", ExitCode.DIFFER),
        ("abs(x) --at x=-1,0,1 --verify off", "", ExitCode.AGREE),
        ("x^2 --points -", "x\n1\n2\n", ExitCode.AGREE),
        ("x^2 --points -", "x\n1\nabc\n", ExitCode.DIFFER),
        ("x^2 --points - --verify off", "x\n1\nabc\n", ExitCode.DIFFER),
        ("x^2 --points - --verify off", "x\n1\n", ExitCode.AGREE),
        ("x^2 --points - --on-error stop", "x\n1\nabc\n", ExitCode.UNREADABLE),
        ("x^2 --points - --on-error stop", "x\n1\n2\n", ExitCode.AGREE),
        ("x^2 --points - --on-error stop --order 2", "x\n1\nabc\n", ExitCode.UNREADABLE),
        ("x^2 --points -", "", ExitCode.UNREADABLE),
        ("x^2 --points -", "x\n", ExitCode.UNREADABLE),
        ("x^2 --points none.csv", "", ExitCode.UNREADABLE),
        ("x+ --points -", "x\n1\n", ExitCode.UNREADABLE),
        ("x*y --points -", "x\n1\n", ExitCode.USAGE),
        ("x --at x=0:1:1000000000", "", ExitCode.LIMIT),
        ("9**9**9**x --at x=9**9**9,1", "", ExitCode.LIMIT),
        ("x --at x=1,2 --output /", "", ExitCode.OUTPUT),
    ],
)
def test_the_exit_code_says_how_it_went(arguments: str, data: str, code: ExitCode) -> None:
    assert deriv(*arguments.split(), stdin=data.encode()).code == code


@for_all(
    ("arguments", "said"),
    [
        (
            "x --points - --at x=0:1:3",
            "--points and a range do not go together\nhint: put the range into the file, or leave out one of the two",
        ),
        (
            "x --points - --at y=1,2",
            "--points and a range do not go together\nhint: put the range into the file, or leave out one of the two",
        ),
        ("x x^2 --points -", "several expressions take one point\nhint: ask for one expression at a time"),
        ("x x^2 --at x=1,2", "several expressions take one point\nhint: ask for one expression at a time"),
        ("- --points -", "- stands for standard input, which can be read once only"),
        ("x --points - --verify some", "--verify is auto, all, sample, off, not `some`"),
        ("x --at x=1 --verify some", "--verify is auto, all, sample, off, not `some`"),
        ("x --points - --on-error skip", "--on-error is record, stop, not `skip`"),
        ("x --at x=1 --on-error skip", "--on-error is record, stop, not `skip`"),
        *(
            (f"x{at} --on-error stop", "--on-error is for --points\nhint: add --points FILE, or - for standard input")
            for at in ("", " --at x=1", " --at x=1,2")
        ),
        ("x --points - --points-format xls", "--points-format is csv, tsv, jsonl, parquet, not `xls`"),
        ("x --points - --points-format grid", "--points-format is csv, tsv, jsonl, parquet, not `grid`"),
        (
            "x --at x=1,2 --points-format csv",
            "--points-format is for --points\nhint: add --points FILE, or - for standard input",
        ),
        (
            "x --at x=1 --points-format csv",
            "--points-format is for --points\nhint: add --points FILE, or - for standard input",
        ),
        ("x --points=", "the file of points has no name\nhint: give the name of a file, or - for standard input"),
        ("x --points - --dtype float16", "--dtype is float64, float32, not `float16`"),
        ("x --at x=1,2 --device gpu", "--device is cpu, cuda, mps, not `gpu`"),
        (
            "x --at x=1,2 --device mps",
            "mps has no float64\nhint: add --dtype float32",
        ),
        ("x --at x=1,2 --tangent", "--tangent takes one point\nhint: give a single value to each variable"),
        ("x --at x=1,2 --taylor 2", "--taylor takes one point\nhint: give a single value to each variable"),
        ("x --at x=1,2 --total", "--total takes one point\nhint: give a single value to each variable"),
        (
            "x^2 --at x=1,2 --order 2 --verify off",
            "--verify off is for first derivatives\nhint: other derivatives are checked row by row",
        ),
        (
            "x --at x=1,2 --format latex",
            "latex shows one point only\nhint: the formats for many points are table, json, jsonl, csv, tsv, value, "
            "markdown, parquet",
        ),
        ("x --at x=1,2 --format parquet", "parquet is binary and needs a file\nhint: add --output FILE"),
        (
            "x*f --at x=1,2 --at f=3,4 --csv",
            "the column `f` has the name of a computed column\nhint: add --prefix out_ to rename the computed columns",
        ),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(arguments: str, said: str) -> None:
    answer = deriv(*arguments.split(), stdin=b"x\n1\n")
    assert answer.err == f"error: {said}\n"
    assert (answer.code, answer.out) == (2, "")


def test_a_file_must_say_what_it_holds(here: Path) -> None:
    put(here / "points", "x\n3\n")
    assert complaint("x", "--points", "points") == (
        "error: the name of `points` does not say what the file holds\n"
        "hint: add --points-format csv, tsv, jsonl or parquet\n"
    )
    assert deriv("x^2", "--points", "points", "--points-format", "csv", "--quiet").out == "6.0\n"


def test_rows_of_csv_come_back_as_they_were_with_what_is_new_behind_them() -> None:
    answer = of_rows(ROWS_OF_EVERY_KIND, "x^2", "--csv")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        'name,x,f,df/dx,status,note\na,1,1.0,2.0,agree,\n"b, c", 2.50,6.25,5.0,agree,\n"d ""e""",3,9.0,6.0,agree,\n'
    )


def test_a_bad_row_is_a_record_in_its_place() -> None:
    answer = of_rows("x,n\n1,a\nabc,b\n\n3\n4,c\n", "x^2", "--csv")
    assert (answer.code, answer.err) == (1, "")
    assert table(answer.out)[1:] == [
        ["1", "a", "1.0", "2.0", "agree", ""],
        ["abc", "b", "", "", "error", "line 3: `x`: `abc` is not a number"],
        ["", "", "", "", "error", "line 4: the line is empty"],
        ["3", "", "", "", "error", "line 5: 1 cell where the header has 2"],
        ["4", "c", "16.0", "8.0", "agree", ""],
    ]


@pytest.mark.parametrize("flags", [(), ("--csv",), ("--json",), ("--format", "jsonl"), ("--quiet",)])
def test_on_error_stop_names_the_first_bad_row(flags: tuple[str, ...]) -> None:
    answer = of_rows("x\n1\nabc\nnan\n", "x^2", "--on-error", "stop", *flags)
    assert answer.code == 3
    as_json = flags in (("--json",), ("--format", "jsonl"))
    message = error_object(answer.err)["message"] if as_json else answer.err.splitlines()[0].removeprefix("error: ")
    assert message == "line 3: `x`: `abc` is not a number"


@pytest.mark.parametrize(
    ("flags", "written"),
    [
        (("--csv",), "x,f,df/dx,status,note\n1,1.0,2.0,agree,\n2,4.0,4.0,agree,\n"),
        (("--quiet",), "2.0\n4.0\n"),
        (("--csv", "--order", "2"), "x,f,df/dx,d2f/dx2,status,note\n1,1.0,2.0,2.0,agree,\n2,4.0,4.0,2.0,agree,\n"),
        ((), ""),  # a table is drawn at the end
    ],
)
def test_on_error_stop_gives_the_rows_before_it(flags: tuple[str, ...], written: str) -> None:
    answer = of_rows("x\n1\n2\nabc\n4\n", "x^2", "--on-error", "stop", *flags)
    assert (answer.code, answer.out) == (3, written)


@pytest.mark.parametrize(
    ("form", "given"),
    [
        ("csv", "x,n\n" + "".join(f"{x},r{k}\n" for k, x in enumerate(XS))),
        ("tsv", "x\tn\n" + "".join(f"{x}\tr{k}\n" for k, x in enumerate(XS))),
        ("jsonl", "".join(f'{{"x": {float(x)}, "n": "r{k}"}}\n' for k, x in enumerate(XS))),
    ],
)
@pytest.mark.parametrize("wanted", ["csv", "tsv", "jsonl", "json", "parquet"])
def test_every_form_goes_round_through_every_format(form: str, given: str, wanted: str, here: Path) -> None:
    source = put(here / f"given.{form}", given)
    answer = deriv("x^2", "--points", source, "--format", wanted, "--output", f"found.{wanted}")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert [(x, slope, status, n) for x, slope, status, n in read_back(here / f"found.{wanted}")] == [
        (float(x), 2 * float(x), "agree", f"r{k}") for k, x in enumerate(XS)
    ]
    assert sorted(path.name for path in here.iterdir()) == sorted([f"given.{form}", f"found.{wanted}"])


def read_back(path: Path) -> Iterator[tuple[float, float, str, str]]:
    """Yield the point, the slope, the status and the carried cell of each row of a file that was written."""
    if path.suffix == ".parquet":
        from pyarrow import parquet

        for row in parquet.read_table(path).to_pylist():
            yield row["x"], row["df/dx"], row["status"], row["n"]
    elif path.suffix in (".csv", ".tsv"):
        with path.open(newline="") as file:
            for line in csv.DictReader(file, delimiter="," if path.suffix == ".csv" else "\t"):
                yield float(line["x"]), float(line["df/dx"]), line["status"], line["n"]
    else:
        text = path.read_text()
        found: list[dict[str, Any]] = (
            json.loads(text) if path.suffix == ".json" else [*map(json.loads, text.splitlines())]
        )
        for result in found:
            validator("result").validate(result)
            yield result["at"]["x"], result["derivatives"][0]["answer"], result["status"], result["row"]["n"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("found.csv", "csv"),
        ("found.TSV", "tsv"),
        ("found.json", "json"),
        ("found.jsonl", "jsonl"),
        ("found.md", "markdown"),
        ("found.txt", "table"),
        ("csv", "table"),
    ],
)
@pytest.mark.parametrize("where", ["x=2", "x=1,2"])
def test_the_name_of_the_file_tells_the_format(name: str, form: str, where: str, here: Path) -> None:
    answer = deriv("x^2", "--at", where, "--output", name)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert (here / name).read_text() == deriv("x^2", "--at", where, "--format", form).out


def test_a_file_of_parquet_gets_parquet_and_one_point_is_refused_there(here: Path) -> None:
    assert deriv("x^2", "--at", "x=1,2", "--output", "found.parquet").code == 0
    assert read_parquet(here / "found.parquet") == [(1.0, 2.0), (2.0, 4.0)]
    assert complaint("x^2", "--at", "x=1", "--output", "one.parquet").startswith(
        "error: parquet holds many points, not one answer\n"
    )


def test_a_format_that_is_chosen_stays_whatever_the_file_is_called(here: Path) -> None:
    assert deriv("x^2", "--at", "x=1,2", "--output", "found.json", "--csv").code == 0
    assert (here / "found.json").read_text().startswith("x,f,df/dx,")


def read_parquet(path: Path) -> list[tuple[float, float]]:
    from pyarrow import parquet

    return [(row["x"], row["df/dx"]) for row in parquet.read_table(path).to_pylist()]


def test_parquet_goes_in_and_out_with_its_types(here: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    given = pa.table({"n": ["a", None, "c"], "x": pa.array([1.0, 2.0, None]), "k": pa.array([1, 2, 3], pa.int16())})
    parquet.write_table(given, here / "given.parquet")
    answer = deriv("x^2", "--points", "given.parquet", "--format", "parquet", "--output", "found.parquet")
    assert (answer.code, answer.err) == (1, "")
    found = parquet.read_table(here / "found.parquet")
    assert found.select(["n", "x", "k"]).equals(given)
    assert found["df/dx"].to_pylist() == [2.0, 4.0, None]
    assert found["status"].to_pylist() == ["agree", "agree", "error"]
    assert found["note"].to_pylist() == [None, None, "line 3: the cell of `x` is null"]


def test_each_row_of_json_follows_the_schema() -> None:
    answer = of_rows("x\n-1\n0\n1\nabc\n", "sqrt(x)", "--json")
    rows = json.loads(answer.out)
    assert [row["status"] for row in rows] == ["undefined", "not_differentiable", "agree", "error"]
    for row in rows[:3]:
        validator("result").validate(row)
    assert rows[3]["error"]["message"] == "`x`: `abc` is not a number"
    lines = of_rows("x\n-1\n0\n1\nabc\n", "sqrt(x)", "--format", "jsonl").out.splitlines()
    assert list(map(json.loads, lines)) == rows


def test_bare_numbers_are_one_line_a_row() -> None:
    answer = of_rows("x,y\n1,2\nabc,2\n3,4\n", "x*y", "--quiet")
    assert (answer.code, answer.out, answer.err) == (1, "2.0\t1.0\nnan\tnan\n4.0\t3.0\n", "")


def test_the_table_says_what_the_rows_come_to() -> None:
    answer = deriv("relu(x)", "--at", "x=-10:10:1001")
    assert answer.code == 1
    assert "  1,001 rows: 1,000 agree, 1 no derivative; " in answer.out
    assert "at x = 0: left slope 0, right slope 1" in answer.out


def test_the_kind_of_a_gap_between_rows_is_told() -> None:
    answer = deriv("1/x", "--at", "x=-10:10:1001")
    assert "  1,001 rows: 1,000 agree, 1 undefined\n" in answer.out
    assert "undefined: pole: at x = 0: left limit -∞, right limit ∞" in answer.out


def test_the_points_may_come_from_a_range_and_values(here: Path) -> None:
    answer = deriv("t*x", "--at", "x=0:1:3", "--at", "t=pi", "--csv", "--wrt", "t")
    assert answer.out == (
        "t,x,f,df/dt,status,note\n"
        "3.141592653589793,0.0,0.0,0.0,agree,\n"
        "3.141592653589793,0.5,1.5707963267948966,0.5,agree,\n"
        "3.141592653589793,1.0,3.141592653589793,1.0,agree,\n"
    )


def test_one_point_is_a_table_of_one_row(here: Path) -> None:
    one = deriv("x*y", "--at", "x=2,y=3", "--csv")
    assert one.out == "x,y,f,df/dx,df/dy,status,note\n2.0,3.0,6.0,3.0,2.0,agree,\n"
    assert deriv("x*y", "--at", "x=2:2:1,y=3", "--csv").out == one.out
    assert deriv("x*y", "--at", "y=3:3:1,x=2", "--csv").out == one.out


def test_the_expression_may_come_from_standard_input(here: Path) -> None:
    source = put(here / "given.csv", "x\n3\n")
    assert deriv("-", "--points", source, "--quiet", stdin=b"x^2\n").out == "6.0\n"
    assert deriv("-", "--at", "x=1,2", "--quiet", stdin=b"x^2\n").out == "2.0\n4.0\n"


def test_a_prefix_makes_room_for_columns_of_the_same_names() -> None:
    answer = of_rows("f,x\na,3\n", "x^2", "--csv", "--prefix", "d_")
    assert answer.out == "f,x,d_f,d_df/dx,d_status,d_note\na,3,9.0,6.0,agree,\n"


def test_float32_is_said_in_json() -> None:
    (row,) = json.loads(deriv("x/3", "--at", "x=1:1:1", "--json", "--dtype", "float32").out)
    assert (row["dtype"], row["value"]["autograd"]) == ("float32", 0.3333333432674408)


@pytest.mark.parametrize(
    ("arguments", "data", "code", "kind"),
    [
        ("x --points none.csv --json", "", 3, "data"),
        ("x --points - --format jsonl", "", 3, "data"),
        ("x --points - --json --on-error stop", "x\nabc\n", 3, "data"),
        ("x*y --points - --json", "x\n1\n", 2, "point"),
        ("x --points - --json --verify some", "x\n1\n", 2, "usage"),
        ("x+ --points - --json", "x\n1\n", 3, "syntax"),
        ("x --points - --json --output /", "x\n1\n", 74, "output"),
        ("x --at x=0:1:0 --json", "", 2, "point"),
    ],
)
def test_an_error_is_a_json_object_where_json_was_asked_for(arguments: str, data: str, code: int, kind: str) -> None:
    answer = deriv(*arguments.split(), stdin=data.encode())
    assert (answer.code, error_object(answer.err)["kind"]) == (code, kind)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reading fail after the first rows."""

    def answers(plan: Any, source: Any) -> Iterator[Any]:
        yield next(engine.answers(plan, source))
        raise DataError("the disk is gone")

    monkeypatch.setattr(many, "answers", answers)


@pytest.mark.usefixtures("failing")
def test_an_error_in_the_middle_leaves_no_file(here: Path) -> None:
    answer = deriv("x^2", "--at", "x=1:3:3", "--csv", "--output", "found.csv")
    assert (answer.code, answer.out, answer.err) == (3, "", "error: the disk is gone\n")
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("failing")
def test_an_error_in_the_middle_leaves_the_file_that_was_there(here: Path) -> None:
    put(here / "found.csv", "old\n")
    assert deriv("x^2", "--at", "x=1:3:3", "--csv", "--output", "found.csv").code == 3
    assert [(path.name, path.read_text()) for path in here.iterdir()] == [("found.csv", "old\n")]


@pytest.mark.parametrize("arguments", ["x+ --points -", "x*y --points -", "x --points - --on-error stop"])
def test_an_error_before_the_first_row_leaves_no_file(arguments: str, here: Path) -> None:
    answer = deriv(*arguments.split(), "--csv", "--output", "found.csv", stdin=b"x\nabc\n")
    assert answer.code in (2, 3)
    assert list(here.iterdir()) == []


def test_a_path_that_cannot_be_written_fails_before_anything_is_read() -> None:
    assert deriv("x", "--points", "-", "--output", "/no/such/folder/file.csv", stdin=b"x\n1\n").err == (
        "error: cannot write to /no/such/folder/file.csv: No such file or directory\n"
    )


class Below(io.BytesIO):
    """Bytes in memory that may refuse, or tell what is written."""

    def __init__(self, written: Callable[[bytes], None]) -> None:
        super().__init__()
        self._written = written

    def write(self, data: Any, /) -> int:
        self._written(bytes(data))
        return super().write(data)


def onto(written: Callable[[bytes], None], *arguments: str, stdin: Any = None) -> tuple[int, str, str]:
    """Run the command with `written` told what it writes; return its exit code and what stands on both streams."""
    below, err = Below(written), Stream()
    out = io.TextIOWrapper(below, encoding="utf-8", newline="")
    code = run(arguments, Environment(stdin or Stream(), out, err, {}))
    return code, below.getvalue().decode(), err.text


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BrokenPipeError(32, "Broken pipe"), ExitCode.BROKEN_PIPE, ""),
        (
            OSError(28, "No space left on device"),
            ExitCode.OUTPUT,
            "error: cannot write to standard output: No space left on device\n",
        ),
    ],
)
def test_a_stream_that_takes_no_more_ends_it(error: OSError, code: ExitCode, said: str) -> None:
    def refuse(data: bytes) -> None:
        if b"agree" in data:
            raise error

    assert onto(refuse, "x^2", "--at", "x=1:3:3", "--csv") == (code, "x,f,df/dx,status,note\n", said)


@pytest.mark.parametrize("count", [1, 4_000])
def test_rows_of_a_slow_pipe_are_answered_as_they_come(count: int) -> None:
    read, write = os.pipe()
    seen = threading.Event()

    def feed() -> None:
        with os.fdopen(write, "wb", buffering=0) as pipe:
            pipe.write(b"x\n" + b"2\n" * count)
            if seen.wait(SECONDS):  # the answer to the first row comes before the second is written
                pipe.write(b"3\n")

    def watch(data: bytes) -> None:
        if b"agree" in data:
            seen.set()

    feeder = threading.Thread(target=feed)
    feeder.start()
    with os.fdopen(read, "rb") as pipe:
        stdin = io.TextIOWrapper(pipe, encoding="utf-8")
        found = onto(watch, "x^2", "--points", "-", "--csv", stdin=stdin)
        stdin.detach()
    feeder.join()
    assert found == (0, "x,f,df/dx,status,note\n" + "2,4.0,4.0,agree,\n" * count + "3,9.0,6.0,agree,\n", "")


# By day: `test_a_stream_that_takes_no_more_ends_it`.
@pytest.mark.nightly
def test_a_reader_that_wants_one_line_ends_an_endless_pipe(here: Path) -> None:
    endless = "(echo x; while :; do echo 2; done)"
    line = f"{endless} | $python -m derivcli 'x^2' --points - --csv | head -1"
    root = Path(__file__).parents[2]
    answer = process(
        [line],
        command=("/bin/bash", "-o", "pipefail", "-c"),
        variables={"python": sys.executable, "PYTHONPATH": str(root)},
    )
    assert (answer.out, answer.err) == ("x,f,df/dx,status,note\n", "")
    assert answer.code == ExitCode.BROKEN_PIPE


def test_nothing_but_rows_stands_on_a_terminal() -> None:
    answer = on_screen("x^2", "--at", "x=1:3:3", "--csv", variables={"TERM": "xterm"})
    assert answer.out == "x,f,df/dx,status,note\n1.0,1.0,2.0,agree,\n2.0,4.0,4.0,agree,\n3.0,9.0,6.0,agree,\n"
    assert answer.err == ""


@pytest.mark.parametrize("flags", [("--csv",), ("--json",), ("--quiet",)])
def test_a_header_without_rows_is_an_error(flags: tuple[str, ...]) -> None:
    answer = of_rows("x\n", "x^2", *flags)
    assert (answer.code, answer.out) == (3, "")
    assert "standard input has a header and no rows" in answer.err


def test_a_file_of_another_kind_is_told_what_it_is() -> None:
    assert complaint("x", "--points", "-", stdin=b"PK\x03\x04rest\n").startswith("error: ")


def test_quiet_beside_another_format_changes_no_row(here: Path) -> None:
    asked = ("x^2", "--at", "x=1,3")
    rows = "x,f,df/dx,status,note\n1.0,1.0,2.0,agree,\n3.0,9.0,6.0,agree,\n"
    assert deriv(*asked, "--csv", "--quiet").out == rows
    assert deriv(*asked, "--quiet", "--format", "csv").out == rows
    assert deriv(*asked, "--quiet", "--output", "rows.csv").code == ExitCode.AGREE
    assert (here / "rows.csv").read_text() == rows
    assert deriv(*asked, "--quiet").out == "2.0\n6.0\n"
    assert deriv(*asked, "--quiet", "--output", "slopes.txt").code == ExitCode.AGREE
    assert (here / "slopes.txt").read_text() == "2.0\n6.0\n"
    for other in ("value", "tsv"):
        assert complaint(*asked, "--csv", "--quiet", "--format", other).startswith("error: more than one format: ")


def test_a_file_that_is_refused_has_no_header_of_answers(tmp_path: Path) -> None:
    file = tmp_path / "twice.csv"
    file.write_bytes(b"x,x,y\n1,2,3\n")
    found = deriv("x*y", "--points", str(file), "--csv")
    assert (found.code, found.out) == (3, "")
    assert found.err == f"error: `{file}` has two columns `x`: 1 and 2\nhint: give each column its own name\n"
