"""Constant expressions -> numbers: exactly where they are rational, else the float64 nearest to them."""

from __future__ import annotations

import math
import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.errors import PointError
from derivcli.language.assignments import parse_value
from derivcli.language.lowering import compile_tree
from derivcli.language.numbers import exact
from derivcli.language.tree import NUMBER, fold
from derivcli.testimony import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.language.tree import Node

_LARGEST_POWER = 1_000
_PATIENCE = 30.0  # seconds for a constant


def number_of(name: str, text: str) -> tuple[Fraction, bool]:
    """Return the value of a variable's text, and whether it is exactly that.

    Raises `PointError` for what is no finite number in float64.
    """
    tree = parse_value(name, text)
    found = fold(tree, _rational)
    value = _evaluated(name, text, tree) if found is None else _nearest(found)
    if math.isinf(value):
        raise PointError(f"the value of `{name}` is too large for float64: `{text}`")
    return Fraction(value) if found is None else found, found is not None


def _nearest(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf


def _rational(node: Node, args: list[Any]) -> Fraction | None:
    if node.op == NUMBER:
        return exact(node.text)
    rule = _RULES.get(node.op)
    return None if rule is None or None in args else rule(args)


def _quotient(args: list[Fraction]) -> Fraction | None:
    return args[0] / args[1] if args[1] else None


def _power(args: list[Fraction]) -> Fraction | None:
    base, exponent = args
    whole = exponent.denominator == 1 and abs(exponent) <= _LARGEST_POWER
    return Fraction(base ** int(exponent)) if whole and (base or exponent > 0) else None


_RULES: dict[str, Callable[[list[Fraction]], Fraction | None]] = {
    "neg": lambda args: -args[0],
    "add": lambda args: sum(args, Fraction(0)),
    "mul": lambda args: math.prod(args, start=Fraction(1)),
    "div": _quotient,
    "pow": _power,
}


def _evaluated(name: str, text: str, tree: Node) -> float:
    """Return the nearest float64, by the worker: asked only where a value is no fraction, such as pi/4."""
    try:
        return nearest({name: compile_tree(tree)}, time.monotonic() + _PATIENCE)[0][name]
    except PointError as error:
        raise PointError(f"{error.message}: `{text}`") from None
