"""Words of programs between operands: `a if c else b`, `x mod 2`; and `f(a; b)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.brackets import CLOSERS, Reader, called, close, depths, ends_operand, kinds
from derivcli.language.foreign import complaints, renaming, signs
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.language.notes import Mark

_ENDS_SUM = frozenset({",", "=", "<", ">", "<=", ">=", "==", "!=", "?", ":"})


def meant(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Mark]]:
    """Return tokens with the words and signs of programs as those of the language."""
    reader = Reader(text, given)
    kinds_here = {token.kind for token in stream}
    names = {token.text for token in stream if token.kind == NAME} - given
    stream = signs.meant(stream, kinds_here, names, reader)
    if "%" in kinds_here or "[" in kinds_here or "{" in kinds_here:
        names = {token.text for token in stream if token.kind == NAME} - given
    if ";" in kinds_here:
        stream = _separators(stream, reader)
    if {"if", "else"} <= names:
        stream = _choices(stream)
    if "mod" in names:
        stream = _remainders(stream)
    return renaming.meant(stream, names, reader), reader.marks


def _separators(stream: list[Token], reader: Reader) -> list[Token]:
    """Read `IF(c;a;b)`: inside brackets a semicolon separates arguments, and a comma between digits is a point."""
    inside = list(zip(stream, depths(stream), strict=True))
    if not any(token.kind == ";" and depth > 0 for token, depth in inside):
        return stream
    found: list[Token] = []
    for token, depth in inside:
        if token.kind == ";" and depth > 0:
            found.append(Token(",", ",", token.span))
        elif token.kind == NUMBER and _is_decimal(found, token):
            span = found[-2].span.to(token.span)
            number = f"{found[-2].text}.{token.text}"
            reader.note(span, f"the number {number}")
            found[-2:] = [Token(NUMBER, number, span)]
        elif token.kind == ",":
            found.append(Token("decimal comma", ",", token.span))
        else:
            found.append(token)
    return [Token(",", ",", token.span) if token.kind == "decimal comma" else token for token in found]


def _is_decimal(found: list[Token], token: Token) -> bool:
    if kinds(found, len(found) - 2, 2) != [NUMBER, "decimal comma"]:
        return False
    return close(found[-2], found[-1]) and close(found[-1], token) and "." not in found[-2].text + token.text


def _choices(stream: list[Token]) -> list[Token]:
    """Make signs of `if` and `else` where both stand in the same brackets: `a if c else b`."""
    found = list(stream)
    waiting: list[list[int]] = [[]]
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            waiting.append([])
        elif token.kind in CLOSERS and len(waiting) > 1:
            waiting.pop()
        elif token.kind == NAME and token.text == "if" and i and ends_operand(stream[i - 1]):
            waiting[-1].append(i)
        elif token.kind == NAME and token.text == "else" and waiting[-1]:
            start = waiting[-1].pop()
            found[start] = Token("if", "if", stream[start].span)
            found[i] = Token("else", "else", token.span)
    return found


def _remainders(stream: list[Token]) -> list[Token]:
    """Read `x mod 2` as `x % 2`; `a + x mod 2` could be the remainder of the sum."""
    found = list(stream)
    calls = {call.name for call in called(stream) if call.commas}
    sums: list[int | None] = [None]
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            sums.append(None)
        elif token.kind in CLOSERS and len(sums) > 1:
            sums.pop()
        elif token.kind in ("+", "-") and i and ends_operand(stream[i - 1]):
            sums[-1] = i
        elif token.kind in _ENDS_SUM:
            sums[-1] = None
        elif token.text == "mod" and i not in calls and i and ends_operand(stream[i - 1]):
            if sums[-1] is not None:
                raise complaints.remainder_of_sum(token.span)
            found[i] = Token("%", "%", token.span)
    return found
