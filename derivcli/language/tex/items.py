"""Parts of a formula: lexemes, then factors, operators and brackets; and what is open while these are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from derivcli.errors import Span
from derivcli.language.complaints import Bars  # noqa: TC001 - a dataclass looks at its annotations

OPEN, CLOSE = "(", ")"
# Shapes of brackets: as typed, mere braces, a fraction, one of its parts, a root, a call such as |x|, scripts, cases.
TYPED, BRACES, FRACTION, PART, ROOT, CALL, POWER, INDEX, CASES = (
    "typed", "braces", "fraction", "part", "root", "call", "^", "_", "cases",
)  # fmt: skip
TEXT, GROUP, BRACKET, WANTS, DEGREE, CASE_ROWS, PLAIN_ROWS = (
    "text", "group", "bracket", "wants", "degree", "cases", "rows",
)  # fmt: skip
UNKNOWN = Span(-1, -1)  # of what is not typed, until it is known where it comes to stand


class Item(NamedTuple):
    """A lexeme of the text, and what it comes to: a factor, an operator or a bracket.

    `text` of an opening bracket is the function that is called. `apart` tells whether a blank (1) or a space that
    was typed out (2) stands before it.
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


@dataclass(slots=True)
class Frame:
    """Something open: a bracket, braces, cases, or a command that waits for its arguments.

    `first` is where its items begin; `after` holds what follows each argument of a command.
    """

    kind: str
    lexeme: Item
    first: int
    shape: str = ""
    after: list[list[Item]] = field(default_factory=list)
    begun: bool = False  # the argument of a command has begun
    argument: bool = False  # braces that are the argument of a command
    silent: bool = False  # a bracket that comes to nothing: `\left\{` before cases
    over: bool = False
    condition: bool = False
    ended: bool = False
    base: int | None = None
    factor: bool = False  # bars behind another factor
    bars: Bars | None = None  # the last ones inside with a factor close behind, which could open others: `|x|y`
