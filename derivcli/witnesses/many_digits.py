"""Values of a program with many digits, at any points: balls, and where those blur the algebra of constants."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from derivcli.language.program import Builder
from derivcli.witnesses.evidence import MISSING, UNDECIDED, Outcome
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import OutsideError, UnprovedError, written
from derivcli.witnesses.proof.prover import result_at, results_of, value_of
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Instruction, Program
    from derivcli.witnesses.evidence import Reading

_KEPT = 16  # machines: a form is shown exactly, too, and asked for at several points
_FEW_BITS = 80  # to see whether there is a value: more than floats have, for what cancels


class ManyDigits:
    """A program whose values with many digits are asked for, at any points."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def _balls(self) -> BallMachine:
        return _machine(self.program)

    def at(self, point: Mapping[str, Program]) -> Reading:
        """Return the value at a point; it is no proof of what the program is a form of."""
        here = {name: point[name] for name in self.program.variables}
        found = value_of(self._balls, here) or _beside(self.program, here)
        return UNDECIDED if found is None else replace(found, proof=None)

    def results(self, point: Mapping[str, Program]) -> list[tuple[Instruction, Any]]:
        """Return each instruction with its result: a fraction, a ball, a truth value, or None where it is not sure."""
        return list(zip(self._balls.program.instructions, results_of(self._balls, point), strict=True))

    def rational(self, point: Mapping[str, Program]) -> Fraction | None:
        """Return the value at a point where it is rational for sure."""
        found = results_of(self._balls, point)[-1]
        return found if isinstance(found, Fraction) else None

    def exists(self, point: Mapping[str, Fraction]) -> bool:
        """Tell whether the program has a value at a point: few digits show it mostly."""
        found = result_at(self._balls, point, _FEW_BITS)
        if not isinstance(found, UnprovedError) or isinstance(found, OutsideError):
            return not isinstance(found, OutsideError)
        exact = {name: Builder.of_number(place) for name, place in point.items()}
        return self.at(exact).outcome is Outcome.NUMBER


def _beside(program: Program, point: Mapping[str, Program]) -> Reading | None:
    """Return the value that expansions of a program show it to have; they are loaded for the few that need them."""
    from derivcli.witnesses.proof.germs.sides import SideProver

    return SideProver(program, point).value


def value_at(form: ManyDigits | None, point: Mapping[str, Program] | None) -> Reading:
    """Return the value of a program at a point with many digits; missing where one of them is."""
    return MISSING if form is None or point is None else form.at(point)


_machine = lru_cache(_KEPT)(BallMachine)


def constant(program: Program) -> Reading:
    """Return the value of a program without variables."""
    literal = program.literal
    if literal is not None:
        return reading(written(literal), None)
    return ManyDigits(program).at({})
