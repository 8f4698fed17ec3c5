"""f along a line through a point, as a function of one variable that is 0 there."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivcli.language.lowering import inline
from derivcli.language.program import Builder, Program
from derivcli.language.tree import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from derivcli.witnesses.protocol import ExactPoint

PACE = "@s"  # how far it is along the path: no name that can be typed


def along(program: Program, direction: Mapping[str, Fraction]) -> Program:
    """Return f on the line through a point in a direction."""
    builder = Builder()
    pace = builder.add(VARIABLE, text=PACE)
    moved = {}
    for name, share in direction.items():
        step = builder.add("mul", _constant(builder, Builder.of_number(share)), pace)
        moved[name] = builder.add("add", builder.add(VARIABLE, text=name), step)
    return builder.build(inline(builder, program, lambda _op: True, moved))


def start(point: Mapping[str, Program]) -> ExactPoint:
    """Return the point as one of a function along a path."""
    return {**point, PACE: Builder.of_number(Fraction(0))}


def between_axes(names: Sequence[str]) -> Iterator[dict[str, Fraction]]:
    """Yield a few directions between the axes: diagonals, and two that no symmetry favours."""
    yield dict.fromkeys(names, Fraction(1))
    yield {name: Fraction(-1 if k % 2 else 1) for k, name in enumerate(names)}
    for order in (names, names[::-1]):
        yield {name: Fraction(5, 7) ** k for k, name in enumerate(order)}


def _constant(builder: Builder, program: Program) -> int:
    return inline(builder, program, lambda _op: True, {})
