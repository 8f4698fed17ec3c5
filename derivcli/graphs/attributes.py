"""The table of a tutorial: data, grad, grad_fn, is_leaf and requires_grad of each variable and of each intermediate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.graphs import words

if TYPE_CHECKING:
    from derivcli.graphs.model import AutogradGraph

_DIGITS = 6
_GAP = 3
_SHORTEST = 8  # characters of a part
_HEADS = ("tensor", "data", "grad", "grad_fn", "is_leaf", "requires_grad")
_RIGHT = frozenset({"data", "grad"})
_RETAINED = "* torch keeps no grad of a tensor that is no leaf; with retain_grad() it is this"

Cells = tuple[str, ...]


def draw(graph: AutogradGraph, width: int | None = None) -> str:
    """Return the table, leaves first and f last; where it does not fit, a block for each tensor."""
    shown = words.folded(graph)
    rows = _rows(shown, words.ALL)
    if width is not None and _total(rows) > width:
        rows = _rows(shown, _DIGITS)
        most = max(_widths(rows)[0] - max(_total(rows) - width, 0), _SHORTEST)
        rows = [(words.short(name, most), *others) for name, *others in rows]
    if width is not None and _total(rows) > width:
        return "\n".join(_block(row) for row in _rows(shown, words.ALL)) + _foot(shown)
    return _table(rows) + _foot(shown)


def _rows(graph: AutogradGraph, digits: int) -> list[Cells]:
    leaves = [
        (leaf.name, words.number(leaf.value, graph, digits), words.number(leaf.grad, graph, digits), "None",
         str(leaf.is_leaf), str(leaf.requires_grad))
        for leaf in graph.leaves
    ]  # fmt: skip
    return [*leaves, *(
        (o.expression, words.number(o.value, graph, digits), f"{words.number(o.gradient, graph, digits)}*",
         f"<{o.name}>", "False", "True")
        for o in reversed(graph.operations)
    )]  # fmt: skip


def _widths(rows: list[Cells]) -> list[int]:
    return [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]


def _total(rows: list[Cells]) -> int:
    return 2 + sum(_widths(rows)) + _GAP * (len(_HEADS) - 1)


def _table(rows: list[Cells]) -> str:
    widths = _widths(rows)
    lines = [_line(row, widths) for row in (_HEADS, *rows)]
    return "\n".join([lines[0], "  " + "─" * (_total(rows) - 2), *lines[1:]])


def _line(row: Cells, widths: list[int]) -> str:
    cells = (
        cell.rjust(width) if head in _RIGHT else cell.ljust(width)
        for head, cell, width in zip(_HEADS, row, widths, strict=True)
    )
    return "  " + (" " * _GAP).join(cells).rstrip()


def _block(row: Cells) -> str:
    widest = max(map(len, _HEADS))
    lines = (f"    {head:<{widest}}   {cell}" for head, cell in zip(_HEADS[1:], row[1:], strict=True))
    return "\n".join([f"  {row[0]}", *lines])


def _foot(graph: AutogradGraph) -> str:
    more = [f"{graph.hidden:,} more tensors are not shown; JSON has all of them"] if graph.hidden else []
    lines = [*([_RETAINED] if graph.operations else []), *more, *(f"note: {note}" for note in graph.notes)]
    return "\n" + "".join(f"\n  {line}" for line in lines) + "\n" if lines else "\n"
