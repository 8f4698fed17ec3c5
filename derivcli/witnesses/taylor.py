"""Derivatives of any order: truncated Taylor series in several variables, pushed through the program.

Sums, products, quotients and powers have rules of their own. For any other function g(u, ...) Euler's identity on
homogeneous parts gives the part of degree k from the series of its partial derivatives, which the catalogue's formulas
are: k*g_k is the sum of j*u_j*p_(k-j) over j = 1..k and the arguments u, where p is the derivative of g with respect
to u (Griewank & Walther, Evaluating Derivatives, ch. 13; Neidinger, SIAM Review 52, 2010). All nodes go up together,
degree by degree, so that a formula may come back to the function whose slope it is: tan' = 1 + tan^2.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from derivcli.language.tree import VARIABLE
from derivcli.witnesses.expansion import SPOT, Expansion, Node
from derivcli.witnesses.scalars import POWER
from derivcli.witnesses.series import DTYPE, Basis, Shape, gather

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor

    from derivcli.language.program import Program


def derivatives(
    program: Program,
    point: Mapping[str, float],
    wanted: Sequence[tuple[str, ...]],
) -> dict[tuple[str, ...], float | None]:
    """Return partial derivatives at a point; None for one that has no closed form.

    `wanted` are the names to differentiate by, one a time. A name that f does not hold has the derivative 0.
    """
    if not wanted:
        return {}
    basis = Basis(wanted)
    scale = _scale(basis.order)
    expansion = Expansion(program, point, frozenset(basis.names), basis.order)
    series = _Sweep(expansion, basis, scale).result()
    return {
        key: None if expansion.missing & set(key) else _scaled(series[basis.place(key)].item(), key, scale)
        for key in wanted
    }


def _scale(order: int) -> float:
    """Return a power of 2 near the root of order!, so that neither coefficients nor factorials leave float64."""
    return 2.0 ** max(0, round(math.log2((order or 1) / math.e)))


def _scaled(coefficient: float, key: tuple[str, ...], scale: float) -> float:
    """Return the derivative that belongs to a coefficient of the Taylor series in units of `scale`."""
    for name in set(key):
        for factor in range(1, key.count(name) + 1):
            coefficient *= factor / scale
    return coefficient


class _Sweep:
    """The series of all nodes, filled degree by degree."""

    def __init__(self, expansion: Expansion, basis: Basis, scale: float) -> None:
        self._nodes = expansion.nodes
        self._last = expansion.result
        self._basis = basis
        self._scale = scale
        self._shapes = [Shape(node.shape.names, min(node.shape.degree, basis.order)) for node in self._nodes]
        self._series = {index: self._start(node) for index, node in enumerate(self._nodes) if node.depth >= 0}

    def result(self) -> Tensor:
        """Return the coefficients of the program's result."""
        for degree in range(1, self._basis.order + 1):
            for index, node in enumerate(self._nodes):
                if node.depth >= degree and node.shape.names:
                    self._series[index][self._basis.parts[degree]] = self._part(index, node, degree)
        return self._series[self._last]

    def _start(self, node: Node) -> Tensor:
        series = torch.zeros(len(self._basis), dtype=DTYPE, device="cpu")
        series[0] = node.value
        return series

    def _part(self, index: int, node: Node, degree: int) -> Tensor:
        """Return the homogeneous part of a node's series."""
        part = self._basis.parts[degree]
        size = part.stop - part.start
        if node.op == SPOT or math.isnan(node.value):
            return torch.full((size,), math.nan, dtype=DTYPE, device="cpu")
        if node.op == VARIABLE:
            return self._moves(node.text, size) if degree == 1 else torch.zeros(size, dtype=DTYPE, device="cpu")
        if node.op == "add":
            return torch.stack([self._series[arg][part] for arg in node.args]).sum(0)
        rule = _RULES.get(node.op)
        return rule(self, index, degree, size) if rule else self._chain(index, degree, size)

    def _moves(self, name: str, size: int) -> Tensor:
        part = torch.zeros(size, dtype=DTYPE, device="cpu")
        part[self._basis.unit(name) - self._basis.parts[1].start] = self._scale
        return part

    def _product(self, index: int, degree: int, size: int) -> Tensor:
        left, right = self._nodes[index].args
        pairs = self._basis.pairs(degree, self._shapes[left], self._shapes[right])
        return gather(pairs, self._series[left], self._series[right], size)

    def _quotient(self, index: int, degree: int, size: int) -> Tensor:
        above, below = self._nodes[index].args
        pairs = self._basis.pairs(degree, self._shapes[below], self._shapes[index], moved=True)
        taken = gather(pairs, self._series[below], self._series[index], size)
        return (self._series[above][self._basis.parts[degree]] - taken).div(self._nodes[below].value)

    def _power(self, index: int, degree: int, size: int) -> Tensor:
        """Return k*u_0*g_k, the sum of (a*j - (k - j))*u_j*g_(k-j), over k*u_0."""
        base, exponent = self._nodes[index].args
        pairs = self._basis.pairs(degree, self._shapes[base], self._shapes[index], moved=True)
        weights = (self._nodes[exponent].value * pairs.left_degree - pairs.right_degree) / degree
        return gather(pairs, self._series[base], self._series[index], size, weights).div(self._nodes[base].value)

    def _chain(self, index: int, degree: int, size: int) -> Tensor:
        """Return k*g_k, the sum of j*u_j*p_(k-j), over k."""
        part = torch.zeros(size, dtype=DTYPE, device="cpu")
        for arg, slope in self._nodes[index].slopes:
            pairs = self._basis.pairs(degree, self._shapes[arg], self._shapes[slope], moved=True)
            part += gather(pairs, self._series[arg], self._series[slope], size, pairs.left_degree / degree)
        return part


_RULES: dict[str, Callable[[_Sweep, int, int, int], Tensor]] = {
    "mul": _Sweep._product,
    "div": _Sweep._quotient,
    POWER: _Sweep._power,
}
