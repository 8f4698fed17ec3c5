"""A first look at one point after another: f and its first derivatives where they are proved without any effort.

What this does not prove a `Prover` may still prove, with more digits or smaller discs.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from flint import arb, ctx, fmpq

from derivcli.language.lowering import inline
from derivcli.language.program import Builder
from derivcli.witnesses.proof.chain import gradient
from derivcli.witnesses.proof.machine import BallMachine, MachineOfParts, number
from derivcli.witnesses.proof.numbers import NOTHING, ZERO, Number, UnprovedError, ball, need, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.machine import Result


class Rung(NamedTuple):
    """Bits of precision, of the steps of a difference below the radii of its disc, and of the symbolic forms."""

    bits: int
    steps: int
    fewer: int


# Of the first precision a difference leaves 66 at least, which round to one float64 in all but one of a thousand rows;
# of the second 80, where a function loses 20 by itself. A single point, of which twice as many are wanted, begins with
# more, and takes longer. A form is only held against the slope, to 41 bits: it may lose 20 more.
LADDER = (Rung(112, 38, 64), Rung(160, 50, 160))
_PATIENCE = 64  # rows that begin with the precision which the last row needed, before the first one is tried again
# Relative difference of a derivative and its symbolic form: half of that up to which the verdict calls them one.
_SAME = arb("5e-13")


class Glance:
    """Looks at one function, and at the symbolic forms of its derivatives by some variables, None for one without.

    `fixed` are the coordinates that are the same at all points. Raises `UnprovedError` where one is no number for sure.
    """

    def __init__(
        self, program: Program, forms: Mapping[str, Program | None], fixed: Mapping[str, Program] | None = None
    ) -> None:
        self._function = BallMachine(program)
        self._count = len(self._function.program.instructions)
        builder = Builder.after(self._function.program)  # each distinct part once, those of the function first
        roots = {
            name: None if form is None else inline(builder, form, lambda _op: True, {}) for name, form in forms.items()
        }
        self._all = MachineOfParts(builder.everything())
        self._forms = {name: None if root is None else self._all.places[root] for name, root in roots.items()}
        self._fixed = {name: coordinate(constant) for name, constant in (fixed or {}).items()}
        self._moves = self._all.program.depends_on({*self._all.program.variables} - self._fixed.keys())
        moving = [k for k, moves in enumerate(self._moves) if moves]
        self._own = [k for k in moving if k < self._count]
        self._others = moving[len(self._own) :]
        self._still: dict[int, list[Result]] = {}  # where nothing moves, by the precision
        self._start = self._waiting = 0

    def __call__(self, moving: Mapping[str, Number]) -> tuple[list[float], bool]:
        """Return the float64 nearest to f and to its derivatives at a point, and whether f is rational there.

        The other coordinates are fixed; the same ones move at every call.

        Raises `UnprovedError` where `proved` or `settled` does.
        """
        self._start, self._waiting = (self._start, self._waiting - 1) if self._waiting else (0, 0)
        for rung in range(self._start, len(LADDER) - 1):
            with suppress(UnprovedError):
                return self._at(moving, LADDER[rung])
        found = self._at(moving, LADDER[-1])
        if not self._start:
            self._start, self._waiting = len(LADDER) - 1, _PATIENCE
        return found

    def _at(self, moving: Mapping[str, Number], rung: Rung) -> tuple[list[float], bool]:
        """Look with one precision, at the symbolic forms with another one."""
        with ctx.workprec(rung.bits):
            values = self._values(moving, rung.fewer)
            found = proved(self._function, values[: self._count], [*self._forms], rung.steps)
            forms = [None if place is None else number(values[place]) for place in self._forms.values()]
            return settled(found, forms), isinstance(found[0], fmpq)

    def _values(self, moving: Mapping[str, Number], fewer: int) -> list[Result]:
        """Return the results of all instructions; what the moving coordinates do not reach is computed once."""
        if ctx.prec not in self._still:
            still: list[Result] = [UnprovedError()] * len(self._moves)
            self._all.fill(still, [k for k, moves in enumerate(self._moves) if not moves], self._fixed)
            self._still[ctx.prec] = still
        values = self._still[ctx.prec].copy()
        self._all.fill(values, self._own, moving)
        with ctx.workprec(fewer):
            self._all.fill(values, self._others, moving)
        return values


def proved(function: BallMachine, values: Sequence[Result], names: Sequence[str], steps: int) -> list[Number]:
    """Return f and its derivatives by some variables where the results of its instructions are these.

    Raises `UnprovedError` unless f is proved to be analytic in each variable; also where 0^0 may be on the way to f,
    of which a reader has to know.
    """
    need(function.takes_zero_to_the_zero(values) is False)
    value, slopes = number(values[-1]), gradient(function, values, steps)
    return [value, *(_known(slopes.get(name, ZERO)) for name in names)]


def settled(found: Sequence[Number], forms: Sequence[Number | None]) -> list[float]:
    """Return the float64 nearest to f and to each of its derivatives.

    Raises `UnprovedError` unless each derivative is what its symbolic form, if it has one, says.
    """
    for slope, form in zip(found[1:], forms, strict=True):
        need(form is None or _are_one(slope, form))
    return [*map(_nearest, found)]


def coordinate(constant: Program) -> Number:
    """Return a constant; raises `UnprovedError` where it is no real number for sure."""
    literal = constant.literal
    if literal is not None:
        return written(literal)
    with ctx.workprec(LADDER[-1].bits):
        return number(BallMachine(constant).values({})[-1])


def _nearest(x: Number) -> float:
    """Return the float64 nearest to a number, 0 for one as good as 0.

    Raises `UnprovedError` where it is not known, and where it is out of the range of normal numbers.
    """
    try:
        ends = {int(x.p) / int(x.q)} if isinstance(x, fmpq) else {float(x.lower()), float(x.upper())}
    except OverflowError:
        raise UnprovedError from None
    found = ends.pop()
    if x == 0 or (isinstance(x, arb) and x.contains(0) and abs(x) < NOTHING):
        return 0.0
    need(not ends, sys.float_info.min <= abs(found) <= sys.float_info.max)
    return found


def _known(x: Number | None) -> Number:
    need(x is not None)
    return x


def _are_one(slope: Number, symbolic: Number) -> bool:
    """Tell whether a number and another one are the same for sure, as the verdict means it."""
    apart = abs(ball(slope) - ball(symbolic))
    return bool(apart <= _SAME * abs(ball(slope))) or bool(apart < NOTHING)
