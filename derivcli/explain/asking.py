"""`explain`: an answer -> the same answer with the steps of each derivative, each of which has been checked."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli import parts
from derivcli.errors import InternalError, LimitError, UsageError
from derivcli.explain import rules
from derivcli.explain.holding import STEPS_DIGITS, Asked, hold, places
from derivcli.explain.steps import Line, assembled, derivation, implicit_derivation
from derivcli.explain.way import NoRuleError
from derivcli.language.parser import parse, parse_equation
from derivcli.language.printer import to_text
from derivcli.language.tree import NOWHERE, Node
from derivcli.model import Result, System
from derivcli.model.steps import SOLVED, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from derivcli.explain.way import Way
    from derivcli.model import Derivative
    from derivcli.witnesses.protocol import Equation

_ENOUGH = 3  # points at which a line has to hold
_MOST_SHOWN = 300  # lines
_PATIENCE = 30.0  # seconds
_EQUALS = " = "
UNCHECKED = "steps could not be checked"


@parts.told()
def explain(expression: str | Iterable[str], at: Mapping[str, Any] | None = None, **wanted: Any) -> Result | System:
    """Return what `differentiate` does, with the steps of each derivative.

    Each line is an equation that has been seen to hold at three points, by differences with many digits. At a point it
    carries its number. `wanted` is as for `differentiate`, without `along`.

    Raises `InternalError` where a line could not be checked, `LimitError` for a derivative that is too long, else as
    `differentiate` does.
    """
    from derivcli.api import differentiate

    if wanted.get("along") is not None:
        raise UsageError("there are no steps of a derivative in a direction", hint="ask for the partial derivatives")
    return with_steps(differentiate(expression, at, **wanted))


def with_steps(answer: Result | System) -> Result | System:
    """Return an answer with the steps of each derivative; raises as `explain` does."""
    if isinstance(answer, System):
        return replace(answer, functions=tuple(map(_explained, answer.functions)))
    return _explained(answer)


def _explained(result: Result) -> Result:
    """Return the result of one function with steps; of a derivative without a closed form a note says that."""
    subject = Subject(result)
    derivatives = tuple(map(subject.explained, result.derivatives))
    notes = [f"there are no steps to {d.name}: it has no closed form" for d in derivatives if not d.steps]
    return replace(result, derivatives=derivatives, notes=(*result.notes, *notes))


class Subject:
    """A function that has been answered for: its tree, its known derivatives, and where equations are held."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.deadline = time.monotonic() + _PATIENCE
        names = frozenset(result.variables)
        self.variable = result.implicit.variable if result.implicit else None
        self.sides: tuple[Node, Node] | None = None
        if self.variable is None:
            self.tree = parse(result.read_as, names).tree
        else:
            left, right = parse_equation(result.read_as, names)
            self.sides = left.tree, right.tree
            self.tree = Node("add", (left.tree, Node("neg", (right.tree,))))
        self.known = {
            d.wrt: parse(d.expression, names).tree for d in result.derivatives if d.expression and d.along is None
        }
        self.places = places(self.tree, result.variables, result.at_text if result.variables else None)

    def way(self, name: str) -> Way:
        """Return what is differentiated by: on a curve the variable of the equation follows."""
        return rules.by(name, *filter(None, [self.variable]))

    def explained(self, derivative: Derivative) -> Derivative:
        """Return a derivative with its steps; as it is where it has no closed form."""
        if derivative.wrt not in self.known:
            return derivative
        try:
            groups = self.lines(derivative.wrt)
        except NoRuleError:
            return derivative
        steps = [step for lines, name in groups for step in self._checked(lines, name)]
        left_out = max(0, len(steps) - _MOST_SHOWN)
        shown = (*steps[: len(steps) - 1 - left_out], steps[-1])
        return replace(derivative, steps=shown, steps_left_out=left_out or None)

    def lines(self, wrt: tuple[str, ...]) -> list[tuple[list[Line], str]]:
        """Return the lines for each order that is not explained elsewhere, with the variable that it is taken by."""
        start = max(k for k in range(len(wrt)) if k == 0 or wrt[:k] in self.known)
        below, found = self.tree if start == 0 else self.known[wrt[:start]], []
        for k in range(start, len(wrt)):
            way = self.way(wrt[k])
            shown = self.known.get(wrt[: k + 1]) or assembled(below, way)
            if shown is None:
                raise LimitError("the steps are too long to be shown")
            if k == 0 and self.sides is not None and self.variable is not None:
                lines = implicit_derivation(self.sides, self.variable, way, shown)
            else:
                lines = derivation(below, way, shown, self._known_slope(wrt[k]))
            found.append((lines, wrt[k]))
            below = shown
        return found

    def _known_slope(self, name: str) -> str:
        """Say what the slope of the curve is, which the lines of higher orders put in."""
        if self.variable is None:
            return ""
        return f"with `d/d{name}[{self.variable}]` = `{to_text(self.known[(name,)])}`"

    def _checked(self, lines: Sequence[Line], name: str) -> list[Step]:
        """Return the steps of lines that have been seen to hold; raises `InternalError` where one has not."""
        pace = None if self.variable is None else {self.variable: self.known[(name,)]}
        asked = Asked([(line.left, line.right) for line in lines], name, pace)
        seen = hold(asked, self.places, self.deadline, enough=_ENOUGH, digits=STEPS_DIGITS)
        for line, equation in zip(lines, seen, strict=False):
            if equation.broken is not None:
                raise InternalError(UNCHECKED, hint=f"a defect of deriv: {line.rule} on {to_text(line.before)[:60]}")
        if len(seen) < len(lines) or not all(equation.held >= _ENOUGH for equation in seen):
            raise InternalError(UNCHECKED, hint="no three points were found at which every part has a derivative")
        return [self._step(line, equation, name) for line, equation in zip(lines, seen, strict=True)]

    def _step(self, line: Line, equation: Equation, name: str) -> Step:
        of_equation = line.before.op == "eq"
        sides = (line.left, line.right) if of_equation and line.rule != SOLVED else (line.right,)
        has_number = self.result.at is not None and not of_equation
        return Step(
            rule=line.rule,
            before=_EQUALS.join(map(to_text, line.before.args if of_equation else (line.before,))),
            after=_EQUALS.join(map(to_text, sides)),
            wrt=name,
            span=self._span(line.before),
            inner=None if line.inner is None else to_text(line.inner),
            reason=line.reason or None,
            depth=line.depth,
            number=equation.here.as_float() if has_number else None,
        )

    def _span(self, before: Node) -> tuple[int, int] | None:
        """Return where a part stands in `read_as`; what a rule has made stands nowhere."""
        start, end = before.span
        is_there = before.span != NOWHERE and self.result.read_as[start:end]
        return (start, end) if is_there else None
