"""Every part of a program at a few points, each computed once: where a branch is taken, and has values."""

from __future__ import annotations

from functools import reduce
from operator import add, mul, truediv
from typing import TYPE_CHECKING, Any

import torch

from derivcli.cases import candidates
from derivcli.language import catalogue
from derivcli.language.lowering import definition
from derivcli.language.tree import CONDITIONS, PIECEWISE, VARIABLE
from derivcli.witnesses.lambdas import Lambda, condition, function, leaf
from derivcli.witnesses.numerics import FLOAT64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from derivcli.exports.algebra import Algebra

_ENDLESS = frozenset({"undefined", "inf"})


class Probes:
    """The parts of a builder at points that are special to no function."""

    def __init__(self, build: Algebra, names: Sequence[str]) -> None:
        self._build = build
        self._points = candidates(names)
        self._count = len(self._points)
        self._known: dict[int, Tensor] = {}
        self._columns = {
            name: torch.tensor([float(p[name]) for p in self._points], dtype=torch.float64, device="cpu")
            for name in names
        }

    def find(self, branch: int, before: Sequence[int], here: Sequence[int]) -> dict[str, float] | None:
        """Return a place where a branch is taken, if it can be, and all parts of it have values; None without one.

        It is taken where none of the conditions `before` holds and all of `here` do.
        """
        parts = [k for k in self._build.needed([branch]) if self._build.at(k).op not in CONDITIONS | _ENDLESS]
        finite = reduce(torch.logical_and, (self._at(k).isfinite() for k in parts))
        taken = reduce(torch.logical_and, [*(~self._at(k) for k in before), *map(self._at, here)])
        for wanted in (finite & taken, finite):
            if bool(wanted.any()):
                point = self._points[int(wanted.int().argmax())]
                return {name: float(text) for name, text in point.items()}
        return None

    def _at(self, index: int) -> Tensor:
        """Return an instruction at all points; each that it needs is known or found first."""
        for k in self._build.needed([index]) if index not in self._known else ():
            if k not in self._known:
                op, args, text = self._build.at(k)
                self._known[k] = self._computed(op, [self._known[arg] for arg in args], text)
        return self._known[index]

    def _computed(self, op: str, args: list[Tensor], text: str) -> Tensor:
        if op == VARIABLE:
            return self._columns[text]
        if op in CONDITIONS:
            return torch.as_tensor(condition(op, args), device="cpu").expand(self._count)
        if not args:
            return torch.full((self._count,), leaf(op, text, FLOAT64), dtype=torch.float64, device="cpu")
        if op == PIECEWISE:
            pairs = zip(args[-3::-2], args[-2::-2], strict=True)
            return reduce(lambda found, pair: torch.where(pair[1], pair[0], found), pairs, args[-1])
        if op in _ARITHMETIC:
            found: Tensor = _ARITHMETIC[op](args)
            return found
        call = function(op)
        if call is not None:
            return call(*args)
        parameters = catalogue.FUNCTIONS[op].parameters
        return Lambda(definition(op))(dict(zip(parameters, args, strict=True)), self._count)


_ARITHMETIC: dict[str, Any] = {
    "add": lambda args: reduce(add, args),
    "mul": lambda args: reduce(mul, args),
    "neg": lambda args: -args[0],
    "div": lambda args: truediv(*args),
    "pow": lambda args: torch.pow(*args),
}
