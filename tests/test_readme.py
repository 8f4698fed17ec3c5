"""Every block of the README is run, and its list of functions is the catalogue."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from derivcli.document import Canvas, Format
from derivcli.document.functions import render_functions
from derivcli.errors import ExpressionError
from derivcli.language.catalogue.search import LISTED
from derivcli.language.parser import parse
from derivcli.model.options import OPTIONS
from tests.cli import deriv
from tests.every import for_all
from tests.make_option_tables import written

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)\n```", README, re.DOTALL)

_NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e[+-]?\d+)?|(?<![\w.])-?\d+e[+-]?\d+")


def commands(block: str) -> list[tuple[str, str]]:
    """Return each command of a console block with the output that follows it."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", block + "\n", re.MULTILINE)
    return [(command, output) for command, output in found]


def loosely(output: str) -> list[str]:
    """Return the words of an output, numbers to nine digits: the last ones depend on the processor."""
    rounded = _NUMBER.sub(lambda match: _to_nine_digits(float(match.group())), output)
    return [word for word in rounded.split() if word.strip("─")]


def _to_nine_digits(number: float) -> str:
    return "tiny" if abs(number) < 1e-13 else f"{number:.9g}"


def functions() -> str:
    """Return the list of functions as it stands in the README."""
    return render_functions(LISTED, Format.MARKDOWN, Canvas()).rstrip()


CONSOLE = [pair for kind, block in BLOCKS if kind == "console" for pair in commands(block)]


def arguments_of(command: str) -> list[str]:
    """Return the arguments of a plain call; none where a shell is needed."""
    words = list(shlex.shlex(command, posix=True, punctuation_chars=True))
    operators = [word for word in words if set(word) <= set("();<>|&")]
    return [] if operators or "$" in command else shlex.split(command)[1:]


def by_shell(command: str) -> str:
    """Return what a shell prints of a command."""
    here = Path(__file__).parent / "bin"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], str(here)])
    found = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return found.stdout + found.stderr


@pytest.mark.parametrize(("command", "output"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_a_command_prints_what_the_readme_shows(
    command: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = arguments_of(command)
    answer = deriv(*arguments) if arguments else None
    assert loosely(by_shell(command) if answer is None else answer.out + answer.err) == loosely(output)


def test_some_commands_need_a_shell_and_some_do_not() -> None:
    assert 4 < sum(not arguments_of(command) for command, _ in CONSOLE) < len(CONSOLE) - 20
    assert all(command.startswith("deriv ") for command, _ in CONSOLE if arguments_of(command))


def test_there_are_commands_to_run() -> None:
    assert len(CONSOLE) > 15


# Each block in a module of its own, all in one process: torch takes seconds to import. A traceback names the block.
_BLOCKS = """
import json, sys
for number, block in enumerate(json.loads(sys.argv[1]), 1):
    exec(compile(block, f"block {number}", "exec"), {"__name__": "__main__"})
"""


def test_the_python_blocks_run() -> None:
    blocks = [block for kind, block in BLOCKS if kind == "python"]
    command = [sys.executable, "-c", _BLOCKS, json.dumps(blocks)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert blocks
    assert (found.returncode, found.stderr) == (0, "")


def test_the_two_commands_are_targets_that_make_knows() -> None:
    shell = [line.split("#")[0].strip() for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
    for command in (line for line in shell if line.startswith("make")):
        found = subprocess.run([*command.split(), "--dry-run"], capture_output=True, text=True, cwd=ROOT, check=False)
        assert found.returncode == 0, found.stderr
    assert {"make run", "make test", "pip install ."} <= set(shell)


def test_make_run_asks_what_the_readme_shows_first() -> None:
    found = subprocess.run(["make", "--dry-run", "run"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert any(line.endswith(CONSOLE[0][0]) for line in found.stdout.splitlines())


def test_the_list_of_functions_is_the_catalogue() -> None:
    section = re.search(r"<!-- functions -->\n(.*?)\n<!-- end of functions -->", README, re.DOTALL)
    assert section is not None
    assert section.group(1) == functions()


def test_the_tables_of_options_are_the_table() -> None:
    names = re.findall(r"<!-- options: (\w+) -->", README)
    assert names == ["What", "Where", "Numerics", "short", "Output"]
    assert written(README) == README


def test_the_names_that_python_takes_are_said() -> None:
    said = re.search(r"has the names of the options: (.*?)\. A value", README, re.DOTALL)
    assert said is not None
    assert set(re.findall("`(\\w+)`", said[1])) == {option.key for option in OPTIONS if option.python}


def readings() -> list[tuple[str, str]]:
    """Return what the README says a text is read as: the rows whose cells name as many texts as readings."""
    table = README.partition("| write | is read as | because |")[2].partition("\n\n")[0]
    cells = [[re.findall("`([^`]+)`", cell) for cell in line.split("|")[1:3]] for line in table.splitlines()[2:]]
    return [pair for texts, forms in cells if len(texts) == len(forms) for pair in zip(texts, forms, strict=True)]


@for_all(("text", "form"), readings())
def test_a_text_is_read_as_the_readme_says(text: str, form: str) -> None:
    assert parse(text).tree == parse(form).tree


def test_the_readme_says_how_ten_texts_are_read() -> None:
    assert len(readings()) == 10


REFUSED = re.search(r"\| (.*) \| refused, with both forms", README)


@pytest.mark.parametrize("text", re.findall("`([^`]+)`", REFUSED.group(1) if REFUSED else ""))
def test_a_text_is_refused_as_the_readme_says(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_the_checks_on_output_can_fail() -> None:
    assert loosely("f 104 agree") != loosely("f 105 agree")
    assert loosely("0.1234567891") != loosely("0.1234567991")
