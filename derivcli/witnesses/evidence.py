"""What the high-precision witnesses report: frozen data that travels between processes as plain JSON."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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

    def as_float(self) -> float | None:
        """Return the nearest float64; an infinity where it grows without bound; None where there is none."""
        if self.outcome is Outcome.NUMBER:
            return float(self.text)
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
