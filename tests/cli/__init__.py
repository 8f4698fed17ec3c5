"""Tests of the command; what they share."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from derivcli.__main__ import run
from derivcli.cli.streams import Environment
from tests import runaway

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

gc.enable()  # the command switches it off; the process of the tests lives long

SCRIPT = str(Path(sysconfig.get_path("scripts"), "deriv"))
SCHEMA = json.loads(files("derivcli").joinpath("result.schema.json").read_text(encoding="utf-8"))
SECONDS = 60  # no process of these tests may take longer
RUNAWAY = (runaway.RUNAWAY, "--at", f"x={runaway.AT}")
_ASIDE = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "LC_ALL", "LANG", "PYTHONPATH")

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc or writes to /dev/full")


class Stream(io.TextIOWrapper):
    """A standard stream in memory, with an encoding, that may pose as a terminal."""

    def __init__(self, content: bytes = b"", encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding=encoding, newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def content(self) -> bytes:
        self.flush()
        held = self.buffer
        assert isinstance(held, io.BytesIO)
        return held.getvalue()

    @property
    def text(self) -> str:
        return self.content.decode(self.encoding)


class Broken(Stream):
    """A stream on which nothing can be written, as text or as bytes."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    @property
    def buffer(self) -> Any:
        return self

    def write(self, text: Any) -> int:
        raise self._error


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run of the command left: its exit code and what stands on its streams."""

    code: int
    out: str
    err: str


def deriv(*arguments: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None) -> Answer:
    """Run the command in this process, with streams in memory that are no terminal."""
    out, err = Stream(), Stream()
    code = run(arguments, Environment(Stream(stdin), out, err, variables or {}))
    return Answer(code, out.text, err.text)


def on_screen(*arguments: str, variables: Mapping[str, str] | None = None) -> Answer:
    """Run the command in this process, on streams that pose as a terminal."""
    out, err = Stream(terminal=True), Stream(terminal=True)
    code = run(arguments, Environment(Stream(terminal=True), out, err, variables or {}))
    return Answer(code, out.text, err.text)


def writing_to(stdout: Stream | None, *arguments: str) -> tuple[int, str]:
    """Run the command with this standard output; return its exit code and what stands on stderr."""
    err = Stream()
    return run(arguments, Environment(Stream(), stdout, err, {})), err.text


def process(
    arguments: Sequence[str | bytes],
    *,
    command: Sequence[str] = (SCRIPT,),
    stdin: bytes = b"",
    cwd: Path | None = None,
    stdout: int = subprocess.PIPE,
    variables: Mapping[str, str] | None = None,
) -> Answer:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [*command, *arguments],
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=clean(variables),
        timeout=SECONDS,
        check=False,
    )
    return Answer(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def shell(line: str, cwd: Path | None = None, variables: Mapping[str, str] | None = None) -> Answer:
    """Run a line of shell in which `$deriv` is the command; the exit code is the shell's."""
    return process([line], command=("/bin/sh", "-c"), cwd=cwd, variables={"deriv": SCRIPT, **(variables or {})})


def clean(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment without what would change the output, and with these variables."""
    return {**{name: value for name, value in os.environ.items() if name not in _ASIDE}, **(variables or {})}


def complaint(*arguments: str, stdin: bytes = b"") -> str:
    """Return what the command says to a call that it refuses, which is nothing on stdout and an exit code."""
    answer = deriv(*arguments, stdin=stdin)
    assert answer.code != 0
    assert answer.out == ""
    return answer.err


def error_object(text: str) -> dict[str, Any]:
    """Return the error of a JSON object on stderr, after holding it against the schema."""
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    validator("error").validate(json.loads(text))
    found: dict[str, Any] = json.loads(text)["error"]
    return found


def validator(definition: str) -> Draft202012Validator:
    """Return a validator for one definition of the schema."""
    return Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]})


def is_harmless(text: str) -> bool:
    """Tell whether a terminal would act on nothing in a text but its line ends."""
    return all(character == "\n" or character.isprintable() for character in text)
