"""Whether a function rises, or falls, at least at some rate along one variable everywhere near a point.

On a box around the point a ball holds all slopes by that variable, and at kinks all between those of both sides (see
`sloped`). Where it does not hold 0, the mean value theorem gives |F(x, y) - F(x, z)| >= m*|y - z| with some m > 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcli.witnesses.proof.coordinates import ExactCoordinates
from derivcli.witnesses.proof.numbers import UnprovedError, ball
from derivcli.witnesses.proof.sloped import Sloped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program

_BITS = 256
_RADII = (8, 30, 100)  # bits of the box: any will do, and a small one is inside more domains


def is_steady(program: Program, name: str, point: Mapping[str, Program]) -> bool:
    """Tell whether a function has values around a point, and there slopes by a variable that keep away from 0."""
    with ctx.workprec(_BITS):
        for bits in _RADII:
            try:
                at = ExactCoordinates(point).results(_BITS)
                box = {other: ball(at[other]) + arb(0, arb(2) ** -bits) for other in program.variables}
                _value, slope = Sloped(program, name, box).both(box[name])
            except UnprovedError:
                continue
            if slope is not None and ball(slope).is_finite() and not ball(slope).contains(0):
                return True
    return False
