"""Builds f in torch, walks its nodes, runs `backward()`, and writes down what the nodes say. Nothing is computed here.

The value of a node comes from the call that made it (`recorder`), its inputs from `next_functions`, what it saved from
`_saved_*`, its local slopes from calling it with 1, and the gradients that arrive and leave from a hook on it.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import torch
from torch.autograd.graph import get_gradient_edge

from derivcli.errors import UsageError
from derivcli.graphs import account
from derivcli.graphs.account import Passed
from derivcli.graphs.code import written
from derivcli.graphs.model import AutogradGraph
from derivcli.graphs.recorder import Recorder
from derivcli.graphs.running import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torch import Tensor
    from torch.autograd.graph import Node as TorchNode

    from derivcli.language.tree import Node

    Leaves = Mapping[str, Tensor]

_COMPUTING = ("cpu", "cuda", "mps")  # devices on which tensors have values: on meta they have none


def trace(
    tree: Node,
    at: Mapping[str, float],
    wrt: Sequence[str],
    *,
    order: int = 1,
    dtype: str = "float64",
    device: str = "cpu",
) -> AutogradGraph:
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


def _graph(plain: Node, leaves: Leaves, first: str, order: int) -> AutogradGraph:
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
        account.operation(node, keys, passed.get(node), made.get(node), target)
        for node in keys
        if not account.is_leaf(node)
    )
    root = keys[get_gradient_edge(target).node] if target.requires_grad else None
    return AutogradGraph(
        expression="",
        of=_of(order, first),
        order=order,
        at={name: float(leaf.item()) for name, leaf in leaves.items()},
        dtype=str(target.dtype).removeprefix("torch."),
        torch=torch.__version__,
        value=float(target.item()),
        root=root,
        operations=operations,
        leaves=tuple(account.leaf(n, leaf, operations, is_root=root == n) for n, leaf in leaves.items()),
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
    return {node: names[id(_variable(node))] if account.is_leaf(node) else next(numbers) for node in walked}


def _variable(node: Any) -> Tensor:
    found: Tensor = node.variable
    return found


def _of(order: int, name: str) -> str:
    return {1: "f", 2: f"df/d{name}"}.get(order, f"d{order - 1}f/d{name}{order - 1}")
