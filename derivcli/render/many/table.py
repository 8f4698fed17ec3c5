"""Many points for people: the formulas, the first and the last rows, and what all of them come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.model.rows import BAD
from derivcli.render import formulas, words
from derivcli.render.many.summary import Summary
from derivcli.render.rows import STYLE, cell
from derivcli.render.terminal import Pen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model.rows import Answers, Outline
    from derivcli.render.canvas import Canvas
    from derivcli.render.many.summary import Fact, Row

    Block = Iterator[Text]

_STYLE = {**{str(status): style for status, style in STYLE.items()}, BAD: "red"}


def draw(outline: Outline, answers: Iterator[Answers], canvas: Canvas) -> Iterator[str]:
    """Give the picture when all rows are known; escape codes only where the canvas has colour."""
    pen = Pen(canvas)
    summary = Summary(outline, pen.unicode).read(answers)
    blocks = [
        pen.notes(words.readings([outline])),
        *formulas.draw([summary.part], pen),
        _held(summary, pen),
        _rows(summary, pen),
        _facts(summary.facts(), pen),
        pen.notes(words.notes([outline])),
    ]
    yield "\n".join(filter(None, map(pen.draw, blocks)))


def _held(summary: Summary, pen: Pen) -> Block:
    if where := summary.held():
        yield from pen.hang(Text("with "), pen.text(where))


def _rows(summary: Summary, pen: Pen) -> Block:
    """Give the rows at both ends with dots between them, or stacked where the width is too small."""
    if not summary.tally.rows:
        return
    header = [pen.text(title) for title in _titles(summary)]
    first = [_cells(row, summary, pen) for row in summary.first]
    last = [_cells(row, summary, pen) for row in summary.last]
    dots = [[pen.text(_DOTS) for _ in header]] if summary.gap else []
    table = pen.table(header, [*first, *dots, *last], left=(-1,))
    if table is not None:
        yield from table
        return
    yield from _stack(summary, header, first, pen)
    yield from pen.lines(Text(_DOTS)) if dots else ()
    yield from _stack(summary, header, last, pen)


_DOTS = "..."


def _titles(summary: Summary) -> list[str]:
    place = [] if summary.place_name is None else [summary.place_name]
    return [*place, *summary.point_names, *summary.names, "verdict"]


def _cells(row: Row, summary: Summary, pen: Pen) -> list[Text]:
    place = [] if summary.place_name is None else [pen.text(str(row.line), "dim")]
    point = [pen.text(text or pen.nothing) for text in row.point]
    numbers = [cell(number, pen) for number in row.numbers]
    return [*place, *point, *numbers, pen.text(row.verdict, _STYLE[row.status])]


def _stack(summary: Summary, header: list[Text], rows: list[list[Text]], pen: Pen) -> Block:
    """Give each row under its place, or under the first of its coordinates."""
    named = [[Text.assemble(header[0], " " if summary.place_name else " = ", row[0]), *row[1:]] for row in rows]
    yield from pen.stack(header[1:], named)


def _facts(facts: list[Fact], pen: Pen) -> Block:
    for label, sentences in facts:
        yield from pen.hang(pen.text(f"{label}: ", "bold"), *map(pen.text, sentences))
