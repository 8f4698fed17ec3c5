"""What a function does next to a place that has no exact text: its values in balls, nearer and nearer to the place.

They are evidence, no proof: a function could do something else still nearer.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from flint import arb, ctx

from derivcli.witnesses.evidence import UNDECIDED, UNDEFINED, Outcome, Reading
from derivcli.witnesses.proof.numbers import OutsideError, UnprovedError, real
from derivcli.witnesses.proof.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.numbers import Number
    from derivcli.witnesses.proof.sloped import Sloped

# Of a cell, how far off the looks are: farther than 2^-30 another place may lie, and a place is known to 150 bits.
# They are so many that the numbers of a wave come nearer to each other by chance in one of 400 cases.
_OFF = tuple(arb(2) ** -k for k in range(60, 121, 10))
_SHARP = arb(2) ** -130  # of a cell, half of what encloses a place: else it lies too near to the last look
_BITS = 640  # of the looks: a quotient loses twice what the last one is nearer
_SAME = arb(2) ** -60  # of its size: what moves by less than float64 can show has settled
_SETTLING = 0.5  # of its last move: a root moves by less, 10 bits nearer, if its degree is 10 at most
_GROWING = 0.9  # of its last move: a logarithm, the slowest that grows without bound, moves by as much again

Seen = arb | UnprovedError | None


def beside(function: Sloped, at: arb, cell: arb) -> tuple[Reading, tuple[Reading, ...], tuple[Reading, ...]]:
    """Return f at a place, and what f and its slope tend to on its left and on its right, as far as that is seen."""
    here = _read(lambda: function.value(at))
    if not at.rad() < cell * _SHARP:
        return here, (), ()
    with ctx.workprec(_BITS):
        left, right = (_side(function, at, way * cell) for way in (-1, 1))
    return here, left, right


def _side(function: Sloped, at: arb, step: arb) -> tuple[Reading, ...]:
    values: list[Seen] = []
    slopes: list[Seen] = []
    for off in _OFF:
        x = arb((at + step * off).mid())
        try:
            value, slope = function.both(x)
            values.append(real(value))
            slopes.append(None if slope is None else real(slope))
        except UnprovedError as none:
            values.append(none)
            slopes.append(none)
    return _tends(values), _tends(slopes)


def _tends(seen: list[Seen]) -> Reading:
    """Return what numbers tend to: each is as much nearer to the place."""
    if all(isinstance(one, OutsideError) for one in seen):
        return UNDEFINED
    known = [one for one in seen if isinstance(one, arb)]
    if len(known) < len(seen):
        return UNDECIDED
    last, moves = known[-1], [after - before for before, after in pairwise(known)]
    if all(_is_settling(early, late, last) for early, late in pairwise(moves)):
        return _number(last, moves[-1])
    if all(abs(late) >= abs(early) * _GROWING and early * late > 0 for early, late in pairwise(moves)):
        return Reading(Outcome.INFINITE, sign=1 if moves[-1] > 0 else -1)
    return UNDECIDED


def _is_settling(early: arb, late: arb, last: arb) -> bool:
    return bool(late.contains(0) or abs(late) < abs(early) * _SETTLING or abs(late) <= abs(last) * _SAME)


def _read(value: Callable[[], Number]) -> Reading:
    """Return a value at a place, that there is none, or that this is open."""
    try:
        found = real(value())
    except OutsideError:
        return UNDEFINED
    except UnprovedError:
        return UNDECIDED
    return _number(found, arb(0)) if found.rad() <= _SAME * (1 + abs(found)) else UNDECIDED


def _number(x: arb, error: arb) -> Reading:
    try:
        return reading(x + arb(0, abs(error).upper()), None)
    except UnprovedError:
        return UNDECIDED
