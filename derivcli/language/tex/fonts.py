r"""What stands in `\text{...}`, `\mathrm{...}` and after `\rm`: names, functions, words between conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import symbols
from derivcli.language.limits import check_name
from derivcli.language.operators import KEYWORDS
from derivcli.language.tex import commands, complaints
from derivcli.language.tex.patterns import (
    BOLD,
    CHARACTERS,
    FORMULA,
    FUNCTION,
    IDENTIFIER,
    INNER_FONT,
    OPERATOR,
    OPERATOR_OF_BOOKS,
    WORD,
)
from derivcli.language.tokens import NAME

if TYPE_CHECKING:
    import re

    from derivcli.language.tex.lexemes import Lexer


def font(lexer: Lexer, match: re.Match[str]) -> None:
    r"""Add what stands in `\text{...}` and `\mathrm{...}`."""
    typed, span = match["inside"] if match["one"] is None else match["one"], Span(*match.span())
    style, content = match["style"], typed.replace("\\_", "_").replace("\\ ", " ").strip()
    inner = INNER_FONT.fullmatch(content)
    if style == "operatorname" and (inner or (len(content) == 1 and content not in "edi")):
        bold = content.startswith(BOLD)
        lexer.add(OPERATOR_OF_BOOKS, f"bold {inner[1]}" if inner and bold else inner[1] if inner else content, span)
    elif inner or not IDENTIFIER.fullmatch(content):
        _in_font(lexer, style, content, match)
    else:
        _named(lexer, style, content, span)


def switch(lexer: Lexer, match: re.Match[str]) -> None:
    r"""Add the letters after `\rm`."""
    _named(lexer, "mathrm", match["upright"], Span(*match.span()))


def _named(lexer: Lexer, style: str, content: str, span: Span) -> None:
    check_name(len(content), span)
    function = commands.function_named(content) if style in commands.WORDY and len(content) > 1 else None
    if content in commands.IF | commands.OTHERWISE | KEYWORDS | {"undefined"}:
        kind = OPERATOR if content in KEYWORDS else WORD
        lexer.add(kind, content, span)
    elif function is not None and style != "mathit":
        lexer.add(FUNCTION, function, span)
    else:
        lexer.add(NAME, content, span)


def _in_font(lexer: Lexer, style: str, content: str, match: re.Match[str]) -> None:
    """Add signs and words in a font; anything else is read as if it stood outside."""
    words = content.strip(" ,.;").split()
    span = Span(*match.span())
    if content in symbols.OPERATORS or content in CHARACTERS:
        lexer.character(symbols.OPERATORS.get(content, content), span)
    elif (formula := FORMULA.fullmatch(match["inside"] or "")) is not None:
        _inner(lexer, formula, match.start("inside"))
    elif words and words[0] in commands.IF | commands.OTHERWISE and len(words) == 1:
        lexer.add(WORD, words[0], span)
    elif content and style in commands.WORDY:
        raise complaints.prose(span)
    elif words or content:
        start = match.start("inside") if match["one"] is None else match.start("one")
        lexer.position = start - (match["one"] is None)


def _inner(lexer: Lexer, formula: re.Match[str], start: int) -> None:
    r"""Add `\text{if $x > 0$}`: the word, and what stands in the formula."""
    if formula["word"]:
        lexer.add(WORD, formula["word"], Span(start + formula.start("word"), start + formula.end("word")))
    inner = type(lexer)(lexer.text)
    inner.position, inner.end = start + formula.start("math"), start + formula.end("math")
    lexer.found += inner.run()[:-1]
