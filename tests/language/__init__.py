"""Tests of the language; what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from derivcli.errors import DerivError
from derivcli.language.diagnostics import draw
from derivcli.language.parser import parse
from derivcli.language.tree import Node, postorder

if TYPE_CHECKING:
    from collections.abc import Callable


def outline(root: Node) -> str:
    """Return a tree in prefix form, `add(x, neg(2))`: independent of the printer."""
    done: list[str] = []
    for node in postorder(root):
        start = len(done) - len(node.args)
        inside = ", ".join(done[start:])
        del done[start:]
        done.append((node.text or node.op) + (f"({inside})" if inside else ""))
    return done[0]


def read(text: str, *variables: str) -> str:
    """Return the outline of the tree of a text."""
    return outline(parse(text, frozenset(variables)).tree)


def complaint(text: str, *variables: str) -> str:
    """Return the whole message for a text that cannot be read."""
    with pytest.raises(DerivError) as caught:
        parse(text, frozenset(variables))
    return draw(caught.value)


def refusal(action: Callable[[str], object], text: str) -> DerivError | None:
    """Return the error that an action raises for a text, or None; any other exception is a failure."""
    try:
        action(text)
    except DerivError as error:
        return error
    return None


def drawn(message: str, source: str, caret: str, hint: str | None = None) -> str:
    """Return a message as a person sees it; `caret` is the caret line without its margin."""
    lines = [f"error: {message}", f"  {source}", f"  {caret}", *([f"hint: {hint}"] if hint else [])]
    return "\n".join(lines)


def short(value: object) -> str | None:
    """Return the name of a test's parameter: the start of a text that may be very long."""
    return value[:12] if isinstance(value, str) else None
