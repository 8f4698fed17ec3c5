"""Numbers with bounds on their rounding errors, at many points.

A bound is in units of the rounding unit u, relative as long as there are only products of things known to relative
precision, absolute after a sum (Higham, Accuracy and Stability of Numerical Algorithms, ch. 3).
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any, Self

from torch import Tensor

Span = tuple[float, float]

_SHARED = ("ends", "magnitude", "span")


class Bounded:
    """A number at each point, or one for all, with a bound on its error at each point."""

    def __init__(self, value: Any, relative: Any = None, absolute: Any = None) -> None:
        self.value = value
        self._relative = relative
        self._absolute = absolute
        self._within: Span | None = None

    @property
    def is_relative(self) -> bool:
        """Whether the bound is a relative one."""
        return self._relative is not None

    @cached_property
    def magnitude(self) -> Any:
        """The absolute value at each point."""
        return abs(self.value)

    @property
    def most(self) -> Any:
        """How large the absolute value is at the most."""
        return self.magnitude

    @property
    def least(self) -> Any:
        """How large the absolute value is at the least."""
        return self.magnitude

    @cached_property
    def ends(self) -> Span:
        """The smallest and the largest value."""
        if not isinstance(self.value, Tensor):
            return self.value, self.value
        low, high = self.value.aminmax()
        return low.item(), high.item()

    @property
    def sign(self) -> int:
        """1 or -1 where all values are positive or negative, else 0."""
        low, high = self.ends
        return (low > 0) - (high < 0)

    @cached_property
    def span(self) -> Span:
        """Between which powers of two all absolute values lie."""
        low, high = self.ends
        if math.isnan(low):
            return -math.inf, math.inf
        least = min(abs(low), abs(high)) if self.sign else _least(self.magnitude)
        return _exponent(least), _exponent(max(abs(low), abs(high)))

    @property
    def within(self) -> Span:
        """Powers of two between which the absolute values surely lie, known without a look at them if possible."""
        return self.span if self._within is None else self._within

    @within.setter
    def within(self, span: Span) -> None:
        self._within = span

    @property
    def surely(self) -> float:
        """How large all absolute values surely are, known without a look at them if possible."""
        return _power_of_two(self.within[0])

    @cached_property
    def absolute(self) -> Any:
        """A bound on the absolute error; exactly 0.0 where the number is exact."""
        if self._absolute is not None:
            return self._absolute
        if isinstance(self._relative, float) and self._relative in (0.0, 1.0):
            return self.most if self._relative else 0.0
        return self.most * self._relative

    @cached_property
    def relative(self) -> Any:
        """A bound on the relative error; not finite where the number is 0 and not exact."""
        return self._relative if self._relative is not None else over(self._absolute, self.least)

    @property
    def is_exact(self) -> bool:
        """Whether there is no error anywhere."""
        error = self._absolute if self._relative is None else self._relative
        return isinstance(error, float) and error == 0

    def bounded(self, relative: Any = None, absolute: Any = None) -> Self:
        """Return the same number with another bound."""
        other = type(self)(self.value, relative, absolute)
        other.__dict__.update({name: self.__dict__[name] for name in _SHARED if name in self.__dict__})
        return other

    def of_same_size(self, value: Any) -> Bounded:
        """Return another number with the same errors and the same absolute value."""
        other = type(self)(value, self._relative, self._absolute)
        other.within = self.within
        return other


class Coarse(Bounded):
    """A number at each point, with one bound for all points."""

    @property
    def most(self) -> float:
        """How large an absolute value is at the most."""
        low, high = self.ends
        return math.inf if math.isnan(low) else max(abs(low), abs(high))

    @property
    def least(self) -> float:
        """How large an absolute value is at the least."""
        return _power_of_two(self.span[0])


def larger(a: float, b: float) -> float:
    """Return the larger of two bounds; none at all where there is none."""
    return math.inf if math.isnan(a + b) else max(a, b)


def _least(magnitude: Any) -> float:
    return magnitude.amin().item() if isinstance(magnitude, Tensor) else magnitude


def _exponent(size: float) -> float:
    return math.log2(size) if 0 < size < math.inf else -math.inf if size == 0 else math.inf


def _power_of_two(exponent: float) -> float:
    return math.pow(2.0, min(exponent, 1023.0))  # the logarithm of the largest float64 rounds to 1024


def over(a: Any, b: Any) -> Any:
    """Return a/b, for Python's numbers too where b is 0."""
    return a / b if isinstance(b, Tensor) or b else a * math.inf
