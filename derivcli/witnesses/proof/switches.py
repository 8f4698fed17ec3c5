"""Where a program switches while one variable runs over a range: places with their exact texts, and crowded stretches.

The clues are taken one after the other, parts before what they are parts of. Next to a place that is known nothing is
looked for: what lies there cannot be told apart from it, and a part that leaps there has no ball.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from derivcli.language.simplest import decimal, simplest
from derivcli.witnesses.evidence import Stretch, Switch, Switches
from derivcli.witnesses.proof.clues import clues
from derivcli.witnesses.proof.machine import BallMachine, number
from derivcli.witnesses.proof.numbers import OutsideError, UnprovedError, rational
from derivcli.witnesses.proof.polynomials import Polynomial, factors
from derivcli.witnesses.proof.sloped import Sloped
from derivcli.witnesses.proof.zeros import BITS, Allowance, Search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.language.simplest import Simple
    from derivcli.witnesses.proof.clues import Clue
    from derivcli.witnesses.proof.numbers import Number
    from derivcli.witnesses.proof.zeros import OnBalls

    Interval = tuple[arb, arb]

_CELLS = 600  # of a range: in a picture more places than these run into each other
_BESIDE = arb(2) ** -30  # of a cell, around a place: nearer to it float64 can show nothing of its own
_TOUCHING = arb(2) ** -1  # of a cell: what is narrower and open is one place, as far as a picture can show
_EVALUATIONS, _FEWEST = 12_000, 60  # for all searches, and for each: half a second for an everyday function
_SECONDS = 0.8  # of the processor, for functions that take long


def switches(program: Program, name: str, held: Mapping[str, Program], borders: Sequence[float]) -> Switches:
    """Return where a program switches between rising borders; each stretch between two of them has its own cells.

    Raises `UnprovedError` where a value that is held is no real number for sure.
    """
    with ctx.workprec(BITS):
        known = {key: number(BallMachine(text).values({})[-1]) for key, text in held.items()}
        functions = [one for clue in clues(program, name) for one in _functions(clue, name, known)]
        stretches = [_Looked(arb(low), arb(high)) for low, high in pairwise(borders)]
        work = Allowance(_EVALUATIONS, time.thread_time() + _SECONDS)
        searches = [(stretch, *function) for stretch in stretches for function in functions]
        for k, (stretch, function, whole) in enumerate(searches):
            share = max(_FEWEST, work.left // (len(searches) - k))
            work.left -= stretch.look(function, Allowance(share, work.until), whole=whole)
        itself = Sloped(program, name, known)
        places = {place.x: _judged(place, itself) for stretch in stretches for place in stretch.named()}
        crowded = [one for stretch in stretches for one in stretch.merged()]
    return Switches(tuple(places[x] for x in sorted(places)), tuple(crowded))


def _functions(clue: Clue, name: str, held: Mapping[str, Number]) -> Iterator[tuple[OnBalls, bool]]:
    """Yield the functions that are 0 (or whole) where a clue tells something."""
    found = None if clue.whole else factors(clue.program, name, held)
    if found is None:
        yield Sloped(clue.program, name, held), clue.whole
    else:
        yield from ((polynomial, False) for polynomial in found)


@dataclass
class _Looked:
    """A stretch, what was found in it and of which function, and where places are crowded."""

    low: arb
    high: arb
    places: list[tuple[arb, OnBalls, bool]] = field(default_factory=list)
    crowded: list[Interval] = field(default_factory=list)

    def look(self, function: OnBalls, work: Allowance, *, whole: bool) -> int:
        """Look for places where nothing is known yet; return how much work that took."""
        start, cell = work.left, (self.high - self.low) / _CELLS
        search = Search(function, whole, cell, work)
        search.run(list(self._unknown(cell * _BESIDE)))
        self.places += [(place, function, whole) for place in search.found]
        for low, high in joined(search.still_open):
            if high - low < cell * _TOUCHING:
                self.places.append((low.union(high), function, whole))
            else:
                self.crowded.append((low, high))
        return start - work.left

    def _unknown(self, beside: arb) -> Iterator[Interval]:
        """Yield the intervals between the places that are known, and beside the crowded ones."""
        taken = [(at.lower() - beside, at.upper() + beside) for at, *_of in self.places]
        end = self.low
        for low, high in joined([*taken, *self.crowded]):
            if low > end:
                yield end, _exact(low)
            end = end.max(_exact(high))
        if end < self.high:
            yield end, self.high

    def merged(self) -> Iterator[Stretch]:
        """Yield the crowded stretches, those joined between which nothing could be seen."""
        beside = (self.high - self.low) / _CELLS / 2
        for low, high in joined([(low - beside, high + beside) for low, high in self.crowded]):
            yield Stretch(max(float(low + beside), float(self.low)), min(float(high - beside), float(self.high)))

    def named(self) -> Iterator[Switch]:
        """Yield the places, with their texts where there are any."""
        for at, function, whole in self.places:
            yield _named(at, function, whole=whole)


def _exact(x: arb) -> arb:
    return arb(x.mid())


def joined(intervals: Sequence[Interval]) -> list[Interval]:
    """Return intervals in order, those joined that touch each other."""
    found: list[Interval] = []
    for low, high in sorted(intervals, key=lambda interval: float(interval[0])):
        if found and not low > found[-1][1]:
            found[-1] = found[-1][0], found[-1][1].max(high)
        else:
            found.append((low, high))
    return found


def _named(at: arb, function: OnBalls, *, whole: bool) -> Switch:
    """Return a place with its exact text, where it has one."""
    x = float(at.mid())
    surd = function.text_of(at) if isinstance(function, Polynomial) else None
    if surd is not None:
        return Switch(x, surd)
    offered = (simplest(float(at.lower()), float(at.upper())), decimal(x))
    fitting = next((one for one in offered if one is not None and _fits(one, at, function, whole=whole)), None)
    return Switch(x) if fitting is None else Switch(fitting.value, fitting.text, fitting.is_exact)


def _judged(place: Switch, function: OnBalls) -> Switch:
    """Return a place with whether a function has surely no value there, where that can be computed exactly."""
    text = (place.text or "").replace("/", "", 1).lstrip("-")
    if not text.isdigit():
        return place
    try:
        function.value(rational(Fraction(place.text or "")))
    except OutsideError:
        return replace(place, is_lost=True)
    except UnprovedError:
        pass
    return place


def _fits(simple: Simple, at: arb, function: OnBalls, *, whole: bool) -> bool:
    """Tell whether a simple number is the place: it lies in the enclosure, and no exact value says otherwise."""
    share = rational(simple.share)
    if simple.kind:
        there = arb.pi() * share if simple.kind == "pi" else arb(share).sqrt() * (1 if simple.value > 0 else -1)
        return bool(at.overlaps(there))
    if not at.overlaps(arb(share)):
        return False
    try:
        value = function.value(share)
    except UnprovedError:
        return True  # a leap, or an end of a domain: there is no value to be held against it
    return not isinstance(value, fmpq) or (value.q == 1 if whole else value == 0)
