"""Trigonometric and hyperbolic identities: other products that are the same function.

Each is true for all real numbers at which both sides have a value.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import E

from derivcli.witnesses.tidy.adding import Relations, add
from derivcli.witnesses.tidy.angles import DOUBLE
from derivcli.witnesses.tidy.field import ONE, POWER, ROOT, Atom, Field, Product
from derivcli.witnesses.tidy.functions import PAIRS, QUOTIENTS, twice
from derivcli.witnesses.tidy.polynomials import Poly, TooLargeError
from derivcli.witnesses.tidy.ring import generators
from derivcli.witnesses.tidy.substituting import Substitution

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from derivcli.witnesses.tidy.functions import Functions

# f^2 = number + sign*g^2, in groups that are put in together: (f, number, sign, g).
_SQUARES = (
    (("cos", 1, -1, "sin"), ("cosh", 1, 1, "sinh")),
    (("sin", 1, -1, "cos"), ("sinh", -1, 1, "cosh")),
    (("tan", -1, 1, "sec"), ("cot", -1, 1, "csc")),
    (("sec", 1, 1, "tan"), ("csc", 1, 1, "cot")),
    (("tanh", 1, -1, "sech"), ("coth", 1, 1, "csch")),
)


class Identities:
    """The identities between the functions that occur in one derivative."""

    def __init__(self, field: Field, functions: Functions) -> None:
        self._field = field
        self._functions = functions
        self._of = functions.function
        self._known: tuple[int, list[Substitution]] = (-1, [])  # all of them, for so many generators

    def forms(self, x: Product) -> Iterator[Product]:
        """Yield the product with one set of identities put in at a time."""
        with suppress(TooLargeError):  # one generator too many
            for found in self._substitutions():
                if self._field.work.is_over:
                    return
                with suppress(TooLargeError, ArithmeticError):
                    if found.changes(x):
                        yield found.into(x)

    def _substitutions(self) -> Iterator[Substitution]:
        """Yield what is put in at a time; if that makes no new generators, it is the same the next time."""
        count = len(self._field.generators)
        if self._known[0] == count:
            yield from self._known[1]
            return
        found: list[Substitution] = []
        for replaced, relations in self._sets(self._functions.occurring()):
            found.append(Substitution(self._field, replaced, relations))
            yield found[-1]
        if count == len(self._field.generators):
            self._known = count, found

    def _sets(self, occurring: Mapping[Any, dict[str, Atom]]) -> Iterator[tuple[dict[Atom, Product], Relations]]:
        """Yield what is put in at a time: quotients in the place of functions, relations for squares."""
        for rows in _SQUARES:
            relations = self._relations(rows, occurring)
            if relations:
                yield {}, relations
        quotients = [(u, f, known[f]) for u, known in occurring.items() for f in QUOTIENTS if f in known]
        if quotients:
            replaced = {atom: self._quotient(f, u) for u, f, atom in quotients}
            yield replaced, {}
            parts = {u: [part for f in known for part in PAIRS[f]] for u, known in occurring.items()}
            for rows in _SQUARES[:2]:
                yield replaced, self._relations(rows, parts)
        single = self._single_angles(occurring)
        for rows in _SQUARES[:2] if single else ():
            yield single, self._relations(rows, occurring)
        exponentials = self._exponentials(occurring)
        if exponentials:
            yield exponentials, {}
        roots = [atom for atom in self._field.generators if atom.kind == ROOT and atom.degree == 2]
        if roots:  # (r - 1)(r + 1), where r = sqrt(x + 1), is x; and x^2 is r^2 - 1 where r = sqrt(x^2 + 1)
            yield {}, {atom.index: (2, self._field.expanded(atom.relation)) for atom in roots if atom.relation}
            squares = dict(found for atom in roots for found in self._squares(atom))
            if squares:
                yield {}, squares

    def _single_angles(self, occurring: Mapping[Any, dict[str, Atom]]) -> dict[Atom, Product]:
        """Return sin(2*u) and cos(2*u) by functions of u, where those occur."""
        found: dict[Atom, Product] = {}
        for u in occurring:
            for f, g, sign in DOUBLE:
                sine, cosine = (occurring.get(twice(u), {}).get(name) for name in (f, g))
                if sine is not None:
                    found[sine] = Product(Fraction(2), {self._of(f, u): 1, self._of(g, u): 1})
                if cosine is not None:
                    square = Product(Fraction(-2 * sign), {self._of(f, u): 2})
                    found[cosine] = add(self._field, [self._field.one, square])
        return found

    def _exponentials(self, occurring: Mapping[Any, dict[str, Atom]]) -> dict[Atom, Product]:
        """Return sinh(u) and cosh(u) by powers of e, where e^u occurs."""
        powers = {atom.key[1]: atom for atom in self._field.generators if atom.kind == POWER and atom.key[0] is E}
        found: dict[Atom, Product] = {}
        for u, known in occurring.items():
            number, letters = u.as_coeff_Mul()
            atom = powers.get(letters)
            if atom is None or not (number * atom.degree).is_Integer:
                continue
            up, down = (Product(Fraction(1, 2), {atom: sign * int(number * atom.degree)}) for sign in (1, -1))
            if "cosh" in known:
                found[known["cosh"]] = add(self._field, [up, down])
            if "sinh" in known:
                found[known["sinh"]] = add(self._field, [up, Product(-down.coefficient, down.powers)])
        return found

    def _squares(self, root: Atom) -> Iterator[tuple[int, tuple[int, Poly]]]:
        """Yield what the square of a variable is by the root of a sum in which it stands: x^2 is r^2 - 1."""
        poly = root.key[1]
        for index in generators(poly):
            square = self._field.generators[index].poly ** 2
            rest = poly - square
            if len(rest) == len(poly) - 1 and not rest.degrees[index]:
                yield index, (2, root.poly**2 - rest)

    def _quotient(self, name: str, u: Any) -> Product:
        return Product(ONE, {self._of(part, u): k for part, k in QUOTIENTS[name].items()})

    def _relations(
        self, rows: Iterable[tuple[str, int, int, str]], functions: Mapping[Any, Collection[str]]
    ) -> Relations:
        return {
            self._of(f, u).index: (2, self._field.ring.one * one + self._of(g, u).poly ** 2 * sign)
            for u, names in functions.items()
            for f, one, sign, g in rows
            if f in names
        }
