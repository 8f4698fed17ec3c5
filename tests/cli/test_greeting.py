"""What is said where nothing is asked, and that nothing is waited for."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

from derivcli.cli.helptext import GREETING
from derivcli.errors import ExitCode
from tests.cli import SCRIPT, SECONDS, clean, deriv, error_object, on_screen, shell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli import Answer

SAID = f"error: there is no expression\n\n{GREETING}\n"


def is_greeted(answer: Answer) -> bool:
    return (answer.code, answer.out, answer.err) == (ExitCode.USAGE, "", SAID)


@pytest.mark.parametrize("arguments", [(), ("--at", "x=2"), ("-q",), ("--",), ("--plot",), ("--at", "x=1,2", "--csv")])
def test_who_asks_nothing_is_told_how_to_ask(arguments: tuple[str, ...]) -> None:
    assert is_greeted(deriv(*arguments))
    assert is_greeted(deriv(*arguments, stdin=b" \n"))
    assert is_greeted(on_screen("--color", "never", *arguments))


def test_points_on_standard_input_are_no_expression() -> None:
    assert is_greeted(deriv("--points", "-", stdin=b"x\n1\n"))


@pytest.mark.parametrize("flag", ["-j", "--json"])
def test_a_program_gets_an_object(flag: str) -> None:
    answer = deriv(flag)
    assert answer.code == ExitCode.USAGE
    found = error_object(answer.err)
    assert (found["message"], found["hint"]) == (
        "there is no expression",
        'give one in quotes: deriv "x^2" --at x=3',
    )


@pytest.mark.parametrize("redirection", ["< /dev/null", "<&-", "< empty"])
def test_an_empty_call_in_a_script_is_no_success(redirection: str, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert is_greeted(shell(f'"$deriv" $EMPTY {redirection}', cwd=tmp_path))


def test_a_pipe_is_read_where_no_word_is_an_expression() -> None:
    assert deriv("--at", "x=2", "-q", stdin=b"x^2\n").out == "4.0\n"
    assert deriv("--at", "x=1,2", "-q", stdin=b"x^2\n").out == "2.0\n4.0\n"
    assert deriv("--plot", stdin=b"x^2\n") == deriv("x^2", "--plot")
    assert shell('echo "x^2+" | "$deriv" --at x=2 -q').err.splitlines()[1] == "  x^2+"


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("x^2 --at x=2 -q", marks=pytest.mark.nightly),
        "--version",
        "--functions lambert",
        "x+",
        "x --no-such",
    ],
)
def test_a_stdin_that_is_open_and_silent_is_not_waited_for(arguments: str) -> None:
    command = [SCRIPT, *arguments.split()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean()
    ) as running:
        try:
            assert running.wait(SECONDS) in (0, 2, 3)
        finally:
            running.kill()


def test_every_example_works() -> None:
    examples = re.findall(r"^  (.*?)  ", GREETING, re.MULTILINE)
    assert len(examples) == 5
    for example in examples:
        piped, _, command = example.rpartition(" | ")
        answer = deriv(*shlex.split(command)[1:], stdin=b"x^2\n" if piped else b"")
        assert (answer.code, answer.err) == (0, ""), example
    assert deriv("x^2", "--at", "x=3", "-q").out == "6.0\n"


def test_it_fits_a_terminal_of_80_columns_and_any_encoding() -> None:
    assert GREETING.isascii()
    assert max(map(len, GREETING.splitlines())) <= 80
