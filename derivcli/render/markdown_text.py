"""Markdown (GitHub's dialect) in small: a row of a table, code, prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&]|^[#+-])")


def line(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Escape what would end a cell: a pipe does so inside a code span too."""
    return text.replace("|", "\\|")


def code(text: str) -> str:
    """Return a code span with a fence longer than any run of backticks inside."""
    text = visible(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def prose(text: str) -> str:
    """Escape a sentence, and keep what it quotes in backticks as code."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0 or not all(parts[1::2]):
        return _SPECIAL.sub(r"\\\1", visible(text))
    quoted = [code(part) if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts)]
    return "".join(quoted)
