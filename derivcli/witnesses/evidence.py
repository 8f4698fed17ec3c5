"""What the witnesses report, as frozen data: numbers with many digits, what is known of f and of a derivative."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from derivcli.model.codec import Coded
from derivcli.model.statuses import Proof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.language.program import Program

Wrt = tuple[str, ...]  # the variables that a derivative is taken by, one a time

# More digits than any reading has, for numbers of any size.
ARITHMETIC = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
# Rounds a number of any size without a limit of its own.
_ROUNDING = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
# Of an enclosure: a few more digits than any number is known to, so that rounding outward widens none by much.
_DOWN, _UP = (
    Context(prec=40, rounding=way, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[]) for way in (ROUND_FLOOR, ROUND_CEILING)
)
_KEPT = 64  # numbers: one that a question is about is held against several others, and written down
_MOST_DIGITS = 60  # more than a text has: nothing to round, and filled up with zeros it could outgrow the memory


class Outcome(StrEnum):
    """What was seen of a number, or of a limit from one side."""

    NUMBER = "number"
    INFINITE = "infinite"
    JUMPS = "jumps"
    OSCILLATES = "oscillates"
    UNDEFINED = "undefined"
    UNDECIDED = "undecided"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reading(Coded):
    """A number known to many digits, or the reason why there is none.

    `text` is its decimal expansion and `error` a bound on its absolute error, both as text; `sign` tells which
    infinity an infinite limit is. `proof` is how the number and its bound are proved (see the package `proof`), None
    where they are evidence.
    """

    outcome: Outcome
    text: str = ""
    error: str = "0"
    sign: int = 0
    proof: Proof | None = None

    @property
    def number(self) -> Decimal | None:
        """The number, or None."""
        return Decimal(self.text) if self.outcome is Outcome.NUMBER else None

    @property
    def held(self) -> Decimal | None:
        """The number without the digits that its error leaves open: the last one kept may be wrong by 1."""
        return _held(self.text, self.error) if self.outcome is Outcome.NUMBER else None

    @property
    def enclosure(self) -> tuple[str, str] | None:
        """What a proved number lies between, rounded outward; None where no number is proved."""
        number, error = self.number, Decimal(self.error)
        if self.proof is None or number is None:
            return None
        return _text(_DOWN.subtract(number, error)), _text(_UP.add(number, error))

    @property
    def candidates(self) -> tuple[Decimal, ...]:
        """What a number is compared with: the ends of an enclosure; 0 where it may be, and a number without a proof.

        The ends are enough: between them |a - r| - rtol*|r| is convex in r, if the sign of r is known.
        """
        number, ends = self.number, self.enclosure
        if number is None:
            return ()
        return tuple(map(Decimal, ends)) if number and ends else (number,)

    def as_float(self) -> float | None:
        """Return the nearest float64; an infinity where it grows without bound; None where there is none."""
        if self.outcome is Outcome.NUMBER:
            return float(self.held or 0)
        if self.outcome in (Outcome.INFINITE, Outcome.JUMPS) and self.sign:
            return self.sign * float("inf")
        return None


def _text(number: Decimal) -> str:
    """Return a decimal as numbers are written everywhere: with a small e, and 0 without a sign."""
    return str(number).lower() if number else "0"


@lru_cache(_KEPT)
def _held(text: str, bound: str) -> Decimal:
    number, error = Decimal(text), Decimal(bound)
    if not error or number.adjusted() - last_held(error) > _MOST_DIGITS:
        return number
    return number.quantize(Decimal(1).scaleb(last_held(error), _ROUNDING), None, _ROUNDING)


def last_held(error: Decimal) -> int:
    """Return the power of 10 of the last digit that an error holds: half a unit there is no less than the error."""
    return _ROUNDING.multiply(error, 2).adjusted() + 1


MISSING = Reading(Outcome.MISSING)
UNDEFINED = Reading(Outcome.UNDEFINED)
UNDECIDED = Reading(Outcome.UNDECIDED)
ZERO = Reading(Outcome.NUMBER, "0")


@dataclass(frozen=True, slots=True)
class Sided(Coded):
    """The limits from the left and from the right."""

    left: Reading
    right: Reading

    @property
    def is_one_number(self) -> bool:
        """True where both are numbers, and the same one as far as their errors go."""
        left, right = self.left.number, self.right.number
        if left is None or right is None:
            return False
        errors = ARITHMETIC.add(Decimal(self.left.error), Decimal(self.right.error))
        return ARITHMETIC.abs(ARITHMETIC.subtract(left, right)) <= errors

    @property
    def is_proved(self) -> bool:
        """True where both are proved."""
        return self.left.proof is not None and self.right.proof is not None

    @property
    def excludes_a_limit(self) -> bool:
        """True where there is no two-sided number for sure: two that are proved are not one, or one side has none."""
        if any(side.proof and side.outcome is not Outcome.NUMBER for side in (self.left, self.right)):
            return True
        return self.is_proved and not self.is_one_number


UNSEEN = Sided(MISSING, MISSING)  # nobody has looked


@dataclass(frozen=True, slots=True)
class ValueEvidence(Coded):
    """What is known of f at a point, of which `point` is the number.

    `third` is f straight from the tree (`quotient` in JSON), `symbolic` f by way of sympy, and `nearby` that at the
    float64 next to the point, where that is another point. Where f has no value, `limits` are its limits along several
    directions, and `together` is that where all its variables move at once, if it is proved.
    `zero_to_the_zero` tells that 0^0 is on the way, which is 1 by convention.
    """

    autograd: float | None = None
    symbolic: Reading = MISSING
    third: Reading = MISSING
    nearby: Reading = MISSING
    limits: tuple[Sided, ...] = ()
    together: Reading = MISSING
    analytic: bool = True
    zero_to_the_zero: bool = False
    point: int = 0


@dataclass(frozen=True, slots=True)
class SlopeEvidence(Coded):
    """What is known of the derivative by `wrt` at a point, of which `point` is the number.

    `may_switch` tells that f has a kink, a jump or a condition somewhere, of which a symbolic derivative knows nothing;
    `missing` is why autograd has no number. `lower` is a derivative of lower order that does not exist, so that `sides`
    are its; `other` is what another order of differentiation gives, `lasts` what the two orders end with. `outgrown`
    tells that the symbolic form is too large to be had, `on_curve` that this is the slope of a curve: its formula may
    give a number where the curve ends, so it is no reference by itself; it `is_singular` where the first derivatives of
    the equation are 0, so that they do not tell it.
    """

    autograd: float | None = None
    symbolic: Reading = MISSING
    nearby: Reading = MISSING
    sides: Sided = UNSEEN
    has_formula: bool = False
    may_switch: bool = False
    missing: str | None = None
    lower: Wrt | None = None
    other: Reading | None = None
    lasts: tuple[str, str] | None = None
    outgrown: bool = False
    on_curve: bool = False
    is_singular: bool = False
    wrt: Wrt = ()
    point: int = 0

    @property
    def is_settled(self) -> bool:
        """True where no derivative of lower order is missing, and no other order of differentiation says otherwise."""
        return self.lower is None and self.other is None


@dataclass(frozen=True, slots=True)
class Switch(Coded):
    """A place where a program may switch, as float64; `text` is it exactly, where it is simple.

    It `is_exact` where float64 has exactly this number. It is 0, or whole, what the clue of the number `clue` says.
    `here` is what is proved of f there, `left` and `right` are what f and its derivatives in order tend to on both
    sides: nothing where nobody has looked, and no number where nothing is proved.
    """

    x: float
    text: str | None = None
    is_exact: bool = False
    clue: int = 0
    here: Reading = MISSING
    left: tuple[Reading, ...] = ()
    right: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch(Coded):
    """A stretch of a range in which a program switches too often for the places to be told apart."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Switches(Coded):
    """Where a program may switch, in order: nowhere else but in the crowded stretches.

    `peaks` are where it leaves the values around it so fast that samples may miss it; nothing where nobody has looked.
    """

    places: tuple[Switch, ...]
    crowded: tuple[Stretch, ...] = ()
    peaks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TorchEvidence:
    """What torch has found of f and its derivatives at each point; nothing where it was not asked.

    `program` is f as torch runs it and `numbers` are, for each point, f and the derivatives; `missing` says why there
    is none. Of the first point `by_where` has the first derivatives for which torch.where gives another number.
    """

    program: Program | None = None
    coordinates: tuple[Mapping[str, float], ...] = ()
    numbers: tuple[tuple[float, Mapping[Wrt, float | None]], ...] = ()
    missing: Mapping[Wrt, str] = field(default_factory=dict)
    by_where: Mapping[str, float] = field(default_factory=dict)
