"""Where a program switches while one variable runs over a range: places with their exact texts, and crowded stretches.

The clues are taken one after the other, parts before what they are parts of. Next to a place that is known nothing is
looked for: what lies there cannot be told apart from it, and a part that leaps there has no ball.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from derivcli.language.simplest import decimal, simplest
from derivcli.witnesses.evidence import Stretch, Switch, Switches
from derivcli.witnesses.proof.beside import beside
from derivcli.witnesses.proof.clues import clues
from derivcli.witnesses.proof.machine import BallMachine, number
from derivcli.witnesses.proof.numbers import UnprovedError, rational
from derivcli.witnesses.proof.polynomials import Polynomial, factors
from derivcli.witnesses.proof.sloped import Sloped
from derivcli.witnesses.proof.zeros import BITS, Allowance, Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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


def switches(
    program: Program, name: str, held: Mapping[str, Program], borders: Sequence[float], *, looked: bool = False
) -> Switches:
    """Return where a program switches between rising borders; each stretch between two of them has its own cells.

    It may be `looked` at what it does at places that have no exact text.

    Raises `UnprovedError` where a value that is held is no real number for sure.
    """
    with ctx.workprec(BITS):
        known = {key: number(BallMachine(text).values({})[-1]) for key, text in held.items()}
        asked = [one for place, clue in enumerate(clues(program, name)) for one in _asked(place, clue, name, known)]
        stretches = [_Looked(arb(low), arb(high)) for low, high in pairwise(borders)]
        work = Allowance(_EVALUATIONS, time.thread_time() + _SECONDS)
        searches = [(stretch, one) for stretch in stretches for one in asked]
        for k, (stretch, one) in enumerate(searches):
            share = max(_FEWEST, work.left // (len(searches) - k))
            work.left -= stretch.look(one, Allowance(share, work.until))
        itself = Sloped(program, name, known) if looked else None
        places = {place.x: place for stretch in stretches for place in stretch.named(itself)}
        crowded = [one for stretch in stretches for one in stretch.merged()]
    return Switches(tuple(places[x] for x in sorted(places)), tuple(crowded))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is 0 (or whole) where the clue of a number tells something."""

    function: OnBalls
    whole: bool
    clue: int


def _asked(place: int, clue: Clue, name: str, held: Mapping[str, Number]) -> Iterator[_Asked]:
    """Yield what the clue of a number asks."""
    found = None if clue.whole else factors(clue.program, name, held)
    for function in [Sloped(clue.program, name, held)] if found is None else found:
        yield _Asked(function, clue.whole, place)


@dataclass
class _Looked:
    """A stretch, what was found in it and of which function, and where places are crowded."""

    low: arb
    high: arb
    places: list[tuple[arb, _Asked]] = field(default_factory=list)
    crowded: list[Interval] = field(default_factory=list)

    def look(self, asked: _Asked, work: Allowance) -> int:
        """Look for places where nothing is known yet; return how much work that took."""
        start, cell = work.left, (self.high - self.low) / _CELLS
        search = Search(asked.function, asked.whole, cell, work)
        search.run(list(self._unknown(cell * _BESIDE)))
        self.places += [(place, asked) for place in search.found]
        for low, high in joined(search.still_open):
            if high - low < cell * _TOUCHING:
                self.places.append((low.union(high), asked))
            else:
                self.crowded.append((low, high))
        return start - work.left

    def _unknown(self, beside: arb) -> Iterator[Interval]:
        """Yield the intervals between the places that are known, and beside the crowded ones."""
        taken = [(at.lower() - beside, at.upper() + beside) for at, _ in self.places]
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

    def named(self, function: Sloped | None) -> Iterator[Switch]:
        """Yield the places, with their texts where there are any, else with what is seen of a function there."""
        for at, asked in self.places:
            place = _named(at, asked)
            if place.text is None and function is not None:
                here, left, right = beside(function, at, (self.high - self.low) / _CELLS)
                place = replace(place, here=here, left=left, right=right)
            yield place


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


def _named(at: arb, asked: _Asked) -> Switch:
    """Return a place with its exact text, where it has one."""
    x, function = float(at.mid()), asked.function
    surd = function.text_of(at) if isinstance(function, Polynomial) else None
    if surd is not None:
        return Switch(x, surd, clue=asked.clue)
    offered = (simplest(float(at.lower()), float(at.upper())), decimal(x))
    fitting = next((one for one in offered if one is not None and _fits(one, at, asked)), None)
    if fitting is None:
        return Switch(x, clue=asked.clue)
    return Switch(fitting.value, fitting.text, fitting.is_exact, asked.clue)


# Of a share: what a simple number of a kind is, but for the sign.
_KINDS: dict[str, Callable[[arb], arb]] = {
    "pi": lambda share: arb.pi() * share,
    "sqrt": arb.sqrt,
    "log": arb.log,
    "exp": arb.exp,
}


def _fits(simple: Simple, at: arb, asked: _Asked) -> bool:
    """Tell whether a simple number is the place: it lies in the enclosure, and no exact value says otherwise."""
    share = rational(simple.share)
    if simple.kind:
        there = _KINDS[simple.kind](arb(share))
        return bool(at.overlaps(there if simple.value > 0 or simple.share < 0 else -there))
    if not at.overlaps(arb(share)):
        return False
    try:
        value = asked.function.value(share)
    except UnprovedError:
        return True  # a leap, or an end of a domain: there is no value to be held against it
    return not isinstance(value, fmpq) or (value.q == 1 if asked.whole else value == 0)
