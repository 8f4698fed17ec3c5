"""What stands in front of the body of a function in programs: `lambda x:`, `x ->`, `@(x)`, `return`, `f[x_] :=`.

::

    text  = [ NAME ( "=" | ":=" | "<-" ) ] head body
    head  = "lambda" NAME { "," NAME } ":" | names ( "->" | "=>" | "↦" ) | "@" "(" NAME { "," NAME } ")"
          | "function" "(" NAME { "," NAME } ")" | "def" NAME "(" NAME { "," NAME } ")" ":" [ "return" ] | "return"
    names = NAME | "(" NAME { "," NAME } ")"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language.tokens import END, NAME

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.language.tokens import Token

_NAMES = r"(\( n( , n)* \)|n)"
_BRACKET = r"\( n( , n)* \)"
_ARROW = r"(- >|= >|↦)"
_HEADS = re.compile(
    rf"((const|let|var) )?(n (: =|=|< -) )?(lambda n( , n)* :|{_NAMES} {_ARROW}|@ {_BRACKET}|function {_BRACKET})"
    rf"( return)?|def n {_BRACKET} :( return)?|return|n \[ p( , p)* \] (: =|=)"
)
_WORDS = frozenset({"lambda", "function", "def", "return", "const", "let", "var"})
_TRIGGERS = frozenset({"↦", "@", ">"})
_LONGEST = 40  # tokens of a head


def strip_head(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], frozenset[str]]:
    """Return the body of a function, and the names that its head binds."""
    if not _may_have_head(stream, given):
        return stream, frozenset()
    shape = " ".join(_shape(token, given) for token in stream[:_LONGEST])
    found = _HEADS.match(shape + " ")
    count = found.group().count(" ") + 1 if found else 0
    if not found or not shape[found.end() :].startswith(" ") or stream[count].kind == END:
        return stream, frozenset()
    head = stream[:count]
    equals = max((i for i, token in enumerate(head[:-1]) if token.kind in ("=", "<")), default=-1)
    names = head[equals + 1 :] if head[-1].kind != "=" else head[1:]
    bound = {token.text.rstrip("_") for token in names if token.kind == NAME and _shape(token, given) in ("n", "p")}
    return stream[count:], frozenset(bound)


def _may_have_head(stream: list[Token], given: AbstractSet[str]) -> bool:
    front = stream[:_LONGEST]
    words = {token.text for token in front if token.kind == NAME}
    has_word = not words.isdisjoint(_WORDS - given)
    has_pattern = any(name.endswith("_") for name in words)
    return has_word or has_pattern or any(token.kind in _TRIGGERS for token in front)


def _shape(token: Token, given: AbstractSet[str]) -> str:
    """Return a token as the pattern of heads has it: a name is `n`, one of Mathematica's patterns `p`."""
    if token.kind != NAME:
        return token.kind
    if token.text in _WORDS and token.text not in given:
        return token.text
    return "p" if token.text.endswith("_") and len(token.text) > 1 else "n"
