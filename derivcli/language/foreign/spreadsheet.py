"""Formulas of spreadsheets: `=LOG(A1)` is to the base 10, and `-A1^2` is the square of -A1 there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language.brackets import called, closers, depths, ends_operand, renamed
from derivcli.language.complaints import two_readings
from derivcli.language.foreign import complaints
from derivcli.language.foreign.vocabulary import SPREADSHEET
from derivcli.language.notes import Mark
from derivcli.language.tokens import NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from derivcli.errors import Span

_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")
_POWERS = frozenset({"^", POWER})


def from_spreadsheet(stream: list[Token], text: str) -> tuple[list[Token], list[Mark]]:
    """Return the formula of a cell with its functions named as here; any other text as it is."""
    is_cell = stream[0].kind == "=" and _is_spreadsheet(stream)
    if not is_cell and text.find(".^", stream[0].span.start, stream[-1].span.end) < 0:
        return stream, []
    _check_powers(stream, text, signs=is_cell)
    if not is_cell:
        return stream, []
    stream = list(stream)
    marks = []
    for name, *_ in called(stream):
        meant = SPREADSHEET.get(stream[name].text.upper())
        if meant is not None:
            stream[name] = renamed(stream[name], meant)
            marks.append(Mark(stream[name].span.to(stream[name + 1].span)))
    inside = zip(stream, depths(stream), strict=True)
    return [Token("==", "==", token.span) if token.kind == "=" and depth else token for token, depth in inside], marks


def _is_spreadsheet(stream: list[Token]) -> bool:
    functions = {stream[call.name].text for call in called(stream)}
    cells = any(token.kind == NAME and _CELL.fullmatch(token.text) for token in stream)
    return cells or any(len(name) > 1 and name.isupper() for name in functions)


def _check_powers(stream: list[Token], text: str, *, signs: bool) -> None:
    """Refuse `-a^2` and `a^b^c`, which mean something else there than here."""
    ends = closers(stream)
    for i, token in enumerate(stream):
        if signs and token.kind == "-" and (i == 0 or not ends_operand(stream[i - 1])):
            last = _primary(stream, i + 1, ends)
            if stream[last].kind in _POWERS and not _is_odd(stream[last : last + 2]):
                after = _primary(stream, last + 1, ends) if stream[last].kind == "^" else last + 1
                base, whole = text[slice(*_span(stream, i + 1, last))], text[slice(*_span(stream, i + 1, after))]
                raised = whole[len(base) :]
                raise two_readings(text, _span(stream, i, after), f"-({whole})", f"(-{base}){raised}")
        elif token.kind == "^":
            last = _primary(stream, i + 1 + (stream[i + 1].kind in ("-", "+")), ends)
            if stream[last].kind in _POWERS:
                raise complaints.power_of_power(stream[i].span.to(stream[last].span))


def _primary(stream: list[Token], start: int, ends: dict[int, int]) -> int:
    """Return the position after a number, a name, a call or a bracket."""
    position = start
    if stream[position].kind == NAME and stream[position + 1].kind == "(":
        position += 1
    return min(ends.get(position, position) + 1, len(stream) - 1)


def _span(stream: list[Token], start: int, end: int) -> Span:
    return stream[start].span.to(stream[end - 1].span)


def _is_odd(power: list[Token]) -> bool:
    number = power[0] if power[0].kind == POWER else power[-1]
    return number.kind in (NUMBER, POWER) and number.text.lstrip("-").isdigit() and int(number.text[-1]) % 2 == 1
