"""Which rows all witnesses look at, each as the point that was typed, and what they say.

They are the doubtful ones, the ends of gaps, those that differ most, and a sample.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.calculator import conclude_each
from derivcli.cases import due, read
from derivcli.language import question
from derivcli.language.lowering import compile_tree
from derivcli.model import Status
from derivcli.model.choices import Verify
from derivcli.model.rows import BAD
from derivcli.testimony import hear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.many.plan import Plan
    from derivcli.model import Result
    from derivcli.model.rows import Answers, Rows
    from derivcli.witnesses.client import Meanwhile

_DOUBTFUL = 1024  # rows that are not sure are all looked at, up to this many; then fewer and fewer
_GAPS = 32  # rows without a value beside rows that have one; likewise
_FEW = 32  # rows that are all looked at
_WORST = 2  # rows of the first batch that differ most; one of some later ones
_SAMPLED = 6  # rows of the first batch, drawn at random; one of some later ones
_RARER = 10  # only the batches 1, 10, 100, ... have any
_SEED = 20_260_101
_MOST_KNOWN = 10_000  # results that are kept for points that come again

Texts = dict[str, str]


class Choice:
    """Picks rows, batch after batch, in the same way whenever it is asked about the same rows."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._doubtful = _Thinning(_DOUBTFUL)
        self._gaps = _Thinning(_GAPS)
        self._batch = 0
        self._next = 1

    def __call__(self, draft: Answers) -> Any:
        """Return the indices of the rows to look at, in order."""
        self._batch += 1
        if self._verify is Verify.ALL:
            return _readable(draft)
        sampled = self._sampled(draft)
        others = np.flatnonzero(~draft.is_at(Status.AGREE) & ~draft.is_at(BAD))
        if not len(others) and not sampled:
            return others
        outside = draft.is_at(Status.UNDEFINED)[others]
        doubtful = self._doubtful(others[~outside])
        gaps = self._gaps(_ends_of(others[outside], len(draft.rows)))
        return np.unique(np.concatenate([doubtful, gaps, *sampled]))

    def _sampled(self, draft: Answers) -> list[Any]:
        if self._batch != self._next:
            return []
        self._next *= _RARER
        first = self._batch == 1
        candidates = _readable(draft)
        if first and len(candidates) <= _FEW:
            return [candidates]
        sure = np.flatnonzero(draft.is_at(Status.AGREE))
        worst = sure[_largest(_apart(draft, sure), _WORST if first else 1)]
        random = np.random.default_rng(_SEED + self._batch)
        count = min(len(candidates), _SAMPLED if first else 1)
        return [worst, random.choice(candidates, count, replace=False) if count else candidates]


def _readable(draft: Answers) -> Any:
    return np.flatnonzero(~draft.is_at(BAD))


def _largest(numbers: Any, count: int) -> list[int]:
    """Return where the largest numbers stand; argpartition is slow where many are equal."""
    rest, found = numbers.copy(), []
    for _ in range(min(count, len(rest))):
        found.append(int(rest.argmax()))
        rest[found[-1]] = -np.inf
    return found


class _Thinning:
    """Lets the first rows through and of later ones fewer and fewer, twice as many in all.

    A row is let through by how many there were before it, so it does not matter in which batches they come.
    """

    def __init__(self, first: int) -> None:
        self._first = first
        self._seen = 0

    def __call__(self, rows: Any) -> Any:
        numbers = np.arange(self._seen, self._seen + len(rows))
        self._seen += len(rows)
        doublings = np.frexp(numbers // self._first)[1].astype(int)  # half as many each time the file is twice as long
        return rows[numbers % 2 ** (2 * doublings - 1).clip(0) == 0]


def _ends_of(gaps: Any, count: int) -> Any:
    """Return those of some rows that have a neighbour which is none of them."""
    return gaps[(np.diff(gaps, prepend=-1) != 1) | (np.diff(gaps, append=count) != 1)]


def _apart(draft: Answers, rows: Any) -> Any:
    """Return by how much of itself a derivative differs at the most between autograd and its symbolic form."""
    most = np.zeros(len(rows))
    for slope, form in zip(draft.autograd, draft.symbolic, strict=True):
        if form is not None:
            with np.errstate(all="ignore"):
                most = np.fmax(most, abs(slope[rows] - form[rows]) / abs(form[rows]))
    return most


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
    seen = hear(case.at_points(programs), meanwhile)
    return conclude_each(case, seen, points)
