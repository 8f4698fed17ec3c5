"""The constant infinity, where it does not matter: in comparisons, maxima, and functions that have a limit there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs.constants import PI
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.germs.series import NOTHING, UNITY, Germ, constant, negative
from derivcli.witnesses.proof.numbers import HALF, need

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Infinite:
    """Plus or minus infinity: larger, or smaller, than every real number."""

    sign: int


# What functions tend to, where that is what torch gives at infinity too.
_LIMITS: dict[tuple[str, int], Germ] = {
    ("exp", -1): NOTHING,
    ("sigmoid", -1): NOTHING,
    ("sigmoid", 1): UNITY,
    ("softplus", -1): NOTHING,
    ("tanh", -1): negative(UNITY),
    ("tanh", 1): UNITY,
    ("erf", -1): negative(UNITY),
    ("erf", 1): UNITY,
    ("erfc", -1): constant(fmpq(2)),
    ("erfc", 1): NOTHING,
    ("atan", -1): constant(PI * -HALF),
    ("atan", 1): constant(PI * HALF),
    ("sign", -1): negative(UNITY),
    ("sign", 1): UNITY,
}
_WAYS = {"max": 1, "min": -1}


def compared(left: Germ | Infinite, right: Germ | Infinite) -> int:
    """Return the sign of a difference of which one part is infinite."""
    need(not (isinstance(left, Infinite) and isinstance(right, Infinite)))
    return left.sign if isinstance(left, Infinite) else -int(right.sign) if isinstance(right, Infinite) else 0


def with_infinite(op: str, operands: Sequence[Germ | Infinite]) -> list[Germ] | Germ | Infinite:
    """Return a function of operands of which some are infinite; of a maximum that goes on, the finite ones.

    Raises `NoSideError` where it is no number, nor infinite, and `UnprovedError` where no limit is known.
    """
    signs = [operand.sign for operand in operands if isinstance(operand, Infinite)]
    finite = [operand for operand in operands if isinstance(operand, Germ)]
    if op in _WAYS:
        return Infinite(_WAYS[op]) if _WAYS[op] in signs else finite
    if op == "div" and finite:
        return NOTHING if isinstance(operands[0], Germ) and not finite[0].grows else Infinite(_sign([*signs, *finite]))
    if op == "mul":
        return Infinite(_sign([*signs, *finite]))
    if op == "neg":
        return Infinite(-signs[0])
    if op == "add" and len(set(signs)) == 1:
        need(not any(germ.grows for germ in finite))
        return Infinite(signs[0])
    if op in ("add", "div"):  # inf - inf, inf/inf
        raise NoSideError
    need(not finite and len(signs) == 1 and (op, signs[0]) in _LIMITS)
    return _LIMITS[op, signs[0]]


def _sign(factors: Sequence[int | Germ]) -> int:
    """Return the sign of a product with an infinite factor; raises `NoSideError` where another one is 0."""
    found = math.prod(factor if isinstance(factor, int) else _sign_of_constant(factor) for factor in factors)
    if not found:
        raise NoSideError
    return found


def _sign_of_constant(germ: Germ) -> int:
    need(germ.constant is not None)  # of one that tends to 0 the product is left open
    return germ.sign()
