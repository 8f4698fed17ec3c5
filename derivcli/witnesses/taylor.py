"""Derivatives of any order: truncated Taylor series in several variables, pushed through the program.

Sums, products, quotients and powers have rules of their own. For any other function g(u, ...) Euler's identity on
homogeneous parts gives the part of degree k from the series of its partial derivatives, which the catalogue's formulas
are: k*g_k is the sum of j*u_j*p_(k-j) over j = 1..k and the arguments u, where p is the derivative of g with respect
to u (Griewank & Walther, Evaluating Derivatives, ch. 13; Neidinger, SIAM Review 52, 2010). All nodes go up together,
degree by degree, so that a formula may come back to the function whose slope it is: tan' = 1 + tan^2.

A series is a tensor of coefficients, one a monomial of a `Basis`; the products go one homogeneous part at a time.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from derivcli.language.tree import VARIABLE
from derivcli.witnesses.expansion import SPOT, Expansion, SeriesNode, Shape
from derivcli.witnesses.scalars import DTYPE, POWER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from derivcli.language.program import Program


Exponents = tuple[int, ...]


class Pairs(NamedTuple):
    """The products that make a homogeneous part: `left[k] * right[k]` goes to the place `target[k]` in it."""

    left: Tensor
    right: Tensor
    target: Tensor
    left_degree: Tensor
    right_degree: Tensor


class Basis:
    """The monomials that some derivatives need: theirs and all that divide them, sorted by degree."""

    def __init__(self, wanted: Iterable[Sequence[str]]) -> None:
        counts = [Counter(names) for names in wanted]
        self.names = tuple(sorted(set().union(*counts)))
        self._wanted = {tuple(count[name] for name in self.names) for count in counts}
        self.monomials = sorted(set().union({self._none()}, *map(_divisors, self._wanted)), key=lambda m: (sum(m), m))
        self.index = {monomial: place for place, monomial in enumerate(self.monomials)}
        degrees = [sum(monomial) for monomial in self.monomials]
        self.order = degrees[-1]
        starts = [degrees.index(degree) for degree in range(self.order + 1)] + [len(degrees)]
        self.parts = [slice(*ends) for ends in pairwise(starts)]
        self._degrees = torch.tensor(degrees, device="cpu")
        self._tables: dict[int, tuple[Tensor, Tensor, Tensor]] = {}
        self._inside: dict[Shape, Tensor] = {}
        self._pairs: dict[tuple[int, Shape, Shape, bool], Pairs] = {}

    def __len__(self) -> int:
        return len(self.monomials)

    def _none(self) -> Exponents:
        return (0,) * len(self.names)

    def unit(self, name: str) -> int:
        """Return the place of a variable by itself."""
        return self.index[tuple(int(other == name) for other in self.names)]

    def place(self, names: Sequence[str]) -> int:
        """Return the place of the monomial of a derivative."""
        count = Counter(names)
        return self.index[tuple(count[name] for name in self.names)]

    def pairs(self, degree: int, left: Shape, right: Shape, *, moved: bool = False) -> Pairs:
        """Return the products of one degree that can differ from 0; `moved` leaves out the left constant."""
        key = (degree, left, right, moved)
        found = self._pairs.get(key)
        if found is None:
            table = self._tables.get(degree) or self._tables.setdefault(degree, self._table(degree))
            i, j, _target = table
            keep = self._holds(left)[i] & self._holds(right)[j]
            if moved:
                keep &= i > 0
            i, j, target = (column[keep] for column in table)
            degrees = (self._degrees[i].to(DTYPE), self._degrees[j].to(DTYPE))
            found = self._pairs[key] = Pairs(i, j, target, *degrees)
        return found

    def _table(self, degree: int) -> tuple[Tensor, Tensor, Tensor]:
        part = self.parts[degree]
        rows: list[tuple[int, int, int]] = []
        for place, monomial in enumerate(self.monomials[part]):
            for divisor in _divisors(monomial):
                rest = tuple(a - b for a, b in zip(monomial, divisor, strict=True))
                rows.append((self.index[divisor], self.index[rest], place))
        i, j, target = torch.tensor(rows, device="cpu").T.contiguous()
        return i, j, target

    def _holds(self, shape: Shape) -> Tensor:
        """Tell for each monomial whether a series of this shape can hold it."""
        found = self._inside.get(shape)
        if found is None:
            outside = [place for place, name in enumerate(self.names) if name not in shape.names]
            inside = [not any(monomial[place] for place in outside) for monomial in self.monomials]
            found = self._inside[shape] = torch.tensor(inside, device="cpu") & (self._degrees <= shape.degree)
        return found


def gather(pairs: Pairs, left: Tensor, right: Tensor, size: int, weights: Tensor | None = None) -> Tensor:
    """Return one homogeneous part of the product of two series, each term weighted."""
    terms = left[pairs.left] * right[pairs.right]
    if weights is not None:
        terms = terms * weights
    return torch.zeros(size, dtype=DTYPE, device="cpu").index_add_(0, pairs.target, terms)


def _divisors(monomial: Exponents) -> Iterable[Exponents]:
    return product(*(range(exponent + 1) for exponent in monomial))


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

    def _start(self, node: SeriesNode) -> Tensor:
        series = torch.zeros(len(self._basis), dtype=DTYPE, device="cpu")
        series[0] = node.value
        return series

    def _part(self, index: int, node: SeriesNode, degree: int) -> Tensor:
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
