"""The views below the table of numbers: matrices, tangents, polynomials, differentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.render import facts, matrices
from derivcli.render.rows import cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.model import Result, System
    from derivcli.render.matrices import Grid
    from derivcli.render.names import Part
    from derivcli.render.terminal import Pen

    Block = Iterator[Text]


def draw(answer: Result | System, functions: Sequence[Part], pen: Pen) -> list[Block]:
    """Return a block for each view; in a system the titles say of which function it is."""
    several = len(functions) > 1
    blocks = [_grid(matrices.jacobian(answer, functions), "", pen)]
    for part in functions:
        of = f" of {part.letter}" if several else ""
        blocks.append(_grid(matrices.hessian(part), of, pen))
        blocks += [_facts(found, pen) for found in facts.views(part, several=several)]
        blocks.append(_shares(part, pen))
    return blocks


def _grid(grid: Grid | None, of: str, pen: Pen) -> Block:
    """Give a matrix with its variables as heads."""
    if grid is None:
        return
    header = [pen.text(f"{grid.title}{of}"), *map(pen.text, grid.columns)]
    rows = [
        [pen.text(name, "bold"), *(_entry(entry, pen) for entry in entries)]
        for name, entries in zip(grid.rows, grid.entries, strict=True)
    ]
    yield from pen.panels(header, rows)


def _entry(entry: float | str | None, pen: Pen) -> Text:
    return pen.text(entry) if isinstance(entry, str) else cell(entry, pen)


def _facts(found: list[facts.Fact], pen: Pen) -> Block:
    """Give each fact with its label in front, equations below each other."""
    width = max((len(fact.label) for fact in found if fact.is_formula), default=0)
    for label, lines, is_formula in found:
        if is_formula or len(lines) > 1:
            head = f"{label}: ".ljust(width + 2 if is_formula else 0)
            yield from pen.hang(pen.text(head), *map(pen.text, lines))
        else:
            yield from pen.lines(pen.text(f"{label}: {lines[0]}"))


def _shares(part: Part, pen: Pen) -> Block:
    """Give what each variable adds to the uncertainty."""
    rows = [list(map(pen.text, facts.contribution(row))) for row in facts.contributions(part)]
    if rows:
        yield from pen.panels([Text(title) for title in facts.CONTRIBUTIONS], rows)
