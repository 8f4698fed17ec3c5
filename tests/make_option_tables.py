"""The README's tables of options, made from the table: `python -m tests.make_option_tables` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from derivcli.model.options import OPTIONS, Panel, partners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model.options import Option

README = Path(__file__).parents[1] / "README.md"
_SECTION = re.compile(r"<!-- options: (\w+) -->\n.*?\n<!-- end of options -->", re.DOTALL)


def section(name: str, options: Sequence[Option] = OPTIONS) -> str:
    """Return what stands between the marks: the options of a panel, or the short ones."""
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
    """Return a text with its tables made anew."""
    return _SECTION.sub(lambda f: f"<!-- options: {f[1]} -->\n{section(f[1])}\n<!-- end of options -->", text)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
