"""What words around an expression ask for: `find the second derivative of x^3`, `differentiate x^2 y wrt y`.

::

    request = { LEAD } asked [ by ":" ] { OBJECT } text [ by ]
    asked   = [ ORDINAL ] [ "partial" ] DERIVATIVE | "differentiate" [ "twice" ]
    by      = ( ( "with" | "in" ) "respect" "to" | "wrt" | "by" | "for" | "in" ) NAME

A lead alone, `find`, is read where a notation in signs follows it, see `derivatives`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language.brackets import close, cut
from derivcli.language.derivatives import Asked, small
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import END, NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_LEADS = """
    find what whats is compute calculate determine evaluate give show get take obtain solve me us the please can you
    die la
"""
LEADS = frozenset(_LEADS.split())
_WORDS_OF_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: order for order, word in enumerate(_WORDS_OF_ORDER.split(), start=1)}
# Before a derivative in another language.
_ORDINALS = ORDINALS | {
    **dict.fromkeys(("erste", "primera", "primeira", "prima", "premiere"), 1),
    **dict.fromkeys(("zweite", "segunda", "seconda", "seconde", "deuxieme"), 2),
    **dict.fromkeys(("dritte", "tercera", "terceira", "terza", "troisieme"), 3),
}
SUFFIXES = ("st", "nd", "rd", "th")  # of an ordinal in digits: `2nd`
_CERTAIN = "derivative"  # no variable has this name; slope and gradient may well be one
# A derivative, and the word behind it, in several languages.
_DERIVATIVES = {
    **dict.fromkeys((_CERTAIN, "slope", "gradient"), "of"),
    "derivada": "de",
    "derivee": "de",
    "derivata": "di",
    "ableitung": "von",
}
DIFFERENTIATE, TWICE = "differentiate", "twice"
# What stands between `of` and the formula.
_OBJECTS = frozenset({"the", "function", "expression", "curve", "following"})
_BY = (("with", "respect", "to"), ("in", "respect", "to"), ("wrt",))
_BEHIND = (*_BY, ("by",), ("for",), ("in",))  # where a derivative stands before
_POLITE = "please"
_FIRST = LEADS | _ORDINALS.keys() | _DERIVATIVES.keys() | {DIFFERENTIATE, "partial"}
_LAST = frozenset(by[-1] for by in _BEHIND) | {_POLITE}


def lead(stream: list[Token], position: int, given: AbstractSet[str]) -> int:
    """Return where the words end that lead to what is asked: `find`, `what is the`, `what's`."""
    while stream[position].text not in given and (
        stream[position].text.lower() in LEADS or _is_contracted(stream, position)
    ):
        position += 1
    return position


def _is_contracted(stream: list[Token], position: int) -> bool:
    """Tell whether the sign or the s of `what's` stands here."""
    before = [token.text.lower() for token in stream[max(0, position - 2) : position + 1]]
    return before[-2:] == ["what", "'"] or before == ["what", "'", "s"]


def read(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], Asked] | None:
    """Return the text inside a request in words, and what it asks for; None for a text without words."""
    if not _may_ask(stream):
        return None
    words = [token.text.lower() if token.kind == NAME and token.text not in given else "" for token in stream]
    last = len(stream) - 1 - (words[-2:-1] == [_POLITE])
    order, position = _head(stream, words, lead(stream, 0, given))
    named, position = _by(stream, words, position) if position else ("", 0)
    while position and words[position] in _OBJECTS:
        position += 1
    tails = _BEHIND if position else _BY
    tail = next((last - 1 - len(by) for by in tails if words[last - 1 - len(by) : last - 1] == list(by)), 0)
    if tail > position and stream[last - 1].kind == NAME and not named:
        named, last = stream[last - 1].text, tail
    if not (position or named):
        return None
    return cut(stream, position, last), Asked(order, (named,) * order if named else ())


def _may_ask(stream: list[Token]) -> bool:
    """Tell whether a text begins or ends as a request does: few do, and texts may be long."""
    if stream[0].text.lower() in _FIRST or stream[-3:][0].text.lower() in _LAST:
        return True
    return any(token.text.lower() in SUFFIXES for token in stream[1:3])


def _head(stream: list[Token], words: list[str], start: int) -> tuple[int, int]:
    """Read `2nd partial derivative of`, `differentiate`; return the order, and where the text begins, or 0."""
    order, position = _ordinal(stream, words, start)
    position += words[position] == "partial"
    word, following = (*words[position : position + 2], "")[:2]
    if not word or (stream[position + 1].kind in PARENTHESES and close(*stream[position : position + 2])):
        return 1, 0  # `Derivative(x^2, x)`
    if word == DIFFERENTIATE:
        return (2, position + 2) if following == TWICE else (1, position + 1)
    has_of = following == _DERIVATIVES.get(word, END)
    return (order or 1, position + 1 + has_of) if has_of or word == _CERTAIN else (1, 0)


def _ordinal(stream: list[Token], words: list[str], start: int) -> tuple[int, int]:
    """Read `second` or `2nd`; return the order, 0 where there is none, and the position after it."""
    if stream[start].kind == NUMBER and stream[start].text.isdigit() and words[start + 1] in SUFFIXES:
        if not small(stream[start].text) and words[start + 2] in _DERIVATIVES:
            hint = "the first derivative is the lowest; f itself is the formula alone"
            raise ExpressionError("this is no derivative", stream[start].span.to(stream[start + 1].span), hint=hint)
        return small(stream[start].text), start + 2
    order = _ORDINALS.get(words[start], 0)
    return order, start + (order > 0)


def _by(stream: list[Token], words: list[str], position: int) -> tuple[str, int]:
    """Read `with respect to x:` before the text; return the name, and where the text begins."""
    for by in _BY:
        end = position + len(by)
        if words[position:end] == list(by) and stream[end].kind == NAME:
            return stream[end].text, end + 1 + (stream[end + 1].text in (":", ",", "of"))
    return "", position
