"""`graph`: an expression and a point -> its graph with its printers, held against what the calculator answers."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Self

from derivcli import parts
from derivcli.errors import DerivError, LimitError, PointError, UsageError
from derivcli.graphs.words import number
from derivcli.hints import At, Hint
from derivcli.language.parser import parse
from derivcli.model import Status
from derivcli.model.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.model import Derivative, Result
    from derivcli.model.graph import Leaf, Operation

# Above it the graph is a thousand nodes for x^3*sin(x), and nobody reads it.
MOST_ORDER = 4
_LARGEST = 20_000  # parts of an expression; torch takes some seconds for their graph
# How far a gradient may be from the answer without a reason: some thousand roundings of float64, and as many of float32
# as the calculator allows. Beyond are leaks of nan, other conventions, and formulas that cancel.
_RTOL = {"float64": 1e-12, "float32": 1e-4}


class AutogradGraph(Graph):
    """An autograd graph with its printers; a notebook shows its picture."""

    __slots__ = ()

    @classmethod
    def from_graph(cls, graph: Graph) -> Self:
        """Return a graph with printers."""
        return cls(**{field.name: getattr(graph, field.name) for field in fields(graph)})

    def to_json(self) -> str:
        """Return the JSON contract as text."""
        return json.dumps(self.to_dict(), indent=2, allow_nan=False, ensure_ascii=False) + "\n"

    def text(self, width: int | None = None) -> str:
        """Return a tree for a terminal of so many columns; without a width nothing is shortened."""
        from derivcli.graphs import terminal

        return terminal.tree(self, width)

    def attributes(self, width: int | None = None) -> str:
        """Return the table of data, grad, grad_fn, is_leaf and requires_grad."""
        from derivcli.graphs import terminal

        return terminal.attributes(self, width)

    def dot(self) -> str:
        """Return the graph in Graphviz's language."""
        from derivcli.graphs import diagrams

        return diagrams.dot(self)

    def mermaid(self) -> str:
        """Return the graph as a Mermaid flowchart."""
        from derivcli.graphs import diagrams

        return diagrams.mermaid(self)

    def picture(self, suffix: str) -> bytes:
        """Return a picture as the bytes of an svg, png or pdf file; raises `MissingPartError` without Graphviz."""
        from derivcli.graphs import diagrams

        return diagrams.picture(self, suffix)

    def __str__(self) -> str:
        return self.text().rstrip("\n")

    def _repr_svg_(self) -> str | None:
        from derivcli.graphs import diagrams

        return self.picture("svg").decode() if diagrams.program() else None

    def _repr_html_(self) -> str:
        """Return the picture, or the tree where Graphviz is missing: notebooks prefer HTML to SVG."""
        from html import escape

        svg = self._repr_svg_()
        return f"<pre>{escape(self.text())}</pre>" if svg is None else svg[svg.index("<svg") :]


@parts.told()
def graph(expression: str, at: Mapping[str, Any] | None = None, **wanted: Any) -> AutogradGraph:
    """Return the autograd graph of an expression at a point, as torch builds it from the code that a tutorial writes.

    `at` is a point, and `wanted` holds `wrt`, `order`, `dtype`, `device`, `timeout`, as for `differentiate`. With an
    `order` of 2 it is the graph of the first derivative by the first variable (`create_graph=True`), and so on.

    Raises `PointError` without a point, `UsageError` for several expressions and for a function that torch lacks or
    has no derivative of, `LimitError` for a graph that is too large; else as `differentiate` does.
    """
    from derivcli.api import differentiate

    check(expression, at, wanted.get("order", 1))
    return AutogradGraph.from_graph(of(differentiate(expression, at, **wanted), **wanted))


def check(expression: Any, at: Any, order: Any = 1) -> None:
    """Raise `UsageError` or `PointError` where there can be no graph, before anything is computed."""
    if not isinstance(expression, str):
        raise UsageError("a graph is drawn of one expression", hint="ask for one expression at a time")
    if at is None:
        raise PointError("a graph needs a point, whose numbers it shows", hint=Hint("add ", At("x=2")))
    if isinstance(order, int) and order > MOST_ORDER:
        raise UsageError(f"a graph is drawn up to order {MOST_ORDER}, not {order}", hint=f"ask for order {MOST_ORDER}")


def of(result: Result, *, order: int = 1, device: str = "cpu", **_others: Any) -> Graph:
    """Return the graph of what has been answered; raises as `graph` does."""
    names = tuple(dict.fromkeys(name for derivative in result.derivatives for name in derivative.wrt))
    if not result.at or not names:
        raise UsageError("there is no variable, so there is no graph", hint="torch builds a graph for variables only")
    tree = parse(result.expression, result.at, at_point=True, wrt=names).tree
    if tree.size > _LARGEST:
        raise LimitError(f"a graph is drawn of up to {_LARGEST:,} parts, not {tree.size:,}")
    from derivcli.graphs.walk import trace

    try:
        found = trace(tree, result.at, names, order=order, dtype=result.dtype, device=device)
    except DerivError as error:
        raise error.within(result.expression) from None
    return compared(replace(found, expression=result.expression), result, names)


def compared(found: Graph, result: Result, names: Sequence[str]) -> Graph:
    """Return a graph with the calculator's answers, and notes where its own numbers are others."""
    known = {tuple(sorted(derivative.wrt)): derivative for derivative in result.derivatives}
    path = (names[0],) * (found.order - 1)
    answers = {leaf.name: known.get(tuple(sorted((*path, leaf.name)))) for leaf in found.leaves if leaf.requires_grad}
    leaves = tuple(replace(leaf, answer=_answer(answers.get(leaf.name))) for leaf in found.leaves)
    notes = [note for leaf in leaves for note in _differences(leaf, answers.get(leaf.name), found)]
    return replace(found, leaves=leaves, notes=(*_remarks(found, names), *notes, *_leak(found)))


def _answer(derivative: Derivative | None) -> float | None:
    return None if derivative is None else derivative.answer


def _remarks(found: Graph, names: Sequence[str]) -> Iterator[str]:
    if found.root is None:
        yield f"no gradient of {found.of} reaches a variable: torch keeps no graph of it"
    if found.order > 1 and len(names) > 1:
        turned = ",".join((names[1], names[0], *names[2:]))
        yield f"this is the graph of {found.of}, by the first variable; for {names[1]} name it first: wrt {turned}"


def _differences(leaf: Leaf, derivative: Derivative | None, found: Graph) -> Iterator[str]:
    """Say where the gradient of a leaf is not what the calculator answers."""
    if derivative is None or derivative.status is None:
        return
    grad = 0.0 if leaf.grad is None else leaf.grad
    answer = derivative.answer
    if answer is None:
        words = str(derivative.status).replace("_", " ") + (f": {derivative.kind}" if derivative.kind else "")
        what = "which is a convention" if derivative.status is Status.NOT_DIFFERENTIABLE else "which nothing confirms"
        yield f"{derivative.name}: this graph gives {number(grad, found)}, {what}; the verdict is `{words}`"
    elif not math.isclose(grad, answer, rel_tol=_RTOL[found.dtype], abs_tol=0.0):
        yield f"{derivative.name}: this graph gives {number(grad, found)}, the answer is {number(answer, found)}"


def _leak(found: Graph) -> Iterator[str]:
    """Say which node is the first to send nan for a gradient that is none, and why with `torch.where`."""
    culprit = next(filter(_starts_nan, found.operations), None)
    if culprit is None:
        return
    yield f"nan starts at {culprit.number} {culprit.name}: {_times(culprit)}"
    if any(operation.name.startswith("Where") for operation in found.operations):
        yield "torch.where computes and differentiates both branches; the answer is that of the branch that is taken"


def _starts_nan(operation: Operation) -> bool:
    received = operation.gradient
    return (
        received is not None and not math.isnan(received) and any(_is_nan(edge.gradient) for edge in operation.inputs)
    )


def _times(operation: Operation) -> str:
    edge = next(edge for edge in operation.inputs if _is_nan(edge.gradient))
    return f"{operation.gradient:g} arrives, the slope is {edge.slope:g}"


def _is_nan(number: float | None) -> bool:
    return number is not None and math.isnan(number)
