"""What torch finds at some rows: f, its slopes, and which of these numbers are sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from derivcli.many.plan import Plan
from derivcli.model.rows import Verify
from derivcli.witnesses.bounds import Bounds
from derivcli.witnesses.columns import Gradient
from derivcli.witnesses.numerics import numerics

if TYPE_CHECKING:
    from torch import Tensor

    from derivcli.model.rows import Column, Rows
    from derivcli.witnesses.columns import Slopes
    from derivcli.witnesses.rounding import Bounded


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of some rows before the witnesses with many digits are asked.

    `sure` tells where autograd's numbers and the symbolic ones agree and rounding cannot have spoiled them, `outside`
    where f surely has no real value, `spread` by how much of itself a derivative differs at most between the two.
    """

    rows: Rows
    autograd: list[Column]
    symbolic: list[Column | None]
    readable: Column
    sure: Column
    outside: Column
    spread: Column


class Sheet:
    """f and its first partial derivatives by torch, with the symbolic derivatives beside them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._numerics = numerics(plan.request.dtype, plan.request.device)
        self._gradient = Gradient(plan.program, plan.wrt, self._numerics)
        known = [form for form in plan.forms if form is not None]
        self._bounds = Bounds([plan.program, *known], self._numerics)

    def __call__(self, rows: Rows) -> Draft:
        """Evaluate at some rows."""
        count = len(rows)
        columns = self._columns(rows, count)
        slopes = self._gradient(columns, count)
        readable = np.ones(count, dtype=bool)
        readable[list(rows.bad)] = False
        autograd = [_column(number, count) for number in (slopes.value, *slopes.partials)]
        if self._plan.verify is Verify.OFF:
            nothing = np.zeros(count, dtype=bool)
            return Draft(rows, autograd, [None] * len(autograd), readable, nothing, nothing, np.zeros(count))
        symbolic, sure, spread = self._checked(columns, slopes, count)
        outside = self._outside(columns, slopes.value, count)
        return Draft(rows, autograd, symbolic, readable, sure, outside, spread)

    def _columns(self, rows: Rows, count: int) -> dict[str, Tensor]:
        given = {name: torch.from_numpy(rows.columns[name]) for name in self._plan.columns}
        fixed = {n: torch.tensor(x, dtype=torch.float64).expand(count) for n, x in self._plan.constants.items()}
        return {name: self._numerics.column(column) for name, column in {**given, **fixed}.items()}

    def _checked(self, columns: dict[str, Tensor], slopes: Slopes, count: int) -> tuple[list[Any], Any, Any]:
        """Hold autograd against the symbolic derivatives, with what rounding may have done to these."""
        found = self._bounds(columns, count)
        value, *known = found.numbers
        rtol = self._plan.request.rtol
        excess = value.absolute * found.unit - rtol * value.size
        spread = torch.zeros_like(slopes.value)
        forms = iter(known)
        symbolic: list[Bounded | None] = [value]
        for form, slope in zip(self._plan.forms, slopes.partials, strict=True):
            number = None if form is None else next(forms)
            symbolic.append(number)
            if number is None or slope is None:
                excess = torch.full_like(excess, torch.inf)
                continue
            distance = (slope - number.value).abs_()
            spread = torch.maximum(spread, distance / number.size)
            excess = torch.maximum(excess, distance + (number.absolute * found.unit - rtol * number.size))
        sure = (excess <= 0) & ~found.near
        return [None if n is None else _column(n.value, count) for n in symbolic], _array(sure), _array(spread)

    def _outside(self, columns: dict[str, Tensor], value: Tensor, count: int) -> Any:
        outside = np.zeros(count, dtype=bool)
        lost = (~value.isfinite()).nonzero().squeeze(1)
        if len(lost):
            there = {name: column[lost] for name, column in columns.items()}
            outside[_array(lost)] = _array(self._bounds.outside(there, len(lost)))
        return outside


def _column(numbers: Tensor | None, count: int) -> Any:
    """Return numbers as float64; nan where there are none."""
    return np.full(count, np.nan) if numbers is None else _array(numbers.double())


def _array(numbers: Tensor) -> Any:
    return numbers.detach().cpu().numpy()
