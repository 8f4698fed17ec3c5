"""What stands around an expression: left sides that are dropped, and notations that say what is asked.

::

    text       = [ "=" ] [ left ("=" | ":=" | "<-" | "~") ] asked { ";" | ":" }
    left       = NAME | NAME "(" NAME { "," NAME } ")" | "d" NAME "/" "d" NAME | FUNCTION "(" NAME ")"
    asked      = expression | "d" [ power ] "/" "d" NAME [ power ] expression
               | "d" [ power ] "(" expression ")" "/" "d" NAME [ power ]
               | DIFF "(" expression { "," NAME [ "," NUMBER ] } ")" | "(" expression ")" "'" { "'" }
               | [ ORDINAL ] "derivative" "of" expression [ "with" "respect" "to" NAME ]

∂ stands for d as well, then with several names below: `∂²/∂x∂y`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import Span
from derivcli.language import calls, catalogue, complaints
from derivcli.language.names import check_factor
from derivcli.language.operators import LOGIC, PARENTHESES
from derivcli.language.products import GREEK
from derivcli.language.tokens import END, NAME, NUMBER, POWER, Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_CALLED = frozenset({"diff", "Diff", "D", "deriv", "derivative", "Derivative", "differentiate"})
_BEFORE_POINT = frozenset({"for", "where", "when", "with", "if", "at", "|", ",", ";"})  # `x^2 for x=3`
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_LEADS = frozenset({"the", "find", "what", "is", "compute", "calculate"})
_LONGEST_DIFFERENTIAL = 3  # characters: `dx`, `dx1`
_PROSE = frozenset({"derivative", "slope", "gradient"})
_NAMED = re.compile(r"name( \( name( , name)* \))?")
_ABOVE = re.compile(r"d[0-9]?")
_BELOW = re.compile(r"(?:d[^\W\d_][0-9]?)+")
_RATE_OF_ONE = re.compile(r"d[0-9]?[^\W\d_]")
_SEVERAL = re.compile(r"d([^\W\d_][0-9]?)")
_RATE = re.compile(r"name( (\^ number|superscript)( name)?)? / name( (\^ number|superscript))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a notation asks for: the variables of each differentiation in order, none where it names none."""

    order: int
    names: tuple[str, ...] = ()

    @property
    def wrt(self) -> tuple[str, ...] | None:
        """The variables to differentiate by."""
        return tuple(dict.fromkeys(self.names)) or None

    @property
    def partials(self) -> tuple[tuple[str, ...], ...]:
        """The mixed derivative, if one is asked for."""
        return (self.names,) if len(set(self.names)) > 1 else ()


class Source(NamedTuple):
    """What is left of a text, the text itself, and the names with a value."""

    stream: list[Token]
    text: str
    given: AbstractSet[str]


class Inside(NamedTuple):
    """The tokens of the expression itself, what is asked of it, and notes on what was dropped."""

    stream: list[Token]
    asked: Asked | None = None
    notes: tuple[str, ...] = ()


def strip(stream: list[Token], text: str, given: AbstractSet[str]) -> Inside:
    """Return what stands inside; raises `ExpressionError` where the outside cannot be read."""
    stream = _without_ends(stream)
    given |= _long_names(stream)
    body, notes = _right_side(stream, text, given)
    for read in (_quotient, _operator, _call, _primes, _prose):
        found = read(Source(body, text, given))
        if found is not None:
            inside, asked, note = found
            if len(inside) == 1:
                raise complaints.missing_after(body[0], text)
            check_inside(inside, given)
            return Inside(inside, asked, (*notes, *([note] if note else [])))
    check_inside(body, given)
    return Inside(body, None, (*notes, *_rates(body, text, given)))


def _long_names(stream: list[Token]) -> AbstractSet[str]:
    """Return the names that begin with d and are no differentials: nothing is differentiated by `ensity`."""
    names = {token.text for token in stream if token.kind == NAME} - _CALLED - complaints.PROSE.keys()
    long = {name for name in names if name[0] == "d" and len(name) > _LONGEST_DIFFERENTIAL}
    return {name for name in long if name[1:] not in names | GREEK and not _BELOW.fullmatch(name)}


def check_inside(stream: list[Token], given: AbstractSet[str]) -> None:
    """Refuse `1 + d/dx x^2`, `d2/dx2 x^3`, `d x^2/dx`, `dy/dx (x^2)`: a derivative is asked for alone, as `d/dx` is."""
    above = None  # a `d` with a factor behind it
    for i, token in enumerate(stream):
        if token.kind == "∂" or (_ABOVE.fullmatch(token.text) and _is_differential(token.text, given)):
            sign = _order(stream, i + 1)[1]
            if _is_below(stream, sign, given):
                raise complaints.derivative_inside(token.span.to(stream[i + 1].span))
            if token.text == "d" and stream[sign].kind in (NAME, NUMBER):
                above = token
        if above is not None and token.text != "d" and _is_below(stream, i, given):
            raise complaints.derivative_inside(above.span.to(stream[i + 1].span))
        if _is_rate_of_one(stream, i, given) and stream[i + 3].kind in (NAME, NUMBER, *PARENTHESES):
            raise complaints.derivative_inside(token.span.to(stream[i + 2].span))


def check_side(stream: list[Token], given: AbstractSet[str]) -> None:
    """Refuse a derivative on a side of an equation, `dy/dx` among them: a differential equation is no curve."""
    check_inside(stream, given)
    for i, token in enumerate(stream):
        if _is_rate_of_one(stream, i, given):
            raise complaints.derivative_inside(token.span.to(stream[i + 2].span))


def _is_below(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    """Tell whether `/dx` or `/d x` stands at a position."""
    if stream[position].kind != "/":
        return False
    name = stream[position + 1].text
    if name == "d":
        return "d" not in given and stream[position + 2].kind == NAME
    return name == "∂" or (bool(_BELOW.fullmatch(name)) and _is_differential(name, given))


def _is_rate_of_one(stream: list[Token], position: int, given: AbstractSet[str]) -> bool:
    """Tell whether `dy/dx` stands at a position."""
    above = stream[position].text
    is_above = bool(_RATE_OF_ONE.fullmatch(above)) and _is_differential(above, given)
    return is_above and _is_below(stream, position + 1, given) and stream[position + 2].text != "d"


def _rates(stream: list[Token], text: str, given: AbstractSet[str]) -> Iterator[str]:
    """Yield a note on `dy/dx`, a quotient of two variables."""
    for i, token in enumerate(stream):
        if _is_rate_of_one(stream, i, given):
            typed = text[token.span.start : stream[i + 2].span.end]
            yield f"`{typed}` was read as a quotient of two variables, not as a derivative"


Found = tuple[list[Token], Asked, str | None] | None


def _without_ends(stream: list[Token]) -> list[Token]:
    first = 1 if stream[0].kind == "=" and len(stream) > 1 and stream[1].kind != END else 0
    last = len(stream) - 1
    while last > first and stream[last - 1].kind in (";", ":"):
        last -= 1
    return _cut(stream, first, last)


def _cut(stream: list[Token], first: int, last: int) -> list[Token]:
    """Return the tokens from one position to another, with an end of their own."""
    end = stream[last].span.start if last < len(stream) else stream[-1].span.start
    return [*stream[first:last], Token(END, "", Span(end, end))]


def outside_brackets(stream: list[Token], kind: str) -> list[int]:
    """Return where tokens of a kind stand outside of all brackets."""
    steps = ((t.kind in PARENTHESES) - (t.kind in PARENTHESES.values()) for t in stream)
    return [
        i for i, (t, depth) in enumerate(zip(stream, accumulate(steps), strict=True)) if t.kind == kind and not depth
    ]


def sides(stream: list[Token]) -> tuple[list[Token], list[Token] | None]:
    """Return the sides of an equation, which has `=`, or `==` outside of brackets; no right one for an expression."""
    stream = _without_ends(stream) if stream[0].kind != "=" else stream
    signs = [i for i, token in enumerate(stream) if token.kind == "="] or outside_brackets(stream, "==")
    if len(signs) > 1:
        raise complaints.second_equation(stream[signs[1]].span)
    if not signs:
        return stream, None
    return _cut(stream, 0, signs[0]), stream[signs[0] + 1 :]


# Left sides.


def _right_side(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], tuple[str, ...]]:
    """Drop `y =`, `f(x) =` and their like from the front; refuse any other equation."""
    sign, length = _sign(stream)
    if sign is None:
        return stream, ()
    left, body = stream[:sign], stream[sign + length :]
    head = " ".join(token.kind for token in left)
    if head.startswith("name '"):
        raise complaints.left_is_derivative(text, left[0].span.to(left[-1].span))
    is_rate = _is_rate(left, head, given)
    if not is_rate and _is_free(left, head, body):
        constant = not any(token.kind == NAME for token in body)  # `x = 3` may be meant as a point
        return body, (_left_out(left, body, text),) if constant else ()
    if is_rate or _is_of_function(left, head, body):
        return body, (_left_out(left, body, text),)
    if len(left) > 2 and left[-2].text in _BEFORE_POINT and [t.kind for t in body] == [NUMBER, END]:
        name, number = left[-1], body[0]
        raise complaints.point_behind(left[-2].span.to(number.span), f"{name.text}={number.text}")
    check_inside(_cut(stream, 0, sign), given)
    check_inside(body, given)
    if len(left) > 2 and left[-2].text in _BEFORE_POINT and [t.kind for t in body] == [NUMBER, END]:
        name, number = left[-1], body[0]
        raise complaints.point_behind(left[-2].span.to(number.span), f"{name.text}={number.text}")
    for token in reversed(left):
        check_factor(token, given)  # `x^2 at x = 2`
    raise complaints.equation(stream[sign].span, _dependent(stream, sign))


def _sign(stream: list[Token]) -> tuple[int | None, int]:
    """Return where the sign of a definition stands, and how many tokens it has."""
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
        return left[0].text == "der"
    below = next((after.text for sign, after in pairwise(left) if sign.kind == "/"), "")
    return bool(_RATE.fullmatch(head)) and all(_is_differential(name, given) for name in (left[0].text, below))


def _is_of_function(left: list[Token], head: str, body: list[Token]) -> bool:
    """Tell whether a left side is a function of what does not occur on the right: `log(P) =`."""
    names = {token.text for token in body if token.kind == NAME} - catalogue.CONSTANTS.keys()
    variables = {name for name in names if not catalogue.is_function(name)}
    return head == "name ( name )" and bool(variables) and left[2].text not in names


def _is_differential(name: str, given: AbstractSet[str]) -> bool:
    return name[0] == "d" and "d" not in given and name not in given


def _dependent(stream: list[Token], equals: int) -> str | None:
    """Return the variable for which an equation is most likely meant to be solved: the last of several."""
    called = {i for i, token in enumerate(stream[1:]) if token.kind == "("}
    others = {*catalogue.CONSTANTS, *LOGIC}
    names = [t.text for i, t in enumerate(stream) if t.kind == NAME and i not in called and t.text not in others]
    alone = outside_brackets(stream, "=") == [equals] == [i for i, token in enumerate(stream) if token.kind == "="]
    return names[-1] if alone and len(set(names)) > 1 else None


# Notations of derivatives. Each returns the expression inside, what is asked, and a note; or None for another text.


def _operator(source: Source) -> Found:
    """Read `d/dx x^2`, `d^2/dx^2 x^3`, `∂²/∂x∂y x*y`."""
    stream, text, given = source
    below = _below(stream, 0, given)
    if below is None:
        return None
    asked, after = below
    inside = stream[after:]
    end = _closing(inside, 0) if inside[0].kind in PARENTHESES else None
    if end is not None and [t.kind for t in inside[end + 1 : end + 4]] == ["(", NUMBER, ")"]:
        raise complaints.value_behind(
            inside[end + 1].span.to(inside[end + 3].span), asked.names[0], inside[end + 2].text
        )
    if end is not None and inside[end + 1].kind in ("+", "-"):
        raise complaints.derivative_of_part(text, stream[0].span, inside[0].span.to(inside[end].span), inside[-1].span)
    whole = end == len(inside) - 2 or not any(t.kind in ("+", "-", "*", "/") for t in inside[1:])
    typed = text[stream[0].span.start : inside[0].span.start].strip()
    return inside, asked, None if whole else f"`{typed}` was read as of all that follows it"


def _below(stream: list[Token], start: int, given: AbstractSet[str]) -> tuple[Asked, int] | None:
    """Read `d/dx`, the power above and below; return what is asked and the position after it."""
    sign = stream[start]
    is_partial = sign.kind == "∂"
    if not is_partial and (sign.text != "d" or "d" in given):
        return None
    order, position = _order(stream, start + 1)
    if stream[position].kind != "/":
        return None
    return _names_below(stream, position + 1, order, partial=is_partial, given=given)


def _names_below(
    stream: list[Token], position: int, order: int, *, partial: bool, given: AbstractSet[str]
) -> tuple[Asked, int] | None:
    names: list[str] = []
    while True:
        token = stream[position]
        if partial and token.kind == "∂" and stream[position + 1].kind == NAME:
            name, position = stream[position + 1].text, position + 2
        elif not partial and token.kind == NAME and len(token.text) > 1 and _is_differential(token.text, given):
            *before, name = _SEVERAL.findall(token.text) if _BELOW.fullmatch(token.text) else (token.text[1:],)
            names, position = [*names, *before], position + 1
        else:
            break
        count, position = _order(stream, position)
        names += [name] * count
        if len(names) >= order:
            break
    return (Asked(order, tuple(names)), position) if len(names) == order and names else None


def _order(stream: list[Token], position: int) -> tuple[int, int]:
    """Read `^2` or `²`; an order is 1 where nothing is said."""
    if stream[position].kind == POWER and stream[position].text.isdigit():
        return _small(stream[position].text), position + 1
    if stream[position].kind == "^" and stream[position + 1].kind == NUMBER and stream[position + 1].text.isdigit():
        return _small(stream[position + 1].text), position + 2
    return 1, position


def _small(digits: str) -> int:
    """Return an order; a huge one is as good as one that is too high."""
    return int(digits[-4:]) if len(digits) < 5 else 10**4


def _quotient(source: Source) -> Found:
    """Read `d(x^2)/dx` and `∂(x*y)/∂x`."""
    stream, _, given = source
    sign = stream[0]
    if sign.kind != "∂" and (sign.text != "d" or "d" in given):
        return None
    order, position = _order(stream, 1)
    if stream[position].kind not in PARENTHESES:
        return None
    end = _closing(stream, position)
    if end is None or stream[end + 1].kind != "/":
        return None
    below = _names_below(stream, end + 2, order, partial=sign.kind == "∂", given=given)
    if below is None or stream[below[1]].kind != END:
        return None
    return _cut(stream, position + 1, end), below[0], None


def _call(source: Source) -> Found:
    """Read `diff(x^2, x)`, `diff(x^2, x, 2)`, `D(x^2)`."""
    stream, _, given = source
    if stream[0].text not in _CALLED or stream[0].text in given or stream[1].kind not in PARENTHESES:
        return None
    end = _closing(stream, 1)
    if end is None or stream[end + 1].kind != END:
        return None
    depths = list(accumulate((t.kind in PARENTHESES) - (t.kind in PARENTHESES.values()) for t in stream[:end]))
    commas = [i for i in range(2, end) if stream[i].kind == "," and depths[i] == 1]
    first = commas[0] if commas else end
    names: list[str] = []
    for token in stream[first:end]:
        if token.kind == NAME:
            names.append(token.text)
        elif token.kind == NUMBER and names and token.text.isdigit() and _small(token.text) > 0:
            names += names[-1:] * (_small(token.text) - 1)
        elif token.kind not in (",", *PARENTHESES, *PARENTHESES.values()):
            raise complaints.differentiated_by(token.span)
    return _cut(stream, 2, first), Asked(len(names) or 1, tuple(names)), None


def _primes(source: Source) -> Found:
    """Read `(x^2)'`."""
    stream = source.stream
    last = len(stream) - 1
    while last > 0 and stream[last - 1].kind == "'":
        last -= 1
    order = len(stream) - 1 - last
    if not order or stream[0].kind not in PARENTHESES or _closing(stream, 0) != last - 1:
        return None
    return _cut(stream, 1, last - 1), Asked(order), None


def _prose(source: Source) -> Found:
    """Read `the second derivative of x^3 with respect to x`."""
    stream, _, given = source
    words = [token.text.lower() if token.kind == NAME else "" for token in stream]
    position = next((i for i, word in enumerate(words) if word not in _LEADS), 0)
    order = _ORDINALS.get(words[position], 0)
    position += order > 0
    starts = words[position : position + 2]
    if starts[0] in given or not (starts[0] == "differentiate" or (starts[0] in _PROSE and starts[1:] == ["of"])):
        return None
    position += 1 + (starts[1:] == ["of"])
    last = len(stream) - 1
    names: tuple[str, ...] = ()
    for tail in (["with", "respect", "to"], ["wrt"]):
        start = last - 1 - len(tail)
        if words[start : last - 1] == tail and start > position:
            names, last = (stream[last - 1].text,) * (order or 1), start
    return _cut(stream, position, last), Asked(order or 1, names), None


def _closing(stream: list[Token], start: int) -> int | None:
    """Return where the bracket closes that opens at a position."""
    depth = 0
    for i in range(start, len(stream)):
        depth += (stream[i].kind in PARENTHESES) - (stream[i].kind in PARENTHESES.values())
        if depth == 0:
            return i
    return None
