"""The formulas of the table: each function as it was read, and its symbolic derivatives.

A derivative of high order can have pages of formula: on a terminal those share a number of lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from derivcli.render import facts, words
from derivcli.render.terminal import MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from derivcli.render.names import Part
    from derivcli.render.terminal import Pen

    Block = Iterator[Text]

_LONGEST_HEAD = 24
_LINES = 30
_FEWEST_LINES = 2
_NARROWEST = 12
_CUT = "formulas that end in ... are longer: JSON has the whole of them"


def draw(functions: Sequence[Part], pen: Pen) -> list[Block]:
    """Return a block for each function, and one for what else belongs to the formulas."""
    heads = [_heads(part, pen) for part in functions]
    width = min(_LONGEST_HEAD, max(head.cell_len for group in heads for head in group))
    forms = [[_own(part), *_forms(part, width, functions, pen)] for part in functions]
    blocks = [_block(*group, width, pen) for group in zip(functions, heads, forms, strict=True)]
    was_cut = any(form.endswith(" ...") for group in forms for form in group[1:])
    return [*blocks, _legend(functions, was_cut, pen)]


def _block(part: Part, heads: list[Text], forms: list[str], width: int, pen: Pen) -> Block:
    """Give the formulas with their equal signs below each other."""
    if part.letter == "F":
        yield from pen.lines(pen.text(part.result.read_as))
    for head, form in zip(heads, forms, strict=True):
        head.pad_right(max(0, width - head.cell_len))
        yield from pen.hang(Text.assemble(head, " = "), pen.text(form))


def _legend(functions: Sequence[Part], was_cut: bool, pen: Pen) -> Block:
    for fact in facts.directions(functions):
        yield from pen.hang(pen.text(f"{fact.label}: "), *map(pen.text, fact.lines))
    if was_cut:
        yield from pen.lines(Text(_CUT))


def _heads(part: Part, pen: Pen) -> list[Text]:
    names = [part.pretty(derivative, unicode=pen.unicode) for derivative in part.result.derivatives]
    return [pen.text(name, "bold") for name in (_function(part), *names)]


def _function(part: Part) -> str:
    """Return `f(x, y)`, or `f` where the names would take too much room."""
    full = f"{part.letter}({', '.join(part.result.variables)})"
    return full if part.result.variables and len(full) <= _LONGEST_HEAD else part.letter


def _own(part: Part) -> str:
    return part.result.read_as if part.letter != "F" else words.LEFT_LESS_RIGHT


def _forms(part: Part, indent: int, functions: Sequence[Part], pen: Pen) -> list[str]:
    """Return the formulas of a function's derivatives, the long ones cut where the terminal would be flooded."""
    count = sum(words.is_high(d) for each in functions for d in each.result.derivatives)
    lines = max(_FEWEST_LINES, _LINES // max(1, count))
    room = lines * max(_NARROWEST, pen.width - MARGIN - indent - len(" = "))
    found = [(d, d.expression or f"({words.no_form(part.result, d)})") for d in part.result.derivatives]
    return [_cut(form, room) if pen.bounded and words.is_high(d) else form for d, form in found]


def _cut(form: str, room: int) -> str:
    if len(form) <= room:
        return form
    kept = form[: room - len(" ...")]
    return f"{kept.rpartition(' ')[0] or kept} ..."
