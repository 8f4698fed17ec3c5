"""Tests of the formats for many points; what they share: hand-made rows and answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from derivcli.document import Canvas, Format, exporter
from derivcli.model import Derivative, Result, Status, Value
from derivcli.model.choices import Form
from derivcli.model.rows import BAD, STATUSES, Answers, Outline, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LINE = Outline(
    Result(
        expression="2x + y",
        read_as="2*x + y",
        latex="2 x + y",
        variables=("x",),
        at=None,
        value=Value(),
        derivatives=(Derivative(wrt=("x",), name="df/dx", expression="2", latex="2"),),
        status=Status.AGREE,
    ),
    form=Form.CSV,
    header=("name", "x"),
    constants={},
)


def answering(outline: Outline, **fields: Any) -> Outline:
    """Return an outline with other fields of the answer that all rows have in common."""
    return replace(outline, answer=replace(outline.answer, **fields))


@dataclass(frozen=True, slots=True)
class Lines:
    """Records from lines of text, split at commas."""

    texts: Sequence[str] | None
    parts: Sequence[Sequence[str]] = ()
    header: Sequence[str] = ("name", "x")
    batch: Any = None

    def cells(self, index: int) -> Sequence[str]:
        return self.parts[index] if self.parts else (self.texts or ())[index].split(",")

    def exact(self, index: int, name: str) -> str:
        return self.cells(index)[self.header.index(name)].strip()


@dataclass(frozen=True, slots=True)
class Made:
    """Chunks of answers, made from few words."""

    chunks: list[Answers] = field(default_factory=list)
    first: int = 2

    def add(
        self,
        records: Lines,
        xs: Sequence[float],
        *columns: Sequence[float],
        statuses: Sequence[str] = (),
        bad: Mapping[int, str] | None = None,
        results: Mapping[int, Result] | None = None,
        notes: Mapping[int, str] | None = None,
        autograd: Sequence[Sequence[float]] = (),
        symbolic: Sequence[Sequence[float] | None] = (),
    ) -> Made:
        count = len(xs)
        start = self.first + sum(len(chunk.rows) for chunk in self.chunks)
        rows = Rows(range(start, start + count), {"x": np.array(xs, float)}, records, bad or {})
        numbers = [np.array(column, float) for column in columns]
        known = [None if column is None else np.array(column, float) for column in symbolic]
        codes = np.array([STATUSES.index(status) for status in statuses or [Status.AGREE] * count], np.uint8)
        codes[list(rows.bad)] = STATUSES.index(BAD)
        seen = [np.array(column, float) for column in autograd] or numbers
        self.chunks.append(Answers(rows, numbers, seen, known or numbers, codes, results or {}, notes or {}))
        return self


def two_rows() -> Made:
    """Rows of a file of two columns, with y = 0."""
    return Made().add(Lines(["a,1", "b, 2.50"]), [1.0, 2.5], [2.0, 5.0], [2.0, 2.0])


def mixed() -> Made:
    """Rows of a file in two chunks, a bad one among them."""
    nan = float("nan")
    made = Made().add(Lines(["a,1", "b"]), [1.0, nan], [2.0, nan], [2.0, 2.0], statuses=["agree", BAD], bad={1: SHORT})
    return made.add(Lines(['"c, d",3']), [3.0], [6.0], [2.0], statuses=["unverified"], notes={0: "out of time"})


SHORT = "1 cell where the header has 2"


def written(form: Format, outline: Outline, chunks: Iterable[Answers], canvas: Canvas | None = None) -> str:
    """Return all pieces of a text together."""
    pieces = exporter(form)(outline, iter(chunks), canvas or Canvas())
    return "".join(map(str, pieces))
