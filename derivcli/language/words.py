"""Words and signs of programs between operands: `a if c else b`, `x mod 2`, `f(a; b)`, `log_{2}(x)`, `%pi`, `[0]`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import catalogue, complaints
from derivcli.language.brackets import closers, called, close, ends_operand, kinds, renamed
from derivcli.language.dots import template
from derivcli.language.elsewhere import CALLED, CONSTANTS, PER_CENT
from derivcli.language.operators import PARENTHESES
from derivcli.language.reading import Mark
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_CLOSERS = frozenset(PARENTHESES.values())
# Names with a meaning that some do not expect.
_SAID = {
    "LOG": "`LOG` is the natural logarithm here; log10(x) is the common one",
    "remainder": "`remainder(x, y)` has the sign of y, as in Python; ieee_remainder(x, y) is the one of C",
}
_DEGREES = frozenset({"deg", "degree", "degrees"})


class _Reader:
    """What every rule needs to know, and the marks that it leaves."""

    def __init__(self, text: str, given: AbstractSet[str]) -> None:
        self.text = text
        self.given = given
        self.marks: list[Mark] = []


def meant(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], list[Mark]]:
    """Return tokens with the words of programs as the signs of the language."""
    reader = _Reader(text, given)
    signs = {token.kind for token in stream}
    names = {token.text for token in stream if token.kind == NAME} - given
    if "%" in signs:
        stream = _per_cents(stream, reader)
    if "^" in signs and "*" in signs:
        stream = _tens(stream)
    if "[" in signs or "{" in signs:
        stream = _bases(_parameters(stream, reader))
    if ";" in signs:
        stream = _separators(stream, reader)
    if {"if", "else"} <= names:
        stream = _choices(stream)
    if names & _DEGREES:
        stream = _degrees(stream, reader)
    if "mod" in names:
        stream = _remainders(stream, reader)
    if names & CONSTANTS.keys() or "pi" in names:
        stream = _constants(stream, reader)
    return _called(stream, names, reader), reader.marks


def _per_cents(stream: list[Token], _reader: _Reader) -> list[Token]:
    """Read Maxima's `%pi` and R's `%%` and `%/%`."""
    found: list[Token] = []
    for token in stream:
        last = found[-1] if found else None
        together = last is not None and last.kind == "%" and close(last, token)
        if together and token.kind == "%":
            found[-1] = Token("%", "%", found[-1].span.to(token.span))
        elif together and token.text in PER_CENT and not (len(found) > 1 and ends_operand(found[-2])):
            found[-1] = Token(NAME, token.text, found[-1].span.to(token.span))
        else:
            found.append(token)
    return _floors(found)


def _floors(stream: list[Token]) -> list[Token]:
    found: list[Token] = []
    for token in stream:
        if token.kind == "%" and kinds(found, len(found) - 2, 2) == ["%", "/"] and close(found[-1], token):
            found[-2:] = [Token("//", "//", found[-2].span.to(token.span))]
        else:
            found.append(token)
    return found


def _tens(stream: list[Token]) -> list[Token]:
    """Read Mathematica's `1.5*^-3`."""
    found: list[Token] = []
    i = 0
    while i < len(stream):
        signed = stream[i + 3].kind in ("-", "+") if kinds(stream, i, 3) == [NUMBER, "*", "^"] else None
        exponent = stream[min(i + 3 + bool(signed), len(stream) - 1)]
        if signed is not None and exponent.kind == NUMBER and close(stream[i + 1], stream[i + 2]):
            digits = stream[i + 3].text * signed + exponent.text
            found.append(Token(NUMBER, f"{stream[i].text}e{digits}", stream[i].span.to(exponent.span)))
            i += 4 + signed
        else:
            found.append(stream[i])
            i += 1
    return found


def _parameters(stream: list[Token], reader: _Reader) -> list[Token]:
    """Read `[0]*exp([1]*x)`: the parameters of ROOT are p0, p1."""
    pattern = ["[", NUMBER, "]"]
    places = [
        i
        for i, token in enumerate(stream)
        if token.kind == "[" and kinds(stream, i, 3) == pattern and not (i and ends_operand(stream[i - 1]))
    ]
    if not places:
        return stream
    if all(stream[i + 1].text != "0" for i in places):
        number = stream[places[0] + 1].text
        span = stream[places[0]].span.to(stream[places[0] + 2].span)
        raise complaints.two_readings(reader.text, span, f"({number})", f"p{number}")
    starts = set(places)
    found = []
    for i, token in enumerate(stream):
        if i in starts:
            name = f"p{stream[i + 1].text}"
            span = token.span.to(stream[i + 2].span)
            reader.marks.append(Mark(span, f"`{reader.text[slice(*span)]}` was read as the parameter {name}"))
            found.append(Token(NAME, name, span))
        elif not {i - 1, i - 2} & starts:
            found.append(token)
    return found


def _bases(stream: list[Token]) -> list[Token]:
    """Read `log_{2}(x)` and `log[2](x)` as `log_2(x)`."""
    found: list[Token] = []
    i = 0
    while i < len(stream):
        token = stream[i]
        bracket = {"log_": "{", "log": "["}.get(token.text) if token.kind == NAME else None
        shape = kinds(stream, i + 1, 4)
        is_base = bracket is not None and shape[:1] == [bracket] and shape[1:3] in ([NUMBER, "]"], [NUMBER, "}"], [NAME, "}"], [NAME, "]"])
        if is_base and (bracket == "{" or shape[3:] == ["("]):
            found.append(Token(NAME, f"log_{stream[i + 2].text}", token.span.to(stream[i + 3].span)))
            i += 4
        else:
            found.append(token)
            i += 1
    return found


def _separators(stream: list[Token], reader: _Reader) -> list[Token]:
    """Read `IF(c;a;b)`: inside brackets a semicolon separates arguments, and a comma between digits is a point."""
    depth = 0
    inside = []
    for token in stream:
        depth += (token.kind in PARENTHESES) - (token.kind in _CLOSERS)
        inside.append(depth > 0)
    if not any(token.kind == ";" and within for token, within in zip(stream, inside, strict=True)):
        return stream
    found: list[Token] = []
    for token, within in zip(stream, inside, strict=True):
        if token.kind == ";" and within:
            found.append(Token(",", ",", token.span))
        elif token.kind == NUMBER and _is_decimal(found, token):
            span = found[-2].span.to(token.span)
            number = f"{found[-2].text}.{token.text}"
            reader.marks.append(Mark(span, f"`{reader.text[slice(*span)]}` was read as the number {number}"))
            found[-2:] = [Token(NUMBER, number, span)]
        elif token.kind == ",":
            found.append(Token("decimal comma", ",", token.span))
        else:
            found.append(token)
    return [Token(",", ",", token.span) if token.kind == "decimal comma" else token for token in found]


def _is_decimal(found: list[Token], token: Token) -> bool:
    if kinds(found, len(found) - 2, 2) != [NUMBER, "decimal comma"]:
        return False
    return close(found[-2], found[-1]) and close(found[-1], token) and "." not in found[-2].text + token.text


def _choices(stream: list[Token]) -> list[Token]:
    """Make signs of `if` and `else` where both stand in the same brackets: `a if c else b`."""
    found = list(stream)
    waiting: list[list[int]] = [[]]
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            waiting.append([])
        elif token.kind in _CLOSERS and len(waiting) > 1:
            waiting.pop()
        elif token.kind == NAME and token.text == "if" and i and ends_operand(stream[i - 1]):
            waiting[-1].append(i)
        elif token.kind == NAME and token.text == "else" and waiting[-1]:
            start = waiting[-1].pop()
            found[start] = Token("if", "if", stream[start].span)
            found[i] = Token("else", "else", token.span)
    return found


def _degrees(stream: list[Token], reader: _Reader) -> list[Token]:
    """Read `30deg` as `30°`."""
    found = stream[:1]
    for before, token in pairwise(stream):
        if token.text in _DEGREES and before.kind == NUMBER and close(before, token):
            span = before.span.to(token.span)
            reader.marks.append(Mark(span, f"`{reader.text[slice(*span)]}` was read as {before.text}°"))
            token = Token("°", "°", token.span)
        found.append(token)
    return found


def _remainders(stream: list[Token], reader: _Reader) -> list[Token]:
    """Read `x mod 2` as `x % 2`; `a + x mod 2` could be the remainder of the sum."""
    found = list(stream)
    calls = {call.name for call in called(stream) if call.commas}
    sums: list[int | None] = [None]
    for i, token in enumerate(stream):
        if token.kind in PARENTHESES:
            sums.append(None)
        elif token.kind in _CLOSERS and len(sums) > 1:
            sums.pop()
        elif token.kind in ("+", "-") and i and ends_operand(stream[i - 1]):
            sums[-1] = i
        elif token.kind in (",", "=", "<", ">", "<=", ">=", "==", "!=", "?", ":"):
            sums[-1] = None
        elif token.text == "mod" and i not in calls and i and ends_operand(stream[i - 1]):
            if sums[-1] is not None:
                raise complaints.remainder_of_sum(token.span)
            found[i] = Token("%", "%", token.span)
    return found


def _constants(stream: list[Token], reader: _Reader) -> list[Token]:
    """Read `PI`, `M_PI_2` and `pi()`."""
    found: list[Token] = []
    skipped = 0
    for i, token in enumerate(stream):
        if skipped:
            skipped -= 1
            continue
        is_name = token.kind == NAME and token.text not in reader.given
        meaning = CONSTANTS.get(token.text, "pi" if token.text == "pi" else None) if is_name else None
        is_call = kinds(stream, i + 1, 2) == ["(", ")"]
        if meaning is None or (token.text == "pi" and not is_call):
            found.append(token)
            continue
        skipped = 2 * is_call
        found += template(meaning, token)
        if token.text != "pi":
            reader.marks.append(Mark(token.span, f"`{token.text}` was read as {meaning}"))
    return found


def _called(stream: list[Token], names: AbstractSet[str], reader: _Reader) -> list[Token]:
    """Give functions from elsewhere the names that they have here; `log5(x)` is the logarithm to the base 5."""
    for token in stream if names & _SAID.keys() else ():
        if token.text in _SAID and token.text in names:
            reader.marks.append(Mark(token.span, _SAID[token.text]))
    wanted = {name: meaning for name in names if (meaning := _meaning(name)) is not None}
    if not wanted:
        return stream
    return [
        renamed(token, wanted[token.text])
        if token.kind == NAME and token.text in wanted and following.kind == "("
        else token
        for token, following in pairwise(stream)
    ] + stream[-1:]


def _meaning(name: str) -> str | None:
    if name.startswith("log") and name[3:].isdigit() and not catalogue.is_function(name):
        return f"log_{name[3:]}"
    return None if catalogue.is_function(name) else CALLED.get(name.lower())
