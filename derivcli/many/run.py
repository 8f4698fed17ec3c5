"""Rows in, answers out: torch evaluates them all, and what its bounds do not settle goes to the other witnesses.

Block by block: first all rows of a block to the witness that proves, then each that is not settled by it to all.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from derivcli import wording
from derivcli.calculator import calculate
from derivcli.language.lowering import has_odd_root
from derivcli.many.look import Look, texts_of
from derivcli.many.pace import Ahead, Pace, in_good_time
from derivcli.many.proofs import Proofs, rounded
from derivcli.model import Kind, Status
from derivcli.model.choices import Form, Verify
from derivcli.model.rows import BAD, CODES, Answers, Settled
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from derivcli.many.plan import Plan
    from derivcli.model import Result
    from derivcli.model.rows import Column, Rows, Source
    from derivcli.witnesses.client import Conversation, Meanwhile

_AT_ONCE = 128  # rows that are answered one by one before any is given on
_AHEAD = 8  # drafts made while the worker thinks, some megabytes each
_FEW = 32  # rows, of which each is looked at: a person reads them all, with what there is to say of each
_SAMPLE = 2_048  # rows that are looked at where not all have to be
_FIRST = 32  # rows of the first block
_UNCHECKED = "not checked by all witnesses: --verify auto does that"


def answers(plan: Plan, source: Source) -> Iterator[Answers]:
    """Yield what is known of the rows of a source, in their order.

    Raises what reading the source raises.
    """
    pieces = source.rows(plan.columns)
    if plan.one_by_one:
        yield from (_one_by_one(plan, part) for rows in pieces for part in rows.parts(_AT_ONCE))
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
    """Yield the answers to drafts; while the worker thinks torch goes on."""
    witnesses, choose = _Witnesses(plan, drafts.advance), _Choice(plan.verify)
    for draft in drafts:
        yield from witnesses(draft, *choose(draft))


class _Choice:
    """Says which rows of one draft after the other are to be settled, and whether each needs a closer look."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._left = _SAMPLE if verify is Verify.SAMPLE else None
        self._is_first = True

    def __call__(self, draft: Answers) -> tuple[Column, bool]:
        """Return the indices of the rows, in order; for few rows there is room to say all that is known of them."""
        readable = ~draft.is_at(BAD)
        few, self._is_first = self._is_first and len(draft.rows) <= _FEW, False
        known = draft.is_at(Status.AGREE) | draft.is_at(Status.UNDEFINED)
        wanted = np.flatnonzero(readable if few or self._verify is Verify.ALL else readable & ~known)
        if self._left is not None:
            wanted = wanted[: self._left]
            self._left -= len(wanted)
        return wanted, few


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of a draft, those of them that are `wanted`, and the question about these, if it has been asked."""

    start: int
    stop: int
    wanted: Column
    asked: Conversation | None


class _Witnesses:
    """Asks the witnesses about drafts, of which each is answered block by block."""

    def __init__(self, plan: Plan, meanwhile: Meanwhile) -> None:
        self._plan = plan
        self._meanwhile = meanwhile
        self._proofs = Proofs(plan)
        self._look = Look(plan, meanwhile)
        self._pace = Pace(_FIRST)
        self._outside = _said_outside(plan)
        self._hint = wording.REAL_ROOTS if has_odd_root(plan.case.asked.tree) else None

    def __call__(self, draft: Answers, wanted: Column, closer: bool) -> Iterator[Answers]:
        """Yield the answers of a draft of which some rows are wanted, each by a `closer` look or only what is left."""
        asked: list[_Block] = []
        try:
            for block in self._blocks(draft, wanted, closer):
                asked.append(block)
                if len(asked) > 1:  # so that the worker has the next block while this one is given on
                    yield self._answered(draft, asked.pop(0))
            yield from (self._answered(draft, asked.pop(0)) for _ in range(len(asked)))
        finally:
            for block in asked:
                if block.asked is not None:
                    client.leave(block.asked)

    def _blocks(self, draft: Answers, wanted: Column, closer: bool) -> Iterator[_Block]:
        """Yield a draft in blocks, each of which is asked about when it is wanted."""
        start = done = 0
        while start < len(draft.rows):
            some = wanted[done : done + self._pace.size]
            done += len(some)
            stop = int(wanted[done]) if done < len(wanted) else len(draft.rows)
            asked = self._proofs.ask(draft, some) if len(some) and not closer else None
            yield _Block(start, stop, some, asked)
            start = stop

    def _answered(self, draft: Answers, block: _Block) -> Answers:
        """Settle the rows of a block."""
        part, wanted = draft.part(block.start, block.stop), block.wanted - block.start
        if not len(wanted):
            return self._joined(part, None, {})
        settled = None
        if block.asked is not None:
            settled = self._proofs.hear(block.asked, part, wanted, self._meanwhile)
            wanted = wanted[~settled.rows[wanted]]
        started = time.monotonic()
        results = {index: self._look(part.rows, index) for index in wanted.tolist()}
        if settled is not None and settled.failed:
            results = {k: replace(found, notes=(*found.notes, *settled.failed)) for k, found in results.items()}
        self._pace.took(len(block.wanted), time.monotonic() - started + (settled.seconds if settled else 0.0))
        return self._joined(part, settled, results)

    def _joined(self, draft: Answers, settled: Settled | None, results: Mapping[int, Result]) -> Answers:
        """Put together what torch has found, what is proved, and what all witnesses say."""
        if settled is not None:
            draft = _with_settled(draft, settled, self._plan)
        answers = _with_results(draft, results)
        return replace(answers, notes=self._notes(answers), outside=self._outside)

    def _notes(self, answers: Answers) -> Mapping[int, str]:
        """Return what is said of rows of which there is no result."""
        found = dict(answers.rows.notes)
        for rows, text in self._texts(answers):
            places = np.flatnonzero(rows).tolist() if text else ()
            found |= {k: wording.join(found.get(k), text) or "" for k in places if k not in answers.results}
        return found

    def _texts(self, answers: Answers) -> Iterator[tuple[Column, str | None]]:
        """Yield rows with what is said of them; where f has no real value a hint may help."""
        yield answers.is_at(Status.UNVERIFIED), _UNCHECKED
        yield answers.is_at(Status.UNDEFINED), self._hint
        if answers.small is not None:
            yield answers.small, wording.may_be_small(self._plan.request.dtype)


def _said_outside(plan: Plan) -> Mapping[str, str]:
    """Return what is said where, by the bounds, f has no real value and none near it: as of a single point."""
    value, *slopes = plan.outline.names
    why = wording.undefined(Kind.OUTSIDE_DOMAIN)
    return {value: why, **dict.fromkeys(slopes, wording.no_value())}


def _with_settled(draft: Answers, settled: Settled, plan: Plan) -> Answers:
    """Return answers in which some rows have the proved numbers."""
    statuses = np.where(settled.rows, CODES[Status.AGREE], draft.statuses).astype(draft.statuses.dtype)
    proved = [rounded(column, plan.request.dtype) for column in settled.numbers]
    numbers = [np.where(settled.rows, *pair) for pair in zip(proved, draft.numbers, strict=True)]
    return replace(draft, statuses=statuses, numbers=numbers, settled=settled)


def _with_results(draft: Answers, results: Mapping[int, Result]) -> Answers:
    """Return answers in which some rows have what all witnesses say."""
    if not results:
        return draft
    statuses, numbers = draft.statuses.copy(), [column.copy() for column in draft.numbers]
    for index, result in results.items():
        statuses[index] = CODES[result.status]
        for column, number in zip(numbers, (result.value, *result.derivatives), strict=True):
            column[index] = np.nan if number.answer is None else number.answer
    return replace(draft, statuses=statuses, numbers=numbers, results=results)


def _one_by_one(plan: Plan, rows: Rows) -> Answers:
    """Answer each row as a single point."""
    results = {
        k: calculate(replace(plan.request, at=texts_of(plan, rows, k))) for k in range(len(rows)) if k not in rows.bad
    }
    columns = [np.full(len(rows), np.nan) for _ in plan.outline.names]
    statuses = np.full(len(rows), CODES[BAD], dtype=np.uint8)
    return _with_results(Answers(rows, columns, columns, [None] * len(columns), statuses, notes=rows.notes), results)
