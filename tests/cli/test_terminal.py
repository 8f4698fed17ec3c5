"""The command on a terminal, which is a pty of 80 or 120 columns."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from typing import TYPE_CHECKING

import pytest

from tests.cli import SCRIPT, SECONDS, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
LONG = "sin(x)^3*cos(y)^2 + exp(-x*y)/(1+x^2+y^2) + log(1+x^2)*sqrt(y) + atan2(x, y)"
READ_AS = "sin(x)^3*cos(y)^2 + exp(-x*y)/(1 + x^2 + y^2) + log(1 + x^2)*sqrt(y) + atan2(x, y)"


def on_terminal(*arguments: str, columns: int = 80, variables: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run the command with all its streams on a pty; return its exit code and what the terminal was sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = clean({"TERM": "xterm", **(variables or {})})
    running = subprocess.Popen([SCRIPT, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    sent = b""
    while piece := _read(ours):
        sent += piece
    os.close(ours)
    return running.wait(SECONDS), sent.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # Linux has no end of file on a pty
        return b""


def plain(text: str) -> str:
    return ESCAPE.sub("", text)


@pytest.mark.nightly
def test_a_terminal_gets_a_table_in_colour() -> None:
    assert on_terminal("abs(x)", "--at", "x=0") == (
        4,
        "  \x1b[1mf(x) \x1b[0m = abs(x)\n"
        "  \x1b[1mdf/dx\x1b[0m = sign(x)\n"
        "\n"
        "  \x1b[1mf\x1b[0m has no derivative at x = 0: \x1b[31ma corner (left slope -1, right slope 1)\x1b[0m\n"
        "\n"
        "  at x = 0   autograd   symbolic   difference   verdict\n"
        "  ───────────────────────────────────────────────────────────────────\n"
        "  \x1b[1mf\x1b[0m                 \x1b[1m0\x1b[0m          0            0   \x1b[32magree, proved\x1b[0m\n"
        "  \x1b[1mdf/dx\x1b[0m             0          0            –   \x1b[31mno derivative: corner\x1b[0m\n"
        "\n"
        "  \x1b[1mdf/dx\x1b[0m: torch returns 0 by convention, which is not the answer\n",
    )


# What else is no colour is tried without a process, in `test_app`.
@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        pytest.param((), {"NO_COLOR": "1"}, marks=pytest.mark.nightly),  # an error is tried below
        pytest.param((), {"TERM": "dumb"}, marks=pytest.mark.nightly),
        pytest.param(("--color", "never"), {}, marks=pytest.mark.nightly),
    ],
    ids=["NO_COLOR", "TERM=dumb", "--color never"],
)
def test_a_terminal_that_refuses_colour_gets_none(arguments: tuple[str, ...], variables: dict[str, str]) -> None:
    code, sent = on_terminal("x^2", "--at", "x=3", *arguments, variables=variables)
    assert code == 0
    assert "\x1b" not in sent
    assert "  df/dx             6          6            0   agree\n" in sent


# Formulas that nobody verifies need no torch, which takes seconds to load. By day an error is in colour, below.
@pytest.mark.nightly
def test_a_terminal_gets_formulas_in_colour() -> None:
    assert on_terminal("x^2", "--verify", "off") == (
        0,
        "  \x1b[1mf(x) \x1b[0m = x^2\n  \x1b[1mdf/dx\x1b[0m = 2x\n\n  not checked against autograd at any point\n",
    )


def test_formulas_are_as_wide_as_the_terminal_and_lose_nothing() -> None:
    code, sent = on_terminal(LONG, "--verify", "off")
    lines = plain(sent).splitlines()
    assert code == 0
    assert 60 < max(map(len, lines)) <= 80
    assert "…" not in sent
    assert f"f(x, y) = {READ_AS} ∂f/∂x = " in " ".join(plain(sent).split())


@pytest.mark.nightly
@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_is_as_wide_as_the_terminal_and_loses_nothing(columns: int) -> None:
    code, sent = on_terminal(LONG, "--at", "x=0.123456789,y=1.23456789", columns=columns)
    lines = plain(sent).splitlines()
    assert code == 0
    assert max(map(len, lines)) <= columns
    assert max(map(len, lines)) > columns - 20
    assert "…" not in sent
    joined = " ".join(plain(sent).split())
    assert f"f(x, y) = {READ_AS} ∂f/∂x = " in joined
    assert len(re.findall(r"-?\d\.\d{10,}", joined)) >= 6


@pytest.mark.nightly  # what the terminal says of its size is tried above, and narrow tables in `tests/document`
def test_a_terminal_of_a_few_columns_gets_every_number_all_the_same() -> None:
    code, sent = on_terminal("sin(x)", "--at", "x=1", columns=24)
    assert code == 0
    assert "0.8414709848078965" in plain(sent)
    assert "0.5403023058681398" in plain(sent)


def test_an_error_on_a_terminal_has_colour_but_no_markup() -> None:
    code, sent = on_terminal("[red]x+")
    said = "something is missing after `+`\n  [red]x+\n        ^\n"
    assert (code, sent) == (3, f"\x1b[1;31merror:\x1b[0m {said}")
    assert on_terminal("[red]x+", variables={"NO_COLOR": "1"}) == (3, f"error: {said}")


def test_what_is_typed_is_read_by_a_minus() -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"x^2+\n\x04")
    running = subprocess.run(
        [SCRIPT, "-", "--at", "x=3", "--quiet"], stdin=theirs, capture_output=True, env=clean(), timeout=SECONDS
    )
    os.close(theirs)
    os.close(ours)
    said = b"error: something is missing after `+`\n  x^2+\n     ^\n"
    assert (running.returncode, running.stdout, running.stderr) == (3, b"", said)


@pytest.mark.parametrize("columns", [80, 120])
def test_help_fits_the_terminal(columns: int) -> None:
    code, sent = on_terminal("--help", columns=columns)
    assert code == 0
    assert max(map(len, plain(sent).splitlines())) <= columns


def test_help_breaks_no_word_at_80_columns() -> None:
    assert not re.search(r"\|val\s", plain(on_terminal("--help")[1]))


def test_help_without_colour_has_no_escape_codes() -> None:
    assert "\x1b" not in on_terminal("--help", variables={"NO_COLOR": "1", "TERM": "dumb"})[1]
