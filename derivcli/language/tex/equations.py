r"""The number of an equation: `y = 2x + 1 \quad (3)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language.notes import Mark
from derivcli.language.tex.patterns import CLOSE, OPEN, Lexeme
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.errors import Span

_GAP = re.compile(r"\\(?:q?quad|hfill|enspace|;|hspace\*?\{[^{}]*\})|\s{2,}|(?:\\[,:> ]\s*){2,}")
_NUMBER = re.compile(r"\(\s*[0-9]+(?:\.[0-9]+)*\s*\)")
_ENDS = frozenset({NUMBER, NAME, "letters", CLOSE, "bar", "}"})
_SIGNS = frozenset({"!", "'", ".", ",", ";"})


def unnumbered(found: list[Lexeme], text: str) -> tuple[list[Lexeme], list[Mark]]:
    """Return the lexemes without the number of the equation, and what is said of it."""
    start = next((i for i in range(len(found) - 2, 0, -1) if found[i].kind == OPEN), 0)
    before = found[start - 1]
    if not start or found[start].text != "(" or not (before.kind in _ENDS or before.text in _SIGNS):
        return found, []
    group: Span = found[start].span.to(found[-2].span)
    typed = text[slice(*group)]
    if not _GAP.search(text[before.span.end : group.start]) or not _NUMBER.fullmatch(typed):
        return found, []
    note = f"`{typed}` was left out: it looks like the number of the equation"
    kept = found[:start]
    while len(kept) > 1 and kept[-1].text in (".", ",", ";"):
        del kept[-1]
    return [*kept, found[-1]], [Mark(group, note)]
