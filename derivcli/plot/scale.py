"""How high a picture is, how deep its colours go, and where its axes have numbers."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.plot.shapes import Curve, Field, Numbers

_MARGIN = 0.06
_TAILS = (0.02, 0.98)
_CLIPPED = 0.25  # of the height, beyond where most of an unbounded curve is
_MOST = (0.07, 0.93)
_FLAT = 1e-12  # of its size; a curve that moves by less is constant but for rounding
_MOST_DIGITS = 17
_BLURRED = 1e-3  # of the distance of two numbers of an axis, by which their labels may be off
_HIGHEST = 1.7e308
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def heights(curve: Curve) -> tuple[float, float]:
    """Return the limits of the vertical axis: a bounded curve is shown whole, a pole does not flatten the others."""
    if not curve.pieces:
        return -1.0, 1.0
    low = min(float(piece.y.min()) for piece in curve.pieces)
    high = max(float(piece.y.max()) for piece in curve.pieces)
    if curve.is_unbounded:
        low, high = _without_tails(curve, low, high)
    if high / 2 - low / 2 <= _FLAT * max(abs(low), abs(high)):
        half = abs(high) / 2 or 1.0
        return max(low - half, -_HIGHEST), min(high + half, _HIGHEST)
    margin = _MARGIN * (high / 2 - low / 2) * 2
    return max(low - margin, -_HIGHEST), min(high + margin, _HIGHEST)


def levels(field: Field) -> tuple[float, float]:
    """Return between which values most of f lies: all of it, unless it grows without bound."""
    finite = field.values[np.isfinite(field.values)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    bottom, top = map(float, np.quantile(finite, _TAILS))
    if high / 2 - low / 2 > 4 * (top / 2 - bottom / 2) > 0:
        low, high = bottom, top
    if high <= low:
        half = abs(low) / 2 or 1.0
        low, high = low - half, high + half
    return low, high


def _without_tails(curve: Curve, low: float, high: float) -> tuple[float, float]:
    """Return how high most of a curve is, each stretch of x counted alike; a side that has no tail is kept whole."""
    y = np.concatenate([p.y[1:] / 2 + p.y[:-1] / 2 for p in curve.pieces])
    weights = np.concatenate([np.diff(p.x / 2) for p in curve.pieces])
    order = np.argsort(y, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    bottom, top = (float(y[order][np.searchsorted(share, part).clip(0, len(y) - 1)]) for part in _MOST)
    height = top - bottom
    return (
        low if low >= bottom - height else bottom - _CLIPPED * height,
        high if high <= top + height else top + _CLIPPED * height,
    )


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most so many round numbers between two ends, at least two where there are any."""
    width = high / 2 - low / 2
    if not width > 0:
        return [low]
    rough = width / max(most - 1, 1) * 2 if width < 1e307 else width / max(most - 1, 1)
    exponent = math.floor(math.log10(rough))
    for factor in (*_STEPS, 20.0, 50.0):
        step = factor * 10.0**exponent if exponent > -300 else factor * rough
        found = [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
        if len(found) <= most:
            return [0.0 if abs(tick) < step * 1e-9 else tick for tick in found]
    return []


def labels(numbers: Sequence[float]) -> list[str]:
    """Return the numbers of an axis in as few digits as show how far apart they are."""
    texts = [label(number) for number in numbers]
    near = _BLURRED * min((after / 2 - before / 2 for before, after in pairwise(numbers)), default=math.inf)
    digits = 3
    while digits < _MOST_DIGITS and any(_off(text, number) > near for text, number in zip(texts, numbers, strict=True)):
        digits += 1
        texts = [_short(f"{number:.{digits}g}") for number in numbers]
    return texts


def _off(text: str, number: float) -> float:
    """Return half of what rounding has done to a number."""
    return abs(float(text) / 2 - number / 2)


def label(number: float) -> str:
    """Return a number of an axis in few digits."""
    if number == 0:
        return "0"
    return _short(f"{number:.5g}" if 1e-3 <= abs(number) < 1e5 else f"{number:.3g}")


def _short(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def place(numbers: Numbers, low: float, high: float) -> Numbers:
    """Return where numbers stand between two ends: 0 at the lower, 1 at the upper one."""
    shares: Numbers = (numbers / 2 - low / 2) / (high / 2 - low / 2)
    return shares
