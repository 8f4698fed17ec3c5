"""A reader's answer -> whether it is the derivative, and how that is known."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import DerivError, UnknownNameError, UsageError
from derivcli.explanations.algebra import has_one_branch, is_decimal, is_smooth, value_of
from derivcli.explanations.diagnosis import mistakes_in
from derivcli.explanations.holding import STEPS_DIGITS, Claim, Findings, Spots, hold
from derivcli.language.limits import check_constants
from derivcli.language.lowering import to_tree
from derivcli.language.numbers import nearest_float
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.program import Builder
from derivcli.language.tree import DERIVATIVE, NUMBER, Node, span_of, variables
from derivcli.model import Status
from derivcli.model.steps import AnswerCheck, AnswerVerdict, Counterexample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.explanations.subject import AnsweredFunction
    from derivcli.language.program import Program
    from derivcli.model import Derivative, Result
    from derivcli.witnesses.protocol import Equation

_ENOUGH = 8  # points at which an answer has to have the value of the derivative; beside a kink all that there are
_FEWEST = 3  # of a derivative that has a value at few of the points tried
_DIGITS = 40  # of forms, which a difference of 1e-12 is far above
_NUMBER_DIGITS = 24  # of a number: a derivative at a point is known to 25
_PLAIN = (1, 2, 3, -1, -2)  # where people look first
_NOWHERE = (Status.UNDEFINED, Status.NOT_DIFFERENTIABLE)
# `f'(x) =`, `y' =`, `dy/dx =`: what people write before an answer.
_LEFT_SIDE = re.compile(r"\s*(?:[^\W\d]\w*'+(?:\(\w+\))?|[d∂]\w*/[d∂]\w+)\s*=(?!=)")
_WIDER = "it has values where f has none, which does not matter"


def answered(result: Result) -> list[Derivative]:
    """Return the derivatives that an answer is wanted for: those of the highest order."""
    highest = max((len(d.wrt) for d in result.derivatives), default=0)
    return [d for d in result.derivatives if len(d.wrt) == highest]


class Truth(NamedTuple):
    """What an answer is held against, and to how many digits: the form of the derivative, and f's own differences."""

    tree: Node
    digits: int


def judged(subject: AnsweredFunction, derivative: Derivative, text: str) -> AnswerCheck:
    """Return what there is to say of an answer; raises a `DerivError` for one that cannot be read."""
    tree, notes = _read(text, subject.result)
    found = _judged(subject, derivative, tree)
    return replace(found, note="; ".join(filter(None, (*notes, found.note))) or None)


def _judged(subject: AnsweredFunction, derivative: Derivative, tree: Node) -> AnswerCheck:
    known = subject.known.get(derivative.wrt)
    if known is not None and subject.result.at and not variables(tree) and (variables(known) or is_decimal(tree)):
        return _number_compared(subject, derivative, tree)
    truths = [] if known is None else [Truth(known, _DIGITS)]
    below = subject.below(derivative.wrt)
    if below is not None and subject.variable is None:
        truths.append(Truth(Node(DERIVATIVE, (below,), derivative.wrt[-1]), STEPS_DIGITS))
    return _compared(subject, derivative, tree, truths) if truths else _undecided(tree, derivative)


def _read(text: str, result: Result) -> tuple[Node, tuple[str, ...]]:
    """Return the tree of an answer, in which only variables of f may stand, and how it was read."""
    left = _LEFT_SIDE.match(text)
    try:
        parsed = parse(" " * left.end() + text[left.end() :] if left else text, frozenset(result.variables))
    except DerivError as error:
        error.source = text  # with the left side, where the carets point to
        raise
    if parsed.asked is not None:
        raise UsageError("the answer asks for a derivative itself", hint="give the derivative alone: --check 2x")
    try:
        check_constants(parsed.tree)
    except DerivError as error:
        raise error.within(text) from None
    for name in variables(parsed.tree):
        if name not in result.variables:
            hint = "a constant of integration is no part of a derivative" if name in ("c", "C") else None
            known = ", ".join(result.variables)
            said = f"`{name}` does not occur in the expression"
            raise UnknownNameError(
                said, span_of(parsed.tree, name), source=text, hint=hint or f"its variables are {known}"
            )
    return parsed.tree, parsed.notes


def _undecided(tree: Node, derivative: Derivative) -> AnswerCheck:
    reason = "the derivative is not known well enough"
    return AnswerCheck(to_text(tree), derivative.name, AnswerVerdict.UNDECIDED, reason)


def _compared(subject: AnsweredFunction, derivative: Derivative, answer: Node, truths: Sequence[Truth]) -> AnswerCheck:
    """Hold an answer against the derivative at many points; all ways to know that have to say the same."""
    held = _held(subject, derivative, answer, truths)
    said = to_text(answer), derivative.name
    broken = [equation.broken is not None for equation in held.seen]
    if not held.seen or (any(broken) and not broken[0]):
        return _undecided(answer, derivative)
    (equation, *_), (truth, *_) = held.seen, truths
    note = _WIDER if equation.wider else None
    if broken[0]:
        against = _plainly(subject, derivative, answer, truth) or _counterexample(subject, equation)
        found = tuple(mistakes_in(subject, derivative, answer))
        return AnswerCheck(*said, AnswerVerdict.WRONG, _differs(against, derivative), against, found)
    if held.proved:
        return AnswerCheck(*said, AnswerVerdict.RIGHT, "proved by algebra", note=note)
    if equation.held < _FEWEST:
        return _undecided(answer, derivative)
    reason = f"equal at {equation.held} points to {truth.digits} digits"
    return AnswerCheck(*said, AnswerVerdict.RIGHT, reason, note=note)


def _held(subject: AnsweredFunction, derivative: Derivative, answer: Node, truths: Sequence[Truth]) -> Findings:
    """Ask the worker whether an answer is the derivative, on a curve at points of the curve."""
    (truth, *_) = truths
    difference = Node("add", (truth.tree, Node("neg", (answer,)))) if truth.digits == _DIGITS else None
    name = derivative.wrt[-1]
    needs = () if subject.variable is not None else (subject.tree,)
    pairs = [(truth.tree, answer) for truth in truths]
    asked = Claim(pairs, name, subject.pace(name), needs, difference, curve=subject.curve)
    digits = [truth.digits for truth in truths]
    enough = _ENOUGH if has_one_branch(subject.tree) else len(subject.places.others)
    return hold(asked, subject.places, subject.deadline, enough=enough, digits=digits)


def _counterexample(subject: AnsweredFunction, equation: Equation) -> Counterexample:
    """Return the point where the sides differ, and both numbers there."""
    point = [*subject.places.asked, *subject.places.others][equation.broken or 0]
    at = {name: _as_float(place) for name, place in point.items()}
    moved = equation.moved.as_float()
    if subject.variable is not None and moved is not None:
        at[subject.variable] = moved
    return Counterexample(at, equation.right.as_float(), equation.left.as_float())


def _plainly(subject: AnsweredFunction, derivative: Derivative, answer: Node, truth: Truth) -> Counterexample | None:
    """Return a whole number where an answer of one variable is wrong, if there is one and f has no kinks at all."""
    names = subject.result.variables
    if len(names) > 1 or truth.digits < _DIGITS or not is_smooth(subject.tree):
        return None
    spots = [{names[0]: Builder.of_number(Fraction(value))} for value in _PLAIN]
    asked = Claim([(truth.tree, answer)], derivative.wrt[-1], needs=(subject.tree,))
    seen = hold(asked, Spots((), spots), subject.deadline, enough=len(spots), digits=truth.digits).seen
    if not seen or seen[0].broken is None:
        return None
    at = {names[0]: float(_PLAIN[seen[0].broken])}
    return Counterexample(at, seen[0].right.as_float(), seen[0].left.as_float())


def _as_float(place: Program) -> float:
    """Return a coordinate that is a rational number."""
    return nearest_float(value_of(to_tree(place)) or Fraction(0))


def _differs(against: Counterexample, derivative: Derivative) -> str:
    """Say where an answer is not the derivative."""
    where = ", ".join(f"{name} = {value:.6g}" for name, value in against.at.items())
    mine, true = against.answer, against.derivative
    if mine is None or true is None:
        return f"at {where} it has no value, {derivative.name} is {_written(true, 10)}"
    digits = next((n for n in (6, 10, 17) if _written(mine, n) != _written(true, n)), 0)
    if not digits:
        return f"at {where} it differs from {derivative.name} beyond the digits of float64"
    return f"at {where} it is {_written(mine, digits)}, {derivative.name} is {_written(true, digits)}"


def _written(value: float | None, digits: int) -> str:
    return "not known" if value is None else f"{value:.{digits}g}"


def _number_compared(subject: AnsweredFunction, derivative: Derivative, tree: Node) -> AnswerCheck:
    """Hold a number against the derivative at the point: a decimal may be rounded, any other number is exact."""
    said = to_text(tree), derivative.name
    truth = None if derivative.digits is None or derivative.status is None else Fraction(derivative.digits)
    if truth is None or derivative.status in _NOWHERE:
        return AnswerCheck(*said, AnswerVerdict.UNDECIDED, f"{derivative.name} has no value there")
    mine = value_of(tree)
    typed = tree.args[0] if tree.op == "neg" else tree
    if mine is not None and typed.op == NUMBER and is_decimal(typed):
        digits, unit = _last_digit(typed.text)
        right, reason = abs(mine - truth) <= unit / 2, f"correct to {digits} digit{'s' if digits > 1 else ''}"
    else:
        places = Spots((), subject.places.asked)
        asked = Claim([(subject.known[derivative.wrt], tree)], derivative.wrt[-1])
        held = hold(asked, places, subject.deadline, enough=1, digits=_NUMBER_DIGITS).seen
        if not held or (held[0].held == 0 and held[0].broken is None):
            return _undecided(tree, derivative)
        right, reason = held[0].held > 0, f"equal to {_NUMBER_DIGITS} digits"
        mine = mine if held[0].right.number is None else Fraction(held[0].right.text)
    if right:
        return AnswerCheck(*said, AnswerVerdict.RIGHT, reason)
    against = Counterexample(subject.result.at or {}, None if mine is None else nearest_float(mine), derivative.answer)
    return AnswerCheck(*said, AnswerVerdict.WRONG, _differs(against, derivative), against)


def _last_digit(text: str) -> tuple[int, Fraction]:
    """Return how many digits a decimal has, and what its last one counts."""
    _, digits, exponent = Decimal(text).as_tuple()
    return len(digits), Fraction(10) ** int(exponent)
