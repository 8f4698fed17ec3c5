"""Characters that stand for a script, a fraction or a root: `x²`, `x₁`, `½`, `∛`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import symbols
from derivcli.language.tex import commands
from derivcli.language.tex.patterns import BRACKETS, CLOSE, COMMAND, OPEN, OPERATOR, PARTS
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    import re

    from derivcli.language.tex.lexemes import Lexer


def raised(lexer: Lexer, match: re.Match[str]) -> None:
    """Add superscripts as a power in braces."""
    span = Span(*match.span())
    _script(lexer, "^", "".join(symbols.SUPERSCRIPTS[character] for character in match.group()), span)


def lowered(lexer: Lexer, match: re.Match[str]) -> None:
    """Add characters of a subscript as one in braces."""
    _script(lexer, "_", "".join(symbols.SUBSCRIPTS[character] for character in match.group()), Span(*match.span()))


def _script(lexer: Lexer, sign: str, inside: str, span: Span) -> None:
    lexer.add(sign, sign, span)
    lexer.add("{", "{", span)
    for part in PARTS.findall(inside):
        kind = NUMBER if part.isdigit() else NAME if part.isalpha() else BRACKETS.get(part, OPERATOR)
        lexer.add(kind, commands.GREEK.get(part, part), span)
    lexer.add("}", "}", span)


def fraction(lexer: Lexer, match: re.Match[str]) -> None:
    """Add `½` as a fraction of two numbers."""
    span = Span(*match.span())
    lexer.add(COMMAND, "frac", span)
    for part in symbols.FRACTIONS[match.group()]:
        lexer.add("{", "{", span)
        lexer.add(NUMBER, part, span)
        lexer.add("}", "}", span)


def root(lexer: Lexer, match: re.Match[str]) -> None:
    """Add `∛` as a root with its degree."""
    span = Span(*match.span())
    for kind, text in ((COMMAND, "sqrt"), (OPEN, "["), (NUMBER, symbols.ROOTS[match.group()]), (CLOSE, "]")):
        lexer.add(kind, text, span)
