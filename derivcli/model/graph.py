"""The autograd graph as data: what torch's nodes have said of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from derivcli.model.choices import Dtype
from derivcli.model.codec import Coded, Extended

_FROM_1 = {"minimum": 1}


@dataclass(frozen=True, slots=True)
class Edge(Coded):
    """Where a node sends a gradient: to an operation, to a leaf, or nowhere where the input is a number.

    It is an entry of the node's `next_functions`.
    """

    to: Annotated[int | None, "the number of an operation", _FROM_1]
    leaf: Annotated[str | None, "the name of a variable"]
    slope: Annotated[Extended, "what the node returns for this input when it is called with 1"]
    formula: Annotated[str | None, "the same in the language"]
    gradient: Annotated[Extended, "what it sent in the backward pass"]

    @property
    def target(self) -> int | str | None:
        """The key of what it leads to."""
        return self.leaf if self.to is None else self.to


@dataclass(frozen=True, slots=True)
class Saved(Coded):
    """A number that torch keeps for the backward pass, by its own name: `_saved_other` is `other`."""

    name: str
    value: Annotated[Extended, {"type": ["number", "boolean", "null"]}]


@dataclass(frozen=True, slots=True)
class Operation(Coded):
    """A node of torch's graph, and the part of the expression that it stands for."""

    number: Annotated[int, "its place in the order in which backward() calls them", _FROM_1]
    name: Annotated[str, "such as MulBackward0"]
    expression: Annotated[str, "the part; empty where torch did not say what it is"]
    value: Annotated[Extended, "that of the part"]
    gradient: Annotated[Extended, "what arrived in all"]
    saved: tuple[Saved, ...]
    inputs: Annotated[tuple[Edge, ...], "as in next_functions"]


@dataclass(frozen=True, slots=True)
class Arrival(Coded):
    """A gradient that arrives at a leaf."""

    sender: Annotated[int | None, "the number of an operation; null is backward() itself", _FROM_1]
    gradient: Extended


@dataclass(frozen=True, slots=True)
class Leaf(Coded):
    """A variable: a tensor that no operation has made."""

    name: str
    value: float
    is_leaf: bool
    requires_grad: bool
    grad: Annotated[Extended, "its .grad after the backward pass: the sum of what arrives"]
    arrivals: Annotated[tuple[Arrival, ...], "in the order in which torch adds them up"]
    answer: Annotated[Extended, "the derivative that the calculator answers; null where there is none"] = None


@dataclass(frozen=True, slots=True)
class Graph(Coded):
    """What backward() walks at a point: the autograd graph of f, or with a higher order of a derivative of f."""

    expression: Annotated[str, "as it was typed"]
    of: Annotated[str, "what backward() starts at: f, df/dx, d2f/dx2"]
    order: Annotated[int, _FROM_1]
    at: dict[str, float]
    dtype: Dtype
    torch: Annotated[str, "its version"]
    value: Extended
    root: Annotated[
        int | str | None,
        "the number of the first operation, or the variable that f is; null where torch keeps no graph",
        {"type": ["integer", "string", "null"]},
    ]
    operations: Annotated[tuple[Operation, ...], "in the order in which backward() calls them"]
    leaves: tuple[Leaf, ...]
    notes: Annotated[tuple[str, ...], "where its numbers are others than the answers, and why"] = ()
