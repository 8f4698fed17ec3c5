"""A first look at a question of which only numbers are wanted: mostly it settles all of them, as it does rows.

f and its first derivatives are proved by a `Glance`, and held against sympy's slopes as far as the verdict asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.witnesses.operation_slopes import with_slopes
from derivcli.witnesses.proof.glance import Glance, coordinate
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import UnprovedError
from derivcli.witnesses.replies import SettledNumbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.protocol import ExactPoint

_LONGEST = 300  # instructions: of a long program the parts of a sum that hold a variable are looked at alone


def first_look(program: Program, point: ExactPoint, wrt: Sequence[Wrt]) -> SettledNumbers:
    """Return f and its first derivatives at a point; no numbers where any of them is not proved at once.

    There are none either where sympy has no slope of an operation, or another one at the point.
    """
    if len(program.instructions) > _LONGEST:
        return SettledNumbers()
    function = BallMachine(program)
    joined = with_slopes(function.program)
    if joined is None:
        return SettledNumbers()
    roots = {name: joined.roots.get(name) for (name,) in wrt}
    try:
        glance = Glance(function, joined._replace(roots=roots))
        numbers, _is_exact = glance({name: coordinate(constant) for name, constant in point.items()})
    except UnprovedError:
        return SettledNumbers()
    return SettledNumbers(tuple(numbers))
