"""The derivative of one sympy expression by one symbol.

It is found by sympy's own rules, without the questions that it asks of every result: `slope(f, x)` is `f.diff(x)`, with
sums, products, powers and calls taken apart here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Add, Integer, Mul, Pow, log, nan, oo, zoo
from sympy.core.function import ArgumentIndexError, Function

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDLESS = frozenset({oo, -oo, zoo, nan})  # 0 times one of them is not 0


def slope(expression: Any, symbol: Any) -> Any:
    """Return the derivative of an expression."""
    holding: set[Any] = set()
    for part in _parts(expression):
        if part in _ENDLESS:
            return expression.diff(symbol)
        if part == symbol or not holding.isdisjoint(part.args):
            holding.add(part)
    return _Slopes(symbol, holding).of(expression)


def _parts(expression: Any) -> Iterator[Any]:
    """Yield every distinct part after its own parts."""
    met = set()
    stack = [(expression, False)]
    while stack:
        part, ready = stack.pop()
        if ready:
            yield part
        elif part not in met:
            met.add(part)
            stack.append((part, True))
            stack.extend((arg, False) for arg in part.args)


class _Slopes:
    """The derivatives of the parts of an expression by one symbol; `holding` are the parts that hold it."""

    def __init__(self, symbol: Any, holding: set[Any]) -> None:
        self._symbol = symbol
        self._holding = holding
        self._known = {symbol: Integer(1)}

    def of(self, part: Any) -> Any:
        if part not in self._holding:
            return Integer(0)
        if part not in self._known:
            rule = _RULES.get(type(part)._eval_derivative)
            self._known[part] = part.diff(self._symbol) if rule is None else rule(self, part)
        return self._known[part]

    def sum(self, part: Any) -> Any:
        return Add(*map(self.of, part.args))

    def product(self, part: Any) -> Any:
        factors = part.args
        slopes = enumerate(map(self.of, factors))
        return Add(*(Mul(*factors[:k], found, *factors[k + 1 :]) for k, found in slopes if found != 0))

    def power(self, part: Any) -> Any:
        base, exponent = part.args
        if base == 0:
            return part.diff(self._symbol)
        by_base, by_exponent = self.of(base), self.of(exponent)
        bent = by_exponent * log(base) if by_exponent != 0 else Integer(0)
        return part * (bent + by_base * exponent / base)

    def call(self, part: Any) -> Any:
        slopes = enumerate(map(self.of, part.args), start=1)
        return Add(*(_partial(part, k) * found for k, found in slopes if found != 0))


def _partial(call: Any, position: int) -> Any:
    """Return the derivative of a function by one of its arguments; an unevaluated one where it has no formula."""
    try:
        return call.fdiff(position)
    except ArgumentIndexError:
        return Function.fdiff(call, position)


_RULES: dict[Any, Callable[[_Slopes, Any], Any]] = {
    Add._eval_derivative: _Slopes.sum,
    Mul._eval_derivative: _Slopes.product,
    Pow._eval_derivative: _Slopes.power,
    Function._eval_derivative: _Slopes.call,
}
