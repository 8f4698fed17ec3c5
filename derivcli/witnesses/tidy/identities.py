"""Trigonometric and hyperbolic identities: other products that are the same function.

Each is true for all real numbers at which both sides have a value.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sympy import E

from derivcli.witnesses.sympy_functions import function_class, operation
from derivcli.witnesses.tidy.adding import Relations, add
from derivcli.witnesses.tidy.field import CALL, POWER, ROOT, Atom, Field, Product, raise_by
from derivcli.witnesses.tidy.ring import Poly, TooLargeError, generators, made

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

FAMILIES = (("sin", "cos", "tan", "sec", "cot", "csc"), ("sinh", "cosh", "tanh", "sech", "coth", "csch"))
_NAMES = frozenset(name for family in FAMILIES for name in family)
_MOST_ARGUMENTS = 6  # of these functions: with more, a form is too long for identities to make it short

# f^2 = number + sign*g^2, in groups that are put in together: (f, number, sign, g).
_SQUARES = (
    (("cos", 1, -1, "sin"), ("cosh", 1, 1, "sinh")),
    (("sin", 1, -1, "cos"), ("sinh", -1, 1, "cosh")),
    (("tan", -1, 1, "sec"), ("cot", -1, 1, "csc")),
    (("sec", 1, 1, "tan"), ("csc", 1, 1, "cot")),
    (("tanh", 1, -1, "sech"), ("coth", 1, 1, "csch")),
)
QUOTIENTS = {
    name: powers
    for sine, cosine, *names in FAMILIES
    for name, powers in zip(
        names, ({sine: 1, cosine: -1}, {cosine: -1}, {cosine: 1, sine: -1}, {sine: -1}), strict=True
    )
}
_PAIR = {name: family[:2] for family in FAMILIES for name in family}
_DOUBLE = (("sin", "cos", 1), ("sinh", "cosh", -1))
_MOST_DOUBLED = 12  # products by double angles: 1 - 8*sin^2*cos^2 is three steps away from cos(4*x)


class Identities:
    """The identities between the functions that occur in one derivative."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._functions: dict[tuple[str, Any], Atom] = {}

    def function(self, name: str, argument: Any) -> Atom:
        """Return the generator of a function of an argument."""
        key = name, argument
        if key not in self._functions:
            self._functions[key] = self.field.generator(CALL, function_class(name)(argument, evaluate=False))
        return self._functions[key]

    def _occurring(self) -> dict[Any, dict[str, Atom]]:
        """Return for each argument the functions of it that occur; nothing if they are too many."""
        found: dict[Any, dict[str, Atom]] = {}
        for atom in self.field.generators:
            name = operation(atom.key) if atom.kind == CALL else None
            if name in _NAMES:
                found.setdefault(atom.key.args[0], {})[name] = atom
        return found if len(found) <= _MOST_ARGUMENTS else {}

    def forms(self, x: Product) -> Iterator[Product]:
        """Yield the product with one set of identities put in at a time."""
        with suppress(TooLargeError):  # one generator too many
            for replaced, relations in self._sets(self._occurring()):
                if self.field.work.is_over:
                    return
                with suppress(TooLargeError, ArithmeticError):
                    yield self._rewritten(x, replaced, relations)

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
            parts = {u: [part for f in known for part in _PAIR[f]] for u, known in occurring.items()}
            for rows in _SQUARES[:2]:
                yield replaced, self._relations(rows, parts)
        single = self._single_angles(occurring)
        for rows in _SQUARES[:2] if single else ():
            yield single, self._relations(rows, occurring)
        exponentials = self._exponentials(occurring)
        if exponentials:
            yield exponentials, {}
        roots = [atom for atom in self.field.generators if atom.kind == ROOT and atom.degree == 2]
        if roots:  # (r - 1)(r + 1), where r = sqrt(x + 1), is x; and x^2 is r^2 - 1 where r = sqrt(x^2 + 1)
            yield {}, {atom.index: (2, self.field.expanded(atom.relation)) for atom in roots if atom.relation}
            squares = dict(found for atom in roots for found in self._squares(atom))
            if squares:
                yield {}, squares

    def _single_angles(self, occurring: Mapping[Any, dict[str, Atom]]) -> dict[Atom, Product]:
        """Return sin(2*u) and cos(2*u) by functions of u, where those occur."""
        found: dict[Atom, Product] = {}
        for u in occurring:
            for f, g, sign in _DOUBLE:
                sine, cosine = (occurring.get(2 * u, {}).get(name) for name in (f, g))
                if sine is not None:
                    found[sine] = Product(Fraction(2), {self.function(f, u): 1, self.function(g, u): 1})
                if cosine is not None:
                    square = Product(Fraction(-2 * sign), {self.function(f, u): 2})
                    found[cosine] = add(self.field, [self.field.one, square])
        return found

    def _exponentials(self, occurring: Mapping[Any, dict[str, Atom]]) -> dict[Atom, Product]:
        """Return sinh(u) and cosh(u) by powers of e, where e^u occurs."""
        powers = {atom.key[1]: atom for atom in self.field.generators if atom.kind == POWER and atom.key[0] is E}
        found: dict[Atom, Product] = {}
        for u, known in occurring.items():
            number, letters = u.as_coeff_Mul()
            atom = powers.get(letters)
            if atom is None or not (number * atom.degree).is_Integer:
                continue
            up, down = (Product(Fraction(1, 2), {atom: sign * int(number * atom.degree)}) for sign in (1, -1))
            if "cosh" in known:
                found[known["cosh"]] = add(self.field, [up, down])
            if "sinh" in known:
                found[known["sinh"]] = add(self.field, [up, Product(-down.coefficient, down.powers)])
        return found

    def _squares(self, root: Atom) -> Iterator[tuple[int, tuple[int, Poly]]]:
        """Yield what the square of a variable is by the root of a sum in which it stands: x^2 is r^2 - 1."""
        poly = root.key[1]
        for index in generators(poly):
            square = self.field.generators[index].poly ** 2
            rest = poly - square
            if len(rest) == len(poly) - 1 and not rest.degree(self.field.ring.gens[index]) > 0:
                yield index, (2, root.poly**2 - rest)

    def _quotient(self, name: str, u: Any) -> Product:
        return Product(Fraction(1), {self.function(part, u): k for part, k in QUOTIENTS[name].items()})

    def _relations(
        self, rows: Iterable[tuple[str, int, int, str]], functions: Mapping[Any, Collection[str]]
    ) -> Relations:
        return {
            self.function(f, u).index: (2, self.field.ring.one * one + self.function(g, u).poly ** 2 * sign)
            for u, names in functions.items()
            for f, one, sign, g in rows
            if f in names
        }

    def _rewritten(self, x: Product, replaced: Mapping[Atom, Product], relations: Relations) -> Product:
        paired, left = self._pairs(x.powers, relations) if relations else ([], x.powers)
        parts = [self.field.power(self._of(atom, replaced, relations), k) for atom, k in left.items()]
        return self._cancelled(self.field.product(Product(x.coefficient, {}), *paired, *parts), relations)

    def _pairs(self, powers: Mapping[Atom, int], relations: Relations) -> tuple[list[Product], dict[Atom, int]]:
        """Multiply (1 - g)(1 + g), to which a relation for g^2 applies."""
        left, found = dict(powers), []
        for index in relations:
            linear = [a for a in left if a.is_sum and a.poly.degree(self.field.ring.gens[index]) == 1]
            for a, b in combinations(linear, 2):
                j, k = left.get(a, 0), left.get(b, 0)
                mirrored = made(self.field.ring, {m: -v if m[index] % 2 else v for m, v in a.poly.items()})
                if j * k <= 0 or b.poly not in (mirrored, -mirrored):
                    continue
                times = min(j, k) if j > 0 else max(j, k)
                raise_by(left, a, -times)
                raise_by(left, b, -times)
                both = add(self.field, self.field.terms(a.poly * b.poly), relations)
                found.append(self.field.power(both, times))
        return found, left

    def _cancelled(self, x: Product, relations: Relations) -> Product:
        """Put a relation into a power of a function if a factor of it is cancelled: (1 - cos)/sin^2 is 1/(1 + cos)."""
        for index, (degree, poly) in relations.items():
            atom = self.field.generators[index]
            times = int(x.powers.get(atom, 0) / degree)
            square = add(self.field, self.field.terms(poly)) if times else self.field.one
            if any(x.powers.get(factor, 0) * times < 0 for factor in square.powers):
                x = self.field.product(
                    x, Product(Fraction(1), {atom: -degree * times}), self.field.power(square, times)
                )
        return x

    def _of(self, atom: Atom, replaced: Mapping[Atom, Product], relations: Relations) -> Product:
        if atom.kind == ROOT and atom.relation is not None:
            inside = self._rewritten(atom.relation, replaced, relations)
            return self.field.of(atom) if inside == atom.relation else self.field.root(inside, atom.degree)
        if not atom.is_sum:
            return replaced.get(atom) or self.field.of(atom)
        degrees = atom.poly.degrees()
        if any(degrees[a.index] for a in replaced):
            terms = [self._replaced(term, replaced) for term in self.field.terms(atom.poly)]
            return add(self.field, terms, relations)
        if any(degrees[index] >= degree for index, (degree, _) in relations.items()):
            return add(self.field, self.field.terms(atom.poly), relations)
        return self.field.of(atom)

    def _replaced(self, term: Product, replaced: Mapping[Atom, Product]) -> Product:
        parts = [self.field.power(replaced.get(a) or self.field.of(a), k) for a, k in term.powers.items()]
        return self.field.product(Product(term.coefficient, {}), *parts)

    def named(self, powers: Mapping[Atom, int]) -> dict[Atom, int]:
        """Return powers in which quotients of sin and cos have their names: tan, sec, cot, csc."""
        found = dict(powers)
        arguments: dict[Any, set[str]] = {}
        for atom in powers:
            if atom.kind == CALL and operation(atom.key) in _NAMES:
                arguments.setdefault(atom.key.args[0], set()).add(operation(atom.key) or "")
        for u, names in arguments.items():
            for family in FAMILIES:
                if names & set(family[:2]):
                    self._name(found, u, family)
        return found

    def _name(self, powers: dict[Atom, int], u: Any, family: tuple[str, ...]) -> None:
        sine, cosine = (self.function(name, u) for name in family[:2])
        i, j = powers.get(sine, 0), powers.get(cosine, 0)
        if min(i, j) >= 0:
            return
        _, _, tan, sec, cot, csc = family
        if i > 0:
            shared = min(i, -j)
            new = {tan: shared, family[0]: i - shared, sec: -j - shared}
        elif j > 0:
            shared = min(j, -i)
            new = {cot: shared, family[1]: j - shared, csc: -i - shared}
        else:
            new = {sec: -j, csc: -i}
        raise_by(powers, sine, -i)
        raise_by(powers, cosine, -j)
        for name, exponent in new.items():
            if exponent:
                raise_by(powers, self.function(name, u), exponent)

    def of_half_angles(self, x: Product) -> Product:
        """Return the product with 1 + cos(2*u) written as 2*cos(u)^2, and 1 - cos(2*u) as 2*sin(u)^2."""
        for atom in [atom for atom in x.powers if atom.is_sum and len(atom.poly) == 2]:
            (cosine, constant) = self.field.terms(atom.poly)
            ((inner, exponent), *others) = cosine.powers.items()
            u = inner.key.args[0] / 2 if inner.kind == CALL and operation(inner.key) == "cos" else None
            unit = (
                not others and exponent == 1 and not constant.powers and cosine.coefficient == abs(constant.coefficient)
            )
            if u is None or not unit or not u.as_coeff_Mul()[0].is_Integer:
                continue
            name, sign = ("cos", 2) if constant.coefficient > 0 else ("sin", -2)
            square = Product(sign * cosine.coefficient, {self.function(name, u): 2})
            rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a is not atom})
            x = self.field.product(rest, self.field.power(square, x.powers[atom]))
        return x

    def of_double_angles(self, x: Product) -> Iterator[Product]:
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
        for u, known in self._occurring().items():
            for f, g, sign in _DOUBLE:
                if f in known and g in known and {known[f].index, known[g].index} & present:
                    yield from self._by_double(x, known[f], known[g], _Double(self, f, g, sign, 2 * u))

    def _by_double(self, x: Product, sine: Atom, cosine: Atom, double: _Double) -> Iterator[Product]:
        times = x.powers.get(sine, 0)
        if times and times == x.powers.get(cosine, 0):
            powers = {atom: k for atom, k in x.powers.items() if atom not in (sine, cosine)}
            raise_by(powers, double.sine, times)
            yield self.field.normal(x.coefficient / Fraction(2) ** times, powers)
        sums = [atom for atom in x.powers if atom.is_sum]
        for group in [*((atom,) for atom in sums), *combinations(sums, 2)]:
            exponent = x.powers[group[0]]
            if any(x.powers[atom] != exponent for atom in group):
                continue
            poly = group[0].poly if len(group) == 1 else group[0].poly * group[1].poly
            terms = self._terms_by_double(poly, sine, cosine, double)
            if terms:
                rest = Product(x.coefficient, {a: k for a, k in x.powers.items() if a not in group})
                yield self.field.product(rest, self.field.power(add(self.field, terms), exponent))

    def _terms_by_double(self, poly: Any, sine: Atom, cosine: Atom, double: _Double) -> list[Product]:
        """Return the terms of a polynomial of degree 2 in sin and cos by the double angle; none for another one."""
        found, changed = [], False
        for term in self.field.terms(poly):
            powers = dict(term.powers)
            i, j = powers.pop(sine, 0), powers.pop(cosine, 0)
            if i + j not in (0, 2):
                return []
            changed = changed or i + j == 2
            rest = Product(term.coefficient / (2 if i + j else 1), powers)
            if i == j == 1:
                found.append(self.field.product(rest, self.field.of(double.sine)))
            elif i + j == 0:
                found.append(rest)
            else:  # cos^2 = (1 + cos 2u)/2, sin^2 = (1 - cos 2u)/2; cosh^2 and sinh^2 with the signs of theirs
                one, sign = (1, 1) if j else (double.sign, -double.sign)
                found.append(Product(rest.coefficient * one, rest.powers))
                found.append(self.field.product(rest, Product(Fraction(sign), {double.cosine: 1})))
        return found if changed else []


class _Double:
    """sin and cos, or sinh and cosh, of twice an argument; `sign` is that of the square of the first in cos^2 + ..."""

    def __init__(self, identities: Identities, sine: str, cosine: str, sign: int, argument: Any) -> None:
        self.sine = identities.function(sine, argument)
        self.cosine = identities.function(cosine, argument)
        self.sign = sign
