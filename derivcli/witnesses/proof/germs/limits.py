"""What a germ tends to, and what a rise over a step does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.proof.germs.constants import Coefficient, sign
from derivcli.witnesses.proof.germs.scales import UNIT
from derivcli.witnesses.proof.germs.series import Germ, ShortError, scaled
from derivcli.witnesses.proof.numbers import ONE, ZERO, need
from derivcli.witnesses.proof.numbers import sign as sign_of_ball

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.powers import Expanding
    from derivcli.witnesses.proof.germs.rests import Rest


@dataclass(frozen=True, slots=True)
class Limit:
    """What a germ tends to: a number, exact or a ball, or plus or minus infinity; or it has no limit."""

    outcome: Outcome
    number: Coefficient | arb = ZERO
    sign: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether the number is known by algebra."""
        return not isinstance(self.number, arb)


_ENDLESS = Limit(Outcome.OSCILLATES)


def limit(germ: Germ, work: Expanding) -> Limit:
    """Return the limit of a germ; raises `UnprovedError` where it is open."""
    if germ.scale is None or germ.scale > UNIT:
        return Limit(Outcome.NUMBER)
    if germ.terms:
        scale, c = germ.terms[0]
        return Limit(Outcome.NUMBER, c) if scale == UNIT else Limit(Outcome.INFINITE, sign=sign(c))
    assert germ.rest is not None  # noqa: S101 - it has a scale
    return _limit_of_rest(germ.rest, work)


def _limit_of_rest(rest: Rest, work: Expanding) -> Limit:
    if rest.ball is None:
        raise ShortError
    if rest.wave is not None and (rest.wave.has_no_limit if rest.scale == UNIT else rest.wave.changes_sign):
        return _ENDLESS
    if rest.scale == UNIT and rest.turning is not None and rest.turning.constant is not None:
        return Limit(Outcome.NUMBER, rest.turning.constant)
    if rest.scale == UNIT:
        need(not work.is_wild)
        return Limit(Outcome.NUMBER, rest.ball)
    if rest.ball > 0 or rest.ball < 0:
        return Limit(Outcome.INFINITE, sign=1 if rest.ball > 0 else -1)
    raise ShortError


def slope(rise: Germ, way: int, work: Expanding) -> Limit:
    """Return the limit of a rise over the step: from the left it is a fall. Where the rise does not vanish f jumps."""
    end = limit(rise, work)
    if end.outcome is Outcome.OSCILLATES:
        return end
    towards = end.sign if end.outcome is Outcome.INFINITE else sign_of(end.number)
    if towards:
        return Limit(Outcome.JUMPS, sign=way * towards)
    found = limit(scaled(rise, ONE, (-1, 0, 0)), work)
    return replace(found, number=found.number * fmpq(way), sign=way * found.sign)


def sign_of(x: Coefficient | arb) -> int:
    """Return the sign of a number that is exact or a ball; raises `UnprovedError` where it is open."""
    return sign_of_ball(x) if isinstance(x, arb) else sign(x)


def is_one_number(left: Limit | None, right: Limit | None) -> bool:
    """Tell whether two limits are the same number, by algebra."""
    if left is None or right is None or not left.outcome is right.outcome is Outcome.NUMBER:
        return False
    return left.is_exact and right.is_exact and bool(left.number - right.number == 0)
