"""The trigonometric and hyperbolic functions in a derivative: which occur of which argument, and their quotients."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from derivcli.witnesses.sympy_functions import function_class, operation
from derivcli.witnesses.tidy.field import CALL, Atom, Field, raise_by

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILIES = (("sin", "cos", "tan", "sec", "cot", "csc"), ("sinh", "cosh", "tanh", "sech", "coth", "csch"))
QUOTIENTS = {
    name: powers
    for sine, cosine, *names in FAMILIES
    for name, powers in zip(
        names, ({sine: 1, cosine: -1}, {cosine: -1}, {cosine: 1, sine: -1}, {sine: -1}), strict=True
    )
}
PAIRS = {name: family[:2] for family in FAMILIES for name in family}
_MOST_ARGUMENTS = 6  # of these functions: with more, a form is too long for identities to make it short


@lru_cache(1024)  # arguments: those of a few questions
def twice(argument: Any) -> Any:
    """Return the double of an argument."""
    return 2 * argument


class Functions:
    """The functions of the families that occur in one derivative."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._known: dict[tuple[str, Any], Atom] = {}
        self._counted = -1  # generators, among which those that occur have been found
        self._occurring: dict[Any, dict[str, Atom]] = {}

    def function(self, name: str, argument: Any) -> Atom:
        """Return the generator of a function of an argument."""
        key = name, argument
        if key not in self._known:
            self._known[key] = self._field.generator(CALL, function_class(name)(argument, evaluate=False))
        return self._known[key]

    def occurring(self) -> dict[Any, dict[str, Atom]]:
        """Return for each argument the functions of it that occur; nothing if they are too many."""
        if self._counted != len(self._field.generators):
            self._counted, self._occurring = len(self._field.generators), self._found()
        return self._occurring

    def _found(self) -> dict[Any, dict[str, Atom]]:
        found: dict[Any, dict[str, Atom]] = {}
        for atom in self._field.generators:
            name = operation(atom.key) if atom.kind == CALL else None
            if name in PAIRS:
                found.setdefault(atom.key.args[0], {})[name] = atom
        return found if len(found) <= _MOST_ARGUMENTS else {}

    def named(self, powers: Mapping[Atom, int]) -> dict[Atom, int]:
        """Return powers in which quotients of sin and cos have their names: tan, sec, cot, csc."""
        found = dict(powers)
        arguments: dict[Any, set[str]] = {}
        for atom in powers:
            if atom.kind == CALL and operation(atom.key) in PAIRS:
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
