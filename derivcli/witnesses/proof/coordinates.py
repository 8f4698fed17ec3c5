"""The coordinates of a point: exact rationals, or balls at any precision."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flint import ctx

from derivcli.witnesses.proof.machine import BallMachine, Result, number
from derivcli.witnesses.proof.numbers import Number, UnprovedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program

_KEPT = 1_000  # coordinates, for f, its formulas and the next question: some hundred kilobytes


class ExactCoordinates:
    """The coordinates of a point, each a constant program."""

    def __init__(self, coordinates: Mapping[str, Program]) -> None:
        self._coordinates = coordinates

    def coordinate(self, name: str, bits: int) -> Number:
        """Return a coordinate; raises `UnprovedError` where it is no real number for sure."""
        return _constant(self._coordinates[name], bits)

    def results(self, bits: int) -> dict[str, Result]:
        """Return all coordinates, or why there are none."""
        return {name: self._result(name, bits) for name in self._coordinates}

    def _result(self, name: str, bits: int) -> Result:
        try:
            return self.coordinate(name, bits)
        except UnprovedError as why:
            return why


@lru_cache(_KEPT)
def _constant(program: Program, bits: int) -> Number:
    with ctx.workprec(bits):
        return number(BallMachine(program).values({})[-1])
