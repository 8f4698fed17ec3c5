"""Exact numbers: those that the worker has found, where they are the numbers that the witnesses have confirmed."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.lowering import to_tree
from derivcli.language.numbers import LONGEST_READ
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, each, value_of
from derivcli.witnesses.evidence import ARITHMETIC, Wrt

if TYPE_CHECKING:
    from derivcli.language.program import Program
    from derivcli.model import Result, Value
    from derivcli.testimony import Testimony


_SAME = Decimal("1e-20")


def confirmed(wrt: Wrt, number: Value, seen: Testimony) -> Program | None:
    """Return the exact number over the factorials of its order, if there is one that is the number confirmed."""
    found = seen.coefficients.get(wrt)
    if found is None or found.program is None or number.digits is None or number.answer is None:
        return None
    value = found.value.number
    with localcontext(ARITHMETIC):
        true = Decimal(number.digits) / factorials(wrt)
        same = value is not None and abs(value - true) <= _SAME * abs(true)
    return found.program if same else None


def factorials(wrt: Wrt) -> int:
    """Return the product of the factorials of the orders."""
    return math.prod(map(math.factorial, Counter(wrt).values()))


def with_exact(result: Result, seen: Testimony) -> Result:
    """Return the result with exact forms of f and its first derivatives, where decimals do not say them."""
    if not seen.coefficients:
        return result
    first = [replace(d, exact=_form(d.wrt, d, seen)) if len(d.wrt) == 1 else d for d in result.derivatives]
    return replace(result, value=replace(result.value, exact=_form((), result.value, seen)), derivatives=tuple(first))


def _form(wrt: Wrt, number: Value, seen: Testimony) -> str | None:
    program = confirmed(wrt, number, seen)
    if program is None:
        return None
    tree = to_tree(program)
    rational = value_of(tree)
    if rational is None:
        numbers = (node.text for node in each(tree) if node.op == NUMBER)
        return to_text(tree) if all(text.isdigit() and int(text) <= LONGEST_READ for text in numbers) else None
    said = rational == Fraction(repr(number.answer))
    return None if said or not is_short(rational) else str(rational)


def number(wrt: Wrt, value: Value, seen: Testimony) -> Fraction | None:
    """Return a number that is known to be a fraction."""
    program = confirmed(wrt, value, seen)
    return None if program is None else value_of(to_tree(program))


def coordinate(name: str, result: Result) -> Fraction | None:
    """Return a coordinate that was typed as a fraction or a decimal."""
    typed = None if name in (result.definitions or {}) else (result.at_text or {}).get(name)
    return None if typed is None else value_of(parse(typed).tree)


def is_short(number: Fraction) -> bool:
    """Tell whether a fraction has small numbers."""
    return max(abs(number.numerator), number.denominator) <= LONGEST_READ
