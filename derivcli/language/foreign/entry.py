"""Whether a text holds anything of a program: its readers are loaded for such a text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.brackets import QUOTES, Decoded
from derivcli.language.foreign.vocabulary import CALLED, CONSTANTS, SAID, WORDS
from derivcli.language.symbols import all_ascii
from derivcli.language.tokens import END, NAME, NUMBER, POWER

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.language.tokens import Token

_PLAIN = frozenset({NUMBER, NAME, POWER, END, *"+-*/^(),!|<>", "//", "<=", ">=", "==", "!=", "√", "∂", "?", ":"})
_SIGNS = ("->", "=>", "*^", ".^", "()", "@", "::")
_COMMENTS = ("#", "/*", "//")


def decoded(stream: list[Token], text: str, given: AbstractSet[str]) -> Decoded:
    """Return what the tokens of a program mean; raises `ExpressionError` for what is not read, or in doubt."""
    if _is_plain(stream, text) and all_ascii(frozenset(given)):
        return Decoded(stream, [])
    from derivcli.language.foreign import reading

    return reading.decoded(stream, text, given)


def _is_plain(stream: list[Token], text: str) -> bool:
    """Tell whether nothing in a text is read in another way than it stands there."""
    if not text.isascii() or not _PLAIN.issuperset([token.kind for token in stream]):
        return False
    start, end = stream[0].span.start, stream[-1].span.end
    names = {token.text for token in stream if token.kind == NAME}
    return all(text.find(sign, start, end) < 0 for sign in _SIGNS) and not any(map(_is_borrowed, names))


def _is_borrowed(name: str) -> bool:
    is_base = name.startswith("log") and name[3:].isdigit()
    return name in CONSTANTS or name in WORDS or name in SAID or is_base or name.lower() in CALLED


def comments(stream: list[Token], text: str) -> tuple[str, ...]:
    """Return what is said of the comments in a text."""
    if not any(sign in text for sign in _COMMENTS):
        return ()
    from derivcli.language.foreign import reading

    return tuple(reading.comments(stream, text))


def unquoted(stream: list[Token]) -> list[Token]:
    """Return a text without the quotes around the whole of it."""
    if stream[0].kind not in QUOTES:
        return stream
    from derivcli.language.foreign import reading

    return reading.unquoted(stream)
