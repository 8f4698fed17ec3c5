"""A function that can be sampled with its slopes. The only module of pictures that knows torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from derivcli.witnesses.autograd import Gradient, Repeated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.plot.shapes import Numbers


class Sampler:
    """A function of some variables, the others held; called with a column for each, it gives values and slopes.

    Where f has no finite value it has no slope either, whatever autograd makes of it. Where autograd lacks one of the
    derivatives, `has_slopes` is False and all slopes are nan. With an `order` above 1, of the only variable, it is the
    derivative of one order less, and its slope.
    """

    def __init__(self, program: Program, names: Sequence[str], constants: Mapping[str, float], order: int = 1) -> None:
        self._names = tuple(names)
        self._constants = dict(constants)
        self._order = order
        self.has_slopes = not any(program.lacks_slope(name) for name in names)
        self._gradient = Gradient(program, self._names if self.has_slopes else ())
        self._repeated = Repeated(program, self._names[0], order)
        if order > 1 and self.has_slopes:
            self.has_slopes = self._repeated.is_closed(self._batch([np.zeros(1)], 1))

    def __call__(self, *columns: Numbers) -> tuple[Numbers, ...]:
        """Return the values and, for each variable, the slopes."""
        count = len(columns[0])
        if not count:
            return tuple(np.empty(0) for _ in (None, *columns))
        batch = self._batch(columns, count)
        if not self.has_slopes:
            values = self._gradient(batch, count).value.numpy()
            return (values, *(np.full(count, np.nan) for _ in columns))
        found = self._gradient(batch, count) if self._order == 1 else self._repeated(batch, count)
        values = found.value.numpy()
        # forced: a derivative that is 0 everywhere may be a tensor without memory
        slopes = (slope.numpy(force=True) for slope in found.partials if slope is not None)
        return (values, *(np.where(np.isfinite(values), slope, np.nan) for slope in slopes))

    def _batch(self, columns: Sequence[Numbers], count: int) -> dict[str, torch.Tensor]:
        kind: Any = {"dtype": torch.float64, "device": "cpu"}
        held = {name: torch.full((count,), value, **kind) for name, value in self._constants.items()}
        moving = {name: torch.tensor(column, **kind) for name, column in zip(self._names, columns, strict=True)}
        return {**held, **moving}
