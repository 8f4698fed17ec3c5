"""Builds f in torch, walks its nodes, runs `backward()`, and writes down what the nodes say. Nothing is computed here.

The value of a node comes from the call that made it (`recorder`), its inputs from `next_functions`, what it saved from
`_saved_*`, its local slopes from calling it with 1, and the gradients that arrive and leave from a hook on it.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.graph import get_gradient_edge

from derivcli.errors import UsageError
from derivcli.graphs.code import Code, written
from derivcli.graphs.recorder import Recorder
from derivcli.graphs.slopes import formulas
from derivcli.language.printer import to_text
from derivcli.model.choices import Dtype
from derivcli.model.graph import Arrival, Edge, Graph, Leaf, Operation, Saved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torch.autograd.graph import Node as TorchNode

    from derivcli.graphs.recorder import Made
    from derivcli.language.tree import Node

    Key = int | str
    Leaves = Mapping[str, Tensor]

_COMPUTING = ("cpu", "cuda", "mps")  # devices on which tensors have values: on meta they have none
_ACCUMULATES = "AccumulateGrad"
_SAVED = "_saved_"
_LONGEST = 400  # parts of a formula that is still written out


class Passed(NamedTuple):
    """What a node has sent to its inputs and received in the backward pass."""

    sent: tuple[Tensor | None, ...]
    received: Tensor | None


def trace(
    tree: Node,
    at: Mapping[str, float],
    wrt: Sequence[str],
    *,
    order: int = 1,
    dtype: str = "float64",
    device: str = "cpu",
) -> Graph:
    """Return the graph of f at a point; for a higher order that of a derivative one order lower, by the first variable.

    `wrt` are the variables that require a gradient. Raises `UsageError` for a function that torch lacks or has no
    derivative of, and for a device without values.
    """
    if device not in _COMPUTING:
        raise UsageError(f"a graph has numbers, and tensors on `{device}` have none", hint="leave out the device")
    plain = written(tree)
    with torch.inference_mode(False), torch.enable_grad():  # whatever the caller has switched off
        kind: Any = {"dtype": getattr(torch, dtype), "device": device}
        leaves = {name: torch.tensor(value, requires_grad=name in wrt, **kind) for name, value in at.items()}
        try:
            return _graph(plain, leaves, wrt[0], order)
        except (RuntimeError, NotImplementedError) as error:
            raise _refused(error) from error


def _refused(error: Exception) -> UsageError:
    said = str(error).partition("\n")[0].rstrip(".")
    return UsageError(f"torch has no graph of this: {said}", hint="leave out the graph: the answer does not need it")


def _graph(plain: Node, leaves: Leaves, first: str, order: int) -> Graph:
    code = Code(leaves)
    with Recorder(leaves, code.constants) as recorder:
        target = code.run(plain)
        for _ in range(order - 1):
            target = _derivative(target, leaves[first])
    nodes = list(_nodes(target)) if target.requires_grad else []
    passed = _backward(target, nodes)
    keys = _keys([*passed, *(node for node in nodes if node not in passed)], leaves)
    made = {one.result.grad_fn: one for one in recorder.made}
    operations = tuple(
        _operation(node, keys, passed.get(node), made.get(node), target) for node in keys if not _is_leaf(node)
    )
    root = keys[get_gradient_edge(target).node] if target.requires_grad else None
    return Graph(
        expression="",
        of=_of(order, first),
        order=order,
        at={name: float(leaf.item()) for name, leaf in leaves.items()},
        dtype=Dtype(str(target.dtype).removeprefix("torch.")),
        torch=str(torch.__version__),
        value=float(target.item()),
        root=root,
        operations=operations,
        leaves=tuple(_leaf(n, leaf, operations, is_root=root == n) for n, leaf in leaves.items()),
    )


def _derivative(target: Tensor, leaf: Tensor) -> Tensor:
    """Return a derivative that can be differentiated again; 0 where none comes."""
    if not target.requires_grad:
        return torch.zeros_like(target)
    (found,) = torch.autograd.grad(target, leaf, create_graph=True, allow_unused=True)
    return torch.zeros_like(target) if found is None else found


def _nodes(target: Tensor) -> Iterator[TorchNode]:
    """Yield each node that the backward pass can reach, once."""
    start = get_gradient_edge(target).node
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        yield node
        for following, _ in reversed(node.next_functions):
            if following is not None and following not in seen:
                seen.add(following)
                waiting.append(following)


def _backward(target: Tensor, nodes: Sequence[TorchNode]) -> dict[TorchNode, Passed]:
    """Run the backward pass; return what each node received and sent, in the order in which torch called them."""
    passed: dict[TorchNode, Passed] = {}

    def note(node: TorchNode, sent: Any, received: Any) -> None:
        passed[node] = Passed(sent, received[0])

    with ExitStack() as stack:
        for node in nodes:
            stack.callback(node.register_hook(partial(note, node)).remove)
        if target.requires_grad:
            target.backward(retain_graph=True)  # type: ignore[no-untyped-call]
    return passed


def _keys(walked: Sequence[TorchNode], leaves: Leaves) -> dict[TorchNode, int | str]:
    """Return a key for each node: the name of its variable, or a number in the order in which torch called them."""
    names = {id(leaf): name for name, leaf in leaves.items()}
    numbers = count(1)
    return {node: names[id(_variable(node))] if _is_leaf(node) else next(numbers) for node in walked}


def _variable(node: Any) -> Tensor:
    found: Tensor = node.variable
    return found


def _of(order: int, name: str) -> str:
    return {1: "f", 2: f"df/d{name}"}.get(order, f"d{order - 1}f/d{name}{order - 1}")


def _is_leaf(node: TorchNode) -> bool:
    """Tell whether a node is the end of a walk: the one that adds to `.grad` of a variable."""
    return _name(node) == _ACCUMULATES


def _name(node: TorchNode) -> str:
    """Return torch's name of a node, without that of its library."""
    return node.name().rpartition("::")[2]


def _operation(
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
        name=_name(node),
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


def _saved(node: TorchNode) -> tuple[Saved, ...]:
    """Return the numbers that torch keeps for the backward pass, by its own names."""
    found: list[Saved] = []
    for name in sorted(name for name in dir(node) if name.startswith(_SAVED)):
        value = getattr(node, name)
        if isinstance(value, Tensor) and value.numel() == 1:
            value = value.item()
        if isinstance(value, (int, float, bool)):
            found.append(Saved(name.removeprefix(_SAVED), value))
    return tuple(found)


def _leaf(name: str, tensor: Tensor, operations: Sequence[Operation], *, is_root: bool) -> Leaf:
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
