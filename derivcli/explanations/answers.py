"""A reader's answer -> whether it is the derivative, and how that is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from derivcli.explanations import given
from derivcli.explanations.algebra import with_real_roots
from derivcli.explanations.counterexamples import seen_at, seen_plainly
from derivcli.explanations.diagnosis import mistakes_in
from derivcli.explanations.holding import STEPS_DIGITS, Claim, Findings, Spots, hold, spot
from derivcli.explanations.numbers import is_nowhere, nothing_compared, number_compared, where
from derivcli.explanations.regions import between
from derivcli.language.printer import to_text
from derivcli.language.tree import DERIVATIVE, Node, is_decimal, variables
from derivcli.model.steps import AnswerCheck, AnswerVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.explanations.subject import AnsweredFunction
    from derivcli.model import Derivative, Result

_ENOUGH = 8  # points at which an answer has to have the value of the derivative, and one in every region at least
_FEWEST = 3  # of a derivative that has a value at few of the points tried
_DIGITS = 40  # of forms, which a difference of 1e-12 is far above
_WIDER = "it has values where f has none, which does not matter"
_OF_ROOTS = "odd roots were read as real ones, `x^(1/3)` as `cbrt(x)`"


def answered(result: Result) -> list[Derivative]:
    """Return the derivatives that an answer is wanted for: those of the highest order."""
    highest = max((len(d.wrt) for d in result.derivatives), default=0)
    return [d for d in result.derivatives if len(d.wrt) == highest]


class Truth(NamedTuple):
    """What an answer is held against, to so many digits: the form of the derivative, and slopes of f in expansions."""

    tree: Node
    digits: int


class Trial(NamedTuple):
    """What was seen of an answer, and at which points."""

    findings: Findings
    spots: Spots

    @property
    def is_right(self) -> bool:
        """Tell whether nothing speaks against the answer, and something for it."""
        seen = self.findings.seen
        return bool(seen) and not any(e.broken is not None for e in seen) and seen[0].held >= _FEWEST


def judged(subject: AnsweredFunction, derivative: Derivative, text: str) -> AnswerCheck:
    """Return what there is to say of an answer; raises a `DerivError` for one that cannot be read."""
    tree, notes = given.read(text, subject.result.variables)
    found = nothing_compared(subject, derivative) if tree is None else _judged(subject, derivative, tree)
    if tree is not None and found.verdict is AnswerVerdict.RIGHT and is_nowhere(derivative):
        notes = (*notes, f"{derivative.name} does not exist{where(subject)}: the answer is that of other places")
    return replace(found, note="; ".join(filter(None, (*notes, found.note))) or None)


def _judged(subject: AnsweredFunction, derivative: Derivative, tree: Node) -> AnswerCheck:
    known = subject.known.get(derivative.wrt)
    is_number = not variables(tree) and (
        is_nowhere(derivative) or known is None or variables(known) or is_decimal(tree)
    )
    if subject.result.at and is_number:
        return number_compared(subject, derivative, tree)
    truths = [] if known is None else [Truth(known, _DIGITS)]
    below = subject.below(derivative.wrt)
    if below is not None and subject.variable is None:
        truths.append(Truth(Node(DERIVATIVE, (below,), derivative.wrt[-1]), STEPS_DIGITS))
    return _compared(subject, derivative, tree, truths) if truths else _undecided(tree, derivative)


def _undecided(tree: Node, derivative: Derivative) -> AnswerCheck:
    reason = "the derivative is not known well enough"
    return AnswerCheck(to_text(tree), derivative.name, AnswerVerdict.UNDECIDED, reason)


def _compared(subject: AnsweredFunction, derivative: Derivative, answer: Node, truths: Sequence[Truth]) -> AnswerCheck:
    """Hold an answer against the derivative at many points; all ways to know that have to say the same.

    Books write `x^(1/3)` for the cube root of every number: an answer that is right if its roots are read so is right.
    """
    held = _held(subject, derivative, answer, truths)
    real = with_real_roots(answer)
    if held.is_right or real == answer:
        return _verdict(subject, derivative, answer, truths, held)
    held_with_roots = _held(subject, derivative, real, truths)
    if held_with_roots.is_right:
        found = _verdict(subject, derivative, real, truths, held_with_roots)
        return replace(found, answer=to_text(answer), note=_OF_ROOTS)
    return _verdict(subject, derivative, answer, truths, held)


def _verdict(
    subject: AnsweredFunction, derivative: Derivative, answer: Node, truths: Sequence[Truth], held: Trial
) -> AnswerCheck:
    seen = held.findings.seen
    broken = [equation.broken is not None for equation in seen]
    if not seen or (any(broken) and not broken[0]):
        return _undecided(answer, derivative)
    (equation, *_), (truth, *_) = seen, truths
    if broken[0]:
        return _wrong(subject, derivative, answer, truth, held)
    said = to_text(answer), derivative.name, AnswerVerdict.RIGHT
    note = _WIDER if equation.wider else None
    if held.findings.proved:
        return AnswerCheck(*said, "proved by algebra", note=note)
    if equation.held < _FEWEST:
        return _undecided(answer, derivative)
    return AnswerCheck(*said, f"equal at {equation.held} points to {truth.digits} digits", note=note)


def _wrong(subject: AnsweredFunction, derivative: Derivative, answer: Node, truth: Truth, held: Trial) -> AnswerCheck:
    pair = truth.tree, answer
    plain = seen_plainly(subject, derivative, pair, truth.digits) if truth.digits == _DIGITS else None
    against, reason = plain or seen_at(subject, derivative.name, held.spots, held.findings.seen[0])
    found = tuple(mistakes_in(subject, derivative, answer, held.spots))
    return AnswerCheck(to_text(answer), derivative.name, AnswerVerdict.WRONG, reason, against, found)


def _held(subject: AnsweredFunction, derivative: Derivative, answer: Node, truths: Sequence[Truth]) -> Trial:
    """Ask the worker whether an answer is the derivative: in every region of f and of the answer, and at more points.

    On a curve it is asked at points of the curve.
    """
    (truth, *_) = truths
    difference = Node("add", (truth.tree, Node("neg", (answer,)))) if truth.digits == _DIGITS else None
    name = derivative.wrt[-1]
    needs = () if subject.variable is not None else (subject.tree,)
    regions = map(spot, between([subject.tree, answer], subject.result.variables, subject.deadline))
    spots = subject.places._replace(regions=list(regions))
    pairs = [(truth.tree, answer) for truth in truths]
    asked = Claim(pairs, name, subject.pace(name), needs, difference, curve=subject.curve)
    digits = [truth.digits for truth in truths]
    return Trial(hold(asked, spots, subject.deadline, enough=_ENOUGH, digits=digits), spots)
