"""What is said of an answer beside it: how the text was read, once, where the reader of the format finds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from derivcli.cli.report import as_notes
from tests.cli import deriv, is_harmless

if TYPE_CHECKING:
    from pathlib import Path

READ = "`1/2x` was read as `(1/2)*x`"
TERSE = ("value", "csv", "tsv")


@pytest.mark.parametrize("at", [(), ("--at", "x=2"), ("--at", "x=1:2:3")], ids=["no point", "point", "points"])
@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_a_format_for_people_says_it_above_everything_else(format_: str, at: tuple[str, ...]) -> None:
    answer = deriv("1/2x", *at, "--format", format_)
    label = {"table": "  note: ", "markdown": "Note: "}[format_]
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"{label}{READ}\n\n")
    assert answer.out.count("was read as") == 1


@pytest.mark.parametrize("at", [(), ("--at", "x=2"), ("--at", "x=1:2:3")], ids=["no point", "point", "points"])
@pytest.mark.parametrize("format_", TERSE)
def test_a_format_without_room_leaves_it_to_stderr(format_: str, at: tuple[str, ...]) -> None:
    answer = deriv("1/2x", *at, "--format", format_)
    assert (answer.code, answer.err) == (0, f"note: {READ}\n")
    assert "was read as" not in answer.out


@pytest.mark.parametrize("arguments", ["--quiet --at x=2", "--at x=2 --format latex", "--quiet --csv --at x=1,2"])
def test_quiet_does_not_make_a_guess_a_secret(arguments: str) -> None:
    answer = deriv("1/2x", *arguments.split())
    assert (answer.code, answer.err) == (0, f"note: {READ}\n")
    assert "was read as" not in answer.out


@pytest.mark.parametrize("format_", [*TERSE, "table", "markdown", "latex"])
def test_several_functions_say_each_note_once(format_: str) -> None:
    answer = deriv("1/2x", "x/2x", "1/2x", "--at", "x=2", "--format", format_)
    said = answer.out + answer.err
    assert [said.count(READ), said.count("`x/2x` was read as `(x/2)*x`")] == [1, 1]
    assert bool(answer.err) == (format_ not in ("table", "markdown"))


@pytest.mark.parametrize(
    ("arguments", "functions"),
    [
        (("1/2x", "--json"), lambda data: [data]),
        (("1/2x", "--at", "x=2", "--format", "jsonl"), lambda data: [data]),
        (("1/2x", "1/2x", "--at", "x=2", "--json"), lambda data: data["functions"]),
        (("1/2x", "--at", "x=1:2:3", "--json"), lambda data: data),
        (("1/2x", "--at", "x=1:2:3", "--verify", "off", "--json"), lambda data: data),
    ],
    ids=["no point", "line", "system", "rows", "rows as they are"],
)
def test_json_holds_it_in_every_object_and_stderr_is_empty(arguments: tuple[str, ...], functions: object) -> None:
    answer = deriv(*arguments)
    assert callable(functions)
    found = functions(json.loads(answer.out))
    assert answer.err == ""
    assert len(found) > 0
    assert all(each["notes"] == each["readings"] == [READ] for each in found)


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_a_file_of_points_is_no_different(format_: str) -> None:
    answer = deriv("1/2x", "--points", "-", "--format", format_, stdin=b"x\n1\nabc\n3\n")
    assert answer.err == (f"note: {READ}\n" if format_ == "csv" else "")
    assert answer.out.count(READ) == (0 if format_ == "csv" else 4)  # both fields of both rows that can be read


def test_a_note_on_the_numbers_of_an_answer_stays_below_it() -> None:
    answer = deriv("1/2x*abs(y)", "--at", "x=1,y=0", "--tangent")
    above, _, below = answer.out.partition("  at x = 1, y = 0")
    assert "note: `1/2x*abs(y)` was read as `(1/2)*x*abs(y)`" in above
    assert "note: there is no tangent" in below


def test_an_output_file_holds_what_stdout_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert deriv("1/2x", "--at", "x=2", "--output", "a.md").err == ""
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith(f"Note: {READ}\n")
    assert deriv("1/2x", "--at", "x=2", "--output", "a.csv").err == f"note: {READ}\n"


def test_a_picture_in_text_has_it_above_and_one_in_a_file_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = deriv("1/2x", "--plot")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"  note: {READ}\n\n  f(x) = 1/2*x\n")
    filed = deriv("1/2x", "--plot", "p.svg", "--at", "x=0:1")
    assert filed.err == f"note: {READ}\nplotted over x = 0:1, written to p.svg\n"


def test_a_note_shows_nothing_that_a_terminal_would_act_on() -> None:
    (line,) = as_notes(["`1/2\x1b[2Jx\n` was read"])
    assert line == r"note: `1/2\x1b[2Jx\n` was read"
    assert is_harmless(line)
