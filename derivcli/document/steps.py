"""The steps of a derivative as lines of a document: equations in the notation of the question, and their reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcli.document.model import Deduction, Formula
from derivcli.language.latex import to_latex
from derivcli.language.printer import to_text
from derivcli.language.tree import DERIVATIVE, VARIABLE, Node, fold
from derivcli.model.steps import SOLVED, TIDIED, TOGETHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.document.model import Piece, Symbol
    from derivcli.document.names import NamedResult
    from derivcli.document.spelling import Spelling
    from derivcli.model import Derivative, Result
    from derivcli.model.steps import Step

_OPENS = re.compile(r"d/d(\w+)\[")
_QUOTED = re.compile("`([^`]+)`")
_PLACE = "d_00"  # begins names that nobody uses, before which a number keeps its sign of multiplication
_OF_LOG = "derivative of log"
_LAW = "the "  # begins a reason that only says what the rule is
_EQUALS = " = "


def deductions(part: NamedResult, derivative: Derivative, name: Symbol) -> tuple[Deduction, ...]:
    """Return the lines of a derivation; those at its end are about the derivative by its name."""
    writer = writer_of(part)
    steps = derivative.steps or ()
    return tuple(writer.deduction(step, name if _is_end(steps, k) else None) for k, step in enumerate(steps))


def hint(part: NamedResult, derivative: Derivative) -> tuple[Piece, ...]:
    """Return what to do next, and with what; the answer before it stays hidden behind its name."""
    step, below = next_step(part.result, derivative), _below(part.result, derivative)
    writer = writer_of(part)
    return (*writer.why(step), ", on ", writer.formula(step.before) if below is None else part.name(below))


def next_step(result: Result, derivative: Derivative) -> Step:
    """Return the first step of a derivative without what it makes, nor another derivative that it starts from."""
    (step, *_), below = derivative.steps or (), _below(result, derivative)
    hidden = replace(step, after=None, number=None)
    return hidden if below is None else replace(hidden, before=below.name, span=None, inner=None, reason=None)


def _below(result: Result, derivative: Derivative) -> Derivative | None:
    """Return the derivative that is differentiated, if it is among the answers."""
    return next((d for d in result.derivatives if d.wrt == derivative.wrt[:-1]), None)


def writer_of(part: NamedResult) -> StepWriter:
    """Return what writes formulas in the notation of a question."""
    return StepWriter(part.spelling, part.is_partial, part.above if part.is_equation else "")


def _is_end(steps: Sequence[Step], k: int) -> bool:
    """Tell whether a line is about the whole derivative, after those that find its parts."""
    followers = [step.rule for step in steps[k + 1 :]]
    return steps[k].rule == SOLVED or (steps[k].rule == TOGETHER and followers in ([], [TIDIED]))


@dataclass(frozen=True, slots=True)
class StepWriter:
    """Writes steps in a notation, with ∂ where there are several variables; `follower` is a function of the others."""

    spelling: Spelling
    is_partial: bool
    follower: str

    def deduction(self, step: Step, name: Symbol | None) -> Deduction:
        """Return the line of a step, about what has a name or else about the part that is differentiated."""
        before, equals, after = (step.after or "").rpartition(_EQUALS)
        left: Formula | Symbol | None = name
        if equals:
            left = self.formula(before)
        elif name is None and step.rule != TIDIED:
            left = self.formula(f"d/d{step.wrt}[{step.before}]")
        more = self.sentence(step.reason or "")
        return Deduction(left, self.formula(after), self.why(step), more, step.depth, step.number)

    def why(self, step: Step) -> tuple[Piece, ...]:
        """Return the name of the rule, with the inner function of a chain and where there is no derivative."""
        inner: tuple[Piece, ...] = () if step.inner is None else (", u = ", self.formula(step.inner))
        reason = step.reason or ""
        rule = step.rule.replace("of log", "of ln") if self.spelling.style.ln and step.rule == _OF_LOG else step.rule
        return (rule, *inner, *(() if reason.startswith(_LAW) or not reason else (", ", *self.sentence(reason))))

    def sentence(self, text: str) -> tuple[Piece, ...]:
        """Return a sentence with the formulas in it that are quoted."""
        parts = _QUOTED.split(text)
        return tuple(self.formula(p) if k % 2 else p for k, p in enumerate(parts) if p)

    def formula(self, text: str) -> Formula:
        """Return a formula in the notation; one that cannot be read again stays as it is."""
        sides = [self._read(side) for side in text.split(_EQUALS)]
        known = [side for side in sides if side is not None]
        if len(known) < len(sides):
            return Formula(text)
        shown = _EQUALS.join(to_text(side, self.spelling.style) for side in known)
        latex = _EQUALS.join(to_latex(side, self.spelling.style) for side in known)
        return Formula(self._named(shown), self._named_in_latex(latex))

    def _read(self, text: str) -> Node | None:
        """Return the tree of a text in which derivatives of parts stand."""
        parts: dict[str, Node] = {}
        while found := _OPENS.search(text):
            end = _closing(text, found.end())
            inside = self._read(text[found.end() : end])
            if inside is None:
                return None
            name = f"{_PLACE}{len(parts)}"
            parts[name] = Node(DERIVATIVE, (inside,), found[1])
            text = f"{text[: found.start()]}{name}{text[end + 1 :]}"
        tree = self.spelling.read(text)
        return tree if tree is None or not parts else fold(tree, lambda node, args: _placed(node, args, parts))

    def _named(self, text: str) -> str:
        text = re.sub(rf"d/d(\w+)\[{self.follower}\]", rf"d{self.follower}/d\1", text) if self.follower else text
        return _OPENS.sub(r"∂/∂\1[", text) if self.is_partial else text

    def _named_in_latex(self, text: str) -> str:
        if self.follower:
            text = re.sub(
                rf"\{{d\}}(\{{d[^{{}}]*\}})\\left\[{self.follower}\\right\]", rf"{{d{self.follower}}}\1", text
            )
        return re.sub(r"\\frac\{d\}\{d", r"\\frac{\\partial}{\\partial ", text) if self.is_partial else text


def _closing(text: str, start: int) -> int:
    """Return where the bracket that has been opened before `start` is closed."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return len(text)


def _placed(node: Node, args: list[Node], parts: dict[str, Node]) -> Node:
    return parts[node.text] if node.op == VARIABLE and node.text in parts else Node(node.op, tuple(args), node.text)
