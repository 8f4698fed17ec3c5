"""What is proved of one program at one point: its value, and its derivatives where it is analytic."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import UNDEFINED
from derivcli.witnesses.proof.chain import gradient
from derivcli.witnesses.proof.coordinates import ExactCoordinates
from derivcli.witnesses.proof.machine import BallMachine, Result
from derivcli.witnesses.proof.numbers import (
    ZERO,
    Number,
    OutsideError,
    UnprovedError,
    fraction,
    is_sharp,
    rational,
)
from derivcli.witnesses.proof.readings import combined, reading
from derivcli.witnesses.proof.terms import LADDER, Terms, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Reading, Wrt

# Bits of the steps below the radii of the disc, and bits to spare for what cancels on the way to f. The last ones are
# for a true 0, and for a derivative that is far smaller than the bound on the disc allows it to be: the last but one
# shows that a first derivative is below 1e-600 with as many bits as special functions are computed with.
_STEPS = ((60, 60), (90, 250), (160, 800), (400, 2000), (1010, 2060), (1300, 3000))
_HIGH_ORDER = 6  # from here on means over a circle are quicker than differences, which need bits times the order
_COUNTS = (256, 640)  # points of a circle: every one halves what their mean leaves out. Then as many as show a true 0


class Prover:
    """Proves numbers of one program at one point; `order` is the highest that will be asked for.

    What it returns is a reading with its `proof`, or None where nothing is proved.
    """

    def __init__(self, program: Program, coordinates: Mapping[str, Program], order: int = 1) -> None:
        self._point = ExactCoordinates(coordinates)
        self._order = order
        self._program = program
        self._whole = Terms(BallMachine(program), self._point)
        self._parts = {program: self._whole}
        self._slopes: dict[Wrt, Reading | None] = {}

    @cached_property
    def value(self) -> Reading | None:
        """The value of f at the point: "exact" where it is rational, else a "ball"."""
        return self._whole.value

    @property
    def has_no_value(self) -> bool:
        """Whether f has no real value at the point, for sure."""
        return isinstance(self._whole.found, OutsideError)

    @property
    def has_none_near(self) -> bool:
        """Whether f has no real value around the point either, for sure."""
        return self.has_no_value and self._whole.has_none_near

    @cached_property
    def takes_zero_to_the_zero(self) -> bool | None:
        """Whether 0^0 is on the way to the value, which is 1 by convention; None where that is open."""
        machine = self._whole.machine
        return machine.takes_zero_to_the_zero(self._whole.values(LADDER[0]) if machine.powers else ())

    @cached_property
    def is_analytic(self) -> bool:
        """Whether f is analytic at the point, in all variables together, for sure."""
        return None not in self._gradient.values()

    @cached_property
    def _gradient(self) -> dict[str, Number | None]:
        bits = self._whole.bits
        with ctx.workprec(bits):
            return gradient(self._whole.machine, self._whole.values(bits))

    def slope(self, wrt: Wrt) -> Reading | None:
        """Return a derivative of f at the point, proved on a "disc"."""
        key = tuple(sorted(wrt))
        if key not in self._slopes:
            try:
                self._slopes[key] = reading(self._look(key), Proof.DISC)
            except UnprovedError:
                self._slopes[key] = None
        return self._slopes[key]

    def combined(self, formula: Callable[[Mapping[Wrt, Number]], Number], derivatives: Iterable[Wrt]) -> Reading | None:
        """Return what a formula of `+ * /` makes of derivatives; None unless f is analytic in all variables at once."""
        slopes = {wrt: self.slope(wrt) for wrt in derivatives} if self.is_analytic else {}
        proved = {wrt: slope for wrt, slope in slopes.items() if slope is not None}
        return combined(formula, proved, Proof.DISC) if proved and len(proved) == len(slopes) else None

    def _look(self, wrt: Wrt) -> Number:
        if self.value is None:  # only some terms are looked at below, and where another has no value f has no slope
            raise UnprovedError
        names = frozenset(wrt)
        if len(names) == 1 and not names & set(self._whole.names):
            return ZERO
        if len(wrt) == 1:
            found = self._gradient.get(wrt[0], ZERO)
            if found is not None and is_sharp(found):
                return found
        if len(names) > 1 and self._whole.disc(names, 1) is None:  # a term of one variable may have a kink
            raise UnprovedError
        part = self._holding(wrt)
        if part is None:
            return ZERO
        orders = Counter(wrt)
        highest = max(len(wrt), self._order) if len(names) == 1 else len(wrt)
        by_steps = [partial(part.derivative, orders, highest, bits, guard) for bits, guard in _STEPS]
        if len(names) > 1 or highest < _HIGH_ORDER:
            return settled(by_steps)
        *by_means, of_zero = (partial(part.mean, wrt[0], len(wrt), highest, count) for count in (*_COUNTS, None))
        return settled([*by_means, *by_steps, of_zero])

    def _holding(self, wrt: Wrt) -> Terms | None:
        """Return the terms of f that hold all the variables, for which a bound is sharper; None where no term does."""
        program = self._program
        for name in sorted(set(wrt)):
            program = program.terms_with(name)
        if not set(wrt) <= set(program.variables):
            return None
        if program not in self._parts:
            self._parts[program] = Terms(BallMachine(program), self._point)
        return self._parts[program]


def value_of(machine: BallMachine, coordinates: Mapping[str, Program]) -> Reading | None:
    """Return the value of a program at a point, or that it has none; None where neither is proved."""
    terms = Terms(machine, ExactCoordinates(coordinates))
    return UNDEFINED if isinstance(terms.found, OutsideError) else terms.value


def result_at(machine: BallMachine, point: Mapping[str, Fraction], bits: int) -> Result:
    """Return the value of a program at a point, or why none is proved, as one precision shows it."""
    with ctx.workprec(bits):
        return machine.values({name: rational(x) for name, x in point.items()})[-1]


def results_of(machine: BallMachine, coordinates: Mapping[str, Program]) -> list[Fraction | arb | bool | None]:
    """Return the result of every instruction, None where it is not sure."""
    with ctx.workprec(LADDER[0]):
        values = machine.values(ExactCoordinates(coordinates).results(LADDER[0]))
    return [None if isinstance(x, UnprovedError) else fraction(x) if isinstance(x, fmpq) else x for x in values]
