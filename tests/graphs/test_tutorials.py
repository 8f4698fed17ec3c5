"""The examples of the tutorials: every value, slope and adjoint by hand calculation."""

from __future__ import annotations

import math

import pytest

from tests.graphs.drawn import arrivals, graph_of, leaf, node, saved


def test_a_square_at_3() -> None:
    graph = graph_of("x^2", x=3.0)
    (power,) = graph.operations
    assert (power.name, power.expression, power.value, power.gradient) == ("PowBackward0", "x**2", 9.0, 1.0)
    assert saved(power) == {"self": 3.0, "exponent": 2}
    assert (power.inputs[0].formula, power.inputs[0].slope, power.inputs[0].gradient) == ("2*x", 6.0, 6.0)
    assert (leaf(graph, "x").grad, leaf(graph, "x").is_leaf, leaf(graph, "x").requires_grad) == (6.0, True, True)


def test_a_polynomial_in_which_x_is_used_twice_shows_both_contributions_and_their_sum() -> None:
    graph = graph_of("6x^2 + 2x + 4", x=3.0)  # 12x + 2 is 38 there: 36 by the square, 2 by the linear term
    assert [o.name for o in graph.operations] == [
        "AddBackward0", "AddBackward0", "MulBackward0", "MulBackward0", "PowBackward0",
    ]  # fmt: skip
    assert graph.value == 64.0
    assert sorted(arrivals(graph, "x")) == [2.0, 36.0]
    assert leaf(graph, "x").grad == 38.0
    assert node(graph, "x**2").gradient == 6.0


def test_the_chain_rule_by_numbers_in_two_variables() -> None:
    graph = graph_of("u^3+v^2+4*u*v", u=3.0, v=4.0)
    assert graph.value == 91.0
    assert [(node(graph, part).value, node(graph, part).gradient) for part in ("u**3", "v**2", "4*u*v", "4*u")] == [
        (27.0, 1.0), (16.0, 1.0), (48.0, 1.0), (12.0, 4.0),
    ]  # fmt: skip
    assert sorted(arrivals(graph, "u")) == [16.0, 27.0]  # 4v and 3u^2
    assert sorted(arrivals(graph, "v")) == [8.0, 12.0]  # 2v and 4u
    assert (leaf(graph, "u").grad, leaf(graph, "v").grad) == (43.0, 20.0)
    assert saved(node(graph, "4*u*v")) == {"self": 12.0, "other": 4.0}


def test_a_square_of_a_sum_written_out() -> None:
    graph = graph_of("x^2+2x+1", x=2.0)
    assert (graph.value, leaf(graph, "x").grad) == (9.0, 6.0)
    assert sorted(arrivals(graph, "x")) == [2.0, 4.0]


def test_a_product_and_a_square_share_their_variable() -> None:
    graph = graph_of("u*v + u^2", u=1.0, v=2.0)
    assert sorted(arrivals(graph, "u")) == [2.0, 2.0]  # v and 2u
    assert (leaf(graph, "u").grad, leaf(graph, "v").grad) == (4.0, 1.0)


def test_a_square_a_cube_and_a_product() -> None:
    graph = graph_of("u^2 + v^3 + u*v", u=2.0, v=3.0)
    assert graph.value == 37.0
    assert (leaf(graph, "u").grad, leaf(graph, "v").grad) == (7.0, 29.0)  # 2u + v and 3v^2 + u
    assert sorted(arrivals(graph, "v")) == [2.0, 27.0]


def test_a_sine_of_a_quotient_by_a_constant_that_stays_as_typed() -> None:
    graph = graph_of("sin(x/(2*sqrt(2)))", x=100.0)
    inner, outer = node(graph, "x/(2*sqrt(2))"), node(graph, "sin(x/(2*sqrt(2)))")
    assert (outer.name, inner.name) == ("SinBackward0", "DivBackward0")
    # cos(100/(2*sqrt(2))) is -0.69826898204623791..., by mpmath with 30 digits.
    assert math.isclose(inner.gradient or 0.0, -0.69826898204623791, rel_tol=1e-13)
    assert inner.inputs[0].formula == "1/(2*sqrt(2))"
    assert math.isclose(leaf(graph, "x").grad or 0.0, -0.24687536614856287, rel_tol=1e-13)


@pytest.mark.parametrize(("x", "slope"), [(-1.0, 0.0), (0.0, 0.0), (2.0, 1.0)])
def test_relu_at_its_kink_has_the_slope_that_torch_takes(x: float, slope: float) -> None:
    graph = graph_of("relu(x)", x=x)
    assert graph.operations[0].name == "ReluBackward0"
    assert (graph.operations[0].inputs[0].slope, leaf(graph, "x").grad) == (slope, slope)


def test_a_neuron() -> None:
    # Hand calculation: s = w*x + b = 1, p = 1/2, dp/dw = p*(1-p)*x at s = 0.
    graph = graph_of("sigmoid(w*x + b)", wrt=("w", "b"), w=0.5, x=2.0, b=-1.0)
    assert graph.value == 0.5
    assert (leaf(graph, "w").grad, leaf(graph, "b").grad) == (0.5, 0.25)
    assert (leaf(graph, "x").requires_grad, leaf(graph, "x").grad) == (False, None)


def test_a_branch_that_is_not_taken_leaks_nan_as_it_does_in_torch() -> None:
    graph = graph_of("where(x != 0, sin(x)/x, 1)", x=0.0)
    quotient = node(graph, "sin(x)/x")
    assert graph.value == 1.0
    assert quotient.gradient == 0.0
    assert quotient.inputs[0].slope == math.inf
    assert math.isnan(quotient.inputs[0].gradient or 0.0)
    assert math.isnan(leaf(graph, "x").grad or 0.0)


def test_a_part_with_a_name_is_one_node_that_adds_up_what_arrives() -> None:
    graph = graph_of("z = x*y; z^2 + 3z", x=1.0, y=2.0)
    product = node(graph, "x*y")
    assert [o.name for o in graph.operations].count("MulBackward0") == 2  # x*y once, and 3z
    assert product.gradient == 7.0  # 2z and 3
    assert (leaf(graph, "x").grad, leaf(graph, "y").grad) == (14.0, 7.0)


def test_a_text_that_stands_twice_is_computed_twice() -> None:
    graph = graph_of("sin(x)*sin(x)", x=1.0)
    assert [o.name for o in graph.operations] == ["MulBackward0", "SinBackward0", "SinBackward0"]


def test_one_tensor_a_variable_although_it_meets_itself() -> None:
    graph = graph_of("x*x", x=3.0)
    assert arrivals(graph, "x") == [3.0, 3.0]
    assert leaf(graph, "x").grad == 6.0


def test_f_that_is_its_variable_has_no_node() -> None:
    graph = graph_of("x", x=5.0)
    assert (graph.operations, graph.root, leaf(graph, "x").grad) == ((), "x", 1.0)
    assert [(arrival.sender, arrival.gradient) for arrival in leaf(graph, "x").arrivals] == [(None, 1.0)]


def test_the_graph_of_the_gradient() -> None:
    graph = graph_of("x^4", order=2, x=2.0)  # df/dx = 4x^3 = 32, and its slope 12x^2 = 48
    assert (graph.of, graph.value, leaf(graph, "x").grad) == ("df/dx", 32.0, 48.0)
    assert node(graph, "x**3").value == 8.0
    assert node(graph, "4*x**3").value == 32.0


def test_the_graph_of_the_second_derivative() -> None:
    graph = graph_of("x^4", order=3, x=2.0)
    assert (graph.of, graph.value, leaf(graph, "x").grad) == ("d2f/dx2", 48.0, 48.0)  # 12x^2 and 24x


def test_a_row_of_the_hessian() -> None:
    graph = graph_of("u^2*v^3", order=2, u=2.0, v=1.0)  # df/du = 2uv^3; by u 2v^3 = 2, by v 6uv^2 = 12
    assert (graph.value, leaf(graph, "u").grad, leaf(graph, "v").grad) == (4.0, 2.0, 12.0)


def test_a_gradient_that_is_a_constant_has_no_graph() -> None:
    graph = graph_of("3x", order=2, x=2.0)
    assert (graph.value, graph.root, graph.operations, leaf(graph, "x").grad) == (3.0, None, (), None)


def test_single_precision_is_that_of_the_tutorials() -> None:
    graph = graph_of("x/3", dtype="float32", x=1.0)
    assert graph.dtype == "float32"
    assert graph.value == 0.3333333432674408  # the float32 nearest to 1/3
