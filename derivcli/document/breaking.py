"""Equations that are longer than a line, broken as books do: before `=`, `+` and `-` that stand in no bracket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN = re.compile(r" (?=[=+-] )")
_OPEN, _CLOSED = "([{", ")]}"


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
