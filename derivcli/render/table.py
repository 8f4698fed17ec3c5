"""The answer for people: the formulas, what the witnesses say, and what there is to know about it.

Several functions stand in one table of numbers, each with its formulas above and its views below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.errors import Span
from derivcli.render import formulas, rows, views, words
from derivcli.render.names import parts, shortened
from derivcli.render.terminal import MARGIN, Pen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.model import Result, Status, System
    from derivcli.render.canvas import Canvas
    from derivcli.render.names import Part

    Block = Iterator[Text]


def draw(answer: Result | System, canvas: Canvas) -> str:
    """Return the picture; escape codes only where the canvas has colour."""
    pen = Pen(canvas)
    functions = parts(answer)
    shown = shortened(functions)
    blocks = [
        pen.notes(words.readings(part.result for part in functions)),
        *formulas.draw(shown, pen),
        rows.draw(shown, pen),
        *views.draw(answer, functions, pen),
        _checks(functions, pen),
        _remarks(shown, pen),
        _notes(shown, pen),
    ]
    return "\n".join(filter(None, map(pen.draw, blocks)))


def _checks(functions: Sequence[Part], pen: Pen) -> Block:
    """Say where the symbolic derivatives were compared with autograd, and what was found."""
    unchecked = [part for part in functions if not words.has_numbers(part.result)]
    found: dict[tuple[tuple[Status, str], ...], list[str]] = {}
    for part in unchecked:
        found.setdefault(tuple(words.spot_checks(part.result)), []).append(part.letter)
    for checks, letters in found.items():
        whose = "" if len(found) == 1 else f"{', '.join(letters)}: "
        if checks:
            yield from pen.hang(pen.text(f"{whose}{words.CHECKS}: "), *(_check(*check, pen) for check in checks))
        else:
            yield from pen.lines(pen.text(f"{whose}{words.NOT_CHECKED}"))


def _check(status: Status, where: str, pen: Pen) -> Text:
    return Text.assemble(pen.text(words.status_word(status), rows.STYLE[status]), " at ", pen.text(where))


def _remarks(functions: Sequence[Part], pen: Pen) -> Block:
    """Give what there is to say of single numbers, with their names in front."""
    for part in functions:
        drawn = set()
        named = [(part.pretty(value, unicode=pen.unicode), value) for value in part.values]
        for remark in words.remarks(named, pen.infinity):
            names = [pen.text(name, "bold") for name in remark.names]
            head = Text.assemble(Text(", ").join(names), ": ")
            yield from pen.hang(head, *map(pen.text, remark.sentences))
            if (remark.cause, remark.rewrite) not in drawn:
                yield from _figure(part.result, remark, head.cell_len, pen)
            drawn.add((remark.cause, remark.rewrite))


def _figure(result: Result, remark: words.Remark, indent: int, pen: Pen) -> Block:
    """Draw where autograd's error starts as errors of the reader's are drawn, and give the form that has none."""
    if remark.cause is not None and remark.cause.span is not None:
        yield from pen.underline(result.read_as, Span(*remark.cause.span), indent)
    if remark.rewrite is not None:
        yield from pen.hang(Text("hint: write "), pen.text(remark.rewrite), margin=MARGIN + indent)


def _notes(functions: Sequence[Part], pen: Pen) -> Block:
    """Give what there is to say of the whole answer."""
    results = [part.result for part in functions]
    if not any(result.variables for result in results):
        yield from pen.lines(Text(words.NO_VARIABLES))
    yield from pen.notes(words.notes(results))
    for limit in dict.fromkeys(result.limit_reached for result in results if result.limit_reached is not None):
        yield from pen.hang(Text("limit reached: ", "bold yellow"), pen.text(limit))
