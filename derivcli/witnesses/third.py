"""The third witness at one point: proofs, and evidence where there are none."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING

from derivcli.model.statuses import Proof
from derivcli.witnesses.approach import Approach, Leg
from derivcli.witnesses.evidence import UNDECIDED, UNDEFINED, Reading, Sided, SlopeEvidence
from derivcli.witnesses.implicit import derivative, needed
from derivcli.witnesses.paths import PACE, along, beside_diagonals, between_axes, paths_between, start
from derivcli.witnesses.proof.germs.sides import SideProver
from derivcli.witnesses.proof.numbers import rational
from derivcli.witnesses.proof.prover import Prover
from derivcli.witnesses.proof.readings import combined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.model.statuses import PointKind
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.proof.germs.together import Path
    from derivcli.witnesses.proof.numbers import Number

_NOWHERE = Sided(replace(UNDEFINED, proof=Proof.SIDE), replace(UNDEFINED, proof=Proof.SIDE))
_OPEN = Sided(UNDECIDED, UNDECIDED)


class Third:
    """What is known of one program at one point; `order` is the highest that will be asked for.

    A number without a proof is evidence: of first derivatives and limits alone is there any. What is neither proved nor
    plain to see is undecided.
    """

    def __init__(self, program: Program, coordinates: Mapping[str, Program], order: int = 1) -> None:
        self._program = program
        self._coordinates = coordinates
        self._prover = Prover(program, coordinates, order)
        self._sides = SideProver(program, coordinates)
        self._known: dict[Wrt, SlopeEvidence] = {}

    @cached_property
    def _approach(self) -> Approach:
        return Approach(self._program, self._coordinates)

    def value(self) -> Reading:
        """Return f at the point."""
        known = self._prover.value or self._sides.value
        return known or (UNDEFINED if self._prover.has_no_value else UNDECIDED)

    @property
    def proved(self) -> Reading | None:
        """What balls prove f to be at the point; None where they leave it open."""
        return self._prover.value

    @property
    def is_analytic(self) -> bool:
        """True where f is analytic at the point for sure."""
        return self._prover.is_analytic

    def takes_zero_to_the_zero(self) -> bool:
        """Tell whether 0^0 is on the way to f at the point for sure: it is 1 by convention."""
        known = self._prover.takes_zero_to_the_zero
        return bool(self._sides.takes_zero_to_the_zero if known is None else known)

    def slopes(self, wrt: Wrt) -> SlopeEvidence:
        """Return the one-sided derivatives by one variable, or those of higher order by several; each is kept."""
        key = tuple(sorted(wrt))
        if key not in self._known:
            self._known[key] = self._look(key)
        return self._known[key]

    def _look(self, wrt: Wrt) -> SlopeEvidence:
        proved = self._prover.slope(wrt)
        if proved is not None:
            return SlopeEvidence(sides=Sided(proved, proved))
        return self._mixed(wrt) if len(set(wrt)) > 1 else self._beside(wrt)

    def _beside(self, wrt: Wrt) -> SlopeEvidence:
        """Return what is known of a derivative by one variable on both sides."""
        (left, right), order = self._sides.slopes(wrt[0], len(wrt))
        if len(wrt) == 1:
            seen = self._approach
            return SlopeEvidence(sides=Sided(left or seen.slope(wrt[0], -1), right or seen.slope(wrt[0], 1)))
        sides = Sided(left or UNDECIDED, right or UNDECIDED)
        if order == len(wrt):
            return SlopeEvidence(sides=sides)
        return SlopeEvidence(sides=sides, lower=wrt[:order]) if sides.excludes_a_limit else SlopeEvidence(sides=_OPEN)

    def _mixed(self, wrt: Wrt) -> SlopeEvidence:
        """Return what is proved of a derivative by several variables, where all below it are known."""
        for name in sorted(set(wrt)):
            below = self.slopes(_without(wrt, name))
            if not below.is_settled or below.sides.excludes_a_limit:
                return replace(below, lower=below.lower or _without(wrt, name))
            if not (below.sides.is_proved and below.sides.is_one_number):
                return SlopeEvidence(sides=_OPEN)
        return self._sides.mixed(wrt) or SlopeEvidence(sides=_OPEN)

    def implicit_slope(self, wrt: Wrt, variable: str) -> Reading | None:
        """Return the derivative of a variable that `f = constant` makes a function of the others, None if not proved.

        f is analytic and its slope by the variable is not 0: so is the function then (the implicit function theorem).
        """
        return self._prover.combined(partial(derivative, wrt, variable), needed(wrt, variable))

    def limits(self, path: Mapping[str, Leg]) -> Sided:
        """Return the one-sided limits of f along a path, for a point where f is undefined."""
        if self._prover.has_none_near:
            return _NOWHERE
        legs = _legs(path)
        left, right = (self._sides.limit(legs, way) or self._approach.limit(path, way) for way in (-1, 1))
        return Sided(left, right)

    def tends(self, name: str, way: int, order: int) -> tuple[Reading, ...]:
        """Return what f and its derivatives by a variable, up to an order, tend to on one side, as far as proved."""
        return tuple(self._sides.tends(name, way, k) or UNDECIDED for k in range(order + 1))

    def limits_along_paths(self) -> list[Sided]:
        """Return the limits along several paths; where none is proved of them together, along harder ones too."""
        names = self._program.variables
        found = [self.limits(path) for path in paths_between(names)]
        if self.limit_together.number is not None:
            return found
        for program, first, second in beside_diagonals(self._program, self._coordinates, names):
            curves = [{first: Leg(Fraction(1)), second: Leg(Fraction(1), power)} for power in (2, 3)]
            found += map(Third(program, self._coordinates).limits, curves)
        return found

    @cached_property
    def limit_together(self) -> Reading:
        """The limit of f, undefined at the point, where several variables move at once; if it is proved."""
        names = self._program.variables  # of one there are two sides
        found = self._sides.limit_together(names, _paths(names)) if len(names) > 1 else None
        return found or UNDECIDED

    def point_kind(self, names: Sequence[str]) -> PointKind | None:
        """Return what a point is at which the slopes by all the names are 0, if it is proved."""
        return self._sides.point_kind(names, _paths(names))

    def broken_along(self, names: Sequence[str]) -> dict[str, Fraction] | None:
        """Return a direction in which the slope is for sure not what the partial derivatives make it, if one is found.

        All partial derivatives must be proved.
        """
        if len(names) < 2 or self._prover.is_analytic:
            return None
        slopes = {name: self.slopes((name,)).sides for name in names}
        if not all(sides.is_proved and sides.is_one_number for sides in slopes.values()):
            return None
        partials = {name: sides.left for name, sides in slopes.items()}
        return next((way for way in between_axes(names) if self._is_broken(way, partials)), None)

    def _is_broken(self, direction: Mapping[str, Fraction], partials: Mapping[str, Reading]) -> bool:
        line = along(self._program, direction)
        (left, right), _order = SideProver(line, start(self._coordinates)).slopes(PACE)
        made = combined(partial(_sum_of_slopes, direction), partials, Proof.SIDE, bits=-math.inf)
        return made is not None and any(Sided(side, made).excludes_a_limit for side in (left, right) if side)


def _paths(names: Sequence[str]) -> list[Path]:
    return list(map(_legs, paths_between(names)))


def _legs(path: Mapping[str, Leg]) -> Path:
    return {name: (rational(leg.pace), leg.power) for name, leg in path.items()}


def _sum_of_slopes(direction: Mapping[str, Fraction], slopes: Mapping[str, Number]) -> Number:
    return sum(rational(direction[name]) * slope for name, slope in slopes.items())


def _without(wrt: Wrt, name: str) -> Wrt:
    """Return what is left when one differentiation by a variable is taken off."""
    place = wrt.index(name)
    return wrt[:place] + wrt[place + 1 :]
