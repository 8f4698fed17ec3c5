"""How large an expression may be, its constants too. Checked before anything is converted or computed."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivcli.errors import LimitError, Span
from derivcli.language.numbers import exact, nearest_float
from derivcli.language.tree import NUMBER, Node, fold

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 1_000_000  # characters of an expression: as many as the most nodes have
MAX_DEPTH = 500  # nesting of parentheses and of operations: nobody types as many, and sympy recurses through each
MAX_NODES = 300_000  # operations, numbers and names: read in seconds; a witness needs longer
# Decimal digits of a number as typed, its exponent included: Python's int() reads 4,300 at most.
MAX_LITERAL = 4_000
MAX_NAME = 100  # characters of a name: messages repeat it
MAX_CONSTANT = MAX_LITERAL  # decimal digits of a constant power or factorial: as of what is typed
# What is known of a constant: as it is typed, exactly, roughly, or nothing (None).
Size = str | Fraction | float | None

_CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
_ROUNDED = 1e-9  # what a decimal logarithm may lack: 10^n has n + 1 digits
_EXACT_SUM = (
    200  # digits, far more than an estimate needs, from which on a sum is only known roughly: fractions add up slowly
)
_GAMMA_SHIFT = {"factorial": 1, "gamma": 0}  # n! is gamma(n + 1)


def check_length(text: str) -> None:
    """Raise `LimitError` for a text that is too long to be read."""
    if len(text) > MAX_LENGTH:
        raise LimitError(f"the expression is too long: {len(text)} characters, the limit is {MAX_LENGTH}", source="")


def check_depth(depth: int, span: Span) -> None:
    """Raise `LimitError` where the nesting becomes too deep."""
    if depth > MAX_DEPTH:
        raise LimitError(f"the expression is nested too deeply: the limit is {MAX_DEPTH} levels", span)


def check_nodes(count: int, span: Span) -> None:
    """Raise `LimitError` where an expression has too many parts."""
    if count > MAX_NODES:
        raise LimitError(f"the expression has too many parts: the limit is {MAX_NODES}", span)


def check_literal(digits: int, span: Span) -> None:
    """Raise `LimitError` for a number literal that stands for too many digits."""
    if digits > MAX_LITERAL:
        raise LimitError(f"the number is too long: {digits} digits, the limit is {MAX_LITERAL}", span)


def check_name(length: int, span: Span) -> None:
    """Raise `LimitError` for a name that is too long to be meant."""
    if length > MAX_NAME:
        raise LimitError(f"the name is too long: {length} characters, the limit is {MAX_NAME}", span)


def check_constant(digits: float, span: Span | None) -> None:
    """Raise `LimitError` for a constant power or factorial whose result is too large."""
    if digits > MAX_CONSTANT:
        raise LimitError(f"the constant is too large: the limit is {MAX_CONSTANT} digits", span)


# The size of constants, estimated before anything computes them: `9**9**9**9` must not be built.


def check_constants(root: Node) -> None:
    """Raise `LimitError` where a constant power, product or factorial has too many digits."""
    fold(root, _size)


def _size(node: Node, args: list[Any]) -> Size:
    if not args:
        return node.text if node.op == NUMBER else _CONSTANTS.get(node.op)
    if None in args:
        return None
    rule = _RULES.get(node.op, _roughly)
    try:
        return rule(node, [exact(arg) if isinstance(arg, str) else arg for arg in args])
    except OverflowError:
        return math.inf
    except (ArithmeticError, ValueError):
        return None


def _roughly(node: Node, args: list[Any]) -> Size:
    """Return what Python's function of this name gives; its `prod` and `sum` take a list, and say nothing here."""
    function: Callable[..., float] | None = getattr(math, node.op, None)
    return None if function is None or node.op == "prod" else float(function(*map(nearest_float, args)))


def _product(node: Node, args: list[Any]) -> Size:
    """Return a product; its exact size is checked before it is computed."""
    if not _all_exact(args):
        return math.prod(map(nearest_float, args))
    _check(sum(map(_length, args)), node)
    return math.prod(args, start=Fraction(1))


def _quotient(node: Node, args: list[Any]) -> Size:
    left, right = args
    return _product(node, [left, 1 / right])


def _sum(_node: Node, args: list[Any]) -> Size:
    if not _all_exact(args):
        return sum(map(nearest_float, args))
    total = Fraction(0)
    for arg in args:
        total += arg
        if _length(total) > _EXACT_SUM:
            return sum(map(nearest_float, args))
    return total


def _power(node: Node, args: list[Any]) -> Size:
    base, exponent = args
    if not exponent:
        return Fraction(1)
    length = _length(base) if isinstance(base, Fraction) else abs(math.log10(abs(base)))
    _check(length and length * abs(nearest_float(exponent)), node)
    if _all_exact(args) and exponent.denominator == 1:
        return Fraction(base ** int(exponent))
    return math.pow(nearest_float(base), nearest_float(exponent))


def _factorial(node: Node, args: list[Any]) -> Size:
    above = args[0] + _GAMMA_SHIFT[node.op]
    if above <= 0:
        return None
    _check(math.lgamma(nearest_float(above)) / math.log(10), node)
    if isinstance(above, Fraction) and above.denominator == 1:
        return Fraction(math.factorial(int(above) - 1))
    return math.gamma(nearest_float(above))


def _all_exact(args: list[Any]) -> bool:
    return all(isinstance(arg, Fraction) for arg in args)


def _length(value: Fraction) -> float:
    """Return the decimal logarithm of the larger of numerator and denominator."""
    return math.log10(max(abs(value.numerator), value.denominator))


def _check(length: float, node: Node) -> None:
    """Refuse a constant whose decimal logarithm is too large."""
    check_constant(math.inf if math.isinf(length) else math.floor(length + _ROUNDED) + 1, node.span)


_RULES: dict[str, Callable[[Node, list[Any]], Size]] = {
    "add": _sum,
    "mul": _product,
    "neg": lambda _node, args: -args[0],
    "div": _quotient,
    "pow": _power,
    "factorial": _factorial,
    "gamma": _factorial,
}
