"""Every part of a program at a point: its value, and how it rises beside the point along a variable.

Values are proved by balls, and where those blur by the algebra of constants; slopes by germs on both sides.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcli.witnesses.evidence import UNDECIDED, UNDEFINED, ZERO, Outcome, Reading
from derivcli.witnesses.proof.coordinates import ExactCoordinates
from derivcli.witnesses.proof.germs.limits import Limit, is_one_number, slope
from derivcli.witnesses.proof.germs.neighbourhood import Neighbourhood, Patience, steps_on
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.germs.readings import BITS, proved, reading_of
from derivcli.witnesses.proof.germs.series import ShortError, constant
from derivcli.witnesses.proof.germs.walk import germ_of
from derivcli.witnesses.proof.machine import MachineOfParts
from derivcli.witnesses.proof.numbers import HALF, ONE, BlurredError, OutsideError, UnprovedError, is_sharp, need
from derivcli.witnesses.proof.readings import reading
from derivcli.witnesses.proof.terms import LADDER, PATIENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.proof.germs.constants import Coefficient
    from derivcli.witnesses.proof.germs.powers import Expanding
    from derivcli.witnesses.proof.germs.walk import Result as Side
    from derivcli.witnesses.proof.machine import Result

_RUNGS = LADDER[:4]  # the last shows that a true 0 is below 1e-600; parts are seldom closer to each other
_WAYS = (-1, 1)
_TRUE = Reading(Outcome.NUMBER, "1")


class Parts:
    """A program all of whose instructions count, at a point; `unknown` are variables of which no value is known."""

    def __init__(self, program: Program, coordinates: Mapping[str, Program], unknown: Collection[str] = ()) -> None:
        self._asked = program
        self._machine = MachineOfParts(program)
        self._point = ExactCoordinates(coordinates)
        self._unknown: dict[str, Result] = dict.fromkeys(unknown, UnprovedError())
        self._around = Neighbourhood(self._machine.program, coordinates, Patience()) if not unknown else None

    def values(self) -> list[Reading]:
        """Return the value of every part; true is 1, false is 0."""
        found = self._by_balls()
        if None in found and self._around is not None:
            with suppress(UnprovedError), ctx.workprec(BITS):  # a coordinate may be none
                here = [self._around.here[place] for place in self._machine.places]
                found = [known or _of_side(side) for known, side in zip(found, here, strict=True)]
        return [known or UNDECIDED for known in found]

    def _by_balls(self) -> list[Reading | None]:
        until = time.thread_time() + PATIENCE
        found: list[Reading | None] = [None] * len(self._machine.places)
        for bits in _RUNGS:
            with ctx.workprec(bits):
                results = self._machine.values({**self._point.results(bits), **self._unknown})
            mine = [results[place] for place in self._machine.places]
            found = [known or _of_result(new) for known, new in zip(found, mine, strict=True)]
            if not any(map(_may_clear_up, found, mine)) or time.thread_time() > until:
                break
        return found

    def slopes(self, name: str, *, of_kinks: bool = True) -> list[Reading]:
        """Return the slope of every part by a variable: at a kink the mean of both sides, or none."""
        moves = self._asked.depends_on((name,))
        left, right = (self._rises(name, way) if any(moves) else {} for way in _WAYS)
        return [
            _mean(left.get(place), right.get(place), of_kinks=of_kinks) if moving else ZERO
            for place, moving in zip(self._machine.places, moves, strict=True)
        ]

    def _rises(self, name: str, way: int) -> dict[int, Limit | None]:
        """Return the slopes on one side as far as they are known, by the places of the parts."""
        found: dict[int, Limit | None] = {}
        if self._around is None:
            return found
        with suppress(UnprovedError), ctx.workprec(BITS):
            here = self._around.here
            for results, work in self._around.walks(steps_on({name: (ONE, 1)}, way)):
                for place in set(self._machine.places) - found.keys():
                    with suppress(ShortError):
                        found[place] = _rise(here[place], results[place], way, work)
                if len(found) == len(set(self._machine.places)):
                    break
        return found


def _of_result(result: Result) -> Reading | None:
    """Return what a result of the machine is, None where it is not known well enough."""
    if isinstance(result, bool):
        return _TRUE if result else ZERO
    if isinstance(result, UnprovedError):
        return UNDEFINED if isinstance(result, OutsideError) else None
    with suppress(UnprovedError):
        return reading(result, None) if is_sharp(result) else None
    return None


def _may_clear_up(known: Reading | None, result: Result) -> bool:
    return known is None and (isinstance(result, BlurredError) or not isinstance(result, UnprovedError))


def _of_side(result: Side) -> Reading | None:
    """Return the number that a constant germ is, where it is known."""
    if isinstance(result, bool):
        return _TRUE if result else ZERO
    try:
        return _number(Limit(Outcome.NUMBER, _constant(result)))
    except NoSideError:
        return UNDEFINED
    except UnprovedError:
        return None


def _rise(here: Side, beside: Side, way: int, work: Expanding) -> Limit | None:
    """Return the slope on one side, None where it is open; raises `ShortError` where more terms may tell."""
    if isinstance(beside, bool) or isinstance(here, NoSideError) or isinstance(beside, NoSideError):
        return Limit(Outcome.UNDEFINED)
    try:
        return slope(work.minus(germ_of(beside), constant(_constant(here))), way, work)
    except ShortError:
        raise
    except UnprovedError:
        return None


def _mean(left: Limit | None, right: Limit | None, *, of_kinks: bool) -> Reading:
    """Return the slope that both sides have, or the mean of two."""
    if left is None or right is None:
        return UNDECIDED
    if is_one_number(left, right):
        return _number(left) or UNDECIDED
    if not of_kinks or Outcome.UNDEFINED in (left.outcome, right.outcome):
        return UNDEFINED
    algebraic = not isinstance(left.number, arb) and not isinstance(right.number, arb)
    if not (left.outcome is right.outcome is Outcome.NUMBER and algebraic):
        return UNDECIDED
    return _number(Limit(Outcome.NUMBER, (left.number + right.number) * HALF)) or UNDECIDED


def _constant(side: Side) -> Coefficient:
    """Return the number that a constant germ is; raises `UnprovedError` for another one."""
    found = germ_of(side).constant
    need(found is not None)
    return found


def _number(limit: Limit) -> Reading | None:
    """Return the number that is a limit; no proof of what is asked, which is another derivative."""
    known = proved(lambda: reading_of(limit))
    return None if known is None else replace(known, proof=None)
