"""Tokens of one text: which brackets belong together, and what follows: a power, a factor, the end of an argument."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import Span
from derivcli.language import names
from derivcli.language.operators import BRACKETS, CHOICES, PARENTHESES
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.notes import Notice

CLOSERS = frozenset(PARENTHESES.values())
QUOTES = frozenset({'"', "`", "'"})
_ENDS_OPERAND = frozenset({NUMBER, NAME, POWER, "!", "°", "|", "⌋", "⌉", *CLOSERS})
OPENERS = BRACKETS.keys() - CHOICES.keys()
_CLOSERS = frozenset(BRACKETS[opener] for opener in OPENERS)
_EULER = "e"
_POWERS = (
    *(["^", NUMBER], ["^", "-", NUMBER]),
    *(["^", opener, *sign, NUMBER, closer] for opener, closer in ("()", "{}") for sign in ([], ["-"])),
)


class Decoded(NamedTuple):
    """The tokens of the one grammar for a text, what has to be said of them, and names that are no products."""

    stream: list[Token]
    notices: list[Notice]
    names: frozenset[str] = frozenset()


class Called(NamedTuple):
    """A name and the bracket behind it, by their positions; `commas` are those between its arguments."""

    name: int
    start: int
    end: int
    commas: tuple[int, ...]


def depths(stream: list[Token]) -> Iterator[int]:
    """Yield how many brackets are open behind each token."""
    return accumulate((token.kind in PARENTHESES) - (token.kind in CLOSERS) for token in stream)


def outside(stream: list[Token], kind: str) -> list[int]:
    """Return where tokens of a kind stand outside of all brackets."""
    return [
        i
        for i, (token, depth) in enumerate(zip(stream, depths(stream), strict=True))
        if token.kind == kind and not depth
    ]


def closers(stream: list[Token]) -> dict[int, int]:
    """Return where each bracket is closed that is."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            waiting.append(i)
        elif token.kind in CLOSERS and waiting:
            found[waiting.pop()] = i
    return found


def called(stream: list[Token]) -> Iterator[Called]:
    """Yield every name with a bracket behind it, and its commas, when the bracket is closed."""
    waiting: list[tuple[int, list[int]]] = []
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            waiting.append((i, []))
        elif token.kind == "," and waiting:
            waiting[-1][1].append(i)
        elif token.kind in CLOSERS and waiting:
            start, commas = waiting.pop()
            if start and stream[start - 1].kind == NAME:
                yield Called(start - 1, start, i, tuple(commas))


def cut(stream: list[Token], first: int, last: int) -> list[Token]:
    """Return the tokens from one position to another, with an end of their own."""
    end = stream[last].span.start if last < len(stream) else stream[-1].span.start
    return [*stream[first:last], Token(END, "", Span(end, end))]


def ends_operand(token: Token) -> bool:
    """Tell whether an operand may end with a token."""
    return token.kind in _ENDS_OPERAND


def close(left: Token, right: Token) -> bool:
    """Tell whether nothing stands between two tokens."""
    return left.span.end == right.span.start


def kinds(stream: list[Token], start: int, count: int) -> list[str]:
    """Return the kinds of some tokens."""
    return [token.kind for token in stream[start : start + count]]


def renamed(token: Token, name: str) -> Token:
    """Return a token with another name in its place."""
    return Token(NAME, name, token.span)


# What follows.


def power(stream: list[Token], start: int) -> tuple[str, int]:
    """Read `^2`, `^-1`, `^(-1)`, `^{-1}` or a superscript; return its text and the position after it, or no text."""
    if stream[start].kind == POWER:
        return stream[start].text.lstrip("+"), start + 1
    if stream[start].kind != "^":
        return "", start
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
