"""Where f has a hole that the form of its derivative does not have: `(x^2 - 1)/(x - 1)` has none at x = 1."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from derivcli.language.printer import to_text
from derivcli.language.tree import PIECEWISE
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import OutsideError, UnprovedError
from derivcli.witnesses.proof.prover import result_at
from derivcli.witnesses.sympy_functions import build
from derivcli.witnesses.tidy.domain import has_zeros
from derivcli.witnesses.tidy.field import ONE, SYMBOL, Atom, Product
from derivcli.witnesses.tidy.floats import Floats
from derivcli.witnesses.tidy.functions import QUOTIENTS
from derivcli.witnesses.tidy.nodes import number, program_of
from derivcli.witnesses.tidy.polynomials import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.language.program import Program
    from derivcli.witnesses.tidy.domain import Domain, Point
    from derivcli.witnesses.tidy.forms import Workshop
    from derivcli.witnesses.tidy.writing import Writer

# Where zeros are looked for: between these places by a change of sign, and at them, as 1 + cos(x) does not change its.
_PLACES = tuple(k * math.pi / 12 for k in range(-25, 26))
_ZERO = 1e-9  # what rounding leaves of a number that is 0 there
_HALVINGS = 60
_BITS = 80  # of a value, to see whether there is one


def holes(function: Program, shown: Program, domain: Domain, new_workshop: Callable[[], Workshop]) -> tuple[str, ...]:
    """Return what is not 0 where f has a value, if the form shown has values where it is 0: `x != 1`, `sin(x) != 0`."""
    if not _has_divisors(function):
        return ()
    workshop = new_workshop()
    divisors = _divisors(function, workshop)

    def is_exact(atom: Atom) -> bool:
        return _is_exact_gap(atom, function, shown, workshop)

    if _is_by_cases(function):
        return tuple(_nonzero(atom, workshop.writer) for atom in divisors if is_exact(atom))
    kept = _divisors(shown, workshop) if divisors else []
    lost = [atom for atom in divisors if atom not in kept]
    search = _Search(domain, workshop, kept if lost else [])
    by_cases = _is_by_cases(shown)  # the derivative of sinc(x) divides by x, but where x is 0
    gaps = (atom for atom in divisors if (search.has_gap(atom) if atom in lost else by_cases and is_exact(atom)))
    return tuple(_nonzero(atom, workshop.writer) for atom in gaps)


def _is_by_cases(program: Program) -> bool:
    return any(i.op == PIECEWISE for i in program.instructions)


def _is_exact_gap(atom: Atom, function: Program, shown: Program, workshop: Workshop) -> bool:
    """Tell whether f has no value where a linear factor is 0, for sure, and the form shown has one.

    Which case holds there, and what it divides by, is seen from the values alone.
    """
    found = _zero(atom, workshop)
    if found is None or function.variables != (found[0],):
        return False
    here, there = (result_at(BallMachine(program), dict([found]), _BITS) for program in (function, shown))
    return isinstance(here, OutsideError) and not isinstance(there, UnprovedError)


def _zero(atom: Atom, workshop: Workshop) -> tuple[str, Fraction] | None:
    """Return the only variable of a linear factor, and where that is 0; None for other factors."""
    if atom.kind == SYMBOL:
        return atom.key.name, Fraction(0)
    constant, *others = reversed(workshop.field.terms(atom.poly)) if atom.is_sum else (None,)
    if constant is None or len(others) != 1 or constant.powers or list(others[0].powers.values()) != [1]:
        return None
    (base,) = others[0].powers
    return (base.key.name, Fraction(-constant.coefficient / others[0].coefficient)) if base.kind == SYMBOL else None


def _divisors(program: Program, workshop: Workshop) -> list[Atom]:
    """Return the factors of what is divided by in a program, also in tan, sec, cot and csc."""
    found: dict[Atom, None] = {}
    for op, args, _ in program.instructions:
        try:
            if _divides(program, op, args):
                powers = workshop.converter.of(_expression(program, args[op == "div"])).powers
                for atom in powers:
                    found |= dict.fromkeys((atom, *(atom.relation.powers if atom.relation else ())))
            elif op in QUOTIENTS:
                below = (part for part, k in QUOTIENTS[op].items() if k < 0)
                argument = _expression(program, args[0])
                found |= {workshop.functions.function(part, argument): None for part in below}
        except (TooLargeError, ArithmeticError):
            continue
    return list(found)


def _expression(program: Program, index: int) -> Any:
    return build(program.part(index), evaluate=True)


def _has_divisors(program: Program) -> bool:
    return any(op in QUOTIENTS or _divides(program, op, args) for op, args, _ in program.instructions)


def _divides(program: Program, op: str, args: tuple[int, ...]) -> bool:
    return op == "div" or (op == "pow" and program.instructions[args[1]].op == "neg")


class _Search:
    """Looks for places where one of the divisors of f is 0, and none of those of the form shown."""

    def __init__(self, domain: Domain, workshop: Workshop, kept: list[Atom]) -> None:
        self._domain = domain
        self._workshop = workshop
        self._kept = [Floats(self._program(atom)) for atom in kept]

    def _program(self, atom: Atom) -> Program:
        writer = self._workshop.writer
        return program_of(writer.written(Product(ONE, {atom: 1})).signed)

    def has_gap(self, atom: Atom) -> bool:
        """Tell whether a divisor may be 0 where the form shown has a value."""
        if {self._workshop.field.generators[index].kind for index in atom.used} == {SYMBOL}:
            return has_zeros(atom)
        return any(self._is_gap(point) for point in self._zeros(self._program(atom)))

    def _is_gap(self, point: Point) -> bool:
        values = [self._domain.value(divisor, point) for divisor in self._kept]
        return all(value is not None and abs(value) > _ZERO for value in values)

    def _zeros(self, divisor: Program) -> Iterator[Point]:
        base, floats = next(iter(self._domain.first(1)), {}), Floats(divisor)
        for name in (name for name in divisor.variables if name in base):

            def value(place: float, name: str = name) -> float | None:
                return self._domain.value(floats, {**base, name: place})

            known = [(place, found) for place in _PLACES if (found := value(place)) is not None]
            places = [place for place, found in known if abs(found) < _ZERO]
            changes = ((low, high) for (low, a), (high, b) in pairwise(known) if a * b < 0)
            places += filter(None, (_bisected(value, low, high) for low, high in changes))
            yield from ({**base, name: place} for place in places)


def _bisected(function: Callable[[float], float | None], low: float, high: float) -> float | None:
    """Return where a function changes its sign by way of 0; None where it does at a pole."""
    start = function(low) or 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if (function(middle) or 0.0) * start > 0 else (low, middle)
    value = function(low)
    return low if value is not None and abs(value) < abs(start) else None


def _nonzero(atom: Atom, writer: Writer) -> str:
    """Return that an atom is not 0: `x != 1` where it is linear in its only variable."""
    if not atom.is_sum:
        return f"{to_text(writer.written(Product(ONE, {atom: 1})).signed)} != 0"
    constant, *others = reversed(writer.field.terms(atom.poly))
    if len(others) == 1 and not constant.powers and list(others[0].powers.values()) == [1]:
        value = -constant.coefficient / others[0].coefficient
        found = number(abs(value), writer.field.typed)._replace(negative=value < 0)
        return f"{to_text(writer.written(Product(ONE, others[0].powers)).node)} != {to_text(found.signed)}"
    return f"{to_text(writer.base(writer.factor(atom, 1)).signed)} != 0"
