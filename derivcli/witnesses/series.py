"""Truncated power series in several variables, one homogeneous part at a time.

A series is a tensor of coefficients, one a monomial of a `Basis`. The products are those of Neidinger, Introduction to
Automatic Differentiation (SIAM Review 52, 2010), and of Griewank & Walther, Evaluating Derivatives, ch. 13.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DTYPE = torch.float64

Exponents = tuple[int, ...]


class Shape(NamedTuple):
    """What a series can hold whatever its coefficients: the names in it, and its degree as a polynomial."""

    names: frozenset[str] = frozenset()
    degree: int = 0


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
