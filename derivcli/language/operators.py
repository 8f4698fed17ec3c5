"""Operators and how tightly they bind, and the operands the parser holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from derivcli.language.tree import COMPARISONS, Node

if TYPE_CHECKING:
    from derivcli.errors import Span
    from derivcli.language.tokens import Token


class Operator(NamedTuple):
    """An operator that waits for its right side; `implied` is a product without a sign."""

    op: str
    precedence: int
    prefix: bool
    token: Token
    implied: bool = False


PREFIX = {"-": ("neg", 7), "+": ("pos", 7), "√": ("sqrt", 8), "not": ("not", 3)}
BINARY = {
    "or": ("or", 1),
    "and": ("and", 2),
    **{sign: (op, 4) for op, sign in COMPARISONS.items()},
    "+": ("add", 5),
    "-": ("sub", 5),
    "*": ("mul", 6),
    "/": ("div", 6),
    "//": ("floordiv", 6),
    "%": ("mod", 6),
    "^": ("pow", 9),
}
RIGHT_ASSOCIATIVE = {"pow"}
LOGIC = frozenset({"and", "or", "not"})
CHAINS = {"add": "add", "sub": "add", "mul": "mul", "and": "and", "or": "or"}


@dataclass(slots=True)
class Operand:
    """A finished node, or a sum or product that still grows."""

    op: str
    parts: list[Node]
    span: Span
    grouped: bool = False
    compared: bool = False  # a comparison, or several in a row, that the next one continues

    @property
    def node(self) -> Node:
        """The finished node."""
        return Node(self.op, tuple(self.parts), span=self.span) if self.op else self.parts[0]
