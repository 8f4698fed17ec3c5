"""Text -> tokens that know their span."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import ExpressionError, Span
from derivcli.language.catalogue import is_function
from derivcli.language.foreign.vocabulary import MATHEMATICA
from derivcli.language.limits import MAX_LITERAL, check_length, check_literal, check_name, check_nodes
from derivcli.language.numbers import LITERAL, exponent_size, sizes
from derivcli.language.symbols import (
    FRACTIONS,
    GREEK,
    NAMES,
    OPERATORS,
    ROOTS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    ascii_form,
    code_point,
    plain,
)
from derivcli.language.tree import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = "number"
NAME = "name"
POWER = "superscript"
END = "end"


class Token(NamedTuple):
    """`kind` is number, name, superscript, end, or the operator itself; `text` is its ASCII form."""

    kind: str
    text: str
    span: Span


_GREEK = "".join(sorted(GREEK))
_SUBSCRIPTS = "".join(SUBSCRIPTS)
_PATTERN = re.compile(
    rf"""(?P<sign>[-+^(),]|\*(?!\*)|/(?![/*]|\.(?![0-9]))|=(?!=))
    |(?P<space>[ \t\r\n]+|\#.*)
    |(?P<number>{LITERAL})
    |(?P<shortened>\bw\.[ ]?r\.[ ]?t\b\.?)
    |(?P<cell>\$[A-Z]{{1,3}}\$?[0-9]+|\b[A-Z]{{1,3}}\$[0-9]+)
    |(?P<name>[A-Za-z_{_GREEK}][A-Za-z0-9_{_GREEK}]*)(?:(?P<index>\[[0-9]+(?:,[0-9]+)*\])|(?P<lowered>[{_SUBSCRIPTS}]+))?
    |(?P<whole_name>[{"".join(NAMES)}])
    |(?P<root>[{"".join(ROOTS)}]|(?<![\w)\]}}])[²³⁴-⁹]√)
    |(?P<fraction>[{"".join(FRACTIONS)}])
    |(?P<superscript>[{"".join(SUPERSCRIPTS)}]+)
    |(?P<stop>(?<=[\w)\]'])\.(?=\s|$))
    |(?P<slash>//|/(?=\*))
    |(?P<word>&&|(?i:\.(?:and|or|not)\.))
    |(?P<operator>\*\*|/\.|<=|>=|==|!=|<>|::|(?i:\.(?:lt|le|gt|ge|eq|ne)\.)|\.[*/^]|\.(?=[A-Za-z])|[%!<>{{}}|?:;~'\[\]@"`]
        |[{"".join(OPERATORS)}])""",
    re.VERBOSE,
)
_SAME_OPERATOR = {"**": "^", ".*": "*", "./": "/", ".^": "^", "<>": "!=", **OPERATORS}
_SAME_OPERATOR |= {f".{name}.": sign for name, sign in COMPARISONS.items()}
_SAME_WORD = {"&&": "and", ".and.": "and", ".or.": "or", ".not.": "not"}
# `x^2 // the area` ends in a comment: words side by side, and nothing to compute with.
_PROSE = re.compile(r"//[ \t][^\n\-+*/^()=<>0-9]*(?=\n|$)")
_RAISED_TWICE = re.compile(r"[^\W\d_][0-9]")  # `e⁻ˣ²`
_HEXADECIMAL = re.compile(r"0[xXbBoO][0-9a-fA-F]+")
_TORN = re.compile(r"_|\.(?![*/^])")  # what makes a number no number: 1_000, 1.2.3
_GOES_ON = frozenset("_.xXbBoO")  # what may do so, where it stands behind a number
SCALARS = "scalars only: write w1*x1 + w2*x2"
_SLIPS = {
    ".": "write the function alone, such as `sin(x)`",
    "&": "write `and` between conditions",
    "@": SCALARS,
}


def tokenize(text: str) -> list[Token]:
    """Split a text into tokens; the last one has kind `end`.

    Raises `ExpressionError` for a character the language does not know, `LimitError` for a text or a number that
    is too long.
    """
    check_length(text)
    found: list[Token] = []
    position = operands = 0
    meant = plain(text)
    last = meant.rfind("*/")
    while position < len(text):
        match = _PATTERN.match(meant, position)
        if match is None:
            raise foreign(text[position], position)
        start, position = match.span()
        group = match.lastgroup or ""
        if group == "sign":  # most tokens: each is a kind of its own
            sign = match[0]
            found.append(Token(sign, sign, Span(start, position)))
        elif group in _OPERANDS:
            token = _OPERANDS[group](match)
            found.append(token)
            position = token.span.end
            operands += 1
            check_nodes(operands, token.span)  # each becomes a node: no need to read on
        elif group == "slash" and (end := _after_comment(meant, start, last)) != position:
            position = end
        elif group != "space":
            found += _MADE[group](match[0], Span(start, position))
    found.append(Token(END, "", Span(len(text), len(text))))
    return found


def _is_called(name: str) -> bool:
    """Tell whether a name before `[2]` is a function, Mathematica's among them: `Sqrt[2]`."""
    camel = len(name) > 1 and name[0].isupper() and not name.isupper()
    return is_function(name) or name in MATHEMATICA or (camel and is_function(name.lower()))


def _after_comment(text: str, start: int, last: int) -> int:
    """Return where a comment ends, or the sign alone: `/` divides. `last` is where the last `*/` stands."""
    if text.startswith("/*", start) and start < last:
        return text.index("*/", start) + 2
    if text[start : start + 2] != "//":
        return start + 1
    match = _PROSE.match(text, start) if start and text[start - 1].isspace() else None
    words = [len(word) > 1 and not is_function(word) for word in match.group().split()[1:]] if match else []
    is_comment = match is not None and any(map(all, pairwise(words)))
    return match.end() if match is not None and is_comment else start + 2


def _name(match: re.Match[str]) -> Token:
    return _named(match[0], Span(*match.span()))


def _indexed(match: re.Match[str]) -> Token:
    if _is_called(match["name"]):  # `sin[2]` is a call, `x[2]` a name
        return _named(match["name"], Span(*match.span("name")))
    return _named(match[0], Span(*match.span()))


def _named(name: str, span: Span) -> Token:
    check_name(len(name), span)
    return Token(NAME, name, span)


def _lowered(match: re.Match[str]) -> Token:
    below = "".join(SUBSCRIPTS[sign] for sign in match["lowered"])
    return Token(NAME, f"{match['name']}_{below}", Span(*match.span()))


def _number(match: re.Match[str]) -> Token:
    found, text, span = match.group(), match.string, Span(*match.span())
    if text[span.end : span.end + 1] in _GOES_ON:
        _check_end(text, span)
    if len(found) > MAX_LITERAL or "e" in found.lower():
        for digits in sizes(found):
            check_literal(digits, span)
    return Token(NUMBER, found, span)


def _check_end(text: str, span: Span) -> None:
    """Raise `ExpressionError` for what begins as a number and goes on as none."""
    hexadecimal = _HEXADECIMAL.match(text, span.start)
    if hexadecimal:
        raise ExpressionError("numbers are decimal", Span(*hexadecimal.span()), hint="write it in base ten")
    if _TORN.match(text, span.end):
        raise ExpressionError(
            "not a number", Span(span.start, span.end + 1), hint="write digits only, such as 1000000 or 2.5"
        )


_OPERANDS: dict[str, Callable[[re.Match[str]], Token]] = {
    "name": _name,
    "index": _indexed,
    "lowered": _lowered,
    "number": _number,
    "whole_name": lambda match: Token(NAME, NAMES[match[0]], Span(*match.span())),
    "word": lambda match: Token(NAME, _SAME_WORD[match[0].lower()], Span(*match.span())),
}


def check_exponent(exponent: str, span: Span) -> None:
    """Raise `LimitError` for an exponent of ten that stands for too many digits."""
    check_literal(exponent_size(exponent), span)


def _superscript(found: str, span: Span) -> list[Token]:
    """Return a power: a whole number is one token, another one a power in brackets."""
    power = "".join(SUPERSCRIPTS[character] for character in found)
    if re.fullmatch(r"[+-]?[0-9]+", power):
        check_literal(len(power), span)
        return [Token(POWER, power, span)]
    if _RAISED_TWICE.search(power):
        hint = "write the powers with ^, such as `e^(-x^2)`"
        raise ExpressionError("a power stands in a superscript", span, hint=hint)
    if not power.strip("0123456789+-"):
        raise ExpressionError("a superscript must be a whole number", span, hint="write the power with ^")
    start, end = Span(span.start, span.start), Span(span.end, span.end)
    inside = [
        Token(kind, text, Span(span.start + place.start, span.start + place.end))
        for kind, text, place in tokenize(power)[:-1]
    ]
    return [Token("^", "^", start), Token("(", "(", start), *inside, Token(")", ")", end)]


def _fraction(found: str, span: Span) -> list[Token]:
    """Return a quotient in brackets for `½`."""
    above, below = FRACTIONS[found]
    start = Span(span.start, span.start)
    quotient = ((NUMBER, above), ("/", "/"), (NUMBER, below))
    return [Token("(", "(", start), *(Token(*part, start) for part in quotient), Token(")", ")", span)]


def _operator(found: str, span: Span) -> list[Token]:
    operator = _SAME_OPERATOR.get(found.lower(), found)
    return [Token(operator, operator, span)]


_MADE: dict[str, Callable[[str, Span], list[Token]]] = {
    "operator": _operator,
    "slash": _operator,
    "root": lambda found, span: [Token("√", ROOTS.get(found) or SUPERSCRIPTS[found[0]], span)],
    "superscript": _superscript,
    "fraction": _fraction,
    "shortened": lambda _, span: [Token(NAME, "wrt", span)],
    "stop": lambda found, span: [Token(";", found, span)],  # of a sentence
    # A cell that stays the same where its formula is copied to.
    "cell": lambda found, span: [Token(NAME, found.replace("$", ""), span)],
}


def foreign(character: str, position: int) -> ExpressionError:
    """Return the error for a character that has no meaning where it stands."""
    span = Span(position, position + 1)
    if character.isascii() and character.isprintable():
        return ExpressionError(f"`{character}` has no meaning here", span, hint=_SLIPS.get(character))
    meant = ascii_form(character)
    hint = None if meant is None else f"write `{meant}`"
    return ExpressionError(f"unknown character {code_point(character)}", span, hint=hint)
