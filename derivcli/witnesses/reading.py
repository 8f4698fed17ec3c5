"""sympy expression -> program.

Two ways to read: faithfully, the inverse of `symbolic.build(evaluate=False)`; and tidily, for a derivative that people
will look at: terms and factors in sympy's order, signs drawn out, one fraction bar a product.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import sympy
from sympy import Add, Mul, Pow, Rational, Symbol
from sympy.core.function import Function

from derivcli.language.lowering import inline
from derivcli.language.numbers import literal, quotient
from derivcli.language.tree import NUMBER, VARIABLE
from derivcli.witnesses.sympy_functions import operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Builder, Program

_ORDERED = 200  # longer sums and products keep the order they have: sorting them is slow
_CONSTANTS = {sympy.pi: "pi", sympy.E: "e", sympy.oo: "inf"}
_HALF = Rational(1, 2)
_LONGEST_FRACTION = 1_000
_KEPT = 1_000  # numbers, and sums and products with their order: those of a few questions come again and again


class SympyReader:
    """Adds sympy expressions to a builder.

    `decimals` writes a rational as a decimal where a finite one exists. With `typed`, the decimals that a person has
    typed, it is for people to read: other rationals are quotients of those (see `quotient`), and a sum starts with a
    term that is not subtracted. `parts` are programs for some expressions. Raises `KeyError` for what the language
    cannot say.
    """

    def __init__(
        self,
        builder: Builder,
        *,
        tidy: bool = False,
        decimals: bool = False,
        typed: Sequence[Fraction] | None = None,
        parts: Mapping[Any, Program] | None = None,
    ) -> None:
        self._builder = builder
        self._tidy = tidy
        self._decimals = decimals
        self._typed = typed
        self._as_typed = parts or {}
        self._known: dict[Any, int] = {}

    def read(self, expression: Any) -> int:
        """Return the index of the instruction of an expression."""
        known = self._known.get(expression)
        if known is None:
            known = self._known[expression] = self._read(expression)
        return known

    def _read(self, expression: Any) -> int:
        if self._as_typed and expression in self._as_typed:
            return inline(self._builder, self._as_typed[expression], lambda _: True, {})
        return _rule(expression.__class__, self._tidy)(self, expression)

    def _euler_gamma(self, _expression: Any) -> int:
        return self._builder.add("neg", self._builder.add("digamma", self._builder.number("1")))

    def _symbol(self, expression: Any) -> int:
        return self._builder.add(VARIABLE, text=expression.name)

    def _rational(self, expression: Any) -> int:
        return self._number(_fraction(expression))

    def _number(self, value: Fraction) -> int:
        text = _literal(abs(value))
        if text is not None and (value.denominator == 1 or not self._tidy or self._as_decimal(value)):
            number = self._builder.add(NUMBER, text=text)
            return self._builder.add("neg", number) if value < 0 else number
        above, below = self._parts(abs(value))
        top = self._number(above if value > 0 else -above)
        return self._builder.add("div", top, self._number(below))

    def _parts(self, value: Fraction) -> tuple[Fraction, Fraction]:
        """Return what stands above and below the bar of a fraction."""
        return quotient(value, self._typed) if self._typed else (Fraction(value.numerator), Fraction(value.denominator))

    def _as_decimal(self, value: Fraction) -> bool:
        """Tell whether a rational is better written as a decimal, where it has a finite one."""
        return self._decimals or value.denominator > _LONGEST_FRACTION

    def _all(self, expressions: Any) -> list[int]:
        return [self.read(expression) for expression in expressions]

    def _call(self, expression: Any) -> int:
        op = operation(expression)
        if op is None:
            raise KeyError(str(expression.func))
        if self._tidy and op == "polygamma" and expression.args[0] == 0:
            return self._builder.add("digamma", self.read(expression.args[1]))
        return self._builder.add(op, *self._all(expression.args))

    # Faithful.

    def _plain_sum(self, expression: Any) -> int:
        return self._builder.add("add", *self._all(expression.args))

    def _plain_product(self, expression: Any) -> int:
        args = expression.args
        if len(args) == 2:
            left, right = args
            if left is sympy.S.NegativeOne:
                return self._builder.add("neg", self.read(right))
            if isinstance(right, Pow) and right.exp is sympy.S.NegativeOne:
                return self._builder.add("div", self.read(left), self.read(right.base))
        return self._builder.add("mul", *self._all(args))

    def _plain_power(self, expression: Any) -> int:
        base, exponent = expression.args
        if exponent == _HALF:
            return self._builder.add("sqrt", self.read(base))
        return self._builder.add("pow", self.read(base), self.read(exponent))

    # Tidy.

    def _tidy_sum(self, expression: Any) -> int:
        terms = list(_ordered(expression))
        if self._typed is not None:
            start = next((k for k, term in enumerate(terms) if not _is_negative(term)), 0)
            terms = [terms[start], *terms[:start], *terms[start + 1 :]]
        first, *others = terms
        return self._builder.add("add", self.read(first), *(self._signed(term) for term in others))

    def _signed(self, term: Any) -> int:
        """Return a later term of a sum; a negative one is subtracted."""
        return self._builder.add("neg", self.read(-term)) if _is_negative(term) else self.read(term)

    def _tidy_product(self, expression: Any) -> int:
        coefficient, rest = expression.as_coeff_Mul()
        if not isinstance(coefficient, Rational):
            raise KeyError(str(coefficient))
        above, below = self._factors(rest)
        scale = abs(Fraction(int(coefficient.p), int(coefficient.q)))
        if scale.denominator == 1 or (self._as_decimal(scale) and literal(scale)):
            above = [self._number(scale), *above] if scale != 1 or not above else above
        else:
            over, under = self._parts(scale)
            below = [self._number(under), *below]
            above = [self._number(over), *above] if over != 1 or not above else above
        if coefficient < 0:
            above[0] = self._builder.add("neg", above[0])
        return self._fraction(above, below)

    def _factors(self, product: Any) -> tuple[list[int], list[int]]:
        """Return the factors above and below the fraction bar."""
        above, below = [], []
        for factor in _ordered(product) if isinstance(product, Mul) else (product,):
            if isinstance(factor, Pow) and factor.exp.as_coeff_Mul()[0].is_negative:
                below.append(self.read(Pow(factor.base, -factor.exp)))
            elif factor is not sympy.S.One:
                above.append(self.read(factor))
        return above, below

    def _fraction(self, above: list[int], below: list[int]) -> int:
        top = self._product(above) if above else self._builder.number("1")
        return self._builder.add("div", top, self._product(below)) if below else top

    def _product(self, factors: list[int]) -> int:
        return factors[0] if len(factors) == 1 else self._builder.add("mul", *factors)

    def _tidy_power(self, expression: Any) -> int:
        base, exponent = expression.args
        if exponent.as_coeff_Mul()[0].is_negative:
            return self._fraction([], [self.read(Pow(base, -exponent))])
        if exponent == _HALF:
            return self._builder.add("sqrt", self.read(base))
        return self._builder.power(self.read(base), self.read(exponent))


@lru_cache(_KEPT)
def _ordered(expression: Any) -> tuple[Any, ...]:
    """Return the terms of a sum, or the factors of a product, in sympy's order: finding it takes longest of reading.

    Most of those of a derivative are those of f, and each derivative is read for the eye and for its numbers.
    """
    if len(expression.args) > _ORDERED:
        return tuple(expression.args)
    return tuple(expression.as_ordered_terms() if expression.is_Add else expression.as_ordered_factors())


def _is_negative(term: Any) -> bool:
    return bool(term.as_coeff_Mul()[0].is_negative)


def _constant(op: str) -> Callable[[SympyReader, Any], int]:
    return lambda reader, _expression: reader._builder.add(op)


@lru_cache(_KEPT)
def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


_literal = lru_cache(_KEPT)(literal)


@cache
def _rule(kind: type, tidy: bool) -> Callable[[SympyReader, Any], int]:
    """Return how expressions of a class are read; raises `KeyError` where the language has nothing for them."""
    for base, rule in (*_ATOMS, *(_TIDY if tidy else _FAITHFUL)):
        if issubclass(kind, base):
            return rule
    raise KeyError(kind.__name__)


_ATOMS: tuple[tuple[Any, Callable[[SympyReader, Any], int]], ...] = (
    *((type(constant), _constant(op)) for constant, op in _CONSTANTS.items()),
    (type(sympy.EulerGamma), SympyReader._euler_gamma),
    (Symbol, SympyReader._symbol),
    (Rational, SympyReader._rational),
)
_FAITHFUL: tuple[tuple[Any, Callable[[SympyReader, Any], int]], ...] = (
    (Function, SympyReader._call),
    (Add, SympyReader._plain_sum),
    (Mul, SympyReader._plain_product),
    (Pow, SympyReader._plain_power),
)
_TIDY: tuple[tuple[Any, Callable[[SympyReader, Any], int]], ...] = (
    (Function, SympyReader._call),
    (Add, SympyReader._tidy_sum),
    (Mul, SympyReader._tidy_product),
    (Pow, SympyReader._tidy_power),
)
