"""The coordinates of a point: exact rationals, or balls at any precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import ctx

from derivcli.witnesses.proof.machine import BallMachine, Result, number
from derivcli.witnesses.proof.numbers import Number, UnprovedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program


class ExactCoordinates:
    """The coordinates of a point, each a constant program."""

    def __init__(self, coordinates: Mapping[str, Program]) -> None:
        self._machines = {name: BallMachine(program) for name, program in coordinates.items()}
        self._known: dict[tuple[str, int], Number] = {}

    def coordinate(self, name: str, bits: int) -> Number:
        """Return a coordinate; raises `UnprovedError` where it is no real number for sure."""
        if (name, bits) not in self._known:
            with ctx.workprec(bits):
                self._known[name, bits] = number(self._machines[name].values({})[-1])
        return self._known[name, bits]

    def results(self, bits: int) -> dict[str, Result]:
        """Return all coordinates, or why there are none."""
        return {name: self._result(name, bits) for name in self._machines}

    def _result(self, name: str, bits: int) -> Result:
        try:
            return self.coordinate(name, bits)
        except UnprovedError as why:
            return why
