"""The pages of the manual: each is whole, what is made of tables is up to date, and every block is run."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING

import pytest

from derivcli.document import Canvas
from derivcli.errors import ExitCode, ExpressionError, UsageError
from derivcli.language.parser import parse
from derivcli.manual import contents, page, purpose, render
from derivcli.model.option import Panel
from derivcli.model.options import OPTIONS, TOPICS
from derivcli.model.statuses import Kind, Proof, Status
from tests.documented import MANUAL, ROOT, blocks, commands, loosely, runs
from tests.every import for_all
from tests.make_manual import written

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(MANUAL.glob("*.md"))}
CONSOLE = [(topic, block) for topic in TOPICS for block in blocks(PAGES[topic], "console")]
PYTHON = [(topic, block) for topic in TOPICS for block in blocks(PAGES[topic], "python")]


def named(case: tuple[str, str]) -> str:
    return f"{case[0]}: {(commands(case[1]) or [(case[1].splitlines()[0], '')])[0][0]}"


@pytest.mark.parametrize(("topic", "block"), CONSOLE, ids=map(named, CONSOLE))
def test_a_block_prints_what_the_page_shows(
    topic: str, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for run in runs(block):
        assert loosely(run.printed) == loosely(run.shown), run.command


@pytest.mark.parametrize(("topic", "block"), PYTHON, ids=map(named, PYTHON))
def test_a_block_of_python_runs(topic: str, block: str) -> None:
    exec(compile(block, f"{topic}.md", "exec"), {"__name__": "__main__"})  # noqa: S102


def test_the_blocks_are_found() -> None:
    assert len(CONSOLE) > 30
    assert len(PYTHON) == 8


def test_the_checks_on_output_can_fail() -> None:
    assert loosely("f 104 agree") != loosely("f 105 agree")
    assert loosely("0.1234567891") != loosely("0.1234567991")


def test_there_is_a_page_for_each_topic_and_no_other() -> None:
    assert PAGES.keys() == set(TOPICS)


@for_all("topic", TOPICS)
def test_a_page_begins_with_its_title_and_what_it_is_for(topic: str) -> None:
    title, nothing, line, after = PAGES[topic].split("\n")[:4]
    assert title.startswith("# ")
    assert (nothing, after) == ("", "")
    assert line.endswith(".")
    assert len(line) <= 110
    assert line in contents()
    assert purpose(topic) == line


@for_all("topic", TOPICS)
def test_what_is_made_of_the_tables_is_up_to_date(topic: str) -> None:
    assert written(PAGES[topic]) == PAGES[topic], "run: python -m tests.make_manual"


def test_every_option_and_the_functions_are_made_of_the_tables() -> None:
    marks = re.findall(r"<!-- (?:options: )?(\w+) -->\n\|", PAGES["options"])
    assert set(marks) == {*Panel, "short"}
    assert all(f"`{option.flag}" in PAGES["options"] for option in OPTIONS)
    assert "<!-- functions -->\n- trigonometric: `sin(x)`" in PAGES["functions"]


def test_a_reader_sees_no_marks() -> None:
    assert not [topic for topic in TOPICS if "<!--" in page(topic)]


def test_the_readme_and_the_packages_data_know_the_pages() -> None:
    assert '"manual/*.md"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@for_all(
    ("word", "hint"),
    [
        ("verdict", "see deriv --manual verdicts"),
        ("Limits", "see deriv --manual limits"),
        ("func", "see deriv --manual functions"),
        ("pyhton", "see deriv --manual python"),
        ("pager", "see deriv --manual scripts"),
        ("zzz", "deriv --manual lists the topics"),
        (" ", "deriv --manual lists the topics"),
        ("../setup", "deriv --manual lists the topics"),
    ],
)
def test_a_topic_that_there_is_not_gets_a_near_one(word: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        page(word)
    assert (caught.value.message, caught.value.hint) == (f"the manual has no topic `{word}`", hint)


def test_a_word_that_no_title_has_leads_to_the_pages_that_have_it_most_often() -> None:
    with pytest.raises(UsageError) as caught:
        page("tangents")
    assert caught.value.suggestions[0] == "derivatives"
    assert len(caught.value.suggestions) <= 3


def test_a_terminal_gets_tables_and_no_marks_of_markdown() -> None:
    shown = render(page("limits"), Canvas(width=60))
    assert "# Limits" not in shown
    assert re.search(r"^ nesting +500 levels$", shown, re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= 60
    assert "\x1b" not in shown
    assert "\x1b[" in render(page("limits"), Canvas(width=60, color=True))


def test_the_names_that_python_takes_are_said() -> None:
    said = re.search(r"has the names of the options: (.*?)\. A value", PAGES["python"], re.DOTALL)
    assert said is not None
    assert set(re.findall("`(\\w+)`", said[1])) == {option.key for option in OPTIONS if option.python}


def test_every_status_every_kind_and_every_proof_is_explained() -> None:
    explained = re.findall(r"^\| (?:[a-z ]+ \| )?`(\w+)` \| \w", PAGES["verdicts"], re.MULTILINE)
    assert set(explained) - {"kind", "proof"} == {*Status, *Kind, *Proof}


def test_every_exit_code_is_explained() -> None:
    table = PAGES["scripts"].partition("| exit code |")[2].partition("\n\n")[0]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert codes == {*ExitCode} - {ExitCode.BROKEN_PIPE}


def test_every_field_of_the_json_is_explained() -> None:
    schema = json.loads((ROOT / "derivcli" / "result.schema.json").read_text(encoding="utf-8"))
    parts = schema["$defs"].keys() - {"graph", "operation", "saved", "edge", "leaf", "arrival"}
    fields = {field for part in parts for field in schema["$defs"][part].get("properties", {})}
    said = set(re.findall(r"`(\w+)`", PAGES["json"]))
    assert {field for field in fields if not field.endswith("_special")} - said == set()


def readings() -> list[tuple[str, str]]:
    """Return what the manual says a text is read as: the rows whose cells name as many texts as readings."""
    table = PAGES["language"].partition("| write | is read as | because |")[2].partition("\n\n")[0]
    cells = [[re.findall("`([^`]+)`", cell) for cell in line.split("|")[1:3]] for line in table.splitlines()[2:]]
    return [pair for texts, forms in cells if len(texts) == len(forms) for pair in zip(texts, forms, strict=True)]


@for_all(("text", "form"), readings())
def test_a_text_is_read_as_the_manual_says(text: str, form: str) -> None:
    assert parse(text).tree == parse(form).tree


def test_the_manual_says_how_nineteen_texts_are_read() -> None:
    assert len(readings()) == 19


ASKING = re.findall(
    r"^\| (.+) \| .* \|$", PAGES["language"].partition("## As people ask")[2].partition("## ")[0], re.MULTILINE
)


@for_all("text", [text for row in ASKING for text in re.findall("`([^`]+)`", row)])
def test_what_the_manual_says_that_people_ask_is_a_derivative(text: str) -> None:
    assert parse(text).asked is not None


REFUSED = re.search(r"\| (.*) \| refused, with both forms", PAGES["language"])


@for_all("text", re.findall("`([^`]+)`", REFUSED[1] if REFUSED else ""))
def test_a_text_is_refused_as_the_manual_says(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_a_block_of_python_asserts_something() -> None:
    assert all(any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(block))) for _, block in PYTHON)
