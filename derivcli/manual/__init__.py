"""The manual: a page of Markdown for each topic, shown by `deriv --manual`.

A page begins with its title and, in a line of its own, what it is for. Blocks on the pages are run by the tests; tables
of options and lists of functions are made from the tables of the program by `python -m tests.make_manual`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.errors import UsageError
from derivcli.language.names import misspelt
from derivcli.model.options import TOPICS

if TYPE_CHECKING:
    from derivcli.document import Canvas

_MARK = re.compile(r"^<!--.*-->\n", re.MULTILINE)  # where a maker writes: nothing that a reader needs
_MOST_PAGES = 3  # in a hint: more are a list to be searched
_BEGINNING = 3  # letters that tell a topic: `func`
_WIDEST = 100  # columns: lines that are longer are hard to read
_HISTORY = "changes"  # a page that names everything, and explains nothing
_STYLES = {"markdown.code": "cyan"}  # rich's own has a black ground, which not every terminal has
_GAPS = re.compile(r"\n{3,}")  # blank lines that rich puts around a block


def page(topic: str) -> str:
    """Return the page of a topic as Markdown.

    Raises `UsageError` for a topic that there is not, with those that were meant or that speak of it.
    """
    if topic not in TOPICS:
        found = _meant(topic)
        hint = f"see deriv --manual {' or '.join(found)}" if found else "deriv --manual lists the topics"
        raise UsageError(f"the manual has no topic `{topic}`", hint=hint, suggestions=found)
    return _MARK.sub("", _read(topic))


def contents() -> str:
    """Return the list of topics as Markdown, each with what it is for."""
    topics = "\n".join(f"- `{topic}`: {purpose(topic)}" for topic in TOPICS)
    return f"# The manual of deriv\n\n{topics}\n\n`deriv --manual TOPIC` shows the page of a topic.\n"


def purpose(topic: str) -> str:
    """Return what a page is for: its first line below the title."""
    return _read(topic).split("\n", 3)[2]


def render(text: str, canvas: Canvas) -> str:
    """Return Markdown as a terminal shows it."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    console = Console(
        file=io.StringIO(),
        width=min(canvas.width or _WIDEST, _WIDEST),
        color_system="standard" if canvas.color else None,
        force_terminal=canvas.color,
        force_jupyter=False,
        legacy_windows=False,
        theme=Theme(_STYLES),
        _environ={},
    )
    with console.capture() as capture:
        console.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
    return _GAPS.sub("\n\n", "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def _read(topic: str) -> str:
    return Path(__file__).with_name(f"{topic}.md").read_text(encoding="utf-8")


def _meant(word: str) -> tuple[str, ...]:
    """Return the topics that a word begins or is a slip for, else those whose pages have it most often."""
    begun = [topic for topic in TOPICS if len(word) >= _BEGINNING and topic.startswith(word.lower())]
    near = tuple(dict.fromkeys([*misspelt(word, TOPICS), *begun]))
    if near:
        return near
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    counts = {topic: len(whole.findall(_read(topic))) for topic in TOPICS if word.strip() and topic != _HISTORY}
    return tuple(sorted(filter(counts.get, counts), key=lambda topic: -counts[topic])[:_MOST_PAGES])
