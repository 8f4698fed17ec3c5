"""Numbers in notations of elsewhere: `2.5d-3` of Fortran, `2EE3` of calculators, `3.2x10^-4`, `1.0f` of C."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.language import complaints
from derivcli.language.operators import BRACKET_FUNCTION, PARENTHESES
from derivcli.language.tokens import NAME, NUMBER, POWER, Token, check_exponent

if TYPE_CHECKING:
    from derivcli.language.products import Setting

_C_SUFFIXES = frozenset({"f", "F", "L"})  # of numbers in C: `1.0f`
_FORTRAN = re.compile(r"(?:[dD]|EE)([0-9]*)")  # EE is a key of calculators
_TEN = "x10"
_OPERANDS = frozenset({NUMBER, NAME, "√", POWER, *PARENTHESES, *BRACKET_FUNCTION})  # behind a factor, as in `1.5f x`


def read(stream: list[Token], position: int, setting: Setting) -> tuple[Token | None, int]:
    """Read `2.5d-3`, `2EE3`, `3.2x10^-4` and `1.0f`; return the number and the position after it, or no number."""
    typed, name = stream[position], stream[position + 1]
    if name.kind != NAME or name.span.start != typed.span.end or name.text in setting.given:
        return None, position
    behind = stream[position + 2].kind
    if "." in typed.text and name.text in _C_SUFFIXES and behind not in _OPERANDS:
        return typed._replace(span=typed.span.to(name.span)), position + 2
    if "e" in typed.text.lower():
        return None, position  # `1e4d3`: it has its exponent
    fortran = _FORTRAN.fullmatch(name.text) if _may_be_double(stream, position) else None
    if fortran and fortran[1]:
        return _with_exponent(typed, fortran[1], name), position + 2
    if fortran or name.text == _TEN:
        exponent, after = _exponent(stream, position + 2, caret=not fortran)
        last = stream[after - 1]
        together = last.span.end - name.span.end == sum(len(t.text) for t in stream[position + 2 : after])
        if exponent and (together or not fortran):
            return _with_exponent(typed, exponent, last), after
    return None, position


def _may_be_double(stream: list[Token], position: int) -> bool:
    """Tell whether a number may go on as in Fortran: `1.5d0`, `1d0`; refuse `1d-3*x`, which could be 1*d - 3*x."""
    number, name = stream[position : position + 2]
    if "." in number.text or name.text[1:].isdigit() or name.text.startswith("EE"):
        return True
    shape = stream[position + 1 : position + 4]
    close = all(before.span.end == after.span.start for before, after in pairwise(shape))
    if name.text in ("d", "D") and close and [t.kind for t in shape[1:]] in (["-", NUMBER], ["+", NUMBER]):
        others = [token for i, token in enumerate(stream) if token.kind == NAME and i != position + 1]
        if others and all(token.text != name.text for token in others):
            sign, digits = (token.text for token in shape[1:])
            span = number.span.to(shape[-1].span)
            typed = f"{number.text}{name.text}{sign}{digits}"
            forms = (f"{number.text}e{sign}{digits}", f"{number.text}*{name.text} {sign} {digits}")
            raise complaints.two_readings(typed.rjust(span.end), span, *forms)
    return False


def _exponent(stream: list[Token], start: int, *, caret: bool) -> tuple[str, int]:
    """Read a whole number with or without a sign, behind a caret or not; return no text where there is none."""
    if caret and stream[start].kind == POWER:
        return stream[start].text, start + 1
    opened = (["^", "("], ["^"]) if caret else ([],)
    kinds = [token.kind for token in stream[start : start + 5]]
    for before in opened:
        for sign in (["-"], ["+"], []):
            pattern = [*before, *sign, NUMBER, *([")"] if "(" in before else [])]
            digits = stream[start + len(before) + len(sign)].text if kinds[: len(pattern)] == pattern else ""
            if digits.isdigit():
                return "".join(sign) + digits, start + len(pattern)
    return "", start


def _with_exponent(number: Token, exponent: str, last: Token) -> Token:
    check_exponent(exponent, number.span)
    return Token(NUMBER, f"{number.text}e{exponent}", number.span.to(last.span))


def looks_double(tokens: list[Token], setting: Setting) -> bool:
    """Tell whether `1d-3` or `1d0` stands here, a number for Fortran, or a torn one: `1.5 e-3`."""
    name = tokens[1].text
    first = name in ("e", "E")
    length = 4 if len(name) == 1 else 2
    close = all(before.span.end == after.span.start for before, after in pairwise(tokens[first:length]))
    signed = [token.kind for token in tokens[2:length]] in ([], ["-", NUMBER], ["+", NUMBER])
    return close and signed and name not in setting.given and bool(first or _FORTRAN.fullmatch(name))
