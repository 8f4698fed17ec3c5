"""What follows in the tokens: a power of a function, a factor, the beginning or the end of an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import names
from derivcli.language.operators import BRACKETS, CHOICES, PARENTHESES
from derivcli.language.tokens import NAME, NUMBER, POWER

if TYPE_CHECKING:
    from derivcli.language.tokens import Token

OPENERS = BRACKETS.keys() - CHOICES.keys()
_CLOSERS = frozenset(BRACKETS[opener] for opener in OPENERS)
_EULER = "e"
_POWERS = (["^", NUMBER], ["^", "-", NUMBER], ["^", "(", NUMBER, ")"], ["^", "(", "-", NUMBER, ")"])


def power(stream: list[Token], start: int) -> tuple[str, int]:
    """Read `^2`, `^-1`, `^(-1)` or a superscript; return its text and the position after it, or no text."""
    if stream[start].kind == POWER:
        return stream[start].text.lstrip("+"), start + 1
    kinds = [token.kind for token in stream[start : start + 5]]
    for pattern in _POWERS:
        if kinds[: len(pattern)] == pattern:
            found = stream[start : start + len(pattern)]
            return "".join(token.text for token in found if token.kind in ("-", NUMBER)), start + len(pattern)
    return "", start


def begins_factor(stream: list[Token], position: int) -> bool:
    """Tell whether a factor without a sign before it starts here; a number, behind a bracket alone."""
    kind = stream[position].kind
    if kind == NUMBER:
        return stream[position - 1].kind in _CLOSERS
    return kind in OPENERS or kind in (NAME, "√")


def begins_argument(stream: list[Token], start: int, given: frozenset[str]) -> bool:
    """Tell whether the argument of a function without brackets starts here; a sign is close to what it is of."""
    token = stream[start]
    if token.kind in ("+", "-"):
        before, after = stream[start - 1], stream[start + 1]
        return before.span.end < token.span.start and token.span.end == after.span.start
    is_factor = token.kind == NAME and names.is_operand(token.text, given)
    return is_factor or token.kind in (NUMBER, "√")


def ends_argument(stream: list[Token], position: int, given: frozenset[str]) -> bool:
    """Tell whether a factor belongs no more to the function without brackets before it."""
    token = stream[position]
    if token.kind != NAME:
        return token.kind != NUMBER and stream[position - 1].span.end < token.span.start
    following = stream[position + 1].kind
    is_base = token.text == _EULER and following in ("^", POWER) and _EULER not in given
    is_call = following in PARENTHESES and names.function_of(token.text, given) is not None
    return is_base or is_call or names.takes_bare(token.text, given)
