"""Notations of programs -> the language's own tokens, before the parser sees them. Nothing is ever evaluated.

Each reader knows one notation; a text without its signs costs no more than the look for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language.brackets import QUOTES, Decoded, closers
from derivcli.language.foreign import complaints, words
from derivcli.language.foreign.lambdas import strip_head
from derivcli.language.foreign.libraries import DIVIDEND
from derivcli.language.foreign.mathematica import from_mathematica
from derivcli.language.foreign.modules import DOTS, undotted
from derivcli.language.foreign.named_arguments import without_keywords
from derivcli.language.foreign.spreadsheet import from_spreadsheet
from derivcli.language.spellings import one_spelling
from derivcli.language.tokens import END, NAME, Token, foreign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_NO_MEANING = frozenset({".", "::", "@", '"', "`"})
_MATLAB = frozenset({".^", ".*", "./"})
_COMMENT = re.compile(r"#.*|/\*.*?\*/|//.*", re.DOTALL)
_WRAPPERS = frozenset({"quote", "expression", "bquote"})


def decoded(stream: list[Token], text: str, given: AbstractSet[str]) -> Decoded:
    """Return what the tokens of a program mean, what has to be said of them, and the names that a head binds.

    Raises `ExpressionError` for what is not read, or in doubt.
    """
    stream, marks = one_spelling(stream, text, given)
    stream, bound = strip_head(stream, given)
    given = given | bound if bound else given
    kinds = {token.kind for token in stream}
    dialects: frozenset[str] = frozenset()
    if kinds & QUOTES:
        stream = _without_quotes(stream)
    if kinds & DOTS:
        stream, dialects = undotted(stream, text, given)
    if "%" in kinds:
        _check_remainder(stream, text, dialects)
    if "[" in kinds:
        stream, more = from_mathematica(stream, given)
        marks += more
    stream, more = from_spreadsheet(stream, text)
    marks += more
    if "=" in kinds:
        stream = without_keywords(stream)
    stream, more = words.meant(stream, text, given)
    _check(stream, text)
    return Decoded(stream, marks + more, bound)


def _check_remainder(stream: list[Token], text: str, dialects: frozenset[str]) -> None:
    """Refuse `%` where it has another sign, or starts a comment: beside the `.^` of MATLAB."""
    sign = next(token.span for token in stream if token.kind == "%")
    if dialects & DIVIDEND:
        raise complaints.sign_of_remainder(sign)
    if any(text[slice(*token.span)] in _MATLAB for token in stream):
        raise complaints.comment_of_matlab(sign)


def comments(stream: list[Token], text: str) -> Iterator[str]:
    """Yield what is said of comments: of all that stands between two tokens, or in front of the first."""
    end = 0
    for token in stream:
        found = _COMMENT.search(text, end, token.span.start) if token.span.start > end + 1 else None
        if found:
            yield f"`{' '.join(found.group().split())}` was left out: a comment"
        end = token.span.end


def unquoted(stream: list[Token]) -> list[Token]:
    """Return a text without the quotes around the whole of it."""
    last = len(stream) - 2
    around = last > 1 and stream[0].kind == stream[last].kind in QUOTES
    inside = around and all(token.kind != stream[0].kind for token in stream[1:last])
    return [*stream[1:last], Token(END, "", stream[last].span)] if inside else stream


def _without_quotes(stream: list[Token]) -> list[Token]:
    """Return `D(quote(x^2), "x")` without its quotes and without what keeps a formula from being computed."""
    dropped: set[int] = set()
    ends = closers(stream)
    for i, token in enumerate(stream[:-2]):
        after = stream[i + 2]
        if token.kind in ("'", '"') and stream[i + 1].kind == NAME and after.kind == token.kind and i not in dropped:
            dropped |= {i, i + 2}
        if token.text in _WRAPPERS and stream[i + 1].kind == "(" and i > 1 and i + 1 in ends:
            dropped |= {i, i + 1, ends[i + 1]}
        if token.kind == "(" and stream[i + 1].kind == "~":
            dropped.add(i + 1)
    return [token for i, token in enumerate(stream) if i not in dropped]


def _check(stream: list[Token], text: str) -> None:
    for token in stream:
        if token.kind in _NO_MEANING:
            raise foreign(text[token.span.start], token.span.start)
