"""Some functions evaluated at many points with running error bounds, marking where a switch is near.

It knows of each operation what `rounding` says of it, and walks through the instructions that are needed; the insides
of piecewise functions are evaluated only where they are taken.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from derivcli.language import catalogue
from derivcli.language.domains import domain
from derivcli.language.lowering import formula
from derivcli.language.numbers import exact
from derivcli.language.program import CORE
from derivcli.language.tree import COMPARISONS, CONDITIONS, NUMBER, PIECEWISE, VARIABLE
from derivcli.witnesses import lambdas
from derivcli.witnesses.bounded import Bounded, Coarse, larger
from derivcli.witnesses.rounding import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.witnesses.bounded import Span
    from derivcli.witnesses.bounds import Bounds
    from derivcli.witnesses.numerics import Numerics

_MARGIN = 16.0  # powers of two that a number keeps from the ends of the range of its type
_HALF = 0.5
_LARGE = 2.0**-10  # an error that is no longer small
_HAIR = 2.0**-100  # how far beside the edge of a domain a point is looked at that is known exactly
_FAR = 2.0**20  # up to where float64 has points between the integers that are far enough from them
_NO_INTEGER = 1e-6  # an exponent that is so far from an integer is none
# Units: a switch is near where rounding so much coarser could reach it.
_NEAR = {torch.float64: 2.0**23, torch.float32: 2.0**8}

NOTHING: Mapping[str, float] = MappingProxyType({})


class Evaluation:
    """Some points: evaluates there, and marks in `near` where a switch is close by.

    With `outside` it marks there where a part of the function is surely evaluated outside its real domain.
    """

    def __init__(
        self,
        bounds: Bounds,
        columns: dict[str, Tensor],
        count: int,
        near: Tensor,
        outside: Tensor | None = None,
        kind: type[Bounded] = Bounded,
        loose: Mapping[str, float] = NOTHING,
    ) -> None:
        self._bounds = bounds
        self._loose = loose
        self._kind = kind
        self._columns = columns
        self._near = near
        self._outside = outside
        self._tiny = torch.finfo(bounds.numerics.dtype).tiny
        self._range = -math.log2(self._tiny)
        self._unit = torch.finfo(bounds.numerics.dtype).eps / 2
        self._reach = _NEAR[bounds.numerics.dtype] * self._unit
        self.count = count

    def evaluate(self, targets: Sequence[int]) -> list[Bounded]:
        """Return instructions with what they need."""
        done: dict[int, Bounded] = {}
        for index, unneeded in self._bounds.block(targets):
            op, args, text = self._bounds.instruction(index)
            operands = [done[arg] for arg in args if op != PIECEWISE]
            done[index] = self._apply(op, text, operands) if op != PIECEWISE else self._piecewise(args)
            if self._outside is not None and operands and op not in CONDITIONS:
                self._outside |= self._is_outside(op, operands) & ~self._near  # unless a switch may have led here
            for other in unneeded:
                del done[other]
        return [done[target] for target in targets]

    def number(self, value: Any, relative: Any = None, absolute: Any = None) -> Bounded:
        """Return a number with a bound on its error."""
        return self._kind(value, relative, absolute)

    def tensor(self, value: Any) -> Tensor:
        """Return a number for all points as a column."""
        if isinstance(value, Tensor):
            return value
        dtype = torch.bool if isinstance(value, bool) else self._bounds.numerics.dtype
        return torch.full((self.count,), value, dtype=dtype, device=self._bounds.numerics.device)

    def everywhere(self, number: Bounded) -> Bounded:
        """Return a number with a value for each point."""
        return number if isinstance(number.value, Tensor) else number.of_same_size(self.tensor(number.value))

    def flag(self, distance: Any, error: Any) -> None:
        """Mark the points whose distance from a switch is within reach of coarser rounding."""
        self.doubt(~self.tensor(abs(distance) > self._reach * error))

    def doubt(self, where: Any) -> None:
        """Mark points at which nothing can be said."""
        self._near |= self.tensor(where)

    def ranged(
        self, number: Bounded, span: Span | None, in_units: Callable[[float], Any] | None, *factors: Bounded
    ) -> Bounded:
        """Allow for underflow and overflow of a number that is 0 only where one of its factors is.

        `span` is where its absolute values lie if that is known; `in_units` gives its absolute value times a large
        number, such that the product need not underflow where the number itself does.
        """
        if not isinstance(number.value, Tensor):
            vanished = abs(number.value) < self._tiny and all(factor.value for factor in factors)
            return self.number(number.value, absolute=math.inf) if vanished else number
        low, high = number.span if span is None else span
        if low > _MARGIN - self._range and high < self._range - _MARGIN:
            number.within = (low, high)
            return number
        if self._kind is Coarse:
            return self.number(number.value, absolute=math.inf)
        lost = self.tensor(2 * self._tiny)
        if in_units is not None:
            least = torch.finfo(self._bounds.numerics.dtype).smallest_normal * 2 * self._unit
            lost = torch.minimum(lost, self.tensor(2 * in_units(1 / self._unit)).clamp_min(least))
        for factor in factors:
            lost = torch.where(self.tensor((factor.magnitude > 0) | (factor.absolute > 0)), lost, 0.0)
        return Bounded(number.value, absolute=number.absolute + torch.where(number.magnitude < self._tiny, lost, 0.0))

    def beyond(self, where: Any) -> None:
        """Mark points that may be outside the real domain of an operation."""
        if self._outside is None:
            self.doubt(where)

    def settled(self, number: Bounded) -> None:
        """Mark the points where a number may be nothing but rounding: a singularity at 0 could be hidden there."""
        if number.is_exact or (isinstance(number.relative, float) and number.relative * self._reach < 1):
            return
        error = number.absolute
        if isinstance(error, float) and math.isfinite(error) and number.span[0] > math.log2(self._reach * error):
            return
        self.doubt(~self.tensor(number.magnitude > self._reach * error) & self.tensor(error != 0))

    def held(self, number: Bounded) -> None:
        """Mark the points where a number has overflowed: what is divided by it is not 0."""
        if number.within[1] == math.inf:
            self.doubt(self.tensor(number.magnitude == math.inf))

    def close(self, number: Bounded) -> None:
        """Mark the points where the error is so large that bounds to first order say nothing."""
        error = number.absolute
        if not isinstance(error, float) or not error < _LARGE / self._unit:
            self.doubt(~self.tensor(error < _LARGE / self._unit))

    def inside(self, op: str, args: Sequence[Bounded]) -> None:
        """Mark the points where numbers may be outside the real domain of a function, whatever torch makes of them."""
        if domain(op) is None or self._outside is not None:
            return
        steps = [0.0 if x.is_exact else self._reach * x.absolute + _HAIR for x in args]
        for side in (-1, 0, 1):
            values = [x.value + side * step for x, step in zip(args, steps, strict=True)]
            self.doubt(~self._is_inside(op, values))
        if _has_poles_at_integers(op):
            for x, step in zip(args, steps, strict=True):
                value = self.tensor(x.value)
                self.doubt((value < _HALF) & ~((value - value.round()).abs() > step) & self.tensor(step > 0))

    def _is_inside(self, op: str, args: Sequence[Any]) -> Tensor:
        program, row = domain(op), catalogue.FUNCTIONS[op]
        assert program is not None  # noqa: S101 - the callers have looked
        batch = {name: self.tensor(arg) for name, arg in zip(row.parameters, args, strict=False)}  # log(x[, b])
        return lambdas.Lambda(program, self._bounds.numerics)(batch, self.count) == 1

    def evaluated(self, text: str, parameters: tuple[str, ...], args: Sequence[Any]) -> Tensor:
        """Return a formula of the catalogue at numbers."""
        batch = {name: self.tensor(arg) for name, arg in zip(parameters, args, strict=True)}
        return lambdas.Lambda(formula(text, parameters), self._bounds.numerics)(batch, self.count)

    def _apply(self, op: str, text: str, args: list[Bounded]) -> Bounded:
        if op == VARIABLE:
            return self._coordinate(text)
        if op in lambdas.LEAVES:
            value, *bounds = _constant(op, text, self._bounds.numerics)
            return self.number(value, *bounds)
        if op in COMPARISONS:
            self.flag(args[0].value - args[1].value, args[0].absolute + args[1].absolute)
        if op in CONDITIONS:
            return Bounded(lambdas.condition(op, [self.tensor(arg.value) for arg in args]))
        return rule(op)(self, args)

    def _coordinate(self, name: str) -> Bounded:
        """Return a decimal rounded once; below the range of normal numbers that takes more than a unit of it."""
        column, loose = self._columns[name], self._loose.get(name, 0.0)
        found = self.number(column, 1.0)
        if loose:
            return self.number(column, absolute=found.most + loose)
        if found.span[0] > _MARGIN - self._range:
            return found
        lost = (found.magnitude > 0) & (found.magnitude < self._tiny)
        if not lost.any():
            return found
        error = math.inf if self._kind is Coarse else found.magnitude + lost * self.tensor(2 * self._tiny)
        return self.number(column, absolute=error)

    def _is_outside(self, op: str, operands: list[Bounded]) -> Tensor:
        """Tell where finite operands, and their neighbours on both sides, are outside; or a divisor is exactly 0."""
        if op == "div":
            return self.tensor(operands[1].value == 0) & self.tensor(operands[1].absolute == 0)
        if op == "pow":
            return self._is_root_of_negative(*operands)
        if op in CORE or domain(op) is None:
            return self.tensor(False)
        steps = [self._step(x) for x in operands]
        gone = self.tensor(True)
        for side in (-1, 0, 1):
            values = [self.tensor(x.value + side * step) for x, step in zip(operands, steps, strict=True)]
            gone = gone & ~self._is_inside(op, values)
        known = (self.tensor(x.value).isfinite() & step.isfinite() for x, step in zip(operands, steps, strict=True))
        if _has_poles_at_integers(op):
            gone = reduce(operator.and_, (self.tensor(x.magnitude < _FAR) for x in operands), gone)
        return reduce(operator.and_, known, gone)

    def _step(self, number: Bounded) -> Tensor:
        """Return how far away a number may be under coarser rounding; not 0 for what has become 0 by underflow."""
        error = self.tensor(number.absolute)
        return torch.where(error == 0, error, (self._reach * error).clamp_min(2 * self._tiny * self._unit))

    def _is_root_of_negative(self, base: Bounded, exponent: Bounded) -> Tensor:
        if not isinstance(exponent.value, float) or not math.isfinite(exponent.value):
            return self.tensor(False)
        if abs(math.remainder(exponent.value, 1)) < _NO_INTEGER:
            return self.tensor(False)
        return self.tensor(base.value + self._reach * base.absolute < 0)

    def _piecewise(self, args: tuple[int, ...]) -> Bounded:
        """Evaluate each piece where its condition is the first that holds."""
        rest = torch.arange(self.count, device=self._bounds.numerics.device)
        value = self.tensor(math.nan).clone()
        error: Any = value.clone() if self._kind is Bounded else 0.0
        for piece, condition in zip((*args[:-1:2], args[-1]), (*args[1::2], None), strict=True):
            there = rest
            if condition is not None and len(rest):
                holds = torch.as_tensor(self._at(rest, [condition])[0].value, device=rest.device).expand(len(rest))
                there, rest = rest[holds], rest[~holds]
            if len(there):
                found = self._at(there, [piece])[0]
                value[there] = found.value
                if isinstance(error, Tensor):
                    error[there] = found.absolute
                else:
                    error = larger(error, found.absolute)
        return self.number(value, absolute=error)

    def _at(self, places: Tensor, targets: Sequence[int]) -> list[Bounded]:
        if len(places) == self.count:
            return self.evaluate(targets)
        near = torch.zeros(len(places), dtype=torch.bool, device=places.device)
        columns = {name: column[places] for name, column in self._columns.items()}
        outside = None if self._outside is None else torch.zeros_like(near)
        inside = Evaluation(self._bounds, columns, len(places), near, outside, self._kind, self._loose)
        found = inside.evaluate(targets)
        if self._outside is not None and outside is not None:
            self._outside[places] |= outside & ~self._near[places]
        self._near[places] |= near
        return found


@lru_cache(maxsize=1024)
def _constant(op: str, text: str, numerics: Numerics) -> tuple[float, float | None, float | None]:
    """Return a constant with bounds on its relative and on its absolute error, of which it has one."""
    value, kind = lambdas.leaf(op, text, numerics), torch.finfo(numerics.dtype)
    held = torch.tensor(value, dtype=numerics.dtype, device="cpu").item()
    if op == NUMBER and math.isfinite(held) and Fraction(held) == exact(text):
        return value, 0.0, None
    return (value, 1.0, None) if abs(held) >= kind.tiny else (value, None, 2 * kind.tiny / kind.eps)  # it may become 0


def _has_poles_at_integers(op: str) -> bool:
    """Tell whether the domain of a function leaves out integers."""
    program = domain(op)
    return program is not None and any(instruction.op == "floor" for instruction in program.instructions)
