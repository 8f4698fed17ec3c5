"""What people write that is no formula of scalars: the end of an integral, an index above a name, `w^Tx`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.errors import ExpressionError, Span
from derivcli.hints import At, Hint
from derivcli.language import catalogue
from derivcli.language.tex import complaints
from derivcli.language.tex.items import BRACES, CLOSE, OPEN, POWER, TYPED, Item, partners
from derivcli.language.tokens import NAME, NUMBER

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_MOST_OF_INDEX = 3  # items of an index: `t+1`
_OF_INDEX = frozenset({NUMBER, NAME, "+", "-"})
_POWERS = {*catalogue.CONSTANTS, "psi"}  # `\psi^{(2)}(x)` is a function
_TRANSPOSED = "T"


def check(items: list[Item], text: str, given: AbstractSet[str]) -> None:
    """Refuse the end of an integral, a transposed vector, and an index above a name."""
    _check_differential(items, text, given)
    closed, _ = partners(items)
    opened = {end: start for start, end in closed.items()}
    for sign, (first, second) in enumerate(pairwise(items)):
        if sign and first.kind == "^" and second.kind == OPEN and second.shape == POWER:
            inside = items[sign + 2 : closed[sign + 1]]
            span = items[sign - 1].span.to(items[closed[sign + 1]].span)
            if text[second.span.start] == "{":
                _check_index(items[sign - 1], inside, text, span, given)
            if [item.text for item in inside] == [_TRANSPOSED] and _TRANSPOSED not in given:
                _check_transposed(items, sign, opened)


def _check_differential(items: list[Item], text: str, given: AbstractSet[str]) -> None:
    r"""Refuse `3x^2\,dx`."""
    if len(items) < 3 or "d" in given:
        return
    before, d, name = items[-3:]
    if d.text != "d" or d.kind != NAME or name.kind != NAME or before.kind not in (NAME, NUMBER, CLOSE, "!"):
        return
    if not text[: d.span.start][-1:].isalpha() or before.span.end < d.span.start:
        raise complaints.differential(text[slice(*d.span.to(name.span))], name.text, d.span.to(name.span))


def _check_index(base: Item, inside: list[Item], text: str, span: Span, given: AbstractSet[str]) -> None:
    r"""Refuse `x^{(i)}`."""
    if base.kind != NAME or base.text in _POWERS - given or len(inside) < 3:
        return
    first, index, last = inside[0], inside[1:-1], inside[-1]
    if first.shape != TYPED or last.shape != TYPED or len(index) > _MOST_OF_INDEX:
        return
    if all(item.kind in _OF_INDEX for item in index):
        typed = text[index[0].span.start : index[-1].span.end]
        raise complaints.index_above(text[slice(*base.span)], typed, span)


def _check_transposed(items: list[Item], sign: int, opened: dict[int, int]) -> None:
    r"""Refuse `w^Tx` and `(Xw-y)^T(Xw-y)`; `e^T`, `2^T` and `(1+r)^T` are powers."""
    base, following = items[sign - 1], items[sign + 4 : sign + 5]
    is_other = any(
        item.text == _TRANSPOSED and before.shape != POWER and item.kind == NAME for before, item in pairwise(items)
    )
    if is_other or items[0].text == _TRANSPOSED:
        return
    is_name = base.kind == NAME and base.text not in catalogue.CONSTANTS
    if base.kind == CLOSE and base.shape == BRACES:
        is_name = all(item.kind == NAME for item in items[opened[sign - 1] + 1 : sign - 1])
    is_bracket = base.kind == CLOSE and base.shape == TYPED and [item.shape for item in following] == [TYPED]
    if is_name or (is_bracket and following[0].kind == OPEN):
        hint = Hint("scalars only: write w1*x1 + w2*x2; if T is a variable, give it a value: ", At("T=..."))
        raise ExpressionError("vectors are not supported", base.span.to(items[sign + 3].span), hint=hint)
