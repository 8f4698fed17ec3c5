"""Mathematica's notation: `Sin[x]`, `Log[2, x]`, `1.5*^-3`, and `E^x` in such a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language import calls
from derivcli.language.brackets import called, close, closers, renamed
from derivcli.language.foreign.vocabulary import MATHEMATICA
from derivcli.language.notes import Mark
from derivcli.language.tokens import NAME, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_EULER = "E"
_TURNED = frozenset({"Log", "ArcTan", "ProductLog"})  # two arguments, in the other order
_LIST = "Piecewise"


def from_mathematica(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], list[Mark]]:
    """Return tokens with Mathematica's functions named as here; any other text as it is."""
    found = [call for call in called(stream) if _is_function(stream, call.name, given)]
    if not found:
        return stream, []
    marks = []
    ends = closers(stream)
    stream = list(stream)
    dropped: set[int] = set()
    for name, start, end, commas in found:
        typed = stream[name].text
        if typed in _TURNED and len(commas) == 1:
            span = stream[name].span.to(stream[end].span)
            marks.append(Mark(span))
        if typed == _LIST and stream[start + 1].kind == "{" == stream[start + 2].kind:
            dropped |= {start + 1, ends[start + 1]}  # `Piecewise[{{a, x > 0}, {b, x < 0}}, c]`
        stream[name] = renamed(stream[name], MATHEMATICA.get(typed, typed))
    for i, token in enumerate(stream):
        if token.kind == NAME and token.text == _EULER and _EULER not in given:
            stream[i] = renamed(token, "e")
            marks.append(Mark(token.span, "`E` was read as e, as in Mathematica"))
    return [token for i, token in enumerate(stream) if i not in dropped], marks


def _is_function(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    name, bracket = stream[position], stream[position + 1]
    if name.text in given or bracket.kind != "[" or not close(name, bracket):
        return False
    camel = len(name.text) > 1 and name.text[0].isupper() and not name.text.isupper()
    return name.text in MATHEMATICA or (camel and calls.name_called(name.text) is not None)
