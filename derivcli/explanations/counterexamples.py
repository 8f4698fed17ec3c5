"""A point where an answer is not the derivative, and how that is said."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.explanations.holding import Claim, Spots, hold, spot
from derivcli.explanations.regions import steady
from derivcli.language.lowering import to_tree
from derivcli.language.numbers import nearest_float
from derivcli.language.tree import value_of
from derivcli.model.steps import Counterexample
from derivcli.witnesses.evidence import ARITHMETIC

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from derivcli.explanations.subject import AnsweredFunction
    from derivcli.language.program import Program
    from derivcli.language.tree import Node
    from derivcli.model import Derivative
    from derivcli.witnesses.asking.equations import Equation

_PLAIN = (1, 2, 3, -1, -2, 5, -5, 10, -10)  # where people look first
_DIGITS = (6, 10, 17)  # as few as show a difference


def seen_at(subject: AnsweredFunction, name: str, spots: Spots, equation: Equation) -> tuple[Counterexample, str]:
    """Return the point where an answer is not the derivative of a name, and the words for it."""
    point = spots.in_order[equation.broken or 0]
    at = {variable: _as_float(place) for variable, place in point.items()}
    moved = equation.moved.as_float()
    if subject.variable is not None and moved is not None:
        at[subject.variable] = moved
    return _told(at, name, equation)


def seen_plainly(
    subject: AnsweredFunction, derivative: Derivative, pair: tuple[Node, Node], digits: int
) -> tuple[Counterexample, str] | None:
    """Return a point of whole numbers where an answer is wrong, if there is one where f surely does not switch."""
    names = subject.result.variables
    if subject.variable is not None:
        return None
    plain = steady([subject.tree, pair[1]], names, _PLAIN, subject.deadline)
    points = [{name: plain[(k + turn) % len(plain)] for turn, name in enumerate(names)} for k in range(len(plain))]
    spots = [spot({name: Fraction(value) for name, value in point.items()}) for point in points]
    asked = Claim([pair], derivative.wrt[-1], needs=(subject.tree,))
    seen = hold(asked, Spots((), spots), subject.deadline, enough=len(spots), digits=digits).seen
    if not seen or seen[0].broken is None:
        return None
    found = points[seen[0].broken]
    return _told({name: float(value) for name, value in found.items()}, derivative.name, seen[0])


def _told(at: dict[str, float], name: str, equation: Equation) -> tuple[Counterexample, str]:
    answer, truth = equation.right, equation.left
    against = Counterexample(at, answer.as_float(), truth.as_float())
    return against, in_words(at, name, answer.number, truth.number)


def _as_float(place: Program) -> float:
    """Return a coordinate that is a rational number."""
    return nearest_float(value_of(to_tree(place)) or Fraction(0))


def in_words(at: Mapping[str, float], name: str, answer: Decimal | None, truth: Decimal | None) -> str:
    """Say that an answer is not the derivative of a name at a point."""
    where = ", ".join(f"{variable} = {value:.6g}" for variable, value in at.items())
    if answer is None or truth is None:
        return f"at {where} it has no value, {name} is {_written(truth)}"
    for digits in _DIGITS:
        if _written(answer, digits) != _written(truth, digits):
            return f"at {where} it is {_written(answer, digits)}, {name} is {_written(truth, digits)}"
    apart = ARITHMETIC.abs(ARITHMETIC.subtract(answer, truth))
    return f"at {where} it is {_written(apart, 2)} away from {name}, which is {_written(truth)}"


def _written(value: Decimal | None, digits: int = _DIGITS[0]) -> str:
    """Return a number to some digits, however large it is."""
    if value is None:
        return "not known"
    as_float = float(value)
    is_beyond = math.isinf(as_float) or (value and not as_float)
    return f"{value:.{digits - 1}e}" if is_beyond else f"{as_float:.{digits}g}"
