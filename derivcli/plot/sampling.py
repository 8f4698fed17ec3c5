"""f and its slopes at many places at once, by autograd: the only module of pictures that knows torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from derivcli.witnesses.autograd import Lambda, NoClosedFormError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.language.program import Program
    from derivcli.plot.shapes import Numbers


class Sampler:
    """A function of some variables, the others held; called with a column for each, it gives values and slopes.

    Where f has no finite value it has no slope either, whatever autograd makes of it. Once autograd has turned out to
    lack a derivative, `has_slopes` is False and all slopes are nan.
    """

    def __init__(self, program: Program, names: Sequence[str], constants: Mapping[str, float]) -> None:
        self._function = Lambda(program)
        self._names = tuple(names)
        self._constants = dict(constants)
        self.has_slopes = True

    def __call__(self, *columns: Numbers) -> tuple[Numbers, ...]:
        """Return the values and, for each variable, the slopes."""
        count = len(columns[0])
        if not count:
            return tuple(np.empty(0) for _ in (None, *columns))
        if self.has_slopes:
            try:
                return self._with_slopes(columns, count)
            except NoClosedFormError:
                self.has_slopes = False
        with torch.no_grad():
            values = self._function(self._batch(columns, count), count).numpy()
        return (values, *(np.full(count, np.nan) for _ in columns))

    def _with_slopes(self, columns: Sequence[Numbers], count: int) -> tuple[Numbers, ...]:
        batch = self._batch(columns, count)
        leaves = [batch[name].requires_grad_() for name in self._names]
        values = self._function(batch, count)
        if not values.requires_grad:
            return (values.numpy(), *(np.zeros(count) for _ in columns))
        slopes = torch.autograd.grad(values.sum(), leaves, allow_unused=True)
        found = (np.zeros(count) if slope is None else slope.numpy() for slope in slopes)
        drawn = values.detach().numpy()
        return (drawn, *(np.where(np.isfinite(drawn), slope, np.nan) for slope in found))

    def _batch(self, columns: Sequence[Numbers], count: int) -> dict[str, torch.Tensor]:
        held = {name: torch.full((count,), value, dtype=torch.float64) for name, value in self._constants.items()}
        moving = {
            name: torch.tensor(column, dtype=torch.float64) for name, column in zip(self._names, columns, strict=True)
        }
        return {**held, **moving}
