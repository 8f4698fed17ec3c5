"""Rows in, answers out: torch evaluates them all, and all witnesses look at the rows that are chosen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.calculator import calculate
from derivcli.many.choice import Choice, Look, texts_of
from derivcli.many.pace import Ahead, in_good_time
from derivcli.model import Status
from derivcli.model.rows import BAD, STATUSES, Answers, Form, Verify
from derivcli.witnesses.finite import are_finite
from derivcli.wording import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from derivcli.many.plan import Plan
    from derivcli.many.sheet import Draft
    from derivcli.model import Result
    from derivcli.model.rows import Rows, Source

_AT_ONCE = 128  # points of one question to the worker
_AHEAD = 8  # drafts made while the worker thinks, some megabytes each
_CODES = {name: code for code, name in enumerate(STATUSES)}
_FINE = frozenset({Status.AGREE, Status.UNVERIFIED})  # what all witnesses may say of a row that is sure
_GONE = frozenset({Status.UNDEFINED, Status.UNVERIFIED})  # and of one that is outside
_UNCHECKED = "not checked by all witnesses: --verify all does that"
_OUTSIDE = "f has no real value here"
_DISTRUST = "not sure: another row was found wrong by all witnesses together"


def answers(plan: Plan, source: Source) -> Iterator[Answers]:
    """Yield what is known of the rows of a source, in their order.

    Raises what reading the source raises.
    """
    pieces = source.rows(plan.columns)
    if plan.one_by_one or plan.verify is Verify.ALL:  # which takes so long that few rows at a time are better
        pieces = (part for rows in source.rows(plan.columns) for part in rows.parts(_AT_ONCE))
    if plan.one_by_one:
        yield from (_one_by_one(plan, rows) for rows in pieces)
        return
    from derivcli.many.sheet import Sheet
    from derivcli.witnesses.autograd import one_thread_an_operation

    sheet = Sheet(plan)
    with one_thread_an_operation():
        waits = source.form is not Form.GRID
        drafts = in_good_time(sheet, pieces) if sheet.is_slow else map(sheet, pieces)
        if plan.verify is Verify.OFF:
            yield from map(_unchecked, drafts)
        else:
            yield from _witnessed(plan, Ahead(drafts, 0 if waits else _AHEAD))


def _witnessed(plan: Plan, drafts: Ahead[Draft]) -> Iterator[Answers]:
    """Yield the answers to drafts, of which all witnesses look at some rows; meanwhile torch goes on."""
    choice, look, conclude = Choice(plan.verify), Look(plan, drafts.advance), Conclusion()
    for draft in drafts:
        chosen = choice(draft)
        if len(chosen) > _AT_ONCE:  # a row that is wrongly sure is to be known before any is given on
            conclude.test(draft, look(draft.rows, chosen[(draft.sure | draft.outside)[chosen]]))
        for part, some in _parts(draft, chosen):
            yield conclude(part, look(part.rows, some))


def _parts(draft: Draft, chosen: Any) -> Iterator[tuple[Draft, Any]]:
    """Yield a draft in parts with no more chosen rows than one question holds, so that answers come soon."""
    cuts = chosen[_AT_ONCE::_AT_ONCE].tolist()
    for start, stop in pairwise([0, *cuts, len(draft.rows)]):
        part = draft.part(start, stop) if cuts else draft
        yield part, chosen[(start <= chosen) & (chosen < stop)] - start


class Conclusion:
    """Puts answers together: what torch has found, and for the chosen rows what all witnesses say."""

    def __init__(self) -> None:
        self._distrusted = False

    def test(self, draft: Draft, results: Mapping[int, Result]) -> None:
        """Trust no row any more if one of these is not what torch and the bounds have made of it."""
        self._distrusted |= any(_contradicts(draft, index, result) for index, result in results.items())

    def __call__(self, draft: Draft, results: Mapping[int, Result]) -> Answers:
        """Return the answers of some rows."""
        self.test(draft, results)
        unsure = np.arange(len(draft.rows)) if self._distrusted else draft.others
        outside = unsure[draft.outside[unsure] & (not self._distrusted)]
        bad = list(draft.rows.bad)
        statuses = np.full(len(draft.rows), _CODES[Status.AGREE], dtype=np.uint8)
        statuses[unsure] = _CODES[Status.UNVERIFIED]
        statuses[outside] = _CODES[Status.UNDEFINED]
        statuses[bad] = _CODES[BAD]
        nowhere = np.concatenate([np.flatnonzero(draft.outside), bad]).astype(int)
        numbers = [_answers(column, nowhere, changes=bool(results)) for column in draft.autograd]
        for index, result in results.items():
            statuses[index] = _CODES[result.status]
            for column, number in zip(numbers, (result.value, *result.derivatives), strict=True):
                column[index] = np.nan if number.answer is None else number.answer
        notes = self._notes(draft.rows, unsure, statuses, results)
        return Answers(draft.rows, numbers, draft.autograd, draft.symbolic, statuses, results, notes)

    def _notes(self, rows: Rows, unsure: Any, statuses: Any, results: Mapping[int, Result]) -> Mapping[int, str]:
        """Return what is said of rows that not all witnesses have looked at."""
        unchecked = _DISTRUST if self._distrusted else _UNCHECKED
        said = {_CODES[Status.UNVERIFIED]: unchecked, _CODES[Status.UNDEFINED]: _OUTSIDE}
        unseen = {k: said[statuses[k]] for k in unsure.tolist() if k not in results and k not in rows.bad}
        return {**rows.notes, **{index: join(rows.notes.get(index), text) or "" for index, text in unseen.items()}}


def _unchecked(draft: Draft) -> Answers:
    """Return torch's numbers as they are."""
    bad = list(draft.rows.bad)
    statuses = np.full(len(draft.rows), _CODES[Status.UNVERIFIED], dtype=np.uint8)
    statuses[bad] = _CODES[BAD]
    numbers = [_answers(column, bad, changes=False) for column in draft.autograd]
    return Answers(draft.rows, numbers, draft.autograd, draft.symbolic, statuses, notes=draft.rows.notes)


def _answers(column: Any, nowhere: Any, *, changes: bool) -> Any:
    """Return the numbers of a column that are answers; the column itself where all are and nothing will change."""
    if not len(nowhere) and are_finite(column):
        return column.copy() if changes else column
    found = np.where(np.isfinite(column), column, np.nan)
    found[nowhere] = np.nan
    return found


def _contradicts(draft: Draft, index: int, result: Result) -> bool:
    """Tell whether all witnesses together say otherwise of a row than torch."""
    return bool(
        (draft.sure[index] and result.status not in _FINE) or (draft.outside[index] and result.status not in _GONE)
    )


def _one_by_one(plan: Plan, rows: Rows) -> Answers:
    """Answer each row as a single point."""
    good = [index for index in range(len(rows)) if index not in rows.bad]
    results = {k: calculate(replace(plan.request, at=texts_of(plan, rows, k))) for k in good}
    statuses = np.full(len(rows), _CODES[BAD], dtype=np.uint8)
    columns = [np.full(len(rows), np.nan) for _ in plan.outline.names]
    for index, result in results.items():
        statuses[index] = _CODES[result.status]
        for column, number in zip(columns, (result.value, *result.derivatives), strict=True):
            column[index] = np.nan if number.answer is None else number.answer
    return Answers(rows, columns, columns, [None] * len(columns), statuses, results, rows.notes)
