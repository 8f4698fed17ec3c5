"""A wrong answer -> the mistake that gives it: differentiates with a broken rule, then with two, to see which does.

Of several mistakes that give it the first of the table is named.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from derivcli.explanations import rules
from derivcli.explanations.algebra import ONE, ZERO, number, power, product, quotient
from derivcli.explanations.broken_functions import BRANCHES, FUNCTIONS
from derivcli.explanations.broken_powers import POWERS
from derivcli.explanations.broken_sums import PRODUCTS, SUMS
from derivcli.explanations.holding import Claim, hold
from derivcli.explanations.steps import StepLine, assembled, parts_of
from derivcli.explanations.way import NoRuleError, Rule
from derivcli.language.tree import DERIVATIVE, Node, fold, value_of, variables
from derivcli.model.steps import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.explanations.holding import Spots
    from derivcli.explanations.subject import AnsweredFunction
    from derivcli.explanations.way import Way
    from derivcli.model import Derivative

MISTAKES = (*BRANCHES, *POWERS, *PRODUCTS, *FUNCTIONS, *SUMS)  # that people make, each a rule that is broken
_DIGITS = 18  # to which an answer has to be what a mistake gives: more than any number that people type has
_ENOUGH = 3  # points at which it has to
_MOST = 400  # pairs of mistakes that are tried: some tenths of a second
_MINUS = number(-1)


class _Guess(NamedTuple):
    """What gives an answer if it is true: an equation, the mistakes that make it, and the parts where they are made."""

    left: Node
    right: Node
    names: tuple[str, ...]
    parts: tuple[Node | None, ...]


class _Made(NamedTuple):
    """A mistake at one part, or at all parts that it fits."""

    mistake: Rule
    part: Node
    everywhere: bool = False

    @property
    def rule(self) -> Rule:
        """The broken rule."""
        if self.everywhere:
            return self.mistake
        return Rule(self.mistake.name, lambda part, way: self.mistake.apply(part, way) if part == self.part else None)


def mistakes_in(subject: AnsweredFunction, derivative: Derivative, answer: Node, spots: Spots) -> list[Mistake]:
    """Return the mistakes that give an answer which is not the derivative: one, two together, or none that is known.

    They have to give it at three of the points, and in every region in which f may have another formula.
    """
    below = subject.below(derivative.wrt)
    if below is None:
        return []
    way = subject.way(derivative.wrt[-1])
    try:
        made = list(_possible(below, way))
    except NoRuleError:
        made = []
    single = [guess for one in made if (guess := _guess(subject, below, way, answer, (one,))) is not None]
    found = _first(subject, derivative, spots, [*single, *_others(subject, derivative, below, answer)])
    # On a curve, a line of points, too many pairs would meet; and too many make any number.
    if found is None and subject.variable is None and variables(answer):
        twice = combinations([one for one in made if not one.everywhere], 2)
        pairs = (_guess(subject, below, way, answer, pair) for pair in _few(twice))
        found = _first(subject, derivative, spots, [guess for guess in pairs if guess is not None])
    return [] if found is None else [_named(subject, way, *made) for made in zip(found.names, found.parts, strict=True)]


def _few(pairs: Iterator[tuple[_Made, _Made]]) -> list[tuple[_Made, _Made]]:
    """Return pairs of different mistakes at different parts before those at one, as many as are tried."""
    kept = [pair for pair in pairs if pair[0].part != pair[1].part]
    return kept[:_MOST]


def _possible(below: Node, way: Way) -> Iterator[_Made]:
    """Yield the mistakes that can be made, each at every part that it fits, and at all of them."""
    parts = parts_of(below, way)
    for mistake in MISTAKES:
        fitting = [part for part in parts if fits(mistake, part, way)]
        if len(fitting) > 1:
            yield _Made(mistake, fitting[0], everywhere=True)
        yield from (_Made(mistake, part) for part in fitting)


def fits(mistake: Rule, part: Node, way: Way) -> bool:
    """Tell whether a mistake can be made at a part, and makes something else of it than the right rule does."""
    try:
        found = mistake.apply(part, way)
        return found is not None and found != way.right.apply(part).after
    except (NoRuleError, ZeroDivisionError):
        return False


def _guess(subject: AnsweredFunction, below: Node, way: Way, answer: Node, made: Sequence[_Made]) -> _Guess | None:
    """Return the equation that the answer is what mistakes make of the derivative; None where they make nothing."""
    spoilt = way.spoilt(tuple(one.rule for one in made))
    found = _made(below, spoilt) if way.following == frozenset() else _solved(subject, spoilt)
    if found is None:
        return None
    return _Guess(answer, found, tuple(one.mistake.name for one in made), tuple(one.part for one in made))


def _made(tree: Node, way: Way) -> Node | None:
    """Return what rules make of a tree; None where one of them makes nothing."""
    try:
        return assembled(tree, way)
    except (NoRuleError, ZeroDivisionError):
        return None


def _solved(subject: AnsweredFunction, way: Way) -> Node | None:
    """Return the slope of a curve from both sides differentiated: `a + b*y' = 0`, so `y' = -a/b`."""
    whole = _made(subject.tree, way)
    if whole is None:
        return None
    at_0, at_1 = (_with_slope(whole, slope) for slope in (ZERO, ONE))
    return quotient(product(_MINUS, at_0), Node("add", (at_1, Node("neg", (at_0,)))))


def _with_slope(tree: Node, slope: Node) -> Node:
    return fold(tree, lambda node, args: slope if node.op == DERIVATIVE else Node(node.op, tuple(args), node.text))


def _others(subject: AnsweredFunction, derivative: Derivative, below: Node, answer: Node) -> Iterator[_Guess]:
    """Yield what else than the derivative an answer may be."""
    name = derivative.wrt[-1]
    truth = subject.known.get(derivative.wrt)
    too_few = "not differentiated" if len(derivative.wrt) == 1 else "differentiated once too few"
    yield _Guess(answer, below, (too_few,), (None,))
    exponent = value_of(below.args[1]) if below.op == "pow" and not variables(below) else None
    if exponent is not None:
        lowered = product(number(exponent), power(below.args[0], exponent - 1))
        yield _Guess(answer, lowered, ("constant differentiated as a power",), (None,))
    yield _Guess(answer, Node("div", (ONE, below)), ("reciprocal in the place of the derivative",), (None,))
    yield from _not_held(subject, name, below, answer)
    yield _Guess(Node(DERIVATIVE, (answer,), name), below, ("integrated instead",), (None,))
    for other in subject.result.variables:
        if other != name and subject.variable is None and (found := _made(below, subject.way(other))) is not None:
            yield _Guess(answer, found, (f"differentiated by {other}, not by {name}",), (None,))
    if truth is not None:
        yield from (_Guess(answer, form, (said,), (None,)) for said, form in _spoilt(truth, subject))
        slope = Node(DERIVATIVE, (truth,), name)
        yield _Guess(answer, slope, ("differentiated once too often",), (None,))
        for term in _constant_terms(answer):
            yield _Guess(answer, Node("add", (truth, term)), ("a constant added",), (None,))


def _constant_terms(answer: Node) -> list[Node]:
    """Return the terms of a sum that are numbers."""
    return [term for term in answer.args if not variables(term)] if answer.op == "add" else []


def _not_held(subject: AnsweredFunction, name: str, below: Node, answer: Node) -> Iterator[_Guess]:
    """Yield what comes of the other variables where they are not held."""
    others = [other for other in subject.result.variables if other != name]
    if others and subject.variable is None:
        moved = _made(below, rules.by(name, *others))
        if moved is not None:
            yield _Guess(answer, _with_slope(moved, ONE), ("other variables not held",), (None,))


def _spoilt(truth: Node, subject: AnsweredFunction) -> Iterator[tuple[str, Node]]:
    """Yield forms that come of the right derivative by one slip."""
    yield "wrong sign", product(_MINUS, truth)
    if subject.variable is not None and truth != ZERO:
        yield "upside down", quotient(ONE, truth)
        yield "upside down, with the wrong sign", quotient(_MINUS, truth)
    degree = quotient(Node("pi"), number(180))
    yield "degrees taken for radians", product(truth, degree)
    yield "radians taken for degrees", quotient(truth, degree)


def _first(subject: AnsweredFunction, derivative: Derivative, spots: Spots, guesses: Sequence[_Guess]) -> _Guess | None:
    """Return the first guess that holds at three points of f's domain, and then in every region."""
    quick = spots._replace(regions=())
    holding = _holding(subject, derivative, quick, guesses)
    if not spots.regions:
        return next(iter(holding), None)
    return next((guess for guess in holding if _holding(subject, derivative, spots, [guess])), None)


def _holding(
    subject: AnsweredFunction, derivative: Derivative, spots: Spots, guesses: Sequence[_Guess]
) -> list[_Guess]:
    """Return the guesses that hold wherever they are looked at."""
    if not guesses:
        return []
    name = derivative.wrt[-1]
    pairs = [(guess.left, guess.right) for guess in guesses]
    needs = () if subject.variable is not None else (subject.tree,)
    asked = Claim(pairs, name, subject.pace(name), needs, curve=subject.curve)
    seen = hold(asked, spots, subject.deadline, enough=_ENOUGH, digits=_DIGITS).seen
    return [g for g, e in zip(guesses, seen, strict=False) if e.broken is None and e.held >= _ENOUGH]


def _named(subject: AnsweredFunction, way: Way, name: str, part: Node | None) -> Mistake:
    """Return a mistake with the right line in its place."""
    if part is None:
        return Mistake(name)
    found = way.apply(part)
    line = StepLine(found.rule, part, Node(DERIVATIVE, (part,), way.name), found.after, found.inner, found.reason)
    step = subject.step(line, None, way.name)
    return Mistake(name, step.span, step)
