"""Why numbers of autograd's are wrong: asks the worker and torch for the numbers of every part, and for other forms."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from derivcli import causes
from derivcli.closeness import agrees
from derivcli.errors import DerivError, LimitError, MissingPartError
from derivcli.language.lowering import compile_tree, outline
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.language.rewriting import forms
from derivcli.model import Cause, CauseKind
from derivcli.verdict import Blame
from derivcli.witnesses import autograd, client
from derivcli.witnesses.asking.traces import PartSlopes, PartValues, SameForms, TraceRequest
from derivcli.witnesses.evidence import UNDECIDED
from derivcli.witnesses.replay import Replay, step, with_constants
from derivcli.wording.causes import because

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.causes import Origin, Sight
    from derivcli.closeness import Tolerance
    from derivcli.language.program import Program
    from derivcli.language.question import Question
    from derivcli.language.tree import Node
    from derivcli.model import Value
    from derivcli.witnesses.asking.traces import SameForm
    from derivcli.witnesses.evidence import Reading

_MOST_PARTS = 200  # of f: the worker evaluates each with many digits, and nobody looks through more
_PATIENCE = 3.0  # seconds that a reason is worth
_AROUND = {CauseKind.ROUNDING, CauseKind.ABSORPTION}  # whose words name the operation around the part


def why(
    asked: Question,
    at: Mapping[str, float],
    suspects: Mapping[str | None, Value],
    tolerance: Tolerance,
    deadline: float,
) -> dict[str | None, Blame]:
    """Return why the numbers differ: f (None) and slopes (by their variable); nothing where it cannot be said."""
    case = _case(asked)
    if case is None:
        return {}
    names = [name for name in suspects if name is not None]
    heard = _hear(case, asked, list(asked.wrt), min(deadline, time.monotonic() + _PATIENCE))
    same = [(case.texts[form.root], form.program) for form in heard.same]
    rewrites = _rewrites(same, at, suspects, tolerance)
    origins = _origins(case, heard, at, names, suspects) if heard.values else {}
    return {name: _blame(origins.get(name), rewrites.get(name)) for name in suspects}


@dataclass(frozen=True, slots=True)
class _Shown:
    """f as it is shown, so that its spans point into what a reader sees, and its other forms."""

    tree: Node
    program: Program
    indices: dict[Node, int]
    forms: Program
    roots: list[int]
    texts: dict[int, str]


def _case(asked: Question) -> _Shown | None:
    names = frozenset(asked.variables)
    if asked.tree.size > _MOST_PARTS:
        return None
    try:
        tree = parse(to_text(asked.tree), names).tree
        if tree.size > _MOST_PARTS:
            return None
        others = [parse(to_text(form), names).tree for form in forms(tree)]
    except DerivError:
        return None
    several, places = outline(tree, *others)
    roots = list(dict.fromkeys(places[form] for form in (tree, *others)))
    texts = {places[form]: to_text(form) for form in reversed(others)}
    return _Shown(tree, *outline(tree), several, roots, texts)


@dataclass(slots=True)
class _Heard:
    """What the worker says of the parts of f: their values, their slopes by each variable, the forms that are f too."""

    values: Sequence[Reading] = ()
    slopes: dict[str, Sequence[Reading]] = field(default_factory=dict)
    same: Sequence[SameForm] = ()


def _hear(case: _Shown, question: Question, names: list[str], deadline: float) -> _Heard:
    """Ask the worker; return what has come until the deadline."""
    point = {name: compile_tree(tree) for name, tree in (question.point or {}).items()}
    request = TraceRequest(case.program, case.forms, tuple(case.roots), point, tuple(names))
    heard = _Heard()
    with suppress(MissingPartError, LimitError), client.ask(request, deadline) as conversation:
        for reply in conversation.replies():
            match reply:
                case PartValues():
                    heard.values = reply.values
                case PartSlopes():
                    heard.slopes[reply.name] = reply.slopes
                case SameForms():
                    heard.same = reply.forms
    return heard


def _origins(
    case: _Shown, heard: _Heard, at: Mapping[str, float], names: list[str], suspects: Mapping[str | None, Value]
) -> dict[str | None, Origin | None]:
    unknown = [UNDECIDED] * len(heard.values)
    slopes = {name: heard.slopes.get(name, unknown) for name in names}
    replay = Replay(with_constants(case.program, heard.values), at, names)
    moving = {name: case.program.depends_on((name,)) for name in names}
    scene = _AllParts(case.indices, replay, heard.values, slopes, moving)
    return {name: causes.find(scene, case.tree, name) for name in suspects}


def _blame(origin: Origin | None, rewrite: str | None) -> Blame:
    if origin is None:
        return Blame(rewrite=rewrite)
    part = to_text(origin.node)
    other = "" if origin.other is None else to_text(origin.other)
    around = origin.other if origin.kind in _AROUND and origin.other is not None else origin.node
    said = because(origin.kind, part, around.op, other, origin.number)
    return Blame(Cause(origin.kind, part, (origin.node.span.start, origin.node.span.end)), said, rewrite)


def _rewrites(
    same: Sequence[tuple[str, Program]],
    at: Mapping[str, float],
    suspects: Mapping[str | None, Value],
    tolerance: Tolerance,
) -> dict[str | None, str]:
    """Return for each number a form of f for which torch has it right: one that sets most numbers right."""
    found = [(text, _right(program, at, suspects, tolerance)) for text, program in same]
    found.sort(key=lambda form: -len(form[1]))
    return {name: next(text for text, right in found if name in right) for name in set().union(*(r for _, r in found))}


def _right(
    program: Program, at: Mapping[str, float], suspects: Mapping[str | None, Value], tolerance: Tolerance
) -> set[str | None]:
    value, slopes = autograd.partials(program, at, [name for name in suspects if name is not None])
    numbers = {name: value if name is None else slopes[name] for name in suspects}
    return {
        name
        for name, suspect in suspects.items()
        if (number := numbers[name]) is not None and agrees(number, Decimal(suspect.digits or "nan"), tolerance)
    }


@dataclass(frozen=True, slots=True)
class _AllParts:
    """All parts of f with their numbers: what `causes` looks at."""

    indices: dict[Node, int]
    replay: Replay
    values: Sequence[Reading]
    slopes: Mapping[str, Sequence[Reading]]
    moving: dict[str, tuple[bool, ...]]  # which instructions depend on a variable

    def seen(self, node: Node, name: str | None) -> Sight:
        """Return a part's number, or its slope."""
        index = self.indices[node]
        value, slopes = self.replay.part(index)
        if name is None:
            return causes.Sight(value, self.values[index])
        return causes.Sight(slopes[name], self.slopes[name][index])

    def alone(self, node: Node, position: int, name: str | None, aspect: str | None) -> float:
        """Return the error of a part if one operand (its value, or its slope) is torch's and all else is true."""
        if node.op == "piecewise":
            return self.seen(node.args[position], aspect).error
        values = [self._best(arg, None, torch=k == position and aspect is None) for k, arg in enumerate(node.args)]
        value, partials = step(node, values)
        if name is None:
            return causes.Sight(value, self.values[self.indices[node]]).error
        slopes = [self._best(arg, name, torch=k == position and aspect == name) for k, arg in enumerate(node.args)]
        moving = [self.moving[name][self.indices[arg]] for arg in node.args]
        terms = [p * s for p, s, moves in zip(partials, slopes, moving, strict=True) if moves and p is not None]
        return causes.Sight(sum(terms), self.slopes[name][self.indices[node]]).error

    def partials(self, node: Node) -> list[float | None]:
        """Return torch's partial derivatives of one operation where its operands are true."""
        return step(node, [self._best(arg, None, torch=False) for arg in node.args])[1]

    def _best(self, node: Node, name: str | None, *, torch: bool) -> float:
        """Return torch's number, or the true one where it is known."""
        sight = self.seen(node, name)
        true = None if torch else sight.true.as_float()
        return true if true is not None else sight.torch or 0.0
