"""Notations of derivatives around an expression: what they ask for; and derivatives where none can be read.

::

    asked      = expression | "d" [ power ] "/" "d" NAME [ power ] [ "of" ] expression
               | "d" [ power ] "(" expression ")" "/" "d" NAME [ power ]
               | DIFF "(" expression { "," NAME [ "," NUMBER ] } ")" | "(" expression ")" "'" { "'" }

∂ stands for d as well, then with several names below: `∂²/∂x∂y`. `requests` has what is asked in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError
from derivcli.hints import ByAt, Hint
from derivcli.language import brackets, complaints
from derivcli.language.brackets import CLOSERS, closers, cut, kinds
from derivcli.language.names import DERIVATIVES
from derivcli.language.operators import PARENTHESES
from derivcli.language.symbols import GREEK_NAMES
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from derivcli.errors import Span

_SEVERAL = re.compile(r"d([^\W\d_][0-9]?)")
_LONGEST_DIFFERENTIAL = 3  # characters: `dx`, `dx1`
_FIRST = frozenset("d∂")  # letters of a differential
_FIRST_OF_ALL = _FIRST | {"'"} | {name[0] for name in DERIVATIVES}  # signs of a notation
_HUGE = 10**4  # an order far above all that are computed: its digits need not be read
OF = "of"
_ABOVE = re.compile(r"d[0-9]?")
BELOW = re.compile(r"(?:d[^\W\d_][0-9]?)+")
_RATE_OF_ONE = re.compile(r"d[0-9]?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a notation asks for: the variables of each differentiation in order, none where it names none."""

    order: int
    names: tuple[str, ...] = ()

    @property
    def wrt(self) -> tuple[str, ...] | None:
        """The variables to differentiate by."""
        return tuple(dict.fromkeys(self.names)) or None


Found = tuple[list[Token], Asked, str | None] | None


def asked_of(stream: list[Token], text: str, given: AbstractSet[str]) -> Found:
    """Return the expression inside a notation, what it asks for, and a note; None for a text without one."""
    return next((found for read in _NOTATIONS if (found := read(stream, text, given)) is not None), None)


def _operator(stream: list[Token], text: str, given: AbstractSet[str]) -> Found:
    """Read `d/dx x^2`, `d^2/dx^2 x^3`, `∂²/∂x∂y x*y`."""
    names: tuple[str, ...] = ()
    inside = last = stream
    while (below := _below(inside, given)) is not None:  # `d/dx d/dx x^3`, `d/dx (d/dy x*y)`
        names, inside, last = (*names, *below[0].names), inside[below[1] :], inside
        if closers(inside).get(0) == len(inside) - 2 and _below(inside[1:], given) is not None:
            inside = cut(inside, 1, len(inside) - 2)
    if inside is stream:
        return None
    inside = inside[inside[0].text == OF and OF not in given :]
    return applied(inside, Asked(len(names), names), text, (stream[0].span, last[0].span))


def applied(inside: list[Token], asked: Asked, text: str, operators: tuple[Span, Span]) -> Found:
    """Return what stands behind the first and the last `d/dx`, and a note where it may end earlier.

    Raises `ExpressionError` for `d/dx (x^2) + 1`, and for a value behind it.
    """
    first, last = operators
    end = closers(inside).get(0)
    if end is not None and kinds(inside, end + 1, 3) == ["(", NUMBER, ")"]:
        value = inside[end + 1 : end + 4]
        point = Hint("give it ", ByAt(f"{next(iter(asked.names), 'x')}={value[1].text}"))
        raise ExpressionError("a value follows the derivative", value[0].span.to(value[2].span), hint=point)
    if end is not None and inside[end + 1].kind in ("+", "-"):
        raise complaints.derivative_of_part(text, first, inside[0].span.to(inside[end].span), inside[-1].span)
    whole = end == len(inside) - 2 or not any(t.kind in ("+", "-", "*", "/") for t in inside[1:])
    typed = text[last.start : inside[0].span.start].strip()
    return inside, asked, None if whole else f"`{typed}` was read as the derivative of all that follows it"


def _below(stream: list[Token], given: AbstractSet[str]) -> tuple[Asked, int] | None:
    """Read `d/dx`, the power above and below; return what is asked and the position after it."""
    sign = stream[0]
    if not begins(sign, given):
        return None
    order, position = order_at(stream, 1)
    if stream[position].kind != "/":
        return None
    return names_below(stream, position + 1, order, partial=sign.kind == "∂", given=given)


def names_below(
    stream: list[Token], position: int, order: int, *, partial: bool, given: AbstractSet[str]
) -> tuple[Asked, int] | None:
    """Read `dx dy^2` behind the line; return what is asked and the position after it, None for another order."""
    names: list[str] = []
    while True:
        token = stream[position]
        if partial and token.kind == "∂" and stream[position + 1].kind == NAME:
            name, position = stream[position + 1].text, position + 2
        elif not partial and token.kind == NAME and len(token.text) > 1 and is_differential(token.text, given):
            *before, name = _SEVERAL.findall(token.text) if BELOW.fullmatch(token.text) else (token.text[1:],)
            names, position = [*names, *before], position + 1
        else:
            break
        count, position = order_at(stream, position)
        names += [name] * count
        if len(names) >= order:
            break
    return (Asked(order, tuple(names)), position) if len(names) == order and names else None


def _quotient(stream: list[Token], _text: str, given: AbstractSet[str]) -> Found:
    """Read `d(x^2)/dx` and `∂(x*y)/∂x`."""
    sign = stream[0]
    if not begins(sign, given):
        return None
    order, position = order_at(stream, 1)
    end = closers(stream).get(position)
    if end is None or stream[end + 1].kind != "/":
        return None
    below = names_below(stream, end + 2, order, partial=sign.kind == "∂", given=given)
    if below is None or stream[below[1]].kind != END:
        return None
    return cut(stream, position + 1, end), below[0], None


def _call(stream: list[Token], _text: str, given: AbstractSet[str]) -> Found:
    """Read `diff(x^2, x)`, `diff(x^2, x, 2)`, `D(x^2)`."""
    if stream[0].text not in DERIVATIVES or stream[0].text in given:
        return None
    end = closers(stream).get(1)
    if end is None or stream[end + 1].kind != END:
        return None
    first = next((i + 2 for i in brackets.outside(stream[2:end], ",")), end)
    names: list[str] = []
    for token in stream[first:end]:
        if token.kind == NAME:
            names.append(token.text)
        elif token.kind == NUMBER and names and token.text.isdigit() and small(token.text) > 0:
            names += names[-1:] * (small(token.text) - 1)
        elif token.kind not in (",", *PARENTHESES, *CLOSERS):
            hint = "write `diff(x^2, x)` or `diff(x^2, x, 2)`"
            raise ExpressionError("this must be a variable", token.span, hint=hint)
    return cut(stream, 2, first), Asked(len(names) or 1, tuple(names)), None


def _primes(stream: list[Token], _text: str, _given: AbstractSet[str]) -> Found:
    """Read `(x^2)'`."""
    last = len(stream) - 1
    while last > 0 and stream[last - 1].kind == "'":
        last -= 1
    order = len(stream) - 1 - last
    if not order or closers(stream).get(0) != last - 1:
        return None
    return cut(stream, 1, last - 1), Asked(order), None


_NOTATIONS = (_quotient, _operator, _call, _primes)


# Differentials among tokens: `dx`, `dy/dx`, the orders at them.


def is_differential(name: str, given: AbstractSet[str]) -> bool:
    """Tell whether a name such as `dx` is more than a name."""
    return name[0] == "d" and "d" not in given and name not in given


def begins(token: Token, given: AbstractSet[str]) -> bool:
    """Tell whether a token is the `d` or ∂ of a notation."""
    return token.kind == "∂" or (token.text == "d" and "d" not in given)


def long_names(stream: list[Token]) -> AbstractSet[str]:
    """Return the names that begin with d and are no differentials: nothing is differentiated by `ensity`."""
    names = {token.text for token in stream if token.kind == NAME}
    long = {name for name in names if name[0] == "d" and len(name) > _LONGEST_DIFFERENTIAL}
    if not long:
        return long
    names -= DERIVATIVES | complaints.PROSE.keys()
    long &= names
    return {name for name in long if name[1:] not in names | GREEK_NAMES and not BELOW.fullmatch(name)}


def order_at(stream: list[Token], position: int) -> tuple[int, int]:
    """Read `^2` or `²`; an order is 1 where nothing is said."""
    if stream[position].kind == POWER and stream[position].text.isdigit():
        return small(stream[position].text), position + 1
    if stream[position].kind == "^" and stream[position + 1].kind == NUMBER and stream[position + 1].text.isdigit():
        return small(stream[position + 1].text), position + 2
    return 1, position


def small(digits: str) -> int:
    """Return an order; a huge one is as good as one that is too high."""
    return int(digits) if len(digits) < len(str(_HUGE)) else _HUGE


def _may_hold(stream: list[Token]) -> bool:
    """Tell whether anything begins as a differential does: in most texts nothing, and they may be long."""
    return not _FIRST.isdisjoint({token.text[:1] for token in stream})


def may_ask(stream: list[Token]) -> bool:
    """Tell whether anything begins as a notation or a differential does."""
    return not _FIRST_OF_ALL.isdisjoint({token.text[:1] for token in stream})


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
