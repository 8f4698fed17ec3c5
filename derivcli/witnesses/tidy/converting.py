"""sympy expression -> product of atoms."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import sympy
from sympy import Add, Mul, Pow, Rational, Symbol

from derivcli.witnesses.sympy_functions import operation
from derivcli.witnesses.tidy.adding import add
from derivcli.witnesses.tidy.field import CALL, CBRT, ONE, POWER, SYMBOL, Field, Product
from derivcli.witnesses.tidy.polynomials import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_REFINEMENTS = 6  # of the degrees of roots, each of which starts again


class FinerError(TooLargeError):
    """A root, or a fraction in an exponent, is finer than the one that stands for its kind."""


def convert(new_field: Callable[[], Field], expression: Any) -> tuple[Converter, Product]:
    """Return an expression as a product in a new field; raises `TooLargeError`, `ArithmeticError`."""
    degrees: dict[Any, int] = {}
    for _ in range(_MOST_REFINEMENTS):
        converter = Converter(new_field(), degrees)
        try:
            return converter, converter.of(expression)
        except FinerError:
            continue
    raise FinerError


class Converter:
    """Converts the parts of one derivative; equal parts once.

    `degrees` holds for what roots are taken of, and for the terms of exponents, the common denominator.
    """

    def __init__(self, field: Field, degrees: dict[Any, int]) -> None:
        self.field = field
        self._degrees = degrees
        self._used: dict[Any, int] = {}
        self._known: dict[Any, Product] = {}

    def of(self, expression: Any) -> Product:
        """Return a part of the expression as a product."""
        if expression not in self._known:
            self._known[expression] = self._convert(expression)
        return self._known[expression]

    def _convert(self, e: Any) -> Product:
        if isinstance(e, Rational):
            return Product(_fraction(e), {})
        if isinstance(e, Symbol) or e is sympy.pi:
            return self.field.of(self.field.generator(SYMBOL, e))
        if isinstance(e, Add):
            return add(self.field, [self.of(arg) for arg in e.args])
        if isinstance(e, Mul):
            return self.field.product(*map(self.of, e.args))
        if e is sympy.E or isinstance(e, (Pow, sympy.exp)):
            return self._power(*e.as_base_exp())
        rule = _RULES.get(operation(e) or "")
        return rule(self, e) if rule else self.opaque(e)

    def opaque(self, expression: Any) -> Product:
        """Return what stays as it is, as a generator."""
        return self.field.of(self.field.generator(CALL, expression))

    def _power(self, base: Any, exponent: Any) -> Product:
        if exponent.is_Integer:
            if base is not sympy.E:
                return self.field.power(self.of(base), int(exponent))
        elif isinstance(exponent, Rational) and base is not sympy.E:
            return self._root(base, exponent)
        found = Product(ONE, {})
        for term in Add.make_args(exponent):
            number, letters = term.as_coeff_Mul()
            if not isinstance(number, Rational):
                number, letters = sympy.S.One, term
            found = self.field.product(found, self._letters(base, number, letters))
        return found

    def _letters(self, base: Any, number: Any, letters: Any) -> Product:
        """Return `base**(number*letters)`: a whole power of the one in which the number is 1 over a denominator."""
        if letters is sympy.S.One and base is not sympy.E:
            return self._power(base, number)
        degree = self._degree((base, letters), number.q)
        atom = self.field.generator(POWER, (base, letters), degree)
        return Product(ONE, {atom: int(number * degree)})

    def _root(self, base: Any, exponent: Any) -> Product:
        inside = self.of(base)
        degree = exponent.q if base.is_number else self._degree(base, exponent.q)
        try:
            return self.field.power(self.field.root(inside, degree), int(exponent * degree))
        except ArithmeticError:
            return self.opaque(Pow(base, exponent))

    def _degree(self, key: Any, needed: int) -> int:
        """Return the common denominator for a kind of root; raises `FinerError` if a smaller one has been used."""
        degree = self._degrees[key] = lcm(self._degrees.get(key, 1), needed)
        if self._used.setdefault(key, degree) != degree:
            raise FinerError
        return degree

    def _abs(self, e: Any) -> Product:
        return self.field.absolute(self.of(e.args[0]))

    def _sign(self, e: Any) -> Product:
        """Write sign(u) as |u|/u: the same but at 0, where a derivative that holds it has no value either."""
        inside = self.of(e.args[0])
        return self.field.product(self.field.absolute(inside), self.field.power(inside, -1))

    def _cbrt(self, e: Any) -> Product:
        return self.field.root(self.of(e.args[0]), 3, CBRT)

    def _sigmoid(self, e: Any) -> Product:
        """Write sigmoid(-u) as 1 - sigmoid(u)."""
        inside = e.args[0]
        if not inside.as_coeff_Mul()[0].is_negative:
            return self.opaque(e)
        other = self.opaque(e.func(-inside, evaluate=False))
        return add(self.field, [self.field.one, Product(Fraction(-1), other.powers)])

    def _hypot(self, e: Any) -> Product:
        a, b = (self.field.power(self.of(arg), 2) for arg in e.args)
        return self.field.root(add(self.field, [a, b]), 2)


_RULES: dict[str, Callable[[Converter, Any], Product]] = {
    "abs": Converter._abs,
    "sign": Converter._sign,
    "cbrt": Converter._cbrt,
    "hypot": Converter._hypot,
    "sigmoid": Converter._sigmoid,
}


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))
