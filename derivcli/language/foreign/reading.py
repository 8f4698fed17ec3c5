"""A text that holds anything of a program -> tokens of the language, before the grammar sees them.

Each reader knows one notation; a text without its signs costs no more than the look for them. What stands in front of
the body of a function is left out here: `lambda x:`, `x ->`, `@(x)`, `return`, `f[x_] :=`.

::

    text  = [ NAME ( "=" | ":=" | "<-" ) ] head body
    head  = "lambda" NAME { "," NAME } ":" | names ( "->" | "=>" | "↦" ) | "@" "(" NAME { "," NAME } ")"
          | "function" "(" NAME { "," NAME } ")" | "def" NAME "(" NAME { "," NAME } ")" ":" [ "return" ] | "return"
    names = NAME | "(" NAME { "," NAME } ")"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language import calls
from derivcli.language.brackets import QUOTES, Decoded, closers, ends_operand, renamed
from derivcli.language.foreign import english, words
from derivcli.language.foreign.arguments import without_keywords, without_layers
from derivcli.language.foreign.dialects import DIVIDEND
from derivcli.language.foreign.modules import DOTS, undotted
from derivcli.language.foreign.notations import from_mathematica, from_spreadsheet
from derivcli.language.foreign.vocabulary import SPOKEN
from derivcli.language.notes import Notice
from derivcli.language.operators import PARENTHESES
from derivcli.language.symbols import all_ascii, is_styled, spelled_out
from derivcli.language.tokens import END, NAME, Token, foreign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_NO_MEANING = frozenset({".", "::", '"', "`"})
_MATLAB = frozenset({".^", ".*", "./"})
_COMMENT = re.compile(r"#.*|/\*.*?\*/|//.*", re.DOTALL)
_WRAPPERS = frozenset({"quote", "expression", "bquote"})
_NAMES = r"(\( n( , n)* \)|n)"
_BRACKET = r"\( n( , n)* \)"
_ARROW = r"(- >|= >|↦)"
_HEADS = re.compile(
    rf"((const|let|var) )?(n (: =|=|< -) )?(lambda n( , n)* :|{_NAMES} {_ARROW}|@ {_BRACKET}|function {_BRACKET})"
    rf"( return)?|def n {_BRACKET} :( return)?|return|n \[ p( , p)* \] (: =|=)"
)
_WORDS = frozenset({"lambda", "function", "def", "return", "const", "let", "var"})
_TRIGGERS = frozenset({"↦", "@", ">"})
_LONGEST = 40  # tokens of a head: a function of 16 variables has 36


def decoded(stream: list[Token], text: str, given: AbstractSet[str]) -> Decoded:
    """Return what the tokens of a program mean, what has to be said of them, and the names that a head binds.

    Raises `ExpressionError` for what is not read, or in doubt.
    """
    stream, notices = one_spelling(stream, text, given)
    stream, bound = strip_head(_without_braces(stream), given)
    given = given | bound if bound else given
    if not SPOKEN.isdisjoint({token.text.lower() for token in stream if token.kind == NAME} - given):
        stream, more = english.read(stream, text, given)
        notices += more
    kinds = {token.kind for token in stream}
    dialects: frozenset[str] = frozenset()
    if kinds & QUOTES:
        stream = _without_quotes(stream)
    if kinds & DOTS:
        stream, dialects = undotted(without_layers(stream, given), text, given)
    if "%" in kinds:
        _check_remainder(stream, text, dialects)
    if "[" in kinds:
        stream, more = from_mathematica(stream, given)
        notices += more
    stream, more = from_spreadsheet(stream, text)
    notices += more
    if "=" in kinds:
        stream = without_keywords(stream)
    stream, more = words.meant(stream, text, given)
    _check(stream, text)
    return Decoded(stream, notices + more, bound)


def _check_remainder(stream: list[Token], text: str, dialects: frozenset[str]) -> None:
    """Refuse `%` where it has another sign, or starts a comment: beside the `.^` of MATLAB."""
    sign = next(token.span for token in stream if token.kind == "%")
    if dialects & DIVIDEND:
        message = "`%` has the sign of the left side there, of the right side here"
        raise ExpressionError(message, sign, hint="write `fmod(x, y)` or `mod(x, y)`")
    if any(text[slice(*token.span)] in _MATLAB for token in stream):
        message = "`%` starts a comment there, and is the remainder here"
        raise ExpressionError(message, sign, hint="leave the comment out, or write `mod(x, y)`")


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
        opens = token.kind in ("'", '"') and i not in dropped and not (i and ends_operand(stream[i - 1]))  # `x'y'`
        if opens and stream[i + 1].kind == NAME and after.kind == token.kind:
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


# What stands in front of the body of a function.


def _without_braces(stream: list[Token]) -> list[Token]:
    """Return `function(x) { return x^2; }` of R and JavaScript without its braces, and without a name."""
    if stream[0].text != "function" or stream[-2].kind != "}":
        return stream
    named = stream[1].kind == NAME
    end = closers(stream[1 + named :]).get(0)
    start = 1 + named + end + 1 if end is not None else 0
    if not start or stream[start].kind != "{" or closers(stream).get(start) != len(stream) - 2:
        return stream
    last = len(stream) - 2 - (stream[-3].kind == ";")
    return [stream[0], *stream[1 + named : start], *stream[start + 1 : last], stream[-1]]


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


# One name in several spellings: θ and `theta`, and letters of mathematical alphabets.


def one_spelling(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Notice]]:
    """Return tokens with one spelling for each name: the one that has a value, else the first in the text.

    Raises `ExpressionError` where two alphabets may stand for two names.
    """
    if text.isascii() and all_ascii(frozenset(given)):
        return stream, []
    notices = list(_styles(stream, text))
    chosen = {spelled_out(name): name for name in given}
    found = []
    for token, following in zip(stream, [*stream[1:], stream[-1]], strict=True):
        is_call = following.kind in PARENTHESES and calls.name_called(token.text) is not None
        if token.kind == NAME and not is_call and token.text not in given:
            token = renamed(token, chosen.setdefault(spelled_out(token.text), token.text))
        found.append(token)
    return found, notices


def _styles(stream: list[Token], text: str) -> Iterator[Notice]:
    """Yield a note on each name in letters of a mathematical alphabet."""
    typed: dict[str, str] = {}
    for token in stream:
        if token.kind != NAME:
            continue
        shown = text[slice(*token.span)]
        if typed.setdefault(token.text, shown) != shown and (is_styled(shown) or is_styled(typed[token.text])):
            message = f"`{typed[token.text]}` and `{shown}` would be one name"
            raise ExpressionError(message, token.span, hint="give them different names, such as x and x_1")
        if is_styled(shown):
            yield Notice(token.span, f"`{shown}` was read as `{token.text}`")
