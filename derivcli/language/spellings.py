"""One name in several spellings: θ and `theta`, and letters of mathematical alphabets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import calls, complaints
from derivcli.language.brackets import renamed
from derivcli.language.notes import Mark
from derivcli.language.operators import PARENTHESES
from derivcli.language.symbols import all_ascii, is_styled, spelled_out
from derivcli.language.tokens import NAME, Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet


def one_spelling(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Mark]]:
    """Return tokens with one spelling for each name: the one that has a value, else the first in the text.

    Raises `ExpressionError` where two alphabets may stand for two names.
    """
    if text.isascii() and all_ascii(frozenset(given)):
        return stream, []
    marks = list(_styles(stream, text))
    chosen = {spelled_out(name): name for name in given}
    found = []
    for token, following in zip(stream, [*stream[1:], stream[-1]], strict=True):
        is_call = following.kind in PARENTHESES and calls.name_called(token.text) is not None
        if token.kind == NAME and not is_call and token.text not in given:
            token = renamed(token, chosen.setdefault(spelled_out(token.text), token.text))
        found.append(token)
    return found, marks


def _styles(stream: list[Token], text: str) -> Iterator[Mark]:
    """Yield a note on each name in letters of a mathematical alphabet."""
    typed: dict[str, str] = {}
    for token in stream:
        if token.kind != NAME:
            continue
        shown = text[slice(*token.span)]
        if typed.setdefault(token.text, shown) != shown and (is_styled(shown) or is_styled(typed[token.text])):
            raise complaints.two_alphabets(token.span, typed[token.text], shown)
        if is_styled(shown):
            yield Mark(token.span, f"`{shown}` was read as `{token.text}`")
