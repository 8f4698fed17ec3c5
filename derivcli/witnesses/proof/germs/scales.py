"""Scales: what terms of germs are multiples of, as s > 0 tends to 0, where l = log(1/s).

A scale (p, a, b) is s^p*(1/l)^a*(1/log(l))^b. Scales are ordered like tuples: the smaller tuple is the larger function.
exp(-1/s) is s^p with an exponent that grows (see `exponents`). FLAT stands for anything below every power of s that is
not known better, HUGE for anything above.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivcli.witnesses.proof.germs.exponents import Exponent, is_positive
from derivcli.witnesses.proof.numbers import need

if TYPE_CHECKING:
    from derivcli.witnesses.proof.germs.constants import Power

Scale = tuple["Exponent | Power", "Exponent | Power", "Exponent | Power"]

UNIT: Scale = (0, 0, 0)
_BEYOND = 10**9  # a power that stands for FLAT; nobody types an exponent of half of it
FLAT: Scale = (_BEYOND, 0, 0)
HUGE: Scale = (-math.inf, 0, 0)  # type: ignore[assignment] # above exponentials too: how large it is is not known


def is_beyond(scale: Scale) -> bool:
    """Tell whether a scale is FLAT or HUGE."""
    p = scale[0]
    return not isinstance(p, Exponent) and not -_BEYOND < 2 * p < _BEYOND


def are_open(beyond: Scale, other: Scale) -> bool:
    """Tell whether nothing is known of which is larger: of FLAT and exp(-1/s), or of HUGE and exp(1/s)."""
    p = other[0]
    return is_beyond(beyond) and isinstance(p, Exponent) and p.grows and is_positive(p) == (beyond == FLAT)


def times(left: Scale, right: Scale) -> Scale:
    """Multiply two scales; a product of FLAT, or HUGE, and what is beyond the powers too may be anything."""
    if not is_beyond(left) and not is_beyond(right):
        found = left[0] + right[0], left[1] + right[1], left[2] + right[2]
        need(not is_beyond(found))
        return found
    steep = (p for p, _a, _b in (left, right) if not isinstance(p, Exponent) or p.grows)
    ends = {is_positive(p) for p in steep if isinstance(p, Exponent) or not -_BEYOND < 2 * p < _BEYOND}
    need(len(ends) == 1)
    return FLAT if ends.pop() else HUGE


def raised(scale: Scale, q: Power) -> Scale:
    """Return a power of a scale."""
    if is_beyond(scale):
        return UNIT if not q else FLAT if (scale[0] > 0) == (q > 0) else HUGE
    found = scale[0] * q, scale[1] * q, scale[2] * q
    need(not is_beyond(found))
    return found
