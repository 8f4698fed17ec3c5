"""Rows in, answers out: torch works ahead in threads, all witnesses look at the rows that are chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.calculator import calculate, conclude_each, due, read
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.many.choice import Choice
from derivcli.model import Status
from derivcli.model.rows import BAD, STATUSES, Answers, Verify
from derivcli.testimony import hear
from derivcli.wording import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.many.plan import Plan
    from derivcli.many.sheet import Draft
    from derivcli.model import Result
    from derivcli.model.rows import Rows, Source

_AT_ONCE = 128  # points of one question to the worker
_MOST_KNOWN = 10_000  # results that are kept for points that come again
_CODES = {name: code for code, name in enumerate(STATUSES)}
_FINE = frozenset({Status.AGREE, Status.UNVERIFIED})  # what all witnesses may say of a row that is sure
_GONE = frozenset({Status.UNDEFINED, Status.UNVERIFIED})  # and of one that is outside
_UNCHECKED = "not checked by all witnesses: --verify all does that"
_OUTSIDE = "f has no real value here"
_DISTRUST = "not sure: another row was found wrong by all witnesses together"

Texts = dict[str, str]


def answers(plan: Plan, source: Source, threads: int = 1) -> Iterator[Answers]:
    """Yield what is known of the rows of a source, in their order.

    Raises what reading the source raises. `threads` is how many work for torch; two were no quicker than one
    on two processors, for the memory of the results goes from thread to thread.
    """
    pieces = source.rows(plan.columns)
    if plan.one_by_one or plan.verify is Verify.ALL:  # which takes so long that few rows at a time are better
        pieces = (part for rows in source.rows(plan.columns) for part in rows.parts(_AT_ONCE))
    if plan.one_by_one:
        yield from (_one_by_one(plan, rows) for rows in pieces)
        return
    from derivcli.many.sheet import Sheet
    from derivcli.witnesses.columns import in_order, one_thread_an_operation

    witnesses = Witnesses(plan)
    with one_thread_an_operation():
        for draft in in_order(Sheet(plan), pieces, threads):
            yield witnesses(draft)


class Witnesses:
    """Puts answers together: what torch has found, and for the chosen rows what all witnesses say."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._choice = Choice(plan.verify)
        self._known: dict[tuple[str, ...], Result] = {}
        self._distrusted = False

    def __call__(self, draft: Draft) -> Answers:
        """Return the answers of some rows."""
        if self._plan.verify is Verify.OFF:
            return _unchecked(draft)
        results = self._looked_at(draft)
        self._distrusted |= any(_contradicts(draft, index, result) for index, result in results.items())
        sure, outside = (known & (not self._distrusted) for known in (draft.sure, draft.outside))
        statuses = np.where(sure, _CODES[Status.AGREE], _CODES[Status.UNVERIFIED]).astype(np.uint8)
        statuses[outside] = _CODES[Status.UNDEFINED]
        statuses[~draft.readable] = _CODES[BAD]
        nowhere = bool(draft.rows.bad) or draft.outside.any()
        none = draft.outside | ~draft.readable if nowhere else None
        numbers = [_answers(column, none, changes=bool(results)) for column in draft.autograd]
        for index, result in results.items():
            statuses[index] = _CODES[result.status]
            for column, number in zip(numbers, (result.value, *result.derivatives), strict=True):
                column[index] = np.nan if number.answer is None else number.answer
        notes = self._notes(draft.rows, statuses, results)
        return Answers(draft.rows, numbers, draft.autograd, draft.symbolic, statuses, results, notes)

    def _notes(self, rows: Rows, statuses: Any, results: dict[int, Result]) -> dict[int, str]:
        """Return what is said of rows that not all witnesses have looked at."""
        unchecked = _DISTRUST if self._distrusted else _UNCHECKED
        said = {_CODES[Status.UNVERIFIED]: unchecked, _CODES[Status.UNDEFINED]: _OUTSIDE}
        others = np.flatnonzero((statuses == _CODES[Status.UNVERIFIED]) | (statuses == _CODES[Status.UNDEFINED]))
        unseen = {index: said[statuses[index]] for index in others.tolist() if index not in results}
        return {**rows.notes, **{index: join(rows.notes.get(index), text) or "" for index, text in unseen.items()}}

    def _looked_at(self, draft: Draft) -> dict[int, Result]:
        texts = {int(index): _texts(self._plan, draft.rows, int(index)) for index in self._choice(draft)}
        new = {tuple(text.values()): text for text in texts.values() if tuple(text.values()) not in self._known}
        if len(self._known) + len(new) > _MOST_KNOWN:
            self._known.clear()
            new = {tuple(text.values()): text for text in texts.values()}
        waiting = list(new.items())
        for start in range(0, len(waiting), _AT_ONCE):
            some = waiting[start : start + _AT_ONCE]
            self._known.update(zip((key for key, _ in some), _asked(self._plan, [t for _, t in some]), strict=True))
        return {index: self._known[tuple(text.values())] for index, text in texts.items()}


def _unchecked(draft: Draft) -> Answers:
    """Return torch's numbers as they are."""
    statuses = np.full(len(draft.rows), _CODES[Status.UNVERIFIED], dtype=np.uint8)
    none = None
    if draft.rows.bad:
        none = ~draft.readable
        statuses[none] = _CODES[BAD]
    numbers = [_answers(column, none, changes=False) for column in draft.autograd]
    return Answers(draft.rows, numbers, draft.autograd, draft.symbolic, statuses, notes=draft.rows.notes)


def _answers(column: Any, none: Any, *, changes: bool) -> Any:
    """Return the numbers of a column that are answers; the column itself where all are and nothing will change."""
    with np.errstate(all="ignore"):
        if none is None and not changes and np.isfinite(column.sum()):
            return column
    missing = ~np.isfinite(column)
    return np.where(missing if none is None else missing | none, np.nan, column)


def _contradicts(draft: Draft, index: int, result: Result) -> bool:
    """Tell whether all witnesses together say otherwise of a row than torch."""
    return bool(
        (draft.sure[index] and result.status not in _FINE) or (draft.outside[index] and result.status not in _GONE)
    )


def _texts(plan: Plan, rows: Rows, index: int) -> Texts:
    """Return the point of a row as it was typed."""
    given = {name: rows.records.exact(index, name) for name in plan.columns}
    every = {**given, **(plan.request.at or {})}
    return {name: every[name] for name in plan.outline.variables if name in every}


def _asked(plan: Plan, points: Sequence[Texts]) -> list[Result]:
    """Return what all witnesses say of some points."""
    request = replace(plan.request, at=dict(points[0]))
    case = read(request, due(request))
    programs = [{name: compile_tree(tree) for name, tree in question.read_point(t).items()} for t in points]
    seen = hear(replace(case.inquiry, points=programs, whole=False), case.deadline)
    return conclude_each(case, seen, points)


def _one_by_one(plan: Plan, rows: Rows) -> Answers:
    """Answer each row as a single point."""
    good = [index for index in range(len(rows)) if index not in rows.bad]
    results = {k: calculate(replace(plan.request, at=_texts(plan, rows, k))) for k in good}
    statuses = np.full(len(rows), _CODES[BAD], dtype=np.uint8)
    columns = [np.full(len(rows), np.nan) for _ in plan.outline.names]
    for index, result in results.items():
        statuses[index] = _CODES[result.status]
        for column, number in zip(columns, (result.value, *result.derivatives), strict=True):
            column[index] = np.nan if number.answer is None else number.answer
    return Answers(rows, columns, columns, [None] * len(columns), statuses, results, rows.notes)
