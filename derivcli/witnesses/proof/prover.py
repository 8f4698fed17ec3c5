"""What is proved of one program at one point: its value, and its derivatives where it is analytic."""

from __future__ import annotations

import time
from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING

from flint import acb, arb, ctx, fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import UNDEFINED
from derivcli.witnesses.proof.chain import gradient
from derivcli.witnesses.proof.circles import CircleMeans, points_for_zero
from derivcli.witnesses.proof.coordinates import ExactCoordinates
from derivcli.witnesses.proof.discs import CentralDifferences, Disc, around, find_disc
from derivcli.witnesses.proof.machine import BallMachine, Result, number
from derivcli.witnesses.proof.numbers import (
    SURE_BITS,
    ZERO,
    BlurredError,
    Number,
    OutsideError,
    UnprovedError,
    ball,
    fraction,
    is_sharp,
    rational,
)
from derivcli.witnesses.proof.readings import combined, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Reading, Wrt

# Bits of precision for a value. With 2300 a true 0 is shown to be below 1e-600, with 7000 sin(10^2000) is reduced, and
# the last tell numbers apart that differ by 1e-9000, such as erf(100) and 1.
LADDER = (220, 440, 1100, 2300, 7000, 30_000)
# Bits of the steps below the radii of the disc, and bits to spare for what cancels on the way to f. The last ones are
# for a true 0, and for a derivative that is far smaller than the bound on the disc allows it to be: the last but one
# shows that a first derivative is below 1e-600 with as many bits as special functions are computed with.
_STEPS = ((60, 60), (90, 250), (160, 800), (400, 2000), (1010, 2060), (1300, 3000))
_HIGH_ORDER = 6  # from here on means over a circle are quicker than differences, which need bits times the order
_COUNTS = (256, 640)  # points of a circle: every one halves what their mean leaves out. Then as many as show a true 0
_NEAR = 40_000  # bits by which what is around a point is smaller than its coordinates: narrower than all that decides
_MOST_BITS = 17_000  # with more, a single value may take longer than a person waits
PATIENCE = 0.5  # seconds of the processor for a number: then it is another witness's turn


class Prover:
    """Proves numbers of one program at one point; `order` is the highest that will be asked for.

    What it returns is a reading with its `proof`, or None where nothing is proved.
    """

    def __init__(self, program: Program, coordinates: Mapping[str, Program], order: int = 1) -> None:
        self._point = ExactCoordinates(coordinates)
        self._order = order
        self._program = program
        self._whole = _Terms(BallMachine(program), self._point)
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
        powers = [i.args for i in self._whole.machine.program.instructions if i.op == "pow"]
        values = self._whole.values(LADDER[0]) if powers else []
        if any(all(values[arg] == 0 for arg in args) for args in powers):
            return True
        return False if all(any(_is_not_zero(values[arg]) for arg in args) for args in powers) else None

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
            return _settled(by_steps)
        *by_means, of_zero = (partial(part.mean, wrt[0], len(wrt), highest, count) for count in (*_COUNTS, None))
        return _settled([*by_means, *by_steps, of_zero])

    def _holding(self, wrt: Wrt) -> _Terms | None:
        """Return the terms of f that hold all the variables, for which a bound is sharper; None where no term does."""
        program = self._program
        for name in sorted(set(wrt)):
            program = program.terms_with(name)
        if not set(wrt) <= set(program.variables):
            return None
        if program not in self._parts:
            self._parts[program] = _Terms(BallMachine(program), self._point)
        return self._parts[program]


def value_of(machine: BallMachine, coordinates: Mapping[str, Program]) -> Reading | None:
    """Return the value of a program at a point, or that it has none; None where neither is proved."""
    terms = _Terms(machine, ExactCoordinates(coordinates))
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


class _Terms:
    """Some terms of f at the point, and what was found of them."""

    def __init__(self, machine: BallMachine, point: ExactCoordinates) -> None:
        self.machine = machine
        self.names = machine.program.variables
        self._point = point
        self._values: dict[int, list[Result]] = {}
        self._discs: dict[tuple[frozenset[str], int], Disc | None] = {}
        self._differences: dict[tuple[frozenset[str], int, int], CentralDifferences] = {}
        self._circles: dict[tuple[str, int], CircleMeans | None] = {}

    def values(self, bits: int) -> list[Result]:
        """Return the results of all instructions at a precision."""
        if bits not in self._values:
            with ctx.workprec(bits):
                self._values[bits] = self.machine.values(self._centre(self.names, bits))
        return self._values[bits]

    @property
    def value(self) -> Reading | None:
        """The value of the program, None where it is not proved."""
        if isinstance(self.found, UnprovedError):
            return None
        try:
            return reading(self.found, Proof.EXACT if isinstance(self.found, fmpq) else Proof.BALL)
        except UnprovedError:
            return None

    @cached_property
    def found(self) -> Number | UnprovedError:
        """The value of the program, or why there is none."""
        try:
            return _settled(partial(self._result, bits) for bits in LADDER)
        except UnprovedError as why:
            return why

    @cached_property
    def has_none_near(self) -> bool:
        """Whether the program has no real value anywhere around the point, for sure."""
        for bits in LADDER:
            with ctx.workprec(bits):
                try:
                    centre = self._centre(self.names, bits)
                    number(self.machine.values({name: around(x, _NEAR) for name, x in centre.items()})[-1])
                except BlurredError:
                    continue
                except UnprovedError as why:
                    return isinstance(why, OutsideError)
                return False
        return False

    @cached_property
    def bits(self) -> int:
        """The precision that shows the value; the lowest one where none does."""
        if isinstance(self.found, UnprovedError):
            return LADDER[0]
        return next(bits for bits in LADDER if _is_known(self.values(bits)[-1]))

    def _result(self, bits: int) -> Number:
        return number(self.values(bits)[-1])

    def _centre(self, names: Iterable[str], bits: int) -> dict[str, Number]:
        return {name: self._point.coordinate(name, bits) for name in names}

    def disc(self, names: frozenset[str], order: int) -> Disc | None:
        """Return a polydisc in some variables on which the program is holomorphic, None where none is found."""
        key = names, order
        if key not in self._discs:
            try:
                values, centre = self.values(LADDER[0]), self._centre(names, LADDER[0])
                found = find_disc(self.machine.function(values), number(values[-1]), centre, order)
            except UnprovedError:
                found = None
            self._discs[key] = found
        return self._discs[key]

    def derivative(self, orders: Mapping[str, int], highest: int, bits: int, guard: int) -> Number:
        """Return an enclosure of a derivative from differences whose values serve all orders up to the highest."""
        names, precision = frozenset(orders), bits * highest + SURE_BITS + guard
        disc = self.disc(names, highest)
        if disc is None:
            raise UnprovedError
        if precision > _MOST_BITS:
            raise BlurredError
        key = names, bits, precision
        if key not in self._differences:
            function = self.machine.function(self.values(precision))
            self._differences[key] = CentralDifferences(function, self._centre(names, precision), disc, bits)
        with ctx.workprec(precision):
            return self._differences[key].derivative(orders)

    def mean(self, name: str, order: int, highest: int, points: int | None) -> Number:
        """Return an enclosure of a derivative by one variable from its values on a circle, kept for all orders."""
        disc = self.disc(frozenset({name}), highest)
        if disc is None:
            raise UnprovedError
        count = points or points_for_zero(disc, name, highest)
        with ctx.workprec(count + SURE_BITS):
            if (name, count) not in self._circles:
                self._circles[name, count] = self._circle(name, disc, count)
            circle = self._circles[name, count]
            if circle is None:
                raise BlurredError
            return circle.derivative(order)

    def _circle(self, name: str, disc: Disc, count: int) -> CircleMeans | None:
        """Return the means over a circle at the current precision, None where they take too long."""
        values, centre = self.values(ctx.prec), self._point.coordinate(name, ctx.prec)
        start = time.thread_time()
        self.machine.moved(values, {name: acb(ball(centre))})
        if (time.thread_time() - start) * count / 2 > PATIENCE:
            return None
        return CircleMeans(self.machine.function(values), name, centre, disc, count)


def _settled(attempts: Iterable[Callable[[], Number]]) -> Number:
    """Return the first enclosure that is sharp enough, or that proves a number to be as good as 0.

    Raises `UnprovedError` where none is.
    """
    until = time.thread_time() + PATIENCE
    for attempt in attempts:
        try:
            found = attempt()
        except BlurredError:
            found = None
        if found is not None and is_sharp(found):
            return found
        if time.thread_time() > until:
            break
    raise UnprovedError


def _is_known(result: Result) -> bool:
    """Tell whether a result is a number that is sharp enough."""
    return not isinstance(result, (bool, UnprovedError)) and is_sharp(result)


def _is_not_zero(result: Result) -> bool:
    """Tell whether a result is a number other than 0, for sure."""
    return not isinstance(result, (bool, UnprovedError)) and bool(result != 0)
