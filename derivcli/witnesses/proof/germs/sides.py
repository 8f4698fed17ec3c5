"""What germs tell of f at a point: its value, its limits, and its slopes from the left and from the right."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import prod
from typing import TYPE_CHECKING

from flint import ctx, fmpq

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import UNDECIDED, Outcome, Reading, Sided, SlopeEvidence
from derivcli.witnesses.proof.germs import factors
from derivcli.witnesses.proof.germs.following import derivative_followed, slope_followed
from derivcli.witnesses.proof.germs.limits import Limit, is_one_number, sign_of
from derivcli.witnesses.proof.germs.neighbourhood import BesideError, Neighbourhood, Patience
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.germs.readings import BITS, maybe_reading, proved, reading_of, readings
from derivcli.witnesses.proof.germs.together import Path, limit_together, point_kind
from derivcli.witnesses.proof.germs.walk import written_out
from derivcli.witnesses.proof.numbers import ONE, UnprovedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.model.statuses import PointKind
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.proof.germs.constants import Coefficient


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
            self._parts[program] = Neighbourhood(written_out(program), self._coordinates, self._patience)
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

    def tends(self, name: str, way: int, order: int) -> Reading | None:
        """Return what a derivative by a variable tends to on one side, None where it is not proved.

        Of order 0 that is f itself. It may tend to a number where f jumps, or has a hole, and has no derivative.
        """
        return proved(lambda: reading_of(self._part(self._program).tends(name, way, order)))

    def limit_together(self, names: Sequence[str], paths: Sequence[Path]) -> Reading | None:
        """Return the limit of f, which has no value, where several variables move at once; None if it is not proved."""
        found = _found(lambda: limit_together(self._part(self._program), names, paths))
        return None if found is None else maybe_reading(found)

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
        left, right = readings(*(_found(partial(slope_followed, part, name, variable, way)) for way in (-1, 1)))
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
        return readings(found.left, found.right), found.order

    def mixed(self, wrt: Wrt) -> SlopeEvidence | None:
        """Return what is proved of a derivative by two variables, by each of them last; None where that is not enough.

        What is below it must exist at the point. That it does not exist in one order is enough to know.
        """
        names = sorted(set(wrt))
        if len(names) != 2:
            return self._of_factors(wrt)
        found = {last: self._mixed_by(wrt, last) for last in names}
        first, second = found.values()
        none = [one for one in (first, second) if one is not None and not one.is_number and one.evidence is not None]
        if none:
            return min(none, key=lambda one: one.is_lower).evidence
        if first is None or second is None:
            return None
        return _of_both_orders(first, second, (names[0], names[1]))

    def _of_factors(self, wrt: Wrt) -> SlopeEvidence | None:
        """Return a derivative of g(x)*h(y, z): that of each factor by its own variables, multiplied, in any order.

        Where one factor has none by its only variable, and the others are not 0, f has none with that variable last.
        """
        program = self._program
        for name in sorted(set(wrt)):
            program = program.terms_with(name)
        found = [self._of_factor(factor, wrt) for factor in factors.split(program)]
        known = [climb for climb in found if climb is not None and climb.evidence is not None]
        broken = [climb for climb in known if not climb.is_number]
        if len(known) < len(found) or len(found) < 2 or len(broken) > 1 or any(climb.is_lower for climb in broken):
            return None
        last = broken[0] if broken else known.pop()
        front = prod((climb.left.number for climb in known if climb is not last and climb.left), start=ONE)
        return last.times(front).evidence

    def _of_factor(self, factor: Program, wrt: Wrt) -> _Climb | None:
        own = tuple(name for name in wrt if name in factor.variables)
        if not own:
            here = _found(lambda: Limit(Outcome.NUMBER, self._part(factor).value))
            return _Climb(here, here)
        if len(set(own)) == 1:
            return _climbed(self._part(factor), own[0], len(own))
        if len(set(own)) > 2:
            return None
        one, other = (SideProver(factor, self._coordinates)._mixed_by(own, last) for last in sorted(set(own)))
        same = one is not None and other is not None and one.is_number and other.is_number
        return one if same and one and other and is_one_number(one.left, other.left) else None

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

    def times(self, front: Coefficient) -> _Climb:
        """Return the same times a number; nothing is known of it where that may be 0, unless all is a number."""
        turn = None if self.is_number else _proved_sign(front)
        if turn == 0 or (turn is None and not self.is_number):
            return _Climb(None, None)
        sides = [
            side and replace(side, number=side.number * front, sign=side.sign * (turn or 0))
            for side in (self.left, self.right)
        ]
        return replace(self, left=sides[0], right=sides[1])

    @property
    def evidence(self) -> SlopeEvidence | None:
        """The evidence, None where a side is not proved."""
        left, right = readings(self.left, self.right)
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
    one, other = readings(first.left, second.left)
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


def _proved_sign(x: Coefficient) -> int | None:
    """Return the sign of a number, None where it is open."""
    with suppress(UnprovedError):
        return sign_of(x)
    return None
