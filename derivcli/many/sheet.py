"""What torch finds at some rows: f, its slopes, and which of these numbers are sure."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from derivcli.model import Status
from derivcli.model.choices import Verify
from derivcli.model.rows import BAD, CODES, Answers
from derivcli.witnesses.autograd import Gradient, Slopes
from derivcli.witnesses.bounds import Bounds
from derivcli.witnesses.numerics import numerics, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from torch import Tensor

    from derivcli.many.plan import Plan
    from derivcli.model.rows import Column, Rows
    from derivcli.witnesses.bounded import Bounded
    from derivcli.witnesses.bounds import Checked

_NOT_ZERO = re.compile(r"[-+(]*(?:[0.]*[1-9]|[a-z√π])")  # a decimal, or a formula that is worth a closer look
_MOST_SMALL = 100  # rows of which it is said what is too small for their type: each takes milliseconds
_MAY_BE_SMALL = re.compile("[eE]-|0{300}")


class _Lent:
    """A column that belongs to somebody else and must not be written to, as one that may be: torch knows no others.

    Nothing here writes to a column. numpy's array interface says what a buffer is, and keeps this object alive.
    """

    def __init__(self, column: Column) -> None:
        self._column = column
        self.__array_interface__ = {**column.__array_interface__, "data": (column.ctypes.data, False)}


class Sheet:
    """f and its first partial derivatives by torch, with the symbolic derivatives beside them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._numerics = numerics(plan.request.dtype, plan.request.device)
        self._gradient = Gradient(plan.program, plan.case.asked.wrt, self._numerics)
        self._small_left = _MOST_SMALL

    @cached_property
    def _bounds(self) -> Bounds:
        """The symbolic forms with the bounds on their errors."""
        known = [form for form in self._plan.forms if form is not None]
        return Bounds([self._plan.program, *known], self._numerics)

    @property
    def is_slow(self) -> bool:
        """Whether a row may take milliseconds."""
        return self._gradient.is_slow

    @recorded
    def __call__(self, rows: Rows) -> Answers:
        """Evaluate at some rows."""
        count = len(rows)
        columns = self._columns(rows, count)
        slopes = self._gradient(columns, count)
        autograd = [_column(number, count) for number in (slopes.value, *slopes.partials)]
        symbolic: list[Column | None] = [None] * len(autograd)
        statuses = np.full(count, CODES[Status.UNVERIFIED], dtype=np.uint8)
        small = None
        if self._plan.verify is not Verify.OFF:
            loose = {**rows.loose, **self._plan.loose}
            symbolic, sure, small = self._checked(columns, slopes, count, loose)
            statuses[sure] = CODES[Status.AGREE]
            if not are_finite(autograd[0]):
                statuses[self._outside(columns, slopes.value, count, loose)] = CODES[Status.UNDEFINED]
            for lost in self._not_held(rows, columns):
                statuses[lost] = CODES[Status.UNVERIFIED]
        statuses[list(rows.bad)] = CODES[BAD]
        nowhere = (statuses == CODES[Status.UNDEFINED]) | (statuses == CODES[BAD])
        answers = [_answers(column, nowhere) for column in autograd]
        return Answers(rows, answers, autograd, symbolic, statuses, notes=rows.notes, small=small)

    def _columns(self, rows: Rows, count: int) -> dict[str, Tensor]:
        """Return the coordinates; a row that cannot be read stands where a neighbour does, and is not looked at."""
        bad = list(rows.bad)
        stand_in = next((index for index in range(count) if index not in rows.bad), None) if bad else None
        given = {}
        for name in self._plan.columns:
            column = rows.columns[name]
            if stand_in is not None:
                column = column.copy()
                column[bad] = column[stand_in]
            given[name] = torch.from_numpy(column if column.flags.writeable else np.asarray(_Lent(column)))
        fixed = {
            name: torch.tensor(number, dtype=torch.float64, device="cpu").expand(count)
            for name, number in self._plan.outline.values.items()
        }
        return {name: self._numerics.column(column) for name, column in {**given, **fixed}.items()}

    def _not_held(self, rows: Rows, columns: dict[str, Tensor]) -> Iterator[Any]:
        """Yield rows for which the type has no room: float64 makes 0 of 1e-400, float32 infinity of 1e50."""
        yield from (_lost(rows, name) for name in self._plan.columns)
        if self._numerics.dtype != torch.float64:
            given = {**self._plan.outline.values, **{name: rows.columns[name] for name in self._plan.columns}}
            for name, column in columns.items():
                found = _array(column)
                yield ~np.isfinite(found) | ((found == 0) & (given[name] != 0))

    def _checked(
        self, columns: dict[str, Tensor], slopes: Slopes, count: int, loose: Mapping[str, float]
    ) -> tuple[list[Any], Any, Any]:
        """Hold autograd against the symbolic derivatives: by one bound for all rows, where that fails row by row.

        Return what the forms give, which rows are sure, and in which a number may be too small for its type, if any.
        """
        found = self._bounds(columns, count, coarse=True, loose=loose)
        sure, small = self._is_sure(found, slopes), None
        if not _array(sure).all():
            doubtful = (~sure).nonzero().squeeze(1)
            there = {name: column[doubtful] for name, column in columns.items()}
            partials = [None if p is None else p[doubtful] for p in slopes.partials]
            closer = self._bounds(there, len(doubtful), loose=loose)
            here = Slopes(slopes.value[doubtful], partials)
            are_sure = self._is_sure(closer, here)
            are_small = are_sure & self._is_small(closer, here)
            if are_small.any():
                small = torch.zeros_like(sure).index_fill_(0, doubtful[are_small], True)
                are_sure = self._without_first(are_sure, are_small)
            sure[doubtful] = are_sure
        numbers = [found.numbers[0], *self._forms(found)]
        forms = [None if number is None else _column(number.value, count) for number in numbers]
        return forms, _array(sure), None if small is None else _array(small)

    def _forms(self, found: Checked) -> list[Bounded | None]:
        """Return the symbolic derivatives, None for one that has no closed form."""
        known = iter(found.numbers[1:])
        return [None if form is None else next(known) for form in self._plan.forms]

    def _is_sure(self, found: Checked, slopes: Slopes) -> Tensor:
        """Tell where the two agree although rounding may have done its worst; never where anything is not finite."""
        sure = ~found.near
        forms = (found.numbers[0], *self._forms(found))
        for form, number in zip(forms, (slopes.value, *slopes.partials), strict=True):
            if form is None or number is None:
                return torch.zeros_like(sure)
            if not self._agree_everywhere(form, number, found.unit):
                sure &= self._agree(form, number, found.unit)
        return sure

    def _is_small(self, found: Checked, slopes: Slopes) -> Tensor:
        """Tell where a 0 may be a number too small for its type."""
        small = torch.zeros_like(found.near)
        forms = (found.numbers[0], *self._forms(found))
        for form, number in zip(forms, (slopes.value, *slopes.partials), strict=True):
            if form is not None and number is not None:
                small |= (number == 0) & (form.absolute > 0)
        return small

    def _without_first(self, sure: Tensor, small: Tensor) -> Tensor:
        """Return where numbers are sure, but for the first rows with a small one: there is to be said which it is."""
        first = small.nonzero().squeeze(1)[: self._small_left]
        self._small_left -= len(first)
        return sure.index_fill(0, first, False)

    def _agree_everywhere(self, form: Bounded, number: Tensor, unit: float) -> bool:
        """Tell whether it is plain that a number and a form agree: by their largest difference, or by their ratio."""
        bound = form.relative if form.is_relative else form.absolute
        if not isinstance(bound, float):
            return False
        rtol = self._plan.request.rtol
        largest = _largest(number - form.value)
        if not form.is_relative:
            return largest < rtol * form.surely - bound * unit
        if largest < (rtol - bound * unit) * form.surely:
            return True
        return _largest(number / form.value - 1) < rtol - (bound + 4) * unit  # 4: the ratio is rounded too

    def _agree(self, form: Bounded, number: Tensor, unit: float) -> Tensor:
        """Tell where a number and a form with its error agree."""
        rtol = self._plan.request.rtol
        apart = (_wide(number) - _wide(form.value)).abs_().sub_(_wide(form.magnitude), alpha=rtol)
        agree: Tensor = apart <= -_wide(form.absolute) * unit
        return agree

    def _outside(self, columns: dict[str, Tensor], value: Tensor, count: int, loose: Mapping[str, float]) -> Any:
        """Tell where f surely has no real value, of the points at which torch finds no number."""
        outside = np.zeros(count, dtype=bool)
        lost = (~value.isfinite()).nonzero().squeeze(1)
        if not len(lost):
            return outside
        there = {name: column[lost] for name, column in columns.items()}
        outside[_array(lost)] = _array(self._bounds.outside(there, len(lost), loose))
        return outside


def are_finite(column: Column) -> bool:
    """Tell whether all numbers are finite; rarely not, although they are: where their sum overflows."""
    with np.errstate(all="ignore"):
        return bool(np.isfinite(column.sum()))


def _answers(column: Column, nowhere: Column) -> Column:
    """Return the numbers of a column that are answers; the column itself where all are."""
    if are_finite(column) and not nowhere.any():
        return column
    return np.where(np.isfinite(column) & ~nowhere, column, np.nan)


def _largest(numbers: Tensor) -> float:
    """Return the largest absolute value, nan where anything is nan."""
    low, high = numbers.aminmax()
    return max(-low.item(), high.item())


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
