"""Differentials among tokens: `dx`, `dy/dx`, the orders at them; and derivatives where none can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcli.language import complaints
from derivcli.language.factors import GREEK
from derivcli.language.names import DERIVATIVES
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_LONGEST_DIFFERENTIAL = 3  # characters: `dx`, `dx1`
_ABOVE = re.compile(r"d[0-9]?")
BELOW = re.compile(r"(?:d[^\W\d_][0-9]?)+")
_RATE_OF_ONE = re.compile(r"d[0-9]?[^\W\d_]")


def is_differential(name: str, given: AbstractSet[str]) -> bool:
    """Tell whether a name such as `dx` is more than a name."""
    return name[0] == "d" and "d" not in given and name not in given


def begins(token: Token, given: AbstractSet[str]) -> bool:
    """Tell whether a token is the `d` or ∂ of a notation."""
    return token.kind == "∂" or (token.text == "d" and "d" not in given)


def long_names(stream: list[Token]) -> AbstractSet[str]:
    """Return the names that begin with d and are no differentials: nothing is differentiated by `ensity`."""
    names = {token.text for token in stream if token.kind == NAME} - DERIVATIVES - complaints.PROSE.keys()
    long = {name for name in names if name[0] == "d" and len(name) > _LONGEST_DIFFERENTIAL}
    return {name for name in long if name[1:] not in names | GREEK and not BELOW.fullmatch(name)}


def order_at(stream: list[Token], position: int) -> tuple[int, int]:
    """Read `^2` or `²`; an order is 1 where nothing is said."""
    if stream[position].kind == POWER and stream[position].text.isdigit():
        return small(stream[position].text), position + 1
    if stream[position].kind == "^" and stream[position + 1].kind == NUMBER and stream[position + 1].text.isdigit():
        return small(stream[position + 1].text), position + 2
    return 1, position


def small(digits: str) -> int:
    """Return an order; a huge one is as good as one that is too high."""
    return int(digits[-4:]) if len(digits) < 5 else 10**4


def _may_hold(stream: list[Token]) -> bool:
    """Tell whether anything begins as a differential does: in most texts nothing, and they may be long."""
    return any(text.startswith(("d", "∂")) for text in {token.text for token in stream})


def check_inside(stream: list[Token], given: AbstractSet[str]) -> None:
    """Refuse `1 + d/dx x^2`, `d2/dx2 x^3`, `d x^2/dx`, `dy/dx (x^2)`: a derivative is asked for alone, as `d/dx` is."""
    if not _may_hold(stream):
        return
    above = None  # a `d` with a factor behind it
    for i, token in enumerate(stream):
        if token.kind == "∂" or (_ABOVE.fullmatch(token.text) and is_differential(token.text, given)):
            sign = order_at(stream, i + 1)[1]
            if is_below(stream, sign, given):
                raise complaints.derivative_inside(token.span.to(stream[i + 1].span))
            if token.text == "d" and stream[sign].kind in (NAME, NUMBER):
                above = token
        if above is not None and token.text != "d" and is_below(stream, i, given):
            raise complaints.derivative_inside(above.span.to(stream[i + 1].span))
        if is_rate_of_one(stream, i, given) and stream[i + 3].kind in (NAME, NUMBER, *PARENTHESES):
            raise complaints.derivative_inside(token.span.to(stream[i + 2].span))


def check_side(stream: list[Token], given: AbstractSet[str]) -> None:
    """Refuse a derivative on a side of an equation, `dy/dx` among them: a differential equation is no curve."""
    check_inside(stream, given)
    for i, token in enumerate(stream):
        if is_rate_of_one(stream, i, given):
            raise complaints.derivative_inside(token.span.to(stream[i + 2].span))


def is_below(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    """Tell whether `/dx` or `/d x` stands at a position."""
    if stream[position].kind != "/":
        return False
    name = stream[position + 1].text
    if name == "d":
        return "d" not in given and stream[position + 2].kind == NAME
    return name == "∂" or (bool(BELOW.fullmatch(name)) and is_differential(name, given))


def is_rate_of_one(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    """Tell whether `dy/dx` stands at a position."""
    above = stream[position].text
    is_above = above[:1] == "d" and bool(_RATE_OF_ONE.fullmatch(above)) and is_differential(above, given)
    return is_above and is_below(stream, position + 1, given) and stream[position + 2].text != "d"


def rates(stream: list[Token], text: str, given: AbstractSet[str]) -> Iterator[str]:
    """Yield a note on `dy/dx`, a quotient of two variables."""
    for i, token in enumerate(stream if _may_hold(stream) else ()):
        if is_rate_of_one(stream, i, given):
            typed = text[token.span.start : stream[i + 2].span.end]
            yield f"`{typed}` was read as a quotient of two variables, not as a derivative"
