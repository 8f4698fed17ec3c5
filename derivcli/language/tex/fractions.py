r"""Commands with arguments: fractions, roots, binomials and calls such as `\abs{x}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import complaints as plain
from derivcli.language.tex import patterns
from derivcli.language.tex.frames import DEGREE, UNKNOWN
from derivcli.language.tex.items import CLOSE, FRACTION, OPEN, PART, ROOT, Item

if TYPE_CHECKING:
    from derivcli.language.tex.patterns import Lexeme
    from derivcli.language.tex.structure import Builder


def fraction(builder: Builder, lexeme: Lexeme) -> None:
    """Begin a fraction."""
    builder.begin(lexeme)
    builder.add(OPEN, lexeme._replace(text=""), shape=FRACTION)
    slash, close = Item("/", "/", UNKNOWN, shape=FRACTION), Item(CLOSE, ")", UNKNOWN, shape=FRACTION)
    builder.wants(lexeme, PART, [slash], [close])


def call(builder: Builder, lexeme: Lexeme, function: str, shape: str, count: int) -> None:
    """Begin a call whose arguments stand in braces."""
    builder.begin(lexeme)
    builder.items.append(Item(OPEN, function, lexeme.span, lexeme.apart, shape))
    comma, close = Item(",", ",", UNKNOWN), Item(CLOSE, ")", UNKNOWN, shape=shape)
    builder.wants(lexeme, PART, *[[comma]] * (count - 1), [close])


def root(builder: Builder, lexeme: Lexeme) -> None:
    """Begin a root, with or without a degree."""
    if builder.next.kind != patterns.OPEN or builder.next.text != "[":
        call(builder, lexeme, "sqrt", ROOT, 1)
        return
    builder.begin(lexeme)
    builder.items.append(Item(OPEN, "root", lexeme.span, lexeme.apart, ROOT))
    builder.take()
    builder.push(DEGREE, lexeme)


def close_degree(builder: Builder, lexeme: Lexeme) -> None:
    """Keep the degree of a root until its argument is known."""
    frame = builder.frames.pop()
    degree = builder.items[frame.first :]
    if not degree:
        raise plain.nothing_inside(frame.lexeme.span.to(lexeme.span))
    del builder.items[frame.first :]
    comma, close = Item(",", ",", lexeme.span), Item(CLOSE, ")", UNKNOWN, shape=ROOT)
    builder.wants(frame.lexeme, PART, [comma, *degree, close])
