"""The graph as a tree for a terminal: a line an edge, with the node it leads to, the local slope and the gradient sent.

A node with one input stands above it, so that a chain reads downwards; only where the walk forks the lines move in. A
node that several edges lead to has a block of its own, and so has one that stands too deep for the width.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from derivcli.graphs import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.graphs.model import AutogradGraph, Edge

_DIGITS = 6  # of numbers where all of them do not fit
_GAP = 3
# What is given up for the width, one after the other: formulas beyond so many characters, the values, and how much room
# is then wanted for the parts behind the names of the nodes.
_GIVEN_UP = ((10**6, True, 14), (24, True, 12), (24, True, 0), (0, True, 0), (0, False, 0))
_SHORTEST_TEXT = 6  # characters of a part; where not even these fit, the name of the node stands alone
# Columns that a line needs beside the forks: the longest name with its number, three numbers, and gaps.
_NEEDED = 66
_DEEPEST = 20  # forks below each other where there is no width


class Row(NamedTuple):
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

    def without(self, longest: int, *, value: bool) -> Row:
        """Return the row with a formula of so many characters, without any if there is no room, and maybe no value."""
        formula, equals, number = self.slope.rpartition(" = ")
        left = longest - len(number) - len(equals)
        slope = words.short(formula, left) + equals + number if formula and left > 1 else number
        return self._replace(slope=slope, value=self.value if value else "")

    def within(self, width: int) -> Row:
        """Return the row with a part that fits into a first column of this width."""
        left = width - len(self.indent + self.name) - 2
        return self._replace(text=words.short(self.text, left) if left >= _SHORTEST_TEXT else "")


Block = list[Row]
_HEADS = Row("", "node", "", "value", "slope", "gradient")


def draw(graph: AutogradGraph, width: int | None = None) -> str:
    """Return the tree, and below it the leaves, what torch saved, and notes. Without a width nothing is shortened."""
    shown = words.folded(graph)
    title = f"autograd graph of {graph.of} at {words.point(graph)}, in the order in which backward() walks it"
    tree, remarks = _fitted(shown, width)
    if shown.hidden:
        remarks = [f"{shown.hidden:,} more nodes are not drawn; JSON has all of them", *remarks]
    texts = [_leaves(shown), _saved(shown), [f"note: {note}" for note in (*graph.notes, *remarks)]]
    sections = [_wrapped([title], width), *_laid_out(tree), *(_wrapped(lines, width) for lines in texts)]
    return "\n\n".join(section for section in sections if section) + "\n"


def _fitted(graph: AutogradGraph, width: int | None) -> tuple[list[Block], list[str]]:
    """Return the blocks with all digits; where the width is too small with fewer, then with short texts."""
    deepest = _DEEPEST if width is None else max((width - _NEEDED) // 2, 1)
    blocks = list(_Blocks(graph, words.ALL, deepest))
    if width is None or _width(blocks) <= width:
        return blocks, []
    rounded = list(_Blocks(graph, _DIGITS, deepest))
    for longest, value, room in _GIVEN_UP:
        blocks = [[row.without(longest, value=value) for row in block] for block in rounded]
        names = max(len(row.indent + row.name) for block in blocks for row in block)
        most = width - _width(blocks) + _widths(blocks)[0]
        if most >= names + room:
            break
    blocks = [[row.within(most) for row in block] for block in blocks]
    return blocks, [f"numbers in the tree have {_DIGITS} digits, and texts are cut, to fit {width} columns"]


class _Blocks:
    """The rows of each block: numbers with so many digits, and so many forks below each other."""

    def __init__(self, graph: AutogradGraph, digits: int, deepest: int) -> None:
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

    def _block(self, key: int) -> Iterator[Row]:
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

    def _row(self, indent: str, edge: Edge | None, key: int | str, *, apart: bool) -> Row:
        slope = "" if edge is None else words.slope(edge.formula, self._number(edge.slope))
        sent = self._number(None if edge is None else edge.gradient)
        operation = self._known.get(key) if isinstance(key, int) else None
        if operation is None:
            leaf = self._leaves.get(str(key)) if isinstance(key, str) else None
            return Row(
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
        return Row(indent, name, text, self._number(operation.value), slope, gradient)

    def _number(self, value: float | None) -> str:
        return "" if value is None else words.number(value, self._graph, self._digits)


def _widths(blocks: Iterable[Block]) -> list[int]:
    rows = [_HEADS, *chain.from_iterable(blocks)]
    return [max(len(cell) for cell in column) for column in zip(*map(_cells, rows), strict=True)]


def _cells(row: Row) -> tuple[str, str, str, str]:
    return row.node, row.value, row.slope, row.gradient


def _width(blocks: Iterable[Block]) -> int:
    return 2 + sum(_widths(blocks)) + 3 * _GAP


def _laid_out(blocks: list[Block]) -> list[str]:
    if not blocks:
        return []
    widths = _widths(blocks)
    rule = "  " + "─" * (sum(widths) + 3 * _GAP)
    first, *others = ["\n".join(_line(row, widths) for row in block) for block in blocks]
    return [f"{_line(_HEADS, widths)}\n{rule}\n{first}", *others]


def _line(row: Row, widths: list[int]) -> str:
    node, value, slope, gradient = widths
    cells = (row.node.ljust(node), row.value.rjust(value), row.slope.ljust(slope), row.gradient.rjust(gradient))
    return "  " + (" " * _GAP).join(cells).rstrip()


def _leaves(graph: AutogradGraph) -> list[str]:
    """Return a line for each variable, the sum of all that arrives; and what torch says of all of them."""
    kinds: dict[str, list[str]] = {}
    for leaf in graph.leaves:
        kind = f"is_leaf={leaf.is_leaf}, requires_grad={leaf.requires_grad}, grad_fn=None"
        kinds.setdefault(kind, []).append(leaf.name)
    sums = [f"{leaf.name}.grad = {words.sum_of(leaf, graph)}" for leaf in graph.leaves if leaf.requires_grad]
    inside = [f"gradient of {to} = {text}" for to, text in words.sums_inside(graph).items()]
    return [*inside, *sums, *(f"{', '.join(names)}: {kind}" for kind, names in kinds.items())]


def _saved(graph: AutogradGraph) -> list[str]:
    lines = [f"  {o.number} {o.name}: {text}" for o in graph.operations if (text := words.saved(o, graph))]
    return ["saved for backward:", *lines] if lines else []


def _wrapped(lines: Iterable[str], width: int | None) -> str:
    if width is None:
        return "\n".join(f"  {line}" for line in lines)
    wrap = textwrap.TextWrapper(width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(map(wrap.fill, lines))
