"""Some points, and what is marked at them while numbers with bounds on their errors are computed there.

The rules of `rounding` say of each operation what has to be marked: that a switch is near, that nothing can be said.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.lowering import formula
from derivcli.witnesses import lambdas
from derivcli.witnesses.bounded import Bounded, Coarse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from derivcli.witnesses.bounded import Span
    from derivcli.witnesses.numerics import Numerics

MARGIN = 16.0  # powers of two that a number keeps from the ends of the range of its type
_HALF = 0.5
_LARGE = 2.0**-10  # an error that is no longer small
_HAIR = 2.0**-100  # how far beside the edge of a domain a point is looked at that is known exactly
# Units: a switch is near where rounding so much coarser could reach it.
_NEAR = {torch.float64: 2.0**23, torch.float32: 2.0**8}


class Marks:
    """Some points, with what is marked: in `near` those where a switch is close by, or where nothing can be said.

    With `outside` those are marked there where a part of the function is surely evaluated outside its real domain.
    """

    def __init__(
        self, numerics: Numerics, count: int, near: Tensor, outside: Tensor | None, kind: type[Bounded]
    ) -> None:
        self.numerics = numerics
        self.count = count
        self.near = near
        self.outside = outside
        self.kind = kind
        self.tiny = torch.finfo(numerics.dtype).tiny
        self.range = -math.log2(self.tiny)
        self.unit = torch.finfo(numerics.dtype).eps / 2
        self.reach = _NEAR[numerics.dtype] * self.unit

    def number(self, value: Any, relative: Any = None, absolute: Any = None) -> Bounded:
        """Return a number with a bound on its error."""
        return self.kind(value, relative, absolute)

    def tensor(self, value: Any) -> Tensor:
        """Return a number for all points as a column."""
        if isinstance(value, Tensor):
            return value
        dtype = torch.bool if isinstance(value, bool) else self.numerics.dtype
        return torch.full((self.count,), value, dtype=dtype, device=self.numerics.device)

    def everywhere(self, number: Bounded) -> Bounded:
        """Return a number with a value for each point."""
        return number if isinstance(number.value, Tensor) else number.of_same_size(self.tensor(number.value))

    def flag(self, distance: Any, error: Any) -> None:
        """Mark the points whose distance from a switch is within reach of coarser rounding."""
        self.doubt(~self.tensor(abs(distance) > self.reach * error))

    def doubt(self, where: Any) -> None:
        """Mark points at which nothing can be said."""
        self.near |= self.tensor(where)

    def beyond(self, where: Any) -> None:
        """Mark points that may be outside the real domain of an operation."""
        if self.outside is None:
            self.doubt(where)

    def settled(self, number: Bounded) -> None:
        """Mark the points where a number may be nothing but rounding: a singularity at 0 could be hidden there."""
        if number.is_exact or (isinstance(number.relative, float) and number.relative * self.reach < 1):
            return
        error = number.absolute
        if isinstance(error, float) and math.isfinite(error) and number.span[0] > math.log2(self.reach * error):
            return
        self.doubt(~self.tensor(number.magnitude > self.reach * error) & self.tensor(error != 0))

    def held(self, number: Bounded) -> None:
        """Mark the points where a number has overflowed: what is divided by it is not 0."""
        if number.within[1] == math.inf:
            self.doubt(self.tensor(number.magnitude == math.inf))

    def close(self, number: Bounded) -> None:
        """Mark the points where the error is so large that bounds to first order say nothing."""
        error = number.absolute
        if not isinstance(error, float) or not error < _LARGE / self.unit:
            self.doubt(~self.tensor(error < _LARGE / self.unit))

    def ranged(
        self, number: Bounded, span: Span | None, in_units: Callable[[float], Any] | None, *factors: Bounded
    ) -> Bounded:
        """Allow for underflow and overflow of a number that is 0 only where one of its factors is.

        `span` is where its absolute values lie if that is known; `in_units` gives its absolute value times a large
        number, such that the product need not underflow where the number itself does.
        """
        if not isinstance(number.value, Tensor):
            vanished = abs(number.value) < self.tiny and all(factor.value for factor in factors)
            return self.number(number.value, absolute=math.inf) if vanished else number
        low, high = number.span if span is None else span
        if low > MARGIN - self.range and high < self.range - MARGIN:
            number.within = (low, high)
            return number
        if self.kind is Coarse:
            return self.number(number.value, absolute=math.inf)
        lost = self.tensor(2 * self.tiny)
        if in_units is not None:
            least = torch.finfo(self.numerics.dtype).smallest_normal * 2 * self.unit
            lost = torch.minimum(lost, self.tensor(2 * in_units(1 / self.unit)).clamp_min(least))
        for factor in factors:
            lost = torch.where(self.tensor((factor.magnitude > 0) | (factor.absolute > 0)), lost, 0.0)
        return Bounded(number.value, absolute=number.absolute + torch.where(number.magnitude < self.tiny, lost, 0.0))

    def inside(self, op: str, args: Sequence[Bounded]) -> None:
        """Mark the points where numbers may be outside the real domain of a function, whatever torch makes of them."""
        if domain(op) is None or self.outside is not None:
            return
        steps = [0.0 if x.is_exact else self.reach * x.absolute + _HAIR for x in args]
        for side in (-1, 0, 1):
            values = [x.value + side * step for x, step in zip(args, steps, strict=True)]
            self.doubt(~self.is_inside(op, values))
        if has_poles_at_integers(op):
            for x, step in zip(args, steps, strict=True):
                value = self.tensor(x.value)
                self.doubt((value < _HALF) & ~((value - value.round()).abs() > step) & self.tensor(step > 0))

    def is_inside(self, op: str, args: Sequence[Any]) -> Tensor:
        """Tell where numbers are inside the real domain of a function."""
        program, row = domain(op), catalogue.FUNCTIONS[op]
        assert program is not None  # noqa: S101 - the callers have looked
        batch = {name: self.tensor(arg) for name, arg in zip(row.parameters, args, strict=False)}  # log(x[, b])
        return lambdas.Lambda(program, self.numerics)(batch, self.count) == 1

    def evaluated(self, text: str, parameters: tuple[str, ...], args: Sequence[Any]) -> Tensor:
        """Return a formula of the catalogue at numbers."""
        batch = {name: self.tensor(arg) for name, arg in zip(parameters, args, strict=True)}
        return lambdas.Lambda(formula(text, parameters), self.numerics)(batch, self.count)


@cache
def has_poles_at_integers(op: str) -> bool:
    """Tell whether the domain of a function leaves out integers."""
    program = domain(op)
    return program is not None and any(instruction.op == "floor" for instruction in program.instructions)
