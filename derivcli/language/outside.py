"""What stands around an expression: left sides are dropped, and notations say what is asked.

::

    text       = [ "=" ] [ left ("=" | ":=" | "<-" | "~") ] asked { ";" | ":" | "?" }
    left       = NAME | NAME "(" NAME { "," NAME } ")" | "d" NAME "/" "d" NAME | FUNCTION "(" NAME ")"

`asked` is the expression or a notation around it, see `derivatives`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import EquationError
from derivcli.language import brackets, calls, catalogue, complaints, placed, requests, slopes
from derivcli.language.brackets import cut
from derivcli.language.derivatives import (
    Asked,
    asked_of,
    check_inside,
    is_differential,
    is_rate_of_one,
    long_names,
    may_ask,
    rates,
)
from derivcli.language.names import RATE, check_factor
from derivcli.language.operators import LOGIC, TYPES
from derivcli.language.tokens import END, NAME, Token
from derivcli.language.tree import variables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from derivcli.language.tree import Node

_DEFINING = frozenset("=:<~")  # how a sign of a definition begins
_NAMED = re.compile(r"name( \( name( , name)* \))?")
_RATE = re.compile(r"name( (\^ number|superscript)( name)?)? / name( (\^ number|superscript))?")


class Inside(NamedTuple):
    """The tokens of the expression itself, what is asked of it, and notes on what was dropped.

    `variables` are those of a left side that was dropped, `f(t) =`.
    """

    stream: list[Token]
    asked: Asked | None = None
    notes: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


def strip(stream: list[Token], text: str, given: AbstractSet[str]) -> Inside:
    """Return what stands inside; raises `ExpressionError` where the outside cannot be read."""
    stream = _without_question(_without_ends(stream))
    said = requests.read(stream, given)
    if said is None and not may_ask(stream):  # as most texts
        return _right_side(stream, text, given)
    given |= long_names(stream)
    right = _right_side(said[0] if said else stream, text, given)
    body = right.stream
    found = (body, said[1], None) if said else asked_of(body[requests.lead(body, 0, given) :], text, given)
    found = found or slopes.of_formula(body, text, given)
    if found is None:
        check_inside(body, given)
        return right._replace(notes=(*right.notes, *rates(body, text, given)))
    inside, asked, note = found
    if len(inside) == 1:
        raise complaints.missing_after(text[slice(*stream[0].span)], stream[0].span)
    check_inside(inside, given)
    return right._replace(stream=inside, asked=asked, notes=(*right.notes, *([note] if note else [])))


def unused(names: tuple[str, ...], tree: Node) -> Iterator[str]:
    """Yield a note on each name that a left side gives as a variable and the right side has not: `f(t) = x^2`."""
    own = variables(tree) if names else ()
    meant = f", `{own[0]}` is" if len(own) == 1 else ""
    for name in names if own else ():  # that nothing varies is said by itself
        if name not in own:
            yield f"`{name}` is no variable of the right side{meant}"


def _without_ends(stream: list[Token]) -> list[Token]:
    first = 1 if stream[0].kind == "=" and len(stream) > 1 and stream[1].kind != END else 0
    last = len(stream) - 1
    while last > first and stream[last - 1].kind in (";", ":", "?", ","):
        last -= 1
    return stream if last - first == len(stream) - 1 else cut(stream, first, last)


def _without_question(stream: list[Token]) -> list[Token]:
    """Return `x^2 =` as x^2, as on a calculator; `y =` and `f(x) =` wait for their right side."""
    last = len(stream) - 2
    if last <= 0 or stream[last].kind != "=" or _NAMED.fullmatch(" ".join(token.kind for token in stream[:last])):
        return stream
    return cut(stream, 0, last)


def sides(stream: list[Token]) -> tuple[list[Token], list[Token] | None]:
    """Return the sides of an equation, which has `=`, or `==` outside of brackets; no right one for an expression."""
    stream = _without_ends(stream) if stream[0].kind != "=" else stream
    signs = [i for i, token in enumerate(stream) if token.kind == "="] or brackets.outside(stream, "==")
    if len(signs) > 1:
        raise EquationError("a second equals sign", stream[signs[1]].span, hint="give one equation at a time")
    if not signs:
        return stream, None
    return cut(stream, 0, signs[0]), stream[signs[0] + 1 :]


# Left sides.


def _right_side(stream: list[Token], text: str, given: AbstractSet[str]) -> Inside:
    """Drop `y =`, `f(x) =` and their like from the front; refuse any other equation."""
    sign, length = _sign(stream)
    if sign is None:
        placed.check(stream, given)
        return Inside(stream)
    left, body = stream[sign > 1 and stream[0].text in TYPES : sign], stream[sign + length :]
    head = " ".join(token.kind for token in left)
    if head.startswith("name '"):
        raise complaints.left_is_derivative(text, left[0].span.to(left[-1].span))
    is_rate = _is_rate(left, head, given)
    if not is_rate and _is_free(left, head, body):
        constant = not any(token.kind == NAME for token in body)  # `x = 3` may be meant as a point
        named = tuple(token.text for token in left[1:] if token.kind == NAME)
        return Inside(body, None, (_left_out(left, body, text),) if constant else (), named)
    if is_rate or _is_of_function(left, head, body):
        return Inside(body, None, (_left_out(left, body, text),))
    placed.check(stream, given)
    check_inside(cut(stream, 0, sign), given)
    check_inside(body, given)
    for token in reversed(left):
        check_factor(token, given)  # `x^2 at x = 2`
    raise complaints.equation(stream[sign].span, _dependent(stream, sign))


def _sign(stream: list[Token]) -> tuple[int | None, int]:
    """Return where the sign of a definition stands, and how many tokens it has."""
    if _DEFINING.isdisjoint({token.kind for token in stream}):
        return None, 0
    for i, token in enumerate(stream):
        following = stream[i + 1] if i + 1 < len(stream) else token
        close = token.span.end == following.span.start
        if token.kind == "=":
            return i, 1
        if token.kind == ":" and following.kind == "=" and close:
            return i, 2
        if i == 1 and stream[0].kind == NAME and token.kind == "<" and following.kind == "-" and close:
            if following.span.end == stream[i + 2].span.start:
                return None, 0  # `x<-2` compares
            return i, 2
        if token.kind == "~" and i > 0:
            return i, 1
    return None, 0


def _left_out(left: list[Token], body: list[Token], text: str) -> str:
    dropped = text[left[0].span.start : body[0].span.start].strip()
    return f"`{dropped}` was left out: the right side is differentiated"


def _is_free(left: list[Token], head: str, body: list[Token]) -> bool:
    """Tell whether a left side gives a new name to the right one."""
    if not _NAMED.fullmatch(head):
        return False
    defined = left[0].text
    again = any(token.kind == "=" or (token.kind == NAME and token.text == defined) for token in body)
    taken = defined in catalogue.CONSTANTS or (len(left) > 1 and calls.name_called(defined) is not None)
    return not again and not taken


def _is_rate(left: list[Token], head: str, given: AbstractSet[str]) -> bool:
    """Tell whether a left side is a rate of change: `dv/dt`, `der(x)`."""
    if head == "name ( name )":
        return left[0].text == RATE
    below = next((after.text for sign, after in pairwise(left) if sign.kind == "/"), "")
    return bool(_RATE.fullmatch(head)) and all(is_differential(name, given) for name in (left[0].text, below))


def _is_of_function(left: list[Token], head: str, body: list[Token]) -> bool:
    """Tell whether a left side is a function of what does not occur on the right: `log(P) =`."""
    names = {token.text for token in body if token.kind == NAME} - catalogue.CONSTANTS.keys()
    variables = {name for name in names if not catalogue.is_function(name)}
    return head == "name ( name )" and bool(variables) and left[2].text not in names


def _dependent(stream: list[Token], equals: int) -> str | None:
    """Return the variable for which an equation is most likely meant to be solved: the last of several."""
    called = {i for i, token in enumerate(stream[1:]) if token.kind == "("}
    others = {*catalogue.CONSTANTS, *LOGIC}
    names = [t.text for i, t in enumerate(stream) if t.kind == NAME and i not in called and t.text not in others]
    names = [name for name in names if name not in complaints.PROSE]
    asked = [t.text[1:] for i, t in enumerate(stream[:-1]) if is_rate_of_one(stream, i, frozenset())]
    if asked:  # `x^2 + y^2 = 1, find dy/dx`
        return asked[0] if asked[0] in names else None
    alone = brackets.outside(stream, "=") == [equals] == [i for i, token in enumerate(stream) if token.kind == "="]
    return names[-1] if alone and len(set(names)) > 1 else None
