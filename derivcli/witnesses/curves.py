"""Slopes of a curve `F = constant`, also where F is not analytic, where the curve is vertical, or may cross itself.

F is often analytic in y and in its largest parts u(x) that do not hold y: it is G(u(x), y). Let G_y be not 0. On a side
on which the parts tend to their values, y tends to its own, and by the mean value theorem y - y0 is -G(u, y0)/G_y(u, t)
with some t between y0 and y. So the slope is -F_x/F_y, where F_x is the one-sided slope of F at the fixed y0, finite or
not, or one without values.

Where F is steady in y, a path along which F is o(h) has the slope of the curve (see `following`); and where F is
analytic a derivative that balls leave open may be exact.

Elsewhere the partial derivatives do not settle a slope: `y + sqrt(x*y) = x` has F_x = -1 and F_y = 1 at 0, but along
`y = x` F grows, and the curve has the slope 0.38. Nor is it settled where F vanishes to first order along a line.

Where F is analytic and both slopes are 0, the form F_xx*h^2 + 2*F_xy*h*k + F_yy*k^2 decides if it is not degenerate
(Morse's lemma): if it has both signs two branches cross, else the curve is the point alone. There y is no function of
x. A degenerate form says nothing: y^3 = x^3 is the line y = x.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE
from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import UNDECIDED, Outcome, Reading, Sided, SlopeEvidence, Wrt
from derivcli.witnesses.implicit import derivative, needed
from derivcli.witnesses.proof.germs.sides import SideProver
from derivcli.witnesses.proof.numbers import ONE
from derivcli.witnesses.proof.prover import Prover
from derivcli.witnesses.proof.readings import combined
from derivcli.witnesses.proof.steady import is_steady

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.witnesses.proof.numbers import Number
    from derivcli.witnesses.protocol import ExactPoint
    from derivcli.witnesses.third import Third

_OPEN = Sided(UNDECIDED, UNDECIDED)
_CONTINUOUS = frozenset({Outcome.NUMBER, Outcome.INFINITE})  # slopes of what tends to its value
_WAYS = (-1, 1)


class ImplicitCurve:
    """The curve of an equation through a point of it; `third` knows F there."""

    def __init__(self, program: Program, point: ExactPoint, variable: str, third: Third) -> None:
        self._program = program
        self._point = {name: point[name] for name in program.variables}
        self._variable = variable
        self._third = third
        self._known: dict[Wrt, SlopeEvidence] = {}

    def slope(self, wrt: Wrt) -> SlopeEvidence:
        """Return the one-sided derivatives of the variable that the equation makes a function of the others.

        Infinite where the curve is vertical; undefined on both sides where F has no slope at all, so that the curve may
        cross itself. No formula may stand in for what is undecided.
        """
        if wrt not in self._known:
            self._known[wrt] = self._look(wrt)
        return self._known[wrt]

    def _look(self, wrt: Wrt) -> SlopeEvidence:
        proved = self._third.implicit_slope(wrt, self._variable)
        if proved is not None:
            return SlopeEvidence(sides=Sided(proved, proved))
        for below in sorted({wrt[:1], wrt[:-1], wrt[1:]} - {(), wrt}, key=len):
            seen = self.slope(below)
            if seen.lower is not None:
                return seen
            if seen.sides.excludes_a_limit:
                return SlopeEvidence(sides=seen.sides, lower=below)
        sides = self._first(wrt[0]) if len(wrt) == 1 else _OPEN
        for look in (self._followed, self._by_formula_alone):
            sides = look(wrt) if sides == _OPEN else sides
        return SlopeEvidence(sides=sides, is_singular=self._is_singular(wrt[0]))

    def _followed(self, wrt: Wrt) -> Sided:
        """Return what the expansion of the curve says."""
        across = self._third.slopes((self._variable,)).sides
        steep = across.is_proved and across.is_one_number and across.left.number != 0
        is_analytic = self._third.is_analytic and steep
        if len(set(wrt)) > 1 or not (is_analytic or is_steady(self._program, self._variable, self._point)):
            return _OPEN
        sides = SideProver(self._program, self._point)
        return sides.curve(wrt[0], self._variable, len(wrt), is_analytic=is_analytic) or _OPEN

    def _is_singular(self, name: str) -> bool:
        """Tell whether F is analytic with slopes that are 0 for sure, so that they do not tell that of the curve."""
        sides = (self._third.slopes((n,)).sides for n in (name, self._variable))
        return self._third.is_analytic and all(s.is_proved and s.left.number == 0 for s in sides)

    def _first(self, name: str) -> Sided:
        beside, across = (self._third.slopes((n,)).sides for n in (name, self._variable))
        if not (across.is_proved and across.is_one_number):
            return _OPEN
        if across.left.number == 0:
            return self._upright(name, beside.left) if self._third.is_analytic else _OPEN
        sides = zip(_WAYS, (beside.left, beside.right), strict=True)
        left, right = (self._on_side(name, way, side, across.left) for way, side in sides)
        return _OPEN if left.outcome is right.outcome is Outcome.UNDEFINED else Sided(left, right)  # a point by itself

    def _upright(self, name: str, beside: Reading) -> Sided:
        """Return what an analytic F without a slope across the curve says: it is vertical, or F has no slope at all."""
        if beside.number is None or (beside.number == 0 and not self._is_no_function(name)):
            return _OPEN
        side = Reading(Outcome.INFINITE if beside.number else Outcome.UNDEFINED, proof=Proof.SIDE)
        return Sided(side, side)

    def _is_no_function(self, name: str) -> bool:
        """Tell whether the second derivatives of F, which has no slope, are those of a crossing or of a point alone."""
        pairs = ((name, name), (name, self._variable), (self._variable, self._variable))
        slopes = {pair: self._third.slopes(pair).sides for pair in pairs}
        if not all(sides.is_proved and sides.is_one_number for sides in slopes.values()):
            return False
        partials = {pair: sides.left for pair, sides in slopes.items()}
        found = combined(partial(_discriminant, pairs), partials, Proof.SIDE, bits=-math.inf)
        ends = found.enclosure if found is not None else None
        return ends is not None and (Decimal(ends[0]) > 0 or Decimal(ends[1]) < 0)

    def _on_side(self, name: str, way: int, beside: Reading, across: Reading) -> Reading:
        """Return the slope on a side where F rises by `beside`, and by the number `across` across the curve."""
        is_sure = self._stays_away if beside.outcome is Outcome.JUMPS else self._tends_to_itself
        if not beside.proof or beside.outcome is Outcome.OSCILLATES or not is_sure(name, way):
            return UNDECIDED
        if beside.outcome is Outcome.NUMBER:
            partials = {("x",): beside, ("y",): across}
            return combined(partial(derivative, ("x",), "y"), partials, beside.proof) or UNDECIDED
        sign = beside.sign if (across.number or 0) < 0 else -beside.sign
        return Reading(beside.outcome, sign=sign, proof=beside.proof)

    def _tends_to_itself(self, name: str, way: int) -> bool:
        """Tell whether F = G(u, y) with a G that is analytic here, and with parts u that tend to their values."""
        slopes = (_slope_on(part, self._point, name, way) for part in self._parts.values())
        seen = [slope.outcome for slope in slopes if slope is not None]
        known = len(seen) == len(self._parts) and set(seen) <= {*_CONTINUOUS, Outcome.UNDEFINED}
        return known and self._is_analytic({u: _here(part, self._point) for u, part in self._parts.items()})

    def _stays_away(self, name: str, way: int) -> bool:
        """Tell whether G is continuous where its parts tend to: F is not 0 there, so the curve is elsewhere."""
        ends = {}
        for u, part in self._parts.items():
            moves = name in part.variables
            found = SideProver(part, self._point).limit({name: (ONE, 1)}, way) if moves else None
            if moves and (found is None or found.number is None or Decimal(found.error)):
                return False
            ends[u] = Builder.of_number(Fraction(found.text)) if found else _here(part, self._point)
        return self._is_analytic(ends)

    def _is_analytic(self, parts: ExactPoint) -> bool:
        at = {**parts, self._variable: self._point[self._variable]}
        return Prover(self._outer, {name: at[name] for name in self._outer.variables}).is_analytic

    @cached_property
    def _split(self) -> tuple[Program, dict[str, Program]]:
        """G, and its largest parts that do not hold y, by their names in it."""
        holds = self._program.depends_on((self._variable,))
        moves = self._program.depends_on(self._program.variables)
        builder, done, parts = Builder(), [], {}
        for k, (op, args, text) in enumerate(self._program.instructions):
            if moves[k] and not holds[k]:
                name = f"@{k}"
                parts[name] = self._program.part(k)
                done.append(builder.add(VARIABLE, text=name))
            else:
                done.append(builder.add(op, *(done[arg] for arg in args), text=text))
        outer = builder.build(done[-1])
        return outer, {name: part for name, part in parts.items() if name in outer.variables}

    @property
    def _outer(self) -> Program:
        return self._split[0]

    @property
    def _parts(self) -> dict[str, Program]:
        return self._split[1]

    def _by_formula_alone(self, wrt: Wrt) -> Sided:
        """Return what the formula gives: of an analytic F it is right, but has too few digits to be proved."""
        found = self._by_formula(wrt) if self._third.is_analytic else None
        return _OPEN if found is None else Sided(found, found)

    def _by_formula(self, wrt: Wrt) -> Reading | None:
        slopes = {t: self._third.slopes(t) for t in needed(wrt, self._variable)}
        if any(s.lower or s.other or not (s.sides.is_proved and s.sides.is_one_number) for s in slopes.values()):
            return None
        partials = {t: s.sides.left for t, s in slopes.items()}
        return combined(partial(derivative, wrt, self._variable), partials, None, bits=-math.inf)


def _discriminant(pairs: Sequence[Wrt], slopes: Mapping[Wrt, Number]) -> Number:
    beside, mixed, across = (slopes[pair] for pair in pairs)
    return mixed * mixed - beside * across


def _slope_on(part: Program, point: ExactPoint, name: str, way: int) -> Reading | None:
    if name not in part.variables:
        return Reading(Outcome.NUMBER, "0")
    return SideProver(part, point).slopes(name)[0][way == 1]


def _here(part: Program, point: ExactPoint) -> Program:
    """Return the value of a part at the point as a constant."""
    builder = Builder()
    at = {name: inline(builder, point[name], lambda _op: True, {}) for name in part.variables}
    return builder.build(inline(builder, part, lambda _op: True, at))
