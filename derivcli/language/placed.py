"""A point in the text, which is refused with its option: `x^2 for x=3`, `x^2 @ x=3`, `x squared at 3`.

::

    point      = SIGN [ "the" ] [ "point" ] ( coordinate { ( "," | "and" ) coordinate } | numbers )
    numbers    = value | "(" value { "," value } ")"
    coordinate = NAME ( "=" | "is" | "->" ) value

A point has one place, the options, so that what stands in quotes is f and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import EquationError
from derivcli.hints import ByAt, Hint
from derivcli.language import catalogue
from derivcli.language.brackets import close, closers, ends_operand, kinds
from derivcli.language.tokens import NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_AT = "at"
_HERE = frozenset({_AT, "@"})  # before a number alone too
_BEFORE = frozenset({"for", "where", "when", "with", "if", "|", "/.", "(", *_HERE})
_SEPARATORS = frozenset({",", ";"})  # before a part with a name too
_EQUAL = frozenset({"=", "is"})
_NEEDED = _HERE | _EQUAL | {">"}  # one of them is in each point: in most texts none
_FILLERS = frozenset({"the", "point"})
_BETWEEN = frozenset({",", "and"})
_OF_VALUES = frozenset({NUMBER, *"*/+-^()√"})
_MOST = 20  # tokens from the sign to the end: `at x = -pi/4, y = 1/2` has 12


def check(stream: list[Token], given: AbstractSet[str], *, has_parts: bool = False) -> None:
    """Raise `EquationError` where a point follows the expression: `x^2 at x = pi/4`, `x^2 at 3`, `x^2 (x=3)`."""
    if _NEEDED.isdisjoint([token.text for token in stream]):
        return
    signs = _BEFORE if has_parts else _BEFORE | _SEPARATORS
    for place in range(max(1, len(stream) - _MOST), len(stream) - 1):
        point = _point(stream, place, given) if stream[place].text in signs else None
        if point:
            hint = Hint("give it ", ByAt(",".join(f"{name}={value}" for name, value in point.items())))
            raise EquationError("a point follows the expression", stream[place].span.to(stream[-2].span), hint=hint)


def _point(stream: list[Token], place: int, given: AbstractSet[str]) -> dict[str, str] | None:
    """Return the coordinates of the point that the text ends with from a place on."""
    sign, after = stream[place], stream[place + 1 : -1]
    if sign.kind == "(":
        return _coordinates(after[:-1]) if _is_bracket_behind(stream, place) else None
    while after and after[0].text in _FILLERS - given:
        after = after[1:]
    return _coordinates(after) or (_numbers(stream[: place + 1], after) if _is_here(sign, given) else None)


def _is_bracket_behind(stream: list[Token], place: int) -> bool:
    """Tell whether a bracket that is no call stands behind the expression: `x^2 (x=3)`."""
    before, opener, sign = stream[place - 1], stream[place], stream[min(place + 2, len(stream) - 1)]
    is_call = before.kind == NAME and close(before, opener)
    may_be = sign.text in _EQUAL and stream[-2].kind == ")" and ends_operand(before) and not is_call
    return may_be and closers(stream[place:]).get(0) == len(stream) - place - 2


def _is_here(sign: Token, given: AbstractSet[str]) -> bool:
    """Tell whether `at` is a word, and no product."""
    return sign.text in _HERE and not (sign.text in given or set(sign.text) <= given)


def _coordinates(tokens: list[Token]) -> dict[str, str] | None:
    """Read `x = 1, y = 2`."""
    found: dict[str, str] = {}
    for part in _parts(tokens):
        length = 2 if kinds(part, 1, 2) == ["-", ">"] and close(part[1], part[2]) else 1
        is_named = len(part) > 1 and part[0].kind == NAME and (length == 2 or part[1].text in _EQUAL)
        value = _value(part[1 + length :], signed=True) if is_named else None
        if value is None:
            return None
        found[part[0].text] = value
    return found


def _numbers(before: list[Token], tokens: list[Token]) -> dict[str, str] | None:
    """Read `3` and `(1, 2)` as values of the letters before, in their order; none where there are too few or many."""
    *expression, at = before
    names, is_curve = _letters(expression)
    in_bracket = bool(tokens) and tokens[0].kind == "(" and closers(tokens).get(0) == len(tokens) - 1
    parts = _parts(tokens[1:-1]) if in_bracket else [tokens]
    signed = in_bracket or _is_signed(at, tokens)
    values = [value for part in parts if (value := _value(part, signed=signed)) is not None]
    is_one_each = len(values) == len(parts) and len(values) - len(names) in (0, in_bracket and is_curve)
    return dict(zip(names, values, strict=False)) if is_one_each and ends_operand(expression[-1]) else None


def _letters(expression: list[Token]) -> tuple[list[str], bool]:
    """Return the letters that may be variables, and whether a left side may have a coordinate: `y = x^2 at (3, 9)`."""
    start = max((i + 1 for i, token in enumerate(expression) if token.kind == "="), default=0)
    names = [t.text for t in expression[start:] if t.kind == NAME and len(t.text) == 1]
    return list(dict.fromkeys(name for name in names if name not in catalogue.CONSTANTS)), start > 0


def _is_signed(at: Token, tokens: list[Token]) -> bool:
    """Tell whether a sign is of the number behind it: `x at -3`; `x at - 3` may be a difference."""
    return len(tokens) > 1 and close(*tokens[:2]) and not close(at, tokens[0])


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """Cut tokens at commas and at `and`."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in _BETWEEN:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _value(tokens: list[Token], *, signed: bool) -> str | None:
    """Return a constant as typed, or None. Its sign is read where it is `signed`."""
    parts = tokens[signed and bool(tokens) and tokens[0].kind == "-" :]
    known = all(token.kind in _OF_VALUES or _is_constant(token.text) for token in parts)
    is_value = known and bool(parts) and parts[0].kind not in "*/+-^)" and ends_operand(parts[-1])
    return "".join(token.text for token in tokens) if is_value else None


def _is_constant(name: str) -> bool:
    return name in catalogue.CONSTANTS or catalogue.is_function(name)
