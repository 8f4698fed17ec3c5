"""Points in every region between the places where a function may switch, and values at which it does not."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.cases import candidates
from derivcli.language.lowering import compile_tree
from derivcli.language.numbers import exact
from derivcli.language.program import Builder
from derivcli.language.tree import Node
from derivcli.witnesses.switching import decades, switches_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.language.program import Program

    Spot = dict[str, Fraction]

_BASES = 2  # points from which each variable is moved alone
_LARGEST = 2_000  # nodes: of a longer function no switches are looked for
_FINEST, _FARTHEST = 1e-6, 1e12  # between powers of ten of these sizes places are looked for
_NEAREST = 10  # places of one clue that count, those nearest to 0: a sine has hundreds
_MOST = 24  # regions of one variable
_FEW = 6  # regions of which each has three points
_WITHIN = (
    Fraction(53, 100),
    Fraction(29, 100),
    Fraction(83, 100),
)  # parts of a region: none is its middle, often a kink
_BEYOND = (Fraction(171, 100), Fraction(37, 100), Fraction(313, 10))  # as far outside the last zero
_APART = 1e-6  # of a value from a place, so that they are not the same: far more than float64 rounds the place by
_NARROW = 1e-12  # of the size of its ends: a region as narrow is one place, found twice
_ASIDE = Fraction(1, 89)  # between coordinates: at x = y a maximum has a kink
_DIGITS = (3, 5, 8, 12)  # of a coordinate that is written shorter where it stays in its region


def between(trees: Sequence[Node], names: Sequence[str], deadline: float) -> list[Spot]:
    """Return points in the regions that the places where trees may switch part.

    After the deadline not all are found; then there is no time to look at them either.
    """
    bases = [{name: exact(text) for name, text in spot.items()} for spot in candidates(names)[:_BASES]]
    program = _together(trees)
    found: dict[str, list[Fraction]] = {name: [] for name in names}
    alone: list[Spot] = []
    for base in bases if len(names) > 1 else bases[:1]:
        for name in names:
            inside = _inside(_places(program, base, name, deadline))
            found[name] += inside
            alone += [{**base, name: place} for place in inside]
    return alone if len(names) == 1 else [*alone, *_together_moved(found)]


def steady(trees: Sequence[Node], names: Sequence[str], values: Sequence[int], deadline: float) -> list[int]:
    """Return the values at which no tree switches, for sure: of several variables none, unless no tree ever does."""
    program = _together(trees)
    if len(names) > 1:
        return [] if any(map(program.may_switch, names)) else list(values)
    ends = min(values) - 1, max(values) + 1
    found = switches_of(program, names[0], {}, ends, seconds=deadline - time.monotonic())
    if found is None:
        return []
    taken = [(place.x, place.x) for place in found.places] + [(one.low, one.high) for one in found.crowded]
    return [x for x in values if not any(low - _APART < x < high + _APART for low, high in taken)]


def _together(trees: Sequence[Node]) -> Program:
    """Return a program that switches where one of the trees does."""
    return compile_tree(Node("add", tuple(tree for tree in trees if tree.size <= _LARGEST)))


def _places(program: Program, base: Spot, name: str, deadline: float) -> list[float]:
    """Return where a program may switch along a variable, rising; for each reason the places nearest to 0."""
    left = deadline - time.monotonic()
    if name not in program.variables or left <= 0:
        return []
    held = {other: Builder.of_number(place) for other, place in base.items() if other != name}
    found = switches_of(program, name, held, decades(_FINEST, _FARTHEST), seconds=left)
    of_clue: dict[int, list[float]] = {}
    for place in sorted(found.places if found else (), key=lambda place: abs(place.x)):
        of_clue.setdefault(place.clue, []).append(place.x)
    return sorted({x for places in of_clue.values() for x in places[:_NEAREST]})


def _inside(zeros: Sequence[float]) -> list[Fraction]:
    """Return numbers in each interval between zeros and beyond them, first one of each."""
    gaps = sorted(zip(pairwise(zeros), strict=True), key=lambda gap: min(map(abs, gap[0]))) if zeros else []
    wide = [ends for (ends,) in gaps if ends[1] - ends[0] > _NARROW * max(map(abs, ends))][:_MOST]
    rounds = len(_WITHIN) if len(wide) < _FEW else 1
    found: list[Fraction] = []
    for k in range(rounds):
        found += [_rounded(low, high, _WITHIN[k]) for low, high in wide]
        found += [_short(zeros[0]) - _BEYOND[k], _short(zeros[-1]) + _BEYOND[k]] if zeros else []
    return found


def _rounded(low: float, high: float, part: Fraction) -> Fraction:
    """Return a short number about a part of the way between two others, and sure to lie between them."""
    place = Fraction(low) + (Fraction(high) - Fraction(low)) * part
    short = (Fraction(f"{float(place):.{digits}g}") for digits in _DIGITS)
    margin = (Fraction(high) - Fraction(low)) / 8
    return next((one for one in short if low + margin < one < high - margin), place)


def _short(zero: float) -> Fraction:
    return Fraction(f"{zero:.12g}")


def _together_moved(found: Mapping[str, Sequence[Fraction]]) -> Iterator[Spot]:
    """Yield points of which every coordinate lies in a region of its own, twice in another order."""
    longest = max(map(len, found.values()), default=0)
    known = {name: places for name, places in found.items() if places}
    if len(known) < len(found):
        return
    for shift in (0, 1):
        for k in range(longest):
            yield {name: p[(k + shift * turn) % len(p)] + turn * _ASIDE for turn, (name, p) in enumerate(known.items())}
