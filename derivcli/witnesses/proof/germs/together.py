"""What is proved of f near a point in all directions together: its limit, and what a stationary point is.

- A limit: f is b + d where d tends to 0 (see `deviations`), and has values on one path at least, as near as one likes.
- A minimum: f(a + h) >= f(a) for all small h. In one variable the signs of f(a + s) - f(a) and f(a - s) - f(a) say it
  (they are those of germs); in several, that d is never below 0. The same for a maximum.
- A saddle: f takes values above f(a) and below it, each along one path at least, as near to a as one likes.
- An inflection: in one variable a germ without waves rises or falls on each side, and so does its slope, which tends to
  0 = f'(a). So where f is above f(a) on one side and below it on the other one, f'' has two signs.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq

from derivcli.model.statuses import PointKind
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.around import deviations
from derivcli.witnesses.proof.germs.deviations import Deviation
from derivcli.witnesses.proof.germs.limits import Limit
from derivcli.witnesses.proof.germs.neighbourhood import steps_on
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.germs.series import Germ, constant
from derivcli.witnesses.proof.germs.walk import germ_of
from derivcli.witnesses.proof.numbers import ONE, UnprovedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.witnesses.proof.germs.around import DeviationResult
    from derivcli.witnesses.proof.germs.neighbourhood import Neighbourhood

Path = dict[str, tuple[fmpq, int]]

_EXTREMA = {1: PointKind.MINIMUM, -1: PointKind.MAXIMUM}


def limit_together(part: Neighbourhood, names: Sequence[str], paths: Iterable[Path]) -> Limit | None:
    """Return the limit of f where some variables move, wherever it has values; None where it is not proved."""
    if not isinstance(part.here[-1], NoSideError):
        return None
    last = deviations(part, names)[-1]
    if isinstance(last, Deviation) and last.vanishes and any(_has_values(part, path) for path in paths):
        return Limit(Outcome.NUMBER, last.base)
    return None


def _has_values(part: Neighbourhood, path: Path) -> bool:
    """Tell whether f has values on a path, at all points next to its end on one side."""
    return any(isinstance(next(part.walks(steps_on(path, way)))[0][-1], Germ) for way in (1, -1))


def point_kind(part: Neighbourhood, names: Sequence[str], paths: Iterable[Path]) -> PointKind | None:
    """Return what a stationary point is, where some variables move; None where it is not proved."""
    if len(names) == 1:
        return _of_one_variable(part, names[0])
    last: DeviationResult = deviations(part, names)[-1]
    if isinstance(last, Deviation) and last.way:
        return _EXTREMA[last.way]
    seen: set[int] = set()
    for path in paths:
        seen |= {rise.sign for way in (1, -1) if (rise := _rise(part, path, way))}
        if {1, -1} <= seen:
            return PointKind.SADDLE
    return None


def _of_one_variable(part: Neighbourhood, name: str) -> PointKind | None:
    rises = [_rise(part, {name: (ONE, 1)}, way) for way in (1, -1)]
    known = [rise for rise in rises if rise is not None]
    signs = {rise.sign for rise in known} - {0}
    if len(known) < 2 or not signs:
        return None
    if len(signs) == 1:
        return _EXTREMA[signs.pop()]
    return None if any(rise.is_wild for rise in known) else PointKind.INFLECTION


class _Rise(NamedTuple):
    """The sign of f - f(a) for all small steps, and whether a wave is in it."""

    sign: int
    is_wild: bool


def _rise(part: Neighbourhood, path: Path, way: int) -> _Rise | None:
    """Return how f rises on one side of a path; None where that is open."""
    for results, work in part.walks(steps_on(path, way)):
        with suppress(UnprovedError):
            rise = work.minus(germ_of(results[-1]), constant(part.value))
            return _Rise(rise.sign(), work.is_wild)
    return None
