"""Many questions in one call of the command, in every format that has room for them."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import subprocess
from typing import TYPE_CHECKING

import pytest

from derivcli.document import Format
from tests.cli import SCRIPT, SECONDS, clean, complaint, deriv, validator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTIONS = b"""x^2 @ x=3
# a remark
3*sine(x)
{"id": "a", "expression": "x*y", "at": {"x": 0.5, "y": 2}}
"""
CLASS = b"""name,f,answer
Ada,x^2*sin(x),2x cos(x)
Bob,x^2*sin(x),x(2sin(x) + x cos(x))
Cem,sin(3x),
"""


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_json_lines_are_the_contract_with_the_line_and_the_name_of_the_question() -> None:
    answer = deriv("--batch", "-", "--format", "jsonl", stdin=QUESTIONS)
    first, second, third = map(json.loads, answer.out.splitlines())
    assert answer.code == 1  # one of them has no answer
    assert (first.pop("line"), first["derivatives"][0]["answer"]) == (1, 6)
    validator("result").validate(first)
    assert (second["line"], second["schema_version"]) == (3, 1)
    single = json.loads(deriv("3*sine(x)", "--json").err)
    assert second["error"] == single["error"]
    assert (third["line"], third["id"], [d["answer"] for d in third["derivatives"]]) == (4, "a", [2, 0.5])


def test_json_is_an_array_of_the_same() -> None:
    answer = deriv("--batch", "-", "--json", stdin=QUESTIONS)
    assert [found["line"] for found in json.loads(answer.out)] == [1, 3, 4]
    assert json.loads(deriv("--batch", "-", "--json").out) == []


def test_csv_has_a_row_for_each_number() -> None:
    found = rows(deriv("--batch", "-", "--csv", stdin=QUESTIONS).out)
    assert [
        (r["line"], r["id"], r["expression"], r["at"], r["derivative"], r["answer"], r["status"]) for r in found
    ] == [
        ("1", "", "x^2", "x=3", "f", "9.0", "agree"),
        ("1", "", "x^2", "x=3", "df/dx", "6.0", "agree"),
        ("3", "", "3*sine(x)", "", "", "", "error"),
        ("4", "a", "x*y", "x=0.5,y=2", "f", "1.0", "agree"),
        ("4", "a", "x*y", "x=0.5,y=2", "df/dx", "2.0", "agree"),
        ("4", "a", "x*y", "x=0.5,y=2", "df/dy", "0.5", "agree"),
    ]
    assert found[2]["note"] == "unknown function `sine` (did you mean `sin`?)"


def test_a_row_says_how_its_text_was_read() -> None:
    first, _ = rows(deriv("--batch", "-", "--csv", stdin=b"x^2sinx").out)
    assert first["note"] == "`sinx` was read as `sin(x)`"


def test_bare_values_stand_in_a_line_for_each_question_and_what_is_to_be_said_beside_them() -> None:
    answer = deriv("--batch", "-", "-q", stdin=QUESTIONS + b"x^2sinx @ x=0\n")
    assert answer.out == "6.0\nnan\n2.0\t0.5\n0.0\n"
    assert answer.err == "line 3: error: unknown function `sine`\nline 5: note: `sinx` was read as `sin(x)`\n"


def test_people_read_a_paragraph_for_each_question() -> None:
    answer = deriv("--batch", "-", stdin=QUESTIONS)
    assert answer.out.startswith(
        "line 1:\n  f(x)  = x^2\n  df/dx = 2x\n\n  df/dx at x = 3 is 6: all three witnesses agree\n"
    )
    assert (
        "\nline 3:\n  error: unknown function `sine`\n    3*sine(x)\n      ^^^^\n  hint: did you mean `sin`?\n"
        in answer.out
    )
    assert "\nline 4, a:\n  f(x, y) = x*y\n" in answer.out


def test_markdown_has_a_heading_for_each_question() -> None:
    answer = deriv("--batch", "-", "--format", "markdown", stdin=QUESTIONS)
    assert [line for line in answer.out.splitlines() if line.startswith("#")] == [
        "## line 1",
        "## line 3",
        "## line 4, a",
    ]
    assert "```\nerror: unknown function `sine`\n  3*sine(x)\n    ^^^^\nhint: did you mean `sin`?\n```\n" in answer.out


def test_the_answers_of_a_class_are_judged_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(CLASS)
    answer = deriv("--batch", str(file), "--check", "--csv")
    assert answer.code == 1
    ada, bob, cem = rows(answer.out)
    assert [ada["name"], ada["verdict"], ada["counterexample"]] == ["Ada", "wrong", "x=1"]
    assert ada["mistake"] == "product of the derivatives"
    assert (bob["name"], bob["verdict"], bob["mistake"]) == ("Bob", "right", "")
    assert (cem["name"], cem["status"]) == ("Cem", "error")
    assert cem["note"] == "there is no answer to check (fill in the column `answer`, or the field `check`)"


def test_the_verdicts_on_a_class_may_stand_alone(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(CLASS)
    assert deriv("--batch", str(file), "--check", "-q").out == "wrong\nright\nnan\n"


def test_one_answer_may_be_held_against_all_questions() -> None:
    answer = deriv("--batch", "-", "--check", "2x", "-q", stdin=b"x^2\nx^2 + 1\n")
    assert (answer.code, answer.out) == (0, "right\nright\n")


def test_a_column_with_the_name_of_one_of_ours_is_refused() -> None:
    assert complaint("--batch", "-", "--csv", stdin=b"f,answer\nx^2,1\n") == (
        "error: the column `answer` has the name of a computed column\n"
        "hint: add --prefix out_ to rename the computed columns\n"
    )
    found = deriv("--batch", "-", "--csv", "--prefix", "our_", stdin=b"f,answer\nx^2,1\n")
    assert found.out.splitlines()[0] == "f,answer,our_derivative,our_formula,our_answer,our_kind,our_status,our_note"


def test_options_are_for_all_questions() -> None:
    answer = deriv("--batch", "-", "--order", "2", "--at", "x=1", "-q", stdin=b"x^3\nx^4 @ x=2\n")
    assert answer.out == "3.0\t6.0\n32.0\t48.0\n"


def test_steps_stand_below_each_question() -> None:
    answer = deriv("--batch", "-", "--steps", stdin=b"x^2\n")
    assert "  steps to df/dx:\n    d/dx[x^2] = 2x   power rule\n" in answer.out


def test_all_that_agree_make_the_exit_code_0() -> None:
    assert deriv("--batch", "-", "-q", stdin=b"x^2 @ x=1\nx^3\n").code == 0


def test_an_answer_comes_before_the_next_question() -> None:
    command = [SCRIPT, "--batch", "-", "--quiet"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=clean(), text=True, bufsize=1) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for question in ("3*sine(x)", "x+"):  # which are answered without torch: it takes seconds to load
            running.stdin.write(f"{question}\n")
            assert running.stdout.readline() == "nan\n"
        running.stdin.close()
        assert running.wait(timeout=SECONDS) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["x", "--batch", "-"],
            "error: --batch has the expressions in its file\nhint: leave out the expression, or --batch\n",
        ),
        (
            ["--batch", "-", "--points", "a.csv"],
            "error: --batch and --points do not go together\n"
            "hint: --batch answers the questions of a file, one by one\n",
        ),
        (["--batch", "-", "--jobs", "0"], "error: --jobs must be at least 1, not 0\n"),
        (["x", "--jobs", "2"], "error: --jobs is for --batch\nhint: add --batch FILE, or - for standard input\n"),
        (
            ["--batch", "-", "--format", "latex"],
            "error: --batch and --format latex do not go together\n"
            "hint: its formats are table, json, jsonl, csv, tsv, value, markdown\n",
        ),
        (
            ["--batch", "b.txt", "--on-error", "stop"],
            "error: --on-error is for --points\n"
            "hint: leave it out: --batch answers every question, and records an error in the place of its answer\n",
        ),
        (
            ["--batch", "no such file"],
            "error: cannot read `no such file`: no such file or directory\n"
            "hint: give the name of a file, or - for standard input\n",
        ),
    ],
)
def test_what_does_not_go_with_a_batch_is_refused(arguments: list[str], said: str) -> None:
    assert complaint(*arguments) == said


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (b"x^2 at x=1", "give it behind an @ or in the field `at`: x=1"),
        (b'{"expression": "x^2 for x=1"}', "give it behind an @ or in the field `at`: x=1"),
        (b"x*y @ x=2", "add y=... behind an @ or in the field `at`"),
        (b"x2*x @ x=2", "add x2=... behind an @ or in the field `at`, or write x^2 for the power"),
    ],
)
def test_a_hint_about_a_point_is_for_a_line(line: bytes, hint: str) -> None:
    (found,) = map(json.loads, deriv("--batch", "-", "--format", "jsonl", stdin=line).out.splitlines())
    assert found["error"]["hint"] == hint


def test_every_format_has_room_for_many_questions_or_says_which_have() -> None:
    for form in Format:
        answer = deriv("--batch", "-", "--format", form, stdin=b"x^2 @ x=3\n")
        assert answer.code == 0 or "its formats are" in answer.err


def test_a_file_that_cannot_be_read_leaves_no_answer_behind(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert deriv("--batch", str(tmp_path / "none"), "-o", str(target)).code == 3
    assert list(tmp_path.iterdir()) == []


def test_formulas_without_a_point_are_tidy_where_values_alone_are_printed() -> None:
    assert deriv("--batch", "-", "-q", stdin=b"sin(x)/(1+x^2)\n").out == "cos(x)/(1 + x^2) - 2x*sin(x)/(1 + x^2)^2\n"


def test_a_verdict_on_an_answer_is_never_lost_among_numbers() -> None:
    (row,) = rows(deriv("--batch", "-", "--csv", stdin=b'{"expression": "x^2", "check": "3x"}').out)
    assert (row["derivative"], row["formula"], row["status"]) == ("df/dx", "3*x", "wrong")
    assert row["note"] == "at x = 1 it is 3, df/dx is 2"


def test_the_file_of_questions_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_bytes(b"x^2\n")
    assert complaint("--batch", str(file), "-o", str(file)) == (
        f"error: --output would write over {file}, which is read\nhint: give the name of a file\n"
    )
    assert file.read_bytes() == b"x^2\n"


def test_code_of_all_questions_has_a_place_where_there_is_room() -> None:
    found = deriv("--batch", "-", "--code", "c", "--format", "jsonl", stdin=b"x^2\nsin x @ x=1\n")
    records = [json.loads(line) for line in found.out.splitlines()]
    assert [(r["line"], r["expression"], r["language"]) for r in records] == [(1, "x^2", "c"), (2, "sin x", "c")]
    assert "return x * x;" in records[0]["code"]
    assert found.code == 0
    assert "    return x * x;\n" in deriv("--batch", "-", "--code", "c", stdin=b"x^2\n").out
    assert "```c\n// f(x) = x**2\n" in deriv("--batch", "-", "--code", "c", "--format", "markdown", stdin=b"x^2\n").out


def test_code_has_no_place_among_bare_values() -> None:
    found = deriv("--batch", "-", "-q", stdin=b'{"expression": "x^2", "code": "c"}\nx^2 @ x=3\n')
    assert (found.code, found.out) == (1, "nan\n6.0\n")
    assert found.err == "line 1: error: code has no place in --format value\n"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_questions_are_unpacked(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data = pack(b"f,at\nx^2,x=3\n")
    file = tmp_path / "questions.csv.gz"
    file.write_bytes(data)
    assert deriv("--batch", str(file), "-q").out == "6.0\n"


def test_a_compressed_file_that_is_damaged_says_so_and_writes_no_header(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt.gz"
    file.write_bytes(gzip.compress(b"x^2 @ x=3\n")[:12])
    found = deriv("--batch", str(file), "--csv")
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith(f"error: `{file}` cannot be unpacked to its end: ")


def test_in_a_class_the_derivative_by_a_variable_that_f_has_not_is_0() -> None:
    """By hand: d/dx of 5 and of y is 0, of x^2*y it is 2xy."""
    answers = b"name,f,answer\nA,x^2*y,2x*y\nB,5,0\nC,y,0\nD,y,1\n"
    found = rows(deriv("--batch", "-", "--check", "--csv", "--wrt", "x", stdin=answers).out)
    assert [(row["name"], row["derivative"], row["verdict"]) for row in found] == [
        ("A", "df/dx", "right"),
        ("B", "df/dx", "right"),
        ("C", "df/dx", "right"),
        ("D", "df/dx", "wrong"),
    ]
