"""Limits as readings: with the digits that are sure, proved from both sides."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from flint import ctx

from derivcli.model.statuses import Proof
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.proof.germs.constants import number
from derivcli.witnesses.proof.germs.limits import Limit, is_one_number, sign_of
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.numbers import UnprovedError, is_sharp
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable

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


def maybe_reading(found: Limit | None) -> Reading | None:
    """Return a limit as a reading, None where it is not known to enough digits."""
    return None if found is None else proved(lambda: reading_of(found))


def readings(left: Limit | None, right: Limit | None) -> tuple[Reading | None, Reading | None]:
    """Return what is known of two sides; of two numbers one reading, or two that lie apart, or nothing."""
    if left is None or right is None or not left.outcome is right.outcome is Outcome.NUMBER:
        return maybe_reading(left), maybe_reading(right)
    if is_one_number(left, right):
        return (found := maybe_reading(left)), found
    with suppress(UnprovedError), ctx.workprec(BITS):
        if sign_of(left.number - right.number):
            readings = maybe_reading(left), maybe_reading(right)
            return readings if _lie_apart(*readings) else (None, None)
    return None, None


def _lie_apart(left: Reading | None, right: Reading | None) -> bool:
    ends = [tuple(map(Decimal, reading.enclosure or ())) for reading in (left, right) if reading]
    return len(ends) == 2 and all(ends) and (ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0])
