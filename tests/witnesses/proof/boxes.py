"""Complex boxes across every cut, edge and pole of a rule: is it holomorphic on those that it accepts?

A holomorphic function takes its mean over a circle at the centre: a cut or a pole inside changes the mean. On the real
axis it is the rule of real numbers.
"""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from flint import acb, arb, ctx, fmpq

from derivcli.language import catalogue
from derivcli.witnesses.proof.numbers import UnprovedError, ball, checked

if TYPE_CHECKING:
    import random

    from derivcli.witnesses.proof.numbers import Rule

# Where functions of the catalogue have cuts, edges and poles, and some places without.
_PLACES = (-3, -2, -1, -0.5, 0, 0, 0.5, 1, 1, 2, 3, -math.exp(-1), math.pi / 2, -math.pi / 2, math.pi, 1.25, 5, 12)
_PARAMETERS = tuple(fmpq(n, 12) for n in (-24, -12, -6, 0, 6, 12, 15, 24, 28, 36))
_ARITIES = {"add": 2, "mul": 2, "div": 2, "pow": 2, "neg": 1, "log": 1}
_POINTS = 64
# The share of the radius on which the mean is taken, and how far off it may be, over the bound of the box: where the
# nearest pole is at the edge of the box the mean over 64 points errs by about share^64.
_CIRCLES = ((0.7, 1e-8), (0.9, 2e-3), (0.98, 0.3))


class Case(NamedTuple):
    """Arguments of a rule: exact numbers, and boxes by their centres and radii."""

    centres: tuple[Any, ...]
    radii: tuple[float | None, ...]

    def boxes(self) -> list[Any]:
        return [
            c if r is None else acb(arb(c) + arb(0, r), arb(0, r))
            for c, r in zip(self.centres, self.radii, strict=True)
        ]

    def on_circle(self, w: complex) -> list[Any]:
        """Return a point of the polydisc where all coordinates move together."""
        shifts = [None if r is None else r * w for r in self.radii]
        return [
            c if s is None else acb(arb(c) + arb(s.real), arb(s.imag))
            for c, s in zip(self.centres, shifts, strict=True)
        ]


def arity(name: str) -> int:
    row = catalogue.FUNCTIONS.get(name)
    return _ARITIES.get(name) or len(row.parameters if row else ())


def draw(rng: random.Random, name: str) -> Case:
    """Return boxes for some of the arguments, and numbers for the others."""
    count = arity(name)
    first = rng.randrange(count)
    # The angle of (x, y) is computed by other formulas on other points of boxes of both.
    moving = [k == first or (name != "atan2" and rng.random() < 0.3) for k in range(count)]
    radii = [2.0 ** rng.uniform(-6, 1.5) if moves else None for moves in moving]
    centres = [
        rng.choice(_PARAMETERS) if r is None else rng.choice(_PLACES) + rng.choice((0, 1, -1)) * 1.3 * r * rng.random()
        for r in radii
    ]
    return Case(tuple(centres), tuple(radii))


def fault(rule: Rule, case: Case, circle: int) -> str | None:
    """Return what is wrong with a rule on boxes, None where it refuses them or nothing is."""
    with ctx.workprec(64):
        try:
            box = acb(ball(checked(rule(*case.boxes()))))
        except UnprovedError:
            return None
    share, tolerance = _CIRCLES[circle]
    angles = [share * cmath.exp(2j * math.pi * k / _POINTS) for k in range(_POINTS)]
    try:
        with ctx.workprec(80):
            centre, *points = (acb(ball(checked(rule(*case.on_circle(w))))) for w in (0, *angles))
    except UnprovedError:  # a limit that FLINT takes on boxes only
        return None
    if not all(box.overlaps(value) for value in (centre, *points)):
        return "a value lies outside"
    blur = sum(float(value.rad()) for value in points) / _POINTS + float(centre.rad())
    apart = abs(sum(map(complex, points)) / _POINTS - complex(centre))
    return "the mean is another" if apart > tolerance * float(box.abs_upper()) + blur else None
