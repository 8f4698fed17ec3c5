"""The words of each cause of a wrong number: in a sentence about the answer, and at the part of f where it starts."""

from __future__ import annotations

from typing import NamedTuple

from derivcli.language.numbers import shortest
from derivcli.model import CauseKind

_LONGEST_PART = 60  # characters of a part of f that fit a sentence
_SIGNS = {"pow": "**", "div": "/", "mul": "*", "add": "+", "neg": "-", "mod": "%", "floordiv": "//"}


class CauseWords(NamedTuple):
    """A cause in short, and with {part}, where it starts, {other}, what stands around it, or branch or condition."""

    short: str
    sentence: str


CAUSES = {
    CauseKind.OVERFLOW: CauseWords("overflow", "overflow of {part}"),
    CauseKind.UNDERFLOW: CauseWords("underflow", "underflow of {part}"),
    CauseKind.CANCELLATION: CauseWords("cancellation", "cancellation in {part}: {number}"),
    CauseKind.ROUNDING: CauseWords("rounding", "rounding of {part} magnified by {function}"),
    CauseKind.ABSORPTION: CauseWords("rounding", "{part} rounds to {number}, and {function} magnifies that rounding"),
    CauseKind.NO_NUMBER: CauseWords("no number from torch", "torch's {function} gives no number for {part}"),
    CauseKind.DOMAIN: CauseWords("rounding", "rounding of {other} leaves the domain of {part}"),
    CauseKind.BRANCH: CauseWords("another branch", "in float64 the condition {other} comes out the other way"),
    CauseKind.INEXACT: CauseWords("an inexact function of torch's", "torch's {function} loses digits in {part}"),
    CauseKind.ONE_BRANCH: CauseWords("one branch alone", "torch differentiates only the branch taken, {other}"),
    CauseKind.SUBGRADIENT: CauseWords(
        "a convention at a kink", "subgradient convention: torch takes the slope {number} for {part} at its kink"
    ),
    CauseKind.ZERO_TIMES_INFINITY: CauseWords("0*inf on the way", "0*inf in the backward of {part}"),
    CauseKind.ZERO_BY_ZERO: CauseWords("0/0 on the way", "0/0, 0*inf or inf - inf in the backward of {part}"),
    CauseKind.DIVISION_BY_ZERO: CauseWords("division by 0", "division by 0 in the backward of {part}"),
    CauseKind.BACKWARD_RANGE: CauseWords("overflow or underflow", "overflow or underflow in the backward of {part}"),
    CauseKind.BACKWARD_CANCELLATION: CauseWords("cancellation", "cancellation in the backward of {part}"),
}


def because(kind: CauseKind, part: str, op: str, other: str = "", number: float | None = None) -> str:
    """Say what happens at the part of f where a wrong number starts."""
    said = _digits_lost(number) if kind is CauseKind.CANCELLATION else shortest(number or 0.0)
    function = f"`{_SIGNS.get(op, op)}`"
    return CAUSES[kind].sentence.format(part=_quoted(part), other=_quoted(other), function=function, number=said)


def _digits_lost(number: float | None) -> str:
    if number is None:
        return "the terms cancel completely"
    return f"the terms are equal to {number:.0f} digit{'' if number == 1 else 's'}"


def _quoted(text: str) -> str:
    """Quote a part of f, if it is long only its beginning."""
    return f"`{text if len(text) <= _LONGEST_PART else f'{text[: _LONGEST_PART - 3]}...'}`"
