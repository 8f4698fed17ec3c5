"""Calls as others write them: `Sin[x]` in Mathematica, `=LOG(A1)` in spreadsheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.language import calls
from derivcli.language.brackets import called, close, closers, depths, ends_operand, renamed
from derivcli.language.complaints import DOUBTFUL, two_readings
from derivcli.language.foreign.vocabulary import MATHEMATICA, SPREADSHEET
from derivcli.language.notes import Notice
from derivcli.language.tokens import NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from derivcli.errors import Span

_EULER = "E"
_TURNED = frozenset({"Log", "ArcTan", "ProductLog"})  # two arguments, in the other order
_LIST = "Piecewise"
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")
_POWERS = frozenset({"^", POWER})


# Mathematica: `Sin[x]`, `Log[2, x]`, and `E^x` in such a text.


def from_mathematica(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], list[Notice]]:
    """Return tokens with Mathematica's functions named as here; any other text as it is."""
    found = [call for call in called(stream) if _is_function(stream, call.name, given)]
    if not found:
        return stream, []
    notices = []
    ends = closers(stream)
    stream = list(stream)
    dropped: set[int] = set()
    for name, start, end, commas in found:
        typed = stream[name].text
        if typed in _TURNED and len(commas) == 1:
            span = stream[name].span.to(stream[end].span)
            notices.append(Notice(span))
        if typed == _LIST and stream[start + 1].kind == "{" == stream[start + 2].kind:
            dropped |= {start + 1, ends[start + 1]}  # `Piecewise[{{a, x > 0}, {b, x < 0}}, c]`
        stream[name] = renamed(stream[name], MATHEMATICA.get(typed, typed))
    for i, token in enumerate(stream):
        if token.kind == NAME and token.text == _EULER and _EULER not in given:
            stream[i] = renamed(token, "e")
            notices.append(Notice(token.span, "`E` was read as e, as in Mathematica"))
    return [token for i, token in enumerate(stream) if i not in dropped], notices


def _is_function(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    name, bracket = stream[position], stream[position + 1]
    if name.text in given or bracket.kind != "[" or not close(name, bracket):
        return False
    camel = len(name.text) > 1 and name.text[0].isupper() and not name.text.isupper()
    return name.text in MATHEMATICA or (camel and calls.name_called(name.text) is not None)


# Spreadsheets: `=LOG(A1)` is to the base 10, and `-A1^2` is the square of -A1 there.


def from_spreadsheet(stream: list[Token], text: str) -> tuple[list[Token], list[Notice]]:
    """Return the formula of a cell with its functions named as here; any other text as it is."""
    is_cell = stream[0].kind == "=" and _is_spreadsheet(stream)
    if not is_cell and text.find(".^", stream[0].span.start, stream[-1].span.end) < 0:
        return stream, []
    _check_powers(stream, text, signs=is_cell)
    if not is_cell:
        return stream, []
    _check_sheets(stream)
    stream = list(stream)
    notices = []
    for name, *_ in called(stream):
        meant = SPREADSHEET.get(stream[name].text.upper())
        if meant is not None:
            stream[name] = renamed(stream[name], meant)
            notices.append(Notice(stream[name].span.to(stream[name + 1].span)))
    inside = zip(stream, depths(stream), strict=True)
    return [Token("==", "==", token.span) if token.kind == "=" and depth else token for token, depth in inside], notices


def _is_spreadsheet(stream: list[Token]) -> bool:
    functions = {stream[call.name].text for call in called(stream)}
    cells = any(token.kind == NAME and _CELL.fullmatch(token.text) for token in stream)
    return cells or any(len(name) > 1 and name.isupper() for name in functions)


def _check_sheets(stream: list[Token]) -> None:
    """Refuse `Sheet1!A1`, which is no factorial."""
    for sheet, sign, cell in zip(stream, stream[1:], stream[2:], strict=False):
        if sheet.kind == cell.kind == NAME and sign.kind == "!" and close(sheet, sign) and close(sign, cell):
            hint = f"write the cell alone, `{cell.text}`, or give it a name"
            raise ExpressionError("cells of other sheets are not known here", sheet.span.to(cell.span), hint=hint)


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
                span = stream[i].span.to(stream[last].span)
                raise ExpressionError(DOUBTFUL, span, hint="write brackets: `(a^b)^c` or `a^(b^c)`")


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
