"""Rows in, answers out: torch evaluates them all, and all witnesses look at the rows that are chosen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from derivcli.calculator import calculate
from derivcli.many.choice import Choice, Look, texts_of
from derivcli.many.pace import Ahead, in_good_time
from derivcli.model import Status
from derivcli.model.choices import Form, Verify
from derivcli.model.rows import BAD, CODES, STATUSES, Answers
from derivcli.wording import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from derivcli.many.plan import Plan
    from derivcli.model import Result
    from derivcli.model.rows import Column, Rows, Source

_AT_ONCE = 128  # points of one question to the worker
_AHEAD = 8  # drafts made while the worker thinks, some megabytes each
# What all witnesses may say of a row that is sure, and of one where f has no value.
_POSSIBLE = {
    str(Status.AGREE): (Status.AGREE, Status.UNVERIFIED),
    str(Status.UNDEFINED): (Status.UNDEFINED, Status.UNVERIFIED),
}
_UNCHECKED = "not checked by all witnesses: --verify all does that"
_OUTSIDE = "f has no real value here"
_DISTRUST = "not sure: the witnesses found a wrong number in another row"


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
            yield from drafts
        else:
            yield from _witnessed(plan, Ahead(drafts, 0 if waits else _AHEAD))


def _witnessed(plan: Plan, drafts: Ahead[Answers]) -> Iterator[Answers]:
    """Yield the answers to drafts, of which all witnesses look at some rows; meanwhile torch goes on."""
    choice, look, conclude = Choice(plan.verify), Look(plan, drafts.advance), Conclusion()
    for draft in drafts:
        chosen = choice(draft)
        if len(chosen) > _AT_ONCE:  # a row that is wrongly sure is to be known before any is given on
            known = draft.is_at(Status.AGREE) | draft.is_at(Status.UNDEFINED)
            conclude.test(draft, look(draft.rows, chosen[known[chosen]]))
        for part, some in _parts(draft, chosen):
            yield conclude(part, look(part.rows, some))


def _parts(draft: Answers, chosen: Column) -> Iterator[tuple[Answers, Column]]:
    """Yield a draft in parts with no more chosen rows than one question holds, so that answers come soon."""
    cuts = chosen[_AT_ONCE::_AT_ONCE].tolist()
    for start, stop in pairwise([0, *cuts, len(draft.rows)]):
        part = draft.part(start, stop) if cuts else draft
        yield part, chosen[(start <= chosen) & (chosen < stop)] - start


class Conclusion:
    """Puts answers together: what torch has found, and for the chosen rows what all witnesses say."""

    def __init__(self) -> None:
        self._distrusted = False

    def test(self, draft: Answers, results: Mapping[int, Result]) -> None:
        """Trust no row any more if one of these is not what torch and the bounds have made of it."""
        said = {index: STATUSES[draft.statuses[index]] for index in results}
        self._distrusted |= any(
            result.status not in _POSSIBLE.get(said[index], STATUSES) for index, result in results.items()
        )

    def __call__(self, draft: Answers, results: Mapping[int, Result]) -> Answers:
        """Return the answers of some rows."""
        self.test(draft, results)
        statuses = draft.statuses.copy()
        if self._distrusted:
            statuses[statuses != CODES[BAD]] = CODES[Status.UNVERIFIED]
        notes = self._notes(draft.rows, statuses, results)
        return _with_results(replace(draft, statuses=statuses, notes=notes), results)

    def _notes(self, rows: Rows, statuses: Column, results: Mapping[int, Result]) -> Mapping[int, str]:
        """Return what is said of rows that not all witnesses have looked at."""
        unchecked = _DISTRUST if self._distrusted else _UNCHECKED
        said = {CODES[Status.UNVERIFIED]: unchecked, CODES[Status.UNDEFINED]: _OUTSIDE}
        unsure = np.flatnonzero(statuses != CODES[Status.AGREE]).tolist()
        unseen = {k: said[statuses[k]] for k in unsure if k not in results and k not in rows.bad}
        return {**rows.notes, **{index: join(rows.notes.get(index), text) or "" for index, text in unseen.items()}}


def _with_results(draft: Answers, results: Mapping[int, Result]) -> Answers:
    """Return answers in which some rows have what all witnesses say."""
    if not results:
        return draft
    numbers = [column.copy() for column in draft.numbers]
    for index, result in results.items():
        draft.statuses[index] = CODES[result.status]
        for column, number in zip(numbers, (result.value, *result.derivatives), strict=True):
            column[index] = np.nan if number.answer is None else number.answer
    return replace(draft, numbers=numbers, results=results)


def _one_by_one(plan: Plan, rows: Rows) -> Answers:
    """Answer each row as a single point."""
    results = {
        k: calculate(replace(plan.request, at=texts_of(plan, rows, k))) for k in range(len(rows)) if k not in rows.bad
    }
    columns = [np.full(len(rows), np.nan) for _ in plan.outline.names]
    statuses = np.full(len(rows), CODES[BAD], dtype=np.uint8)
    return _with_results(Answers(rows, columns, columns, [None] * len(columns), statuses, notes=rows.notes), results)
