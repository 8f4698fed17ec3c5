"""Blocks of rows on their way to the witness that proves, and which of them that settles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli import wording
from derivcli.cases import due
from derivcli.closeness import UNSURE
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.model import Dtype
from derivcli.model.rows import Settled
from derivcli.witnesses import client
from derivcli.witnesses.asking.rows import RowNumbers, RowsRequest
from derivcli.witnesses.replies import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.many.plan import Plan
    from derivcli.model.rows import Answers, Column
    from derivcli.witnesses.client import Conversation, Meanwhile

_BELOW_FLOAT32, _HALFWAY = np.int64(2**29 - 1), np.int64(2**28)  # the bits that float32 has no room for; half of them


class Proofs:
    """Asks the worker about rows of a table, block by block, and holds autograd's numbers against what is proved."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        trees = question.read_point({name: (plan.request.at or {})[name] for name in plan.outline.values})
        self._fixed = {name: compile_tree(tree) for name, tree in trees.items()}

    def ask(self, draft: Answers, wanted: Column) -> Conversation:
        """Ask about some rows, without waiting."""
        plan, exact = self._plan, draft.rows.records.exact
        moving = [name for name in plan.columns if name in plan.outline.answer.variables]
        request = RowsRequest(
            program=plan.case.sent.program,
            forms=plan.forms,
            wrt=plan.case.asked.wrt,
            count=len(wanted),
            columns={name: tuple(exact(index, name) for index in wanted.tolist()) for name in moving},
            fixed=self._fixed,
        )
        return client.post(request, due(plan.request))

    def hear(self, asked: Conversation, draft: Answers, wanted: Column, meanwhile: Meanwhile) -> Settled:
        """Return which of the rows are settled: autograd's numbers are proved to be right."""
        try:
            replies = list(asked.replies(meanwhile))
        finally:
            client.leave(asked)
        heard = [reply for reply in replies if isinstance(reply, RowNumbers)]
        failed = [wording.witness_failed(reply.reason) for reply in replies if isinstance(reply, Failed)]
        numbers = [np.full(len(draft.rows), np.nan) for _ in draft.autograd]
        exact = np.zeros(len(draft.rows), dtype=bool)
        seconds = sum(reply.seconds for reply in heard)
        for reply in heard:
            exact[wanted] = reply.exact
            for column, found in zip(numbers, reply.columns, strict=True):
                column[wanted] = np.array(found, dtype=np.float64)
        return Settled(self._agreeing(draft, numbers), numbers, exact, seconds, tuple(failed))

    def _agreeing(self, draft: Answers, numbers: Sequence[Column]) -> Column:
        """Tell in which rows every number of autograd's agrees with the proved one for sure."""
        rtol, atol = self._plan.request.rtol, self._plan.request.atol
        sure = np.isfinite(numbers).all(axis=0)
        with np.errstate(all="ignore"):
            for found, reference in zip(draft.autograd, numbers, strict=True):
                apart, size = abs(found - reference), abs(reference)
                near = (apart == 0) | (apart <= (rtol - UNSURE) * size)
                sure &= np.where(size == 0, apart <= atol, near)
                if self._plan.request.dtype is Dtype.FLOAT32:
                    sure &= ~_is_halfway(reference)
        return sure


def rounded(numbers: Column, dtype: Dtype) -> Column:
    """Return numbers of float64 as the nearest ones of a type."""
    if dtype is Dtype.FLOAT64:
        return numbers
    with np.errstate(over="ignore"):  # a number beyond its range is in no row that is settled
        return numbers.astype(np.float32).astype(np.float64)


def _is_halfway(numbers: Any) -> Any:
    """Tell where rounding to float64 first may have led to the wrong float32: halfway between two of them.

    So it may below their normal range, too, where there is less room.
    """
    halfway = (np.ascontiguousarray(numbers).view(np.int64) & _BELOW_FLOAT32) == _HALFWAY
    size = abs(numbers)
    return halfway | ((size < np.finfo(np.float32).tiny) & (size > 0)) | (size > np.finfo(np.float32).max)
