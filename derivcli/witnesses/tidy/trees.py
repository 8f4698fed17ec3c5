"""Programs and sympy expressions as trees with the operations that they cost; what several of them share, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivcli.language.lowering import node_of
from derivcli.language.program import Builder
from derivcli.witnesses.tidy.nodes import own_operations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.language.program import Instruction
    from derivcli.language.tree import Node
    from derivcli.witnesses.reading import SympyReader

Counted = tuple["Node", int]  # a tree, and its operations


def extend(found: list[Counted], instructions: Sequence[Instruction]) -> None:
    """Add the trees of those instructions that are not among `found` yet."""
    for instruction in instructions[len(found) :]:
        node = node_of(instruction, [found[arg][0] for arg in instruction.args])
        below = instruction.args[: len(node.args)]  # without defaults
        found.append((node, own_operations(node) + sum(found[arg][1] for arg in below)))


class TreeReader:
    """Reads sympy expressions; raises `KeyError` for what the language cannot say."""

    def __init__(self, new_reader: Callable[[Builder], SympyReader]) -> None:
        self._builder = Builder()
        self._reader = new_reader(self._builder)
        self._found: list[Counted] = []

    def read(self, expression: Any) -> Counted:
        """Return the tree of an expression, and its operations."""
        index = self._reader.read(expression)
        extend(self._found, self._builder.everything().instructions)
        return self._found[index]
