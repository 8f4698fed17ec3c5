"""A few points at which it is seen where a branch is taken, and has values."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import torch

from derivcli.cases import candidates
from derivcli.language.tree import CONDITIONS
from derivcli.witnesses.lambdas import WhereLambda

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from derivcli.exports.algebra import Algebra

_ENDLESS = frozenset({"undefined", "inf"})


class Probes:
    """The parts of a builder at points that are special to no function."""

    def __init__(self, build: Algebra, names: Sequence[str]) -> None:
        self._build = build
        self._points = [{name: float(text) for name, text in point.items()} for point in candidates(names)]
        columns = {name: [point[name] for point in self._points] for name in names}
        self._columns = {
            name: torch.tensor(column, dtype=torch.float64, device="cpu") for name, column in columns.items()
        }

    def find(self, branch: int, before: Sequence[int], here: Sequence[int]) -> dict[str, float] | None:
        """Return a place where a branch is taken, if it can be, and all parts of it have values; None without one.

        It is taken where none of the conditions `before` holds and all of `here` do.
        """
        parts = [value for op, value in self._parts(branch) if op not in CONDITIONS | _ENDLESS]
        finite = reduce(torch.logical_and, (value.isfinite() for value in parts))
        taken = reduce(torch.logical_and, [*(~self._holds(k) for k in before), *map(self._holds, here)])
        for wanted in (finite & taken, finite):
            if bool(wanted.any()):
                return self._points[int(wanted.int().argmax())]
        return None

    def _holds(self, index: int) -> Tensor:
        return self._parts(index)[-1][1]

    def _parts(self, index: int) -> list[tuple[str, Tensor]]:
        """Return the instructions that one needs, that one last, with their values at all points."""
        program = self._build.build(index)
        values = WhereLambda(program).parts(self._columns, len(self._points))
        return [(instruction.op, value) for instruction, value in zip(program.instructions, values, strict=True)]
