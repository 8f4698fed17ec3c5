"""Where f is defined: points of its domain, and the signs that parts of a derivative have on it.

A sign is proved, or seen at points in every interval between the zeros of all polynomials met.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from sympy import ZZ, E, pi
from sympy.polys.rootisolation import dup_isolate_real_roots

from derivcli.witnesses.many_digits import ManyDigits
from derivcli.witnesses.sympy_functions import operation
from derivcli.witnesses.tidy.field import ABS, CALL, POWER, ROOT, Atom, Field
from derivcli.witnesses.tidy.floats import Floats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from derivcli.language.program import Program

Point = dict[str, float]

_MAGNITUDES = (0.37, 1.71, 0.11, 2.3, 0.83, 3.3, 7.9, 31.3, 0.013, 127.7)
_MOST_POINTS = 60  # for several variables; 10 magnitudes, both signs, and some to spare
_HIGHEST = 30  # degree of a polynomial whose zeros are isolated
_POSITIVE = frozenset({"cosh", "sech", "exp"})


class Domain:
    """The points at which f has a value, as far as it can be computed with floats; with none nothing is known."""

    def __init__(self, program: Program, held: Mapping[str, int]) -> None:
        self._at = {name: float(number) for name, number in held.items()}
        self._floats = Floats(program)
        self._many_digits = None if self._floats.are_known else ManyDigits(program)
        self.variables = tuple(name for name in program.variables if name not in held)
        self._points: list[Point] = []
        self._others = self._within()

    @property
    def points(self) -> list[Point]:
        """Points of f's domain, of many magnitudes and both signs."""
        return self.first(_MOST_POINTS)

    def first(self, most: int) -> list[Point]:
        """Return the first of these points: no more are looked for than are needed."""
        self._points += islice(self._others, max(0, most - len(self._points)))
        return self._points[:most]

    def _within(self) -> Iterator[Point]:
        turns = range(2 * len(_MAGNITUDES) if len(self.variables) < 2 else _MOST_POINTS)
        points = ({name: _coordinate(turn, place) for place, name in enumerate(self.variables)} for turn in turns)
        return (point for point in points if self._has_value(point))

    def value(self, floats: Floats, point: Mapping[str, float]) -> float | None:
        """Return a value at a point, None where floats cannot compute it."""
        return floats.value({**self._at, **point})

    def along(self, name: str, places: Iterable[float]) -> Iterator[Point]:
        """Yield points of f's domain at given places of one variable."""
        bases = self.first(2) or [dict.fromkeys(self.variables, 0.5)]
        points = ({**base, name: place} for place in places for base in bases[: len(self.variables)])
        return (point for point in points if self._has_value(point))

    def _has_value(self, point: Point) -> bool:
        point = {**self._at, **point}
        if self._many_digits is None:
            return self._floats.value(point) is not None
        return self._many_digits.exists(exactly(point))

    def sign(self, field: Field, atom: Atom) -> int:
        """Return 1 or -1 for an atom that has that sign wherever f is defined, else 0."""
        if _is_positive(atom):
            return 1
        used = atom.used
        variable = field.generators[used[0]].radicand if len(used) == 1 else None
        if variable is None or not self.variables:
            return 0
        if variable.key is pi:
            return 1
        zeros, name = _zeros(field, variable), variable.key.name
        if zeros is None:
            return 0
        coefficients = {m[used[0]]: value for m, value in atom.poly.terms}
        places = [point[name] for point in (*self.points, *self.along(name, _between(zeros))) if name in point]
        degree = field.generators[used[0]].degree
        if degree > 1:  # where the root has no value f has none
            places = [place ** (1 / degree) for place in places if place >= 0]
        signs = {_sign(coefficients, place) for place in places}
        return signs.pop() if len(signs) == 1 else 0


def exactly(point: Point) -> dict[str, Fraction]:
    """Return the decimals that a point of the domain is written with."""
    return {name: _exact(place) for name, place in point.items()}


@lru_cache(1024)  # all coordinates there are, and those next to zeros of a question
def _exact(place: float) -> Fraction:
    return Fraction(str(place))


def _coordinate(turn: int, place: int) -> float:
    """Return a coordinate; the signs of several follow the digits of the turn."""
    size = _MAGNITUDES[(turn // 2 + 2 * turn * place + 3 * place) % len(_MAGNITUDES)]
    return -size if turn >> place & 1 else size


def has_zeros(atom: Atom) -> bool:
    """Tell whether a polynomial may be 0 for some values of its variables."""
    used = atom.used
    return len(used) > 1 or bool(_isolated(atom, used[0]))


def _isolated(atom: Atom, index: int) -> list[Any]:
    """Return intervals that hold a real zero of a polynomial in one variable each."""
    row = {m[index]: value for m, value in atom.poly.terms}
    return list(dup_isolate_real_roots([ZZ(row.get(k, 0)) for k in range(atom.poly.degrees[index], -1, -1)], ZZ))


def _is_positive(atom: Atom) -> bool:
    """Tell whether an atom is positive for all real numbers."""
    if atom.kind in (ABS, ROOT):
        return True
    if atom.kind == POWER:
        base = atom.key[0]
        return base is E or bool(base.is_positive)
    if atom.kind == CALL:
        return operation(atom.key) in _POSITIVE
    return False


def _zeros(field: Field, variable: Atom) -> list[float] | None:
    """Return the real zeros of all polynomials in a variable, or a root of it, and 0; None if there are too many."""
    found = {0.0}
    for atom in field.sums:
        used = atom.used
        if len(used) == 1 and field.generators[used[0]].radicand is variable:
            if atom.poly.degrees[used[0]] > _HIGHEST:
                return None
            ends = (float(end) for interval, _ in _isolated(atom, used[0]) for end in interval)
            found |= {end ** field.generators[used[0]].degree for end in ends}
    return sorted(found)


def _between(zeros: Sequence[float]) -> Iterator[float]:
    """Yield places in every interval between zeros, and beyond the outermost."""
    for step in (0.01, 0.7, 5.3, 91.0):
        yield zeros[0] - step
        yield zeros[-1] + step
    for low, high in pairwise(zeros):
        yield from (low + (high - low) * part for part in (0.03, 0.31, 0.69, 0.97))


def _sign(coefficients: Mapping[int, int], x: float) -> int:
    value = sum(coefficient * x**power for power, coefficient in coefficients.items())
    return (value > 0) - (value < 0)
