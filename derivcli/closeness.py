"""When two numbers are the same, as far as their errors or a tolerance go."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from derivcli.model import Dtype
from derivcli.witnesses.evidence import ARITHMETIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.witnesses.evidence import Reading

UNSURE = 2.0**-51  # relative: what rounding the reference to float64, and the difference, may cost
_SAME = Decimal("1e-12")  # relative difference of two numbers that are one


@dataclass(frozen=True, slots=True)
class Tolerance:
    """When two numbers agree: within `rtol` of the reference, or within `atol` where that is 0.

    `dtype` is the type of autograd's numbers.
    """

    rtol: float = 1e-9
    atol: float = 1e-12
    dtype: Dtype = Dtype.FLOAT64


def agrees(autograd: float, reference: Decimal, tolerance: Tolerance) -> bool:
    """Tell whether a float64 is right: `rtol` alone decides, except where the reference is exactly 0."""
    if not math.isfinite(autograd):
        return False
    if not reference:
        return abs(autograd) <= tolerance.atol
    if autograd == float(reference):  # as near as a float64 can be, below the normal range too
        return True
    with localcontext(ARITHMETIC):
        return abs(Decimal(autograd) - reference) <= Decimal(tolerance.rtol) * abs(reference)


def surely_agrees(autograd: float | None, nearest: float, tolerance: Tolerance) -> bool:
    """Tell whether a float64 is right for sure, where the reference is known by the float64 `nearest` to it."""
    if autograd is None:
        return False
    apart, size = abs(autograd - nearest), abs(nearest)
    return apart == 0 or apart <= (tolerance.atol if not size else (tolerance.rtol - UNSURE) * size)


def may_be(reading: Reading, other: Reading) -> bool:
    """Tell whether two readings may be the same number, as far as their errors go."""
    a, b = reading.number, other.number
    return a is not None and b is not None and near(a, b, joint_error(reading, other), Decimal(0))


def all_near(readings: Sequence[Reading]) -> bool:
    """Tell whether all readings are the same number: proved ones as far as their errors go, others nearly."""
    first, *others = readings
    apart = [Decimal(0) if first.proof and other.proof else _SAME for other in others]
    return all(
        near(Decimal(first.text), Decimal(other.text), joint_error(first, other), relative)
        for other, relative in zip(others, apart, strict=True)
    )


def near(a: Decimal, b: Decimal, error: Decimal, relative: Decimal = _SAME) -> bool:
    """Tell whether two numbers are one: they are no farther apart than an error and a relative difference allow."""
    with localcontext(ARITHMETIC):
        return abs(a - b) <= error + relative * min(abs(a), abs(b))


def joint_error(a: Reading, b: Reading) -> Decimal:
    """Return how far apart two readings of one number may be."""
    with localcontext(ARITHMETIC):
        return Decimal(a.error) + Decimal(b.error)


def distance(autograd: float, reference: Reading) -> Decimal | None:
    """Return how far a float64 is from a number; 0 where the error of the number leaves that open."""
    if not math.isfinite(autograd):
        return None
    with localcontext(ARITHMETIC):
        apart = abs(Decimal(autograd) - Decimal(reference.text))
        return apart if apart > Decimal(reference.error) else Decimal(0)


def ratio(error: Decimal, reference: Decimal) -> float:
    """Return a relative error; the reference is not 0."""
    with localcontext(ARITHMETIC):
        return float(error / abs(reference))
