"""Where a curve passes, the other coordinates given: the zeros of F in one variable, by a scan and bisection.

A zero is offered, not proved: a double one between two points of the scan is not seen.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from derivcli.witnesses.lambdas import Lambda

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor

    from derivcli.language.program import Program

    Values = Callable[[Tensor], Tensor]

_WHOLE = 200  # up to here every 40th of a unit is tried: among them the whole numbers, halves and fifths of textbooks
_PARTS = 40
_FAR = 12  # beyond that, and nearer to 0, the powers of 10 up to this one, with some points between two of them
_A_DECADE = 20
_FEW = 40  # every so many of the points where one may take milliseconds
_HALVINGS = 120  # of the longest gap, some 1e11, down to neighbours in float64
_DIGITS = (6, 10, 13, 15, 16)  # of a zero that is written shorter where F is no farther from 0
_NOTHING = 1e-9  # of |F| around a zero; where F jumps or has a pole it is larger there


def zeros(program: Program, at: Mapping[str, float], name: str, deadline: float) -> list[float]:
    """Return zeros of a program in the variable `name`, the others held, rising; bisection stops at the deadline."""
    function = Lambda(program)

    def values(places: Tensor) -> Tensor:
        held = {other: torch.full_like(places, number) for other, number in at.items()}
        return function({**held, name: places}, len(places))

    places = _scan()[:: _FEW if function.is_slow else 1]
    seen = values(places)
    found = places[seen == 0].tolist()
    signs = torch.where(seen.isfinite(), seen.sign(), 0)
    changes = (signs[:-1] * signs[1:] < 0).nonzero().squeeze(1)
    if len(changes):
        ends = _halved(values, places[changes], places[changes + 1], deadline)
        size = torch.maximum(seen[changes].abs(), seen[changes + 1].abs())
        found += [_short(values, zero) for zero in ends[values(ends).abs() <= size * _NOTHING].tolist()]
    return sorted(set(found))


def _scan() -> Tensor:
    """Return the points that are tried, rising."""
    near = torch.arange(-_WHOLE * _PARTS, _WHOLE * _PARTS + 1, device="cpu").double() / _PARTS
    powers = 10 ** (torch.arange(-_FAR * _A_DECADE, _FAR * _A_DECADE + 1, device="cpu").double() / _A_DECADE)
    far = powers[(powers < 1 / _PARTS) | (powers > _WHOLE)]
    points: Tensor = torch.cat([near, far, -far]).sort().values
    return points


def _halved(values: Values, low: Tensor, high: Tensor, deadline: float) -> Tensor:
    """Return where the sign changes between two points of each pair."""
    sign = values(low).sign()
    for _ in range(_HALVINGS):
        if time.monotonic() > deadline:
            break
        middle = (low + high) / 2
        same = values(middle).sign() == sign
        low, high = torch.where(same, middle, low), torch.where(same, high, middle)
    return torch.where(values(low).abs() <= values(high).abs(), low, high)


def _short(values: Values, zero: float) -> float:
    """Return the shortest decimal at which F is as near to 0 as at the number that was found."""
    forms = [float(f"{zero:.{digits}g}") for digits in _DIGITS]
    there, *sizes = values(torch.tensor([zero, *forms], dtype=torch.float64, device="cpu")).abs().tolist()
    return next((form for form, size in zip(forms, sizes, strict=True) if size <= there), zero) + 0.0  # no -0
