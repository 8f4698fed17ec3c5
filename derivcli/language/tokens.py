"""Text -> tokens that know their span."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivcli.errors import ExpressionError, Span
from derivcli.language.catalogue import is_function
from derivcli.language.limits import check_length, check_literal, check_name
from derivcli.language.symbols import (
    GREEK,
    NAMES,
    OPERATORS,
    SAME_LETTER,
    SUPERSCRIPTS,
    ascii_form,
    code_point,
)

NUMBER = "number"
NAME = "name"
POWER = "superscript"
END = "end"


class Token(NamedTuple):
    """`kind` is number, name, superscript, end, or the operator itself; `text` is its ASCII form."""

    kind: str
    text: str
    span: Span


_GREEK = "".join(sorted(GREEK | SAME_LETTER.keys()))
_PATTERN = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[A-Za-z_{_GREEK}][A-Za-z0-9_{_GREEK}]*)(?P<index>\[[0-9]+(?:,[0-9]+)*\])?
    |(?P<whole_name>[{"".join(NAMES)}])
    |(?P<superscript>[{"".join(SUPERSCRIPTS)}]+)
    |(?P<operator>\*\*|//|<=|>=|==|!=|&&|\.[*/^]|[-+*/^%!<>=(){{}},|?:;~'\[\]]|[{"".join(OPERATORS)}])""",
    re.VERBOSE,
)
_SAME_OPERATOR = {"**": "^", ".*": "*", "./": "/", ".^": "^", **OPERATORS}
_SAME_WORD = {"&&": "and"}
_HEXADECIMAL = re.compile(r"0[xXbBoO][0-9a-fA-F]+")
_TORN = re.compile(r"_|\.(?![*/^])")  # what makes a number no number: 1_000, 1.2.3
_SLIPS = {
    ".": "write the function alone, such as `sin(x)`",
    "&": "write `and` between conditions",
}


def tokenize(text: str) -> list[Token]:
    """Split a text into tokens; the last one has kind `end`.

    Raises `ExpressionError` for a character the language does not know, `LimitError` for a text or a number that
    is too long.
    """
    check_length(text)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise foreign(text[position], position)
        if match.lastgroup == "index" and is_function(match["name"]):
            position = match.end("name")  # `sin[2]` is a call, `x[2]` a name
            tokens.append(_name(match["name"], match.start()))
            continue
        position = match.end()
        if match.lastgroup != "space":
            tokens.append(_token(match, text))
    tokens.append(Token(END, "", Span(len(text), len(text))))
    return tokens


def _token(match: re.Match[str], text: str) -> Token:
    group, found, span = match.lastgroup, match.group(), Span(*match.span())
    if group == "number":
        return _number(found, span, text)
    if group in ("name", "index"):
        return _name(found, span.start)
    if group == "whole_name":
        return Token(NAME, NAMES[found], span)
    if group == "superscript":
        return _superscript(found, span)
    if found in _SAME_WORD:
        return Token(NAME, _SAME_WORD[found], span)
    operator = _SAME_OPERATOR.get(found, found)
    return Token(operator, operator, span)


def _name(found: str, start: int) -> Token:
    span = Span(start, start + len(found))
    check_name(len(found), span)
    return Token(NAME, "".join(SAME_LETTER.get(letter, letter) for letter in found), span)


def _number(found: str, span: Span, text: str) -> Token:
    hexadecimal = _HEXADECIMAL.match(text, span.start)
    if hexadecimal:
        raise ExpressionError("numbers are decimal", Span(*hexadecimal.span()), hint="write it in base ten")
    if _TORN.match(text, span.end):
        raise ExpressionError(
            "not a number", Span(span.start, span.end + 1), hint="write digits only, such as 1000000 or 2.5"
        )
    mantissa, _, exponent = found.lower().partition("e")
    check_literal(len(mantissa.replace(".", "")), span)
    check_exponent(exponent, span)
    return Token(NUMBER, found, span)


def check_exponent(exponent: str, span: Span) -> None:
    """Raise `LimitError` for an exponent of ten that stands for too many digits."""
    digits = exponent.lstrip("+-0")
    check_literal(10**9 if len(digits) > 9 else int(digits or 0), span)


def _superscript(found: str, span: Span) -> Token:
    power = "".join(SUPERSCRIPTS[character] for character in found)
    if not re.fullmatch(r"[+-]?[0-9]+", power):
        raise ExpressionError("a superscript must be a whole number", span, hint="write the power with ^")
    check_literal(len(power), span)
    return Token(POWER, power, span)


def foreign(character: str, position: int) -> ExpressionError:
    """Return the error for a character that the language does not know."""
    span = Span(position, position + 1)
    if character.isascii() and character.isprintable():
        return ExpressionError(f"`{character}` has no meaning here", span, hint=_SLIPS.get(character))
    meant = ascii_form(character)
    hint = None if meant is None else f"write {meant}" if meant.startswith("a ") else f"write `{meant}`"
    return ExpressionError(f"unknown character {code_point(character)}", span, hint=hint)
