r"""Factors that stand alone: numbers, letters and the names of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.language.tex import complaints, patterns
from derivcli.language.tex.frames import WANTS
from derivcli.language.tex.items import INDEX, PART
from derivcli.language.tex.patterns import FUNCTION, Lexeme
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from derivcli.language.tex.structure import Builder


def number(builder: Builder, lexeme: Lexeme) -> None:
    """Read a number; a command without braces takes one digit."""
    if builder.top.kind == WANTS and not builder.top.begun and len(lexeme.text) > 1:
        lexeme = _digit(builder, lexeme)
    signed = builder.top.kind == WANTS and builder.top.begun
    builder.begin(lexeme)
    builder.add(NUMBER, lexeme)
    if signed and builder.next.kind in (NAME, FUNCTION, patterns.OPEN) and not builder.next.apart:
        raise _signed_power(builder, lexeme)
    builder.end(lexeme.span)


def _digit(builder: Builder, lexeme: Lexeme) -> Lexeme:
    """Return the first digit; raises `ExpressionError` where all of them are meant."""
    if builder.top.shape == INDEX and lexeme.text == "10":
        return lexeme
    if builder.top.shape != PART or not lexeme.text.isdigit():
        sign = builder.text[slice(*builder.top.lexeme.span)]
        typed = builder.text[builder.top.lexeme.span.start : lexeme.span.end]
        raise complaints.script(typed, sign, lexeme.text, builder.top.lexeme.span.to(lexeme.span))
    start = lexeme.span.start
    builder.position -= 1
    builder.lexemes[builder.position] = Lexeme(NUMBER, lexeme.text[1:], Span(start + 1, lexeme.span.end))
    return Lexeme(NUMBER, lexeme.text[0], Span(start, start + 1), lexeme.apart)


def _signed_power(builder: Builder, number: Lexeme) -> ExpressionError:
    sign, rest = builder.top.lexeme, builder.text[slice(*builder.next.span)]
    power = builder.text[sign.span.end : number.span.end].strip()
    typed = builder.text[sign.span.start : builder.next.span.end]
    return complaints.signed_power(typed, sign.span.to(builder.next.span), power, rest)


def name(builder: Builder, lexeme: Lexeme) -> None:
    """Read a letter or a longer name."""
    is_argument = builder.top.kind == WANTS
    builder.begin(lexeme)
    builder.add(NAME, lexeme)
    if is_argument:
        builder.end(lexeme.span)
    else:
        builder.scripted = len(builder.items) - 1


def function(builder: Builder, lexeme: Lexeme) -> None:
    """Read the name of a function."""
    if builder.top.kind == WANTS:
        typed = builder.text[slice(*lexeme.span)]
        hint = f"write them around all of it: `{{{typed} ...}}`"
        raise ExpressionError("braces are missing", lexeme.span, hint=hint)
    builder.add(FUNCTION, lexeme)
