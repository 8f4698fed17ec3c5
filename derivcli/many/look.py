"""A closer look at a row: all witnesses are asked as about a single point, but for what is known of f already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.calculator import conclude
from derivcli.language import question
from derivcli.model import Status
from derivcli.testimony import hear

if TYPE_CHECKING:
    from derivcli.many.plan import Plan
    from derivcli.model import Result
    from derivcli.model.rows import Rows
    from derivcli.witnesses.client import Meanwhile

_MOST_EXPLAINED = 100  # wrong rows of which it is said where that starts: each takes ten times as long as another
_LEAST = 3.0  # seconds for a row: a worker that has been ended takes one or two to start again
_MOST_KNOWN = 10_000  # results that are kept for points that come again

Texts = dict[str, str]


class Look:
    """Looks at one row after another; a point that comes again is not looked at again.

    A row may take as long as a single point. After one that has taken so long the next one has half of that, but time
    to start a worker, and all of it again after one that was quick: where every row is too hard, a file does not take
    days.
    """

    def __init__(self, plan: Plan, meanwhile: Meanwhile) -> None:
        self._plan = plan
        self._meanwhile = meanwhile
        self._seconds = plan.request.timeout
        self._explained = 0
        self._known: dict[tuple[str, ...], Result] = {}

    def __call__(self, rows: Rows, index: int) -> Result:
        """Return what all witnesses say of a row."""
        texts = texts_of(self._plan, rows, index)
        key = tuple(texts.values())
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._asked(texts)
        return self._known[key]

    def _asked(self, texts: Texts) -> Result:
        case = self._plan.case.at(texts, question.read_point(texts), self._seconds)
        case = replace(case, explained=self._explained < _MOST_EXPLAINED)
        result = conclude(case, hear(case, self._meanwhile))
        self._explained += result.status is Status.DIFFER
        timeout = self._plan.request.timeout
        self._seconds = timeout if result.limit_reached is None else max(self._seconds / 2, min(_LEAST, timeout))
        return result


def texts_of(plan: Plan, rows: Rows, index: int) -> Texts:
    """Return the point of a row as it was typed."""
    given = {name: rows.records.exact(index, name) for name in plan.columns}
    every = {**given, **(plan.request.at or {})}
    return {name: every[name] for name in plan.outline.answer.variables if name in every}
