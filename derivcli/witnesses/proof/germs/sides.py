"""What germs tell of f at a point: its value, its limits, and its slopes from the left and from the right."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.proof.germs.constants import Coefficient, number, sign
from derivcli.witnesses.proof.germs.derivatives import differentiated
from derivcli.witnesses.proof.germs.powers import Expanding, NoSideError
from derivcli.witnesses.proof.germs.series import NOTHING, UNIT, Germ, Rest, ShortError, constant, scaled
from derivcli.witnesses.proof.germs.walk import Result, germ_of, walk
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import ONE, ZERO, UnprovedError, need, real
from derivcli.witnesses.proof.numbers import sign as sign_of_ball
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from derivcli.language.program import Program

# Terms that are kept: a few do for most kinks; more where the first ones cancel.
_LENGTHS = (3, 8, 24)
BITS = 256  # of balls that are kept as such
_SURE_BITS = 110  # as in `prover`
_NOTHING = arb(2) ** -1994  # as in `prover`
_INSIDE = 1 - 2.0**-20  # of the radius of a wave, which is rounded outward: 0 is not at its very end
_LADDER = (256, 640, 2300)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a germ tends to: a number, exact or a ball, or plus or minus infinity; or it has no limit."""

    outcome: Outcome
    number: Coefficient | arb = ZERO
    sign: int = 0


_ENDLESS = Limit(Outcome.OSCILLATES)


def limit(germ: Germ, work: Expanding) -> Limit:
    """Return the limit of a germ; raises `UnprovedError` where it is open."""
    if germ.scale is None or germ.scale > UNIT:
        return Limit(Outcome.NUMBER)
    if germ.terms:
        scale, c = germ.terms[0]
        return Limit(Outcome.NUMBER, c) if scale == UNIT else Limit(Outcome.INFINITE, sign=sign(c))
    assert germ.rest is not None  # noqa: S101 - it has a scale
    return _limit_of_rest(germ.rest, work)


def _limit_of_rest(rest: Rest, work: Expanding) -> Limit:
    if rest.ball is None:
        raise ShortError
    if rest.scale == UNIT and not rest.wavers:
        need(not work.is_wild)
        return Limit(Outcome.NUMBER, rest.ball)
    if rest.wavers and (rest.scale == UNIT or abs(rest.ball.mid()) < rest.ball.rad() * _INSIDE):
        return _ENDLESS
    if rest.ball > 0 or rest.ball < 0:
        return Limit(Outcome.INFINITE, sign=1 if rest.ball > 0 else -1)
    raise ShortError


def proved(look: Callable[[], Reading]) -> Reading | None:
    """Return a reading, that there is no value, or None."""
    try:
        with ctx.workprec(BITS):
            return look()
    except NoSideError:
        return Reading(Outcome.UNDEFINED, proof=Proof.SIDE)
    except UnprovedError:
        return None


def reading_of(found: Limit) -> Reading:
    """Return a limit as a reading; raises `UnprovedError` where too few digits of a number are sure."""
    if found.outcome is not Outcome.NUMBER:
        return Reading(found.outcome, sign=found.sign, proof=Proof.SIDE)
    for bits in _LADDER:
        with ctx.workprec(bits):
            x = number(found.number)
            if isinstance(x, fmpq) or real(x).rel_accuracy_bits() >= _SURE_BITS or abs(real(x)) < _NOTHING:
                return reading(x, Proof.SIDE)
    raise UnprovedError


@dataclass(slots=True)
class Patience:
    """Seconds that are left for one point: then it is another witness's turn.

    They are those on the wall: to ask for the processor's takes longer than most instructions do.
    """

    left: float = 10.0

    def walk(
        self, program: Program, coordinates: Mapping[str, Germ], work: Expanding, known: Mapping[int, Result]
    ) -> list[Result]:
        """Walk a program, for a second at most."""
        start = time.monotonic()
        work.until = start + min(self.left, 1.0)
        found = walk(program.instructions, coordinates, work, known)
        self.left -= time.monotonic() - start
        return found


class SideProver:
    """Proves what f does on the two sides of a point."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program]) -> None:
        self._program = program
        self._coordinates = coordinates
        self._parts: dict[Program, Neighbourhood] = {}
        self._patience = Patience()
        self._slopes: dict[tuple[str, int], tuple[tuple[Reading | None, Reading | None], int]] = {}

    def _part(self, program: Program) -> Neighbourhood:
        if program not in self._parts:
            written_out = BallMachine(program).program
            self._parts[program] = Neighbourhood(written_out, self._coordinates, self._patience)
        return self._parts[program]

    @cached_property
    def value(self) -> Reading | None:
        """The value of f at the point, None where it is not proved."""
        found = proved(lambda: reading_of(Limit(Outcome.NUMBER, self._part(self._program).value)))
        if found is None or found.outcome is not Outcome.NUMBER:
            return found
        exact = isinstance(self._part(self._program).value, fmpq)
        return replace(found, proof=Proof.EXACT if exact else Proof.BALL)

    def limit(self, path: Mapping[str, tuple[fmpq, int]], way: int) -> Reading | None:
        """Return the limit of f on one side, None where it is not proved.

        The path moves each name by pace*s^power, from a (pace, power).
        """
        return proved(lambda: reading_of(self._part(self._program).beside(path, way, limit)))

    @cached_property
    def takes_zero_to_the_zero(self) -> bool | None:
        """Whether 0^0 is on the way to f at the point; None where that is open."""
        return self._part(self._program).takes_zero_to_the_zero

    def is_bent(self, names: Iterable[str]) -> bool:
        """Tell whether f has, for sure, no derivative by one of the variables."""
        for name in names:
            (left, right), _order = self.slopes(name)
            if left is not None and right is not None and (left != right or left.outcome is not Outcome.NUMBER):
                return True
        return False

    def slopes(self, name: str, order: int = 1) -> tuple[tuple[Reading | None, Reading | None], int]:
        """Return the slopes of an order from the left and from the right, each None where it is not proved.

        Where a derivative of lower order does not exist, the slopes are its. The second result is the order that they
        are of. Terms without the variable are left out: f must have a value. Two numbers are one reading where they are
        equal, and lie apart where they are not.
        """
        if (name, order) not in self._slopes:
            self._slopes[name, order] = self._look(name, order)
        return self._slopes[name, order]

    def _look(self, name: str, order: int) -> tuple[tuple[Reading | None, Reading | None], int]:
        part = self._part(self._program.terms_with(name))
        below: list[Coefficient] = []
        for n in range(1, order + 1):
            left, right = (found_limit(partial(part.slope, name, way, below)) for way in (-1, 1))
            if n == order or left is None or right is None or not is_one_number(left, right):
                break
            below.append(left.number)
        return _readings(left, right), n


class Neighbourhood:
    """A program, whose functions all have rules, at the point and beside it."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program], patience: Patience) -> None:
        self._program = program
        self._patience = patience
        self._coordinates = {name: coordinates[name] for name in self._program.variables}

    @cached_property
    def _point(self) -> dict[str, Germ]:
        """The coordinates as constant germs; raises `UnprovedError` where one is not known."""
        found = {}
        for name, program in self._coordinates.items():
            found[name] = germ_of(walk(BallMachine(program).program.instructions, {}, Expanding(1), {})[-1])
            need(found[name].constant is not None)
        return found

    @cached_property
    def here(self) -> list[Result]:
        """The result of every instruction at the point."""
        return self._patience.walk(self._program, self._point, Expanding(_LENGTHS[0]), {})

    @property
    def value(self) -> Coefficient:
        """The value at the point; raises `UnprovedError` where it is not known."""
        c = germ_of(self.here[-1]).constant
        if c is None:
            raise UnprovedError
        return c

    @property
    def takes_zero_to_the_zero(self) -> bool | None:
        """Whether 0^0 is on the way to the value; None where that is open."""
        powers = [[self.here[arg] for arg in args] for op, args, _text in self._program.instructions if op == "pow"]
        if any(all(operand == NOTHING for operand in operands) for operands in powers):
            return True
        return None if any(not isinstance(operand, Germ) for operands in powers for operand in operands) else False

    def beside(self, path: Mapping[str, tuple[fmpq, int]], way: int, read: Callable[[Germ, Expanding], Limit]) -> Limit:
        """Read f on one side, with more and more terms."""
        for results, work in self.walks(path, way):
            with suppress(ShortError):
                return read(germ_of(results[-1]), work)
        raise UnprovedError

    def walks(self, path: Mapping[str, tuple[fmpq, int]], way: int) -> Iterator[tuple[list[Result], Expanding]]:
        """Yield the results of all instructions on one side, with more and more terms."""
        depends = self._program.depends_on(path)
        known = {k: result for k, result in enumerate(self.here) if not depends[k]}
        for most in _LENGTHS:
            work = Expanding(most)
            moved = {
                name: work.add(self._point[name], _step(*leg, way)) for name, leg in path.items() if name in self._point
            }
            yield self._patience.walk(self._program, {**self._point, **moved}, work, known), work

    def slope(self, name: str, way: int, below: Sequence[Coefficient]) -> Limit:
        """Return a one-sided derivative, where those `below` it are known at the point.

        It is the limit of (g(a + s) - g(a))/s for the derivative g of the order below, by x: from the left s falls.
        """
        here = (self.value, *below)[-1]

        def read(germ: Germ, work: Expanding) -> Limit:
            need(not below or not work.is_wild)
            for _ in below:
                germ = scaled(differentiated(germ, work.most), fmpq(way))
            return slope_of(work.minus(germ, constant(here)), way, work)

        return self.beside({name: (ONE, 1)}, way, read)


def _step(pace: fmpq, power: int, way: int) -> Germ:
    return Germ((((power, 0, 0), pace * way**power),))


def slope_of(rise: Germ, way: int, work: Expanding) -> Limit:
    """Return the slope on a side along which f rises by a germ; raises `UnprovedError` where it is open."""
    end = limit(rise, work)
    if end.outcome is Outcome.OSCILLATES:
        return end
    towards = end.sign if end.outcome is Outcome.INFINITE else _sign(end.number)
    if towards:
        return Limit(Outcome.JUMPS, sign=way * towards)
    found = limit(scaled(rise, ONE, (-1, 0, 0)), work)
    return replace(found, number=found.number * fmpq(way), sign=way * found.sign)


def _sign(x: Coefficient | arb) -> int:
    return sign_of_ball(x) if isinstance(x, arb) else sign(x)


def found_limit(look: Callable[[], Limit]) -> Limit | None:
    """Return what is found on a side: that it has no values is, too."""
    try:
        with ctx.workprec(BITS):
            return look()
    except NoSideError:
        return Limit(Outcome.UNDEFINED)
    except UnprovedError:
        return None


def _maybe_reading(found: Limit | None) -> Reading | None:
    return None if found is None else proved(lambda: reading_of(found))


def is_one_number(left: Limit, right: Limit) -> bool:
    """Tell whether two limits are the same number, by algebra."""
    numbers = left.outcome is right.outcome is Outcome.NUMBER
    return numbers and not isinstance(left.number, arb) and bool(left.number == right.number)


def _readings(left: Limit | None, right: Limit | None) -> tuple[Reading | None, Reading | None]:
    """Return what is known of two sides; of two numbers one reading, or two that lie apart, or nothing."""
    if left is None or right is None or not left.outcome is right.outcome is Outcome.NUMBER:
        return _maybe_reading(left), _maybe_reading(right)
    if is_one_number(left, right):
        return (found := _maybe_reading(left)), found
    with suppress(UnprovedError), ctx.workprec(BITS):
        if _sign(left.number - right.number):
            readings = _maybe_reading(left), _maybe_reading(right)
            return readings if _lie_apart(*readings) else (None, None)
    return None, None


def _lie_apart(left: Reading | None, right: Reading | None) -> bool:
    ends = [tuple(map(Decimal, reading.enclosure or ())) for reading in (left, right) if reading]
    return len(ends) == 2 and all(ends) and (ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0])
