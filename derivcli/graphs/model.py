"""A graph as data: what torch's nodes have said. No module here but `walk` and those below it knows torch."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

Scalar = float | int | bool


@dataclass(frozen=True, slots=True)
class Edge:
    """An entry of a node's `next_functions`: where the node sends a gradient.

    It leads to the operation with the number `to`, or to the variable `leaf`; to neither where the input is a number,
    which has no gradient. `slope` is what the node returns for this input when it is called with 1, and `formula` what
    that is in the language; `gradient` is what it sent in the backward pass. Each is None where torch gives none.
    """

    to: int | None
    leaf: str | None
    slope: float | None
    formula: str | None
    gradient: float | None

    @property
    def target(self) -> int | str | None:
        """The key of what it leads to."""
        return self.leaf if self.to is None else self.to


@dataclass(frozen=True, slots=True)
class Operation:
    """A node of torch's: its place in the order of the backward pass, its name, the part that it stands for.

    `value` is that part's; `gradient` is what arrived in all. `saved` is what torch keeps for the backward pass.
    """

    number: int
    name: str
    expression: str
    value: float | None
    gradient: float | None
    saved: dict[str, Scalar]
    inputs: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A gradient that arrives, and the number of the operation that sends it; None stands for `backward()` itself."""

    sender: int | None
    gradient: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """A variable: a tensor that no operation has made. `arrivals` stand in the order in which torch adds them up.

    `grad` is its `.grad` after the backward pass, None where nothing has arrived. `answer` is the derivative that the
    calculator stands behind, None where there is none.
    """

    name: str
    value: float
    is_leaf: bool
    requires_grad: bool
    grad: float | None
    arrivals: tuple[Arrival, ...]
    answer: float | None = None


@dataclass(frozen=True, slots=True)
class AutogradGraph:
    """What `backward()` walks from `of`, which is f or a derivative of f, at a point; operations in that order.

    `root` is what `backward()` starts at: the key of an operation or a leaf, None where torch keeps no graph. `hidden`
    counts the operations and leaves that were left out of a drawing.
    """

    expression: str
    of: str
    order: int
    at: dict[str, float]
    dtype: str
    torch: str
    value: float
    root: int | str | None
    operations: tuple[Operation, ...]
    leaves: tuple[Leaf, ...]
    notes: tuple[str, ...] = ()
    hidden: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain types: what is not finite is None, with a sibling `..._special`."""
        found: dict[str, Any] = _plain(self)
        return found

    def to_json(self) -> str:
        """Return the same as text."""
        return json.dumps(self.to_dict(), indent=2, allow_nan=False, ensure_ascii=False) + "\n"

    def text(self, width: int | None = None) -> str:
        """Return a tree for a terminal of so many columns; without a width nothing is shortened."""
        from derivcli.graphs import tree

        return tree.draw(self, width)

    def attributes(self, width: int | None = None) -> str:
        """Return the table of data, grad, grad_fn, is_leaf and requires_grad."""
        from derivcli.graphs import attributes

        return attributes.draw(self, width)

    def dot(self) -> str:
        """Return the graph in Graphviz's language."""
        from derivcli.graphs import dot

        return dot.draw(self)

    def mermaid(self) -> str:
        """Return the graph as a Mermaid flowchart."""
        from derivcli.graphs import mermaid

        return mermaid.draw(self)

    def picture(self, suffix: str) -> bytes:
        """Return a picture as the bytes of an svg, png or pdf file; raises `MissingPartError` without Graphviz."""
        from derivcli.graphs import graphviz

        return graphviz.picture(self.dot(), suffix)

    def __str__(self) -> str:
        return self.text().rstrip("\n")

    def _repr_svg_(self) -> str | None:
        from derivcli.graphs import graphviz

        return self.picture("svg").decode() if graphviz.program() else None

    def _repr_html_(self) -> str:
        """Return the picture, or the tree where Graphviz is missing: notebooks prefer HTML to SVG."""
        from html import escape

        svg = self._repr_svg_()
        return f"<pre>{escape(self.text())}</pre>" if svg is None else svg[svg.index("<svg") :]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _entries((field.name, getattr(value, field.name)) for field in fields(value))
    if isinstance(value, dict):
        return _entries(value.items())
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value


def _entries(pairs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if isinstance(value, float) and not math.isfinite(value):
            found |= {name: None, f"{name}_special": str(value)}
        else:
            found[name] = _plain(value)
    return found
