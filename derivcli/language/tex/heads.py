"""Functions and brackets among the items: a name, its scripts, and where its argument begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import catalogue
from derivcli.language.tex import calculus, complaints, functions
from derivcli.language.tex.arranging import ARGUMENT, GROUP, HEAD, Arranger, Frame
from derivcli.language.tex.functions import Head
from derivcli.language.tex.items import BRACES, FRACTION, INDEX, OPEN, POWER, TYPED
from derivcli.language.tex.patterns import FUNCTION
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from derivcli.language.tex.items import Item

_UNNAMED = frozenset("fgh")


def function(reader: Arranger, item: Item) -> None:
    """Read the name of a function."""
    reader.factor(item)
    reader.push(Frame(HEAD, reader.position, len(reader.tokens), head=Head(item)), item.span)
    reader.operand = False


def is_script(item: Item) -> bool:
    """Tell whether an item belongs to the name of a function: a power, an order, a prime."""
    return item.kind in ("^", "_", "'") or (item.kind == OPEN and item.shape in (POWER, INDEX))


def begin_argument(reader: Arranger, item: Item) -> None:
    """Begin the argument of a function with the item that is not yet read."""
    frame = reader.frames.pop()
    head = frame.head
    assert head is not None  # noqa: S101 - a head frame has one
    direct = item.kind == OPEN and item.shape in (TYPED, BRACES)
    signed = item.kind == "-" and not reader.items[reader.position + 1].apart
    if not (direct or signed or item.kind in (NUMBER, NAME, OPEN, FUNCTION)):
        raise complaints.not_called(reader.text[slice(*head.item.span)], head.item.span)
    if direct and reader.text[item.span.start] == "[":
        _check_square(reader, head.item)
    name, first = functions.resolve(head, reader.text)
    start = Span(item.span.start, item.span.start)
    reader.tokens += functions.prefix(head, name, first, item.span if direct else start)
    row = catalogue.find(name)
    head.item = head.item._replace(text=row.name if row else name)
    kind = GROUP if direct else ARGUMENT
    reader.push(Frame(kind, reader.position, len(reader.tokens), item.shape, head), item.span)
    reader.top.ending = functions.suffix(head, first, start)
    reader.top.term = reader.position + 1


def _check_square(reader: Arranger, head: Item) -> None:
    r"""Refuse `\sin[2](x)`."""
    start, end = reader.position, reader.partners[reader.position]
    following = reader.items[end + 1]
    is_number = [item.kind for item in reader.items[start + 1 : end]] == [NUMBER]
    if is_number and following.kind == OPEN and following.shape == TYPED:
        span = head.span.to(reader.items[reader.partners[end + 1]].span)
        raise complaints.bracketed(reader.text[slice(*head.span)], span)


def open_bracket(reader: Arranger, item: Item) -> None:
    """Open a bracket."""
    frame = reader.top
    if frame.kind == GROUP and frame.head is not None and frame.position == reader.position:
        return  # the bracket of a call, which is open already
    if frame.kind == HEAD:
        reader.push(Frame(GROUP, reader.position, len(reader.tokens), item.shape), item.span)
        reader.emit("(", "(", item.span)
        return
    if item.shape == FRACTION:
        calculus.check_inside(reader.items, reader.position, reader.partners, reader.given)
    if item.shape not in (POWER, INDEX):
        _open_factor(reader, item)
    if item.text:
        reader.emit(NAME, item.text, item.span)
    reader.emit("(", "(", item.span)
    reader.push(Frame(GROUP, reader.position, len(reader.tokens), item.shape, term=reader.position + 1), item.span)
    reader.operand = False


def _open_factor(reader: Arranger, item: Item) -> None:
    """Let a bracket be a factor; f, g and h are no functions."""
    before = reader.items[reader.position - 1] if reader.position else item
    letter = before.text[:1] if before.kind == NAME and before.text[1:2] in ("", "_") else ""
    unnamed = item.shape == TYPED and letter in _UNNAMED and before.text not in reader.given
    if reader.operand and unnamed and letter:
        raise complaints.unknown_function(reader.text[slice(*before.span)], before.span)
    reader.factor(item)


def close_bracket(reader: Arranger, item: Item) -> None:
    """Close a bracket."""
    reader.end_arguments()
    frame = reader.frames.pop()
    if reader.top.kind == HEAD and frame.shape in (POWER, INDEX):
        _keep_script(reader, frame, item)
        return
    if frame.head is not None:
        frame.ending = [t._replace(span=item.span) if t.kind == ")" else t for t in frame.ending]
        reader.end_call(frame)
        reader.called = (reader.position, frame)
    else:
        reader.emit(")", ")", item.span)
    reader.operand = True


def _keep_script(reader: Arranger, frame: Frame, item: Item) -> None:
    """Keep the power or the order of a function until its argument is known."""
    head = reader.top.head
    tokens = [*reader.tokens[frame.start :], Token(")", ")", item.span)]
    del reader.tokens[frame.start :]
    if head is None or (head.power if frame.shape == POWER else head.order):
        raise complaints.no_function_script(reader.text[slice(*item.span)], item.span)
    if frame.shape == POWER:
        head.power = tokens
    else:
        head.order = tokens
    reader.operand = False
