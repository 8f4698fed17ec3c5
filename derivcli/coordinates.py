"""Coordinates that Python gives, numbers of many kinds -> the text that stands for exactly that number."""

from __future__ import annotations

import math
import numbers
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from derivcli.errors import PointError


class Scalar(Protocol):
    """A tensor or an array of one number, or one of numpy's numbers."""

    def item(self) -> Any:
        """Return it as a number of Python's."""


Coordinate = str | int | float | Decimal | Fraction | Scalar


def coordinate_text(name: str, value: Coordinate) -> str:
    """Return a coordinate as the text that stands for exactly that number.

    Raises `PointError` for what is not a finite real number.
    """
    if isinstance(value, str):
        return value
    if hasattr(value, "item"):
        value = _single(name, value)
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, Decimal)):
        raise PointError(f"the value of `{name}` must be a number or a text, not {type(value).__name__}")
    if not _is_finite(value):
        shown = value if isinstance(value, (float, Decimal)) else "a number beyond float64"
        raise PointError(f"the value of `{name}` must be finite, not {shown}")
    if isinstance(value, numbers.Rational):
        fraction = Fraction(value.numerator, value.denominator)
        return (
            str(fraction.numerator) if fraction.denominator == 1 else f"({fraction.numerator})/{fraction.denominator}"
        )
    return str(value) if isinstance(value, Decimal) else repr(float(value))


def _single(name: str, scalar: Any) -> Any:
    """Return the only number in a tensor or an array."""
    count = math.prod(getattr(scalar, "shape", ()))
    if count != 1:
        raise PointError(
            f"the value of `{name}` must be one number, and this {type(scalar).__name__} holds {count}",
            hint="tabulate takes many points",
        )
    try:
        return scalar.item()
    except (RuntimeError, TypeError, ValueError) as error:  # torch: one that is traced, or has no data
        raise PointError(f"the value of `{name}` is a {type(scalar).__name__} whose number cannot be read") from error


def _is_finite(value: Any) -> bool:
    try:
        return math.isfinite(float(value))
    except (OverflowError, ValueError):
        return False
