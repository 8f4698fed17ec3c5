"""A derivation on a terminal: its equations indented as they follow from each other, their reasons in one column.

Equations that are longer than a line are broken as books do: before `=`, `+` and `-` that stand in no bracket.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.document import words
from derivcli.document.pen import MARGIN, Pen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from derivcli.document.model import Deduction, Piece

    Spelled = Callable[[Piece | None], str]

# Columns of an equation beside which its reason stands, and between the two.
_WIDEST_EQUATION, _GAP = 52, 3
_SIGN = re.compile(r" (?=[=+-] )")
_OPEN, _CLOSED = "([{", ")]}"
_PAGE = 80  # columns of a derivation where no terminal tells its width


def drawn(steps: Sequence[Deduction], pen: Pen, spelled: Spelled, *, full: bool) -> Iterator[Text]:
    """Give the lines; an equation that leaves no room for its reason has that below it, and is broken if it is longer.

    `full` adds the reason of each rule, and the number of each line.
    """
    shown = [
        (
            pen.text(equation),
            pen.text("".join(map(spelled, step.reason(full=full))), "dim"),
            2 * MARGIN + MARGIN * step.depth,
        )
        for step, equation in zip(steps, _equations(steps, spelled, full=full), strict=True)
    ]
    fitting = [e.cell_len + i for e, _, i in shown if e.cell_len + i <= _WIDEST_EQUATION]
    column = max(fitting, default=0) + _GAP
    across = pen.width if pen.bounded else _PAGE
    for equation, reason, indent in shown:
        if max(column, indent + equation.cell_len + _GAP) + reason.cell_len <= across:
            equation.pad_right(max(_GAP, column - indent - equation.cell_len))
            yield from pen.hang(Text(), Text.assemble(equation, reason), margin=indent)
        else:
            yield from _broken(pen, equation, indent, across)
            yield from pen.hang(Text(), reason, margin=indent + 2 * MARGIN)


def _equations(steps: Sequence[Deduction], spelled: Spelled, *, full: bool) -> Iterator[str]:
    """Give the equations; one that goes on with the line above it has blanks for a left side."""
    left = ""
    for step in steps:
        left = " " * len(left) if step.left is None else spelled(step.left)
        number = "" if step.number is None or not full else f" = {words.number(step.number)}"
        yield f"{left} = {spelled(step.right)}{number}"


def _broken(pen: Pen, equation: Text, indent: int, across: int) -> Iterator[Text]:
    """Give an equation on as many lines as it needs, the later ones indented."""
    room = across - indent
    for k, line in enumerate(broken(equation.plain, room, room - 2 * MARGIN)):
        if line.strip():
            yield from pen.hang(Text(), Text(line), margin=indent + (2 * MARGIN if k else 0))


def broken(equation: str, first: int, others: int) -> list[str]:
    """Return the lines of an equation, the first at most so many columns wide, and the others.

    What has no sign to be broken at stays whole, however long it is.
    """
    lines, room = [""], first
    for piece in _pieces(equation):
        if lines[-1] and len(lines[-1]) + len(piece) > room:
            lines.append(piece.lstrip())
            room = others
        else:
            lines[-1] += piece
    return lines


def _pieces(equation: str) -> Iterator[str]:
    """Yield what stands between outer signs, each with the sign before it."""
    start = 0
    for found in _SIGN.finditer(equation):
        if _is_closed(equation[start : found.start()]):
            yield equation[start : found.start()]
            start = found.start()
    yield equation[start:]


def _is_closed(text: str) -> bool:
    """Tell whether all brackets that a text opens are closed in it."""
    return sum((sign in _OPEN) - (sign in _CLOSED) for sign in text) == 0
