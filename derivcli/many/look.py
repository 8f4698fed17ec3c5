"""All witnesses asked about chosen rows, each as the point that was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivcli.calculator import conclude_each
from derivcli.cases import due, read
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.testimony import hear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.many.plan import Plan
    from derivcli.model import Result
    from derivcli.model.rows import Rows
    from derivcli.witnesses.client import Meanwhile

_MOST_KNOWN = 10_000  # results that are kept for points that come again

Texts = dict[str, str]


class Look:
    """Asks all witnesses about chosen rows; a point that comes again is not asked for again."""

    def __init__(self, plan: Plan, meanwhile: Meanwhile) -> None:
        self._plan = plan
        self._meanwhile = meanwhile
        self._known: dict[tuple[str, ...], Result] = {}

    def __call__(self, rows: Rows, chosen: Any) -> dict[int, Result]:
        """Return what all witnesses say of the chosen rows, by their index."""
        texts = {index: texts_of(self._plan, rows, index) for index in chosen.tolist()}
        new = {tuple(text.values()): text for text in texts.values() if tuple(text.values()) not in self._known}
        if len(self._known) + len(new) > _MOST_KNOWN:
            self._known.clear()
            new = {tuple(text.values()): text for text in texts.values()}
        if new:
            self._known.update(zip(new, _asked(self._plan, list(new.values()), self._meanwhile), strict=True))
        return {index: self._known[tuple(text.values())] for index, text in texts.items()}


def texts_of(plan: Plan, rows: Rows, index: int) -> Texts:
    """Return the point of a row as it was typed."""
    given = {name: rows.records.exact(index, name) for name in plan.columns}
    every = {**given, **(plan.request.at or {})}
    return {name: every[name] for name in plan.outline.variables if name in every}


def _asked(plan: Plan, points: Sequence[Texts], meanwhile: Meanwhile) -> list[Result]:
    """Return what all witnesses say of some points."""
    request = replace(plan.request, at=dict(points[0]))
    case = read(request, due(request))
    programs = [{name: compile_tree(tree) for name, tree in question.read_point(t).items()} for t in points]
    seen = hear(replace(case.inquiry, points=programs, whole=False), case.deadline, meanwhile)
    return conclude_each(case, seen, points)
