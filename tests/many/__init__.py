"""Tests of the engine for many points; what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli import many
from derivcli.api import request_of
from derivcli.many.plan import Plan, plan
from derivcli.many.sheet import Sheet
from derivcli.model import Status
from derivcli.model.choices import Verify
from derivcli.model.rows import STATUSES
from derivcli.points.grid import Grid
from derivcli.points.places import parse_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model import Result
    from derivcli.model.rows import Answers, Source


def planned(text: str, *at: str, verify: Verify = Verify.AUTO, **wanted: Any) -> tuple[Plan, Grid]:
    """Return the plan for an expression at the points that `--at` describes, and their source."""
    places = parse_places(at)
    source = Grid(places.axes)
    return plan(request_of(text, {**wanted, "at": places.constants}), source, verify), source


def drafted(text: str, *at: str, **wanted: Any) -> Answers:
    """Return what torch finds at the first points of a grid."""
    found, source = planned(text, *at, **wanted)
    return Sheet(found)(next(iter(source.rows(found.columns))))


def is_sure(draft: Answers) -> Any:
    """Tell which rows torch is sure of."""
    return draft.is_at(Status.AGREE)


def is_outside(draft: Answers) -> Any:
    """Tell where f surely has no value."""
    return draft.is_at(Status.UNDEFINED)


class Told:
    """All that is known of the rows of a source, one after the other."""

    def __init__(self, chunks: Iterator[Answers]) -> None:
        self.chunks = list(chunks)
        self.status: list[str] = []
        self.results: dict[int, Result] = {}
        self.notes: dict[int, str] = {}
        self.proved: set[int] = set()
        for chunk in self.chunks:
            start = len(self.status)
            self.status += [STATUSES[code] for code in chunk.statuses]
            self.results |= {start + index: result for index, result in chunk.results.items()}
            self.notes |= {start + index: note for index, note in chunk.said.items()}
            if chunk.settled is not None:
                self.proved |= {start + index for index in np.flatnonzero(chunk.settled.rows).tolist()}

    def column(self, number: int) -> Any:
        """Return f, or with 1, 2, ... a derivative."""
        return np.concatenate([chunk.numbers[number] for chunk in self.chunks])


def told(text: str, *at: str, **wanted: Any) -> Told:
    """Return what is known of an expression at the points that `--at` describes."""
    found, source = planned(text, *at, **wanted)
    return Told(many.answers(found, source))


def told_of(text: str, source: Source, verify: Verify = Verify.AUTO, **wanted: Any) -> Told:
    """Return what is known of an expression at the points of a source."""
    return Told(many.answers(plan(request_of(text, dict(wanted)), source, verify), source))
