r"""What stands before a formula in LaTeX: `f(x) =`, `\frac{dy}{dx} =`, `\frac{d}{dx}`, `d/dx` and their like.

It is written in the tokens that the plain language has for it, and read there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import Span
from derivcli.language import calls, catalogue
from derivcli.language.complaints import derivative_inside
from derivcli.language.tex.commands import FUNCTION
from derivcli.language.tex.items import BRACES, CLOSE, FRACTION, OPEN, TYPED, Item
from derivcli.language.tokens import END, NAME, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_LONGEST_INLINE = 14  # items: `d^{2}y/dx^{2}` has 13
_MOST = (
    40  # items of an operator: `\frac{\partial^{3}}{\partial x \partial y^{2}}` has 20, and a longer one is no operator
)
_ORDER = r"(?: \^ ([0-9]+))?"
_RATE = re.compile(rf"([d∂]){_ORDER}( [A-Za-z]\w*)? /((?: \1 [A-Za-z]\w*(?: \^ [0-9]+)?)+)")
_BELOW = re.compile(rf" [d∂] (\S+){_ORDER}")
# Functions that are defined where somebody explains them: `\text{softplus}(x) = ...`.
_DEFINED = frozenset(name for row in catalogue.FAMILIES["machine learning"] for name in (row.name, *row.aliases))
_OF_OPERATORS = frozenset({*"xyztuvwsr", "theta"})  # the letters in `D_x`
MAPS = "->"
_SEPARATORS = frozenset({",", ";"})


class Rate(NamedTuple):
    r"""An operator of differentiation: the tokens that the plain language writes it in, and what it is applied to."""

    tokens: list[Token]
    after: int
    named: bool = False  # `\frac{dy}{dx}` is a left side only


def front(items: list[Item], partners: dict[int, int], given: AbstractSet[str]) -> tuple[list[Token], int]:
    """Return the tokens of what stands before a formula, and where the formula begins."""
    tokens, start = _left_side(items, partners, given)
    found = _operator(items, start, partners, given)
    if found is None:
        return tokens, start
    if found.named:
        raise derivative_inside(found.tokens[0].span)
    return [*tokens, *found.tokens], found.after


def is_operator(tokens: list[Token]) -> bool:
    """Tell whether the tokens before a formula end with an operator of differentiation."""
    return bool(tokens) and tokens[-1].kind not in ("=", ")")


def check_inside(items: list[Item], start: int, partners: dict[int, int], given: AbstractSet[str]) -> None:
    """Refuse a derivative inside an expression."""
    found = _fraction(items, start, partners, given), _differentiated(items, start, partners, given)
    if found != (None, None):
        raise derivative_inside(items[start].span.to(items[partners[start]].span))


# Left sides.


def _left_side(items: list[Item], partners: dict[int, int], given: AbstractSet[str]) -> tuple[list[Token], int]:
    rate = _operator(items, 0, partners, given)
    if rate is not None and items[rate.after].kind == "=":
        return [*rate.tokens, _token(items[rate.after])], rate.after + 1
    end = _mapped(items) or _named(items, partners)
    if end is None or items[end - 1].kind == MAPS:
        return [], end or 0
    signs = [item for item in items[end : end + 2] if item.kind in (":", "=")]
    left = [*map(_token, items[:end]), *map(_token, signs)]
    body = end + len(signs)
    if calls.name_called(left[0].text) is not None and all(item.text != left[0].text for item in items[body:]):
        left[0] = left[0]._replace(text=f"\\{left[0].text}")  # `\gamma(v) =` names no function of the catalogue
    return left, body


def _named(items: list[Item], partners: dict[int, int]) -> int | None:
    """Return where `y`, `f(x, y)` or `f'(x)` ends that stands before an equals sign."""
    if items[0].kind != NAME and not (items[0].kind == FUNCTION and items[0].text in _DEFINED):
        return None
    end = 1
    while items[end].kind == "'":
        end += 1
    if items[end].kind == OPEN and items[end].shape == TYPED:
        close = partners[end]
        inside = items[end + 1 : close]
        if any(i.kind != (NAME if n % 2 == 0 else ",") for n, i in enumerate(_unified(inside))):
            return None
        end = close + 1
    is_sign = items[end].kind == "=" or (items[end].kind == ":" and items[end + 1].kind == "=")
    return end if is_sign else None


def _mapped(items: list[Item]) -> int | None:
    r"""Return where `x \mapsto` or `f\colon x \mapsto` ends."""
    kinds = [item.kind for item in items[:4]]
    start = 2 if kinds[:2] == [NAME, ":"] else 0
    return start + 2 if kinds[start : start + 2] == [NAME, MAPS] else None


def _unified(inside: list[Item]) -> list[Item]:
    return [item._replace(kind=",") if item.kind in _SEPARATORS else item for item in inside]


def _token(item: Item) -> Token:
    kind = "," if item.kind in _SEPARATORS else NAME if item.kind == FUNCTION else item.kind
    text = kind if kind in (",", OPEN, CLOSE) else item.text
    return Token(kind, text, item.span)


# Operators.


def _operator(items: list[Item], start: int, partners: dict[int, int], given: AbstractSet[str]) -> Rate | None:
    return _fraction(items, start, partners, given) or _inline(items, start, given) or _letter(items, start, given)


def _letter(items: list[Item], start: int, given: AbstractSet[str]) -> Rate | None:
    r"""Read `D_x(...)` and `\partial_x`."""
    sign, _, name = items[start].text.partition("_")
    if sign != "D" or not name or items[start].text in given:
        return None
    if items[start].kind != "∂":
        occurs = any(item.kind == NAME and item.text == name for item in items[start + 1 :])
        if name not in _OF_OPERATORS or not occurs or items[start + 1].kind not in (OPEN, FUNCTION):
            return None  # `D_e(1 - e^{-a})` is a name
    return Rate([Token(_kind(text), text, items[start].span) for text in ("d", "/", f"d{name}")], start + 1)


def _fraction(items: list[Item], start: int, partners: dict[int, int], given: AbstractSet[str]) -> Rate | None:
    r"""Read `\frac{d}{dx}`, `\frac{d^2 y}{dx^2}` and `\frac{d(x^2)}{dx}`."""
    if items[start].shape != FRACTION or items[start].kind != OPEN or "d" in given:
        return None
    end = partners[start]
    if end - start > _MOST:
        return None
    span = items[start].span.to(items[end].span)
    return _written(_words(items[start + 1 : end]), span, end + 1)


def lifted(items: list[Item], partners: dict[int, int], given: AbstractSet[str]) -> list[Item]:
    r"""Write `\frac{d(x^2)}{dx}` and `\frac{dx^2}{dx}` as `\frac{d}{dx}(x^2)`."""
    _, start = _left_side(items, partners, given)
    first = _differentiated(items, start, partners, given)
    if first is None:
        return items
    above, end = partners[start + 1], partners[start] + 1
    if items[end].kind != END:
        return items  # what follows may belong to it or not
    body = items[first:above]
    if not (body[0].shape == TYPED and partners.get(first) == above - 1):
        here, there = (Span(place, place) for place in (body[0].span.start, body[-1].span.end))
        body = [Item(OPEN, "", here, shape=BRACES), *body, Item(CLOSE, ")", there, shape=BRACES)]
    return [*items[:first], *items[above:end], *body, *items[end:]]


def _differentiated(items: list[Item], start: int, partners: dict[int, int], given: AbstractSet[str]) -> int | None:
    r"""Return where the x^2 of `\frac{dx^2}{dx}` and `\frac{d^2 x^2}{dx^2}` begins."""
    if items[start].shape != FRACTION or items[start].kind != OPEN or items[start + 2].text not in ("d", "∂"):
        return None
    above, end = partners[start + 1], partners[start]
    if "d" in given or end - above > _MOST or _fraction(items, start, partners, given) is not None:
        return None
    first = start + 3
    if items[first].kind == "^" and items[first + 2].kind == NUMBER:
        first = partners[first + 1] + 1
    span = items[start].span
    operator = _written(_words([*items[start + 1 : first], *items[above:end]]), span, 0) if first < above else None
    return None if operator is None or operator.named else first


def _words(items: list[Item]) -> str:
    """Return a few items without their brackets, as text that a pattern can be held against."""
    return " ".join("?" if item.shape == TYPED else item.text for item in items if _counts(item))


def _counts(item: Item) -> bool:
    return item.shape == TYPED or item.kind not in (OPEN, CLOSE)


def _inline(items: list[Item], start: int, given: AbstractSet[str]) -> Rate | None:
    """Read `d/dx` and `d^2/dx^2`."""
    if items[start].text not in ("d", "∂") or "d" in given:
        return None
    for length in range(_LONGEST_INLINE, 3, -1):
        part = items[start : start + length]
        found = _written(_words(part), part[0].span.to(part[-1].span), start + len(part))
        if found is not None and part[-1].kind not in ("^", OPEN):
            return found
    return None


def _written(words: str, span: Span, after: int) -> Rate | None:
    """Return an operator in plain tokens, all at one place."""
    match = _RATE.fullmatch(words)
    if match is None:
        return None
    sign, order, named, below = match.groups()
    named = (named or "").strip()
    rows = _BELOW.findall(below)
    if sum(int(power or 1) for _, power in rows) != int(order or 1):
        return None
    if named or sign == "d":
        texts = [f"d{named}", *_raised(order), "/"]
        texts += [text for name, power in rows for text in (f"d{name}", *_raised(power))]
    else:
        texts = ["∂", *_raised(order), "/", *(t for name, power in rows for t in ("∂", name, *_raised(power)))]
    return Rate([Token(_kind(text), text, span) for text in texts], after, bool(named))


def _raised(order: str) -> list[str]:
    return ["^", order] if order else []


def _kind(text: str) -> str:
    if text in ("^", "/", "∂"):
        return text
    return NUMBER if text.isdigit() else NAME
