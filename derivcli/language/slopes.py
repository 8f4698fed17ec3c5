"""A slope by the name of a function that the text defines: `find dy/dx if y = x^2`, `given f(x) = x^2, find f'(x)`.

::

    text    = slope ( "of" | "for" ) expression
            | slope JOINT { JOINT } definition | [ GIVEN ] definition { "," | ";" | LEAD } slope [ "=" ]
    slope   = { LEAD } rate | { LEAD } NAME "'" { "'" } [ "(" NAME ")" ]
    rate    = "d" [ power ] NAME "/" "d" NAME [ power ] | `d2y` "/" `dx2`

Elsewhere `dy/dx` is a quotient of two variables, which is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from derivcli.hints import ByAt, Hint
from derivcli.language import brackets, calls, complaints
from derivcli.language.brackets import kinds, renamed
from derivcli.language.derivatives import (
    OF,
    Asked,
    Found,
    applied,
    begins,
    is_differential,
    is_rate_of_one,
    names_below,
    order_at,
)
from derivcli.language.requests import LEADS, lead
from derivcli.language.tokens import END, NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

_JOINTS = frozenset(
    {"if", "of", "for", "when", "where", "with", "given", "that", "let", "the", "function", "curve", ":"}
)
_GIVEN = frozenset({"given", "let", "if", "suppose", "for", "that", "the", "function", "curve"})
_BETWEEN = LEADS | {",", ";", "and", "then", "what"}
_OF = frozenset({OF, "for"})
_VALUE = (["(", NUMBER, ")"], ["(", "-", NUMBER, ")"])


_ORDERS = "23456789"
# An order that has lost its place above: `d2y / dx2`.
_PLAIN = re.compile(r"d(?P<order>[2-9])(?P<name>[^\W\d_]\w*) / d(?P<by>[^\W\d_])(?P=order)")


class Slope(NamedTuple):
    """A slope such as `d^2y/dx^2` or `f''(x)`: what has it, what is asked, where it starts and where it ends.

    `value` is the place where it is asked for: `f'(3)`.
    """

    name: Token
    asked: Asked
    start: int
    end: int
    value: str = ""

    @property
    def is_of_any(self) -> bool:
        """Whether any function that is defined alone may be meant: f is what this tool calls them all."""
        return self.name.text == "f"

    def options(self, variables: tuple[str, ...]) -> Hint:
        """Return how to ask for a value of the slope of a function of some variables."""
        order = f" --order {self.asked.order}" if self.asked.order > 1 else ""
        return Hint(ByAt(f"{next(iter(variables), 'x')}={self.value}"), order)


def at(stream: list[Token], position: int, given: AbstractSet[str]) -> Slope | None:
    """Return the slope that begins at a position, perhaps behind words that lead to it."""
    start = lead(stream, position, given)
    return _primes(stream, start) or _rate(stream, start, given)


def alone(stream: list[Token], given: AbstractSet[str]) -> Slope | None:
    """Return the slope that is the whole of a text: `find dy/dx`, `y' = ?`."""
    found = at(stream, 0, given)
    return found if found is not None and _ends(stream, found.end) else None


def _ends(stream: list[Token], position: int) -> bool:
    """Tell whether nothing but `= ?` or a full stop follows."""
    return all(token.kind in ("=", "?", ";", END) for token in stream[position:])


def _primes(stream: list[Token], start: int) -> Slope | None:
    """Read `y'`, `f''(x)` and `f'(3)`."""
    name, end = stream[start], start + 1
    while stream[min(end, len(stream) - 1)].kind == "'":
        end += 1
    order = end - start - 1
    if name.kind != NAME or not order:
        return None
    if kinds(stream, end, 3) == ["(", NAME, ")"]:
        return Slope(name, Asked(order, (stream[end + 1].text,) * order), start, end + 3)
    length = next((len(shape) for shape in _VALUE if kinds(stream, end, len(shape)) == shape), 0)
    value = "".join(token.text for token in stream[end + 1 : end + length - 1])
    return Slope(name, Asked(order), start, end + length, value)


def _rate(stream: list[Token], start: int, given: AbstractSet[str]) -> Slope | None:
    """Read `dy/dx`, `∂²f/∂x²` and `d2y/dx2`."""
    above, order, slash = stream[start], 1, start + 1
    plain = _PLAIN.fullmatch(" ".join(token.text for token in stream[start : start + 3]))
    if plain and is_differential(above.text, given):
        order = int(plain["order"])
        return Slope(renamed(above, plain["name"]), Asked(order, (plain["by"],) * order), start, start + 3)
    if begins(above, given):
        order, place = order_at(stream, slash)
        name, slash = stream[place], place + 1
    elif above.kind == NAME and len(above.text) > 1 and is_differential(above.text, given):
        name = renamed(above, above.text[1:])
    else:
        return None
    if name.kind != NAME or stream[min(slash, len(stream) - 1)].kind != "/":
        return None
    below = names_below(stream, slash + 1, order, partial=above.kind == "∂", given=given)
    return Slope(name, below[0], start, below[1]) if below is not None else None


def of_formula(stream: list[Token], text: str, given: AbstractSet[str]) -> Found:
    """Read `dy/dx of x^2` and `f''(x) of x^3`, where the formula has no y and no f; refuse `f'(3) of x^2`.

    In `sin'(x) of x^2` the function is named already.
    """
    found = at(stream, 0, given)
    if found is None or stream[found.end].text not in _OF - given or calls.name_called(found.name.text) is not None:
        return None
    inside, operator = stream[found.end + 1 :], stream[found.start].span
    if found.name.text in {token.text for token in inside}:
        return None
    if found.value:
        span = operator.to(stream[found.end - 1].span)
        raise complaints.slope_beside(text[slice(*span)], span, "the formula", found.options(()))
    return applied(inside, found.asked, text, (operator, operator))


def check_inside(stream: list[Token], names: Collection[str], given: AbstractSet[str]) -> None:
    """Refuse a rate of one of some names inside an expression: `3*dy/dx`, `3*d2y/dx2`."""
    for i, token in enumerate(stream):
        if token.text[1:].lstrip(_ORDERS) in names and is_rate_of_one(stream, i, given):
            raise complaints.derivative_inside(token.span.to(stream[i + 2].span))


# Definitions.


def head_length(stream: list[Token], position: int) -> int:
    """Return how many tokens of a definition stand before its right side: `y =`, `f(x, y) :=`, `s <-`; else 0."""
    if kinds(stream, position, 1) != [NAME]:
        return 0
    end = position + 1
    if kinds(stream, end, 2) == ["(", NAME]:
        end += 2
        while kinds(stream, end, 2) == [",", NAME]:
            end += 2
        if kinds(stream, end, 1) != [")"] or calls.name_called(stream[position].text) is not None:
            return 0
        end += 1
    shape = kinds(stream, end, 2)
    if shape[:1] == ["="]:
        return end + 1 - position
    together = shape in ([":", "="], ["<", "-"]) and brackets.close(stream[end], stream[end + 1])
    return end + 2 - position if together else 0


def clauses(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], list[Token]] | None:
    """Cut a sentence into what is defined and the slope that is asked for; None for a text that is none."""
    found = at(stream, 0, given)
    return _slope_last(stream, given) if found is None else _slope_first(stream, found)


def _slope_first(stream: list[Token], found: Slope) -> tuple[list[Token], list[Token]] | None:
    """Cut `find dy/dx if y = x^2`; `y' where y = x^2` alone may be an equation of both."""
    start = _after(stream, found.end, _JOINTS)
    is_bare = found.start == 0 and stream[1].kind == "'" and not found.value
    if start == found.end or is_bare or not _is_of(found, stream, start):
        return None
    return stream[start:], brackets.cut(stream, found.start, found.end)


def _slope_last(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], list[Token]] | None:
    """Cut `given f(x) = x^2, find f'(x)` and `y = x^2 find y'`."""
    start = _after(stream, 0, _GIVEN - given)
    if not head_length(stream, start):
        return None
    for i in range(start + 2, len(stream) - 1):
        if stream[i].kind == NAME and stream[i - 1].text.lower() in _BETWEEN:
            found = at(stream, i, given)
            if found is not None and _is_of(found, stream, start) and _ends(stream, found.end):
                last = _before(stream, i, _BETWEEN)
                return brackets.cut(stream, start, last), brackets.cut(stream, i, found.end)
    return None


def _is_of(found: Slope, stream: list[Token], start: int) -> bool:
    """Tell whether the definition that begins at a position is of what has a slope."""
    return head_length(stream, start) > 0 and (found.is_of_any or stream[start].text == found.name.text)


def _after(stream: list[Token], position: int, words: AbstractSet[str]) -> int:
    while stream[position].text.lower() in words:
        position += 1
    return position


def _before(stream: list[Token], position: int, words: AbstractSet[str]) -> int:
    while stream[position - 1].text.lower() in words:
        position -= 1
    return position
