"""What is made on the pages of the manual and the README: `python -m tests.make_manual` writes it.

Tables of options and of exit codes, and the list of functions, come from the tables of the program. With `--blocks` the
commands of all console blocks are run, and what they print is written below them: read the difference.
"""

from __future__ import annotations

import re
import sys
from contextlib import chdir
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from derivcli.document import Canvas, Format
from derivcli.document.functions import render_functions
from derivcli.language.catalogue.search import LISTED
from derivcli.model.option import Panel, partners
from derivcli.model.options import OPTIONS
from tests.documented import MANUAL, README, runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from derivcli.model.option import Option

_SECTION = re.compile(r"<!-- (options: )?(\w+) -->\n(?:.*?\n)??<!-- end -->", re.DOTALL)
_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```\n)", re.DOTALL)


def pages() -> list[Path]:
    """Return the README and the pages of the manual."""
    return [README, *sorted(MANUAL.glob("*.md"))]


def functions() -> str:
    """Return the list of functions in Markdown."""
    return render_functions(LISTED, Format.MARKDOWN, Canvas()).rstrip()


def section(name: str, options: Sequence[Option] = OPTIONS) -> str:
    """Return a table in Markdown: the options of a panel, or the short ones."""
    rows = _short(options) if name == "short" else _panel(Panel(name), options)
    head, *others = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join((head, "|---" * len(rows[0]) + "|", *others))


def _panel(panel: Panel, options: Sequence[Option]) -> list[tuple[str, ...]]:
    asks = panel is Panel.WHAT
    rows = [
        (_usage(option), _prose(option), *([_marked(partners(option, options))] if asks else []))
        for option in options
        if option.panel is panel
    ]
    return [("option", "what it does", *(["goes with"] if asks else [])), *rows]


def _short(options: Sequence[Option]) -> list[tuple[str, ...]]:
    rows = [(f"`{option.short}`", f"`{option.flag}`", _marked(option.help)) for option in options if option.short]
    return [("short", "long", "what it does"), *rows]


def _usage(option: Option) -> str:
    value = option.shown_value if option.may_stand_alone else option.example
    names = ", ".join(f"`{name}`" for name in (option.short,) if name)
    return ", ".join(filter(None, (f"`{' '.join(filter(None, (option.flag, value)))}`", names)))


def _prose(option: Option) -> str:
    default = f"Default: `{option.default}`." if option.default not in (None, False, "", ()) else ""
    return _marked(" ".join(filter(None, (option.help, option.more, default))).replace("|", r"\|"))


def _marked(text: str) -> str:
    return re.sub(r"--[a-z-]+", lambda name: f"`{name[0]}`", text)


def written(text: str) -> str:
    """Return a page with its tables and lists made anew."""

    def made(found: re.Match[str]) -> str:
        mark = found[0].partition("\n")[0]
        return f"{mark}\n{section(found[2]) if found[1] else functions()}\n<!-- end -->"

    return _SECTION.sub(made, text)


def run_anew(text: str) -> str:
    """Return a page with what its commands print now."""

    def made(block: re.Match[str]) -> str:
        with TemporaryDirectory() as folder, chdir(folder):
            return "".join(f"$ {run.command}\n{run.printed}" for run in runs(block[0].rstrip("\n")))

    return _CONSOLE.sub(made, text)


if __name__ == "__main__":
    make = run_anew if "--blocks" in sys.argv else written
    for path in pages():
        path.write_text(make(path.read_text(encoding="utf-8")), encoding="utf-8")
