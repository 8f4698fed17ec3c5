"""An answer at a point: a number, exact or rounded, or that there is no derivative."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.explanations.counterexamples import in_words
from derivcli.explanations.holding import Claim, Spots, hold
from derivcli.language.numbers import nearest_float
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.tree import NUMBER, Node, is_decimal, value_of
from derivcli.model import Status
from derivcli.model.steps import NO_DERIVATIVE, AnswerCheck, AnswerVerdict, Counterexample

if TYPE_CHECKING:
    from derivcli.explanations.subject import AnsweredFunction
    from derivcli.model import Derivative

_NUMBER_DIGITS = 24  # of a number: a derivative at a point is known to 25
_FLOAT = 17  # digits by which a float64 is told from all others
_MANY = 20  # digits of a number that is rounded: a shorter one is exact
_NOWHERE = (Status.UNDEFINED, Status.NOT_DIFFERENTIABLE)
_KNOWN = (Status.AGREE, Status.DIFFER)


def nothing_compared(subject: AnsweredFunction, derivative: Derivative) -> AnswerCheck:
    """Judge the answer that there is no derivative."""
    name, here = derivative.name, where(subject)
    if is_nowhere(derivative):
        return AnswerCheck(NO_DERIVATIVE, name, AnswerVerdict.RIGHT, f"{name} does not exist{here}")
    if derivative.status in _KNOWN:
        said = f"{name} exists{here}"
        against = Counterexample(subject.result.at or {}, None, derivative.answer)
        return AnswerCheck(NO_DERIVATIVE, name, AnswerVerdict.WRONG, said, against)
    if derivative.status is None and subject.result.at is None:
        return _everywhere_compared(subject, derivative)
    return AnswerCheck(NO_DERIVATIVE, name, AnswerVerdict.UNDECIDED, f"{name} is not known well enough{here}")


def is_nowhere(derivative: Derivative) -> bool:
    """Tell whether there is no derivative at the point, for sure."""
    return derivative.status in _NOWHERE


def where(subject: AnsweredFunction) -> str:
    """Return the point in words, nothing where there is none."""
    at = subject.result.at
    return f" at {', '.join(f'{name} = {place:.6g}' for name, place in at.items())}" if at else ""


def _everywhere_compared(subject: AnsweredFunction, derivative: Derivative) -> AnswerCheck:
    """Judge the answer that there is no derivative anywhere: one value disproves it."""
    name = derivative.name
    known = subject.known.get(derivative.wrt)
    if known is not None:
        asked = Claim([(known, known)], derivative.wrt[-1], subject.pace(derivative.wrt[-1]), curve=subject.curve)
        seen = hold(asked, subject.places, subject.deadline, enough=1, digits=_NUMBER_DIGITS).seen
        if seen and seen[0].held:
            said = f"{name} exists, though perhaps not everywhere: ask about one place with --at"
            return AnswerCheck(NO_DERIVATIVE, name, AnswerVerdict.WRONG, said)
    return AnswerCheck(NO_DERIVATIVE, name, AnswerVerdict.UNDECIDED, f"no place was found where {name} exists")


def number_compared(subject: AnsweredFunction, derivative: Derivative, tree: Node) -> AnswerCheck:
    """Hold a number against the derivative at the point: a decimal may be rounded, any other number is exact."""
    said = to_text(tree), derivative.name
    if is_nowhere(derivative):
        reason = f"{derivative.name} does not exist{where(subject)}"
        return AnswerCheck(*said, AnswerVerdict.WRONG, reason)
    if derivative.digits is None or derivative.status is None:
        return AnswerCheck(*said, AnswerVerdict.UNDECIDED, f"{derivative.name} is not known well enough there")
    truth, room = Fraction(derivative.digits), _room(derivative.digits)
    mine = value_of(tree)
    typed = tree.args[0] if tree.op == "neg" else tree
    if mine is None:
        return _irrational_compared(subject, derivative, tree)
    right, reason = abs(mine - truth) <= room, f"equal to {_NUMBER_DIGITS} digits"
    if typed.op == NUMBER and is_decimal(typed):
        digits, unit = _last_digit(typed.text)
        digits = min(digits, _count(derivative.digits))
        right, reason = abs(mine - truth) <= max(unit / 2, room), f"correct to {digits} digit{'s' * (digits > 1)}"
        if not right and digits <= _FLOAT and nearest_float(mine) == nearest_float(truth):  # as programs print it
            right, reason = True, "the float64 next to it"
    if right:
        return AnswerCheck(*said, AnswerVerdict.RIGHT, reason)
    return _differing(subject, derivative, tree, mine)


def _irrational_compared(subject: AnsweredFunction, derivative: Derivative, tree: Node) -> AnswerCheck:
    """Hold a constant that is no fraction against the known digits of the derivative."""
    said = to_text(tree), derivative.name
    truth = parse(derivative.digits or "0", frozenset()).tree
    asked = Claim([(truth, tree)], derivative.wrt[-1])
    held = hold(asked, Spots((), subject.places.asked), subject.deadline, enough=1, digits=_NUMBER_DIGITS).seen
    if not held or (held[0].held == 0 and held[0].broken is None):
        return AnswerCheck(*said, AnswerVerdict.UNDECIDED, "the answer is not known well enough")
    if held[0].held:
        return AnswerCheck(*said, AnswerVerdict.RIGHT, f"equal to {_NUMBER_DIGITS} digits")
    mine = None if held[0].right.number is None else Fraction(held[0].right.text)
    return _differing(subject, derivative, tree, mine)


def _count(digits: str) -> int:
    return len(Decimal(digits).as_tuple().digits)


def _room(digits: str) -> Fraction:
    """Return how far a number that is equal may be from its known digits; few digits are all there are."""
    known = _count(digits)
    return abs(Fraction(digits)) / 10 ** (known - 1) if known >= _MANY else Fraction(0)


def _differing(subject: AnsweredFunction, derivative: Derivative, tree: Node, mine: Fraction | None) -> AnswerCheck:
    at = subject.result.at or {}
    against = Counterexample(at, None if mine is None else nearest_float(mine), derivative.answer)
    number = None if mine is None else Decimal(mine.numerator) / Decimal(mine.denominator)
    reason = in_words(at, derivative.name, number, Decimal(derivative.digits or 0))
    return AnswerCheck(to_text(tree), derivative.name, AnswerVerdict.WRONG, reason, against)


def _last_digit(text: str) -> tuple[int, Fraction]:
    """Return how many digits a decimal has, and what its last one counts."""
    _, digits, exponent = Decimal(text).as_tuple()
    return len(digits), Fraction(10) ** int(exponent)
