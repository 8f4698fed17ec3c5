"""Names borrowed from elsewhere -> those of the language: `PI`, `dexp(x)`, `ifelse(c, a, b)`, `log5(x)`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.language import catalogue
from derivcli.language.brackets import kinds, renamed
from derivcli.language.foreign.modules import template
from derivcli.language.foreign.vocabulary import CALLED, CONSTANTS, SAID
from derivcli.language.notes import Mark
from derivcli.language.tokens import NAME, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.language.brackets import Reader


def meant(stream: list[Token], names: AbstractSet[str], reader: Reader) -> list[Token]:
    """Return tokens with names of the language; `names` are those that have no value."""
    if names & CONSTANTS.keys() or "pi" in names:
        stream = _constants(stream, reader)
    wanted = {name: meaning for name in names if (meaning := _meaning(name)) is not None}
    if not wanted and names.isdisjoint(SAID):
        return stream
    found = stream[-1:]
    for token, following in reversed(list(pairwise(stream))):
        is_call = token.kind == NAME and token.text in names and following.kind == "("
        if is_call and token.text in SAID:
            reader.marks.append(Mark(token.span, SAID[token.text]))
        found.append(renamed(token, wanted[token.text]) if is_call and token.text in wanted else token)
    return found[::-1]


def _constants(stream: list[Token], reader: Reader) -> list[Token]:
    """Read `PI`, `M_PI_2` and `pi()`."""
    found: list[Token] = []
    i = 0
    while i < len(stream):
        token = stream[i]
        is_call = kinds(stream, i + 1, 2) == ["(", ")"]
        known = token.kind == NAME and token.text not in reader.given
        meaning = CONSTANTS.get(token.text, "pi" if token.text == "pi" and is_call else "") if known else ""
        if meaning and token.text != "pi":
            reader.note(token.span, meaning)
        found += template(meaning, token) if meaning else [token]
        i += 3 if meaning and is_call else 1
    return found


def _meaning(name: str) -> str | None:
    """Return what a function from elsewhere is called here; `log5(x)` is the logarithm to the base 5."""
    if catalogue.is_function(name):
        return None
    return f"log_{name[3:]}" if name.startswith("log") and name[3:].isdigit() else CALLED.get(name.lower())
