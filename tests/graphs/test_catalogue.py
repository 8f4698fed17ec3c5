"""Over the whole catalogue: what arrives adds up to `.grad`, bit for bit, and so does the chain rule on all paths."""

from __future__ import annotations

import math
import re
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import pytest
import torch
from mpmath import mpf

from derivcli.graphs.code import Code, NoKernelError, written
from derivcli.language import catalogue
from derivcli.language.parser import parse
from tests.checks import central_difference
from tests.every import for_all, is_nightly
from tests.graphs.drawn import at_point, edges, graph_of, leaf
from tests.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.graphs.asking import AutogradGraph

# Away from kinks, inside every domain but these; each value of its own, so that mixed-up arguments are seen.
USUAL = (0.37, 0.81, 1.59, 0.45)
ABOVE_1 = {"acosh", "asec", "acsc", "acoth"}
POINTS = {
    **{name: {"x": 1.7} for name in ABOVE_1},
    "log1m_exp": {"x": -0.8},
    "log": {"x": 0.7},
    "mvlgamma": {"x": 2.3},
    "polygamma": {"x": 0.7},
    "zeta": {"a": 0.81},
    "gammainc": {"x": 0.81},
    "gammaincc": {"x": 0.81},
    "clamp": {"x": 0.9, "a": 0.2, "b": 1.3},
    "hardtanh": {"x": 0.9, "a": 0.2, "b": 1.3},
}
TEXTS = {
    "log": "log(x)",
    "mvlgamma": "mvlgamma(x, 3)",
    "polygamma": "polygamma(2, x)",
    "zeta": "zeta(2.5, a)",
    "gammainc": "gammainc(0.37, x)",
    "gammaincc": "gammaincc(0.37, x)",
}
BEFORE = {"polygamma": 2, "zeta": mpf("2.5"), "gammainc": mpf("0.37"), "gammaincc": mpf("0.37")}
AFTER = {"mvlgamma": 3}
# torch has no kernel of these, or none with a gradient, and no tutorial's formula is one.
WITHOUT = frozenset(
    {"heaviside", "erfi", "erfcinv", "dawson", "gamma", "factorial", "factorial2", "binomial", "beta", "betainc"}
    | {"lowergamma", "uppergamma", "elliptic_k", "elliptic_e", "elliptic_f", "elliptic_einc", "elliptic_pi", "agm"}
    | {"elliptic_piinc", "polylog", "Li2", "LambertW", "hyp1f1", "hyp2f1", "k0e", "k1e"}
    | {row.name for row in catalogue.FAMILIES["integrals"]}
    | {row.name for row in catalogue.FAMILIES["orthogonal polynomials"]}
    | {row.name for row in catalogue.FAMILIES["Bessel, Airy and Struve functions"]} - {"i0", "i1", "i0e", "i1e"}
)
WITH = sorted(catalogue.FUNCTIONS.keys() - WITHOUT)
SAMPLE = WITH if is_nightly() else WITH[::3]  # the walk is the same for all rows


def drawn(name: str) -> AutogradGraph:
    """Return the graph of a row, all its parameters variables where torch differentiates by them."""
    row = catalogue.FUNCTIONS[name]
    at = POINTS.get(name) or dict(zip(row.parameters, USUAL, strict=False))
    return at_point(TEXTS.get(name) or f"{name}({', '.join(at)})", at)


def reference(name: str) -> Callable[..., Any]:
    """Return mpmath's function of the variables alone."""
    first = [BEFORE[name]] if name in BEFORE else []
    last = [AFTER[name]] if name in AFTER else []
    return lambda *args: REFERENCES[name](*first, *args, *last)


def by_paths(graph: AutogradGraph) -> dict[str, float]:
    """Return the chain rule in full: for each variable the sum, over all paths to it, of the products of slopes."""
    found: dict[int | str, float] = {} if graph.root is None else {graph.root: 1.0}
    for operation in graph.operations:
        for edge in operation.inputs:
            if edge.target is not None and edge.slope is not None:
                along = found.get(operation.number, 0.0) * edge.slope
                found[edge.target] = found.get(edge.target, 0.0) + along
    return {one.name: found.get(one.name, 0.0) for one in graph.leaves}


@for_all("name", SAMPLE)
def test_what_arrives_adds_up_to_grad_bit_for_bit(name: str) -> None:
    graph = drawn(name)
    for one in graph.leaves:
        terms = [arrival.gradient for arrival in one.arrivals]
        assert (reduce(add, terms) if terms else None) == one.grad
    for operation in graph.operations:
        sent = [edge.gradient for o in graph.operations for edge in o.inputs if edge.to == operation.number]
        if sent and None not in sent:
            assert reduce(add, sent) == operation.gradient


@for_all("name", SAMPLE)
def test_the_products_along_all_paths_add_up_to_the_derivative_that_mpmath_sees(name: str) -> None:
    graph = drawn(name)
    slopes = by_paths(graph)
    for one in graph.leaves:
        truth = central_difference(reference(name), graph.at, one.name, 1)
        # 1e-7: torch's hardsigmoid multiplies by a float32 of 1/6.
        tolerance = 1e-7 if name == "hardsigmoid" else 1e-9
        assert math.isclose(slopes[one.name], float(truth), rel_tol=tolerance, abs_tol=1e-12)
        assert math.isclose(one.grad or 0.0, float(truth), rel_tol=tolerance, abs_tol=1e-12)


@for_all("name", SAMPLE)
def test_every_node_has_its_part_and_value_and_every_formula_is_the_slope_that_torch_gives(name: str) -> None:
    graph = drawn(name)
    assert all(operation.value is not None and operation.expression for operation in graph.operations)
    leaves = {one.name: torch.tensor(one.value, dtype=torch.float64) for one in graph.leaves}
    for edge in edges(graph):
        if edge.formula is not None and not re.search(r"\b(besseli|gamma)\(", edge.formula):  # torch lacks these
            found = Code(leaves).run(written(parse(edge.formula, leaves, at_point=True).tree))
            assert edge.slope is not None
            tolerance = 1e-7 if name == "hardsigmoid" else 1e-11
            assert math.isclose(float(found), edge.slope, rel_tol=tolerance, abs_tol=1e-13), edge


def test_few_nodes_have_no_formula() -> None:
    lacking = {name for name in WITH for edge in edges(drawn(name)) if edge.formula is None}
    assert lacking == {"gelu_tanh", "hardswish", "mish", "mvlgamma", "selu"}


@for_all("name", sorted(WITHOUT - {"heaviside"}))
def test_a_function_that_torch_lacks_is_named(name: str) -> None:
    with pytest.raises(NoKernelError, match=f"torch has no function for `{name}`"):
        drawn(name)


def test_the_gradient_of_a_step_does_not_exist_for_torch() -> None:
    graph = graph_of("step(x)", x=0.5)
    assert (graph.root, leaf(graph, "x").grad) == (None, None)
