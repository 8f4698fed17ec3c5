"""What the high-precision witnesses report: frozen data that travels between processes as plain JSON."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from enum import StrEnum

# Rounds a number of any size without a limit of its own.
_ROUNDING = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
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
class Reading:
    """A number known to many digits, or the reason why there is none.

    `text` is its decimal expansion and `error` a bound on its absolute error, both as text; `sign` tells which
    infinity an infinite limit is.
    """

    outcome: Outcome
    text: str = ""
    error: str = "0"
    sign: int = 0

    @property
    def number(self) -> Decimal | None:
        """The number, or None."""
        return Decimal(self.text) if self.outcome is Outcome.NUMBER else None

    @property
    def held(self) -> Decimal | None:
        """The number without the digits that its error leaves open: the last one kept may be wrong by 1."""
        number, error = self.number, Decimal(self.error)
        if number is None or not error or number.adjusted() - last_held(error) > _MOST_DIGITS:
            return number
        return number.quantize(Decimal(1).scaleb(last_held(error), _ROUNDING), None, _ROUNDING)

    def as_float(self) -> float | None:
        """Return the nearest float64; an infinity where it grows without bound; None where there is none."""
        if self.outcome is Outcome.NUMBER:
            return float(self.held or 0)
        if self.outcome in (Outcome.INFINITE, Outcome.JUMPS) and self.sign:
            return self.sign * float("inf")
        return None

    @classmethod
    def from_json(cls, data: list[str | int]) -> Reading:
        """Read back what `to_json` gave."""
        outcome, text, error, sign = data
        return cls(Outcome(str(outcome)), str(text), str(error), int(sign))

    def to_json(self) -> list[str | int]:
        """Return a plain list."""
        return [str(self.outcome), self.text, self.error, self.sign]


def last_held(error: Decimal) -> int:
    """Return the power of 10 of the last digit that an error holds: half a unit there is no less than the error."""
    return _ROUNDING.multiply(error, 2).adjusted() + 1


MISSING = Reading(Outcome.MISSING)
UNDEFINED = Reading(Outcome.UNDEFINED)
UNDECIDED = Reading(Outcome.UNDECIDED)


@dataclass(frozen=True, slots=True)
class Sided:
    """The limits from the left and from the right."""

    left: Reading
    right: Reading

    def to_json(self) -> list[list[str | int]]:
        """Return plain lists."""
        return [self.left.to_json(), self.right.to_json()]

    @classmethod
    def from_json(cls, data: list[list[str | int]]) -> Sided:
        """Read back what `to_json` gave."""
        return cls(Reading.from_json(data[0]), Reading.from_json(data[1]))
