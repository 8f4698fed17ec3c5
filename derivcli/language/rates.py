"""Rates of a function that the text defines: `find dy/dx if y = x^2`, and `y = x^2; dy/dx`.

::

    defined = [ "find" | "what" "is" ] rate ( "if" | "of" | "for" | "where" | "given" ... ) NAME "=" expression
    rate    = "d" [ power ] NAME "/" "d" NAME [ power ]

Elsewhere `dy/dx` is a quotient of two variables, which is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.language import complaints
from derivcli.language.brackets import renamed
from derivcli.language.derivatives import (
    LEADS,
    Asked,
    begins,
    is_differential,
    is_rate_of_one,
    names_below,
    order_at,
)
from derivcli.language.tokens import END, NAME, Token

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

_JOINTS = frozenset({"if", "of", "for", "when", "where", "with", "given", "that"})


class RateOf(NamedTuple):
    """A rate such as `d^2y/dx^2`: what has it, what is asked, and where it starts, has its `/`, and ends."""

    name: Token
    asked: Asked
    start: int
    slash: int
    end: int


def rate(stream: list[Token], given: AbstractSet[str]) -> RateOf | None:
    """Return the rate of a function that a text begins with, perhaps behind `find` or `what is`."""
    start = next((i for i, token in enumerate(stream) if token.text.lower() not in LEADS), 0)
    above, order, slash = stream[start], 1, start + 1
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
    return RateOf(name, below[0], start, slash, below[1]) if below is not None else None


def defined_by(stream: list[Token], given: AbstractSet[str]) -> tuple[list[Token], Asked] | None:
    """Read `find dy/dx if y = x^2` and `dy/dx of y = x^2`; return the right side and what is asked of it."""
    found = rate(stream, given)
    if found is None:
        return None
    start = next((i for i in range(found.end, len(stream)) if stream[i].text not in _JOINTS), found.end)
    head = [token.text for token in stream[start : start + 2]]
    if start == found.end or head != [found.name.text, "="]:
        return None
    return stream[start + 2 :], found.asked


def as_operator(stream: list[Token], names: Collection[str], given: AbstractSet[str]) -> list[Token]:
    """Return `dy/dx` alone as `d/dx y` where y is one of some `names`; refuse a rate of theirs inside an expression."""
    found = rate(stream, given)
    if found is not None and found.name.text in names and stream[found.end].kind == END:
        sign, *order = stream[found.start : found.slash]
        order = order[:-1] if begins(sign, given) else []
        sign = sign if sign.kind == "∂" else renamed(sign, "d")
        return [sign, *order, *stream[found.slash : found.end], found.name, stream[-1]]
    for i, token in enumerate(stream):
        if token.text[1:] in names and is_rate_of_one(stream, i, given):
            raise complaints.derivative_inside(token.span.to(stream[i + 2].span))
    return stream
