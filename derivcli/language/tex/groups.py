"""Braces, brackets and bars; commands with arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import complaints as plain
from derivcli.language.tex import commands, complaints
from derivcli.language.tex.commands import FUNCTION
from derivcli.language.tex.items import (
    BRACES,
    BRACKET,
    CALL,
    CLOSE,
    DEGREE,
    FRACTION,
    GROUP,
    INDEX,
    OPEN,
    PART,
    POWER,
    ROOT,
    TEXT,
    TYPED,
    UNKNOWN,
    WANTS,
    Item,
    partners,
)
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.language.tex.structure import ItemBuilder

_SINGLE = frozenset({NUMBER, NAME, FUNCTION})
_FACTORS = _SINGLE | {"{", commands.OPEN, commands.COMMAND}  # what begins them


def open_braces(builder: ItemBuilder, lexeme: Item) -> None:
    """Begin an argument, or a mere group."""
    if builder.next.kind == "}" and builder.top.kind != WANTS:
        builder.position += 1
        builder.scripted = None
        return
    if builder.top.kind == WANTS and not builder.top.begun:
        builder.begin(lexeme)
        builder.push(GROUP, lexeme, argument=True)
    else:
        builder.add(OPEN, lexeme._replace(text=""), shape=BRACES)
        builder.push(GROUP, lexeme)


def close_braces(builder: ItemBuilder, lexeme: Item) -> None:
    """End an argument, or a mere group."""
    if builder.top.kind == TEXT:
        raise complaints.never_opened("}", lexeme.span)
    if builder.top.kind != GROUP:
        raise builder.unclosed()
    frame = builder.frames.pop()
    count = len(builder.items) - frame.first
    if count == 0:
        raise plain.nothing_inside(frame.lexeme.span.to(lexeme.span))
    if frame.over:
        builder.close_fraction(lexeme.span)
    builder.scripted = None
    if not frame.argument and (frame.over or _says_nothing(builder, frame.first, count)):
        del builder.items[frame.first - 1]  # `{x}_1` and `{\sin} x`: the braces say nothing
        builder.scripted = len(builder.items) - 1 if builder.items[-1].kind == NAME else None
    elif not frame.argument:
        builder.items.append(Item(CLOSE, ")", lexeme.span, shape=BRACES))
    builder.end(lexeme.span)


def _says_nothing(builder: ItemBuilder, first: int, count: int) -> bool:
    r"""Tell whether braces hold one letter or a function's name, and are no argument: `{\sin^2} x`, `{x}_1`."""
    before = builder.items[first - 2] if first > 1 else None
    if before is not None and (before.kind == FUNCTION or before.shape in (POWER, INDEX)):
        return False
    if count == 1:
        return builder.items[-1].kind in _SINGLE
    if builder.items[first].shape == FRACTION and before is None:
        return _is_one(builder.items[first:])  # `{\frac{d}{dx}} x`
    return builder.items[first].kind == FUNCTION and _ends_in_scripts(builder, first + 1)


def _is_one(items: list[Item]) -> bool:
    """Tell whether the first bracket closes at the end."""
    return partners(items)[0].get(0) == len(items) - 1


def _ends_in_scripts(builder: ItemBuilder, position: int) -> bool:
    """Tell whether nothing but powers and orders follows."""
    depth = 0
    for item in builder.items[position:]:
        if depth == 0 and item.kind not in ("^", "_") and item.shape not in (POWER, INDEX):
            return False
        depth += (item.kind == OPEN) - (item.kind == CLOSE)
    return True


def over(builder: ItemBuilder, lexeme: Item) -> None:
    r"""Let what stands in the braces so far be the upper part of a fraction: `{a \over b}`."""
    frame = builder.top
    if frame.kind not in (TEXT, GROUP) or frame.over or len(builder.items) == frame.first:
        raise complaints.misplaced(r"\over", lexeme.span)
    above = builder.items[frame.first :]
    start = Span(above[0].span.start, above[0].span.start)
    opening = [Item(OPEN, "", start, shape=shape) for shape in (FRACTION, PART)]
    middle = [Item(CLOSE, ")", lexeme.span, shape=PART), Item("/", "/", lexeme.span, shape=FRACTION)]
    builder.items[frame.first :] = [*opening, *above, *middle, Item(OPEN, "", lexeme.span, shape=PART)]
    frame.over, builder.scripted = True, None


def open_bracket(builder: ItemBuilder, lexeme: Item) -> None:
    """Open a bracket that somebody typed."""
    silent = lexeme.text in ("{", ".") and builder.next.kind == commands.BEGIN
    if not silent:
        builder.begin(lexeme)
        function = commands.MEANINGS.get(lexeme.text, "")
        builder.items.append(Item(OPEN, function, lexeme.span, lexeme.apart, CALL if function else TYPED))
    builder.push(BRACKET, lexeme, silent=silent)
    builder.scripted = None


def close_bracket(builder: ItemBuilder, lexeme: Item) -> None:
    """Close the bracket that was opened last."""
    frame = builder.top
    if frame.kind == TEXT:
        raise complaints.never_opened(builder.text[slice(*lexeme.span)], lexeme.span)
    if frame.kind == DEGREE and lexeme.text == "]":
        close_degree(builder, lexeme)
        return
    fits = {commands.OPENERS.get(frame.lexeme.text, "."), "."}
    if frame.kind != BRACKET or not (lexeme.text in fits or frame.lexeme.text == "."):
        raise builder.unclosed()
    builder.frames.pop()
    if not frame.silent:
        shape = CALL if frame.lexeme.text in commands.MEANINGS else TYPED
        builder.items.append(Item(CLOSE, ")", lexeme.span, shape=shape))
    builder.scripted = None
    builder.end(lexeme.span)


def bar(builder: ItemBuilder, lexeme: Item) -> None:
    """Open or close an absolute value; refuse `|x|y|z|`, in which those around y may belong together."""
    frame = builder.top
    if frame.kind != BRACKET or frame.lexeme.text != "l|" or not builder.after_operand:
        is_factor = builder.after_operand and builder.items[-1].kind != FUNCTION
        open_bracket(builder, lexeme._replace(text="l|"))
        builder.top.factor = is_factor
        return
    around = builder.frames[-2]
    bars = (frame.lexeme.span, lexeme.span)
    if around.bars and frame.factor:
        raise plain.bars(builder.text, around.bars, bars)
    around.bars = bars if builder.next.kind in _FACTORS else around.bars
    close_bracket(builder, lexeme._replace(text="r|"))


# Commands with arguments: fractions, roots, binomials and calls such as `\abs{x}`.


def fraction(builder: ItemBuilder, lexeme: Item) -> None:
    """Begin a fraction."""
    builder.begin(lexeme)
    builder.add(OPEN, lexeme._replace(text=""), shape=FRACTION)
    slash, close = Item("/", "/", UNKNOWN, shape=FRACTION), Item(CLOSE, ")", UNKNOWN, shape=FRACTION)
    builder.wants(lexeme, PART, [slash], [close])


def call(builder: ItemBuilder, lexeme: Item, function: str, shape: str, count: int) -> None:
    """Begin a call whose arguments stand in braces."""
    builder.begin(lexeme)
    builder.items.append(Item(OPEN, function, lexeme.span, lexeme.apart, shape))
    comma, close = Item(",", ",", UNKNOWN), Item(CLOSE, ")", UNKNOWN, shape=shape)
    builder.wants(lexeme, PART, *[[comma]] * (count - 1), [close])


def root(builder: ItemBuilder, lexeme: Item) -> None:
    """Begin a root, with or without a degree."""
    if builder.next.kind != commands.OPEN or builder.next.text != "[":
        call(builder, lexeme, "sqrt", ROOT, 1)
        return
    builder.begin(lexeme)
    builder.items.append(Item(OPEN, "root", lexeme.span, lexeme.apart, ROOT))
    builder.take()
    builder.push(DEGREE, lexeme)


def close_degree(builder: ItemBuilder, lexeme: Item) -> None:
    """Keep the degree of a root until its argument is known."""
    frame = builder.frames.pop()
    degree = builder.items[frame.first :]
    if not degree:
        raise plain.nothing_inside(frame.lexeme.span.to(lexeme.span))
    del builder.items[frame.first :]
    comma, close = Item(",", ",", lexeme.span), Item(CLOSE, ")", UNKNOWN, shape=ROOT)
    builder.wants(frame.lexeme, PART, [comma, *degree, close])
