"""Names, order, inputs and saved values are those of this torch, told by torch.autograd.graph and by literal code."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.autograd.graph import get_gradient_edge

from derivcli.errors import UsageError
from derivcli.graphs.walk import trace
from derivcli.language.parser import parse
from tests.graphs.drawn import edges, graph_of, leaf, node, saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

# What a tutorial writes, in our language and in Python.
CODE: dict[str, Callable[..., Any]] = {
    "5*x**4 + 3*x**3": lambda x: 5 * x**4 + 3 * x**3,
    "2/x + 1 - x": lambda x: 2 / x + 1 - x,
    "1 - x": lambda x: 1 - x,
    "2**x - x**0.5 + x**x": lambda x: 2**x - x**0.5 + x**x,
    "exp(-x**2/2)": lambda x: torch.exp(-(x**2) / 2),
    "e^x*sin(2x)": lambda x: torch.exp(x) * torch.sin(2 * x),
    "relu(x) + sigmoid(x)*tanh(x)": lambda x: torch.relu(x) + torch.sigmoid(x) * torch.tanh(x),
    "where(x > 0, x, x**2)": lambda x: torch.where(x > 0, x, x**2),
    "where(x < 0, -x, where(x < 1, x, 1))": lambda x: torch.where(x < 0, -x, torch.where(x < 1, x, 1)),
    "abs(x) + sqrt(x) + log(x)": lambda x: torch.abs(x) + torch.sqrt(x) + torch.log(x),
    "max(x, 0)": lambda x: torch.maximum(x, torch.tensor(0, dtype=torch.float64)),
    "gelu(x) + silu(x) + softplus(x) + elu(x)": lambda x: (
        torch.nn.functional.gelu(x)
        + torch.nn.functional.silu(x)
        + torch.nn.functional.softplus(x)
        + torch.nn.functional.elu(x)
    ),
    "clamp(x, 0, 1) + leaky_relu(x)": lambda x: torch.clamp(x, 0, 1) + torch.nn.functional.leaky_relu(x),
    "x % 2 + x // 2": lambda x: x % 2 + torch.div(x, 2, rounding_mode="floor"),
    "log(x, 2) + log(x, 3)": lambda x: torch.log2(x) + torch.log(x) / math.log(3),
    "mean(x, x^2, 3)": lambda x: (x + x**2 + 3) / 3,
}


def called_in_order(target: Tensor) -> list[str]:
    """Return the names of the nodes in the order in which torch's engine calls them."""
    called: list[str] = []
    seen: set[Any] = set()
    waiting: list[Any] = [get_gradient_edge(target).node]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.add(one)
            one.register_prehook(lambda _grads, one=one: called.append(one.name()))
            waiting += [following for following, _ in one.next_functions]
    target.backward()  # type: ignore[no-untyped-call]
    return [name for name in called if not name.endswith("AccumulateGrad")]


@pytest.mark.parametrize("text", CODE)
def test_names_order_and_numbers_are_those_of_the_code_that_a_tutorial_writes(text: str) -> None:
    x = torch.tensor(0.7, dtype=torch.float64, device="cpu", requires_grad=True)
    target = CODE[text](x)
    graph = graph_of(text, x=0.7)
    assert graph.value == target.item()
    assert [operation.name for operation in graph.operations] == called_in_order(target)
    assert x.grad is not None
    assert leaf(graph, "x").grad == x.grad.item()


def test_numbers_are_the_order_of_the_walk_and_what_is_sent_arrives() -> None:
    graph = graph_of("u^3+v^2+4*u*v", u=3.0, v=4.0)
    assert [operation.number for operation in graph.operations] == [1, 2, 3, 4, 5, 6]
    assert graph.root == 1
    for operation in graph.operations[1:]:
        assert operation.gradient == sum(edge.gradient or 0.0 for edge in edges(graph) if edge.to == operation.number)


def test_a_number_is_an_input_without_a_gradient() -> None:
    inputs = node(graph_of("4*u*v", u=3.0, v=4.0), "4*u").inputs
    assert [edge.target for edge in inputs] == ["u", None]
    assert (inputs[1].slope, inputs[1].gradient) == (None, None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x**3", {"self": 2.0, "exponent": 3}),
        ("exp(x)", {"result": math.exp(2.0)}),
        ("tanh(x)", {"result": math.tanh(2.0)}),
        ("where(x > 1, x, 1)", {"condition": True}),
        ("sin(x)", {"self": 2.0}),
    ],
)
def test_what_torch_saves_is_told_by_its_names(text: str, kept: dict[str, float]) -> None:
    assert saved(graph_of(text, x=2.0).operations[0]) == pytest.approx(kept, rel=1e-15)


def test_a_kink_shows_what_torch_does_there() -> None:
    assert graph_of("abs(x)", x=0.0).operations[0].inputs[0].slope == 0.0
    tie = graph_of("max(x, y)", x=1.0, y=1.0).operations[0]
    assert [edge.slope for edge in tie.inputs] == [0.5, 0.5]  # torch shares the gradient of a tie
    assert leaf(graph_of("sqrt(x)", x=0.0), "x").grad == math.inf


def test_the_nodes_of_a_recorded_backward_pass_have_parts_and_values_too() -> None:
    graph = graph_of("x^3*sin(x)", order=2, x=1.0)
    assert all(operation.expression and operation.value is not None for operation in graph.operations)
    # f'' = 6x sin x + 6x^2 cos x - x^3 sin x, by hand.
    truth = 6 * math.sin(1) + 6 * math.cos(1) - math.sin(1)
    assert math.isclose(leaf(graph, "x").grad or 0.0, truth, rel_tol=1e-14)
    assert node(graph, "sin(x)").value == math.sin(1)


@pytest.mark.nightly
def test_a_sum_of_thousands_of_terms_is_walked_without_recursion() -> None:
    graph = graph_of("+".join(f"{k}*x" for k in range(1, 3001)), x=1.0)
    assert leaf(graph, "x").grad == 3000 * 3001 / 2
    assert len(graph.operations) == 3000 + 2999
    assert max(len(operation.expression) for operation in graph.operations) < 2000


@pytest.mark.parametrize("context", [torch.no_grad, torch.inference_mode, lambda: torch.device("meta")])
def test_no_setting_of_torch_changes_a_graph(context: Callable[[], Any]) -> None:
    with context():
        graph = graph_of("where(x > 0, x^2, 1)*clamp(x, 0, 5)", x=3.0)
    assert (graph.value, leaf(graph, "x").grad) == (27.0, 27.0)


def test_a_device_without_values_has_no_graph() -> None:
    tree = parse("x^2", ["x"]).tree
    with pytest.raises(UsageError, match="tensors on `meta` have none"):
        trace(tree, {"x": 1.0}, ("x",), device="meta")


def test_what_torch_cannot_differentiate_is_said_in_its_words() -> None:
    with pytest.raises(UsageError, match=r"torch has no graph of this: .*not implemented"):
        graph_of("gammainc(a, x)", a=1.0, x=2.0)


def test_a_hook_of_ours_stays_on_no_node() -> None:
    graph = graph_of("x^2", x=3.0)
    assert graph_of("x^2", x=3.0) == graph
