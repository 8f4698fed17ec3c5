"""The man page: it holds the whole table, and roff reads it without a word."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from derivcli.cli.helptext import EXAMPLES, EXIT_CODES, READINGS
from derivcli.cli.manpage import page
from derivcli.errors import ExitCode
from derivcli.manual import purpose
from derivcli.model.option import Panel
from derivcli.model.options import OPTIONS, TOPICS
from tests.cli import deriv

_GLYPHS = {r"\-": "-", r"\(ha": "^", r"\(ti": "~", r"\(ga": "`", r"\(aq": "'", r"\(dq": '"', r"\e": "\\"}


def plain(text: str) -> str:
    """Return roff without its fonts and with the characters that its escapes stand for."""
    without = re.sub(r"\\f[BRI]|\\&", "", text)
    return re.sub(r"\\(?:-|e|\(..)", lambda glyph: _GLYPHS[glyph[0]], without)


def test_the_command_prints_the_page() -> None:
    answer = deriv("--man")
    assert (answer.code, answer.out, answer.err) == (0, page(), "")


def test_the_page_holds_all_that_the_table_says_in_its_order() -> None:
    rest = plain(page()).partition(".SH OPTIONS\n")[2]
    for panel in Panel:
        head, rest = rest.split(f".SS {panel}\n", 1)
        assert not head.strip() or panel is not Panel.WHAT
        for option in (option for option in OPTIONS if option.panel is panel):
            for part in (option.flag, option.shown_value, option.help, option.more):
                assert part in rest, (option.name, part)
            rest = rest.partition(option.help)[2]


def test_the_page_has_the_examples_the_readings_and_the_exit_codes() -> None:
    text = plain(page())
    for example, caption in EXAMPLES:
        assert f"{example}\n{caption}\n" in text
    assert all(written in text and meaning in text for written, meaning in READINGS)
    assert all(f".TP\n{code}\n{meaning}\n" in text for code, meaning in EXIT_CODES.items())


def test_the_page_names_the_pages_of_the_manual() -> None:
    assert all(f"\nderiv --manual {topic}\n{purpose(topic)}\n" in plain(page()) for topic in TOPICS)


def test_the_exit_codes_are_those_of_an_answer() -> None:
    assert set(EXIT_CODES) == {int(code) for code in ExitCode if code <= ExitCode.LIMIT}


def test_no_line_of_text_is_a_request() -> None:
    known = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".nf", ".fi", ".nh", ".ad"}
    assert {line.split()[0] for line in page().splitlines() if line[:1] in (".", "'")} == known


@pytest.mark.parametrize(
    "command", [["groff", "-man", "-ww", "-z", "-Tutf8"], ["mandoc", "-man", "-W", "error"]], ids=lambda c: str(c[0])
)
def test_roff_reads_the_page_without_a_word(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, input=page(), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_shows_the_page() -> None:
    done = subprocess.run(["man", "-l", "-"], input=page(), capture_output=True, text=True, timeout=60, check=False)
    shown = re.sub(".\b", "", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    for option in OPTIONS:
        assert re.search(rf"^ +(-., )?.*{option.flag}\b", shown, re.MULTILINE), option.name
    assert 'deriv "x^2+y^2=25" --at x=3,y=4 --implicit y\n' in shown
