"""What is open while the items of a formula are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derivcli.errors import Span

if TYPE_CHECKING:
    from derivcli.language.tex.items import Item
    from derivcli.language.tex.patterns import Lexeme


TEXT, GROUP, BRACKET, WANTS, DEGREE, CASE_ROWS, PLAIN_ROWS = (
    "text", "group", "bracket", "wants", "degree", "cases", "rows",
)  # fmt: skip
UNKNOWN = Span(-1, -1)  # of what is not typed, until it is known where it comes to stand


@dataclass(slots=True)
class Frame:
    """Something open: a bracket, braces, cases, or a command that waits for its arguments.

    `first` is where its items begin; `after` holds what follows each argument of a command.
    """

    kind: str
    lexeme: Lexeme
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
