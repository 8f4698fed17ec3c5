"""Products by other angles: `1 + cos(2*u)` by half the argument, `sin(u)*cos(u)` by twice the argument."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from derivcli.witnesses.sympy_functions import operation
from derivcli.witnesses.tidy.adding import add
from derivcli.witnesses.tidy.field import CALL, Atom, Field, Product, raise_by
from derivcli.witnesses.tidy.functions import twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.witnesses.tidy.functions import Functions

DOUBLE = (("sin", "cos", 1), ("sinh", "cosh", -1))  # and the sign of sin^2 in cos(2*u) = cos^2 - sin^2, and of sinh^2
_SQUARE = 2  # the degree in sin and cos of what the double angle says
_MOST_DOUBLED = 12  # products by double angles: 1 - 8*sin^2*cos^2 is three steps away from cos(4*x)


class Angles:
    """The other angles of the functions that occur in one derivative."""

    def __init__(self, field: Field, functions: Functions) -> None:
        self._field = field
        self._functions = functions

    def by_half_angles(self, x: Product) -> Product:
        """Return the product with 1 + cos(2*u) written as 2*cos(u)^2, and 1 - cos(2*u) as 2*sin(u)^2."""
        for atom in [atom for atom in x.powers if atom.is_sum and len(atom.poly) == 2]:
            (cosine, constant) = self._field.terms(atom.poly)
            ((inner, exponent), *others) = cosine.powers.items()
            u = inner.key.args[0] / 2 if inner.kind == CALL and operation(inner.key) == "cos" else None
            unit = (
                not others and exponent == 1 and not constant.powers and cosine.coefficient == abs(constant.coefficient)
            )
            if u is None or not unit or not u.as_coeff_Mul()[0].is_Integer:
                continue
            name, sign = ("cos", 2) if constant.coefficient > 0 else ("sin", -2)
            square = Product(sign * cosine.coefficient, {self._functions.function(name, u): 2})
            rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a is not atom})
            x = self._field.product(rest, self._field.power(square, x.powers[atom]))
        return x

    def by_double_angles(self, x: Product) -> Iterator[Product]:
        """Yield the product with sin*cos, cos^2 - sin^2, 1 - 2*sin^2, ... by the double angle, and that again."""
        seen, waiting = {x.key}, [x]
        while waiting and len(seen) < _MOST_DOUBLED:
            for found in self._once_doubled(waiting.pop(0)):
                if found.key not in seen:
                    seen.add(found.key)
                    waiting.append(found)
                    yield found

    def _once_doubled(self, x: Product) -> Iterator[Product]:
        present = {g for atom in x.powers for g in atom.used}
        for u, known in self._functions.occurring().items():
            for f, g, sign in DOUBLE:
                if f in known and g in known and {known[f].index, known[g].index} & present:
                    yield from self._by_double(x, known[f], known[g], self._double(f, g, sign, twice(u)))

    def _by_double(self, x: Product, sine: Atom, cosine: Atom, double: _Double) -> Iterator[Product]:
        times = x.powers.get(sine, 0)
        if times and times == x.powers.get(cosine, 0):
            powers = {atom: k for atom, k in x.powers.items() if atom not in (sine, cosine)}
            raise_by(powers, double.sine, times)
            yield self._field.normal(x.coefficient / Fraction(2) ** times, powers)
        sums = {atom: _degree(atom, sine, cosine) for atom in x.powers if atom.is_sum}
        for group in [*((atom,) for atom in sums), *combinations(sums, 2)]:
            exponent = x.powers[group[0]]
            if any(x.powers[atom] != exponent for atom in group) or sum(sums[atom] for atom in group) != _SQUARE:
                continue
            poly = group[0].poly if len(group) == 1 else group[0].poly * group[1].poly
            terms = self._terms_by_double(poly, sine, cosine, double)
            if terms:
                rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a not in group})
                yield self._field.product(rest, self._field.power(add(self._field, terms), exponent))

    def _terms_by_double(self, poly: Any, sine: Atom, cosine: Atom, double: _Double) -> list[Product]:
        """Return the terms of a polynomial of degree 2 in sin and cos by the double angle; none for another one."""
        found, changed = [], False
        for term in self._field.terms(poly):
            powers = dict(term.powers)
            i, j = powers.pop(sine, 0), powers.pop(cosine, 0)
            if i + j not in (0, 2):
                return []
            changed = changed or i + j == 2
            rest = Product(term.coefficient / (2 if i + j else 1), powers)
            if i == j == 1:
                found.append(self._field.product(rest, self._field.of(double.sine)))
            elif i + j == 0:
                found.append(rest)
            else:  # cos^2 = (1 + cos 2u)/2, sin^2 = (1 - cos 2u)/2; cosh^2 and sinh^2 with the signs of theirs
                one, sign = (1, 1) if j else (double.sign, -double.sign)
                found.append(Product(rest.coefficient * one, rest.powers))
                found.append(self._field.product(rest, Product(Fraction(sign), {double.cosine: 1})))
        return found if changed else []

    def _double(self, sine: str, cosine: str, sign: int, argument: Any) -> _Double:
        return _Double(self._functions.function(sine, argument), self._functions.function(cosine, argument), sign)


def _degree(atom: Atom, sine: Atom, cosine: Atom) -> int:
    """Return the degree of a polynomial in two generators together: that of a product is the sum of those of both."""
    return max(m[sine.index] + m[cosine.index] for m in atom.poly.monomials)


@dataclass(frozen=True, slots=True)
class _Double:
    """sin and cos, or sinh and cosh, of twice an argument; `sign` is that of the square of the first in cos^2 + ..."""

    sine: Atom
    cosine: Atom
    sign: int
