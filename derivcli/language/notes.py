"""How a text was read, said in sentences: each marked place beside what it has become."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import Span  # noqa: TC001 - a named tuple looks at its annotations
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, VARIABLE, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60  # characters of a place that is worth a note
_MOST = 8
_MORE = "there are more places like these: `read_as` in --json shows the whole reading"


class Mark(NamedTuple):
    """A place whose reading has to be said: in the words of `note`, or by showing what became of it."""

    span: Span
    note: str | None = None


def notes_on(root: Node, text: str, marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return a note for each marked place, without repetition; a place inside one that is shown is not shown again."""
    said: list[str] = []
    shown: list[Span] = []
    for span, note in sorted(dict.fromkeys(marks), key=lambda mark: (mark.span.start, -mark.span.end)):
        if len(said) == _MOST:
            return (*said, _MORE)
        if note is not None:
            said.append(note)
            continue
        node = _smallest(root, span)
        place = node.span if node is not None else span
        if node is None or any(outer.start <= place.start and place.end <= outer.end for outer in shown):
            continue
        if place.end - place.start <= _LONGEST:
            shown.append(place)
            said.append(f"`{text[slice(*place)]}` was read as `{emphasised(node)}`")
    return tuple(dict.fromkeys(said))


def _smallest(root: Node, span: Span) -> Node | None:
    """Return the smallest part of a tree in which a place lies whole."""
    node = None
    inner: Node | None = root
    while inner is not None:
        node = inner
        inner = next((a for a in node.args if a.span.start <= span.start and span.end <= a.span.end), None)
    return node


def emphasised(node: Node) -> str:
    """Return the text of a part, its first factor in brackets where that looks as if it went on: `(1/2)*x`."""
    if node.op not in ("mul", "div") or not _looks_open(node.args[0]):
        return to_text(node)
    first = Node(VARIABLE, text=f"({to_text(node.args[0])})")
    return to_text(Node(node.op, (first, *node.args[1:])))


def _looks_open(factor: Node) -> bool:
    is_root = factor.op == "pow" and factor.args[1].text == "1"
    return is_root or factor.op == "div" or (factor.op == "pow" and factor.args[0].op in (NUMBER, "e"))
