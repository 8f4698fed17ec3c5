"""What germs tell of f at a point: its value, its limits, and its slopes from the left and from the right."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING

from flint import ctx, fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import UNDECIDED, Outcome, Reading, Sided, SlopeEvidence
from derivcli.witnesses.proof.germs.constants import number
from derivcli.witnesses.proof.germs.following import derivative_followed, slope_followed
from derivcli.witnesses.proof.germs.limits import Limit, is_one_number, sign_of
from derivcli.witnesses.proof.germs.neighbourhood import BesideError, Neighbourhood, Patience
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.germs.together import Path, limit_together, point_kind
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import UnprovedError, is_sharp
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.model.views import PointKind
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.proof.germs.constants import Coefficient

BITS = 256  # of balls that are kept as such
_LADDER = (256, 640, 2300)


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
            if is_sharp(x):
                return reading(x, Proof.SIDE)
    raise UnprovedError


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
        return proved(lambda: reading_of(self._part(self._program).limit(path, way)))

    def limit_together(self, names: Sequence[str]) -> Reading | None:
        """Return the limit of f, which has no value, where several variables move at once; None if it is not proved."""
        found = _found(lambda: limit_together(self._part(self._program), names))
        return None if found is None else _maybe_reading(found)

    def point_kind(self, names: Sequence[str], paths: Sequence[Path]) -> PointKind | None:
        """Return what a point is at which the slopes by all the names are 0; None if it is not proved."""
        with suppress(UnprovedError), ctx.workprec(BITS):
            return point_kind(self._part(self._program), names, paths)
        return None

    def curve(self, name: str, variable: str, order: int, *, is_analytic: bool) -> Sided | None:
        """Return the slopes of the curve on which f is 0, or a higher derivative where f is analytic, if proved.

        The slope by the variable keeps away from 0.
        """
        part = self._part(self._program)
        if is_analytic:
            one = proved(lambda: reading_of(derivative_followed(part, name, variable, order)))
            return None if one is None else Sided(one, one)
        if order > 1:
            return None
        left, right = _readings(*(_found(partial(slope_followed, part, name, variable, way)) for way in (-1, 1)))
        return None if left is None and right is None else Sided(left or UNDECIDED, right or UNDECIDED)

    @cached_property
    def takes_zero_to_the_zero(self) -> bool | None:
        """Whether 0^0 is on the way to f at the point; None where that is open."""
        return self._part(self._program).takes_zero_to_the_zero

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
        found = _climbed(self._part(self._program.terms_with(name)), name, order)
        return _readings(found.left, found.right), found.order

    def mixed(self, wrt: Wrt) -> SlopeEvidence | None:
        """Return what is proved of a derivative by two variables, by each of them last; None where that is not enough.

        What is below it must exist at the point. That it does not exist in one order is enough to know.
        """
        names = sorted(set(wrt))
        if len(names) != 2:
            return None
        found = {last: self._mixed_by(wrt, last) for last in names}
        first, second = found.values()
        none = [one for one in (first, second) if one is not None and not one.is_number and one.evidence is not None]
        if none:
            return min(none, key=lambda one: one.is_lower).evidence
        if first is None or second is None:
            return None
        return _of_both_orders(first, second, (names[0], names[1]))

    def _mixed_by(self, wrt: Wrt, last: str) -> _Climb | None:
        """Return what is proved of a derivative by a variable, after those by the other one."""
        (inner,) = set(wrt) - {last}
        order, program = wrt.count(inner), self._program.terms_with(last).terms_with(inner)
        if not set(wrt) <= set(program.variables):  # f is a sum of functions of one variable each
            return _Climb(Limit(Outcome.NUMBER), Limit(Outcome.NUMBER))
        part = self._part(program)
        below = _climbed(part, inner, order)
        if below.order < order or below.left is None or not below.is_number:
            return None
        try:
            return _climb(
                partial(part.slope_across, last, inner=inner, order=order), below.left.number, wrt.count(last), last
            ).after((inner,) * order)
        except BesideError as none:
            return _Climb(*none.sides, none.order, (inner,) * none.order, is_lower=True)


@dataclass(frozen=True, slots=True)
class _Climb:
    """The slopes of an order from the left and from the right; of a lower one, where there the derivative ends."""

    left: Limit | None
    right: Limit | None
    order: int = 1
    wrt: Wrt = ()
    is_lower: bool = False

    @property
    def is_number(self) -> bool:
        """Whether both sides have one number, and no derivative of lower order is missing."""
        return not self.is_lower and is_one_number(self.left, self.right)

    def after(self, inner: Wrt) -> _Climb:
        """Return the same of a derivative."""
        return replace(self, wrt=tuple(sorted(inner + self.wrt)))

    @property
    def evidence(self) -> SlopeEvidence | None:
        """The evidence, None where a side is not proved."""
        left, right = _readings(self.left, self.right)
        if left is None or right is None:
            return None
        return SlopeEvidence(sides=Sided(left, right), lower=self.wrt if self.is_lower else None)


def _climbed(part: Neighbourhood, name: str, order: int) -> _Climb:
    """Return the slopes of an order, from those below it, which start with the value of f."""
    value = _found(lambda: Limit(Outcome.NUMBER, part.value))
    if value is None or value.outcome is not Outcome.NUMBER:
        return _Climb(value, value)
    return _climb(partial(part.slope, name), value.number, order, name)


def _climb(slope: Callable[..., Limit], first: Coefficient, order: int, name: str) -> _Climb:
    """Return the slopes of an order, or of the first that does not exist, or is not known."""
    below = [first]
    for n in range(1, order + 1):
        left, right = (_found(partial(slope, way=way, below=below)) for way in (-1, 1))
        if n == order or left is None or right is None or not is_one_number(left, right):
            break
        below.append(left.number)
    return _Climb(left, right, n, (name,) * n, is_lower=n < order)


def _of_both_orders(first: _Climb, second: _Climb, names: tuple[str, str]) -> SlopeEvidence | None:
    """Return one number of both orders of differentiation, or that they give different ones."""
    found = first.evidence
    if found is None or first.left is None:
        return found
    if is_one_number(first.left, second.left):
        return found if second.is_number else None
    one, other = _readings(first.left, second.left)
    return None if one is None or other is None else replace(found, other=other, lasts=names)


def _found(look: Callable[[], Limit | None]) -> Limit | None:
    """Return what is found on a side: that it has no values is, too."""
    try:
        with ctx.workprec(BITS):
            return look()
    except BesideError:
        raise
    except NoSideError:
        return Limit(Outcome.UNDEFINED)
    except UnprovedError:
        return None


def _maybe_reading(found: Limit | None) -> Reading | None:
    return None if found is None else proved(lambda: reading_of(found))


def _readings(left: Limit | None, right: Limit | None) -> tuple[Reading | None, Reading | None]:
    """Return what is known of two sides; of two numbers one reading, or two that lie apart, or nothing."""
    if left is None or right is None or not left.outcome is right.outcome is Outcome.NUMBER:
        return _maybe_reading(left), _maybe_reading(right)
    if is_one_number(left, right):
        return (found := _maybe_reading(left)), found
    with suppress(UnprovedError), ctx.workprec(BITS):
        if sign_of(left.number - right.number):
            readings = _maybe_reading(left), _maybe_reading(right)
            return readings if _lie_apart(*readings) else (None, None)
    return None, None


def _lie_apart(left: Reading | None, right: Reading | None) -> bool:
    ends = [tuple(map(Decimal, reading.enclosure or ())) for reading in (left, right) if reading]
    return len(ends) == 2 and all(ends) and (ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0])
