"""Texts that people read in two ways: refused with both forms, or read with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import catalogue, complaints, names, tokens
from derivcli.language.operators import APPLY, PARENTHESES
from derivcli.language.reading import Mark
from derivcli.language.symbols import FRACTIONS
from derivcli.language.tree import NUMBER, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.groups import Group, Operand
    from derivcli.language.tokens import Token

_FRACTION = 6  # tokens back from the one after `^½` to the sign
_MOST_BACK = 8  # tokens of an argument that is looked at for a variable
_CONSTANT_PARTS = frozenset({NUMBER, "^", tokens.POWER, "!", "°", "-", "+"})
_NAMES_OF_UNITS = """
    m cm mm km um nm s ms us min h kg g mg N kN J kJ W kW V mV A mA K C mol Pa kPa MPa bar atm Hz kHz rad deg ohm F T L
"""
_UNITS = frozenset(_NAMES_OF_UNITS.split())
_OF_UNITS = frozenset({NUMBER, "*", "/", "^", tokens.POWER, "-", "(", ")"})


def before_operator(group: Group, stream: list[Token], position: int, text: str) -> Iterator[Mark]:
    """Refuse or mark what an operator may make of its left side."""
    kind = stream[position].kind
    if kind == "%":
        _check_percent(stream, position, text)
    if group.in_argument and kind in ("*", "/", "//", "%"):
        yield from _after_argument(group, stream, position, text)
    if kind == "/":
        yield from _root_as_power(group, stream, position)


def before_factor(group: Group, stream: list[Token], position: int, text: str, given: frozenset[str]) -> Iterator[Mark]:
    """Refuse or mark a product without a sign."""
    before, token = stream[position - 1], stream[position]
    close = before.span.end == token.span.start
    if close:
        _check_signs(stream, position, text)
        _check_power(group, stream, position, text)
    if token.kind not in PARENTHESES:
        return
    if token.kind == "[" and before.kind == NUMBER:
        _check_unit(stream, position)
    if not close or before.kind not in (tokens.NAME, NUMBER) or text[token.span.start] in FRACTIONS:
        return
    _check_index(stream, position, text, given)
    if group.in_argument and before.kind == tokens.NAME:
        raise _bracket_in_argument(group, stream, position, text)
    if before.kind == tokens.NAME and names.is_variable(before.text, given):
        inside = stream[position + 1 : position + 3]
        if [t.kind for t in inside] == [NUMBER, ")"]:
            span = before.span.to(inside[1].span)
            raise complaints.two_readings(
                text, span, f"{before.text}*({inside[0].text})", f"{before.text}[{inside[0].text}]"
            )
    if group.in_argument or (before.kind == tokens.NAME and before.text not in given | catalogue.CONSTANTS.keys()):
        yield Mark(before.span.to(token.span))


def _check_index(stream: list[Token], position: int, text: str, given: frozenset[str]) -> None:
    """Refuse `x[i]`, which is no product for those who write programs."""
    before, token = stream[position - 1], stream[position]
    if token.kind == "[" and before.kind == tokens.NAME and names.is_variable(before.text, given):
        end = run_end(stream, position)
        raise complaints.index(text, Span(before.span.start, end), before.text, text[token.span.end : end - 1])


def _check_signs(stream: list[Token], position: int, text: str) -> None:
    """Refuse `2½`, `x^½y` and `x³√y`."""
    if text.isascii():
        return
    before, token = stream[position - 1], stream[position]
    end = run_end(stream, position)
    if before.kind == NUMBER and text[token.span.start] in FRACTIONS:
        quotient = "/".join(FRACTIONS[text[token.span.start]])
        span = Span(before.span.start, token.span.start + 1)
        raise complaints.two_readings(text, span, f"({before.text} + {quotient})", f"{before.text}*({quotient})")
    if token.kind == "√" and before.kind == tokens.POWER and before.text in ("3", "4"):
        end = run_end(stream, position + 1)
        inside = text[token.span.end : end]
        forms = (f"^{before.text}*sqrt({inside})", f"*root({inside}, {before.text})")
        start = stream[position - 2].span.start
        base = text[start : before.span.start]
        raise complaints.two_readings(text, Span(start, end), *(base + form for form in forms))
    is_fraction = before.kind == ")" and text[before.span.start] in FRACTIONS
    if is_fraction and position > _FRACTION and stream[position - _FRACTION].kind == "^" and token.kind != "√":
        quotient, rest = "/".join(FRACTIONS[text[before.span.start]]), text[token.span.start : end]
        span = Span(before.span.start, end)
        raise complaints.two_readings(text, span, f"({quotient})*{rest}", f"({quotient}*{rest})")


def _check_percent(stream: list[Token], position: int, text: str) -> None:
    """Refuse `50% x` and `x%+1`: a per cent sign for some."""
    before, token, after = stream[position - 1 : position + 2]
    blank = token.span.end < after.span.start
    ends = after.kind in ("+", "-", "*", "/", ")", "]", "}", tokens.END, ",")
    if before.span.end == token.span.start and (blank or ends):
        raise complaints.per_cent(token.span, text[slice(*before.span)])


def _after_argument(group: Group, stream: list[Token], position: int, text: str) -> Iterator[Mark]:
    """Refuse `sin 2*x` and `sin pi/2`; say that `ln x/x` divides after the function."""
    head = next(operator for operator in reversed(group.operators) if operator.op == APPLY)
    start = head.token.span.end
    following = stream[position + 1]
    inside = [t for t in stream[max(0, position - _MOST_BACK) : position] if t.span.start >= start]
    whole = bool(inside) and not text[start : inside[0].span.start].strip()
    constant = all(t.kind in _CONSTANT_PARTS or t.text in catalogue.CONSTANTS for t in inside)
    if whole and constant and not catalogue.is_function(following.text):
        name, argument = text[slice(*head.token.span)], text[inside[0].span.start : inside[-1].span.end]
        end = run_end(stream, position + 1)
        sign, rest = stream[position].kind, text[following.span.start : end]
        span = Span(head.token.span.start, end)
        raise complaints.two_readings(text, span, f"{name}({argument}{sign}{rest})", f"{name}({argument}){sign}{rest}")
    yield Mark(head.token.span.to(following.span))


def _bracket_in_argument(group: Group, stream: list[Token], position: int, text: str) -> Exception:
    """Return the error for `sin x(x+1)`."""
    head = next(operator for operator in reversed(group.operators) if operator.op == APPLY)
    name = text[slice(*head.token.span)]
    argument = text[head.token.span.end : stream[position].span.start].strip()
    end = run_end(stream, position)
    rest = text[stream[position].span.start : end]
    span = Span(head.token.span.start, end)
    return complaints.two_readings(text, span, f"{name}({argument}*{rest})", f"{name}({argument})*{rest}")


def _root_as_power(group: Group, stream: list[Token], position: int) -> Iterator[Mark]:
    """Mark `x^1/2`, which is x/2."""
    pair = _power_at_end(group)
    after = stream[position + 1]
    if pair and after.kind == NUMBER and stream[position].span.end == after.span.start:
        base, exponent = pair
        if exponent.parts[0].text == "1" and exponent.span.end == stream[position].span.start:
            yield Mark(base.span.to(after.span))


def _check_power(group: Group, stream: list[Token], position: int, text: str) -> None:
    """Refuse `e^2x`, `e^xy` and `x^2x`; `x^2y` and `e^x(1+x)` are products."""
    pair, token = _power_at_end(group), stream[position]
    if pair is None:
        return
    base, exponent = (operand.parts[0] for operand in pair)
    is_name = token.kind == tokens.NAME
    constant = not pair[0].grouped and (base.op == NUMBER or base.op in catalogue.CONSTANTS)
    if constant:
        doubtful = is_name or (exponent.op == NUMBER and token.kind in PARENTHESES)
    else:
        doubtful = is_name and (exponent.op != NUMBER or token.text == base.text)
    if doubtful:
        end = run_end(stream, position)
        span = Span(pair[0].span.start, end)
        typed, rest = text[span.start : token.span.start], text[token.span.start : end]
        foot, sign, raised = typed.partition("**" if "**" in typed else "^")
        raise complaints.two_readings(text, span, f"{foot}{sign}({raised}*{rest})", f"{typed}*{rest}")


def _power_at_end(group: Group) -> tuple[Operand, Operand] | None:
    """Return base and exponent of the power that was read last, where its exponent is a number or a name."""
    signs = 0
    while signs < len(group.operators) and group.operators[-1 - signs].op in ("neg", "pos"):
        signs += 1
    if signs == len(group.operators) or group.operators[-1 - signs].op != "pow":
        return None
    base, exponent = group.operands[-2:]
    plain = exponent.op == "" and not exponent.grouped and base.op == ""
    node = exponent.parts[0]
    return (base, exponent) if plain and (node.op in (NUMBER, VARIABLE) or node.op in catalogue.CONSTANTS) else None


def _check_unit(stream: list[Token], position: int) -> None:
    """Refuse `5[W/(m^2*K)]`: units are not computed with."""
    inside = []
    for token in stream[position + 1 : position + 20]:
        if token.kind == "]":
            break
        inside.append(token)
    units = [t for t in inside if t.kind == tokens.NAME]
    if units and all(t.kind in _OF_UNITS or t.text in _UNITS for t in inside):
        raise complaints.unit(stream[position].span.to(inside[-1].span))


def run_end(stream: list[Token], position: int) -> int:
    """Return where the factors end that stand close together from here on, brackets whole."""
    depth = 0
    end = stream[position].span.start
    for token in stream[position:]:
        close = token.span.start == end or depth
        depth += (token.kind in PARENTHESES) - (token.kind in PARENTHESES.values())
        part = token.kind in (NUMBER, tokens.NAME, tokens.POWER, "^", "!", *PARENTHESES, *PARENTHESES.values())
        if token.kind == tokens.END or depth < 0 or not (depth or (close and part)):
            break
        end = token.span.end
    return end
