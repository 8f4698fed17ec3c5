"""Many points in Markdown: the first and the last rows as a table, and what all of them come to as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.render import words
from derivcli.render.many.summary import Summary
from derivcli.render.markdown import readings
from derivcli.render.markdown_text import code, line, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derivcli.model.rows import Answers, Outline
    from derivcli.render.canvas import Canvas
    from derivcli.render.many.summary import Row


def draw(outline: Outline, answers: Iterator[Answers], _canvas: Canvas) -> Iterator[str]:
    """Give formulas, a table and a list when all rows are known."""
    summary = Summary(outline).read(answers)
    held = summary.held()
    blocks = [
        *readings([outline]),
        _formulas(summary),
        f"With {code(held)}:" if held else "",
        _table(summary),
        _list(summary),
    ]
    yield "\n\n".join(filter(None, blocks)) + "\n"


def _formulas(summary: Summary) -> str:
    part = summary.part
    forms = [code(d.expression) if d.expression else words.no_form(part.result, d) for d in part.result.derivatives]
    named = zip(summary.names, [code(part.result.read_as), *forms], strict=True)
    return "\n".join(f"- {code(name)} = {form}" for name, form in named)


def _table(summary: Summary) -> str:
    """Return the rows at both ends with dots between them."""
    if not summary.tally.rows:
        return ""
    place = [] if summary.place_name is None else [summary.place_name]
    names = [*place, *map(code, (*summary.point_names, *summary.names)), "verdict"]
    dots = [line("..." for _ in names)] if summary.gap else []
    rows = [[line(_cells(row, summary)) for row in rows] for rows in (summary.first, summary.last)]
    return "\n".join([line(names), f"|{'---:|' * (len(names) - 1)}---|", *rows[0], *dots, *rows[1]])


def _cells(row: Row, summary: Summary) -> list[str]:
    place = [] if summary.place_name is None else [str(row.line)]
    numbers = ["" if number is None else words.number(number) for number in row.numbers]
    return [*place, *map(prose, row.point), *numbers, prose(row.verdict)]


def _list(summary: Summary) -> str:
    facts = [f"{prose(label)}: {'; '.join(map(prose, sentences))}" for label, sentences in summary.facts()]
    notes = map(prose, words.notes([summary.outline]))
    return "\n".join(f"- {text}" for text in (*facts, *notes))
