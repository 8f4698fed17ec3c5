"""`deriv --manual`: Markdown in a pipe and in a file, a pager on a terminal, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.manual import contents, page
from derivcli.model.options import TOPICS
from tests.cli import complaint, deriv, on_screen
from tests.cli.test_terminal import on_terminal, plain
from tests.every import for_all

if TYPE_CHECKING:
    from pathlib import Path


@for_all("topic", TOPICS)
def test_a_pipe_gets_the_page_as_it_is_written(topic: str) -> None:
    answer = deriv("--manual", topic)
    assert (answer.code, answer.out, answer.err) == (0, page(topic), "")
    assert deriv(f"--manual={topic}") == answer


def test_without_a_topic_the_topics_are_listed_with_a_line_each() -> None:
    answer = deriv("--manual")
    assert (answer.code, answer.out) == (0, contents())
    assert "\n- `limits`: How large, how deep" in answer.out


def test_a_file_gets_the_page_too(tmp_path: Path) -> None:
    file = tmp_path / "limits.md"
    assert on_screen("--manual", "limits", "-o", str(file)).out == ""
    assert file.read_text(encoding="utf-8") == page("limits")


def test_a_topic_that_there_is_not_is_an_error_on_stderr() -> None:
    assert complaint("--manual", "verdict") == (
        "error: the manual has no topic `verdict`\nhint: see deriv --manual verdicts\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--manual", "limits", "x^2"], "--manual shows a page, and takes no `x^2`"),
        (["x^2", "--manual"], "--manual shows a page, and takes no `x^2`"),
        (["--manual", "limits", "--at", "x=2"], "--manual shows a page, and takes no --at"),
        (["--manual", "limits", "--functions"], "--manual shows a page, and takes no --functions"),
        (["--manual", "--steps"], "--manual shows a page, and takes no --steps"),
        (["--manual", "--plot"], "--manual shows a page, and takes no --plot"),
        (["--manual", "--csv"], "--manual has no format csv"),
    ],
)
def test_what_no_page_can_be_asked_for_is_refused(arguments: list[str], message: str) -> None:
    assert complaint(*arguments).startswith(f"error: {message}\nhint: ")


def test_a_terminal_gets_the_page_laid_out_and_markdown_if_that_is_asked_for() -> None:
    shown = on_screen("--manual", "limits", "--color", "never").out
    assert "500 levels" in shown
    assert "|" not in shown
    assert on_screen("--manual", "limits", "--format", "markdown").out == page("limits")


@pytest.mark.parametrize(
    ("pager", "seen"),
    [("tr a-z A-Z", "500 LEVELS"), ("cat", "500 levels"), ("no-such-pager", "500 levels"), ("", "500 levels")],
)
def test_a_terminal_gets_the_page_through_the_users_pager(pager: str, seen: str) -> None:
    code, shown = on_terminal("--manual", "limits", variables={"PAGER": pager})
    assert code == 0
    assert seen in plain(shown)
    assert plain(shown).count("4 GiB") + plain(shown).count("4 GIB") == 1


def test_a_terminal_that_is_too_simple_for_a_pager_gets_none() -> None:
    code, shown = on_terminal("--manual", "limits", variables={"PAGER": "tr a-z A-Z", "TERM": "dumb"})
    assert (code, "500 levels" in shown) == (0, True)
