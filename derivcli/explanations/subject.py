"""A function that has been answered for: its tree, its known derivatives, their lines, and where equations are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.errors import InternalError, LimitError
from derivcli.explanations import rules
from derivcli.explanations.holding import STEPS_DIGITS, Claim, Spots, hold, places, spot
from derivcli.explanations.regions import between
from derivcli.explanations.steps import StepLine, assembled, derivation, implicit_derivation
from derivcli.language.parser import parse, parse_equation
from derivcli.language.printer import to_text
from derivcli.language.tree import NOWHERE, Node
from derivcli.model.steps import SOLVED, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.explanations.way import Way
    from derivcli.model import Result
    from derivcli.witnesses.asking.equations import Equation

ENOUGH = 3  # points at which a line has to hold
_EQUALS = " = "
UNCHECKED = "steps could not be checked"


class NoStepsError(Exception):
    """A derivative has no steps to show; its text says why."""


class AnsweredFunction:
    """A function that has been answered for: its tree and derivatives, where equations are held, and until when."""

    def __init__(self, result: Result, deadline: float) -> None:
        self.result = result
        self.deadline = deadline
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
        self.places = places(result.variables, result.at_text if result.variables else None)
        self.curve = None if self.variable is None else (self.tree, self.variable)

    def way(self, name: str) -> Way:
        """Return what is differentiated by: on a curve the variable of the equation follows."""
        return rules.by(name, *filter(None, [self.variable]))

    def pace(self, name: str) -> Mapping[str, Node] | None:
        """Return how fast the variable of an equation follows another one; None where there is no equation."""
        return None if self.variable is None else {self.variable: self.known[(name,)]}

    def below(self, wrt: tuple[str, ...]) -> Node | None:
        """Return what a derivative is the derivative of; None where that has no closed form."""
        found: Node | None = self.tree
        for k in range(1, len(wrt)):
            known = self.known.get(wrt[:k])
            found = known or (None if found is None else assembled(found, self.way(wrt[k - 1])))
        return found

    def lines(self, wrt: tuple[str, ...]) -> list[tuple[list[StepLine], str]]:
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

    def checked(self, lines: Sequence[StepLine], name: str) -> list[Step]:
        """Return the steps of lines that have been seen to hold; raises `InternalError` where one has not."""
        seen = self._seen(lines, name, self.places)
        if seen and not all(equation.held >= ENOUGH for equation in seen):
            regions = between([self.tree], self.result.variables, self.deadline)
            seen = self._seen(lines, name, self.places._replace(regions=list(map(spot, regions))))
        if not seen:
            raise LimitError("time or memory ran out before the steps had been checked")
        if not all(equation.held >= ENOUGH for equation in seen):
            raise NoStepsError("no three points were found at which its lines could be checked")
        return [self.step(line, equation, name) for line, equation in zip(lines, seen, strict=True)]

    def _seen(self, lines: Sequence[StepLine], name: str, spots: Spots) -> tuple[Equation, ...]:
        """Return what is seen of lines at points; raises `InternalError` where one does not hold."""
        asked = Claim([(line.left, line.right) for line in lines], name, self.pace(name), strict=False)
        seen = hold(asked, spots, self.deadline, enough=ENOUGH, digits=STEPS_DIGITS).seen
        for line, equation in zip(lines, seen, strict=False):
            if equation.broken is not None:
                raise InternalError(UNCHECKED, hint=f"a defect of deriv: {line.rule} on {to_text(line.before)[:60]}")
        return seen

    def step(self, line: StepLine, equation: Equation | None, name: str) -> Step:
        """Return a line as a step, with its number at the point if it has been held there."""
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
            number=equation.here.as_float() if equation and has_number else None,
        )

    def _span(self, before: Node) -> tuple[int, int] | None:
        """Return where a part stands in `read_as`; what a rule has made stands nowhere."""
        start, end = before.span
        is_there = before.span != NOWHERE and self.result.read_as[start:end]
        return (start, end) if is_there else None
