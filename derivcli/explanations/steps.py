"""A function -> the lines of its derivation: top-down, a rule a line, each part once, what was found at the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derivcli.errors import LimitError
from derivcli.explanations.algebra import derivatives_in, placed, rebuilt
from derivcli.explanations.way import Rule
from derivcli.language.tree import DERIVATIVE, VARIABLE, Node, fold
from derivcli.model.steps import BOTH_SIDES, SOLVED, TIDIED, TOGETHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.explanations.way import Way

_MOST_PARTS = 2_000  # nodes: a longer derivative is not shown either
_ANY_ORDER = frozenset({"add", "mul"})
_MOST_LINES = 3_000  # that are made at all: checking one takes a millisecond


@dataclass(frozen=True, slots=True)
class StepLine:
    """An equation: `left`, which is the derivative of `before` or another way to write it, is `right`."""

    rule: str
    before: Node
    left: Node
    right: Node
    inner: Node | None = None
    reason: str = ""
    depth: int = 0


def derivation(tree: Node, way: Way, shown: Node, known: str = "") -> list[StepLine]:
    """Return the lines that find the derivative of a tree; the last is the one that is `shown`.

    `known` says what is put in there besides.

    Raises `NoRuleError` where a function has no derivative in closed form, `LimitError` for too many lines.
    """
    found = list(_explained(tree, way, _Met()))
    if len(found) > 1:
        return [*found, *_ending(tree, way, shown, known)]
    (only,) = found
    if _unordered(only.right) == _unordered(shown):
        return [replace(only, right=shown)]
    return [only, StepLine(TIDIED, only.right, only.right, shown, reason=known)]


def implicit_derivation(sides: tuple[Node, Node], variable: str, way: Way, shown: Node) -> list[StepLine]:
    """Return the lines that find the slope of the curve `left = right`, on which the variable is a function."""
    left, right = (way.slope(side) for side in sides)
    met = _Met()
    equation = Node("eq", sides)
    first = StepLine(BOTH_SIDES, equation, left, right, reason=f"`{variable}` is a function of `{way.name}`")
    inner = [
        line for side in (left, right) for d in derivatives_in(side) for line in _explained(d.args[0], way, met, 1)
    ]
    both = _assembled(left, way, {}), _assembled(right, way, {})
    middle = [StepLine(TOGETHER, equation, both[0], both[1])] if inner and both[0] and both[1] else []
    slope = Node(DERIVATIVE, (Node(VARIABLE, text=variable),), way.name)
    return [first, *inner, *middle, StepLine(SOLVED, equation, slope, shown)]


def parts_of(tree: Node, way: Way) -> list[Node]:
    """Return every part that a rule is applied to, where nothing is seen at a glance; raises `NoRuleError`."""
    slow = way.spoilt((Rule("none", lambda _part, _way: None),))
    return [line.before for line in _explained(tree, slow, _Met())]


@dataclass(slots=True)
class _Met:
    """The parts that have a line already."""

    parts: set[Node] = field(default_factory=set)


def _explained(part: Node, way: Way, met: _Met, depth: int = 0) -> Iterator[StepLine]:
    if part in met.parts or (part.op == VARIABLE and part.text in way.following):
        return
    met.parts.add(part)
    if len(met.parts) > _MOST_LINES or part.size > _MOST_PARTS:
        raise LimitError("the steps are too many to be shown")
    found = way.apply(part)
    left = Node(DERIVATIVE, (part,), way.name)
    yield StepLine(found.rule, part, left, found.after, found.inner, found.reason, depth)
    for derivative in derivatives_in(found.after):
        yield from _explained(derivative.args[0], way, met, depth + 1)


def _ending(tree: Node, way: Way, shown: Node, known: str) -> Iterator[StepLine]:
    """Yield what the lines make together, where that is not what is shown, and what is shown."""
    left = Node(DERIVATIVE, (tree,), way.name)
    together = assembled(tree, way)
    if together is None or _unordered(together) == _unordered(shown):
        yield StepLine(TOGETHER, tree, left, shown, reason=known)
        return
    yield StepLine(TOGETHER, tree, left, together)
    yield StepLine(TIDIED, together, together, shown, reason=known)


def _unordered(tree: Node) -> str:
    """Return what trees have in common that differ in the order of terms and factors alone: that is worth no line."""
    return fold(placed(tree, {}), _written_unordered)


def _written_unordered(node: Node, args: list[str]) -> str:
    if node.op == "exp":  # people write one for the other
        return _written_unordered(Node("pow"), [_written_unordered(Node("e"), []), *args])
    return f"{node.op} {node.text}({'|'.join(sorted(args) if node.op in _ANY_ORDER else args)})"


def assembled(tree: Node, way: Way) -> Node | None:
    """Return the derivative of a tree with all derivatives of parts put in; None where that grows too long."""
    return _assembled(way.slope(tree), way, {})


def _assembled(tree: Node, way: Way, known: dict[Node, Node | None]) -> Node | None:
    if tree in known:
        return known[tree]
    if tree.op == DERIVATIVE:
        (part,) = tree.args
        is_held = part.op == VARIABLE and part.text in way.following
        found = tree if is_held else _assembled(way.apply(part).after, way, known)
    elif derivatives_in(tree):
        args = [_assembled(arg, way, known) for arg in tree.args]
        whole = tuple(arg for arg in args if arg is not None)
        found = rebuilt(tree, whole) if len(whole) == len(args) else None
    else:
        found = tree
    known[tree] = found if found is None or found.size <= _MOST_PARTS else None
    return known[tree]
