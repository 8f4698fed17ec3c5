"""The blocks of a page: what a reader would type, run in this process.

A process of `deriv` costs a second of the processor, a call in this process a few hundredths. So what pages ask of a
shell is done here: `echo TEXT | deriv`, `deriv | jq` and `echo $?`. `cat FILE` makes the file that it shows.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.cli import Answer, deriv

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MANUAL = ROOT / "derivcli" / "manual"

_BLOCK = re.compile(r"```(\w+)\n(.*?)\n```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e[+-]?\d+)?|(?<![\w.])-?\d+e[+-]?\d+")
_LINE = re.compile(
    r"""(?:echo "(?P<text>[^"]*)" \| )?(?P<deriv>deriv (?:[^|<>;&"']|"[^"]*"|'[^']*')*)"""
    r"""(?:\| jq (?P<compact>-c )?'(?P<program>[^']*)')?"""
)


@dataclass(frozen=True, slots=True)
class Run:
    """A command of a block, what the page shows below it, and what it printed."""

    command: str
    shown: str
    printed: str


def blocks(text: str, kind: str) -> list[str]:
    """Return the blocks of one kind on a page: `console`, `python`, `sh`."""
    return [block for name, block in _BLOCK.findall(text) if name == kind]


def commands(block: str) -> list[tuple[str, str]]:
    """Return each command of a console block with the output that follows it."""
    return [(command, output) for command, output in _COMMAND.findall(block + "\n")]


def runs(block: str) -> Iterator[Run]:
    """Run the commands of a block one after the other in the current folder, as a person would."""
    code = 0
    for command, shown in commands(block):
        answer = _run(command, shown, code)
        code = answer.code
        yield Run(command, shown, answer.out + answer.err)


def _run(command: str, shown: str, code: int) -> Answer:
    if command == "echo $?":
        return Answer(0, f"{code}\n", "")
    if command.startswith("cat "):
        return _shown_file(Path(command.removeprefix("cat ")), shown)
    whole = _LINE.fullmatch(command)
    assert whole is not None, f"no shell runs this: {command}"
    name, *arguments = shlex.split(whole["deriv"])
    assert name == "deriv"
    answer = deriv(*arguments, stdin=f"{whole['text'] or ''}\n".encode())
    return _by_jq(answer, whole["program"], compact=bool(whole["compact"])) if whole["program"] else answer


def _by_jq(answer: Answer, program: str, *, compact: bool) -> Answer:
    """Return what jq makes of an answer; its Python binding, since few machines have the command."""
    import jq

    found = jq.compile(program).input_text(answer.out).all()
    style: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 2}
    return Answer(0, "".join(f"{json.dumps(value, **style)}\n" for value in found), answer.err)


def _shown_file(path: Path, shown: str) -> Answer:
    if not path.exists():
        path.write_text(shown, encoding="utf-8")
    return Answer(0, path.read_text(encoding="utf-8"), "")


def loosely(output: str) -> list[str]:
    """Return the words of an output, numbers to nine digits: the last ones depend on the processor."""
    rounded = _NUMBER.sub(lambda match: _to_nine_digits(float(match.group())), output)
    return [word for word in rounded.split() if word.strip("─")]


def _to_nine_digits(number: float) -> str:
    return "tiny" if abs(number) < 1e-13 else f"{number:.9g}"
