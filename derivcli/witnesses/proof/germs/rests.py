"""What an expansion leaves out, and the waves in it: limit points that it has for sure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.proof.germs.scales import Scale, are_open, is_beyond, times
from derivcli.witnesses.proof.numbers import sign as sign_of_ball

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.witnesses.proof.germs.turning import Turning


@dataclass(frozen=True, slots=True)
class Wave:
    """Two limit points of a function, each in a ball; `is_filled`: it is continuous, so all between them are too."""

    low: arb
    high: arb
    is_filled: bool = True

    @property
    def has_no_limit(self) -> bool:
        """Whether the two points are different for sure."""
        return bool(self.low < self.high)

    @property
    def changes_sign(self) -> bool:
        """Whether one is below 0 and one above, for sure."""
        return bool(self.low < 0) and bool(self.high > 0)

    def times(self, factor: arb) -> Wave:
        """Return the wave times a limit that is not 0."""
        return self.image(lambda x: x * factor)

    def image(self, function: Callable[[arb], arb]) -> Wave:
        """Return a function of it that is continuous there: its values between two are taken too."""
        points = [self.low, self.high]
        if self.is_filled:
            points += [(self.low + self.high) / 2] + [arb(0)] * self.changes_sign
        found = sorted(map(function, points), key=lambda x: float(x.mid()))
        return Wave(found[0], found[-1], self.is_filled)


@dataclass(frozen=True, slots=True)
class Rest:
    """What an expansion leaves out: a function r(s), r/scale bounded, its limit points in `ball` where that is known.

    Beyond all powers the scale is no function by itself, and the ball only tells the sign. Of r/scale `wave` tells
    limit points that it has for sure; r/scale is `turning` plus what tends to 0, or `is_exact` that.
    """

    scale: Scale
    ball: arb | None = None
    wave: Wave | None = None
    turning: Turning | None = None
    is_exact: bool = False

    def scaled(self, scale: Scale, factor: arb | None, *, is_limit: bool, limit: fmpq | None = None) -> Rest:
        """Return the rest times a function of a scale; `is_limit`: the factor is its limit over it, and not 0.

        A rational `limit` is it too.
        """
        found = times(self.scale, scale)
        if self.turning is not None and limit is not None and not is_beyond(found):
            return turned(found, self.turning.times(limit), is_exact=self.is_exact)
        both = None if self.ball is None or factor is None else self.ball * factor
        wave = None if self.wave is None or factor is None or not is_limit else self.wave.times(factor)
        return Rest(found, _sign_only(found, both), None if is_beyond(found) else wave)

    def times(self, other: Rest) -> Rest | None:
        """Return the product with another rest of one phase; else None."""
        if self.turning is None or other.turning is None:
            return None
        product, scale = self.turning.multiplied(other.turning), times(self.scale, other.scale)
        return (
            None
            if product is None or is_beyond(scale)
            else turned(scale, product, is_exact=self.is_exact and other.is_exact)
        )

    def plus(self, other: Rest) -> Rest:
        """Return the sum: the larger one, or both where they are of one scale."""
        if self.scale != other.scale and not (are_open(self.scale, other.scale) or are_open(other.scale, self.scale)):
            return replace(min(self, other, key=lambda rest: rest.scale), is_exact=False)
        if self.scale == other.scale and self.turning is not None and other.turning is not None:
            total = self.turning.plus(other.turning)
            if total is not None:
                return turned(self.scale, total, is_exact=self.is_exact and other.is_exact)
        scale = self.scale if is_beyond(self.scale) else other.scale
        if not is_beyond(scale):
            both = None if self.ball is None or other.ball is None else self.ball + other.ball
            return Rest(scale, both if both is None or both.is_finite() else None)
        signs = {0 if rest.ball is None else sign_of_ball(rest.ball) for rest in (self, other)}
        return Rest(scale, arb(signs.pop()) if len(signs) == 1 and 0 not in signs else None)

    def shifted(self, by: arb, rational: fmpq | None = None) -> Rest:
        """Return the sum with a multiple of the scale itself, which may be `rational`."""
        total = None if self.turning is None or rational is None else self.turning.plus(rational)
        if total is not None:
            return turned(self.scale, total, is_exact=self.is_exact)
        wave = self.wave and self.wave.image(lambda x: x + by)
        return Rest(self.scale, None if self.ball is None else self.ball + by, wave)

    def image(self, function: Callable[[arb], arb], scale: Scale) -> Rest:
        """Return what a function of r/scale leaves out at another scale; it must be continuous on the ball."""
        wave = self.wave and self.wave.image(function)
        return Rest(scale, _sign_only(scale, None if self.ball is None else function(self.ball)), wave)


def turned(scale: Scale, turning: Turning, *, is_exact: bool) -> Rest:
    """Return a rest that turns."""
    return Rest(scale, turning.ball, Wave(*turning.points), turning, is_exact)


def _sign_only(scale: Scale, found: arb | None) -> arb | None:
    """Keep, beyond all powers, nothing of a ball but its sign."""
    if found is None or not found.is_finite():
        return None
    if not is_beyond(scale):
        return found
    return arb(1) if found > 0 else arb(-1) if found < 0 else None
