"""What one node of torch's says of itself: its inputs, its slopes, what it saved, what it received and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.graph import get_gradient_edge

from derivcli.graphs.model import Arrival, Edge, Leaf, Operation
from derivcli.graphs.slopes import formulas
from derivcli.language.printer import to_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch.autograd.graph import Node as TorchNode

    from derivcli.graphs.model import Scalar
    from derivcli.graphs.recorder import Made

    Key = int | str

_ACCUMULATES = "AccumulateGrad"
_SAVED = "_saved_"
_LONGEST = 400  # parts of a formula that is still written out


class Passed(NamedTuple):
    """What a node has sent to its inputs and received in the backward pass."""

    sent: tuple[Tensor | None, ...]
    received: Tensor | None


def is_leaf(node: TorchNode) -> bool:
    """Tell whether a node is the end of a walk: the one that adds to `.grad` of a variable."""
    return name_of(node) == _ACCUMULATES


def name_of(node: TorchNode) -> str:
    """Return torch's name of a node, without that of its library."""
    return node.name().rpartition("::")[2]


def operation(
    node: TorchNode, keys: Mapping[TorchNode, Key], passed: Passed | None, made: Made | None, like: Tensor
) -> Operation:
    """Return what a node says; `passed` is None where no gradient came by, `made` where torch did not say what it is.

    `like` is a tensor of the type and the device of all others.
    """
    targets = [following for following, _ in node.next_functions]
    sent = passed.sent if passed else (None,) * len(targets)
    columns = zip(targets, _slopes(node, like), _formulas(targets, made), sent, strict=True)
    return Operation(
        number=int(keys[node]),
        name=name_of(node),
        expression=to_text(made.shown) if made else "",
        value=_float(made.result) if made else None,
        gradient=_float(passed.received) if passed else None,
        saved=_saved(node),
        inputs=tuple(_edge(None if target is None else keys[target], *told) for target, *told in columns),
    )


def _edge(key: Key | None, slope: Any, formula: Any, gradient: Any) -> Edge:
    if key is None:
        return Edge(None, None, None, None, None)
    to, leaf = (key, None) if isinstance(key, int) else (None, key)
    return Edge(to, leaf, _float(slope), formula, _float(gradient))


def _slopes(node: TorchNode, like: Tensor) -> tuple[Tensor | None, ...]:
    """Return what a node sends for a gradient of 1."""
    called: Any = node
    with torch.no_grad():
        found = called(torch.ones((), dtype=like.dtype, device=like.device))
    return found if isinstance(found, tuple) else (found,)


def _formulas(targets: Sequence[TorchNode | None], made: Made | None) -> list[str | None]:
    """Return the formula of the slope towards each input: inputs and operands stand in the same order."""
    known = formulas(made.call) if made else ()
    operands = list(enumerate(made.operands if made else ()))
    found: list[str | None] = []
    for target in targets:
        place = next((k for k, operand in operands if target is not None and _leads_to(operand, target)), None)
        operands = [(k, operand) for k, operand in operands if k != place]
        formula = known[place] if place is not None and place < len(known) else None
        found.append(to_text(formula) if formula is not None and formula.size <= _LONGEST else None)
    return found


def _leads_to(operand: Tensor | None, target: TorchNode) -> bool:
    return operand is not None and operand.requires_grad and get_gradient_edge(operand).node is target


def _saved(node: TorchNode) -> dict[str, Scalar]:
    """Return the numbers that torch keeps for the backward pass, by its own names."""
    found: dict[str, Scalar] = {}
    for name in sorted(name for name in dir(node) if name.startswith(_SAVED)):
        value = getattr(node, name)
        if isinstance(value, Tensor) and value.numel() == 1:
            value = value.item()
        if isinstance(value, (int, float, bool)):
            found[name.removeprefix(_SAVED)] = value
    return found


def leaf(name: str, tensor: Tensor, operations: Sequence[Operation], *, is_root: bool) -> Leaf:
    """Return what a variable holds after the backward pass, and what it is made of."""
    arrivals = [
        Arrival(one.number, edge.gradient)
        for one in operations
        for edge in one.inputs
        if edge.leaf == name and edge.gradient is not None
    ]
    grad = _float(tensor.grad)
    if is_root and grad is not None:
        arrivals = [Arrival(None, grad)]
    return Leaf(name, float(tensor.item()), tensor.is_leaf, tensor.requires_grad, grad, tuple(arrivals))


def _float(value: Tensor | None) -> float | None:
    return None if value is None else float(value.item())
