"""What torch finds at some rows: f, its slopes, and which of these numbers are sure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from derivcli.model.rows import Verify
from derivcli.witnesses.bounds import Bounds
from derivcli.witnesses.columns import Gradient, Slopes
from derivcli.witnesses.numerics import numerics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

    from derivcli.many.plan import Plan
    from derivcli.model.rows import Column, Rows
    from derivcli.witnesses.bounded import Bounded
    from derivcli.witnesses.bounds import Checked

_NOT_ZERO = re.compile(r"[-+(]*(?:[0.]*[1-9]|[a-z√π])")  # a decimal, or a formula that is worth a closer look
_MAY_BE_SMALL = re.compile("[eE]-|0{300}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of some rows before the witnesses with many digits are asked.

    `sure` tells where autograd's numbers and the symbolic ones agree and rounding cannot have spoiled them, `outside`
    where f surely has no real value.
    """

    rows: Rows
    autograd: list[Column]
    symbolic: list[Column | None]
    readable: Column
    sure: Column
    outside: Column


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
        readable = np.ones(count, dtype=bool)
        readable[list(rows.bad)] = False
        columns = self._columns(rows, count, readable)
        slopes = self._gradient(columns, count)
        autograd = [_column(number, count) for number in (slopes.value, *slopes.partials)]
        if self._plan.verify is Verify.OFF:
            nothing = np.zeros(count, dtype=bool)
            return Draft(rows, autograd, [None] * len(autograd), readable, nothing, nothing)
        loose = {**rows.loose, **self._plan.loose}
        symbolic, sure = self._checked(columns, slopes, count, loose)
        outside = self._outside(columns, slopes.value, count, loose)
        held = self._held(rows, columns)
        return Draft(rows, autograd, symbolic, readable, sure & held, outside & held)

    def _columns(self, rows: Rows, count: int, readable: Column) -> dict[str, Tensor]:
        """Return the coordinates; a row that cannot be read stands where a neighbour does, and is not looked at."""
        stand_in = np.flatnonzero(readable)[:1] if rows.bad else readable[:0]
        given = {}
        for name in self._plan.columns:
            column = rows.columns[name]
            known = np.where(readable, column, column[stand_in]) if len(stand_in) else column
            given[name] = torch.from_numpy(known)
        fixed = {n: torch.tensor(x, dtype=torch.float64).expand(count) for n, x in self._plan.constants.items()}
        return {name: self._numerics.column(column) for name, column in {**given, **fixed}.items()}

    def _held(self, rows: Rows, columns: dict[str, Tensor]) -> Any:
        """Tell where the type has room for all coordinates: float64 makes 0 of 1e-400, float32 infinity of 1e50."""
        held = np.ones(len(rows), dtype=bool)
        for name in self._plan.columns:
            held[_lost(rows, name)] = False
        if self._numerics.dtype != torch.float64:
            given = {**self._plan.constants, **{name: rows.columns[name] for name in self._plan.columns}}
            for name, column in columns.items():
                found = _array(column)
                held &= np.isfinite(found) & ((found != 0) | (given[name] == 0))
        return held

    def _checked(
        self, columns: dict[str, Tensor], slopes: Slopes, count: int, loose: Mapping[str, float]
    ) -> tuple[list[Any], Any]:
        """Hold autograd against the symbolic derivatives: by one bound for all rows, where that fails row by row."""
        found = self._bounds(columns, count, coarse=True, loose=loose)
        sure = self._is_sure(found, slopes)
        doubtful = (~sure).nonzero().squeeze(1)
        if len(doubtful):
            there = {name: column[doubtful] for name, column in columns.items()}
            partials = [None if p is None else p[doubtful] for p in slopes.partials]
            closer = self._bounds(there, len(doubtful), loose=loose)
            sure[doubtful] = self._is_sure(closer, Slopes(slopes.value[doubtful], partials))
        numbers = [found.numbers[0], *self._forms(found)]
        return [None if number is None else _column(number.value, count) for number in numbers], _array(sure)

    def _forms(self, found: Checked) -> list[Bounded | None]:
        """Return the symbolic derivatives, None for one that has no closed form."""
        known = iter(found.numbers[1:])
        return [None if form is None else next(known) for form in self._plan.forms]

    def _is_sure(self, found: Checked, slopes: Slopes) -> Tensor:
        """Tell where the two agree although rounding may have done its worst; never where anything is not finite."""
        rtol = self._plan.request.rtol
        value = found.numbers[0]
        sure: Tensor = ~found.near & (_wide(value.absolute) * found.unit - rtol * _wide(value.magnitude) <= 0)
        for number, slope in zip(self._forms(found), slopes.partials, strict=True):
            if number is None or slope is None:
                return torch.zeros_like(sure)
            apart = (_wide(slope) - _wide(number.value)).abs_().sub_(_wide(number.magnitude), alpha=rtol)
            sure &= apart <= -_wide(number.absolute) * found.unit
        return sure

    def _outside(self, columns: dict[str, Tensor], value: Tensor, count: int, loose: Mapping[str, float]) -> Any:
        outside = np.zeros(count, dtype=bool)
        lost = (~value.isfinite()).nonzero().squeeze(1)
        if len(lost):
            there = {name: column[lost] for name, column in columns.items()}
            outside[_array(lost)] = _array(self._bounds.outside(there, len(lost), loose))
        return outside


def _lost(rows: Rows, name: str) -> list[int]:
    """Return the rows in which a coordinate has become 0 and is not; few texts are worth a closer look."""
    zeros = [index for index in np.flatnonzero(rows.columns[name] == 0).tolist() if index not in rows.bad]
    texts = rows.records.texts
    if texts is not None:
        zeros = [index for index in zeros if _MAY_BE_SMALL.search(texts[index])]
    return [index for index in zeros if _NOT_ZERO.match(rows.records.exact(index, name))]


def _wide(bound: Any) -> Any:
    """Return a bound as float64, in which products of float32 do not underflow."""
    return bound.double() if isinstance(bound, torch.Tensor) else bound


def _column(numbers: Tensor | None, count: int) -> Any:
    """Return numbers as float64; nan where there are none."""
    return np.full(count, np.nan) if numbers is None else _array(numbers.double())


def _array(numbers: Tensor) -> Any:
    return numbers.detach().cpu().numpy()
