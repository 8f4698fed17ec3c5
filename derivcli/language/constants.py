"""The size of constants, estimated before anything computes them: `9**9**9**9` must not be built."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.language.limits import check_constant
from derivcli.language.numbers import exact
from derivcli.language.tree import NUMBER, Node, postorder

if TYPE_CHECKING:
    from collections.abc import Callable

# What is known of a constant: exactly, roughly, or nothing (None).
Size = Fraction | float | None

_CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
_FACTORIALS = {"factorial": 1, "gamma": 0}


def check_constants(root: Node) -> None:
    """Raise `LimitError` where a constant power, product or factorial has too many digits."""
    done: list[Size] = []
    for node in postorder(root):
        count = len(node.args)
        args = done[len(done) - count :]
        del done[len(done) - count :]
        done.append(_size(node, args))


def _size(node: Node, args: list[Size]) -> Size:
    if node.op == NUMBER:
        return exact(node.text)
    if not node.args:
        return _CONSTANTS.get(node.op)
    if any(arg is None for arg in args):
        return None
    rule = _RULES.get(node.op)
    try:
        return rule(node, args) if rule else _roughly(node, args)
    except (ArithmeticError, ValueError):
        return None


def _roughly(node: Node, args: list[Any]) -> Size:
    function: Callable[..., float] | None = getattr(math, node.op, None)
    return None if function is None else float(function(*(float(arg) for arg in args)))


def _product(node: Node, args: list[Any]) -> Any:
    """Return a product; its exact size is checked before it is computed."""
    if all(isinstance(arg, Fraction) for arg in args):
        check_constant(sum(map(_digits, args)), node.span)
    result: Any = Fraction(1)
    for arg in args:
        result = result * arg
    return result


def _quotient(node: Node, args: list[Any]) -> Any:
    left, right = args
    if isinstance(right, Fraction):
        return _product(node, [left, 1 / right])
    return left / right


def _sum(_node: Node, args: list[Any]) -> Any:
    result: Any = Fraction(0)
    for arg in args:
        result = result + arg
    return result


def _power(node: Node, args: list[Any]) -> Size:
    base, exponent = args
    if isinstance(base, Fraction):
        digits = max(_digits(base), 0.31) if base not in (0, 1, -1) else 0.0
    else:
        digits = abs(math.log10(abs(base))) if base else 0.0
    check_constant(digits * abs(exponent), node.span)
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return base ** int(exponent)
    return float(base) ** float(exponent) if base > 0 else None


def _factorial(node: Node, args: list[Any]) -> Size:
    (argument,) = args
    above = argument + _FACTORIALS[node.op]
    if above > 100:
        check_constant(math.lgamma(float(min(above, 1e300))) / math.log(10), node.span)
    return None if above > 100 or above <= 0 else math.gamma(float(above))


def _digits(value: Fraction) -> float:
    """Return the decimal digits of the larger of numerator and denominator."""
    return max(value.numerator.bit_length(), value.denominator.bit_length()) * math.log10(2)


_RULES: dict[str, Callable[[Node, list[Any]], Size]] = {
    "add": _sum,
    "mul": _product,
    "neg": lambda _node, args: -args[0],
    "div": _quotient,
    "pow": _power,
    "factorial": _factorial,
    "gamma": _factorial,
}
