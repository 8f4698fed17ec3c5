"""Points in every region between the places where a function may switch: one formula holds in each."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcli.cases import candidates
from derivcli.explanations.switching import turns
from derivcli.language.lowering import compile_tree
from derivcli.language.numbers import exact
from derivcli.language.tree import variables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.language.tree import Node

    Spot = dict[str, Fraction]

_BASES = 2  # points from which each variable is moved alone
_NEAREST = 10  # zeros of one switch that count, those nearest to 0: a sine has hundreds
_MOST = 24  # regions of one variable
_FEW = 6  # regions of which each has three points
_WITHIN = (
    Fraction(53, 100),
    Fraction(29, 100),
    Fraction(83, 100),
)  # parts of a region: none is its middle, often a kink
_BEYOND = (Fraction(171, 100), Fraction(37, 100), Fraction(313, 10))  # as far outside the last zero
_NARROW = 1e-12  # of the size of its ends: a region as narrow is one place, found twice
_ASIDE = Fraction(1, 89)  # between coordinates: at x = y a maximum has a kink
_DIGITS = (3, 5, 8, 12)  # of a coordinate that is written shorter where it stays in its region


def between(switches: Sequence[Node], names: Sequence[str], deadline: float) -> list[Spot]:
    """Return points in the regions that the zeros of switches part.

    After the deadline not all are found; then there is no time to look at them either.
    """
    bases = [{name: exact(text) for name, text in spot.items()} for spot in candidates(names)[:_BASES]]
    found: dict[str, list[Fraction]] = {name: [] for name in names}
    alone: list[Spot] = []
    for base in bases if len(names) > 1 else bases[:1]:
        for name in names:
            inside = _inside(_zeros(switches, base, name, deadline, _NEAREST))
            found[name] += inside
            alone += [{**base, name: place} for place in inside]
    return alone if len(names) == 1 else [*alone, *_together(found)]


def edges(switches: Sequence[Node], name: str, deadline: float) -> list[float]:
    """Return where switches of one variable are 0."""
    return _zeros(switches, {}, name, deadline, None)


def _zeros(
    switches: Sequence[Node], base: Mapping[str, Fraction], name: str, deadline: float, most: int | None
) -> list[float]:
    """Return the zeros of switches along a variable, rising; of each at most so many, those nearest to 0.

    Between two zeros that lie near to one another a switch turns back, as `(x - 2)^2 < 1e-9` does at 2, or has a kink,
    which another switch is 0 at. So those places are looked at in a second round.
    """
    from derivcli.witnesses.roots import zeros

    held = {other: float(place) for other, place in base.items() if other != name}

    def found(tree: Node, beside: Sequence[float] = ()) -> list[float]:
        program = compile_tree(tree)
        if name not in program.variables:
            return []
        at = {other: held[other] for other in program.variables if other != name}
        return sorted(zeros(program, at, name, deadline, isolated=True, beside=beside), key=abs)[:most]

    slopes = [slope for switch in switches for slope in turns(switch, name) if variables(slope)]
    known = {zero for switch in switches for zero in found(switch)}
    beside = [*known, *(zero for slope in slopes for zero in found(slope))]
    return sorted(known.union(*(found(switch, beside) for switch in switches))) if beside else []


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


def _together(found: Mapping[str, Sequence[Fraction]]) -> Iterator[Spot]:
    """Yield points of which every coordinate lies in a region of its own, twice in another order."""
    longest = max(map(len, found.values()), default=0)
    known = {name: places for name, places in found.items() if places}
    if len(known) < len(found):
        return
    for shift in (0, 1):
        for k in range(longest):
            yield {name: p[(k + shift * turn) % len(p)] + turn * _ASIDE for turn, (name, p) in enumerate(known.items())}
