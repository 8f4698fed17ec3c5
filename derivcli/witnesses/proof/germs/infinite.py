"""The constant infinity: in comparisons, sums and products, and in functions that have a limit there.

The value of a function at infinity is its limit, as the catalogue has it (`language.catalogue.infinity`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcli.language.catalogue.infinity import LimitRow, limits
from derivcli.witnesses.proof.germs.powers import NoSideError
from derivcli.witnesses.proof.germs.series import NOTHING, Germ
from derivcli.witnesses.proof.numbers import UnprovedError, need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.language.program import Program


@dataclass(frozen=True, slots=True)
class Infinite:
    """Plus or minus infinity: larger, or smaller, than every real number."""

    sign: int


_LIMITED = frozenset(name for name, _signs in limits())
_WAYS = {"max": 1, "min": -1}


def limit_row(op: str, operands: Sequence[Germ | Infinite]) -> LimitRow | None:
    """Return what a function tends to where some of its operands are infinite; None where no limit is known."""
    return limits().get((op, tuple(operand.sign if isinstance(operand, Infinite) else 0 for operand in operands)))


def reached(program: Program) -> frozenset[str]:
    """Return the functions that infinity may reach, and that have a limit there."""
    found: list[bool] = []
    for op, args, _text in program.instructions:
        found.append(op == "inf" or any(found[arg] for arg in args))
    return frozenset(i.op for i, is_reached in zip(program.instructions, found, strict=True) if is_reached) & _LIMITED


def compared(left: Germ | Infinite, right: Germ | Infinite) -> int:
    """Return the sign of a difference of which one part is infinite."""
    need(not (isinstance(left, Infinite) and isinstance(right, Infinite)))
    return left.sign if isinstance(left, Infinite) else -int(right.sign) if isinstance(right, Infinite) else 0


def with_infinite(op: str, operands: Sequence[Germ | Infinite]) -> list[Germ] | Germ | Infinite:
    """Return a function of operands of which some are infinite; of a maximum that goes on, the finite ones.

    Raises `NoSideError` where it is no number, nor infinite, and `UnprovedError` where that is not known.
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
    raise UnprovedError


def _sign(factors: Sequence[int | Germ]) -> int:
    """Return the sign of a product with an infinite factor; raises `NoSideError` where another one is 0."""
    found = math.prod(factor if isinstance(factor, int) else _sign_of_constant(factor) for factor in factors)
    if not found:
        raise NoSideError
    return found


def _sign_of_constant(germ: Germ) -> int:
    need(germ.constant is not None)  # of one that tends to 0 the product is left open
    return germ.sign()
