"""Completion scripts: what they hold, and what bash, zsh and fish make of them."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from derivcli.cli.completion import functions, script
from derivcli.language.catalogue import CONSTANTS, FUNCTIONS
from derivcli.model.option import ValueKind
from derivcli.model.options import OPTIONS
from tests.cli import deriv

if TYPE_CHECKING:
    from pathlib import Path

SHELLS = ("bash", "zsh", "fish")
# What readline would do at a TAB: the words before the cursor, split as bash splits them.
_AT_TAB = """
source script
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_deriv deriv "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a folder with a script for each shell, and a file of points."""
    for shell in SHELLS:
        (tmp_path / f"script.{shell}").write_text(script(shell), encoding="utf-8")
    (tmp_path / "data.csv").write_text("x\n1\n", encoding="utf-8")
    return tmp_path


def ran(here: Path, *command: str) -> list[str]:
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_prints_the_script(shell: str) -> None:
    answer = deriv("--completion", shell)
    assert (answer.code, answer.out, answer.err) == (0, script(shell), "")


def test_a_shell_nobody_knows_is_refused() -> None:
    answer = deriv("--completion", "tcsh")
    assert (answer.code, answer.err) == (2, "error: --completion is bash, zsh, fish, not `tcsh`\n")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_holds_every_option_every_value_and_every_function(shell: str) -> None:
    words = set(re.findall(r"[\w-]+", script(shell)))
    assert {row.name for row in FUNCTIONS.values()} | CONSTANTS.keys() <= words
    for option in OPTIONS:
        assert {option.name if shell == "fish" else option.flag, *option.words} <= words, option.name


def test_a_script_starts_no_python() -> None:
    for shell in SHELLS:
        lines = [line for line in script(shell).splitlines() if "deriv" in line and not line.startswith("#")]
        assert not [line for line in lines if re.search(r"[$(`]\(?deriv ", line)]


@pytest.mark.parametrize("shell", [pytest.param(shell, marks=needs(shell)) for shell in SHELLS])
def test_the_shell_can_read_its_script(shell: str, here: Path) -> None:
    assert ran(here, shell, "-n", f"script.{shell}") == []


@needs("bash")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("deriv --for", ["--format"]),
        ("deriv x --format js", ["json", "jsonl"]),
        ("deriv x --format = l", ["latex"]),
        ("deriv x --dtype =", ["float64", "float32"]),
        ("deriv --completion ''", ["bash", "zsh", "fish"]),
        ("deriv --manual p", ["pasting", "plots", "python"]),
        ("deriv x --verify s", ["sample"]),
        ("deriv x --at ''", [""]),
        ("deriv x --order 2 --ha", [""]),
        ("deriv x --plot --hes", ["--hessian"]),
        ("deriv x --graph at", ["attributes"]),
        ("deriv x --graph --hes", ["--hessian"]),
        ("deriv 'x*airyaip'", ["x*airyaiprime", "x*airyaiprime("]),
        ("deriv 'sin(x) + 3 cot'", ["sin(x) + 3 cot", "sin(x) + 3 coth"]),
        ("deriv '*hyp'", ["*hypot", "*hyp1f1", "*hyp2f1"]),
        ("deriv '2'", [""]),
        ("deriv ''", [""]),
    ],
)
def test_bash_completes(words: str, found: list[str], here: Path) -> None:
    line = _AT_TAB.format(words=words).replace("source script", "compopt() { :; }; source ./script.bash")
    assert ran(here, "bash", "--norc", "-c", line) == found


@needs("bash")
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("deriv --comp\tba\t", "deriv --completion bash "),
        ("deriv x --format=js\tl\t", "deriv x --format=jsonl "),
        ("deriv x --points da\t", "deriv x --points data.csv "),
        ("deriv x --points=da\t", "deriv x --points=data.csv "),
        ("deriv x --plot da\t", "deriv x --plot data.csv "),
        ("deriv x --graph att\t", "deriv x --graph attributes "),
        ("deriv x --graph da\t", "deriv x --graph data.csv "),
        ('deriv "2 + Lam\t', 'deriv "2 + LambertW'),
        ("deriv 3*Lam\t", "deriv 3*LambertW"),
        ("deriv da\t", "deriv dawson"),
    ],
)
def test_bash_completes_what_a_person_types(typed: str, line: str, here: Path) -> None:
    setup = """source ./script.bash; bind -x '"\\C-g": printf %s "$READLINE_LINE" > new; mv new line'"""
    assert on_terminal(["bash", "--norc", "-i"], here, setup, typed) == line


@needs("zsh")
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("deriv --comp\tba\t", "deriv --completion=bash "),
        ("deriv x --points da\t", "deriv x --points data.csv "),
        ("deriv x --graph att\t", "deriv x --graph attributes "),
        ("deriv x --graph=da\t", "deriv x --graph=data.csv "),
        ('deriv "2 + Lam\t', 'deriv "2 + LambertW'),
        ("deriv x --js\t", "deriv x --json "),
    ],
)
def test_zsh_completes_what_a_person_types(typed: str, line: str, here: Path) -> None:
    setup = (
        "autoload -Uz compinit; compinit -u -D; source ./script.zsh;"
        " show() { print -rn -- $BUFFER > new; mv new line }; zle -N show; bindkey '^G' show"
    )
    assert on_terminal(["zsh", "-f", "-i"], here, setup, typed) == line


@needs("fish")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("deriv --for", ["--format"]),
        ("deriv x --format js", ["json", "jsonl"]),
        ("deriv x --format=l", ["--format=latex"]),
        ("deriv --completion ", ["bash", "fish", "zsh"]),
        ("deriv --manual pl", ["plots"]),
        ("deriv x --points da", ["data.csv"]),
        ("deriv x --graph da", ["data.csv", "dawson"]),  # it may stand alone, before an expression
        ("deriv x --graph att", ["attributes"]),
        ("deriv x --at ", []),
        ('deriv "x*airyai', ["x*airyai", "x*airyaiprime"]),
        ("deriv hypo", ["hypot"]),
    ],
)
def test_fish_completes(typed: str, found: list[str], here: Path) -> None:
    lines = ran(here, "fish", "--no-config", "-c", f"source script.fish; complete -C '{typed}'")
    assert [line.partition("\t")[0] for line in lines] == found


def on_terminal(command: list[str], here: Path, setup: str, typed: str) -> str:
    """Return the line of a shell on which a text has been typed; its setup makes Ctrl-G write it to a file."""
    import pty

    process, terminal = pty.fork()
    if process == 0:
        os.chdir(here)
        os.execvpe(command[0], command, {"PATH": os.environ["PATH"], "HOME": str(here), "TERM": "dumb"})  # noqa: S606
    try:
        os.write(terminal, f"{setup}; touch ready\n".encode())
        wait_for(here / "ready", terminal)
        os.write(terminal, f"{typed}\x07".encode())
        wait_for(here / "line", terminal)
    finally:
        os.close(terminal)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    return (here / "line").read_text(encoding="utf-8")


def wait_for(file: Path, terminal: int) -> None:
    """Wait until a shell has made a file; what it shows is taken from it, lest it waits for its reader."""
    end = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < end, file.name
        if select.select([terminal], [], [], 0.05)[0]:
            os.read(terminal, 4096)


def test_the_functions_are_those_that_are_listed() -> None:
    assert set(functions()) >= {*FUNCTIONS, "where", "piecewise", "pi"}
    assert len(set(functions())) == len(functions())


def test_files_are_completed_where_a_file_is_named() -> None:
    for option in OPTIONS:
        if option.kind is ValueKind.FILE:
            assert re.search(rf"{option.flag}[ |=].*(default|_files)", script("bash") + script("zsh")), option.name
