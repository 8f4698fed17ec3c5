"""The constant infinity, where it does not matter: in comparisons, maxima, and functions that have a limit there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from derivcli.witnesses.proof.germs.constants import PI
from derivcli.witnesses.proof.germs.series import NOTHING, UNITY, Germ, constant, negative
from derivcli.witnesses.proof.numbers import HALF, UnprovedError, need

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
    """Return a function of operands of which some are infinite; of a maximum that goes on, the finite ones."""
    signs = {operand.sign for operand in operands if isinstance(operand, Infinite)}
    finite = [operand for operand in operands if isinstance(operand, Germ)]
    if op in _WAYS:
        return Infinite(_WAYS[op]) if _WAYS[op] in signs else finite
    need(len(signs) == 1)
    (sign,) = signs
    if op == "neg":
        return Infinite(-sign)
    if op == "add" and not any(germ.grows for germ in finite):
        return Infinite(sign)
    if (op, sign) not in _LIMITS or finite:
        raise UnprovedError
    return _LIMITS[op, sign]
