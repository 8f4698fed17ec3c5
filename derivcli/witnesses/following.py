"""Does F stay constant along a curve? That settles a slope where F is not smooth: partial derivatives do not.

`y + sqrt(x*y) = x` has F_x = -1 and F_y = 1 at 0, but F is not linear there: along `y = x` it grows, and the curve has
the slope 0.38.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mpmath import mp, mpf

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.quotient import Quotient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SAME = mpf("1e-12")  # of what the last coefficient adds
_BITS = 240


def follows(
    program: Program, point: Mapping[str, Program], names: tuple[str, str], slopes: Sequence[Reading], side: str
) -> bool:
    """Tell whether F stays constant on one side, up to the last order, along the curve with these derivatives.

    `names` are the variable that moves, and the one that follows it.
    """
    moving, variable = names
    along = _along(program, point, names, slopes)
    others = {name: coordinate for name, coordinate in point.items() if name != variable}
    sides = Quotient(along, others, len(slopes)).slopes((moving,) * len(slopes))
    seen: Reading = getattr(sides.sides, side)
    if sides.lower is not None or seen.outcome is not Outcome.NUMBER:
        return False
    across: Reading = getattr(Quotient(program, point).slopes((variable,)).sides, side)
    with mp.workprec(_BITS):
        size = abs(mpf(slopes[-1].text)) or mpf(1)
        error = _SAME * size + mpf(slopes[-1].error)
        return bool(abs(mpf(seen.text)) <= mpf(seen.error) + error * abs(mpf(across.text)))


def _along(
    program: Program, point: Mapping[str, Program], names: tuple[str, str], slopes: Sequence[Reading]
) -> Program:
    """Return F with its second variable as a polynomial in the first."""
    builder = Builder()
    moving, variable = names
    step = builder.add(
        "add", builder.add(VARIABLE, text=moving), builder.add("neg", _inlined(builder, point[moving], {}))
    )
    terms = [_inlined(builder, point[variable], {})]
    for order, slope in enumerate(slopes, 1):
        factor = builder.add("div", builder.default(slope.text), builder.number(str(math.factorial(order))))
        terms.append(builder.add("mul", factor, builder.add("pow", step, builder.number(str(order)))))
    return builder.build(_inlined(builder, program, {variable: builder.add("add", *terms)}))


def _inlined(builder: Builder, program: Program, bound: Mapping[str, int]) -> int:
    """Add a program as it is, some variables bound to instructions; return the index of its result."""
    return inline(builder, program, lambda _op: True, bound)
