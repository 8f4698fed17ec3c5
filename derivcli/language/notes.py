"""How a text was read, said in sentences: each marked place beside what it has become."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import Span  # noqa: TC001 - a named tuple looks at its annotations
from derivcli.language.printer import to_text
from derivcli.language.styles import PYTHON, Style, style_of
from derivcli.language.tree import NUMBER, VARIABLE, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60  # characters of a place that a note shows: a longer one hides what it is about
_MOST = 8  # notes: more are not read
_MANY = 16  # parts of a sum or a product: more are searched by halves, which costs a check of their order first
_MORE = "there are more places like these: `read_as` in --json shows the whole reading"


class Notice(NamedTuple):
    """A place whose reading has to be said: in the words of `note`, or by showing what became of it."""

    span: Span
    note: str | None = None


def notes_on(root: Node, text: str, notices: Iterable[Notice]) -> tuple[str, ...]:
    """Return a note for each marked place, without repetition; a place inside one that is shown is not shown again.

    It is shown in the notation of the text, but with each sign of a product and each call of a root: how these were
    read is what is in question.
    """
    said: list[str] = []
    shown: list[Span] = []
    ends: dict[int, list[int]] = {}
    for span, note in sorted(dict.fromkeys(notices), key=lambda notice: (notice.span.start, -notice.span.end)):
        if len(said) == _MOST:
            return (*said, _MORE)
        if note is not None:
            said.append(note)
            continue
        node = _smallest(root, span, ends)
        place = node.span if node is not None else span
        if node is None or any(outer.start <= place.start and place.end <= outer.end for outer in shown):
            continue
        if place.end - place.start <= _LONGEST:
            shown.append(place)
            said.append(f"`{text[slice(*place)]}` was read as `{emphasised(node, _spelled_out(text))}`")
    return tuple(dict.fromkeys(said))


def _smallest(root: Node, span: Span, ends: dict[int, list[int]]) -> Node | None:
    """Return the smallest part of a tree in which a place lies whole; `ends` are those of long sums and products.

    Of parts that take the same place, as sin(x)^2 and sin(x) do for `sin^2(x)`, it is the outer one.
    """
    node = None
    inner: Node | None = root
    while inner is not None:
        node = inner
        parts = node.args
        if len(parts) > _MANY:
            if id(node) not in ends:
                ends[id(node)] = _ends(parts)
            first = bisect_left(ends[id(node)], span.end)
            parts = parts[first : first + 1] if ends[id(node)] else parts
        inner = next((a for a in parts if a.span.start <= span.start and span.end <= a.span.end), None)
        inner = None if inner is not None and inner.span == node.span else inner
    return node


def _ends(parts: tuple[Node, ...]) -> list[int]:
    """Return where parts end that stand in their order; nothing for others."""
    ordered = all(a.span.start <= b.span.start and a.span.end <= b.span.end for a, b in pairwise(parts))
    return [part.span.end for part in parts] if ordered else []


def _spelled_out(text: str) -> Style:
    return replace(style_of(text), coefficients=False, root=False)


def emphasised(node: Node, style: Style = PYTHON) -> str:
    """Return the text of a part with brackets where it could be read otherwise: `(1/2)*x`, `-(x^2)/3`."""
    return to_text(_with_brackets(node, style), style)


def _with_brackets(node: Node, style: Style) -> Node:
    args = list(node.args)
    if node.op == "neg":
        args[0] = _with_brackets(args[0], style)
    elif node.op in ("mul", "div") and _looks_open(args[0]):
        args[0] = _bracketed(args[0], style)
    elif node.op == "div":
        args[0] = _closed(args[0], style)
    return Node(node.op, tuple(args), text=node.text, span=node.span)


def _closed(numerator: Node, style: Style) -> Node:
    """Return a numerator with brackets around the power that it ends in: `2*(x^2)`, `-(x^2)`."""
    if _is_power(numerator):
        return _bracketed(numerator, style)
    if numerator.op in ("neg", "mul"):
        *others, last = numerator.args
        return Node(numerator.op, (*others, _closed(last, style)), text=numerator.text, span=numerator.span)
    return numerator


def _bracketed(node: Node, style: Style) -> Node:
    """Return a part as a name that shows its brackets."""
    return Node(VARIABLE, text=f"({to_text(node, style)})")


def _looks_open(factor: Node) -> bool:
    return factor.op == "div" or (factor.op == "pow" and factor.args[0].op in (NUMBER, "e"))


def _is_power(factor: Node) -> bool:
    """Tell whether a part is a power of a number: before `/3` its exponent could go on, as in `x^2/3`."""
    return factor.op == "pow" and factor.args[1].op == NUMBER
