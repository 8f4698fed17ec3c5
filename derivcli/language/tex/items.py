"""What the structure of a formula comes to: factors, operators, and brackets of several shapes."""

from __future__ import annotations

from typing import NamedTuple

from derivcli.errors import Span  # noqa: TC001 - a named tuple looks at its annotations

OPEN, CLOSE = "(", ")"
# Shapes of brackets: as typed, mere braces, a fraction, one of its parts, a root, a call such as |x|, scripts, cases.
TYPED, BRACES, FRACTION, PART, ROOT, CALL, POWER, INDEX, CASES = (
    "typed", "braces", "fraction", "part", "root", "call", "^", "_", "cases",
)  # fmt: skip


class Item(NamedTuple):
    """A factor, an operator or a bracket; `text` of an opening bracket is the function that is called.

    `apart` tells whether a blank (1) or a space that was typed out (2) stands before it.
    """

    kind: str
    text: str
    span: Span
    apart: int = 0
    shape: str = ""


def partners(items: list[Item]) -> tuple[dict[int, int], set[int]]:
    """Return where each bracket closes, by where it opens, and which ones hold several parts."""
    opened: list[int] = []
    found = {}
    several = set()
    for i, item in enumerate(items):
        if item.kind == OPEN:
            opened.append(i)
        elif item.kind == CLOSE:
            found[opened.pop()] = i
        elif item.kind == "," and opened:
            several.add(opened[-1])
    return found, several
