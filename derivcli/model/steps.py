"""How a derivative is found, line by line; and what there is to say of a reader's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from derivcli.model.codec import Coded, Extended, Maybe, Word

# The lines that no rule of differentiation makes: those about an equation, and those at the end.
BOTH_SIDES, SOLVED = "both sides", "solved"
TOGETHER, TIDIED = "put together", "tidied"

NO_DERIVATIVE = "no derivative"  # what an answer is read as that says so

Index = Annotated[int, {"minimum": 0}]


@dataclass(frozen=True, slots=True)
class Step(Coded):
    """A line of a derivation, an equation that has been held against numbers of another witness.

    The derivative of `before` is `after`, in which `d/dx[...]` stands for the derivative of a part; the lines that find
    it follow, one level deeper. At the end all that has been found is put together, and tidied: that line says of
    `before`, which is the derivative already, what it is in the form that is shown.
    """

    rule: Word
    before: Annotated[Word, "what is differentiated"]
    after: Annotated[str | None, "its derivative; of an equation both sides; null in a hint"]
    wrt: Annotated[Word, "what it is differentiated by"]
    span: Annotated[tuple[Index, Index] | None, "[start, end) of `before` in `read_as`, if it stands there"] = None
    inner: Annotated[str | None, "the inner function of a chain"] = None
    reason: Annotated[str | None, "what there is to say besides; formulas are in backticks"] = None
    depth: Annotated[Index, "how far the line is indented"] = 0
    number: Annotated[Maybe[float], "the derivative of `before` at the point"] = None


class AnswerVerdict(StrEnum):
    """What a reader's answer is."""

    RIGHT = "right"
    WRONG = "wrong"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Counterexample(Coded):
    """A point where an answer is not the derivative, and both numbers there."""

    at: dict[str, float]
    answer: Annotated[Extended, "null where the answer has no value"]
    derivative: Extended


@dataclass(frozen=True, slots=True)
class Mistake(Coded):
    """A mistake that gives the reader's answer, and the right line where it was made."""

    rule: Annotated[Word, "what the mistake is called"]
    span: Annotated[tuple[Index, Index] | None, "[start, end) of the part in `read_as`, if it stands there"] = None
    step: Annotated[Step | None, "the line of the derivation that it spoils"] = None


@dataclass(frozen=True, slots=True)
class AnswerCheck(Coded):
    """What there is to say of a reader's answer; it is right if it has the derivative's value where that has one."""

    answer: Annotated[Word, "as it was read"]
    name: Annotated[Word, "the derivative that it is held against: df/dx"]
    verdict: AnswerVerdict
    reason: Annotated[Word, "how that is known"]
    counterexample: Counterexample | None = None
    mistakes: Annotated[tuple[Mistake, ...], "what gives this answer together; none where nothing known does"] = ()
    note: str | None = None
