"""The answer for people: the formulas, what the witnesses say, and what there is to know about it.

Where the table of numbers does not fit the width it is stacked, one number a line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.errors import Span
from derivcli.model import Derivative, Status
from derivcli.render import words
from derivcli.render.terminal import MARGIN, Pen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from derivcli.model import Result, Value
    from derivcli.render.canvas import Canvas

    Block = Iterator[Text]

_LONGEST_HEAD = 24
_LONGEST_CORNER = 16
_STYLE = {
    Status.AGREE: "green",
    Status.UNVERIFIED: "yellow",
    Status.DIFFER: "red",
    Status.NOT_DIFFERENTIABLE: "red",
    Status.UNDEFINED: "red",
}
_WITNESSES = ("autograd", "symbolic", "quotient")


def draw(result: Result, canvas: Canvas) -> str:
    """Return the picture; escape codes only where the canvas has colour."""
    pen = Pen(canvas)
    blocks: tuple[Callable[[Result, Pen], Block], ...] = (_formulas, _numbers, _checks, _remarks, _notes)
    drawn = (pen.draw(block(result, pen)) for block in blocks)
    return "\n".join(filter(None, drawn))


def _formulas(result: Result, pen: Pen) -> Block:
    """Give f as it was read, and the symbolic derivatives, with their equal signs below each other."""
    heads = [pen.text(_function(result), "bold"), *(_name(result, d, pen) for d in result.derivatives)]
    forms = [result.read_as, *(d.expression or f"({words.no_form(result)})" for d in result.derivatives)]
    width = max(head.cell_len for head in heads)
    for head, form in zip(heads, forms, strict=True):
        head.pad_right(max(0, min(width, _LONGEST_HEAD) - head.cell_len))
        yield from pen.hang(Text.assemble(head, " = "), pen.text(form))


def _numbers(result: Result, pen: Pen) -> Block:
    """Give the point, then a row for f and for each derivative."""
    if not words.has_numbers(result):
        return
    point = pen.text(f"at {words.point(result)}" if result.at else "")
    corner = point if point.cell_len <= _LONGEST_CORNER else Text()
    columns = _columns(result)
    rows = [_row(result, value, columns, pen) for _, value in words.named_values(result)]
    table = pen.table([corner, *(Text(title) for title in (*columns, "verdict"))], rows)
    if point and not (table and corner):
        yield from pen.hang(Text("at "), point[3:])
    yield from _stack([*columns, "verdict"], rows, pen) if table is None else table


def _stack(titles: list[str], rows: list[list[Text]], pen: Pen) -> Block:
    """Give the table without its columns: `name: value` lines under each row's name."""
    width = max(map(len, titles)) + 2
    for name, *cells in rows:
        yield from pen.lines(name)
        for title, cell in zip(titles, cells, strict=True):
            yield from pen.hang(Text(f"{title}:".ljust(width)), cell, margin=2 * MARGIN)


def _columns(result: Result) -> list[str]:
    """Name the columns; the quotient has one only where it says what the symbolic number does not."""
    heard = any(_quotient_decides(value) for _, value in words.named_values(result))
    return [*(_WITNESSES if heard else _WITNESSES[:2]), "difference"]


def _quotient_decides(value: Value) -> bool:
    if value.quotient is None or math.isnan(value.quotient):
        return False
    return value.symbolic is None or not math.isclose(value.symbolic, value.quotient, rel_tol=1e-9)


def _row(result: Result, value: Value, columns: list[str], pen: Pen) -> list[Text]:
    """Return a name, a number for each column with the answer in bold, and the verdict."""
    cells = {title: _cell(getattr(value, title), pen) for title in _WITNESSES}
    cells["difference"] = pen.text(words.difference(value, pen.infinity) or pen.nothing)
    if value.answer is not None:
        best = next((t for t in columns if getattr(value, t, None) == value.answer), columns[0])
        cells[best].stylize("bold")
    verdict = pen.text(words.verdict(value), "" if value.status is None else _STYLE[value.status])
    return [_name(result, value, pen), *(cells[title] for title in columns), verdict]


def _cell(number: float | None, pen: Pen) -> Text:
    return pen.text(pen.nothing if number is None else words.number(number, pen.infinity))


def _checks(result: Result, pen: Pen) -> Block:
    """Say where the symbolic derivatives were compared with autograd, and what was found."""
    if words.has_numbers(result):
        return
    found = [
        Text.assemble(pen.text(words.status_word(status), _STYLE[status]), " at ", pen.text(where))
        for status, where in words.spot_checks(result)
    ]
    if found:
        yield from pen.hang(Text(f"{words.CHECKS}: "), *found)
    else:
        yield from pen.lines(Text(words.NOT_CHECKED))


def _remarks(result: Result, pen: Pen) -> Block:
    """Give what there is to say of single numbers, with their names in front."""
    names = {name: _name(result, value, pen) for name, value in words.named_values(result)}
    drawn = set()
    for remark in words.remarks(result, pen.infinity):
        head = Text.assemble(Text(", ").join(names[name] for name in remark.names), ": ")
        yield from pen.hang(head, *map(pen.text, remark.sentences))
        if (remark.cause, remark.rewrite) not in drawn:
            yield from _figure(result, remark, head.cell_len, pen)
        drawn.add((remark.cause, remark.rewrite))


def _figure(result: Result, remark: words.Remark, indent: int, pen: Pen) -> Block:
    """Draw where autograd's error starts as errors of the reader's are drawn, and give the form that has none."""
    if remark.cause is not None and remark.cause.span is not None:
        yield from pen.underline(result.read_as, Span(*remark.cause.span), indent)
    if remark.rewrite is not None:
        yield from pen.hang(Text("hint: write "), pen.text(remark.rewrite), margin=MARGIN + indent)


def _notes(result: Result, pen: Pen) -> Block:
    """Give what there is to say of the whole answer."""
    if not result.variables:
        yield from pen.lines(Text(words.NO_VARIABLES))
    for note in result.notes:
        yield from pen.hang(Text("note: ", "bold"), pen.text(note))
    if result.limit_reached is not None:
        yield from pen.hang(Text("limit reached: ", "bold yellow"), pen.text(result.limit_reached))


def _function(result: Result) -> str:
    """Return `f(x, y)`, or `f` where the names would take too much room."""
    full = f"f({', '.join(result.variables)})"
    return full if result.variables and len(full) <= _LONGEST_HEAD else "f"


def _name(result: Result, value: Value, pen: Pen) -> Text:
    """Return `f` or `df/dx`; with several variables `∂f/∂x`."""
    if not isinstance(value, Derivative):
        return pen.text("f", "bold")
    partial = len(result.variables) > 1 and len(value.wrt) == 1
    return pen.text(f"∂f/∂{value.wrt[0]}" if partial else value.name, "bold")
