"""Another form of f that does not cancel, where a rewrite is known: looked for near 0, at moderate places and far out.

The worker says which forms are the same function and what f truly is; torch says what float64 makes of each.
"""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

from derivcli.cases import candidates
from derivcli.errors import DerivError, LimitError, MissingPartError
from derivcli.language import question
from derivcli.language.lowering import compile_tree, outline
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.rewriting import forms
from derivcli.witnesses import autograd, client
from derivcli.witnesses.asking.traces import PartValues, SameForms, TraceRequest
from derivcli.witnesses.constants import evaluated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.language.tree import Node

# Where sums cancel: near 0, where exp overflows, and where a term of 1 is lost beside the others.
_POWERS = (-9, -5, 0, 3, 9)
_COMPARED = (-5, 0)  # where two forms must be seen to be the same: farther out one may have no digits to compare
_PLACES = 3  # of both signs, times each power of ten
_MOST_PARTS = 200  # of an expression that is rewritten
_GOOD = 1e-13  # a form whose error is nowhere larger is left as it is
_BETTER = 0.1  # of the error, or a form is not worth another reading
_ENOUGH = 3  # places at which two forms must be seen to be the same


def stable_form(tree: Node, names: Sequence[str], deadline: float) -> Node:
    """Return the form of f that loses least where it loses most; the same tree where none is known to be better."""
    others = _forms(tree, names)
    if not others:
        return tree
    several, places = outline(tree, *others)
    roots = [places[form] for form in (tree, *others)]
    agreed, errors = [0] * len(roots), [0.0] * len(roots)
    for power, texts in _points(names):
        point = {name: compile_tree(node) for name, node in question.read_point(texts).items()}
        same, true = _asked(several, roots, point, deadline)
        if true is None or not math.isfinite(true):
            continue
        at = evaluated(point)
        for k, root in enumerate(roots):
            agreed[k] += root in same and power in _COMPARED
            errors[k] = max(errors[k], _error(several.part(root), at, true))
    return _best((tree, *others), agreed, errors)


def _forms(tree: Node, names: Sequence[str]) -> list[Node]:
    if tree.size > _MOST_PARTS:
        return []
    with suppress(DerivError):
        return [parse(to_text(form), frozenset(names)).tree for form in forms(tree)]
    return []


def _points(names: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return points, each with the power of ten that it is scaled by."""
    spots = candidates(names)[:_PLACES]
    return [(power, {name: f"{text}e{power}" for name, text in spot.items()}) for power in _POWERS for spot in spots]


def _asked(
    several: Program, roots: Sequence[int], point: Mapping[str, Program], deadline: float
) -> tuple[set[int], float | None]:
    """Return which roots are the same function as the first, by what is seen at a point, and its value there."""
    same, true = {roots[0]}, None
    request = TraceRequest(several, several, tuple(roots), dict(point), ())
    with suppress(MissingPartError, LimitError), client.ask(request, deadline) as conversation:
        for reply in conversation.replies():
            if isinstance(reply, PartValues):
                true = reply.values[roots[0]].as_float()
            elif isinstance(reply, SameForms):
                same |= {form.root for form in reply.forms}
    return same, true


def _error(program: Program, at: Mapping[str, float], true: float) -> float:
    """Return the relative error of a form in float64."""
    value = autograd.partials(program, at, ())[0]
    error = abs(value - true) / abs(true) if true else abs(value)
    return error if math.isfinite(error) else math.inf


def _best(trees: Sequence[Node], agreed: Sequence[int], errors: Sequence[float]) -> Node:
    """Return the form with the smallest error, the shortest of equal ones, if it is the same wherever f is known."""
    looked = agreed[0]
    known = [k for k in range(len(trees)) if agreed[k] == looked >= _ENOUGH]
    best = min(known, key=lambda k: (max(errors[k], _GOOD), trees[k].size), default=0)
    return trees[best] if errors[0] > _GOOD and errors[best] <= _BETTER * errors[0] else trees[0]
