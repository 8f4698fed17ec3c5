"""The numbers of the table: a row for each function and each derivative, a column for each witness.

Where the table does not fit the width it is stacked, one number a line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.model import Status
from derivcli.render import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.model import Value
    from derivcli.render.names import Part
    from derivcli.render.terminal import Pen

    Block = Iterator[Text]

STYLE = {
    Status.AGREE: "green",
    Status.UNVERIFIED: "yellow",
    Status.DIFFER: "red",
    Status.NOT_DIFFERENTIABLE: "red",
    Status.UNDEFINED: "red",
}
_LONGEST_CORNER = 16
_WITNESSES = ("autograd", "symbolic", "quotient")


def draw(functions: Sequence[Part], pen: Pen) -> Block:
    """Give the point, then a row for each number."""
    numbered = [part for part in functions if words.has_numbers(part.result)]
    if not numbered:
        return
    where = words.point(*(part.result for part in numbered))
    point = pen.text(f"at {where}" if where else "")
    corner = point if point.cell_len <= _LONGEST_CORNER else Text()
    columns = _columns([value for part in numbered for value in part.values])
    rows = [_row(part, value, columns, pen) for part in numbered for value in part.values]
    titles = [Text(title) for title in (*columns, "verdict")]
    table = pen.table([corner, *titles], rows)
    if corner and not table:
        corner = Text()
        table = pen.table([corner, *titles], rows)
    if point and not corner:
        yield from pen.hang(Text("at "), point[3:])
    yield from pen.stack(titles, rows) if table is None else table


def _columns(values: list[Value]) -> list[str]:
    """Name the columns; the quotient has one only where it says what the symbolic number does not."""
    return [*(_WITNESSES if any(map(_quotient_decides, values)) else _WITNESSES[:2]), "difference"]


def _quotient_decides(value: Value) -> bool:
    if value.quotient is None or math.isnan(value.quotient):
        return False
    return value.symbolic is None or not math.isclose(value.symbolic, value.quotient, rel_tol=1e-9)


def _row(part: Part, value: Value, columns: list[str], pen: Pen) -> list[Text]:
    """Return a name, a number for each column with the answer in bold, and the verdict."""
    cells = {title: cell(getattr(value, title), pen) for title in _WITNESSES}
    cells["difference"] = pen.text(words.difference(value, pen.infinity) or pen.nothing)
    if value.answer is not None:
        best = next((t for t in columns if getattr(value, t, None) == value.answer), columns[0])
        cells[best].stylize("bold")
    verdict = pen.text(words.verdict(value), "" if value.status is None else STYLE[value.status])
    name = pen.text(part.pretty(value, unicode=pen.unicode), "bold")
    return [name, *(cells[title] for title in columns), verdict]


def cell(number: float | None, pen: Pen) -> Text:
    """Return a number, or a dash where there is none."""
    return pen.text(pen.nothing if number is None else words.number(number, pen.infinity))
