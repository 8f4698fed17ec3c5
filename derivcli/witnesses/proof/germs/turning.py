"""Sums of sines and cosines of multiples of one phase that grows without bound: exactly what a wave is.

They are multiplied and added by the identities for sums of angles, so that sin(u)^2 + cos(u)^2 is 1 and sin(u)*cos(u)
is sin(2*u)/2. The phase is continuous and passes every multiple of its period again and again (intermediate values), so
each value of such a sum is taken at points as near as one likes: it is a limit point.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from derivcli.witnesses.proof.numbers import HALF, ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping

Harmonics = dict[Fraction, tuple[fmpq, fmpq]]  # by frequency, none below 0: of the cosine and of the sine

_PIECES = 64  # of a period, in which the values are enclosed: two digits of the range, which only tell signs
_MOST_HARMONICS = 12  # with more, and a longer period, nothing more than bounds is kept


@dataclass(frozen=True)
class Turning:
    """A sum of harmonics of a phase, which `phase` tells from other ones."""

    phase: Any
    harmonics: Mapping[Fraction, tuple[fmpq, fmpq]]

    @property
    def constant(self) -> fmpq | None:
        """The number that it is; None where it turns."""
        if not self.harmonics:
            return ZERO
        return self.harmonics[Fraction(0)][0] if self.harmonics.keys() == {0} else None

    def times(self, factor: fmpq) -> Turning:
        """Return a multiple."""
        return _made(self.phase, {k: (a * factor, b * factor) for k, (a, b) in self.harmonics.items()})

    def plus(self, other: Turning | fmpq) -> Turning | None:
        """Return a sum; None where the phases are two."""
        if isinstance(other, fmpq):
            other = Turning(self.phase, {Fraction(0): (other, ZERO)})
        if other.phase != self.phase:
            return None
        found = dict(self.harmonics)
        for k, pair in other.harmonics.items():
            _put(found, k, *pair)
        return _made(self.phase, found)

    def multiplied(self, other: Turning) -> Turning | None:
        """Return a product; None where the phases are two, or there are too many harmonics."""
        if other.phase != self.phase or len(self.harmonics) * len(other.harmonics) > _MOST_HARMONICS**2:
            return None
        found: Harmonics = {}
        for j, (a, b) in self.harmonics.items():
            for k, (c, d) in other.harmonics.items():
                # 2*cos(j)*cos(k) = cos(j - k) + cos(j + k), and so on
                _put(found, j - k, (a * c + b * d) * HALF, (b * c - a * d) * HALF)
                _put(found, j + k, (a * c - b * d) * HALF, (b * c + a * d) * HALF)
        made = _made(self.phase, found)
        return made if len(made.harmonics) <= _MOST_HARMONICS else None

    @cached_property
    def points(self) -> tuple[arb, arb]:
        """Two of the values, each in a ball: the smallest and the largest one of a few."""
        middles = [self._at(place) for place in self._places(arb(0))]
        return min(middles, key=_middle), max(middles, key=_middle)

    @cached_property
    def ball(self) -> arb:
        """A ball around all values."""
        pieces = [self._at(place) for place in self._places(arb(0, 1))]
        found = pieces[0]
        for piece in pieces[1:]:
            found = found.union(piece)
        return found

    def _places(self, blur: arb) -> list[arb]:
        """Return the middles of the pieces of a period, over half a turn, each with so many half pieces around."""
        turns = lcm(*(k.denominator for k in self.harmonics))
        return [(arb(2 * n) + blur) * fmpq(turns, _PIECES) for n in range(_PIECES)]

    def _at(self, place: arb) -> arb:
        total = arb(0)
        for k, (a, b) in self.harmonics.items():
            angle = place * fmpq(k.numerator, k.denominator)
            total += angle.cos_pi() * a + angle.sin_pi() * b
        return total


def wave_of(phase: Any, frequency: Fraction, *, is_sine: bool) -> Turning:
    """Return the sine or cosine of a multiple of a phase."""
    found: Harmonics = {}
    _put(found, frequency, *((ZERO, ONE) if is_sine else (ONE, ZERO)))
    return _made(phase, found)


def _put(found: Harmonics, k: Fraction, cosine: fmpq, sine: fmpq) -> None:
    way = -1 if k < 0 else 1 if k else 0  # the sine of 0 is 0
    a, b = found.get(abs(k), (ZERO, ZERO))
    found[abs(k)] = a + cosine, b + sine * way


def _made(phase: Any, harmonics: Harmonics) -> Turning:
    return Turning(phase, {k: pair for k, pair in sorted(harmonics.items()) if any(c != 0 for c in pair)})


def _middle(x: arb) -> float:
    return float(x.mid())
