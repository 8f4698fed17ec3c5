"""The graph on a terminal: as a tree with all its numbers, or as the table of tensors that tutorials print.

The tree has a line an edge: the node it leads to, the local slope and the gradient sent. A node with one input stands
above it, so that a chain reads downwards; only where the walk forks the lines move in. A node that several edges lead
to has a block of its own, and so has one that stands too deep for the width.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from derivcli.graphs import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.model.graph import Edge, Graph

_DIGITS = 6  # of numbers where all of them do not fit
_GAP = 3  # blanks between columns: two are inside of what stands in one
# What is given up for the width of a tree, one after the other: formulas beyond so many characters, the values, and how
# much room is then wanted for the parts behind the names of the nodes.
_GIVEN_UP = ((10**6, True, 14), (24, True, 12), (24, True, 0), (0, True, 0), (0, False, 0))
_SHORTEST_TEXT = 6  # characters of a part; where not even these fit, the name of the node stands alone
_SHORTEST_TENSOR = 8  # the same in the first column of the table, which has no other name
# Columns that a line of the tree needs beside the forks: the longest name with its number, three numbers, and gaps.
_NEEDED = 66
_DEEPEST = 20  # forks below each other where there is no width
_NODES = ("node", "value", "slope", "gradient")
_TENSORS = ("tensor", "data", "grad", "grad_fn", "is_leaf", "requires_grad")
_RIGHT = frozenset({"value", "gradient", "data", "grad"})  # columns of numbers
_RETAINED = "* not a leaf: torch keeps this grad only after retain_grad()"

Cells = tuple[str, ...]


class TreeLine(NamedTuple):
    """A line of the tree: what stands before the node, its name, its part, and three columns of numbers."""

    indent: str
    name: str
    text: str
    value: str
    slope: str
    gradient: str

    @property
    def node(self) -> str:
        """The first column."""
        return f"{self.indent}{self.name}  {self.text}".rstrip()

    def without(self, longest: int, *, value: bool) -> TreeLine:
        """Return the row with a formula of so many characters, without any if there is no room, and maybe no value."""
        formula, equals, number = self.slope.rpartition(" = ")
        left = longest - len(number) - len(equals)
        slope = words.short(formula, left) + equals + number if formula and left > 1 else number
        return self._replace(slope=slope, value=self.value if value else "")

    def within(self, width: int) -> TreeLine:
        """Return the row with a part that fits into a first column of this width."""
        left = width - len(self.indent + self.name) - 2
        return self._replace(text=words.short(self.text, left) if left >= _SHORTEST_TEXT else "")

    @property
    def cells(self) -> Cells:
        """All columns."""
        return self.node, self.value, self.slope, self.gradient


Block = list[TreeLine]


def tree(graph: Graph, width: int | None = None) -> str:
    """Return the tree, and below it the leaves, what torch saved, and notes. Without a width nothing is shortened."""
    shown, left_out = words.folded(graph)
    title = f"autograd graph of {graph.of} at {words.point(graph)}, in the order in which backward() walks it"
    blocks, remarks = _fitted(shown, width)
    if left_out:
        remarks = [f"{left_out:,} more nodes are not drawn; JSON has all of them", *remarks]
    texts = [_leaves(shown), _saved(shown), [f"note: {note}" for note in (*graph.notes, *remarks)]]
    table = _laid_out(_NODES, [[row.cells for row in block] for block in blocks]) if blocks else []
    sections = [_wrapped([title], width), *table, *(_wrapped(lines, width) for lines in texts)]
    return "\n\n".join(section for section in sections if section) + "\n"


def attributes(graph: Graph, width: int | None = None) -> str:
    """Return the table, leaves first and f last; where it does not fit, a block for each tensor."""
    shown, left_out = words.folded(graph)
    rows = _tensors(shown, words.ALL)
    if width is not None and _total(_widths(_TENSORS, rows)) > width:
        rows = _tensors(shown, _DIGITS)
        widths = _widths(_TENSORS, rows)
        most = max(widths[0] - max(_total(widths) - width, 0), _SHORTEST_TENSOR)
        rows = [(words.short(name, most), *others) for name, *others in rows]
    if width is None or _total(_widths(_TENSORS, rows)) <= width:
        table = "\n".join(_laid_out(_TENSORS, [rows]))
    else:
        table = "\n".join(map(_below_each_other, _tensors(shown, words.ALL)))
    more = [f"{left_out:,} more tensors are not shown; JSON has all of them"] if left_out else []
    lines = [*([_RETAINED] if graph.operations else []), *more, *(f"note: {note}" for note in graph.notes)]
    return "\n\n".join(filter(None, (table, _wrapped(lines, width)))) + "\n"


def _fitted(graph: Graph, width: int | None) -> tuple[list[Block], list[str]]:
    """Return the blocks with all digits; where the width is too small with fewer, then with short texts."""
    deepest = _DEEPEST if width is None else max((width - _NEEDED) // 2, 1)
    blocks = list(_Blocks(graph, words.ALL, deepest))
    if width is None or _total(_columns(blocks)) <= width:
        return blocks, []
    rounded = list(_Blocks(graph, _DIGITS, deepest))
    for longest, value, room in _GIVEN_UP:
        blocks = [[row.without(longest, value=value) for row in block] for block in rounded]
        names = max(len(row.indent + row.name) for block in blocks for row in block)
        widths = _columns(blocks)
        most = width - _total(widths) + widths[0]
        if most >= names + room:
            break
    blocks = [[row.within(most) for row in block] for block in blocks]
    return blocks, [f"numbers in the tree have {_DIGITS} digits, and texts are cut, to fit {width} columns"]


class _Blocks:
    """The rows of each block: numbers with so many digits, and so many forks below each other."""

    def __init__(self, graph: Graph, digits: int, deepest: int) -> None:
        self._graph = graph
        self._digits = digits
        self._deepest = deepest
        self._known = {operation.number: operation for operation in graph.operations}
        self._leaves = {leaf.name: leaf for leaf in graph.leaves}
        uses = Counter(edge.to for operation in graph.operations for edge in operation.inputs if edge.to is not None)
        self._shared = {key for key, times in uses.items() if times > 1}
        self._blocks: list[int] = [graph.root] if isinstance(graph.root, int) else []

    def __iter__(self) -> Iterator[Block]:
        for key in self._blocks:  # which grows on the way
            yield list(self._block(key))

    def _block(self, key: int) -> Iterator[TreeLine]:
        """Yield the rows of a node and of all below it, without recursion."""
        stack: list[tuple[str, str, Edge | None, int | str]] = [("", "", None, key)]
        while stack:
            indent, below, edge, target = stack.pop()
            apart = edge is not None and (target in self._shared or len(below) > 2 * self._deepest)
            yield self._row(indent, edge, target, apart=apart)
            operation = self._known.get(target) if isinstance(target, int) else None
            if operation is None:
                continue
            if apart:
                self._blocks += [] if operation.number in self._blocks else [operation.number]
                continue
            edges = [edge for edge in operation.inputs if edge.target is not None]
            ends = [("├ ", "│ ")] * (len(edges) - 1) + [("└ ", "  ")] if len(edges) > 1 else [("", "")] * len(edges)
            stack += reversed(
                [(below + end, below + line, e, e.target or "") for e, (end, line) in zip(edges, ends, strict=True)]
            )

    def _row(self, indent: str, edge: Edge | None, key: int | str, *, apart: bool) -> TreeLine:
        slope = "" if edge is None else words.slope(edge.formula, self._number(edge.slope))
        sent = self._number(None if edge is None else edge.gradient)
        operation = self._known.get(key) if isinstance(key, int) else None
        if operation is None:
            leaf = self._leaves.get(str(key)) if isinstance(key, str) else None
            return TreeLine(
                indent,
                leaf.name if leaf else "(not drawn)",
                "",
                self._number(leaf.value if leaf else None),
                slope,
                sent,
            )
        name = f"{operation.number} {operation.name}{', below' if apart else ''}"
        text = "" if apart else operation.expression
        gradient = sent if edge else self._number(operation.gradient)
        return TreeLine(indent, name, text, self._number(operation.value), slope, gradient)

    def _number(self, value: float | None) -> str:
        return "" if value is None else words.number(value, self._graph, self._digits)


def _columns(blocks: Iterable[Block]) -> list[int]:
    """Return the widths of the columns of a tree."""
    return _widths(_NODES, [row.cells for row in chain.from_iterable(blocks)])


def _widths(heads: Cells, rows: Iterable[Cells]) -> list[int]:
    return [max(map(len, column)) for column in zip(heads, *rows, strict=True)]


def _total(widths: Sequence[int]) -> int:
    return 2 + sum(widths) + _GAP * (len(widths) - 1)


def _laid_out(heads: Cells, blocks: Sequence[Sequence[Cells]]) -> list[str]:
    """Return the blocks of a table as texts, the first with the heads."""
    widths = _widths(heads, chain.from_iterable(blocks))
    first, *others = ["\n".join(_line(heads, row, widths) for row in block) for block in blocks]
    rule = "  " + "─" * (_total(widths) - 2)
    return [f"{_line(heads, heads, widths)}\n{rule}\n{first}", *others]


def _line(heads: Cells, row: Cells, widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if head in _RIGHT else cell.ljust(width)
        for head, cell, width in zip(heads, row, widths, strict=True)
    )
    return "  " + (" " * _GAP).join(cells).rstrip()


def _tensors(graph: Graph, digits: int) -> list[Cells]:
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


def _below_each_other(row: Cells) -> str:
    widest = max(map(len, _TENSORS))
    lines = (f"    {head:<{widest}}   {cell}" for head, cell in zip(_TENSORS[1:], row[1:], strict=True))
    return "\n".join([f"  {row[0]}", *lines])


def _leaves(graph: Graph) -> list[str]:
    """Return a line for each variable, the sum of all that arrives; and what torch says of all of them."""
    kinds: dict[str, list[str]] = {}
    for leaf in graph.leaves:
        kind = f"is_leaf={leaf.is_leaf}, requires_grad={leaf.requires_grad}, grad_fn=None"
        kinds.setdefault(kind, []).append(leaf.name)
    sums = [f"{leaf.name}.grad = {words.sum_of(leaf, graph)}" for leaf in graph.leaves if leaf.requires_grad]
    inside = [f"gradient of {to} = {text}" for to, text in words.sums_inside(graph).items()]
    return [*inside, *sums, *(f"{', '.join(names)}: {kind}" for kind, names in kinds.items())]


def _saved(graph: Graph) -> list[str]:
    lines = [f"  {o.number} {o.name}: {text}" for o in graph.operations if (text := words.saved(o, graph))]
    return ["saved for backward:", *lines] if lines else []


def _wrapped(lines: Iterable[str], width: int | None) -> str:
    if width is None:
        return "\n".join(f"  {line}" for line in lines)
    wrap = textwrap.TextWrapper(width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(map(wrap.fill, lines))
