"""How far powers, roots and quotients reach, where people read it in two ways: `x^1/2`, `e^-x^2/2`, `e^2x`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import Span
from derivcli.language import calls, complaints, tokens
from derivcli.language.groups import is_constant
from derivcli.language.notes import Notice
from derivcli.language.operators import PARENTHESES, PRODUCT
from derivcli.language.reading import run_end
from derivcli.language.tree import NUMBER, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.language.groups import Group, Operand
    from derivcli.language.tokens import Token

_LENGTH = 3  # tokens of `1-x` behind a division
_USUAL_ROOTS = ("2", "3")  # degrees of roots that are written as powers; higher ones are rare, and x^2/4 is not


def power_of_power(group: Group, stream: list[Token], position: int) -> Iterator[Notice]:
    """Notice `e^(-x)^2` and `x^2^3`, which spreadsheets and many calculators read from the left; `e^x^2` is usual."""
    if group.operators and group.operators[-1].op == "pow":
        base, exponent = group.operands[-2:]
        if exponent.grouped or exponent.parts[0].op == NUMBER:
            yield Notice(base.span.to(stream[position].span))


def root_of_one(stream: list[Token], position: int) -> Iterator[Notice]:
    """Notice `√1-x^2`: nobody takes the root of 1 alone."""
    root, one = stream[max(0, position - 2)], stream[position - 1]
    if one.text == "1" and root.text in ("√", "sqrt"):
        yield Notice(root.span.to(stream[position + 1].span))


def over_one(stream: list[Token], position: int) -> Iterator[Notice]:
    """Notice `1+x/1-x`: nobody divides by 1 alone."""
    before, _, *after = stream[position - 1 : position + 4]
    if len(after) == _LENGTH and after[0].text == "1" and after[1].kind in ("+", "-"):
        yield Notice(before.span.to(after[2].span))


def root_as_power(group: Group, stream: list[Token], position: int) -> Iterator[Notice]:
    """Notice `x^1/2`, which is x/2, and `x^2/3`, which is a third of x^2."""
    pair = _power_at_end(group)
    after = stream[position + 1]
    if pair and after.kind in (NUMBER, tokens.NAME) and stream[position].span.end == after.span.start:
        base, exponent = pair
        above = exponent.parts[0].text
        is_root = above == "1" or (not is_constant(base.parts[0]) and _is_root(above, after.text))
        if is_root and exponent.span.end == stream[position].span.start:
            yield Notice(base.span.to(after.span))


def _is_root(above: str, below: str) -> bool:
    """Tell whether a quotient looks like the exponent of a root: `x^2/2` and `x^2/9` are terms."""
    return below in _USUAL_ROOTS and above.isdigit() and int(above) % int(below) > 0


def exponent_divided(group: Group, stream: list[Token], position: int) -> Iterator[Notice]:
    """Notice `e^-x^2/2` and `e^-t/tau`, which divide the power, not the exponent."""
    before, sign, after = stream[position - 1 : position + 2]
    is_close = before.span.end == sign.span.start and sign.span.end == after.span.start
    height = 0  # of the operands from the base on
    for inner, operator in pairwise(reversed(group.operators)):
        height += not inner.prefix
        if operator.op == "pow" and inner.op == "neg" and is_close:
            base, *exponents = group.operands[-2 - height :]
            if _is_constant_base(base) and not (len(exponents) == 1 and exponents[0].parts[0].op == NUMBER):
                yield Notice(base.span.to(after.span))
            return
        if operator.precedence <= PRODUCT:
            return


def _is_constant_base(base: Operand) -> bool:
    return not base.grouped and is_constant(base.parts[0])


def check_power(group: Group, stream: list[Token], position: int, text: str) -> None:
    """Refuse `e^2x`, `e^xy` and `x^2x`; `x^2y` and `e^x(1+x)` are products."""
    pair, token = _power_at_end(group), stream[position]
    if pair is None:
        return
    base, exponent = (operand.parts[0] for operand in pair)
    is_name = token.kind == tokens.NAME
    if _is_constant_base(pair[0]):
        doubtful = is_name or (exponent.op == NUMBER and token.kind in PARENTHESES)
    else:
        doubtful = is_name and (exponent.op != NUMBER or token.text == base.text)
    if doubtful:
        end = run_end(stream, position)
        span = Span(pair[0].span.start, end)
        typed, rest = text[span.start : token.span.start], _spelled(stream, position, end, text)
        foot, sign, raised = typed.partition("**" if "**" in typed else "^")
        raise complaints.two_readings(text, span, f"{foot}{sign}({raised}*{rest})", f"{typed}*{rest}")


def _spelled(stream: list[Token], position: int, end: int, text: str) -> str:
    """Return factors as they were typed, with brackets around the argument of a function in a name: `cosy`."""
    found = ""
    last = stream[position].span.start
    while stream[position].span.start < end:
        token = stream[position]
        position += 1
        found += text[last : token.span.start] + text[slice(*token.span)]
        last = token.span.end
        inside = []
        while token.kind == tokens.NAME and calls.takes_bare(token.text) and _goes_on(stream, position, last):
            inside.append(stream[position].text)
            last = stream[position].span.end
            position += 1
        raised = stream[position].kind in ("^", tokens.POWER)
        found += "*".join(inside) if raised or not inside else f"({'*'.join(inside)})"
    return found


def _goes_on(stream: list[Token], position: int, last: int) -> bool:
    token = stream[position]
    is_factor = token.kind == NUMBER or (token.kind == tokens.NAME and not calls.takes_bare(token.text))
    return is_factor and token.span.start == last


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
    return (base, exponent) if plain and (node.op == VARIABLE or is_constant(node)) else None
