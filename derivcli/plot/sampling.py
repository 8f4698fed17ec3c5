"""f and its slopes at many places at once, by autograd: the only module of pictures that knows torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from derivcli.witnesses.columns import Gradient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.plot.shapes import Numbers


class Sampler:
    """A function of some variables, the others held; called with a column for each, it gives values and slopes.

    Where f has no finite value it has no slope either, whatever autograd makes of it. Where autograd lacks one of the
    derivatives, `has_slopes` is False and all slopes are nan.
    """

    def __init__(self, program: Program, names: Sequence[str], constants: Mapping[str, float]) -> None:
        self._names = tuple(names)
        self._constants = dict(constants)
        self.has_slopes = not any(program.lacks_slope(name) for name in names)
        self._gradient = Gradient(program, self._names if self.has_slopes else ())

    def __call__(self, *columns: Numbers) -> tuple[Numbers, ...]:
        """Return the values and, for each variable, the slopes."""
        count = len(columns[0])
        if not count:
            return tuple(np.empty(0) for _ in (None, *columns))
        found = self._gradient(self._batch(columns, count), count)
        values = found.value.numpy()
        if not self.has_slopes:
            return (values, *(np.full(count, np.nan) for _ in columns))
        slopes = (slope.numpy() for slope in found.partials if slope is not None)
        return (values, *(np.where(np.isfinite(values), slope, np.nan) for slope in slopes))

    def _batch(self, columns: Sequence[Numbers], count: int) -> dict[str, torch.Tensor]:
        kind: Any = {"dtype": torch.float64, "device": "cpu"}
        held = {name: torch.full((count,), value, **kind) for name, value in self._constants.items()}
        moving = {name: torch.tensor(column, **kind) for name, column in zip(self._names, columns, strict=True)}
        return {**held, **moving}
