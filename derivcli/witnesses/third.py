"""Proofs first, mpmath where they do not settle: the third witness at one point, and the values of symbolic forms."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivcli.witnesses.balls import Ball
from derivcli.witnesses.differences import Point
from derivcli.witnesses.evidence import UNDEFINED, Reading, Sided, SlopeEvidence
from derivcli.witnesses.implicit import derivative, needed
from derivcli.witnesses.precise import Machine, settle
from derivcli.witnesses.proof.germs.sides import SideProver
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import rational
from derivcli.witnesses.proof.prover import Prover, has_value, results_of, value_of
from derivcli.witnesses.quotient import Quotient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Instruction, Program
    from derivcli.witnesses.differences import Path
    from derivcli.witnesses.evidence import Wrt

_NOWHERE = Sided(UNDEFINED, UNDEFINED)
_FEW_BITS = 80  # to see whether there is a value: more than floats have, for what cancels


class Third:
    """What is known of one program at one point; `order` is the highest that will be asked for.

    The quotients are made when they are first needed: at an everyday point they are not.
    """

    def __init__(self, program: Program, coordinates: Mapping[str, Program], order: int = 1) -> None:
        self._question = program, coordinates, order
        self._prover = Prover(program, coordinates, order)
        self._sides = SideProver(program, coordinates)

    @cached_property
    def _quotient(self) -> Quotient:
        return Quotient(*self._question)

    def value(self) -> Reading:
        """Return f at the point."""
        known = self._prover.value or self._sides.value
        return known or (UNDEFINED if self._prover.has_no_value else self._quotient.value())

    @property
    def is_analytic(self) -> bool:
        """True where f is analytic at the point for sure."""
        if self._prover.is_analytic:
            return True
        return not self._sides.is_bent(self._question[0].variables) and self._quotient.is_analytic

    def takes_zero_to_the_zero(self) -> bool:
        """Tell whether 0^0 is on the way to f at the point: it is 1 by convention."""
        known = self._prover.takes_zero_to_the_zero or self._sides.takes_zero_to_the_zero
        return self._quotient.takes_zero_to_the_zero() if known is None else known

    def slopes(self, wrt: Wrt) -> SlopeEvidence:
        """Return the one-sided derivatives by one variable, or those of higher order by several."""
        proved = self._prover.slope(wrt)
        if proved is not None:
            return SlopeEvidence(sides=Sided(proved, proved))
        return self._beside(wrt) or self._quotient.slopes(wrt)

    def _beside(self, wrt: Wrt) -> SlopeEvidence | None:
        """Return what is proved of a derivative on both sides, at least on one of a first one."""
        if len(set(wrt)) > 1:
            return self._mixed(wrt)
        found, order = self._sides.slopes(wrt[0], len(wrt))
        if len(wrt) == 1:
            return SlopeEvidence(sides=_completed(*found, lambda: self._quotient.slopes(wrt).sides))
        left, right = found
        if left is None or right is None:
            return None
        return SlopeEvidence(sides=Sided(left, right), lower=None if order == len(wrt) else wrt[:order])

    def _mixed(self, wrt: Wrt) -> SlopeEvidence | None:
        """Return what is proved of a derivative by two variables, all below it being proved to exist."""
        for name in sorted(set(wrt)):
            place = wrt.index(name)
            below = self.slopes(wrt[:place] + wrt[place + 1 :])
            left, right = below.sides.left, below.sides.right
            if left.proof is None or right.proof is None:
                return None
            if not below.is_settled or left != right or left.number is None:
                return replace(below, lower=below.lower or wrt[:place] + wrt[place + 1 :])
        return self._sides.mixed(wrt)

    def implicit_slope(self, wrt: Wrt, variable: str) -> Reading | None:
        """Return the derivative of a variable that `f = constant` makes a function of the others, None if not proved.

        f is analytic and its slope by the variable is not 0: so is the function then (the implicit function theorem).
        """
        return self._prover.combined(partial(derivative, wrt, variable), needed(wrt, variable))

    def limits(self, path: Path) -> Sided:
        """Return the one-sided limits of f along a path, for a point where f is undefined."""
        if self._prover.has_none_near:
            return _NOWHERE
        legs = {name: (rational(leg.pace), leg.power) for name, leg in path.items()}
        left, right = (self._sides.limit(legs, way) for way in (-1, 1))
        return _completed(left, right, lambda: self._quotient.limits(path))

    def broken_along(self, names: Sequence[str]) -> dict[str, Fraction] | None:
        """Return a direction in which the slope is not what the partial derivatives make it, if one is found."""
        return None if self._prover.is_analytic else self._quotient.broken_along(names)


def _completed(left: Reading | None, right: Reading | None, others: Callable[[], Sided]) -> Sided:
    """Return two sides, what is not proved of them from another witness, which is asked only then.

    What they say together is no proof then.
    """
    if left is not None and right is not None:
        return Sided(left, right)
    found = others()
    return Sided(*(replace(side, proof=None) for side in (left or found.left, right or found.right)))


class ManyDigits:
    """A program whose values with many digits are asked for, at any points."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._balls = BallMachine(program)

    @cached_property
    def by_mpmath(self) -> Machine:
        """The program as mpmath evaluates it."""
        return Machine(self.program)

    def results(self, point: Mapping[str, Program]) -> list[tuple[Instruction, Any]]:
        """Return each instruction with its result: a fraction, a ball, a truth value, or None where it is not sure."""
        return list(zip(self._balls.program.instructions, results_of(self._balls, point), strict=True))

    def exists(self, point: Mapping[str, Fraction]) -> bool:
        """Tell whether the program has a value at a point, as far as few digits show."""
        if has_value(self._balls, point, _FEW_BITS):
            return True
        with mp.workprec(_FEW_BITS):
            return isinstance(self.by_mpmath.values(point)[-1], (Fraction, Ball))

    def at(self, point: Mapping[str, Program]) -> Reading:
        """Return the value at a point; it is no proof of what the program is a form of."""
        here = {name: point[name] for name in self.program.variables}
        found = value_of(self._balls, here)
        if found is not None:
            return replace(found, proof=None)
        at = Point(here)
        return settle(lambda: self.by_mpmath.values(at.coordinates())[-1])
