"""Whether a line of a derivation is true, by mpmath's functions and its central differences alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivcli.explanations.algebra import derivatives_in
from derivcli.language.tree import DERIVATIVE, VARIABLE, Node, fold
from tests.checks import evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivcli.explanations.steps import StepLine

_DIGITS = 40
_SAME = mpf(10) ** -15  # central differences at 40 digits give half of them and more


def holds(line: StepLine, at: Mapping[str, str]) -> bool:
    """Tell whether both sides of a line have one value at a point."""
    with mp.workdps(_DIGITS):
        point = {name: mpf(text) for name, text in at.items()}
        left, right = value(line.left, point), value(line.right, point)
        size = max(abs(left), abs(right), *(abs(value(d, point)) for d in derivatives_in(line.right)), mpf(1))
        return bool(abs(left - right) <= _SAME * size)


def value(side: Node, point: Mapping[str, Any]) -> Any:
    """Return the value of a tree in which derivatives of parts stand; one in a branch that is not taken has none."""
    known: dict[str, Any] = {}

    def name(node: Node, args: list[Node]) -> Node:
        if node.op != DERIVATIVE:
            return Node(node.op, tuple(args), node.text)
        known[f"@{len(known)}"] = slope(node.args[0], node.text, point)
        return Node(VARIABLE, text=f"@{len(known) - 1}")

    named = fold(side, name)
    return evaluate(named, {**point, **known})


def slope(part: Node, by: str, point: Mapping[str, Any]) -> Any:
    """Return a derivative as `mpmath.diff` sees it."""
    try:
        return mp.diff(lambda x: evaluate(part, {**point, by: x}), point[by])
    except (ValueError, ZeroDivisionError):
        return mp.nan
